"""What the steps of a bulk build are written against: collections in partitions.

The steps are functions over the items of one partition; an engine decides where they run: on the
processes of one machine (:mod:`graphkb.bulk.processes`) or on Spark (:mod:`graphkb.bulk.spark`).
Both give every step the same items, in an order of their own: a step must not depend on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol, TypeVar
from zlib import crc32

__all__ = ["Engine", "PairParts", "Parts", "Shared", "partition_of"]

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")

Pair = tuple[str, Any]
"""What is brought together by its first member."""


def partition_of(key: str, count: int) -> int:
    """Return the partition that a key belongs to, the same in every process and on every engine.

    Parameters
    ----------
    key : str
        Any text.
    count : int
        How many partitions there are.

    Returns
    -------
    int
        From 0 to `count` - 1.

    Examples
    --------
    >>> partition_of("arxiv:2402.03300", 8) == partition_of("arxiv:2402.03300", 8)
    True
    """
    return crc32(key.encode("utf-8", "surrogatepass")) % count


class Shared(Protocol[T_co]):
    """A value that every step may read; it is brought to each process once."""

    @property
    def value(self) -> T_co:
        """The value."""
        ...


class Parts(Protocol[T_co]):
    """Items in partitions.

    Nothing is computed before it is asked for; what is asked for twice should be kept.
    """

    def each(self, step: Callable[[int, Iterator[Any]], Iterable[U]]) -> Parts[U]:
        """Return what a step makes of each partition, given its number and its items.

        The step must be a function that can be pickled: of a module, or an object of a class
        with ``__call__``.
        """
        ...

    def kept(self, name: str) -> Parts[T_co]:
        """Return the same items, computed once and laid down.

        A run of the same work that was stopped finds them there, and does not compute them again.
        """
        ...

    def collected(self) -> list[Any]:
        """Return all items here: of what is known to be few."""
        ...


class PairParts(Parts[Pair], Protocol):
    """Pairs in partitions, of which all with one key are in the partition of that key."""

    def each_pair(self, step: Callable[[int, Iterator[Any]], Iterable[Pair]]) -> PairParts:
        """Return what a step makes of each partition, where the step leaves keys as they are."""
        ...

    def kept(self, name: str) -> PairParts:
        """Return the same pairs, computed once and laid down."""
        ...


class Engine(Protocol):
    """Where a bulk build runs."""

    @property
    def partitions(self) -> int:
        """In how many partitions pairs are brought together."""
        ...

    def start(self, items: Sequence[T]) -> Parts[T]:
        """Return a few items, each in a partition of its own, in their order."""
        ...

    def shared(self, value: V) -> Shared[V]:
        """Return a value in the form in which steps may hold it."""
        ...

    def placed(self, name: str, parts: Parts[Pair]) -> PairParts:
        """Return the pairs, each in the partition of its key.

        Parameters
        ----------
        name : str
            Of the exchange, for progress and for what is laid down.
        parts : Parts
            Of pairs.
        """
        ...

    def kept_and_placed(
        self,
        names: tuple[str, str],
        parts: PairParts,
        step: Callable[[int, Iterator[Any]], Iterable[Pair]],
    ) -> tuple[PairParts, PairParts]:
        """Return the same pairs, laid down; and what a step makes of them, placed.

        An engine that computes both at once saves a reading of the pairs.

        Parameters
        ----------
        names : tuple of two str
            Of what is laid down, and of the exchange.
        parts : PairParts
            The pairs.
        step : callable
            Yields other pairs; it takes all of those that it is given.
        """
        ...

    def merged(
        self, name: str, parts: Parts[Pair], combine: Callable[[Any, Any], Any]
    ) -> PairParts:
        """Return one pair a key, its value combined of all of that key.

        Values are combined before they are exchanged too, so that a key that everybody has (a
        famous method) brings one value a partition, not one a paper.

        Parameters
        ----------
        name : str
            As of :meth:`placed`.
        parts : Parts
            Of pairs.
        combine : callable
            Of two values; the order in which values come must not matter. May change and return
            the first.
        """
        ...

    def together(self, *pairs: PairParts) -> PairParts:
        """Return each key once, with a tuple of the list of its values in each collection.

        Nothing is exchanged: equal keys are in equal partitions already. Keys come in order.
        """
        ...

    def components(self, name: str, joins: Parts[tuple[str, str]]) -> PairParts:
        """Return for each key of some joins the least key that joins lead to from it.

        Parameters
        ----------
        name : str
            As of :meth:`placed`.
        joins : Parts
            Of two keys that belong together.

        Returns
        -------
        PairParts
            (key, least key of its connected component), each key once.
        """
        ...

    def stop(self) -> None:
        """Let go of processes; what was laid down stays."""
        ...
