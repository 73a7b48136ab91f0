"""Graphs that the schema allows and that files trip over, to be asserted, taken away and back."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

from graphkb.build.intake import Intake
from graphkb.model.asserted_check import LABELS, TYPES, entity_properties
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.record import AssertedRecord
from graphkb.model.schema import PropertyType, ValueType, relationship_type
from graphkb.model.text import NONCHARACTERS
from graphkb.store.protocol import Store

ODD = (
    "emoji 👩‍🔬 and é, e\u0301",
    "right \u202eto left שלום",
    "control \x00\x07\x1b[31m \x1f end \ufffe",
    'quotes " and , and ; and <tag attr="x"> & &amp; ]]>',
    "lines\nwithin\r\nand\rtabs\t.\u2028",
    "  padded  ",
    "=1+1",
    "null",
    "NaN",
    "[1, 2]",
    "long",
)


def _lengthened(text: str) -> str:
    # Not as it is: a drawn text of 100 kB makes every message of a failure as long.
    return "xä" * 50_000 if text == "long" else text


texts = st.sampled_from(ODD).map(_lengthened) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1
)
names = texts.map(lambda text: NONCHARACTERS.sub("", text)[:900]).filter(bool)
ids = st.sampled_from(("a", "a b", "ä", "👩‍🔬", "שלום", '"x"', "<&>", "a#b%")) | st.text(
    "abc:/~é", min_size=1, max_size=4
)
_VALUES: dict[ValueType, st.SearchStrategy[Value]] = {
    "str": texts,
    "int": st.integers(-(2**63), 2**63 - 1),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
    "list": st.lists(texts, min_size=1, max_size=3).map(tuple),
}
# What graphkb itself holds to be so, whatever is asserted.
_SETTLED = frozenset({"name", "title", "former_ids", "support", "support_groups", "kind"})


def _properties(declared: Iterable[PropertyType]) -> st.SearchStrategy[dict[str, Value]]:
    free = {one.name: _VALUES[one.type] for one in declared if one.name not in _SETTLED}
    return st.fixed_dictionaries({}, optional=free)


def _entities(label: str) -> st.SearchStrategy[Entity]:
    scheme = "" if label == "Paper" else f"{label.lower()}:"
    own = _properties(entity_properties(label).values())

    def made(id_: str, name: str, properties: dict[str, Value]) -> Entity:
        title: dict[str, Value] = {"title": name} if label == "Paper" else {}
        return Entity(label, f"{scheme}{id_}", {**properties, "name": name, **title})

    return st.builds(made, ids, names, own)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw a graph: a few entities of any label, and edges between them that the schema allows."""
    kinds = st.one_of(*map(_entities, LABELS))
    entities = draw(st.lists(kinds, min_size=1, max_size=6, unique_by=lambda entity: entity.id))
    edges = []
    for type_ in draw(st.lists(st.sampled_from(TYPES), max_size=8)):
        declared = relationship_type(type_)
        starts = [entity for entity in entities if entity.label in declared.starts]
        ends = [entity for entity in entities if entity.label in declared.ends]
        if not starts or not ends:
            continue
        start, end = draw(st.sampled_from(starts)), draw(st.sampled_from(ends))
        own = (one for one in declared.properties if one.name != "paper")
        paper = draw(st.sampled_from([entity.id for entity in entities]) | ids)
        properties = draw(_properties(own))
        edges.append(Edge(start.id, type_, end.id, paper, start.label, end.label, properties))
    return Graph.of(entities, edges)


def assertions(graph: Graph) -> tuple[AssertedRecord, ...]:
    """Return the records that assert a graph, ground truth left out."""
    edges: dict[str, list[Edge]] = {}
    for _, edge in sorted(graph.edges.items()):
        edges.setdefault(edge.start, []).append(edge)
    return tuple(
        AssertedRecord(entity, tuple(edges.get(entity.id, ())))
        for entity in graph.entities.values()
        if entity.label in LABELS
    )


def asserting(name: str, graph: Graph) -> Intake:
    """Return a source that asserts a graph."""
    return Intake(f"test:{name}", f"place/{name}", assertions(graph), 0, (), ())


def held(store: Store) -> Graph:
    """Return what a store holds, without sources, records and decisions."""
    return Graph.of((e for e in store.entities() if e.label in LABELS), store.edges())
