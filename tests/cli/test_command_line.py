"""The command line as a whole: help, exit codes, what it imports, what it leaves alone."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command import Run

import graphkb
from graphkb.cli.main import COMMANDS, cli, main

COMMAND = str(Path(sys.executable).with_name("graphkb"))
PROMISED = {
    "load",
    "sources",
    "forget",
    "rebuild",
    "refresh",
    "decide",
    "identity",
    "extract",
    "eval",
    "search",
    "show",
    "stats",
    "diff",
    "digest",
    "doctor",
    "lineage",
    "why",
    "compare",
    "leaderboard",
    "trends",
    "similar",
    "queries",
    "query",
    "cypher",
    "topic",
    "serve",
    "view",
    "bulk",
    "export",
    "catalogue",
    "loaders",
}
READS = (
    ["sources"],
    ["forget", "papers:x"],
    ["rebuild"],
    ["decide", "join", "x", "y"],
    ["decide", "apart", "x", "y"],
    ["decide", "reject", "x", "uses", "y"],
    ["decide", "list"],
    ["decide", "revoke", "x"],
    ["identity", "x"],
    ["search", "x"],
    ["show", "x"],
    ["stats"],
    ["digest"],
    ["doctor"],
    ["query", "methods"],
    ["cypher", "RETURN 1 AS x"],
    ["compare", "x", "y"],
    ["leaderboard", "x"],
    ["trends"],
    ["similar", "x"],
    ["topic", "x"],
    ["view", "-o", "x.html"],
    ["export", "--to", "graphml", "-o", "x.graphml"],
)
HEAVY = ("pyvis", "neo4j", "networkx", "kglite", "numpy", "scipy", "rich")


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def test_every_promised_command_is_there() -> None:
    assert set(COMMANDS) == PROMISED


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says_itself(name: str) -> None:
    help_text = command(name).help
    assert help_text is not None
    assert " ".join(help_text.partition("\n\n")[0].split()) == COMMANDS[name][1]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_has_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Example: graphkb {name}" in ran.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help(name: str) -> None:
    for parameter in command(name).params:
        assert not isinstance(parameter, click.Option) or parameter.help


def test_an_unknown_command_is_wrong_usage_with_a_suggestion(run: Run) -> None:
    ran = run("topics")
    assert (ran.code, "Did you mean topic?" in ran.err) == (2, True)
    assert run("xyzzy").code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["load"],
        ["show"],
        ["topic"],
        ["view"],
        ["stats", "--format", "xml"],
        ["export", "--to", "word", "-o", "x"],
        ["topic", "x", "--limit", "0"],
        ["query", "methods", "-p", "limit"],
        ["query", "methods", "-p", "limit=1", "-p", "limit=2"],
        ["--colour", "stats"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("arguments", READS, ids=lambda arguments: arguments[0])
def test_a_read_of_no_store_says_so_and_creates_nothing(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("graphkb: graphkb.kgl: no store is there. Load a source first")
    assert list(tmp_path.iterdir()) == []


def test_the_store_is_named_by_option_before_environment(
    run: Run, papers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPHKB_DB", "env.kgl")
    assert run("--db", "option.kgl", "load", papers).code == 0
    assert run("load", papers).code == 0
    assert {path.name for path in tmp_path.iterdir()} >= {"env.kgl", "option.kgl"}
    assert not (tmp_path / "graphkb.kgl").exists()


@pytest.mark.parametrize(
    ("db", "said"),
    [
        (".", "that is a folder"),
        ("papers.jsonl", "not a graphkb store"),
        ("gone/x.kgl", "no store is there"),
        ("ftp://host", "no store is named by ftp://"),
    ],
)
def test_what_is_no_store_is_one_line_with_a_remedy(
    run: Run, papers: str, db: str, said: str
) -> None:
    assert papers
    ran = run("--db", db, "stats")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert said in ran.err


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["--version"], ["cypher", "--help"], ["load", "--help"], ["export", "--help"]],
    ids=" ".join,
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\n"
        "from graphkb.cli.main import main\n"
        "try:\n"
        "    main(sys.argv[1:])\n"
        "finally:\n"
        "    print(sorted(set(sys.modules)), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    imported = ran.stderr
    assert "'click'" in imported
    assert [name for name in HEAVY if f"'{name}'" in imported] == []


def test_the_version_is_the_package_s(run: Run) -> None:
    assert run("--version").out == f"graphkb, version {graphkb.__version__}\n"


def test_the_package_runs_where_its_program_is_not_on_the_path(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "graphkb", "--db", "none.kgl", "show", "GRPO"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("graphkb: none.kgl: ")


def test_a_reader_that_has_seen_enough_is_no_failure(loaded: Run, tmp_path: Path) -> None:
    assert loaded("stats").code == 0
    statement = "UNWIND range(1, 40000) AS x RETURN x, 'filler that fills the pipe' AS y"
    piped = '"$0" cypher "$1" --limit 50000 --format jsonl | head -1; exit "${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", piped, COMMAND, statement],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == '{"x": 1, "y": "filler that fills the pipe"}\n'


def test_an_unforeseen_error_is_one_line(
    loaded: Run, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    def fail(_: object) -> str:
        raise ValueError("two\nlines")

    assert loaded("digest").code == 0
    monkeypatch.setattr("graphkb.knowledge_base.KnowledgeBase.digest", fail)
    with pytest.raises(SystemExit) as ended:
        main(["digest"])
    assert ended.value.code == 1
    said = capfdbinary.readouterr().err
    assert said.startswith(b"graphkb: internal error, ValueError: two lines. Run it with")
    assert said.count(b"\n") == 1


def test_output_is_utf_8_whatever_the_locale(loaded: Run, tmp_path: Path) -> None:
    assert loaded("stats").code == 0
    ran = subprocess.run(
        [COMMAND, "cypher", "-", "--format", "csv"],
        input="RETURN 'é' AS x".encode(),
        cwd=tmp_path,
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert ran.stdout == "x\né\n".encode()
