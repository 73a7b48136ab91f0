"""A statement from clause to clause: what is in scope, what patterns bind, what is returned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphkb.store.lint.checking import Scope
from graphkb.store.lint.functions import AGGREGATES
from graphkb.store.lint.known import ANYTHING, Known, either, of_kind
from graphkb.store.lint.names import spelt
from graphkb.store.lint.patterns import Patterns
from graphkb.store.lint.tree import Syntax, has, tokens_of, trees

__all__ = ["Statement"]

# What the embedded engine cannot compute above an aggregate; over no rows it says nothing then.
_NOT_ABOVE = frozenset(
    {
        *("and_", "case", "contains", "ends", "exclusive", "is_not_null", "is_null", "matches"),
        *("not_", "or_", "quantified", "reduce", "starts"),
    }
)
_NAMING = ("variable", "projected", "chosen_variable")
_SUBQUERIES = ("collect", "count", "exists")


class Statement(Patterns):
    """Goes through a whole statement; see :class:`~graphkb.store.lint.checking.Checking`."""

    def check(self, tree: Syntax) -> None:
        """Go through the tree of a statement; the findings are what is wrong."""
        self._root = tree
        for part in trees(trees(tree)[0]):
            self._ends_with_rows(trees(part)[-1])
        columns = self._query(trees(tree)[0], Scope())
        last = trees(trees(trees(tree)[0])[-1])[-1]
        for name, known in columns.items():
            if not known.kinds.isdisjoint(("moment", "span")):
                self._report(
                    last,
                    f"the engines give the time in {name} in different forms",
                    "return its parts: x.year, x.epochSeconds, x.days",
                )

    def _ends_with_rows(self, last: Syntax) -> None:
        """The embedded engine gives all that is bound, where Neo4j refuses the statement."""
        if last.data not in ("return_", "procedure"):
            self._report(
                last,
                "no RETURN says what the rows are",
                "end with one, such as RETURN n.id AS id, n.name AS name",
            )

    def _query(self, tree: Syntax, scope: Scope) -> dict[str, Known]:
        parts = trees(tree)
        columns = [self._part(part, scope) for part in parts]
        if has(tree, "UNION"):
            every = has(tree, "ALL")
            for name in columns[0]:
                one = either(found[name] for found in columns if name in found)
                if one.is_mixed and not every:
                    self.mixed(parts[-1])
        return {
            name: either(found[name] for found in columns if name in found) for name in columns[0]
        }

    def _part(self, tree: Syntax, outer: Scope) -> dict[str, Known]:
        scope = Scope(dict(outer.names), set(outer.facts))
        columns: dict[str, Known] = {}
        for clause in trees(tree):
            if clause.data == "return_":
                columns = self._projection(trees(clause)[0], scope, is_return=True)
            else:
                scope = getattr(self, f"_{clause.data.strip('_')}")(clause, scope)
        return columns

    # Clauses that add to the scope

    def _match(self, tree: Syntax, scope: Scope) -> Scope:
        optional = has(tree, "OPTIONAL")
        parts = trees(tree)
        inner = self.bind(parts[0], scope, condition=parts[1] if len(parts) > 1 else None)
        if len(parts) > 1:
            inner = self.condition(parts[1], inner)
        if not optional:
            return inner
        new = {
            name: replace(known, null=True)
            for name, known in inner.names.items()
            if name not in scope.names
        }
        return scope.with_names(new)

    def _unwind(self, tree: Syntax, scope: Scope) -> Scope:
        source, name = trees(tree)
        known = self.value(source, scope)
        item = known.item if known.item is not None else replace(ANYTHING, null=True)
        return scope.with_names({spelt(name): replace(item, bound=False)})

    def _with(self, tree: Syntax, scope: Scope) -> Scope:
        parts = trees(tree)
        columns = self._projection(parts[0], scope, is_return=False)
        inner = Scope(columns, {fact for fact in scope.facts if fact[0] in columns})
        return self.condition(parts[1], inner) if len(parts) > 1 else inner

    def _subquery(self, tree: Syntax, scope: Scope) -> Scope:
        if has(tree, "OPTIONAL"):
            self._report(
                tree, "the embedded engine has no OPTIONAL CALL", "write OPTIONAL MATCH in it"
            )
        parts = trees(tree)
        query = parts[-1]
        if len(parts) > 1:
            imported = [spelt(name) for name in trees(parts[0])]
            for name in trees(parts[0]):
                if spelt(name) not in scope.names:
                    self._undefined(name, spelt(name), scope)
            has_star = has(parts[0], "STAR")
            names = (
                scope.names
                if has_star
                else {name: scope.names[name] for name in imported if name in scope.names}
            )
            inner = Scope(dict(names))
        else:
            inner = self._imported(query, scope)
        columns = self._query(query, inner)
        return scope.with_names({name: replace(k, bound=False) for name, k in columns.items()})

    def _imported(self, query: Syntax, scope: Scope) -> Scope:
        """Return what a subquery without a list of variables takes by its first WITH."""
        names: dict[str, Known] = {}
        for part in trees(query):
            first = trees(part)[0]
            if first.data == "with_":
                for item in first.find_data("variable"):
                    if spelt(item) in scope.names:
                        names[spelt(item)] = scope.names[spelt(item)]
                if any(True for _ in first.find_data("star")):
                    names.update(scope.names)
        return Scope(names)

    def _procedure(self, tree: Syntax, scope: Scope) -> Scope:
        names: dict[str, Known] = {}
        for item in tree.find_data("yield_item"):
            names[spelt(trees(item)[-1])] = of_kind("string")
        inner = scope.with_names(names)
        for where in tree.find_data("where"):
            inner = self.condition(where, inner)
        return inner

    # What is handed on

    def _projection(self, tree: Syntax, scope: Scope, *, is_return: bool) -> dict[str, Known]:
        parts = trees(tree)
        distinct = has(tree, "DISTINCT")
        items = [part for part in trees(parts[0]) if part.data == "item"]
        columns: dict[str, Known] = {}
        if any(part.data == "star" for part in trees(parts[0])):
            columns.update(scope.names)
        grouped = any(True for item in items for _ in aggregates(trees(item)[0]))
        keys = [item for item in items if not any(True for _ in aggregates(trees(item)[0]))]
        for item in items:
            expression, *alias = trees(item)
            with self._place_of(column=True):
                known = self.value(expression, scope)
            name = spelt(alias[0]) if alias else self._text(expression)
            if not alias and not is_return and expression.data != "variable":
                self._report(expression, "what WITH takes along needs a name", "write … AS name")
            if expression.data == "variable":
                name = spelt(alias[0]) if alias else spelt(expression)
            columns[name] = known
            if (distinct or (grouped and item in keys)) and known.is_mixed:
                self.mixed(expression)
        if grouped:
            self._groups(items, keys)
        texts = {self._text(trees(item)[0]) for item in items}
        self._order(parts[1:], scope, columns, texts if grouped or distinct else None)
        return columns

    def _groups(self, items: list[Syntax], keys: list[Syntax]) -> None:
        """Look at each column with an aggregate: what is above it, and what is beside it."""
        alone = {self._text(trees(key)[0]) for key in keys}
        for item in items:
            expression = trees(item)[0]
            for aggregate, above in aggregates(expression):
                wrong = next((tree for tree in above if tree.data in _NOT_ABOVE), None)
                if wrong is not None:
                    self._report(
                        wrong,
                        "the embedded engine computes this over an aggregate only where there are "
                        "rows, or not at all",
                        f"first WITH {self._text(aggregate)} AS x, then use x",
                    )
                    break
            if item not in keys:
                for variable in self._beside(expression, alone, frozenset()):
                    self._report(
                        variable,
                        f"{self._text(variable)} stands beside an aggregate and is no column of "
                        "its own, by which to group",
                        "make it a column, or aggregate in a WITH before",
                    )
                    break

    def _beside(self, tree: Syntax, alone: set[str], local: frozenset[str]) -> Iterator[Syntax]:
        """Yield the variables outside aggregates that no column groups by."""
        if self._text(tree) in alone or _is_aggregate(tree) or tree.data in _SUBQUERIES:
            return
        if tree.data in _NAMING and spelt(tree) not in local | alone:
            yield tree
        if tree.data in ("comprehension", "quantified"):
            local |= {spelt(trees(tree)[0])}
        elif tree.data == "reduce":
            local |= {spelt(trees(tree)[0]), spelt(trees(tree)[2])}
        elif tree.data in ("pattern_comprehension", "hops_value", "shortest_value"):
            return
        for child in trees(tree):
            yield from self._beside(child, alone, local)

    def _order(
        self, parts: list[Syntax], scope: Scope, columns: dict[str, Known], texts: set[str] | None
    ) -> None:
        for part in parts:
            if part.data != "order":
                for child in trees(part):
                    self.value(child, Scope())
                continue
            inner = scope.with_names(columns)
            for sort in trees(part):
                (expression,) = trees(sort)
                if texts is not None and self._text(expression) in texts:
                    continue
                self._no_order(expression, self.value(expression, inner))

    # Subqueries as values

    def _exists(self, tree: Syntax, scope: Scope) -> Known:
        self._body(tree, scope, "EXISTS")
        return of_kind("boolean")

    def _count(self, tree: Syntax, scope: Scope) -> Known:
        self._body(tree, scope, "COUNT")
        return of_kind("integer", not_negative=True)

    def _collect(self, tree: Syntax, scope: Scope) -> Known:
        self._report(
            tree,
            "the embedded engine has no COLLECT { }",
            "write a pattern comprehension, [(a)-->(b) | b.id], or CALL (a) { … }",
        )
        columns = self._query(trees(tree)[0], scope)
        return of_kind("list", item=next(iter(columns.values()), ANYTHING))

    def _body(self, tree: Syntax, scope: Scope, word: str) -> None:
        body = trees(tree)[0]
        first = trees(body)[0]
        if first.data == "query":
            clauses = [clause for part in trees(first) for clause in trees(part)]
            wrong = [clause for clause in clauses if clause.data != "match"]
            if wrong or len(trees(first)) > 1:
                self._report(
                    wrong[0] if wrong else trees(first)[1],
                    f"the embedded engine takes MATCH and WHERE only within {word} {{ }}",
                    f"write {word} {{ MATCH … WHERE … }}",
                )
            self._part(trees(first)[0], scope)
        else:
            where = trees(body)[1] if len(trees(body)) > 1 else None
            inner = self.bind(first, scope, condition=where)
            if where is not None:
                self.condition(where, inner)
        hops = _steps(body)
        if word == "EXISTS" and hops > 1:
            self._far(tree, hops)


def _steps(tree: Syntax) -> int:
    """Count the relationships of a body, without those of what stands in its conditions."""
    if tree.data == "where":
        return 0
    return (tree.data == "relationship") + sum(_steps(child) for child in trees(tree))


def aggregates(
    tree: Syntax, above: tuple[Syntax, ...] = ()
) -> Iterator[tuple[Syntax, tuple[Syntax, ...]]]:
    """Yield the aggregates of an expression, each with the trees that stand above it."""
    if tree.data in _SUBQUERIES:
        return
    if _is_aggregate(tree):
        yield tree, above
        return
    for child in trees(tree):
        yield from aggregates(child, (*above, tree))


def _is_aggregate(tree: Syntax) -> bool:
    if tree.data != "call":
        return False
    return str(tokens_of(tree)[0]).lower() in AGGREGATES
