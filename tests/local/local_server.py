"""A web service on this machine, which answers what a test tells it to."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from graphkb.live.client import Bounds, Client
from graphkb.model.source import Loader, SourceInput

JSON = {"Content-Type": "application/json"}
MakeClient = Callable[..., Client]


@dataclass(frozen=True)
class Answer:
    """One answer, some seconds old; with an ETag, who has it already is answered 304."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: JSON)
    truncated: int = 0
    pause: float = 0.0
    etag: str | None = None
    age: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One request, as it arrived."""

    path: str
    parameters: dict[str, str]
    headers: dict[str, str]
    at: float


@dataclass
class LocalServer:
    """Answers by path: each answer once, the last one for ever."""

    base: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, path: str, *answers: Answer) -> None:
        self.answers[path] = list(answers)

    def next_answer(self, path: str) -> Answer:
        left = self.answers.get(path, [Answer(b'{"error": "nothing here"}', 404)])
        return left.pop(0) if len(left) > 1 else left[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    local: LocalServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(parts.query))
        self.local.asked.append(Asked(parts.path, query, headers, time.time()))
        answer = self.local.next_answer(parts.path)
        with suppress(OSError):  # who asked may have gone
            self._send(answer, headers)

    def _send(self, answer: Answer, headers: dict[str, str]) -> None:
        known = answer.etag is not None and headers.get("if-none-match") == answer.etag
        body = b"" if known else answer.body
        self.send_response_only(304 if known else answer.status)
        self.send_header("Date", formatdate(time.time() - answer.age, usegmt=True))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if not known:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        sent = body[: len(body) - answer.truncated]
        if answer.pause:
            for at in range(len(sent)):
                self.wfile.write(sent[at : at + 1])
                self.wfile.flush()
                time.sleep(answer.pause)
        else:
            self.wfile.write(sent)
        if answer.truncated:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet."""


@contextmanager
def serving() -> Iterator[LocalServer]:
    """Run a server on a free port until the block ends."""
    local = LocalServer()
    handler = type("Handler", (_Handler,), {"local": local})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        local.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield local
        finally:
            server.shutdown()
            thread.join()


def ask(loader: Loader, local: LocalServer, argument: str, folder: Path) -> SourceInput:
    """What a loader's scheme fetches when its service is the local one."""
    assert loader.live is not None
    service = replace(loader.live.service, base=local.base, interval=0)
    with Client(service, folder, bounds=Bounds(tries=0)) as client:
        return loader.live.ask(argument, client)


def as_json(value: object) -> Answer:
    """An answer of JSON."""
    return Answer(json.dumps(value).encode())
