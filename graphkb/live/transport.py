"""What stands between the cache and the network, one concern a transport, each around the next.

From the cache downwards: failures that may pass are tried again (httpx-retries); requests wait for
their turn (:class:`Paced`); an answer is read whole within its bounds and judged
(:class:`Bounded`); the key is added last (:class:`Keyed`). So only what passed is cached, and
neither the cache nor what logs requests ever sees a key.
"""

from __future__ import annotations

import os
import time
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from graphkb.errors import InputError
from graphkb.model.service import ApiKey

__all__ = ["Bounded", "Keyed", "Offline", "Paced"]

_REDACTED = "redacted"


class Keyed(httpx.BaseTransport):
    """Adds a service's key to each request, and takes it out of what comes back.

    Parameters
    ----------
    within : httpx.BaseTransport
        What sends.
    key : ApiKey
        Where the key goes.
    secret : str
        The key.
    """

    def __init__(self, within: httpx.BaseTransport, key: ApiKey, secret: str) -> None:
        self._within = within
        self._key = key
        self._secret = secret

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a copy of the request that has the key."""
        url, headers = request.url, httpx.Headers(request.headers)
        if self._key.parameter:
            url = url.copy_set_param(self._key.parameter, self._secret)
        if self._key.header:
            headers[self._key.header] = self._secret
        sent = httpx.Request(
            request.method, url, headers=headers, extensions=dict(request.extensions)
        )
        response = self._within.handle_request(sent)
        # A service that redirects repeats the query, and this is what is kept and shown.
        for name, value in response.headers.items():
            if self._secret in value:
                response.headers[name] = value.replace(self._secret, _REDACTED)
        return response

    def close(self) -> None:
        """Close what sends."""
        self._within.close()


class Paced(httpx.BaseTransport):
    """Keeps the distance between requests that a service asks for, across processes.

    The moment of the last request is the time of a file, so that two commands in a row keep the
    distance too.

    Parameters
    ----------
    within : httpx.BaseTransport
        What sends.
    interval : float
        Seconds.
    mark : Path or None
        The file; without one the distance is kept within this object.
    """

    def __init__(self, within: httpx.BaseTransport, interval: float, mark: Path | None) -> None:
        self._within = within
        self._interval = interval
        self._mark = mark
        self._last = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Wait for the turn, and send."""
        wait = self._last_request() + self._interval - time.time()
        # A clock that was set back must not make anybody wait for hours.
        if 0 < wait <= self._interval:
            time.sleep(wait)
        self._note()
        try:
            return self._within.handle_request(request)
        finally:
            # From the end of one to the start of the next, however long an answer takes.
            self._note()

    def _last_request(self) -> float:
        if self._mark is not None:
            try:
                return max(self._last, self._mark.stat().st_mtime)
            except OSError:
                pass
        return self._last

    def _note(self) -> None:
        self._last = time.time()
        if self._mark is not None:
            try:
                self._mark.touch()
                os.utime(self._mark, (self._last, self._last))
            except OSError:
                self._mark = None

    def close(self) -> None:
        """Close what sends."""
        self._within.close()


class Bounded(httpx.BaseTransport):
    """Reads an answer whole, in bounds of size and time, and refuses what is of another type.

    Parameters
    ----------
    within : httpx.BaseTransport
        What sends.
    answers : str
        The kind of answer that is expected, ``json`` or ``xml``.
    most_bytes : int
        The largest answer, after decompression.
    most_seconds : float
        The longest that the reading of one may take.
    most_patience : float
        The longest wait, in seconds, that a service may ask for with Retry-After.
    """

    def __init__(
        self,
        within: httpx.BaseTransport,
        answers: str,
        *,
        most_bytes: int,
        most_seconds: float,
        most_patience: float,
    ) -> None:
        self._within = within
        self._answers = answers
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._most_patience = most_patience

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, and read the answer."""
        begun = time.monotonic()
        response = self._within.handle_request(request)
        response.request = request
        try:
            self._check_patience(response)
            if response.status_code == httpx.codes.OK:
                self._check_type(response)
            content = self._read(response, begun)
        finally:
            response.close()
        # Decompressed, so what told of the compression no longer holds.
        kept = [
            (name, value)
            for name, value in response.headers.raw
            if name.lower() not in (b"content-encoding", b"content-length", b"transfer-encoding")
        ]
        return httpx.Response(
            response.status_code,
            headers=kept,
            content=content,
            request=request,
            extensions={k: v for k, v in response.extensions.items() if k != "network_stream"},
        )

    def _read(self, response: httpx.Response, begun: float) -> bytes:
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if len(content) > self._most_bytes:
                raise InputError(
                    f"the answer has more than {self._most_bytes:,} bytes",
                    remedy="ask for less at a time",
                )
            if time.monotonic() - begun > self._most_seconds:
                raise httpx.ReadTimeout(
                    f"the answer took more than {self._most_seconds:g} s", request=response.request
                )
        return bytes(content)

    def _check_type(self, response: httpx.Response) -> None:
        stated = response.headers.get("content-type", "")
        if self._answers not in stated.partition(";")[0].lower():
            what = repr(stated[:60]) if stated else "of no stated type"
            raise InputError(
                f"the answer is {what}, not {self._answers.upper()}",
                remedy="see whether a login page or a proxy answers in the service's place",
            )

    def _check_patience(self, response: httpx.Response) -> None:
        seconds = _seconds(response.headers.get("retry-after", ""))
        if response.status_code in (429, 503) and seconds > self._most_patience:
            raise InputError(
                f"the service asks to be left alone for {seconds:,.0f} s",
                remedy="load it again after that time",
            )

    def close(self) -> None:
        """Close what sends."""
        self._within.close()


class Offline(httpx.BaseTransport):
    """Stands in for the network where it must not be used."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:  # noqa: ARG002
        """Refuse."""
        raise InputError(
            "this is not in the cache, or may not be used from it without asking the service again",
            remedy="load it once without --offline",
        )


def _seconds(retry_after: str) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date."""
    if retry_after.strip().isdigit():
        return float(retry_after)
    try:
        return parsedate_to_datetime(retry_after).timestamp() - time.time()
    except ValueError:
        return 0.0
