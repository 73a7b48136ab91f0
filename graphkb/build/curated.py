"""The part of the catalogue that the loaded papers call for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from graphkb.build.decided import NO_DECISIONS, Decisions
from graphkb.build.naming import artefact_entries, entry_id
from graphkb.build.paper import described
from graphkb.build.sourced import SourcedRecord
from graphkb.extract.catalogue import Catalogue, Citation, Entry
from graphkb.model.graph import Edge
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.schema import KIND_LABELS

__all__ = ["called_for", "cited_by", "cited_records", "citing_entries", "curated_edges"]


def called_for(catalogue: Catalogue, mentioned: Iterable[str]) -> tuple[Entry, ...]:
    """Return the mentioned entries, those of sources, and their ancestors by lineage.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.
    mentioned : iterable of str
        Ids of the graph.

    Returns
    -------
    tuple of Entry
        Sorted by id.
    """
    artefacts = artefact_entries(catalogue)
    found: dict[str, Entry] = {}
    called = [artefacts[id_] for id_ in mentioned if id_ in artefacts]
    for entry in (*called, *(catalogue.entry(id_) for id_ in sorted(catalogue.told))):
        for wanted in (entry, *catalogue.ancestors(entry)):
            if wanted.kind != "task":
                found[entry_id(wanted)] = wanted
    return tuple(found[id_] for id_ in sorted(found))


@lru_cache(maxsize=4)
def cited_records(catalogue: Catalogue, source: str) -> Mapping[str, SourcedRecord]:
    """Return what the catalogue knows of the papers that it cites, one record a paper.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.
    source : str
        The id of the built-in source.

    Returns
    -------
    mapping of str to SourcedRecord
        By identifier; a curated record lends its identifier to a paper of the same title.
    """
    records = {}
    for id_, citation in catalogue.citations.items():
        scheme, _, value = id_.partition(":")
        record = PaperRecord(
            key=id_,
            title=citation.title,
            authors=(AuthorName(citation.author),) if citation.author else (),
            published=str(citation.year) if citation.year else None,
            arxiv=value if scheme == "arxiv" else None,
            doi=value if scheme == "doi" else None,
        )
        records[id_] = SourcedRecord(citation.source or source, record, curated=True)
    return records


def cited_by(catalogue: Catalogue, entry: Entry) -> tuple[Citation, ...]:
    """Return the papers that an entry's introduction and lineages rest on.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.
    entry : Entry
        One of its entries.

    Returns
    -------
    tuple of Citation
        Its own paper first.
    """
    of_parents = (catalogue.citation(entry, parent) for parent in entry.parents)
    return tuple(citation for citation in (entry.paper, *of_parents) if citation is not None)


@lru_cache(maxsize=4)
def citing_entries(catalogue: Catalogue) -> Mapping[str, tuple[Entry, ...]]:
    """Return the methods, models and benchmarks that rest on a paper, by the paper's identifier.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.

    Returns
    -------
    mapping of str to tuple of Entry
        In the order of the catalogue.
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in artefact_entries(catalogue).values():
        for identifier in dict.fromkeys(c.id for c in cited_by(catalogue, entry)):
            found[identifier].append(entry)
    return {identifier: tuple(entries) for identifier, entries in found.items()}


def curated_edges(
    entries: Iterable[Entry],
    catalogue: Catalogue,
    work_ids: Mapping[str, str],
    source: str,
    decisions: Decisions = NO_DECISIONS,
) -> Iterator[Edge]:
    """Yield the introductions and lineages of the entries, each with the paper that it cites.

    Parameters
    ----------
    entries : iterable of Entry
        What is called for.
    catalogue : Catalogue
        The curated facts.
    work_ids : mapping of str to str
        From an identifier to the id of its work, where that is another.
    source : str
        The id of the built-in source.
    decisions : Decisions
        What persons decided.

    Yields
    ------
    Edge
        Rule ``catalogue``, no evidence, our reason.
    """
    for edge in _edges(entries, catalogue, work_ids, source):
        rejected = decisions.rejected
        if not rejected or not rejected.edge({edge.start}, edge.type, edge.end, {edge.paper}):
            yield edge


def _edges(
    entries: Iterable[Entry],
    catalogue: Catalogue,
    work_ids: Mapping[str, str],
    source: str,
) -> Iterator[Edge]:
    for entry in entries:
        own = entry.paper
        if own:
            reason = f"introduced in {_cited(own)}"
            paper = work_ids.get(own.id, own.id)
            sources = entry.paper_sources or (source,)
            yield _edge((paper, "Paper"), "INTRODUCES", entry, paper, own, reason, sources)
        lineage = [("EXTENDS", parent) for parent in entry.extends]
        lineage += [("GENERALIZES", parent) for parent in entry.generalizes]
        for relationship, parent in lineage:
            cited, above = catalogue.citation(entry, parent), catalogue.parent(parent)
            # `graphkb catalogue check` names a parent that is none, or that no paper states.
            if cited is None or above is None or "task" in (entry.kind, above.kind):
                continue
            child = entry_id(entry), KIND_LABELS[entry.kind]
            reason = f"{parent.why} ({_cited(cited)})"
            paper = work_ids.get(cited.id, cited.id)
            sources = parent.sources or (source,)
            yield _edge(child, relationship, above, paper, cited, reason, sources)


def _cited(citation: Citation) -> str:
    return " ".join(filter(None, (citation.author, str(citation.year or "")))) + f", {citation.id}"


def _edge(
    start: tuple[str, str],
    relationship: str,
    end: Entry,
    paper: str,
    cited: Citation,
    reason: str,
    sources: Iterable[str],
) -> Edge:
    return Edge(
        start[0],
        relationship,
        entry_id(end),
        paper,
        start[1],
        KIND_LABELS[end.kind],
        described(
            rule="catalogue",
            confidence=1000,
            reason=reason,
            stated=str(cited.year) if cited.year else None,
            sources=sorted(sources),
        ),
    )
