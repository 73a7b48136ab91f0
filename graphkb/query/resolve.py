"""From what a person types to an entity: by id, name, alias or former id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from graphkb.errors import NotFoundError
from graphkb.model.graph import Entity
from graphkb.model.identifier import arxiv_id, doi, repository
from graphkb.model.name import name_key
from graphkb.model.schema import ENTITY_TYPES
from graphkb.store.protocol import Store

__all__ = [
    "Match",
    "Named",
    "names",
    "possible_ids",
    "resolve",
    "resolve_first",
    "search",
    "suggestions",
]

_LABELS = tuple(declared.label for declared in ENTITY_TYPES if not declared.ground)
_SEARCHED = tuple(label for label in _LABELS if label != "Result")
_EXACT = ("id", "name", "alias")
_HOW = (*_EXACT, "prefix", "word")
_NEAR = 0.75


@dataclass(frozen=True)
class Named:
    """An entity with everything that it is called.

    Parameters
    ----------
    id, label, name : str
        The entity.
    others : tuple of str
        Long name, aliases, former ids.
    support : int
        Papers that rest on it.
    stub : bool
        True for a paper that no source delivered.
    """

    id: str
    label: str
    name: str
    others: tuple[str, ...]
    support: int
    stub: bool

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The folded name, then the folded other names."""
        return tuple(name_key(text) for text in (self.name, *self.others))


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that answers a search.

    Parameters
    ----------
    named : Named
        The entity.
    how : {'id', 'name', 'alias', 'prefix', 'word'}
        What matched, from the strongest to the weakest.
    text : str
        The name or alias that matched.
    """

    named: Named
    how: str
    text: str


def names(store: Store, labels: Iterable[str] = _SEARCHED) -> Iterator[Named]:
    """Yield every entity with what it is called.

    Parameters
    ----------
    store : Store
        Where to look.
    labels : iterable of str
        Which labels.

    Yields
    ------
    Named
        In order of label and id.
    """
    for label in labels:
        rows = store.cypher(
            f"MATCH (n:{label}) RETURN n.id AS id, n.name AS name, n.long_name AS long, "
            "coalesce(n.aliases, []) AS aliases, coalesce(n.former_ids, []) AS former, "
            "coalesce(n.support, 0) AS support, coalesce(n.stub, false) AS stub ORDER BY n.id"
        )
        for id_, name, long, aliases, former, support, stub in rows.rows:
            others = (*((long,) if long else ()), *aliases, *former)
            yield Named(id_, label, name, others, support, stub)


def search(
    store: Store, text: str, *, limit: int | None = 20, labels: Iterable[str] = _SEARCHED
) -> tuple[Match, ...]:
    """Find entities by name and alias.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        An id, a name, an alias, the beginning of one, or words of one.
    limit : int, optional
        Most matches.
    labels : iterable of str
        Which labels.

    Returns
    -------
    tuple of Match
        Ids first, then names, aliases, beginnings and words; among equals the better supported.
    """
    key, wanted = name_key(text), text.strip()
    words = {word for part in wanted.split() if (word := name_key(part))}
    found = []
    for named in names(store, labels):
        match = _match(named, wanted, key, words)
        if match is not None:
            found.append(match)
    found.sort(
        key=lambda m: (
            _HOW.index(m.how),
            m.named.stub,
            -m.named.support,
            m.named.name.casefold(),
            m.named.id,
        )
    )
    return tuple(found[:limit])


def _match(named: Named, text: str, key: str, words: set[str]) -> Match | None:
    if named.id == text:
        return Match(named, "id", named.id)
    if not key:
        # A name of signs alone has no key.
        return Match(named, "name", named.name) if named.name == text else None
    spelled = (named.name, *named.others)
    if named.keys[0] == key:
        return Match(named, "name", named.name)
    for folded, spelling in zip(named.keys, spelled, strict=True):
        if folded == key:
            return Match(named, "alias", spelling)
    for folded, spelling in zip(named.keys, spelled, strict=True):
        if folded.startswith(key):
            return Match(named, "prefix", spelling)
    for spelling in spelled:
        parts = {name_key(part) for part in spelling.replace("-", " ").split()}
        if words <= parts:
            return Match(named, "word", spelling)
    return None


def resolve(store: Store, text: str, *, label: str | None = None) -> Entity:
    """Return the one entity that a person means.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        An id, an arXiv id, DOI or repository in any spelling, a name, an alias, a former id, or
        the beginning of one name.
    label : str, optional
        The label that it must have.

    Returns
    -------
    Entity
        The entity; among several of one name the best supported.

    Raises
    ------
    NotFoundError
        Nothing is called so, or the beginning fits several; the error names what is near.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     resolve(kb.store, "group relative policy optimization").id
    'method:grpo'
    """
    labels = (label,) if label else _LABELS
    ids = possible_ids(text)
    known = store.entities_by_id(ids)
    for id_ in ids:
        if id_ in known and known[id_].label in labels:
            return known[id_]
    if (called := _called_so(store, text, labels)) is not None:
        return called
    searched = [wanted for wanted in labels if wanted in _SEARCHED] or list(labels)
    if len(ids) > 1:
        formerly = (n.id for n in names(store, searched) if not set(ids).isdisjoint(n.others))
        if (former := next(formerly, None)) is not None:
            return store.entities_by_id([former])[former]
    matches = [m for m in search(store, text, limit=None, labels=searched) if m.how != "word"]
    exact = [m for m in matches if m.how in _EXACT]
    if exact or len(matches) == 1:
        found = (exact or matches)[0].named.id
        return store.entities_by_id([found])[found]
    raise _not_found(store, text, label, searched, matches)


def _called_so(store: Store, text: str, labels: Iterable[str]) -> Entity | None:
    """Of the things whose id is made of this very name the best supported, as a search ranks them.

    Ids are looked up, where names are read one by one: with 100,000 papers that is 5 ms, not 5 s.
    What no paper supports is left to the search.
    """
    key = name_key(text)
    known = dict(store.entities_by_id([f"method:{key}", f"task:{key}"] if key else []))
    senses = [
        id_
        for entity in known.values()
        if isinstance(ids := entity.properties.get("senses", ()), tuple)
        for id_ in ids
    ]
    known.update(store.entities_by_id(senses))
    found = [
        entity
        for entity in known.values()
        if entity.label in labels
        and name_key(entity.name) == key
        and entity.properties.get("support")
    ]
    found.sort(key=lambda e: (-int(str(e.properties["support"])), e.name.casefold(), e.id))
    return found[0] if found else None


def resolve_first(store: Store, text: str, labels: Iterable[str]) -> Entity:
    """Return the one entity that a person means, of some labels where there is one.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        As :func:`resolve` takes it.
    labels : iterable of str
        Labels that come before all others, the first before the second.

    Returns
    -------
    Entity
        Where the text names nothing of these labels exactly, what :func:`resolve` finds.

    Raises
    ------
    NotFoundError
        As :func:`resolve` says.
    """
    labels = tuple(labels)
    if store.entities_by_id(possible_ids(text)):
        return resolve(store, text)
    if (called := _called_so(store, text, labels)) is not None:
        return called
    preferred = [m for m in search(store, text, limit=None, labels=labels) if m.how in _EXACT]
    if preferred:
        found = preferred[0].named.id
        return store.entities_by_id([found])[found]
    return resolve(store, text)


def _not_found(
    store: Store,
    text: str,
    label: str | None,
    labels: Iterable[str],
    matches: list[Match],
) -> NotFoundError:
    what = f"no {label.lower() if label else 'entity'} is called {text!r}"
    if label:
        others = (m.named for m in search(store, text, limit=None) if m.how in _EXACT)
        for named in others:
            return NotFoundError(what, remedy=f"{named.name} is a {named.label.lower()}")
    near = list(dict.fromkeys(m.named.name for m in matches))[:5]
    if not near:
        spelled = {s: n.name for n in names(store, labels) for s in (n.name, *n.others)}
        near = list(dict.fromkeys(spelled[s] for s in suggestions(text, spelled)))[:5]
    if near:
        return NotFoundError(what, remedy=f"did you mean {' or '.join(near)}?")
    if next(names(store), None) is None:
        return NotFoundError(what, remedy="nothing is loaded yet; run `graphkb load`")
    return NotFoundError(what, remedy="try `graphkb search`")


def suggestions(text: str, known: Iterable[str]) -> list[str]:
    """Return up to five of the known names that are near to a misspelt one.

    Letters and digits count, whatever their case. A name is near where it begins with the text,
    or where at most one letter in four is another, missing, or swapped with its neighbour: of
    names of three letters none is, of four one, of eight two.

    Parameters
    ----------
    text : str
        As typed.
    known : iterable of str
        Names.

    Returns
    -------
    list of str
        The nearest first.

    Examples
    --------
    >>> suggestions("GRP0", ["PPO", "GRPO", "reading list"])
    ['GRPO']
    >>> suggestions("NOPEX", ["RoPE", "QwQ"])
    []
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    folded = _letters(text)
    if not folded:
        return []
    choices = {name: _letters(name) for name in sorted(known)}
    found = process.extract(
        folded, choices, scorer=OSA.normalized_similarity, limit=5, score_cutoff=_NEAR
    )
    begun = () if len(folded) < 3 else (n for n, key in choices.items() if key.startswith(folded))
    return list(dict.fromkeys([*(name for _, _, name in found), *begun]))[:5]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def possible_ids(text: str) -> list[str]:
    """Ids that a text may be without asking the names: itself, and what it normalises to."""
    ids = [text.strip()]
    if found := arxiv_id(text):
        ids.append(f"arxiv:{found}")
    if found := doi(text):
        ids.append(f"doi:{found}")
    if address := repository(text):
        ids.append(address.id)
    return ids
