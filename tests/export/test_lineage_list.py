"""The nested list of lineages: each thing once in full, whatever circles there are."""

from hypothesis import given
from hypothesis import strategies as st
from knot_world import GRANNY, GRAPH, HITCH, KNOT, REEF, method, paper, said

from graphkb.export.lineage_list import lineage_list

PAPERS = {id_: e for id_, e in GRAPH.entities.items() if e.label == "Paper"}
THINGS = [method(f"m{n}", f"M{n}", first_stated=str(2000 + n)) for n in range(8)]
PAPER = paper(9, "P", published="2020")


def test_a_thing_stands_under_what_it_extends() -> None:
    lines = list(lineage_list(GRAPH.entities, GRAPH.edges.values(), PAPERS))
    assert [(line.depth, line.entity, line.state) for line in lines] == [
        (0, KNOT, "full"),
        (1, REEF, "full"),
        (2, GRANNY, "full"),
        (3, KNOT, "circle"),
        (1, HITCH, "full"),
    ]


def test_the_trees_of_what_matters_come_first() -> None:
    old, new, child = THINGS[0], THINGS[5], THINGS[6]
    edges = [said(THINGS[1], "EXTENDS", old, PAPER), said(child, "EXTENDS", new, PAPER)]
    held = {thing.id: thing for thing in THINGS}
    roots = [line.entity for line in lineage_list(held, edges, {}, [child.id]) if not line.depth]
    assert roots == [new, old]
    roots = [line.entity for line in lineage_list(held, edges, {}) if not line.depth]
    assert roots == [old, new]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(THINGS), st.sampled_from(["EXTENDS", "GENERALIZES"]),
            st.sampled_from(THINGS), st.integers(1, 1000),
        ),
        max_size=20,
    )
)  # fmt: skip
def test_each_thing_stands_in_full_once_and_each_step_once(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    held = {thing.id: thing for thing in THINGS}
    edges = [said(a, type_, b, PAPER, "x", confidence=sure) for a, type_, b, sure in steps]
    lines = list(lineage_list(held, edges, {PAPER.id: PAPER}))
    pairs = {(e.start, e.end) for e in edges if e.start != e.end}
    full = [line.entity.id for line in lines if line.state == "full"]
    assert sorted(full) == sorted({id_ for pair in pairs for id_ in pair})
    told = [(line.entity.id, line.parent.id) for line in lines if line.parent is not None]
    assert sorted(told) == sorted(pairs)
    path: list[str] = []
    for line in lines:
        assert line.depth <= len(path)
        del path[line.depth :]
        assert (path[-1] if path else None) == (line.parent.id if line.parent else None)
        assert (line.state == "circle") == (line.entity.id in path)
        if line.state == "full":
            path.append(line.entity.id)
    again = list(lineage_list(dict(reversed(held.items())), reversed(edges), {PAPER.id: PAPER}))
    assert again == lines
