"""Names found by the index are those that are found by reading every name."""

import random
from collections.abc import Callable
from functools import partial

import pytest

import graphkb
from benchmarks import name_scan
from graphkb.errors import NotFoundError
from graphkb.model.graph import Entity
from graphkb.query.resolve import resolve, search
from graphkb.store import Store
from graphkb.store.text_index import Named

LABELS = (None, "Paper", "Method", "Benchmark", "Author")


@pytest.fixture(scope="module")
def kb() -> graphkb.KnowledgeBase:
    """A knowledge base of the sample."""
    held = graphkb.open(":memory:")
    held.load("sample:")
    return held


@pytest.fixture(scope="module")
def named(kb: graphkb.KnowledgeBase) -> tuple[Named, ...]:
    """Everything that the sample names, read from the graph and not from the index."""
    return tuple(name_scan.names(kb.store))


def typed(chance: random.Random, known: tuple[Named, ...]) -> str:
    """One of the names as a person may type it: whole, in part, in capitals or misspelt."""
    one = chance.choice(known)
    text = chance.choice((one.id, one.name, *one.others))
    at = chance.randrange(len(text))
    return chance.choice(
        (
            text,
            text.upper(),
            text.replace("-", " "),
            text[: at + 1],
            text[:at] + text[at + 1 :],
            text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
            f"{text[:at]}q{text[at + 1 :]}",
            chance.choice(text.split()),
            " ".join(sorted(text.split())),
        )
    )


def told(ask: Callable[[], Entity]) -> str:
    try:
        return ask().id
    except NotFoundError as error:
        return str(error)


def ranked(store: Store, text: str) -> list[tuple[str, str, str]]:
    return [(m.named.id, m.how, m.text) for m in search(store, text, limit=None)]


@pytest.mark.parametrize("seed", range(8))
def test_what_is_resolved_is_what_reading_every_name_finds(
    kb: graphkb.KnowledgeBase, named: tuple[Named, ...], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    for _ in range(40):
        text, label = typed(chance, named), chance.choice(LABELS)
        found = told(partial(resolve, kb.store, text, label=label))
        scanned = told(partial(name_scan.resolve, kb.store, text, label=label, known=named))
        assert (text, label, found) == (text, label, scanned)


@pytest.mark.parametrize("seed", range(8, 12))
def test_what_is_searched_is_what_reading_every_name_finds_in_the_same_order(
    kb: graphkb.KnowledgeBase, named: tuple[Named, ...], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    for _ in range(40):
        text = typed(chance, named)
        scanned = [(one.id, how, spelling) for one, how, spelling in name_scan.search(named, text)]
        assert (text, ranked(kb.store, text)) == (text, scanned)
