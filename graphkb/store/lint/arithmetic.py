"""Arithmetic: null beside lists, what may be zero, figures as texts, and how large it gets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphkb.store.lint.checking import Scope
from graphkb.store.lint.conditions import Conditions
from graphkb.store.lint.known import ANYTHING, Known, either, of_kind
from graphkb.store.lint.tree import Syntax, trees

__all__ = ["Arithmetic"]


class Arithmetic(Conditions):
    """Goes through arithmetic."""

    def _plus(self, tree: Syntax, scope: Scope) -> Known:
        left, right = (self.value(child, scope) for child in trees(tree))
        sides = (left, right)
        null = left.null or right.null
        if any("list" in side.kinds for side in sides):
            if null:
                self._report(
                    tree,
                    "a list + null is null in Neo4j and a longer list in the embedded engine",
                    "write coalesce(…, []) around what may be null",
                )
            items = [
                (side.item or ANYTHING) if side.is_surely("list") else side
                for side in sides
                if not (side.is_surely("list") and side.size == 0)
            ]
            return of_kind("list", null=null, item=either(items), size=left.size + right.size)
        if any(side.is_surely("string") for side in sides):
            if any("float" in side.kinds for side in sides):
                self._float_as_text(tree)
            return of_kind("string", null=null, size=left.size + right.size)
        if any(side.is_surely("date", "moment", "span") for side in sides):
            return of_kind(*(left.kinds | right.kinds) - {"span"} or {"span"}, null=null)
        return self._number(sides, left.size + right.size, positive=left.positive or right.positive)

    def _number(
        self, sides: Iterable[Known], size: float, *, positive: bool = False, kind: str = ""
    ) -> Known:
        found = list(sides)
        not_negative = all(one.not_negative for one in found)
        null = any(one.null for one in found)
        if kind:
            kinds = frozenset({kind})
        elif any(one.is_surely("float") for one in found):
            kinds = frozenset({"float"})
        elif all(one.is_surely("integer", "null") for one in found):
            kinds = frozenset({"integer"})
        elif all(one.is_surely("integer", "float", "null") for one in found):
            kinds = frozenset({"integer", "float"})
        else:
            kinds = frozenset()
        return Known(
            kinds,
            null,
            size=size,
            positive=positive and not_negative,
            not_negative=not_negative,
        )

    def _minus(self, tree: Syntax, scope: Scope) -> Known:
        sides = self._all(tree, scope)
        if any(side.is_surely("date", "moment", "span") for side in sides):
            return of_kind(*sides[0].kinds or {"date"}, null=any(side.null for side in sides))
        return replace(self._number(sides, sum(one.size for one in sides)), not_negative=False)

    def _times(self, tree: Syntax, scope: Scope) -> Known:
        left, right = self._all(tree, scope)
        positive = left.positive and right.positive
        known = self._number((left, right), left.size * right.size, positive=positive)
        first, second = (self._text(child) for child in trees(tree))
        return replace(known, not_negative=known.not_negative or first == second)

    def _divided(self, tree: Syntax, scope: Scope) -> Known:
        left, right = self._all(tree, scope)
        divisor = trees(tree)[1]
        text = self._text(divisor)
        exact = left.is_surely("integer") and right.is_surely("integer")
        literal = divisor.data == "literal" or divisor.data == "negative"
        is_safe = right.positive or (literal and right.size > 0)
        if not exact and not is_safe and (text, "not zero") not in scope.facts:
            self._report(
                tree,
                f"{text} may be zero: Neo4j then gives Infinity or NaN, the embedded engine null",
                f"write CASE WHEN {text} = 0 THEN null ELSE {self._text(tree)} END",
            )
        return self._number((left, right), left.size)

    _modulo = _divided

    def _raised(self, tree: Syntax, scope: Scope) -> Known:
        left, right = self._all(tree, scope)
        size = max(left.size, 1) ** min(right.size, 400 / max(1, len(f"{left.size:.0f}")))
        return self._number((left, right), size, kind="float")

    def _negative(self, tree: Syntax, scope: Scope) -> Known:
        (known,) = self._all(tree, scope)
        return replace(known, positive=False, not_negative=known.size == 0)

    def _positive(self, tree: Syntax, scope: Scope) -> Known:
        return self._all(tree, scope)[0]

    def _joined(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        if not all(one.is_surely("string", "null") for one in known):
            self._report(tree, "the embedded engine makes a text of lists joined by ||", "write +")
        return replace(known[0], null=any(one.null for one in known))
