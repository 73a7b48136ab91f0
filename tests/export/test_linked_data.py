"""Turtle and JSON-LD, read by rdflib: one set of triples, each statement with its paper."""

import json
import math
from pathlib import Path

import pytest
from hostile_text import PAYLOADS, hostile
from rdflib import RDF, RDFS, XSD, BNode, Literal, Namespace, URIRef
from rdflib import Graph as Triples
from rdflib.term import Node

import graphkb
from graphkb.export.content import GraphContent
from graphkb.export.resource import entity_iri
from graphkb.export.vocabulary import expanded, property_name, relationship_name, vocabulary
from graphkb.export.write import Exported, write_export
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

# rdflib's own parser of JSON-LD uses what rdflib gives up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

SCHEMA = Namespace("https://schema.org/")
CITO = Namespace("http://purl.org/spar/cito/")
GKB = Namespace("urn:graphkb:vocabulary:")
FORMATS = {"turtle": "turtle", "json-ld": "json-ld"}
PAPER = "arxiv:2401.00001"
ADDRESS = URIRef("https://arxiv.org/abs/2401.00001")


def both(graph: Graph, folder: Path) -> tuple[Triples, Exported]:
    """Return the triples of a graph, which both formats agree on."""
    done = {name: write_export(GraphContent(graph), name, folder / name) for name in FORMATS}
    read = {name: Triples().parse(folder / name, format=FORMATS[name]) for name in FORMATS}
    # Nothing is without a name, so that the same triples are the same set.
    assert not any(isinstance(term, BNode) for triple in read["turtle"] for term in triple)
    assert set(read["turtle"]) == set(read["json-ld"])
    assert done["turtle"].losses == done["json-ld"].losses
    return read["turtle"], done["turtle"]


def paper(**told: Value) -> Entity:
    known: dict[str, Value] = {"name": "On Kites", "title": "On Kites", "stub": False}
    return Entity("Paper", PAPER, known | told)


def only(triples: Triples, subject: Node, predicate: Node) -> Node:
    (found,) = triples.objects(subject, predicate)
    return found


def test_a_paper_is_a_scholarly_article_of_schema_org_by_its_address(tmp_path: Path) -> None:
    told = paper(abstract="They fly.", arxiv="2401.00001", doi="10.1/a(b)<c>", upvotes=3)
    triples, done = both(Graph.of([told], []), tmp_path)
    assert set(triples.objects(ADDRESS, RDF.type)) == {GKB.Paper, SCHEMA.ScholarlyArticle}
    assert only(triples, ADDRESS, SCHEMA.name) == Literal("On Kites")
    assert only(triples, ADDRESS, SCHEMA.headline) == Literal("On Kites")
    assert only(triples, ADDRESS, SCHEMA.abstract) == Literal("They fly.")
    assert only(triples, ADDRESS, SCHEMA.identifier) == Literal(PAPER)
    assert only(triples, ADDRESS, SCHEMA.sameAs) == URIRef("https://doi.org/10.1/a(b)%3Cc%3E")
    assert only(triples, ADDRESS, GKB.upvotes) == Literal(3)
    assert only(triples, ADDRESS, GKB.stub) == Literal(False)
    assert done.losses == ()


@pytest.mark.parametrize(
    ("published", "datatype"),
    [("2024", XSD.gYear), ("2024-05", XSD.gYearMonth), ("2024-05-03", XSD.date)],
)
def test_a_date_has_the_type_of_its_precision(
    tmp_path: Path, published: str, datatype: URIRef
) -> None:
    triples, _ = both(Graph.of([paper(published=published)], []), tmp_path)
    assert only(triples, ADDRESS, SCHEMA.datePublished) == Literal(published, datatype=datatype)


def test_what_is_no_date_is_text_and_reported(tmp_path: Path) -> None:
    triples, done = both(Graph.of([paper(published="2024-13-45")], []), tmp_path)
    assert only(triples, ADDRESS, SCHEMA.datePublished) == Literal("2024-13-45")
    assert [(loss.property, loss.count) for loss in done.losses] == [("Paper.published", 1)]


def test_an_author_is_a_person_who_is_the_same_as_their_orcid(tmp_path: Path) -> None:
    orcid = "0000-0002-1825-0097"
    ada = Entity("Author", f"author:{orcid}", {"name": "Ada L", "orcid": orcid})
    wrote = Edge(PAPER, "AUTHORED_BY", ada.id, PAPER, "Paper", "Author", {"position": 1})
    triples, _ = both(Graph.of([paper(), ada], [wrote]), tmp_path)
    author = only(triples, ADDRESS, SCHEMA.author)
    assert set(triples.objects(author, RDF.type)) == {GKB.Author, SCHEMA.Person}
    assert only(triples, author, SCHEMA.sameAs) == URIRef(f"https://orcid.org/{orcid}")
    statement = only_statement(triples, SCHEMA.author)
    assert only(triples, statement, GKB.position) == Literal(1)


def only_statement(triples: Triples, predicate: URIRef) -> Node:
    (found,) = triples.subjects(RDF.predicate, predicate)
    return found


def test_a_citation_is_cito_cites_and_schema_org_citation(tmp_path: Path) -> None:
    cited = Entity("Paper", "doi:10.1/x", {"name": "Cited", "title": "Cited", "stub": True})
    cites = Edge(PAPER, "CITES", cited.id, PAPER, "Paper", "Paper", {})
    triples, _ = both(Graph.of([paper(), cited], [cites]), tmp_path)
    assert only(triples, ADDRESS, CITO.cites) == URIRef("https://doi.org/10.1/x")
    assert only(triples, ADDRESS, SCHEMA.citation) == URIRef("https://doi.org/10.1/x")


@pytest.mark.parametrize(
    ("label", "id_", "told", "said"),
    [
        ("Repository", "repo:github.com/a/b", {}, "SoftwareSourceCode"),
        ("Repository", "repo:huggingface.co/datasets/a/b", {}, "Dataset"),
        ("Repository", "repo:huggingface.co/a/b", {}, "CreativeWork"),
        ("Benchmark", "method:b", {"kind": "dataset"}, "Dataset"),
        ("Benchmark", "method:b", {"kind": "benchmark"}, "DefinedTerm"),
        ("Task", "task:t", {}, "DefinedTerm"),
        ("Organization", "org:o", {}, "Organization"),
    ],
)
def test_each_kind_has_our_class_and_that_of_schema_org(
    tmp_path: Path, label: str, id_: str, told: dict[str, Value], said: str
) -> None:
    triples, _ = both(Graph.of([Entity(label, id_, {"name": "N"} | told)], []), tmp_path)
    (thing,) = triples.subjects(SCHEMA.identifier, Literal(id_))
    assert set(triples.objects(thing, RDF.type)) == {GKB[label], SCHEMA[said]}


def test_each_of_parallel_edges_is_a_statement_with_its_paper_and_sentence(tmp_path: Path) -> None:
    things = [Entity("Method", f"method:{n}", {"name": n.upper()}) for n in "ab"]
    papers = [
        Entity("Paper", f"arxiv:2401.0000{n}", {"name": f"P{n}", "title": f"P{n}", "stub": False})
        for n in (1, 2)
    ]
    extends = [
        Edge("method:a", "EXTENDS", "method:b", by.id, "Method", "Method", {
            "evidence": f"{by.name} says so.", "begin": 3, "stop": 9, "field": "abstract",
            "rule": "r", "confidence": 900, "stated": "2024-01", "sources": ("s:1", "s:2"),
        })
        for by in papers
    ]  # fmt: skip
    triples, done = both(Graph.of([*things, *papers], extends), tmp_path)
    assert len(list(triples.objects(entity("method:a"), GKB.extends))) == 1
    found = {
        only(triples, statement, GKB.paper): statement
        for statement in triples.subjects(RDF.predicate, GKB.extends)
    }
    assert found.keys() == {entity(by.id) for by in papers}
    statement = found[entity("arxiv:2401.00002")]
    told = {(p, o) for p, o in triples.predicate_objects(statement) if p != RDF.type}
    assert told == {
        (RDF.subject, entity("method:a")), (RDF.predicate, GKB.extends),
        (RDF.object, entity("method:b")), (GKB.paper, entity("arxiv:2401.00002")),
        (GKB.evidence, Literal("P2 says so.")), (GKB.begin, Literal(3)), (GKB.stop, Literal(9)),
        (GKB.field, Literal("abstract")), (GKB.rule, Literal("r")),
        (GKB.confidence, Literal(900)), (GKB.stated, Literal("2024-01", datatype=XSD.gYearMonth)),
        (GKB.source, Literal("s:1")), (GKB.source, Literal("s:2")),
    }  # fmt: skip
    assert done.losses == ()


def entity(id_: str) -> URIRef:
    return URIRef(entity_iri(id_).value)


QUESTION = """
PREFIX gkb: <urn:graphkb:vocabulary:>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
SELECT ?title ?sentence WHERE {
  ?said rdf:subject/schema:name ?newer ; rdf:predicate gkb:extends ;
        rdf:object/schema:name ?older ; gkb:paper/schema:name ?title ; gkb:evidence ?sentence .
}
"""


@pytest.mark.parametrize("seeds", [(), ("GRPO",)], ids=["whole", "topic"])
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_sparql_tells_which_sentence_of_which_paper_says_that_a_method_extends_another(
    sample_url: str, tmp_path: Path, name: str, seeds: tuple[str, ...]
) -> None:
    with graphkb.open(sample_url) as base:
        base.export(name, tmp_path / "x", *seeds)
        graph = base.topic(*seeds).graph if seeds else base.graph()
        known = graph.entities
        expected = {
            (base.graph().entities[edge.paper].name, edge.properties["evidence"])
            for edge in graph.edges.values()
            if edge.type == "EXTENDS"
            and "evidence" in edge.properties
            and {known[edge.start].label, known[edge.end].label} & {"Method"}
        }
    triples = Triples().parse(tmp_path / "x", format=FORMATS[name])
    answered = {(str(row[0]), str(row[1])) for row in triples.query(QUESTION)}  # type: ignore[index]
    assert expected
    assert expected <= answered


def test_every_entity_and_edge_of_the_sample_is_there(sample_url: str, tmp_path: Path) -> None:
    with graphkb.open(sample_url) as base:
        graph = base.graph()
    triples, done = both(graph, tmp_path)
    assert (done.entities, done.edges) == (len(graph.entities), len(graph.edges))
    assert {str(o) for o in triples.objects(None, SCHEMA.identifier)} == set(graph.entities)
    assert len(set(triples.subjects(RDF.type, RDF.Statement))) == len(graph.edges)
    for edge in graph.edges.values():
        predicate = URIRef(expanded(relationship_name(edge.type)))
        assert (entity(edge.start), predicate, entity(edge.end)) in triples
    for found in graph.entities.values():
        for name, value in found.properties.items():
            if isinstance(value, str) and name not in ("url", "published", "first_stated"):
                said = URIRef(expanded(property_name(name)))
                assert (entity(found.id), said, Literal(value)) in triples


def test_odd_texts_come_back_as_they_are(odd: Graph, tmp_path: Path) -> None:
    triples, done = both(odd, tmp_path)
    for found in odd.entities.values():
        assert only(triples, entity(found.id), SCHEMA.name).toPython() == found.name  # type: ignore[attr-defined]
    assert [loss.property for loss in done.losses] == ["Paper.former_ids"]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_ids_and_texts_are_one_thing_each(payload: str, tmp_path: Path) -> None:
    graph = hostile(payload)
    triples, _ = both(graph, tmp_path)
    told = {str(o) for o in triples.objects(None, SCHEMA.identifier)}
    assert told == {id_.encode(errors="replace").decode() for id_ in graph.entities} or (
        any("\ud800" <= c <= "\udfff" for c in payload) and len(told) == len(graph.entities)
    )
    assert len(set(triples.subjects(RDF.type, RDF.Statement))) == len(graph.edges)


@pytest.mark.parametrize(
    "rest",
    ["../../etc", "./a", "a/../b", "", "/", "a b", 'a"b', "a<b>", "a\x00", "ö", "\ud800", "%2F"],
)
@pytest.mark.parametrize("scheme", ["arxiv", "doi", "title"])
def test_ids_of_any_characters_have_their_own_iri(scheme: str, rest: str, tmp_path: Path) -> None:
    id_ = f"{scheme}:{rest}"
    told: dict[str, Value] = {"name": "N", "title": "N", "stub": True}
    triples, _ = both(Graph.of([Entity("Paper", id_, told)], []), tmp_path)
    (thing,) = triples.subjects(SCHEMA.name, Literal("N"))
    assert str(thing) == entity_iri(id_).value


def test_half_a_surrogate_pair_is_replaced_and_reported(tmp_path: Path) -> None:
    triples, done = both(Graph.of([paper(abstract="a \ud800 b")], []), tmp_path)
    assert only(triples, ADDRESS, SCHEMA.abstract) == Literal("a \ufffd b")
    assert [(loss.property, loss.count) for loss in done.losses] == [("Paper.abstract", 1)]


@pytest.mark.parametrize("value", [1.5, -0.0, 1e300, math.nan, math.inf, -math.inf])
def test_numbers_with_a_point_are_kept_to_the_last_bit(value: float, tmp_path: Path) -> None:
    number = Entity("Result", "result:1", {"name": "n", "value": value})
    triples, _ = both(Graph.of([number], []), tmp_path)
    found = only(triples, entity("result:1"), SCHEMA.value).toPython()  # type: ignore[attr-defined]
    assert repr(found) == repr(value)


def test_an_address_is_a_link_and_what_is_none_is_text(tmp_path: Path) -> None:
    repository = Entity(
        "Repository", "repo:github.com/a/b", {"name": "a/b", "url": "https://github.com/a/b"}
    )
    triples, _ = both(Graph.of([paper(url="javascript:alert(1)"), repository], []), tmp_path)
    assert only(triples, ADDRESS, SCHEMA.url) == Literal("javascript:alert(1)")
    link = URIRef("https://github.com/a/b")
    assert only(triples, entity(repository.id), SCHEMA.codeRepository) == link


def test_a_list_without_order_in_rdf_is_told_where_it_had_one(tmp_path: Path) -> None:
    told = paper(former_ids=("b", "a", "b"), sources=("s:1", "s:2"))
    triples, done = both(Graph.of([told], []), tmp_path)
    assert {str(o) for o in triples.objects(ADDRESS, GKB.formerId)} == {"a", "b"}
    assert [(loss.property, loss.count) for loss in done.losses] == [("Paper.former_ids", 1)]


def test_our_own_words_are_described_in_the_file(tmp_path: Path) -> None:
    triples, done = both(Graph(), tmp_path)
    assert (done.entities, done.edges) == (0, 0)
    for name, (kind, meaning) in vocabulary().items():
        word = URIRef(expanded(name))
        assert only(triples, word, RDF.type) == URIRef(expanded(kind))
        assert only(triples, word, RDFS.comment) == Literal(meaning)
    assert only(triples, GKB.Paper, RDFS.subClassOf) == SCHEMA.ScholarlyArticle


def test_no_two_properties_or_relationships_share_a_word() -> None:
    for label in ENTITY_TYPES:
        names = [property_name(declared.name) for declared in label.all_properties]
        assert len(set(names)) == len(names)
    edges = [relationship_name(declared.name) for declared in RELATIONSHIP_TYPES]
    said = {property_name(p.name) for declared in RELATIONSHIP_TYPES for p in declared.properties}
    assert len({*edges} | said) == len(edges) + len(said)


def test_json_ld_is_an_object_a_line_with_its_context_in_it(odd: Graph, tmp_path: Path) -> None:
    write_export(GraphContent(odd), "json-ld", tmp_path / "x")
    first, *rest, last = (tmp_path / "x").read_text(encoding="utf-8").split("\n")[:-1]
    assert first.startswith('{"@context":{')
    assert all(json.loads(line.removesuffix(","))["@id"] for line in rest[1:])
    assert last == "]}"
