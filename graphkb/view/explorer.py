"""What the live explorer shows: a view that grows step by step, each step told by its address.

A view is a list of steps: seeds, the rows of a named query or of a statement, entities added,
expanded or taken off. The same steps on the same graph give the same view, so that an address is
a bookmark; a step starts from the view before it, which is remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

from graphkb.errors import QueryError
from graphkb.model.schema import ENTITY_TYPES
from graphkb.query.named import named_query, run_query
from graphkb.query.neighbours import hop_cost
from graphkb.query.resolve import resolve
from graphkb.topic.find import find_topic
from graphkb.topic.subgraph import ids_in, subgraph
from graphkb.view.payload import page_data
from graphkb.view.picture import picture_of

if TYPE_CHECKING:
    from graphkb.store.protocol import Rows, Store

__all__ = ["STEPS", "Explored", "Explorer", "Step"]

StepKind = Literal["seed", "query", "cypher", "add", "expand", "drop"]
STEPS: tuple[StepKind, ...] = get_args(StepKind)

SEED_LIMIT = 60
EXPAND_LIMIT = 25
MOST_ENTITIES = 2000
MOST_STEPS = 60
MOST_ROWS = 1000
MOST_SECONDS = 10.0
_REMEMBERED = 64
_CANDIDATES = 400
_UNDRAWN = {"Result", *(declared.label for declared in ENTITY_TYPES if declared.ground)}
# What everybody has would crowd out what tells: mentions and people come on their own page.
_LAST = ("MENTIONS", "AUTHORED_BY", "AFFILIATED_WITH")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a view.

    Parameters
    ----------
    kind : {'seed', 'query', 'cypher', 'add', 'expand', 'drop'}
        What it does.
    value : str
        A seed's name, a query's name, a statement, or an entity's id.
    arguments : tuple of (str, str)
        The parameters of a query or a statement.
    """

    kind: StepKind
    value: str
    arguments: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Explored:
    """What a view has come to.

    Parameters
    ----------
    ids : tuple of str
        The entities that are on it.
    focus : tuple of str
        Those that it is about.
    rows : Rows or None
        The answer to its last query or statement.
    more : mapping of str to int
        How many neighbours of an expanded entity are not yet on it.
    places : mapping of str to (int, int)
        Where things lie.
    data : mapping
        What the page's script draws.
    """

    ids: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    rows: Rows | None = None
    more: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)


class Explorer:
    """Answers views over one store.

    Parameters
    ----------
    store : Store
        Opened for reading.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: OrderedDict[tuple[Step, ...], Explored] = OrderedDict()

    def view(self, steps: Sequence[Step]) -> Explored:
        """Return what a list of steps has come to.

        Parameters
        ----------
        steps : sequence of Step
            From the first to the last.

        Returns
        -------
        Explored
            The same for the same steps and graph.

        Raises
        ------
        NotFoundError
            A name names nothing.
        QueryError
            There are too many steps, or a statement is wrong or no read.
        """
        if len(steps) > MOST_STEPS:
            raise QueryError(
                f"a view has at most {MOST_STEPS} steps", remedy="begin a new one from a name"
            )
        key = tuple(steps)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        before = self.view(key[:-1]) if key else Explored()
        found = self.after(before, key[-1]) if key else before
        self._known[key] = found
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found

    def after(self, before: Explored, step: Step) -> Explored:
        """Return what a view comes to by one more step.

        Parameters
        ----------
        before : Explored
            Stays as it is, and is where things lie.
        step : Step
            The next.

        Returns
        -------
        Explored
            Nothing is remembered.

        Raises
        ------
        NotFoundError, QueryError
            As :meth:`view` says.
        """
        ids, focus, rows, more = list(before.ids), list(before.focus), None, dict(before.more)
        if step.kind == "seed":
            found = find_topic(self._store, [step.value], limit=SEED_LIMIT)
            ids += [member.entity.id for member in found.members]
            focus += found.focus()
        elif step.kind == "query":
            rows = run_query(
                self._store,
                named_query(step.value),
                dict(step.arguments),
                limit=MOST_ROWS,
                timeout=MOST_SECONDS,
            )
            ids += ids_in(rows)
        elif step.kind == "cypher":
            rows = self._answer(step.value, dict(step.arguments))
            ids += ids_in(rows)
        elif step.kind == "add":
            ids.append(resolve(self._store, step.value).id)
            focus.append(ids[-1])
        elif step.kind == "drop":
            ids = [id_ for id_ in ids if id_ != step.value]
            focus = [id_ for id_ in focus if id_ != step.value]
        else:
            added, left = self._neighbours(step.value, set(ids))
            ids += [step.value, *added]
            more[step.value] = left
        return self._drawn(before, ids, focus, rows, more)

    def _answer(self, statement: str, parameters: Mapping[str, str]) -> Rows:
        from graphkb.store.lint import look_at

        look_at(statement, parameters, engine=self._store.engine)
        return self._store.cypher(
            statement, parameters, limit=MOST_ROWS, timeout=MOST_SECONDS, own=False
        )

    def _neighbours(self, id_: str, present: set[str]) -> tuple[list[str], int]:
        """The neighbours that tell most and are not there yet, and how many are left then."""
        entity = resolve(self._store, id_)
        cost: dict[str, int] = {}
        for link in self._store.links(entity.label, [entity.id]):
            if link.label in _UNDRAWN or link.other in present:
                continue
            last = 10_000 if link.type in _LAST else 0
            paid = last + hop_cost(link.type, link.confidence)
            cost[link.other] = min(cost.get(link.other, paid), paid)
        near = sorted(cost, key=lambda other: (cost[other], other))[:_CANDIDATES]
        known = self._store.entities_by_id(near)

        def rank(other: str) -> tuple[int, int, str]:
            support = known[other].properties.get("support")
            # Of what is about as near the better supported comes first.
            return (cost[other] // 400, -(support if isinstance(support, int) else 0), other)

        chosen = sorted((other for other in near if other in known), key=rank)[:EXPAND_LIMIT]
        return chosen, len(cost) - len(chosen)

    def _drawn(
        self,
        before: Explored,
        ids: Iterable[str],
        focus: Iterable[str],
        rows: Rows | None,
        more: Mapping[str, int],
    ) -> Explored:
        wanted = list(dict.fromkeys(ids))
        graph = subgraph(self._store, wanted[:MOST_ENTITIES])
        present = tuple(id_ for id_ in wanted if id_ in graph.entities)
        about = tuple(id_ for id_ in dict.fromkeys(focus) if id_ in graph.entities)
        picture = picture_of(
            graph, focus=about, limit=MOST_ENTITIES, left_out=max(len(wanted) - MOST_ENTITIES, 0)
        )
        title = " · ".join(graph.entities[id_].name for id_ in about[:4]) or "Papers and methods"
        data = page_data(picture, title=title, focus=about, pinned=before.places)
        nodes = data["network"]["nodes"]
        places = {
            entity.id: (node["x"], node["y"])
            for entity, node in zip(picture.entities, nodes, strict=True)
        }
        return Explored(present, about, rows, more, places, data)
