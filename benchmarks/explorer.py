"""How long a step of the live explorer takes: expanding an entity of a page that has grown.

Run it as ``python -m benchmarks.explorer STORE``; ``python -m benchmarks.derived`` makes a store.
The entities are the method that most papers use, one in the middle, and one of the last; the page
has 60 and 500 entities, grown by expanding from the most used method. For each it prints
milliseconds of the processor and of the clock (medians of five), beside the baseline: the same
neighbours read with everything that touches the entity, and the page laid out anew by
networkx.spring_layout, as one has it who puts the two libraries together.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import networkx as nx

from benchmarks.measurement import spread
from benchmarks.part import Part
from graphkb.store import Store, open_store
from graphkb.view.explorer import Explored, Explorer, Step

RUNS = 5
SIZES = (60, 500)
USED = """
MATCH (m:Method)
WITH m.id AS id, m.support AS support WHERE support > 0
RETURN id, support ORDER BY support DESC, id
"""


def grown(store: Store, ids: list[str], size: int) -> list[Step]:
    """Return the steps that lead to a page of at least some size."""
    explorer, steps = Explorer(store), [Step("add", ids[0])]
    for id_ in ids[1:]:
        found = explorer.view(steps)
        if len(found.ids) >= size:
            break
        steps += [Step("add", id_), Step("expand", id_)]
    return steps


def timed(act: Callable[[], object]) -> dict[str, dict[str, float]]:
    """Return milliseconds of the processor and of the clock."""
    of_clock, of_processor = [], []
    for _ in range(RUNS):
        clock, processor = time.perf_counter(), time.process_time()
        act()
        of_processor.append((time.process_time() - processor) * 1e3)
        of_clock.append((time.perf_counter() - clock) * 1e3)
    return {"process_ms": spread(of_processor), "ms": spread(of_clock)}


def baseline(store: Store, before: Explored, id_: str) -> None:
    """Read all that touches an entity, and lay the page out by networkx."""
    entities, edges = store.neighbourhood([id_])
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from([*before.ids, *(entity.id for entity in entities)])
    near = {edge.end if edge.start == id_ else edge.start for edge in edges}
    graph.add_edges_from((id_, other) for other in sorted(near)[:25])
    nx.spring_layout(graph, seed=1)


def measure(url: str, sizes: Sequence[int] = SIZES) -> Iterator[dict[str, Any]]:
    """Yield what expanding takes on a page of each size, for each of the entities."""
    with open_store(url) as store:
        rows = store.cypher(USED).rows
        used = [row[0] for row in rows]
        chosen = {"hub": rows[0], "middle": rows[len(rows) // 2], "rare": rows[-1]}
        for size in sizes:
            steps = grown(store, used[1:], size)
            explorer = Explorer(store)
            before = explorer.view(steps)
            for name, (id_, support) in chosen.items():
                # Each time as for the first time: only the page before it is remembered.
                ours = timed(partial(explorer.after, before, Step("expand", id_)))
                theirs = timed(partial(baseline, store, before, id_))
                yield {
                    "what": f"expanding on a page grown to {size}",
                    "about": name,
                    "entities": len(before.ids),
                    "support": support,
                    **ours,
                    "baseline": {"what": "neighbours read, networkx.spring_layout", **theirs},
                }


PART = Part(
    "explorer",
    "a step of the live explorer",
    lambda setting: measure(
        setting.made(), [size for size in SIZES if size <= setting.size.papers]
    ),
)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f"{'page':>5} {'expanded':>9} {'support':>8} {'cpu ms':>7} {'wall ms':>8}", end="")
    print(f" {'baseline':>9} {'wall ms':>8}")
    for found in measure(sys.argv[1]):
        theirs = found["baseline"]
        print(
            f"{found['entities']:5} {found['about']:>9} {found['support']:8}"
            f" {found['process_ms']['median']:7.0f} {found['ms']['median']:8.0f}"
            f" {theirs['process_ms']['median']:9.0f} {theirs['ms']['median']:8.0f}"
        )


if __name__ == "__main__":
    main()
