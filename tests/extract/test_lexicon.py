"""How spellings of the catalogue are matched."""

from __future__ import annotations

import pytest

from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.extract.lexicon import Lexicon, fold


def found(text: str, *entries: Entry) -> list[str]:
    return [text[hit.begin : hit.stop] for hit in Lexicon(Catalogue(entries)).hits(text)]


GRPO = Entry("GRPO", "Group Relative Policy Optimization", "method")
TRANSFORMER = Entry("Transformer", None, "method")
MERGING = Entry("model merging", None, "method")
FLOW = Entry("Flow", None, "method", match="exact")
GPT = Entry("GPT-4o", None, "model")
LLAMA = Entry("Llama 3", None, "model")


def test_an_acronym_is_matched_in_its_case() -> None:
    assert found("GRPO, grpo and Grpo", GRPO) == ["GRPO"]


def test_a_phrase_is_matched_in_any_case_with_hyphens_for_blanks() -> None:
    text = "group-relative policy optimization; Model-Merging"
    assert found(text, GRPO, MERGING) == ["group-relative policy optimization", "Model-Merging"]


def test_a_capitalised_word_is_matched_capitalised_only() -> None:
    assert found("Transformers transform; a transformer", TRANSFORMER) == ["Transformers"]


def test_a_capitalised_word_that_people_also_write_small_is_matched_in_any_case() -> None:
    entry = Entry("Transformer", None, "method", match="folded")
    assert found("Transformers, or a transformer", entry) == ["Transformers", "transformer"]


def test_an_exact_spelling_is_matched_exactly() -> None:
    assert found("Flow flow FLOW", FLOW) == ["Flow"]


@pytest.mark.parametrize("text", ["XGRPO", "GRPOs2", "GRPO2", "GRPO_x", "GRPO++", "GRPO.5"])
def test_a_part_of_a_longer_token_is_no_match(text: str) -> None:
    assert found(text, GRPO) == []


def test_an_exact_spelling_has_no_plural() -> None:
    adam = Entry("Adam", None, "method", match="exact")
    assert found("Adam by J. Adams", adam) == ["Adam"]


def test_the_longest_spelling_wins() -> None:
    longer = Entry("Transformer XL", None, "method")
    assert found("a Transformer XL here", TRANSFORMER, longer) == ["Transformer XL"]


def test_a_model_s_hyphen_before_the_version_may_be_a_blank_or_missing() -> None:
    assert found("GPT-4o, GPT 4o, GPT4o; Llama-3, Llama3", GPT, LLAMA) == [
        "GPT-4o",
        "GPT 4o",
        "GPT4o",
        "Llama-3",
        "Llama3",
    ]


def test_an_ambiguous_spelling_names_all_its_entries() -> None:
    one = Entry("RAFT", "Reward Ranked Fine-Tuning", "method", ambiguous=("RAFT",))
    other = Entry("RAFT flow", None, "method", aliases=("RAFT",), ambiguous=("RAFT",))
    (hit,) = Lexicon(Catalogue([one, other])).hits("RAFT")
    assert {entry.name for entry in hit.entries} == {"RAFT", "RAFT flow"}


def test_folding_keeps_the_length_of_letters_that_grow() -> None:
    text = "İstanbul GRPO"
    assert len(fold(text)) == len(text)
    assert found(text, GRPO) == ["GRPO"]


def test_an_empty_catalogue_finds_nothing() -> None:
    assert found("GRPO") == []
