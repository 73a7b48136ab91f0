"""The Cypher that graphkb runs is made from the schema, and from nothing else."""

from collections.abc import Callable

import pytest

from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.store import statements

UPSERT_ENTITIES = """\
UNWIND $rows AS row
MERGE (n:{label} {{id: row.id}})
SET n = row.properties
RETURN count(*) AS written"""

UPSERT_EDGES = """\
UNWIND $rows AS row
MATCH (a:{start} {{id: row.from_id}})
MATCH (b:{end} {{id: row.to_id}})
MERGE (a)-[r:{type} {{paper: row.paper}}]->(b)
SET r = row.properties
RETURN count(*) AS written"""


@pytest.mark.parametrize("label", [declared.label for declared in ENTITY_TYPES])
def test_entities_of_each_label_are_merged_by_id_and_replaced(label: str) -> None:
    assert statements.upsert_entities(label) == UPSERT_ENTITIES.format(label=label)


@pytest.mark.parametrize(
    ("start", "type_", "end"),
    [
        (start, declared.name, end)
        for declared in RELATIONSHIP_TYPES
        for start in declared.starts
        for end in declared.ends
    ],
)
def test_edges_of_each_type_bind_both_ends_before_they_are_merged_by_paper(
    start: str, type_: str, end: str
) -> None:
    expected = UPSERT_EDGES.format(start=start, type=type_, end=end)
    assert statements.upsert_edges(start, type_, end) == expected


def test_names_and_what_the_schema_says_are_indexed() -> None:
    named = {
        declared.label: statements.indexed_properties(declared.label) for declared in ENTITY_TYPES
    }
    by_identity = ("arxiv", "doi", "openalex", "s2", "dblp", "aminer", "repository", "title_key")
    assert named.pop("Record") == ("source", "paper", *by_identity)
    assert named.pop("Source") == ()
    assert named.pop("Decision") == ()
    assert named.pop("Author") == ("name", "key")
    assert set(named.values()) == {("name",)}


HOSTILE = "Task) DETACH DELETE n //"

ONE_LABEL: list[Callable[[str], object]] = [
    statements.constraint,
    statements.delete_entities,
    statements.edges_touching,
    statements.entities_by_id,
    statements.entities_of_label,
    statements.indexed_properties,
    statements.upsert_entities,
    statements.edges_of_type,
]


@pytest.mark.parametrize("make", ONE_LABEL)
def test_a_name_that_is_not_declared_never_becomes_cypher(make: Callable[[str], object]) -> None:
    with pytest.raises(KeyError):
        make(HOSTILE)


@pytest.mark.parametrize("place", range(3))
def test_no_part_of_an_edge_statement_takes_an_undeclared_name(place: int) -> None:
    names = ["Paper", "CITES", "Paper"]
    names[place] = HOSTILE
    for make in (statements.upsert_edges, statements.delete_edges):
        with pytest.raises(KeyError):
            make(*names)


def test_an_undeclared_property_is_not_indexed() -> None:
    with pytest.raises(KeyError):
        statements.index("Task", "name) OPTIONS {} //")
