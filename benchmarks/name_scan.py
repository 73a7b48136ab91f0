"""Names found by reading all of them, as it was before there was an index: the baseline.

tests/query/test_name_scan.py holds what is resolved by the index against what is resolved by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphkb.errors import NotFoundError
from graphkb.model.graph import Entity
from graphkb.model.name import name_key
from graphkb.model.schema import ENTITY_TYPES
from graphkb.query.kind import one_of
from graphkb.query.near import suggestions
from graphkb.query.resolve import possible_ids
from graphkb.store.protocol import Store
from graphkb.store.text_index import SEARCHED, Named

__all__ = ["names", "resolve", "search"]

LABELS = tuple(declared.label for declared in ENTITY_TYPES if not declared.ground)
HOW = ("id", "name", "alias", "prefix", "word")
Match = tuple[Named, str, str]


def names(store: Store, labels: Iterable[str] = SEARCHED) -> Iterator[Named]:
    for label in labels:
        rows = store.cypher(
            f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, n.long_name AS long, "
            "coalesce(n.aliases, []) AS aliases, coalesce(n.former_ids, []) AS former, "
            "coalesce(n.support, 0) AS support, coalesce(n.stub, false) AS stub ORDER BY n.id"
        )
        for id_, name, long, aliases, former, support, stub in rows.rows:
            others = (*((long,) if long else ()), *aliases, *former)
            yield Named(id_, label, name, others, support, stub)


def search(named: Iterable[Named], text: str, *, labels: Iterable[str] = SEARCHED) -> list[Match]:
    key, wanted = name_key(text), text.strip()
    words = {word for part in wanted.split() if (word := name_key(part))}
    chosen = frozenset(labels)
    of_labels = (one for one in named if one.label in chosen)
    found = [match for one in of_labels if (match := _match(one, wanted, key, words))]
    return sorted(found, key=lambda match: (HOW.index(match[1]), match[0].rank))


def _match(named: Named, text: str, key: str, words: set[str]) -> Match | None:
    if named.id == text:
        return named, "id", named.id
    if not key:
        return (named, "name", named.name) if named.name == text else None
    spelled = (named.name, *named.others)
    if named.keys[0] == key:
        return named, "name", named.name
    for folded, spelling in zip(named.keys, spelled, strict=True):
        if folded == key:
            return named, "alias", spelling
    for folded, spelling in zip(named.keys, spelled, strict=True):
        if folded.startswith(key):
            return named, "prefix", spelling
    for spelling in spelled:
        if words <= {name_key(part) for part in spelling.replace("-", " ").split()}:
            return named, "word", spelling
    return None


def resolve(
    store: Store, text: str, *, label: str | None = None, known: Iterable[Named] | None = None
) -> Entity:
    labels = (label,) if label else LABELS
    ids = possible_ids(text)
    by_id = store.entities_by_id(ids)
    for id_ in ids:
        if id_ in by_id and by_id[id_].label in labels:
            return by_id[id_]
    searched = [wanted for wanted in labels if wanted in SEARCHED] or list(labels)
    held = list(names(store)) if known is None else known
    named = [one for wanted in searched for one in held if one.label == wanted]
    if len(ids) > 1:
        for one in named:
            if not set(ids).isdisjoint(one.others):
                return store.entities_by_id([one.id])[one.id]
    matches = [match for match in search(named, text) if match[1] != "word"]
    exact = [match for match in matches if match[1] in HOW[:3]]
    if exact or len(matches) == 1:
        found = (exact or matches)[0][0].id
        return store.entities_by_id([found])[found]
    what = f"no {label.lower() if label else 'entity'} is called {text!r}"
    if label:
        for other, how, _ in search(held, text):
            if how in HOW[:3]:
                raise NotFoundError(what, remedy=f"{other.name} is {one_of(other.label)}")
    near = list(dict.fromkeys(match[0].name for match in matches))[:5]
    if not near:
        spelled = {s: one.name for one in named for s in (one.name, *one.others)}
        near = list(dict.fromkeys(spelled[s] for s in suggestions(text, spelled)))[:5]
    remedy = f"did you mean {' or '.join(near)}?" if near else "try `graphkb search`"
    raise NotFoundError(what, remedy=remedy)
