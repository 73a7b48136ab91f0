"""No interactive question looks at more of a Neo4j than its answer needs, by the server's plans."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import neo4j
import pytest
from emptied_server import emptied
from golden_graph import QUESTIONS, golden_graph
from neo4j_server import Neo4jServer

from graphkb.knowledge_base import KnowledgeBase
from graphkb.knowledge_base import open as open_base
from graphkb.query.named import named_queries, run_query
from graphkb.store import Changes, open_store

pytestmark = pytest.mark.neo4j

Plan = Mapping[str, Any]
Statements = dict[str, Mapping[str, Any]]
# Whoever opens a store is told of unfinished loads; of sources there are few.
SOURCES = "MATCH (n:Source)"
INTERACTIVE = {n: query for n, query in named_queries().items() if "interactive" in query.tags}
# One a question that a person asks and waits for.
ASKED: dict[str, Callable[[KnowledgeBase], object]] = {
    "show": lambda base: base.show("GRPO"),
    "lineage": lambda base: base.lineage("GRPO"),
    "timeline": lambda base: base.timeline("GRPO"),
    "why": lambda base: base.why("GRPO", "PPO"),
    "compare": lambda base: base.compare("GRPO", "PPO"),
    "similar": lambda base: base.similar("GRPO"),
    "leaderboard": lambda base: base.leaderboard("MATH"),
    "search": lambda base: base.search("GRPO"),
    "topic": lambda base: base.topic("GRPO"),
}


@pytest.fixture(scope="module")
def base(neo4j_server: Neo4jServer) -> Iterator[KnowledgeBase]:
    graph = golden_graph()
    with pytest.MonkeyPatch.context() as environment:
        url = emptied(neo4j_server, environment)
        with open_store(url, write=True) as store:
            store.write(Changes((), (), (*graph.entities.values(),), (*graph.edges.values(),)))
        with open_base(url) as base:
            yield base


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Return the statements that reach the server from now on, with their last parameters."""
    found: Statements = {}

    def record(kind: Any) -> None:
        run = kind.run

        def recorded(self: Any, query: Any, parameters: Any = None, **more: Any) -> neo4j.Result:
            text = query.text if isinstance(query, neo4j.Query) else query
            if not text.startswith(("EXPLAIN", "SHOW", SOURCES)):
                found[text] = {**(parameters or {}), **more}
            result: neo4j.Result = run(self, query, parameters, **more)
            return result

        monkeypatch.setattr(kind, "run", recorded)

    for kind in (neo4j.Session, neo4j.Transaction, neo4j.ManagedTransaction):
        record(kind)
    return found


def growing(server: Neo4jServer, statements: Statements) -> list[tuple[str, str]]:
    """Return the steps that go through all of a label, a type or the graph, with the statement."""
    auth = (server.user, server.password)
    found: list[tuple[str, str]] = []
    with neo4j.GraphDatabase.driver(server.url, auth=auth) as driver, driver.session() as session:
        for text, parameters in statements.items():
            plan = session.run(f"EXPLAIN {text}", dict(parameters)).consume().plan
            assert plan is not None
            found += [(operator(step), text) for step in steps(plan) if grows(step)]
    return found


def steps(plan: Plan) -> Iterator[Plan]:
    """Yield a plan's last step and all before it."""
    yield plan
    for child in plan.get("children", ()):
        yield from steps(child)


def operator(step: Plan) -> str:
    return str(step["operatorType"]).partition("@")[0]


def grows(step: Plan) -> bool:
    """Tell whether a step takes longer the larger the graph is, whatever is asked."""
    if operator(step) == "CartesianProduct":
        # One row by one row where both sides are looked up by their ids.
        leaves = {operator(one) for one in steps(step) if not one.get("children")}
        return not leaves <= {"NodeUniqueIndexSeek", "Argument"}
    return operator(step).endswith("Scan")


@pytest.mark.parametrize("name", INTERACTIVE)
def test_an_interactive_query_starts_at_what_it_is_asked_of(
    base: KnowledgeBase, neo4j_server: Neo4jServer, sent: Statements, name: str
) -> None:
    for asked in QUESTIONS.get(name, [{}]):
        run_query(base.store, INTERACTIVE[name], asked)
    assert any(INTERACTIVE[name].statement.split("\n")[0] in text for text in sent)
    assert growing(neo4j_server, sent) == []


@pytest.mark.parametrize("name", ASKED)
def test_an_interactive_question_starts_at_what_it_is_asked_of(
    base: KnowledgeBase, neo4j_server: Neo4jServer, sent: Statements, name: str
) -> None:
    ASKED[name](base)
    assert len(sent) > 1
    assert growing(neo4j_server, sent) == []


def test_a_question_about_everything_is_seen_to_scan(
    base: KnowledgeBase, neo4j_server: Neo4jServer, sent: Statements
) -> None:
    base.query("methods")
    assert "NodeByLabelScan" in {step for step, _ in growing(neo4j_server, sent)}
