"""What is seen of a phrase that may name a task: its words, its list, its paper's names."""

from __future__ import annotations

from graphkb.extract.catalogue import Catalogue
from graphkb.extract.learned.company import PLACES, company
from graphkb.extract.learned.linear import LinearModel
from graphkb.extract.learned.task_phrases import phrases
from graphkb.extract.learned.tasks import described_phrases, judged_tasks
from graphkb.extract.learned.wording import wordings
from graphkb.extract.lexicon import Lexicon
from graphkb.extract.sentences import Document
from graphkb.model.reading import NamedEntity

LEXICON = Lexicon(Catalogue([]))


def seen(abstract: str, name: str, title: str = "", *entities: NamedEntity) -> set[str]:
    """Return the features of the phrase with a name's key."""
    described = described_phrases(wordings(Document.of(title, abstract)), LEXICON, entities)
    return {feature for key, _, features in described if key == name for feature in features}


def entity(name: str, long: str) -> NamedEntity:
    """Return an introduced name that stands first in the abstract."""
    span = (0, len(name))
    return NamedEntity(
        "introduces", name, "method", name, "abstract", *span, "introduce", 900, span, long
    )


def test_words_in_like_company_share_a_class() -> None:
    assert company("image").fine == company("audio").fine != company("translation").fine


def test_a_rare_compound_has_the_class_of_its_last_part() -> None:
    assert company("zzz-navigation").coarse == f"-{company('navigation').coarse}"


def test_a_word_that_heads_phrases_tells_where_these_stand() -> None:
    told = [feature.split()[1] for feature in company("generation").head]
    assert told == [*PLACES, "count"]


def test_a_single_word_is_a_candidate_only_where_it_is_known_to_head_tasks() -> None:
    lines = wordings(Document.of("", "It helps navigation and the invocation of tools."))
    assert "navigation" in phrases(lines, LEXICON)
    assert "invocation" not in phrases(lines, LEXICON)


def test_what_stands_around_a_list_is_seen_from_each_member() -> None:
    text = "Tests on web navigation, table parsing, and code repair tasks."
    for name in ("webnavigation", "tableparsing", "coderepair"):
        assert {"list b on", "list a tasks", "list then task"} <= seen(text, name)


def test_a_list_does_not_reach_over_a_preposition() -> None:
    text = "We test web navigation, and in code repair tasks we fail."
    assert not any(feature.startswith("list") for feature in seen(text, "webnavigation"))


def test_a_part_of_a_long_form_is_seen_as_such() -> None:
    bapo = entity("BAPO", "Balanced Policy Optimization")
    text = "BAPO is a policy optimization."
    assert "part of introduces" in seen(text, "policyoptimization", "", bapo)


def test_a_longer_candidate_is_counted() -> None:
    text = "Video generation is slow. It is a controllable video generation model."
    assert {"longer 1", "alone 1 of 2"} <= seen(text, "videogeneration")


def test_of_nested_tasks_both_are_taken_only_where_both_are_likely() -> None:
    text = "Video generation is slow. It is a controllable video generation model."
    lines = wordings(Document.of("", text))

    def taken(bias: float) -> list[str]:
        model = LinearModel({"tasks": {"": -9.0, "m video generation": 9.0 + bias}})
        return [t.name for t in judged_tasks(lines, LEXICON, (), model)]

    assert taken(2.0) == ["Video generation", "controllable video generation"]
    assert taken(-0.5) == ["Video generation"]
