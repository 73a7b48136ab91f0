"""YAML to entries: what a text of the catalogue says, with the line where it says it."""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol

from graphkb.errors import CatalogueError
from graphkb.model.entry import Citation, Entry, Parent, Problem
from graphkb.model.text import clean_text

__all__ = ["EntryReader", "Node", "entry_nodes", "stated_year"]

_TEXTS = ("name", "long", "kind", "match", "developer", "looked_up")
_ABSENT = ("", "~", "null")
_LISTS = ("aliases", "ambiguous", "versions")
_KEYS = (*_TEXTS, *_LISTS, "extends", "generalizes", "paper")


class Node(Protocol):
    """What is used of a node that PyYAML composes."""

    id: str
    value: Any
    style: str | None
    start_mark: Any


def entry_nodes(text: str, place: str, first: int = 1) -> list[Node]:
    """Return the items of a YAML list.

    Parameters
    ----------
    text : str
        YAML. It is composed in C, whose stack a text of thousands of levels would exhaust: of a
        text from outside, the levels are to be counted before.
    place : str
        What to call the file in places.
    first : int
        The number of the text's first line in the file.

    Returns
    -------
    list of Node
        None where the text holds comments only.

    Raises
    ------
    CatalogueError
        If the text is no YAML list.
    """
    import yaml

    loader = _loader()(text)
    try:
        root = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise CatalogueError(
            f"the file is no YAML: {error.problem}",
            where=f"{place}:{mark.line + first}" if mark else place,
            remedy="quote texts that hold ': ', ' #' or begin with a sign",
        ) from None
    except yaml.YAMLError as error:
        raise CatalogueError(
            f"the file is no YAML: {error}", where=place, remedy="take out control characters"
        ) from None
    finally:
        loader.dispose()
    if root is None:
        return []
    if root.id != "sequence":
        raise CatalogueError(
            "the file holds no list of entries",
            where=place,
            remedy="begin each entry with '- name:'",
        )
    nodes: list[Node] = root.value
    return nodes


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


class EntryReader:
    """Turns one node into an entry and notes what does not fit.

    It walks the nodes instead of letting PyYAML construct Python values from them, which takes
    twice as long, loses a key that is there twice and knows no line.

    Parameters
    ----------
    node : Node
        One of :func:`entry_nodes`.
    place : str
        What to call its place.
    malformed : list of Problem
        What does not fit is appended to it.
    """

    def __init__(self, node: Node, place: str, malformed: list[Problem]) -> None:
        self._node = node
        self._place = place
        self._name = ""
        self._malformed = malformed

    @property
    def kind(self) -> str:
        """The kind that it states, before anything is read or noted."""
        if self._node.id == "mapping":
            for key, value in self._node.value:
                if key.value == "kind" and value.id == "scalar":
                    return str(value.value)
        return ""

    def texts(self, known: tuple[str, ...], owner: str) -> dict[str, str]:
        """Return the texts of a mapping that holds nothing else, by key."""
        fields = self._fields(self._node, known, owner)
        self._name = self._text(fields["name"], "name") if "name" in fields else ""
        return {key: self._text(value, key) for key, value in fields.items()}

    def entry(self) -> Entry | None:
        """Return the entry, or None where it has no name."""
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

    def _fields(self, node: Node, known: tuple[str, ...], owner: str) -> dict[str, Node]:
        if node.id != "mapping":
            self._note(f"{owner} is a {node.id}, not a mapping", "write 'key: value' lines")
            return {}
        fields: dict[str, Node] = {}
        for key_node, value in node.value:
            key = key_node.value if key_node.id == "scalar" else "?"
            if key not in known:
                self._note(f"{owner} has the unknown key {key!r}", f"known are {', '.join(known)}")
            elif key in fields:
                self._note(f"{owner} has the key {key!r} twice", "leave one of them")
            elif value.value not in _ABSENT or value.style:
                fields[key] = value
        return fields

    def _text(self, node: Node, key: str) -> str:
        if node.id != "scalar":
            self._note(f"{key} is a {node.id}, not a text", "write one line of text")
            return ""
        return clean_text(node.value)

    def _items(self, node: Node, key: str) -> list[Node]:
        if node.id != "sequence":
            self._note(f"{key} is a {node.id}, not a list", f"write '{key}: [one, another]'")
            return []
        items: list[Node] = node.value
        return items

    def _texts(self, node: Node | None, key: str) -> tuple[str, ...]:
        if node is None:
            return ()
        return tuple(filter(None, [self._text(item, key) for item in self._items(node, key)]))

    def _parents(self, node: Node | None, key: str) -> tuple[Parent, ...]:
        if node is None:
            return ()
        return tuple([self._parent(item, key) for item in self._items(node, key)])

    def _parent(self, node: Node, owner: str) -> Parent:
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

    def _citation(self, node: Node, owner: str) -> Citation:
        fields = self._fields(node, ("id", "title", "year", "author"), owner)
        texts = {key: self._text(value, f"{owner}.{key}") for key, value in fields.items()}
        year = texts.get("year", "")
        stated = stated_year(year)
        if year and stated is None:
            self._note(f"{owner}.year is {year!r}", "write the year with four digits")
        return Citation(
            texts.get("id", ""), texts.get("title", ""), stated or 0, texts.get("author", "")
        )


def stated_year(text: str) -> int | None:
    """Return the year that a text states in digits, or None."""
    # int() would also take signs, underscores and digits of other scripts, and thousands of digits.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
