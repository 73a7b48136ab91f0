"""A picture as the plain data that the page's script reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any

from graphkb.model.schema import entity_type, relationship_type
from graphkb.view.address import entity_links, title_search
from graphkb.view.arrangement import arranged
from graphkb.view.marks import MARKS
from graphkb.view.network import vis_network
from graphkb.view.style import kind_styles, line_styles

if TYPE_CHECKING:
    from graphkb.model.graph import Entity
    from graphkb.view.marks import Mark, Marks, MarkStyle
    from graphkb.view.picture import Line, Measured, Picture, Statement

__all__ = ["page_data", "plain", "radius"]

_MARK_AT: Mapping[Mark | None, int] = {style.mark: at for at, style in enumerate(MARKS)}
_TOLD_ELSEWHERE = ("id", "name", "title", "abstract", "long_name")


def page_data(
    picture: Picture,
    *,
    title: str,
    subtitle: str = "",
    focus: Sequence[str] = (),
    pinned: Mapping[str, tuple[int, int]] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return everything that the page's script needs, as values that JSON has.

    The shapes are declared for the script in types.js. Entities, papers and sentences are each
    told once and referred to by their place in the list.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    title, subtitle : str
        The page's heading.
    focus : sequence of str
        Ids of what the page is about.
    pinned : mapping of str to (int, int), optional
        Where things lie already, by id: the others are placed around them.
    reasons : mapping of str to str, optional
        Why things are on the page, by id.

    Returns
    -------
    dict
        The same for the same picture, whatever the hash seed.
    """
    kinds = kind_styles()
    types = line_styles()
    kind_at = {style.label: at for at, style in enumerate(kinds)}
    type_at = {style.type: at for at, style in enumerate(types)}
    at = {entity.id: number for number, entity in enumerate(picture.entities)}
    told = _Told(picture, at)
    sizes = [radius(entity, picture.weight[entity.id]) for entity in picture.entities]
    laid_out = arranged(picture, sizes, pinned or {})
    return {
        "title": title,
        "subtitle": subtitle,
        "kinds": [
            {
                "label": style.label,
                "plural": style.plural,
                "meaning": entity_type(style.label).meaning,
                "light": style.light,
                "dark": style.dark,
                "outline": style.outline,
                "properties": [
                    [declared.name, _heading(declared.name), declared.meaning]
                    for declared in entity_type(style.label).properties
                    if declared.name not in _TOLD_ELSEWHERE
                ],
            }
            for style in kinds
        ],
        "relationships": [
            {
                "type": style.type,
                "outward": style.outward,
                "inward": style.inward,
                "meaning": relationship_type(style.type).meaning,
                "light": style.light,
                "dark": style.dark,
                "width": style.width,
                "arrow": style.arrow,
                "dotted": style.dotted,
                "shown": relationship_type(style.type).shown,
            }
            for style in types
        ],
        "entities": [
            _present(
                id=entity.id,
                kind=kind_at[entity.label],
                name=entity.name,
                weight=picture.weight[entity.id],
                facts=_facts(entity),
                links=entity_links(entity.id, entity.properties) or title_search(entity),
                focus=entity.id in set(focus),
                reason=(reasons or {}).get(entity.id),
                request=entity.id in picture.on_request,
                **_became(picture.marks, entity),
            )
            for entity in picture.entities
        ],
        "lines": [
            _present(
                type=type_at[line.type],
                papers=line.papers,
                curated=line.curated,
                statements=[told.statement(statement) for statement in line.statements],
                mark=_MARK_AT.get(line.mark),
            )
            for line in picture.lines
        ],
        **({} if picture.marks is None else {"marks": [_mark(style) for style in MARKS]}),
        "results": [told.result(measured) for measured in picture.results],
        "papers": told.papers,
        "sentences": told.sentences,
        "leftOut": picture.left_out,
        "communities": [
            {"name": community.name, "members": list(community.members)}
            for community in laid_out.communities
        ],
        "lineage": {
            "places": [[node, *place] for node, place in laid_out.lineage.places.items()],
            "periods": [[period.name, period.x] for period in laid_out.lineage.periods],
        },
        "network": vis_network(
            [
                {"id": number, "x": x, "y": y, "size": size}
                for number, ((x, y), size) in enumerate(zip(laid_out.places, sizes, strict=True))
            ],
            [
                {"id": number, "from": at[line.start], "to": at[line.end]} | bend
                for number, (line, bend) in enumerate(
                    zip(picture.lines, _bends(picture.lines), strict=True)
                )
            ],
        ),
    }


class _Told:
    """Papers and sentences, each told once."""

    def __init__(self, picture: Picture, at: dict[str, int]) -> None:
        self.papers: list[dict[str, Any]] = []
        self.sentences: list[str] = []
        self._picture = picture
        self._at = at
        self._paper_at: dict[str, int] = {}
        self._sentence_at: dict[str, int] = {}

    def statement(self, statement: Statement) -> dict[str, Any]:
        return _present(
            basis=statement.basis,
            paper=self._paper(statement.paper),
            sentence=self._sentence(statement.text),
            stated=statement.stated,
            rule=statement.rule,
            confidence=statement.confidence,
            note=statement.note,
            mark=_MARK_AT.get(statement.mark),
        )

    def result(self, measured: Measured) -> dict[str, Any]:
        properties = measured.result.properties
        figures = ("value_text", "value", "unit", "metric", "reading", "direction", "setting")
        return _present(
            name=measured.result.name,
            **{name: plain(properties.get(name)) for name in figures},
            papers=[self._paper(id_) for id_ in measured.papers],
            subjects=[self._end(id_) for id_ in measured.subjects],
            benchmarks=[self._end(id_) for id_ in measured.benchmarks],
            baselines=[self._end(id_) for id_ in measured.baselines],
            statement=self.statement(measured.statement) if measured.statement else None,
        )

    def _end(self, id_: str) -> int | str:
        entity = self._picture.known.get(id_)
        return self._at.get(id_, entity.name if entity else id_)

    def _paper(self, id_: str) -> int:
        if id_ not in self._paper_at:
            self._paper_at[id_] = len(self.papers)
            entity = self._picture.known.get(id_)
            properties = entity.properties if entity else {}
            self.papers.append(
                _present(
                    id=id_,
                    title=entity.name if entity else id_,
                    date=str(properties.get("published", "")),
                    link=next((href for _, href in entity_links(id_, properties)), None),
                    entity=self._at.get(id_),
                )
            )
        return self._paper_at[id_]

    def _sentence(self, text: str) -> int | None:
        if not text:
            return None
        if text not in self._sentence_at:
            self._sentence_at[text] = len(self.sentences)
            self.sentences.append(text)
        return self._sentence_at[text]


def _mark(style: MarkStyle) -> dict[str, str]:
    return {
        "name": style.mark,
        "word": style.word,
        "sign": style.sign,
        "stroke": style.stroke,
        "light": style.light,
        "dark": style.dark,
    }


def _became(marks: Marks | None, entity: Entity) -> dict[str, Any]:
    if marks is None:
        return {}
    changes = marks.changes.get(entity.id, ())
    return {
        "mark": _MARK_AT.get(marks.entities.get(entity.id)),
        "changes": [[_heading(name), before, after] for name, before, after in changes],
    }


def _present(**values: object) -> dict[str, Any]:
    """Leave out what is empty; 0 is a value, and in a list the place of the first."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [], ())
    }


def _facts(entity: Entity) -> dict[str, Any]:
    names = [declared.name for declared in entity_type(entity.label).properties]
    return _present(
        **{name: plain(entity.properties.get(name)) for name in names if name != "title"}
    )


def plain(value: Any) -> Any:
    """Return a value as JSON has it: NaN and the infinities, which it has not, as text.

    Parameters
    ----------
    value : object
        Of a property or of an answer's cell.

    Returns
    -------
    object
        None, bool, int, float, str, lists and dicts of them.

    Examples
    --------
    >>> plain((1.5, float("inf"))), plain({"a": None})
    ([1.5, 'inf'], {'a': None})
    """
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return value


def _heading(name: str) -> str:
    words = name.replace("_", " ")
    return {"doi": "DOI", "arxiv": "arXiv", "url": "Address", "orcid": "ORCID"}.get(
        name, words[:1].upper() + words[1:]
    )


def radius(entity: Entity, weight: float) -> float:
    """Return how large an entity of some weight is drawn, in pixels at zoom 1."""
    if entity.label == "Paper":
        return 6.0 if entity.properties.get("stub") else 8.0
    support = entity.properties.get("support", 0)
    count = support if isinstance(support, int) else 0
    return round(min(7.0 + 2.2 * sqrt(max(count, 0)) + 6.0 * weight, 26.0), 1)


def _bends(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Bend lines that join the same two nodes, so that each can be seen and clicked."""
    between: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        between[frozenset((line.start, line.end))].append(number)
    bends: list[dict[str, Any]] = [{} for _ in lines]
    for pair, numbers in between.items():
        if len(numbers) == 1 or len(pair) == 1:
            continue
        forward = lines[numbers[0]].start
        for place, number in enumerate(numbers):
            offset = 0.18 * (place - (len(numbers) - 1) / 2)
            side = offset if lines[number].start == forward else -offset
            if side:
                turn = "curvedCW" if side > 0 else "curvedCCW"
                bends[number] = {
                    "smooth": {"enabled": True, "type": turn, "roundness": round(abs(side), 3)}
                }
    return bends
