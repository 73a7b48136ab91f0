"""Entries of the catalogue: what is known beforehand of methods, models, benchmarks and tasks."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphkb.model.name import name_key

__all__ = ["KINDS", "Citation", "Entry", "Parent", "Problem"]

KINDS = ("method", "framework", "model", "benchmark", "dataset", "environment", "task")


@dataclass(frozen=True, slots=True)
class Citation:
    """A paper that introduced an entry or states a lineage.

    Parameters
    ----------
    id : str
        ``arxiv:…`` where there is one, else ``doi:…``.
    title : str
        The paper's title as published.
    year : int
        The year of the first public version; 0 where the file does not give one.
    author : str
        The family name of the first author.
    source : str
        The loaded source that cites it, where the built-in catalogue does not; not part of the
        content.
    """

    id: str
    title: str
    year: int
    author: str
    source: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Parent:
    """An entry that another one extends or generalizes.

    Parameters
    ----------
    name : str
        The parent's ``name`` in the catalogue.
    why : str
        One line in our own words: what the child changes.
    paper : str or Citation or None
        The paper that states it, where that is not the child's own: its id, where an entry cites
        it in full, else the whole citation. `Catalogue.citation` resolves it.
    sources : tuple of str
        The sources that state it, where these are not the built-in catalogue alone; not part of
        the content.
    """

    name: str
    why: str
    paper: str | Citation | None = None
    sources: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the catalogue that has to be mended.

    Parameters
    ----------
    place : str
        ``file:line`` of the entry.
    entry : str
        The entry's name, empty where it has none.
    what : str
        What is wrong.
    remedy : str
        What to write instead.
    """

    place: str
    entry: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated method, framework, model, benchmark, dataset, environment or task.

    Parameters
    ----------
    name : str
        The name that people use.
    long : str or None
        The name spelled out.
    kind : str
        One of `KINDS`.
    aliases : tuple of str
        Other spellings of the same thing.
    paper : Citation or None
        The paper that introduced it.
    extends, generalizes : tuple of Parent
        Its closest relatives in the catalogue.
    ambiguous : tuple of str
        Those of its spellings that also mean something else.
    match : str or None
        ``exact`` where every spelling is matched in its own case only and has no plural,
        ``folded`` where every spelling is matched in any case; else each spelling's form decides.
    developer : str or None
        The organisation behind a model.
    versions : tuple of str
        How versions of a model family are called, as `graphkb.model.version_pattern` reads
        it. A version is not the family: it is another node.
    looked_up : str
        Where all this was looked up.
    place : str
        ``file:line``; not part of the content.
    paper_sources : tuple of str
        The sources that name `paper`, where these are not the built-in catalogue alone; not part
        of the content.

    Examples
    --------
    >>> Entry("Chain-of-Thought", None, "method").id
    'method:chainofthought'
    >>> Entry("code generation", None, "task").id
    'task:codegeneration'
    """

    name: str
    long: str | None
    kind: str
    aliases: tuple[str, ...] = ()
    paper: Citation | None = None
    extends: tuple[Parent, ...] = ()
    generalizes: tuple[Parent, ...] = ()
    ambiguous: tuple[str, ...] = ()
    match: str | None = None
    developer: str | None = None
    versions: tuple[str, ...] = ()
    looked_up: str = ""
    place: str = field(default="", compare=False)
    paper_sources: tuple[str, ...] = field(default=(), compare=False)

    @property
    def key(self) -> str:
        """The graph's key of the name."""
        return name_key(self.name)

    @property
    def id(self) -> str:
        """The id of the entry's node in the graph."""
        return f"{'task' if self.kind == 'task' else 'method'}:{self.key}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, the long form and the aliases, in this order."""
        return (self.name, *((self.long,) if self.long else ()), *self.aliases)

    @property
    def parents(self) -> tuple[Parent, ...]:
        """What the entry extends, then what it generalizes."""
        return self.extends + self.generalizes

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The papers that the entry cites in full: its own first, then those of its parents."""
        named = (self.paper, *(parent.paper for parent in self.parents))
        return tuple(paper for paper in named if isinstance(paper, Citation))
