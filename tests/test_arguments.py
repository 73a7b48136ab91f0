"""What a method is given of a wrong type is refused by its name, with what the method takes."""

import inspect
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import graphkb
from graphkb.errors import ArgumentError, GraphKBError, QueryError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.store import Changes
from graphkb.store.protocol import Rows
from graphkb.topic.topic import Topic

PAPER = Entity("Paper", "arxiv:2402.03300", {"name": "Kites", "title": "Kites", "stub": False})
KITE = Entity("Method", "method:kite", {"name": "KITE", "kind": "method"})
# What stands for the other arguments, by what the signature says.
FITTING: dict[str, object] = {
    "str": "KITE",
    "str | Seed": "KITE",
    "str | Path": "KITE",
    "str | Path | HasStore": "KITE",
    "Rows": Rows((), ()),
    "Topic": Topic((), Graph.of([], []), ()),
}


def changes() -> Changes:
    stated: dict[str, Value] = {"paper": PAPER.id, "sources": ("test:kites",), "confidence": 900}
    edge = Edge(PAPER.id, "INTRODUCES", KITE.id, PAPER.id, "Paper", "Method", stated)
    return Changes((), (), (PAPER, KITE), (edge,))


def methods() -> Iterator[tuple[str, inspect.Signature]]:
    for name, member in inspect.getmembers(KnowledgeBase, inspect.isfunction):
        if not name.startswith("_"):
            yield name, inspect.signature(member)


def arguments() -> Iterator[tuple[str, str]]:
    """Yield each public method with each of its arguments that has a type."""
    for name, signature in methods():
        for argument, parameter in signature.parameters.items():
            if argument != "self" and parameter.kind is not parameter.VAR_KEYWORD:
                yield name, argument


def given(method: str, argument: str, value: object) -> tuple[list[Any], dict[str, Any]]:
    """Return what to call a method with, so that one argument is a value and the others fit."""
    positional: list[Any] = []
    named: dict[str, Any] = {}
    parameters = dict(methods())[method].parameters
    for name, parameter in parameters.items():
        needed = parameter.default is parameter.empty and name != "self"
        one = value if name == argument else FITTING.get(parameter.annotation)
        if parameter.kind is parameter.KEYWORD_ONLY and name == argument:
            named[name] = one
        elif parameter.kind is parameter.VAR_POSITIONAL:
            positional += [one] if name == argument else []
        elif name == argument and not needed:
            named[name] = one
        elif needed and parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
            positional.append(one)
    return positional, named


@pytest.mark.parametrize(("method", "argument"), [*arguments()])
def test_what_no_argument_takes_is_refused_by_name(
    tmp_path: Path, method: str, argument: str
) -> None:
    positional, named = given(method, argument, object())
    base = KnowledgeBase(tmp_path / "graph.kgl")
    with pytest.raises(ArgumentError, match=rf"^{argument} of {method} cannot be <.*\(object\)\. "):
        getattr(base, method)(*positional, **named)


WRONG: dict[str, tuple[Callable[[Any], object], str]] = {
    "a number as a seed": (
        lambda base: base.topic(3),
        "seeds of topic cannot be 3 (int). Give str or Seed.",
    ),
    "nothing as a name": (
        lambda base: base.show(None),
        "name of show cannot be None. Give str.",
    ),
    "a number as words": (
        lambda base: base.search(5),
        "text of search cannot be 5 (int). Give str.",
    ),
    "a number as a query": (
        lambda base: base.query(3),
        "name of query cannot be 3 (int). Give str.",
    ),
    "bytes as a statement": (
        lambda base: base.cypher(b"RETURN 1"),
        "statement of cypher cannot be b'RETURN 1' (bytes). Give str.",
    ),
    "a list as parameters": (
        lambda base: base.cypher("RETURN 1 AS one", [1]),
        "parameters of cypher cannot be [1] (list). Give a mapping of str to anything or None.",
    ),
    "a text as a limit": (
        lambda base: base.similar("KITE", limit="3"),
        "limit of similar cannot be '3' (str). Give int.",
    ),
    "a truth as a limit": (
        lambda base: base.topic("KITE", limit=True),
        "limit of topic cannot be True (bool). Give int.",
    ),
    "a fraction as hops": (
        lambda base: base.why("KITE", "Kites", hops=Fraction(3, 2)),
        "hops of why cannot be Fraction(3, 2) (Fraction). Give int.",
    ),
    "a number among kinds": (
        lambda base: base.trends(kinds=["method", 3]),
        "kinds of trends cannot be ['method', 3] (list). Give a collection of str.",
    ),
    "texts as budgets": (
        lambda base: base.topic("KITE", budgets={"paper": "3"}),
        "budgets of topic cannot be {'paper': '3'} (dict). Give a mapping of str to int or None.",
    ),
    "a text as a bound of an export": (
        lambda base: base.export("json", "out", "KITE", hops="2"),
        "hops of export cannot be '2' (str). Give int.",
    ),
    "a misspelt bound of a page": (
        lambda base: base.view("out", "KITE", hop=2),
        "view takes no hop. What it takes: budgets, exclude, hops, kinds, limit, min_confidence, "
        "min_support, since, until.",
    ),
    "one dict as the bounds of two": (
        lambda base: base.diff_topics("KITE", "KITE", {}),
        "bounds of diff_topics cannot be {} (dict). Give a tuple of a dict of what topic takes, "
        "a dict of what topic takes.",
    ),
    "a text as a progress": (
        lambda base: base.doctor("all"),
        "progress of doctor cannot be 'all' (str). Give a function or None.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_the_error_says_what_was_given_and_what_is_taken(base: KnowledgeBase, case: str) -> None:
    ask, message = WRONG[case]
    with pytest.raises(ArgumentError) as caught:
        ask(base)
    assert str(caught.value) == message


def test_a_wrong_type_is_both_an_error_of_graphkb_and_a_type_error(base: KnowledgeBase) -> None:
    wrong: Any = 3
    for kind in (GraphKBError, TypeError):
        with pytest.raises(kind):
            base.show(wrong)


@pytest.mark.parametrize("value", [3, True, ["KITE"]])
def test_an_entity_in_a_query_is_named_by_a_text(base: KnowledgeBase, value: object) -> None:
    with pytest.raises(QueryError, match=r"^paper takes a name or an id, not "):
        base.query("cites", paper=value)


def test_numbers_of_numpy_are_numbers(base: KnowledgeBase) -> None:
    limit: Any = np.int64(5)
    assert base.search("KITE", limit=limit) == base.search("KITE", limit=5)
    assert next(found.id for found in base.search("KITE", limit=limit)) == "method:kite"


def test_what_can_be_read_once_is_read_once(base: KnowledgeBase) -> None:
    kinds: Any = (kind for kind in ["paper"])
    assert [found.id for found in base.search("kites", kinds=kinds)] == [PAPER.id]


def test_a_store_and_sources_may_be_paths(tmp_path: Path) -> None:
    source = tmp_path / "kites.bib"
    source.write_text("@article{a, title = {Kites of One Day}, year = {2024}, author = {A. Bee}}\n")
    with graphkb.open(tmp_path / "graph.kgl") as base:
        assert base.load(source).sources[0].kept == 1
        assert base.url == str(tmp_path / "graph.kgl")


def test_no_store_opens_for_a_number() -> None:
    wrong: Any = 5
    with pytest.raises(ArgumentError, match=r"^url of open cannot be 5 \(int\)\. Give str or Path"):
        graphkb.open(wrong)
    with pytest.raises(ArgumentError, match=r"^url of KnowledgeBase cannot be 5 \(int\)"):
        KnowledgeBase(wrong)


def test_too_many_arguments_are_told_by_python(base: KnowledgeBase) -> None:
    show: Any = base.show
    with pytest.raises(TypeError, match=r"show\(\) takes 2 positional arguments but 3 were given"):
        show("KITE", "Kites")
