"""A graph of the texts that files trip over."""

from graphkb.model.graph import Edge, Entity, Graph, Value

__all__ = ["ODD_TEXTS", "odd_graph"]

ODD_TEXTS = (
    "emoji 👩‍🔬 and é",
    "right \u202eto left שלום",
    "control \x00\x07\x1b[31m \x1f end",
    'quotes " and , and ; and <tag attr="x"> & &amp; ]]>',
    "lines\nwithin\r\nand\rtabs\t.",
    "  padded  ",
    "=1+1",
    "long " + "x" * 100_000,
)


def odd_graph(texts: tuple[str, ...]) -> Graph:
    """Return papers named by the texts, each citing the next twice and the first itself."""
    papers = []
    for number, text in enumerate(texts):
        known: dict[str, Value] = {"name": text, "title": text, "stub": number % 2 == 0}
        if number % 3 == 0:
            known |= {"abstract": text, "upvotes": -number, "former_ids": (text, "b")}
        papers.append(Entity("Paper", f"arxiv:2401.{number:05}", known))
    result = Entity("Result", "result:1", {"name": "1.5", "value": 1.5, "value_text": "1.5"})
    edges = [
        Edge(a.id, "CITES", b.id, by.id, "Paper", "Paper", {"evidence": a.name, "begin": at})
        for at, (a, b) in enumerate(zip(papers, papers[1:] + papers[:1], strict=True))
        for by in (a, papers[0])
    ]
    loop = Edge(papers[0].id, "CITES", papers[0].id, papers[0].id, "Paper", "Paper", {})
    reports = Edge(papers[0].id, "REPORTS", result.id, papers[0].id, "Paper", "Result", {})
    return Graph.of([*papers, result], [*edges, loop, reports])
