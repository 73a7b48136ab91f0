"""How long a step of the live explorer takes: expanding an entity of a page that has grown.

Run it as ``python benchmarks/explorer.py STORE``; ``python -m benchmarks`` makes a store of 100,000
papers. The entities are the method that most papers use, one in the middle, and one of the
last; the page has 60 and 500 entities, grown by expanding from the most used method. For each it
prints milliseconds of the processor and of the clock (medians of five), beside the baseline: the
same neighbours read with everything that touches the entity, and the page laid out anew by
networkx.spring_layout, as one has it who puts the two libraries together.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

import networkx as nx

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


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Return milliseconds of the processor and of the clock."""
    of_clock, of_processor = [], []
    for _ in range(RUNS):
        clock, processor = time.perf_counter(), time.process_time()
        act()
        of_processor.append((time.process_time() - processor) * 1e3)
        of_clock.append((time.perf_counter() - clock) * 1e3)
    return statistics.median(of_processor), statistics.median(of_clock)


def baseline(store: Store, before: Explored, id_: str) -> None:
    """Read all that touches an entity, and lay the page out by networkx."""
    entities, edges = store.neighbourhood([id_])
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from([*before.ids, *(entity.id for entity in entities)])
    near = {edge.end if edge.start == id_ else edge.start for edge in edges}
    graph.add_edges_from((id_, other) for other in sorted(near)[:25])
    nx.spring_layout(graph, seed=1)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open_store(sys.argv[1]) as store:
        rows = store.cypher(USED).rows
        used = [row[0] for row in rows]
        chosen = {"hub": rows[0], "middle": rows[len(rows) // 2], "rare": rows[-1]}
        print(f"{'page':>5} {'expanded':>9} {'support':>8} {'cpu ms':>7} {'wall ms':>8}", end="")
        print(f" {'baseline':>9} {'wall ms':>8}")
        for size in SIZES:
            steps = grown(store, used[1:], size)
            explorer = Explorer(store)
            before = explorer.view(steps)
            for name, (id_, support) in chosen.items():
                # Each time as for the first time: only the page before it is remembered.
                ours = timed(partial(explorer.after, before, Step("expand", id_)))
                theirs = timed(partial(baseline, store, before, id_))
                print(
                    f"{len(before.ids):5} {name:>9} {support:8} {ours[0]:7.0f} {ours[1]:8.0f}"
                    f" {theirs[0]:9.0f} {theirs[1]:8.0f}"
                )


if __name__ == "__main__":
    main()
