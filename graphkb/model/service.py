"""A service that a live source is fetched from: its address, what it allows, what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from graphkb.model.source import LoaderOption, SourceInput

__all__ = ["CONTACT", "Access", "ApiKey", "Live", "Service", "Web"]

CONTACT = LoaderOption("contact", "your mail address, which a service that is asked may write to")


@dataclass(frozen=True, slots=True)
class Access:
    """How services may be asked.

    Parameters
    ----------
    offline : bool
        Only from the cache.
    renew : bool
        Even where the cache holds an answer that is still good.
    """

    offline: bool = False
    renew: bool = False


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Where a service's key comes from, and where it goes.

    Parameters
    ----------
    variable : str
        The environment variable that holds it; it is taken from nowhere else.
    header, parameter : str, optional
        The header, or the parameter of the query, in which the service expects it.
    page : str
        Where a person gets one, for messages.
    """

    variable: str
    header: str | None = None
    parameter: str | None = None
    page: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A web service, as its documentation describes it.

    Parameters
    ----------
    name : str
        As people call it.
    base : str
        What its addresses begin with; its host is the only one that is ever asked.
    answers : str
        The media type of its answers, ``json`` or ``xml`` in whatever spelling.
    interval : float
        Seconds from one request to the next that the documentation asks for.
    key : ApiKey, optional
        Its key, where it has any.
    """

    name: str
    base: str
    answers: str
    interval: float
    key: ApiKey | None = None


class Web(Protocol):
    """What a loader asks a service by."""

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
        ...


@dataclass(frozen=True, slots=True)
class Live:
    """How a loader's scheme is fetched from a service.

    Parameters
    ----------
    service : Service
        The service.
    ask : callable
        From the scheme's argument to the input, by what asks the service.
    """

    service: Service
    ask: Callable[[str, Web], SourceInput]
