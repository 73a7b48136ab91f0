"""A report in Markdown: what a topic is about, from what it came, what is known and what is open.

Every statement is quoted, with the number of its paper; what the catalogue states is marked as
curated and stands in no quotation marks. Text from outside is text: no tag, link or picture in it
becomes one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.excerpt import excerpt
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.report import about, code, lineage, methods, papers, references
from graphkb.export.report_numbers import numbers
from graphkb.export.report_open import open_questions
from graphkb.export.telling import Telling

__all__ = ["MARKDOWN", "markdown_report"]

_PARTS = (about, lineage, methods, papers, numbers, code, open_questions, references)


def markdown_report(content: Content) -> str:
    """Return a report of a topic, or of the best supported part of a whole graph.

    Parameters
    ----------
    content : Content
        What it is about.

    Returns
    -------
    str
        Markdown in GitHub's dialect, the same for the same graph.

    Examples
    --------
    >>> from graphkb.export.content import GraphContent
    >>> from graphkb.model.graph import Graph
    >>> print(markdown_report(GraphContent(Graph(), "Nothing")), end="")
    # Nothing
    <BLANKLINE>
    There is nothing in it.
    """
    return "".join(_lines(content, Counter()))


def _lines(content: Content, lost: Counter[tuple[str, str]]) -> Iterator[str]:
    part = excerpt(content)
    telling = Telling(part)
    for told in _PARTS:
        yield from told(telling)
    lost.update(telling.cite.cut)
    for kind, every, done in (
        ("entity not told", part.entities, telling.told_entities),
        ("relationship not told", part.edges, telling.told_edges),
    ):
        for name, count in every.items():
            if count > done[name]:
                lost[kind, name] = count - done[name]


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    lost: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
        file.writelines(_lines(content, lost))
    return losses(lost)


MARKDOWN = ExportFormat(
    "markdown", "a report in Markdown to read: lineage, papers, best values", _write
)
