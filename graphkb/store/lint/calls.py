"""Functions and aggregates."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from graphkb.store.lint.checking import Scope
from graphkb.store.lint.functions import AGGREGATES, FUNCTIONS, INSTEAD, Function
from graphkb.store.lint.known import ANYTHING, NOTHING, Known, either, of_kind
from graphkb.store.lint.lists import Lists
from graphkb.store.lint.names import near
from graphkb.store.lint.tree import Syntax, has, tokens_of, trees

if TYPE_CHECKING:
    from lark import Token

__all__ = ["Calls"]

_LONGEST_RANGE = 1e7
_LARGEST = 2.0**63


class Calls(Lists):
    """Goes through functions and aggregates."""

    def _call(self, tree: Syntax, scope: Scope) -> Known:
        token = tokens_of(tree)[0]
        name = re.sub(r"[\s`]", "", str(token)).lower()
        if name == "coalesce":
            self._mended.update(id(child) for child in trees(tree)[:1])
        arguments = self._all(tree, scope)
        function = FUNCTIONS.get(name) or AGGREGATES.get(name)
        if function is None:
            self._no_function(token, name)
            return ANYTHING
        if name in AGGREGATES:
            return self._aggregate(tree, function, arguments)
        return self._function(tree, function, arguments, scope)

    def _no_function(self, token: Token, name: str) -> None:
        known = [function.name for function in (*FUNCTIONS.values(), *AGGREGATES.values())]
        self._report(
            token,
            f"the embedded engine has no function {token}",
            INSTEAD.get(name) or near(str(token), known) or "docs/cypher.md lists what it has",
        )

    def _aggregate(self, tree: Syntax, function: Function, arguments: list[Known]) -> Known:
        known = arguments[0] if arguments else ANYTHING
        distinct = has(tree, "DISTINCT")
        if distinct and known.is_mixed:
            self.mixed(tree)
        if function.name == "stDev":
            if id(tree) not in self._mended:
                self._report(
                    tree,
                    "of a single value stDev is 0.0 in Neo4j and null in the embedded engine",
                    f"write coalesce({self._text(tree)}, 0.0)",
                )
            return of_kind("float", null=True)
        if function.name in ("min", "max"):
            self._no_order(tree, known)
        if function.name == "collect":
            return of_kind("list", item=replace(known, null=False, bound=False))
        if function.name in ("min", "max", "sum"):
            return replace(known, null=function.null, positive=False, bound=False)
        return of_kind(
            function.gives,
            null=function.null,
            not_negative=function.not_negative or known.not_negative,
        )

    def _function(
        self, tree: Syntax, function: Function, arguments: list[Known], scope: Scope
    ) -> Known:
        name = function.name.lower()
        first = arguments[0] if arguments else NOTHING
        null = function.null or any(one.null for one in arguments)
        special: Callable[..., Known | None] | None = getattr(
            self, f"_call_{name.replace('.', '_')}", None
        )
        if special is not None:
            known = special(tree, arguments, scope)
            if known is not None:
                return known
        return of_kind(
            *([function.gives] if function.gives else first.kinds),
            null=null,
            not_negative=function.not_negative,
            size=max((one.size for one in arguments), default=1),
        )

    def _call_coalesce(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return replace(either(arguments), null=all(one.null for one in arguments))

    def _call_tostring(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known | None:
        del scope
        if arguments and "float" in arguments[0].kinds:
            self._float_as_text(tree)
        elif arguments and not arguments[0].kinds.isdisjoint(("list", "map", "moment", "span")):
            self._report(
                tree,
                "the engines write lists, maps and times differently",
                "return the value itself",
            )
        elif arguments and not arguments[0].may_be("string"):
            return of_kind("string", null=arguments[0].null, size=30)
        return None

    def _call_tointeger(self, tree: Syntax, arguments: list[Known], scope: Scope) -> None:
        del scope
        if arguments and "float" in arguments[0].kinds and arguments[0].size > _LARGEST:
            self._report(
                tree,
                "Neo4j cuts a number beyond 64 bits, the embedded engine gives null",
                "keep the number as it is",
            )

    def _call_round(self, tree: Syntax, arguments: list[Known], scope: Scope) -> None:
        if arguments and not arguments[0].not_negative and not self._is_above(tree, scope):
            text = self._text(trees(tree)[0])
            if arguments[0].is_surely("integer"):
                return
            self._report(
                tree,
                "a negative half is rounded up in Neo4j and down in the embedded engine",
                f"write floor({text} + 0.5)",
            )

    def _is_above(self, tree: Syntax, scope: Scope, fact: str = "not negative") -> bool:
        return (self._text(trees(tree)[0]), fact) in scope.facts

    def _call_sqrt(self, tree: Syntax, arguments: list[Known], scope: Scope) -> None:
        if arguments and not arguments[0].not_negative and not self._is_above(tree, scope):
            self._not_a_number(tree, ">= 0")

    def _call_log(self, tree: Syntax, arguments: list[Known], scope: Scope) -> None:
        if (
            arguments
            and not arguments[0].positive
            and not self._is_above(tree, scope, "above zero")
        ):
            self._not_a_number(tree, "> 0")

    _call_log10 = _call_log

    def _not_a_number(self, tree: Syntax, condition: str) -> None:
        text = self._text(trees(tree)[0])
        self._report(
            tree,
            "out of its range Neo4j gives NaN or Infinity, the embedded engine null",
            f"write CASE WHEN {text} {condition} THEN {self._text(tree)} END",
        )

    def _call_split(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del scope
        if len(arguments) > 1 and not arguments[1].is_surely("string", "null"):
            self._report(
                tree, "the embedded engine splits by one text only", "pass one text, not a list"
            )
        null = any(one.null for one in arguments)
        return of_kind("list", null=null, item=of_kind("string"))

    def _call_range(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del scope
        step = trees(tree)[2] if len(arguments) > 2 else None
        by = arguments[2].size if step is not None and step.data in ("literal", "negative") else 1
        length = sum(one.size for one in arguments[:2]) / max(1, by)
        if length > _LONGEST_RANGE:
            self._report(
                tree,
                f"the list may have more than {_LONGEST_RANGE:,.0f} numbers and take all memory",
                "make the range smaller",
            )
        item = of_kind("integer", size=max((one.size for one in arguments[:2]), default=0))
        return of_kind("list", item=item, size=min(length, _LONGEST_RANGE))

    def _call_replace(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        null = any(one.null for one in arguments)
        size = arguments[0].size * max(1, arguments[-1].size) if arguments else 0
        return of_kind("string", null=null, size=size)

    def _call_keys(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del scope
        if not arguments or not arguments[0].is_surely("map"):
            self._report(
                tree,
                "the engines list keys in orders of their own, and the embedded one adds a title",
                "name the properties that you want",
            )
        return of_kind("list", null=True, item=of_kind("string"))

    def _call_properties(self, tree: Syntax, arguments: list[Known], scope: Scope) -> None:
        del scope
        if arguments:
            self._whole(tree, arguments[0], "properties(n)")

    def _call_labels(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return of_kind("list", null=arguments[0].null, item=of_kind("string"))

    def _call_nodes(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return of_kind("list", null=arguments[0].null, item=of_kind("node", bound=True))

    def _call_relationships(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return of_kind("list", null=arguments[0].null, item=of_kind("relationship"))

    def _call_head(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return replace(self._item_of(arguments[0]), null=True, bound=False)

    _call_last = _call_head

    def _call_tail(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return arguments[0]

    def _call_size(self, tree: Syntax, arguments: list[Known], scope: Scope) -> Known:
        del tree, scope
        return of_kind("integer", null=arguments[0].null, not_negative=True, size=arguments[0].size)
