"""The displayed fields of a paper, out of the records that are one work."""

from __future__ import annotations

from collections.abc import Iterable

from graphkb.build.sourced import SourcedRecord
from graphkb.build.work import Work
from graphkb.model.date import year_of
from graphkb.model.graph import Entity, Value
from graphkb.model.identifier import arxiv_month

__all__ = ["described", "paper_entity", "paper_text", "stub_entity"]


def described(**properties: Value | list[str] | None) -> dict[str, Value]:
    """Return the properties that have a value: nulls, empty lists and empty text left out.

    Parameters
    ----------
    **properties
        Values by name; lists become tuples.

    Returns
    -------
    dict
        What a store holds.

    Examples
    --------
    >>> described(name="GRPO", aliases=[], year=None)
    {'name': 'GRPO'}
    """
    kept: dict[str, Value] = {}
    for name, value in properties.items():
        stored = tuple(value) if isinstance(value, list) else value
        if stored is not None and stored != () and stored != "":
            kept[name] = stored
    return kept


def paper_text(work: Work) -> tuple[str, str]:
    """Return the resolved title and abstract of a work.

    Parameters
    ----------
    work : Work
        Its records in order of precedence.

    Returns
    -------
    tuple of str
        Title and abstract; the abstract of the first record that has one.
    """
    records = [sourced.record for sourced in work.records]
    return records[0].title, next((record.abstract for record in records if record.abstract), "")


def paper_entity(work: Work) -> Entity:
    """Return the Paper entity of a work.

    The authors' own text comes before a summary, arXiv before a publisher before a listing; the
    most precise date that is stated, else the month in an arXiv identifier; the largest counters.

    Parameters
    ----------
    work : Work
        Its records in order of precedence.

    Returns
    -------
    Entity
        The paper.
    """
    records = [sourced.record for sourced in work.records]
    stated = [s for s in work.records if not s.curated]
    delivering = [s for s in stated if not s.stub]
    with_abstract = next((record for record in records if record.abstract), None)
    arxiv, doi = _identifier(work, "arxiv:"), _identifier(work, "doi:")
    published = _published(work.records) or (arxiv_month(arxiv) if arxiv else None)
    # Of a paper that only the catalogue cites, its first author alone is known.
    authors = [s.record.author_count or len(s.record.authors) for s in delivering]
    return Entity(
        "Paper",
        work.id,
        described(
            name=records[0].title,
            title=records[0].title,
            abstract=with_abstract.abstract if with_abstract else None,
            summary=True if with_abstract and with_abstract.summary else None,
            published=published,
            year=year_of(published),
            venue=next((record.venue for record in records if record.venue), None),
            arxiv=arxiv,
            doi=doi,
            url=next((record.url for record in records if record.url), _address(arxiv, doi)),
            pages=next((record.pages for record in records if record.pages), None),
            upvotes=_largest(record.upvotes for record in records),
            comments=_largest(record.comments for record in records),
            author_count=max(authors, default=0) or None,
            former_ids=sorted(work.former_ids),
            stub=not delivering,
            sources=sorted({s.source for s in (delivering or stated or work.records)}),
        ),
    )


def stub_entity(identifier: str, sources: Iterable[str]) -> Entity:
    """Return the Paper entity of a work of which only an identifier is known.

    Parameters
    ----------
    identifier : str
        ``arxiv:…`` or ``doi:…``.
    sources : iterable of str
        The sources that cite it.

    Returns
    -------
    Entity
        A stub named by its identifier.
    """
    scheme, _, value = identifier.partition(":")
    arxiv = value if scheme == "arxiv" else None
    doi = value if scheme == "doi" else None
    published = arxiv_month(value) if scheme == "arxiv" else None
    return Entity(
        "Paper",
        identifier,
        described(
            name=identifier,
            title=identifier,
            arxiv=arxiv,
            doi=doi,
            published=published,
            year=year_of(published),
            url=_address(arxiv, doi),
            stub=True,
            sources=sorted(set(sources)),
        ),
    )


def _identifier(work: Work, prefix: str) -> str | None:
    """The one identifier of a scheme that the records state, without the scheme."""
    stated = (i for s in work.records for i in s.identifiers if i.startswith(prefix))
    return next((identifier.removeprefix(prefix) for identifier in stated), None)


def _address(arxiv: str | None, doi: str | None) -> str | None:
    if arxiv:
        return f"https://arxiv.org/abs/{arxiv}"
    return f"https://doi.org/{doi}" if doi else None


def _published(records: tuple[SourcedRecord, ...]) -> str | None:
    dated = [
        (s.curated or s.stub, -len(d), s.rank, d) for s in records if (d := s.record.published)
    ]
    return min(dated)[-1] if dated else None


def _largest(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)
