"""The command `graphkb`: finds the command's module, and turns errors into one line."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from graphkb import __version__
from graphkb.cli.terminal import say
from graphkb.errors import GraphKBError

__all__ = ["COMMANDS", "cli", "main", "told"]

# Name: module, and the line of the help. A module is imported when its command is called, so
# that `graphkb --help` needs none of them; a test holds the lines against the commands' own.
COMMANDS = {
    "load": ("sources", "Load sources into the graph."),
    "sources": ("sources", "List what was loaded."),
    "forget": ("sources", "Take a source out again, as if it had never been loaded."),
    "refresh": ("sources", "Fetch live sources again from where they came."),
    "rebuild": ("sources", "Derive every entity and edge again from the records."),
    "decide": ("deciding", "Say what is one thing, what is not, and which edge is wrong."),
    "identity": ("deciding", "Tell what makes up an entity, by which rule, and what was kept out."),
    "extract": ("extraction", "Read papers and write what they state, without a store."),
    "eval": ("scoring", "Score what extract found against annotations."),
    "search": ("searching", "Find entities by names, titles and abstracts."),
    "show": ("reading", "Show an entity with its edges and their sentences."),
    "stats": ("reading", "Count entities and relationships."),
    "digest": ("reading", "Print the SHA-256 of graph and records."),
    "doctor": ("reading", "Check that the store holds what its records derive."),
    "queries": ("asking", "List the named queries, or describe those that are named."),
    "query": ("asking", "Answer a named query."),
    "cypher": ("cypher", "Answer Cypher statements that only read; alone, open a shell."),
    "lineage": ("lineage", "Show what a method descends from, and what came of it."),
    "why": ("why", "Tell what joins two things, sentence by sentence."),
    "compare": ("comparison", "Put two methods, models, benchmarks or papers side by side."),
    "leaderboard": (
        "leaderboard",
        "Rank what papers report on a benchmark, value by value with its sentence.",
    ),
    "trends": (
        "trends",
        "Find what rose and what fell between two adjacent periods of one length.",
    ),
    "similar": (
        "similar",
        "Find what is most like a method, model, benchmark, paper or task, and why.",
    ),
    "topic": ("taking", "Find the part of the graph that belongs to names or words."),
    "view": ("taking", "Write a page to explore the graph, a topic, or what a query answers."),
    "serve": ("serving", "Explore the graph live: expand, ask and search in the browser."),
    "export": (
        "taking",
        "Write the graph, a topic, or what a query answers, in a format of other tools.",
    ),
    "bulk": (
        "bulk",
        "Write import files for Neo4j straight from sources, without a store.",
    ),
    "diff": (
        "difference",
        "Tell what came, went and changed between two stores, exports or topics.",
    ),
    "catalogue": ("curating", "List or check the curated catalogue."),
    "loaders": ("curating", "List the loaders."),
}


# What is to be known of a command that was interrupted; of the others nothing is.
_INTERRUPTED = {
    **dict.fromkeys(
        ("load", "refresh", "forget", "rebuild", "decide"),
        "; `{graphkb} sources` says what the store holds",
    ),
    "bulk": "; run it again, and it goes on where it was",
}


def _typed(ctx: click.Context) -> str:
    """The command as it is to be typed to reach the same store."""
    if ctx.get_parameter_source("db") is not click.core.ParameterSource.COMMANDLINE:
        return "graphkb"
    return shlex.join(["graphkb", "--db", ctx.params["db"]])


class _LazyGroup(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say(
                "graphkb: interrupted"
                + _INTERRUPTED.get(ctx.invoked_subcommand or "", "").format(graphkb=_typed(ctx))
            )
            raise click.exceptions.Exit(130) from None

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"graphkb.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See graphkb --help."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: graphkb load sample: && graphkb view GRPO -o grpo.html --open",
)
@click.version_option(__version__, prog_name="graphkb")
@click.option(
    "--db",
    envvar="GRAPHKB_DB",
    default="graphkb.kgl",
    show_default=True,
    show_envvar=True,
    metavar="URL",
    help="The store: a path, or bolt:// or neo4j:// (+s, +ssc) with NEO4J_USERNAME, "
    "NEO4J_PASSWORD and NEO4J_DATABASE in the environment.",
)
@click.pass_context
def cli(ctx: click.Context, db: str) -> None:
    """Papers to a grounded graph of methods: load, ask, see and take away."""
    ctx.obj = db


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code.

    0 done, 1 a failure told in one line, 2 wrong usage, 3 refused by --strict, 4 a difference that
    --exit-code was to tell, 130 interrupted.
    With GRAPHKB_DEBUG set, tracebacks are shown.

    Parameters
    ----------
    arguments : sequence of str, optional
        What follows the command's name; by default those of the process.

    Raises
    ------
    SystemExit
        Always.
    """
    try:
        code = cli.main(arguments, prog_name="graphkb", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("graphkb: interrupted")
        code = 130
    except Exception as error:
        if os.environ.get("GRAPHKB_DEBUG"):
            raise
        say(f"graphkb: {told(error)}")
        code = error.exit_code if isinstance(error, GraphKBError) else 1
    sys.exit(code if isinstance(code, int) else 0)


def told(error: Exception) -> str:
    """Return what a person is told of an error: one line, of an unforeseen one how to report it."""
    if isinstance(error, GraphKBError):
        return str(error)
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}there is no space left to write. Make room, then run it again."
    what = f"internal error, {type(error).__name__}: {error}"
    return f"{what}. Run it with GRAPHKB_DEBUG=1 and report what it prints."
