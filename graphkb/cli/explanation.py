"""Why each statement of a paper was read, as a text to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from graphkb.cli.terminal import visible

__all__ = ["explained"]


def explained(paper: Mapping[str, Any]) -> str:
    """Return the explanations of a paper as a block: sentence after sentence.

    Parameters
    ----------
    paper : mapping
        As :func:`graphkb.without_store.explain` yields it.

    Returns
    -------
    str
        Lines, without control characters but for their ends.
    """
    return "".join(visible(line).rstrip() + "\n" for line in _lines(paper))


def _lines(paper: Mapping[str, Any]) -> Iterator[str]:
    yield f"{paper['id']}  {paper['title']}"
    held = paper["explained"]
    for (field, span), found in groupby(held, lambda one: (one["field"], one["sentence"])):
        begin, stop = span
        yield f"  {field} {begin}-{stop}: “{paper[field][begin:stop]}”"
        for one in found:
            yield f"    {'+' if one['taken'] else '-'} {_decision(one)}"
            if one["features"]:
                told = ", ".join(f"{name!r} {weight:+.2f}" for name, weight in one["features"])
                yield f"        features: {told}"
    if paper["unlikely"]:
        yield f"  and {paper['unlikely']} candidates that are far from likely (--all shows them)"
    yield ""


def _decision(one: Mapping[str, Any]) -> str:
    place = (
        "" if [one["begin"], one["stop"]] == one["sentence"] else f" {one['begin']}-{one['stop']}"
    )
    said = one["label"] if one["what"] == "relation" else f"{one['group']}: {one['label']}"
    parts = [f"{said}{place}"]
    if one["confidence"] is not None and one["threshold"] is not None:
        sign = ">=" if one["confidence"] >= one["threshold"] else "<"
        parts.append(f"{one['confidence'] / 1000:.3f} {sign} {one['threshold'] / 1000:.3f}")
    if not one["taken"] or one["why"] not in ("sure enough", "an address"):
        parts.append(one["why"])
    if one["rule"]:
        parts.append(f"rule {one['rule']}")
    return "; ".join(parts)
