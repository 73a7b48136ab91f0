"""A statement as people read it: the sentence in quotation marks, and where it stands."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from graphkb.cli.terminal import shortened, visible

if TYPE_CHECKING:
    from graphkb.query.reported import Reported
    from graphkb.query.stated import Stated

__all__ = ["cited", "quoted", "reported", "wrapped"]

_TITLE = 100
_LEAST = 24


def cited(said: Stated) -> str:
    """Return the paper of a statement with its date.

    Parameters
    ----------
    said : Stated
        A statement.

    Returns
    -------
    str
        The title, shortened, and the date where one is known.
    """
    return ", ".join([shortened(said.title, _TITLE), *([said.date] if said.date else [])])


def quoted(said: Stated) -> str:
    """Return a statement with its origin.

    Parameters
    ----------
    said : Stated
        A statement.

    Returns
    -------
    str
        A curated fact says so, and is in no quotation marks.
    """
    if said.curated:
        return f"curated: {said.sentence}"
    if said.sentence is None:
        return f"({said.basis}: {cited(said)})"
    summary = "" if said.basis == "quoted" else f"{said.basis}, "
    return f"“{said.sentence}” ({summary}{cited(said)})"


def reported(number: Reported) -> str:
    """Return the sentence of a number with its origin.

    Parameters
    ----------
    number : Reported
        A number that a paper reports.

    Returns
    -------
    str
        A sentence of a summary says so, and is in no quotation marks.
    """
    origin = [shortened(number.title, _TITLE), number.published or "no date"]
    if number.quoted:
        return f"“{number.sentence}” ({', '.join(origin)})"
    return f"{number.sentence} ({', '.join(['a summary', *origin])})"


def wrapped(text: str, columns: int, first: str, other: str) -> list[str]:
    """Break a text into lines.

    Parameters
    ----------
    text : str
        From outside; made visible.
    columns : int
        What the lines shall fit, but for words that are longer.
    first, other : str
        What the first line and the others begin with.

    Returns
    -------
    list of str
        None where there is no text.
    """
    return textwrap.wrap(
        visible(text),
        max(columns, len(other) + _LEAST),
        initial_indent=first,
        subsequent_indent=other,
        break_on_hyphens=False,
        break_long_words=False,
    )
