"""The tables of docs/quality.md: kept as JSON in docs/quality, put into the page between marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marked_page import with_parts

__all__ = ["keep", "kept", "kept_rows", "page", "reliability_table", "scores_table", "write"]

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = DOCS / "quality.md"
FOLDER = DOCS / "quality"
_FIGURES = ("precision", "recall", "f1")


def keep(name: str, papers: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write what was measured, with the version that was.

    Parameters
    ----------
    name : {'development', 'unread', 'reliability'}
        Of what.
    papers : int
        On how many papers.
    rows : sequence of dict
        The table.
    """
    from graphkb import __version__
    from graphkb.extract.reader import VERSION

    held = {"version": __version__, "reader": VERSION, "papers": papers}
    lines = ",\n  ".join(json.dumps(row) for row in rows)
    text = json.dumps(held)[:-1] + f',\n "rows": [\n  {lines}\n ]}}\n'
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def kept(name: str) -> dict[str, Any]:
    """Return what was kept: version, reader, papers and rows."""
    held: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return held


def kept_rows(name: str) -> list[dict[str, Any]]:
    """Return a kept table; an empty one where none was kept."""
    path = FOLDER / f"{name}.json"
    rows: list[dict[str, Any]] = kept(name)["rows"] if path.is_file() else []
    return rows


def scores_table(tables: Sequence[Sequence[dict[str, Any]]]) -> str:
    """Return tables of scores side by side as one markdown table."""
    columns = " P | R | F1 | n |" * len(tables)
    lines = [f"| statement |{columns}", "| --- |" + " --- |" * 4 * len(tables)]
    by_key = [{row["key"]: row for row in rows} for rows in tables]
    for key in dict.fromkeys(row["key"] for rows in tables for row in rows):
        cells = ""
        for rows in by_key:
            row = rows.get(key)
            if row is None:
                cells += "  |  |  |  |"
            else:
                cells += "".join(f" {row[name]:.3f} |" for name in _FIGURES) + f" {row['n']} |"
        lines.append(f"| {key} |{cells}")
    return "\n".join(lines) + "\n"


def thresholds_table(rows: Sequence[dict[str, Any]]) -> str:
    """Return for each kind its threshold and what it leaves."""
    lines = [
        "| statement | believed from | read | believed | of these right | F1 "
        "| F1 where the other folds choose |",
        "| --- |" + " --- |" * 6,
    ]
    for row in rows:
        precision = "" if row["precision"] is None else f"{row['precision']:.2f}"
        lines.append(
            f"| {row['kind']} | {row['threshold'] / 1000:.2f} | {row['read']} | {row['taken']} "
            f"| {precision} | {row['f1']:.3f} | {row['f1_held_out']:.3f} |"
        )
    return "\n".join(lines) + "\n"


def reliability_table(rows: Sequence[dict[str, Any]]) -> str:
    """Return for each kind what share is right in each bin of confidence."""
    count = len(rows[0]["bins"])
    heads = "".join(f" {at / count:.1f} |" for at in range(count))
    lines = [f"| statement | error |{heads}", "| --- | --- |" + " --- |" * count]
    for row in rows:
        cells = "".join(f" {b[2]:.2f} ({b[0]}) |" if b else "  |" for b in row["bins"])
        error = f"{row['error']:.3f}" if row["read"] else ""
        lines.append(f"| {row['kind']} | {error} |{cells}")
    return "\n".join(lines) + "\n"


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
    development, unread, measured = kept("development"), kept("unread"), kept("reliability")
    made = {
        "version": _versions(development, unread),
        "scores": scores_table([development["rows"], unread["rows"]]),
        "thresholds": thresholds_table(measured["rows"]),
        "reliability": reliability_table(measured["rows"]),
    }
    return with_parts(text, made, "docs/quality.md")


def _versions(development: dict[str, Any], unread: dict[str, Any]) -> str:
    told = [
        f"graphkb {held['version']}, reader `{held['reader']}`" for held in (development, unread)
    ]
    if told[0] == told[1]:
        return f"Measured of {told[0]}.\n"
    return f"The development part was measured of {told[0]}, the unread third of {told[1]}.\n"


def write() -> None:
    """Put the kept tables into the page."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
