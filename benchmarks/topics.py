"""How many of the papers of a method a topic finds again when it is not told of them.

``python -m benchmarks.topics STORE [--methods N] [--tune] [--only NAME…] [--out FILE]`` takes
methods that papers mention, removes what joins each to a random third of these papers, and counts
how many of the third are among the first 50 and 100 papers of its topic.

The rule, in full. Of the methods (label Method) with 12 mentioning papers or more those are taken
whose ``sha256("topics <id>")`` is least: the first 30 for the report, the 15 after them for trying
things out (``--tune``). A paper mentions a method where an edge of any type but INTRODUCES joins
the two, and it is no stub. The third is drawn by a generator that is seeded with the method's id.
What is removed, from a copy in memory, and for one method at a time:

- ``edges``: the edges between the method and each paper of the third. What the paper introduces
  keeps its own edges, so that most of these papers are two hops away.
- ``statements``: these, and every other edge at the method that such a paper states. Nothing but
  what it shares with other papers still leads to it.

Three ways to find them are compared. ``topic`` is `find_topic` with room for 100 papers; a method's
remaining papers stand among the first 50 and 100 as well, and take room there. ``two hops`` ranks
every paper within two hops by the number of ways to it. ``text`` is `search` for the method's name
in titles and abstracts, where the name of most of these papers' methods stands in plain sight: no
way through the graph, but what a person without one has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import graphkb
from benchmarks.part import Part, Setting
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ENTITY_TYPES
from graphkb.query.search import search
from graphkb.store import Changes, Store, open_store
from graphkb.topic.find import find_topic
from graphkb.topic.seed import Seed

__all__ = ["measure"]

FIRST = (50, 100)
LEAST_PAPERS = 12
REPORTED, TRIED = 30, 15
HIDDEN = ("edges", "statements")
WAYS = ("topic", "two hops", "text")
_GROUND = frozenset(declared.label for declared in ENTITY_TYPES if declared.ground)
_LIMIT = 400


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What a store holds, as values; without ground truth."""

    entities: Mapping[str, Entity]
    edges: tuple[Edge, ...]

    @classmethod
    def of(cls, store: Store) -> _Corpus:
        labels = [declared.label for declared in ENTITY_TYPES if not declared.ground]
        edges = (e for e in store.edges() if not {e.start_label, e.end_label} & _GROUND)
        return cls({found.id: found for found in store.entities(labels)}, tuple(edges))

    def copy(self) -> Store:
        """Return a store in memory that holds the same."""
        store = open_store(":memory:", write=True)
        store.write(Changes(entities=tuple(self.entities.values()), edges=self.edges))
        return store

    def is_paper(self, id_: str) -> bool:
        entity = self.entities[id_]
        return entity.label == "Paper" and not entity.properties.get("stub")

    def mentioned(self) -> dict[str, list[str]]:
        """The papers of each method that is mentioned often enough, both sorted."""
        found: dict[str, set[str]] = defaultdict(set)
        for edge in self.edges:
            if (
                edge.end_label == "Method"
                and edge.type != "INTRODUCES"
                and self.is_paper(edge.start)
            ):
                found[edge.end].add(edge.start)
        return {m: sorted(found[m]) for m in sorted(found) if len(found[m]) >= LEAST_PAPERS}


def measure(
    url: str, *, tried: bool = False, methods: int = REPORTED, only: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """Yield how many papers each way finds again, method by method.

    Parameters
    ----------
    url : str
        The store; it is read, not changed.
    tried : bool
        Whether the methods are those for trying things out.
    methods : int
        How many.
    only : sequence of str
        Ids to keep of them; all by default.

    Yields
    ------
    dict
        With the method, what was removed, and of each way the recall at 50 and 100.
    """
    with open_store(url) as store:
        corpus = _Corpus.of(store)
        mentioned = corpus.mentioned()
        drawn = sorted(mentioned, key=lambda id_: hashlib.sha256(f"topics {id_}".encode()).digest())
        chosen = drawn[REPORTED:][:TRIED] if tried else drawn[:methods]
        with corpus.copy() as copy:
            for method in chosen:
                if only and method not in only:
                    continue
                texts = _by_text(store, corpus.entities[method].name)
                for hidden in HIDDEN:
                    yield _found_again(corpus, copy, method, mentioned[method], hidden, texts)


def _found_again(
    corpus: _Corpus, copy: Store, method: str, papers: list[str], hidden: str, texts: list[str]
) -> dict[str, Any]:
    draw = random.Random(method)  # noqa: S311 - nobody's secret
    third = frozenset(draw.sample(papers, round(len(papers) / 3)))
    removed = tuple(e for e in corpus.edges if _joins(e, method, third, hidden))
    copy.write(Changes(delete_edges=removed))
    try:
        gone = {edge.key for edge in removed}
        kept = [edge for edge in corpus.edges if edge.key not in gone]
        ranked = {
            "topic": _by_topic(copy, corpus, method),
            "two hops": _by_two_hops(corpus, kept, method),
            "text": texts,
        }
    finally:
        copy.write(Changes(edges=removed))
    return {
        "method": method,
        "hidden": hidden,
        "papers": len(papers),
        "third": len(third),
        **{
            way: {f"@{n}": round(len(third & set(ranked[way][:n])) / len(third), 3) for n in FIRST}
            for way in WAYS
        },
    }


def _joins(edge: Edge, method: str, third: frozenset[str], hidden: str) -> bool:
    if method not in (edge.start, edge.end) or edge.type == "INTRODUCES":
        return False
    other = edge.start if edge.end == method else edge.end
    return other in third or (hidden == "statements" and edge.paper in third)


def _by_topic(store: Store, corpus: _Corpus, method: str) -> list[str]:
    seed = Seed(method, (method,), named=True)
    topic = find_topic(store, [seed], limit=_LIMIT, budgets={"paper": FIRST[-1]})
    return [m.entity.id for m in topic.members if corpus.is_paper(m.entity.id)][: FIRST[-1]]


def _by_two_hops(corpus: _Corpus, edges: list[Edge], method: str) -> list[str]:
    """Papers within two hops, those with most ways first."""
    near: dict[str, Counter[str]] = defaultdict(Counter)
    for edge in edges:
        near[edge.start][edge.end] += 1
        near[edge.end][edge.start] += 1
    ways = Counter(near[method])
    for middle, count in near[method].items():
        for end, more in near[middle].items():
            ways[end] += count * more
    papers = [id_ for id_ in ways if id_ != method and corpus.is_paper(id_)]
    return sorted(papers, key=lambda id_: (-ways[id_], id_))[: FIRST[-1]]


def _by_text(store: Store, name: str) -> list[str]:
    found = search(store, name, limit=FIRST[-1], kinds=["paper"])
    return [one.id for one in found]


def summary(found: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the means of each way, for each that was removed."""
    for hidden in HIDDEN:
        rows = [row for row in found if row["hidden"] == hidden]
        if not rows:
            continue
        means = {
            way: {
                f"@{n}": round(statistics.fmean(row[way][f"@{n}"] for row in rows), 3)
                for n in FIRST
            }
            for way in WAYS
        }
        yield {
            "method": f"mean of {len(rows)}",
            "hidden": hidden,
            "papers": "",
            "third": "",
            **means,
        }


def line(found: Mapping[str, Any]) -> str:
    """Return a measurement as a line of a table."""
    figures = "   ".join(" ".join(f"{value:5.3f}" for value in found[way].values()) for way in WAYS)
    return (
        f"{found['method']:32} {found['hidden']:10} {found['papers']:>6} {found['third']:>5}   "
        f"{figures}"
    )


def _part(setting: Setting) -> Iterator[Mapping[str, Any]]:
    store = setting.made()
    if setting.daily.is_file():
        store = str(setting.folder / "daily.kgl")
        with graphkb.open(store) as base:
            base.load(str(setting.daily))
    for means in summary(list(measure(store, methods=setting.size.methods))):
        what = f"{means['method']} methods: papers found again, {means['hidden']} removed"
        yield {"what": what, **{way: means[way] for way in WAYS}}


PART = Part("topics", "how many papers of a method its topic finds again", _part)


def main() -> None:
    """Measure, print a table, and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", help="a file or a server; it is only read")
    parser.add_argument("--methods", type=int, default=REPORTED)
    parser.add_argument("--tune", action="store_true", help="the methods for trying things out")
    parser.add_argument("--only", nargs="+", default=(), metavar="ID")
    parser.add_argument("--out", type=Path, help="where to write the figures as JSON")
    given = parser.parse_args()
    print(f"{'method':32} {'hidden':10} papers third   {'   '.join(f'{w:11}' for w in WAYS)}")
    measured = []
    for found in measure(given.store, tried=given.tune, methods=given.methods, only=given.only):
        measured.append(found)
        print(line(found), flush=True)
    means = list(summary(measured))
    print("\n".join(map(line, means)))
    if given.out:
        given.out.write_text(json.dumps([*measured, *means], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
