"""A figure that a text reports: which it is, how it is meant, whose it is and on what."""

from __future__ import annotations

import pytest

from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.extract.figure import values
from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.results import NOWHERE, ON, REPORTED
from graphkb.extract.learned.weights import Learned
from graphkb.extract.reader import Reader
from graphkb.extract.result import meanings
from graphkb.extract.sentences import Document, Sentence
from graphkb.model.reading import ReportedResult

CATALOGUE = Catalogue(
    [
        Entry("LoRA", None, "method"),
        Entry("Llama", None, "model"),
        Entry("MATH", None, "benchmark"),
        Entry("GSM8K", None, "benchmark"),
        Entry("GPQA", None, "benchmark"),
    ]
)


def sentence(text: str) -> Sentence:
    return Document.of("", text).sentences[0]


def found(text: str) -> list[tuple[str, float, str]]:
    return [(v.text, v.number, v.unit) for v in values(sentence(text), ())]


def read(text: str, learned: Learned | None = None) -> tuple[ReportedResult, ...]:
    return Reader(CATALOGUE, Learned() if learned is None else learned).read("Foo: x", text).results


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It is 2.7 times faster than before.", ("2.7 times", 2.7, "x")),
        ("It runs up to 6times faster.", ("6times", 6.0, "x")),
        ("It takes six times less labeling.", ("six times", 6.0, "x")),
        ("It achieves 3-5 times higher success rates.", ("3-5 times", 5.0, "x")),
        ("It brings a two-fold gain.", ("two-fold", 2.0, "x")),
        ("It achieves 10%-30% improvements.", ("10%-30%", 30.0, "%")),
        ("There is a gap (89.26pp) between them.", ("89.26pp", 89.26, "points")),
        ("It answers a query in 0.54 ms.", ("0.54 ms", 0.54, "ms")),
        ("It gains over 40 percent.", ("40 percent", 40.0, "%")),
        ("It runs sim3.5x faster.", ("3.5x", 3.5, "x")),
    ],
)
def test_a_figure_keeps_its_unit(text: str, figure: tuple[str, float, str]) -> None:
    assert found(text) == [figure]


def test_figures_on_both_sides_of_an_arrow_are_two() -> None:
    pair = values(sentence("GenEval rises (0.73rightarrow0.90)."), ())
    assert [(v.text, v.paired) for v in pair] == [("0.73", True), ("0.90", True)]


@pytest.mark.parametrize(
    "text", ["We draw 256times256 images.", "It is the AIME24/25 set.", "We release 3D scenes."]
)
def test_a_figure_within_a_word_is_none(text: str) -> None:
    assert found(text) == []


def test_a_table_in_place_of_a_sentence_is_read_no_further_than_its_fortieth_figure() -> None:
    assert len(found(" ".join(f"{number}.5%," for number in range(100)))) == 40


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("It reaches 80.1% accuracy.", "absolute"),
        ("Exceeding 80.1% accuracy, it leads.", "absolute"),
        ("It brings a 167% performance improvement.", "gain"),
        ("It obtains an average improvement of 13.0% on eleven sets.", "gain"),
        ("It shows gains of up to 23% on average.", "gain"),
        ("It improves 12% on them.", "gain"),
        ("It yields +13.8% mAP.", "gain"),
        ("It outperforms them by 64% relative margin.", "relative gain"),
        ("It reduces latency by 45%.", "relative gain"),
        ("It is 61% faster.", "relative gain"),
        ("It uses 40% fewer tokens.", "relative gain"),
        ("It is 3x faster.", "ratio"),
        ("It keeps 95% of its accuracy.", "ratio"),
        ("It is guaranteed to lose at most 3%.", "bound"),
    ],
)
def test_a_figure_is_read_as_its_sentence_means_it(text: str, reading: str) -> None:
    line = sentence(text)
    assert [m.reading for m in meanings(line, values(line, ()))] == [reading]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("It wins by 37.8% in recall and 39.9% in precision.", ["gain", "gain"]),
        ("It achieved a 5.8% and 1.5% improvement.", ["gain", "gain"]),
        ("It improves by 5.0%, reaching 80.0%.", ["gain", "absolute"]),
        ("Its accuracy rises from 26.4% to 51.9%.", ["absolute", "absolute"]),
    ],
)
def test_a_list_of_figures_is_read_alike(text: str, readings: list[str]) -> None:
    line = sentence(text)
    assert [m.reading for m in meanings(line, values(line, ()))] == readings


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("It reaches a success rate of 80.1%.", ["success rate"]),
        ("It reaches 80.1% pass@1.", ["pass@1"]),
        (
            "It matches their performance, reducing observation size by over 50%.",
            ["observation size"],
        ),
        ("It needs 40% fewer thinking tokens.", ["thinking tokens"]),
        ("It brings a 33% wall time reduction.", ["wall time"]),
        ("It brings a 26% improvement in sample quality.", ["sample quality"]),
        (
            "It reduces hallucinations by 28.9% and improves truthfulness by 21.1%.",
            ["hallucinations", "truthfulness"],
        ),
        ("It improves accuracy by 3.1% here and 5.2% there.", ["accuracy", "accuracy"]),
        ("It is 3x faster.", ["speed"]),
        ("It improves Llama by 3.1%.", [None]),
    ],
)
def test_the_metric_is_what_the_words_around_measure(text: str, metrics: list[str | None]) -> None:
    line = sentence(text)
    assert [m.metric for m in meanings(line, values(line, ()))] == metrics


def test_a_figure_in_brackets_is_of_the_name_before_it() -> None:
    text = "We propose Foo. Foo reaches 91.3% accuracy on MATH, surpassing LoRA (89.1%)."
    assert [(r.value, r.subject) for r in read(text)] == [("91.3%", "Foo"), ("89.1%", "LoRA")]


def test_a_gain_for_a_model_is_of_the_method_that_brings_it() -> None:
    text = "We propose Foo. Foo brings a 42% FID improvement for Llama."
    assert [(r.value, r.subject) for r in read(text)] == [("42%", "Foo")]


def test_a_metric_is_no_benchmark_even_where_it_is_taken_for_one() -> None:
    reader = Reader(Catalogue([Entry("Recall@1", None, "benchmark")]), Learned())
    results = reader.read("Foo: x", "We propose Foo. Foo reaches 50.5% in Recall@1.").results
    assert [(r.benchmark, r.metric) for r in results] == [(None, "Recall@1")]


def linking(**weights: float) -> Learned:
    """A model that takes every figure, and for its benchmark what the features say."""
    on = {"": -3.0, **{name.replace("_", " "): weight for name, weight in weights.items()}}
    model = LinearModel({REPORTED: {"": 6.0}, ON: on, NOWHERE: {"": -2.0}})
    return Learned(results=model)


def test_the_benchmark_is_the_candidate_that_the_model_finds_likeliest() -> None:
    text = "We propose Foo. On MATH and on GSM8K, Foo reaches 80.1%."
    assert [r.benchmark for r in read(text, linking(before_nearest=5.0))] == ["GSM8K"]
    assert [r.benchmark for r in read(text, linking(before_farther=5.0))] == ["MATH"]


def test_without_a_likely_benchmark_a_result_has_none() -> None:
    text = "We propose Foo. On MATH and on GSM8K, Foo reaches 80.1%."
    assert [r.benchmark for r in read(text, linking())] == [None]


def test_benchmarks_that_are_likely_each_for_itself_are_all_taken() -> None:
    text = "We propose Foo. Foo gains 3.1% on MATH and GSM8K."
    learned = linking(after_nearest=5.0, after_farther=5.0)
    assert [r.benchmark for r in read(text, learned)] == ["MATH", "GSM8K"]


def test_a_benchmark_named_before_is_a_candidate_later() -> None:
    text = "We propose Foo. We test on GPQA. Foo reaches 80.1%."
    learned = linking(last_named_and_none_here=5.0)
    assert [r.benchmark for r in read(text, learned)] == ["GPQA"]


def test_confidence_is_that_of_the_figure_times_that_of_its_benchmark() -> None:
    text = "We propose Foo. Foo reaches 80.1% on MATH."
    on = {"": -9.0, "kind cited": 8.5}
    model = LinearModel({REPORTED: {"": 0.0}, ON: on, NOWHERE: {"": -1.0}})
    (result,) = read(text, Learned(results=model))
    assert result.benchmark == "MATH"
    # .5 of the figure; .378 of MATH and .269 of no benchmark make .584 of MATH.
    assert result.confidence == pytest.approx(500 * 0.584, abs=2)


def test_a_figure_is_explained_with_its_benchmarks() -> None:
    text = "We propose Foo. Foo reaches 80.1% on MATH."
    reasons = Reader(CATALOGUE).reasons("Foo: x", text)
    told = {(r.what, r.candidate, r.accepted) for r in reasons}
    assert ("result", ("80.1%",), True) in told
    assert ("benchmark", ("80.1%", "MATH"), True) in told
    assert ("benchmark", ("80.1%", ""), False) in told
