"""Going through a statement: what is found, what is in scope, and the simplest expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from lark import Token

from graphkb.store.lint.known import ANYTHING, NOTHING, Known, of_kind, of_parameter
from graphkb.store.lint.names import near, spelt
from graphkb.store.lint.schema import NamesOfGraph
from graphkb.store.lint.tree import Syntax, tokens_of, trees

__all__ = ["Checking", "Finding", "Scope"]

_MOST = 1e9  # characters or items that a value may have
_NO_ORDER = ("node", "relationship", "path", "map")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a statement.

    Parameters
    ----------
    start : int
        Where, an offset into the statement.
    what : str
        What would go wrong.
    remedy : str
        What to write instead.
    about : {'name', 'variable', 'engine'}
        A label, type or property that there is not; a variable that is not defined; or what the
        embedded engine does otherwise.
    """

    start: int
    what: str
    remedy: str
    about: str = "engine"


@dataclass
class Scope:
    """The variables of a place in a statement, and what conditions have made sure.

    Parameters
    ----------
    names : dict
        What is known of each variable.
    facts : set
        Texts of expressions with what holds of them: not null, not zero, above zero.
    """

    names: dict[str, Known] = field(default_factory=dict)
    facts: set[tuple[str, str]] = field(default_factory=set)

    def with_names(self, names: Mapping[str, Known]) -> Scope:
        """Return a scope within, with more variables."""
        return Scope({**self.names, **names}, set(self.facts))

    def with_facts(self, facts: Iterable[tuple[str, str]]) -> Scope:
        """Return the scope where conditions hold."""
        return Scope(self.names, self.facts | set(facts))


class Checking:
    """Goes through expressions.

    Parameters
    ----------
    statement : str
        The statement whose trees these are.
    names : NamesOfGraph
        The names of its graph.
    parameters : mapping
        Values for ``$name``.
    """

    def __init__(self, statement: str, names: NamesOfGraph, parameters: Mapping[str, Any]) -> None:
        self.findings: list[Finding] = []
        self._statement = statement
        self._graph = names
        self._parameters = parameters
        self._root: Syntax | None = None
        self._negations = 0
        self._is_column = False
        # What stands within coalesce, whose null is mended there.
        self._mended: set[int] = set()

    def _report(self, at: Syntax | Token, what: str, remedy: str, about: str = "engine") -> None:
        start = at.start_pos if isinstance(at, Token) else at.meta.start_pos
        self.findings.append(Finding(start or 0, what, remedy, about))

    @contextmanager
    def _place_of(self, *, column: bool) -> Iterator[None]:
        """Say whether what is looked at meanwhile is a column or a condition."""
        before, self._is_column = self._is_column, column
        try:
            yield
        finally:
            self._is_column = before

    def _text(self, tree: Syntax) -> str:
        """The tree as written, in one spacing."""
        meta = tree.meta
        if meta.empty:
            return ""
        return re.sub(r"\s+", " ", self._statement[meta.start_pos : meta.end_pos])

    def value(self, tree: Syntax, scope: Scope) -> Known:
        """Check an expression, and return what is known of its value."""
        visit: Callable[[Syntax, Scope], Known] = getattr(self, f"_{tree.data.strip('_')}")
        known = visit(tree, scope)
        text = self._text(tree)
        if known.null and (text, "not null") in scope.facts:
            known = replace(known, null=False)
        if known.size > _MOST and known.may_be("string", "list") and known.kinds:
            self._report(
                tree,
                f"the value may grow to more than {_MOST:,.0f} characters or items",
                "make the list or the number of doublings smaller",
            )
            known = replace(known, size=1)
        return known

    def _all(self, tree: Syntax, scope: Scope) -> list[Known]:
        return [self.value(child, scope) for child in trees(tree)]

    def _variable(self, tree: Syntax, scope: Scope) -> Known:
        name = spelt(tree)
        if name not in scope.names:
            self._undefined(tree, name, scope)
            return ANYTHING
        return scope.names[name]

    def _undefined(self, tree: Syntax, name: str, scope: Scope) -> None:
        self._report(
            tree,
            f"the variable {name} is not defined here",
            near(name, scope.names)
            or "bind it in MATCH or UNWIND, or take it along in each WITH in between",
            "variable",
        )

    def _literal(self, tree: Syntax, scope: Scope) -> Known:
        del scope
        (token,) = tokens_of(tree)
        text, kind = str(token), token.type
        if kind == "STRING":
            return of_kind("string", size=len(text))
        if kind == "NUMBER":
            lowered = text.lower()
            based = lowered.startswith(("0x", "0o"))
            number = float(int(lowered, 0)) if based else float(lowered)
            kind = "float" if not based and set(lowered) & {".", "e"} else "integer"
            return of_kind(kind, size=number, positive=number > 0, not_negative=True)
        return NOTHING if kind == "NULL" else of_kind("boolean")

    def _parameter(self, tree: Syntax, scope: Scope) -> Known:
        del scope
        name = str(tree.children[0])[1:].strip("`")
        return of_parameter(self._parameters[name]) if name in self._parameters else ANYTHING

    def _bracketed(self, tree: Syntax, scope: Scope) -> Known:
        first = trees(tree)[0]
        while first.data != "count" and trees(first):
            first = trees(first)[0]
        if first.data == "count" and trees(tree)[0].data != "count":
            self._report(
                tree,
                "the embedded engine reads a parenthesis before COUNT { as a pattern",
                "put COUNT { … } last, as in 1 + COUNT { … }, or leave the parenthesis out",
            )
        return self._all(tree, scope)[0]

    def _no_order(self, tree: Syntax, known: Known) -> None:
        """Report what each engine puts in an order of its own."""
        for kind in _NO_ORDER:
            if kind in known.kinds:
                self._report(
                    tree,
                    f"each engine has an order of its own for a {kind}",
                    "compare a property: n.id",
                )
                return

    def _float_as_text(self, tree: Syntax) -> None:
        self._report(
            tree,
            "the engines write large and small numbers differently, 1.0E10 and 10000000000.0",
            "return the number itself, or toString(toInteger(x))",
        )

    def _item_of(self, known: Known) -> Known:
        return known.item if known.item is not None else ANYTHING

    def mixed(self, at: Syntax) -> None:
        """Report that whole numbers and others are told apart where Neo4j takes them for one."""
        self._report(
            at,
            "1 and 1.0 are one value in Neo4j and two in the embedded engine",
            "write toFloat(x)",
        )
