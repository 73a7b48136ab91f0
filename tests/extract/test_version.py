"""Versions of model families: what a pattern matches, and that a version is not its family."""

from __future__ import annotations

import pytest

from graphkb.errors import CatalogueError
from graphkb.extract.catalogue import Catalogue, Entry, load_catalogue, parse_catalogue
from graphkb.extract.catalogue.check import check
from graphkb.extract.learned.weights import Learned
from graphkb.extract.lexicon import Lexicon
from graphkb.extract.reader import Reader
from graphkb.model.version_pattern import version_pattern

KITE = Entry("Kite", None, "model", versions=("Kite # {Pro,Max Pro}", "Kite-R#"))
KITE_2_SEA = Entry("Kite 2 Sea", None, "model")


def matched(pattern: str, text: str) -> str | None:
    found = version_pattern(pattern).match(text)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Kite 3 flies", "Kite 3"),
        ("Kite3 flies", "Kite3"),
        ("Kite-3.5 flies", "Kite-3.5"),
        ("Kite v2 flies", "Kite v2"),
        ("KITE 3 flies", "KITE 3"),
        ("Kite 3 Pro flies", "Kite 3 Pro"),
        ("Kite-3-Max-Pro flies", "Kite-3-Max-Pro"),
        ("Kite 3. It", "Kite 3"),
        ("Kite 3-70B", "Kite 3"),
    ],
)
def test_a_version_is_matched_to_the_end_of_its_words(text: str, version: str) -> None:
    assert matched("Kite # {Pro,Max Pro}", text) == version


@pytest.mark.parametrize(
    "text", ["Kite flies", "kite 3", "Kite 70B", "Kite 3%", "Kite 2024", "Kite 3rd", "Kite 3_x"]
)
def test_a_size_a_year_or_a_share_is_no_version(text: str) -> None:
    assert matched("Kite # {Pro}", text) is None


def test_words_are_taken_as_written_and_may_be_glued() -> None:
    assert [matched("K-#{o}{-mini}", text) for text in ("K-4o", "K-4o-mini", "K-4-mini")] == [
        *("K-4o", "K-4o-mini", "K-4-mini")
    ]


@pytest.mark.parametrize("pattern", ["Kite", "", "# Kite", "Kite {#", "Kite #}", "{Pro} #"])
def test_a_pattern_without_a_number_or_a_name_is_refused(pattern: str) -> None:
    with pytest.raises(CatalogueError, match="no pattern of versions"):
        version_pattern(pattern)


def hits(text: str, *entries: Entry) -> list[tuple[str, str, bool]]:
    lexicon = Lexicon(Catalogue(entries))
    return [
        (text[hit.begin : hit.stop], hit.entries[0].name, hit.version) for hit in lexicon.hits(text)
    ]


def test_an_unseen_version_is_found_as_a_version_of_its_family() -> None:
    assert hits("We use Kite-7-Pro, not Kite.", KITE) == [
        ("Kite-7-Pro", "Kite", True),
        ("Kite", "Kite", False),
    ]


def test_a_version_with_an_entry_of_its_own_is_that_entry() -> None:
    two = Entry("Kite 2", None, "model")
    assert hits("We use Kite 2.", KITE, two) == [("Kite 2", "Kite 2", False)]


def test_a_version_belongs_to_the_closest_entry() -> None:
    two = Entry("Kite 2", None, "model")
    assert hits("We use Kite-2-Pro.", KITE, two) == [("Kite-2-Pro", "Kite 2", True)]


def test_a_longer_spelling_wins_over_a_version() -> None:
    assert hits("We use Kite 2 Sea.", KITE, KITE_2_SEA) == [("Kite 2 Sea", "Kite 2 Sea", False)]


def test_a_version_within_a_word_is_none() -> None:
    assert hits("A BlueKite 2 flies.", KITE) == []


def test_a_family_may_have_versions_only() -> None:
    assert hits("We use o5-mini.", Entry("o-series", None, "model", versions=("o#{-mini}",))) == [
        ("o5-mini", "o-series", True)
    ]


def models(text: str, *entries: Entry) -> list[tuple[str, str | None, str | None]]:
    reading = Reader(Catalogue(entries), Learned()).read("On Wind", text)
    return [(e.name, e.entry, e.family) for e in reading.entities if e.group == "models"]


def test_a_version_is_a_name_of_its_own_that_knows_its_family() -> None:
    assert models("We use Kite 3 and Kite 4 Pro.", KITE) == [
        ("Kite 3", None, "method:kite"),
        ("Kite 4 Pro", None, "method:kite"),
    ]


def test_a_size_is_part_of_the_name_at_the_end_of_a_sentence_too() -> None:
    assert models("We use Kite-3-70B-Instruct. We use Kite-3-70B.", KITE) == [
        ("Kite-3-70B-Instruct", None, "method:kite"),
        ("Kite-3-70B", None, "method:kite"),
    ]


def test_an_entry_is_no_version_of_itself() -> None:
    assert models("We use Kite.", KITE) == [("Kite", "method:kite", None)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{name: K1, kind: method, looked_up: x, versions: ['K#']}", "a method with versions"),
        (
            "{name: K1, kind: model, developer: me, looked_up: x, versions: [K]}",
            "'K' is no pattern of versions",
        ),
    ],
)
def test_versions_that_cannot_be_are_told(text: str, what: str) -> None:
    problems = check(parse_catalogue(f"- {text}\n", "x.yaml"))
    assert [problem.what for problem in problems] == [what]


@pytest.mark.parametrize(
    ("version", "family"),
    [
        ("GPT-6 Sol", "GPT"),
        ("GPT-5.4-mini", "GPT"),
        ("o5-mini", "OpenAI o-series"),
        ("Claude Opus 5.5", "Claude"),
        ("Claude 4.6 Sonnet", "Claude"),
        ("Gemini 3.1 Flash-Lite", "Gemini"),
        ("Llama 5", "LLaMA"),
        ("Qwen4-VL", "Qwen"),
        ("DeepSeek-V5-Exp", "DeepSeek"),
        ("GLM-5.3", "GLM"),
        ("Kimi K2.6", "Kimi"),
        ("InternVL4", "InternVL"),
        ("Veo 3.1", "Veo"),
        ("Wan2.6", "Wan"),
    ],
)
def test_versions_of_our_families_are_found(version: str, family: str) -> None:
    (hit,) = Lexicon(load_catalogue()).hits(f"We use {version}.")
    assert (hit.stop - hit.begin, hit.entries[0].name) == (len(version), family)
