"""Write a small graph down as a person draws it: papers, things, and who says what of whom."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphkb.model.graph import Edge, Entity, Graph, Value

# What asks a named query with parameters, and gives the rows; the fixture `ask` is one.
Asked = Callable[..., list[tuple[Any, ...]]]

SPACES = {"Task": "task", "Author": "author", "Organization": "org", "Repository": "repo"}
KINDS = {"Method": "method", "Model": "model", "Benchmark": "benchmark"}


def small_graph(
    papers: Mapping[str, str | None],
    things: Mapping[str, str],
    claims: Iterable[str],
    results: Iterable[tuple[str, str, str, str | None, float | None, dict[str, Value]]] = (),
    known: Mapping[str, dict[str, Value]] | None = None,
) -> Graph:
    """Return the graph of what is written down.

    `papers` gives each its date; one that begins with `stub` was never loaded. `things` gives
    each label its names. A claim is `start TYPE end @paper`, the paper left out where it is the
    start itself, `!` after it where the catalogue says so, and ` on X` at the end where the
    sentence names a benchmark. A result is its name, paper, subject, benchmark, value, and what
    else is known. `known` adds properties to a thing.
    """
    known = known or {}
    entities = [_paper(name, date, known.get(name, {})) for name, date in papers.items()]
    entities += [
        Entity(label, _id(label, name), {"name": name, **_kind(label), **known.get(name, {})})
        for label, named in things.items()
        for name in named.split()
    ]
    said = list(claims)
    for name, paper, subject, benchmark, value, own in results:
        figure: dict[str, Value] = {"name": name, "reading": "absolute"}
        if value is not None:
            figure |= {"value": value, "value_text": f"{value:g}"}
        entities.append(Entity("Result", f"result:{name}", {**figure, **own}))
        said += [f"{paper} REPORTS {name}", f"{name} OF {subject} @{paper}"]
        said += [f"{name} ON {benchmark} @{paper}"] if benchmark else []
    at = {entity.name: entity for entity in entities}
    edges = [_edge(claim, at, papers) for claim in said]
    return Graph.of(entities, edges)


def _paper(name: str, date: str | None, own: Mapping[str, Value]) -> Entity:
    stated: dict[str, Value] = {"name": name, "title": name, "stub": name.startswith("stub")}
    if date is not None:
        stated |= {"published": date, "year": int(date[:4])}
    return Entity("Paper", f"title:{name}", {**stated, **own})


def _id(label: str, name: str) -> str:
    return f"{SPACES.get(label, 'method')}:{name}"


def _kind(label: str) -> dict[str, Value]:
    return {"kind": KINDS[label]} if label in KINDS else {}


def _edge(claim: str, at: Mapping[str, Entity], papers: Mapping[str, str | None]) -> Edge:
    said, _, benchmark = claim.partition(" on ")
    words, _, paper = said.partition(" @")
    start, type_, end = words.split()
    curated = paper.endswith("!")
    paper = paper.rstrip("!") or start
    properties: dict[str, Value] = {"evidence": f"{words}.", "rule": "test", "confidence": 900}
    if curated:
        properties = {"reason": f"{words}, as is known.", "rule": "catalogue"}
    if (date := papers[paper]) is not None:
        properties["stated"] = date
    if benchmark:
        properties["on"] = at[benchmark].id
    ends = at[start], at[end]
    ids = [entity.id for entity in ends]
    labels = [entity.label for entity in ends]
    return Edge(ids[0], type_, ids[1], at[paper].id, labels[0], labels[1], properties)
