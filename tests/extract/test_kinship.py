"""Signs that need no verb: names made of names, what a thing is said to be, lists of instances."""

from __future__ import annotations

import pytest

from graphkb.extract.kinship import announced, derived, instances, said_to_be, spelled_of
from graphkb.extract.occurrence import Occurrence
from graphkb.extract.sentences import Document


def occurrence(text: str, name: str, group: str = "methods", adjective: str = "") -> Occurrence:
    """Return where a name stands in a text."""
    begin = text.index(name)
    return Occurrence(name, group, begin, begin + len(name), adjective)


def is_a(text: str, target: str, group: str = "methods") -> str | None:
    """Return what FooBar's sentence says that it is."""
    sentence = Document.of("", text).sentences[0]
    foobar = occurrence(text, "FooBar", "introduces")
    return said_to_be(sentence, foobar, occurrence(text, target, group))


def proposed(text: str, target: str, group: str = "methods") -> str | None:
    """Return how a sentence announces an instance of a target."""
    return announced(Document.of("", text).sentences[0], occurrence(text, target, group))


def listed(text: str, *names: str) -> set[tuple[str, str]]:
    """Return the instances and classes that a sentence lists."""
    within = sorted((occurrence(text, name) for name in names), key=lambda o: o.begin)
    found = instances(Document.of("", text).sentences[0], within)
    return {(member.name, whole.name) for member, whole in found}


@pytest.mark.parametrize(
    ("name", "target", "how"),
    [
        ("DenseDPO", "DPO", "end"),
        ("Hi-GRPO", "GRPO", "end"),
        ("REINFORCE++", "REINFORCE", "version"),
        ("LangSplatV2", "LangSplat", "version"),
        ("RICO-Flash", "RICO", "begin"),
        ("CDLM", "DLMs", "end"),
        ("Ragged", "RAG", None),
        ("SDF-to-opacity", "SDF", None),
        ("Llamas", "Llama", None),
        ("GRPO", "GRPO", None),
    ],
)
def test_a_name_is_made_of_another(name: str, target: str, how: str | None) -> None:
    assert derived(name, target) == how


def test_what_a_name_stands_for_may_end_in_another() -> None:
    assert spelled_of("Latent Flow Transformer", "Transformers", None)
    assert spelled_of("Tensor Multiple Instance Learning", "MIL", "multiple instance learning")


def test_a_name_that_stands_for_the_same_is_not_made_of_it() -> None:
    assert not spelled_of("Mixture of Experts", "MoE", "mixture of experts")
    assert not spelled_of(None, "Transformer", None)


@pytest.mark.parametrize(
    "text",
    [
        "We propose FooBar, a novel model merging method for small models.",
        "We propose FooBar (FB), an efficient, training-free model merging framework that merges.",
        "We present the FooBar pipeline, a model merging system, and test it.",
        "FooBar is a model merging algorithm.",
    ],
)
def test_a_thing_is_said_to_be_an_instance(text: str) -> None:
    assert is_a(text, "model merging") == "noun"


def test_a_phrase_may_end_with_what_a_thing_is() -> None:
    assert is_a("We propose FooBar, a lightweight auxiliary loss, for routing.", "auxiliary loss")


@pytest.mark.parametrize(
    "text",
    [
        "FooBar is a simple variant of GRPO.",
        "We propose FooBar (FB), an enhanced extension of the classical GRPO algorithm.",
    ],
)
def test_a_thing_may_be_called_a_variant(text: str) -> None:
    assert is_a(text, "GRPO") == "variant"


@pytest.mark.parametrize(
    "text",
    [
        "We propose FooBar, a reward model built upon InternVL.",
        "We propose FooBar, a model adopting a InternVL architecture.",
        "We propose FooBar, the first benchmark comparing InternVL models.",
        "We propose FooBar, a framework with InternVL models.",
        "We propose FooBar, and InternVL models.",
    ],
)
def test_what_a_thing_is_made_with_is_not_what_it_is(text: str) -> None:
    assert is_a(text, "InternVL") is None


def test_what_the_text_introduces_names_a_part_not_a_class() -> None:
    text = "FooBar is a BazQux module."
    assert is_a(text, "BazQux", "introduces") is None
    assert proposed("We design a BazQux module.", "BazQux", "introduces") is None


def test_what_is_proposed_is_an_instance() -> None:
    assert proposed("We propose an easy but effective GRPO strategy.", "GRPO") == "noun"
    assert proposed("We introduce a stable variant of GRPO.", "GRPO") == "variant"


def test_what_is_proposed_with_something_is_no_instance_of_it() -> None:
    assert proposed("We propose a framework using GRPO.", "GRPO") is None


@pytest.mark.parametrize(
    "text",
    [
        "We study RLHF methods such as PPO and DPO.",
        "RLHF algorithms (e.g., PPO, DPO) are popular.",
        "Three RLHF algorithms: PPO and DPO.",
        "RLHF, including PPO and DPO, is popular.",
    ],
)
def test_a_list_gives_instances_of_a_class(text: str) -> None:
    assert listed(text, "RLHF", "PPO", "DPO") == {("PPO", "RLHF"), ("DPO", "RLHF")}


def test_a_title_s_colon_lists_nothing() -> None:
    assert listed("SingPO: PPO with one network.", "SingPO", "PPO") == set()


def test_a_list_ends_where_its_sentence_goes_on() -> None:
    text = "RLHF methods such as PPO are better than DPO."
    assert listed(text, "RLHF", "PPO", "DPO") == {("PPO", "RLHF")}
