"""YAML to entries: what each file says, with the line where it says it."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graphkb.errors import CatalogueError
from graphkb.extract.catalogue.collection import Catalogue
from graphkb.extract.catalogue.entry import Citation, Entry, Parent, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["load_catalogue", "parse_catalogue"]

_TEXTS = ("name", "long", "kind", "match", "developer", "looked_up")
_ABSENT = ("", "~", "null")
_LISTS = ("aliases", "ambiguous", "versions")
_KEYS = (*_TEXTS, *_LISTS, "extends", "generalizes", "paper")


@cache
def load_catalogue() -> Catalogue:
    """Read the catalogue that comes with graphkb; the second call returns the first's.

    Returns
    -------
    Catalogue

    Raises
    ------
    CatalogueError
        If a file is no YAML list.

    Examples
    --------
    >>> load_catalogue() is load_catalogue()
    True
    """
    entries: list[Entry] = []
    malformed: list[Problem] = []
    with _uncollected():
        for path in sorted(Path(__file__).parent.glob("*.yaml")):
            _read(path.read_text(encoding="utf-8"), path.name, entries, malformed)
        return Catalogue(entries, malformed)


def parse_catalogue(text: str, place: str) -> Catalogue:
    """Read a catalogue from one file's text.

    Parameters
    ----------
    text : str
        YAML: a list of entries.
    place : str
        What to call the file in places.

    Returns
    -------
    Catalogue
        What fits no entry is in its ``malformed``.

    Raises
    ------
    CatalogueError
        If the text is no YAML list.

    Examples
    --------
    >>> catalogue = parse_catalogue("- {name: PPO, kind: method}", "mine.yaml")
    >>> catalogue.entries[0].place
    'mine.yaml:1'
    """
    entries: list[Entry] = []
    malformed: list[Problem] = []
    _read(text, place, entries, malformed)
    return Catalogue(entries, malformed)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put the search for cycles off: the many nodes of a file set it going time and again, and it
    finds none. It takes a sixth of the time that reading takes.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _read(text: str, place: str, entries: list[Entry], malformed: list[Problem]) -> None:
    import yaml

    loader = _loader()(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise CatalogueError(
            f"the file is no YAML: {error.problem}",
            where=f"{place}:{mark.line + 1}" if mark else place,
            remedy="quote texts that hold ': ', ' #' or begin with a sign",
        ) from None
    except yaml.YAMLError as error:
        raise CatalogueError(
            f"the file is no YAML: {error}", where=place, remedy="take out control characters"
        ) from None
    finally:
        loader.dispose()
    if root is None:
        return
    if root.id != "sequence":
        raise CatalogueError(
            "the file holds no list of entries",
            where=place,
            remedy="begin each entry with '- name:'",
        )
    for node in root.value:
        entry = _EntryReader(node, place, malformed).entry()
        if entry is not None:
            entries.append(entry)


@cache
def _loader() -> Any:
    """Make a loader that takes every scalar for a text.

    The catalogue has no use for YAML's guesses (a name "No" is no truth value, "1.10" no number),
    and guessing takes longer than everything else that PyYAML does in Python.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class TextLoader(base):  # type: ignore[misc]
        def resolve(self, *_: object) -> str:
            return ""

        def descend_resolver(self, *_: object) -> None:
            pass

        def ascend_resolver(self) -> None:
            pass

    return TextLoader


class _Node(Protocol):
    """What is used of a node that PyYAML composes."""

    id: str
    value: Any
    style: str | None
    start_mark: Any


class _EntryReader:
    """Turns one node into an entry and notes what does not fit.

    It walks the nodes instead of letting PyYAML construct Python values from them, which takes
    twice as long, loses a key that is there twice and knows no line.
    """

    def __init__(self, node: _Node, file: str, malformed: list[Problem]) -> None:
        self._node = node
        self._place = f"{file}:{node.start_mark.line + 1}"
        self._name = ""
        self._malformed = malformed

    def entry(self) -> Entry | None:
        fields = self._fields(self._node, _KEYS, "an entry")
        texts = {key: self._text(fields[key], key) for key in fields if key in _TEXTS}
        self._name = texts.get("name", "")
        if not self._name:
            self._note("an entry has no name", "give it the name that people use")
            return None
        get = fields.get
        return Entry(
            name=self._name,
            long=texts.get("long") or None,
            kind=texts.get("kind", ""),
            aliases=self._texts(get("aliases"), "aliases"),
            paper=self._citation(fields["paper"], "paper") if "paper" in fields else None,
            extends=self._parents(get("extends"), "extends"),
            generalizes=self._parents(get("generalizes"), "generalizes"),
            ambiguous=self._texts(get("ambiguous"), "ambiguous"),
            match=texts.get("match") or None,
            developer=texts.get("developer") or None,
            versions=self._texts(get("versions"), "versions"),
            looked_up=texts.get("looked_up", ""),
            place=self._place,
        )

    def _note(self, what: str, remedy: str) -> None:
        self._malformed.append(Problem(self._place, self._name, what, remedy))

    def _fields(self, node: _Node, known: tuple[str, ...], owner: str) -> dict[str, _Node]:
        if node.id != "mapping":
            self._note(f"{owner} is a {node.id}, not a mapping", "write 'key: value' lines")
            return {}
        fields: dict[str, _Node] = {}
        for key_node, value in node.value:
            key = key_node.value if key_node.id == "scalar" else "?"
            if key not in known:
                self._note(f"{owner} has the unknown key {key!r}", f"known are {', '.join(known)}")
            elif key in fields:
                self._note(f"{owner} has the key {key!r} twice", "leave one of them")
            elif value.value not in _ABSENT or value.style:
                fields[key] = value
        return fields

    def _text(self, node: _Node, key: str) -> str:
        if node.id != "scalar":
            self._note(f"{key} is a {node.id}, not a text", "write one line of text")
            return ""
        return " ".join(node.value.split())

    def _items(self, node: _Node, key: str) -> list[_Node]:
        if node.id != "sequence":
            self._note(f"{key} is a {node.id}, not a list", f"write '{key}: [one, another]'")
            return []
        items: list[_Node] = node.value
        return items

    def _texts(self, node: _Node | None, key: str) -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(filter(None, [self._text(item, key) for item in self._items(node, key)]))

    def _parents(self, node: _Node | None, key: str) -> tuple[Parent, ...]:
        if node is None:
            return ()
        return tuple([self._parent(item, key) for item in self._items(node, key)])

    def _parent(self, node: _Node, owner: str) -> Parent:
        fields = self._fields(node, ("name", "why", "paper"), owner)
        name, why = (
            self._text(fields[key], f"{owner}.{key}") if key in fields else ""
            for key in ("name", "why")
        )
        paper = fields.get("paper")
        if paper is None:
            return Parent(name, why)
        key = f"{owner}.paper"
        if paper.id == "scalar":
            return Parent(name, why, self._text(paper, key) or None)
        return Parent(name, why, self._citation(paper, key))

    def _citation(self, node: _Node, owner: str) -> Citation:
        fields = self._fields(node, ("id", "title", "year", "author"), owner)
        texts = {key: self._text(value, f"{owner}.{key}") for key, value in fields.items()}
        year = texts.get("year", "")
        # int() would also take signs, underscores and digits of other scripts.
        if not (year.isascii() and year.isdigit()):
            if year:
                self._note(f"{owner}.year is {year!r}", "write the year with four digits")
            year = "0"
        return Citation(
            texts.get("id", ""), texts.get("title", ""), int(year), texts.get("author", "")
        )
