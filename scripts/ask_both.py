"""Ask every named query its example on an embedded store and on a Neo4j that holds the same.

    python scripts/ask_both.py papers.kgl

The graph of the file is copied into a Neo4j that is started for it. Prints each query's name, its
rows and the milliseconds on each store, and whether the rows are equal; exits 1 where some are
not. An example that names what the file does not hold is asked of nothing, and said so.
"""

import os
import sys
import time

from neo4j_server import neo4j_server

from graphkb.errors import NotFoundError
from graphkb.query.header import NamedQuery
from graphkb.query.named import named_queries, run_query
from graphkb.store import Changes, Store, open_store
from graphkb.store.protocol import Rows


def asked(store: Store, query: NamedQuery) -> tuple[Rows, float]:
    """Return the answer to a query's example, and the milliseconds that it took."""
    started = time.perf_counter()
    rows = run_query(store, query, query.example)
    return rows, (time.perf_counter() - started) * 1000


def main(path: str) -> int:
    """Ask both stores, and tell whether they agree."""
    differing = 0
    with open_store(path) as embedded, neo4j_server() as server:
        os.environ.update(server.environment())
        with open_store(server.url, write=True) as neo4j:
            edges = tuple(embedded.edges())
            neo4j.write(Changes(entities=tuple(embedded.entities()), edges=edges))
            print(f"{'query':26} {'rows':>6} {'embedded ms':>12} {'neo4j ms':>10}")
            for name, query in named_queries().items():
                try:
                    ours, fast = asked(embedded, query)
                    theirs, slow = asked(neo4j, query)
                except NotFoundError as error:
                    print(f"{name:26} {error}")
                    continue
                differ = (ours.columns, ours.rows) != (theirs.columns, theirs.rows)
                differing += differ
                remark = "  DIFFERENT ROWS" if differ else ""
                print(f"{name:26} {len(ours.rows):6} {fast:12.1f} {slow:10.1f}{remark}")
    print(f"{differing} differ", file=sys.stderr)
    return min(differing, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
