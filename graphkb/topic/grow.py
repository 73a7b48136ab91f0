"""Choosing what of the near belongs to a topic: relevant, connected, balanced, within budgets."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Mapping, Sequence

from graphkb.topic.bounds import Bounds, kinds_of
from graphkb.topic.join import joined
from graphkb.topic.near import Near
from graphkb.topic.relevance import Weights

__all__ = ["Growth"]

# How much of a topic each label may be while there is enough of the others: so that sixty nodes
# are not fifty papers. They add up to more than the whole, because few topics have all of them.
_SHARES = {
    "Paper": 0.45,
    "Method": 0.35,
    "Model": 0.15,
    "Benchmark": 0.15,
    "Task": 0.05,
    "Repository": 0.1,
    "Author": 0.05,
    "Organization": 0.05,
}
# Descent and origins take no more of the room than this before relevance decides.
_ANCESTRY_SHARE = 0.4
_AT_ONCE = 200


class Growth:
    """A topic while it grows.

    Parameters
    ----------
    near : Near
        What has been read.
    weights : mapping
        Of its connections.
    scores : mapping of str to float
        The relevance of each entity.
    bounds : Bounds
        What may be in it.
    limit : int
        Most entities.
    hops : int
        Most steps from a seed within the topic.
    """

    def __init__(
        self,
        near: Near,
        weights: Weights,
        scores: Mapping[str, float],
        bounds: Bounds,
        limit: int,
        hops: int,
    ) -> None:
        self._near, self._weights, self._scores = near, weights, scores
        self._bounds, self._limit, self._hops = bounds, limit, hops
        self.chosen: dict[str, int] = {}
        self._heap: list[tuple[float, str]] = []
        self._waiting: set[str] = set()
        self._of_label: Counter[str] = Counter()
        self._of_kind: Counter[str] = Counter()
        # Who asks for kinds or papers alone wants no balance of all.
        self._is_balanced = not bounds.kinds

    def begin(self, seeds: Sequence[str]) -> None:
        """Choose the seeds and what joins them, whatever the limit."""
        near = self._near
        joining = joined(self._weights, seeds)
        near.fetch(sorted(joining))
        while not joining <= near.entities.keys():
            # Some may not be in it: there is perhaps another way.
            self._weights = near.weights()
            joining = joined(self._weights, seeds)
            near.fetch(sorted(joining))
        for id_ in seeds:
            self._choose(id_, 0)
        for id_ in sorted(joining - self.chosen.keys(), key=lambda id_: (near.steps[id_], id_)):
            self._choose(id_, near.steps[id_])

    def descend(self) -> None:
        """Choose what the seeds descend from, and the papers that introduce these."""
        near = self._near
        room = math.ceil(self._limit * _ANCESTRY_SHARE)
        line = sorted(near.lineage, key=self._nearest_first)
        wanted = [
            id_
            for ancestor in line
            for id_ in (ancestor, *sorted(near.introducing[ancestor], key=self._nearest_first))
        ]
        near.fetch(wanted)
        for id_ in wanted:
            if room and len(self.chosen) < self._limit:
                room -= self._try(id_)

    def fill(self) -> None:
        """Choose the most relevant of what is joined to the chosen, until nothing is or fits."""
        spare: list[tuple[float, str]] = []
        while len(self.chosen) < self._limit:
            if not self._heap:
                if not spare:
                    return
                # There is room, and nothing else for it.
                self._heap, spare, self._is_balanced = spare, [], False
                heapq.heapify(self._heap)
            entry = heapq.heappop(self._heap)
            if entry[1] not in self._near.entities:
                self._near.fetch(
                    [id_ for _, id_ in heapq.nsmallest(_AT_ONCE, [entry, *self._heap])]
                )
            if self._is_balanced and self._is_plenty(entry[1]):
                spare.append(entry)
            else:
                self._try(entry[1])

    def _nearest_first(self, id_: str) -> tuple[int, float, str]:
        return (self._near.steps.get(id_, 0), -self._scores.get(id_, 0.0), id_)

    def _try(self, id_: str) -> bool:
        """Choose an entity if it is joined to the chosen, and its kinds have room."""
        if id_ not in self._near.entities or id_ in self.chosen or not self._fits(id_):
            return False
        steps = [self.chosen[o] for o in self._weights.get(id_, {}) if o in self.chosen]
        if not steps or min(steps) >= self._hops:
            return False
        self._choose(id_, min(steps) + 1)
        return True

    def _fits(self, id_: str) -> bool:
        return all(
            self._of_kind[kind] < self._bounds.budgets.get(kind, self._limit)
            for kind in kinds_of(self._near.entities[id_])
        )

    def _is_plenty(self, id_: str) -> bool:
        """Whether there are so many of its label that others come first."""
        entity = self._near.entities.get(id_)
        return entity is not None and self._of_label[entity.label] >= math.ceil(
            self._limit * _SHARES[entity.label]
        )

    def _choose(self, id_: str, steps: int) -> None:
        entity = self._near.entities[id_]
        self.chosen[id_] = steps
        self._of_label[entity.label] += 1
        if steps:
            self._of_kind.update(kinds_of(entity))
        if steps < self._hops:
            for near in self._weights.get(id_, {}):
                if near not in self.chosen and near not in self._waiting:
                    self._waiting.add(near)
                    heapq.heappush(self._heap, (-self._scores.get(near, 0.0), near))
