"""The objects of a JSON source, one at a time: JSON lines, an array, or a list under a key.

What services answer and what their dumps hold has one of three shapes, and every loader of JSON
takes all of them. Large files come as lines, so those are the fast way; an array or an object is
read through a window that grows to its largest member and no further.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from graphkb.loaders.json_window import Window

from graphkb.errors import InputError
from graphkb.model.source import Skipped, SourceInput

__all__ = ["first_objects", "objects"]

_FIRST_LINES = 20
_NEWLINE = re.compile(r"\r\n|\r|\n")
# A text that is cut within is one token too: it would be tried again from each quote in it else.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[{}\[\],]', re.DOTALL)


def objects(
    source: SourceInput, under: Sequence[str] = (), what: str = "a paper is an object"
) -> Iterator[tuple[str, dict[str, Any] | Skipped]]:
    """Yield each object with its place, and a skip for what is none.

    Parameters
    ----------
    source : SourceInput
        JSON lines, one array, or one object.
    under : sequence of str
        Where an object may hold what is looked for, instead of being it: keys, joined by points
        (``message.items``). A list there gives its members, an object there is one.
    what : str
        What the skip of a value of another kind says after "no object: ".

    Yields
    ------
    tuple of str and (dict or Skipped)
        The place (``line 3``, ``$[3]``, ``$.results[3]``), and the object.

    Raises
    ------
    InputError
        The source is empty, or is an array or an object that does not parse from some place on. A
        line that does not parse is skipped.

    Examples
    --------
    >>> page = SourceInput("page.json", '{"meta": {},\\n "results": [{"id": 1}, 2]}')
    >>> [(place, type(value).__name__) for place, value in objects(page, ["results"])]
    [('$.results[0]', 'dict'), ('$.results[1]', 'Skipped')]
    """
    head, more = source.head()
    start = head.lstrip()
    if not start and not more:
        raise InputError(
            "the text is empty", where=source.name, remedy="give one JSON object a line"
        )
    paths = [tuple(path.split(".")) for path in under]
    lines = _is_lines(start) or (more and not _NEWLINE.search(start) and _is_long_line(source))
    if not lines and source.share and source.share.index:
        return  # the document is in the first share
    found = _of_lines(source, paths) if lines else _of_document(source, paths)
    for place, value in found:
        if isinstance(value, dict | Skipped):
            yield place, value
        else:
            yield place, Skipped(place, f"no object: {what}")


def first_objects(head: str, under: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield the first objects of a text that may be cut off, the last one perhaps in part.

    Parameters
    ----------
    head : str
        The start of a source.
    under : sequence of str
        As in :func:`objects`.

    Yields
    ------
    dict
        What recognition can look at; of an object that is cut, the members before the cut.

    Examples
    --------
    >>> list(first_objects('{"results": [{"id": "a", "cited": [1, 2', ["results"]))
    [{'id': 'a', 'cited': [1]}]
    """
    paths = [tuple(path.split(".")) for path in under]
    start = head.lstrip()
    if not start.startswith(("{", "[")):
        return
    if _is_lines(start):
        values = [_value(line) for line in _NEWLINE.split(start)[:_FIRST_LINES]]
    else:
        value = _value(start)
        value = _value(_mended(start)) if value is None else value
        values = value if isinstance(value, list) else [value]
    for value in values:
        if isinstance(value, dict):
            yield from (found for _, found in _inside(value, "$", paths) if isinstance(found, dict))


def _is_lines(start: str) -> bool:
    """Tell lines of objects from one object; the first line may be a broken one."""
    if not start.startswith("{"):
        return not start.startswith("[")
    lines = _NEWLINE.split(start)[:_FIRST_LINES]
    if isinstance(_value(lines[0]), dict):
        return True
    # A list that begins there goes on in the next lines, which may be a member each.
    if isinstance(_value(start), dict) or lines[0].rstrip().endswith("["):
        return False
    return any(line.startswith("{") and _value(line) for line in lines)


def _is_long_line(source: SourceInput) -> bool:
    """Tell lines of objects from one object where the first line is longer than the head."""
    lines = replace(source, share=None).lines()
    try:
        first = isinstance(_value(next(lines)[1]), dict)
        return first and any(line.strip() for _, line in lines)
    except InputError:  # a line that is longer than a line may be
        return False


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _mended(text: str) -> str:
    """Close what is open where a JSON text is cut off, without the member that is cut."""
    end, closing = 0, ""
    now = ""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            now = ("}" if mark == "{" else "]") + now
            if len(now) > 500:  # deeper than any object of a service
                break
            end, closing = token.end(), now
        elif mark in "}]":
            now = now[1:]
            end, closing = token.end(), now
        elif mark == ",":
            end, closing = token.start(), now
    return text[:end] + closing


def _of_lines(source: SourceInput, paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    for number, line in source.lines():
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            value = _read(line)
        except json.JSONDecodeError as error:
            yield place, Skipped(place, f"no JSON: {error.msg} at column {error.colno}")
        except (ValueError, RecursionError) as error:
            yield place, Skipped(place, f"no JSON that can be read: {type(error).__name__}")
        else:
            for path, found in _inside(value, "$", paths):
                yield place if path == "$" else f"{place}, {path}", found


def _read(line: str) -> Any:
    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError):
        # What is no JSON by the letter (NaN, half a character) the standard library reads, or tells
        # at which column it ends.
        return json.loads(line)


def _inside(value: Any, place: str, paths: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, Any]]:
    """Yield what a value holds at one of the paths, or the value where it holds nothing there."""
    for path in paths:
        inner = value
        for key in path:
            inner = inner.get(key) if isinstance(inner, dict) else None
        where = ".".join((place, *path))
        if isinstance(inner, list):
            yield from ((f"{where}[{at}]", member) for at, member in enumerate(inner))
            return
        if isinstance(inner, dict):
            yield where, inner
            return
    yield place, value


def _of_document(
    source: SourceInput, paths: Sequence[tuple[str, ...]]
) -> Iterator[tuple[str, Any]]:
    window = Window(source)
    if window.peek() == "[":
        for place, value in window.members("$"):
            yield from _inside(value, place, paths)
        window.end()
        return
    found = False
    rest: dict[str, Any] = {}
    for member in _of_object(window, "$", paths, rest):
        found = True
        yield member
    window.end()
    if not found:
        yield from _inside(rest, "$", paths)


def _of_object(
    window: Window, place: str, paths: Sequence[tuple[str, ...]], rest: dict[str, Any]
) -> Iterator[tuple[str, Any]]:
    """Yield the members of the lists at the paths as they come; the rest of the object is kept."""
    for key in window.fields():
        inner = [path[1:] for path in paths if path[0] == key]
        within = f"{place}.{key}"
        if () in inner and window.peek() == "[":
            yield from window.members(within)
            rest[key] = []
        elif any(inner) and window.peek() == "{":
            rest[key] = {}
            yield from _of_object(window, within, [path for path in inner if path], rest[key])
        else:
            rest[key] = window.value()
