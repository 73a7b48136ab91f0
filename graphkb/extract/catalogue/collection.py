"""All entries of the catalogue, found by id and by spelling."""

from __future__ import annotations

import hashlib
import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from graphkb.errors import NotFoundError
from graphkb.model.entry import Citation, Entry, Parent, Problem
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Catalogue"]


class Catalogue:
    """All entries, found by id and by any of their spellings; never changed once made.

    Parameters
    ----------
    entries : iterable of Entry
        In any order.
    malformed : iterable of Problem, optional
        What the files held that fits no entry; `check` reports it first.
    base : Catalogue, optional
        The built-in one, where entries of loaded sources were put to it.
    told : iterable of str, optional
        The ids of those entries, which are in the graph whether papers name them or not.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Entry, Parent
    >>> ppo = Entry("PPO", "Proximal Policy Optimization", "method")
    >>> grpo = Entry("GRPO", None, "method", extends=(Parent("PPO", "has no critic"),))
    >>> catalogue = Catalogue([ppo, grpo])
    >>> [entry.name for entry in catalogue.by_key("proximalpolicyoptimization")]
    ['PPO']
    >>> [entry.name for entry in catalogue.ancestors(grpo)]
    ['PPO']
    """

    __slots__ = (
        "_base",
        "_by_id",
        "_by_key",
        "_citations",
        "_digest",
        "_entries",
        "_malformed",
        "_told",
    )

    def __init__(
        self,
        entries: Iterable[Entry],
        malformed: Iterable[Problem] = (),
        base: Catalogue | None = None,
        told: Iterable[str] = (),
    ) -> None:
        self._entries = tuple(sorted(entries, key=lambda entry: (entry.id, entry.place)))
        self._malformed = tuple(malformed)
        self._base = base
        self._told = frozenset(told)
        by_id: dict[str, Entry] = {}
        by_key: dict[str, list[Entry]] = {}
        for entry in self._entries:
            by_id.setdefault(entry.id, entry)
            for key in dict.fromkeys(name_key(spelling) for spelling in entry.spellings):
                by_key.setdefault(key, []).append(entry)
        cited = (paper for entry in self._entries for paper in entry.citations)
        self._citations: Mapping[str, Citation] = MappingProxyType(
            {paper.id: paper for paper in sorted(cited, key=lambda paper: paper.id)}
        )
        self._by_id: Mapping[str, Entry] = MappingProxyType(by_id)
        self._by_key = MappingProxyType({key: tuple(found) for key, found in by_key.items()})
        self._digest = ""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle what it was made of: the look-ups are made again."""
        return (Catalogue, (self._entries, self._malformed, self._base, self._told))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, sorted by id."""
        return self._entries

    @property
    def malformed(self) -> tuple[Problem, ...]:
        """What could not be read as part of an entry."""
        return self._malformed

    @property
    def told(self) -> frozenset[str]:
        """The ids of the entries that a loaded source brings."""
        return self._told

    @property
    def citations(self) -> Mapping[str, Citation]:
        """Every paper that is cited in full, by its id, sorted."""
        return self._citations

    @property
    def digest(self) -> str:
        """64 hex digits: the SHA-256 of the entries, wherever and in whatever order they stand."""
        # Written at the first request only: it takes as long as reading half the entries.
        if not self._digest:
            lines = sorted(_canonical(entry) for entry in self._entries)
            self._digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
        return self._digest

    def digest_of(self, told: Iterable[str]) -> str:
        """Return what stands for the built-in catalogue and some of the entries of sources.

        Parameters
        ----------
        told : iterable of str
            Ids of `told`.

        Returns
        -------
        str
            64 hex digits; the digest of the built-in catalogue for none.
        """
        base = (self._base or self).digest
        lines = sorted(_canonical(self._by_id[id_]) for id_ in told)
        return hashlib.sha256("\n".join((base, *lines)).encode()).hexdigest() if lines else base

    def __contains__(self, identifier: object) -> bool:
        """Tell whether there is an entry of a node's id."""
        return identifier in self._by_id

    def by_key(self, key: str) -> tuple[Entry, ...]:
        """Return the entries that have a name, long form or alias of this key.

        Parameters
        ----------
        key : str
            As `graphkb.model.name.name_key` folds a spelling.

        Returns
        -------
        tuple of Entry
            Sorted by id: none where nobody knows the key, several where it is ambiguous.
        """
        return self._by_key.get(key, ())

    def entry(self, identifier: str) -> Entry:
        """Return the entry of a node's id.

        Parameters
        ----------
        identifier : str
            ``method:<key>`` or ``task:<key>``.

        Returns
        -------
        Entry

        Raises
        ------
        NotFoundError
            If no entry has the id.
        """
        try:
            return self._by_id[identifier]
        except KeyError:
            raise NotFoundError(
                f"the catalogue has no entry {identifier!r}",
                remedy="an id is 'method:' or 'task:' and the key of a name, not of an alias",
            ) from None

    def parent(self, parent: Parent) -> Entry | None:
        """Return the entry that a `Parent` names, or None where there is none of that name."""
        key = name_key(parent.name)
        return self._by_id.get(f"method:{key}") or self._by_id.get(f"task:{key}")

    def citation(self, entry: Entry, parent: Parent) -> Citation | None:
        """Return the paper that states a lineage.

        Parameters
        ----------
        entry : Entry
            The child.
        parent : Parent
            One of its ``parents``.

        Returns
        -------
        Citation or None
            What the parent cites, else the child's introducing paper; None where neither is
            given, or where the parent gives an id that no entry cites in full.

        Examples
        --------
        >>> from graphkb.extract.catalogue import Citation, Entry, Parent
        >>> paper = Citation("arxiv:2402.03300", "DeepSeekMath", 2024, "Shao")
        >>> grpo = Entry("GRPO", None, "method", paper=paper, extends=(Parent("PPO", "…"),))
        >>> Catalogue([grpo]).citation(grpo, grpo.extends[0]).author
        'Shao'
        """
        if isinstance(parent.paper, str):
            return self._citations.get(parent.paper)
        return parent.paper or entry.paper

    def ancestors(self, entry: Entry) -> tuple[Entry, ...]:
        """Return all that an entry extends or generalizes, directly or through others.

        Parameters
        ----------
        entry : Entry
            One of `entries`.

        Returns
        -------
        tuple of Entry
            Nearest first, then by id; never the entry itself.
        """
        seen = {entry.id}
        found: list[Entry] = []
        front = [entry]
        while front:
            above = {
                parent.id: parent
                for child in front
                for parent in map(self.parent, child.parents)
                if parent is not None and parent.id not in seen
            }
            seen.update(above)
            front = [above[key] for key in sorted(above)]
            found.extend(front)
        return tuple(found)


def _canonical(entry: Entry) -> str:
    """Write an entry's content, without its place, as one line that any order of keys shares."""
    content = {
        "name": entry.name,
        "long": entry.long,
        "kind": entry.kind,
        "aliases": sorted(entry.aliases),
        "paper": entry.paper and _parts(entry.paper),
        "extends": sorted(map(_lineage, entry.extends)),
        "generalizes": sorted(map(_lineage, entry.generalizes)),
        "ambiguous": sorted(entry.ambiguous),
        "match": entry.match,
        "developer": entry.developer,
        "versions": sorted(entry.versions),
        "looked_up": entry.looked_up,
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _lineage(parent: Parent) -> list[str]:
    paper = parent.paper or ""
    return [parent.name, parent.why, *([paper] if isinstance(paper, str) else _parts(paper))]


def _parts(paper: Citation) -> list[str]:
    return [paper.id, paper.title, str(paper.year), paper.author]
