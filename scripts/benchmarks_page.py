"""The tables of docs/benchmarks.md: kept as JSON in docs/benchmarks, put between marks.

    python -m benchmarks --size small --out docs/benchmarks/small.json
    python -m benchmarks --size full --only growth --out docs/benchmarks/growth.json
    python -m benchmarks --size full --only served --out docs/benchmarks/served.json
    python scripts/benchmarks_page.py

A test compares the page with what this makes of the kept figures.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from marked_page import with_parts

from benchmarks.growth import WHY, is_worse, meaning

__all__ = ["growth_table", "kept", "page", "parts_tables", "worse_list", "write"]

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "benchmarks.md"
FOLDER = DOCS / "benchmarks"
_EXPONENT = "exponent of "
# Of a part that measures hundreds of questions, the slowest.
_MOST_ROWS = 25
# What has a table of curves of its own, and of which figures: a server's time is not our process's.
_CURVES = {
    "growth": ("process", "peak", "file"),
    "served": ("process", "peak", "file", "wall"),
}
# Curves with these beginnings are in the table; the others only where they are worse.
_SHOWN = (
    "bulk",
    "import.sh",
    "schema.cypher",
    "sources to",
    "load",
    "open",
    "entity by id",
    "show",
    "search",
    "lineage",
    "why",
    "compare",
    "similar ",
    "leaderboard",
    "topic",
    "page",
    "query cites",
    "query cited-by",
    "query used-by",
    "query ancestors",
    "query leaderboard",
)


def kept(name: str) -> dict[str, Any]:
    """Return what was kept of a run."""
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return held


def machine_text(runs: Mapping[str, Mapping[str, Any]]) -> str:
    """Return of each run on what it was made, and what ran beside it."""
    lines = []
    for name, held in runs.items():
        told = held["machine"]
        packages = ", ".join(f"{k} {v}" for k, v in told["packages"].items())
        lines.append(
            f"- [{name}](benchmarks/{name}.json), size {held['size']}, {told['date']}, "
            f"{held['seconds']:,} s in all: {told['cores']} cores of {told['processor']}, "
            f"{told['memory_gb']:,.0f} GB, {told['system']}, Python {told['python']}, "
            f"graphkb {told['graphkb']}, {packages}. {held['remark']}".rstrip()
        )
        lines += [f"  - {part} failed: {why}" for part, why in held["failed"].items()]
    return "\n".join(lines) + "\n"


def growth_table(found: Sequence[Mapping[str, Any]]) -> str:
    """Return the curves that everybody asks for as a markdown table."""
    sizes = sorted({one["papers"] for one in found if "papers" in one})
    heads = "".join(f" {size:,} |" for size in sizes)
    lines = [
        f"| what | figure |{heads} exponent | may be | that is |",
        "| --- | --- |" + " --- |" * (len(sizes) + 3),
    ]
    for curve in _curves(found):
        if curve["what"].startswith(_SHOWN):
            unit = f", {curve['unit']}" if curve["unit"] else ""
            points = curve["points"]
            cells = "".join(f" {_number(points.get(size))} |" for size in sizes)
            fitted = "  |  |  |"
            if curve["exponent"] is not None:
                value, bound = curve["exponent"], float(curve["bound"])
                fitted = f" {value:.2f} | {bound:.2f} | {meaning(value)} |"
            lines.append(f"| {curve['what']} | {curve['figure']}{unit} |{cells}{fitted}")
    return "\n".join(lines) + "\n"


def worse_list(found: Sequence[Mapping[str, Any]]) -> str:
    """Return which curves are worse than they may be, with why where it is known."""
    fitted = [curve for curve in _curves(found) if curve["exponent"] is not None]
    worse = [
        curve
        for curve in fitted
        if is_worse(curve["exponent"], float(curve["bound"]), curve["points"], curve["unit"])
    ]
    lines = [f"{len(worse)} of {len(fitted)} curves are worse than they may be.\n"]
    for curve in worse:
        why = next((f": {why}" for name, why in WHY.items() if curve["what"].startswith(name)), "")
        points = " → ".join(_number(value) for value in curve["points"].values())
        lines.append(
            f"- {curve['what']}, {curve['figure']}: {points} {curve['unit']}, exponent "
            f"{curve['exponent']:.2f} where {float(curve['bound']):.2f} may be{why}"
        )
    lines += [
        f"- {one['what']}: {one['figure']} {_number(one['value']['median'])} {one['unit']}"
        for one in found
        if one["what"].startswith("not run")
    ]
    return "\n".join(lines) + "\n"


def parts_tables(found: Sequence[Mapping[str, Any]]) -> str:
    """Return a table a part: what was measured, how it spread, beside what."""
    by_part: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for one in found:
        if one["part"] not in _CURVES:
            by_part[one["part"]].append(one)
    lines = []
    for part, rows in by_part.items():
        lines.append(f"### {part}\n")
        shown = rows
        if len(rows) > 3 * _MOST_ROWS:
            timed = [row for row in rows if row.get("unit") == "ms"]
            shown = sorted(timed, key=lambda row: -row["value"]["median"])[:_MOST_ROWS]
            lines.append(f"The slowest {len(shown)} of {len(timed)}.\n")
        lines.append("| what | figure | median | min to max | runs | beside | ratio | bound |")
        lines.append("| --- |" + " --- |" * 7)
        lines += [_row(row) for row in shown]
        lines.append("")
    return "\n".join(lines)


def page(text: str) -> str:
    """Return the page's text with its tables as they were kept.

    Parameters
    ----------
    text : str
        The page; what stands between ``<!-- NAME -->`` and ``<!-- end -->`` is made anew.

    Returns
    -------
    str
    """
    runs = {name: kept(name) for name in (*_CURVES, "small")}
    growth, served = (runs[name]["measurements"] for name in _CURVES)
    made = {
        "machine": machine_text(runs),
        "growth": growth_table(growth),
        "worse": worse_list(growth),
        "served": growth_table(served),
        "served worse": worse_list(served),
        "parts": parts_tables(runs["small"]["measurements"]),
    }
    return with_parts(text, made, "docs/benchmarks.md")


def _curves(found: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield each curve: its figure at each size, and its exponent where one was fitted."""
    curves: dict[tuple[str, str], dict[str, Any]] = {}
    exponents: dict[tuple[str, str], Mapping[str, Any]] = {}
    for one in found:
        key = one["what"], one["figure"].removeprefix(_EXPONENT)
        if one["figure"].startswith(_EXPONENT):
            exponents[key] = one
        elif "papers" in one and one["figure"] in _CURVES[one["part"]]:
            curve = curves.setdefault(
                key, {"what": key[0], "figure": key[1], "unit": one.get("unit", ""), "points": {}}
            )
            curve["points"][one["papers"]] = one["value"]["min"]
    for key, curve in curves.items():
        fitted = exponents.get(key)
        yield {
            **curve,
            "exponent": fitted["value"]["median"] if fitted else None,
            "bound": fitted["bound"] if fitted else "",
        }


def _row(one: Mapping[str, Any]) -> str:
    value, unit = one["value"], one.get("unit", "")
    spread = "" if value["runs"] < 2 else f"{_number(value['min'])} to {_number(value['max'])}"
    beside = ""
    if "baseline" in one:
        beside = f"{one['baseline']['what']}: {_number(one['baseline']['figure']['median'])}"
    figure = f"{one['figure']}{', ' if unit else ''}{unit}"
    ratio = f"{one['ratio']:.2f}" if "ratio" in one else ""
    cells = (
        one["what"],
        figure,
        _number(value["median"]),
        spread,
        str(value["runs"]),
        beside,
        ratio,
        one.get("bound", ""),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _number(value: float | None) -> str:
    """Three digits that tell."""
    if value is None:
        return ""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def write() -> None:
    """Put the kept tables into the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
