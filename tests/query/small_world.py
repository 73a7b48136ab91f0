"""Small graphs for the questions, written down as a reader of the papers would tell them."""

from collections.abc import Iterator
from contextlib import contextmanager

from graphkb.build.support import with_support
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import KIND_LABELS
from graphkb.store import Changes, Store, open_store


class SmallWorld:
    """A graph that grows statement by statement."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.edges: list[Edge] = []

    def paper(
        self, number: str, published: str | None = None, authors: str = "", *, stub: bool = False
    ) -> str:
        """Add a paper called "On NUMBER" by authors of one letter each."""
        id_, name = f"arxiv:{number}", f"On {number}"
        dated: dict[str, Value] = {"published": published} if published else {}
        known: dict[str, Value] = {"name": name, "title": name, "stub": stub, **dated}
        self.entities[id_] = Entity("Paper", id_, known)
        for author in authors:
            self.entities[f"author:{author}"] = Entity(
                "Author", f"author:{author}", {"name": author}
            )
            self.say(id_, id_, "AUTHORED_BY", f"author:{author}")
        return id_

    def thing(self, name: str, kind: str = "method", **known: Value) -> str:
        """Add a method, model, benchmark or task."""
        id_ = f"{'task' if kind == 'task' else 'method'}:{name.lower()}"
        own: dict[str, Value] = {} if kind == "task" else {"kind": kind}
        self.entities[id_] = Entity(KIND_LABELS[kind], id_, {"name": name, **own, **known})
        return id_

    def say(self, paper: str, start: str, type_: str, end: str, **own: Value) -> None:
        """Let a paper state something."""
        labels = self.entities[start].label, self.entities[end].label
        date = self.entities[paper].properties.get("published")
        stated: dict[str, Value] = {"evidence": f"{start} {type_} {end}.", "rule": "test"}
        if own.get("rule") == "catalogue":
            stated = {"reason": "it is known"}
        dated: dict[str, Value] = {"stated": date} if date else {}
        self.edges.append(Edge(start, type_, end, paper, *labels, {**stated, **dated, **own}))

    def report(
        self,
        paper: str,
        text: str,
        value: float,
        of: str,
        on: str,
        *,
        reading: str = "absolute",
        against: str | None = None,
        **known: str,
    ) -> str:
        """Let a paper report a number."""
        id_ = f"result:{len(self.entities)}"
        own: dict[str, Value] = {"value": value, "value_text": text, "reading": reading, **known}
        self.entities[id_] = Entity("Result", id_, {"name": text, **own})
        said = f"It says {text}."
        self.say(paper, paper, "REPORTS", id_, evidence=said)
        self.say(paper, id_, "OF", of, evidence=said)
        self.say(paper, id_, "ON", on, evidence=said)
        if against:
            self.say(paper, id_, "AGAINST", against, evidence=said)
        return id_

    def write(self, url: str) -> None:
        """Put the graph into a store."""
        graph = Graph.of(with_support(self.entities, self.edges).values(), self.edges)
        with open_store(url, write=True) as store:
            store.write(
                Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
            )

    @contextmanager
    def held(self, url: str) -> Iterator[Store]:
        """Put the graph into a store and open that for reading."""
        self.write(url)
        with open_store(url) as store:
            yield store
