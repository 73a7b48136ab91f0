"""The graph that records, catalogue and reader give."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from msgspec import structs

from graphkb.build.derive import build
from graphkb.build.sourced import SourcedRecord
from graphkb.extract.catalogue import Catalogue, Citation, Entry, Parent, check
from graphkb.model.graph import Edge, Graph
from graphkb.model.reading import (
    Link,
    NamedEntity,
    Reading,
    Relation,
    ReportedResult,
    TaskMention,
)
from graphkb.model.record import AuthorName, Organization, PaperRecord

ABSTRACT = (
    "We propose X, a variant of GRPO. X beats PPO on MATH by 3%. Code: https://github.com/a/x."
)
FIRST, SECOND, THIRD = (0, 32), (33, 59), (60, 89)

GRPO = Entry(
    "GRPO",
    "Group Relative Policy Optimization",
    "method",
    paper=Citation("arxiv:2402.03300", "A Paper that Introduced GRPO First", 2024, "Shao"),
    extends=(Parent("PPO", "drops the critic"),),
)
ON_PPO = Citation("arxiv:1707.06347", "A Paper that Introduced PPO First", 2017, "Schulman")
PPO = Entry(
    "PPO",
    "Proximal Policy Optimization",
    "method",
    extends=(Parent("TRPO", "clips", ON_PPO),),
)
TRPO = Entry("TRPO", "Trust Region Policy Optimization", "method")
DPO = Entry("DPO", "Direct Preference Optimization", "method")
CATALOGUE = Catalogue([GRPO, PPO, TRPO, DPO])


def entity(
    name: str,
    group: str,
    kind: str = "method",
    entry: str | None = None,
    sentence: tuple[int, int] = FIRST,
) -> NamedEntity:
    begin = ABSTRACT.index(name)
    return NamedEntity(
        group,  # type: ignore[arg-type]
        name,
        kind,
        name,
        "abstract",
        begin,
        begin + len(name),
        "test",
        900,
        sentence,
        entry=entry,
    )


READING = Reading(
    entities=(
        entity("X", "introduces"),
        entity("GRPO", "methods", entry="method:grpo"),
        entity("PPO", "methods", entry="method:ppo", sentence=SECOND),
        entity("MATH", "benchmarks", "benchmark", sentence=SECOND),
    ),
    tasks=(TaskMention("Code", "abstract", 60, 64, "test", 900, THIRD),),
    results=(
        ReportedResult(
            "X",
            "MATH",
            None,
            "3%",
            3.0,
            "%",
            "gain",
            "abstract",
            56,
            58,
            "test",
            800,
            SECOND,
            baseline="PPO",
        ),
    ),
    relations=(
        Relation("X", "EXTENDS", "GRPO", "abstract", *FIRST, "test", 900),
        Relation("X", "EVALUATED_ON", "MATH", "abstract", *SECOND, "test", 900),
        Relation("X", "OUTPERFORMS", "PPO", "abstract", *SECOND, "test", 900, on="MATH"),
        Relation("X", "EVALUATED_ON", "PPO", "abstract", *SECOND, "test", 900),
        Relation("X", "IMPLEMENTED_IN", "https://github.com/a/x", "abstract", *THIRD, "test", 900),
    ),
    links=(Link("https://github.com/a/x", "repository", "abstract", 66, 88, "test", 1000, THIRD),),
)


def derived(*records: SourcedRecord, catalogue: Catalogue = CATALOGUE) -> Graph:
    def read(title: str, abstract: str) -> Reading:  # noqa: ARG001
        return READING if abstract == ABSTRACT else Reading()

    return build(records, catalogue, read, "builtin:test").graph


def paper(source: str = "a:1", key: str = "1", **fields: object) -> SourcedRecord:
    values = {"title": "X: a Paper on a Method", "abstract": ABSTRACT, "published": "2025-03-01"}
    return SourcedRecord(source, PaperRecord(key=key, **(values | fields)))  # type: ignore[arg-type]


def edges(graph: Graph, relationship: str) -> list[Edge]:
    return [edge for edge in graph.edges.values() if edge.type == relationship]


def test_every_quotation_is_the_span_of_its_paper() -> None:
    graph = derived(paper())
    quoted = [edge for edge in graph.edges.values() if "evidence" in edge.properties]
    assert len(quoted) >= 10
    for edge in quoted:
        found = edge.properties
        text = str(graph.entities[edge.paper].properties[str(found["field"])])
        begin, stop = found["begin"], found["stop"]
        assert isinstance(begin, int)
        assert isinstance(stop, int)
        assert text[begin:stop] == found["evidence"]


def test_a_relation_carries_its_sentence_date_and_sources() -> None:
    (extends,) = [e for e in edges(derived(paper()), "EXTENDS") if e.start == "method:x"]
    assert extends.end == "method:grpo"
    assert extends.properties["evidence"] == "We propose X, a variant of GRPO."
    assert extends.properties["stated"] == "2025-03-01"
    assert extends.properties["sources"] == ("a:1",)


def test_outperforms_names_the_benchmark() -> None:
    (edge,) = edges(derived(paper()), "OUTPERFORMS")
    assert edge.properties["on"] == "method:math"


def test_an_edge_that_the_schema_forbids_is_left_out() -> None:
    assert [e.end for e in edges(derived(paper()), "EVALUATED_ON")] == ["method:math"]


def test_a_result_hangs_between_paper_subject_benchmark_and_baseline() -> None:
    graph = derived(paper())
    (reports,) = edges(graph, "REPORTS")
    ends = {edge.type: edge.end for edge in graph.edges.values() if edge.start == reports.end}
    assert ends == {"OF": "method:x", "ON": "method:math", "AGAINST": "method:ppo"}
    assert graph.entities[reports.end].properties["value"] == 3.0


def test_a_linked_repository_is_the_papers_code() -> None:
    graph = derived(paper())
    assert [edge.end for edge in edges(graph, "HAS_CODE")] == ["repo:github.com/a/x"]
    assert [edge.start for edge in edges(graph, "IMPLEMENTED_IN")] == ["method:x"]


def test_curated_lineages_come_with_what_papers_mention_and_nothing_else() -> None:
    graph = derived(paper())
    curated = {(e.start, e.end) for e in edges(graph, "EXTENDS") if "reason" in e.properties}
    assert curated == {("method:grpo", "method:ppo"), ("method:ppo", "method:trpo")}
    assert "method:trpo" in graph.entities
    assert "method:dpo" not in graph.entities


def test_a_curated_edge_cites_its_paper_and_quotes_nothing() -> None:
    (edge,) = [e for e in edges(derived(paper()), "EXTENDS") if e.start == "method:grpo"]
    assert edge.paper == "arxiv:2402.03300"
    assert edge.properties["reason"] == "drops the critic (Shao 2024, arxiv:2402.03300)"
    assert not {"evidence", "field", "begin", "stop"} & set(edge.properties)


def test_a_lineage_cites_the_paper_that_the_parent_names() -> None:
    graph = derived(paper())
    (edge,) = [e for e in edges(graph, "EXTENDS") if e.start == "method:ppo"]
    assert edge.paper == "arxiv:1707.06347"
    assert edge.properties["reason"] == "clips (Schulman 2017, arxiv:1707.06347)"
    assert not [e for e in edges(graph, "INTRODUCES") if e.end == "method:ppo"]


@pytest.mark.parametrize(
    "parent",
    [Parent("TRPO", "clips", "arxiv:1707.06347"), Parent("TRPO", "clips"), Parent("A3C", "clips")],
)
def test_a_gap_in_the_catalogue_costs_that_lineage_and_stops_no_load(parent: Parent) -> None:
    curated = Catalogue([GRPO, replace(PPO, extends=(parent,), looked_up="here"), TRPO, DPO])
    graph = derived(paper(), catalogue=curated)
    assert [edge for edge in edges(graph, "EXTENDS") if edge.start == "method:ppo"] == []
    assert any(parent.name in problem.what for problem in check(curated))


def test_the_introducing_paper_of_a_curated_method_is_a_stub_until_it_is_loaded() -> None:
    assert derived(paper()).entities["arxiv:2402.03300"].properties["stub"] is True
    cited = paper(
        "b:1", "2", title="A paper that introduced GRPO first", abstract="", published="2024"
    )
    assert derived(paper(), cited).entities["arxiv:2402.03300"].properties["stub"] is False


def test_a_quotation_comes_before_a_curated_fact_of_the_same_edge() -> None:
    graph = derived(
        paper(),
        catalogue=Catalogue(
            [
                GRPO,
                PPO,
                TRPO,
                Entry(
                    "X",
                    None,
                    "method",
                    paper=Citation("arxiv:2503.00001", "X: a Paper on a Method", 2025, "A"),
                    extends=(Parent("GRPO", "is curated"),),
                ),
            ]
        ),
    )
    (edge,) = [e for e in edges(graph, "EXTENDS") if e.start == "method:x"]
    assert edge.properties["evidence"] == "We propose X, a variant of GRPO."


def test_support_counts_papers_and_groups_without_a_common_author() -> None:
    ada, bob, eve = (AuthorName(name) for name in ("Ada L", "Bob B", "Eve E"))
    graph = derived(
        paper(key="1", title="The First Paper on a Method", authors=(ada, bob)),
        paper(key="2", title="The Second Paper on a Method", authors=(bob, ada)),
        paper(key="3", title="The Third Paper on a Method", authors=(eve,)),
    )
    grpo = graph.entities["method:grpo"].properties
    assert (grpo["support"], grpo["support_groups"]) == (3, 2)


def test_an_author_name_is_one_person_only_where_papers_share_another_name() -> None:
    ada, bob, eve = (AuthorName(name) for name in ("Ada L", "Bob B", "Eve E"))
    graph = derived(
        paper(key="1", title="The First Paper on a Method", authors=(ada, bob)),
        paper(key="2", title="The Second Paper on a Method", authors=(ada, bob)),
        paper(key="3", title="The Third Paper on a Method", authors=(ada, eve)),
    )
    of_papers = [
        {
            e.end
            for e in edges(graph, "AUTHORED_BY")
            if e.start == f"title:the-{n}-paper-on-a-method"
        }
        for n in ("first", "second", "third")
    ]
    assert of_papers[0] == of_papers[1]
    assert not of_papers[0] & of_papers[2]


def test_citations_lead_to_loaded_papers_and_to_stubs() -> None:
    graph = derived(
        paper(key="1", references=("arxiv:2401.00001", "doi:10.1/gone")),
        paper(key="2", title="Another Paper that is Cited Here", arxiv="2401.00001", abstract=""),
    )
    cited = {
        edge.end: graph.entities[edge.end].properties["stub"] for edge in edges(graph, "CITES")
    }
    assert cited == {"arxiv:2401.00001": False, "doi:10.1/gone": True}


def test_a_cited_work_that_a_source_tells_of_is_a_stub_whose_text_is_not_read() -> None:
    graph = derived(
        paper(key="1", references=("doi:10.1/cited",)),
        paper(key="2", title="X: a Cited Work", abstract="", doi="10.1/cited", stub=True),
    )
    stub = graph.entities["doi:10.1/cited"]
    assert (stub.name, stub.properties["stub"]) == ("X: a Cited Work", True)
    assert {edge.paper for edge in graph.edges.values() if "evidence" in edge.properties} == {
        edge.start for edge in edges(graph, "CITES")
    }


def test_a_work_that_cites_is_a_stub_with_an_edge_of_its_own() -> None:
    graph = derived(
        paper(key="1", arxiv="2401.00001", abstract=""),
        paper(key="2", title="It Cites", doi="10.1/b", references=("arxiv:2401.00001",), stub=True),
    )
    (edge,) = edges(graph, "CITES")
    assert (edge.start, edge.end, edge.paper) == ("doi:10.1/b", "arxiv:2401.00001", "doi:10.1/b")


def test_a_cited_work_is_joined_by_identifier_and_shows_nothing_over_the_paper() -> None:
    graph = derived(
        paper(key="1", title="The Paper Itself", arxiv="2401.00001", published="2024"),
        paper(
            source="b:2",
            key="2",
            title="As Others Write It",
            arxiv="2401.00001",
            doi="10.1/b",
            published="2023-12-31",
            stub=True,
        ),
    )
    shown = graph.entities["arxiv:2401.00001"]
    wanted = {"published": "2024", "doi": "10.1/b", "stub": False, "sources": ("a:1",)}
    assert shown.name == "The Paper Itself"
    assert shown.properties.items() >= wanted.items()


def test_a_cited_work_is_never_joined_by_its_title() -> None:
    title = "One Title of More than Five Words"
    graph = derived(
        paper(key="1", title=title, abstract="", published="2024"),
        paper(key="2", title=title, abstract="", published="2024", doi="10.1/b", stub=True),
    )
    papers = [entity for entity in graph.entities.values() if entity.label == "Paper"]
    assert sorted(bool(entity.properties["stub"]) for entity in papers if entity.name == title) == [
        False,
        True,
    ]


def test_what_a_source_says_of_code_and_organisations_becomes_edges() -> None:
    graph = derived(
        paper(
            repositories=("https://github.com/A/Y",),
            organizations=(Organization("PEARLS Lab", "PEARLS-Lab"),),
        )
    )
    assert {"repo:github.com/a/y", "org:pearls-lab"} <= set(graph.entities)
    (edge,) = edges(graph, "AFFILIATED_WITH")
    assert edge.properties["rule"] == "record"


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ({"published": "2025-03"}, {"published": "2025-03-02"}, {"published": "2025-03-02"}),
        ({"upvotes": 3}, {"upvotes": 9}, {"upvotes": 9}),
        (
            {"arxiv": "2503.00001", "published": "2025-03-02"},
            {"published": "2025-03-01"},
            {"published": "2025-03-02"},
        ),
        ({"summary": True, "abstract": "Ours."}, {"abstract": "Theirs."}, {"abstract": "Theirs."}),
    ],
)
def test_displayed_fields_follow_a_fixed_precedence(
    first: dict[str, object], second: dict[str, object], shown: dict[str, object]
) -> None:
    for order in ((first, second), (second, first)):
        graph = derived(*(paper(f"{n}:1", str(n), **fields) for n, fields in enumerate(order)))
        (found,) = [
            e for e in graph.entities.values() if e.label == "Paper" and not e.properties["stub"]
        ]
        assert {name: found.properties[name] for name in shown} == shown


def reading_of(
    *entities: NamedEntity,
    tasks: tuple[TaskMention, ...] = (),
    relations: tuple[Relation, ...] = (),
    results: tuple[ReportedResult, ...] = (),
) -> Callable[[str, str], Reading]:
    found = Reading(entities=entities, tasks=tasks, relations=relations, results=results)
    return lambda _title, abstract: found if abstract == ABSTRACT else Reading()


def test_a_repository_that_a_source_states_in_its_normal_form_is_the_papers_code() -> None:
    graph = derived(paper(abstract="", repositories=("repo:github.com/a/tool",)))
    assert [edge.end for edge in edges(graph, "HAS_CODE")] == ["repo:github.com/a/tool"]


def test_a_task_and_a_method_of_one_name_in_one_paper_stay_two_things() -> None:
    read = reading_of(
        entity("MATH", "benchmarks", "benchmark", sentence=SECOND),
        entity("X", "introduces"),
        tasks=(TaskMention("MATH", "abstract", 48, 52, "test", 900, SECOND),),
        relations=(
            Relation("X", "EVALUATED_ON", "MATH", "abstract", *SECOND, "test", 900),
            Relation("X", "APPLIED_TO", "MATH", "abstract", *SECOND, "test", 900),
        ),
    )
    graph = build([paper()], CATALOGUE, read, "builtin:test").graph
    assert {edge.end for edge in edges(graph, "MENTIONS")} == {"method:math", "task:math"}
    assert [edge.end for edge in edges(graph, "EVALUATED_ON")] == ["method:math"]
    assert [edge.end for edge in edges(graph, "APPLIED_TO")] == ["task:math"]


def test_what_a_paper_introduces_it_does_not_also_mention_under_its_long_form() -> None:
    long = "We propose X"
    read = reading_of(
        structs.replace(entity("X", "introduces"), long=long),
        structs.replace(entity("GRPO", "methods"), name=long),
    )
    graph = build([paper()], CATALOGUE, read, "builtin:test").graph
    assert [edge.end for edge in edges(graph, "INTRODUCES")] == ["method:x"]
    assert edges(graph, "MENTIONS") == []


def test_authors_come_from_the_sources_that_name_them() -> None:
    ada = AuthorName("Ada L")
    cited = Citation("arxiv:2503.00001", "X: a Paper on a Method", 2025, "L")
    curated = Catalogue([Entry("GRPO", None, "method", paper=cited), PPO, TRPO])
    graph = derived(
        paper("a:1", "1", authors=(ada,)), paper("b:1", "2", authors=()), catalogue=curated
    )
    (written,) = edges(graph, "AUTHORED_BY")
    assert written.start == "arxiv:2503.00001"
    assert written.properties["sources"] == ("a:1",)


def test_the_catalogues_first_author_is_no_author_of_a_paper_that_a_source_delivers() -> None:
    cited = Citation("arxiv:2503.00001", "X: a Paper on a Method", 2025, "L")
    curated = Catalogue([Entry("GRPO", None, "method", paper=cited), PPO, TRPO])
    graph = derived(paper(), catalogue=curated)
    assert edges(graph, "AUTHORED_BY") == []
    assert "author_count" not in graph.entities["arxiv:2503.00001"].properties


def test_an_orcid_that_any_source_knows_is_the_authors() -> None:
    orcid = "0000-0002-1825-0097"
    graph = derived(
        paper("a:1", "1", authors=(AuthorName("Ada L"),), arxiv="2503.00001"),
        paper("b:1", "2", authors=(AuthorName("Ada L", orcid),)),
    )
    assert [edge.end for edge in edges(graph, "AUTHORED_BY")] == [f"author:{orcid}"]


def test_authors_keep_the_order_in_which_the_paper_names_them() -> None:
    zoe, ada, bob = (AuthorName(name) for name in ("Zoe Z", "Ada L", "Bob B"))
    graph = derived(paper(authors=(zoe, ada, zoe, bob)))
    positions = {edge.end: edge.properties["position"] for edge in edges(graph, "AUTHORED_BY")}
    assert positions == {"author:zoe-z": 1, "author:ada-l": 2, "author:bob-b": 3}


def test_authors_and_organisations_without_letters_are_their_own() -> None:
    graph = derived(
        paper(
            authors=(AuthorName("→"), AuthorName("∞")),
            organizations=(Organization("→"), Organization("∞")),
        )
    )
    assert len(edges(graph, "AUTHORED_BY")) == 2
    assert len(edges(graph, "AFFILIATED_WITH")) == 2


def test_an_organisation_keeps_the_handle_that_any_source_knows() -> None:
    named, handled = Organization("Kite-Lab"), Organization("Kite-Lab", handle="Kite-Lab")
    for order in ((named, handled), (handled, named)):
        graph = derived(paper(organizations=order))
        assert graph.entities["org:kite-lab"].properties["handle"] == "Kite-Lab"


def test_a_paper_that_cites_itself_under_another_id_has_no_such_edge() -> None:
    graph = derived(
        paper(arxiv="2503.00001", doi="10.1/x", references=("doi:10.1/x", "arxiv:2503.00001"))
    )
    assert edges(graph, "CITES") == []


def test_a_citation_of_an_identifier_that_two_works_claim_leads_to_the_one_that_shows_it() -> None:
    graph = derived(
        paper(key="1", title="One", arxiv="2401.00001", doi="10.1/a", abstract=""),
        paper(key="2", title="Two", arxiv="2401.00001", doi="10.1/b", abstract=""),
        paper(key="3", title="Three", abstract="", references=("arxiv:2401.00001", "doi:10.1/b")),
    )
    assert sorted(edge.end for edge in edges(graph, "CITES")) == ["arxiv:2401.00001", "doi:10.1/b"]
    assert len([e for e in graph.entities.values() if e.label == "Paper"]) >= 3


def test_a_paper_that_cites_its_own_identifier_cites_nobody_who_claims_it_too() -> None:
    graph = derived(
        paper(key="1", title="One", arxiv="2401.00002", doi="10.1/a", references=("doi:10.1/a",)),
        paper(key="2", title="Two", arxiv="2401.00001", doi="10.1/a", abstract=""),
    )
    assert not edges(graph, "CITES")


def test_a_curated_paper_without_a_year_does_not_state_one() -> None:
    entry = Entry("GRPO", None, "method", paper=Citation("arxiv:2402.03300", "A Paper", 0, "Shao"))
    graph = derived(paper(), catalogue=Catalogue([entry, PPO, TRPO]))
    (edge,) = [e for e in edges(graph, "INTRODUCES") if e.end == "method:grpo"]
    assert "stated" not in edge.properties
    assert edge.properties["reason"] == "introduced in Shao, arxiv:2402.03300"


def test_the_graph_is_whole_every_end_of_an_edge_is_there_under_its_label() -> None:
    graph = derived(
        paper(key="1", references=("arxiv:2401.00001", "doi:10.1/gone", "s2:abc")),
        paper(key="2", title="Another Paper that is Cited Here", arxiv="2401.00001", abstract=""),
    )
    for edge in graph.edges.values():
        assert graph.entities[edge.start].label == edge.start_label
        assert graph.entities[edge.end].label == edge.end_label


def test_a_statement_whose_subject_is_not_known_leaves_nothing_behind() -> None:
    read = reading_of(
        relations=(
            Relation("Y", "IMPLEMENTED_IN", "https://github.com/a/y", "abstract", *THIRD, "t", 900),
            Relation("PAPER", "USES", "PAPER", "abstract", *FIRST, "t", 900),
        )
    )
    graph = build([paper()], CATALOGUE, read, "builtin:test").graph
    assert [entity.label for entity in graph.entities.values()] == ["Paper"]
    assert not graph.edges


def test_a_thing_is_dated_by_its_paper_and_not_by_who_names_it_late() -> None:
    graph = derived(paper())
    dated = {
        id_: graph.entities[id_].properties.get("first_stated")
        for id_ in ("method:x", "method:grpo", "method:ppo")
    }
    assert dated == {"method:x": "2025-03-01", "method:grpo": "2024", "method:ppo": None}
