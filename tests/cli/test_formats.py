"""How rows are printed: every command that prints rows prints them so."""

import csv
import io
import json

import pytest
from command import Run

HOSTILE = "a\x1b[31mb\x07\r\n\u202ec\u009b1m"
ODD = {
    "null": None,
    "yes": True,
    "no": False,
    "whole": 7,
    "part": 0.1,
    "text": 'a "b", c\r\nd\re',
    "empty": "",
    "list": [1, "é", None],
    "map": {"b": 1},
    "formula": "=1+1",
    "padded": " x ",
}
STATEMENT = "RETURN " + ", ".join(f"$o.{name} AS `{name}`" for name in ODD)


def asked(loaded: Run, format_name: str) -> str:
    ran = loaded("cypher", STATEMENT, "-p", f"o={json.dumps(ODD)}", "--format", format_name)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_csv_has_a_header_lf_minimal_quotes_and_cells_as_they_are(loaded: Run) -> None:
    assert asked(loaded, "csv") == (
        "null,yes,no,whole,part,text,empty,list,map,formula,padded\n"
        ',true,false,7,0.1,"a ""b"", c\r\nd\re",,"[1, ""é"", null]","{""b"": 1}",=1+1, x \n'
    )


def test_csv_is_read_back_by_the_library(loaded: Run) -> None:
    [row] = csv.DictReader(io.StringIO(asked(loaded, "csv"), newline=""))
    assert row["text"] == ODD["text"]
    assert json.loads(row["list"]) == ODD["list"]


def test_a_row_of_one_null_is_a_row_of_csv(loaded: Run) -> None:
    ran = loaded("cypher", "UNWIND [1, null] AS x RETURN x", "--format", "csv")
    assert list(csv.reader(ran.out.splitlines())) == [["x"], ["1"], [""]]


def test_json_is_one_array_of_objects(loaded: Run) -> None:
    assert json.loads(asked(loaded, "json")) == [ODD]
    assert "é" in asked(loaded, "json")


def test_jsonl_is_an_object_a_line(loaded: Run) -> None:
    assert [json.loads(line) for line in asked(loaded, "jsonl").splitlines()] == [ODD]


@pytest.mark.parametrize(
    ("format_name", "printed"),
    [("json", "[]\n"), ("jsonl", ""), ("csv", "x\n"), ("markdown", "| x |\n| --- |\n")],
)
def test_no_rows_are_the_empty_form(loaded: Run, format_name: str, printed: str) -> None:
    assert loaded("cypher", "UNWIND [] AS x RETURN x", "--format", format_name).out == printed


def test_markdown_escapes_what_would_end_a_cell_or_begin_a_tag(loaded: Run) -> None:
    ran = loaded("cypher", "RETURN $x AS x", "-p", "x=a|b <script>\nc\\", "--format", "markdown")
    assert ran.out.splitlines()[2] == "| a\\|b &lt;script> c\\\\ |"


def test_a_table_aligns_numbers_right_and_lists_plainly(loaded: Run) -> None:
    ran = loaded("cypher", "UNWIND [1, 100] AS n RETURN n, ['a', 'b'] AS l ORDER BY n")
    assert [line.strip() for line in ran.out.splitlines()[2:]] == ["1   a, b", "100   a, b"]


@pytest.mark.parametrize("format_name", ["table", "markdown"])
def test_hostile_text_steers_no_terminal(loaded: Run, format_name: str) -> None:
    ran = loaded("cypher", "RETURN $x AS x", "-p", f"x={HOSTILE}", "--format", format_name)
    bracket = "\\[" if format_name == "markdown" else "["
    assert f"a\ufffd{bracket}31mb\ufffd \ufffdc\ufffd1m" in ran.out
    assert all(c == "\n" or c >= " " for c in ran.out)


def test_hostile_text_in_a_column_s_name_steers_no_terminal(loaded: Run) -> None:
    assert "\x1b" not in loaded("cypher", "RETURN 1 AS `a\x1b[31m`").out


def test_hostile_text_in_an_error_is_one_line_that_steers_no_terminal(loaded: Run) -> None:
    ran = loaded("show", HOSTILE)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert "\x1b" not in ran.err


def test_what_no_json_can_hold_is_a_text(loaded: Run) -> None:
    statement = "UNWIND [1e308 * 10, -1e308 * 10] AS x RETURN x"
    assert loaded("cypher", statement, "--format", "json").objects == [
        {"x": "Infinity"},
        {"x": "-Infinity"},
    ]
    assert loaded("cypher", statement, "--format", "csv").out == "x\nInfinity\n-Infinity\n"


def test_no_colour_even_where_it_is_asked_for(loaded: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("CLICOLOR_FORCE", "1")
    for command in (["stats"], ["show", "KITE"], ["topic", "KITE"]):
        ran = loaded(*command)
        assert "\x1b" not in ran.out + ran.err


ROW_COMMANDS = (
    ["sources"],
    ["search", "policy"],
    ["show", "KITE"],
    ["stats"],
    ["doctor"],
    ["queries"],
    ["query", "methods"],
    ["cypher", "RETURN 1 AS x"],
    ["topic", "KITE"],
    ["catalogue"],
    ["catalogue", "check"],
    ["catalogue", "check", "sample:"],
    ["loaders"],
)


@pytest.mark.parametrize("command", ROW_COMMANDS, ids=" ".join)
def test_whatever_prints_rows_prints_them_in_every_format(loaded: Run, command: list[str]) -> None:
    printed = {
        name: loaded(*command, "--format", name).out
        for name in ("table", "json", "jsonl", "csv", "markdown")
    }
    objects = json.loads(printed["json"])
    assert [json.loads(line) for line in printed["jsonl"].splitlines()] == objects
    rows = list(csv.reader(io.StringIO(printed["csv"], newline="")))
    assert len(rows) == len(objects) + 1
    assert len(printed["markdown"].splitlines()) == len(objects) + 2
    if objects:
        assert rows[0] == list(objects[0])
        assert printed["table"]


def test_no_text_is_a_link_or_a_picture_in_markdown(loaded: Run) -> None:
    text = "![b](https://evil.example/b.png) [x](javascript:alert) `c` <i>"
    ran = loaded("cypher", "RETURN $x AS x", "-p", f"x={text}", "--format", "markdown")
    assert "\\[b\\](" in ran.out
    assert "\\[x\\](" in ran.out
    assert "<i>" not in ran.out
