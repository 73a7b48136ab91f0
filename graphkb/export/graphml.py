"""GraphML, for Gephi, yEd, Cytoscape and networkx.

GraphML wants ids that are name tokens. An id of ours is one already, mostly; of others each
character that is not allowed is written ``_xHHHH_`` (its code in hexadecimal), and every node has
its id as it is among its data, too.

References
----------
The GraphML file format, http://graphml.graphdrawing.org/specification.html.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.xml_text import attribute, element_text, held
from graphkb.model.graph import Value

__all__ = ["GRAPHML", "name_token"]

# Less than XML allows, which takes letters of every script.
_NO_TOKEN = re.compile(r"[^A-Za-z0-9:._-]|_(?=x)")
_TYPES = {bool: "boolean", int: "long", float: "double"}

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    # The keys stand before what they are keys of, and are known after it.
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="", dir=path.parent) as body:
        writer = _Writer(body)
        writer.write(content)
        body.seek(0)
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(_HEAD)
            for (domain, name), (key, type_) in writer.keys.items():
                file.write(
                    f'<key id="{key}" for="{domain}" attr.name="{name}" attr.type="{type_}"/>\n'
                )
            file.write('<graph edgedefault="directed">\n')
            shutil.copyfileobj(body, file)
            file.write("</graph>\n</graphml>\n")
    return losses(writer.counted)


class _Writer:
    """Writes nodes and edges, and collects what keys they have."""

    def __init__(self, body: TextIO) -> None:
        self.keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.counted: Counter[tuple[str, str]] = Counter()
        self._body = body

    def write(self, content: Content) -> None:
        for entity in content.entities():
            token = attribute(name_token(entity.id))
            told: dict[str, Value] = {"id": entity.id, "label": entity.label}
            told |= dict(sorted(entity.properties.items()))
            self._body.write(f"<node id={token}>{self._data('node', entity.label, told)}</node>\n")
        for number, edge in enumerate(content.edges()):
            source, target = attribute(name_token(edge.start)), attribute(name_token(edge.end))
            told = {"type": edge.type, "paper": edge.paper, **dict(sorted(edge.properties.items()))}
            self._body.write(
                f'<edge id="e{number}" source={source} target={target}>'
                f"{self._data('edge', edge.type, told)}</edge>\n"
            )

    def _data(self, domain: str, owner: str, told: Mapping[str, Value]) -> str:
        return "".join(
            f'<data key="{self._key(domain, name, value)}">'
            f"{element_text(held(value, f'{owner}.{name}', self.counted))}</data>"
            for name, value in told.items()
        )

    def _key(self, domain: str, name: str, value: Value) -> str:
        known = self.keys.get((domain, name))
        if known is None:
            known = (f"d{len(self.keys)}", _TYPES.get(type(value), "string"))
            self.keys[domain, name] = known
        return known[0]


def name_token(id_: str) -> str:
    """Return an id as a name token of XML.

    Parameters
    ----------
    id_ : str
        Any id.

    Returns
    -------
    str
        Different for different ids, and the id itself where it is a name token.

    References
    ----------
    ISO 9075-14, section 9.1: mapping of identifiers to XML names.

    Examples
    --------
    >>> name_token("method:grpo"), name_token("repo:github.com/a/b")
    ('method:grpo', 'repo:github.com_x002F_a_x002F_b')
    """
    return _NO_TOKEN.sub(lambda found: f"_x{ord(found[0]):04X}_", id_)


GRAPHML = ExportFormat("graphml", "GraphML: Gephi, yEd, Cytoscape, networkx", _write)
