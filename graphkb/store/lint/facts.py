"""What a condition makes sure of the expressions in it."""

from __future__ import annotations

from collections.abc import Callable

from graphkb.store.lint.tree import Syntax, tokens_of, trees

__all__ = ["facts_of"]

Facts = set[tuple[str, str]]

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "<>": "<>"}
_OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


def facts_of(tree: Syntax, text: Callable[[Syntax], str], *, holds: bool) -> Facts:
    """Return what is sure of expressions where a condition holds, or does not.

    Parameters
    ----------
    tree : Syntax
        The condition.
    text : callable
        Gives the text of an expression.
    holds : bool
        True where it is true; False where it is false or null.

    Returns
    -------
    set of (text, fact)
        The facts: ``not null``, ``not zero``, ``not negative``, ``above zero``.
    """
    below = trees(tree)
    if tree.data == "bracketed":
        return facts_of(below[0], text, holds=holds)
    if tree.data == ("and_" if holds else "or_"):
        return set().union(*(facts_of(child, text, holds=holds) for child in below))
    if tree.data == "is_not_null" and holds:
        return {(text(below[0]), "not null")}
    if tree.data == "is_null" and not holds:
        return {(text(below[0]), "not null")}
    if tree.data == "compared" and len(below) == 3:
        return _compared(below, text, holds=holds)
    return set()


def _compared(below: list[Syntax], text: Callable[[Syntax], str], *, holds: bool) -> Facts:
    left, mark, right = below
    sign = str(mark.children[0])
    facts: Facts = set()
    if holds:
        facts = {(text(one), "not null") for one in (left, right)}
        if sign in ("<>", "<", ">"):
            facts |= {(text(left), f"is not {text(right)}"), (text(right), f"is not {text(left)}")}
    if _number(left) is not None:
        left, right, sign = right, left, _FLIPPED.get(sign, "")
    number = _number(right)
    if number is None or sign not in _OPPOSITE:
        return facts
    if not holds:
        # A comparison that is null is no comparison that is false, but of null nothing follows
        # that differs: null / null and sqrt(null) are null in both.
        sign = _OPPOSITE[sign]
    known = text(left)
    if (sign == ">" and number >= 0) or (sign == ">=" and number > 0):
        facts |= {(known, "above zero"), (known, "not zero"), (known, "not negative")}
    elif sign == ">=" and number == 0:
        facts.add((known, "not negative"))
    elif (
        (sign == "<>" and number == 0) or (sign == "<" and number <= 0) or (sign == "=" and number)
    ):
        facts.add((known, "not zero"))
    return facts


def _number(tree: Syntax) -> float | None:
    if tree.data != "literal":
        return None
    (token,) = tokens_of(tree)
    try:
        return float(token) if token.type == "NUMBER" else None
    except ValueError:
        return None
