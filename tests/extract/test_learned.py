"""What is learned: small models that say why, and that leave known facts alone."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.resources import files

import pytest

from graphkb.extract.catalogue import Catalogue, Citation, Entry
from graphkb.extract.learned.digest import DIGEST
from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.names import CLASSES
from graphkb.extract.learned.pairs import TYPES
from graphkb.extract.learned.proposal import proposals
from graphkb.extract.learned.weights import Learned, shipped
from graphkb.extract.learned.wording import wordings
from graphkb.extract.reader import VERSION, Reader, accepted
from graphkb.extract.sentences import Document

CATALOGUE = Catalogue([Entry("PPO", "proximal policy optimization", "method")])
SILENT = {name: {"": -9.0} for name in ("introduces", "methods", "benchmarks")}
TEXT = "We propose FooBar, a framework that uses conditional flow matching and PPO."


def always(**biases: float) -> LinearModel:
    """Return a model that answers the same whatever it sees."""
    return LinearModel({name: {"": biases.get(name, -9.0)} for name in CLASSES})


def proposed(text: str) -> list[str]:
    """Return what is proposed in a sentence without a rule's help."""
    line = wordings(Document.of("", text))[0]
    return [candidate.surface for candidate in proposals(line, ())]


def test_a_score_is_the_intercept_and_the_weights_of_what_was_seen() -> None:
    model = LinearModel({"a": {"": 0.5, "x": 1.0, "y": -3.0}, "b": {"x": 2.0}})
    assert model.scores(["x", "unknown"]) == (1.5, 2.0)


def test_a_class_is_as_sure_alone_as_among_others() -> None:
    model = LinearModel({"a": {"": 0.5, "x": 1.0}, "b": {"x": 2.0}}, {"a": (0.5, -1.0)})
    sure = model.per_mille(["x", "unknown"])
    assert {name: model.per_mille_as(name, ["x", "unknown"]) for name in "ab"} == sure


def test_calibration_bends_the_score() -> None:
    assert LinearModel({"a": {"": 2.0}}, {"a": (0.5, -1.0)}).per_mille([]) == {"a": 500}


def test_a_wild_score_stays_a_probability() -> None:
    model = LinearModel({"a": {"": 1e9}, "b": {"": -1e9}})
    assert model.per_mille([]) == {"a": 1000, "b": 0}


def test_reasons_are_the_loudest_features_first() -> None:
    model = LinearModel({"a": {"": 9.0, "x": 0.1, "y": -2.0, "z": 1.0}})
    assert model.reasons("a", ["x", "y", "z", "y"], 2) == (("y", -2.0), ("z", 1.0))


def test_phrases_are_proposed_in_each_length() -> None:
    assert proposed("we use conditional flow matching.") == [
        "flow matching",
        "conditional flow matching",
    ]


def test_no_phrase_reaches_over_an_article_or_a_comma() -> None:
    assert proposed("given the flow, the matching ends") == ["matching"]


def test_no_span_is_proposed_that_a_rule_found() -> None:
    line = wordings(Document.of("", "we use flow matching."))[0]
    found = list(proposals(line, ()))
    assert list(proposals(line, found)) == []


def test_the_likeliest_group_wins() -> None:
    reader = Reader(CATALOGUE, Learned(names=always(models=3.0, methods=1.0)))
    groups = {entity.group for entity in reader.read("", TEXT).entities}
    assert groups == {"models"}


def test_what_no_group_is_sure_of_is_not_accepted() -> None:
    reader = Reader(CATALOGUE, Learned(names=always()))
    assert accepted(reader.read("", TEXT)).entities == ()


def test_of_overlapping_guesses_one_is_accepted() -> None:
    model = LinearModel(
        {str(name): {"": -9.0} for name in CLASSES}
        | {"methods": {"": -9.0, "form lower phrase 2": 11.0, "form lower phrase 3": 10.0}}
    )
    names = [e.name for e in accepted(Reader(CATALOGUE, Learned(model)).read("", TEXT)).entities]
    assert names == ["flow matching"]


def test_the_catalogue_s_introducing_paper_outweighs_the_model() -> None:
    paper = Citation("arxiv:2402.03300", "DeepSeekMath: Pushing the Limits", 2024, "Shao")
    entry = Entry("GRPO", "group relative policy optimization", "method", paper=paper)
    reader = Reader(Catalogue([entry]), Learned(names=always()))
    text = "We introduce Group Relative Policy Optimization (GRPO)."
    reading = accepted(reader.read("DeepSeekMath: Pushing the Limits", text))
    assert [(e.name, e.group) for e in reading.entities] == [("GRPO", "introduces")]


def test_rules_alone_judge_without_models() -> None:
    reading = accepted(Reader(CATALOGUE, Learned()).read("", TEXT))
    assert {e.rule.split(":")[0] for e in reading.entities} <= {"introduce", "catalogue"}


def test_the_shipped_weights_are_small() -> None:
    assert (files("graphkb.extract.learned") / "weights.json").stat().st_size < 1_500_000  # type: ignore[attr-defined]


def test_the_version_changes_with_the_weights() -> None:
    folder = files("graphkb.extract.learned")
    written = b"".join((folder / name).read_bytes() for name in ("weights.json", "terms.json"))
    assert hashlib.sha256(written).hexdigest()[:12] == DIGEST
    assert DIGEST in VERSION.split(".")


def test_weights_of_other_features_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphkb.extract.learned.weights.FEATURES", 0)
    shipped.cache_clear()
    with pytest.raises(RuntimeError, match=r"run scripts/train\.py"):
        shipped()


def test_two_processes_with_different_hash_seeds_read_the_same() -> None:
    code = (
        "from graphkb.extract.catalogue import Catalogue;"
        "from graphkb.extract.reader import Reader;"
        f"print(Reader(Catalogue([])).read('FooBar: flow matching', {TEXT!r}))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_reading_needs_neither_numpy_nor_scikit_learn() -> None:
    code = (
        "import sys; from graphkb.extract.catalogue import Catalogue;"
        "from graphkb.extract.reader import Reader;"
        f"Reader(Catalogue([])).read('', {TEXT!r});"
        "assert not {'numpy', 'sklearn', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_task_is_named_once_in_its_likeliest_length() -> None:
    model = LinearModel({"tasks": {"": -9.0, "words 2": 12.0, "words 3": 11.0}})
    reader = Reader(CATALOGUE, Learned(tasks=model))
    reading = accepted(reader.read("", "Agents for long-horizon web navigation fail."))
    assert [task.name for task in reading.tasks] == ["web navigation"]


def test_no_more_tasks_are_accepted_than_the_guideline_allows() -> None:
    model = LinearModel({"tasks": {"": 9.0}})
    kinds = ("image", "video", "audio", "speech", "music", "text")
    text = " ".join(f"We do {kind} generation." for kind in kinds)
    reading = accepted(Reader(CATALOGUE, Learned(tasks=model)).read("", text))
    assert len(reading.tasks) == 4


def test_a_task_has_its_place_in_the_text() -> None:
    model = LinearModel({"tasks": {"": 9.0}})
    text = "Agents for web navigation fail."
    task = Reader(CATALOGUE, Learned(tasks=model)).read("", text).tasks[0]
    assert text[task.begin : task.stop] == task.name


STATED = "We propose FooBar. FooBar is built with PPO."


def stating(**biases: float) -> Learned:
    """Return models that state the same types of every pair."""
    types = dict.fromkeys(TYPES, -9.0) | biases
    return Learned(pairs=LinearModel({kind: {"": bias} for kind, bias in types.items()}))


def related(text: str, learned: Learned) -> set[tuple[str, str, str]]:
    """Return the accepted relations of a text."""
    reading = accepted(Reader(CATALOGUE, learned).read("FooBar: x", text))
    return {(r.source, r.type, r.target) for r in reading.relations}


def test_a_type_that_the_model_is_sure_of_is_stated() -> None:
    assert related(STATED, stating(USES=3.0)) == {("FooBar", "USES", "PPO")}


def test_extending_says_all_that_using_would() -> None:
    learned = stating(USES=3.0, EXTENDS=2.0)
    assert related(STATED, learned) == {("FooBar", "EXTENDS", "PPO")}


@pytest.mark.parametrize("words", ["FooBar learns without using PPO.", "FooBar does not use PPO."])
def test_what_a_sentence_denies_is_not_stated_however_sure_the_model(words: str) -> None:
    assert related(f"We propose FooBar. {words}", stating(USES=9.0, EXTENDS=9.0)) == set()


def test_a_task_is_only_ever_applied_to() -> None:
    text = "We propose FooBar. FooBar is made for mathematical reasoning."
    assert {kind for _, kind, _ in related(text, stating(USES=9.0, APPLIED_TO=9.0))} == {
        "APPLIED_TO"
    }


def test_the_sentence_of_a_relation_names_its_target() -> None:
    title = "FooBar: x"
    reading = Reader(CATALOGUE, stating(USES=3.0)).read(title, STATED)
    for relation in reading.relations:
        text = title if relation.field == "title" else STATED
        assert relation.target in text[relation.begin : relation.stop]


def test_a_repository_is_related_without_a_model() -> None:
    text = "We propose FooBar. Code: https://github.com/a/b."
    assert related(text, stating()) == {("FooBar", "IMPLEMENTED_IN", "https://github.com/a/b")}


def test_of_a_comparison_and_its_outcome_the_surer_one_stands() -> None:
    learned = stating(COMPARED_WITH=3.0, OUTPERFORMS=2.0)
    assert related(STATED, learned) == {("FooBar", "COMPARED_WITH", "PPO")}


def test_each_decision_has_its_strongest_features() -> None:
    names = LinearModel({"models": {"": -3.0, "in abstract": 5.0, "not at end": 0.5}, **SILENT})
    reasons = Reader(CATALOGUE, Learned(names=names)).reasons("", TEXT)
    ppo = next(reason for reason in reasons if reason.candidate == ("PPO",))
    assert (ppo.verdict, ppo.accepted) == ("models", True)
    assert ppo.features[0] == ("in abstract", 5.0)


def test_what_was_not_taken_is_explained_too() -> None:
    reasons = Reader(CATALOGUE, Learned(names=always())).reasons("", TEXT)
    assert reasons
    assert not any(reason.accepted for reason in reasons)


def test_the_shipped_models_explain_names_tasks_and_relations() -> None:
    text = "We propose FooBar for web navigation. FooBar is a variant of PPO."
    reasons = Reader(CATALOGUE).reasons("FooBar: x", text)
    assert {reason.what for reason in reasons} == {"name", "task", "relation"}
