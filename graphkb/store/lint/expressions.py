"""What an expression is, and what of it the embedded engine would answer otherwise than Neo4j."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from lark import Token

from graphkb.store.lint.facts import facts_of
from graphkb.store.lint.functions import AGGREGATES, FUNCTIONS, INSTEAD, Function
from graphkb.store.lint.known import ANYTHING, NOTHING, Known, either, of_kind, of_parameter
from graphkb.store.lint.names import near, spelt
from graphkb.store.lint.schema import Held, NamesOfGraph
from graphkb.store.lint.tree import Syntax, has, tokens_of, trees, within

__all__ = ["Expressions", "Finding", "Scope"]

_MOST = 1e9  # characters or items that a value may have
_LONGEST_RANGE = 1e7
_LARGEST = 2.0**63
_NO_ORDER = ("node", "relationship", "path", "map")
# The engine answers these of every entity; `title` is the name again.
_INVENTED = ("label", "name", "node_type", "title", "type")
_HINTS = {
    ("entity", "title"): "write name, which every entity has",
    ("entity", "label"): "write labels(n)[0]",
    ("entity", "node_type"): "write labels(n)[0]",
    ("entity", "type"): "write labels(n)[0]",
    ("relationship", "type"): "write type(r)",
}
_ASCII_ONLY = re.compile(r"\\[wWdDsSbB]")
_UNKNOWN_TO_ENGINE = re.compile(r"\(\?(?:=|!|<[=!]|>)|\\[1-9]|[*+?}]\+")


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


class Expressions:
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

    # What a place of the grammar is

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

    # Conditions

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
                    if known.kinds and not known.kinds.isdisjoint(_NO_ORDER):
                        self._no_order(child, known)
        return of_kind("boolean", null=any(known.null for _, known in values))

    def _no_order(self, tree: Syntax, known: Known) -> None:
        kind = next(kind for kind in _NO_ORDER if kind in known.kinds)
        self._report(
            tree, f"each engine has an order of its own for a {kind}", "compare a property: n.id"
        )

    def _in(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        right = trees(tree)[1]
        if right.data == "slice_" or (right.data == "comprehension" and len(trees(right)) > 2):
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

    def label_names(self, tree: Syntax, *, is_edge: bool) -> frozenset[str] | None:
        """Check the names of a label expression; return what may be, None where that is open."""
        declared = self._graph.types if is_edge else self._graph.labels
        found: set[str] = set()
        for label in tree.find_data("label_name"):
            name = spelt(label)
            found.add(name)
            if name not in declared:
                self._unknown(label, "relationship type" if is_edge else "label", name, declared)
        is_open = any(part.data in ("label_none", "label_any") for part in within(tree))
        if is_open:
            self._report(
                tree, "the embedded engine has no ! or % in labels", "write WHERE NOT n:Label"
            )
        return None if is_open or found - declared.keys() else frozenset(found)

    def _unknown(self, at: Syntax, kind: str, name: str, known: Iterable[str]) -> None:
        listed = sorted(known)
        hint = near(name, listed) or f"there are {', '.join(listed[:30])}"
        self._report(at, f"there is no {kind} {name}", hint, "name")

    # Properties, items, parts

    def _property(self, tree: Syntax, scope: Scope) -> Known:
        base, name = trees(tree)
        return self.property_of(name, self.value(base, scope), spelt(name))

    def property_of(self, at: Syntax, known: Known, name: str) -> Known:
        """Check a property's name, and return what is known of it."""
        if known.is_surely("node"):
            return self._held(at, name, self._graph.labels, known, "entity")
        if known.is_surely("relationship"):
            return self._held(at, name, self._graph.types, known, "relationship")
        if known.entries is not None:
            return known.entries.get(name, NOTHING)
        if known.is_surely("date", "moment", "span"):
            return of_kind("integer", null=known.null)
        return ANYTHING

    def _held(
        self,
        at: Syntax,
        name: str,
        declared: Mapping[str, Mapping[str, Held]],
        known: Known,
        kind: str,
    ) -> Known:
        owners = declared if known.names is None else known.names & declared.keys()
        holding = [declared[owner][name] for owner in owners if name in declared[owner]]
        if not holding:
            if not owners:
                return ANYTHING
            owner = " or ".join(sorted(owners)) if known.names else f"any {kind}"
            listed = sorted({key for owner in owners for key in declared[owner]})
            hint = (
                _HINTS.get((kind, name))
                or near(name, listed)
                or f"there are {', '.join(listed[:30])}"
            )
            self._report(at, f"there is no property {name} of {owner}", hint, "name")
            return ANYTHING
        always = len(holding) == len(owners) and all(one.always for one in holding)
        if name in _INVENTED and kind == "entity" and not always:
            having = sorted(owner for owner in owners if name in declared[owner])
            self._report(
                at,
                f"the embedded engine answers {name} for what has none",
                f"say of which label it is, such as (n:{having[0]}), or use n.name"
                if name == "title"
                else f"leave {name} out where it may be absent",
            )
        if kind == "relationship" and name == "type":
            self._report(at, "the embedded engine answers type with the type", "write type(r)")
        kinds = frozenset(one.kind for one in holding)
        item = of_kind("string") if "list" in kinds else None
        size = 1e6 if kinds <= {"integer", "float"} else 1e4
        return Known(
            kinds if all(kinds) else frozenset(), known.null or not always, item=item, size=size
        )

    def _index(self, tree: Syntax, scope: Scope) -> Known:
        base, key = trees(tree)
        known, at = self.value(base, scope), self.value(key, scope)
        if known.is_surely("node", "relationship") or known.entries is not None:
            if key.data == "literal" and at.is_surely("string"):
                return self.property_of(key, known, str(key.children[0])[1:-1])
            if key.data == "parameter":
                given = self._parameters.get(str(key.children[0])[1:])
                if isinstance(given, str):
                    return self.property_of(key, known, given)
            return ANYTHING
        return replace(known.item, null=True) if known.item is not None else ANYTHING

    def _slice(self, tree: Syntax, scope: Scope) -> Known:
        known = self._all(tree, scope)
        return replace(known[0], kinds=frozenset({"list"}))

    # Arithmetic

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

    def _float_as_text(self, tree: Syntax) -> None:
        self._report(
            tree,
            "the engines write large and small numbers differently, 1.0E10 and 10000000000.0",
            "return the number itself, or toString(toInteger(x))",
        )

    # Lists and maps

    def _list(self, tree: Syntax, scope: Scope) -> Known:
        items = self._all(tree, scope)
        return of_kind(
            "list",
            item=either(items) if items else None,
            size=sum(1 + (one.size if one.may_be("string", "list") else 0) for one in items),
        )

    def _map(self, tree: Syntax, scope: Scope) -> Known:
        entries = {}
        for entry in trees(tree):
            key, value = trees(entry)
            entries[spelt(key)] = self.value(value, scope)
        return of_kind("map", entries=entries, size=sum(one.size for one in entries.values()))

    def _projected(self, tree: Syntax, scope: Scope) -> Known:
        base, *chosen = trees(tree)
        name = spelt(base)
        if name not in scope.names:
            self._undefined(base, name, scope)
        known = scope.names.get(name, ANYTHING)
        if not (known.is_surely("node") and known.bound):
            self._report(
                tree,
                f"the embedded engine gives null for a map of {name}, which no pattern here binds "
                "as a node",
                f"write {{id: {name}.id, …}}",
            )
        entries: dict[str, Known] = {}
        for one in chosen:
            key = "" if one.data == "chosen_all" else spelt(one)
            if one.data == "chosen_property":
                entries[key] = self.property_of(one, known, key)
            elif one.data == "chosen_variable":
                entries[key] = self._variable(one, scope)
            elif one.data == "entry":
                entries[key] = self.value(trees(one)[1], scope)
            else:
                self._whole(one, known, f"{name}{{.*}}")
        return of_kind("map", entries=entries, null=known.null)

    def _whole(self, at: Syntax, known: Known, what: str) -> None:
        if known.is_surely("node") and known.names != frozenset({"Paper"}):
            self._report(
                at,
                f"{what} of what may be no Paper has a title in the embedded engine",
                "name the properties: {id: n.id, name: n.name}",
            )

    def _item_of(self, known: Known) -> Known:
        return known.item if known.item is not None else ANYTHING

    def _comprehension(self, tree: Syntax, scope: Scope) -> Known:
        name, source, *rest = trees(tree)
        known = self.value(source, scope)
        item = self._item_of(known)
        inner = scope.with_names({spelt(name): item})
        if rest and rest[0].data == "where":
            inner = self.condition(rest.pop(0), inner)
        given = self.value(rest[0], inner) if rest else inner.names[spelt(name)]
        volume = given.size if given.kinds and given.may_be("string", "list") else 1
        return of_kind("list", null=known.null, item=given, size=known.size * max(1, volume))

    def _quantified(self, tree: Syntax, scope: Scope) -> Known:
        name, source, *rest = trees(tree)
        known = self.value(source, scope)
        inner = scope.with_names({spelt(name): self._item_of(known)})
        for where in rest:
            self.condition(where, inner)
        return of_kind("boolean", null=True)

    def _reduce(self, tree: Syntax, scope: Scope) -> Known:
        total, begin, name, source, step = trees(tree)
        first, known = self.value(begin, scope), self.value(source, scope)
        held = replace(first, size=0, positive=False, null=True)
        inner = scope.with_names({spelt(total): held, spelt(name): self._item_of(known)})
        before = len(self.findings)
        grown = self.value(step, inner)
        if not grown.null or not self._item_of(known).null:
            # What is null only because the total might be: once more with what was found.
            inner.names[spelt(total)] = replace(held, null=first.null)
            del self.findings[before:]
            grown = self.value(step, inner)
        uses = sum(spelt(one) == spelt(total) for one in step.find_data("variable"))
        if uses > 1 and not first.is_surely("integer", "float", "boolean"):
            self._report(
                step,
                "the value may double with every item, and take all memory",
                f"name {spelt(total)} once in the step",
            )
        result = either((first, grown))
        return replace(
            result, null=result.null or known.null, size=first.size + known.size * grown.size
        )

    def _case(self, tree: Syntax, scope: Scope) -> Known:
        parts = trees(tree)
        given: list[Known] = []
        if parts[0].data != "alternative":
            self.value(parts.pop(0), scope)
        has_else = parts[-1].data != "alternative"
        for part in parts:
            if part.data != "alternative":
                given.append(self.value(part, scope))
                continue
            whens, then = trees(part)
            conditions = trees(whens)
            if len(conditions) > 1:
                self._report(
                    conditions[1],
                    "the embedded engine knows one value after WHEN",
                    "write CASE WHEN x IN [1, 2] THEN …",
                )
            with self._place_of(column=False):
                for condition in conditions:
                    self.value(condition, scope)
            holding = [facts_of(one, self._text, holds=True) for one in conditions]
            given.append(self.value(then, scope.with_facts(set().union(*holding))))
            failing = [facts_of(one, self._text, holds=False) for one in conditions]
            scope = scope.with_facts(set().union(*failing))
        return either([*given, *([] if has_else else [NOTHING])])

    # Functions

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
        if function.name in ("min", "max") and not known.kinds.isdisjoint(_NO_ORDER):
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

    def mixed(self, at: Syntax) -> None:
        """Report that whole numbers and others are told apart where Neo4j takes them for one."""
        self._report(
            at,
            "1 and 1.0 are one value in Neo4j and two in the embedded engine",
            "write toFloat(x)",
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

    # Patterns in expressions: clauses.py knows patterns

    def condition(self, where: Syntax, scope: Scope) -> Scope:
        """Check a condition, and return the scope in which it holds."""
        tree = trees(where)[0]
        with self._place_of(column=False):
            self.value(tree, scope)
        return scope.with_facts(facts_of(tree, self._text, holds=True))
