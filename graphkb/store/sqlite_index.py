"""The text index of the embedded store: one SQLite file with FTS5.

Entities are numbered in their order of rank, so that the engine's own order, by number, is ours: it
gives the first twenty of fifty thousand that hold a word without looking at the rest. FTS5 keeps
which words stand in which column, and neither the texts nor the places.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from graphkb.model.word import Clause, words
from graphkb.store.text_index import SEARCHED, Named, letters_of

__all__ = ["SqliteIndex", "fill"]

_TABLES = """
CREATE TABLE made (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE entity (
  n INTEGER PRIMARY KEY, id TEXT, label TEXT, name TEXT, others TEXT, support INTEGER,
  stub INTEGER, former TEXT, date TEXT, kind TEXT
);
CREATE TABLE spelling (key TEXT, n INTEGER, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE letters (size INTEGER, text TEXT, n INTEGER, PRIMARY KEY (size, text, n))
  WITHOUT ROWID;
CREATE TABLE vocabulary (size INTEGER, word TEXT, count INTEGER, PRIMARY KEY (size, word))
  WITHOUT ROWID;
CREATE VIRTUAL TABLE word USING fts5(
  name, text, content='', detail=column, columnsize=0, tokenize="ascii tokenchars '_'"
);
"""
_ENTITY = "e.id, e.label, e.name, e.others, e.support, e.stub, e.former, e.date, e.kind"
# What sorts after every continuation of an encoded key, and of letters.
_LAST_PLAIN, _LAST = "\x7f", "\U0010ffff"
# So many lengths of names are kept of them, for the few sets of labels that are asked for.
_MOST_KEPT = 1_000


def fill(connection: sqlite3.Connection, found: Iterable[tuple[Named, str]], made_of: str) -> None:
    """Fill an empty database.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of a database that has nothing in it.
    found : iterable of tuple
        Every entity of a searched label, and its abstract, which may be empty.
    made_of : str
        Kept with it, to be compared later.
    """
    connection.executescript(_TABLES)
    ranked = sorted(found, key=lambda pair: pair[0].rank)
    named = [one for one, _ in ranked]
    with connection:
        connection.executemany(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((n, *_row(one)) for n, one in enumerate(named)),
        )
        keys = sorted((key, n) for n, one in enumerate(named) for key in one.index_keys)
        connection.executemany("INSERT INTO spelling VALUES (?, ?)", keys)
        spelled = {
            (len(text), text, n)
            for n, one in enumerate(named)
            for spelling in one.spelled
            if (text := letters_of(spelling))
        }
        connection.executemany("INSERT INTO letters VALUES (?, ?, ?)", sorted(spelled))
        counted: Counter[str] = Counter()
        texts = ((n, one.index_words, words(text)) for n, (one, text) in enumerate(ranked))
        connection.executemany(
            "INSERT INTO word (rowid, name, text) VALUES (?, ?, ?)",
            (
                (n, " ".join(_counting(counted, sorted(own))), " ".join(sorted(said)))
                for n, own, said in texts
            ),
        )
        plain = sorted((len(word), word, n) for word, n in counted.items() if "_" not in word)
        connection.executemany("INSERT INTO vocabulary VALUES (?, ?, ?)", plain)
        connection.execute("INSERT INTO word (word) VALUES ('optimize')")
        connection.execute("INSERT INTO made VALUES ('of', ?)", (made_of,))


def _row(one: Named) -> tuple[Any, ...]:
    others = json.dumps(one.others, ensure_ascii=False)
    former = json.dumps(one.former_ids, ensure_ascii=False)
    stub = int(one.stub)
    known = (one.id, one.label, one.name, others, one.support, stub)
    return (*known, former, one.date, one.kind)


def _counting(counted: Counter[str], found: list[str]) -> list[str]:
    counted.update(found)
    return found


class SqliteIndex:
    """A filled database; see :class:`~graphkb.store.text_index.TextIndex`.

    Parameters
    ----------
    connection : sqlite3.Connection
        Of a database that :func:`fill` filled.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # A filled database never changes.
        self._sizes: list[int] | None = None
        self._spellings: dict[tuple[int, frozenset[str], str], tuple[str, ...]] = {}
        self._words: dict[tuple[int, str], dict[str, int]] = {}

    @property
    def made_of(self) -> str:
        """What it was made of."""
        [[value]] = self._ask("SELECT value FROM made WHERE name = 'of'")
        return str(value)

    def called(self, keys: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what is called by one of some keys."""
        yield from self._named(f"spelling WHERE key IN ({_marks(keys)})", tuple(keys), labels)

    def begun(self, key: str, labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name whose key begins with this one."""
        yield from self._named(
            "spelling WHERE key >= ? AND key < ?", (key, key + _LAST_PLAIN), labels
        )

    def holding(
        self, wanted: Sequence[Clause], where: Literal["name", "text"], labels: Collection[str]
    ) -> Iterator[Named]:
        """Yield what answers every clause in its names, or in its names and abstract together."""
        if not wanted:
            return
        every = " AND ".join(f"({_clause(clause)})" for clause in wanted)
        match = f"name : ({every})" if where == "name" else every
        rows = self._ask(
            # The plus keeps the planner from looking at the labels first.
            f"SELECT {_ENTITY} FROM word CROSS JOIN entity e ON e.n = word.rowid "
            f"WHERE word MATCH ? AND +e.label IN ({_marks(labels)}) "
            "ORDER BY word.rowid",
            (match, *labels),
        )
        yield from map(_named, rows)

    def size(self) -> int:
        """Return how many entities it tells of."""
        # They are numbered from 0; to count them would be to read them.
        [[last]] = self._ask("SELECT max(n) FROM entity")
        return 0 if last is None else int(last) + 1

    def spellings(
        self, least: int, most: int, labels: Collection[str], first: Collection[str] = ()
    ) -> Sequence[str]:
        """Return names of about such a length as their letters, each once."""
        chosen = frozenset(labels) & set(SEARCHED)
        found: list[str] = []
        for size in range(least, most + 1):
            for letter in first or ("",):
                found += self._of_size(size, chosen, letter)
        return found

    def spellings_begun(self, begun: str, labels: Collection[str]) -> Collection[str]:
        """Return names that begin so, as their letters; none where the beginning is empty."""
        if not begun:
            return ()
        if self._sizes is None:
            self._sizes = [size for [size] in self._ask("SELECT DISTINCT size FROM letters")]
        return {
            text
            for size in self._sizes
            if size >= len(begun)
            for [text] in self._ask(
                "SELECT l.text FROM letters l CROSS JOIN entity e ON e.n = l.n "
                "WHERE l.size = ? AND l.text >= ? AND l.text < ? "
                f"AND +e.label IN ({_marks(labels)})",
                (size, begun, begun + _LAST, *labels),
            )
        }

    def _of_size(self, size: int, labels: frozenset[str], first: str) -> Sequence[str]:
        """Names of so many letters; kept, since who misspells one name asks for those of many."""
        known = self._spellings.get((size, labels, first))
        if known is None:
            given = () if labels == set(SEARCHED) else tuple(labels)
            among = f"AND n IN (SELECT n FROM entity WHERE label IN ({_marks(given)}))"
            rows = self._ask(
                "SELECT DISTINCT text FROM letters WHERE size = ? AND text >= ? AND text < ? "
                f"{among if given else ''}",
                (size, first, first + _LAST, *given),
            )
            known = () if not labels else tuple(text for [text] in rows)
            if len(self._spellings) >= _MOST_KEPT:
                self._spellings.clear()
            self._spellings[size, labels, first] = known
        return known

    def spelt(self, letters: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name of these letters."""
        each = " OR ".join("(size = ? AND text = ?)" for _ in letters)
        given = tuple(value for text in letters for value in (len(text), text))
        yield from self._named(f"letters WHERE {each}", given, labels)

    def vocabulary(self, first: Collection[str], least: int, most: int) -> Mapping[str, int]:
        """Return the plain words of names that begin and are as long so, and how often each."""
        found: dict[str, int] = {}
        for size in range(least, most + 1):
            for letter in first:
                if (size, letter) not in self._words:
                    self._words[size, letter] = dict(
                        self._ask(
                            "SELECT word, count FROM vocabulary "
                            "WHERE size = ? AND word >= ? AND word < ?",
                            (size, letter, letter + _LAST_PLAIN),
                        )
                    )
                found.update(self._words[size, letter])
        return found

    def close(self) -> None:
        """Release it."""
        self._connection.close()

    def _named(
        self, which: str, values: tuple[str | int, ...], labels: Collection[str]
    ) -> Iterator[Named]:
        rows = self._ask(
            f"SELECT {_ENTITY} FROM (SELECT DISTINCT n FROM {which}) s "
            f"CROSS JOIN entity e ON e.n = s.n WHERE +e.label IN ({_marks(labels)}) ORDER BY s.n",
            (*values, *labels),
        )
        yield from map(_named, rows)

    def _ask(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(statement, values)


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _clause(clause: Clause) -> str:
    """The clause in FTS5's syntax; a word is letters, digits, underscores, and quoted even so."""
    return " OR ".join(
        "(" + " AND ".join(_words(one, begun=clause.begun)) + ")" for one in clause.alternatives
    )


def _words(wanted: Sequence[str], *, begun: bool) -> list[str]:
    quoted = [f'"{word}"' for word in wanted]
    if begun:
        quoted[-1] += "*"
    return quoted


def _named(row: Sequence[Any]) -> Named:
    id_, label, name, others, support, stub, former, date, kind = row
    return Named(
        *(id_, label, name, tuple(json.loads(others)), support, bool(stub)),
        *(tuple(json.loads(former)), date, kind),
    )
