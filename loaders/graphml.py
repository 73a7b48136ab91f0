"""``graphml``: GraphML as graphkb exports it, or as another program gives it back.

Each node is an entity and each edge a relationship, as asserted: no text is read for statements. A
node needs the attribute ``label`` and may have ``id``, where that is no name token as XML wants it,
and ``name``, by default the id; an edge needs ``type`` and, where it does not start at a Paper,
``paper``, the id of the paper that states it. What other attributes are called and mean is in
``docs/schema.md``; lists are JSON text. Attributes that the schema does not know, such as a
program's colours and positions, are skipped with their place, and so are edges of no direction,
hyperedges and the graphs within nodes.

A file that declares entities is refused.

References
----------
The GraphML file format, http://graphml.graphdrawing.org/specification.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkb.loaders.xml_stream import Collector, TooMuchError, collected

from graphkb.model.assertion import Assertions
from graphkb.model.source import Skipped, SourceInput, Yield, loader

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

__all__ = ["graphml"]

_ROOT = re.compile(r"<(?:\w+:)?graphml[\s>]")
_LONGEST = 64 << 20
_DEEPEST = 200


@dataclass(slots=True)
class _Element:
    """A node or an edge: where it begins, its attributes, and its data by name."""

    kind: str
    line: int
    id: str
    source: str
    target: str
    directed: bool
    data: dict[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return f"line {self.line}"


@loader(
    "graphml",
    title="GraphML with labels and types of graphkb, as it exports",
    recognise=lambda _name, head: _ROOT.search(head) is not None,
    example="grpo.graphml",
)
def graphml(source: SourceInput) -> Iterator[Yield]:
    """Read GraphML, a piece of it at a time.

    Parameters
    ----------
    source : SourceInput
        The file.

    Yields
    ------
    AssertedRecord, Skipped or Notice
        An entity with the edges out of it each; what was left out comes before.

    Raises
    ------
    InputError
        The XML does not parse from some place on, or declares entities.

    Examples
    --------
    >>> text = '<graphml><key id="d0" for="node" attr.name="label" attr.type="string"/>'
    >>> text += '<graph edgedefault="directed"><node id="task:a"><data key="d0">Task</data>'
    >>> [record] = graphml.read(SourceInput("x.graphml", text + "</node></graph></graphml>"))
    >>> record.entity.label, record.entity.name
    ('Task', 'task:a')
    """
    assertions = Assertions(written=True)
    # GraphML's own ids are name tokens; what a node is called may be told among its data.
    ids: dict[str, str] = {}
    later: list[_Element] = []
    for found in collected(source, _Handler, "remove the declarations"):
        if isinstance(found, Skipped):
            yield found
        elif found.kind == "node":
            id_ = ids[found.id] = str(found.data.pop("id", found.id))
            yield from assertions.node(found.place, id_, found.data)
        elif not found.directed:
            yield Skipped(found.place, "an edge needs a direction")
        else:
            later.append(found)
    for edge in later:
        start, end = (ids.get(name, name) for name in (edge.source, edge.target))
        yield from assertions.edge(edge.place, start, end, edge.data)
    yield from assertions.records()


class _Handler(Collector[_Element | Skipped]):
    """Collects nodes and edges, until they are taken."""

    def __init__(self, line: Callable[[], int | None]) -> None:
        super().__init__(line)
        self._open: list[_Element] = []
        self._names: dict[str, str] = {}
        self._defaults: dict[str, dict[str, object]] = {"node": {}, "edge": {}}
        self._directed = True
        self._declaring: tuple[str, str] | None = None
        self._key: str | None = None
        self._text: list[str] = []
        self._length = 0
        self._depth = 0
        self._graphs = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooMuchError(f"the elements nest more than {_DEEPEST} deep")
        kind = name.rpartition(":")[2]
        line = self._line() or 0
        if kind == "key":
            key = attrs.get("id", "")
            self._names[key] = attrs.get("attr.name", key)
            self._declaring = (attrs.get("for", "all"), self._names[key])
        elif kind == "graph":
            self._graphs += 1
            self._directed = attrs.get("edgedefault", "directed") != "undirected"
            if self._open:
                self._skip(line, "a graph within a node is none of ours: its nodes are kept beside")
        elif kind in ("node", "edge"):
            directed = attrs.get("directed", "true" if self._directed else "false") != "false"
            self._open.append(
                _Element(
                    kind,
                    line,
                    attrs.get("id", ""),
                    attrs.get("source", ""),
                    attrs.get("target", ""),
                    directed,
                    dict(self._defaults[kind]),
                )
            )
        elif kind == "data":
            key = attrs.get("key", "")
            self._key = self._names.get(key, key)
            self._begin()
        elif kind == "default":
            self._begin()
        elif kind == "hyperedge":
            self._skip(line, "a hyperedge joins more than two nodes")

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's name
        self._depth -= 1
        kind = name.rpartition(":")[2]
        if kind in ("node", "edge") and self._open:
            self._done.append(self._open.pop())
        elif kind == "data":
            if self._open and self._key is not None:
                self._open[-1].data[self._key] = "".join(self._text)
            self._key = None
        elif kind == "default" and self._declaring:
            for_, attribute = self._declaring
            for of in ("node", "edge") if for_ == "all" else (for_,):
                self._defaults.setdefault(of, {})[attribute] = "".join(self._text)
        elif kind == "key":
            self._declaring = None

    def characters(self, content: str) -> None:
        self._length += len(content)
        if self._length > _LONGEST:
            raise TooMuchError(f"a value has more than {_LONGEST:,} characters")
        self._text.append(content)

    def _begin(self) -> None:
        self._text = []
        self._length = 0

    def _skip(self, line: int, reason: str) -> None:
        self._done.append(Skipped(f"line {line}", reason))
