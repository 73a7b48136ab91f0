"""Small random graphs of few ids, so that two of them have much in common."""

from __future__ import annotations

from hypothesis import strategies as st

from graphkb.model.graph import Edge, Entity, Graph, Value

__all__ = ["graphs"]

_TEXTS = st.sampled_from(
    ["GRPO", "<b>", "a | b", "\u202eevil", "=1+1", "x\ny", "\x1b[31m", "\U0001d50a"]
)
_PAPERS = [f"arxiv:{number}" for number in range(4)]
_TITLES = ["title:a", "title:b"]
_NAMES = ["method:a", "method:b", "method:c"]
_AUTHORS = ["author:a", "author:b~1"]


def _paper(id_: str) -> st.SearchStrategy[Entity]:
    former = st.lists(st.sampled_from(_TITLES), max_size=2, unique=True)
    return st.builds(
        lambda name, stub, ids: Entity(
            "Paper",
            id_,
            {
                "name": name,
                "title": name,
                "stub": stub,
                **({"former_ids": tuple(sorted(ids))} if ids and id_ not in _TITLES else {}),
            },
        ),
        _TEXTS,
        st.booleans(),
        former,
    )


def _artefact(id_: str) -> st.SearchStrategy[Entity]:
    return st.builds(
        lambda label, name, support: Entity(label, id_, {"name": name, "support": support}),
        st.sampled_from(["Method", "Benchmark"]),
        _TEXTS,
        st.integers(0, 3),
    )


def _author(id_: str) -> st.SearchStrategy[Entity]:
    return st.just(Entity("Author", id_, {"name": "A", "key": "a"}))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw a graph of papers, methods and benchmarks, and authors."""
    makers = [(_paper, [*_PAPERS, *_TITLES]), (_artefact, _NAMES), (_author, _AUTHORS)]
    entities = [
        draw(make(id_))
        for make, ids in makers
        for id_ in draw(st.lists(st.sampled_from(ids), unique=True))
    ]
    papers = [one for one in entities if one.label == "Paper"]
    artefacts = [one for one in entities if one.label in ("Method", "Benchmark")]
    authors = [one for one in entities if one.label == "Author"]
    edges: list[Edge] = []
    for type_, starts, ends in (
        ("INTRODUCES", papers, artefacts),
        ("EXTENDS", artefacts, artefacts),
        ("AUTHORED_BY", papers, authors),
        ("CITES", papers, papers),
    ):
        if not (starts and ends and papers):
            continue
        for start, end in draw(
            st.lists(st.tuples(st.sampled_from(starts), st.sampled_from(ends)), max_size=4)
        ):
            by = draw(st.sampled_from(papers))
            told: dict[str, Value] = {
                "evidence": draw(_TEXTS),
                "confidence": draw(st.integers(1, 3)),
            }
            edges.append(Edge(start.id, type_, end.id, by.id, start.label, end.label, told))
    return Graph.of(entities, edges)
