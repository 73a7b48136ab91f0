"""A made-up graph while it grows, paper by paper, each statement with its sentence."""

from __future__ import annotations

import random
from collections.abc import Sequence

from benchmarks.wording import Wording
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.name import name_key

__all__ = ["KINDS", "SOURCE", "Popular", "World"]

SOURCE = "papers:made-up"
SAID = {
    "INTRODUCES": "This paper introduces {end}, a {about}.",
    "USES": "{start} is built with {end} for {about}.",
    "EXTENDS": "{start} extends {end} by {about}.",
    "GENERALIZES": "{start} has {end} as its special case of {about}.",
    "OUTPERFORMS": "{start} is better than {end} at {about}.",
    "COMPARED_WITH": "{start} and {end} are compared by {about}.",
    "EVALUATED_ON": "{start} is evaluated on {end} with {about}.",
    "APPLIED_TO": "{start} is applied to {end} of {about}.",
    "SURVEYS": "This is a survey of {end} and {about}.",
    "ANALYZES": "{start} looks closely at {end} and {about}.",
    "CRITIQUES": "{start} shows where {end} fails at {about}.",
    "MENTIONS": "Others use {end} for {about}.",
    "REPORTS": "{start} reaches {about} on {end}.",
    "HAS_CODE": "The code is at {end}.",
}
KINDS = {
    "Method": ("method", "framework"),
    "Model": ("model",),
    "Benchmark": ("benchmark", "dataset", "environment"),
}


class Popular:
    """Things of which those drawn often are drawn more often: an urn.

    Parameters
    ----------
    draw : random.Random
        The source of all that is drawn.
    fresh : float
        How often any thing is drawn, whatever its fame.
    memory : int
        How many of the last draws count: people retire.
    """

    def __init__(self, draw: random.Random, fresh: float, memory: int = 0) -> None:
        self._draw, self._fresh, self._memory = draw, fresh, memory
        self.all: list[str] = []
        self._urn: list[str] = []

    def add(self, thing: str, fame: int = 1) -> None:
        self.all.append(thing)
        self._urn += [thing] * fame

    def one(self) -> str:
        if self._draw.random() < self._fresh:
            thing = self._draw.choice(self.all)
        else:
            first = max(0, len(self._urn) - self._memory) if self._memory else 0
            thing = self._urn[self._draw.randrange(first, len(self._urn))]
        self._urn.append(thing)
        return thing


class World:
    """The graph while it grows, paper by paper in the order of their dates."""

    def __init__(self, count: int, seed: int) -> None:
        self.count = count
        self.draw = random.Random(seed)  # noqa: S311 - nobody's secret
        self.wording = Wording(self.draw)
        self.entities: dict[str, Entity] = {}
        self.edges: dict[tuple[str, str, str, str], Edge] = {}
        self.things = {label: Popular(self.draw, 0.25) for label in (*KINDS, "Task")}
        self.organizations = Popular(self.draw, 0.3)
        self.authors = Popular(self.draw, 0.05, count // 2)
        self.together: dict[str, Sequence[str]] = {}
        self.papers: list[str] = []
        self.text: list[str] = []
        self.length = self.signed = 0
        self.paper = self.date = ""

    def add(self, label: str, id_: str, name: str, **properties: Value | None) -> None:
        kept = {k: v for k, v in properties.items() if v is not None and v != ()}
        self.entities[id_] = Entity(label, id_, {"name": name, **kept})

    def join(self, start: str, type_: str, end: str, **own: Value) -> bool:
        key = (start, type_, end, self.paper)
        if key in self.edges:
            return False
        told: dict[str, Value] = {"rule": "record", "confidence": 1000, "sources": (SOURCE,)}
        labels = self.entities[start].label, self.entities[end].label
        properties = {**told, "stated": self.date, **own}
        self.edges[key] = Edge(*key, *labels, properties)
        return True

    def say(self, start: str, type_: str, end: str, about: str = "") -> dict[str, Value]:
        """Write a sentence into the abstract, and return what an edge tells of it."""
        names = {"start": self.entities[start].name, "end": self.entities[end].name}
        if start == self.paper:
            names["start"] = "Our work"
        sentence = SAID[type_].format(**names, about=about or self.wording.phrase(4))
        begin = self.write(sentence)
        return {
            "field": "abstract",
            "begin": begin,
            "stop": begin + len(sentence),
            "evidence": sentence,
            "rule": f"made-up:{type_}",
            "confidence": self.draw.randint(200, 990),
        }

    def write(self, sentence: str) -> int:
        begin = self.length
        self.text.append(sentence)
        self.length += len(sentence) + 1
        return begin

    def artefact(self, label: str, fame: int = 1, **properties: Value | None) -> str:
        name, long, aliases = self.wording.artefact()
        id_ = f"method:{name_key(name)}"
        kind = self.draw.choice(KINDS[label])
        told: dict[str, Value | None] = {
            "long_name": long,
            "aliases": aliases,
            "kind": kind,
            **properties,
        }
        self.add(label, id_, name, **told)
        self.things[label].add(id_, fame)
        return id_

    def some(self, mean: float) -> int:
        """A number of things around a mean, up to three times as many."""
        whole = int(mean * 3)
        if whole < 1:
            return int(self.draw.random() < mean)
        return sum(self.draw.random() < mean / whole for _ in range(whole))
