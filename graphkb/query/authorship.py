"""Who wrote which papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkb.store.protocol import Store

__all__ = ["authors_of"]

_BATCH = 2_000


def authors_of(store: Store, papers: Sequence[str]) -> Mapping[str, list[str]]:
    """Return the authors of some papers.

    Parameters
    ----------
    store : Store
        Where to look.
    papers : sequence of str
        Ids.

    Returns
    -------
    mapping of str to list of str
        Ids of authors by the id of the paper; without the papers of which no author is known.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for at in range(0, len(papers), _BATCH):
        rows = store.cypher(
            "UNWIND $ids AS id MATCH (p:Paper {id: id}) MATCH (p)-[:AUTHORED_BY]->(a:Author) "
            "RETURN id, a.id AS author ORDER BY id, author",
            {"ids": list(papers[at : at + _BATCH])},
        )
        for paper, author in rows.rows:
            found[paper].append(author)
    return found
