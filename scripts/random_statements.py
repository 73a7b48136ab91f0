"""Random Cypher that only reads, and random small graphs of our schema to ask it of.

The same seed gives the same graphs and statements. Expressions are made by type, so that most
statements are right; graphs have what trips engines up: missing values, self-loops, parallel edges,
cycles and things without any edge.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphkb.model.graph import Edge, Entity, Graph, Value

__all__ = ["Statement", "random_graph", "random_statement"]

# How many of each label.
COUNTS = {
    "Paper": (1, 3, 5),
    "Method": (2, 4, 5),
    "Benchmark": (1, 2),
    "Task": (0, 1),
    "Result": (0, 1, 2),
    "Author": (0, 1, 2),
}
LABELS = tuple(COUNTS)
# Type, labels that it begins and ends at.
TYPES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "CITES": (("Paper",), ("Paper",)),
    "INTRODUCES": (("Paper",), ("Method", "Benchmark")),
    "USES": (("Paper", "Method"), ("Method", "Benchmark")),
    "EXTENDS": (("Method",), ("Method",)),
    "EVALUATED_ON": (("Paper", "Method"), ("Benchmark",)),
    "MENTIONS": (("Paper",), ("Method", "Benchmark", "Task")),
    "AUTHORED_BY": (("Paper",), ("Author",)),
    "REPORTS": (("Paper",), ("Result",)),
    "ON": (("Result",), ("Benchmark",)),
}
# Those that most statements are about.
_COMMON = ("CITES", "USES", "EXTENDS", "INTRODUCES")
PROPERTIES: dict[str, dict[str, str]] = {
    "Paper": {
        "id": "str",
        "name": "str",
        "title": "str",
        "published": "str",
        "venue": "str",
        "year": "int",
        "upvotes": "int",
        "stub": "bool",
        "former_ids": "list",
    },
    "Method": {
        "id": "str",
        "name": "str",
        "long_name": "str",
        "kind": "str",
        "support": "int",
        "curated": "bool",
        "aliases": "list",
    },
    "Benchmark": {
        "id": "str",
        "name": "str",
        "kind": "str",
        "support": "int",
        "ambiguous": "bool",
        "aliases": "list",
    },
    "Task": {"id": "str", "name": "str", "support": "int", "aliases": "list"},
    "Result": {"id": "str", "name": "str", "metric": "str", "value": "float"},
    "Author": {"id": "str", "name": "str", "orcid": "str"},
}
OF_EDGES = {"paper": "str", "evidence": "str", "confidence": "int", "begin": "int", "stated": "str"}
TEXTS = ("GRPO", "PPO", "a b", "Élan", "x", "", "2024-05", "grpo", "A-1", "it's")
PARAMETERS: dict[str, tuple[str, Any]] = {
    "number": ("int", 2),
    "text": ("str", "GRPO"),
    "texts": ("list", ["GRPO", "x", "PPO"]),
    "nothing": ("str", None),
}


def random_graph(seed: int) -> Graph:
    """Make a graph of a dozen nodes."""
    draw = random.Random(f"graph {seed}")  # noqa: S311 - nobody's secret
    entities: list[Entity] = []
    for label, numbers in COUNTS.items():
        entities += [_entity(draw, label, number) for number in range(draw.choice(numbers))]
    edges: dict[tuple[str, str, str, str], Edge] = {}
    for _ in range(draw.choice((10, 40, 70, 100))):
        type_ = draw.choice(list(TYPES))
        starts, ends = ([e for e in entities if e.label in labels] for labels in TYPES[type_])
        if not (starts and ends):
            continue
        start = draw.choice(starts)
        end = start if start in ends and draw.random() < 0.15 else draw.choice(ends)
        told: dict[str, Value] = {}
        for name, kind in OF_EDGES.items():
            if name != "paper" and draw.random() < 0.7:
                told[name] = _value(draw, name, kind)
        paper = f"paper:{draw.randrange(3)}"
        edge = Edge(start.id, type_, end.id, paper, start.label, end.label, told)
        edges[edge.key] = edge
    return Graph.of(entities, edges.values())


def _entity(draw: random.Random, label: str, number: int) -> Entity:
    known: dict[str, Value] = {"name": draw.choice(TEXTS[:5])}
    for name, kind in PROPERTIES[label].items():
        if name not in ("id", "name", "title") and draw.random() < 0.6:
            known[name] = _value(draw, name, kind)
    if label == "Paper":
        known["title"] = known["name"]
    return Entity(label, f"{label.lower()}:{number}", known)


def _value(draw: random.Random, name: str, kind: str) -> Value:
    if name in ("published", "stated"):
        return draw.choice(("2024", "2024-05", "2024-05-24", "2025-01-09"))
    if name == "year":
        return draw.choice((2023, 2024, 2025))
    match kind:
        case "int":
            return draw.choice((0, 1, 2, 3, 7, 500))
        case "float":
            return draw.choice((0.5, 1.5, 2.0, -0.25, 62.5))
        case "bool":
            return draw.random() < 0.5
        case "list":
            return tuple(draw.choices(TEXTS[:5], k=draw.randint(1, 3)))
        case _:
            return draw.choice(TEXTS)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with what it is made of.

    Parameters
    ----------
    text : str
        Cypher.
    parameters : mapping
        Values for its ``$name``.
    features : frozenset of str
        The parts of the language that it uses.
    ordered : bool
        Whether the order of its rows is told in full.
    """

    text: str
    parameters: Mapping[str, Any]
    features: frozenset[str]
    ordered: bool


@dataclass(frozen=True, slots=True)
class _Variable:
    name: str
    kind: str  # node, rel, path, or the type of a value
    label: str = ""


@dataclass(slots=True)
class _Maker:
    """What writes one statement."""

    draw: random.Random
    features: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    scope: list[_Variable] = field(default_factory=list)
    count: int = 0
    ordered: bool = False
    in_where: bool = False

    # Names and choices

    def fresh(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def feature(self, name: str) -> None:
        self.features.add(name)

    def variables(self, *kinds: str) -> list[_Variable]:
        return [variable for variable in self.scope if variable.kind in kinds]

    def pick(self, options: Sequence[Callable[[], str]]) -> str:
        return self.draw.choice(options)()

    # Patterns

    def node(self, *, label: str = "", anonymous: bool = False) -> tuple[str, _Variable | None]:
        name = "" if anonymous else self.fresh("n")
        likely = ("Paper", "Paper", "Method", "Method", *LABELS)
        chosen = label or (self.draw.choice(likely) if self.chance(0.7) else "")
        text = f"{name}:{chosen}" if chosen else name
        if self.chance(0.04) and chosen:
            self.feature("property in a node pattern")
            number = self.draw.randrange(2)
            text += f" {{id: '{chosen.lower()}:{number}'}}"
        variable = None if anonymous else _Variable(name, "node", chosen)
        return f"({text})", variable

    def pattern(
        self, *, fresh_only: bool = False, named: bool = True
    ) -> tuple[str, list[_Variable]]:
        """A chain of nodes and relationships; the variables that it binds."""
        found: list[_Variable] = []
        bound = self.variables("node")
        if bound and not fresh_only and self.chance(0.7):
            start = self.draw.choice(bound)
            text, label = f"({start.name})", start.label
        else:
            text, variable = self.node(anonymous=not named)
            label = variable.label if variable else ""
            found += [variable] if variable else []
        hops = (
            self.draw.choice((0, 1, 1, 1, 1, 2, 2, 3)) if named else self.draw.choice((1, 1, 1, 2))
        )
        is_long = False
        for _ in range(hops):
            step, more, label, long = self.step(label, found, named=named)
            is_long |= long
            text, found = text + step, found + more
        if hops > 1:
            self.feature("pattern of several hops")
        if named and hops and self.chance(0.15):
            path = _Variable(self.fresh("p"), "path")
            self.feature("path variable")
            return f"{path.name} = {text}", [*found, path]
        return text, found

    def step(
        self, label: str, found: Sequence[_Variable], *, named: bool
    ) -> tuple[str, list[_Variable], str, bool]:
        fitting = [t for t, (starts, ends) in TYPES.items() if not label or label in starts + ends]
        fitting += [t for t in fitting if t in _COMMON] * 3
        type_ = self.draw.choice(fitting or list(TYPES))
        starts, ends = TYPES[type_]
        outgoing = label in starts or not label
        types = type_
        if self.chance(0.15):
            self.feature("alternative types")
            types += "|" + self.draw.choice([t for t in TYPES if t != type_])
        more: list[_Variable] = []
        inner = f":{types}" if self.chance(0.92) else ""
        is_long = self.chance(0.3 if set(starts) & set(ends) else 0.03)
        if is_long:
            self.feature("variable length")
            inner += self.draw.choice(("*1..2", "*1..3", "*0..2", "*2", "*2..3", "*..2"))
        elif named and self.chance(0.5):
            relationship = _Variable(self.fresh("r"), "rel", type_)
            inner = relationship.name + inner
            more.append(relationship)
            if self.chance(0.05):
                self.feature("property in a relationship pattern")
                inner += " {paper: 'paper:1'}"
        arrow = (f"-[{inner}]->" if outgoing else f"<-[{inner}]-") if inner else "-->"
        if self.chance(0.12):
            self.feature("undirected")
            arrow = f"-[{inner}]-"
        end = self.draw.choice(ends if outgoing else starts)
        reusable = [v for v in (*self.variables("node"), *found) if v.kind == "node"]
        reusable = [v for v in reusable if not v.label or v.label == end or self.chance(0.1)]
        if reusable and self.chance(0.12):
            self.feature("a variable bound before at the end of a pattern")
            other = self.draw.choice(reusable)
            return f"{arrow}({other.name})", more, other.label, is_long
        if self.chance(0.3):
            name = self.fresh("n") if named else ""
            text, variable = f"({name})", _Variable(name, "node")
        else:
            wrong = self.chance(0.05)
            text, fresh = self.node(label="" if wrong else end, anonymous=not named)
            variable = fresh or _Variable("", "node", end)
        if named:
            more.append(variable)
        return arrow + text, more, variable.label, is_long

    # Expressions, by type

    def property(self, kind: str) -> str | None:
        options = []
        for variable in self.variables("node", "rel"):
            if variable.kind == "rel":
                names = OF_EDGES
            elif variable.label:
                names = PROPERTIES[variable.label]
            else:
                names = {"id": "str", "name": "str"}
            options += [f"{variable.name}.{name}" for name, of in names.items() if of == kind]
        return self.draw.choice(options) if options else None

    def value(self, kind: str, depth: int) -> str:
        """A literal, a parameter, a property or a variable."""
        if self.chance(0.04):
            self.feature("null")
            return "null"
        property_ = self.property(kind)
        options = [property_] * 6 if property_ else []
        options += [variable.name for variable in self.variables(kind)] * 3
        for name, (of, _) in PARAMETERS.items():
            options += (
                [f"${name}"] if of == kind and (name != "nothing" or self.chance(0.2)) else []
            )
        chosen = self.draw.choice([*options, self.literal(kind, depth)])
        if chosen.startswith("$"):
            self.feature("parameter")
            self.used.add(chosen[1:])
        return chosen

    def literal(self, kind: str, depth: int) -> str:
        match kind:
            case "int":
                return str(self.draw.choice((0, 1, 2, 3, 10, 2024)))
            case "float":
                return self.draw.choice(("0.5", "2.0", "62.5"))
            case "bool":
                return self.draw.choice(("true", "true", "false"))
            case "list":
                return f"[{', '.join(self.expression('str', depth - 1) for _ in range(2))}]"
            case _:
                text = self.draw.choice(TEXTS).replace("'", "\\'")
                return f"'{text}'"

    def expression(self, kind: str, depth: int) -> str:
        if depth <= 0 or self.chance(0.35):
            return self.value(kind, depth) if depth > 0 or kind != "list" else "['x', 'GRPO']"
        if self.chance(0.1):
            self.feature("CASE")
            return (
                f"CASE WHEN {self.expression('bool', depth - 1)} THEN "
                f"{self.expression(kind, depth - 1)} ELSE {self.expression(kind, depth - 1)} END"
            )
        if self.chance(0.1):
            self.feature("coalesce")
            return f"coalesce({self.value(kind, depth - 1)}, {self.literal(kind, depth - 1)})"
        makers = {
            "int": self._int,
            "float": self._float,
            "str": self._str,
            "bool": self._bool,
            "list": self._list,
        }
        return makers[kind](depth - 1)

    def _int(self, depth: int) -> str:
        def number() -> str:
            return self.expression("int", depth)

        def function(name: str, kind: str) -> Callable[[], str]:
            def made() -> str:
                self.feature(f"{name}()")
                return f"{name}({self.expression(kind, depth)})"

            return made

        def reduced() -> str:
            self.feature("reduce()")
            x = self.fresh("x")
            return f"reduce(s = 0, {x} IN {self.expression('list', depth)} | s + size({x}))"

        def arithmetic() -> str:
            sign = self.draw.choice(("+", "-", "*", "/", "%"))
            right = number() if sign not in "/%" else self.draw.choice(("2", "3", "7"))
            self.feature(f"arithmetic {sign}")
            return f"({number()} {sign} {right})"

        def long() -> str:
            paths = self.variables("path")
            if not paths:
                return arithmetic()
            self.feature("length()")
            return f"length({self.draw.choice(paths).name})"

        def dated() -> str:
            self.feature("date()")
            day = self.draw.choice(("2024-05-24", "2025-01-09"))
            return f"date('{day}').{self.draw.choice(('year', 'month', 'day'))}"

        def comprehended() -> str:
            nodes = self.variables("node")
            if not nodes:
                return arithmetic()
            self.feature("pattern comprehension")
            node, end = self.draw.choice(nodes), self.fresh("c")
            fitting = [t for t, ends in TYPES.items() if node.label in ends[0] + ends[1]]
            type_ = self.draw.choice(fitting or list(TYPES))
            arrow = self.draw.choice((f"-[:{type_}]->", f"<-[:{type_}]-"))
            where = self.draw.choice(("", f" WHERE {end}.name <> 'x'"))
            # What it holds comes in any order, so that only its size is looked at.
            return f"size([({node.name}){arrow}({end}){where} | {end}.id])"

        return self.pick(
            (
                arithmetic,
                comprehended,
                function("size", "list"),
                function("size", "str"),
                function("abs", "int"),
                function("sign", "int"),
                function("toInteger", "str"),
                function("toInteger", "float"),
                self._count,
                reduced,
                long,
                dated,
            )
        )

    def _count(self) -> str:
        self.feature("COUNT { }")
        return f"COUNT {{ {self.inner_pattern()} }}"

    def inner_pattern(self) -> str:
        """What stands in the braces of EXISTS and COUNT."""
        text, _ = self.pattern(named=False)
        if self.chance(0.3):
            self.feature("MATCH … WHERE in EXISTS or COUNT")
            inner, found = self.pattern()
            if found and found[-1].kind != "path" and " = " not in inner:
                held = self.scope
                self.scope = [*held, *found]
                where = self._bool(1)
                self.scope = held
                return f"MATCH {inner} WHERE {where}"
        return text

    def _float(self, depth: int) -> str:
        def function(name: str, kind: str) -> Callable[[], str]:
            def made() -> str:
                self.feature(f"{name}()")
                return f"{name}({self.expression(kind, depth)})"

            return made

        def arithmetic() -> str:
            sign = self.draw.choice(("+", "-", "*", "/"))
            right = self.expression("int", depth) if sign != "/" else "2"
            self.feature(f"arithmetic {sign}")
            return f"({self.expression('float', depth)} {sign} {right})"

        return self.pick(
            (
                arithmetic,
                function("toFloat", "int"),
                function("toFloat", "str"),
                function("abs", "float"),
                function("ceil", "float"),
                function("floor", "float"),
                function("round", "float"),
            )
        )

    def _str(self, depth: int) -> str:
        def text() -> str:
            return self.expression("str", depth)

        def function(name: str, more: str = "") -> Callable[[], str]:
            def made() -> str:
                self.feature(f"{name}()")
                return f"{name}({text()}{more})"

            return made

        def shown() -> str:
            self.feature("toString()")
            kind = self.draw.choice(("int", "bool", "str"))
            return f"toString({self.expression(kind, depth)})"

        def joined() -> str:
            self.feature("text + text")
            return f"({text()} + {text()})"

        def element() -> str:
            self.feature("list[index]")
            at = self.draw.choice(("0", "1", "-1", "5"))
            return f"{self.expression('list', depth)}[{at}]"

        def end() -> str:
            name = self.draw.choice(("head", "last"))
            self.feature(f"{name}()")
            return f"{name}({self.expression('list', depth)})"

        def kind_of() -> str:
            relationships = self.variables("rel")
            if not relationships:
                return shown()
            self.feature("type()")
            return f"type({self.draw.choice(relationships).name})"

        def label() -> str:
            nodes = self.variables("node")
            if not nodes:
                return joined()
            self.feature("labels()")
            return f"labels({self.draw.choice(nodes).name})[0]"

        def in_a_map() -> str:
            self.feature("map")
            return f"{{a: {text()}, b: {self.expression('int', depth)}}}.a"

        return self.pick(
            (
                joined,
                shown,
                element,
                end,
                kind_of,
                label,
                in_a_map,
                function("toUpper"),
                function("toLower"),
                function("trim"),
                function("reverse"),
                function("substring", ", 1, 2"),
                function("left", ", 2"),
                function("right", ", 1"),
                function("replace", ", 'P', 'q'"),
            )
        )

    def _bool(self, depth: int) -> str:
        def compared() -> str:
            kind = self.draw.choice(("int", "int", "str", "str", "float", "bool"))
            sign = self.draw.choice(("=", "<>", "<", "<=", ">", ">="))
            self.feature(f"comparison of {kind}")
            return f"({self.expression(kind, depth)} {sign} {self.expression(kind, depth)})"

        def null() -> str:
            self.feature("IS NULL")
            kind = self.draw.choice(("int", "str", "list"))
            word = self.draw.choice(("IS NULL", "IS NOT NULL"))
            return f"{self.expression(kind, depth)} {word}"

        def within() -> str:
            self.feature("IN")
            return f"{self.expression('str', depth)} IN {self.expression('list', depth)}"

        def text() -> str:
            word = self.draw.choice(("STARTS WITH", "ENDS WITH", "CONTAINS", "=~"))
            self.feature(word)
            right = "'.*[gG].*'" if word == "=~" else self.expression("str", depth)
            return f"{self.expression('str', depth)} {word} {right}"

        def joined() -> str:
            word = self.draw.choice(("AND", "OR", "XOR", "AND", "OR"))
            self.feature(word)
            return f"({self.expression('bool', depth)} {word} {self.expression('bool', depth)})"

        def negated() -> str:
            self.feature("NOT")
            return f"NOT ({self.expression('bool', depth)})"

        def exists() -> str:
            self.feature("EXISTS { }")
            return f"EXISTS {{ {self.inner_pattern()} }}"

        def pattern() -> str:
            nodes = self.variables("node")
            if not (nodes and self.in_where):
                return compared()
            self.feature("pattern as a predicate")
            node = self.draw.choice(nodes)
            fitting = [t for t, ends in TYPES.items() if node.label in ends[0] + ends[1]]
            type_ = self.draw.choice(fitting or list(TYPES))
            arrow = self.draw.choice((f"-[:{type_}]->", f"<-[:{type_}]-", f"-[:{type_}]-"))
            more = self.draw.choice(("", "", "-->()"))
            return f"({node.name}){arrow}(){more}"

        def labelled() -> str:
            nodes = self.variables("node")
            if not nodes:
                return compared()
            self.feature("label test")
            return f"{self.draw.choice(nodes).name}:{self.draw.choice(LABELS)}"

        def quantified() -> str:
            word = self.draw.choice(("any", "all", "none", "single"))
            self.feature(f"{word}()")
            x = self.fresh("x")
            test = f"{x} {self.draw.choice(('=', '<', 'STARTS WITH'))} 'G'"
            return f"{word}({x} IN {self.expression('list', depth)} WHERE {test})"

        def same() -> str:
            nodes = self.variables("node")
            if len(nodes) < 2:
                return compared()
            self.feature("comparison of nodes")
            one, two = self.draw.sample(nodes, 2)
            return f"{one.name} {self.draw.choice(('=', '<>'))} {two.name}"

        def counted() -> str:
            return f"{self._count()} {self.draw.choice(('>', '=', '<='))} {self.draw.randrange(3)}"

        makers = (compared, compared, null, within, text, joined, joined, negated, exists, pattern)
        return self.pick((*makers, labelled, quantified, same, counted))

    def _list(self, depth: int) -> str:
        def kept() -> str:
            self.feature("list comprehension")
            x = self.fresh("x")
            where = self.draw.choice(("", f" WHERE {x} <> 'x'", f" WHERE size({x}) > 1"))
            made = self.draw.choice(("", f" | toLower({x})", f" | {x} + '!'"))
            if not (where or made):
                made = f" | {x}"
            return f"[{x} IN {self.expression('list', depth)}{where}{made}]"

        def split() -> str:
            self.feature("split()")
            return f"split({self.expression('str', depth)}, '-')"

        def joined() -> str:
            self.feature("list + list")
            return f"({self.expression('list', depth)} + {self.expression('list', depth)})"

        def sliced() -> str:
            self.feature("list slice")
            part = self.draw.choice(("[1..]", "[..1]", "[0..2]", "[-1..]"))
            return f"{self.expression('list', depth)}{part}"

        def end() -> str:
            name = self.draw.choice(("tail", "reverse"))
            self.feature(f"{name}() of a list")
            return f"{name}({self.expression('list', depth)})"

        def on_path() -> str:
            paths = self.variables("path")
            if not paths:
                return kept()
            x, path = self.fresh("x"), self.draw.choice(paths).name
            if self.chance(0.5):
                self.feature("nodes()")
                return f"[{x} IN nodes({path}) | {x}.id]"
            self.feature("relationships()")
            return f"[{x} IN relationships({path}) | type({x})]"

        return self.pick((kept, split, joined, sliced, end, on_path))

    def condition(self) -> str:
        """What stands after WHERE: no bare truth, and half of them not deep."""
        self.in_where = True
        text = self._bool(self.draw.choice((0, 1, 1, 2)))
        self.in_where = False
        return text

    # Clauses

    def match(self) -> str:
        optional = bool(self.scope) and self.chance(0.35)
        text, found = self.pattern()
        if self.chance(0.1):
            self.feature("two patterns in a MATCH")
            held, self.scope = self.scope, [*self.scope, *found]
            more, others = self.pattern(fresh_only=self.chance(0.3))
            self.scope = held
            text, found = f"{text}, {more}", [*found, *others]
        self.scope = [*self.scope, *found]
        if optional:
            self.feature("OPTIONAL MATCH")
        where = ""
        if self.chance(0.4):
            self.feature("WHERE")
            where = f" WHERE {self.condition()}"
        return f"{'OPTIONAL ' if optional else ''}MATCH {text}{where}"

    def unwind(self) -> str:
        self.feature("UNWIND")
        name = self.fresh("u")
        if self.chance(0.3):
            self.feature("range()")
            text, kind = f"range(0, {self.draw.randrange(4)})", "int"
        else:
            text, kind = self.expression("list", 2), "str"
        self.scope = [*self.scope, _Variable(name, kind)]
        return f"UNWIND {text} AS {name}"

    def aggregate(self) -> tuple[str, str]:
        roll = self.draw.choice(
            ("count(*)", "count", "distinct", "sum", "min", "max", "avg", "collect")
        )
        self.feature(f"aggregation {roll}")
        if roll == "count(*)":
            return "count(*)", "int"
        if roll in ("count", "distinct"):
            nodes = [variable.name for variable in self.variables("node")]
            of = self.draw.choice(nodes) if nodes and self.chance(0.5) else self.value("str", 1)
            return f"count({'DISTINCT ' if roll == 'distinct' else ''}{of})", "int"
        if roll == "collect":
            distinct = "DISTINCT " if self.chance(0.3) else ""
            return f"collect({distinct}{self.value('str', 1)})", "list"
        if roll == "avg":
            return f"avg({self.value('int', 1)})", "float"
        kind = "int" if roll == "sum" else self.draw.choice(("int", "str"))
        return f"{roll}({self.value(kind, 1)})", kind

    def projected(self) -> tuple[list[str], list[_Variable]]:
        """Items of a WITH or RETURN with aliases, and what they are."""
        items, found = [], []
        for _ in range(self.draw.choice((1, 2, 2, 3))):
            kind = self.draw.choice(("int", "str", "str", "bool", "list", "float"))
            name = self.fresh("v")
            items.append(f"{self.expression(kind, 2)} AS {name}")
            found.append(_Variable(name, kind))
        return items, found

    def with_(self) -> str:
        self.feature("WITH")
        items, found = self.projected()
        nodes = self.variables("node", "rel")
        for variable in nodes:
            if self.chance(0.5):
                items.append(variable.name)
                found.append(variable)
        distinct = ""
        if self.chance(0.4):
            for _ in range(self.draw.choice((1, 1, 2))):
                text, kind = self.aggregate()
                name = self.fresh("a")
                items.append(f"{text} AS {name}")
                # The order of what was collected is nobody's promise: only its size is looked at.
                found.append(_Variable(name, "collected" if kind == "list" else kind))
        elif self.chance(0.2):
            self.feature("WITH DISTINCT")
            distinct = "DISTINCT "
        self.scope = found
        rest = ""
        values = [v.name for v in found if v.kind in ("int", "str", "bool", "float", "list")]
        if self.chance(0.2) and len(values) == len(found):
            self.feature("WITH … ORDER BY … LIMIT")
            rest = f" ORDER BY {', '.join(values)} LIMIT {self.draw.randint(1, 5)}"
        if self.chance(0.3):
            self.feature("WITH … WHERE")
            rest += f" WHERE {self.condition()}"
        return f"WITH {distinct}{', '.join(items)}{rest}"

    def call(self) -> str:
        """A subquery that gives one row, for every row before it."""
        nodes = self.variables("node")
        if not nodes:
            return self.match()
        self.feature("CALL { }")
        imported = self.draw.choice(nodes)
        held, self.scope = self.scope, [imported]
        text, found = self.pattern()
        optional = "OPTIONAL " if self.chance(0.3) else ""
        self.scope = [imported, *found]
        where = f" WHERE {self.condition()}" if self.chance(0.4) else ""
        result, kind = self.aggregate()
        name = self.fresh("a")
        self.scope = [*held, _Variable(name, "collected" if kind == "list" else kind)]
        inner = f"{optional}MATCH {text}{where} RETURN {result} AS {name}"
        return f"CALL ({imported.name}) {{ {inner} }}"

    def returned(self) -> str:
        items, found = self.projected()
        nodes = self.variables("node")
        if nodes and self.chance(0.5):
            items.append(f"{self.draw.choice(nodes).name}.id AS {self.fresh('v')}")
            found.append(_Variable(f"v{self.count}", "str"))
        elif nodes and self.chance(0.15):
            self.feature("map projection")
            name = self.fresh("m")
            items.append(f"{self.draw.choice(nodes).name}{{.id, .name, x: 1}} AS {name}")
            found.append(_Variable(name, "map"))
        elif nodes and self.chance(0.1):
            self.feature("whole node")
            name = self.fresh("w")
            items.append(f"{self.draw.choice(nodes).name} AS {name}")
            found.append(_Variable(name, "node"))
        for variable in self.variables("collected"):
            items.append(f"size({variable.name}) AS {self.fresh('v')}")
            found.append(_Variable(f"v{self.count}", "int"))
        distinct = ""
        if self.chance(0.3):
            text, kind = self.aggregate()
            name = self.fresh("a")
            items.append(f"{text} AS {name}")
            found.append(_Variable(name, "collected" if kind == "list" else kind))
        elif self.chance(0.2):
            self.feature("RETURN DISTINCT")
            distinct = "DISTINCT "
        text = f"RETURN {distinct}{', '.join(items)}"
        # Lists of what was matched come in any order: rows are not to be cut by them.
        plain = all(v.kind in ("int", "str", "bool", "float") for v in found)
        if plain and self.chance(0.3):
            self.feature("ORDER BY")
            self.ordered = True
            by = [v.name + self.draw.choice(("", " DESC")) for v in found]
            text += f" ORDER BY {', '.join(by)}"
            if self.chance(0.4):
                self.feature("SKIP")
                text += f" SKIP {self.draw.randrange(3)}"
            if self.chance(0.5):
                self.feature("LIMIT")
                text += f" LIMIT {self.draw.randint(1, 6)}"
        return text

    def single(self) -> str:
        clauses = [self.unwind() if self.chance(0.08) else self.match()]
        makers = (self.match, self.match, self.with_, self.with_, self.unwind, self.call)
        clauses += [self.pick(makers) for _ in range(self.draw.choice((0, 0, 0, 1, 1, 2)))]
        clauses.append(self.returned())
        return "\n".join(clauses)

    def union(self) -> str:
        self.feature("UNION")
        word = self.draw.choice(("UNION", "UNION ALL"))
        parts = []
        for _ in range(2):
            self.scope = []
            first = self.match()
            parts.append(f"{first}\nRETURN {self.expression('str', 2)} AS v")
        self.ordered = False
        return f"\n{word}\n".join(parts)


def random_statement(seed: int, number: int) -> Statement:
    """Make one statement.

    Parameters
    ----------
    seed, number : int
        The same give the same statement.

    Returns
    -------
    Statement
        One that only reads.
    """
    maker = _Maker(random.Random(f"statement {seed} {number}"))  # noqa: S311 - nobody's secret
    text = maker.union() if maker.chance(0.06) else maker.single()
    parameters = {name: PARAMETERS[name][1] for name in sorted(maker.used)}
    return Statement(text, parameters, frozenset(maker.features), maker.ordered)
