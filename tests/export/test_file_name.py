"""Names of files that every file system takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.export.file_name import distinct_names, file_name

HARD = st.sampled_from(
    ["con", "CON.x", "Aux", "com1", "LPT\u00b2", "nul.", "..", ".", "", " ", "a/b", "a\\b", "c:",
     "é", "e\u0301", "ß", "SS", "ﬁ", "fi", "İ", "x" * 300, "語" * 100, "👩‍🔬", "\u202e",
     "\x00", "index",
     "a#b", "a^b", "[[a]]", "a|b", "%%a%%", "`a`", "a (method)", "A"]
)  # fmt: skip
NAMES = st.text() | HARD


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("con", "_con"),
        ("Con.tar.gz", "_Con.tar.gz"),
        ("COM\u00b9", "_COM\u00b9"),
        ("console", "console"),
        ("ends. . ", "ends"),
        ("What? A: B", "What A B"),
        ("e\u0301", "\u00e9"),
        ("語" * 100, "語" * 40),
        ("a\u202eb\x00c", "a b c"),
        ("???", ""),
    ],
)
def test_a_name_is_what_every_file_system_takes(text: str, name: str) -> None:
    assert file_name(text) == name


@given(NAMES)
def test_any_text_gives_a_safe_name(text: str) -> None:
    name = file_name(text)
    assert len(name.encode()) <= 120
    assert not set(name) & set('\\/:*?"<>|#^[]%`$\x7f')
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert name == name.strip(". ")
    assert name == unicodedata.normalize("NFC", name)


@given(st.lists(NAMES, max_size=12), st.randoms())
def test_names_differ_where_case_and_composition_do_not_count(
    texts: list[str], chance: "object"
) -> None:
    things = [(f"id:{at}", text, "method" if at % 2 else "paper") for at, text in enumerate(texts)]
    found = distinct_names(things, ["Index"])
    assert set(found) == {id_ for id_, _, _ in things}
    folded = {unicodedata.normalize("NFKD", name).casefold() for name in found.values()} | {"index"}
    assert len(folded) == len(things) + 1
    chance.shuffle(things)  # type: ignore[attr-defined]
    assert distinct_names(things, ["Index"]) == found
    assert all(name and len(name.encode()) <= 120 + 4 for name in found.values())
