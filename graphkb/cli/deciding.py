"""decide, identity."""

from __future__ import annotations

import click

from graphkb.cli.rows import formatted, print_rows
from graphkb.cli.terminal import say
from graphkb.knowledge_base import open as open_base

__all__ = ["decide", "identity"]

_NOTE = click.option("--note", metavar="TEXT", help="Kept with the decision: who, when, why.")


@click.group(
    epilog="Example: graphkb decide join arxiv:2402.03300 doi:10.1234/grpo --note 'same text, me'"
)
def decide() -> None:
    """Say what is one thing, what is not, and which edge is wrong."""


@decide.command(epilog='Example: graphkb decide join GRPO "Group-Relative PO"')
@click.argument("one")
@click.argument("two")
@_NOTE
@click.pass_obj
def join(db: str, one: str, two: str, note: str | None) -> None:
    """Make two papers, names or authors one.

    A join is the strongest rule: it also puts two arXiv ids into one paper. The name stays that of
    the catalogue, else of the first; the other becomes an alias.
    """
    with open_base(db) as base:
        decided, changes = base.join(one, two, note=note)
    say(f"{decided.id}: {decided.title}")
    say(f"{changes} changes")


@decide.command(epilog="Example: graphkb decide apart arxiv:2402.03300 bibtex:refs.bib#shao")
@click.argument("one")
@click.argument("two")
@click.option("--paper", metavar="PAPER", help="Where the name or author TWO is another.")
@_NOTE
@click.pass_obj
def apart(db: str, one: str, two: str, paper: str | None, note: str | None) -> None:
    """Keep two papers, names or authors apart, whatever rule would join them.

    Of what is one paper now, name identifiers or records (graphkb identity lists them); of what is
    one name, two spellings; of what is one author, the author twice, and with --paper whose paper
    it is not.
    """
    with open_base(db) as base:
        decided, changes = base.set_apart(one, two, paper=paper, note=note)
    say(f"{decided.id}: {decided.title}")
    say(f"{changes} changes")


@decide.command(epilog="Example: graphkb decide reject KITE OUTPERFORMS PPO --paper 2401.00001")
@click.argument("start")
@click.argument("relationship")
@click.argument("end")
@click.option("--paper", metavar="PAPER", help="The one paper that states it wrongly.")
@_NOTE
@click.pass_obj
def reject(
    db: str, start: str, relationship: str, end: str, paper: str | None, note: str | None
) -> None:
    """Take a wrong edge away, and keep it away on every later load."""
    with open_base(db) as base:
        decided, changes = base.reject(start, relationship, end, paper=paper, note=note)
    say(f"{decided.id}: {decided.title}")
    say(f"{changes} changes")


@decide.command("list", epilog="Example: graphkb decide list --format json")
@formatted
@click.pass_obj
def list_(db: str, format_name: str) -> None:
    """List the decisions, and whether what they are about is loaded."""
    with open_base(db) as base:
        rows = [
            (d.id, d.word, d.subject, d.title, "loaded" if loaded else "not loaded", d.note)
            for d, loaded in base.decisions()
        ]
    print_rows(("id", "word", "subject", "decision", "state", "note"), rows, format_name)


@decide.command(epilog="Example: graphkb decide revoke 3f9a")
@click.argument("decision")
@click.pass_obj
def revoke(db: str, decision: str) -> None:
    """Take a decision back, as if it had never been made.

    DECISION is its id or the beginning of it.
    """
    with open_base(db) as base:
        decided, changes = base.revoke(decision)
    say(f"{decided.id}: revoked; it was {decided.title}")
    say(f"{changes} changes")


@click.command(epilog="Example: graphkb identity GRPO")
@click.argument("name", nargs=-1, required=True)
@formatted
@click.pass_obj
def identity(db: str, name: tuple[str, ...], format_name: str) -> None:
    """Tell what makes up an entity, by which rule, and what was kept out."""
    with open_base(db) as base:
        found = base.identity(" ".join(name))
    rows = [(p.part, p.name, p.id, p.rule, list(p.papers)) for p in found.parts]
    if format_name == "table":
        say(f"{found.entity.name} ({found.entity.label}, {found.entity.id})")
    print_rows(("part", "name", "id", "rule", "with"), rows, format_name)
