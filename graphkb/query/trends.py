"""What rose and what fell between two spans of time of one length."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.build.support import author_groups
from graphkb.errors import QueryError
from graphkb.model.schema import ARTEFACT_LABELS, KIND_LABELS
from graphkb.query.authorship import authors_of
from graphkb.query.period import Period, checked_date, first_day, last_day, months_later

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.store.protocol import Store

__all__ = ["KINDS", "Trend", "Trends", "log_odds_z", "trends"]

KINDS = tuple(
    dict.fromkeys([*(label.lower() for label in (*ARTEFACT_LABELS, "Task")), *KIND_LABELS])
)
_LABELS = (*ARTEFACT_LABELS, "Task")
_STATING = (
    "INTRODUCES|MENTIONS|USES|EXTENDS|GENERALIZES|OUTPERFORMS|COMPARED_WITH|EVALUATED_ON|"
    "APPLIED_TO|SURVEYS|ANALYZES|CRITIQUES"
)
_MONTHS = 3
_LATE = 0.99
# Less than one standard error is no trend.
_LEAST = 1.0
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Trend:
    """How often a thing is named, before and now.

    Parameters
    ----------
    entity : Entity
        A method, model, benchmark or task.
    papers : tuple of int
        How many papers name it in the earlier period and in the later one.
    groups : tuple of int
        How many groups of these papers without a common author.
    rates : tuple of float
        The share of all papers of each period that name it.
    z : float
        How many standard errors it rose, or fell where negative: :func:`log_odds_z` of the
        papers, which count together for no more than their groups of authors.
    """

    entity: Entity
    papers: tuple[int, int]
    groups: tuple[int, int]
    rates: tuple[float, float]
    z: float


@dataclass(frozen=True, slots=True)
class Trends:
    """What rose and what fell.

    Parameters
    ----------
    earlier, later : Period
        Two adjacent periods of one length.
    papers : tuple of int
        How many papers each has; stubs, and papers whose date may be outside, are none.
    rose, fell : tuple of Trend
        The surest first.
    first : tuple of Trend
        What no loaded paper of any earlier date names, the most groups of authors first.
    more : tuple of int
        How many more rose, fell, and came first than the limit allows.
    steady : int
        How many things changed by less than one standard error.
    undated : int
        How many papers have no date, or one too coarse to tell the period.
    """

    earlier: Period
    later: Period
    papers: tuple[int, int]
    rose: tuple[Trend, ...]
    fell: tuple[Trend, ...]
    first: tuple[Trend, ...]
    more: tuple[int, int, int]
    steady: int
    undated: int


def log_odds_z(counts: tuple[float, float], totals: tuple[float, float]) -> float:
    """Return how many standard errors a share rose between two samples.

    The log-odds ratio with an informative Dirichlet prior: the prior is the share in both samples
    together, and worth as much as the mean of the two. Counts of two or three, which a plain
    ratio overrates, stay near zero.

    Parameters
    ----------
    counts : tuple of float
        How many of the first sample, and of the second, have the property.
    totals : tuple of float
        The sizes of the samples.

    Returns
    -------
    float
        Above zero where the second sample has more; 0 where nothing can be told.

    References
    ----------
    Monroe, Colaresi, Quinn: Fightin' Words: Lexical Feature Selection and Evaluation for
    Identifying the Content of Political Conflict. Political Analysis 16(4), 2008, section 3.5.

    Examples
    --------
    >>> round(log_odds_z((10, 30), (1000, 1000)), 2), round(log_odds_z((0, 2), (1000, 1000)), 2)
    (2.26, 0.95)
    >>> log_odds_z((30, 10), (1000, 1000)) == -log_odds_z((10, 30), (1000, 1000))
    True
    """
    if not sum(counts) or not all(totals) or sum(counts) >= sum(totals):
        return 0.0
    weight = sum(totals) / 2
    prior = weight * sum(counts) / sum(totals)

    def log_odds(count: float, total: float) -> float:
        return math.log((count + prior) / (total + weight - count - prior))

    error = math.sqrt(1 / (counts[0] + prior) + 1 / (counts[1] + prior))
    return (log_odds(counts[1], totals[1]) - log_odds(counts[0], totals[0])) / error


def trends(
    store: Store,
    *,
    since: str | None = None,
    until: str | None = None,
    kinds: Collection[str] = (),
    limit: int = 20,
) -> Trends:
    """Find what rose and what fell between two adjacent periods of one length.

    Parameters
    ----------
    store : Store
        Where to look.
    since : str, optional
        2024, 2024-05 or 2024-05-24: where the later period begins; by default it has three
        months. The earlier period is as long, and ends where the later one begins.
    until : str, optional
        Where it ends; by default with the month by which 99 in 100 of the papers are published.
    kinds : collection of str
        Of :data:`KINDS`; all by default.
    limit : int
        Most of what rose, of what fell, and of what is new.

    Returns
    -------
    Trends
        The same for the same graph.

    Raises
    ------
    QueryError
        A date is none, a kind is unknown, or one of the periods has no papers.

    Notes
    -----
    Papers with a common author are no independent votes. So the counts of both periods are
    multiplied by groups over papers of the two together, an effective sample size: the rate stays
    that of the papers, and ten papers of one laboratory about its own model weigh as one.

    References
    ----------
    Kish: Survey Sampling, 1965, section 8.2 (effective sample size).

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     trends(kb.store, until="2025-12").papers
    (3, 10)
    """
    wanted = _wanted(kinds)
    dates = _dates(store)
    later = _later({date: len(ids) for date, ids in dates.items()}, since, until)
    periods = (later.before, later)
    members = tuple(
        {id_ for date, ids in dates.items() if period.holds(date) for id_ in ids}
        for period in periods
    )
    for period, papers in reversed(list(zip(periods, members, strict=True))):
        if not papers:
            raise _nothing(period, dates)
    named = _named(store, periods, members)
    authors = authors_of(store, sorted({p for sides in named.values() for s in sides for p in s}))
    totals = (len(members[0]), len(members[1]))
    entities = _entities(store, named, wanted)
    new = _new(store, named, entities, later.first)
    rose: list[Trend] = []
    fell: list[Trend] = []
    first: list[Trend] = []
    steady = 0
    for id_, entity in entities.items():
        trend = _trend(entity, named[id_], authors, totals)
        if id_ in new:
            first.append(trend)
        elif abs(trend.z) < _LEAST:
            steady += 1
        else:
            (rose if trend.z > 0 else fell).append(trend)
    for found in (rose, fell):
        found.sort(key=lambda t: (-abs(t.z), -sum(t.papers), t.entity.name.casefold(), t.entity.id))
    first.sort(key=lambda t: (-t.groups[1], -t.papers[1], t.entity.name.casefold(), t.entity.id))
    more = [max(len(found) - limit, 0) for found in (rose, fell, first)]
    return Trends(
        *periods,
        totals,
        tuple(rose[:limit]),
        tuple(fell[:limit]),
        tuple(first[:limit]),
        (more[0], more[1], more[2]),
        steady,
        sum(len(ids) for date, ids in dates.items() if not date or _straddles(date, periods)),
    )


def _trend(
    entity: Entity,
    sides: tuple[list[str], list[str]],
    authors: Mapping[str, Collection[str]],
    totals: tuple[int, int],
) -> Trend:
    groups = (author_groups(sides[0], authors), author_groups(sides[1], authors))
    papers = (len(sides[0]), len(sides[1]))
    independent = author_groups([*sides[0], *sides[1]], authors) / sum(papers)
    votes = (papers[0] * independent, papers[1] * independent)
    rates = (papers[0] / totals[0], papers[1] / totals[1])
    return Trend(entity, papers, groups, rates, round(log_odds_z(votes, totals), 6))


def _wanted(kinds: Collection[str]) -> frozenset[str]:
    wanted = frozenset(kind.casefold() for kind in kinds)
    for kind in sorted(wanted - {*KINDS}):
        raise QueryError(f"there is no kind {kind!r}", remedy=f"use one of {', '.join(KINDS)}")
    return wanted


def _dates(store: Store) -> dict[str, list[str]]:
    """The papers of each date; those without one under an empty date."""
    rows = store.cypher(
        "MATCH (p:Paper) WHERE NOT coalesce(p.stub, false) "
        "RETURN coalesce(p.published, '') AS published, collect(p.id) AS papers ORDER BY published"
    )
    return dict(rows.rows)


def _later(dates: Mapping[str, int], since: str | None, until: str | None) -> Period:
    if until is None:
        months: Counter[str] = Counter()
        for date, papers in dates.items():
            if len(date) > len("2025"):
                months[date[:7]] += papers
        if not months:
            raise QueryError(
                "no paper here has a date of a month", remedy="load papers with their dates"
            )
        known = sorted(months.elements())
        until = known[min(int(len(known) * _LATE), len(known) - 1)]
        if since is not None and first_day(checked_date(since)) > last_day(until):
            until = max(known[-1], since[:7])
    if since is None:
        since = months_later(last_day(checked_date(until)), 1 - _MONTHS)
    return Period.of(since, until)


def _nothing(period: Period, dates: Iterable[str | None]) -> QueryError:
    known = sorted(date for date in dates if date)
    if not known:
        return QueryError("no paper here has a date", remedy="load papers with their dates")
    return QueryError(
        f"no paper is published from {period}, so there is nothing to compare",
        remedy=f"the papers here are of {known[0]} to {known[-1]}; choose --since and --until",
    )


def _straddles(date: str, periods: Sequence[Period]) -> bool:
    """Whether a coarse date may be of one of the periods, and is certainly of neither."""
    first, last = periods[0].first, periods[1].last
    possible = first_day(date) <= last and last_day(date) >= first
    return possible and not any(period.holds(date) for period in periods)


def _named(
    store: Store, periods: tuple[Period, Period], members: tuple[set[str], ...]
) -> dict[str, tuple[list[str], list[str]]]:
    """The papers of each period that name a thing."""
    # By the dates of the edges, coarse ones too, so that not every edge is held in memory.
    bounds = {"since": periods[0].first[:4], "until": f"{periods[1].last}~"}
    found: dict[str, tuple[list[str], list[str]]] = {}
    for label in _LABELS:
        rows = store.cypher(
            f"MATCH (x)-[r:{_STATING}]->(n:{label}) "
            "WHERE r.stated >= $since AND r.stated < $until "
            "RETURN n.id AS id, collect(DISTINCT r.paper) AS papers ORDER BY id",
            bounds,
        )
        for id_, papers in rows.rows:
            sides = tuple(sorted(side.intersection(papers)) for side in members)
            if any(sides):
                found[id_] = (sides[0], sides[1])
    return found


def _entities(store: Store, ids: Iterable[str], wanted: frozenset[str]) -> dict[str, Entity]:
    return {
        id_: entity
        for id_, entity in sorted(store.entities_by_id(sorted(ids)).items())
        if not wanted or wanted & {entity.label.lower(), entity.properties.get("kind")}
    }


def _new(
    store: Store,
    named: Mapping[str, tuple[list[str], list[str]]],
    entities: Mapping[str, Entity],
    since: str,
) -> set[str]:
    """What nothing says is older than the later period."""
    unnamed: dict[str, list[str]] = defaultdict(list)
    for id_, entity in entities.items():
        stated = entity.properties.get("first_stated")
        if not named[id_][0] and (stated is None or last_day(str(stated)) >= since):
            unnamed[entity.label].append(id_)
    new: set[str] = set()
    for label, ids in sorted(unnamed.items()):
        for at in range(0, len(ids), _BATCH):
            rows = store.cypher(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) MATCH (n)<-[r:{_STATING}]-(x) "
                "WHERE r.stated IS NOT NULL RETURN id, min(r.stated) AS earliest ORDER BY id",
                {"ids": ids[at : at + _BATCH]},
            )
            new.update(id_ for id_, earliest in rows.rows if last_day(earliest) >= since)
    return new
