"""How the live explorer listens: on loopback, for as long as nobody interrupts it."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphkb.errors import MissingExtraError, StoreError
from graphkb.view.server import application

if TYPE_CHECKING:
    from graphkb.view.service import Load

__all__ = ["run"]

_MOST_CONNECTIONS = 64
_LARGEST_HEAD = 66_000
_SECONDS_TO_ASK = 15.0


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
    try:
        import starlette  # noqa: F401 - its absence is told before a port is taken
        import uvicorn
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"the explorer needs {error.name}",
            remedy="install it: pip install 'graphkb-papers[serve]'",
        ) from None

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name == "posix":
            # Elsewhere it would let another program listen at the same port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen(_MOST_CONNECTIONS)
        except OSError as error:
            raise StoreError(
                f"port {port} cannot be taken: {error.strerror}",
                remedy="choose another: --port N, or --port 0 for any that is free",
            ) from None
        chosen = int(listening.getsockname()[1])
        config = uvicorn.Config(
            application(url, load=load, port=chosen),
            http=_patient(_SECONDS_TO_ASK),
            ws="none",
            log_level="critical",
            server_header=False,
            date_header=False,
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=_LARGEST_HEAD,
        )
        server = uvicorn.Server(config)
        tell(f"http://127.0.0.1:{chosen}/")
        server.run(sockets=[listening])


def _patient(seconds: float) -> type[Any]:
    """Return uvicorn's protocol, except that who does not ask in some seconds is hung up on.

    uvicorn waits without end for the head of a request, so that 64 connections that say nothing
    would keep everybody else out.
    """
    import h11
    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Patient(H11Protocol):
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._limit()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._limit()

        def _limit(self) -> None:
            answered = self.cycle
            self.loop.call_later(seconds, self._hang_up, answered)

        def _hang_up(self, answered: object) -> None:
            # Still the same exchange as then, and none is under way: nothing whole was asked.
            if self.cycle is answered and self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
                self.transport.close()

    return Patient
