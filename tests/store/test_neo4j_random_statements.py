"""Random statements have the rows of Neo4j on the embedded store, or are refused there."""

import os
from collections import Counter

import pytest
from fuzz_stores import BEYOND, BOTH, EQUAL, LOUD, REFUSED, SILENT, Outcome, compared, outcomes
from random_statements import random_graph, random_statement

from graphkb.model.graph import graph_digest

STATEMENTS = int(os.environ.get("GRAPHKB_EXAMPLES", "0")) or 200
SEED = 1


@pytest.fixture
def found(neo4j_url: str) -> list[Outcome]:
    return list(outcomes(neo4j_url, SEED, range(STATEMENTS)))


def test_no_statement_is_answered_otherwise_without_a_word_and_most_are_answered(
    found: list[Outcome],
) -> None:
    silent = [outcome for outcome in found if outcome.kind == SILENT]
    assert silent == []
    kinds = Counter(outcome.kind for outcome in found)
    asked = kinds[EQUAL] + kinds[REFUSED] + kinds[LOUD]
    assert asked > 0.9 * len(found)
    assert kinds[EQUAL] > 0.8 * asked
    assert sum(bool(outcome.neo4j) for outcome in found) > 0.2 * len(found)


def test_the_same_seed_gives_the_same_graph_and_statement() -> None:
    digests = [
        graph_digest(g.entities.values(), g.edges.values())
        for g in (random_graph(1), random_graph(1))
    ]
    assert digests[0] == digests[1]
    assert random_statement(1, 7) == random_statement(1, 7) != random_statement(2, 7)


def test_the_graphs_have_loops_parallel_edges_and_missing_values() -> None:
    graphs = [random_graph(seed) for seed in range(20)]
    edges = [edge for graph in graphs for edge in graph.edges.values()]
    assert any(edge.start == edge.end for edge in edges)
    shared = [Counter((e.start, e.type, e.end) for e in g.edges.values()) for g in graphs]
    assert sum(max(pairs.values(), default=0) > 1 for pairs in shared) > 10
    methods = [e for graph in graphs for e in graph.entities.values() if e.label == "Method"]
    assert any("support" not in e.properties for e in methods)


def test_the_statements_use_the_whole_language_that_is_read() -> None:
    features = Counter(f for number in range(1500) for f in random_statement(1, number).features)
    wanted = (
        *("OPTIONAL MATCH", "WHERE", "WITH", "UNWIND", "UNION", "CALL { }", "EXISTS { }"),
        *("COUNT { }", "CASE", "IN", "STARTS WITH", "IS NULL", "variable length", "parameter"),
        *("list comprehension", "pattern comprehension", "map projection", "SKIP", "LIMIT"),
        *("date()", "reduce()", "aggregation collect", "aggregation distinct", "null"),
    )
    assert [feature for feature in wanted if features[feature] < 5] == []


@pytest.mark.parametrize(
    ("embedded", "neo4j", "kind"),
    [
        ([[1], [2]], [[2], [1]], EQUAL),
        ([[["b", "a"]]], [[["a", "b"]]], EQUAL),
        ([[1]], [[1.0]], SILENT),
        ([], [[None]], SILENT),
        ("line 1: there is no label X. Did you mean Y?", [[1]], REFUSED),
        ("the embedded store refuses the statement: x", [[1]], LOUD),
        ([[1]], "Neo4j refuses the statement: x", BEYOND),
        ("no", "no", BOTH),
    ],
)
def test_what_two_answers_are_to_each_other(
    embedded: list[object] | str, neo4j: list[object] | str, kind: str
) -> None:
    assert compared(embedded, neo4j, ordered=False) == kind


def test_where_the_order_is_told_it_counts() -> None:
    assert compared([[1], [2]], [[2], [1]], ordered=True) == SILENT
