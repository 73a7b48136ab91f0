"""Patterns: the variables that they bind, and the names in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from graphkb.store.lint.calls import Calls
from graphkb.store.lint.checking import Scope
from graphkb.store.lint.facts import facts_of
from graphkb.store.lint.known import Known, of_kind
from graphkb.store.lint.names import spelt
from graphkb.store.lint.tree import Syntax, has, tokens_of, trees, within

__all__ = ["Patterns"]


class Patterns(Calls):
    """Goes through patterns."""

    def bind(self, tree: Syntax, scope: Scope, *, condition: Syntax | None = None) -> Scope:
        """Return the scope with what the patterns bind; check what is named in them."""
        found: dict[str, Known] = {}
        seen: set[str] = set()
        for chain in tree.find_data("chain"):
            self._chain(chain, scope, found, seen)
        for chain in tree.find_data("hops"):
            self._chain(chain, scope, found, seen)
        for pattern in tree.find_data("pattern"):
            first = trees(pattern)[0]
            if first.data == "name":
                found[spelt(first)] = of_kind("path")
                nodes = list(pattern.find_data("node"))
                if len(nodes) == 1 and _name(nodes[0]) is None:
                    self._report(
                        nodes[0],
                        "the embedded engine takes the path of one node without a name for null",
                        "name the node, as in p = (n)",
                    )
        inner = scope.with_names(found)
        for shortest in tree.find_data("shortest"):
            self._apart(shortest, inner, condition)
        for part in within(tree):
            if part.data in ("node", "detail"):
                self._inside(part, inner)
        return inner

    def _chain(self, tree: Syntax, scope: Scope, found: dict[str, Known], seen: set[str]) -> None:
        parts = trees(tree)
        nodes = [self._node(part, scope, found) for part in parts[::2]]
        for part, known in zip(parts[::2], nodes, strict=True):
            if (called := _name(part)) is not None:
                found.setdefault(spelt(called), known)
        for index, part in enumerate(parts[1::2]):
            types, low = self._relationship(part, scope, found, seen)
            if types is None or low < 1:
                continue
            left, right = has(part, "LEFT"), has(part, "RIGHT")
            starts = frozenset().union(*(self._graph.ends[one][0] for one in types))
            ends = frozenset().union(*(self._graph.ends[one][1] for one in types))
            if left == right:
                starts = ends = starts | ends
            elif left:
                starts, ends = ends, starts
            nodes[index] = _narrowed(nodes[index], starts)
            nodes[index + 1] = _narrowed(nodes[index + 1], ends)
        for part, known in zip(parts[::2], nodes, strict=True):
            if (called := _name(part)) is not None:
                old = found.get(spelt(called), known)
                found[spelt(called)] = known if old.names is None else _narrowed(known, old.names)

    def _node(self, tree: Syntax, scope: Scope, found: Mapping[str, Known]) -> Known:
        parts = trees(tree)
        names = None
        for part in parts:
            if part.data == "labels":
                names = self.label_names(part, is_edge=False)
            elif part.data == "where":
                self._report(
                    part, "the embedded engine takes no WHERE in a node", "put WHERE after MATCH"
                )
        known = of_kind("node", names=names, bound=True)
        name = _name(tree)
        if name is None:
            return known
        old = found.get(spelt(name)) or scope.names.get(spelt(name))
        if old is None or not old.kinds:
            return known
        if not old.may_be("node"):
            kind = next(iter(sorted(old.kinds)))
            self._report(name, f"{spelt(name)} is a {kind} already", "use another name", "variable")
            return known
        return known if old.names is None else _narrowed(known, old.names)

    def _relationship(
        self, tree: Syntax, scope: Scope, found: dict[str, Known], seen: set[str]
    ) -> tuple[frozenset[str] | None, int]:
        """Return the types of a relationship and its least length."""
        details = [part for part in trees(tree) if part.data == "detail"]
        parts = trees(details[0]) if details else []
        types, low, has_length = None, 1, False
        for part in parts:
            if part.data == "labels":
                types = self.label_names(part, is_edge=True)
            elif part.data == "where":
                self._report(
                    part,
                    "the embedded engine takes no WHERE in a relationship",
                    "put WHERE after MATCH",
                )
            elif part.data == "length":
                has_length = True
                low = _least(part)
        for part in parts:
            if part.data != "name":
                continue
            name = spelt(part)
            old = found.get(name) or scope.names.get(name)
            if name in seen:
                self._report(
                    part,
                    f"{name} stands for two relationships of one pattern: in Neo4j nothing matches",
                    "give each a name of its own",
                )
            elif old is not None and old.kinds and not old.may_be("relationship", "list"):
                kind = next(iter(sorted(old.kinds)))
                self._report(part, f"{name} is a {kind} already", "use another name", "variable")
            seen.add(name)
            one = of_kind("relationship", names=types)
            found[name] = of_kind("list", item=one) if has_length else one
        return types, low

    def _inside(self, tree: Syntax, scope: Scope) -> None:
        """Check the map of a node or relationship."""
        is_node = tree.data == "node"
        names = None
        for part in trees(tree):
            if part.data == "labels":
                declared = self._graph.labels if is_node else self._graph.types
                told = {spelt(one) for one in part.find_data("label_name")}
                names = frozenset(told) if told <= declared.keys() else frozenset()
            elif part.data == "map":
                name = _name(tree)
                known = scope.names.get(spelt(name)) if name is not None else None
                if known is None or not known.is_surely("node", "relationship"):
                    known = of_kind("node" if is_node else "relationship", names=names)
                for entry in trees(part):
                    key, value = trees(entry)
                    self.property_of(key, known, spelt(key))
                    self.value(value, scope)

    # Patterns as values

    def _hops_value(self, tree: Syntax, scope: Scope) -> Known:
        chain = trees(tree)[0]
        hops = sum(1 for part in trees(chain) if part.data == "relationship")
        found: dict[str, Known] = {}
        self._chain(chain, scope, found, set())
        for name in found:
            if name not in scope.names:
                self._undefined(chain, name, scope)
        for part in within(chain):
            if part.data in ("node", "detail"):
                self._inside(part, scope.with_names(found))
        if hops > 1:
            self._far(tree, hops)
        elif self._is_column:
            text = self._text(tree)
            self._report(
                tree,
                "in Neo4j a pattern is a condition, and no value",
                f"write EXISTS {{ {text} }}, or COUNT {{ {text} }} for how many",
            )
        return of_kind("boolean")

    def _far(self, tree: Syntax, hops: int) -> None:
        text = self._text(tree)
        pattern = text[text.index("{") + 1 : -1].strip() if text.endswith("}") else text
        sign = "= 0 instead of NOT" if self._negations else "> 0"
        self._report(
            tree,
            f"the embedded engine loses matches when asked whether a path of {hops} steps exists",
            f"write COUNT {{ {pattern} }} {sign}",
        )

    def _pattern_comprehension(self, tree: Syntax, scope: Scope) -> Known:
        parts = trees(tree)
        found: dict[str, Known] = {}
        if parts[0].data == "name":
            found[spelt(parts.pop(0))] = of_kind("path")
        chain = parts.pop(0)
        self._chain(chain, scope, found, set())
        inner = scope.with_names(found)
        for part in within(chain):
            if part.data in ("node", "detail"):
                self._inside(part, inner)
        if parts[0].data == "where":
            inner = self.condition(parts.pop(0), inner)
        return of_kind("list", item=self.value(parts[0], inner))

    def _shortest_value(self, tree: Syntax, scope: Scope) -> Known:
        self._report(
            tree,
            "the embedded engine finds shortest paths in MATCH only",
            "write MATCH p = shortestPath(…)",
        )
        del scope
        return of_kind("path", null=True)

    def _apart(self, tree: Syntax, scope: Scope, condition: Syntax | None) -> None:
        """Report a shortest path whose ends may be one node: Neo4j ends with an error there."""
        chain = next(tree.find_data("chain"))
        first, last = trees(chain)[0], trees(chain)[-1]
        ends = [_name(end) for end in (first, last)]
        names = [spelt(end) if end is not None else "" for end in ends]
        labels = [self._node(end, scope, {}).names for end in (first, last)]
        if all(labels) and not labels[0] & labels[1]:  # type: ignore[operator]
            return
        ids = [self._id_of(end, name) for end, name in zip((first, last), names, strict=True)]
        if all(ids) and ids[0] != ids[1]:
            return
        one, other = names
        facts = set(scope.facts)
        if condition is not None:
            facts |= facts_of(trees(condition)[0], self._text, holds=True)
        if (one, f"is not {other}") in facts or (f"{one}.id", f"is not {other}.id") in facts:
            return
        self._report(
            tree,
            "where both ends are one node Neo4j ends with an error, the embedded engine goes on",
            f"see that they are not: WHERE {one or 'a'} <> {other or 'b'}",
        )

    def _id_of(self, node: Syntax, name: str) -> object:
        """Return the id that a pattern gives a node, a literal's text or a parameter's value."""
        maps = [node]
        if name and self._root is not None:
            maps += [
                one
                for one in self._root.find_data("node")
                if any(spelt(part) == name for part in trees(one) if part.data == "name")
            ]
        for one in maps:
            for part in trees(one):
                for entry in trees(part) if part.data == "map" else ():
                    key, value = trees(entry)
                    if spelt(key) == "id" and value.data == "literal":
                        return str(value.children[0])[1:-1]
                    if spelt(key) == "id" and value.data == "parameter":
                        return self._parameters.get(str(value.children[0])[1:])
        return None


def _name(tree: Syntax) -> Syntax | None:
    """Return the name that a node or a relationship has, if any."""
    return next((part for part in trees(tree) if part.data == "name"), None)


def _least(length: Syntax) -> int:
    """Return the least length that is sure: one, unless the lower bound says otherwise."""
    for bounds in trees(length):
        first = trees(bounds)[0]
        leads = first.meta.start_pos == bounds.meta.start_pos
        if leads and (number := tokens_of(first)):
            return int(str(number[0]))
        return 0 if leads else 1
    return 1


def _narrowed(known: Known, names: frozenset[str]) -> Known:
    if known.names is None:
        return replace(known, names=names)
    both = known.names & names
    return replace(known, names=both or known.names)
