"""Names in a statement: how they are spelt, and what was meant by one that there is not."""

from __future__ import annotations

from collections.abc import Iterable

from graphkb.store.lint.tree import Syntax, tokens_of, within

__all__ = ["near", "spelt"]


def spelt(tree: Syntax) -> str:
    """Return the name that a tree begins with, without its backquotes."""
    text = next(
        str(token) for part in within(tree) for token in tokens_of(part) if token.type == "NAME"
    )
    return text[1:-1].replace("``", "`") if text.startswith("`") else text


def near(name: str, known: Iterable[str]) -> str:
    """Return the question whether a similar name was meant; empty where none is similar.

    Parameters
    ----------
    name : str
        The name that there is not.
    known : iterable of str
        The names that there are.

    Returns
    -------
    str
        A question for a person.

    Examples
    --------
    >>> near("Papper", ["Paper", "Method"])
    'did you mean Paper?'
    >>> near("Cat", ["Paper", "Method"])
    ''
    """
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        name, sorted(known), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=65
    )
    return f"did you mean {found[0]}?" if found else ""
