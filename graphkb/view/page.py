"""A graph as one HTML file that holds everything and asks for nothing."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from graphkb.errors import ExportError
from graphkb.view.network import vis_library
from graphkb.view.payload import page_data
from graphkb.view.picture import picture_of
from graphkb.view.script import page_script

if TYPE_CHECKING:
    from graphkb.model.graph import Entity, Graph
    from graphkb.view.marks import Marks

__all__ = ["inert_json", "page_of", "render_page"]

# Within a script element only `<` could end the data; the rest is for readers of other kinds,
# and half a surrogate pair would keep the document from being written as UTF-8.
_NOT_INERT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


def render_page(
    graph: Graph,
    *,
    title: str,
    subtitle: str = "",
    focus: Sequence[str] = (),
    scores: Mapping[str, float] | None = None,
    reasons: Mapping[str, str] | None = None,
    left_out: int = 0,
    limit: int = 2000,
    marks: Marks | None = None,
    behind: Mapping[str, Entity] | None = None,
) -> str:
    """Render a graph as one self-contained HTML document.

    Parameters
    ----------
    graph : Graph
        What to show: a topic, a query's result or everything.
    title, subtitle : str
        The page's heading, as plain text.
    focus : sequence of str
        Ids of the entities that the page is about; they are emphasised and never left out.
    scores : mapping of str to float, optional
        Relevance by id: which names are shown first, and what is kept where there is too much.
    reasons : mapping of str to str, optional
        By id, why it is in the graph, for people to read.
    left_out : int
        Entities that were left out before; the page says how many.
    limit : int
        Most entities to draw (at most 10,000 whatever is asked for).
    marks : Marks, optional
        What came, went and changed, where the page tells a difference.
    behind : mapping of str to Entity, optional
        Papers that state edges and are not to be drawn, by id.

    Returns
    -------
    str
        The document, byte-identical for the same arguments.

    Raises
    ------
    ExportError
        The limit is below 1, or the installed pyvis lacks vis-network.

    Examples
    --------
    >>> from graphkb.model.graph import Entity, Graph
    >>> page = render_page(Graph.of([Entity("Task", "task:a", {"name": "a"})], []), title="A <b>")
    >>> page.startswith("<!doctype html>"), "<title>A &lt;b&gt;</title>" in page
    (True, True)
    """
    if limit < 1:
        raise ExportError(
            f"a page cannot be limited to {limit} entities", remedy="give a limit of 1 or more"
        )
    picture = picture_of(
        graph,
        focus=focus,
        scores=scores,
        left_out=left_out,
        limit=limit,
        marks=marks,
        behind=behind,
    )
    data = page_data(picture, title=title, subtitle=subtitle, focus=focus, reasons=reasons)
    return page_of(data, title)


def page_of(data: Mapping[str, object], title: str, *, live: bool = False) -> str:
    """Return the document that draws some data.

    Parameters
    ----------
    data : mapping
        As :func:`graphkb.view.payload.page_data` makes it.
    title : str
        Of the document.
    live : bool
        Whether its script may ask the server that it came from.

    Returns
    -------
    str
        The document.
    """
    here = files("graphkb.view")
    style = here.joinpath("page.css").read_text(encoding="utf-8")
    library, script = vis_library(), page_script()
    for text in (library, script, style):
        if "</s" in text or "<!--" in text:
            raise ExportError("the page's own script or style would end its element early")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            *(["connect-src 'self'"] if live else []),
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    template = Template(here.joinpath("page.html").read_text(encoding="utf-8"))
    return template.substitute(
        policy=escape(policy),
        title=escape(_HALF_PAIR.sub("\ufffd", title)),
        style=style,
        data=inert_json(data),
        library=library,
        script=script,
    )


def inert_json(data: object) -> str:
    """Return data as JSON that ends no element and is UTF-8 whatever its strings hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _NOT_INERT.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
