"""A client of the local service that loses no time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_server import LocalServer, MakeClient

from graphkb.live.client import Bounds, Client
from graphkb.model.service import ApiKey, Service


@pytest.fixture
def make_client(local: LocalServer, tmp_path: Path) -> Iterator[MakeClient]:
    made: list[Client] = []

    def make(
        answers: str = "json", interval: float = 0, key: ApiKey | None = None, **changes: Any
    ) -> Client:
        service = Service("Kites", local.base, answers, interval, key)
        limits = {"tries": 2, "backoff": 0.01, "silence": 2.0} | changes.pop("bounds", {})
        folder = changes.pop("folder", tmp_path / "answers")
        client = Client(service, folder, bounds=Bounds(**limits), **changes)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()
