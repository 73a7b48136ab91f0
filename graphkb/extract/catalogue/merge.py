"""The built-in catalogue with the entries that loaded sources bring.

What comes of it depends on the set of entries alone, never on the order in which they were loaded:

- An entry is the same as another one of its name, or as the one entry that its name is another
  spelling of. Otherwise it is a thing of its own.
- Of one thing the built-in catalogue is heard first, then the sources by their ids. The first that
  gives a name, a kind, a long form, a way of matching, a developer or a paper is believed; whoever
  says otherwise is told so.
- Spellings, versions and parents of all are taken together. A spelling that is another thing's
  already stays with that, unless whoever adds it declares it ambiguous.
- An entry whose long form is another than that of the thing of its name is left out: it would need
  a name of its own.
- Of one paper the first title, year and author are believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from graphkb.extract.catalogue.check import way_back
from graphkb.extract.catalogue.collection import Catalogue
from graphkb.model.entry import Citation, Entry, Parent
from graphkb.model.name import name_key, title_key

__all__ = ["Contribution", "Merged", "Remark", "merge"]

_Stated = tuple[str, str, str | None]
_WHOLE = "give the parent a paper: {id: …, title: …, year: …, author: …}"


@dataclass(frozen=True, slots=True)
class Contribution:
    """An entry of a loaded source.

    Parameters
    ----------
    source : str
        The source's id.
    entry : Entry
        One of its entries, sound by itself.
    """

    source: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in a source's entry that did not go into the catalogue as it stands.

    Parameters
    ----------
    source : str
        The source's id.
    entry : Entry
        The entry.
    message : str
        What it is, and what would mend it.
    """

    source: str
    entry: Entry
    message: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalogue of several sources.

    Parameters
    ----------
    catalogue : Catalogue
        The built-in one itself where no source brings an entry.
    remarks : tuple of Remark
        In the order of the sources and of their entries' ids.
    """

    catalogue: Catalogue
    remarks: tuple[Remark, ...] = ()


def merge(builtin: Catalogue, source: str, contributions: Iterable[Contribution]) -> Merged:
    """Put the entries of sources to the built-in ones.

    Parameters
    ----------
    builtin : Catalogue
        The curated facts that come with graphkb.
    source : str
        The id of the built-in source.
    contributions : iterable of Contribution
        In any order.

    Returns
    -------
    Merged
        Equal for equal sets of contributions.

    Examples
    --------
    >>> grpo = Entry("GRPO", None, "method", aliases=("Group-Wise PPO",))
    >>> mine = Entry("GRPO", None, "method", aliases=("Our GRPO",))
    >>> merged = merge(Catalogue([grpo]), "builtin:1", [Contribution("catalogue:mine", mine)])
    >>> [entry.aliases for entry in merged.catalogue.entries]
    [('Group-Wise PPO', 'Our GRPO')]
    """
    ordered = sorted(contributions, key=lambda one: (one.source, one.entry.id))
    if not ordered:
        return Merged(builtin)
    return _Merging(builtin, source).merged(ordered)


@dataclass(slots=True)
class _Thing:
    """One thing while it is put together, and who states what of it."""

    entry: Entry
    paper_sources: set[str]
    parents: dict[_Stated, tuple[Parent, set[str]]] = field(default_factory=dict)
    added: list[Contribution] = field(default_factory=list)

    def finished(self) -> Entry:
        """The entry, with who states its paper and each of its parents."""
        parents: dict[str, list[Parent]] = {"extends": [], "generalizes": []}
        for (relationship, _, _), (parent, sources) in self.parents.items():
            parents[relationship].append(replace(parent, sources=tuple(sorted(sources))))
        return replace(
            self.entry,
            extends=tuple(parents["extends"]),
            generalizes=tuple(parents["generalizes"]),
            paper_sources=tuple(sorted(self.paper_sources)),
        )


class _Merging:
    def __init__(self, builtin: Catalogue, source: str) -> None:
        self._builtin = builtin
        self._source = source
        self._things: dict[str, _Thing] = {}
        # The spellings that sources add: those of the built-in entries it knows by itself.
        self._spelled: dict[str, list[str]] = {}
        self._papers: dict[str, Citation] = dict(builtin.citations)
        self._remarks: list[Remark] = []

    def merged(self, contributions: Iterable[Contribution]) -> Merged:
        for one in contributions:
            self._add(self._cited(one))
        for thing in self._things.values():
            for one in thing.added:
                self._relate(thing, one)
        told = {id_: thing.finished() for id_, thing in self._things.items() if thing.added}
        rest = (entry for entry in self._builtin.entries if entry.id not in told)
        catalogue = Catalogue([*rest, *told.values()], base=self._builtin, told=told)
        for id_, entry in told.items():
            if back := way_back(entry, catalogue):
                names = " → ".join(step.name for step in (*back, entry))
                last = self._things[id_].added[-1]
                self._tell(last, f"it is its own ancestor: {names}; take out one of these steps")
        remarks = sorted(self._remarks, key=lambda r: (r.source, r.entry.id, r.message))
        return Merged(catalogue, tuple(remarks))

    def _tell(self, one: Contribution, message: str) -> None:
        self._remarks.append(Remark(one.source, one.entry, message))

    def _cited(self, one: Contribution) -> Contribution:
        """The entry with the papers that it cites as they are known."""

        def known(paper: Citation) -> Citation:
            first = self._papers.setdefault(paper.id, replace(paper, source=one.source))
            if _folded(first) != _folded(paper):
                told = f"{first.author} {first.year}, “{first.title}”"
                message = f"{paper.id} is known as {told}, which stands; mend the wrong one"
                self._tell(one, message)
            return first

        def of(parent: Parent) -> Parent:
            paper = parent.paper
            return replace(parent, paper=known(paper)) if isinstance(paper, Citation) else parent

        entry = one.entry
        entry = replace(
            entry,
            paper=known(entry.paper) if entry.paper else None,
            extends=tuple(map(of, entry.extends)),
            generalizes=tuple(map(of, entry.generalizes)),
        )
        return Contribution(one.source, entry)

    def _add(self, one: Contribution) -> None:
        entry = one.entry
        thing = self._thing(entry)
        if thing is None:
            self._begin(one)
        elif _is_other(thing.entry, entry):
            self._tell(
                one,
                f"{entry.name} is known as {thing.entry.long}, and the entry is left out; where it "
                "is another thing, name it by its long form, with this alias, also under ambiguous",
            )
        else:
            self._join(thing, one)

    def _thing(self, entry: Entry) -> _Thing | None:
        """What the entry is another word on, if anything is known of it."""
        id_ = entry.id
        if not self._knows(id_):
            owners = self._owners(entry.key)
            alike = [i for i in owners if i.partition(":")[0] == id_.partition(":")[0]]
            if len(alike) != 1:
                return None
            id_ = alike[0]
            if entry.key in _ambiguous(entry) | _ambiguous(self._entry(id_)):
                return None
        if id_ not in self._things:
            known = self._builtin.entry(id_)
            thing = _Thing(known, {self._source} if known.paper else set())
            for relationship, parents in _lineage(known):
                for parent in parents:
                    key = _stated(relationship, parent, known.paper)
                    thing.parents[key] = (parent, {self._source})
            self._things[id_] = thing
        return self._things[id_]

    def _begin(self, one: Contribution) -> None:
        """Take an entry for a thing that nobody else knows."""
        entry = one.entry
        others = ", ".join(self._entry(other).name for other in self._owners(entry.key))
        if others and entry.key not in _ambiguous(entry):
            message = f"{entry.name} may also mean {others}; list it under ambiguous"
            self._tell(one, message)
        kept = tuple(s for s in entry.spellings[1:] if self._is_free(one, s, entry.id))
        bare = replace(
            entry,
            long=entry.long if entry.long in kept else None,
            aliases=tuple(s for s in kept if s != entry.long),
            ambiguous=tuple(s for s in entry.ambiguous if s in (entry.name, *kept)),
        )
        self._things[entry.id] = _Thing(bare, {one.source} if entry.paper else set(), added=[one])
        for spelling in bare.spellings:
            self._spelled.setdefault(name_key(spelling), []).append(entry.id)

    def _join(self, thing: _Thing, one: Contribution) -> None:
        """Put what an entry says to what is known of the same thing."""
        known, entry = thing.entry, one.entry
        if entry.id != known.id:
            self._tell(one, f"it is taken for {known.name}, of which its name is a spelling")
        self._compare(known, one)
        own = {name_key(spelling) for spelling in known.spellings}
        added = [
            spelling
            for spelling in entry.spellings
            if name_key(spelling) not in own and self._is_free(one, spelling, known.id)
        ]
        long = known.long or (entry.long if entry.long in added else None)
        paper = known.paper or entry.paper
        if entry.paper and entry.paper == paper:
            thing.paper_sources.add(one.source)
        versions = entry.versions if known.kind == "model" else ()
        thing.entry = replace(
            known,
            long=long,
            aliases=(*known.aliases, *(s for s in added if s != long)),
            paper=paper,
            ambiguous=(*known.ambiguous, *(s for s in entry.ambiguous if s in added)),
            developer=known.developer or entry.developer,
            versions=tuple(dict.fromkeys((*known.versions, *versions))),
        )
        for spelling in added:
            self._spelled.setdefault(name_key(spelling), []).append(known.id)
        thing.added.append(one)

    def _compare(self, known: Entry, one: Contribution) -> None:
        """Tell what an entry says otherwise than what is believed."""
        entry = one.entry
        stands = {
            "kind": (known.kind, entry.kind),
            "way of matching": (known.match or "usual", entry.match or known.match or "usual"),
            "developer": (known.developer, entry.developer),
            "paper": (known.paper and known.paper.id, entry.paper and entry.paper.id),
        }
        for what, (first, other) in stands.items():
            if first and other and first != other:
                self._tell(one, f"{known.name} is known with the {what} {first}, which stands")
        if entry.versions and known.kind != "model":
            self._tell(one, f"{known.name} is no model, and its versions are left out")

    def _is_free(self, one: Contribution, spelling: str, id_: str) -> bool:
        """Whether a source may add a spelling to a thing; it is told where it may not."""
        key = name_key(spelling)
        others = [other for other in self._owners(key) if other != id_]
        if not others or key in _ambiguous(one.entry):
            return True
        names = ", ".join(self._entry(other).name for other in others)
        self._tell(
            one,
            f"{spelling!r} is a spelling of {names} and is left out here; list it under ambiguous "
            "where it means both",
        )
        return False

    def _relate(self, thing: _Thing, one: Contribution) -> None:
        """Put the parents that a source names to a thing."""
        for relationship, parents in _lineage(one.entry):
            for parent in parents:
                above = self._parent(parent)
                paper = parent.paper or one.entry.paper or thing.entry.paper
                if isinstance(paper, str):
                    paper = self._papers.get(paper)
                if above is None:
                    what, mend = "nothing is known of that name", "add an entry of that name"
                elif above.id == thing.entry.id:
                    what, mend = "it is the entry itself", "leave it out"
                elif "task" in (above.kind, thing.entry.kind):
                    what, mend = "a task has no lineage in the graph", "leave it out"
                elif paper is None:
                    what, mend = "no paper is named for it", _WHOLE
                else:
                    named = replace(parent, name=above.name, paper=paper)
                    key = _stated(relationship, named, None)
                    thing.parents.setdefault(key, (named, set()))[1].add(one.source)
                    continue
                self._tell(one, f"the parent {parent.name!r} is left out: {what}; {mend}")

    def _parent(self, parent: Parent) -> Entry | None:
        key = name_key(parent.name)
        for id_ in (f"method:{key}", f"task:{key}"):
            if self._knows(id_):
                return self._entry(id_)
        owners = self._owners(key)
        return self._entry(owners[0]) if len(owners) == 1 else None

    def _owners(self, key: str) -> list[str]:
        built_in = (entry.id for entry in self._builtin.by_key(key))
        return list(dict.fromkeys((*built_in, *self._spelled.get(key, ()))))

    def _knows(self, id_: str) -> bool:
        return id_ in self._things or id_ in self._builtin

    def _entry(self, id_: str) -> Entry:
        return self._things[id_].entry if id_ in self._things else self._builtin.entry(id_)


def _lineage(entry: Entry) -> Iterator[tuple[str, tuple[Parent, ...]]]:
    yield "extends", entry.extends
    yield "generalizes", entry.generalizes


def _stated(relationship: str, parent: Parent, own: Citation | None) -> _Stated:
    """What tells one statement of a lineage from another: one a parent and paper."""
    paper = parent.paper or own
    id_ = paper.id if isinstance(paper, Citation) else paper
    return relationship, name_key(parent.name), id_


def _ambiguous(entry: Entry) -> set[str]:
    return {name_key(spelling) for spelling in entry.ambiguous}


def _is_other(known: Entry, entry: Entry) -> bool:
    """Whether two entries of one name are spelled out as two things."""
    if not (known.long and entry.long):
        return False
    theirs, ours = ({name_key(s) for s in one.spellings} for one in (known, entry))
    return name_key(entry.long) not in theirs and name_key(known.long) not in ours


def _folded(paper: Citation) -> tuple[str, int, str]:
    return title_key(paper.title), paper.year, paper.author.casefold()
