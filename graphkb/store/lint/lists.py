"""Lists, maps and what goes through them: comprehensions, quantifiers, reduce, CASE."""

from __future__ import annotations

from dataclasses import replace

from graphkb.store.lint.arithmetic import Arithmetic
from graphkb.store.lint.checking import Scope
from graphkb.store.lint.facts import facts_of
from graphkb.store.lint.known import ANYTHING, NOTHING, Known, either, of_kind
from graphkb.store.lint.names import spelt
from graphkb.store.lint.tree import Syntax, trees

__all__ = ["Lists"]


class Lists(Arithmetic):
    """Goes through lists, maps and what has branches."""

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

    def _comprehension(self, tree: Syntax, scope: Scope) -> Known:
        name, source, *rest = trees(tree)
        known = self.value(source, scope)
        item = self._item_of(known)
        inner = scope.with_names({spelt(name): item})
        if rest and rest[0].data == "where":
            inner = self.condition(rest.pop(0), inner)
        given = self.value(rest[0], inner) if rest else inner.names[spelt(name)]
        growth = max(1, _volume(given) / _volume(item))
        return of_kind("list", null=known.null, item=given, size=known.size * growth)

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
        growth = _volume(grown) / _volume(self._item_of(known))
        return replace(
            result, null=result.null or known.null, size=first.size + known.size * growth
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


def _volume(item: Known) -> float:
    """Return how much an item of a list holds: its characters or items, else one."""
    return max(1, item.size) if item.kinds and item.may_be("string", "list") else 1
