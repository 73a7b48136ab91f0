"""A Neo4j for the tests of one file, which share what they put into it."""

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
