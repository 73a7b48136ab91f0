"""The client of a service: cached on disk, tried again, at its pace, and at its host alone."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import getproxies, proxy_bypass

import hishel
import httpx
from hishel.httpx import CacheTransport
from httpx_retries import Retry, RetryTransport

from graphkb.errors import InputError, NotFoundError
from graphkb.live.cache import kept_answers, usable
from graphkb.live.transport import Bounded, Keyed, Offline, Paced
from graphkb.model.service import Service
from graphkb.model.text import clean_text

__all__ = ["Bounds", "Client"]

_MOST_REDIRECTS = 5
_SHOWN = 200
_CONTACT = re.compile(r"[!-~]{3,200}")
_RETRIED = (408, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a client puts up with.

    Parameters
    ----------
    tries : int
        How often a request that fails is tried again.
    backoff : float
        Seconds before the second repetition, doubled with each, less up to a half by chance.
    silence : float
        Longest wait in seconds for a connection, and for each part of an answer.
    most_seconds : float
        Longest time in seconds that one answer may take.
    most_bytes : int
        Largest answer.
    most_patience : float
        Longest wait in seconds that a service may ask for.
    most_cached : int
        Bytes that the cache may take on disk.
    """

    tries: int = 4
    backoff: float = 1.0
    silence: float = 30.0
    most_seconds: float = 180.0
    most_bytes: int = 1 << 26
    most_patience: float = 60.0
    most_cached: int = 1 << 28


class Client:
    """Asks one service, by way of a cache that keeps to HTTP's rules (RFC 9111).

    Parameters
    ----------
    service : Service
        Whom to ask.
    folder : Path or None
        Where the cache lies; without one, or where it cannot be written, nothing is kept.
    contact : str, optional
        A mail address or page that the service may complain to, sent in the User-Agent.
    offline : bool
        Whether only the cache is asked.
    renew : bool
        Whether the service is asked even where the cache holds an answer that is still good.
    bounds : Bounds
        What is put up with.

    Raises
    ------
    InputError
        The contact, or what is given as a key, is no such thing.
    """

    def __init__(
        self,
        service: Service,
        folder: Path | None,
        *,
        contact: str | None = None,
        offline: bool = False,
        renew: bool = False,
        bounds: Bounds | None = None,
    ) -> None:
        self._service = service
        self._base = httpx.URL(service.base)
        self._secret = _secret(service, offline=offline)
        bounds = bounds or Bounds()
        headers = {"User-Agent": _user_agent(contact), "Accept-Encoding": "gzip, deflate"}
        if renew:
            headers["Cache-Control"] = "no-cache"
        cache = usable(folder)
        sending = Offline() if offline else self._network(bounds, cache)
        storage = kept_answers(cache, bounds.most_cached)
        # A cache of one person's, that may use what is stale only where nobody can be asked.
        rules = hishel.CacheOptions(shared=False, allow_stale=offline)
        self._http = httpx.Client(
            transport=CacheTransport(sending, storage=storage, rfc=rules),
            headers=headers,
            timeout=bounds.silence,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections and of the cache."""
        self._http.close()

    def get(self, path: str, parameters: Mapping[str, str] | None = None) -> str:
        """Return what the service answers.

        Parameters
        ----------
        path : str
            After the service's base, already percent-encoded.
        parameters : mapping of str to str, optional
            The query.

        Returns
        -------
        str
            The text of the answer.

        Raises
        ------
        NotFoundError
            The service knows nothing of that address.
        InputError
            It cannot be reached, refuses, or answers what it should not.
        """
        url = httpx.URL(self._service.base + path, params=parameters or None)
        asked = url
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                response = self._http.get(url)
                if not response.has_redirect_location:
                    return self._answer(response, asked)
                url = self._redirected(url, response.headers["location"])
        except InputError as error:
            error.where = error.where or _shown(asked)
            raise
        except httpx.RequestError as error:
            raise self._failure(f"cannot be reached ({_reason(error)})", asked) from error
        raise self._failure(f"redirects more than {_MOST_REDIRECTS} times", asked)

    def _redirected(self, url: httpx.URL, location: str) -> httpx.URL:
        try:
            target = url.join(location)
        except httpx.InvalidURL:
            raise self._failure("redirects to what is no address", url) from None
        if (target.scheme, target.host, target.port) != _origin(self._base):
            raise self._failure(
                f"redirects to another host, {target.host[:_SHOWN]}, which is not asked", url
            )
        if self._service.key and self._service.key.parameter:
            # The key is added to every request anew; what a redirect repeats of it is redacted.
            target = target.copy_remove_param(self._service.key.parameter)
        return target

    def _answer(self, response: httpx.Response, asked: httpx.URL) -> str:
        code = response.status_code
        if code == httpx.codes.OK:
            try:
                return response.content.decode("utf-8-sig")
            except UnicodeDecodeError:
                raise self._failure("answers what is no UTF-8 text", asked) from None
        said = self._said(response)
        if code in (404, 410):
            raise NotFoundError(
                f"{self._service.name} knows nothing of it{said}", where=_shown(asked)
            )
        if code in (401, 403) or (code == 429 and self._service.key and not self._secret):
            raise InputError(
                f"{self._service.name} refuses ({code}){said}",
                where=_shown(asked),
                remedy=self._remedy_of_refusal(),
            )
        raise self._failure(f"answers {code}{said}", asked)

    def _remedy_of_refusal(self) -> str:
        key = self._service.key
        if key is None:
            return "wait, and name yourself to the service with -o contact=MAIL"
        if self._secret:
            return f"check the key in {key.variable}"
        return f"set {key.variable} to a key; one is had at {key.page}"

    def _said(self, response: httpx.Response) -> str:
        """A few words of what the service says of a failure, which may be anything."""
        text = clean_text(response.content[: _SHOWN * 4].decode("utf-8", "replace"))
        if self._secret:
            text = text.replace(self._secret, "redacted")
        if not text or text.startswith("<"):
            return ""
        return f": {text[:_SHOWN]}" + ("…" if len(text) > _SHOWN else "")

    def _failure(self, what: str, url: httpx.URL) -> InputError:
        return InputError(
            f"{self._service.name} {what}",
            where=_shown(url),
            remedy="try again later, or take what is in the cache with --offline",
        )

    def _network(self, bounds: Bounds, folder: Path | None) -> httpx.BaseTransport:
        transport: httpx.BaseTransport = httpx.HTTPTransport(proxy=_proxy(self._base))
        if self._service.key and self._secret:
            transport = Keyed(transport, self._service.key, self._secret)
        transport = Bounded(
            transport,
            self._service.answers,
            most_bytes=bounds.most_bytes,
            most_seconds=bounds.most_seconds,
            most_patience=bounds.most_patience,
        )
        mark = folder / f"{self._base.host}-{self._base.port or 443}.last" if folder else None
        transport = Paced(transport, self._service.interval, mark)
        return RetryTransport(
            transport,
            Retry(
                total=bounds.tries,
                allowed_methods=["GET"],
                status_forcelist=_RETRIED,
                backoff_factor=bounds.backoff / 2,
                backoff_jitter=0.5,
                max_backoff_wait=bounds.most_patience,
            ),
        )


def _shown(url: httpx.URL) -> str:
    return str(url)[: _SHOWN * 2]


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _reason(error: httpx.RequestError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    text = clean_text(str(error))[:_SHOWN]
    return text or type(error).__name__


def _user_agent(contact: str | None) -> str:
    try:
        product = f"graphkb/{version('graphkb-papers')}"
    except PackageNotFoundError:  # run from a folder that nobody installed
        product = "graphkb"
    if contact is None:
        return product
    if not _CONTACT.fullmatch(contact) or not ("@" in contact or contact.startswith("https://")):
        raise InputError(
            f"{contact[:60]!r} is no mail address",
            where="-o contact",
            remedy="write it as name@example.org",
        )
    return f"{product} ({contact if '://' in contact else f'mailto:{contact}'})"


def _secret(service: Service, *, offline: bool) -> str | None:
    key = service.key
    if key is None or offline:
        return None
    secret = os.environ.get(key.variable, "").strip()
    if secret and not (secret.isascii() and secret.isprintable()):
        raise InputError(
            f"what {key.variable} holds is no key", remedy="set it to the key and nothing else"
        )
    return secret or None


def _proxy(url: httpx.URL) -> str | None:
    """The proxy that the person's environment names for the host."""
    if proxy_bypass(url.host):
        return None
    return getproxies().get(url.scheme)
