"""A Neo4j into which a folder of import files was imported, as questions are asked of."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neo4j_server import Neo4jServer

__all__ = ["Imported", "imported"]

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Imported:
    """A server of import files.

    Parameters
    ----------
    server : Neo4jServer
        It runs; how to enter it is in the environment.
    seconds : float
        What the import took.
    """

    server: Neo4jServer
    seconds: float


@contextmanager
def imported(files: Path, *, heap: str, pages: str, brief: bool = False) -> Iterator[Imported]:
    """Import a folder by its own command, and run a server of it until the block ends.

    Parameters
    ----------
    files : Path
        The folder, as an export or a bulk build wrote it.
    heap, pages, brief
        As of ``neo4j_server`` in ``scripts/neo4j_server.py``; the import has a heap of 2 GB.

    Yields
    ------
    Imported
        Without constraints and indexes: the folder's ``schema.cypher`` was not run.
    """
    sys.path.insert(0, str(ROOT / "scripts"))
    from neo4j_server import admin_program, neo4j_server

    taken: list[float] = []

    def fill(home: Path) -> None:
        path = f"{admin_program(home, '2g', brief=brief).parent}{os.pathsep}{os.environ['PATH']}"
        command = f"exec sh {shlex.quote(str(files / 'import.sh'))} >&2"
        environment = {**os.environ, "PATH": path, "TMPDIR": str(home)}
        begin = time.perf_counter()
        subprocess.run(["sh", "-c", command], env=environment, check=True)
        taken.append(time.perf_counter() - begin)

    with neo4j_server(heap, pages=pages, brief=brief, fill=fill) as server:
        os.environ.update(server.environment())
        yield Imported(server, taken[-1])
