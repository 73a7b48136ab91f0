"""A small world of knots: a method, its family, a benchmark with numbers, code, and a circle."""

from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.store import Changes
from graphkb.topic.reason import Step
from graphkb.topic.topic import Member, Topic


def paper(number: int, name: str, **known: Value) -> Entity:
    held: dict[str, Value] = {"name": name, "title": name, "stub": False}
    return Entity("Paper", f"arxiv:2301.{number:05}", held | known)


def method(key: str, name: str, **known: Value) -> Entity:
    return Entity("Method", f"method:{key}", {"name": name, "kind": "method", **known})


def said(
    start: Entity, type_: str, end: Entity, by: Entity, sentence: str = "", **known: Value
) -> Edge:
    """Return an edge that a sentence states; a curated one where there is none."""
    held: dict[str, Value] = {"confidence": 900, "rule": "pattern", "evidence": sentence}
    if not sentence:
        held = {"confidence": 1000, "rule": "catalogue", "reason": f"known of {start.name}"}
    held["stated"] = str(by.properties.get("published", "2020"))
    return Edge(start.id, type_, end.id, by.id, start.label, end.label, held | known)


KNOT = method(
    "knot", "Knot", long_name="Bowline Method", support=3, curated=True, first_stated="1999"
)
REEF = method("reef", "Reef", support=2, first_stated="2023-05")
GRANNY = method("granny", "Granny", first_stated="2024-02")
HITCH = method("hitch", "Half Hitch", support=1)
ROPES = Entity("Benchmark", "method:ropes", {"name": "Ropes-1k", "kind": "dataset", "support": 2})
CORDS = Entity("Benchmark", "method:cords", {"name": "Cords", "kind": "benchmark"})
ORIGIN = paper(1, "The Knot Paper", stub=True, published="1999", year=1999)
TYING = paper(2, "Tying Reef", published="2023-05-01", abstract="Reef knots jam rarely.")
AGAIN = paper(3, "Granny Revisited <b>[x](http://evil.example)</b>", published="2024-02-01")
STUDY = paper(4, "A Study of Knots", published="2024-03-01", summary=True)
CODE = Entity(
    "Repository",
    "repo:github.com/knots/reef",
    {"name": "knots/reef", "url": "https://github.com/knots/reef", "stars": 1200},
)
ADA = Entity("Author", "author:ada", {"name": "Ada Tier"})
BOB = Entity("Author", "author:bob", {"name": "Bob Splicer"})
BEST = Entity(
    "Result",
    "result:1",
    {"name": "91%", "value": 91.0, "value_text": "91%", "metric": "accuracy", "unit": "%",
     "direction": "up", "reading": "absolute"},
)  # fmt: skip
LESS = Entity(
    "Result",
    "result:2",
    {"name": "88", "value": 88.0, "value_text": "88", "metric": "accuracy", "direction": "up",
     "reading": "absolute"},
)  # fmt: skip
GAIN = Entity(
    "Result",
    "result:3",
    {"name": "3 points", "value": 3.0, "value_text": "3 points", "unit": "points",
     "reading": "gain", "setting": "up to"},
)  # fmt: skip

_HOLDS = "Reef holds 91% of Ropes-1k, up to 3 points more than Knot."

GRAPH = Graph.of(
    [KNOT, REEF, GRANNY, HITCH, ROPES, CORDS, ORIGIN, TYING, AGAIN, STUDY, CODE, ADA, BOB, BEST,
     LESS, GAIN],
    [
        said(ORIGIN, "INTRODUCES", KNOT, ORIGIN),
        said(TYING, "INTRODUCES", REEF, TYING, "We propose Reef."),
        said(AGAIN, "INTRODUCES", GRANNY, AGAIN, "We call it *Granny*."),
        said(REEF, "EXTENDS", KNOT, TYING, "Reef is a flat variant of Knot."),
        said(GRANNY, "EXTENDS", REEF, AGAIN, "Granny ties Reef the other way."),
        said(KNOT, "EXTENDS", GRANNY, STUDY, "Knot is a special Granny.", confidence=400),
        said(HITCH, "EXTENDS", KNOT, STUDY),
        said(GRANNY, "OUTPERFORMS", KNOT, AGAIN, "Granny holds longer than Knot."),
        said(STUDY, "CRITIQUES", KNOT, STUDY, "Knot slips when wet."),
        said(REEF, "EVALUATED_ON", ROPES, TYING, _HOLDS),
        said(HITCH, "EVALUATED_ON", CORDS, STUDY, "Half Hitch was tried on Cords."),
        said(TYING, "HAS_CODE", CODE, TYING, "Code: github.com/knots/reef."),
        said(TYING, "AUTHORED_BY", BOB, TYING, "", position=1),
        said(TYING, "AUTHORED_BY", ADA, TYING, "", position=2),
        said(AGAIN, "CITES", TYING, AGAIN),
        said(TYING, "REPORTS", BEST, TYING, _HOLDS),
        said(BEST, "OF", REEF, TYING, _HOLDS),
        said(BEST, "ON", ROPES, TYING, _HOLDS),
        said(TYING, "REPORTS", GAIN, TYING, _HOLDS),
        said(GAIN, "OF", REEF, TYING, _HOLDS),
        said(GAIN, "ON", ROPES, TYING, _HOLDS),
        said(GAIN, "AGAINST", KNOT, TYING, _HOLDS),
        said(AGAIN, "REPORTS", LESS, AGAIN, "Granny reaches 88 on Ropes-1k."),
        said(LESS, "OF", GRANNY, AGAIN, "Granny reaches 88 on Ropes-1k."),
        said(LESS, "ON", ROPES, AGAIN, "Granny reaches 88 on Ropes-1k."),
    ],
)  # fmt: skip


def _member(entity: Entity, score: float, *steps: Step) -> Member:
    way = (Step(KNOT.id, "Knot"), *steps) if steps else (Step(entity.id, entity.name),)
    return Member(entity, score, not steps, way)


def _step(to: Entity, type_: str, by: Entity, *, outgoing: bool = False) -> Step:
    return Step(to.id, to.name, type_, outgoing, by.id)


_REEF = _step(REEF, "EXTENDS", TYING)
# By hand, not found: what is relevant to a seed may change, what is said of it may not.
TOPIC = Topic(
    ("Knot",),
    GRAPH,
    (
        _member(KNOT, 0.5),
        _member(REEF, 0.2, _REEF),
        _member(GRANNY, 0.1, _step(GRANNY, "OUTPERFORMS", AGAIN)),
        _member(HITCH, 0.09, _step(HITCH, "EXTENDS", STUDY)),
        _member(ORIGIN, 0.08, _step(ORIGIN, "INTRODUCES", ORIGIN)),
        _member(STUDY, 0.07, _step(STUDY, "CRITIQUES", STUDY)),
        _member(TYING, 0.06, _REEF, _step(TYING, "INTRODUCES", TYING)),
        _member(AGAIN, 0.05, _REEF, _step(AGAIN, "CITES", AGAIN)),
        _member(ROPES, 0.04, _REEF, _step(ROPES, "EVALUATED_ON", TYING, outgoing=True)),
    ),
    ("method:sheepshank",),
)


def changes() -> Changes:
    """Return the world as a store takes it."""
    return Changes(entities=tuple(GRAPH.entities.values()), edges=tuple(GRAPH.edges.values()))
