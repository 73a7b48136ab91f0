"""Write docs/cypher.md: what of Cypher the embedded store answers, and what to write for the rest.

    python scripts/cypher_page.py

Needs the statements and cases of ../shared/data/cypher (GRAPHKB_SHARED says where else), each of
which it looks at and asks of an embedded store. A test compares the page with what this makes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cypher_cases import comparable, dated, fixture, lines, look_at, names_of, store_of

from graphkb.errors import QueryError
from graphkb.store.guard import check_statement
from graphkb.store.lint import findings, graph_names
from graphkb.store.lint.functions import AGGREGATES, FUNCTIONS, INSTEAD

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cypher.md"
NOTE = "<!-- Made by scripts/cypher_page.py; change what it is made from. -->\n"

CATEGORIES = {
    "match": "patterns, conditions, order, limits, UNION",
    "func": "functions of nodes and relationships",
    "path": "paths of several lengths, shortest paths",
    "subq": "EXISTS, COUNT and CALL with a query in braces",
    "agg": "aggregates, grouping",
    "expr": "texts, lists, maps, arithmetic, CASE",
    "temporal": "dates and times",
    "null": "what is absent",
    "types": "whole nodes, relationships and paths",
    "index": "full-text and vector indexes",
    "admin": "procedures, SHOW, EXPLAIN, constraints",
    "write": "writes",
    "safety": "parameters with hostile text",
}


@dataclass(frozen=True)
class Form:
    """A form of Cypher on which the engines differ.

    Parameters
    ----------
    wording : str
        What it is.
    example : str
        A statement of ours that is of this form.
    cases : tuple of str
        The cases of the data that are of it.
    remedy : str
        What to write instead, where only the engine itself refuses it.
    alone : str
        What the engine does without the lint, where no case of the data tells.
    """

    wording: str
    example: str
    cases: tuple[str, ...]
    remedy: str = ""
    alone: str = "answers otherwise"


FORMS = (
    Form(
        "`EXISTS { }`, or a pattern as a condition, over two or more steps",
        "MATCH (m:Method) WHERE EXISTS { (m)-[:EXTENDS]->()-[:USES]->() } RETURN m.id AS id",
        ("A2-exists-two-hop", "A2b-not-pattern", "A2c-exists-self-loop"),
    ),
    Form(
        "a list `+` what may be null",
        "MATCH (m:Method) RETURN m.aliases + 'x' AS names",
        ("A6-list-plus-null", "A6b-unwind-list-plus-null"),
    ),
    Form(
        "`title` or `name` of what may have none",
        "MATCH (n) RETURN n.title AS title",
        ("A7-name-title-alias", "A7b-title-null-filter", "A7c-name-null-method"),
    ),
    Form(
        "properties called `type`, `label`, `node_type`",
        "MATCH (n) RETURN n.type AS type",
        ("A8-virtual-type-label", "A8b-rel-type-prop"),
    ),
    Form(
        "a map of a relationship, of a map, or of a node that no pattern of the query binds",
        "MATCH ()-[r:USES]->() RETURN r{.rule} AS why",
        ("A9-rel-map-projection",),
    ),
    Form(
        "`properties(n)`, `n{.*}` of what may be no paper",
        "MATCH (m:Method) RETURN m{.*} AS all",
        (),
    ),
    Form("`keys(n)`", "MATCH (p:Paper) RETURN keys(p) AS keys", ()),
    Form(
        "whole numbers and others as one key, or once each",
        "UNWIND [2, 2.0] AS n RETURN DISTINCT n",
        ("A11-int-float-group",),
    ),
    Form(
        "`NOT` of the label of what may be null",
        "OPTIONAL MATCH (m:Method)-[:USES]->(u) RETURN NOT u:Model AS other",
        ("A12-not-label-null",),
    ),
    Form(
        "division by what may be zero; roots and logarithms out of their range",
        "MATCH (r:Result) RETURN 1 / r.value AS x",
        ("A13-float-div-zero",),
    ),
    Form(
        "`round` of what may be negative",
        "MATCH (r:Result) RETURN round(r.value) AS x",
        ("A14-round-half",),
    ),
    Form("`stDev`", "MATCH (p:Paper) RETURN stDev(p.year) AS spread", ("A15-stdev-one",)),
    Form("lists joined by two bars", "RETURN ['a'] || ['b'] AS both", ("A16-list-concat-op",)),
    Form(
        "a function that the engine has not",
        "MATCH (p:Paper) RETURN percentileDisc(p.year, 0.5) AS middle",
        ("A17-unknown-fn-empty", "B8-isEmpty"),
    ),
    Form(
        "a condition, CASE or reduce over an aggregate",
        "MATCH (p:Paper) RETURN collect(p.id) IS NOT NULL AS some",
        ("A17b-unknown-fn-empty", "B6-collect-index"),
    ),
    Form(
        "a variable beside an aggregate that is no column of its own",
        "MATCH (p:Paper) RETURN p.year + count(*) AS n",
        ("A18-project-unsupported-implicit-group",),
    ),
    Form(
        "a figure as a text",
        "MATCH (r:Result) RETURN toString(r.value) AS x",
        ("C1-toString-float",),
    ),
    Form(
        "times and durations as a column",
        "RETURN datetime('2020-01-31T10:00') AS t",
        (),
    ),
    Form(
        r"regular expressions with `\w`, `\d`, `\s`, `\b`, `(?i)` beyond ASCII, look-around",
        "MATCH (p:Paper) WHERE p.name =~ '(?=A).*' RETURN p.id AS id",
        ("B14-lookaround",),
    ),
    Form(
        "a list's comprehension or slice after `IN`",
        "MATCH (m:Method) WHERE 'x' IN [a IN m.aliases | toLower(a)] RETURN m.id AS id",
        ("B1-in-comprehension", "B2-in-slice"),
    ),
    Form(
        "a parenthesis before `COUNT { }`",
        "MATCH (p:Paper) RETURN (COUNT { (p)-[:CITES]->() } + 1) AS n",
        ("B3-paren-count",),
    ),
    Form(
        "a chain of comparisons",
        "MATCH (p:Paper) RETURN 2020 < p.year < 2025 AS late",
        ("B4-chained-compare",),
    ),
    Form(
        "a property spelt like `end`, `set`, `by`; variables spelt so",
        "",
        ("B5-unquoted-end",),
        "put it between backquotes",
    ),
    Form(
        "`COLLECT { }`",
        "MATCH (p:Paper) RETURN COLLECT { MATCH (p)-[:USES]->(m) RETURN m.id } AS uses",
        ("B9-collect-subquery",),
    ),
    Form(
        "`WHERE` in a node or relationship",
        "MATCH (p:Paper WHERE p.stub) RETURN p.id AS id",
        ("B10-inline-where",),
    ),
    Form("`!` and `%` in labels", "MATCH (n:!Paper) RETURN n.id AS id", ("B11-label-expr",)),
    Form(
        "`WITH`, `RETURN` or `UNION` in `EXISTS { }` and `COUNT { }`",
        "MATCH (p:Paper) WHERE EXISTS { MATCH (p)-[:USES]->(m) RETURN m } RETURN p.id AS id",
        ("B15-exists-with",),
    ),
    Form(
        "several values after `WHEN`",
        "MATCH (p:Paper) RETURN CASE p.year WHEN 2024, 2025 THEN 'new' END AS age",
        ("B16-case-multi",),
    ),
    Form(
        "a shortest path whose ends may be one node",
        "MATCH p = shortestPath((a:Method)-[:EXTENDS*1..4]-(b:Method)) RETURN length(p) AS l",
        ("N1-shortest-same-node",),
    ),
    Form(
        "nodes, relationships, paths and maps compared by size or put in order",
        "MATCH (p:Paper) RETURN p.id AS id ORDER BY p",
        (),
    ),
    Form(
        "one relationship's variable twice in a pattern",
        "MATCH (a)-[r]->(b)-[r]->(c) RETURN a.id AS id",
        (),
    ),
    Form(
        "what could take all memory: long ranges, texts and lists that double",
        "RETURN range(1, 10 ^ 12) AS numbers",
        (),
        alone="may be ended by the system",
    ),
    Form(
        "a pattern as a column",
        "MATCH (p:Paper) RETURN (p)-[:USES]->() AS uses",
        (),
        alone="answers, Neo4j does not",
    ),
    Form(
        "`!=`",
        "MATCH (p:Paper) WHERE p.year != 2024 RETURN p.id AS id",
        (),
        alone="answers, Neo4j does not",
    ),
    Form(
        "`SHORTEST`, repeated parts of a path",
        "",
        (),
        "write shortestPath and lengths, as in `-[:EXTENDS*1..3]->`",
        "an error",
    ),
    Form(
        "paths of open length, writes, files, procedures but three",
        "",
        ("A10-missing-id", "A19-set-order", "B7-create-new-property"),
        "refused on both stores: see `graphkb cypher --help`",
    ),
)

# Statements that the embedded store answers and Neo4j does not.
ACCEPTED = {
    "arithmetic with what is no number": "RETURN 'a' * 2 AS x",
    "a text plus a truth value": "RETURN 'a' + true AS x",
    "a negative length of a part": "RETURN left('graph', -1) AS x",
    "a negative begin of a part": "RETURN substring('graph', -1) AS x",
    "a number as a condition": "MATCH (p:Paper) WHERE p.year RETURN p.id AS id",
    "the length of a text": "RETURN length('graph') AS x",
    "the size of a map": "RETURN size({a: 1}) AS x",
    "rounding to tens": "RETURN round(1234.5, -2) AS x",
    "a number beyond all": "RETURN 1e400 AS x",
    "a figure of too many digits": "RETURN toInteger('9223372036854775808') AS x",
}


def page() -> str:
    """Return the text of the page."""
    parts = [
        NOTE,
        "# Cypher on the embedded store\n",
        "Its engine, kglite, answers most of Cypher as Neo4j does, and refuses aloud most of what"
        " it has not. A few forms it answers otherwise without a word. A statement of yours is"
        " therefore read by a grammar before it runs, and refused where it holds one of these, with"
        " the place and with what both stores answer alike; so are labels, relationship types,"
        " properties and variables that there are not, with the nearest name. On a Neo4j, which may"
        " hold more than this schema, an unknown name is a warning, and all else runs as it is."
        " What graphkb keeps on a Neo4j's nodes to search by (search_keys, search_name, "
        "search_text, search_words) is left out of nodes, of maps and of keys(); db.propertyKeys()"
        " lists the names, and who asks for one of these properties by name gets it."
        " [Why, and how](decisions/0010-a-grammar-of-cypher.md).\n",
        "## What was asked of it\n",
        "Statements with the rows of Neo4j 5.26, run by this page's script.\n",
        "| about | statements | answered as by Neo4j | refused |\n| --- | --- | --- | --- |\n"
        + "".join(asked()),
        "## What is refused, and what to write\n",
        "The third column is what the store says of an example.\n",
        "| form | the engine alone | write |\n| --- | --- | --- |\n" + "".join(refused()),
        "## Functions\n",
        "Those that both stores answer alike; aggregates are "
        + listed(one.name for one in AGGREGATES.values())
        + ".\n",
        listed(one.name for one in FUNCTIONS.values()) + ".\n",
        "| instead of | |\n| --- | --- |\n"
        + "".join(f"| `{name}` | {cell(remedy)} |\n" for name, remedy in sorted(INSTEAD.items())),
        "## What it accepts although Neo4j would not\n",
        "What the kinds of values tell only when the statement runs, where Neo4j ends with an error"
        " and the embedded store gives rows. Nothing that shall run on both rests on it.\n",
        "| | for example |\n| --- | --- |\n"
        + "".join(f"| {wording} | `{statement}` |\n" for wording, statement in ACCEPTED.items()),
    ]
    return "\n".join(parts)


def listed(names: Iterable[str]) -> str:
    """Return names in code, sorted, with commas."""
    return ", ".join(f"`{name}`" for name in sorted(names, key=str.lower))


def asked() -> Iterator[str]:
    """Yield a row of the table for each category of statements."""
    found: dict[str, Counter[str]] = {name: Counter() for name in CATEGORIES}
    graph = fixture()
    names = names_of(graph)
    with store_of(graph) as store:
        for one in lines("statements.jsonl"):
            found[one["category"]][outcome(store, names, one)] += 1
    for name, wording in CATEGORIES.items():
        count = found[name]
        if differing := count["otherwise"]:
            raise SystemExit(f"{differing} of {name} are answered otherwise, without a word")
        yield f"| {wording} | {count.total()} | {count['alike']} | {count['refused']} |\n"


def outcome(store: Any, names: Any, asked: dict[str, Any]) -> str:
    """Say how the store answers a statement: alike, otherwise, or refused."""
    rows: Any = ()
    try:
        for statement in asked["statements"]:
            look_at(statement, names, asked["params"])
            rows = store.cypher(statement, dated(asked["params"])).rows
    except QueryError:
        return "refused"
    expected = asked["expected"]
    if not isinstance(expected, list):
        return "alike" if rows or expected != "nonempty" else "otherwise"
    if asked.get("sort_lists"):
        rows = [[sorted(v) if isinstance(v, list) else v for v in row] for row in rows]
    return "alike" if comparable(rows) == comparable(expected) else "otherwise"


def refused() -> Iterator[str]:
    """Yield a row of the table for each form that is refused."""
    classes = {case["id"]: case["class"][0] for case in lines("embedded-cases.jsonl")}
    does = {"a": "answers otherwise", "b": "an error", "c": "answers otherwise"}
    does["n"] = "answers, Neo4j does not"
    for form in FORMS:
        kinds = dict.fromkeys(does[classes[case]] for case in form.cases) or [form.alone]
        remedy = form.remedy or remedy_of(form.example)
        yield f"| {form.wording} | {', '.join(kinds)} | {cell(remedy)} |\n"


def cell(text: str) -> str:
    """Return a text for a cell of a table."""
    return text.replace("|", "\\|")


def remedy_of(statement: str) -> str:
    """Return what the lint says to write instead of a statement of ours."""
    found = findings(check_statement(statement), graph_names())
    return found[0].remedy


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
