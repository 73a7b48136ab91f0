"""XML of whatever size, a piece of it in memory at a time, and none that attacks its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar
from xml.sax.handler import ContentHandler

from graphkb.errors import InputError
from graphkb.model.source import SourceInput

__all__ = ["Collector", "TooMuchError", "collected"]

Found = TypeVar("Found")
_CHUNK = 1 << 16


class TooMuchError(Exception):
    """An element is longer or deeper than any that the format has a use for."""


class Collector(ContentHandler, Generic[Found]):
    """A handler that keeps what it found until that is taken.

    Parameters
    ----------
    line : callable
        Tells the number of the line.
    """

    def __init__(self, line: Callable[[], int | None]) -> None:
        super().__init__()
        self._line = line
        self._done: list[Found] = []

    def taken(self) -> list[Found]:
        """Return what was found since it was last asked."""
        done, self._done = self._done, []
        return done


def collected(
    source: SourceInput,
    handler_of: Callable[[Callable[[], int | None]], Collector[Found]],
    remedy: str,
    *,
    named_dtd: bool = False,
) -> Iterator[Found]:
    """Yield what a handler collects, as the source is read.

    Parameters
    ----------
    source : SourceInput
        XML.
    handler_of : callable
        From what tells the number of the line to the handler, which may raise TooMuchError.
    remedy : str
        What to do about a file that declares entities.
    named_dtd : bool
        Whether a document type may be named, which is never read.

    Yields
    ------
    object
        In the order of the source.

    Raises
    ------
    InputError
        The XML does not parse from some place on, declares entities, or is too much.
    """
    # Imported when XML is read.
    from xml.sax import SAXParseException

    from defusedxml import DefusedXmlException
    from defusedxml.sax import make_parser

    parser = make_parser()
    # Expat is not told to read the DTD; entities of a file's own are refused.
    parser.forbid_external = not named_dtd
    handler = handler_of(parser.getLineNumber)
    parser.setContentHandler(handler)
    with source.binary() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
                yield from handler.taken()
            parser.close()
        except SAXParseException as error:
            raise InputError(
                f"this XML does not parse ({error.getMessage()})",
                where=f"{source.name}:{error.getLineNumber()}",
                remedy="fetch it again, whole",
            ) from None
        except DefusedXmlException as error:
            raise InputError(
                f"this XML declares entities, which may be an attack ({type(error).__name__})",
                where=source.name,
                remedy=remedy,
            ) from None
        except (LookupError, ValueError) as error:
            raise InputError(
                f"its encoding cannot be read ({error})",
                where=source.name,
                remedy="convert it to UTF-8, and say so in its first line",
            ) from None
        except TooMuchError as error:
            raise InputError(
                str(error), where=f"{source.name}:{parser.getLineNumber()}", remedy="mend it"
            ) from None
    yield from handler.taken()
