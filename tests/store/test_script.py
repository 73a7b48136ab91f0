"""Several statements in one text."""

import pytest

from graphkb.errors import QueryError
from graphkb.store.script import is_whole, pieces


def parted(text: str) -> list[tuple[str, int, int]]:
    return [(piece.text, piece.line, piece.column) for piece in pieces(text)]


def test_statements_end_with_semicolons_outside_of_strings_names_and_comments() -> None:
    text = "RETURN ';' AS `a;b`; // c;\nRETURN 1 /* ; */ AS d"
    assert parted(text) == [("RETURN ';' AS `a;b`", 1, 1), ("RETURN 1 /* ; */ AS d", 2, 1)]


def test_a_command_takes_its_line_whatever_stands_in_it() -> None:
    text = "\n  :source it's.txt;\nRETURN 1 AS a;:limit 3\n"
    assert parted(text) == [
        (":source it's.txt", 2, 3),
        ("RETURN 1 AS a", 3, 1),
        (":limit 3", 3, 15),
    ]


def test_a_plan_is_asked_of_a_statement_over_several_lines() -> None:
    assert parted(":explain MATCH (n)\nRETURN n.id;\n:help") == [
        (":explain MATCH (n)\nRETURN n.id", 1, 1),
        (":help", 3, 1),
    ]


def test_nothing_between_semicolons_is_no_statement() -> None:
    assert parted(" ;; // nothing\n/* here */ ;\n") == []


def test_what_stands_before_a_string_that_is_open_is_given_first() -> None:
    found = pieces("RETURN 1 AS a;\nRETURN 'b")
    assert next(found).text == "RETURN 1 AS a"
    with pytest.raises(QueryError) as caught:
        next(found)
    assert caught.value.where == "line 2, column 8"


@pytest.mark.parametrize(
    ("typed", "whole"),
    {
        "": True,
        ":help": True,
        "RETURN 1 AS a": False,
        "RETURN 1 AS a;": True,
        "RETURN 1 AS a; // done": True,
        "RETURN 1 AS a\n": True,
        "RETURN 1 AS a\n  ": True,
        "MATCH (n)\n": False,
        "RETURN (1 +\n": False,
        "RETURN 'a;": False,
        "RETURN 'a\n": False,
        "RETURN 1 AS a; MATCH (n)": False,
        "MATCH (n) RETRUN n\n": True,
        ":explain MATCH (n)": False,
        ":explain MATCH (n)\nRETURN n.id AS id\n": True,
        "/* open": False,
    }.items(),
)
def test_whether_what_was_typed_can_be_run(typed: str, whole: bool) -> None:
    assert is_whole(typed) == whole
