"""How the explorer listens: who says nothing is hung up on, and it ends when it is told to."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import graphkb
from graphkb.errors import StoreError
from graphkb.view import listening

COMMAND = str(Path(sys.executable).with_name("graphkb"))
SLOW = "MATCH (a:Paper), (b:Paper), (c:Paper), (d:Paper), (e:Paper) RETURN count(*) AS n"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("listening") / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")
    return url


@pytest.fixture
def served(db: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server in a process of its own, and its port."""
    command = [COMMAND, "--db", db, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        yield process, int(process.stderr.readline().split("127.0.0.1:")[1].split("/")[0])
        process.kill()


def get(port: int, path: str, *headers: str) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", *headers]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode()


def answered(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(request)
        said = b""
        while part := connection.recv(65_536):
            said += part
        return said


@pytest.mark.parametrize(
    "request_",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET /" + b"a" * 70_000,
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        b"GET /api/view HTTP/1.0\r\n\r\n",
    ],
)
def test_odd_requests_are_refused_and_the_next_is_answered(
    served: tuple[subprocess.Popen[str], int], request_: bytes
) -> None:
    _, port = served
    assert answered(port, request_).split(b" ")[1] in (b"400", b"403")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/search?text=grpo") as found:
        assert json.load(found)["found"]


def test_an_upgrade_to_a_socket_is_not_made(served: tuple[subprocess.Popen[str], int]) -> None:
    _, port = served
    request = get(
        port,
        "/",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Origin: https://evil.example",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    assert b" 403 " in answered(port, request).split(b"\r\n")[0]


def test_who_connects_and_says_nothing_is_hung_up_on(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import uvicorn

    monkeypatch.setattr(listening, "_SECONDS_TO_ASK", 0.2)
    servers: list[uvicorn.Server] = []
    ran = uvicorn.Server.run

    def run(self: uvicorn.Server, sockets: list[socket.socket]) -> None:
        servers.append(self)
        ran(self, sockets=sockets)

    monkeypatch.setattr(uvicorn.Server, "run", run)
    told: list[str] = []
    heard = threading.Event()

    def tell(address: str) -> None:
        told.append(address)
        heard.set()

    thread = threading.Thread(
        target=listening.run, args=(db,), kwargs={"port": 0, "load": None, "tell": tell}
    )
    thread.start()
    assert heard.wait(30)
    port = int(told[0].rstrip("/").rpartition(":")[2])
    try:
        assert answered(port, b"") == b""
        assert answered(port, b"GET / HTTP/1.1\r\nHost: 127.0") == b""
        slow_body = (
            f"GET /api/queries HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 9\r\n\r\n"
        )
        assert answered(port, slow_body.encode()).startswith(b"HTTP/1.1 200")
    finally:
        servers[0].should_exit = True
        thread.join(30)
    assert not thread.is_alive()


def test_a_port_that_is_taken_is_told(db: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"port {port} cannot be taken.*--port 0"):
            listening.run(db, port=port, load=None, tell=print)


def test_an_interrupt_while_a_statement_runs_ends_it(
    served: tuple[subprocess.Popen[str], int],
) -> None:
    process, port = served
    request = get(port, "/api/view?cypher=" + SLOW.replace(" ", "%20"))
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        connection.sendall(request)
        # It is under way: what is asked after it waits.
        with socket.create_connection(("127.0.0.1", port), 30) as other:
            other.sendall(get(port, "/api/queries"))
            assert other.recv(100)
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        rest = process.stderr.read()
        assert process.wait(30) in (0, 130)
    assert "Traceback" not in rest
