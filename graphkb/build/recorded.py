"""What sources state outside the text: authors, organisations, code, citations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphkb.build.claim import repository_entity
from graphkb.build.paper import described
from graphkb.build.rejected import organization_id
from graphkb.build.sourced import SourcedRepository
from graphkb.build.work import Work
from graphkb.model.graph import Edge, Entity, Value
from graphkb.model.record import Organization, PaperRecord, RepositoryRecord

__all__ = [
    "Form",
    "Recorded",
    "displayed",
    "form_of",
    "most_telling",
    "recorded",
    "repositories_told",
    "told_by",
]

Form = tuple[str, str, tuple[tuple[str, Value], ...]]
"""An entity's label, id and properties by name."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the records of one work state.

    Parameters
    ----------
    entities : tuple of Entity
        Its authors, organisations and repositories, as this work names them.
    edges : tuple of Edge
        From the paper to them, and to what it cites.
    """

    entities: tuple[Entity, ...]
    edges: tuple[Edge, ...]


def recorded(
    work: Work, published: str | None, authors: Iterable[Entity], work_ids: Mapping[str, str]
) -> Recorded:
    """Return what the records of a work state outside its text.

    Parameters
    ----------
    work : Work
        A delivered work.
    published : str or None
        The date of its paper.
    authors : iterable of Entity
        Its authors.
    work_ids : mapping of str to str
        From an identifier to the id of its work, where that is another.

    Returns
    -------
    Recorded
        Every edge with the sources that state it.
    """
    authors = tuple(authors)
    entities = [*authors, *told_by(work)]
    ends: dict[tuple[str, str, str], tuple[str, ...]] = {}
    naming = tuple(s.source for s in work.records if s.record.authors and not s.curated)
    own = {identifier for sourced in work.records for identifier in sourced.identifiers}
    positions: dict[str, int] = {}
    for position, author in enumerate(authors, start=1):
        positions[author.id] = position
        ends["AUTHORED_BY", author.id, "Author"] = naming
    for sourced in work.records:
        stating: tuple[str, ...] = (sourced.source,)
        for edge in _ends_of(sourced.record, work.id, own, work_ids):
            known = ends.get(edge)
            ends[edge] = known + stating if known else stating
    # Most of a work's edges rest on the same sources: these share what is said of them.
    said: dict[tuple[str, ...], dict[str, Value]] = {}
    edges = []
    for (relationship, end, label), stating in ends.items():
        told = said.get(stating)
        if told is None:
            sources = sorted(set(stating))
            told = described(rule="record", confidence=1000, stated=published, sources=sources)
            said[stating] = told
        if relationship == "AUTHORED_BY":
            told = {**told, "position": positions[end]}
        edges.append(Edge(work.id, relationship, end, work.id, "Paper", label, told))
    return Recorded(tuple(entities), tuple(edges))


def _ends_of(
    record: PaperRecord, id_: str, own: Collection[str], work_ids: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    """The type, end and label of what a record ties its paper to, authors aside."""
    for organization in record.organizations:
        yield "AFFILIATED_WITH", organization_id(organization), "Organization"
    for url in record.repositories:
        if found := repository_entity(url):
            yield "HAS_CODE", found.id, "Repository"
    for identifier in record.references:
        cited = work_ids.get(identifier, identifier)
        # Another work may claim the identifier too, and go by it: it is not cited by that.
        if cited != id_ and identifier not in own:
            yield "CITES", cited, "Paper"


def told_by(work: Work) -> Iterator[Entity]:
    """Yield the organisations and repositories that the records of a work name, as they do.

    Parameters
    ----------
    work : Work
        A delivered work.

    Yields
    ------
    Entity
        One a record and name.
    """
    for sourced in work.records:
        yield from map(_organization, sourced.record.organizations)
        yield from filter(None, map(repository_entity, sourced.record.repositories))


def repositories_told(records: Iterable[SourcedRepository]) -> list[Entity]:
    """Return the repositories that records are of, one entity each.

    Parameters
    ----------
    records : iterable of SourcedRepository
        Records of repositories, in any order.

    Returns
    -------
    list of Entity
        With the most stars that one of its records counts, and a language that one names.
    """
    by_id: dict[str, list[RepositoryRecord]] = defaultdict(list)
    for sourced in records:
        by_id[sourced.record.repository].append(sourced.record)
    return [
        Entity(
            "Repository",
            id_,
            described(
                name=min(record.name for record in found),
                url=min(record.url for record in found),
                stars=max((r.stars for r in found if r.stars is not None), default=None),
                language=min((r.language for r in found if r.language), default=None),
            ),
        )
        for id_, found in by_id.items()
    ]


def _organization(organization: Organization) -> Entity:
    told = described(name=organization.name, handle=organization.handle)
    return Entity("Organization", organization_id(organization), told)


def displayed(told: Iterable[Entity]) -> dict[str, Entity]:
    """Return one entity an id, of what several works say of it.

    Parameters
    ----------
    told : iterable of Entity
        Authors, organisations and repositories as works name them.

    Returns
    -------
    dict
        By id: the :func:`most_telling` form.
    """
    forms: dict[str, Counter[Form]] = defaultdict(Counter)
    for entity in told:
        forms[entity.id][form_of(entity)] += 1
    return {id_: most_telling(counted) for id_, counted in forms.items()}


def form_of(entity: Entity) -> Form:
    """Return an entity in a form that can be counted."""
    return entity.label, entity.id, tuple(sorted(entity.properties.items()))


def most_telling(forms: Mapping[Form, int]) -> Entity:
    """Return the entity of one id that is displayed.

    Parameters
    ----------
    forms : mapping of Form to int
        How many works give it in each form.

    Returns
    -------
    Entity
        In the form that tells most, then the one that most works give, then the first by name.
    """

    def precedence(form: Form) -> tuple[int, int, str, tuple[str, ...]]:
        told = form[2]
        return -len(told), -forms[form], str(dict(told)["name"]), tuple(map(str, told))

    label, id_, told = min(forms, key=precedence)
    return Entity(label, id_, dict(told))
