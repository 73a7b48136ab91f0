"""The header of a .cypher file: what it declares, and the place of what is wrong in it."""

import re
from datetime import date

import pytest

from graphkb.errors import QueryError
from graphkb.query.column import Column
from graphkb.query.header import TAGS, parse_query
from graphkb.query.named import named_queries
from graphkb.query.parameter import Parameter, converted

GOOD = """// name: used-by
// title: Papers that use a method: all of them
// param: method: method; the method
// param: limit: integer = 50; most rows
// param: ratio: float = 0.5; how much
// param: deep: boolean = false; whether to look deep
// param: word: string = a b; what to look for
// param: since: date?; the first day
// column: paper: string; its title
// column: date: date?; when it was published: as precise as it is known
// tags: methods, papers
// example: -p method='Reef knot' -p since=2025-6
MATCH (p:Paper) // not: a header line
RETURN p.title AS paper, p.published AS date
"""


def test_a_header_declares_name_title_parameters_columns_and_tags() -> None:
    query = parse_query(GOOD, "used-by.cypher")
    assert (query.name, query.title) == ("used-by", "Papers that use a method: all of them")
    assert query.columns == (
        Column("paper", "string", "its title"),
        Column("date", "date", "when it was published: as precise as it is known", optional=True),
    )
    assert query.column_names == ("paper", "date")
    assert query.tags == ("methods", "papers")
    assert query.parameters == (
        Parameter("method", "method", "the method"),
        Parameter("limit", "integer", "most rows", 50),
        Parameter("ratio", "float", "how much", 0.5),
        Parameter("deep", "boolean", "whether to look deep", False),
        Parameter("word", "string", "what to look for", "a b"),
        Parameter("since", "date", "the first day", optional=True),
    )


def test_the_example_gives_parameters_as_they_are_typed() -> None:
    query = parse_query(GOOD, "used-by.cypher")
    assert query.example == {"method": "Reef knot", "since": "2025-6"}
    assert query.example_command == "graphkb query used-by -p method='Reef knot' -p since=2025-6"


def test_the_statement_is_what_follows_the_header_comments_included() -> None:
    statement = parse_query(GOOD, "used-by.cypher").statement
    assert statement.splitlines()[0] == "MATCH (p:Paper) // not: a header line"


BASE = "// name: x\n// title: X\n// column: a: string; an a\n// tags: papers\n"
METHOD = "// param: m: method; which\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("// name: x\n//title X\n", "x.cypher:2: this header line is not `// key: value`"),
        ("// nome: x\n", "x.cypher:1: this header line is not"),
        ("// name:\n", "x.cypher:1: this header line is not"),
        (BASE + "// param: limit integer\n", "x.cypher:5: a parameter is `name: type"),
        (BASE + "// param: limit: integer = 5\n", "x.cypher:5: a parameter is `name: type"),
        (BASE + "// param: l: number; most\n", "x.cypher:5: there is no type number"),
        (
            BASE + "// param: l: integer = few; most\n",
            "x.cypher:5: the default is to be a whole number, not 'few'",
        ),
        (
            BASE + "// param: l: boolean = 1; most\n",
            "x.cypher:5: the default is to be true or false, not '1'",
        ),
        (
            BASE + "// param: l: integer 1.. = 0; most\n",
            "x.cypher:5: the default is to be a whole number of at least 1, not '0'",
        ),
        (BASE + "// param: l: float 1..; most\n", "x.cypher:5: 1.. bounds no float"),
        (BASE + "// param: l: integer ..; most\n", "x.cypher:5: .. bounds no integer"),
        (BASE + "// param: l: integer 3..1; most\n", "x.cypher:5: nothing is within 3..1"),
        (BASE + "// param: l: paper; a\n// param: l: task; b\n", "x.cypher:6: l is declared twice"),
        (BASE + "// title: Y\n", "x.cypher:5: title is declared twice"),
        ("// title: X\nRETURN 1", "x.cypher: the header has no name"),
        ("// name: x\nRETURN 1", "x.cypher: the header has no title"),
        ("// name: x\n// title: X\nRETURN 1", "x.cypher: the header has no column"),
        (BASE.replace("papers", "paper"), "x.cypher:4: there is no tag paper"),
        (BASE.replace("papers", "interactive, papers"), "x.cypher:4: the tags name no group"),
        (BASE.replace("// tags: papers\n", ""), "x.cypher: the tags name no group"),
        ("", "x.cypher: the header has no name"),
        (BASE, "x.cypher:4: no statement follows the header"),
        (BASE + "\n\n", "x.cypher:4: no statement follows the header"),
        (BASE + "// columns: a, b\n", "x.cypher:5: this header line is not"),
        (
            BASE + "// param: l: date? = 2025; day\n",
            "x.cypher:5: what may be missing has no default",
        ),
        (
            BASE + "// param: l: date = 2025-13; day\n",
            "x.cypher:5: the default is to be a date such",
        ),
        (BASE + "// column: b\n", "x.cypher:5: a column is `name: type; meaning`"),
        (BASE + "// column: b: text; a b\n", "x.cypher:5: there is no type text"),
        (BASE + "// column: a: id; b\n", "x.cypher:5: a is declared twice"),
        (BASE + METHOD + "RETURN $m AS a", "x.cypher: no example gives m"),
        (
            BASE + METHOD + "// example: -p m\nRETURN 1",
            "x.cypher:6: an example is `-p key=value …`",
        ),
        (BASE + METHOD + "// example: m=GRPO\nRETURN 1", "x.cypher:6: an example is `-p key=value"),
        (BASE + METHOD + "// example: -p m='a\nRETURN 1", "x.cypher:6: the example: No closing"),
        (BASE + "// example: -p m=GRPO\nRETURN 1", "x.cypher:5: the example gives m, which is no"),
        (
            BASE + "// param: l: integer 1.. = 5; most\n// example: -p l=0\nRETURN 1",
            "x.cypher:6: l of the example is to be a whole number of at least 1",
        ),
    ],
)
def test_what_is_wrong_in_a_header_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        parse_query(text, "x.cypher")
    assert str(error.value).startswith(said)
    assert error.value.remedy


def test_the_types_are_the_scalars_and_the_labels() -> None:
    with pytest.raises(QueryError, match="integer, float, string, boolean, date, paper, met"):
        parse_query(BASE + "// param: l: number; most\n", "x.cypher")


@pytest.mark.parametrize(
    ("kind", "value", "becomes"),
    [
        ("integer", "5", 5),
        ("integer", 5, 5),
        ("float", "0.5", 0.5),
        ("float", 1, 1.0),
        ("string", "5", "5"),
        ("boolean", "TRUE", True),
        ("boolean", False, False),
        ("date", "2025", "2025"),
        ("date", "2025-6", "2025-06"),
        ("date", "2025-06-30", "2025-06-30"),
        ("date", date(2025, 6, 30), "2025-06-30"),
        ("date", 2025, "2025"),
    ],
)
def test_a_value_is_converted_to_its_type(kind: str, value: object, becomes: object) -> None:
    found = converted(kind, value)
    assert (found, type(found)) == (becomes, type(becomes))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "5.0"),
        ("integer", True),
        ("integer", 5.0),
        ("float", "much"),
        ("float", True),
        ("boolean", "yes"),
        ("boolean", 1),
        ("string", 5),
        ("date", "2025-06-31"),
        ("date", "June"),
        ("date", True),
        ("date", 2025.5),
    ],
)
def test_a_value_of_another_type_is_refused(kind: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"is no {kind}"):
        converted(kind, value)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_query_uses_the_parameters_that_it_declares_and_no_other(name: str) -> None:
    query = named_queries()[name]
    used = set(re.findall(r"\$(\w+)", query.statement))
    assert used == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_query_has_a_total_order(name: str) -> None:
    assert re.search(r"ORDER BY", named_queries()[name].statement)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_number_that_a_query_takes_has_both_bounds(name: str) -> None:
    numbers = [p for p in named_queries()[name].parameters if p.type == "integer"]
    assert [p.name for p in numbers if p.least is None or p.most is None] == []


def test_every_group_has_queries() -> None:
    used = {tag for query in named_queries().values() for tag in query.tags}
    assert used <= set(TAGS)


@pytest.mark.parametrize(
    ("bounds", "least", "most", "outside"),
    [("1..", 1, None, 0), ("..9", None, 9, 10), ("-2..9", -2, 9, -3)],
)
def test_an_integer_may_have_bounds(
    bounds: str, least: int | None, most: int | None, outside: int
) -> None:
    header = f"{BASE}// param: l: integer {bounds}; most\n// example: -p l=1\n"
    query = parse_query(f"{header}RETURN $l AS a", "x.cypher")
    [parameter] = query.parameters
    assert (parameter.least, parameter.most, parameter.bounds) == (least, most, bounds)
    assert parameter.value("1") == 1
    with pytest.raises(ValueError, match=f"a whole number .* not {outside}"):
        parameter.value(outside)


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_a_limit_is_at_least_1(name: str) -> None:
    limits = [p.least for p in named_queries()[name].parameters if p.name == "limit"]
    assert limits in ([], [1])


@pytest.mark.parametrize(
    ("kind", "value", "held"),
    [
        ("string", "a", True),
        ("string", 1, False),
        ("string", None, False),
        ("string?", None, True),
        ("id", "method:grpo", True),
        ("id", "GRPO", False),
        ("date", "2025-06", True),
        ("date", "2025-6", False),
        ("integer", 1, True),
        ("integer", True, False),
        ("integer", 1.0, False),
        ("float", 1.0, True),
        ("float", 1, False),
        ("boolean", False, True),
        ("list", ["a"], True),
        ("list", [], True),
        ("list", "a", False),
        ("list", [1], False),
    ],
)
def test_a_column_tells_what_is_of_its_type(kind: str, value: object, held: bool) -> None:
    base = BASE.replace("a: string", f"a: {kind}")
    [column] = parse_query(f"{base}RETURN 1 AS a", "x.cypher").columns
    assert column.holds(value) is held
