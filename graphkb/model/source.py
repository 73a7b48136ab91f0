"""The seam of loaders: what one is given, what it yields, how it is declared."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from graphkb.model.record import Record
from graphkb.model.utf8 import Opener, decoded, lines_of, start_of

if TYPE_CHECKING:
    from pathlib import Path

    from graphkb.model.service import Live

__all__ = [
    "MANIFEST",
    "Loader",
    "LoaderOption",
    "Notice",
    "Share",
    "Skipped",
    "SourceInput",
    "Yield",
    "loader",
]

# What a folder that graphkb exported holds, by which it is known and its files are listed.
MANIFEST = "graphkb-export.json"
_HEAD = 65536
# Lines that are read in one process, one after the other.
_BLOCK = 100


@dataclass(frozen=True, slots=True)
class Share:
    """One of the parts in which several processes read a source whose lines are records.

    Blocks of lines are dealt out in turn, so that no process needs to know how many there are. A
    source that is one document is all in the first share.

    Parameters
    ----------
    index : int
        Which one, from 0.
    count : int
        How many there are.

    Examples
    --------
    >>> lines = [(number, "") for number in range(1, 1201)]
    >>> [len(list(Share(index, 2).of(lines))) for index in (0, 1)]
    [600, 600]
    """

    index: int
    count: int

    def of(self, lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Yield those of the numbered lines that belong to this share."""
        return (
            (number, line)
            for number, line in lines
            if (number - 1) // _BLOCK % self.count == self.index
        )


@dataclass(frozen=True, slots=True)
class SourceInput:
    """One source: its content, decompressed, to be read in the way that its format needs.

    Nothing is held here: each way of reading begins again at the start.

    Parameters
    ----------
    name : str
        The file's base name with its extension, without a compression suffix; or ``-``.
    content : str or callable
        The text itself; or what opens a fresh stream of its decompressed bytes, UTF-8 where the
        format is text.
    options : mapping of str to str
        The loader's options, ``-o KEY=VALUE`` on the command line.
    remarks : tuple of Skipped and Notice
        What whoever fetched the source has to say of it, such as what was asked for in vain.
    folder : Path, optional
        Where the source is a folder that graphkb exported; its content is then the list of the
        folder's files.
    share : Share, optional
        The part of its lines that is to be read here, where others read the rest.

    Examples
    --------
    >>> source = SourceInput("kites.txt", lambda: io.BytesIO(b"One\\r\\nTwo"))
    >>> list(source.lines())
    [(1, 'One'), (2, 'Two')]
    """

    name: str
    content: str | Opener
    options: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Skipped | Notice, ...] = ()
    folder: Path | None = None
    share: Share | None = None

    @property
    def text(self) -> str:
        """The whole content, decoded, newlines as they are: for a format that needs all of it.

        Raises
        ------
        InputError
            It is no UTF-8 text, is damaged, or has more than 512 MiB.
        """
        return self.content if isinstance(self.content, str) else decoded(self.content, self.name)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines with their numbers, decoded as they come.

        Yields
        ------
        tuple of int and str
            From 1; the line without its end, which may be that of any system.

        Raises
        ------
        InputError
            A line is no UTF-8 text, is damaged, or is longer than 64 MiB.
        """
        numbered = enumerate(lines_of(self.binary, self.name), 1)
        return numbered if self.share is None else self.share.of(numbered)

    def binary(self) -> BinaryIO:
        """Open the content as bytes, from its start; the caller closes the stream.

        Returns
        -------
        binary stream
            What it raises while it is read, it raises as an InputError.
        """
        if isinstance(self.content, str):
            return io.BytesIO(self.content.encode("utf-8", "surrogatepass"))
        return self.content()

    def head(self) -> tuple[str, bool]:
        """Return the text of the first 64 KiB, which recognition goes by, and whether more follows.

        Returns
        -------
        tuple of str and bool
            The text, and true where it is not all.

        Raises
        ------
        InputError
            It is no UTF-8 text, or is damaged.
        """
        if isinstance(self.content, str):
            return self.content[:_HEAD], len(self.content) > _HEAD
        return start_of(self.content, self.name, _HEAD)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was read and not kept.

    Parameters
    ----------
    place : str
        Line (``line 12``) or JSON path within the source.
    reason : str
        Why it was not kept, with what would mend it.
    """

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person should know of a source although nothing was skipped.

    Parameters
    ----------
    place : str
        Line or JSON path within the source; empty for the whole of it.
    message : str
        What it is, and what would mend it.
    """

    place: str
    message: str


Yield = Record | Skipped | Notice


@dataclass(frozen=True, slots=True)
class LoaderOption:
    """An option of a loader, ``-o NAME=VALUE`` on the command line.

    Parameters
    ----------
    name, meaning : str
        For the help text.
    """

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Loader:
    """A way to read one kind of source.

    Parameters
    ----------
    name : str
        The name that ``--from`` takes and that starts the source's id.
    title : str
        One line for the list of loaders: what a text must be for this one.
    read : callable
        A generator of records, skips and notices over a :class:`SourceInput`.
    recognise : callable
        Tells from the name and the first 64 KiB of the text whether this is its format.
    options : tuple of LoaderOption
        What ``-o`` takes.
    scheme : str, optional
        The scheme that names a source without a file (``sample:``); then `fetch` gives its input.
    fetch : callable, optional
        From the scheme's argument to the input.
    example : str
        A SOURCE that this loader reads, as it is named on the command line.
    live : Live, optional
        How the scheme is fetched from a web service, instead of `fetch`.
    shared : bool
        Whether it reads by :func:`graphkb.loaders.json_objects.objects` and knows nothing from one
        object to the next, so that several processes may each read a share of the lines.
    """

    name: str
    title: str
    read: Callable[[SourceInput], Iterator[Yield]]
    recognise: Callable[[str, str], bool]
    options: tuple[LoaderOption, ...] = ()
    scheme: str | None = None
    fetch: Callable[[str], SourceInput] | None = None
    example: str = ""
    live: Live | None = None
    shared: bool = False


def loader(
    name: str,
    *,
    title: str,
    recognise: Callable[[str, str], bool],
    options: tuple[LoaderOption, ...] = (),
    scheme: str | None = None,
    fetch: Callable[[str], SourceInput] | None = None,
    example: str = "",
    live: Live | None = None,
    shared: bool = False,
) -> Callable[[Callable[[SourceInput], Iterator[Yield]]], Loader]:
    """Declare the decorated generator to be a loader.

    Parameters
    ----------
    name, title, recognise, options, scheme, fetch, example, live, shared
        As in :class:`Loader`.

    Returns
    -------
    callable
        A decorator that turns a generator over a :class:`SourceInput` into a :class:`Loader`.

    Examples
    --------
    >>> from graphkb.model.record import PaperRecord
    >>> @loader("lines", title="A title a line", recognise=lambda name, head: False)
    ... def lines(source):
    ...     for number, line in source.lines():
    ...         yield PaperRecord(key=str(number), title=line)
    >>> [record.title for record in lines.read(SourceInput("x", "One\\nTwo"))]
    ['One', 'Two']
    """

    def declare(read: Callable[[SourceInput], Iterator[Yield]]) -> Loader:
        return Loader(name, title, read, recognise, options, scheme, fetch, example, live, shared)

    return declare
