"""A reading list in Markdown: papers so ordered that none comes before what it builds on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graphkb.export.citation import LAST, TITLE_CUT, linked, place, shown, written_by
from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.reading_order import Ground, Stage, builds_on, stages, told
from graphkb.export.telling import counted
from graphkb.model.graph import Edge, Entity
from graphkb.model.markdown import markdown_text
from graphkb.model.schema import ARTEFACT_LABELS
from graphkb.model.text import shortened
from graphkb.query.stated import basis, sentence
from graphkb.view.address import entity_links

__all__ = ["READING_LIST", "reading_list"]

_TITLE, _SENTENCE, _THINGS, _CIRCLE = 250, 600, 5, 5
# What an entry names: the papers, who wrote them, and what they introduce.
_TOLD = ("Paper", "Author", *ARTEFACT_LABELS)
_NO_DATE = "9"


@dataclass(frozen=True, slots=True)
class _Paper:
    """As much of a paper as its entry tells: a whole store's fit into memory."""

    title: str
    date: str
    links: tuple[tuple[str, str], ...]
    stub: bool
    summary: bool
    inside: bool


def reading_list(content: Content, lost: Counter[tuple[str, str]] | None = None) -> Iterator[str]:
    """Yield a reading list of the papers of a topic or of a whole graph.

    Parameters
    ----------
    content : Content
        What it is about.
    lost : Counter, optional
        Takes what is no paper and what is cut, by what happened and to which label or property.

    Yields
    ------
    str
        Lines of Markdown, with their ends.

    Examples
    --------
    >>> from graphkb.export.content import GraphContent
    >>> from graphkb.model.graph import Graph
    >>> print("".join(reading_list(GraphContent(Graph(), "Nothing"))), end="")
    # Reading list: Nothing
    <BLANKLINE>
    There is no paper in it.
    """
    cut = Counter() if lost is None else lost
    topic = content.topic
    behind = content.background()
    names: dict[str, str] = {}
    papers: dict[str, _Paper] = {}
    for entity in content.entities(_TOLD):
        _take(entity, names, papers, inside=True)
        if entity.label == "Paper" and len(entity.name) > _TITLE:
            cut[TITLE_CUT, "Paper.title"] += 1
    if lost is not None:
        others = content.entity_counts()
        cut.update({("not listed", la): n for la, n in others.items() if la != "Paper"})
    for entity in behind.entities.values():
        _take(entity, names, papers, inside=False)
    grounds = builds_on(content, behind.edges.values())
    listed = _listed(papers, grounds)
    scores = {m.entity.id: m.score for m in topic.members} if topic is not None else {}
    reasons = {m.entity.id: m.reason for m in topic.members} if topic is not None else {}

    def rank(id_: str) -> tuple[object, ...]:
        return (papers[id_].date[:4], papers[id_].date, -scores.get(id_, 0.0), id_)

    title = shown(content.title, "papers", _TITLE)
    yield f"# Reading list: {title}\n\n"
    if not listed:
        yield "There is no paper in it.\n"
        return
    ordered = stages(listed, grounds, rank)
    circles = sum(len(group) > 1 for stage in ordered for group in stage.papers)
    yield (
        f"{counted(len(listed), 'paper')}, so that none comes before what it builds on: where it, "
        "or what it introduces, extends, generalises, uses, surveys, analyses or criticises what "
        "another paper introduced, and where it cites it. Within a stage the older come first.\n"
    )
    if circles:
        yield (
            f"\nIn {counted(circles, 'place')} papers build on one another in a circle: they stand "
            "together, the older first.\n"
        )
    people, things = _people_and_things(content, behind.edges.values(), names)
    teller = _Entry(papers, names, people, things, grounds, reasons, cut)
    number = 0
    for stage in ordered:
        yield f"\n## {_heading(stage, ordered)}\n\n"
        for group in stage.papers:
            for id_ in group:
                number += 1
                yield from teller.lines(number, id_, group)


def _take(
    entity: Entity, names: dict[str, str], papers: dict[str, _Paper], *, inside: bool
) -> None:
    if entity.label == "Paper":
        held = entity.properties
        papers[entity.id] = _Paper(
            shortened(entity.name, _TITLE),
            str(held.get("published", _NO_DATE)),
            entity_links(entity.id, held),
            bool(held.get("stub")),
            bool(held.get("summary")),
            inside,
        )
    elif entity.label in _TOLD:
        names[entity.id] = shortened(entity.name, _TITLE)


def _listed(papers: Mapping[str, _Paper], grounds: Mapping[str, Mapping[str, Ground]]) -> list[str]:
    """The papers of the content, and those behind it that they build on."""
    inside = [id_ for id_, paper in papers.items() if paper.inside]
    needed = {on for id_ in inside for on in grounds.get(id_, ()) if on in papers}
    return sorted({*inside, *needed})


def _people_and_things(
    content: Content, behind: Iterable[Edge], names: Mapping[str, str]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    people: dict[str, list[tuple[int, str]]] = defaultdict(list)
    things: dict[str, list[str]] = defaultdict(list)
    for batch in content.edge_columns("AUTHORED_BY"):
        for start, end, at in zip(batch["start"], batch["end"], batch["position"], strict=True):
            people[start].append((LAST if at is None else at, end))
    for edge in chain(content.edges(("INTRODUCES",)), behind):
        if edge.type == "AUTHORED_BY":
            people[edge.start].append(place(edge))
        elif edge.type == "INTRODUCES" and edge.end in names:
            things[edge.start].append(names[edge.end])
    written = {
        paper: [names[id_] for _, id_ in sorted(found) if id_ in names]
        for paper, found in people.items()
    }
    return written, things


def _heading(stage: Stage, every: tuple[Stage, ...]) -> str:
    papers = counted(sum(map(len, stage.papers)), "paper")
    if stage.depth is None:
        return f"On their own ({papers})" if len(every) > 1 else f"In order of time ({papers})"
    if stage.depth == 0:
        return f"Stage 1: foundations ({papers})"
    return f"Stage {stage.depth + 1} ({papers})"


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an entry is told from."""

    papers: Mapping[str, _Paper]
    names: Mapping[str, str]
    people: Mapping[str, list[str]]
    things: Mapping[str, list[str]]
    grounds: Mapping[str, Mapping[str, Ground]]
    reasons: Mapping[str, str]
    cut: Counter[tuple[str, str]]

    def lines(self, number: int, id_: str, group: tuple[str, ...]) -> Iterator[str]:
        paper = self.papers[id_]
        year = "" if paper.date == _NO_DATE else f", {markdown_text(paper.date[:4])}"
        stub = " (not loaded)" if paper.stub else ""
        yield f"{number}. {self._title(id_)}{year}{stub}\n"
        # What is under a number stands as far in as its text.
        bullet = " " * len(f"{number}. ") + "- "
        yield from (f"{bullet}{line}\n" for line in self._facts(id_, group))

    def _facts(self, id_: str, group: tuple[str, ...]) -> Iterator[str]:
        paper = self.papers[id_]
        people = self.people.get(id_)
        if people:
            yield f"by {written_by(people)}"
        things = self.things.get(id_)
        if things:
            more = f" and {len(things) - _THINGS} more" if len(things) > _THINGS else ""
            named = ", ".join(f"**{shown(name, 'it')}**" for name in things[:_THINGS])
            yield f"introduces {named}{more}"
        if self.reasons.get(id_):
            yield f"here by way of {markdown_text(self.reasons[id_])}"
        elif not paper.inside:
            yield "here because others build on it"
        yield from self._grounds(id_)
        if len(group) > 1:
            # A circle may be of thousands: all of them in the entry of each would be millions.
            near = [other for other in group[: _CIRCLE + 1] if other != id_][:_CIRCLE]
            left = len(group) - 1 - len(near)
            others = ", ".join(map(self._title, near)) + (f" and {left:,} more" if left else "")
            yield f"in a circle with {others}"

    def _title(self, id_: str) -> str:
        paper = self.papers[id_]
        text = shown(paper.title, id_, _TITLE)
        return linked(text, paper.links[0][1]) if paper.links else f"*{text}*"

    def _grounds(self, id_: str) -> Iterator[str]:
        known = {on: why for on, why in self.grounds.get(id_, {}).items() if on in self.papers}
        best = told(known)
        for on, ground in best:
            if ground.edge is None:
                yield f"cites {self._title(on)}"
                continue
            what = f"**{shown(self.names.get(ground.what, ground.what), ground.what)}**"
            yield f"{ground.word} {what} of {self._title(on)}{self._said(ground)}"
        if len(known) > len(best):
            yield f"… and builds on {len(known) - len(best):,} more"

    def _said(self, ground: Ground) -> str:
        edge = ground.edge
        text = None if edge is None else sentence(edge)
        if edge is None or text is None:
            return ""
        if len(text) > _SENTENCE:
            self.cut[f"sentence cut at {_SENTENCE} characters", f"{edge.type}.evidence"] += 1
        said = markdown_text(shortened(text, _SENTENCE))
        what = basis(edge, None)
        stated = self.papers.get(edge.paper)
        if what == "quoted" and stated is not None and stated.summary:
            what = "graphkb's summary"
        return f": “{said}”" if what == "quoted" else f" ({what}: {said})"


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    lost: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n", errors="replace") as file:
        file.writelines(reading_list(content, lost))
    return losses(lost)


READING_LIST = ExportFormat(
    "reading-list", "papers in Markdown, none before what it builds on", _write
)
