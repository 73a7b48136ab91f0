"""Which part of a graph some ids, or the rows of an answer, are about."""

from __future__ import annotations

import graphkb
from graphkb.store.protocol import Rows
from graphkb.topic.subgraph import ids_in, subgraph


def test_ids_are_found_in_texts_lists_nodes_relationships_and_paths() -> None:
    node = {"id": "method:a", "labels": ["Method"], "properties": {"note": "method:no"}}
    link = {"start": "method:a", "type": "USES", "end": "method:b", "properties": {}}
    rows = Rows(
        ("a", "b"),
        (
            ("a sentence: of words", node),
            (["arxiv:2402.03300"], link),
            (None, {"nodes": [{"id": "task:t", "labels": []}], "relationships": [link]}),
        ),
    )
    assert ids_in(rows) == ("method:a", "arxiv:2402.03300", "method:b", "task:t")


def test_a_subgraph_has_the_edges_among_its_entities_with_their_sentences() -> None:
    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        found = subgraph(kb.store, ["method:grpo", "method:ppo", "method:none"])
        assert sorted(found.entities) == ["method:grpo", "method:ppo"]
        assert {edge.type for edge in found.edges.values()} == {"EXTENDS"}
        whole = kb.graph()
        assert all(whole.edges[key] == edge for key, edge in found.edges.items())


def test_of_everything_it_is_everything() -> None:
    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        whole = kb.graph()
        found = subgraph(kb.store, whole.entities)
        assert found == whole


def test_ground_truth_is_left_out() -> None:
    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        source = kb.sources()[0]
        assert subgraph(kb.store, [source.id]).entities == {}
