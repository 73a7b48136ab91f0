"""Plain text out of the markup that publishers leave in titles and abstracts."""

from __future__ import annotations

from html.parser import HTMLParser

from graphkb.model.text import clean_text

__all__ = ["plain_text"]

# Where one of these begins or ends, so does a word.
_BLOCKS = frozenset(
    {"p", "sec", "title", "list", "list-item", "disp-formula", "break", "br", "div"}
)
# A formula is given twice, as marked-up symbols and as TeX.
_LEFT_OUT = frozenset({"tex-math", "annotation", "script", "style"})
_HEADINGS = frozenset({"abstract", "summary"})


def plain_text(marked_up: str) -> str:
    """Return the text of a piece of JATS, HTML or MathML, or of plain text, cleaned.

    A heading that says "Abstract" goes, the headings of sections stay.

    Parameters
    ----------
    marked_up : str
        Perhaps not well-formed.

    Returns
    -------
    str
        As :func:`graphkb.model.text.clean_text` leaves it.

    Examples
    --------
    >>> plain_text("<jats:title>Abstract</jats:title><jats:p>On H<jats:sub>2</jats:sub>O</jats:p>")
    'On H2O'
    >>> plain_text("If a < b, then b > a &amp; so on")
    'If a < b, then b > a & so on'
    """
    reader = _Reader()
    reader.feed(marked_up)
    reader.close()
    return clean_text("".join(reader.text))


_CDATA = "<![CDATA["


class _Reader(HTMLParser):
    """Gathers the text between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._out: list[str] = []
        self._heading: int | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        name = _local(tag)
        if name in _LEFT_OUT:
            self._out.append(name)
        if name in _BLOCKS:
            self.text.append(" ")
        if name == "title":
            self._heading = len(self.text)

    def handle_endtag(self, tag: str) -> None:
        name = _local(tag)
        if name in self._out:
            self._out.remove(name)
        if name == "title" and self._heading is not None:
            if "".join(self.text[self._heading :]).strip().lower() in _HEADINGS:
                del self.text[self._heading :]
            self._heading = None
        if name in _BLOCKS:
            self.text.append(" ")

    def parse_html_declaration(self, i: int) -> int:
        """Read what begins with ``<!``: CDATA is text, and what is broken is, too."""
        if self.rawdata.startswith(_CDATA, i):
            stop = self.rawdata.find("]]>", i)
            stop = len(self.rawdata) if stop < 0 else stop
            self.handle_data(self.rawdata[i + len(_CDATA) : stop])
            return min(stop + 3, len(self.rawdata))
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            self.handle_data("<!")
            return i + 2

    def handle_data(self, data: str) -> None:
        if not self._out:
            self.text.append(data)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]
