"""lineage: a tree to read, or a row a step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphkb import without_store
from graphkb.cli.quotation import cited, quoted, wrapped
from graphkb.cli.rows import formatted_as_text, print_rows
from graphkb.cli.terminal import counted, echo, say, shortened, terminal_width
from graphkb.knowledge_base import open as open_base

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.query.lineage import Branch, Direction, Lineage, Step

__all__ = ["PICTURES", "lineage"]

_COLUMNS = (
    "direction",
    "depth",
    "child",
    "type",
    "parent",
    "basis",
    "year",
    "support",
    "groups",
    "statements",
    "paper",
    "date",
    "sentence",
    "child_id",
    "parent_id",
    "paper_id",
)
_TITLES: dict[Direction, str] = {"ancestors": "descends from", "descendants": "what came of it"}
_LEGEND = (
    "── extends   ══ generalizes   ● said by a paper   ○ curated   ◉ both",
    "papers introduce, use, extend or evaluate on it; groups of them have no author in common",
)
_MARKS = {(True, False): "●", (False, True): "○", (True, True): "◉"}
PICTURES = ("svg", "mermaid", "dot")
_UNBOUNDED = 1_000_000
_NAME = 60


@click.command(epilog="Example: graphkb lineage GRPO --down --depth 2 --evidence")
@click.argument("method", nargs=-1, required=True)
@click.option("--up", is_flag=True, help="Only what it descends from.")
@click.option("--down", is_flag=True, help="Only what came of it.")
@click.option(
    "--depth", type=click.IntRange(1), default=5, show_default=True, help="Most steps from it."
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Most steps from the method itself; a third of it from the next, then a ninth …",
)
@click.option("--evidence", is_flag=True, help="Show the sentence behind each step.")
@click.option(
    "--picture",
    type=click.Choice(PICTURES),
    help="Draw it instead: an image, or a text that Mermaid or Graphviz draw.",
)
@click.option("-o", "out", metavar="FILE", help="Where the picture goes, else standard output.")
@formatted_as_text
@click.pass_obj
def lineage(
    db: str,
    method: tuple[str, ...],
    up: bool,
    down: bool,
    depth: int,
    limit: int,
    evidence: bool,
    picture: str | None,
    out: str | None,
    format_name: str,
) -> None:
    """Show what a method descends from, and what came of it.

    METHOD may be a model or a benchmark too. Other formats than text print a row a step.
    """
    if picture and (format_name != "text" or evidence):
        raise click.UsageError("--picture takes neither --format nor --evidence")
    if out and not picture:
        raise click.UsageError(f"-o needs --picture {'|'.join(PICTURES)}")
    with open_base(db) as base:
        found = base.lineage(
            " ".join(method), up=up or not down, down=down or not up, depth=depth, limit=limit
        )
    if picture:
        drawn = without_store.lineage_picture(found, picture)
        if out and out != "-":
            say(f"wrote {without_store.write_text(out, drawn)}")
        else:
            echo(drawn)
        left_out = sum(found.cut.values())
        if left_out:
            say(f"{counted(left_out, 'step')} more from {found.entity.name}; --limit allows more")
    elif format_name == "text":
        echo("".join(line + "\n" for line in _drawn(found, terminal_width(), evidence=evidence)))
    else:
        print_rows(_COLUMNS, map(_row, found.steps), format_name)
    if found.entity.properties.get("ambiguous"):
        say(f"{found.entity.name} means several things; graphkb identity tells which")


def _row(step: Step) -> tuple[object, ...]:
    best = step.statements[0]
    properties = step.far.properties
    return (
        step.direction,
        step.depth,
        step.child.name,
        step.type,
        step.parent.name,
        best.basis,
        step.year,
        properties.get("support"),
        properties.get("support_groups"),
        len(step.statements),
        best.title,
        best.date,
        best.sentence,
        step.child.id,
        step.parent.id,
        best.edge.paper,
    )


def _drawn(found: Lineage, width: int | None, *, evidence: bool) -> Iterator[str]:
    columns = width or _UNBOUNDED
    heading = " · ".join([found.entity.name, *_long_name(found.entity), *_facts(found.entity)])
    yield from wrapped(heading, columns, "", "  ")
    for said in found.introduced_in[:1]:
        others = len(found.introduced_in) - 1
        more = f", and in {others} more" if others else ""
        curated = " (curated)" if said.curated else ""
        yield from wrapped(f"introduced in {cited(said)}{curated}{more}", columns, "  ", "  ")
    trees = {"ancestors": found.ancestors, "descendants": found.descendants}
    for direction, cut in found.cut.items():
        yield ""
        branches = trees[direction]
        yield _TITLES[direction] if branches else f"{_TITLES[direction]}: nothing that is known"
        more = f"… and {cut} more with --limit {len(branches) + cut}" if cut else ""
        yield from _tree(branches, more, "", columns, evidence=evidence)
    if found.steps:
        yield ""
        for line in _LEGEND:
            yield from wrapped(line, columns, "", "  ")


def _tree(
    branches: tuple[Branch, ...], more: str, prefix: str, columns: int, *, evidence: bool
) -> Iterator[str]:
    for at, branch in enumerate(branches):
        is_last = at == len(branches) - 1 and not more
        line = "══" if branch.step.type == "GENERALIZES" else "──"
        corner = ("╘" if line == "══" else "└") if is_last else ("╞" if line == "══" else "├")
        below = prefix + ("    " if is_last else "│   ")
        deeper = bool(branch.branches or branch.cut or branch.deeper)
        hanging = below + ("│ " if deeper else "  ")
        mark = _MARKS[branch.step.extracted, branch.step.curated]
        said = _said(branch)
        yield from wrapped(said, columns, f"{prefix}{corner}{line} {mark} ", hanging + "  ")
        if evidence:
            yield from wrapped(_evidence(branch.step), columns, hanging, hanging)
        hidden = ""
        if branch.cut:
            hidden = f"… and {branch.cut} more, see graphkb lineage {_far(branch)}"
        elif branch.deeper:
            depth = branch.step.depth + 1
            steps = "1 step more" if branch.deeper == 1 else f"{branch.deeper} steps more"
            hidden = f"… {steps} with --depth {depth}"
        yield from _tree(branch.branches, hidden, below, columns, evidence=evidence)
    if more:
        yield from wrapped(more, columns, f"{prefix}└── ", f"{prefix}    ")


def _said(branch: Branch) -> str:
    """What a line of the tree says of what its step leads to."""
    far = branch.step.far
    name = shortened(far.name, _NAME)
    if branch.state == "cycle":
        return f"{name} ↺ a cycle, not followed"
    if branch.state == "again" and branch.under == _near(branch):
        return f"{name}, as above"
    if branch.state == "again":
        return f"{name} → shown under {shortened(branch.under or '', _NAME)}"
    shown = f"“{name}”" if far.label == "Paper" else name
    return " · ".join([shown, *_facts(far, branch.step.year)])


def _near(branch: Branch) -> str:
    step = branch.step
    return (step.child if step.direction == "ancestors" else step.parent).name


def _far(branch: Branch) -> str:
    name = branch.step.far.name
    return f'"{name}"' if " " in name else name


def _long_name(entity: Entity) -> list[str]:
    found = entity.properties.get("long_name")
    return [str(found)] if found and found != entity.name else []


def _facts(entity: Entity, year: int | None = None) -> list[str]:
    said = [] if entity.label == "Method" else [entity.label.lower()]
    date = str(entity.properties.get("first_stated", ""))[:4]
    if year or date:
        said.append(str(year or date))
    for name, one, many in (("support", "paper", "papers"), ("support_groups", "group", "groups")):
        count = entity.properties.get(name)
        if isinstance(count, int) and (count or name == "support"):
            said.append(f"{count} {one if count == 1 else many}")
    return said


def _evidence(step: Step) -> str:
    best = step.statements[0]
    others = len(step.statements) - 1
    more = f" (and {others} more)" if others else ""
    return quoted(best) + more
