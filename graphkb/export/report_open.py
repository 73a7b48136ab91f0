"""The part of a report that tells what is open: criticism, gaps, contradictions, what lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graphkb.export.open_question import Gap, contradictions, gaps, never_introduced
from graphkb.export.telling import Telling, counted
from graphkb.model.graph import Edge
from graphkb.query.order import by_support
from graphkb.query.stated import stated

__all__ = ["open_questions"]

_MOST, _NAMES = 10, 12
_EVALUATED = ("Method", "Model")


def open_questions(telling: Telling) -> Iterator[str]:
    """Yield what the papers criticise, where they contradict, and what nobody did yet."""
    telling.cite.begin()
    parts = [
        ("What is criticised", list(_criticism(telling))),
        ("Benchmarks on which its kin is evaluated", list(_gaps(telling))),
        ("Each is said to be better than the other", list(_contradictions(telling))),
        ("What is lacking here", list(_lacking(telling))),
    ]
    if any(lines for _, lines in parts):
        yield "\n## Open questions\n"
    for title, lines in parts:
        if lines:
            yield f"\n### {title}\n\n"
            yield from (f"- {line}\n" for line in lines)


def _criticism(telling: Telling) -> Iterator[str]:
    part = telling.part
    about = set(part.seeds or part.order)
    edges = [
        edge
        for edge in part.graph.edges.values()
        if edge.type == "CRITIQUES" and edge.end in about and edge.end in telling.known
    ]
    found = list(_one_a_sentence(said.edge for said in stated(edges, telling.papers)))
    for edge in found[:_MOST]:
        who = telling.known.get(edge.start)
        whose = f", by {telling.name(who)}" if who is not None else ""
        yield f"{telling.name(telling.known[edge.end])}{whose}: {telling.quoted(edge)}"
    if len(found) > _MOST:
        yield f"… and {counted(len(found) - _MOST, 'statement')} more"


def _one_a_sentence(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Of what one sentence says of a thing, the best."""
    seen = set()
    for edge in edges:
        key = (edge.end, edge.paper, edge.properties.get("evidence"))
        if key not in seen:
            seen.add(key)
            yield edge


def _gaps(telling: Telling) -> Iterator[str]:
    part = telling.part
    found = gaps(telling.known, telling.edges, part.seeds)
    if not any(telling.known[id_].label in _EVALUATED for id_ in part.seeds):
        # Of many things only what several of their kin show is a question.
        among = gaps(telling.known, telling.edges, part.order)
        found = tuple(gap for gap in among if len(gap.kin) > 1)
    by_benchmark: dict[str, list[Gap]] = defaultdict(list)
    for gap in found:
        by_benchmark[gap.benchmark.id].append(gap)
    for every in tuple(by_benchmark.values())[:_MOST]:
        kin = {held.id: held for gap in every for held in gap.kin}
        lacking = [gap.method for gap in every]
        verb = "is" if len(kin) == 1 else "are"
        yield (
            f"{telling.name(every[0].benchmark)}: {telling.names(kin.values(), 4)} {verb} "
            f"evaluated on it, {telling.names(lacking, 4)} "
            f"{'is' if len(lacking) == 1 else 'are'} not"
        )
    if len(by_benchmark) > _MOST:
        yield f"… and {counted(len(by_benchmark) - _MOST, 'benchmark')} more"


def _contradictions(telling: Telling) -> Iterator[str]:
    for one, other in list(contradictions(telling.part.graph.edges.values()))[:_MOST]:
        first, second = telling.known.get(one.start), telling.known.get(one.end)
        if first is not None and second is not None:
            yield (
                f"{telling.name(first)} and {telling.name(second)}: {telling.quoted(one)}; "
                f"{telling.quoted(other)}"
            )


def _lacking(telling: Telling) -> Iterator[str]:
    held = telling.part.graph.entities
    unknown = never_introduced(held.values(), telling.edges)
    if unknown:
        yield (
            f"{counted(len(unknown), 'name')} that no paper here introduces: "
            f"{telling.names(unknown, _NAMES)}"
        )
    introducing = {edge.start: edge for edges in telling.introducing.values() for edge in edges}
    papers = [telling.papers[id_] for id_ in introducing if id_ in telling.papers]
    stubs = sorted((p for p in papers if p.properties.get("stub")), key=by_support)
    if stubs:
        yield (
            f"{counted(len(stubs), 'introducing paper')} not loaded: {telling.names(stubs, _NAMES)}"
        )
    linked = {edge.start for edge in telling.edges if edge.type == "HAS_CODE"}
    bare = sorted(
        (p for p in papers if p.id in held and p.id not in linked and not p.properties.get("stub")),
        key=by_support,
    )
    if bare:
        yield (
            f"{counted(len(bare), 'introducing paper')} without code: {telling.names(bare, _NAMES)}"
        )
