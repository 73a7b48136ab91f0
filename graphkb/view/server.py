"""The live explorer: the page of :mod:`graphkb.view.page`, and a small JSON interface for it.

It is for the person at this machine. It listens on loopback and answers only requests that name
that host, so that no foreign page reaches it by a name of its own (DNS rebinding); it sends no
headers that would let other origins read; and what changes the store needs a token that was made
when it started and is in its own page alone.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import parse_qsl, urlsplit

from graphkb.errors import GraphKBError, MissingExtraError, StoreError, StoreMissingError
from graphkb.query.named import named_queries
from graphkb.query.resolve import search
from graphkb.store import open_store
from graphkb.view.explorer import STEPS, Explorer, Step
from graphkb.view.page import inert_json, page_of

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from graphkb.build.report import LoadReport
    from graphkb.store.protocol import Rows, Store

__all__ = ["Load", "application", "run", "steps_of"]

Load = Callable[[Path, str], "LoadReport"]
"""Loads a file under a name, as :meth:`graphkb.knowledge_base.KnowledgeBase.load` does."""

_Answer = TypeVar("_Answer")

_LARGEST_SOURCE = 64_000_000
_LARGEST_BODY = 100_000
_LONGEST_ADDRESS = 50_000
_FOUND = 12
_HEADERS = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
# Where nobody said what to look at: what most papers rest on.
_BEGINNING = (Step("query", "methods", (("limit", "60"),)),)
_LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")


def steps_of(query: str) -> tuple[Step, ...]:
    """Read the steps of a view from the query of its address.

    Parameters
    ----------
    query : str
        What follows the ``?``: ``seed=GRPO&expand=method:ppo``; the parameters of a query or a
        statement follow it as ``p.NAME=VALUE``. Other names are left out.

    Returns
    -------
    tuple of Step
        In the order of the address.

    Examples
    --------
    >>> [step.kind for step in steps_of("seed=GRPO&expand=method:ppo&utm=1")]
    ['seed', 'expand']
    >>> steps_of("query=used-by&p.method=GRPO")[0].arguments
    (('method', 'GRPO'),)
    """
    steps: list[Step] = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in STEPS:
            steps.append(Step(name, value))
        elif name.startswith("p.") and steps:
            last = steps[-1]
            arguments = (*last.arguments, (name.removeprefix("p."), value))
            steps[-1] = Step(last.kind, last.value, arguments)
    return tuple(steps)


class _Service:
    """The store behind the interface: opened again when another process has written it."""

    def __init__(self, url: str, load: Load | None) -> None:
        self._url = url
        self._load = load
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._explorer: Explorer | None = None
        self._seen: object = None
        self.token = secrets.token_urlsafe(24)

    @property
    def may_load(self) -> bool:
        return self._load is not None

    def ask(self, question: Callable[[Store, Explorer], _Answer]) -> _Answer:
        # One question at a time: the embedded engine is one object in this process.
        with self._lock:
            return question(*self._opened())

    def load(self, content: bytes, name: str) -> LoadReport:
        assert self._load is not None  # noqa: S101 - only asked where may_load
        with tempfile.TemporaryDirectory(prefix="graphkb-") as folder, self._lock:
            file = Path(folder) / name
            file.write_bytes(content)
            # What is read stays what it was until the load is done; then it is opened again.
            self._close()
            return self._load(file, name)

    def close(self) -> None:
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
        self._store = self._explorer = None

    def _opened(self) -> tuple[Store, Explorer]:
        now = self._state()
        if self._store is None or self._explorer is None or now != self._seen:
            self._close()
            self._store = open_store(self._url)
            self._explorer = Explorer(self._store)
            self._seen = now
        return self._store, self._explorer

    def _state(self) -> object:
        """What tells one saved state of a file from another; a server is always the same."""
        if "://" in self._url or self._url == ":memory:":
            return None
        try:
            status = Path(self._url).stat()
        except OSError:
            return None
        return status.st_ino, status.st_size, status.st_mtime_ns


def application(url: str, *, load: Load | None = None, port: int | None = None) -> Starlette:
    """Return the explorer of a store as an ASGI application.

    Parameters
    ----------
    url : str
        The store, as :func:`graphkb.store.open_store` takes it.
    load : callable, optional
        Loads a dropped file; without it nothing can be changed.
    port : int, optional
        Where it listens: requests for another port are refused.

    Returns
    -------
    starlette.applications.Starlette
        ``/`` is the page; ``/api/view``, ``/api/search``, ``/api/queries`` and ``/api/load``
        answer with JSON.

    References
    ----------
    Jackson, C., et al. (2007): Protecting browsers from DNS rebinding attacks.
    """
    from contextlib import asynccontextmanager

    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.routing import Route

    service = _Service(url, load)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        service.close()

    routes = [
        Route("/", partial(_page, service), methods=["GET"]),
        Route("/api/view", partial(_view, service), methods=["GET"]),
        Route("/api/search", partial(_search, service), methods=["GET"]),
        Route("/api/queries", partial(_queries, service), methods=["GET"]),
        Route("/api/load", partial(_accept, service), methods=["POST"]),
    ]
    guard = Middleware(cast("Any", _Guard), port=port)
    return Starlette(routes=routes, middleware=[guard], lifespan=lifespan)


class _Guard:
    """Refuses requests for another host, and puts the same headers on every answer."""

    def __init__(self, app: Callable[..., Awaitable[None]], port: int | None) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }

        async def answer(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        if not self._is_ours(headers.get("host", "")) or not self._may_come_from(headers):
            await _refused("this explorer answers only at its own address", 403)(
                scope, receive, answer
            )
        elif len(scope.get("query_string", b"")) > _LONGEST_ADDRESS:
            await _refused("the address is too long; begin a new view", 414)(scope, receive, answer)
        else:
            await self._app(scope, receive, answer)

    def _is_ours(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            port = parts.port
        except ValueError:
            return False
        known = parts.hostname in _LOOPBACK and not parts.username and not parts.path
        return known and (self._port is None or port == self._port)

    def _may_come_from(self, headers: Mapping[str, str]) -> bool:
        # A browser says where a request comes from; a person's own programs say nothing.
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site", "none")
        if origin is not None and not self._is_ours(origin.partition("://")[2]):
            return False
        return site in ("none", "same-origin") or headers.get("sec-fetch-mode") == "navigate"


def _refused(what: str, status: int) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": what}, status_code=status)


async def _answered(question: Callable[[], dict[str, Any]]) -> Response:
    """Answer in a thread of its own; what goes wrong is told as every command tells it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    try:
        found = await run_in_threadpool(question)
    except StoreMissingError as error:
        return _refused(str(error), 404)
    except GraphKBError as error:
        return _refused(str(error), 400)
    return Response(inert_json(found), media_type="application/json")


async def _page(service: _Service, request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    steps = steps_of(request.url.query)
    try:
        data = await run_in_threadpool(lambda: service.ask(lambda _, e: _shown(e, steps)))
    except GraphKBError as error:
        # The page comes up and says what is wrong, so that another name can be tried.
        data = {**_shown_nothing(), "wrong": str(error)}
    live = {"token": service.token if service.may_load else None}
    document = page_of({**data, "live": live}, "graphkb explorer", live=True)
    return HTMLResponse(document)


async def _view(service: _Service, request: Request) -> Response:
    steps = steps_of(request.url.query)
    return await _answered(lambda: service.ask(lambda _, explorer: _shown(explorer, steps)))


def _shown(explorer: Explorer, steps: Sequence[Step]) -> dict[str, Any]:
    found = explorer.view(steps or _BEGINNING)
    rows = _table(found.rows) if steps else None
    return {**found.data, "more": dict(found.more), "rows": rows}


def _shown_nothing() -> dict[str, Any]:
    from graphkb.model.graph import Graph
    from graphkb.view.payload import page_data
    from graphkb.view.picture import picture_of

    return page_data(picture_of(Graph()), title="Papers and methods") | {"more": {}, "rows": None}


def _table(rows: Rows | None) -> dict[str, Any] | None:
    if rows is None:
        return None
    cells = [[_plain(value) for value in row] for row in rows.rows]
    return {"columns": rows.columns, "rows": cells, "cut": rows.cut}


def _plain(value: Any) -> Any:
    # JSON has no NaN and no infinity.
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    return value


async def _search(service: _Service, request: Request) -> Response:
    text = request.query_params.get("text", "")

    def find(store: Store, _: Explorer) -> dict[str, Any]:
        found = search(store, text, limit=_FOUND) if text.strip() else ()
        return {
            "found": [
                {"id": m.named.id, "label": m.named.label, "name": m.named.name} for m in found
            ]
        }

    return await _answered(lambda: service.ask(find))


async def _queries(_: _Service, request: Request) -> Response:  # noqa: ARG001
    def known() -> dict[str, Any]:
        return {
            "queries": [
                {
                    "name": query.name,
                    "title": query.title,
                    "parameters": [
                        {"name": p.name, "type": p.type, "default": p.default, "meaning": p.meaning}
                        for p in query.parameters
                    ],
                }
                for query in named_queries().values()
            ]
        }

    return await _answered(known)


async def _accept(service: _Service, request: Request) -> Response:
    """Load a dropped file: its content is the body, its name a header."""
    if not service.may_load:
        return _refused("nothing can be loaded here: start it with --allow-load", 403)
    token = request.headers.get("x-graphkb-token", "")
    if not secrets.compare_digest(token.encode(), service.token.encode()):
        return _refused("the token is not that of this explorer: open its page again", 403)
    name = Path(request.query_params.get("name", "")).name
    if not name or name.startswith(".") or len(name) > 200 or not name.isprintable():
        return _refused("the file needs a plain name", 400)
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _LARGEST_SOURCE:
            return _refused(f"more than {_LARGEST_SOURCE:,} bytes; use graphkb load", 413)

    def load() -> dict[str, Any]:
        report = service.load(bytes(content), name)
        return {
            "sources": [
                {
                    "id": source.id,
                    "read": source.read,
                    "kept": source.kept,
                    "skipped": [
                        {"place": skipped.place, "reason": skipped.reason}
                        for skipped in source.skipped
                    ],
                }
                for source in report.sources
            ],
            "failures": [str(failure.error) for failure in report.failures],
            "changes": report.changes,
        }

    return await _answered(load)


def run(url: str, *, port: int, load: Load | None, tell: Callable[[str], object]) -> None:
    """Serve the explorer until interrupted.

    Parameters
    ----------
    url : str
        The store.
    port : int
        On loopback; 0 for any that is free.
    load : callable, optional
        Loads a dropped file.
    tell : callable
        Told the address once it answers.

    Raises
    ------
    MissingExtraError
        starlette or uvicorn is not installed.
    StoreError
        The port is taken.
    """
    import socket

    try:
        import starlette  # noqa: F401 - its absence is told before a port is taken
        import uvicorn
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"the explorer needs {error.name}", remedy="pip install 'graphkb-papers[serve]'"
        ) from None

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as error:
            raise StoreError(
                f"port {port} cannot be taken: {error.strerror}",
                remedy="choose another: --port N, or --port 0 for any that is free",
            ) from None
        chosen = int(listening.getsockname()[1])
        config = uvicorn.Config(
            application(url, load=load, port=chosen),
            log_level="warning",
            server_header=False,
            date_header=False,
            limit_concurrency=64,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=5,
            h11_max_incomplete_event_size=_LONGEST_ADDRESS + 16_000,
        )
        server = uvicorn.Server(config)
        listening.listen(64)
        tell(f"http://127.0.0.1:{chosen}/")
        server.run(sockets=[listening])
