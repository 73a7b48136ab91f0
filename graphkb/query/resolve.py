"""From what a person types to an entity: by id, name, alias or former id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Self

from graphkb.errors import NotFoundError
from graphkb.model.graph import Entity
from graphkb.model.identifier import arxiv_id, doi, repository
from graphkb.model.name import name_key
from graphkb.model.schema import ENTITY_TYPES
from graphkb.model.word import Clause, encoded, encoded_key, word_of
from graphkb.query.kind import one_of
from graphkb.query.near import near_names
from graphkb.store.protocol import Store
from graphkb.store.text_index import SEARCHED, Named, TextIndex

__all__ = [
    "Match",
    "holds_nothing",
    "is_storable",
    "matches",
    "possible_ids",
    "resolve",
    "resolve_first",
    "search",
]

_LABELS = tuple(declared.label for declared in ENTITY_TYPES if not declared.ground)
_SEARCHED = frozenset(SEARCHED)
_EXACT = ("id", "name", "alias")
_HOW = (*_EXACT, "prefix", "word")
_MOST_NAMED = 5


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


def search(
    store: Store, text: str, *, limit: int | None = 20, labels: Iterable[str] = SEARCHED
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
    return tuple(islice(matches(store, text, labels), limit))


def matches(store: Store, text: str, labels: Iterable[str] = SEARCHED) -> Iterator[Match]:
    """Yield what :func:`search` finds, looking no further than it is asked for.

    Parameters
    ----------
    store, text, labels
        As in :func:`search`.

    Yields
    ------
    Match
        In the order of :func:`search`.
    """
    wanted = _Wanted.of(store, text, labels)
    seen: set[str] = set()
    for found in (wanted.exact(), wanted.begun(), wanted.of_words()):
        for match in found:
            if match.named.id not in seen:
                seen.add(match.named.id)
                yield match


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A text that is looked for among the names of some labels."""

    store: Store
    index: TextIndex
    text: str
    key: str
    words: frozenset[str]
    labels: tuple[str, ...]

    @classmethod
    def of(cls, store: Store, text: str, labels: Iterable[str]) -> Self:
        wanted, chosen = text.strip(), tuple(labels)
        parts = frozenset(word for part in wanted.split() if (word := name_key(part)))
        index = _index_of(store, chosen)
        return cls(store, index, wanted, name_key(text), parts, chosen)

    def exact(self) -> list[Match]:
        """What has this id, name or alias."""
        keys = {encoded_key(self.text)}
        if is_storable(self.text):
            known = self.store.entities_by_id([self.text]).get(self.text)
            keys |= {encoded_key(known.name)} if known else set()
        found = self._matching(self.index.called(keys, self.labels), _EXACT)
        return sorted(found, key=lambda match: (_HOW.index(match.how), match.named.rank))

    def begun(self) -> Iterator[Match]:
        """What has a name that begins so."""
        if self.key:
            named = self.index.begun(encoded(self.key), self.labels)
            yield from self._matching(named, ("prefix",))

    def of_words(self) -> Iterator[Match]:
        """What has these words in one of its names."""
        if self.key:
            wanted = tuple(Clause(((word_of(word),),)) for word in sorted(self.words))
            named = self.index.holding(wanted, "name", self.labels)
            yield from self._matching(named, ("word",))

    def _matching(self, found: Iterable[Named], how: Collection[str]) -> Iterator[Match]:
        for named in found:
            match = _match(named, self.text, self.key, self.words)
            if match is not None and match.how in how:
                yield match


def _index_of(store: Store, labels: Collection[str]) -> TextIndex:
    if _SEARCHED.issuperset(labels):
        return store.text_index(abstracts=False)
    # Of what nobody searches there is no index.
    from graphkb.store.side_file import KeptIndex

    def read() -> Iterator[tuple[Named, str]]:
        for entity in store.entities(labels):
            yield Named(entity.id, entity.label, entity.name, (), 0, stub=False), ""

    return KeptIndex(read, abstracts=False)


def is_storable(text: str) -> bool:
    """Tell whether a store can hold a text: half a surrogate pair is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def holds_nothing(store: Store) -> bool:
    """Tell whether a store has nothing to be found."""
    return not any(
        store.cypher(f"MATCH (n:{label}) RETURN n.id AS id LIMIT 1").rows for label in SEARCHED
    )


def _match(named: Named, text: str, key: str, words: AbstractSet[str]) -> Match | None:
    if named.id == text:
        return Match(named, "id", named.id)
    if not key:
        # A name of signs alone has no key.
        return Match(named, "name", named.name) if named.name == text else None
    spelled = named.spelled
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
    ids = [id_ for id_ in possible_ids(text) if is_storable(id_)]
    known = store.entities_by_id(ids)
    for id_ in ids:
        if id_ in known and known[id_].label in labels:
            return known[id_]
    if (called := _called_so(store, text, labels)) is not None:
        return called
    searched = [wanted for wanted in labels if wanted in SEARCHED] or list(labels)
    wanted = _Wanted.of(store, text, searched)
    if len(ids) > 1 and (former := _formerly(wanted.index, ids, searched)) is not None:
        return store.entities_by_id([former])[former]
    if exact := wanted.exact():
        found = exact[0].named.id
        return store.entities_by_id([found])[found]
    begun: list[Match] = []
    for match in wanted.begun():
        begun.append(match)
        if len({one.named.name for one in begun}) == _MOST_NAMED:
            break
    if len(begun) == 1:
        return store.entities_by_id([begun[0].named.id])[begun[0].named.id]
    raise _not_found(wanted, text, label, [match.named.name for match in begun])


def _formerly(index: TextIndex, ids: Collection[str], labels: Sequence[str]) -> str | None:
    """The first that had one of the ids, or is called so."""
    found = [
        (labels.index(named.label), named.id)
        for named in index.called({encoded_key(id_) for id_ in ids}, labels)
        if not set(ids).isdisjoint(named.others)
    ]
    return min(found)[1] if found else None


def _called_so(store: Store, text: str, labels: Iterable[str]) -> Entity | None:
    """Of the things whose id is made of this very name the best supported, as a search ranks them.

    Ids are looked up in the graph itself, so that the commonest names need no index. What no paper
    supports is left to the index.
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
    if preferred := _Wanted.of(store, text, labels).exact():
        found = preferred[0].named.id
        return store.entities_by_id([found])[found]
    return resolve(store, text)


def _not_found(
    wanted: _Wanted, text: str, label: str | None, begun: Sequence[str]
) -> NotFoundError:
    store = wanted.store
    what = f"no {label.lower() if label else 'entity'} is called {text!r}"
    if label:
        for match in _Wanted.of(store, text, SEARCHED).exact():
            named = match.named
            return NotFoundError(what, remedy=f"{named.name} is {one_of(named.label)}")
    if near := list(dict.fromkeys(begun)) or near_names(wanted.index, text, wanted.labels):
        return NotFoundError(what, remedy=f"did you mean {' or '.join(near)}?")
    if holds_nothing(store):
        return NotFoundError(what, remedy="nothing is loaded yet; run `graphkb load`")
    return NotFoundError(what, remedy="try `graphkb search`")


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
