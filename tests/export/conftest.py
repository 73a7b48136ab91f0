"""A small graph with whatever files trip over, and one with sources and records."""

from pathlib import Path

import pytest
from odd_graph import ODD_TEXTS, odd_graph

import graphkb
from graphkb.model.graph import Edge, Entity, Graph, Value


@pytest.fixture(scope="session")
def odd() -> Graph:
    """Return a graph of odd texts."""
    return odd_graph(ODD_TEXTS)


@pytest.fixture(scope="session")
def shelf() -> Graph:
    """Return papers to be cited, of each kind, with authors who are not in order of their ids."""
    zoe, ana, lab = (
        Entity("Author", f"author:{key}", {"name": name, "key": key})
        for key, name in (("zoe", "Zoë Łukasz"), ("ana", "Ana de la Cruz"), ("lab", "OpenAI"))
    )
    grpo: dict[str, Value] = {
        "arxiv": "2402.03300",
        "doi": "10.1000/a_b(c)",
        "published": "2024-02-05",
        "year": 2024,
        "abstract": "They {fly} -- 'as' ``it'' were; a\\b ~ $5 #1 <x> | é 中 →.",
        "upvotes": 3,
        "url": "https://example.org/a_b?c=%20d#e",
    }
    journal: dict[str, Value] = {"doi": "10.1000/j", "venue": "Journal of Kites", "pages": "1-10"}
    conference: dict[str, Value] = {"venue": "Proceedings of the Kite Conference"}
    shelved: list[tuple[str, str, dict[str, Value]]] = [
        ("arxiv:2402.03300", "The GRPO of 50% & τ_2: Kites^2", grpo),
        ("doi:10.1000/j", "On Kites", journal | {"published": "2023-11"}),
        ("title:kites", "Kites, again", conference | {"published": "2022"}),
        ("arxiv:math/0309136", "Old Kites", {"arxiv": "math/0309136"}),
    ]
    papers = [
        Entity("Paper", id_, {**told, "name": title, "title": title, "stub": False})
        for id_, title, told in shelved
    ]
    stub = Entity("Paper", "doi:10.1000/gone", {"name": "doi:10.1000/gone", "stub": True})
    method = Entity("Method", "method:grpo", {"name": "GRPO"})
    first, second, third, _ = papers
    written = [(first, zoe, 1), (first, ana, 2), (first, lab, 3), (second, zoe, 1), (third, lab, 1)]
    edges = [
        Edge(p.id, "AUTHORED_BY", a.id, p.id, "Paper", "Author", {"position": at})
        for p, a, at in written
    ]
    edges.append(Edge(first.id, "INTRODUCES", method.id, first.id, "Paper", "Method", {}))
    edges.append(Edge(first.id, "CITES", stub.id, first.id, "Paper", "Paper", {}))
    return Graph.of([*papers, stub, method, zoe, ana, lab], edges)


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a store that holds the sample."""
    url = str(Path(tmp_path_factory.mktemp("sample")) / "graph.kgl")
    with graphkb.open(url) as base:
        base.load("sample:")
    return url
