"""What of a graph is drawn: which entities, which lines, and what is said in the panel instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graphkb.model.graph import Graph
from graphkb.view.style import kind_styles, line_styles

if TYPE_CHECKING:
    from graphkb.model.graph import Edge, Entity
    from graphkb.view.marks import Mark, Marks

__all__ = ["HARD_LIMIT", "Line", "Measured", "Picture", "Statement", "picture_of"]

HARD_LIMIT = 10_000
"""No page draws more entities than this, whatever limit is asked for."""

Basis = Literal["quote", "title", "summary", "curated", "source"]


# A paper's title is long and its number of lines says little, and people have a line a paper:
# methods are kept and labelled first.
_ATTENTION = {"Paper": 0.4, "Repository": 0.3, "Author": 0.15, "Organization": 0.15}


@dataclass(frozen=True, slots=True)
class Statement:
    """Why a line is there, by one paper.

    Parameters
    ----------
    basis : {'quote', 'title', 'summary', 'curated', 'source'}
        A verbatim sentence of the abstract; the paper's title; a sentence of a summary that
        others wrote; a fact of the curated catalogue; or a source's word, without a sentence.
    paper : str
        Id of the paper; it need not be drawn.
    text : str
        The sentence, or the reason of what is curated; empty where a source states it.
    stated : str
        ISO date of the paper, or empty.
    rule : str
        The rule that read it.
    confidence : int or None
        Per mille.
    note : str
        The benchmark that an OUTPERFORMS is about, the role of a benchmark; or empty.
    mark : {'added', 'removed', 'changed'}, optional
        Of the page of a difference: what became of it.
    """

    basis: Basis
    paper: str
    text: str
    stated: str
    rule: str
    confidence: int | None
    note: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Parallel edges of one type, drawn as one line, with every statement kept."""

    start: str
    type: str
    end: str
    statements: tuple[Statement, ...]

    @property
    def curated(self) -> bool:
        """True where no paper's text and no source states it."""
        return all(statement.basis == "curated" for statement in self.statements)

    @property
    def papers(self) -> int:
        """How many papers state it."""
        return len({statement.paper for statement in self.statements})

    @property
    def mark(self) -> Mark | None:
        """What became of all of it; changed where not the same became of every statement."""
        marks = {statement.mark for statement in self.statements}
        return marks.pop() if len(marks) == 1 else "changed"


@dataclass(frozen=True, slots=True)
class Measured:
    """A number that a paper reports, listed in the panel of everything that it is about.

    Parameters
    ----------
    result : Entity
        The result.
    papers, subjects, benchmarks, baselines : tuple of str
        Ids of the ends of REPORTS, OF, ON and AGAINST.
    statement : Statement or None
        The sentence that reports it.
    """

    result: Entity
    papers: tuple[str, ...]
    subjects: tuple[str, ...]
    benchmarks: tuple[str, ...]
    baselines: tuple[str, ...]
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a page shows.

    Parameters
    ----------
    entities : tuple of Entity
        What may be drawn, sorted by id.
    lines : tuple of Line
        Sorted by start, type and end; both ends are among the entities.
    results : tuple of Measured
        Sorted by the result's id.
    weight : mapping of str to float
        How important each entity is, at most 1: what is labelled and kept first.
    on_request : frozenset of str
        Tasks that one paper names: drawn only when asked for.
    known : mapping of str to Entity
        Every entity of the graph, drawn or not: statements and results speak of them.
    left_out : int
        How many entities more there would have been.
    marks : Marks or None
        Of the page of a difference: what became of the entities.
    """

    entities: tuple[Entity, ...]
    lines: tuple[Line, ...]
    results: tuple[Measured, ...]
    weight: Mapping[str, float]
    on_request: frozenset[str]
    known: Mapping[str, Entity]
    left_out: int
    marks: Marks | None = None


def picture_of(
    graph: Graph,
    *,
    focus: Sequence[str] = (),
    scores: Mapping[str, float] | None = None,
    left_out: int = 0,
    limit: int = 2000,
    marks: Marks | None = None,
    behind: Mapping[str, Entity] | None = None,
) -> Picture:
    """Decide what of a graph is drawn.

    Parameters
    ----------
    graph : Graph
        Any part of a graph.
    focus : sequence of str
        Ids that the page is about: kept first, never hidden.
    scores : mapping of str to float, optional
        Relevance by id; without it support and the number of lines decide what is important.
    left_out : int
        Entities that were left out before.
    limit : int
        Most entities to draw, at most :data:`HARD_LIMIT`.
    marks : Marks, optional
        What became of entities and edges, where the page tells a difference.
    behind : mapping of str to Entity, optional
        Papers that state edges and are not to be drawn, by id.

    Returns
    -------
    Picture
        The entities, folded lines and results of the page.

    Examples
    --------
    >>> from graphkb.model.graph import Entity, Graph
    >>> task = Entity("Task", "task:a", {"name": "a"})
    >>> picture_of(Graph.of([task], [])).on_request
    frozenset({'task:a'})
    """
    kinds = {style.label for style in kind_styles()}
    types = {style.type for style in line_styles()}
    candidates = {id_: entity for id_, entity in graph.entities.items() if entity.label in kinds}
    edges = [
        edge
        for _, edge in sorted(graph.edges.items())
        if edge.type in types and edge.start in candidates and edge.end in candidates
    ]
    weight = _weights(candidates, edges, focus, scores)
    spoken_of = Graph({**(behind or {}), **graph.entities}, graph.edges)
    kept = _most_important(weight, min(limit, HARD_LIMIT))
    lines = tuple(_fold(spoken_of, (e for e in edges if {e.start, e.end} <= kept), marks))
    return Picture(
        entities=tuple(candidates[id_] for id_ in sorted(kept)),
        lines=lines,
        results=tuple(_results(graph)),
        weight={id_: weight[id_] for id_ in sorted(kept)},
        on_request=_tasks_of_one_paper(candidates, kept, edges) - set(focus),
        known=spoken_of.entities,
        left_out=left_out + len(candidates) - len(kept),
        marks=marks,
    )


def _weights(
    entities: Mapping[str, Entity],
    edges: Sequence[Edge],
    focus: Sequence[str],
    scores: Mapping[str, float] | None,
) -> dict[str, float]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        if edge.type != "MENTIONS":
            neighbours[edge.end].add(edge.start)
            # A paper is not the more important the more people wrote it.
            if edge.type != "AUTHORED_BY":
                neighbours[edge.start].add(edge.end)
    known = scores or {}
    raw = {}
    for id_, entity in entities.items():
        support = entity.properties.get("support", 0)
        own = len(neighbours[id_]) + (support if isinstance(support, int) else 0)
        raw[id_] = known.get(id_, 0.0), own * _ATTENTION.get(entity.label, 1.0)
    top_score = max((score for score, _ in raw.values()), default=0.0)
    top_own = max((own for _, own in raw.values()), default=0.0)
    # Where relevance is known, support only decides among what is about as relevant.
    by_score, by_own = (0.6, 0.35) if top_score > 0 else (0.0, 0.95)
    weight = {
        id_: round(by_score * score / (top_score or 1.0) + by_own * own / (top_own or 1.0), 4)
        for id_, (score, own) in raw.items()
    }
    return weight | {id_: 1.0 for id_ in focus if id_ in weight}


def _most_important(weight: Mapping[str, float], limit: int) -> set[str]:
    ranked = sorted(weight, key=lambda id_: (-weight[id_], id_))
    return set(ranked[: max(limit, 0)])


def _fold(graph: Graph, edges: Iterable[Edge], marks: Marks | None) -> Iterable[Line]:
    became = {} if marks is None else marks.edges
    folded: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for edge in edges:
        statement = replace(_statement(graph, edge), mark=became.get(edge.key))
        folded[edge.start, edge.type, edge.end].append(statement)
    for start, type_, end in list(folded):
        # Code that the text names and that a source links as well is one line: the sentence's.
        if type_ == "HAS_CODE" and (start, "IMPLEMENTED_IN", end) in folded:
            known = {s.text for s in folded[start, "IMPLEMENTED_IN", end]}
            doubled = folded.pop((start, type_, end))
            folded[start, "IMPLEMENTED_IN", end] += [s for s in doubled if s.text not in known]
    for (start, type_, end), statements in folded.items():
        quoted_first = sorted(
            statements, key=lambda s: (s.basis == "curated", -(s.confidence or 0), s.paper, s.text)
        )
        yield Line(start, type_, end, tuple(quoted_first))


def _statement(graph: Graph, edge: Edge) -> Statement:
    properties = edge.properties
    confidence = properties.get("confidence")
    text = str(properties.get("evidence", ""))
    basis: Basis
    if properties.get("rule") == "catalogue":
        basis, text = "curated", str(properties.get("reason", ""))
    elif not text:
        basis = "source"
    elif properties.get("field") == "title":
        basis = "title"
    else:
        basis = "summary" if _is_summarised(graph.entities.get(edge.paper)) else "quote"
    about = str(properties.get("on") or properties.get("role") or "")
    return Statement(
        basis=basis,
        paper=edge.paper,
        text=text,
        stated=str(properties.get("stated", "")),
        rule=str(properties.get("rule", "")),
        confidence=confidence if isinstance(confidence, int) else None,
        note=graph.entities[about].name if about in graph.entities else about,
    )


def _is_summarised(paper: Entity | None) -> bool:
    return paper is not None and paper.properties.get("summary") is True


def _results(graph: Graph) -> Iterable[Measured]:
    found = {id_: e for id_, e in sorted(graph.entities.items()) if e.label == "Result"}
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    statements: dict[str, Statement] = {}
    for _, edge in sorted(graph.edges.items()):
        if edge.type == "REPORTS" and edge.end in found:
            ends[edge.end, "REPORTS"].append(edge.start)
            statements.setdefault(edge.end, _statement(graph, edge))
        elif edge.start in found:
            ends[edge.start, edge.type].append(edge.end)
            statements.setdefault(edge.start, _statement(graph, edge))
    for id_, result in found.items():
        yield Measured(
            result,
            papers=tuple(ends[id_, "REPORTS"]),
            subjects=tuple(ends[id_, "OF"]),
            benchmarks=tuple(ends[id_, "ON"]),
            baselines=tuple(ends[id_, "AGAINST"]),
            statement=statements.get(id_),
        )


def _tasks_of_one_paper(
    entities: Mapping[str, Entity], kept: set[str], edges: Sequence[Edge]
) -> frozenset[str]:
    papers: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        papers[edge.end].add(edge.paper)
    return frozenset(id_ for id_ in kept if entities[id_].label == "Task" and len(papers[id_]) <= 1)
