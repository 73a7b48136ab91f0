"""A Neo4j without what tests before have left in it."""

import pytest
from neo4j_server import Neo4jServer


def emptied(server: Neo4jServer, environment: pytest.MonkeyPatch) -> str:
    """Delete every node of a server, put its password into the environment, and return its URL."""
    from neo4j import GraphDatabase

    for name, value in server.environment().items():
        environment.setenv(name, value)
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    return server.url


def without_schema(server: Neo4jServer) -> None:
    """Drop every constraint and index of a server, so that it is as on its first day."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver,
        driver.session() as session,
    ):
        for kind in ("CONSTRAINT", "INDEX"):
            names = session.run(
                f"SHOW {kind} YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
            ).value()
            for found in names:
                session.run(f"DROP {kind} `{found}` IF EXISTS").consume()
