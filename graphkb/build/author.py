"""Which author names are one person, conservatively."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graphkb.build.paper import described
from graphkb.build.work import Work
from graphkb.model.graph import Entity
from graphkb.model.name import id_key
from graphkb.model.record import AuthorName

__all__ = ["Authorship", "author_entities", "author_names"]

Authorship = Mapping[str, tuple[Entity, ...]]
_Named = tuple[str, str]


def author_entities(works: Iterable[Work]) -> Authorship:
    """Return the Author entities of each work, in order.

    An ORCID is one person. A name without one is the same person in two works only where these
    share another author's name too; else each work keeps its own.

    Parameters
    ----------
    works : iterable of Work
        All works.

    Returns
    -------
    mapping of str to tuple of Entity
        By the work's id.
    """
    named = {work.id: author_names(work) for work in works}
    people = _same_people(named)
    namesakes = Counter(key for key, _ in set(people.values()))
    found: dict[str, tuple[Entity, ...]] = {}
    for work_id, names in named.items():
        entities = {}
        for key, author in names.items():
            if author.orcid:
                id_ = f"author:{author.orcid}"
            elif namesakes[key] == 1:
                id_ = f"author:{key}"
            else:
                _, first_work = people[key, work_id]
                digest = hashlib.sha256(first_work.encode()).hexdigest()
                id_ = f"author:{key}~{digest[:8]}"
            entities[id_] = Entity(
                "Author",
                id_,
                described(name=author.name, orcid=author.orcid, key=None if author.orcid else key),
            )
        found[work_id] = tuple(entities.values())
    return found


def author_names(work: Work) -> dict[str, AuthorName]:
    """Return the authors of the first record that names any, with any record's ORCID.

    Parameters
    ----------
    work : Work
        Its records in order of precedence.

    Returns
    -------
    dict
        By folded name.
    """
    named = [s.record.authors for s in work.records if not s.curated and s.record.authors]
    orcids = {id_key(a.name): a.orcid for authors in reversed(named) for a in authors if a.orcid}
    return {
        key: replace(author, orcid=author.orcid or orcids.get(key))
        for author in (named[0] if named else ())
        for key in (id_key(author.name),)
    }


def _same_people(named: Mapping[str, Mapping[str, AuthorName]]) -> dict[_Named, _Named]:
    """From each folded name in a work to the person's first: two works of one share two names."""
    works_of: dict[str, list[str]] = defaultdict(list)
    for work_id, names in sorted(named.items()):
        for key, author in names.items():
            if not author.orcid:
                works_of[key].append(work_id)
    parent = {(key, work_id): (key, work_id) for key in works_of for work_id in works_of[key]}

    def root(occurrence: _Named) -> _Named:
        while parent[occurrence] != occurrence:
            parent[occurrence] = parent[parent[occurrence]]
            occurrence = parent[occurrence]
        return occurrence

    for key, work_ids in works_of.items():
        if len(work_ids) == 1:
            continue
        seen_with: dict[str, str] = {}
        for work_id in work_ids:
            for other in named[work_id]:
                if other == key:
                    continue
                if other in seen_with:
                    # The first stays the root, so that it stands for the person.
                    low, high = sorted((root((key, seen_with[other])), root((key, work_id))))
                    parent[high] = low
                else:
                    seen_with[other] = work_id
    return {occurrence: root(occurrence) for occurrence in parent}
