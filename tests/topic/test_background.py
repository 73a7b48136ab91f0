"""What stands behind a topic: papers it quotes or that introduce its things, and authors."""

from pathlib import Path

import pytest

import graphkb
from graphkb.errors import StoreClosedError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Edge, Entity, Value
from graphkb.store import Changes, open_store
from graphkb.topic.background import background


def paper(number: int) -> Entity:
    name = f"Paper {number}"
    return Entity("Paper", f"arxiv:{number}", {"name": name, "title": name, "stub": False})


def edge(start: Entity, type_: str, end: Entity, by: Entity) -> Edge:
    said: dict[str, Value] = {"confidence": 900, "rule": "record"}
    return Edge(start.id, type_, end.id, by.id, start.label, end.label, said)


KNOT = Entity("Method", "method:knot", {"name": "Knot", "kind": "method"})
REEF = Entity("Method", "method:reef", {"name": "Reef", "kind": "method"})
ADA = Entity("Author", "author:ada", {"name": "Ada Tier"})
ORIGIN, ABOUT = paper(1), paper(2)


def changes() -> Changes:
    return Changes(
        entities=(KNOT, REEF, ADA, ORIGIN, ABOUT),
        edges=(
            edge(ORIGIN, "INTRODUCES", KNOT, ORIGIN),
            edge(REEF, "EXTENDS", KNOT, ABOUT),
            edge(ABOUT, "INTRODUCES", REEF, ABOUT),
            edge(ABOUT, "AUTHORED_BY", ADA, ABOUT),
        ),
    )


def test_who_states_and_who_introduces_stand_behind_with_their_authors(base: KnowledgeBase) -> None:
    methods = base.topic("Knot", kinds=["method"])
    assert set(methods.graph.entities) == {KNOT.id, REEF.id}
    behind = methods.background()
    assert set(behind.entities) == {ORIGIN.id, ABOUT.id, ADA.id}
    assert {edge[:3] for edge in behind.edges} == {
        (ORIGIN.id, "INTRODUCES", KNOT.id),
        (ABOUT.id, "INTRODUCES", REEF.id),
        (ABOUT.id, "AUTHORED_BY", ADA.id),
    }


def test_what_is_in_the_topic_does_not_stand_behind_it(base: KnowledgeBase) -> None:
    graph = base.topic("Knot", kinds=["method", "paper", "author"]).graph
    assert {ORIGIN.id, ABOUT.id} <= graph.entities.keys()
    assert ADA.id in graph.entities
    behind = background(base.store, graph)
    assert not behind.entities.keys() & graph.entities.keys()
    assert not behind.edges.keys() & graph.edges.keys()


def test_of_a_store_in_memory_it_is_asked_once_and_while_that_is_open() -> None:
    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        early, late = kb.topic("RLHF"), kb.topic("RLHF")
        found = early.background()
    assert early.background() is found
    assert early == late
    with pytest.raises(StoreClosedError, match="closed") as error:
        late.background()
    assert "before that" in str(error.value.remedy)


@pytest.fixture
def kept(tmp_path: Path) -> str:
    url = str(tmp_path / "graph.kgl")
    with open_store(url, write=True) as store:
        store.write(changes())
    return url


def test_a_topic_outlives_its_store(kept: str, tmp_path: Path) -> None:
    with graphkb.open(kept) as base:
        within = base.topic("Knot", kinds=["method"])
        expected = within.text()
    with graphkb.open(kept) as base:
        topic = base.topic("Knot", kinds=["method"])
        more = base.completed(topic)
    assert set(topic.background().entities) == {ORIGIN.id, ABOUT.id, ADA.id}
    assert topic.text() == expected
    assert more.background() == topic.background()
    assert topic.export("bibtex", tmp_path / "x.bib").read_text(encoding="utf-8").count("@") == 2
