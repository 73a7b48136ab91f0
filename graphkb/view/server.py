"""The live explorer: the page of :mod:`graphkb.view.page`, and a small JSON interface for it.

It is for the person at this machine. It listens on loopback and answers only requests that name
that host, so that no foreign page reaches it by a name of its own (DNS rebinding); it sends no
headers that would let other origins read; and what changes the store needs a token that was made
when it started and is in its own page alone (:mod:`graphkb.view.guard`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl

from graphkb.errors import GraphKBError, StoreBusyError, StoreMissingError
from graphkb.query.named import named_queries
from graphkb.query.resolve import search
from graphkb.view.explorer import STEPS, Explorer, Step
from graphkb.view.guard import Guard
from graphkb.view.page import inert_json, page_of
from graphkb.view.payload import page_data, plain
from graphkb.view.picture import picture_of
from graphkb.view.service import Load, Service

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from graphkb.store.protocol import Rows, Store

__all__ = ["application", "steps_of"]

_LARGEST_SOURCE = 64_000_000
_LARGEST_ANSWER = 32_000_000
_LONGEST_NAME = 200
_LONGEST_TEXT = 500
_SECONDS_TO_SEND = 120
_FOUND = 12
# Where nobody said what to look at: what most papers rest on.
_BEGINNING = (Step("query", "methods", (("limit", "60"),)),)


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

    service = Service(url, load)
    token = secrets.token_urlsafe(24) if load else None

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        service.close()

    routes = [
        Route("/", partial(_page, service, token), methods=["GET"]),
        Route("/api/view", partial(_view, service), methods=["GET"]),
        Route("/api/search", partial(_search, service), methods=["GET"]),
        Route("/api/queries", partial(_queries, service), methods=["GET"]),
        Route("/api/load", partial(_accept, service, token), methods=["POST"]),
    ]
    guard = Middleware(cast("Any", Guard), port=port)
    return Starlette(routes=routes, middleware=[guard], lifespan=lifespan)


def _refused(what: str, status: int) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": what}, status_code=status)


async def _answered(question: Callable[[], dict[str, Any] | None]) -> Response:
    """Answer in a thread of its own; what goes wrong is told as every command tells it."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response

    try:
        text = await run_in_threadpool(lambda: inert_json(question()))
    except StoreMissingError as error:
        return _refused(str(error), 404)
    except StoreBusyError as error:
        return _refused(str(error), 409)
    except GraphKBError as error:
        return _refused(str(error), 400)
    except Exception as error:  # noqa: BLE001 - a fault of ours is told too, and ends nothing
        return _refused(f"the explorer failed: {type(error).__name__}: {error}", 500)
    if len(text) > _LARGEST_ANSWER:
        return _refused(
            f"the answer has more than {_LARGEST_ANSWER:,} characters; return less in each row", 400
        )
    return Response(text, media_type="application/json")


def _wanted(request: Request) -> Callable[[], bool]:
    """Return what tells, in the thread that answers, whether the browser has not gone away."""
    from anyio import from_thread

    return lambda: not from_thread.run(request.is_disconnected)


async def _page(service: Service, token: str | None, request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import HTMLResponse

    steps = steps_of(request.url.query)

    def document() -> str:
        try:
            data = service.ask(lambda _, e: _shown(e, steps), _wanted(request))
        except GraphKBError as error:
            # The page comes up and says what is wrong, so that another name can be tried.
            data = {**_shown_nothing(), "wrong": str(error)}
        live = {"token": token}
        return page_of({**(data or {}), "live": live}, "graphkb explorer", live=True)

    return HTMLResponse(await run_in_threadpool(document))


async def _view(service: Service, request: Request) -> Response:
    steps = steps_of(request.url.query)
    return await _answered(
        lambda: service.ask(lambda _, explorer: _shown(explorer, steps), _wanted(request))
    )


def _shown(explorer: Explorer, steps: Sequence[Step]) -> dict[str, Any]:
    found = explorer.view(steps or _BEGINNING)
    rows = _table(found.rows) if steps else None
    return {**found.data, "more": dict(found.more), "rows": rows}


def _shown_nothing() -> dict[str, Any]:
    from graphkb.model.graph import Graph

    return page_data(picture_of(Graph()), title="Papers and methods") | {"more": {}, "rows": None}


def _table(rows: Rows | None) -> dict[str, Any] | None:
    if rows is None:
        return None
    cells = [[plain(value) for value in row] for row in rows.rows]
    return {"columns": rows.columns, "rows": cells, "cut": rows.cut}


async def _search(service: Service, request: Request) -> Response:
    text = request.query_params.get("text", "")[:_LONGEST_TEXT]

    def find(store: Store, _: Explorer) -> dict[str, Any]:
        found = search(store, text, limit=_FOUND) if text.strip() else ()
        return {
            "found": [
                {"id": m.named.id, "label": m.named.label, "name": m.named.name} for m in found
            ]
        }

    return await _answered(lambda: service.ask(find, _wanted(request)))


async def _queries(_: Service, request: Request) -> Response:  # noqa: ARG001
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


async def _accept(service: Service, token: str | None, request: Request) -> Response:
    """Load a dropped file: its content is the body, its name in the address."""
    from anyio import fail_after
    from starlette.requests import ClientDisconnect

    if token is None:
        return _refused("nothing can be loaded here: start it with --allow-load", 403)
    given = request.headers.get("x-graphkb-token", "")
    if not secrets.compare_digest(given.encode(), token.encode()):
        return _refused("the token is not that of this explorer: open its page again", 403)
    name = Path(request.query_params.get("name", "")).name
    is_plain = name.isprintable() and not name.startswith(".")
    if not name or not is_plain or len(name.encode()) > _LONGEST_NAME:
        return _refused("the file needs a plain name", 400)
    content = bytearray()
    try:
        with fail_after(_SECONDS_TO_SEND):
            async for part in request.stream():
                content += part
                if len(content) > _LARGEST_SOURCE:
                    return _refused(f"more than {_LARGEST_SOURCE:,} bytes; use graphkb load", 413)
    except TimeoutError:
        return _refused(f"the file did not come within {_SECONDS_TO_SEND} s", 408)
    except ClientDisconnect:
        return _refused("the file did not come", 400)

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
