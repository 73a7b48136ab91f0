"""Which spans are terms: scores that add up word by word, and a table of what was one elsewhere."""

from __future__ import annotations

from importlib.resources import files

import pytest

from graphkb.extract.catalogue import Catalogue
from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.names import name_features
from graphkb.extract.learned.proposal import proposals
from graphkb.extract.learned.tagger import PLACES, Tagger, spans_of, term_key
from graphkb.extract.learned.weights import Learned, shipped_terms
from graphkb.extract.learned.wording import Wording, wordings
from graphkb.extract.naming import Expansions
from graphkb.extract.reader import Reader
from graphkb.extract.sentences import Document


def line_of(text: str, tagger: Tagger | None = None) -> Wording:
    """Return the wording of one sentence."""
    return wordings(Document.of("", text), tagger)[0]


def weights(**places: float) -> list[float]:
    """Return a feature's weights, 0 where none is given."""
    return [places.get(place.replace(" ", "_"), 0.0) for place in PLACES]


def features_of(text: str, name: str, tagger: Tagger) -> set[str]:
    """Return the features of a name of a text."""
    document = Document.of("", text)
    lines = wordings(document, tagger)
    expansions = Expansions(document)
    reader = Reader(Catalogue([]), Learned(names=LinearModel({}), terms=tagger))
    clusters = reader.clusters(document, lines, expansions)
    described = name_features(clusters, lines, expansions)
    return next(
        set(found)
        for cluster, found in zip(clusters, described, strict=True)
        if cluster.entity.name == name
    )


def test_a_span_ends_where_punctuation_stands() -> None:
    line = line_of("Beam search, pruning")
    assert list(spans_of(line)) == [(0, 0), (0, 1), (1, 1), (2, 2)]


def test_a_span_neither_begins_nor_ends_with_a_closed_class_word() -> None:
    line = line_of("mixture of experts")
    assert list(spans_of(line)) == [(0, 0), (0, 2), (2, 2)]


def test_a_word_s_weight_depends_on_where_it_stands() -> None:
    tagger = Tagger({"w=beam": weights(first=2.0, before=-1.0)}, {"": 0.0}, {})
    scores = tagger.terms(line_of("beam search"))
    assert scores == {(0, 0): 2.0, (0, 1): 2.0, (1, 1): -1.0}


def test_words_within_a_span_count_each() -> None:
    tagger = Tagger({"h=lower": weights(inside=1.0, between=0.5)}, {"": 0.0}, {})
    assert tagger.terms(line_of("fast beam search"))[0, 2] == pytest.approx(3.5)


def test_punctuation_beside_a_span_counts() -> None:
    tagger = Tagger({}, {"": -1.0, "left (": 3.0, "right )": 4.0}, {})
    assert tagger.terms(line_of("a (beam search) here"))[1, 2] == pytest.approx(6.0)


def test_keys_ignore_case_hyphens_and_a_plural() -> None:
    assert term_key("Diffusion-Models") == term_key("diffusion model")


def test_likely_terms_are_proposed() -> None:
    tagger = Tagger({"w=stitch": weights(last=2.0)}, {"": -1.0, "length 2": 1.0}, {})
    line = line_of("we use model stitching here", tagger)
    assert "model stitching" in [candidate.surface for candidate in proposals(line, ())]


def test_a_name_that_is_no_other_paper_s_term_is_told_apart() -> None:
    text = "The system has a Planner Agent and Beam Search."
    tagger = Tagger({}, {"": -9.0}, {"beamsearch": [5, 9, 3]})
    assert "phrase unknown" in features_of(text, "Planner Agent", tagger)
    assert "phrase capital 2" in features_of(text, "Beam Search", tagger)


def test_quotation_marks_around_a_name_are_seen() -> None:
    found = features_of(
        'It has a "Planner Agent" that plans.', "Planner Agent", Tagger({}, {"": 0.0}, {})
    )
    assert "quoted" in found


def test_a_capital_beside_a_name_tells_that_it_is_cut_short() -> None:
    text = "It has an AI Planner Agent now."
    found = features_of(text, "Planner Agent", Tagger({}, {"": 0.0}, {}))
    assert "prev capital" in found


def test_the_shipped_tagger_knows_a_term_by_its_words() -> None:
    scores = shipped_terms().terms(line_of("It is trained with rejection sampling on the data."))
    assert scores[4, 5] > max(scores[5, 5], scores.get((3, 3), -9.0))


def test_the_shipped_tagger_is_small() -> None:
    assert (files("graphkb.extract.learned") / "terms.json").stat().st_size < 700_000  # type: ignore[attr-defined]
