"""compare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb.cli.quotation import quoted, reported, wrapped
from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import counted, echo, listed, say, shortened, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.query.comparison import Aspect, Comparison, Direct, Profile, SideBySide
    from graphkb.query.reported import Reported

__all__ = ["compare"]

_COLUMNS = ("section", "of", "what", "value", "contradicted", "date", "paper", "sentence", "id")
_PROPERTIES = ("long_name", "first_stated", "support", "support_groups", "published")
_TOLD = 12
_TITLE = 70
_UNBOUNDED = 1_000_000
_BETTER = {"up": ", higher is better", "down": ", lower is better", None: ""}


@click.command(epilog="Example: graphkb compare GRPO PPO")
@click.argument("one")
@click.argument("other")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Most papers.")
@formatted
@click.pass_obj
def compare(db: str, one: str, other: str, limit: int, format_name: str) -> None:
    """Put two methods, models, benchmarks or papers side by side.

    What both are, what is said of one against the other, what they share and differ in, their
    results on common benchmarks, and the papers that state something of both.
    """
    with open_base(db) as base:
        found = base.compare(one, other, limit=limit)
    if format_name == "table":
        echo("".join(line.rstrip() + "\n" for line in _told(found, terminal_width() or _UNBOUNDED)))
    else:
        print_rows(_COLUMNS, _rows(found), format_name)
    if found.more_papers:
        say(f"{found.more_papers} more papers state something of both; --limit allows more")


def _told(found: Comparison, columns: int) -> Iterator[str]:
    for profile, rival in ((found.one, found.other), (found.other, found.one)):
        yield from _profile(profile, rival, columns)
        yield ""
    yield "Said of the two"
    if not found.direct and not found.margins:
        yield "  nothing"
    for direct in found.direct:
        yield from _direct(found, direct, columns)
    for number in found.margins:
        yield from _number(number, _margin(number), "  ", columns)
    for aspect in found.aspects:
        yield ""
        yield from _aspect(found, aspect, columns)
    if found.results:
        yield ""
        yield "Results on common benchmarks"
        for result in found.results:
            yield from _result(found, result, columns)
    if found.papers:
        yield ""
        yield "Papers that state something of both"
        for paper in found.papers:
            date = str(paper.properties.get("published", "no date"))
            yield from wrapped(f"{date:10}  {paper.name}", columns, "  ", " " * 14)


def _profile(profile: Profile, rival: Profile, columns: int) -> Iterator[str]:
    entity = profile.entity
    known = entity.properties
    long = f", {known['long_name']}" if known.get("long_name") else ""
    kind = known.get("kind", entity.label.lower())
    yield from wrapped(f"{entity.name} ({kind}{long})", columns, "", "  ")
    for statement in profile.introduced:
        curated = ", curated" if statement.edge.properties.get("rule") == "catalogue" else ""
        date = statement.other.properties.get("published", "no date")
        said = f"introduced by {statement.other.name} ({date}{curated})"
        yield from wrapped(said, columns, "  ", "    ")
    if known.get("published"):
        yield f"  published {known['published']}"
    if "support" in known:
        papers, groups = (int(str(known.get(n, 0))) for n in ("support", "support_groups"))
        yield f"  support: {counted(papers, 'paper')}, {counted(groups, 'group')} of authors"
    if profile.descends is not None:
        steps = counted(profile.descends, "step")
        yield from wrapped(f"descends from {rival.entity.name} in {steps}", columns, "  ", "    ")


def _direct(found: Comparison, direct: Direct, columns: int) -> Iterator[str]:
    one, other = found.one.entity.name, found.other.entity.name
    start, end = (one, other) if direct.outgoing else (other, one)
    on = f" on {direct.on.name}" if direct.on is not None else ""
    mark = "  (contradicted)" if direct.contradicted else ""
    yield from wrapped(f"{start} {direct.said.edge.type} {end}{on}{mark}", columns, "  ", "    ")
    yield from wrapped(quoted(direct.said), columns, "    ", "    ")


def _margin(number: Reported) -> str:
    subject = number.subject.name if number.subject is not None else ""
    against = ", ".join(baseline.name for baseline in number.against)
    on = f" on {number.benchmark.name}" if number.benchmark is not None else ""
    what = f"{number.text} {number.metric or number.reading}"
    return f"{subject} against {against}: {what}{on} ({number.reading})"


def _number(number: Reported, told: str, indent: str, columns: int) -> Iterator[str]:
    yield from wrapped(told, columns, indent, f"{indent}  ")
    yield from wrapped(reported(number), columns, f"{indent}  ", f"{indent}  ")


def _aspect(found: Comparison, aspect: Aspect, columns: int) -> Iterator[str]:
    both = [
        f"{common.entity.name} ({common.steps[0]} and {common.steps[1]} steps)"
        if common.steps
        else shortened(common.entity.name, _TITLE)
        for common in aspect.both
    ]
    yield aspect.name[0].upper() + aspect.name[1:]
    yield from wrapped(f"both: {listed(both, _TOLD) if both else 'nothing'}", columns, "  ", "    ")
    for profile, only in zip((found.one, found.other), aspect.only, strict=True):
        if only:
            told = f"only {shortened(profile.entity.name, _TITLE)}: {_names(only)}"
            yield from wrapped(told, columns, "  ", "    ")


def _names(entities: tuple[Entity, ...]) -> str:
    return listed([shortened(entity.name, _TITLE) for entity in entities], _TOLD)


def _result(found: Comparison, result: SideBySide, columns: int) -> Iterator[str]:
    reading = "" if result.reading == "absolute" else f", {result.reading}"
    unit = f" ({result.scale})" if result.scale else ""
    heading = f"{result.benchmark.name}, {result.metric}{unit}{reading}{_BETTER[result.direction]}"
    yield from wrapped(heading, columns, "  ", "    ")
    for profile, values in zip((found.one, found.other), result.values, strict=True):
        for value in values:
            setting = f"{value.setting} " if value.setting else ""
            told = f"{profile.entity.name}: {setting}{value.text}"
            yield from _number(value, told, "    ", columns)


def _rows(found: Comparison) -> Iterator[tuple[object, ...]]:
    for profile in (found.one, found.other):
        entity = profile.entity
        yield _row("is", entity, "kind", entity.properties.get("kind", entity.label.lower()))
        for name in _PROPERTIES:
            if name in entity.properties:
                yield _row("is", entity, name, entity.properties[name])
        for statement in profile.introduced:
            yield (
                *("is", entity.name, "introduced", statement.other.name, None),
                *(statement.other.properties.get("published"), statement.other.name),
                *(statement.sentence, statement.other.id),
            )
        if profile.descends is not None:
            yield _row("is", entity, "steps to the other", profile.descends)
    pair = (found.one.entity, found.other.entity)
    for direct in found.direct:
        edge = direct.said.edge
        yield (
            *("said", pair[not direct.outgoing].name, edge.type),
            *(direct.on.name if direct.on else None, direct.contradicted),
            *(direct.said.date, direct.said.title),
            *(direct.said.sentence, edge.end),
        )
    for number in found.margins:
        yield _numbered("margin", number)
    for aspect in found.aspects:
        for common in aspect.both:
            steps = list(common.steps) or None
            yield (aspect.name, "both", common.entity.name, steps, *[None] * 4, common.entity.id)
        for entity, only in zip(pair, aspect.only, strict=True):
            for one in only:
                yield (aspect.name, entity.name, one.name, *[None] * 5, one.id)
    for result in found.results:
        for values in result.values:
            for value in values:
                yield _numbered("result", value)
    for paper in found.papers:
        published = paper.properties.get("published")
        yield ("papers", "both", paper.name, None, None, published, paper.name, None, paper.id)


def _row(section: str, entity: Entity, what: str, value: object) -> tuple[object, ...]:
    return (section, entity.name, what, value, None, None, None, None, entity.id)


def _numbered(section: str, number: Reported) -> tuple[object, ...]:
    subject = number.subject.name if number.subject is not None else None
    on = f" on {number.benchmark.name}" if number.benchmark is not None else ""
    return (
        *(section, subject, f"{number.metric or number.reading}{on}", number.text, None),
        *(number.published, number.title, number.sentence, number.id),
    )
