"""Write the pages of docs/ that are made from declarations: schema, commands, queries, loaders.

    python scripts/write_docs.py

A test compares the pages with what this makes, so that neither can be forgotten.
"""

import json
from collections.abc import Iterable
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import click
from graphkb.loaders import loaders
from graphkb.loaders.catalogue_csv import COLUMNS
from graphkb.loaders.papers import KEYS, schema

from graphkb.cli.main import COMMANDS, cli
from graphkb.cli.shell_commands import COMMANDS as SHELL_COMMANDS
from graphkb.export.format import export_formats
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, PropertyType
from graphkb.query.column import COLUMN_TYPES
from graphkb.query.header import TAGS, NamedQuery
from graphkb.query.named import named_queries

DOCS = Path(__file__).resolve().parent.parent / "docs"
NOTE = "<!-- Made by scripts/write_docs.py; change what it is made from. -->\n"


def pages() -> dict[str, str]:
    """Return the text of each page by its file's name."""
    return {
        "schema.md": schema_page(),
        "commands.md": commands_page(),
        "queries.md": queries_page(),
        "formats.md": formats_page(),
        "papers.schema.json": f"{json.dumps(schema(), indent=2, ensure_ascii=False)}\n",
    }


def schema_page() -> str:
    """Describe labels, relationships and properties."""
    parts = [
        NOTE,
        "# What is in the graph\n",
        "Every entity has `id` (unique in the whole graph) and `name`. Every edge carries the"
        " paper that states it, and the sentence or, of curated facts, the reason; there is one"
        " edge a start, type, end and paper.\n",
        "## Entities\n",
    ]
    for label in ENTITY_TYPES:
        ground = " Ground truth: in no picture, topic or query." if label.ground else ""
        parts += [f"### {label.label}\n", f"{label.meaning}.{ground}\n", table(label.properties)]
    parts += [
        "## Relationships\n",
        "| type | from | to | meaning |\n| --- | --- | --- | --- |\n"
        + "".join(
            f"| {r.name} | {', '.join(r.starts)} | {', '.join(r.ends)} | {r.meaning} |\n"
            for r in RELATIONSHIP_TYPES
        ),
        "### Properties of every relationship\n",
        table(RELATIONSHIP_TYPES[0].properties),
        "### Properties of some\n",
        "| type | property | kind | meaning |\n| --- | --- | --- | --- |\n"
        + "".join(
            f"| {r.name} | `{p.name}` | {p.type} | {p.meaning} |\n"
            for r in RELATIONSHIP_TYPES
            for p in r.own
        ),
    ]
    return "\n".join(parts)


def table(properties: Iterable[PropertyType]) -> str:
    """Return a table of properties."""
    rows = "".join(f"| `{p.name}` | {p.type} | {p.meaning} |\n" for p in properties)
    return "| property | kind | meaning |\n| --- | --- | --- |\n" + rows


def commands_page() -> str:
    """Describe every command with its options."""
    parts = [NOTE, "# Commands\n", described("graphkb [--db URL] COMMAND", cli)]
    for name, (module, _) in COMMANDS.items():
        command = getattr(import_module(f"graphkb.cli.{module}"), name)
        parts += [f"## {name}\n", described(f"graphkb {name}", command)]
        for sub, below in getattr(command, "commands", {}).items():
            parts += [f"### {name} {sub}\n", described(f"graphkb {name} {sub}", below)]
        if name == "cypher":
            parts += ["### Within the shell, and in files of statements\n", shell_commands()]
    return "\n".join(parts)


def shell_commands() -> str:
    """Return a table of the commands of the shell."""
    rows = "".join(
        f"| `:{command.usage.replace('|', chr(92) + '|')}` | {command.meaning} |\n"
        for command in SHELL_COMMANDS.values()
    )
    return "| command | what it does |\n| --- | --- |\n" + rows


def described(usage: str, command: click.Command) -> str:
    """Return a command's usage, help, options and example.

    Not the text of --help, whose line breaks differ between versions of click.
    """
    arguments = [_argument(p) for p in command.params if isinstance(p, click.Argument)]
    text = " ".join([usage, *arguments])
    parts = [f"`{text}`\n", f"{cleandoc(command.help or '')}\n"]
    rows = "".join(
        f"| `{', '.join(p.opts)}{' ' + p.metavar if p.metavar else ''}` | {p.help or ''} "
        f"| {default_of(p)} |\n"
        for p in command.params
        if isinstance(p, click.Option)
    )
    if rows:
        parts.append("| option | meaning | default |\n| --- | --- | --- |\n" + rows)
    if command.epilog:
        parts.append("`" + command.epilog.removeprefix("Example: ").split("\n")[0] + "`\n")
    return "\n".join(parts)


def _argument(argument: click.Argument) -> str:
    """How --help names an argument."""
    name = (argument.metavar or argument.human_readable_name).removesuffix("...").strip("[]")
    return (
        ("" if argument.required else "[")
        + name
        + ("" if argument.required else "]")
        + ("..." if argument.nargs == -1 else "")
    )


def default_of(option: click.Option) -> str:
    """Return the default that --help shows."""
    return f"`{option.default}`" if option.show_default else ""


def queries_page() -> str:
    """Describe the named queries, group by group."""
    types = "; ".join(f"`{name}` {meaning}" for name, meaning in COLUMN_TYPES.items())
    parts = [
        NOTE,
        "# Named queries\n",
        "The same Cypher runs on both stores. `graphkb queries` lists them, `graphkb queries NAME`"
        " describes one, `graphkb query NAME -p KEY=VALUE` answers it; in Python"
        " `kb.query(NAME, key=value)`.\n",
        "A parameter of a type such as `method` is a name in any spelling, an alias, an identifier"
        " or the beginning of a name, as `graphkb show` takes it. A parameter with a `?` need not"
        f" be given. Types of columns: {types}; a `?` says that a row may lack it.\n",
        "*Interactive* queries touch only what is near the thing asked for: their time does not"
        " grow with the graph.\n",
    ]
    queries = named_queries().values()
    groups = {tag: [query for query in queries if query.group == tag] for tag in TAGS}
    for tag, found in groups.items():
        if found:
            names = ", ".join(f"[{query.name}](#{query.name})" for query in found)
            parts.append(f"- {TAGS[tag]}: {names}")
    for tag, found in groups.items():
        if found:
            parts.append(f"\n## {TAGS[tag]}\n")
            parts += [query_text(query) for query in found]
    return "\n".join(parts)


def query_text(query: NamedQuery) -> str:
    """Describe one named query."""
    also = [f"*{tag}*" for tag in query.tags[1:]]
    parts = [f"### {query.name}\n", f"{query.title}.{' Also: ' if also else ''}{', '.join(also)}\n"]
    parts.append(f"`{query.example_command}`\n")
    if query.parameters:
        rows = "".join(
            f"| `{p.name}` | {p.type}{'?' * p.optional} {p.bounds}".rstrip()
            + f" | {'' if p.default is None else p.default} | {p.meaning} |\n"
            for p in query.parameters
        )
        parts.append("| parameter | type | default | meaning |\n| --- | --- | --- | --- |\n" + rows)
    rows = "".join(f"| `{c.name}` | {c.declared} | {c.meaning} |\n" for c in query.columns)
    parts.append("| column | type | meaning |\n| --- | --- | --- |\n" + rows)
    parts.append(f"```cypher\n{query.statement}\n```\n")
    return "\n".join(parts)


BEYOND_FORMATS = """\
### What a format cannot hold

`--losses FILE` writes it as one JSON object: `format`; `entities` and `edges`, which the format
took; and `losses`, an array of objects of `what` happened, to which `property` (`Paper.former_ids`:
a label or type and its property), and the `count` of how often. The array is empty where nothing
was lost. In Python it is `Exported.losses`.

### Into a Neo4j

`csv` and `parquet` write a folder with `import.sh`, the very command that imports it while the
server is stopped (`sh import.sh [DATABASE]`, Neo4j 5.26 or later), and `schema.cypher`, to be run
afterwards: the constraints and indexes that graphkb itself declares. Of the whole graph, sources,
records and decisions come along, so that what was imported has the store's digest. The import of
Neo4j 5.26 takes no lists from Parquet: they are text joined by U+001F there, of which
`schema.cypher` makes lists again. `cypher` writes the same as one script for a running server, that
may be run any number of times; it is for small graphs: a large one enters far sooner by an import.

`--spreadsheet` puts a `'` before each text cell of `csv` that begins with `=`, `+`, `-`, `@`, a
tab, an end of line or NUL, in either width, which a spreadsheet would run as a formula, and counts
these cells among the losses. Numbers and all other cells stay as they are.
"""


def formats_page() -> str:
    """List loaders, the keys of a paper's object, and export formats."""
    parts = [NOTE, "# What goes in and what comes out\n", "## Loaders\n"]
    parts.append(
        "| loader | reads | scheme | options | example |\n| --- | --- | --- | --- | --- |\n"
    )
    for loader in loaders().values():
        scheme = f"`{loader.scheme}:`" if loader.scheme else ""
        options = "; ".join(f"`{o.name}`: {o.meaning}" for o in loader.options)
        example = f"`graphkb load {loader.example}`" if loader.example else ""
        parts[-1] += f"| {loader.name} | {loader.title} | {scheme} | {options} | {example} |\n"
    parts += [
        "## The keys of `papers`\n",
        "One JSON object a line, or one array of them; every other key is left out and noticed."
        " The same as a [JSON Schema](papers.schema.json).\n",
        "| key | value |\n| --- | --- |\n"
        + "".join(f"| `{name}` | {key.meaning} |\n" for name, key in KEYS.items()),
        "## The columns of `catalogue`\n",
        "A table of your own methods, benchmarks, tasks and repositories; the same in YAML, with an"
        " example, is [described by itself](catalogue.md).\n",
        "| column | value |\n| --- | --- |\n"
        + "".join(
            f"| `{name}` | {meaning.replace('|', chr(92) + '|')} |\n"
            for name, meaning in COLUMNS.items()
        ),
    ]
    parts += ["## Export formats\n", "| format | for | writes |\n| --- | --- | --- |\n"]
    for found in export_formats().values():
        parts[-1] += f"| {found.name} | {found.title} | {'folder' if found.folder else 'file'} |\n"
    parts.append(BEYOND_FORMATS)
    return "\n".join(parts)


def main() -> None:
    """Write the pages."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
