"""What came, went and changed between two graphs, as a value."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import structs

from graphkb.errors import QueryError
from graphkb.model.graph import Edge, EdgeKey, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, KIND_LABELS, RELATIONSHIP_TYPES
from graphkb.query.kind import KINDS

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Changed", "Difference", "Group", "Part", "PropertyChange"]

_Thing = TypeVar("_Thing", Entity, Edge)

_TYPES = tuple(declared.name for declared in RELATIONSHIP_TYPES)
_PROPERTIES = frozenset(
    (
        *(p.name for declared in ENTITY_TYPES for p in declared.properties),
        *(p.name for declared in RELATIONSHIP_TYPES for p in declared.properties),
    )
)


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """A value that is another than it was.

    Parameters
    ----------
    name : str
        The property; ``id`` or ``label`` where an entity is found under another one.
    before, after : value or None
        None where it had none, or has none.
    """

    name: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class Changed(Generic[_Thing]):
    """One thing that both graphs have, but not with the same properties.

    Parameters
    ----------
    before, after : Entity or Edge
        As the first and the second graph have it.
    """

    before: _Thing
    after: _Thing

    @property
    def properties(self) -> tuple[PropertyChange, ...]:
        """What changed, the id and the label of an entity first, the rest by name."""
        old: Mapping[str, Value] = self.before.properties
        new: Mapping[str, Value] = self.after.properties
        found = [
            PropertyChange(name, old.get(name), new.get(name))
            for name in sorted({*old, *new})
            if old.get(name) != new.get(name)
        ]
        identity = zip(_identity(self.before), _identity(self.after), strict=True)
        found[:0] = [PropertyChange(name, a, b) for (name, a), (_, b) in identity if a != b]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Part(Generic[_Thing]):
    """What became of the entities, or of the edges.

    Parameters
    ----------
    added, removed : tuple of Entity or Edge
        What only the second graph has, and what only the first has.
    changed : tuple of Changed
        What both have with other properties; an entity that has another id since a better
        identifier is known is one of them.
    """

    added: tuple[_Thing, ...] = ()
    removed: tuple[_Thing, ...] = ()
    changed: tuple[Changed[_Thing], ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)

    def mirrored(self) -> Part[_Thing]:
        """Return what became of them from the second graph to the first."""
        turned = tuple(Changed(one.after, one.before) for one in self.changed)
        return Part(self.removed, self.added, turned)


@dataclass(frozen=True, slots=True)
class Group:
    """What became of one kind.

    Parameters
    ----------
    kind : str
        A label or a relationship type.
    before, after : int
        How many the first and the second graph have.
    added, removed : tuple of Entity or Edge
        What came, and what went, the most important first.
    changed : tuple of Changed
        What changed.
    """

    kind: str
    before: int
    after: int
    added: tuple[Entity | Edge, ...]
    removed: tuple[Entity | Edge, ...]
    changed: tuple[Changed[Entity] | Changed[Edge], ...]

    def __len__(self) -> int:
        return len(self.added) + len(self.removed) + len(self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """What came, went and changed between two graphs.

    Parameters
    ----------
    titles : tuple of (str, str)
        What was compared.
    entities, edges : Part
        What became of them, by kind, the most important of each first. An edge whose ends are
        found under other ids, and which states the same, is no difference.
    totals : tuple of (mapping, mapping)
        How many the first and the second graph have, by label and by relationship type.
    known : mapping of str to Entity
        The ends and papers of the edges, by id, as the second graph has them, else the first.
    now : mapping of str to str
        Of what was removed since the second graph has it as part of something else that the
        first has, too: the id of that.
    focus : tuple of str
        Ids of the seeds, where topics were compared.
    between : tuple of Edge
        What joins in both graphs what is drawn first: the background of a picture.
    whole : Difference or None
        Of what :meth:`only` some kinds are told: all of it.

    Examples
    --------
    >>> from graphkb.difference.comparing import difference_of
    >>> from graphkb.export.content import GraphContent
    >>> a, b = (Entity("Task", f"task:{name}", {"name": name}) for name in "ab")
    >>> one, two = Graph.of([a], []), Graph.of([a, b], [])
    >>> found = difference_of(GraphContent(one), GraphContent(two))
    >>> [entity.id for entity in found.entities.added], found.applied_to(one) == two
    (['task:b'], True)
    """

    titles: tuple[str, str]
    entities: Part[Entity] = field(default_factory=Part)
    edges: Part[Edge] = field(default_factory=Part)
    totals: tuple[Mapping[str, int], Mapping[str, int]] = field(default_factory=lambda: ({}, {}))
    known: Mapping[str, Entity] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)
    focus: tuple[str, ...] = ()
    between: tuple[Edge, ...] = ()
    whole: Difference | None = None

    def __len__(self) -> int:
        return len(self.entities) + len(self.edges)

    def __bool__(self) -> bool:
        return len(self) > 0

    @property
    def renamed(self) -> dict[str, str]:
        """The second graph's ids of entities that it has under other ids, by the first's."""
        pairs = ((one.before.id, one.after.id) for one in self.entities.changed)
        return {before: after for before, after in pairs if before != after}

    def groups(self) -> Iterator[Group]:
        """Yield what became of each kind, in the order in which differences are told.

        Yields
        ------
        Group
            Kinds that neither graph has are absent.
        """
        from graphkb.difference.telling import KINDS_IN_ORDER

        came: dict[str, list[Entity | Edge]] = defaultdict(list)
        went: dict[str, list[Entity | Edge]] = defaultdict(list)
        changed: dict[str, list[Changed[Entity] | Changed[Edge]]] = defaultdict(list)
        for held, nodes, joins in (
            (came, self.entities.added, self.edges.added),
            (went, self.entities.removed, self.edges.removed),
        ):
            for node in nodes:
                held[node.label].append(node)
            for join in joins:
                held[join.type].append(join)
        for entity in self.entities.changed:
            changed[entity.after.label].append(entity)
        for edge in self.edges.changed:
            changed[edge.after.type].append(edge)
        for kind in KINDS_IN_ORDER:
            before, after = (totals.get(kind, 0) for totals in self.totals)
            group = Group(
                kind, before, after, tuple(came[kind]), tuple(went[kind]), tuple(changed[kind])
            )
            if before or after or len(group):
                yield group

    def without(self, properties: Collection[str]) -> Difference:
        """Return the difference without what changed in some properties only.

        Parameters
        ----------
        properties : collection of str
            Their names.

        Returns
        -------
        Difference
            What came and went is the same.

        Raises
        ------
        QueryError
            Nothing has a property of that name.
        """
        # What is compared may be exports, with properties of another program.
        held = {p.name for one in self.entities.changed for p in one.properties}
        held |= {p.name for one in self.edges.changed for p in one.properties}
        left = _checked("property", set(properties), sorted(_PROPERTIES | held))
        return replace(
            self,
            entities=replace(self.entities, changed=_beyond(self.entities.changed, left)),
            edges=replace(self.edges, changed=_beyond(self.edges.changed, left)),
        )

    def only(self, kinds: Collection[str], types: Collection[str]) -> Difference:
        """Return what became of some kinds of entities and some types of edges.

        Parameters
        ----------
        kinds : collection of str
            Labels (paper) and kinds (dataset), in any case.
        types : collection of str
            Relationship types, in any case.

        Returns
        -------
        Difference
            Of all kinds and types where neither is given; where one is, the other's are left out.

        Raises
        ------
        QueryError
            One is unknown.
        """
        if not kinds and not types:
            return self
        wanted = _checked("kind", {kind.casefold() for kind in kinds}, (*KINDS, "result"))
        chosen = _checked("relationship", {one.upper() for one in types}, _TYPES)
        labels = {KIND_LABELS.get(kind, kind.capitalize()) for kind in wanted}
        totals = tuple(
            {kind: number for kind, number in held.items() if kind in chosen | labels}
            for held in self.totals
        )
        return replace(
            self,
            whole=self,
            entities=Part(
                tuple(one for one in self.entities.added if _is_of(one, wanted)),
                tuple(one for one in self.entities.removed if _is_of(one, wanted)),
                tuple(
                    one
                    for one in self.entities.changed
                    if _is_of(one.before, wanted) or _is_of(one.after, wanted)
                ),
            ),
            edges=Part(
                tuple(one for one in self.edges.added if one.type in chosen),
                tuple(one for one in self.edges.removed if one.type in chosen),
                tuple(one for one in self.edges.changed if one.after.type in chosen),
            ),
            totals=(totals[0], totals[1]),
        )

    def first(self, limit: int) -> Difference:
        """Return the most important of what came, what went and what changed of each kind.

        Parameters
        ----------
        limit : int
            Most of each.

        Returns
        -------
        Difference
            The totals are the same.
        """
        return replace(
            self,
            entities=_first_of(self.entities, limit),
            edges=_first_of(self.edges, limit),
        )

    def mirrored(self) -> Difference:
        """Return the difference from the second graph to the first.

        Returns
        -------
        Difference
            But for `known`, which keeps telling of the second, and `now`, which it has not.
        """
        return replace(
            self,
            titles=(self.titles[1], self.titles[0]),
            entities=self.entities.mirrored(),
            edges=self.edges.mirrored(),
            totals=(self.totals[1], self.totals[0]),
            now={},
        )

    def applied_to(self, graph: Graph) -> Graph:
        """Return the second graph, made of the first.

        Parameters
        ----------
        graph : Graph
            The first graph, whole.

        Returns
        -------
        Graph
            The second, where nothing was left out of the difference.
        """
        renamed = self.renamed
        gone = {one.key for one in self.entities.removed}
        gone |= {one.before.key for one in self.entities.changed}
        entities = {key: one for key, one in graph.entities.items() if key not in gone}
        changed = [one.after for one in self.entities.changed]
        entities |= {one.key: one for one in (*changed, *self.entities.added)}
        without = {one.key for one in self.edges.removed}
        without |= {one.before.key for one in self.edges.changed}
        labels = {one.id: one.label for one in entities.values()}
        edges: dict[EdgeKey, Edge] = {}
        for edge in graph.edges.values():
            if edge.key not in without:
                moved = moved_edge(edge, renamed)
                start, end = labels[moved.start], labels[moved.end]
                moved = structs.replace(moved, start_label=start, end_label=end)
                edges[moved.key] = moved
        edges |= {one.after.key: one.after for one in self.edges.changed}
        edges |= {one.key: one for one in self.edges.added}
        return Graph.of(entities.values(), edges.values())

    def rows(self) -> Iterator[tuple[object, ...]]:
        """Yield a row for each thing that came or went and for each property that changed.

        Yields
        ------
        tuple
            The values of :data:`graphkb.difference.telling.COLUMNS`.
        """
        from graphkb.difference.telling import rows

        return rows(self)

    def markdown(self, limit: int = 10) -> str:
        """Return the difference as a report in Markdown, every sentence quoted and cited.

        Parameters
        ----------
        limit : int
            Most of each kind that came, that went and that changed.

        Returns
        -------
        str
            The report.
        """
        from graphkb.difference.report import markdown_report

        return markdown_report(self, limit=limit)

    def view(self, out: str | Path, *, limit: int = 200) -> Path:
        """Write a page on which what came, went and changed is marked.

        Parameters
        ----------
        out : str or Path
            The HTML file.
        limit : int
            Most entities to draw, what changed most notably first.

        Returns
        -------
        Path
            What was written.

        Raises
        ------
        ExportError
            The place cannot be written.
        """
        from pathlib import Path

        from graphkb.difference.drawing import difference_page
        from graphkb.export.write import replace_file

        return replace_file(Path(out), difference_page(self, limit=limit).encode())

    def __repr__(self) -> str:
        entities, edges = (
            f"+{len(part.added)} -{len(part.removed)} ~{len(part.changed)}"
            for part in (self.entities, self.edges)
        )
        return f"<Difference {self.titles}: entities {entities}, edges {edges}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: how much of each kind came, went and changed."""
        from graphkb.store.html_table import html_table

        counts = [
            (
                *(group.kind, group.before, group.after),
                *(len(things) for things in (group.added, group.removed, group.changed)),
            )
            for group in self.groups()
        ]
        columns = ("kind", "before", "after", "came", "went", "changed")
        return html_table(columns, counts, total=len(counts))


def kind_of(thing: Entity | Edge) -> str:
    """Return the label of an entity, or the type of an edge."""
    return thing.label if isinstance(thing, Entity) else thing.type


def moved_edge(edge: Edge, renamed: Mapping[str, str]) -> Edge:
    """Return an edge with the ids that its ends and its paper have now."""
    start, end, paper = (renamed.get(id_, id_) for id_ in (edge.start, edge.end, edge.paper))
    return structs.replace(edge, start=start, end=end, paper=paper)


def _identity(thing: Entity | Edge) -> tuple[tuple[str, str], ...]:
    """Under what an entity is found; of an edge nothing, since its ends tell theirs."""
    return () if isinstance(thing, Edge) else (("id", thing.id), ("label", thing.label))


def _beyond(
    changed: tuple[Changed[_Thing], ...], left: frozenset[str]
) -> tuple[Changed[_Thing], ...]:
    return tuple(one for one in changed if any(p.name not in left for p in one.properties))


def _first_of(part: Part[_Thing], limit: int) -> Part[_Thing]:
    seen: Counter[tuple[str, str]] = Counter()

    def fits(what: str, thing: Entity | Edge) -> bool:
        seen[what, kind_of(thing)] += 1
        return seen[what, kind_of(thing)] <= limit

    return Part(
        tuple(one for one in part.added if fits("added", one)),
        tuple(one for one in part.removed if fits("removed", one)),
        tuple(one for one in part.changed if fits("changed", one.after)),
    )


def _is_of(entity: Entity, kinds: frozenset[str]) -> bool:
    return bool({entity.label.lower(), entity.properties.get("kind")} & kinds)


def _checked(what: str, given: set[str], known: Collection[str]) -> frozenset[str]:
    for one in sorted(given - set(known)):
        raise QueryError(f"there is no {what} {one!r}", remedy=f"use one of {', '.join(known)}")
    return frozenset(given)
