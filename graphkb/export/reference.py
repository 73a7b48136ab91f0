"""Papers as a bibliography lists them: what BibTeX, RIS and CSL-JSON have in common.

Of a whole graph, every paper of which the title is known; of a topic, its papers and those that
state its edges or introduce its things. What cannot be cited, methods and what is said of them, is
counted as left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import count, groupby
from operator import attrgetter
from string import ascii_lowercase
from typing import Literal

from graphkb.export.citation import place
from graphkb.export.content import Content
from graphkb.model.date import iso_date
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES

__all__ = ["Kind", "PersonName", "Reference", "flattened", "person_name", "references"]

Kind = Literal["journal", "conference", "preprint", "other"]

_PREPRINT = re.compile(r"arxiv\b|corr$|biorxiv|medrxiv|preprint", re.IGNORECASE)
_CONFERENCE = re.compile(
    r"\b(?:proceedings|conference|workshops?|symposium|congress|meeting|proc\.|conf\.)(?:\W|$)"
    r"|\b(?:AAAI|ACL|AISTATS|COLING|COLM|CoRL|CVPR|EACL|ECCV|EMNLP|ICASSP|ICCV|ICLR|ICML|ICRA|IJCAI"
    r"|INTERSPEECH|IROS|KDD|NAACL|NeurIPS|NIPS|SIGGRAPH|SIGIR|UAI|WACV|WWW)\b",
    re.IGNORECASE,
)
_BROKEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PLAIN = re.compile("[a-z0-9]+")
_SMALL_WORDS = frozenset(("a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or",
                          "the", "to", "towards", "via", "with"))  # fmt: skip
_NO_ACCENT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
)
_LONGEST_WORD = 30


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a name.

    Parameters
    ----------
    family : str
        What it is sorted by; the whole of a name of one word.
    given, particle, suffix : str
        Before the family name, ``von``, and ``Jr.``; may be empty.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A paper to be cited.

    Parameters
    ----------
    key : str
        The citation key: first author, year and a word of the title in small ASCII letters and
        digits; unique in an export.
    paper : Entity
        The paper; its texts are one line each and hold no control characters.
    authors : tuple of str
        Names in the order of the paper.
    """

    key: str
    paper: Entity
    authors: tuple[str, ...]

    def text(self, name: str) -> str:
        """Return a property as text, empty where it is not known."""
        return str(self.paper.properties.get(name, ""))

    @property
    def date(self) -> tuple[str, ...]:
        """Year, month and day, as far as they are known."""
        published = self.text("published")
        return tuple(published.split("-")) if iso_date(published) == published else ()

    @property
    def kind(self) -> Kind:
        """What kind of work it is, as far as the venue and the identifiers tell."""
        venue = self.text("venue")
        if not venue or _PREPRINT.match(venue):
            return "preprint" if self.text("arxiv") else "other"
        return "conference" if _CONFERENCE.search(venue) else "journal"

    @property
    def address(self) -> str:
        """Where it can be read: as stated, else at arXiv; empty where neither is known."""
        arxiv = self.text("arxiv")
        return self.text("url") or (f"https://arxiv.org/abs/{arxiv}" if arxiv else "")


def references(
    content: Content, kept: Collection[str], counted: Counter[tuple[str, str]]
) -> Iterator[Reference]:
    """Yield the papers of a content in order of id.

    To those of a topic come the papers that introduce its things; not all that state its edges,
    which are many and matter less.

    The names of all authors are held, and the keys that were given; no paper is.

    Parameters
    ----------
    content : Content
        What is exported.
    kept : collection of str
        The properties of a paper that the format has a field for; the others are counted.
    counted : Counter
        Takes what is left out, by what happened and to which property, label or relationship.

    Yields
    ------
    Reference
        With its key.
    """
    behind = content.background()
    people = (*content.entities(["Author"]), *_labelled(behind.entities.values(), "Author"))
    names = {author.id: flattened(author.name, "Author.name", counted) for author in people}
    written = merge(
        content.edges(["AUTHORED_BY"]),
        sorted(
            (e for e in behind.edges.values() if e.type == "AUTHORED_BY"), key=attrgetter("key")
        ),
        key=attrgetter("start"),
    )
    introducing = {edge.start for edge in behind.edges.values() if edge.type == "INTRODUCES"}
    papers = merge(
        content.entities(["Paper"]),
        (behind.entities[id_] for id_ in sorted(introducing) if id_ in behind.entities),
        key=attrgetter("id"),
    )
    by_paper = groupby(written, key=attrgetter("start"))
    keys: dict[str, Iterator[str]] = {}
    given: set[str] = set()
    at, edges = next(by_paper, (None, iter(())))
    for paper in papers:
        while at is not None and at < paper.id:
            at, edges = next(by_paper, (None, iter(())))
        own = _ordered(edges, counted) if at == paper.id else []
        if paper.name == paper.id:
            counted["paper of which no title is known left out", "Paper"] += 1
            continue
        read = _readable(paper, kept, counted)
        authors = tuple(names[edge.end] for edge in own if edge.end in names)
        base = _base(read, authors)
        key = base
        while key in given:
            key = base + next(keys.setdefault(base, _suffixes()))
        given.add(key)
        yield Reference(key, read, authors)
    _count_others(content, counted)


def person_name(name: str) -> PersonName:
    """Return the parts of a name that is written given name first.

    Parameters
    ----------
    name : str
        As a paper gives it.

    Returns
    -------
    PersonName
        Put together in the order given, particle, family, suffix they are the name again.

    Examples
    --------
    >>> person_name("Ana de la Cruz")
    PersonName(family='Cruz', given='Ana', particle='de la', suffix='')
    >>> person_name("OpenAI").family, person_name("Sammy Davis Jr.").suffix
    ('OpenAI', 'Jr.')
    """
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    if len(words) < 2:
        return PersonName(name)
    at = last = len(words) - 1
    while at > 1 and words[at - 1][0].islower():
        at -= 1
    return PersonName(words[last], " ".join(words[:at]), " ".join(words[at:last]), suffix)


_SUFFIXES = frozenset(("Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"))


def flattened(text: str, owner: str, counted: Counter[tuple[str, str]]) -> str:
    """Return a text as one line without control characters.

    Parameters
    ----------
    text : str
        Any.
    owner : str
        Whose property it is: ``Paper.title``.
    counted : Counter
        Takes what was replaced.

    Returns
    -------
    str
        The text; white space is collapsed, and half a surrogate pair U+FFFD.
    """
    if text.isascii() and text.isprintable() and "  " not in text and text == text.strip():
        return text
    known, halves = _SURROGATE.subn("\ufffd", text)
    if halves:
        counted["half a surrogate pair, which is no character, replaced", owner] += 1
    line = " ".join(_BROKEN.sub(" ", known).split())
    if line != known:
        counted["line breaks, control characters and runs of spaces made one space", owner] += 1
    return line


def _labelled(entities: Iterable[Entity], label: str) -> Iterator[Entity]:
    return (entity for entity in entities if entity.label == label)


def _ordered(edges: Iterable[Edge], counted: Counter[tuple[str, str]]) -> list[Edge]:
    """The authors of a paper in their order; the stores of earlier versions do not know it."""
    found = list(edges)
    if len(found) > 1 and not all("position" in edge.properties for edge in found):
        counted[
            "order of the authors not known: graphkb rebuild finds it", "AUTHORED_BY.position"
        ] += 1
    for edge in found:
        for name in edge.properties.keys() - {"position"}:
            counted["property left out", f"AUTHORED_BY.{name}"] += 1
    return sorted(found, key=place)


def _readable(paper: Entity, kept: Collection[str], counted: Counter[tuple[str, str]]) -> Entity:
    properties: dict[str, Value] = {"title": flattened(paper.name, "Paper.title", counted)}
    for name, value in paper.properties.items():
        if name in kept:
            owner = f"Paper.{name}"
            properties[name] = flattened(value, owner, counted) if isinstance(value, str) else value
        elif name not in ("name", "title", "year"):  # told by the name and the date
            counted["property left out", f"Paper.{name}"] += 1
    scheme, _, rest = paper.id.partition(":")
    if scheme != "title" and properties.get(scheme) != rest:
        counted["property left out", "Paper.id"] += 1
    return Entity("Paper", paper.id, properties)


def _base(paper: Entity, authors: tuple[str, ...]) -> str:
    """First author, year and first telling word, as far as ASCII can tell them."""
    words = map(_folded, str(paper.properties["title"])[:1000].split())
    told = next((word for word in words if word and word not in _SMALL_WORDS), "")
    family = _folded(person_name(authors[0]).family) if authors else ""
    year = str(paper.properties.get("published", ""))[:4]
    year = year if year.isascii() and year.isdigit() else ""
    if family:
        return family[:_LONGEST_WORD] + year + told[:_LONGEST_WORD]
    return told[:_LONGEST_WORD] + year if told else _folded(paper.id)[:_LONGEST_WORD] or "paper"


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_NO_ACCENT))
    return "".join(_PLAIN.findall(folded))


def _suffixes() -> Iterator[str]:
    """Yield a, b … z, then a1, b1 …"""
    for number in count():
        yield from (letter + (str(number) if number else "") for letter in ascii_lowercase)


def _count_others(content: Content, counted: Counter[tuple[str, str]]) -> None:
    # Counted, not read: of a whole store they are most of it.
    labels = [declared.label for declared in ENTITY_TYPES if not declared.ground]
    others = content.entity_counts([one for one in labels if one not in ("Paper", "Author")])
    counted.update({("entity left out", label): number for label, number in others.items()})
    types = [declared.name for declared in RELATIONSHIP_TYPES]
    edges = content.edge_counts([type_ for type_ in types if type_ != "AUTHORED_BY"])
    counted.update({("relationship left out", type_): number for type_, number in edges.items()})
    for author in content.entities(["Author"]):
        for name in author.properties.keys() - {"name", "key"}:
            counted["property left out", f"Author.{name}"] += 1
