"""What every store does, run once for each engine."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

from graphkb.errors import QueryError, StoreError
from graphkb.model.graph import Edge, Entity, graph_digest
from graphkb.store import Changes, Store, open_store


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as opened:
        yield opened


def task(name: str, **properties: Any) -> Entity:
    return Entity("Task", f"task:{name}", {"name": name, **properties})


def method(name: str, **properties: Any) -> Entity:
    return Entity("Method", f"method:{name}", {"name": name, **properties})


def extends(start: Entity, end: Entity, paper: str = "arxiv:1", **properties: Any) -> Edge:
    return Edge(start.id, "EXTENDS", end.id, paper, start.label, end.label, properties)


def entities(store: Store) -> list[Entity]:
    return sorted(store.entities(), key=lambda entity: entity.id)


def edges(store: Store) -> list[Edge]:
    return sorted(store.edges(), key=lambda edge: edge.key)


def test_what_is_written_is_read_back(store: Store, sample: Changes) -> None:
    store.write(sample)
    assert entities(store) == sorted(sample.entities, key=lambda entity: entity.id)
    assert edges(store) == sorted(sample.edges, key=lambda edge: edge.key)


def test_what_is_written_is_there_when_the_store_is_opened_again(
    store_url: str, sample: Changes
) -> None:
    with open_store(store_url, write=True) as store:
        store.write(sample)
    with open_store(store_url) as store:
        assert graph_digest(store.entities(), store.edges()) == graph_digest(
            sample.entities, sample.edges
        )


def test_the_ids_of_a_label_are_read_in_order(store: Store, sample: Changes) -> None:
    store.write(sample)
    for label in ("Paper", "Method", "Task"):
        expected = sorted(entity.id for entity in sample.entities if entity.label == label)
        assert store.ids(label) == expected


def test_writing_the_same_again_changes_nothing(store: Store, sample: Changes) -> None:
    store.write(sample)
    before = graph_digest(store.entities(), store.edges())
    store.write(sample)
    assert graph_digest(store.entities(), store.edges()) == before


def test_a_store_of_nothing_yields_nothing(store: Store) -> None:
    assert list(store.entities()) == []
    assert list(store.edges()) == []
    assert store.entities_by_id(["task:a"]) == {}
    assert list(store.records("bibtex:a.bib")) == []


def test_no_changes_write_nothing(store: Store) -> None:
    store.write(Changes())
    assert list(store.entities()) == []


def test_a_property_that_is_gone_is_gone(store: Store) -> None:
    store.write(Changes(entities=(method("m", long_name="Long", support=3, aliases=("M1",)),)))
    store.write(Changes(entities=(method("m", support=4),)))
    assert entities(store) == [method("m", support=4)]


def test_a_property_of_an_edge_that_is_gone_is_gone(store: Store) -> None:
    a, b = method("a"), method("b")
    store.write(Changes(entities=(a, b), edges=(extends(a, b, evidence="A is B.", begin=0),)))
    store.write(Changes(edges=(extends(a, b, confidence=900),)))
    assert edges(store) == [extends(a, b, confidence=900)]


def test_the_same_edge_of_two_papers_is_two_edges(store: Store) -> None:
    a, b = method("a"), method("b")
    both = (extends(a, b, "arxiv:1", begin=1), extends(a, b, "arxiv:2", begin=2))
    store.write(Changes(entities=(a, b), edges=both))
    assert edges(store) == list(both)


def test_of_two_parallel_edges_the_one_that_is_meant_is_deleted(store: Store) -> None:
    a, b = method("a"), method("b")
    first, second = extends(a, b, "arxiv:1"), extends(a, b, "arxiv:2")
    store.write(Changes(entities=(a, b), edges=(first, second)))
    store.write(Changes(delete_edges=(first,)))
    assert edges(store) == [second]


def test_an_edge_may_begin_where_it_ends(store: Store) -> None:
    a = method("a")
    store.write(Changes(entities=(a,), edges=(extends(a, a),)))
    assert edges(store) == [extends(a, a)]
    assert store.neighbourhood([a.id]) == ((a,), (extends(a, a),))


def test_edges_go_before_the_entities_that_they_join(store: Store) -> None:
    a, b = method("a"), method("b")
    store.write(Changes(entities=(a, b), edges=(extends(a, b),)))
    store.write(Changes(delete_edges=(extends(a, b),), delete_entities=(a, b)))
    assert entities(store) == []


def test_an_entity_comes_back_under_another_label_in_one_write(store: Store) -> None:
    before, after = method("x"), Entity("Benchmark", "method:x", {"name": "x"})
    store.write(Changes(entities=(before,)))
    store.write(Changes(delete_entities=(before,), entities=(after,)))
    assert entities(store) == [after]
    assert store.entities_by_id(["method:x"]) == {"method:x": after}


def test_an_entity_with_edges_left_is_not_deleted(store: Store) -> None:
    a, b = method("a"), method("b")
    store.write(Changes(entities=(a, b), edges=(extends(a, b),)))
    with pytest.raises(StoreError):
        store.write(Changes(delete_entities=(a,)))
    assert entities(store) == [a, b]


def test_deleting_what_is_not_there_is_no_error(store: Store) -> None:
    a, b = method("a"), method("b")
    store.write(Changes(delete_edges=(extends(a, b),), delete_entities=(a,)))
    assert entities(store) == []


def test_an_edge_to_what_is_not_there_is_an_error_and_nothing_is_written(store: Store) -> None:
    a, b = method("a"), method("b")
    with pytest.raises(StoreError, match="'method:b', which is not in the store"):
        store.write(Changes(entities=(a,), edges=(extends(a, b),)))
    assert entities(store) == []


ODD = {
    "quotes": "a'b\"c`d",
    "backslashes": "a\\b\\\\'n\\n",
    "parameter": "$rows {id: 1} //",
    "emoji": "run \U0001f3c3\U0001f3fd\u200d\u2640\ufe0f fast",
    "accent in one": "\u00e9lan",
    "accent in two": "e\u0301lan",
    "right to left": "\u0645\u0633\u0627\u0631",
    "Chinese": "\u5f3a\u5316\u5b66\u4e60",
    "digits": "007",
    "date": "2019-05-24",
    "boolean": "true",
    "null": "null",
    "lines": "a\nb\tc",
    "long": "x" * 1_000,
}


def test_an_id_and_a_text_may_be_anything(store: Store) -> None:
    plain = method("plain")
    odd = [method(name, long_name=name, aliases=(name, "x")) for name in ODD.values()]
    odd_edges = [
        extends(entity, plain, paper=f"title:{entity.name}", evidence=entity.name) for entity in odd
    ]
    store.write(Changes(entities=(plain, *odd), edges=tuple(odd_edges)))
    found, touching = store.neighbourhood([entity.id for entity in odd])
    assert {entity.id: entity for entity in found} == {entity.id: entity for entity in odd}
    assert {edge.key: edge for edge in touching} == {edge.key: edge for edge in odd_edges}


def test_a_text_of_100_kilobytes_is_kept(store: Store) -> None:
    text = "Wörter und words. " * 6_000
    paper = Entity("Paper", "arxiv:1", {"name": "Long", "title": "Long", "abstract": text})
    store.write(Changes(entities=(paper,)))
    assert entities(store) == [paper]


def test_values_keep_their_types(store: Store) -> None:
    result = Entity("Result", "result:1", {"name": "r", "value": 2.0, "value_text": "2"})
    other = Entity("Result", "result:2", {"name": "r", "value": -0.1})
    paper = Entity(
        "Paper",
        "arxiv:1",
        {"name": "1", "title": "1", "year": 2**53 + 1, "stub": False, "former_ids": ("1", "2.0")},
    )
    store.write(Changes(entities=(result, other, paper)))
    found = store.entities_by_id(["result:1", "result:2", "arxiv:1"])
    assert found == {entity.id: entity for entity in (result, other, paper)}
    assert [type(value) for value in found["result:1"].properties.values()].count(float) == 1
    assert type(found["arxiv:1"].properties["year"]) is int
    assert found["arxiv:1"].properties["stub"] is False


def test_a_value_that_the_schema_does_not_allow_is_refused_before_anything_is_written(
    store: Store,
) -> None:
    wrong = Entity("Result", "result:1", {"name": "r", "value": math.nan})
    with pytest.raises(StoreError, match="value is nan, which is no figure"):
        store.write(Changes(entities=(task("before"), wrong)))
    assert entities(store) == []


def test_an_edge_between_labels_that_its_type_does_not_join_is_refused(store: Store) -> None:
    a, b = task("a"), task("b")
    with pytest.raises(StoreError, match="EXTENDS joins no Task to a Task"):
        store.write(Changes(entities=(a, b), edges=(extends(a, b),)))


def test_entities_of_some_labels_alone(store: Store, sample: Changes) -> None:
    store.write(sample)
    assert {entity.label for entity in store.entities(["Task", "Result"])} == {"Task", "Result"}


def test_edges_of_some_types_alone(store: Store, sample: Changes) -> None:
    store.write(sample)
    assert [edge.key for edge in store.edges(["OF"])] == [
        ("result:1", "OF", "method:sprint", "arxiv:2")
    ]


def test_links_tell_what_is_joined_each_edge_once(store: Store, sample: Changes) -> None:
    store.write(sample)
    found = {(k.other, k.label, k.type, k.paper, k.outgoing, k.confidence)
             for k in store.links("Method", ["method:gait"])}  # fmt: skip
    assert found == {
        ("arxiv:1", "Paper", "INTRODUCES", "arxiv:1", False, 900),
        ("method:sprint", "Method", "EXTENDS", "arxiv:2", False, 700),
        ("method:sprint", "Method", "EXTENDS", "arxiv:3", False, 650),
        ("method:sprint", "Method", "OUTPERFORMS", "arxiv:2", False, 1000),
        ("task:moving", "Task", "APPLIED_TO", "arxiv:1", True, 1000),
    }
    assert [link.id for link in store.links("Method", ["method:loop"])] == ["method:loop"]


def test_links_may_be_of_some_types_and_only_those_that_go_out(
    store: Store, sample: Changes
) -> None:
    store.write(sample)
    ids = ["method:gait", "method:sprint", "method:unknown"]
    out = store.links("Method", ids, ["EXTENDS", "APPLIED_TO"], outgoing=True)
    assert sorted((link.id, link.other, link.paper) for link in out) == [
        ("method:gait", "task:moving", "arxiv:1"),
        ("method:sprint", "method:gait", "arxiv:2"),
        ("method:sprint", "method:gait", "arxiv:3"),
    ]
    assert list(store.links("Method", [])) == []


def test_degrees_count_the_edges_that_touch_a_thing(store: Store, sample: Changes) -> None:
    store.write(sample)
    ids = ["method:gait", "method:loop", "method:unknown"]
    assert store.degrees("Method", ids) == {"method:gait": 5, "method:loop": 1}
    assert store.degrees("Method", ids, ["EXTENDS"]) == {"method:gait": 2, "method:loop": 1}


def test_edges_between_go_from_the_first_of_each_pair_to_the_second(
    store: Store, sample: Changes
) -> None:
    store.write(sample)
    pairs = [("method:sprint", "method:gait"), ("method:gait", "method:sprint")]
    found = store.edges_between("Method", "Method", [*pairs, ("method:loop", "method:loop")])
    wanted = [e for e in sample.edges if (e.start_label, e.end_label) == ("Method", "Method")]
    assert sorted(found, key=lambda edge: edge.key) == sorted(wanted, key=lambda edge: edge.key)


def test_a_neighbourhood_is_the_entities_and_the_edges_that_touch_them(
    store: Store, sample: Changes
) -> None:
    store.write(sample)
    found, touching = store.neighbourhood(["method:gait", "task:moving", "task:unknown"])
    assert sorted(entity.id for entity in found) == ["method:gait", "task:moving"]
    assert sorted(edge.key for edge in touching) == [
        ("arxiv:1", "INTRODUCES", "method:gait", "arxiv:1"),
        ("method:gait", "APPLIED_TO", "task:moving", "arxiv:1"),
        ("method:sprint", "EXTENDS", "method:gait", "arxiv:2"),
        ("method:sprint", "EXTENDS", "method:gait", "arxiv:3"),
        ("method:sprint", "OUTPERFORMS", "method:gait", "arxiv:2"),
    ]


def test_unknown_ids_are_absent(store: Store, sample: Changes) -> None:
    store.write(sample)
    assert list(store.entities_by_id(["arxiv:1", "arxiv:99", "arxiv:1"])) == ["arxiv:1"]


def test_the_records_of_one_source(store: Store) -> None:
    records = tuple(
        Entity(
            "Record", f"{source}#{n}", {"name": n, "source": source, "payload": f'{{"k":"{n}"}}'}
        )
        for source in ("bibtex:a.bib", "bibtex:b.bib")
        for n in "12"
    )
    store.write(Changes(entities=records))
    found = sorted(store.records("bibtex:b.bib"), key=lambda record: record.id)
    assert found == list(records[2:])


def test_entities_may_be_read_while_others_are_written(store: Store) -> None:
    store.write(Changes(entities=tuple(task(str(n)) for n in range(50))))
    for entity in store.entities(["Task"]):
        store.write(Changes(entities=(structs.replace(entity, label="Author"),)))
    assert len(list(store.entities(["Author"]))) == 50


def test_more_changes_than_one_batch_holds_are_written(store: Store) -> None:
    many = tuple(task(str(n)) for n in range(7_000))
    store.write(Changes(entities=many))
    assert store.cypher("MATCH (t:Task) RETURN count(t) AS n").rows == ((7_000,),)


def test_a_store_that_was_opened_for_reading_is_not_written(store_url: str) -> None:
    with open_store(store_url, write=True) as store:
        store.write(Changes(entities=(task("a"),)))
    with open_store(store_url) as store, pytest.raises(StoreError, match="opened for reading"):
        store.write(Changes(entities=(task("b"),)))


def test_a_closed_store_says_so(store_url: str) -> None:
    store = open_store(store_url, write=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="the store is closed"):
        store.cypher("RETURN 1 AS one")


def test_a_refused_statement_changes_nothing(store: Store, sample: Changes) -> None:
    store.write(sample)
    before = graph_digest(store.entities(), store.edges())
    for statement in ("MATCH (n) DETACH DELETE n", "MATCH (n) SET n.name = 'x'", "CREATE (:Task)"):
        with pytest.raises(QueryError, match="would change the store"):
            store.cypher(statement)
    assert graph_digest(store.entities(), store.edges()) == before


def test_an_engine_refuses_a_write_even_where_the_guard_would_let_it_through(
    store: Store, sample: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(sample)
    module = f"graphkb.store.{store.engine}.check_statement"
    monkeypatch.setattr(module, lambda statement: statement)
    for statement in ("MATCH (n) SET n.name = 'x'", "MERGE (n:Task {id: 'task:z'}) RETURN n.id"):
        with pytest.raises(QueryError, match="would change the store"):
            store.cypher(statement)
    assert len(list(store.entities())) == len(sample.entities)
