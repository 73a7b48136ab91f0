"""What of a graph is drawn."""

from __future__ import annotations

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.view.picture import Picture, picture_of


def entity(label: str, name: str, **properties: Value) -> Entity:
    return Entity(label, f"{label.lower()}:{name}", {"name": name, **properties})


def edge(start: Entity, type_: str, end: Entity, paper: str = "paper:p", **told: Value) -> Edge:
    return Edge(start.id, type_, end.id, paper, start.label, end.label, told)


PAPER = entity("Paper", "p")
OTHER = entity("Paper", "q")
METHOD = entity("Method", "m")
PARENT = entity("Method", "n")
CODE = entity("Repository", "r")


def drawn(picture: Picture) -> list[str]:
    return [entity.id for entity in picture.entities]


def types(picture: Picture) -> list[str]:
    return [line.type for line in picture.lines]


def test_ground_truth_is_never_drawn() -> None:
    source = entity("Source", "s", loader="x")
    record = entity("Record", "r", payload="{}")
    picture = picture_of(Graph.of([PAPER, source, record], []), focus=[source.id])
    assert drawn(picture) == [PAPER.id]


def test_a_result_is_told_with_its_ends_instead_of_drawn() -> None:
    result = entity("Result", "51.7%", value=51.7)
    benchmark = entity("Benchmark", "b")
    edges = [
        edge(PAPER, "REPORTS", result, evidence="m scores 51.7% on b.", field="abstract"),
        edge(result, "OF", METHOD),
        edge(result, "ON", benchmark),
        edge(result, "AGAINST", PARENT),
    ]
    picture = picture_of(Graph.of([PAPER, METHOD, PARENT, benchmark, result], edges))
    assert result.id not in drawn(picture)
    assert picture.lines == ()
    (measured,) = picture.results
    ends = (measured.papers, measured.subjects, measured.benchmarks, measured.baselines)
    assert ends == (("paper:p",), ("method:m",), ("benchmark:b",), ("method:n",))
    assert measured.statement is not None
    assert measured.statement.text == "m scores 51.7% on b."


def test_a_result_does_not_count_as_left_out() -> None:
    assert picture_of(Graph.of([PAPER, entity("Result", "1")], [])).left_out == 0


def test_parallel_edges_are_one_line_that_keeps_each_sentence() -> None:
    edges = [
        edge(METHOD, "EXTENDS", PARENT, "paper:p", evidence="One.", confidence=700),
        edge(METHOD, "EXTENDS", PARENT, "paper:q", evidence="Two.", confidence=900),
    ]
    (line,) = picture_of(Graph.of([PAPER, OTHER, METHOD, PARENT], edges)).lines
    assert [statement.text for statement in line.statements] == ["Two.", "One."]
    assert line.papers == 2


def test_edges_of_different_types_stay_apart() -> None:
    edges = [edge(METHOD, "EXTENDS", PARENT), edge(METHOD, "USES", PARENT)]
    assert types(picture_of(Graph.of([METHOD, PARENT], edges))) == ["EXTENDS", "USES"]


def test_code_that_text_and_source_name_is_one_line() -> None:
    edges = [
        edge(PAPER, "HAS_CODE", CODE),
        edge(PAPER, "IMPLEMENTED_IN", CODE, evidence="Code is there.", field="abstract"),
    ]
    (line,) = picture_of(Graph.of([PAPER, CODE], edges)).lines
    assert line.type == "IMPLEMENTED_IN"


def test_code_that_only_a_source_names_is_drawn() -> None:
    picture = picture_of(Graph.of([PAPER, CODE], [edge(PAPER, "HAS_CODE", CODE)]))
    assert types(picture) == ["HAS_CODE"]


def test_a_line_is_curated_only_where_nothing_else_states_it() -> None:
    curated = edge(METHOD, "EXTENDS", PARENT, rule="catalogue", reason="adds a term")
    quoted = edge(METHOD, "EXTENDS", PARENT, "paper:q", evidence="m extends n.")
    both = [METHOD, PARENT]
    assert picture_of(Graph.of(both, [curated])).lines[0].curated
    assert not picture_of(Graph.of(both, [curated, quoted])).lines[0].curated


def test_a_curated_fact_gives_its_reason_and_no_sentence() -> None:
    curated = edge(METHOD, "EXTENDS", PARENT, rule="catalogue", reason="adds a term")
    (statement,) = picture_of(Graph.of([METHOD, PARENT], [curated])).lines[0].statements
    assert (statement.basis, statement.text) == ("curated", "adds a term")


def test_a_sentence_of_a_summary_is_no_quotation() -> None:
    paper = entity("Paper", "p", summary=True)
    edges = [
        edge(paper, "INTRODUCES", METHOD, evidence="It brings m.", field="abstract"),
        edge(paper, "MENTIONS", PARENT, evidence="P", field="title"),
    ]
    lines = picture_of(Graph.of([paper, METHOD, PARENT], edges)).lines
    assert [line.statements[0].basis for line in lines] == ["summary", "title"]


def test_the_benchmark_of_a_comparison_is_told_by_name() -> None:
    benchmark = entity("Benchmark", "MATH")
    better = edge(METHOD, "OUTPERFORMS", PARENT, evidence="Better.", on=benchmark.id)
    (line,) = picture_of(Graph.of([METHOD, PARENT, benchmark], [better])).lines
    assert line.statements[0].note == "MATH"


def test_a_task_that_one_paper_names_waits_to_be_asked_for() -> None:
    once, twice = entity("Task", "once"), entity("Task", "twice")
    edges = [
        edge(PAPER, "MENTIONS", once),
        edge(METHOD, "APPLIED_TO", once),
        edge(PAPER, "MENTIONS", twice),
        edge(OTHER, "MENTIONS", twice, "paper:q"),
    ]
    graph = Graph.of([PAPER, OTHER, METHOD, once, twice], edges)
    assert picture_of(graph).on_request == {once.id}
    assert picture_of(graph, focus=[once.id]).on_request == frozenset()


def test_the_limit_keeps_the_focus_then_the_highest_scores() -> None:
    methods = [entity("Method", f"m{number}") for number in range(5)]
    scores = {method.id: float(at) for at, method in enumerate(methods)}
    picture = picture_of(
        Graph.of(methods, []), focus=["method:m0"], scores=scores, limit=3, left_out=10
    )
    assert drawn(picture) == ["method:m0", "method:m3", "method:m4"]
    assert picture.left_out == 12


def test_lines_to_what_was_left_out_are_left_out() -> None:
    graph = Graph.of([METHOD, PARENT], [edge(METHOD, "EXTENDS", PARENT)])
    assert picture_of(graph, focus=[METHOD.id], limit=1).lines == ()


def test_papers_of_many_authors_crowd_out_no_method() -> None:
    paper = Entity("Paper", "arxiv:1", {"name": "Many hands"})
    authors = [Entity("Author", f"author:{n}", {"name": f"A{n}"}) for n in range(9)]
    methods = [Entity("Method", f"method:{n}", {"name": f"M{n}", "support": 1}) for n in range(3)]
    edges = [
        Edge("arxiv:1", "AUTHORED_BY", a.id, "arxiv:1", "Paper", "Author", {}) for a in authors
    ]
    picture = picture_of(Graph.of([paper, *authors, *methods], edges), limit=3)
    assert drawn(picture) == ["method:0", "method:1", "method:2"]
