"""The shell of `graphkb cypher`, typed into through a pseudo-terminal, on both stores."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes, open_store

pytest.importorskip("pty", reason="a pseudo-terminal needs a POSIX system")
from pseudo_terminal import CTRL_C, CTRL_D, TAB, UP, PseudoTerminal, terminal

COMMAND = str(Path(sys.executable).with_name("graphkb"))
HOSTILE = "evil \x1b[31mred\x1b]0;title\x07 \u202eback\u009b2J"
LONG = (
    "UNWIND range(1, 30000) AS a UNWIND range(1, 900) AS b UNWIND range(1, 900) AS c "
    "RETURN max(a + b + c) AS d;"
)
PROMPT = "graphkb>"

Open = Callable[..., AbstractContextManager[PseudoTerminal]]


@pytest.fixture
def shell(store_url: str, tmp_path: Path) -> Open:
    """Return a function that opens the shell on a small graph."""
    gait = Entity("Method", "method:gait", {"name": "Gait", "support": 2, "aliases": ("步态", "g")})
    evil = Entity("Method", "method:evil", {"name": HOSTILE, "support": 1})
    paper = Entity("Paper", "arxiv:1", {"name": "Walking", "title": "Walking", "year": 2019})
    edge = Edge("arxiv:1", "INTRODUCES", "method:gait", "arxiv:1", "Paper", "Method", {})
    with open_store(store_url, write=True) as store:
        store.write(Changes(entities=(gait, evil, paper), edges=(edge,)))

    def opened(*options: str, **environment: str) -> AbstractContextManager[PseudoTerminal]:
        return terminal(
            [COMMAND, "--db", store_url, "cypher", *options],
            {"XDG_STATE_HOME": str(tmp_path / "state"), "PAGER": "", **environment},
            str(tmp_path),
        )

    return opened


def ask(typed: PseudoTerminal, line: str, seen: str = "") -> str:
    """Type a line, and return what the screen shows below it when the next prompt is there."""
    typed.type(line)
    # A line that the screen breaks goes on below.
    typed.until(lambda text: "".join(text.split()).endswith("".join(line.split())[-30:]), line)
    typed.type("\r")

    def below(text: str) -> str:
        return text.rpartition(f"{PROMPT} {line[:30]}")[2] if line else text

    return below(typed.until(lambda text: text.endswith(PROMPT) and seen in below(text), seen))


def test_a_statement_is_answered_and_its_rows_counted(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        text = ask(typed, "MATCH (p:Paper) RETURN p.id AS id, p.venue AS v, true AS yes;", "1 row ")
        assert " id        v      yes" in text
        assert " arxiv:1   null   true" in text
        typed.type(CTRL_D)
        assert typed.ended() == 0


def test_a_statement_goes_on_over_lines_until_a_semicolon_or_an_empty_line(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        typed.type("MATCH (m:Method {id: 'method:gait'})\r")
        typed.until("    ...>")
        typed.type("\r")  # not whole yet
        typed.type("RETURN m.name AS name\r")
        ask(typed, "", "Gait")
        ask(typed, "RETURN 1 AS one; RETURN 'a;b' AS two;", "a;b")


def test_tab_completes_labels_types_properties_and_variables(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        for keys, seen in (
            ("MATCH (met:Meth", "(met:Method"),
            (")<-[r:INTRO", "[r:INTRODUCES"),
            ("]-() RETURN met.supp", "met.support"),
            (" + 40 AS answer ORD", "ORDER BY"),
        ):
            typed.type(keys)
            typed.until(keys[-4:])
            typed.type(TAB)
            typed.until(seen)
        ask(typed, " answer;", "     42")


def test_tab_completes_commands_queries_and_their_parameters(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        for keys, seen in ((":quer", ":quer"), ("y used-", ":query used-")):
            typed.type(keys)
            typed.until(seen)
        typed.type(TAB)
        typed.until("used-together")
        typed.type("by meth")
        typed.until("used-by meth")
        typed.type(TAB)
        typed.until("used-by method=")
        ask(typed, "Gait", "0 rows")


def test_what_was_typed_is_there_the_next_time_but_no_password(shell: Open, tmp_path: Path) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        ask(typed, "RETURN 6 * 7 AS kept;", "1 row ")
        ask(typed, ":param password => 'hunter2'")
        ask(typed, " RETURN 6 * 8 AS secret;", "48")
        typed.type(":quit\r")
        assert typed.ended() == 0
    history = tmp_path / "state" / "graphkb" / "history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert "hunter2" not in history.read_text()
    assert "6 * 8" not in history.read_text()
    with shell() as typed:
        typed.until(PROMPT)
        typed.type(UP + UP)
        typed.until("RETURN 6 * 7 AS kept;")
        ask(typed, "", "42")
        assert "RETURN 6 * 7" in ask(typed, ":history", "typed")


def test_the_history_goes_where_it_is_told_or_nowhere(shell: Open, tmp_path: Path) -> None:
    with shell("--history", str(tmp_path / "mine")) as typed:
        typed.until(PROMPT)
        ask(typed, "RETURN 1 AS one;", "1 row ")
    assert "RETURN 1 AS one;" in (tmp_path / "mine").read_text()
    with shell(GRAPHKB_HISTORY="") as typed:
        typed.until(PROMPT)
        ask(typed, "RETURN 1 AS one;", "1 row ")
    assert not (tmp_path / "state").exists()


def test_ctrl_c_clears_the_line_and_ends_a_statement_that_runs(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        typed.type("RETURN 'nothing")
        typed.until("'nothing")
        typed.type(CTRL_C)
        typed.until(lambda text: text.endswith(PROMPT), "a new prompt")
        typed.type(LONG)
        typed.until("AS d;")
        typed.type("\r")
        # The editor of lines switches this off when it hands the statement over; the terminal
        # makes a signal of the key a moment later, so that a person would press it once more.
        handed_over = typed.raw.count(b"\x1b[?2004l")
        typed.until(lambda _: typed.raw.count(b"\x1b[?2004l") > handed_over, "the statement")

        def is_interrupted(text: str) -> bool:
            if "interrupted; the store is as it was" in text:
                return True
            typed.type(CTRL_C)
            time.sleep(0.3)
            return False

        typed.until(is_interrupted, "the interruption")
        ask(typed, "MATCH (p:Paper) RETURN p.name AS name;", "Walking")


def test_parameters_are_given_listed_used_and_forgotten(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        ask(typed, ":param since => 2000 + 19")
        ask(typed, ":param names => ['Walking', 'Running']", PROMPT)
        assert "Walking, Running" in ask(typed, ":params", "since")
        statement = "MATCH (p:Paper) WHERE p.year = $since AND p.name IN $names RETURN p.id AS id;"
        ask(typed, statement, "arxiv:1")
        ask(typed, ":params clear")
        ask(typed, "RETURN $since AS x;", "graphkb: ")
        assert "quotes" in ask(typed, ":param x => Gait", "no value")


def test_a_wrong_command_is_told_what_was_meant(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        ask(typed, ":shema", "Did you mean :schema?")
        ask(typed, ":schema Papper", "Did you mean Paper?")
        ask(typed, ":format jsn", "Did you mean json?")
        ask(typed, ":limit few", ":limit takes a whole number")
        ask(typed, ":query used-bye", "Did you mean used-by?")
        ask(typed, ":source gone.cypher", "cannot be read")


def test_the_schema_and_the_plan_are_shown(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        ask(typed, ":schema task", "APPLIED_TO")
        ask(typed, ":schema CITES", "confidence")
        ask(typed, ":explain MATCH (p:Paper) RETURN p.id AS id LIMIT 3;", "Limit")
        ask(typed, ":queries lineage", "lineage")
        ask(typed, ":help limit", "Most rows of an answer.")


def test_bounds_and_format_hold_for_what_follows(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        ask(typed, ":limit 3", "limit: 3")
        ask(typed, ":format csv", "format: csv")
        text = ask(typed, "UNWIND range(1, 9) AS x RETURN x;", "cut after 3 rows; :limit N")
        assert "x\n1\n2\n3\n3 rows" in text
        ask(typed, ":timeout 0.1", "timeout: 0.1 s")
        ask(typed, LONG, "took longer than 0.1 s")


def test_an_error_has_a_caret_under_its_place(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        text = ask(typed, "MATCH (p:Paper) SET p.year = 1;", "would change the store")
        lines = text.splitlines()
        [at] = [n for n, line in enumerate(lines) if line.strip() == "^"]
        assert lines[at - 1].index("SET") == lines[at].index("^")


@pytest.mark.parametrize("format_name", ["table", "json", "csv"])
def test_hostile_names_steer_nothing(shell: Open, format_name: str) -> None:
    with shell("--format", format_name) as typed:
        typed.until(PROMPT)
        before = len(typed.raw)
        ask(typed, "MATCH (m:Method {id: 'method:evil'}) RETURN m.name AS n, m;", "1 row ")
        shown = typed.raw[before:].decode()
        for sequence in ("\x1b[31m", "\x1b]0;", "\x07", "\u202e", "\u009b"):
            assert sequence not in shown


def test_wide_characters_keep_the_columns_straight(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        typed.type("UNWIND ['步态', 'gait'] AS a RETURN a, 1 AS one;\r")
        typed.until("2 rows")
        rows = [line for line in typed.raw.decode().split("\n") if line.startswith((" 步", " ga"))]
        assert [line.rstrip() for line in rows] == [" 步态     1", " gait     1"]


def test_nodes_relationships_and_paths_are_drawn(shell: Open) -> None:
    with shell() as typed:
        typed.until(PROMPT)
        statement = "MATCH path = (p:Paper)-[r:INTRODUCES]->(m) RETURN r, path;"
        text = ask(typed, statement, "1 row ").replace("\n", "")
        assert "(Walking)-[:INTRODUCES]->(Gait)" in text


def test_a_long_answer_goes_through_the_pager_unless_it_is_off(shell: Open, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho PAGED; wc -l\n")
    pager.chmod(0o700)
    statement = "UNWIND range(1, 100) AS x RETURN x;"
    with shell(PAGER=str(pager)) as typed:
        typed.until(PROMPT)
        ask(typed, "RETURN 1 AS short;", "1 row ")
        assert b"PAGED" not in typed.raw
        ask(typed, statement, "PAGED")
        assert "102" in typed.text
        ask(typed, ":pager off", "pager: off")
        ask(typed, statement, "100 rows")
        assert typed.raw.count(b"PAGED") == 1
    with shell("--no-pager", PAGER=str(pager)) as typed:
        typed.until(PROMPT)
        ask(typed, statement, "100 rows")
        assert b"PAGED" not in typed.raw


def test_a_file_is_run_from_within(shell: Open, tmp_path: Path) -> None:
    (tmp_path / "two.cypher").write_text("// both\nRETURN 1 AS one;\n\nRETURN nothing(2) AS two;\n")
    with shell() as typed:
        typed.until(PROMPT)
        text = ask(typed, ":source two.cypher", "two.cypher:4")
        assert " one" in text


def test_the_shell_on_no_store_says_so(tmp_path: Path) -> None:
    command = [COMMAND, "--db", "none.kgl", "cypher"]
    with terminal(command, dict(os.environ), str(tmp_path)) as typed:
        assert typed.ended() == 1
        assert "no store is there" in typed.text


def test_an_unforeseen_error_ends_the_statement_and_not_the_shell(
    shell: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(
        "from graphkb.asking import Asking\n"
        "def fail(*_): raise ValueError('gone')\n"
        "Asking.explain = fail\n"
    )
    with shell(PYTHONPATH=str(folder)) as typed:
        typed.until(PROMPT)
        ask(typed, ":explain MATCH (n) RETURN n.id;", "internal error, ValueError: gone")
        ask(typed, "RETURN 1 AS one;", "1 row ")
