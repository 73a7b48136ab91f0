"""A Neo4j into which a folder of import files was imported by the folder's own command."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j_server import Neo4jServer, admin_program
from neo4j_server import neo4j_server as run_neo4j

from graphkb.store.script import pieces


@contextmanager
def imported_server(folder: Path) -> Iterator[Neo4jServer]:
    """Run a server of the folder's graph and schema, its password in the environment."""

    def fill(home: Path) -> None:
        path = f"{admin_program(home, brief=True).parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "TMPDIR": str(home)}
        command = ["sh", str(folder / "import.sh")]
        subprocess.run(command, env=environment, check=True, capture_output=True, cwd=home)

    before = {path.name for path in folder.iterdir()}
    with run_neo4j(brief=True, fill=fill) as server, pytest.MonkeyPatch.context() as environment:
        assert {path.name for path in folder.iterdir()} == before
        for name, value in server.environment().items():
            environment.setenv(name, value)
        with driver_of(server) as driver:
            run_script(driver, folder / "schema.cypher")
        yield server


def driver_of(server: Neo4jServer) -> Driver:
    """Connect to a server."""
    return GraphDatabase.driver(server.url, auth=(server.user, server.password))


def run_script(driver: Driver, path: Path) -> None:
    """Run a script statement by statement, as cypher-shell would."""
    with driver.session() as session:
        for piece in pieces(path.read_text(encoding="utf-8")):
            session.run(piece.text).consume()
