"""What is compared: each statement of a paper's record under the key by which it is scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphkb.evaluation.spelling import GENERIC, address, spelled, spellings, value_spelled

__all__ = ["CORE", "ENTITY_KEYS", "KEYS", "TYPES", "Item", "Record", "items"]

# A paper's object, as `graphkb extract` writes it or as it was annotated.
Record = Mapping[str, Any]

ENTITY_KEYS = ("introduces", "methods", "models", "benchmarks")
TYPES = (
    "EXTENDS",
    "GENERALIZES",
    "USES",
    "OUTPERFORMS",
    "EVALUATED_ON",
    "IMPLEMENTED_IN",
    "APPLIED_TO",
    "COMPARED_WITH",
    "SURVEYS",
    "ANALYZES",
    "CRITIQUES",
)
# Between artefacts: what the key `relations` counts.
CORE = frozenset(
    {
        "EXTENDS",
        "GENERALIZES",
        "USES",
        "OUTPERFORMS",
        "EVALUATED_ON",
        "IMPLEMENTED_IN",
        "COMPARED_WITH",
    }
)
# Every key in the order of the table. `entity` and `relations` sum others up.
KEYS = (*ENTITY_KEYS, "entity", "repos", "pages", "tasks", "results", "relations", *TYPES)

# How an annotation calls what an extraction calls otherwise.
_ANNOTATED = {"methods": "mentions_methods", "models": "mentions_models"}
_PAPER = "PAPER"
_ITSELF = frozenset({"paper"})


@dataclass(frozen=True, slots=True)
class Item:
    """One statement, ready to be compared.

    Parameters
    ----------
    key : str
        Under which it is scored.
    parts : tuple of frozenset of str
        Two items of one key are the same where each part of the one shares an element with that
        part of the other: a name its spellings; a relation its source's and its target's.
    label : str
        For people.
    record : mapping
        The statement's own object; of a plain string only a name.
    """

    key: str
    parts: tuple[frozenset[str], ...]
    label: str
    record: Record

    def is_same(self, other: Item) -> bool:
        """Whether both state the same."""
        return self.key == other.key and self.agrees(other)

    def agrees(self, other: Item) -> bool:
        """Whether every part agrees, whatever the key."""
        pairs = zip(self.parts, other.parts, strict=True)
        return all(not mine.isdisjoint(its) for mine, its in pairs)


def items(record: Record, *, annotated: bool = False) -> tuple[Item, ...]:
    """List what a paper's record states.

    Parameters
    ----------
    record : mapping
        The record.
    annotated : bool, optional
        Whether it is an annotation, which may name two of its lists otherwise.

    Returns
    -------
    tuple of Item
        Names that are too general are left out; so is what repeats an address or a result.

    Examples
    --------
    >>> found = items({"methods": [{"name": "GRPO"}, {"name": "RL"}], "repos": []})
    >>> [(item.key, item.label) for item in found]
    [('methods', 'GRPO')]
    """
    return tuple(_items(record, _ANNOTATED if annotated else {}))


def _items(record: Record, called: Mapping[str, str]) -> Iterator[Item]:
    for key in ENTITY_KEYS:
        name = called.get(key, key)
        for entity in record.get(name if name in record else key) or ():
            names = spellings(entity)
            if names and names.isdisjoint(GENERIC):
                yield _named(key, names, entity)
    for task in record.get("tasks") or ():
        names = spellings(task)
        if names:
            yield _named("tasks", names, task)
    for key in ("repos", "pages"):
        links = {address(url): url for url in reversed(record.get(key) or ())}
        for folded, url in links.items():
            yield Item(key, (frozenset({folded}),), url, {"name": url})
    results = {}
    for result in reversed(record.get("results") or ()):
        benchmark = spelled(result.get("benchmark") or "")
        results[f"{value_spelled(result['value'])}|{benchmark}"] = result
    for folded, result in results.items():
        label = f"{result['value']} on {result.get('benchmark') or 'nothing named'}"
        yield Item("results", (frozenset({folded}),), label, result)
    yield from _relations(record, called)


def _named(key: str, names: frozenset[str], entity: Any) -> Item:
    held = {"name": entity} if isinstance(entity, str) else entity
    return Item(key, (names,), held["name"], held)


def _relations(record: Record, called: Mapping[str, str]) -> Iterator[Item]:
    known: dict[str, frozenset[str]] = {}
    for key in (*ENTITY_KEYS, "tasks"):
        name = called.get(key, key)
        for entity in record.get(name if name in record else key) or ():
            names = spellings(entity)
            for name in names:
                known[name] = known.get(name, frozenset()) | names
    introduced = record.get("introduces") or ()
    # The paper and its main artefact stand for each other.
    main = _ITSELF | (spellings(introduced[0]) if introduced else frozenset())
    for relation in record.get("relations") or ():
        source, kind, target = relation["source"], relation["type"], relation["target"]
        folded = spelled(source)
        sources = main if source == _PAPER else known.get(folded, frozenset({folded}))
        if sources & main:
            sources |= main
        if kind == "IMPLEMENTED_IN":
            targets = frozenset({address(target)})
        else:
            folded = spelled(target)
            targets = known.get(folded, frozenset({folded}))
        if kind in TYPES and GENERIC.isdisjoint(sources) and GENERIC.isdisjoint(targets):
            yield Item(kind, (sources, targets), f"{source} {kind} {target}", relation)
