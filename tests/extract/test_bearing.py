"""A text on which no entry of a source bears is read as if there were none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkb.extract.bearing import Bearing
from graphkb.extract.catalogue import Catalogue, Contribution, Entry, merge
from graphkb.extract.reader import Reader

BUILT_IN = Catalogue(
    [
        Entry("GRPO", "Group Relative Policy Optimization", "method"),
        Entry("Kite", None, "model", developer="Wind", versions=("Kite #",)),
        Entry("image generation", None, "task"),
        Entry("MATH", None, "benchmark", match="exact"),
    ]
)
OWN = (
    Entry("Kite-PO", None, "method", aliases=("string pulling",)),
    Entry("GRPO", None, "method", aliases=("wind policy",)),
    Entry("Hull", None, "model", versions=("Hull #{-Base}",)),
    Entry("Sail 3", None, "benchmark"),
    Entry("kite flying", None, "task"),
    Entry("ΣΑΣ", None, "method"),
)
WORDS = (
    *("GRPO", "Kite-PO", "kite", "Kite 2", "Hull", "Hull 3-Base", "Sail-3", "Sail", "MATH", "math"),
    *("string-pulling", "wind policies", "image generation", "flying of kites", "Kite Flying"),
    *(
        "We propose",
        "We use",
        "outperforms",
        "on",
        ", a variant of",
        ".",
        "\\textbf{Sail",
        "3}",
        "(",
    ),
    *("ΣΑΣ", "σας", "ΣΑΣΣ", ")", "AdaKite", "Kite-PO++", "scores 12% on", "https://kite.com/hull"),
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(texts, texts, st.sets(st.sampled_from(OWN), min_size=1))
def test_what_bears_on_no_word_of_a_text_changes_nothing_that_is_read(
    title: str, abstract: str, own: set[Entry]
) -> None:
    merged = merge(BUILT_IN, "builtin:1", [Contribution("a", entry) for entry in own]).catalogue
    if Bearing(merged).digest(title, abstract) == BUILT_IN.digest:
        assert Reader(merged).read(title, abstract) == Reader(BUILT_IN).read(title, abstract)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "On Kite-PO",
            "KITE POs",
            "String Pulling",
            "wind-policy",
            "GRPO",
            "hull 2",
            "kite-flying",
        ),
        *("Sail3", "\u03a3\u0391\u03a3\u0391"),
    ],
)
def test_an_entry_bears_on_a_text_in_which_it_may_stand(text: str) -> None:
    merged = merge(BUILT_IN, "builtin:1", [Contribution("a", entry) for entry in OWN]).catalogue
    assert Bearing(merged).digest("", text) != BUILT_IN.digest


def test_the_content_of_the_entries_counts_and_not_their_source() -> None:
    def digest(source: str, alias: str) -> str:
        entry = Entry("Kite-PO", None, "method", aliases=(alias,))
        merged = merge(BUILT_IN, "builtin:1", [Contribution(source, entry)]).catalogue
        return Bearing(merged).digest("On Kite-PO", "")

    assert digest("a", "x1") == digest("b", "x1")
    assert digest("a", "x1") != digest("a", "x2")
