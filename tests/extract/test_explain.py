"""Explanations: what was taken and why, what was not and why not."""

from __future__ import annotations

import json

import pytest

from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.explain import explain
from graphkb.extract.explanation import Explanation, explained_line, is_unlikely
from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.names import CLASSES
from graphkb.extract.learned.pairs import TYPES
from graphkb.extract.learned.weights import Learned
from graphkb.extract.reader import Reader, accepted
from graphkb.model.reading import NamedEntity, Reading, Relation

CATALOGUE = Catalogue(
    [
        Entry("PPO", "proximal policy optimization", "method"),
        Entry("GSM8K", None, "benchmark"),
    ]
)
TEXT = (
    "We propose FooBar, a framework that uses conditional flow matching and PPO. "
    "FooBar reaches 71.2% accuracy on GSM8K with 3 GPUs. "
    "LLMs are everywhere. Code: https://github.com/example/foobar"
)
ALONE = Reader(CATALOGUE, Learned())


def explained(reader: Reader, text: str = TEXT) -> list[Explanation]:
    return list(explain(reader, "", text))


def one(found: list[Explanation], what: str, label: str) -> Explanation:
    """Return the explanation of a label; there is one."""
    (only,) = [e for e in found if e.what == what and e.label == label]
    return only


def names(**biases: float) -> LinearModel:
    """Return a model that answers the same whatever it sees."""
    return LinearModel({name: {"": biases.get(name, -9.0)} for name in CLASSES})


@pytest.mark.parametrize("reader", [ALONE, Reader(CATALOGUE)], ids=["rules", "learned"])
def test_everything_that_is_accepted_is_explained_as_taken(reader: Reader) -> None:
    reading = accepted(reader.read("", TEXT))
    taken = {(e.what, e.label) for e in explained(reader) if e.taken}
    assert {("name", e.name) for e in reading.entities} <= taken
    assert {("task", t.name) for t in reading.tasks} <= taken
    assert {("relation", f"{r.source} {r.type} {r.target}") for r in reading.relations} <= taken
    assert {("link", link.url) for link in reading.links} <= taken
    assert len([e for e in explained(reader) if e.taken and e.what == "result"]) == len(
        reading.results
    )


def test_a_statement_carries_rule_confidence_threshold_and_place() -> None:
    found = one(explained(ALONE), "name", "PPO")
    assert (found.taken, found.why, found.rule) == (True, "sure enough", "catalogue:method")
    assert found.threshold == THRESHOLDS["methods"]
    assert found.confidence is not None
    assert found.confidence >= found.threshold
    assert TEXT[found.begin : found.stop] == "PPO"
    assert TEXT[slice(*found.sentence)].startswith("We propose FooBar")


def test_a_learned_part_names_its_strongest_features() -> None:
    model = LinearModel(
        {str(name): {"": -9.0} for name in CLASSES}
        | {"methods": {"": 1.0, "r catalogue": 2.0, "entry method": -0.5}}
    )
    found = one(explained(Reader(CATALOGUE, Learned(names=model))), "name", "PPO")
    assert found.features == (("r catalogue", 2.0), ("entry method", -0.5))


def test_what_is_not_sure_enough_is_below_the_threshold() -> None:
    found = one(explained(Reader(CATALOGUE, Learned(names=names()))), "name", "PPO")
    assert (found.taken, found.why) == (False, "below the threshold")
    assert is_unlikely(found)


def test_a_name_inside_a_likelier_one_says_in_which() -> None:
    model = LinearModel(
        {str(name): {"": -9.0} for name in CLASSES}
        | {"methods": {"": -9.0, "form lower phrase 2": 10.0, "form lower phrase 3": 11.0}}
    )
    found = one(explained(Reader(CATALOGUE, Learned(names=model))), "name", "flow matching")
    assert (found.taken, found.why) == (False, "lies inside the likelier conditional flow matching")
    assert not is_unlikely(found)


def test_a_name_that_is_too_general_was_refused() -> None:
    found = one(explained(ALONE), "name", "LLMs")
    assert (found.taken, found.why) == (False, "refused: too general a name")
    assert found.confidence is None


def test_a_figure_that_is_no_result_says_so() -> None:
    found = one(explained(ALONE), "result", "3")
    assert (found.taken, found.why) == (False, "no rule takes this figure for a result")


class Fixed(Reader):
    """A reader that always finds the same."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(CATALOGUE, Learned())
        self.reading = reading

    def read(self, title: str, abstract: str) -> Reading:  # noqa: ARG002
        return self.reading


def test_a_relation_of_a_name_that_is_not_believed_says_which() -> None:
    entity = NamedEntity("methods", "PPO", "method", "PPO", "abstract", 0, 3, "r", 1, (0, 9))
    relation = Relation("PAPER", "USES", "PPO", "abstract", 0, 9, "r", 1000)
    reader = Fixed(Reading(entities=(entity,), relations=(relation,)))
    found = one(explained(reader, "PPO helps."), "relation", "PAPER USES PPO")
    assert (found.taken, found.why) == (False, "PPO is not believed")


def test_a_denied_relation_says_that_it_is_denied() -> None:
    always = LinearModel({name: {"": 9.0 if name == "USES" else -9.0} for name in TYPES})
    model = LinearModel(
        {str(name): {"": -9.0} for name in CLASSES}
        | {"introduces": {"": -9.0, "r introduce": 20.0}, "methods": {"": 1.0}}
    )
    reader = Reader(CATALOGUE, Learned(names=model, pairs=always))
    found = explained(reader, "We propose FooBar, a framework. FooBar works without PPO.")
    assert one(found, "relation", "FooBar USES PPO").why == "the sentence denies it"


def test_explanations_follow_the_text_the_taken_ones_of_a_sentence_first() -> None:
    found = explained(Reader(CATALOGUE))
    assert [e.sentence for e in found] == sorted(e.sentence for e in found)
    for sentence in {e.sentence for e in found}:
        taken = [e.taken for e in found if e.sentence == sentence]
        assert taken == sorted(taken, reverse=True)


def test_nothing_is_explained_of_nothing() -> None:
    assert explain(ALONE, "", "") == ()


def test_an_explanation_is_written_as_json() -> None:
    row = json.loads(json.dumps(explained_line("a", "", TEXT, explained(Reader(CATALOGUE)))))
    assert list(row) == ["id", "title", "abstract", "explained"]
    for found in row["explained"]:
        assert 0 <= found["begin"] < found["stop"] <= len(row[found["field"]])
        assert found["sentence"][0] <= found["begin"] < found["stop"] <= found["sentence"][1]
