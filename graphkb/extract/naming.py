"""Candidates to entities: which spans are one name, what it is to the paper, how it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.abbreviation import abbreviations
from graphkb.extract.candidate import GROUP_OF_KIND
from graphkb.extract.confidence import THRESHOLDS, confidence
from graphkb.extract.shape import is_generic
from graphkb.model.name import name_key, title_key
from graphkb.model.reading import NamedEntity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.extract.abbreviation import Abbreviation
    from graphkb.extract.candidate import Candidate
    from graphkb.extract.sentences import Document, Sentence

__all__ = ["Cluster", "Expansions", "arranged", "clustered", "named"]


# No name is longer.
_LONGEST = 120


class Expansions:
    """The abbreviations that one text defines.

    Parameters
    ----------
    document : Document
        The split text.
    """

    def __init__(self, document: Document) -> None:
        self.all: list[tuple[Sentence, Abbreviation]] = [
            (sentence, found)
            for sentence in document.sentences
            for found in abbreviations(sentence)
        ]
        self.long_of: dict[str, str] = {}
        self.short_of: dict[str, str] = {}
        for _, found in self.all:
            self.long_of.setdefault(name_key(found.short), found.long)
            self.short_of.setdefault(name_key(found.long), found.short)


class Cluster(NamedTuple):
    """A name with the candidates that are its mentions.

    Parameters
    ----------
    entity : NamedEntity
        What the rules make of it.
    members : tuple of Candidate
        Its candidates, of every rule.
    known : bool
        Whether the catalogue says that this paper introduced it.
    """

    entity: NamedEntity
    members: tuple[Candidate, ...]
    known: bool = False


class _Ranked(NamedTuple):
    candidate: Candidate
    confidence: int


def named(
    document: Document, candidates: Iterable[Candidate], expansions: Expansions
) -> tuple[NamedEntity, ...]:
    """Merge candidates that are one name, and decide what each is to the paper.

    Parameters
    ----------
    document : Document
        The split text.
    candidates : iterable of Candidate
        Of all stages.
    expansions : Expansions
        The text's abbreviations.

    Returns
    -------
    tuple of NamedEntity
        Introduced ones first, the one that the paper is about at their head; then in the text's
        order. Names are unique.
    """
    clusters = clustered(document, candidates, expansions)
    return arranged(document, (cluster.entity for cluster in clusters))


def clustered(
    document: Document, candidates: Iterable[Candidate], expansions: Expansions
) -> list[Cluster]:
    """Merge candidates that are one name.

    Parameters
    ----------
    document, candidates, expansions
        As in `named`.

    Returns
    -------
    list of Cluster
        Each with what the rules make of it.
    """
    title = title_key(document.title)
    found = []
    for _, members in sorted(_clusters(candidates, expansions).items()):
        speaking = _settle(members, title)
        if speaking:
            entity = _entity(speaking, expansions)
            candidates_of = tuple(member.candidate for member in members)
            known = entity.group == "introduces" and any(
                c.entry is not None and c.entry.paper and title_key(c.entry.paper.title) == title
                for c in candidates_of
            )
            found.append(Cluster(entity, candidates_of, known))
    return found


def arranged(document: Document, entities: Iterable[NamedEntity]) -> tuple[NamedEntity, ...]:
    """Keep the surest entity of each name, and put them in order.

    Parameters
    ----------
    document : Document
        The split text.
    entities : iterable of NamedEntity
        In any order.

    Returns
    -------
    tuple of NamedEntity
        As `named` returns them.
    """
    by_name: dict[str, NamedEntity] = {}
    for entity in sorted(entities, key=lambda e: (-e.confidence, e.field == "abstract", e.begin)):
        by_name.setdefault(name_key(entity.name), entity)
    return tuple(sorted(by_name.values(), key=lambda e: _order(document, e)))


def _order(document: Document, entity: NamedEntity) -> tuple[bool, int, bool, int, int]:
    introduced = entity.group == "introduces"
    rank = 0
    if introduced:
        # The paper is about what its title begins with, then about what its title names, then
        # about what it introduces first.
        title = document.title.casefold()
        spellings = [entity.name, *entity.aliases, *((entity.long,) if entity.long else ())]
        places = [at for at in (title.find(s.casefold()) for s in spellings) if at >= 0]
        rank = 0 if 0 in places else 1 if places else 2
        if entity.confidence < THRESHOLDS["introduces"]:
            rank += 3
    return (not introduced, rank, entity.field == "abstract", entity.begin, entity.stop)


def _clusters(candidates: Iterable[Candidate], expansions: Expansions) -> dict[str, list[_Ranked]]:
    clusters: dict[str, list[_Ranked]] = {}
    for found in candidates:
        key = name_key(found.surface)
        if not key or len(found.surface) > _LONGEST:
            continue
        candidate = _own_sense(found, key, expansions)
        short = expansions.short_of.get(key)
        if short is not None and not is_generic(short):
            key = name_key(short)
        elif (
            candidate.entry is not None
            and not candidate.rule.endswith("suffix")
            and key not in expansions.long_of
        ):
            # Two spellings of one entry are one name.
            key = f"={candidate.entry.id}"
        clusters.setdefault(key, []).append(_Ranked(candidate, confidence(candidate.rule)))
    _join_entries(clusters)
    return clusters


def _join_entries(clusters: dict[str, list[_Ranked]]) -> None:
    """Give guesses and introductions to the cluster of the entry that their spelling names."""
    for key in [key for key in clusters if key.startswith("=")]:
        for spelling in sorted({name_key(member.candidate.surface) for member in clusters[key]}):
            if spelling in clusters:
                clusters[key].extend(clusters.pop(spelling))
    # An entry that an abbreviation's cluster holds too.
    owners: dict[str, str] = {}
    for key, members in list(clusters.items()):
        for member in members:
            entry = member.candidate.entry
            if entry is None or member.candidate.rule.endswith("suffix"):
                continue
            owner = owners.setdefault(entry.id, key)
            if owner != key and key in clusters:
                clusters[owner].extend(clusters.pop(key))
                break


def _own_sense(candidate: Candidate, key: str, expansions: Expansions) -> Candidate:
    """Drop the catalogue's entry where the text spells the short form out otherwise."""
    entry = candidate.entry
    long = expansions.long_of.get(key)
    if entry is None or long is None or not entry.long:
        return candidate
    if name_key(long) in {name_key(spelling) for spelling in entry.spellings}:
        return candidate
    if _close(long, entry.long):
        return candidate
    return candidate._replace(entry=None, rule="shape:acronym:other-sense")


def _close(one: str, other: str) -> bool:
    """Whether two long forms share most of their words ("policy optimisation" and "… method")."""
    first, second = (
        {word.rstrip("s") for word in text.casefold().replace("-", " ").split()}
        for text in (one, other)
    )
    return 2 * len(first & second) > max(len(first), len(second))


def _settle(members: list[_Ranked], title: str) -> list[_Ranked]:
    """Leave only the members that speak for the group that wins."""
    entry = next((m.candidate.entry for m in members if m.candidate.entry is not None), None)
    introducing = [m for m in members if m.candidate.group == "introduces"]
    others = [m for m in members if m.candidate.group != "introduces"]
    if introducing and entry is not None:
        if entry.paper is not None and title_key(entry.paper.title) == title:
            return introducing + others
        rules = {m.candidate.rule for m in introducing}
        in_title = any(m.candidate.rule.startswith("introduce:title-colon") for m in introducing)
        if not (in_title and len(rules) > 1):
            return others
        # The paper gives a name of the catalogue to something of its own.
        return [m for m in members if m.candidate.entry is None]
    return members


def _entity(members: Sequence[_Ranked], expansions: Expansions) -> NamedEntity:
    introducing = [m for m in members if m.candidate.group == "introduces"]
    others = [m for m in members if m.candidate.group != "introduces"]
    together = _together({m.candidate.rule: m.confidence for m in introducing}.values())
    if introducing and (together >= THRESHOLDS["introduces"] or not others):
        pool, sure = introducing, together
    else:
        pool = others
        entry_members = [m for m in pool if m.candidate.entry is not None]
        pool = entry_members or pool
        best = max(pool, key=lambda m: m.confidence)
        sure = best.confidence
        pool = [m for m in pool if m.candidate.group == best.candidate.group]
    decisive = min(
        pool,
        key=lambda m: (
            -m.confidence,
            m.candidate.sentence.field == "title",
            m.candidate.begin,
        ),
    ).candidate
    entry = next(
        (
            m.candidate.entry
            for m in members
            if m.candidate.entry is not None and not m.candidate.rule.endswith("suffix")
        ),
        None,
    )
    family = next(
        (
            m.candidate.entry
            for m in members
            if m.candidate.entry is not None and m.candidate.rule.endswith("suffix")
        ),
        None,
    )
    name, long, aliases = _spellings(members, expansions)
    kind = decisive.kind
    if entry is not None and GROUP_OF_KIND.get(entry.kind) == GROUP_OF_KIND.get(kind, "methods"):
        kind = entry.kind
    elif introducing and decisive.group == "introduces":
        kind = _kind(pool, decisive)
    return NamedEntity(
        group=decisive.group,
        name=name,
        kind=kind,
        surface=decisive.surface,
        field=decisive.sentence.field,
        begin=decisive.begin,
        stop=decisive.stop,
        rule=decisive.rule,
        confidence=sure,
        sentence=decisive.sentence.span,
        long=long,
        aliases=aliases,
        entry=entry.id if entry is not None else None,
        family=family.id if family is not None and entry is None else None,
    )


def _kind(pool: Sequence[_Ranked], decisive: Candidate) -> str:
    """Prefer a kind that some mention says to the default."""
    said = [m.candidate.kind for m in pool if m.candidate.kind != "method"]
    if decisive.kind == "method" and said:
        return max(dict.fromkeys(said), key=said.count)
    return decisive.kind


def _together(confidences: Iterable[int]) -> int:
    """Rules that agree make each other likelier; they are not independent, so by half."""
    doubt = 1.0
    for rank, value in enumerate(sorted(confidences, reverse=True)):
        doubt *= 1 - value / 1000 * (1.0 if rank == 0 else 0.5)
    return min(990, round(1000 * (1 - doubt)))


def _spellings(
    members: Sequence[_Ranked], expansions: Expansions
) -> tuple[str, str | None, tuple[str, ...]]:
    """The acronym where the text gives one, else the name as first written in the abstract."""
    written = sorted(
        members,
        key=lambda m: (m.candidate.sentence.field == "title", m.candidate.begin, m.candidate.stop),
    )
    surfaces = list(dict.fromkeys(m.candidate.surface for m in written))
    name, long = surfaces[0], next((m.candidate.long for m in written if m.candidate.long), None)
    for surface in surfaces:
        key = name_key(surface)
        if key in expansions.long_of:
            name, long = surface, expansions.long_of[key]
            break
        short = expansions.short_of.get(key)
        if short is not None and not is_generic(short):
            name, long = short, surface
            break
    else:
        shorts = [s for s in surfaces if sum(c.isupper() for c in s) >= 2 and " " not in s]
        longs = [s for s in surfaces if " " in s]
        entry = next((m.candidate.entry for m in members if m.candidate.entry), None)
        if entry is not None and shorts and longs:
            name, long = shorts[0], long or longs[0]
    if long is not None and name_key(long) == name_key(name):
        long = None
    aliases = tuple(s for s in surfaces if s not in (name, long))
    return name, long, aliases
