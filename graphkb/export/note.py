"""One note of a vault: front matter, a heading, and what is said of one thing."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from graphkb.export.citation import linked, place
from graphkb.model.date import iso_date
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.markdown import markdown_text
from graphkb.model.text import NONCHARACTERS, shortened, visible
from graphkb.query.stated import basis, sentence
from graphkb.view.address import entity_links
from graphkb.view.style import line_styles

__all__ = ["HELD", "Vault", "front_matter", "note", "wiki_link"]

_MOST, _QUOTES, _SENTENCE = 200, 5, 1500
_IN_LINKS = str.maketrans("[]|`<>\\$", "()/'()/S")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# What YAML takes for the end of a line, or refuses; half of a surrogate pair is no character.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_TAG = re.compile(r"[^\w/-]+")
HELD = frozenset({"evidence", "reason", "stated"})
"""The properties of an edge that a note tells."""
# Told in one line of links, as they say nothing more than that.
_BARE = frozenset({"MENTIONS", "CITES"})
_IN_FRONT = frozenset({"AUTHORED_BY", "AFFILIATED_WITH"})
_OF_RESULTS = frozenset({"REPORTS", "OF", "ON", "AGAINST"})
_IN_BODY = frozenset({"name", "title", "abstract", "aliases", "long_name"})


@dataclass
class Vault:
    """What all notes of a vault share.

    Parameters
    ----------
    files : mapping of str to str
        The name of each entity's note, by id.
    names : mapping of str to str
        What is shown of an entity, by id; authors and organisations, too.
    numbers : mapping of str to str
        What is told of each result, as Markdown, by its id.
    papers : mapping of str to Entity
        Papers behind a topic, which state edges and have no note; and those whose abstract is a
        summary by others, which is no quotation.
    cut : Counter
        How many edges long notes leave out, by type.
    shortened : set of (str, str)
        The sentences that are cut, with the type of their edge.
    """

    files: Mapping[str, str]
    names: Mapping[str, str]
    numbers: Mapping[str, str]
    papers: Mapping[str, Entity] = field(default_factory=dict)
    cut: Counter[str] = field(default_factory=Counter)
    shortened: set[tuple[str, str]] = field(default_factory=set)

    def link(self, id_: str) -> str:
        """Return a link to an entity's note; where it has none, to the web, or its name."""
        if id_ in self.files:
            return wiki_link(self.files[id_], self.names[id_])
        held = self.papers.get(id_)
        name = markdown_text(shortened(self.names.get(id_) or (held.name if held else id_), 250))
        links = entity_links(id_, {} if held is None else held.properties)
        return linked(name or markdown_text(id_), links[0][1]) if links else name


def wiki_link(file: str, shown: str) -> str:
    """Return a link to a note.

    Parameters
    ----------
    file : str
        The name of its file, without the extension; unique in the vault.
    shown : str
        What is read, from outside.

    Returns
    -------
    str
        Characters that a link cannot hold are replaced by others that look like them.

    Examples
    --------
    >>> wiki_link("GRPO", "GRPO"), wiki_link("a b", "a/b [c|d]")
    ('[[GRPO]]', '[[a b|a/b (c/d)]]')
    """
    text = " ".join(NONCHARACTERS.sub("\ufffd", visible(shown)).translate(_IN_LINKS).split())
    text = text.replace("://", ": //")
    text = shortened(text, 250)
    return f"[[{file}]]" if text == file or not text else f"[[{file}|{text}]]"


def front_matter(held: Mapping[str, object]) -> str:
    """Return the front matter of a note.

    Parameters
    ----------
    held : mapping
        Texts, numbers, booleans and lists of texts; a text of a whole date is a date.

    Returns
    -------
    str
        YAML between two lines of three hyphens. Every text is in quotes, so that no reader takes
        it for something else; JSON's are YAML's.

    Examples
    --------
    >>> held = {"id": "x: y", "published": "2024-05-01", "seed": True, "tags": ["a"]}
    >>> print(front_matter(held), end="")
    ---
    id: "x: y"
    published: 2024-05-01
    seed: true
    tags: ["a"]
    ---
    """
    lines = (f"{name}: {_yaml(value)}\n" for name, value in held.items())
    return f"---\n{''.join(lines)}---\n"


def _yaml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.6f}"
        case list() | tuple():
            return f"[{', '.join(map(_yaml, value))}]"
        case str() if _DAY.fullmatch(value) and iso_date(value) == value:
            return value
        case str():
            text = json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False)
            return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return str(value)


def note(
    vault: Vault,
    entity: Entity,
    outgoing: Iterable[Edge],
    incoming: Iterable[Edge],
    extra: Mapping[str, object],
) -> Iterator[str]:
    """Yield the lines of an entity's note.

    Parameters
    ----------
    vault : Vault
        What the notes share.
    entity : Entity
        What it is of.
    outgoing, incoming : iterable of Edge
        Out of it, and into it.
    extra : mapping
        What front matter holds beside the entity's properties.

    Yields
    ------
    str
        Lines, with their ends.
    """
    sides = (_by_type(outgoing, vault), _by_type(incoming, vault))
    people = {
        "authors": sorted(sides[0].get("AUTHORED_BY", []), key=place),
        "organizations": sides[0].get("AFFILIATED_WITH", []),
    }
    named = {
        key: [vault.names[edge.end] for edge in edges if edge.end in vault.names]
        for key, edges in people.items()
        if edges
    }
    yield front_matter(_front(entity, {**named, **extra}))
    yield f"# {markdown_text(entity.name) or markdown_text(entity.id)}\n"
    yield from _about(entity)
    for type_, titles in _titles():
        for side, title in zip(sides, titles, strict=True):
            edges = side.get(type_, [])
            if edges:
                yield f"\n## {title}\n\n"
                yield from _told(vault, entity, edges, is_outgoing=side is sides[0])
    yield from _numbers(vault, sides)


@cache
def _titles() -> tuple[tuple[str, tuple[str, str]], ...]:
    """Each type that a note lists, with its headings for the edges out and in."""
    styles = (style for style in line_styles() if style.type not in _IN_FRONT)
    return tuple((style.type, (style.outward, style.inward)) for style in styles)


def _by_type(edges: Iterable[Edge], vault: Vault) -> dict[str, list[Edge]]:
    """The edges by type, of each no more than a note can show."""
    found: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        if len(found[edge.type]) < _MOST or edge.type in _IN_FRONT:
            found[edge.type].append(edge)
        else:
            vault.cut[edge.type] += 1
    return found


def _front(entity: Entity, extra: Mapping[str, object]) -> dict[str, object]:
    held = entity.properties
    kind = str(held.get("kind") or "")
    tags = [entity.label.lower(), *([kind] if kind not in ("", entity.label.lower()) else [])]
    aliases: list[str] = []
    for alias in (entity.name, held.get("long_name"), *_texts(held.get("aliases"))):
        if isinstance(alias, str) and alias.strip() and alias not in aliases:
            aliases.append(alias)
    front: dict[str, object] = {"id": entity.id, "aliases": aliases}
    front |= {k: v for k, v in sorted(held.items()) if k not in _IN_BODY}
    front |= extra
    front["tags"] = [_NO_TAG.sub("-", tag) for tag in tags]
    return front


def _texts(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _about(entity: Entity) -> Iterator[str]:
    held = entity.properties
    long_name = held.get("long_name")
    if isinstance(long_name, str) and long_name != entity.name:
        yield f"\n{markdown_text(long_name)}\n"
    links = entity_links(entity.id, held)
    if links:
        yield "\n" + " · ".join(linked(markdown_text(text), to) for text, to in links) + "\n"
    abstract = held.get("abstract")
    if isinstance(abstract, str) and abstract.strip():
        title = "Summary" if held.get("summary") else "Abstract"
        yield f"\n## {title}\n\n{markdown_text(abstract)}\n"


def _told(
    vault: Vault, entity: Entity, edges: Iterable[Edge], *, is_outgoing: bool
) -> Iterator[str]:
    by_other: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        by_other[edge.end if is_outgoing else edge.start].append(edge)
    ordered = sorted(by_other, key=lambda id_: (vault.names.get(id_, id_).casefold(), id_))
    if all(edge.type in _BARE for every in by_other.values() for edge in every):
        yield ", ".join(vault.link(other) for other in ordered) + "\n"
        return
    for other in ordered:
        every = by_other[other]
        said = [_statement(vault, entity, other, edge) for edge in every[:_QUOTES]]
        told = [text for text in said if text]
        more = f" (and {len(every) - _QUOTES} more)" if len(every) > _QUOTES else ""
        if len(told) <= 1:
            yield f"- {' — '.join([vault.link(other), *told])}{more}\n"
        else:
            yield f"- {vault.link(other)}{more}\n"
            yield from (f"  - {text}\n" for text in told)


def _statement(vault: Vault, entity: Entity, other: str, edge: Edge) -> str:
    """The sentence of an edge, with its paper where that is neither end."""
    text = sentence(edge)
    where = [] if edge.paper in (entity.id, other) else [vault.link(edge.paper)]
    if "stated" in edge.properties:
        where.append(markdown_text(str(edge.properties["stated"])))
    origin = f" ({', '.join(where)})" if where else ""
    if text is None:
        return origin.strip() if where[:-1] else ""
    what = basis(edge, vault.papers.get(edge.paper))
    told = markdown_text(_shortened(vault, edge, text))
    return f"“{told}”{origin}" if what == "quoted" else f"{what}: {told}{origin}"


def _shortened(vault: Vault, edge: Edge, text: str) -> str:
    if len(text) > _SENTENCE:
        vault.shortened.add((edge.type, text))
    return shortened(text, _SENTENCE)


def _numbers(vault: Vault, sides: tuple[dict[str, list[Edge]], ...]) -> Iterator[str]:
    """What is reported by it, of it, on it, and against it: each number once."""
    edges = [
        edge for side in sides for type_ in sorted(_OF_RESULTS) for edge in side.get(type_, [])
    ]
    found: dict[str, Edge] = {}
    for edge in edges:
        result = edge.end if edge.type == "REPORTS" else edge.start
        if result in vault.numbers:
            found.setdefault(result, edge)
    if not found:
        return
    yield "\n## Numbers\n\n"
    seen: set[str] = set()
    for result, edge in sorted(found.items(), key=lambda item: (item[1].paper, item[0])):
        text = sentence(edge)
        told = ""
        if text is not None and text not in seen:
            seen.add(text)
            told = f": “{markdown_text(_shortened(vault, edge, text))}”"
        yield f"- {vault.numbers[result]} ({vault.link(edge.paper)}){told}\n"
