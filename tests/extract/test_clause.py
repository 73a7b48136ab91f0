"""What governs a name in its sentence."""

from __future__ import annotations

import pytest

from graphkb.extract.learned.clause import Clauses, Governor, Phrase, extends
from graphkb.extract.learned.wording import wordings
from graphkb.extract.occurrence import Occurrence
from graphkb.extract.sentences import Document

NAMES = {"FooBar": "introduces", "BazQux": "introduces", "PPO": "methods", "DPO": "methods"}


def read(text: str, name: str) -> tuple[Phrase, Governor, bool]:
    """Return the phrase and the governor of a name, and whether it is said to be varied."""
    line = wordings(Document.of("", text))[0]
    begins = sorted((text.index(n), n) for n in NAMES if n in text)
    within = [Occurrence(n, NAMES[n], begin, begin + len(n)) for begin, n in begins]
    clauses = Clauses(line, within, "FooBar")
    number = next(i for i, o in enumerate(within) if o.name == name)
    phrase = clauses.phrase(number)
    governor = clauses.governor(phrase)
    return phrase, governor, extends(line, governor, phrase)


def verb(text: str, name: str) -> str:
    """Return the verb that a name depends on."""
    line = wordings(Document.of("", text))[0]
    at = read(text, name)[1].verb
    return line.words[at] if at >= 0 else ""


@pytest.mark.parametrize("name", ["PPO", "DPO"])
def test_members_of_a_list_share_their_verb(name: str) -> None:
    assert verb("FooBar combines PPO and DPO.", name) == "combines"


def test_a_list_knows_its_length_and_the_member_s_place() -> None:
    phrase = read("FooBar combines PPO and DPO.", "DPO")[0]
    assert (phrase.place, phrase.size) == (1, 2)


def test_names_of_two_clauses_are_no_list() -> None:
    assert read("We use PPO. DPO fails.", "PPO")[0].size == 1


def test_the_noun_phrase_has_its_article_words_and_head() -> None:
    phrase = read("We use the vanilla PPO algorithm.", "PPO")[0]
    assert (phrase.article, phrase.before, phrase.head) == ("the", ("vanilla",), "algorithm")


@pytest.mark.parametrize("hand", [", such as", " including", " like"])
def test_examples_know_what_they_are_examples_of(hand: str) -> None:
    assert read(f"FooBar outperforms baselines{hand} PPO.", "PPO")[0].whole == "baselin"


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("We use PPO.", "we"),
        ("FooBar uses PPO.", "main"),
        ("BazQux uses PPO.", "own"),
        ("DPO uses PPO.", "name"),
        ("It also uses PPO.", "it"),
        ("Our framework uses PPO.", "ours"),
        ("Existing methods use PPO.", "others"),
        ("Experiments show PPO.", "measured"),
    ],
)
def test_a_verb_has_its_subject(text: str, subject: str) -> None:
    assert read(text, "PPO")[1].subject == subject


@pytest.mark.parametrize(
    "text",
    [
        "FooBar achieves high scores, outperforming PPO.",
        "FooBar learns quickly and uses PPO.",
        "FooBar learns to use PPO.",
    ],
)
def test_a_participle_has_the_subject_of_the_verb_before(text: str) -> None:
    assert read(text, "PPO")[1].subject == "main"


def test_the_subject_is_the_name_and_not_another_of_the_sentence() -> None:
    governor = read("With FooBar, BazQux outperforms PPO.", "PPO")[1]
    assert (governor.subject, governor.doer) == ("own", 1)


def test_verbs_that_say_the_same_have_one_meaning() -> None:
    meanings = {read(f"FooBar {v} PPO.", "PPO")[1].meaning for v in ("outperforms", "surpasses")}
    assert meanings == {"outperform"}


def test_the_nearest_preposition_joins_a_name_to_its_verb() -> None:
    assert read("FooBar trains models with PPO.", "PPO")[1].preposition == "with"


def test_a_clause_between_is_noticed() -> None:
    assert read("FooBar uses data that come from PPO.", "PPO")[1].broken


def test_a_name_without_a_verb_before_it_has_no_governor() -> None:
    assert read("PPO for all.", "PPO")[1].verb == -1


@pytest.mark.parametrize(
    "text", ["FooBar extends PPO.", "FooBar builds upon PPO.", "We modify the existing PPO."]
)
def test_what_a_verb_varies_is_extended(text: str) -> None:
    assert read(text, "PPO")[2]


@pytest.mark.parametrize(
    "text",
    [
        "FooBar extends models with PPO.",
        "FooBar uses PPO.",
        "We extend data, which helps PPO.",
        "FooBar builds models with PPO.",
    ],
)
def test_what_a_verb_does_not_vary_is_not(text: str) -> None:
    assert not read(text, "PPO")[2]
