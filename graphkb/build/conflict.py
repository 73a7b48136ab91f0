"""Fields of which the records of one thing say different things.

What is displayed follows a precedence that no order of loading changes
(:func:`graphkb.build.paper.paper_entity`); what else was said stays visible with its sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graphkb.build.sourced import Sourced, SourcedRecord, SourcedRepository
from graphkb.model.graph import Entity
from graphkb.model.name import id_key, title_key

__all__ = ["Conflict", "Said", "conflicts", "dates_agree"]

Field = str | int


@dataclass(frozen=True, slots=True)
class Said:
    """One value of a field, and who says so.

    Parameters
    ----------
    value : str or int
        As stated.
    sources : tuple of str
        Ids of sources, sorted.
    """

    value: Field
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field about which the records of one thing disagree.

    Parameters
    ----------
    field : str
        A property of the entity.
    shown : Said
        The value that is displayed.
    others : tuple of Said
        The values that are not, the most stated first.
    """

    field: str
    shown: Said
    others: tuple[Said, ...]


def conflicts(entity: Entity, records: Iterable[Sourced]) -> tuple[Conflict, ...]:
    """Return the fields of an entity about which its records disagree.

    Spellings of one title or venue agree; a date agrees with a more precise one, and with the
    next day; an address is no field that one place alone has.

    Parameters
    ----------
    entity : Entity
        A paper or a repository.
    records : iterable of SourcedRecord or SourcedRepository
        Its records.

    Returns
    -------
    tuple of Conflict
        By the name of the field.

    Examples
    --------
    >>> from graphkb.model.record import PaperRecord
    >>> paper = Entity("Paper", "title:t", {"name": "T", "published": "2024-06-01"})
    >>> said = [PaperRecord(key="1", title="T", published=d) for d in ("2024-06-01", "2024-08")]
    >>> records = [SourcedRecord(f"papers:{n}", record) for n, record in enumerate(said)]
    >>> [(c.field, c.shown.value, c.others[0].value) for c in conflicts(paper, records)]
    [('published', '2024-06-01', '2024-08')]
    """
    stated: dict[str, dict[Field, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sourced in records:
        for field, value in _fields(sourced).items():
            if value is not None and value != "":
                stated[field][value].add(sourced.source)
    found = []
    for field, values in sorted(stated.items()):
        shown = entity.properties.get(field)
        if not isinstance(shown, str | int):
            continue
        agree = _AGREE.get(field, _equal)
        others = [
            Said(value, tuple(sorted(sources)))
            for value, sources in values.items()
            if not agree(shown, value)
        ]
        if others:
            others.sort(key=lambda said: (-len(said.sources), str(said.value)))
            own = {s for value, sources in values.items() if value == shown for s in sources}
            found.append(Conflict(field, Said(shown, tuple(sorted(own))), tuple(others)))
    return tuple(found)


def dates_agree(one: Field, other: Field) -> bool:
    """Tell whether two ISO dates may be of one day, give or take a time zone.

    Parameters
    ----------
    one, other : str
        Of any precision.

    Returns
    -------
    bool
        True where one is a less precise form of the other, and for two days in a row.

    Examples
    --------
    >>> dates_agree("2024-02", "2024-02-29"), dates_agree("2024-02-29", "2024-03-01")
    (True, True)
    >>> dates_agree("2024-02", "2024-03-01")
    False
    """
    short, long = sorted((str(one), str(other)), key=len)
    if long.startswith(short):
        return True
    try:
        apart = abs((date.fromisoformat(short) - date.fromisoformat(long)).days)
    except ValueError:
        return False
    return len(short) == len(long) and apart <= 1


def _equal(one: Field, other: Field) -> bool:
    return one == other


def _titles_agree(one: Field, other: Field) -> bool:
    return title_key(str(one)) == title_key(str(other))


def _names_agree(one: Field, other: Field) -> bool:
    return id_key(str(one)) == id_key(str(other))


_AGREE: Mapping[str, Callable[[Field, Field], bool]] = {
    "title": _titles_agree,
    "abstract": _titles_agree,
    "venue": _names_agree,
    "pages": _names_agree,
    "published": dates_agree,
}


def _fields(sourced: Sourced) -> dict[str, Field | None]:
    """What a record says of the displayed fields."""
    if isinstance(sourced, SourcedRepository):
        return {"stars": sourced.record.stars, "language": sourced.record.language}
    if not isinstance(sourced, SourcedRecord):
        return {}
    record = sourced.record
    identifiers = dict(identifier.split(":", 1) for identifier in sourced.identifiers)
    told: dict[str, Field | None] = {
        "title": record.title,
        "abstract": record.abstract,
        "published": record.published,
        "venue": record.venue,
        "pages": record.pages,
        "arxiv": identifiers.get("arxiv"),
        "doi": identifiers.get("doi"),
        "upvotes": record.upvotes,
        "comments": record.comments,
    }
    if not record.stub:
        told["author_count"] = record.author_count or len(record.authors) or None
    return told
