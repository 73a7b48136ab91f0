"""A Neo4j server as a store: how it is reached, what its refusals mean, what is made in it."""

import contextlib
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from emptied_server import without_schema
from neo4j.exceptions import Neo4jError
from neo4j_server import Neo4jServer

from graphkb.errors import QueryError, StoreBusyError, StoreError, StoreUnreachableError
from graphkb.knowledge_base import open as open_base
from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes, open_store
from graphkb.store import neo4j as neo4j_store
from graphkb.store.neo4j_server import _refuse_old, explained, shown_url

SECRET = "correct-horse-battery"  # noqa: S105
TASKS = Changes(entities=tuple(Entity("Task", f"task:{n}", {"name": n}) for n in "abcd"))


@pytest.fixture
def neo4j_url(neo4j_url: str, neo4j_server: Neo4jServer) -> Iterator[str]:
    """Return the address of a Neo4j that nothing has been made in, and leave it so."""
    without_schema(neo4j_server)
    yield neo4j_url
    without_schema(neo4j_server)


@pytest.fixture
def query(neo4j_server: Neo4jServer, neo4j_url: str) -> Iterator[neo4j.Session]:
    """Return a session of the driver itself on the emptied server."""
    login = (neo4j_server.user, neo4j_server.password)
    with neo4j.GraphDatabase.driver(neo4j_url, auth=login) as driver, driver.session() as session:
        yield session


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+ssc", "neo4j+s"])
def test_no_server_is_an_error_with_a_remedy(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(f"{scheme}://127.0.0.1:1")
    assert str(caught.value).startswith(f"{scheme}://127.0.0.1:1: no Neo4j server answers there")
    assert "start the server" in str(caught.value).lower()
    assert SECRET not in str(caught.value)


@contextlib.contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """Run something that is no Neo4j on a port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection:
                        connection.recv(1024)
                        connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


def test_a_port_where_something_else_answers_is_an_error_with_a_remedy() -> None:
    page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
    with answering(page) as port, pytest.raises(StoreUnreachableError, match="Bolt port"):
        open_store(f"bolt://127.0.0.1:{port}")


def test_a_wrong_password_is_an_error_that_does_not_repeat_it(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(neo4j_url)
    assert "the server refuses the user 'neo4j' and its password" in str(caught.value)
    assert "NEO4J_PASSWORD" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_missing_password_is_said_to_be_missing(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD")
    with pytest.raises(StoreUnreachableError, match="a login with no password"):
        open_store(neo4j_url)


def test_an_unknown_user_is_named(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USERNAME", "nobody")
    with pytest.raises(StoreUnreachableError, match="the server refuses the user 'nobody'"):
        open_store(neo4j_url)


def test_an_unknown_database_is_named(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "papers")
    with pytest.raises(StoreUnreachableError) as caught:
        open_store(neo4j_url)
    assert "the server has no database 'papers'" in str(caught.value)
    assert "NEO4J_DATABASE" in str(caught.value)


def test_the_database_that_is_named_is_used(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_DATABASE", "neo4j")
    with open_store(neo4j_url, write=True) as store:
        store.write(TASKS)
        assert len(list(store.entities())) == 4


@pytest.mark.parametrize(
    ("agent", "what"),
    [
        ("Neo4j/4.4.40", "the server is Neo4j/4.4.40, which is too old"),
        ("Neo4j/5.25.1", "the server is Neo4j/5.25.1, which is too old"),
        ("Neo4j/v5.11.0 compatible", "the server says that it is 'Neo4j/v5.11.0 compatible'"),
    ],
)
def test_a_server_that_is_too_old_or_another_is_an_error_with_a_remedy(
    agent: str, what: str
) -> None:
    with pytest.raises(StoreUnreachableError) as caught:
        _refuse_old(agent, "bolt://host")
    assert what in str(caught.value)
    assert "Use Neo4j 5.26 or later." in str(caught.value)


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.26.12", "Neo4j/2025.05.0"])
def test_a_server_that_is_new_enough_is_taken(agent: str) -> None:
    _refuse_old(agent, "bolt://host")


# Codes and messages as a Neo4j 5.26 gives them; a second server only for these would be dear.
REFUSALS = {
    "read-only database": (
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "No write operations are allowed on this database. "
        "The database is in read-only mode on this Neo4j instance.",
        "bolt://host: the database is read-only",
    ),
    "first password": (
        "Neo.ClientError.Security.CredentialsExpired",
        "The credentials you provided were valid, but must be changed.",
        "the first password of 'ann' has to be changed",
    ),
    "too many attempts": (
        "Neo.ClientError.Security.AuthenticationRateLimit",
        "The client has provided incorrect authentication details too many times in a row.",
        "the server refuses logins after too many wrong passwords",
    ),
    "user without the right": (
        "Neo.ClientError.Security.Forbidden",
        "Create node with labels 'Task' on database 'neo4j' is not allowed.",
        "the user 'ann' may not do this: Create node",
    ),
    "out of memory": (
        "Neo.DatabaseError.General.UnknownError",
        "the first line\nand what nobody reads",
        "the server failed: the first line. Look at",
    ),
}


@pytest.mark.parametrize(("code", "message", "expected"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_of_the_server_says_what_to_do(code: str, message: str, expected: str) -> None:
    with pytest.raises(StoreError) as caught, explained("bolt://host", user="ann"):
        raise Neo4jError._hydrate_neo4j(code=code, message=message)
    assert expected in str(caught.value)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        (f"bolt://neo4j:{SECRET}@host:7687", "the URL holds a user or a password"),
        (f"neo4j+s://{SECRET}@host", "the URL holds a user or a password"),
        ("bolt://host:7687/papers", "the URL holds a path"),
        ("bolt://", "the URL names no server"),
        ("bolt://host:seven", "the URL names no server"),
        ("bolt://[::1", "the URL names no server"),
        (f"bolt://host?key={SECRET}", "the driver refuses the URL"),
    ],
)
def test_a_url_of_the_wrong_form_is_refused_without_its_secret(url: str, what: str) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(url)
    assert what in str(caught.value)
    assert SECRET not in str(caught.value)


def test_what_follows_the_address_is_not_shown() -> None:
    assert shown_url(f"neo4j://host:7687?key={SECRET}") == "neo4j://host:7687"


def test_the_url_of_a_store_holds_no_password(neo4j_url: str, neo4j_server: Neo4jServer) -> None:
    with open_store(neo4j_url) as store:
        assert store.url == neo4j_url
        assert neo4j_server.password not in store.url


def test_the_routing_scheme_reaches_the_same_store(neo4j_url: str) -> None:
    with open_store(neo4j_url, write=True) as store:
        store.write(TASKS)
    with open_store(neo4j_url.replace("bolt://", "neo4j://")) as store:
        assert len(list(store.entities())) == 4


def test_opening_and_reading_makes_nothing(neo4j_url: str, query: neo4j.Session) -> None:
    with open_store(neo4j_url) as store:
        assert list(store.entities()) == []
    assert query.run("SHOW CONSTRAINTS").data() == []


def test_ids_are_unique_and_names_are_indexed_after_a_write(
    neo4j_url: str, query: neo4j.Session
) -> None:
    for _ in range(2):
        with open_store(neo4j_url, write=True) as store:
            store.write(TASKS)
    unique = query.run("SHOW CONSTRAINTS YIELD labelsOrTypes AS l, properties AS p RETURN l, p")
    assert (["Record"], ["id"]) in [(row["l"], row["p"]) for row in unique]
    indexed = query.run(
        "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, state AS s "
        "WHERE p IS NOT NULL RETURN l, p, s"
    )
    found = [(row["l"], row["p"], row["s"]) for row in indexed]
    assert (["Method"], ["name"], "ONLINE") in found
    assert (["Record"], ["source"], "ONLINE") in found


def test_what_others_keep_in_the_database_is_not_the_graph(
    neo4j_url: str, query: neo4j.Session
) -> None:
    query.run("CREATE (:Movie {id: 'm'})-[:USES]->(:Actor)-[:CITES]->(:Paper:Extra {id: 'x'})")
    with open_store(neo4j_url, write=True) as store:
        store.write(TASKS)
        assert {entity.label for entity in store.entities(["Task", "Method"])} == {"Task"}
        assert list(store.edges()) == []


def test_data_that_breaks_the_constraints_is_an_error(neo4j_url: str, query: neo4j.Session) -> None:
    query.run("CREATE (:Task {id: 'twice'}), (:Task {id: 'twice'})")
    with pytest.raises(StoreError, match="the server failed"):
        open_store(neo4j_url, write=True)


def test_the_right_to_write_leaves_nothing_in_the_database(
    neo4j_url: str, query: neo4j.Session
) -> None:
    with open_store(neo4j_url, write=True):
        assert query.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"] == 0
    assert query.run("MATCH (n) RETURN count(n) AS n").single(strict=True)["n"] == 0


def test_a_second_writer_waits_and_says_so(
    neo4j_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = open_store(neo4j_url, write=True)
    opened = []

    def open_second() -> None:
        with open_store(neo4j_url, write=True) as store:
            opened.append([entity.id for entity in store.entities()])

    second = threading.Thread(target=open_second)
    second.start()
    try:
        while "waiting until it has ended" not in caplog.text and second.is_alive():
            time.sleep(0.05)
        assert not opened
        first.write(TASKS)
    finally:
        first.close()
        second.join(60)
    assert [sorted(ids) for ids in opened] == [[task.id for task in TASKS.entities]]


def test_a_writer_whose_lock_the_server_ended_writes_nothing(
    neo4j_url: str, query: neo4j.Session
) -> None:
    with open_store(neo4j_url, write=True) as store:
        held = query.run(
            "SHOW TRANSACTIONS YIELD transactionId AS id, status, currentQuery AS q "
            "WHERE NOT coalesce(q, '') STARTS WITH 'SHOW' RETURN collect(id) AS ids"
        ).single(strict=True)["ids"]
        query.run("TERMINATE TRANSACTIONS $ids", ids=held).consume()
        with pytest.raises(StoreBusyError, match="kept other writers out"):
            store.write(TASKS)
        assert list(store.entities()) == []


def test_many_changes_go_in_batches_that_may_be_written_again(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_store, "ATOMIC_SIZE", 3)
    a, b, missing = (Entity("Method", f"method:{n}", {"name": n}) for n in "abc")
    edge = Edge(a.id, "EXTENDS", missing.id, "arxiv:1", "Method", "Method", {})
    with open_store(neo4j_url, write=True) as store:
        with pytest.raises(StoreError, match="'method:c', which is not in the store"):
            store.write(Changes(entities=(a, b, TASKS.entities[0]), edges=(edge,)))
        assert len(list(store.entities())) == 3
        store.write(Changes(entities=(a, b, missing, TASKS.entities[0]), edges=(edge,)))
        assert list(store.edges()) == [edge]


def test_a_passing_failure_is_tried_again(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run_all, tries = neo4j_store._run_all, []

    def fail_once(*arguments: Any) -> None:
        tries.append(arguments)
        if len(tries) == 1:
            code = "Neo.TransientError.Transaction.DeadlockDetected"
            raise Neo4jError._hydrate_neo4j(code=code, message="a lock")
        run_all(*arguments)

    monkeypatch.setattr(neo4j_store, "_run_all", fail_once)
    with open_store(neo4j_url, write=True) as store:
        store.write(TASKS)
        assert len(list(store.entities())) == 4
    assert len(tries) == 2


def test_a_statement_of_the_engine_is_explained_before_it_runs(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even in a session that may write, what EXPLAIN calls a write does not run."""
    monkeypatch.setattr(neo4j_store, "check_statement", str)
    with open_store(neo4j_url, write=True) as store:
        server = store._server  # type: ignore[attr-defined]
        session = server.session
        monkeypatch.setattr(server, "session", lambda **_: session(write=True))
        with pytest.raises(QueryError, match="would change the store"):
            store.cypher("MERGE (t:Task {id: 'task:x'}) RETURN t.id AS id")
        assert list(store.entities()) == []


def test_ctrl_c_ends_a_write_and_nothing_of_it_is_there(
    neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it comes in the middle of what the driver packs, unpacks or waits for."""

    def write_without_end(transaction: neo4j.ManagedTransaction, *_: object) -> None:
        transaction.run("CREATE (:Task {id: 'task:half', name: 'half'})").consume()
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        while True:
            transaction.run("UNWIND $rows AS row RETURN row", rows=[{"n": "x"}] * 1000).consume()

    monkeypatch.setattr(neo4j_store, "_run_all", write_without_end)
    with open_store(neo4j_url, write=True) as store:
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                store.write(TASKS)
        assert list(store.entities()) == []


def test_a_statement_ends_where_its_stream_is_left(neo4j_url: str) -> None:
    """The driver would wait for the server to finish it, and Ctrl-C may come before a first row."""
    long = "UNWIND range(1, 90000) AS a UNWIND range(1, 90000) AS b WITH a + b AS c RETURN max(c)"
    with open_store(neo4j_url) as store:
        began = time.monotonic()
        with store.stream(f"{long} AS c", timeout=60):
            pass
        assert time.monotonic() - began < 30
        assert store.cypher("RETURN 1 AS one").rows == ((1,),)


def test_what_is_not_declared_is_known_until_something_writes(neo4j_url: str) -> None:
    with open_store(neo4j_url) as store:
        lacking = store.undeclared()
    assert "CREATE CONSTRAINT" in lacking[0]
    assert "full-text index" in lacking[-1]
    with open_store(neo4j_url, write=True) as store:
        assert store.undeclared() == ()


def test_the_doctor_names_missing_indexes_and_a_rebuild_makes_them(
    neo4j_url: str, neo4j_server: Neo4jServer
) -> None:
    with open_base(neo4j_url) as base:
        base.load("sample:")
    without_schema(neo4j_server)
    with open_base(neo4j_url) as base:
        [finding] = base.doctor()
    assert (finding.check, "graphkb rebuild" in finding.remedy) == ("indexes", True)
    with open_base(neo4j_url) as base:
        base.rebuild()
    with open_base(neo4j_url) as base:
        assert base.doctor() == ()
