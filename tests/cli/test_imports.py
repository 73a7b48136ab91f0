"""What a command may import: a list, so that whatever comes to it is seen and decided."""

import subprocess
import sys
from pathlib import Path

import pytest
from command import Run

IMPORTED = """
import sys
before = set(sys.modules)
from graphkb.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""
# Of the standard library, what takes milliseconds to import and is not click's own.
SLOW = {"asyncio", "dataclasses", "email", "http", "json", "logging", "sqlite3", "ssl"}
FRONT = {"cli", "cli.main", "cli.terminal", "errors", "model", "model.release", "model.text"}
# The command line's arguments and rows, and the façade, which imports what it needs when asked.
ASKING = FRONT | {
    *("arguments", "asking", "cli.arguments", "cli.rows", "cli.table", "cli.value"),
    *("knowledge_base", "model.markdown", "store", "store.protocol", "taking", "without_store"),
}
# To read a file of a graph.
READING = ASKING | {
    *("model.graph", "model.name", "model.progress", "model.schema"),
    *("model.word", "store.columns"),
    *("store.embedded", "store.embedded_bulk", "store.embedded_dialect", "store.embedded_file"),
    *("store.embedded_refusal", "store.embedded_rows", "store.guard", "store.plan"),
    *("store.reader", "store.statements", "store.text_index", "store.tokens", "store.values"),
}
# What entities and edges are made of imports the second where it is there.
MADE_OF = {"msgspec", "typing_extensions"}
# To find a named query, and by a name what is meant.
NAMED = READING | {
    *("cli.asking", "model.code_host", "model.date", "model.identifier", "queries", "query"),
    *("query.column", "query.header", "query.kind", "query.named", "query.near"),
    *("query.parameter", "query.resolve"),
}
# To tell a person's statement from one that is not to run; the shell's commands come with it.
CHECKED = READING | {
    *("cli.cypher", "cli.mistake", "cli.pager", "cli.script", "cli.session"),
    *("cli.shell_commands", "cli.shell_schema", "model.caches", "store.lint", "store.script"),
    *(f"store.lint.{name}" for name in ("arithmetic", "calls", "checking", "clauses")),
    *(f"store.lint.{name}" for name in ("conditions", "facts", "functions", "known", "lists")),
    *(f"store.lint.{name}" for name in ("names", "parse", "patterns", "properties", "schema")),
    "store.lint.tree",
}


def imported(folder: Path, *arguments: str) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-c", IMPORTED, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return set(ran.stderr.splitlines()[-1].split())


def ours(modules: set[str]) -> set[str]:
    return {name.removeprefix("graphkb.") for name in modules if name.startswith("graphkb.")}


def theirs(modules: set[str]) -> set[str]:
    """Whose packages beside ours and the standard library."""
    return {name.partition(".")[0] for name in modules} - {"graphkb", *sys.stdlib_module_names}


# For its help click itself asks shutil how wide the terminal is.
@pytest.mark.parametrize(("argument", "slow"), [("--help", SLOW), ("--version", SLOW | {"shutil"})])
def test_help_imports_the_front_and_click_alone(
    tmp_path: Path, argument: str, slow: set[str]
) -> None:
    found = imported(tmp_path, argument)
    assert ours(found) <= FRONT
    assert theirs(found) == {"click"}
    assert found & slow == set()


@pytest.mark.parametrize(
    ("arguments", "allowed", "packages"),
    [
        (("query", "--help"), NAMED, {"click"}),
        (("query", "ancestors", "-p", "method=GRPO"), NAMED, {"click", "kglite"} | MADE_OF),
        (("cypher", "--help"), CHECKED, {"click"}),
        (("cypher", "RETURN 1 AS one"), CHECKED, {"click", "kglite", "lark"} | MADE_OF),
    ],
    ids=["query --help", "query", "cypher --help", "cypher"],
)
def test_a_question_imports_what_its_answer_takes(
    loaded: Run, tmp_path: Path, arguments: tuple[str, ...], allowed: set[str], packages: set[str]
) -> None:
    assert loaded("stats").code == 0
    found = imported(tmp_path, *arguments)
    assert ours(found) - allowed == set()
    assert theirs(found) - packages == set()
