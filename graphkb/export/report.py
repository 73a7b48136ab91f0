"""The parts of a report: what it is about, the lineage, the methods, the papers and the code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from graphkb.export.citation import shown
from graphkb.export.lineage_list import Kinship, lineage_list
from graphkb.export.telling import Telling, counted, date_of, kind_of
from graphkb.model.graph import Edge, Entity
from graphkb.model.markdown import markdown_text
from graphkb.model.name import name_key
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.query.kind import one_of
from graphkb.query.lineage import LINEAGE_TYPES
from graphkb.query.order import by_support
from graphkb.query.stated import stated
from graphkb.view.style import kind_styles, line_styles

__all__ = ["about", "code", "lineage", "methods", "papers", "references"]

_STEPS, _METHODS, _PAPERS, _REPOSITORIES, _QUOTES, _ALIASES = 80, 25, 80, 40, 2, 5
_SEEDS = 12
_DISCUSSED = ("SURVEYS", "ANALYZES", "CRITIQUES")
# What other parts tell, and what says nothing of two things.
_ELSEWHERE = frozenset(
    {"INTRODUCES", "MENTIONS", "HAS_CODE", "AUTHORED_BY", "CITES", "AFFILIATED_WITH"}
    | {"REPORTS", "OF", "ON", "AGAINST"}
)


def about(telling: Telling) -> Iterator[str]:
    """Yield the head of a report, and what its seeds are."""
    part = telling.part
    yield f"# {shown(part.title, 'Papers and methods', 250)}\n\n"
    if not part.graph.entities:
        yield "There is nothing in it.\n"
        return
    yield (
        "Sentences in quotation marks are the papers' own, each with the number of its paper; "
        "what is marked *curated* is what the catalogue knows, with the paper that it cites.\n\n"
    )
    yield "## What it is about\n\n"
    seeds = [part.graph.entities[id_] for id_ in part.seeds if id_ in part.graph.entities]
    for entity in seeds[:_SEEDS]:
        yield f"- {_described(telling, entity)}\n"
    if len(seeds) > _SEEDS:
        yield f"- … and {counted(len(seeds) - _SEEDS, 'seed')} more\n"
    if seeds:
        yield "\n"
    yield f"{_size(telling)}\n"


def _described(telling: Telling, entity: Entity) -> str:
    held = entity.properties
    long_name = str(held.get("long_name", ""))
    said = [telling.name(entity), " — "]
    if long_name and long_name != entity.name:
        said.append(f"{markdown_text(long_name)}, ")
    said.append(f"a {kind_of(entity)}" if "kind" in held else one_of(entity.label))
    others = _other_names(entity)
    if others:
        said.append(f", also written {', '.join(markdown_text(o) for o in others[:_ALIASES])}")
    said.append(".")
    for edge in telling.introducing.get(entity.id, ())[:1]:
        paper = telling.papers.get(edge.start)
        who = telling.name(paper) if paper is not None else markdown_text(edge.start)
        date = str(edge.properties.get("stated", ""))[:4]
        when = f" ({markdown_text(date)})" if date else ""
        said.append(f" First introduced in {who}{when}{_origin(telling, edge)}.")
    support, groups = held.get("support"), held.get("support_groups")
    if isinstance(support, int) and support and entity.label in ARTEFACT_LABELS:
        verb = "introduces, uses, extends" if support == 1 else "introduce, use, extend"
        last = "evaluates" if support == 1 else "evaluate"
        said.append(f" {counted(support, 'paper')} {verb} or {last} on it")
        if isinstance(groups, int) and 0 < groups < support:
            said.append(f", {counted(groups, 'group')} of them without a common author")
        said.append(".")
    if held.get("ambiguous"):
        said.append(" The name means several things; `graphkb identity` tells which.")
    return "".join(said)


def _other_names(entity: Entity) -> list[str]:
    """Aliases that are no mere spelling of the name, the long name or one another."""
    held = entity.properties
    seen = {name_key(entity.name), name_key(str(held.get("long_name", "")))}
    found = []
    aliases = held.get("aliases")
    for alias in aliases if isinstance(aliases, tuple) else ():
        if name_key(alias) not in seen:
            seen.add(name_key(alias))
            found.append(alias)
    return found


def _size(telling: Telling) -> str:
    part = telling.part
    told = [part.graph.entities[id_] for id_ in part.order if id_ in part.graph.entities]
    held = part.graph.entities.values() if part.seeds else told
    dates = sorted(date for one in held if (date := date_of(one)) is not None)
    span = f", from {dates[0][:7]} to {dates[-1][:7]}" if dates else ""
    if part.seeds:
        text = f"It holds {_counts(Counter(one.label for one in held))}{span}."
        if part.left_out:
            verb = "was" if part.left_out == 1 else "were"
            text += f" {part.left_out:,} more {verb} near and left out."
    else:
        text = f"The graph holds {_counts(part.entities)}."
        if part.left_out:
            text += (
                f" This tells of {_counts(Counter(one.label for one in told))}{span}: of what "
                "most papers support, who introduces it, and the numbers on it."
            )
    stubs = sum(1 for paper in telling.papers.values() if paper.properties.get("stub"))
    if stubs:
        text += (
            f" {counted(stubs, 'paper')} named here {'is' if stubs == 1 else 'are'} not loaded: "
            "known by what the catalogue and other papers say."
        )
    return text


def _counts(labels: Counter[str]) -> str:
    plurals = {style.label: style.plural.lower() for style in kind_styles()} | {"Result": "results"}
    told = [counted(labels[la], la.lower(), plurals[la]) for la in plurals if labels[la]]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))


def lineage(telling: Telling) -> Iterator[str]:
    """Yield what extends what, as a nested list with the sentences."""
    part = telling.part
    held = {id_: e for id_, e in part.graph.entities.items() if e.label != "Result"}
    steps = list(lineage_list(held, part.graph.edges.values(), telling.papers, part.seeds))
    if not steps:
        return
    yield "\n## Lineage\n\nWhat stands under a thing extends it or has it as a special case.\n\n"
    for step in steps[:_STEPS]:
        yield f"{'  ' * step.depth}- {_step(telling, step)}\n"
    if len(steps) > _STEPS:
        yield f"- … and {counted(len(steps) - _STEPS, 'step')} more\n"


def _step(telling: Telling, step: Kinship) -> str:
    name = telling.name(step.entity)
    if step.state == "full":
        name += _facts(step.entity)
    if not step.statements:
        return name
    best = step.statements[0].edge
    said = "" if best.type == "EXTENDS" else " (as a generalisation)"
    others = len(step.statements) - 1
    more = f" (and {counted(others, 'statement')} more)" if others else ""
    where = {"full": "", "circle": " ↺ as above, a circle"}.get(step.state, "")
    if step.state == "again":
        under = step.under
        where = ", as its own tree" if under is None else f", under {telling.name(under)}"
        where = f" (shown{where})"
    telling.tell(found.edge for found in step.statements)
    return f"{name}{said}{where}: {telling.quoted(best)}{more}"


def _facts(entity: Entity) -> str:
    said = [] if entity.label == "Paper" else [kind_of(entity)]
    date = date_of(entity)
    if date:
        said.append(date[:7])
    long_name = entity.properties.get("long_name")
    if long_name and long_name != entity.name:
        said.insert(0, str(long_name))
    return f" ({markdown_text(', '.join(said))})" if said else ""


def methods(telling: Telling) -> Iterator[str]:
    """Yield the methods and models in order of importance, and what joins them with the seeds."""
    part = telling.part
    order = [
        part.graph.entities[id_]
        for id_ in part.order
        if id_ in part.graph.entities and id_ not in part.seeds
    ]
    things = [entity for entity in order if entity.label in ("Method", "Model")]
    if not things:
        return
    telling.cite.begin()
    yield "\n## Methods and models\n\n"
    yield (
        "The most relevant first, with what joins them to what the topic is about.\n\n"
        if part.seeds
        else "Those that most papers support first.\n\n"
    )
    near = _by_member(telling)
    in_lineage: list[Entity] = []
    rest: list[Entity] = []
    left = _METHODS
    for entity in things:
        if entity.id in near and all(edge.type in LINEAGE_TYPES for edge in near[entity.id]):
            in_lineage.append(entity)
        elif left:
            left -= 1
            said = _relations(telling, entity, near.get(entity.id, ()))
            yield f"- {telling.name(entity)}{_facts(entity)}{said}\n"
        else:
            rest.append(entity)
    for title, others in (("In the lineage alone", in_lineage), ("Also", rest)):
        if others:
            yield f"\n{title}: {telling.names(others, 60)}.\n"


def _by_member(telling: Telling) -> dict[str, list[Edge]]:
    """The statements of each entity with the seeds; of a whole graph, with any other."""
    seeds = set(telling.part.seeds)
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in telling.part.graph.edges.values():
        if edge.type in _ELSEWHERE or edge.start == edge.end:
            continue
        if not seeds or edge.end in seeds:
            found[edge.start].append(edge)
        if edge.start in seeds:
            found[edge.end].append(edge)
    return found


def _relations(telling: Telling, entity: Entity, near: Iterable[Edge]) -> str:
    """What joins a thing with the seeds, beside the lineage; else the way from one to it."""
    words = {style.type: (style.outward, style.inward) for style in line_styles()}
    told: list[str] = []
    pairs = set()
    ranked = (said.edge for said in stated(near, telling.papers))
    for edge in sorted(ranked, key=lambda edge: edge.type in _DISCUSSED):
        outward = edge.start == entity.id
        other = telling.known.get(edge.end if outward else edge.start)
        pair = (edge.start, edge.type, edge.end)
        if other is None or edge.type in LINEAGE_TYPES or pair in pairs:
            continue
        pairs.add(pair)
        if len(told) < _QUOTES:
            said = words[edge.type][0 if outward else 1].lower()
            told.append(f"{said} {telling.name(other)}: {telling.quoted(edge)}")
    if told:
        rest = len(pairs) - len(told)
        return f" — {'; '.join(told)}" + (
            f"; and {counted(rest, 'statement')} more" if rest else ""
        )
    reason = telling.part.reasons.get(entity.id)
    return f" — by way of {markdown_text(reason)}" if reason else ""


def papers(telling: Telling) -> Iterator[str]:
    """Yield the papers in order of time, with what they introduce, and those that discuss it."""
    part = telling.part
    introduces: dict[str, list[Edge]] = defaultdict(list)
    for edges in telling.introducing.values():
        for edge in edges:
            if edge.end in part.graph.entities:
                introduces[edge.start].append(edge)
    introducing = sorted(
        (paper for id_, paper in telling.papers.items() if id_ in introduces), key=_when
    )
    telling.cite.begin()
    if introducing:
        yield "\n## Introducing papers, in order of time\n\n"
        left = len(introducing) - _PAPERS
        if left > 0:
            yield f"The last {_PAPERS} of {len(introducing):,}.\n\n"
        for paper in introducing[-_PAPERS:]:
            yield f"- {_introduction(telling, paper, introduces[paper.id])}\n"
    others = [
        telling.papers[id_] for id_ in part.order if id_ in telling.papers and id_ not in introduces
    ]
    if others:
        yield "\n## Other papers\n\n"
        for paper in sorted(others[:_PAPERS], key=_when):
            yield f"- {_discussion(telling, paper)}\n"
        if len(others) > _PAPERS:
            yield f"- … and {len(others) - _PAPERS:,} more\n"


def _when(paper: Entity) -> tuple[str, str]:
    return (date_of(paper) or "9", paper.id)


def _introduction(telling: Telling, paper: Entity, edges: Sequence[Edge]) -> str:
    telling.tell(edges)
    ordered = sorted(edges, key=lambda edge: by_support(telling.known[edge.end]))
    things = telling.names((telling.known[edge.end] for edge in ordered), 6)
    stub = " (not loaded)" if paper.properties.get("stub") else ""
    date = markdown_text(date_of(paper) or "no date")
    return f"{date} · {telling.name(paper)}{stub} introduces {things}{_origin(telling, ordered[0])}"


def _origin(telling: Telling, edge: Edge) -> str:
    """The sentence of an introduction; that of a curated one would only name the paper again."""
    if edge.properties.get("rule") != "catalogue":
        return f": {telling.quoted(edge)}"
    telling.tell([edge])
    return f" (curated) {telling.cite.number(edge.paper)}"


def _discussion(telling: Telling, paper: Entity) -> str:
    date = markdown_text(date_of(paper) or "no date")
    words = {style.type: style.outward.lower() for style in line_styles()}
    said = stated(
        (
            edge
            for edge in telling.part.graph.edges.values()
            if edge.start == paper.id
            and edge.end in telling.known
            and edge.type in words
            and edge.type not in ("MENTIONS", "CITES", "HAS_CODE", "AUTHORED_BY", "AFFILIATED_WITH")
        ),
        telling.papers,
    )
    seeds = set(telling.part.seeds)
    best = sorted(said, key=lambda one: one.edge.end not in seeds)[:_QUOTES]
    told = [
        f"{words[one.edge.type]} {telling.name(telling.known[one.edge.end])}: "
        f"{telling.quoted(one.edge)}"
        for one in best
    ]
    reason = telling.part.reasons.get(paper.id)
    if not told and reason:
        told = [f"by way of {markdown_text(reason)}"]
    return " — ".join([f"{date} · {telling.name(paper)}", *(["; ".join(told)] if told else [])])


def code(telling: Telling) -> Iterator[str]:
    """Yield the repositories, those of most stars first."""
    inside = telling.part.graph.entities
    of: dict[str, list[Edge]] = defaultdict(list)
    for edge in telling.edges:
        if edge.type in ("HAS_CODE", "IMPLEMENTED_IN") and edge.start in inside:
            of[edge.end].append(edge)
    found = sorted((telling.known[id_] for id_ in of if id_ in telling.known), key=_stars)
    if not found:
        return
    yield "\n## Code\n\n"
    for repository in found[:_REPOSITORIES]:
        edges = of[repository.id]
        telling.tell(edges)
        things = sorted(
            {edge.start: inside[edge.start] for edge in edges}.values(),
            key=lambda held: (held.label == "Paper", by_support(held)),
        )
        stars, language = (repository.properties.get(name) for name in ("stars", "language"))
        facts = [f"{stars:,} stars"] if isinstance(stars, int) else []
        facts += [markdown_text(str(language))] if language else []
        said = f" ({', '.join(facts)})" if facts else ""
        yield f"- {telling.name(repository)}{said}: {telling.names(things, 4)}\n"
    if len(found) > _REPOSITORIES:
        yield f"- … and {len(found) - _REPOSITORIES:,} more\n"


def _stars(repository: Entity) -> tuple[object, ...]:
    stars = repository.properties.get("stars", -1)
    return (-stars if isinstance(stars, int) else 1, repository.name.casefold(), repository.id)


def references(telling: Telling) -> Iterator[str]:
    """Yield the list of the cited papers."""
    cited = telling.cite.cited
    if cited:
        telling.note(cited)
        yield "\n## References\n\n"
        yield from telling.cite.references()
