"""How many papers rest on a thing, and how many groups of authors are behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from msgspec import structs

from graphkb.model.graph import Edge, Entity
from graphkb.model.groups import join
from graphkb.model.schema import ARTEFACT_LABELS

__all__ = ["author_groups", "counts", "supported", "with_support"]

_COUNTED = frozenset({"INTRODUCES", "USES", "EXTENDS", "GENERALIZES", "EVALUATED_ON"})


def counts(edge: Edge) -> bool:
    """Tell whether an edge is a reason to count its paper for what it ends at."""
    return edge.type in _COUNTED or edge.end_label == "Task"


def with_support(entities: Mapping[str, Entity], edges: Iterable[Edge]) -> dict[str, Entity]:
    """Return the entities with their support.

    Papers that introduce, use, extend, generalise or evaluate on a method, model or benchmark
    count; of a task those that name it. Stubs do not count. Papers whose authors are not known
    are a group each.

    Parameters
    ----------
    entities : mapping of str to Entity
        By id.
    edges : iterable of Edge
        All edges.

    Returns
    -------
    dict
        The same entities with `support`, artefacts with `support_groups` too.
    """
    papers: dict[str, set[str]] = defaultdict(set)
    authors: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.type == "AUTHORED_BY":
            authors[edge.start].add(edge.end)
        elif counts(edge):
            paper = entities.get(edge.paper)
            if paper is not None and paper.properties.get("stub") is False:
                papers[edge.end].add(edge.paper)
    return {id_: supported(e, papers[id_], authors) for id_, e in entities.items()}


def supported(
    entity: Entity, papers: Collection[str], authors: Mapping[str, Collection[str]]
) -> Entity:
    """Return an entity with its support, where its kind has any.

    Parameters
    ----------
    entity : Entity
        Any.
    papers : collection of str
        The papers that count for it.
    authors : mapping of str to collection of str
        The authors of each paper.

    Returns
    -------
    Entity
        An artefact or a task with its figures; another as it is.
    """
    if entity.label in ARTEFACT_LABELS:
        found = {"support": len(papers), "support_groups": author_groups(papers, authors)}
    elif entity.label == "Task":
        found = {"support": len(papers)}
    else:
        return entity
    return structs.replace(entity, properties={**entity.properties, **found})


def author_groups(papers: Iterable[str], authors: Mapping[str, Collection[str]]) -> int:
    """Count the groups of papers without a common author; a paper of nobody known is one.

    Parameters
    ----------
    papers : iterable of str
        Ids, each once.
    authors : mapping of str to collection of str
        The authors of each paper.

    Returns
    -------
    int
        How many.

    Examples
    --------
    >>> author_groups(["a", "b", "c", "d"], {"a": ["x", "y"], "b": ["y"], "c": ["z"]})
    3
    """
    above: dict[str, str] = {}
    alone = 0
    for paper in papers:
        names = list(authors.get(paper, ()))
        alone += not names
        for name in names:
            join(above, name, names[0])
    return sum(name == parent for name, parent in above.items()) + alone
