"""Labels, types and properties: whether there are such, and what the engine makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphkb.store.lint.checking import Checking, Scope
from graphkb.store.lint.known import ANYTHING, NOTHING, Known, of_kind
from graphkb.store.lint.names import near, spelt
from graphkb.store.lint.schema import Held
from graphkb.store.lint.tree import Syntax, trees, within

__all__ = ["Properties"]

_INVENTED = ("label", "name", "node_type", "title", "type")
_HINTS = {
    ("entity", "title"): "write name, which every entity has",
    ("entity", "label"): "write labels(n)[0]",
    ("entity", "node_type"): "write labels(n)[0]",
    ("entity", "type"): "write labels(n)[0]",
    ("relationship", "type"): "write type(r)",
}


class Properties(Checking):
    """Goes through labels, types and properties."""

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

    def _whole(self, at: Syntax, known: Known, what: str) -> None:
        if known.is_surely("node") and known.names != frozenset({"Paper"}):
            self._report(
                at,
                f"{what} of what may be no Paper has a title in the embedded engine",
                "name the properties: {id: n.id, name: n.name}",
            )
