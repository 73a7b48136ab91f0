"""GEXF 1.3, for Gephi: with dates for its timeline, and the places and colours of our pictures.

Colours, places and sizes stand in the namespace of the rest, as the published schema has them.

References
----------
GEXF 1.3, https://gexf.net: schema and primer.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.places import Places, placed
from graphkb.export.xml_text import attribute, held
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, PropertyType

__all__ = ["GEXF"]

_TYPES = {"str": "string", "int": "long", "float": "double", "bool": "boolean", "list": "string"}
_WHOLE_DATE = len("2024-05-01")
_CERTAIN = 1000


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    places = placed(content, counted)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<gexf xmlns="http://gexf.net/1.3" version="1.3">\n')
        title = attribute(held(content.title, "title", counted))[1:-1]
        file.write(f"<meta><creator>graphkb</creator><description>{title}</description></meta>\n")
        file.write(
            '<graph mode="dynamic" timeformat="date" defaultedgetype="directed" idtype="string">\n'
        )
        file.writelines(_declared("node", _NODE))
        file.writelines(_declared("edge", _EDGE))
        file.write("<nodes>\n")
        file.writelines(_node(entity, places, counted) for entity in content.entities())
        file.write("</nodes>\n<edges>\n")
        edges = enumerate(content.edges())
        file.writelines(_edge(number, edge, places, counted) for number, edge in edges)
        file.write("</edges>\n</graph>\n</gexf>\n")
    return losses(counted)


def _columns(declared: Iterator[PropertyType], first: Mapping[str, str]) -> dict[str, str]:
    """The attributes of nodes or edges by name, with their types."""
    found = dict(first)
    for one in declared:
        found.setdefault(one.name, _TYPES[one.type])
    return found


_NODE = _columns(
    (one for kind in ENTITY_TYPES if not kind.ground for one in kind.all_properties),
    {"entity_type": "string"},
)
_NODE.pop("id", None)
_EDGE = _columns(
    (one for type_ in RELATIONSHIP_TYPES for one in type_.properties),
    {"type": "string", "paper": "string"},
)


def _declared(domain: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f'<attributes class="{domain}" mode="static">\n'
    for number, (name, type_) in enumerate(columns.items()):
        yield f'<attribute id="{domain[0]}{number}" title="{name}" type="{type_}"/>\n'
    yield "</attributes>\n"


_NODE_KEYS = {name: f"n{number}" for number, name in enumerate(_NODE)}
_EDGE_KEYS = {name: f"e{number}" for number, name in enumerate(_EDGE)}


def _node(entity: Entity, places: Places, counted: Counter[tuple[str, str]]) -> str:
    told = {"entity_type": entity.label, **dict(sorted(entity.properties.items()))}
    date = entity.properties.get("published", entity.properties.get("first_stated"))
    name = attribute(held(entity.name, f"{entity.label}.name", Counter()))
    start = _start(date, entity.label, counted)
    drawn = ""
    if (at := places.at.get(entity.id)) is not None:
        # Ours grows downwards, Gephi's upwards.
        drawn = f'<position x="{at[0]}" y="{-at[1]}"/><size value="{places.radius[entity.id]}"/>'
    colour = places.colour(entity.label)
    return (
        f"<node id={_id(entity.id, counted)} label={name}{start}>"
        f"{_values(told, _NODE_KEYS, entity.label, counted)}{_colour(colour)}{drawn}</node>\n"
    )


def _edge(number: int, edge: Edge, places: Places, counted: Counter[tuple[str, str]]) -> str:
    told = {"type": edge.type, "paper": edge.paper, **dict(sorted(edge.properties.items()))}
    confidence = edge.properties.get("confidence", _CERTAIN)
    weight = int(str(confidence)) / _CERTAIN
    start = _start(edge.properties.get("stated"), edge.type, counted)
    return (
        f'<edge id="{number}" source={_id(edge.start, counted)} target={_id(edge.end, counted)} '
        f'kind="{edge.type}" label="{edge.type}" weight="{weight}"{start}>'
        f"{_values(told, _EDGE_KEYS, edge.type, counted)}{_colour(places.line_colour(edge.type))}"
        "</edge>\n"
    )


def _id(id_: str, counted: Counter[tuple[str, str]]) -> str:
    return attribute(held(id_, "id", counted))


def _start(date: object, owner: str, counted: Counter[tuple[str, str]]) -> str:
    if not isinstance(date, str) or not date:
        return ""
    day = date + "-01-01"[len(date) - _WHOLE_DATE :] if len(date) < _WHOLE_DATE else date
    try:
        known = dt.datetime.fromisoformat(day).date().isoformat()
    except ValueError:
        counted["date that is none left out of the timeline", owner] += 1
        return ""
    if len(date) < _WHOLE_DATE:
        counted["date of a month or year begins on its first day", owner] += 1
    elif known != date:
        counted["time of day left out of the timeline", owner] += 1
    return f" start={attribute(known)}"


def _values(
    told: Mapping[str, Value],
    keys: Mapping[str, str],
    owner: str,
    counted: Counter[tuple[str, str]],
) -> str:
    values = "".join(
        f'<attvalue for="{keys[name]}" value={attribute(held(value, f"{owner}.{name}", counted))}/>'
        for name, value in told.items()
    )
    return f"<attvalues>{values}</attvalues>"


def _colour(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f'<color r="{red}" g="{green}" b="{blue}"/>'


GEXF = ExportFormat("gexf", "GEXF 1.3: Gephi, with its timeline", _write)
