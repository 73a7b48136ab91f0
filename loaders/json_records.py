"""From the objects of a service's JSON to records, one way for every service."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import objects

from graphkb.errors import InputError
from graphkb.model.record import Record
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

__all__ = ["Uncited", "answered_object", "json_records"]

RecordOf = Callable[[dict[str, Any], list[str]], Record]


class Uncited:
    """Counts the cited works that no identifier is given of, to tell of them once.

    Parameters
    ----------
    scheme : str
        What they lack, in words.
    """

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme
        self._papers = 0
        self._works = 0

    def add(self, works: int) -> None:
        """Count the works of one paper."""
        if works:
            self._papers += 1
            self._works += works

    def notices(self) -> Iterator[Notice]:
        """Yield the notice, where there is anything to tell."""
        if self._works:
            yield Notice(
                "",
                f"{self._works} references of {self._papers} papers state no {self._scheme} and "
                "are left out: nothing tells which works they are",
            )


def json_records(
    source: SourceInput, record_of: RecordOf, under: Sequence[str] = (), what: str = "no paper"
) -> Iterator[Yield]:
    """Yield the record of each object, or why there is none.

    Parameters
    ----------
    source : SourceInput
        JSON lines, an array, or an object.
    record_of : callable
        From an object and a list that takes notices to the record; raises
        :class:`~graphkb.loaders.json_field.WrongTypeError` where the object is no such record.
    under : sequence of str
        Where papers may lie in an object (:func:`graphkb.loaders.json_objects.objects`).
    what : str
        What a value that is no object is not.

    Yields
    ------
    PaperRecord, RepositoryRecord, Skipped or Notice
        In the order of the source.
    """
    for place, value in objects(source, under, what):
        if isinstance(value, Skipped):
            yield value
            continue
        notices: list[str] = []
        try:
            record = record_of(value, notices)
        except WrongTypeError as error:
            yield Skipped(place, str(error))
            continue
        yield from (Notice(place, message) for message in notices)
        yield record


def answered_object(text: str, service: str, asked: str) -> dict[str, Any]:
    """Return the object that a service answers with.

    Parameters
    ----------
    text : str
        The answer.
    service : str
        Its name, for the error.
    asked : str
        What it was asked for, for the error.

    Returns
    -------
    dict
        The answer, parsed.

    Raises
    ------
    InputError
        It is no JSON object.

    Examples
    --------
    >>> answered_object('{"id": "W1"}', "OpenAlex", "W1")
    {'id': 'W1'}
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise InputError(
            f"{service} answers no object", where=asked[:200], remedy="try again later"
        )
    return value
