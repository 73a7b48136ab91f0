"""What a method descends from, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from graphkb.errors import QueryError
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ARTEFACT_LABELS, entity_type
from graphkb.query.kind import one_of
from graphkb.query.stated import Stated, stated
from graphkb.store.protocol import Store

__all__ = ["LINEAGE_TYPES", "Branch", "Direction", "Lineage", "Step", "lineage"]

LINEAGE_TYPES = ("EXTENDS", "GENERALIZES")
_UNDATED = "9"
_FEWEST = 3

Direction = Literal["ancestors", "descendants"]
_DIRECTIONS: tuple[Direction, ...] = get_args(Direction)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lineage: the child extends or generalises the parent.

    Parameters
    ----------
    child, parent : Entity
        The later and the earlier.
    type : {'EXTENDS', 'GENERALIZES'}
        Which of the two.
    statements : tuple of Stated
        All that state it, the best to show first; never empty.
    direction : {'ancestors', 'descendants'}
        Whether it leads away from the method to what was before it, or to what came of it.
    depth : int
        How many steps from the method, the first being 1.
    """

    child: Entity
    type: str
    parent: Entity
    statements: tuple[Stated, ...]
    direction: Direction
    depth: int

    @property
    def far(self) -> Entity:
        """The end that is farther from the method."""
        return self.parent if self.direction == "ancestors" else self.child

    @property
    def year(self) -> int | None:
        """The year of what it leads to."""
        return _year_of(self.far)

    @property
    def curated(self) -> bool:
        """Whether the catalogue states it."""
        return any(said.curated for said in self.statements)

    @property
    def extracted(self) -> bool:
        """Whether a paper states it, or a source."""
        return not all(said.curated for said in self.statements)


@dataclass(frozen=True, slots=True)
class Branch:
    """A step in the tree of a lineage, with what follows it.

    Parameters
    ----------
    step : Step
        The step.
    state : {'full', 'again', 'cycle'}
        Whether what follows is shown here; or at another place; or the step closes a cycle.
    under : str or None
        The name of what it is shown under in full, where that is another place.
    branches : tuple of Branch
        The next steps, by year, support, name and id of what they lead to.
    cut : int
        How many next steps were left out because of the limit.
    deeper : int
        How many next steps lie beyond the depth.
    """

    step: Step
    state: Literal["full", "again", "cycle"] = "full"
    under: str | None = None
    branches: tuple[Branch, ...] = ()
    cut: int = 0
    deeper: int = 0


@dataclass(frozen=True, slots=True)
class Lineage:
    """The ancestors and descendants of a method, model or benchmark, as two trees.

    Parameters
    ----------
    entity : Entity
        What it is the lineage of.
    introduced_in : tuple of Stated
        Who introduces it.
    ancestors, descendants : tuple of Branch
        The first steps of each tree.
    cut : mapping of str to int
        How many first steps of each direction the limit left out.
    """

    entity: Entity
    introduced_in: tuple[Stated, ...]
    ancestors: tuple[Branch, ...]
    descendants: tuple[Branch, ...]
    cut: Mapping[Direction, int]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step once a direction, in the order of the trees."""
        return tuple(branch.step for branch in _all((*self.ancestors, *self.descendants)))

    @property
    def nodes(self) -> tuple[Entity, ...]:
        """Every entity once, the method first."""
        ends = (end for step in self.steps for end in (step.parent, step.child))
        return tuple({entity.id: entity for entity in (self.entity, *ends)}.values())


def _year_of(entity: Entity) -> int | None:
    """Return the year of a paper, or the one in which a thing was first stated."""
    date = entity.properties.get("published") or entity.properties.get("first_stated")
    return int(str(date)[:4]) if date else None


def lineage(
    store: Store,
    entity: Entity,
    *,
    up: bool = True,
    down: bool = True,
    depth: int = 5,
    limit: int = 20,
) -> Lineage:
    """Find what a method, model or benchmark descends from, and what came of it.

    Steps are the relationships EXTENDS and GENERALIZES. Each entity is followed once in each
    direction, where it is nearest; steps back into a cycle are told but not followed.

    Parameters
    ----------
    store : Store
        Where to look.
    entity : Entity
        As :func:`graphkb.query.resolve.resolve` found it.
    up, down : bool
        Whether to look for ancestors, and for descendants.
    depth : int
        Most steps.
    limit : int
        Most next steps of the method itself: to what is curated, then to what is best supported,
        to papers that introduce nothing last. A third of it one step on, a ninth two steps on,
        and so forth, but three at least.

    Returns
    -------
    Lineage
        The same for the same graph.

    Raises
    ------
    QueryError
        The entity is of another kind.
    """
    if entity.label not in ARTEFACT_LABELS:
        raise _not_an_artefact(store, entity)
    if depth < 1 or limit < 1:
        raise QueryError("depth and limit are at least 1", remedy="leave them out")
    wanted = dict(zip(_DIRECTIONS, (up, down), strict=True))
    trees = {d: _tree(store, entity, d, depth, limit) for d in _DIRECTIONS if wanted[d]}
    introducing = list(store.edges_in(entity.label, [entity.id], ["INTRODUCES"]))
    papers = store.entities_by_id(edge.paper for edge in introducing)
    made = {name: _branches(store, entity, tree, name) for name, tree in trees.items()}
    return Lineage(
        entity,
        stated(introducing, papers),
        made.get("ancestors", ()),
        made.get("descendants", ()),
        {name: tree.cut.get(entity.id, 0) for name, tree in trees.items()},
    )


@dataclass(frozen=True, slots=True)
class _Reached:
    """What one step leads to: as little of it as ranking needs."""

    type: str
    id: str
    label: str
    name: str
    date: str
    support: int
    curated: bool

    @property
    def importance(self) -> tuple[object, ...]:
        return (self.label == "Paper", not self.curated, -self.support, *self.place)

    @property
    def place(self) -> tuple[object, ...]:
        """Where it stands among its siblings."""
        return (self.date[:4], -self.support, self.name.casefold(), self.id, self.type)


@dataclass(frozen=True, slots=True)
class _Tree:
    """The shown steps of a direction, by the id of what they come from."""

    steps: dict[str, tuple[_Reached, ...]]
    parents: dict[str, str]
    cut: dict[str, int]
    deeper: dict[str, int]


def _tree(store: Store, entity: Entity, direction: Direction, depth: int, limit: int) -> _Tree:
    tree = _Tree({}, {entity.id: ""}, {}, {})
    ring = {entity.id: entity.label}
    for level in range(depth + 1):
        if not ring:
            break
        found = _next_steps(store, ring, direction)
        if level == depth:
            tree.deeper.update({id_: len(steps) for id_, steps in found.items()})
            break
        most = limit if level == 0 else max(_FEWEST, limit // 3**level)
        following: dict[str, str] = {}
        for id_ in ring:
            steps = found.get(id_, [])
            # To say that one more is left out takes as much room as to show it.
            room = most + (len(steps) == most + 1)
            kept = set(sorted(steps, key=lambda step: step.importance)[:room])
            tree.steps[id_] = tuple(sorted(kept, key=lambda step: step.place))
            tree.cut[id_] = len(steps) - len(kept)
            for step in tree.steps[id_]:
                if step.id not in tree.parents:
                    tree.parents[step.id] = id_
                    following[step.id] = step.label
        ring = following
    return tree


def _next_steps(
    store: Store, ring: Mapping[str, str], direction: Direction
) -> dict[str, list[_Reached]]:
    by_label: dict[str, list[str]] = defaultdict(list)
    for id_, label in ring.items():
        by_label[label].append(id_)
    found: dict[str, set[_Reached]] = defaultdict(set)
    for label, ids in sorted(by_label.items()):
        if direction == "descendants" and label == "Paper":
            continue
        for row in store.cypher(_statement(label, direction), {"ids": sorted(ids)}).rows:
            id_, type_, other, labels, name, date, support, curated = row
            reached = _Reached(type_, other, labels[0], name, date or _UNDATED, support, curated)
            found[id_].add(reached)
    return {id_: list(steps) for id_, steps in found.items()}


def _statement(label: str, direction: Direction) -> str:
    left, right = ("-", "->") if direction == "ancestors" else ("<-", "-")
    return (
        f"UNWIND $ids AS id MATCH (n:{entity_type(label).label} {{id: id}})"
        f"{left}[r:{'|'.join(LINEAGE_TYPES)}]{right}(o) "
        "RETURN id, type(r) AS type, o.id AS other, labels(o) AS labels, o.name AS name, "
        "coalesce(o.published, o.first_stated) AS date, coalesce(o.support, 0) AS support, "
        "coalesce(o.curated, false) AS curated"
    )


def _branches(
    store: Store, entity: Entity, tree: _Tree, direction: Direction
) -> tuple[Branch, ...]:
    """Make the tree of its steps, each with its statements."""
    ends = {(id_, step.id) for id_, steps in tree.steps.items() for step in steps}
    entities = store.entities_by_id([entity.id, *sorted({id_ for pair in ends for id_ in pair})])
    pairs = ends if direction == "ancestors" else {(far, near) for near, far in ends}
    edges = _edges(store, pairs, entities)
    papers = store.entities_by_id(sorted({e.paper for found in edges.values() for e in found}))
    cyclic = _cyclic(tree)

    def grown(id_: str, depth: int) -> tuple[Branch, ...]:
        made = []
        for reached in tree.steps.get(id_, ()):
            child, parent = (id_, reached.id) if direction == "ancestors" else (reached.id, id_)
            said = stated(edges[child, reached.type, parent], papers)
            step = Step(entities[child], reached.type, entities[parent], said, direction, depth)
            first = tree.parents[reached.id] == id_ and reached == _first(tree, id_, reached.id)
            if not first:
                is_cycle = (id_, reached.id) in cyclic
                under = entities.get(tree.parents[reached.id])
                name = under.name if under else None
                made.append(Branch(step, "cycle" if is_cycle else "again", name))
                continue
            cut, deeper = tree.cut.get(reached.id, 0), tree.deeper.get(reached.id, 0)
            made.append(Branch(step, branches=grown(reached.id, depth + 1), cut=cut, deeper=deeper))
        return tuple(made)

    return grown(entity.id, 1)


def _first(tree: _Tree, from_: str, to: str) -> _Reached:
    """Of several steps between the same two, the one that what follows is shown under."""
    return next(step for step in tree.steps[from_] if step.id == to)


def _edges(
    store: Store, pairs: Iterable[tuple[str, str]], entities: Mapping[str, Entity]
) -> dict[tuple[str, str, str], list[Edge]]:
    by_labels: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for child, parent in sorted(pairs):
        by_labels[entities[child].label, entities[parent].label].append((child, parent))
    found: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for (child_label, parent_label), wanted in sorted(by_labels.items()):
        for edge in store.edges_between(child_label, parent_label, wanted):
            if edge.type in LINEAGE_TYPES:
                found[edge.start, edge.type, edge.end].append(edge)
    return found


def _cyclic(tree: _Tree) -> set[tuple[str, str]]:
    """The shown steps that lie on a cycle of shown steps."""
    ahead = {id_: {step.id for step in steps} for id_, steps in tree.steps.items()}

    def reaches(start: str, goal: str) -> bool:
        seen, stack = {start}, [start]
        while stack:
            id_ = stack.pop()
            if id_ == goal:
                return True
            fresh = ahead.get(id_, set()) - seen
            seen |= fresh
            stack.extend(fresh)
        return False

    again = [(a, b) for a, after in ahead.items() for b in after if tree.parents[b] != a]
    return {(a, b) for a, b in again if reaches(b, a)}


def _all(branches: Sequence[Branch]) -> Iterator[Branch]:
    for branch in branches:
        yield branch
        yield from _all(branch.branches)


def _not_an_artefact(store: Store, entity: Entity) -> QueryError:
    what = f"{entity.name} is {one_of(entity.label)}; lineages are of methods, models, benchmarks"
    if entity.label == "Paper":
        introduced = sorted(
            edge.end for edge in store.edges_out("Paper", [entity.id], ["INTRODUCES"])
        )
        names = [found.name for found in store.entities_by_id(introduced).values()]
        if names:
            return QueryError(what, remedy=f"it introduces {', '.join(sorted(names)[:3])}")
    return QueryError(what, remedy="name a method; graphkb search finds it")
