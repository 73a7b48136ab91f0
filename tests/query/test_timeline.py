"""The papers that take a method up are the same on both stores."""

from collections.abc import Iterator

import pytest

from graphkb.errors import QueryError
from graphkb.model.graph import Edge, Entity, Value
from graphkb.query.timeline import timeline
from graphkb.store import Changes, Store, open_store


def paper(number: int, published: str | None, **more: Value) -> Entity:
    known: dict[str, Value] = {"name": f"P{number}", "title": f"P{number}", **more}
    if published:
        known["published"] = published
    return Entity("Paper", f"arxiv:240{number}.00001", known)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    method = Entity("Method", "method:x", {"name": "X"})
    other = Entity("Method", "method:a", {"name": "A"})
    papers = [
        paper(1, "2024-01-05"),
        paper(2, "2024-03"),
        paper(3, None),
        paper(4, "2024-05-01", stub=True),
        paper(5, "2024-06-01"),
    ]
    stated = [
        (papers[0], "USES", papers[0], method),
        (papers[0], "EXTENDS", other, method),
        (papers[1], "COMPARED_WITH", method, other),
        (papers[2], "CRITIQUES", papers[2], method),
        (papers[3], "USES", papers[3], method),
        (papers[4], "MENTIONS", papers[4], method),
    ]
    edges = tuple(
        Edge(start.id, type_, end.id, by.id, start.label, end.label, {"rule": "test"})
        for by, type_, start, end in stated
    )
    with open_store(store_url, write=True) as opened:
        opened.write(Changes(entities=(method, other, *papers), edges=edges))
        yield opened


def test_a_paper_counts_once_by_the_most_telling_of_what_it_states(store: Store) -> None:
    found = timeline(store, store.entities_by_id(["method:x"])["method:x"])
    assert [(one.paper.name, one.type, one.date) for one in found.papers] == [
        ("P1", "EXTENDS", "2024-01-05"),
        ("P2", "COMPARED_WITH", "2024-03"),
        ("P3", "CRITIQUES", None),
    ]


def test_a_paper_has_no_timeline(store: Store) -> None:
    with pytest.raises(QueryError, match="which has no timeline"):
        timeline(store, paper(1, None))
