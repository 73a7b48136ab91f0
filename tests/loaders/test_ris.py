"""RIS as reference managers write it, and as people cut it up."""

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.ris import ris

from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

KITE = """TY  - JOUR
ID  - kite
AU  - Lévy, Ana
AU  - Ng, Bo, Jr.
TI  - On Kites
T2  - Journal of Kites
AB  - A kite flies
where the wind is.
PY  - 2024///
DA  - 2024/05/03/spring
SP  - 1
EP  - 9
DO  - https://doi.org/10.1000/XYZ
UR  - https://arxiv.org/abs/2402.03300
UR  - https://github.com/wind/kite
KW  - wind
ER  -
"""


def read(text: str) -> list[Yield]:
    return list(ris.read(SourceInput("mine.ris", text)))


def test_every_field_that_is_kept() -> None:
    assert read(KITE) == [
        PaperRecord(
            key="kite",
            title="On Kites",
            abstract="A kite flies where the wind is.",
            arxiv="2402.03300",
            doi="10.1000/xyz",
            authors=(AuthorName("Ana Lévy"), AuthorName("Bo Ng Jr.")),
            published="2024-05-03",
            venue="Journal of Kites",
            pages="1-9",
            url="https://arxiv.org/abs/2402.03300",
            repositories=("repo:github.com/wind/kite",),
        )
    ]


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("ID  - k\nDO  - 10.1000/x", "k"),
        ("DO  - 10.1000/X", "10.1000/x"),
        ("", "title:on-kites"),
    ],
)
def test_the_key_is_the_best_that_there_is(lines: str, key: str) -> None:
    [record] = read(f"TY  - JOUR\nT1  - On Kites\n{lines}\nER  -")
    assert isinstance(record, PaperRecord)
    assert record.key == key


@pytest.mark.parametrize("tag", ["TI  - ", "TI - ", "TI  -  ", "T1  - "])
def test_tags_may_be_written_with_other_spaces(tag: str) -> None:
    text = f"\ufeff\r\nTY - CONF\r\n{tag}On Kites\r\nER -\r\n".removeprefix("\ufeff")
    [record] = read(text)
    assert isinstance(record, PaperRecord)
    assert record.title == "On Kites"


@pytest.mark.parametrize(
    ("bad", "skips"),
    [
        ("some words\n", [("line 18", "outside of a reference")]),
        ("TY  - JOUR\nPY  - 2024\nER  - \n", [("line 18", "without a title")]),
        ("ER  - \n", [("line 18", "outside of a reference")]),
    ],
)
def test_what_is_no_reference_is_skipped_with_its_line(
    bad: str, skips: list[tuple[str, str]]
) -> None:
    found = read(KITE + bad + KITE.replace("kite", "other"))
    assert [r.key for r in found if isinstance(r, PaperRecord)] == ["kite", "other"]
    told = [one for one in found if isinstance(one, Skipped)]
    for skip, (place, reason) in zip(told, skips, strict=True):
        assert skip.place == place
        assert reason in skip.reason


@pytest.mark.parametrize("rest", ["", KITE])
def test_a_reference_without_an_end_is_read_and_told(rest: str) -> None:
    notice, record, *_ = read(f"TY  - JOUR\nTI  - Wind\n{rest}")
    assert isinstance(notice, Notice)
    assert (notice.place, "has no line `ER  - `" in notice.message) == ("line 1", True)
    assert isinstance(record, PaperRecord)
    assert record.title == "Wind"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("DO  - kite", "'kite' is no DOI"),
        ("PY  - soon", "'soon' is no date"),
        ("AB  - One.\nAB  - Two.", "AB is given 2 times"),
    ],
)
def test_what_means_nothing_is_left_out_and_told(line: str, said: str) -> None:
    notice, record = read(f"TY  - JOUR\nTI  - Wind\n{line}\nER  - ")
    assert isinstance(notice, Notice)
    assert said in notice.message
    assert isinstance(record, PaperRecord)


def test_a_reference_of_endless_lines_is_cut_and_told() -> None:
    found = read("TY  - JOUR\nTI  - Wind\n" + "KW  - x\n" * 20_010 + "ER  - \n")
    assert sum(isinstance(one, Skipped) for one in found) == 12
    assert isinstance(found[-1], PaperRecord)


@pytest.mark.parametrize("text", [KITE, f"\n\n{KITE}", "TY - JOUR\n"])
def test_it_is_recognised(text: str) -> None:
    assert recognise("x", text) is ris


@pytest.mark.parametrize("text", ["", "TY", "Dear TY  - JOUR", "text\nTY  - JOUR\n", "TYPE - A"])
def test_other_text_is_not(text: str) -> None:
    assert not ris.recognise("x.ris", text)
