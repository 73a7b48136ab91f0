"""Conditions: comparisons, membership, texts, labels, and what they make sure."""

from __future__ import annotations

import re

from graphkb.store.lint.checking import Scope
from graphkb.store.lint.facts import facts_of
from graphkb.store.lint.known import Known, of_kind
from graphkb.store.lint.properties import Properties
from graphkb.store.lint.tree import Syntax, trees

__all__ = ["Conditions"]

_ASCII_ONLY = re.compile(r"\\[wWdDsSbB]")
_UNKNOWN_TO_ENGINE = re.compile(r"\(\?(?:=|!|<[=!]|>)|\\[1-9]|[*+?}]\+")


class Conditions(Properties):
    """Goes through conditions."""

    def _boolean(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        return of_kind("boolean", null=any(one.null for one in known))

    _exclusive = _starts = _ends = _contains = _boolean

    def _is_typed(self, tree: Syntax, scope: Scope) -> Known:
        self.value(trees(tree)[0], scope)
        return of_kind("boolean")

    def _or(self, tree: Syntax, scope: Scope) -> Known:
        return self._boolean(tree, scope)

    def _and(self, tree: Syntax, scope: Scope) -> Known:
        null = False
        for child in trees(tree):
            null |= self.value(child, scope).null
            scope = scope.with_facts(facts_of(child, self._text, holds=True))
        return of_kind("boolean", null=null)

    def _not(self, tree: Syntax, scope: Scope) -> Known:
        self._negations += 1
        try:
            return self._boolean(tree, scope)
        finally:
            self._negations -= 1

    def _is_null(self, tree: Syntax, scope: Scope) -> Known:
        self._all(tree, scope)
        return of_kind("boolean")

    _is_not_null = _is_null

    def _compared(self, tree: Syntax, scope: Scope) -> Known:
        values = [
            (child, self.value(child, scope)) for child in trees(tree) if child.data != "compare"
        ]
        marks = [child for child in trees(tree) if child.data == "compare"]
        if len(marks) > 1:
            self._report(
                marks[1], "the embedded engine has no chain of comparisons", "join two with AND"
            )
        for mark in marks:
            text = str(mark.children[0])
            if text == "!=":
                self._report(mark, "Cypher has no !=", "write <>")
            elif text not in ("=", "<>"):
                for child, known in values:
                    self._no_order(child, known)
        return of_kind("boolean", null=any(known.null for _, known in values))

    def _in(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        right = trees(tree)[1]
        if right.data in ("slice_", "pattern_comprehension") or (
            right.data == "comprehension" and len(trees(right)) > 2
        ):
            self._report(
                right,
                "the embedded engine cannot read this after IN",
                "WITH it as a list of its own first, or use any(x IN list WHERE …)",
            )
        return of_kind("boolean", null=any(one.null for one in known) or known[1].item is None)

    def _matches(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        pattern = trees(tree)[1]
        given = self._parameters.get(str(pattern.children[0])[1:]) if pattern.children else None
        if pattern.data == "literal":
            text = str(pattern.children[0]).replace("\\\\", "\\")
        elif pattern.data == "parameter" and isinstance(given, str):
            text = given
        else:
            text = ""
            self._report(
                pattern,
                "the engines know different regular expressions, and this one is not seen here",
                "write it as a text, or pass it as a parameter",
            )
        if found := _UNKNOWN_TO_ENGINE.search(text):
            self._report(
                pattern,
                f"the embedded engine's regular expressions have no {found[0]}",
                "write the condition as two, or with CONTAINS",
            )
        if found := _ASCII_ONLY.search(text):
            self._report(
                pattern,
                f"{found[0]} means ASCII in Neo4j and every script in the embedded engine",
                "write the characters, such as [A-Za-z0-9_]",
            )
        if "(?i" in text and not text.isascii():
            self._report(
                pattern,
                "(?i) means ASCII in Neo4j and every script in the embedded engine",
                "compare toLower(x) with a text in small letters",
            )
        return of_kind("boolean", null=any(one.null for one in known))

    def _labelled(self, tree: Syntax, scope: Scope) -> Known:
        base, labels = trees(tree)
        known = self.value(base, scope)
        is_edge = known.is_surely("relationship")
        if trees(labels)[0].data != "label_name":
            self._report(
                labels,
                "the embedded engine knows single labels in a condition only",
                "write n:A OR n:B, n:A AND n:B, NOT n:A",
            )
        self.label_names(labels, is_edge=is_edge)
        if known.null and self._negations:
            name = self._text(base)
            self._report(
                tree,
                f"{name} may be null, and NOT of a label is then true in the embedded engine",
                f"write {name} IS NOT NULL AND NOT {self._text(tree)}",
            )
        return of_kind("boolean", null=known.null)

    def condition(self, where: Syntax, scope: Scope) -> Scope:
        """Check a condition, and return the scope in which it holds."""
        tree = trees(where)[0]
        with self._place_of(column=False):
            self.value(tree, scope)
        return scope.with_facts(facts_of(tree, self._text, holds=True))
