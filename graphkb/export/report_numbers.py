"""The part of a report that tells the numbers: benchmarks with their best values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graphkb.export.telling import Telling, counted
from graphkb.model.graph import Entity
from graphkb.model.markdown import markdown_text
from graphkb.query.leaderboard import Board, Standing, boards, changes
from graphkb.query.order import by_support
from graphkb.query.reported import Reported, reported_in

__all__ = ["numbers"]

_BENCHMARKS, _BOARDS, _PLACES, _CHANGES, _ELSEWHERE = 12, 5, 5, 6, 10
_BETTER = {"up": "higher is better", "down": "lower is better"}


def numbers(telling: Telling) -> Iterator[str]:
    """Yield a leaderboard a benchmark, ranked as ``graphkb leaderboard`` does, and what changed."""
    every = reported_in(telling.part.graph, telling.papers)
    on: dict[str, list[Reported]] = defaultdict(list)
    rest: list[Reported] = []
    for number in every:
        if number.subject is not None and number.benchmark is not None:
            on[number.benchmark.id].append(number)
        elif number.subject is not None:
            rest.append(number)
    part = telling.part
    place = {id_: at for at, id_ in enumerate(part.order)}
    measured = sorted(
        (part.graph.entities[id_] for id_ in on),
        key=lambda held: (held.id not in part.seeds, place.get(held.id, len(place)), held.id),
    )
    bare = [
        held
        for id_ in part.order
        if (held := part.graph.entities.get(id_)) and held.label == "Benchmark" and id_ not in on
    ]
    if not every and not bare:
        return
    telling.cite.begin()
    yield "\n## Benchmarks and best values\n\n"
    yield "Only values of one metric are ranked against each other, gains and ratios never.\n"
    for benchmark in measured[:_BENCHMARKS]:
        yield from _of_benchmark(telling, benchmark, on[benchmark.id])
    left = measured[_BENCHMARKS:] + sorted(bare, key=by_support)
    if left:
        yield f"\nAlso in it, without numbers here: {telling.names(left, 30)}.\n"
    if rest:
        yield "\n### Numbers without a benchmark\n\n"
        yield from _listed(telling, changes(rest) + _absolute(rest), _ELSEWHERE)


def _absolute(found: Sequence[Reported]) -> tuple[Reported, ...]:
    return tuple(one for one in found if one.reading == "absolute")


def _of_benchmark(telling: Telling, benchmark: Entity, found: Sequence[Reported]) -> Iterator[str]:
    yield f"\n### {telling.name(benchmark)[2:-2]}\n"
    ranked = boards(found, _PLACES)
    for board in ranked[:_BOARDS]:
        yield f"\n{_head(board)}\n\n"
        for standing in board.standings:
            yield _placed(telling, standing)
        if board.more:
            yield f"- … and {board.more:,} more\n"
    if len(ranked) > _BOARDS:
        yield f"\n{counted(len(ranked) - _BOARDS, 'metric')} more, each of fewer papers.\n"
    changed = changes(found)
    if changed:
        yield "\nGains and ratios, not ranked:\n\n"
        yield from _listed(telling, changed, _CHANGES)


def _head(board: Board) -> str:
    said = [markdown_text(board.metric) if board.metric else "Metric not named"]
    if board.scale:
        said.append(markdown_text(board.scale))
    said.append(_BETTER.get(board.direction or "", "not ranked: which way is better is not told"))
    text = ", ".join(said) + ":"
    return text[0].upper() + text[1:]


def _placed(telling: Telling, standing: Standing) -> str:
    others = [markdown_text(other.text) for other in standing.others[:3]]
    also = f" (also {', '.join(others)}{'; papers differ' if standing.disputed else ''})"
    # No ordered list of Markdown's: equal values share a place.
    place = "" if standing.rank is None else f"**{standing.rank}** · "
    return f"- {place}{_told(telling, standing.best, also if others else '')}\n"


def _told(telling: Telling, number: Reported, also: str = "") -> str:
    assert number.subject is not None  # noqa: S101 - for the type checker
    telling.note([number.id])
    setting = f"{markdown_text(number.setting)} " if number.setting else ""
    against = f" against {telling.names(number.against, 3)}" if number.against else ""
    basis = "" if number.quoted else "graphkb's summary"
    said = telling.cite.words(number.sentence, number.paper, basis)
    value = f"{setting}{markdown_text(number.text)}{against}{also}"
    return f"{telling.name(number.subject)} {value} — {said}"


def _listed(telling: Telling, found: Sequence[Reported], most: int) -> Iterator[str]:
    for number in found[:most]:
        what = ", ".join(filter(None, (number.reading, number.metric)))
        yield f"- {_told(telling, number, f' ({markdown_text(what)})')}\n"
    if len(found) > most:
        yield f"- … and {counted(len(found) - most, 'number')} more\n"
