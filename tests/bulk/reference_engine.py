"""An engine of lists in memory, to say what the engines of graphkb are to give."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphkb.bulk.engine import partition_of

Step = Callable[[int, Iterator[Any]], Any]


@dataclass
class Held:
    lists: list[list[Any]]

    def each(self, step: Step) -> "Held":
        step = pickle.loads(pickle.dumps(step))  # noqa: S301 - made here
        return Held([list(step(number, iter(items))) for number, items in enumerate(self.lists)])

    each_pair = each

    def kept(self, _name: str) -> "Held":
        return self

    def collected(self) -> list[Any]:
        return [item for items in self.lists for item in items]


@dataclass
class Value:
    value: Any


@dataclass
class ReferenceEngine:
    partitions: int
    exchanges: dict[str, list[list[Any]]] = field(default_factory=dict)

    def start(self, items: Sequence[Any]) -> Held:
        return Held([[item] for item in items])

    def shared(self, value: Any) -> Value:
        return Value(value)

    def placed(self, name: str, parts: Any) -> Held:
        found: list[list[Any]] = [[] for _ in range(self.partitions)]
        for pair in parts.collected():
            found[partition_of(pair[0], self.partitions)].append(pair)
        self.exchanges[name] = found
        return Held(found)

    def kept_and_placed(self, names: tuple[str, str], parts: Any, step: Step) -> tuple[Held, Held]:
        return parts, self.placed(names[1], parts.each(step))

    def merged(self, name: str, parts: Any, combine: Callable[[Any, Any], Any]) -> Held:
        values: dict[str, Any] = {}
        for key, value in parts.collected():
            values[key] = combine(values[key], value) if key in values else value
        return self.placed(name, Held([list(values.items())]))

    def together(self, *pairs: Any) -> Held:
        lists = []
        for parts in zip(*(one.lists for one in pairs), strict=True):
            found: dict[str, tuple[list[Any], ...]] = {}
            for place, items in enumerate(parts):
                for key, value in items:
                    found.setdefault(key, tuple([] for _ in parts))[place].append(value)
            lists.append(sorted(found.items()))
        return Held(lists)

    def components(self, name: str, joins: Any) -> Held:
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph(joins.collected())
        groups = [(min(group), group) for group in nx.connected_components(graph)]
        return self.placed(name, Held([[(k, least) for least, group in groups for k in group]]))

    def stop(self) -> None:
        pass

    def most_heard_at_once(self) -> int:
        """The most pairs of one key that any exchange brought."""
        return max(
            max(Counter(key for items in lists for key, _ in items).values(), default=0)
            for lists in self.exchanges.values()
        )
