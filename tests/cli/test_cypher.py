"""Statements from arguments, files and standard input, and how their answers are written."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import Run

from graphkb.cli.rows import written
from graphkb.cli.table import length, table
from graphkb.cli.value import readable

COMMAND = str(Path(sys.executable).with_name("graphkb"))


def test_statements_of_standard_input_are_parted_by_semicolons(loaded: Run) -> None:
    text = "RETURN ';' AS a; // one\nRETURN 2 AS b\n;\n\n"
    for arguments in (["cypher"], ["cypher", "-"]):
        ran = loaded(*arguments, "--format", "csv", stdin=text.encode())
        assert (ran.code, ran.out, ran.err) == (0, "a\n;\n\nb\n2\n", "")


def test_statements_of_a_file_are_run_with_its_commands(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "a.cypher").write_bytes(b"\xef\xbb\xbf:param x => [1, 2]\r\nRETURN $x AS x;\r\n")
    ran = loaded("cypher", "--file", "a.cypher", "--format", "jsonl")
    assert (ran.code, ran.out) == (0, '{"x": [1, 2]}\n')


def test_the_first_statement_that_fails_ends_a_file_with_its_line(
    loaded: Run, tmp_path: Path
) -> None:
    text = "RETURN 1 AS a;\n\n// a comment\nMATCH (p:Paper)\nRETURN p.nothing AS b;\nRETURN 3 AS c;"
    (tmp_path / "a.cypher").write_text(text)
    ran = loaded("cypher", "--file", "a.cypher", "--format", "csv")
    assert (ran.code, ran.out) == (1, "a\n1\n")
    first, line, caret = ran.err.splitlines()
    assert first.startswith("graphkb: a.cypher:5, column 10: there is no property nothing")
    assert (line, caret) == ("  RETURN p.nothing AS b", "           ^")


def test_the_column_of_an_error_counts_from_the_line_s_beginning(loaded: Run) -> None:
    ran = loaded("cypher", stdin=b"RETURN 1 AS a; MATCH (p:Papr) RETURN p.id AS id;")
    assert "standard input:1, column 25: there is no label Papr" in ran.err
    assert ran.err.splitlines()[2].index("^") == "  MATCH (p:Papr)".index("Papr")


def test_a_caret_stands_right_behind_wide_characters(loaded: Run) -> None:
    ran = loaded("cypher", "MATCH (p:Papr {name: '步'}) RETURN p.id AS id")
    assert ran.err.splitlines()[2].index("^") == "  MATCH (p:".index(":") + 1
    ran = loaded("cypher", "RETURN '步态' AS a, nothing AS b")
    assert ran.err.splitlines()[2].index("^") == len("  RETURN '步态' AS a, ") + 2


def test_a_string_that_is_not_closed_is_found_after_what_stands_before(loaded: Run) -> None:
    ran = loaded("cypher", "--format", "csv", stdin=b"RETURN 1 AS a;\nRETURN 'b AS c;\n")
    assert (ran.code, ran.out) == (1, "a\n1\n")
    assert "standard input:2, column 8: ' is opened and not closed" in ran.err


def test_no_statement_at_all_is_an_error(loaded: Run) -> None:
    for text in (b"", b"// nothing\n;;\n"):
        ran = loaded("cypher", stdin=text)
        assert (ran.code, ran.out) == (1, "")
        assert "is no statement" in ran.err


def test_a_statement_and_a_file_are_wrong_usage(loaded: Run) -> None:
    assert loaded("cypher", "RETURN 1 AS a", "--file", "x.cypher").code == 2
    ran = loaded("cypher", "--file", "gone.cypher")
    assert (ran.code, "gone.cypher: cannot be read" in ran.err) == (1, True)


def test_files_that_run_each_other_end(loaded: Run, tmp_path: Path) -> None:
    (tmp_path / "a.cypher").write_text(":source a.cypher\n")
    ran = loaded("cypher", "--file", "a.cypher")
    assert (ran.code, "without end" in ran.err) == (1, True)


def test_quit_ends_a_script(loaded: Run) -> None:
    ran = loaded("cypher", "--format", "csv", stdin=b"RETURN 1 AS a;\n:quit\nRETURN 2 AS b;")
    assert (ran.code, ran.out) == (0, "a\n1\n")


def test_commands_print_rows_in_the_format_that_was_asked_for(loaded: Run) -> None:
    found = loaded("cypher", ":schema Task", "--format", "json").objects
    assert {"name": "support"}.items() <= next(r for r in found if r["name"] == "support").items()
    steps = loaded("cypher", ":explain MATCH (p:Paper)\nRETURN p.id AS id", "--format", "json")
    assert [step["step"] for step in steps.objects] == ["Match", "Return"]


@pytest.mark.parametrize("format_name", ["table", "csv", "json", "jsonl"])
def test_a_pipe_that_is_closed_early_is_no_failure(
    loaded: Run, tmp_path: Path, format_name: str
) -> None:
    assert loaded("stats").code == 0
    statement = "UNWIND range(1, 60000) AS x RETURN x, 'filler that fills the pipe' AS y"
    piped = '"$0" cypher "$1" --limit 90000 --format "$2" | head -3; exit "${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", piped, COMMAND, statement, format_name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr, len(ran.stdout.splitlines())) == (0, "", 3)


def test_rows_are_written_before_the_next_is_there() -> None:
    asked: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(5):
            asked.append(number)
            yield (number,)

    for format_name in ("json", "jsonl", "csv", "markdown"):
        asked.clear()
        pieces = written(("n",), rows(), format_name)
        next(pieces)
        assert len(asked) < 5


def test_json_that_was_broken_off_is_not_whole() -> None:
    def rows() -> Iterator[tuple[int]]:
        yield (1,)
        raise OSError("gone")

    pieces = written(("n",), rows(), "json")
    text = next(pieces)
    with pytest.raises(OSError, match="gone"):
        list(pieces)
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


def test_a_table_keeps_within_the_screen() -> None:
    rows = [("a " * 60, "b" * 70, 7), ("步态" * 30, "short", 10_000)]
    lines = "".join(table(("one", "two", "n"), rows, width=60)).splitlines()
    assert max(map(length, lines)) <= 60
    assert sum(line.count("步") for line in lines) == 30


def test_too_many_columns_become_lines_of_their_own() -> None:
    names = [f"column{number}" for number in range(20)]
    lines = "".join(table(names, [tuple(range(20))] * 2, width=60)).splitlines()
    assert lines[0].startswith("── row 1 ")
    assert lines[1].split() == ["column0", "0"]
    assert len(lines) == 42


def test_a_row_wider_than_the_first_ones_runs_over_only_where_nothing_bounds_it() -> None:
    rows = [(1, "x")] * 1_500 + [(1, "y" * 40)]
    assert "".join(table(("n", "t"), rows, width=None)).splitlines()[-1].endswith("y" * 40)
    folded = "".join(table(("n", "t"), rows, width=30)).splitlines()
    assert max(map(length, folded)) <= 30


def test_values_within_values_have_quotes() -> None:
    node = {
        "id": "method:a",
        "labels": ["Method"],
        "properties": {"aliases": ["a, b"], "name": "A"},
    }
    assert readable(node) == '(:Method {id: "method:a", name: "A", aliases: ["a, b"]})'
    assert readable([["a"], None, True]) == '[["a"], null, true]'
    edge = {"start": "a", "type": "USES", "end": "b", "properties": {"confidence": 900}}
    assert readable(edge) == "(a)-[:USES {confidence: 900}]->(b)"
