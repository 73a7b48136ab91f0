"""How much of the seeds' attention reaches each entity: personalised PageRank.

Edges are weighed by type and confidence, parallel ones add up with diminishing returns, and a
hub is damped by its degree, so that what everybody uses does not pull everything in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = [
    "DESCENT",
    "MUTUAL",
    "RESTART",
    "WEIGHTS_IN_TENTHS",
    "Said",
    "Weights",
    "personalised_pagerank",
    "steps",
]

WEIGHTS_IN_TENTHS = {
    "EXTENDS": 60,
    "GENERALIZES": 50,
    "INTRODUCES": 30,
    "OUTPERFORMS": 20,
    "COMPARED_WITH": 15,
    "USES": 20,
    "SURVEYS": 15,
    "ANALYZES": 15,
    "CRITIQUES": 15,
    "EVALUATED_ON": 10,
    "APPLIED_TO": 10,
    "IMPLEMENTED_IN": 10,
    "HAS_CODE": 10,
    "CITES": 10,
    "MENTIONS": 5,
    "AUTHORED_BY": 3,
    "AFFILIATED_WITH": 3,
}
_WEIGHTS = {name: tenths / 10 for name, tenths in WEIGHTS_IN_TENTHS.items()}
_CERTAIN = 1000
# What has fewer edges than this is no less of a hub.
_FEW = 10
DESCENT = frozenset({"EXTENDS", "GENERALIZES", "INTRODUCES"})
# These have no direction: where they start is the smaller id.
MUTUAL = frozenset({"COMPARED_WITH"})
RESTART = 0.35
_ROUNDS = 30

# The type of an edge, and whether it starts at the lower of its two ids.
Said = tuple[str, bool]
Weights = Mapping[str, Mapping[str, float]]


def steps(said: Mapping[Said, int], low_degree: int, high_degree: int) -> tuple[float, float]:
    """Weigh a step between two entities, both ways.

    Descent and origin lead on however well known the other end is. Any other step to what an edge
    points to is damped by how many edges that has: what everybody uses tells little. A step back,
    to what states the edge, is not: it is a hub by what others say of it.

    Parameters
    ----------
    said : mapping
        Of each type of edge between the two, and of whether it starts at the lower id, the sum of
        the confidences, per mille.
    low_degree, high_degree : int
        How many edges each has.

    Returns
    -------
    tuple of float
        From the lower id to the higher, and back; the same whatever the order of the types.

    Examples
    --------
    >>> there, back = steps({("USES", True): 900}, 10, 4000)
    >>> there < back
    True
    >>> steps({("EXTENDS", True): 900}, 10, 4000) == steps({("EXTENDS", True): 900}, 10, 10)
    True
    """
    there, back = [], []
    to_high, to_low, undamped = _damping(high_degree), _damping(low_degree), _damping(0)
    for (type_, from_low), total in said.items():
        strength = _WEIGHTS[type_] * math.log2(1 + total / _CERTAIN)
        descends, mutual = type_ in DESCENT, type_ in MUTUAL
        there.append(strength * (to_high if not descends and (from_low or mutual) else undamped))
        back.append(strength * (undamped if descends or (from_low and not mutual) else to_low))
    return math.fsum(there), math.fsum(back)


def _damping(degree: int) -> float:
    return 1 / math.sqrt(max(degree, _FEW))


def personalised_pagerank(weights: Weights, seeds: Sequence[str]) -> dict[str, float]:
    """Return each entity's share of a walk that keeps returning to the seeds.

    Parameters
    ----------
    weights : mapping
        From an id to its neighbours' ids and the weights of the connections, both sorted.
    seeds : sequence of str
        Where the walk starts over; each has the same share.

    Returns
    -------
    dict of str to float
        Shares that add up to at most 1, the same for the same graph whatever its order.

    References
    ----------
    Page, Brin, Motwani, Winograd: The PageRank Citation Ranking, 1999, section 6.

    Examples
    --------
    >>> weights = {"a": {"b": 1.0}, "b": {"a": 1.0, "c": 1.0}, "c": {"b": 1.0}}
    >>> shares = personalised_pagerank(weights, ["a"])
    >>> shares["b"] > shares["c"]
    True
    """
    import numpy as np

    ids = sorted({*weights, *seeds})
    number = {id_: at for at, id_ in enumerate(ids)}
    begin = np.array([number[id_] for id_, near in weights.items() for _ in near], dtype=np.intp)
    end = np.array([number[other] for near in weights.values() for other in near], dtype=np.intp)
    weight = np.array([w for near in weights.values() for w in near.values()], dtype=np.float64)
    # Sums are made in the order of the sorted ids, so that they are the same to the last digit.
    totals = np.bincount(begin, weights=weight, minlength=len(ids))
    step = weight / totals[begin] * (1 - RESTART)
    restart = np.zeros(len(ids))
    restart[[number[seed] for seed in seeds]] = 1 / len(seeds)
    shares = restart
    for _ in range(_ROUNDS):
        walked = np.bincount(end, weights=shares[begin] * step, minlength=len(ids))
        shares = walked + RESTART * restart
    return {id_: float(share) for id_, share in zip(ids, shares, strict=True) if share > 0}
