"""What is reported on a benchmark, ranked where ranking is fair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from graphkb.build.support import author_groups
from graphkb.query.authorship import authors_of
from graphkb.query.order import by_support
from graphkb.query.period import checked_date, last_day
from graphkb.query.reported import Reported, reported_on
from graphkb.query.resolve import resolve

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.store.protocol import Store

__all__ = ["Board", "Leaderboard", "LeftOut", "Standing", "boards", "changes", "leaderboard"]

_CHANGES = ("gain", "relative gain", "ratio", "bound")


@dataclass(frozen=True, slots=True)
class Standing:
    """A subject's place on a board.

    Parameters
    ----------
    rank : int or None
        From 1; equal values share a place. None where the board is not ranked.
    best : Reported
        Its best value; the highest where the board is not ranked.
    others : tuple of Reported
        Its other values of this metric and setting, better ones first.
    disputed : bool
        True where two papers report different values.
    """

    rank: int | None
    best: Reported
    others: tuple[Reported, ...] = ()
    disputed: bool = False

    @property
    def all(self) -> tuple[Reported, ...]:
        """The best value, then the others."""
        return (self.best, *self.others)


@dataclass(frozen=True, slots=True)
class Board:
    """The absolute values of one metric.

    Parameters
    ----------
    metric : str or None
        As most papers write it; None where the sentences name none.
    scale : str
        ``%`` for shares, else the unit; empty where there is none.
    direction : {'up', 'down'} or None
        Which way is better; None, and nothing is ranked, where no paper's words tell, or as many
        tell one as the other, or the sentences name no metric.
    standings : tuple of Standing
        The best first; of a board that is not ranked, the highest first.
    more : int
        How many standings the limit left out.
    """

    metric: str | None
    scale: str
    direction: str | None
    standings: tuple[Standing, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Numbers on the benchmark that are not listed.

    Parameters
    ----------
    without_subject : int
        The sentence does not say whose they are.
    later : int
        Published after the date that was asked for, or perhaps after it.
    """

    without_subject: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """What papers report on a benchmark.

    Parameters
    ----------
    benchmark : Entity
        The benchmark.
    as_of : str or None
        Only papers published up to this date count.
    boards : tuple of Board
        One a metric, the one with the most papers first, the unnamed metric last.
    changes : tuple of Reported
        Gains, then relative gains, ratios and bounds: never ranked, the newest first.
    more_changes : int
        How many of them the limit left out.
    papers : int
        How many papers it rests on.
    groups : int
        How many groups of them without a common author.
    left_out : LeftOut
        What is not listed, and why.
    relatives : tuple of Entity
        Where nothing is listed: benchmarks of a longer name (a split, a version) that have numbers.
    """

    benchmark: Entity
    as_of: str | None
    boards: tuple[Board, ...]
    changes: tuple[Reported, ...]
    more_changes: int
    papers: int
    groups: int
    left_out: LeftOut
    relatives: tuple[Entity, ...] = ()


def leaderboard(
    store: Store, name: str, *, as_of: str | None = None, limit: int = 20
) -> Leaderboard:
    """Rank what papers report on a benchmark.

    Only absolute values of one metric are ranked against each other, in the direction that the
    metric is known to have; what a paper gained over something else is listed apart. A subject
    has one place a metric and setting, by the best value that is reported of it, with its other
    values beside.

    Parameters
    ----------
    store : Store
        Where to look.
    name : str
        The benchmark, as :func:`graphkb.query.resolve.resolve` takes it.
    as_of : str, optional
        2024, 2024-05 or 2024-05-24: only what was certainly published by the end of it counts.
    limit : int
        Most places a board, and most gains and ratios.

    Returns
    -------
    Leaderboard
        Without boards where nothing is reported.

    Raises
    ------
    NotFoundError
        No benchmark is called so.
    QueryError
        The date is none.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     found = leaderboard(kb.store, "AIME 2024")
    >>> found.papers, found.groups
    (1, 1)
    """
    end = None if as_of is None else last_day(checked_date(as_of))
    benchmark = resolve(store, name, label="Benchmark")
    every = reported_on(store, benchmark.id)
    timely = [found for found in every if end is None or _by(found.published, end)]
    listed = [found for found in timely if found.subject is not None]
    changed = changes(listed)
    papers = sorted({found.paper for found in listed})
    return Leaderboard(
        benchmark,
        as_of,
        boards(listed, limit),
        changed[:limit],
        max(len(changed) - limit, 0),
        len(papers),
        author_groups(papers, authors_of(store, papers)),
        LeftOut(len(timely) - len(listed), len(every) - len(timely)),
        () if listed else _relatives(store, benchmark),
    )


def _relatives(store: Store, benchmark: Entity) -> tuple[Entity, ...]:
    rows = store.cypher(
        "MATCH (b:Benchmark) WHERE toLower(b.name) STARTS WITH toLower($name) AND b.id <> $id "
        "AND COUNT { (b)<-[:ON]-() } > 0 RETURN b.id AS id ORDER BY id",
        {"name": benchmark.name, "id": benchmark.id},
    )
    found = store.entities_by_id(row[0] for row in rows.rows)
    return tuple(sorted(found.values(), key=by_support))


def _by(published: str | None, end: str) -> bool:
    return published is not None and last_day(published) <= end


def _newest_first(found: Reported) -> tuple[object, ...]:
    reading = _CHANGES.index(found.reading) if found.reading in _CHANGES else len(_CHANGES)
    return (reading, _descending(found.published or ""), found.paper, -found.value, found.id)


def _descending(date: str) -> tuple[int, ...]:
    # Unlike a reversed sort, this leaves the other keys their direction; no date comes last.
    return tuple(-ord(character) for character in date) or (0,)


def changes(found: Iterable[Reported]) -> tuple[Reported, ...]:
    """Return the gains, relative gains, ratios and bounds among numbers on one benchmark.

    Parameters
    ----------
    found : iterable of Reported
        Each with its subject.

    Returns
    -------
    tuple of Reported
        In that order, the newest first.
    """
    return tuple(sorted((one for one in found if one.reading != "absolute"), key=_newest_first))


def boards(found: Iterable[Reported], limit: int) -> tuple[Board, ...]:
    """Rank the absolute values among numbers on one benchmark.

    Parameters
    ----------
    found : iterable of Reported
        Each with its subject.
    limit : int
        Most places a board.

    Returns
    -------
    tuple of Board
        As :class:`Leaderboard` has them.
    """
    by_metric: dict[str | None, dict[str, list[Reported]]] = defaultdict(lambda: defaultdict(list))
    for one in (one for one in found if one.reading == "absolute"):
        by_metric[one.metric_key][one.scale].append(one)
    made: list[tuple[tuple[object, ...], Board]] = []
    for key, by_scale in by_metric.items():
        for scale, values in (_joined(by_scale) if key else by_scale).items():
            papers = len({value.paper for value in values})
            order = (key is None, -papers, key or "", scale)
            made.append((order, _board(key, scale, values, limit)))
    return tuple(board for _, board in sorted(made, key=lambda pair: pair[0]))


def _joined(by_scale: dict[str, list[Reported]]) -> dict[str, list[Reported]]:
    """Values without a unit are of the one unit that others of their metric have."""
    units = [unit for unit in by_scale if unit not in ("", "%")]
    if "" in by_scale and len(units) == 1:
        return {
            unit: values + (by_scale[""] if unit == units[0] else [])
            for unit, values in by_scale.items()
            if unit
        }
    return by_scale


def _board(key: str | None, scale: str, values: Sequence[Reported], limit: int) -> Board:
    direction = _direction(values) if key is not None else None
    sign = 1 if direction == "down" else -1
    subjects: dict[tuple[str, str], list[Reported]] = defaultdict(list)
    for value in values:
        assert value.subject is not None  # noqa: S101 - for the type checker
        subjects[value.subject.id, (value.setting or "").casefold()].append(value)
    standings = []
    for known in subjects.values():
        best, *others = sorted(known, key=lambda v: (sign * v.comparable, v.published or "9", v.id))
        standings.append((best, tuple(others), _disputed(known)))
    standings.sort(
        key=lambda s: (sign * s[0].comparable, s[0].published or "9", _name(s[0]), s[0].id)
    )
    better = Counter(best.comparable for best, _, _ in standings)
    ranks: dict[float, int] = {}
    for figure in sorted(better, key=lambda figure: sign * figure):
        ranks[figure] = 1 + sum(better[other] for other in ranks)
    spelled = Counter(value.metric or "" for value in values)
    return Board(
        None if key is None else min(spelled, key=lambda metric: (-spelled[metric], metric)),
        scale,
        direction,
        tuple(
            Standing(ranks[best.comparable] if direction else None, best, others, disputed)
            for best, others, disputed in standings[:limit]
        ),
        max(len(standings) - limit, 0),
    )


def _name(found: Reported) -> str:
    return found.subject.name.casefold() if found.subject is not None else ""


def _direction(values: Iterable[Reported]) -> str | None:
    """What most of those say that say anything."""
    told = Counter(value.direction for value in values if value.direction)
    if told["up"] == told["down"]:
        return None
    return "up" if told["up"] > told["down"] else "down"


def _disputed(values: Iterable[Reported]) -> bool:
    """Whether two papers differ: no value of the one is a value of the other."""
    by_paper: dict[str, set[float]] = defaultdict(set)
    for value in values:
        by_paper[value.paper].add(value.comparable)
    return any(not one & other for one, other in combinations(by_paper.values(), 2))
