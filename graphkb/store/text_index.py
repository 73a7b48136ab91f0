"""What a store's text index answers: which entities are called so, and which hold some words.

Both stores hold the words that :mod:`graphkb.model.word` makes, and answer in one order: what a
source delivered before stubs, the better supported first, then by folded name and id. An index
may give more than was asked where keys were cut; who asks compares once more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, Protocol

from msgspec import Struct

from graphkb.model.name import name_key
from graphkb.model.schema import ENTITY_TYPES
from graphkb.model.word import Clause, encoded_key, words

__all__ = ["SEARCHED", "Named", "TextIndex", "letters_of", "named_of"]

# Ground truth is nothing that people look for, and a result has no name of its own.
SEARCHED = tuple(d.label for d in ENTITY_TYPES if not d.ground and d.label != "Result")


class Named(Struct, frozen=True, dict=True):
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
    former_ids : tuple of str
        Those of the others that were, or could be, its id.
    date : str
        ISO date of a paper, or of the first paper that names it; empty where none is known.
    kind : str
        As the schema's `kind`; empty where the label has none.
    """

    id: str
    label: str
    name: str
    others: tuple[str, ...]
    support: int
    stub: bool
    former_ids: tuple[str, ...] = ()
    date: str = ""
    kind: str = ""

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The folded name, then the folded other names."""
        return tuple(name_key(text) for text in self.spelled)

    @property
    def spelled(self) -> tuple[str, ...]:
        """The name, then the other names."""
        return (self.name, *self.others)

    @property
    def rank(self) -> tuple[bool, int, str, str]:
        """What orders things that match equally well."""
        return (self.stub, -self.support, self.name.casefold(), self.id)

    @property
    def index_keys(self) -> set[str]:
        """The keys under which an index finds it."""
        return {encoded_key(text) for text in self.spelled}

    @property
    def index_words(self) -> set[str]:
        """The words under which an index finds it."""
        return {
            word for text in self.spelled if text not in self.former_ids for word in words(text)
        }


class TextIndex(Protocol):
    """The names and words of a store, each answer in the order of :attr:`Named.rank`."""

    def called(self, keys: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what is called by one of some keys.

        Parameters
        ----------
        keys : collection of str
            As :func:`~graphkb.model.word.encoded_key` makes them.
        labels : collection of str
            Of :data:`SEARCHED`.
        """
        ...

    def begun(self, key: str, labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name whose key begins with this one."""
        ...

    def holding(
        self, wanted: Sequence[Clause], where: Literal["name", "text"], labels: Collection[str]
    ) -> Iterator[Named]:
        """Yield what answers every clause in its names, or in its names and abstract together."""
        ...

    def size(self) -> int:
        """Return how many entities it tells of."""
        ...

    def spellings(
        self, least: int, most: int, labels: Collection[str], first: Collection[str] = ()
    ) -> Sequence[str]:
        """Return names of about such a length as their letters, each once.

        Parameters
        ----------
        least, most : int
            How many letters they may have.
        labels : collection of str
            Of :data:`SEARCHED`.
        first : collection of str
            Letters, of which a name begins with one; any may where there are none.
        """
        ...

    def spellings_begun(self, begun: str, labels: Collection[str]) -> Collection[str]:
        """Return names that begin so, as their letters; none where the beginning is empty."""
        ...

    def spelt(self, letters: Collection[str], labels: Collection[str]) -> Iterator[Named]:
        """Yield what has a name of these letters, which one of the two before has given."""
        ...

    def vocabulary(self, first: Collection[str], least: int, most: int) -> Mapping[str, int]:
        """Return the plain words of names that begin and are as long so, and how often each.

        Parameters
        ----------
        first : collection of str
            Letters, of which a word begins with one.
        least, most : int
            How many letters a word may have.

        Returns
        -------
        mapping of str to int
            In how many entities' names each word stands.
        """
        ...

    def close(self) -> None:
        """Release it."""
        ...


def letters_of(text: str) -> str:
    """Return the letters and digits of a name, their case folded."""
    return "".join(character for character in text.casefold() if character.isalnum())


def named_of(label: str, row: Mapping[str, Any]) -> Named:
    """Make what is called of a row of :func:`graphkb.store.statements.named_of_label`.

    Parameters
    ----------
    label : str
        The label of the row's node.
    row : mapping
        By column.

    Returns
    -------
    Named
        With every name that the store holds of it.
    """
    former = tuple(row["former"] or ())
    long = (row["long"],) if row["long"] else ()
    return Named(
        row["id"],
        label,
        row["name"],
        (*long, *(row["aliases"] or ()), *former),
        row["support"] or 0,
        bool(row["stub"]),
        former,
        row["date"] or "",
        row["kind"] or "",
    )
