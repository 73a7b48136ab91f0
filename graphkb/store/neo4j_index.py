"""The text index of a Neo4j: its own full-text index, over words that graphkb makes.

Each entity that people look for carries its keys, its words, those of its abstract, and its folded
name, as properties beside those of the schema: written with it, left out of whatever reads it. So
the server's analyser has only to part at spaces.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from graphkb.model.schema import entity_type
from graphkb.model.word import Clause, encoded, words
from graphkb.store.statements import named_of_label
from graphkb.store.text_index import SEARCHED, Named, letters_of, named_of
from graphkb.store.values import Row, batches, entity_row

if TYPE_CHECKING:
    import neo4j

    from graphkb.model.graph import Entity

__all__ = ["MAKE", "NAME", "Neo4jIndex", "found_by", "is_declared", "make", "searched_row"]

# The number is raised with every change to the words; what an older one made is made again.
NAME = "graphkb_search_1"
_OLDER = "graphkb_search_"

_log = logging.getLogger(__name__)
# While the index is made, so many entities are held, and so many seconds pass between two words.
_READ = 2_000
_SECONDS_BETWEEN = 15.0
# Seconds; that of 4 million entities took 40.
_FILLED_WITHIN = 3600
# A long name with more signs that are no letters is not found misspelt where there are many.
_OTHER_SIGNS = 4
# What tells how an entity is called, where its label has it.
_CALLED = frozenset(("id", "name", "long_name", "aliases", "former_ids", "abstract"))

_Read = Callable[..., Iterator[Mapping[str, Any]]]

MAKE = (
    f"CREATE FULLTEXT INDEX {NAME} IF NOT EXISTS FOR (n:{'|'.join(SEARCHED)}) "
    "ON EACH [n.search_keys, n.search_words, n.search_text] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', "
    "`fulltext.eventually_consistent`: false}}"
)
_COLUMNS = (
    "labels(n) AS labels, n.id AS id, n.name AS name, n.long_name AS long, n.aliases AS aliases, "
    "n.former_ids AS former, n.support AS support, n.stub AS stub, "
    "coalesce(n.published, n.first_stated) AS date, n.kind AS kind"
)
_FIND = (
    f"CALL db.index.fulltext.queryNodes('{NAME}', $query) YIELD node AS n "
    "WHERE any(label IN labels(n) WHERE label IN $labels) "
    f"RETURN {_COLUMNS} "
    "ORDER BY coalesce(n.stub, false), coalesce(n.support, 0) DESC, n.search_name, n.id"
)
# What may be meant by letters. A key lacks at most a plural s of them, and is longer where it has
# other signs than a to z and digits. Among the keys of what has no aliases are its former ids.
_OF_KEYS = (
    "any(key IN split(n.search_keys, ' ') WHERE left(key, 1) IN $signs "
    "AND size(key) >= $least - 1 AND (size(key) <= $most OR key CONTAINS '_'))"
)
_OF_NAME = (
    "(left(n.search_name, 1) IN $first OR left(n.search_name, 1) < '0') "
    "AND size(n.search_name) >= $least "
    f"AND size(replace(replace(n.search_name, ' ', ''), '-', '')) <= $most + {_OTHER_SIGNS}"
)
_WORDS = (
    "MATCH (n:{label}) UNWIND split(n.search_words, ' ') AS word "
    "WITH word WHERE left(word, 1) IN $letters AND NOT word CONTAINS '_' "
    "RETURN word, count(*) AS count"
)


def searched_row(entity: Entity) -> Row:
    """Turn an entity into the row that writes it, with what it is found by.

    Parameters
    ----------
    entity : Entity
        An entity as the build derived it.

    Returns
    -------
    dict
        As :func:`~graphkb.store.values.entity_row` makes it.

    Examples
    --------
    >>> from graphkb.model.graph import Entity
    >>> row = searched_row(Entity("Task", "task:a", {"name": "A b"}))
    >>> row["properties"]["search_keys"], row["properties"]["search_words"]
    ('ab', 'a b')
    """
    row = entity_row(entity)
    if entity.label in SEARCHED:
        row["properties"] |= found_by(entity.label, row["properties"])
    return row


def found_by(label: str, known: Mapping[str, Any]) -> dict[str, str]:
    """Return what the index finds an entity by.

    Parameters
    ----------
    label : str
        Its label, of `SEARCHED`.
    known : mapping
        Its properties, the id among them.

    Returns
    -------
    dict of str to str
        The properties that it carries beside them, `graphkb.store.neo4j_keys.HIDDEN`.
    """
    long, former = known.get("long_name"), tuple(known.get("former_ids") or ())
    others = (*((long,) if long else ()), *(known.get("aliases") or ()), *former)
    named = Named(known["id"], label, known["name"], others, 0, stub=False, former_ids=former)
    return {
        "search_keys": " ".join(sorted(named.index_keys)),
        "search_words": " ".join(sorted(named.index_words)),
        "search_text": " ".join(sorted(words(known.get("abstract") or ""))),
        "search_name": named.name.casefold(),
    }


def is_declared(session: neo4j.Session) -> bool:
    """Tell whether the server has the index, of this version, and it is filled."""
    found = session.run(
        "SHOW FULLTEXT INDEXES YIELD name, state WHERE name = $name RETURN state", name=NAME
    ).value()
    if found == ["POPULATING"]:
        _log.warning("the server still fills its search index …")
        _await(session)
        return True
    return bool(found == ["ONLINE"])


def make(session: neo4j.Session) -> None:
    """Give every entity its words, then make the index; its being there says that all have them.

    Parameters
    ----------
    session : neo4j.Session
        Of the one process that may write.
    """
    total = _count(session.run)
    if total:
        _log.warning("making the search index of the server, once: %s names …", f"{total:,}")
    done, told = 0, time.monotonic()
    for label in SEARCHED:
        for rows in _named(session, label):
            found = ({"id": row["id"], "properties": found_by(label, row)} for row in rows)
            for batch in batches(found):
                session.run(
                    f"UNWIND $rows AS row MATCH (n:{label} {{id: row.id}}) SET n += row.properties",
                    rows=batch,
                ).consume()
            done += len(rows)
            if time.monotonic() - told > _SECONDS_BETWEEN:
                told = time.monotonic()
                _log.warning("making the search index: %s of %s", f"{done:,}", f"{total:,}")
    older = "SHOW FULLTEXT INDEXES YIELD name WHERE name STARTS WITH $older RETURN name"
    for name in session.run(older, older=_OLDER).value():
        if name != NAME:
            session.run(f"DROP INDEX `{name.replace('`', '``')}` IF EXISTS").consume()
    session.run(MAKE).consume()
    _await(session)


def _count(read: Callable[[str], Iterable[Mapping[str, Any]]]) -> int:
    """How many entities people may look for; the server knows these counts without looking."""
    counts = (read(f"MATCH (n:{label}) RETURN count(n) AS count") for label in SEARCHED)
    return sum(row["count"] for rows in counts for row in rows)


def _await(session: neo4j.Session) -> None:
    statement = "CALL db.awaitIndex($name, $seconds)"
    session.run(statement, name=NAME, seconds=_FILLED_WITHIN).consume()


def _named(session: neo4j.Session, label: str) -> Iterator[list[dict[str, Any]]]:
    """Yield what a label's entities are called, a batch at a time."""
    declared = (one.name for one in entity_type(label).all_properties if one.name in _CALLED)
    columns = ", ".join(f"n.{name} AS {name}" for name in declared)
    # Others may keep things of their own under a label of the schema.
    read = (
        f"MATCH (n:{label}) WHERE n.id > $after AND n.name IS NOT NULL "
        f"WITH n ORDER BY n.id LIMIT {_READ} RETURN {columns}"
    )
    after = ""
    while rows := session.run(read, after=after).data():
        yield rows
        after = rows[-1]["id"]


class Neo4jIndex:
    """The server's index; see :class:`~graphkb.store.text_index.TextIndex`.

    Parameters
    ----------
    read : callable
        Runs a statement with its parameters and yields the rows.
    """

    def __init__(self, read: _Read) -> None:
        self._read = read
        # Names that were read, by their letters and ids.
        self._letters: dict[str, dict[str, Named]] = {}
        self._knows_all = False
        self._words: dict[str, dict[str, int]] = {}

    def called(self, keys: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what is called by one of some keys."""
        if keys:
            yield from self._find(f"search_keys:({' OR '.join(keys)})", labels)

    def begun(self, key: str, labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name whose key begins with this one."""
        if key:
            yield from self._find(f"search_keys:{key}*", labels)

    def holding(
        self, wanted: Sequence[Clause], where: Literal["name", "text"], labels: Collection[str]
    ) -> Iterator[Named]:
        """Yield what answers every clause in its names, or in its names and abstract together."""
        if wanted:
            yield from self._find(" AND ".join(_clause(c, where) for c in wanted), labels)

    def size(self) -> int:
        """Return how many entities it tells of."""
        return _count(self._read)

    def spellings(
        self, least: int, most: int, labels: Collection[str], first: Collection[str] = ()
    ) -> Sequence[str]:
        """Return names of about such a length as their letters, each once."""
        self._learn(least, most, first)
        chosen = frozenset(labels)
        return [
            letters
            for letters, bearers in self._letters.items()
            if least <= len(letters) <= most
            and (not first or letters[0] in first)
            and any(named.label in chosen for named in bearers.values())
        ]

    def spellings_begun(self, begun: str, labels: Collection[str]) -> Collection[str]:
        """Return names that begin so, as their letters; none where the beginning is empty."""
        if begun and not self._knows_all:
            for named in self.begun(encoded(begun), labels):
                self._add(named)
        return {
            letters
            for letters, bearers in self._letters.items()
            if begun
            and letters.startswith(begun)
            and any(named.label in labels for named in bearers.values())
        }

    def spelt(self, letters: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name of these letters, of those that were given."""
        found = {
            id_: named
            for text in letters
            for id_, named in self._letters.get(text, {}).items()
            if named.label in labels
        }
        yield from sorted(found.values(), key=lambda named: named.rank)

    def vocabulary(self, first: Collection[str], least: int, most: int) -> Mapping[str, int]:
        """Return the plain words of names that begin and are as long so, and how often each.

        All names are gone through for letters that were not asked for before.
        """
        unknown = {letter: dict[str, int]() for letter in set(first) if letter not in self._words}
        for label in SEARCHED if unknown else ():
            for row in self._read(_WORDS.format(label=label), letters=list(unknown)):
                counts = unknown[row["word"][0]]
                counts[row["word"]] = counts.get(row["word"], 0) + row["count"]
        self._words |= unknown
        return {
            word: count
            for letter in set(first)
            for word, count in self._words[letter].items()
            if least <= len(word) <= most
        }

    def close(self) -> None:
        """Release it."""
        self._letters = {}
        self._knows_all = False
        self._words = {}

    def _learn(self, least: int, most: int, first: Collection[str]) -> None:
        """Read the names that may be meant: a server cannot compare letters.

        Without a first letter all are read, once.
        """
        if self._knows_all:
            return
        signs = [encoded(letter)[:1] for letter in first]
        given = {"least": least, "most": most, "first": list(first), "signs": signs}
        for label in SEARCHED:
            has_aliases = any(one.name == "aliases" for one in entity_type(label).all_properties)
            asked = _OF_KEYS if has_aliases else _OF_NAME
            read = named_of_label(label, where=asked if first else "")
            for row in self._read(read, **given):
                if row["id"] is not None and row["name"] is not None:
                    self._add(named_of(label, row))
        self._knows_all = not first

    def _add(self, named: Named) -> None:
        for text in {letters_of(spelling) for spelling in named.spelled} - {""}:
            self._letters.setdefault(text, {})[named.id] = named

    def _find(self, query: str, labels: Collection[str]) -> Iterator[Named]:
        for row in self._read(_FIND, query=query, labels=list(labels)):
            yield named_of(next(label for label in row["labels"] if label in SEARCHED), row)


def _clause(clause: Clause, where: Literal["name", "text"]) -> str:
    """The clause in Lucene's syntax; a word is letters, digits and underscores in lower case."""
    found = []
    for one in clause.alternatives:
        *whole, last = one
        wanted = [*whole, f"{last}*" if clause.begun else last]
        found.append(
            " AND ".join(
                f"search_words:{word}"
                if where == "name"
                else f"(search_words:{word} OR search_text:{word})"
                for word in wanted
            )
        )
    return "(" + " OR ".join(f"({text})" for text in found) + ")"
