"""Who may ask the live explorer: pages of its own and the person at this machine.

Another page could reach a server on loopback in three ways. A name of its own that it lets mean
127.0.0.1 (DNS rebinding) stands in Host; a request that it sends has its Origin or says that it is
cross-site; and a link leads here by navigation, which is how a bookmark in another page works too:
that may open the page, as a document of its own, but no statement is run that another page wrote.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

__all__ = ["Guard"]

_LONGEST_ADDRESS = 50_000
_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::([0-9]{1,5}))?", re.IGNORECASE)
_SCHEMES_PORT = 80


class Guard:
    """Refuses what others ask, and puts the same headers on every answer.

    Parameters
    ----------
    app : ASGI application
        Answers the rest.
    port : int or None
        Where it listens: requests for another port are refused.

    References
    ----------
    Jackson, C., et al. (2007): Protecting browsers from DNS rebinding attacks.
    """

    def __init__(self, app: Callable[..., Awaitable[None]], port: int | None) -> None:
        self._app = app
        self._port = port

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request, or refuse it; anything else than HTTP is not for us."""
        from starlette.responses import JSONResponse

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def answer(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        status, why = self._refusal(scope)
        app = JSONResponse({"error": why}, status) if status else self._app
        await app(scope, receive, answer)

    def _refusal(self, scope: Mapping[str, Any]) -> tuple[int, str]:
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        if not self._is_ours(headers.get("host", "")) or not self._may_come_from(headers, scope):
            return 403, "this explorer answers only at its own address, and only its own page"
        query = scope.get("query_string", b"")
        if len(query) > _LONGEST_ADDRESS:
            return 414, "the address is too long; begin a new view"
        if _is_foreign(headers) and any(
            name == "cypher" for name, _ in parse_qsl(query.decode("latin-1"))
        ):
            return 403, (
                "another page led here with a statement, which is not run: if you trust it, type"
                " or paste the address yourself"
            )
        return 0, ""

    def _is_ours(self, host: str) -> bool:
        found = _LOOPBACK.fullmatch(host)
        port = int(found[1] or _SCHEMES_PORT) if found else None
        return port is not None and self._port in (None, port)

    def _may_come_from(self, headers: Mapping[str, str], scope: Mapping[str, Any]) -> bool:
        # A browser says where a request comes from; a person's own programs say nothing.
        origin = headers.get("origin")
        if origin is not None and not self._is_ours(origin.removeprefix("http://")):
            return False
        if not _is_foreign(headers):
            return True
        return (
            headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest", "document") == "document"
            and scope["method"] == "GET"
            and scope["path"] == "/"
        )


def _is_foreign(headers: Mapping[str, str]) -> bool:
    return headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
