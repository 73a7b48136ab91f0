"""Records read from JSON lines, held to the shape that can be scored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphkb.errors import InputError
from graphkb.evaluation.item import Record

__all__ = ["paired", "read_records"]

_NAMED = ("introduces", "methods", "models", "benchmarks", "tasks")
_ANNOTATED = ("mentions_methods", "mentions_models")
_NEEDED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*_NAMED, *_ANNOTATED), ("name",)),
    "results": ("value",),
    "relations": ("source", "type", "target"),
}
# What may stand in an entity's, a result's or a relation's place as plain text.
_PLAIN = frozenset((*_NAMED, *_ANNOTATED))
_TEXTS = ("surface", "long", "kind", "role", "subject", "benchmark", "metric", "evidence")
_SHOWN = 3


def read_records(path: str | Path) -> dict[str, Record]:
    """Read records that can be scored.

    Parameters
    ----------
    path : str or Path
        JSON lines: an object a paper, as ``graphkb extract`` writes it or as it was annotated.

    Returns
    -------
    dict of str to mapping
        By id, in the file's order.

    Raises
    ------
    InputError
        The file cannot be read, a line is no such object, or an id is missing or comes twice; with
        file and line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start} is not UTF-8", where=str(path), remedy="write it as UTF-8"
        ) from None
    except OSError as error:
        raise InputError(
            f"it cannot be read: {error.strerror or error}",
            where=str(path),
            remedy="give a file that graphkb extract wrote, or an annotation of the same form",
        ) from None
    found: dict[str, Record] = {}
    lines: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        record = _record(line, where)
        identifier = str(record["id"])
        if identifier in found:
            raise InputError(
                f"the id {identifier} stands in line {lines[identifier]} too",
                where=where,
                remedy="keep one line a paper",
            )
        found[identifier] = record
        lines[identifier] = number
    if not found:
        raise InputError("it holds no record", where=str(path), remedy="give one JSON line a paper")
    return found


def _record(line: str, where: str) -> Record:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
        column = error.colno if isinstance(error, json.JSONDecodeError) else 1
        raise InputError(
            f"no JSON at column {column}: {what}", where=where, remedy="one JSON object a line"
        ) from None
    if not isinstance(record, dict):
        raise InputError(f"{_called(record)} instead of an object", where=where)
    identifier = record.get("id")
    if not isinstance(identifier, str | int) or isinstance(identifier, bool) or identifier == "":
        raise InputError("there is no id", where=where, remedy="give each paper its id")
    for key, needed in _NEEDED.items():
        _check_list(record, key, needed, where)
    for key in ("repos", "pages"):
        _check_list(record, key, None, where)
    return record


def _check_list(
    record: Mapping[str, Any], key: str, needed: Sequence[str] | None, where: str
) -> None:
    held = record.get(key)
    if held is None:
        return
    if not isinstance(held, list):
        raise InputError(f"{_called(held)} instead of a list", where=f"{where}: {key}")
    for at, item in enumerate(held):
        place = f"{where}: {key}[{at}]"
        if isinstance(item, str) and (needed is None or key in _PLAIN):
            continue
        if needed is None or not isinstance(item, dict):
            wanted = "a text" if needed is None else "an object"
            raise InputError(f"{_called(item)} instead of {wanted}", where=place)
        for name in needed:
            if not isinstance(item.get(name), str):
                raise InputError(
                    f"{_called(item.get(name))} instead of a text", where=f"{place}.{name}"
                )
        for name in _TEXTS:
            if not isinstance(item.get(name), str | None):
                raise InputError(
                    f"{_called(item[name])} instead of a text", where=f"{place}.{name}"
                )
        aliases = item.get("aliases") or []
        if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
            raise InputError("no list of texts", where=f"{place}.aliases")


def _called(value: object) -> str:
    """What a JSON value is called."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return "null" if value is None else names.get(type(value), "a number")


def paired(
    predicted: Mapping[str, Record], annotated: Mapping[str, Record], *, common: bool = False
) -> tuple[dict[str, Record], dict[str, Record]]:
    """Hold two files to the same papers.

    Parameters
    ----------
    predicted, annotated : mapping of str to mapping
        Records by id.
    common : bool, optional
        Take the papers that both have, and leave the others out.

    Returns
    -------
    tuple of dict
        Predicted and annotated, of the same ids.

    Raises
    ------
    InputError
        They are of different papers, or, with `common`, share none.

    Examples
    --------
    >>> paired({"a": {}, "b": {}}, {"b": {}}, common=True)
    ({'b': {}}, {'b': {}})
    """
    both = [identifier for identifier in annotated if identifier in predicted]
    if not both:
        raise InputError(
            "no paper of the one is in the other: "
            f"{_listed(list(predicted))} were predicted, {_listed(list(annotated))} annotated",
            remedy="give both files the same ids; extract keeps those of its source",
        )
    remedy = "give both the same papers, or score those that both have with --common"
    lacking = [identifier for identifier in annotated if identifier not in predicted]
    if lacking and not common:
        raise InputError(
            f"{len(lacking)} of {len(annotated)} annotated papers were not predicted: "
            f"{_listed(lacking)}",
            remedy=remedy,
        )
    beyond = [identifier for identifier in predicted if identifier not in annotated]
    if beyond and not common:
        raise InputError(
            f"{len(beyond)} of {len(predicted)} predicted papers are not annotated: "
            f"{_listed(beyond)}",
            remedy=remedy,
        )
    return {i: predicted[i] for i in both}, {i: annotated[i] for i in both}


def _listed(identifiers: list[str]) -> str:
    shown = ", ".join(identifiers[:_SHOWN])
    return shown + (" …" if len(identifiers) > _SHOWN else "")
