"""What the reader makes of a title and an abstract."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkb.extract.catalogue import Catalogue, Citation, Entry
from graphkb.extract.confidence import PAPER, THRESHOLDS
from graphkb.extract.learned.weights import Learned
from graphkb.extract.precision import PRECISION
from graphkb.extract.reader import VERSION, Reader, accepted
from graphkb.model.name import name_key
from graphkb.model.reading import NamedEntity, Reading
from graphkb.model.text import clean_text

CATALOGUE = Catalogue(
    [
        Entry("PPO", "Proximal Policy Optimization", "method"),
        Entry(
            "GRPO",
            "Group Relative Policy Optimization",
            "method",
            paper=Citation("arxiv:2402.03300", "DeepSeekMath: Pushing the Limits", 2024, "Shao"),
        ),
        Entry("Transformer", None, "method"),
        Entry("RAT", "Retrieval Augmented Thoughts", "method"),
        Entry("Qwen2.5-VL", None, "model", aliases=("Qwen2.5",)),
        Entry("Llama 3", None, "model"),
        Entry("MATH", None, "benchmark"),
        Entry("GSM8K", None, "benchmark"),
        Entry("mathematical reasoning", None, "task"),
    ]
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(CATALOGUE)


def by_group(reading: Reading, group: str) -> list[str]:
    return [entity.name for entity in reading.entities if entity.group == group]


def entity(reading: Reading, name: str) -> NamedEntity:
    return next(e for e in reading.entities if e.name == name)


def relations(reading: Reading) -> set[tuple[str, str, str]]:
    return {(r.source, r.type, r.target) for r in reading.relations}


def test_the_title_s_name_is_introduced(reader: Reader) -> None:
    reading = accepted(reader.read("AdaR: Adaptive Reading", "We propose AdaR, a framework."))
    found = entity(reading, "AdaR")
    assert (found.group, found.kind) == ("introduces", "framework")


def test_the_artefact_of_the_title_comes_first(reader: Reader) -> None:
    text = "We build BarSet, a dataset. We propose FooNet, a model trained on BarSet."
    reading = accepted(reader.read("FooNet: Reading Faster", text))
    assert by_group(reading, "introduces") == ["FooNet", "BarSet"]


def test_an_acronym_is_the_name_and_its_long_form_the_long_name(reader: Reader) -> None:
    text = "We propose Reinforced Careful Reading (RCR), a simple method."
    found = entity(accepted(reader.read("Careful reading", text)), "RCR")
    assert (found.group, found.long) == ("introduces", "Reinforced Careful Reading")


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("We introduce a framework called VidX.", "VidX", "framework"),
        ("We present FooBench, a benchmark of games.", "FooBench", "benchmark"),
        ("In this paper, we propose the QuickRead algorithm.", "QuickRead", "method"),
        ("This work introduces BigSet, a dataset of images.", "BigSet", "dataset"),
        ("We further release Foo-7B, a small language model.", "Foo-7B", "model"),
    ],
)
def test_a_proposed_name_is_introduced_with_the_kind_of_its_noun(
    reader: Reader, text: str, name: str, kind: str
) -> None:
    found = entity(accepted(reader.read("On reading", text)), name)
    assert (found.group, found.kind) == ("introduces", kind)


def test_a_name_of_the_catalogue_is_not_introduced_by_another_paper(reader: Reader) -> None:
    text = "We present GRPO, a method for everybody."
    assert by_group(accepted(reader.read("A study", text)), "introduces") == []


def test_the_introducing_paper_introduces_the_catalogue_s_entry(reader: Reader) -> None:
    text = "We introduce Group Relative Policy Optimization (GRPO), a variant of PPO."
    reading = accepted(reader.read("DeepSeekMath: Pushing the Limits", text))
    found = entity(reading, "GRPO")
    assert (found.group, found.entry) == ("introduces", "method:grpo")


def test_a_known_acronym_that_the_text_spells_out_otherwise_is_something_else(
    reader: Reader,
) -> None:
    text = "We propose Rank Attention Tuning (RAT), a new method."
    found = entity(accepted(reader.read("RAT: Rank Attention Tuning", text)), "RAT")
    assert (found.group, found.entry) == ("introduces", None)


def test_long_form_and_acronym_are_one_entity(reader: Reader) -> None:
    text = "Proximal Policy Optimization (PPO) is used. PPO is old."
    reading = accepted(reader.read("A study", text))
    assert by_group(reading, "methods") == ["PPO"]
    assert entity(reading, "PPO").long == "Proximal Policy Optimization"


def test_version_size_and_variant_belong_to_a_model_s_name(reader: Reader) -> None:
    text = "We test Qwen2.5-VL-7B-Instruct and Llama-3 (70B)."
    reading = accepted(reader.read("A study", text))
    assert by_group(reading, "models") == ["Qwen2.5-VL-7B-Instruct", "Llama-3 (70B)"]


def test_a_hyphened_adjective_leaves_the_method_s_name(reader: Reader) -> None:
    reading = accepted(reader.read("A study", "It needs PPO-based training."))
    assert entity(reading, "PPO").surface == "PPO"


def test_a_method_that_is_part_of_a_longer_name_is_not_named(reader: Reader) -> None:
    reading = reader.read("A study", "We compare with Flow-GRPO here.")
    assert "GRPO" not in [e.name for e in reading.entities]


def test_a_list_of_benchmarks_shares_what_is_known_of_one(reader: Reader) -> None:
    text = "It reaches the best accuracy on MATH, FooTest9 and BarQuest."
    groups = {e.name: e.group for e in reader.read("A study", text).entities}
    assert groups["FooTest9"] == groups["BarQuest"] == "benchmarks"


def test_a_new_benchmark_is_there_to_evaluate_on(reader: Reader) -> None:
    text = "We introduce FooBench, a benchmark for reading."
    assert entity(reader.read("FooBench: x", text), "FooBench").role == "evaluation"


def test_a_dataset_that_is_trained_on_is_for_training(reader: Reader) -> None:
    text = "The model is trained on GSM8K."
    assert entity(reader.read("A study", text), "GSM8K").role == "training"


def test_what_a_paper_extends_is_read(reader: Reader) -> None:
    text = "We propose FastPO, a variant of GRPO."
    reading = reader.read("FastPO: Faster", text)
    assert ("FastPO", "EXTENDS", "GRPO") in relations(reading)


def test_what_a_paper_generalizes_is_read(reader: Reader) -> None:
    text = "We propose BroadPO. BroadPO generalizes PPO and GRPO."
    found = relations(reader.read("BroadPO: Broader", text))
    assert {("BroadPO", "GENERALIZES", "PPO"), ("BroadPO", "GENERALIZES", "GRPO")} <= found


def test_each_member_of_a_list_is_outperformed(reader: Reader) -> None:
    text = "We propose FastPO. FastPO outperforms PPO and GRPO on MATH."
    reading = reader.read("FastPO: Faster", text)
    assert {("FastPO", "OUTPERFORMS", "PPO"), ("FastPO", "OUTPERFORMS", "GRPO")} <= relations(
        reading
    )
    assert {r.on for r in reading.relations if r.type == "OUTPERFORMS"} == {"MATH"}


def test_a_mentioned_method_can_be_the_subject(reader: Reader) -> None:
    text = "GRPO extends PPO with groups."
    assert ("GRPO", "EXTENDS", "PPO") in relations(reader.read("A study", text))


def test_the_source_is_the_paper_where_it_introduces_nothing(reader: Reader) -> None:
    reading = reader.read("A study of learning", "We analyze PPO in depth.")
    assert (PAPER, "ANALYZES", "PPO") in relations(reading)


def test_code_at_a_repository_is_implemented_in(reader: Reader) -> None:
    text = "We propose FastPO. Code is at https://github.com/a/fastpo."
    found = relations(accepted(reader.read("FastPO: Faster", text)))
    assert ("FastPO", "IMPLEMENTED_IN", "https://github.com/a/fastpo") in found


def test_a_number_from_and_to_is_two_absolute_results(reader: Reader) -> None:
    text = "We propose FastPO. FastPO improves Llama 3 accuracy on MATH from 9.4% to 22.4%."
    found = reader.read("FastPO: Faster", text).results
    assert [(r.value, r.number, r.reading, r.benchmark) for r in found] == [
        ("9.4%", 9.4, "absolute", "MATH"),
        ("22.4%", 22.4, "absolute", "MATH"),
    ]


def test_numbers_follow_their_benchmarks_respectively(reader: Reader) -> None:
    text = "FastPO achieves 80.1% and 91.5% on MATH and GSM8K, respectively."
    found = reader.read("FastPO: Faster", text).results
    assert [(r.value, r.benchmark) for r in found] == [("80.1%", "MATH"), ("91.5%", "GSM8K")]


@pytest.mark.parametrize(
    "text",
    [
        "It has 7B weights.",
        "We collect 12,000 samples in 2024.",
        "It spans 14 tasks and 56 languages.",
    ],
)
def test_a_count_or_size_is_no_result(reader: Reader, text: str) -> None:
    assert reader.read("A study", text).results == ()


def test_rules_name_a_catalogue_task_with_its_modifiers() -> None:
    reader = Reader(CATALOGUE, Learned())
    text = "We study visual mathematical reasoning."
    assert "visual mathematical reasoning" in [t.name for t in reader.read("x", text).tasks]


def test_relations_fall_with_what_they_name(reader: Reader) -> None:
    reading = reader.read("FastPO: Faster", "We propose FastPO, a variant of GRPO.")
    assert reading.relations
    without = Reading(
        tuple(e for e in reading.entities if e.name != "GRPO"), relations=reading.relations
    )
    assert not any(r.target == "GRPO" for r in accepted(without).relations)


def test_accepting_twice_is_accepting_once(reader: Reader) -> None:
    reading = accepted(reader.read("FastPO: Faster", "We propose FastPO, a variant of GRPO."))
    assert accepted(reading) == reading


def test_reading_is_a_pure_function() -> None:
    text = "We propose FastPO, a variant of GRPO that reaches 90.1% on MATH with Llama-3-8B."
    assert Reader(CATALOGUE).read("FastPO: x", text) == Reader(CATALOGUE).read("FastPO: x", text)


def test_the_version_changes_with_the_measured_precisions() -> None:
    rows = "".join(f'    "{rule}": {value},\n' for rule, value in sorted(PRECISION.items()))
    assert hashlib.sha256(rows.encode()).hexdigest()[:12] in VERSION.split(".")


def test_what_is_denied_is_not_stated(reader: Reader) -> None:
    text = "We propose FastPO. FastPO learns without extending GRPO."
    assert not any(r.target == "GRPO" for r in accepted(reader.read("FastPO: x", text)).relations)


# Odd and hostile text

PIECES = st.sampled_from(
    [
        "We propose",
        "FastPO",
        "(GRPO)",
        "Group Relative Policy Optimization",
        "GRPO-based",
        "Llama-3",
        "(70B)",
        "a novel framework",
        ",",
        "called",
        "and",
        "outperforms",
        "by 3.4%",
        "from 9.4% to 22.4%",
        "on MATH",
        "GSM8K",
        "https://github.com/a/b",
        "https: //x.y/{z}",
        r"\textbf{",
        "}",
        "$",
        "such as",
        "variant of",
        ".",
        ":",
        "--",
        "(",
        ")",
        "[",
        "video generation",
        "mathematical reasoning",
        "שלום",
        "😀",
        "İ",
        "Qwen2.5-VL-7B",
        "1.5x",
        "-7B",
        "our",
        "It",
        "respectively",
        "is introduced",
        "**",
        "e.g.,",
        "PPO (",
        "short for",
        "3",
        "%",
        "+",
        "ﬁ",
        "ß",
    ]
)
TEXTS = st.one_of(
    st.text(), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join)
)


def check(title: str, abstract: str, reading: Reading) -> None:
    text = {"title": title, "abstract": abstract}
    for e in reading.entities:
        assert text[e.field][e.begin : e.stop] == e.surface
        begin, stop = e.sentence
        assert begin <= e.begin < e.stop <= stop <= len(text[e.field])
    for t in reading.tasks:
        assert text[t.field][t.begin : t.stop] == t.name
    for r in reading.results:
        assert text[r.field][r.begin : r.stop] == r.value
    for link in reading.links:
        assert text[link.field][link.begin : link.stop] == link.url
    sure = [e.confidence for e in reading.entities] + [t.confidence for t in reading.tasks]
    sure += [r.confidence for r in reading.results] + [r.confidence for r in reading.relations]
    assert all(0 <= confidence <= 1000 for confidence in sure)
    for relation in reading.relations:
        assert text[relation.field][relation.begin : relation.stop].strip()
    keys = [name_key(e.name) for e in reading.entities]
    assert len(keys) == len(set(keys))
    names = {e.name for e in reading.entities} | {t.name for t in reading.tasks} | {PAPER}
    urls = {link.url for link in reading.links}
    for relation in reading.relations:
        assert relation.source in names
        assert relation.target in names | urls
    for r in reading.results:
        assert {r.subject, r.benchmark, r.baseline} <= names | {None}


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_every_span_is_the_text_that_it_claims(title: str, abstract: str) -> None:
    title, abstract = clean_text(title), clean_text(abstract)
    reading = Reader(CATALOGUE).read(title, abstract)
    check(title, abstract, reading)
    check(title, abstract, accepted(reading))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "Aa ",
        "AaB ",
        "(",
        "Aa Bb (AB) ",
        "1.",
        "12.5% on GSM8K, ",
        "we propose ",
        "from 1.5 to ",
        "GRPO, PPO, ",
        "https://a.b/(",
        "\\textbf{",
        "😀",
        ", ",
        "-",
        "Llama 3 ",
        "video generation ",
        "A: ",
    ],
)
def test_the_time_grows_with_the_text_whatever_it_is(reader: Reader, piece: str) -> None:
    def seconds(size: int) -> float:
        text = clean_text(piece * (size // len(piece)))
        begin = time.process_time()
        reader.read("x: y", text)
        return time.process_time() - begin

    seconds(1000)
    small, large = seconds(8_000), seconds(32_000)
    # Linear would be four times as long.
    assert large < 12 * small + 0.5
    assert large < 20


def test_every_group_has_a_threshold() -> None:
    assert {"introduces", "methods", "models", "benchmarks", "tasks", "results"} <= set(THRESHOLDS)


@pytest.mark.parametrize("name", ["reinforcement learning", "fine-tuning", "policy optimization"])
def test_what_every_paper_has_is_no_method(name: str) -> None:
    text = f"We propose KiteNet, a {name} framework that builds on {name} and extends {name}."
    reading = accepted(Reader(CATALOGUE).read("KiteNet", text))
    assert name not in {entity.name for entity in reading.entities}
    assert name not in {relation.target for relation in reading.relations}
