"""A made-up graph of any size, as a load derives it: papers that introduce, use and cite.

Fewer papers in early years than in late ones; citations, the use of methods, authors and tasks by
power laws, as "who has gets more" makes them; every statement quotes a sentence of its paper's
abstract. The same size and seed give the same graph. ``python -m benchmarks.derived --papers N
STORE`` writes one, into a file or a server.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.machine import peak_mb
from benchmarks.part import Part, Setting
from benchmarks.world import SOURCE, World
from graphkb.build.support import with_support
from graphkb.model.graph import Entity, Graph, Value
from graphkb.model.name import id_key, name_key
from graphkb.store import Changes, open_store

__all__ = ["derived_graph"]

FIRST_YEAR, LAST_YEAR, GROWTH = 2010, 2025, 1.3
STUBS = 0.05
# How often the best known of what is there from the beginning counts as drawn already.
FAME = 300
# A hundred thousand papers of this kind: a million citations, 20,000 methods, 300,000 uses.
CITATIONS, USES, METHODS, MODELS, BENCHMARKS = 10, 3, 0.2, 0.03, 0.03
AUTHORS, ORGANIZATIONS, TASKS, REPOSITORIES = 0.6, 0.01, 0.02, 0.25
# What else is stated, a paper; most of a kind's statements are of popular things.
STATED = {
    "EXTENDS": 0.22,
    "GENERALIZES": 0.02,
    "OUTPERFORMS": 0.3,
    "COMPARED_WITH": 0.1,
    "EVALUATED_ON": 0.8,
    "APPLIED_TO": 0.6,
    "SURVEYS": 0.02,
    "ANALYZES": 0.08,
    "CRITIQUES": 0.03,
    "MENTIONS": 1.0,
    "REPORTS": 0.6,
}
METRICS = (("accuracy", "up", "%"), ("pass@1", "up", "%"), ("FID", "down", ""), ("F1", "up", "%"))


def derived_graph(papers: int, seed: int = 1) -> Graph:
    """Make a graph.

    Parameters
    ----------
    papers : int
        How many papers; the numbers of all else follow.
    seed : int
        Of everything that is drawn.

    Returns
    -------
    Graph
        With its one source and without records.
    """
    world = World(papers, seed)
    _set_the_scene(world)
    dates = _dates(papers, world.draw)
    # Of a work that is only cited a title and a year are known.
    stubs = set(world.draw.sample(range(int(papers * 0.8)), int(papers * STUBS)))
    whole = [number for number in range(papers) if number not in stubs]
    introduced = _introduced(world, whole)
    uses = Counter(world.draw.choices(whole, k=papers * USES))
    for number, date in enumerate(dates):
        _open_paper(world, number, date)
        if number not in stubs:
            _write_paper(world, introduced.get(number), uses[number])
        _close_paper(world, is_stub=number in stubs)
    _cite(world)
    _bend_lineage(world)
    found = with_support(world.entities, world.edges.values())
    source: dict[str, Value] = {"loader": "papers", "state": "complete", "papers": papers}
    found[SOURCE] = Entity("Source", SOURCE, {"name": "made-up", "records": 0, **source})
    # In the order of coming into being: sorting millions of keys takes longer than making them.
    return Graph({entity.key: entity for entity in found.values()}, world.edges)


def _set_the_scene(world: World) -> None:
    """What is there before the first paper: curated methods, names in use, tasks, people."""
    for label, share in (("Method", METHODS), ("Model", MODELS), ("Benchmark", BENCHMARKS)):
        for number in range(max(2, int(world.count * share * 0.05))):
            fame = 1 + int(FAME / (number + 1) ** 0.7)
            world.artefact(label, fame, curated=True if number % 2 else None)
    for number in range(max(2, int(world.count * TASKS))):
        name = f"{world.wording.rare(number)} {world.wording.words(1)[0]}"
        world.add("Task", f"task:{name_key(name)}", name)
        world.things["Task"].add(f"task:{name_key(name)}", 1 + int(FAME / (number + 1) ** 0.7))
    for number in range(max(2, int(world.count * ORGANIZATIONS))):
        name = f"{world.wording.rare(number).capitalize()} University"
        world.add("Organization", f"org:{id_key(name)}", name)
        world.organizations.add(f"org:{id_key(name)}")

    for _ in range(2 + world.count // 200):
        _author(world)


def _dates(count: int, draw: random.Random) -> list[str]:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    chosen = draw.choices(years, [GROWTH ** (y - FIRST_YEAR) for y in years], k=count)
    days = (f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}" for year in chosen)
    return sorted(days)


def _introduced(world: World, papers: Sequence[int]) -> dict[int, str]:
    """Which of the papers introduce what: what is not there from the beginning."""
    wanted = [
        label
        for label, share in (("Method", METHODS), ("Model", MODELS), ("Benchmark", BENCHMARKS))
        for _ in range(int(world.count * share) - len(world.things[label].all))
    ]
    world.draw.shuffle(wanted)
    return dict(zip(world.draw.sample(papers, len(wanted)), wanted, strict=True))


def _open_paper(world: World, number: int, date: str) -> None:
    world.text, world.length, world.date = [], 0, date
    world.paper = f"arxiv:{date[2:4]}{date[5:7]}.{number % 100_000:05}"
    world.papers.append(world.paper)


def _write_paper(world: World, label: str | None, uses: int) -> None:
    draw, wording = world.draw, world.wording
    world.add("Paper", world.paper, "")
    for sentence in wording.sentences(draw.randint(1, 3)):
        world.write(sentence)
    subject = world.paper
    if label is not None:
        subject = world.artefact(label, first_stated=world.date)
        told = world.say(world.paper, "INTRODUCES", subject)
        world.join(world.paper, "INTRODUCES", subject, **told)
    is_method = label in ("Method", "Model")
    for _ in range(uses):
        _state(world, subject, "USES", ("Method", "Method", "Method", "Model", "Benchmark"))
    artefacts = ("Method", "Method", "Model")
    for type_, mean in STATED.items():
        if type_ == "EXTENDS" and not is_method:
            continue
        share = mean / (METHODS + MODELS) if type_ == "EXTENDS" else mean
        for _ in range(world.some(share)):
            match type_:
                case "EVALUATED_ON":
                    _state(world, subject, type_, ("Benchmark",))
                case "APPLIED_TO":
                    _state(world, subject, type_, ("Task",))
                case "MENTIONS":
                    _state(world, world.paper, type_, ("Task", "Method", "Method", "Benchmark"))
                case "REPORTS":
                    _report(world, subject)
                case "COMPARED_WITH":
                    other = world.things["Method"].one()
                    if is_method and other != subject:
                        ends = sorted((subject, other))
                        _state(world, ends[0], type_, (), ends[1])
                case "EXTENDS":
                    _state(world, subject, type_, ("Method", "Method", "Method", label or ""))
                case _:
                    _state(world, subject, type_, artefacts)
    _people(world)
    if draw.random() < 0.3:
        _code(world, subject)


def _state(world: World, start: str, type_: str, labels: Sequence[str], end: str = "") -> None:
    for _ in range(20):
        # What somebody builds on is often little known; so lines of descent grow long.
        is_step = type_ == "EXTENDS" and world.draw.random() < 0.5
        thing = end or _thing(world, world.draw.choice(labels), any_at_all=is_step)
        if thing != start and (start, type_, thing, world.paper) not in world.edges:
            own: dict[str, Value] = {}
            if type_ == "OUTPERFORMS" and world.draw.random() < 0.5:
                own["on"] = world.things["Benchmark"].one()
            told = world.say(start, type_, thing)
            world.join(start, type_, thing, **told, **own)
            if type_ != "MENTIONS" and world.draw.random() < 0.5:
                world.join(world.paper, "MENTIONS", thing, **told)
            return


def _thing(world: World, label: str, *, any_at_all: bool = False) -> str:
    things = world.things[label]
    return world.draw.choice(things.all) if any_at_all else things.one()


def _report(world: World, subject: str) -> None:
    metric, direction, unit = world.draw.choice(METRICS)
    value = round(world.draw.uniform(1, 99), 1)
    reading = world.draw.choices(("absolute", "gain", "relative gain", "ratio"), (6, 3, 1, 1))[0]
    benchmark = world.things["Benchmark"].one()
    if benchmark == subject:
        return
    told = world.say(subject, "REPORTS", benchmark, f"{value}{unit} {metric}")
    own = {"begin": told["begin"], "stop": told["stop"]}
    digest = hashlib.sha256(f"{world.paper} {own}".encode()).hexdigest()[:16]
    id_ = f"result:{digest}"
    world.add(
        "Result",
        id_,
        f"{value}{unit} {metric} on {world.entities[benchmark].name}",
        reading=reading,
        metric=metric,
        direction=direction,
        value=value,
        value_text=f"{value}{unit}",
        unit=unit or None,
    )
    world.join(world.paper, "REPORTS", id_, **told)
    world.join(id_, "OF", subject, **told)
    world.join(id_, "ON", benchmark, **told)
    if world.draw.random() < 0.2:
        other = world.things["Method"].one()
        if other != subject:
            world.join(id_, "AGAINST", other, **told)


def _people(world: World) -> None:
    draw = world.draw
    names: list[str] = []
    for at in range(draw.choice((1, 2, 3, 4, 5, 6, 8))):
        known = world.together.get(names[0], ()) if names else ()
        if known and draw.random() < 0.5:
            author = draw.choice(known)
        elif not world.authors.all or draw.random() < AUTHORS / 2.5:
            author = _author(world)
        else:
            author = world.authors.one()
        if author not in names:
            names.append(author)
            world.join(world.paper, "AUTHORED_BY", author)
        if not at and draw.random() < 0.3:
            organization = world.organizations.one()
            world.join(world.paper, "AFFILIATED_WITH", organization)
            world.join(author, "AFFILIATED_WITH", organization)
    world.signed = len(names)
    for author in names:
        world.together[author] = names


def _author(world: World) -> str:
    name = world.wording.person()
    number = len(world.authors.all)
    id_ = f"author:{id_key(name)}~{number:08x}"
    world.add("Author", id_, name, key=id_key(name))
    world.authors.add(id_)
    return id_


def _code(world: World, subject: str) -> None:
    owner, project = (word.capitalize() for word in world.wording.words(2))
    id_ = f"repo:github.com/{owner.lower()}/{project.lower()}"
    if id_ not in world.entities:
        stars = world.draw.choice((None, world.draw.randint(0, 5000)))
        address = f"https://github.com/{owner}/{project}"
        world.add("Repository", id_, f"{owner}/{project}", url=address, stars=stars)
    told = world.say(subject, "HAS_CODE", id_)
    world.join(world.paper, "HAS_CODE", id_, **told)
    if world.draw.random() < 0.5:
        world.join(subject, "IMPLEMENTED_IN", id_, **told)


def _close_paper(world: World, *, is_stub: bool) -> None:
    draw, date, number = world.draw, world.date, len(world.papers)
    title = f"{world.wording.phrase(5)} {world.wording.rare(number)}".capitalize()
    if is_stub:
        known: dict[str, Value] = {"year": int(date[:4]), "published": date[:4], "stub": True}
        world.add("Paper", world.paper, title, title=title, **known)
        return
    former = f"doi:10.5555/{number}" if draw.random() < 0.3 else None
    world.add(
        "Paper",
        world.paper,
        title,
        title=title,
        abstract=" ".join(world.text),
        published=date,
        year=int(date[:4]),
        venue=f"Conference {draw.randint(1, 200)}" if draw.random() < 0.4 else None,
        arxiv=world.paper.partition(":")[2],
        doi=former and former.partition(":")[2],
        former_ids=(former,) if former else None,
        upvotes=int(draw.paretovariate(1)) if draw.random() < 0.3 else None,
        author_count=world.signed,
        stub=False,
        sources=(SOURCE,),
    )


def _cite(world: World) -> None:
    """Let papers cite earlier ones, most of them for being cited, others for being recent."""
    draw, papers = world.draw, world.papers
    citing = [at for at, id_ in enumerate(papers) if not world.entities[id_].properties["stub"]]
    citing = citing[len(citing) // 200 :]
    wanted = Counter(draw.choices(citing, k=world.count * CITATIONS))
    cited: list[int] = []
    for number in citing:
        world.paper = papers[number]
        world.date = str(world.entities[world.paper].properties["published"])
        chosen: set[int] = set()
        for _ in range(wanted[number] * 10):
            if len(chosen) == wanted[number]:
                break
            popular = cited and draw.random() < 0.6
            back = 1 + int(draw.random() ** 2 * number)
            chosen.add(draw.choice(cited) if popular else number - back)
        chosen -= {number, -1}
        cited += chosen
        for other in sorted(chosen):
            world.join(world.paper, "CITES", papers[other])


def _bend_lineage(world: World) -> None:
    """Close a few cycles in what extends what, a few of them of one method with itself."""
    steps = [edge for edge in world.edges.values() if edge.type == "EXTENDS"]
    for edge in world.draw.sample(steps, max(2, len(steps) // 1000)):
        world.paper, world.date = edge.paper, str(edge.properties["stated"])
        end = edge.start if world.draw.random() < 0.2 else edge.end
        world.join(end, "EXTENDS", edge.start, rule="made-up:cycle")


def _part(setting: Setting) -> Iterator[Mapping[str, Any]]:
    begin = time.perf_counter()
    graph = derived_graph(setting.size.papers)
    made = time.perf_counter()
    entities, edges = tuple(graph.entities.values()), tuple(graph.edges.values())
    store = setting.own("derived") / "made.kgl"
    with open_store(str(store), write=True) as opened:
        opened.write(Changes(entities=entities, edges=edges))
    yield {
        "what": f"a made-up graph of {setting.size.papers:,} papers",
        "entities": len(entities),
        "edges": len(edges),
        "made_s": made - begin,
        "written_s": time.perf_counter() - made,
        "peak_mb": peak_mb(),
        "file_mb": store.stat().st_size / 1e6,
    }


PART = Part("derived", "the made-up graph that questions are asked of, made and written", _part)


def main() -> None:
    """Write a graph into a store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("store", help="a file that is not there yet, or the address of a server")
    arguments = parser.parse_args()
    gc.disable()  # of millions of small things nothing is to be freed
    begun = time.perf_counter()
    graph = derived_graph(arguments.papers, arguments.seed)
    entities, edges = tuple(graph.entities.values()), tuple(graph.edges.values())
    made = time.perf_counter()
    with open_store(arguments.store, write=True) as store:
        store.write(Changes(entities=entities, edges=edges))
    counts = f"{len(entities):,} entities and {len(edges):,} edges"
    times = f"made in {made - begun:.1f} s, written in {time.perf_counter() - made:.1f} s"
    print(f"{counts} {times}")


if __name__ == "__main__":
    main()
