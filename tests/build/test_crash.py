"""A load or a forget that is killed is told, and doing it again gives the undisturbed graph.

A few kills; scripts/kill_loads.py does many of the same.
"""

import random
from pathlib import Path

import pytest
from kill_loads import ATOMIC_SIZE, Ground, Killing
from neo4j_server import Neo4jServer

from graphkb.store import neo4j

KILLS, MOST_KILLS = 4, 20


@pytest.fixture
def ground(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """Load one source, and find out what a second one would make of it."""
    monkeypatch.setattr(neo4j, "ATOMIC_SIZE", ATOMIC_SIZE)
    return Ground(store_url, tmp_path)


def test_what_is_killed_is_told_and_can_be_finished_or_taken_back(ground: Ground) -> None:
    killing = Killing(ground, random.Random(1))  # noqa: S311
    came = [killing.kill()[1] for _ in range(KILLS)]
    while set(came) == {"everything"}:
        assert len(came) < MOST_KILLS, "every kill came too late"
        came.append(killing.kill()[1])


@pytest.mark.neo4j
def test_what_a_dying_server_leaves_is_told_and_can_be_finished_or_taken_back(
    neo4j_url: str, neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j, "ATOMIC_SIZE", ATOMIC_SIZE)
    ground = Ground(neo4j_url, tmp_path)
    killing = Killing(ground, random.Random(3), neo4j_server.restart)  # noqa: S311
    killing.kill()
