"""Small graphs of methods, written as lines: who extends whom, in which paper."""

from graphkb.model.graph import Edge, Entity, Value
from graphkb.store import Changes

# What is known of some things beside the name; a thing that is not here is a method of no date.
THINGS: dict[str, tuple[str, dict[str, Value]]] = {
    "root": ("Method", {"first_stated": "2020-05", "support": 4, "support_groups": 3}),
    "elder": ("Method", {"first_stated": "2017", "support": 0, "curated": True}),
    "eldest": ("Method", {"first_stated": "1992"}),
    "early": ("Method", {"first_stated": "2021-01-01", "support": 1}),
    "strong": ("Method", {"first_stated": "2022", "support": 9, "support_groups": 5}),
    "weak": ("Method", {"first_stated": "2022-03-01", "support": 2}),
    "twin": ("Method", {"first_stated": "2022", "support": 2}),
    "model": ("Model", {"first_stated": "2023", "support": 1}),
    "bench": ("Benchmark", {"support": 3}),
    "spa": ("Method", {"support": 1, "ambiguous": True, "senses": ("method:loop",)}),
    "task": ("Task", {"support": 2}),
    "ann": ("Author", {}),
}

# child or start, type, parent or end, paper; a star marks what is curated.
LINES = """
    root EXTENDS elder p1
    root EXTENDS elder stub *
    elder EXTENDS eldest stub *
    root GENERALIZES eldest p2
    weak EXTENDS root p3
    twin EXTENDS root p3
    strong EXTENDS root p1
    early EXTENDS root p1
    early EXTENDS root p2
    undated EXTENDS root p2
    p4 EXTENDS root p4
    model EXTENDS weak p4
    model EXTENDS twin p4
    deep EXTENDS model p4
    deeper EXTENDS deep p4
    deepest EXTENDS deeper p4
    loop EXTENDS loop p1
    ring1 EXTENDS ring2 p1
    ring2 EXTENDS ring3 p2
    ring3 EXTENDS ring1 p3
    out EXTENDS ring1 p3
    p3 EXTENDS plainest p3
    p4 EXTENDS plainest p4
    plain EXTENDS plainest p4
    p1 INTRODUCES root p1
    stub INTRODUCES elder stub *
    p1 AUTHORED_BY ann p1
"""
FAN = 45


def changes() -> Changes:
    """The graph of LINES, with a fan of many children of one parent."""
    lines = [line.split() for line in LINES.split("\n") if line.strip()]
    lines += [[f"fan{n:02}", "EXTENDS", "hub", "p1"] for n in range(FAN)]
    return written(lines, THINGS)


def written(lines: list[list[str]], things: dict[str, tuple[str, dict[str, Value]]]) -> Changes:
    entities: dict[str, Entity] = {}

    def thing(name: str) -> Entity:
        if (name.startswith("p") and name[1:].isdigit()) or name == "stub":
            title = f"On {name}"
            dated: dict[str, Value] = (
                {"published": f"202{name[1]}-02-03"} if name[1:] != "tub" else {}
            )
            made = Entity(
                "Paper",
                f"arxiv:{name}",
                {"name": title, "title": title, "stub": name == "stub", **dated},
            )
        else:
            label, known = things.get(name, ("Method", {}))
            scheme = label.lower() if label in ("Task", "Author", "Result") else "method"
            made = Entity(label, f"{scheme}:{name}", {"name": name.capitalize(), **known})
        return entities.setdefault(made.id, made)

    edges = []
    for start, type_, end, paper, *rest in lines:
        a, b, p = thing(start), thing(end), thing(paper)
        said: dict[str, Value] = {
            "evidence": f"{start} {type_} {end}, says {paper}.",
            "rule": "test",
        }
        said |= {"confidence": int(rest[0]) if rest and rest[0].isdigit() else 900}
        if "*" in rest:
            said = {"reason": f"{start} {type_} {end}", "rule": "catalogue", "confidence": 1000}
        if "published" in p.properties:
            said["stated"] = p.properties["published"]
        edges.append(Edge(a.id, type_, b.id, p.id, a.label, b.label, said))
    for name in things:
        thing(name)
    return Changes(entities=tuple(entities.values()), edges=tuple(edges))
