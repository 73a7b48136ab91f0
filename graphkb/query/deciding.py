"""From what a person types to a decision that outlives the sources that it was made upon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphkb.build.decided import Decisions
from graphkb.build.ground import sourced_records
from graphkb.build.sourced import SCHEMES, SourcedRecord
from graphkb.errors import DecisionError, NotFoundError
from graphkb.model.decision import DECIDED_RELATIONSHIPS, Decision
from graphkb.model.graph import Edge, Entity
from graphkb.model.name import id_key, name_key
from graphkb.model.schema import ARTEFACT_LABELS, RELATIONSHIP_TYPES, relationship_type
from graphkb.query.resolve import possible_ids, resolve
from graphkb.store.protocol import Store

__all__ = ["decision_of_id", "is_loaded", "joined", "rejected", "set_apart"]

_SUBJECTS = {"Paper": "paper", "Author": "author"} | dict.fromkeys(ARTEFACT_LABELS, "name")


@dataclass(frozen=True, slots=True)
class _Named:
    """What a person typed, and what it names."""

    text: str
    entity: Entity


def joined(
    store: Store, decisions: Decisions, one: str, two: str, *, note: str | None = None
) -> Decision:
    """Return the decision that two papers, names or authors are one.

    Parameters
    ----------
    store : Store
        What holds them.
    decisions : Decisions
        What was decided before.
    one, two : str
        Names as :func:`~graphkb.query.resolve.resolve` takes them, or ids of records.
    note : str, optional
        Kept with the decision.

    Returns
    -------
    Decision
        Not yet made.

    Raises
    ------
    NotFoundError
        Nothing is called so.
    DecisionError
        They are one already, or cannot be.
    """
    first, second, subject = _two(store, one, two)
    if first.entity.id == second.entity.id:
        raise DecisionError(
            f"{one} and {two} are one already: {first.entity.id}",
            remedy=f"`graphkb identity {first.entity.id}` says why",
        )
    names = (first.entity.name, second.entity.name)
    if subject == "paper":
        keys = _paper_keys(store, first.entity), _paper_keys(store, second.entity)
        if not any(_records_of(store, one.entity) for one in (first, second)):
            raise DecisionError(
                "no source delivered either of the two papers",
                remedy="load one of them; what is only cited has nothing to be joined to",
            )
    elif subject == "author":
        keys = _author_keys(store, first.entity), _author_keys(store, second.entity)
        if all(one.entity.properties.get("orcid") for one in (first, second)):
            raise DecisionError(
                f"{names[0]} and {names[1]} have two ORCIDs",
                remedy="an ORCID is one person: correct it at the source",
            )
    else:
        first, second = _sense_first(first, second)
        names = (first.entity.name, second.entity.name)
        _check_names(decisions, first.entity, second.entity)
        keys = (first.entity.id,), (second.entity.id,)
    return Decision("join", subject, keys[0], keys[1], names, note=note)  # type: ignore[arg-type]


def set_apart(
    store: Store,
    decisions: Decisions,
    one: str,
    two: str,
    *,
    paper: str | None = None,
    note: str | None = None,
) -> Decision:
    """Return the decision that two papers, names or authors are not one.

    Of one paper, name the records or identifiers that are to be set apart: a record may be set
    apart even where it shares an identifier. Of one name, the second spelling gets a node of its
    own. With a paper, the name or author of that paper does.

    Parameters
    ----------
    store, decisions, one, two, note
        As in :func:`joined`.
    paper : str, optional
        The one paper in which the second is another.

    Returns
    -------
    Decision
        Not yet made.

    Raises
    ------
    NotFoundError
        Nothing is called so.
    DecisionError
        Nothing tells the two apart.
    """
    first, second, subject = _two(store, one, two)
    same = first.entity.id == second.entity.id
    names = (one, two) if same else (first.entity.name, second.entity.name)
    only = resolve(store, paper, label="Paper") if paper else None
    if only and (subject == "paper" or not same):
        raise DecisionError(
            "a paper tells apart what is one name or one author", remedy="leave --paper out"
        )
    known = _known(only) if only else ()
    if subject == "paper":
        keys = _apart_records(store, first, second) if same else _exclusive(store, first, second)
    elif subject == "author":
        keys = _apart_authors(store, first.entity, second.entity, known)
        known = ()
    else:
        keys = _apart_names(decisions, first, second, in_one_paper=bool(only))
    return Decision(
        "apart",
        subject,  # type: ignore[arg-type]
        *keys,
        names,
        paper=tuple(known),
        note=note,
    )


def rejected(
    store: Store,
    start: str,
    relationship: str,
    end: str,
    *,
    paper: str | None = None,
    note: str | None = None,
) -> Decision:
    """Return the decision that an edge is wrong.

    Parameters
    ----------
    store : Store
        What holds the edge.
    start, end : str
        Names of its ends.
    relationship : str
        Its type, in either case.
    paper : str, optional
        The paper that states it; by default it is wrong whichever paper states it.
    note : str, optional
        Kept with the decision.

    Returns
    -------
    Decision
        Not yet made.

    Raises
    ------
    NotFoundError
        There is no such edge.
    DecisionError
        Edges of this type are not decided about.
    """
    type_ = relationship.upper().replace("-", "_")
    if type_ not in {declared.name for declared in RELATIONSHIP_TYPES}:
        raise NotFoundError(
            f"there is no relationship {relationship!r}",
            remedy=f"relationships: {', '.join(DECIDED_RELATIONSHIPS)}",
        )
    if type_ not in DECIDED_RELATIONSHIPS:
        raise DecisionError(
            f"{type_} belongs to a number, which has no name of its own",
            remedy="reject what the paper says of the methods instead",
        )
    declared = relationship_type(type_)
    begins = resolve(store, start)
    ends = resolve(store, end, label=declared.ends[0] if len(declared.ends) == 1 else None)
    only = resolve(store, paper, label="Paper") if paper else None
    found = _edges(store, begins, type_, ends)
    if not found and type_ == "COMPARED_WITH":
        begins, ends = ends, begins
        found = _edges(store, begins, type_, ends)
    if only:
        found = [edge for edge in found if edge.paper == only.id]
    if not found:
        where = f" by {only.name}" if only else ""
        raise NotFoundError(
            f"no edge {begins.name} {type_} {ends.name} is stated{where}",
            remedy=f"`graphkb show {begins.id}` lists its edges",
        )
    return Decision(
        "reject",
        "edge",
        _end_keys(begins),
        _end_keys(ends),
        (begins.name, ends.name),
        type_,
        _known(only) if only else (),
        note,
    )


def decision_of_id(decisions: Iterable[Decision], id_: str) -> Decision:
    """Return the decision of an id.

    Parameters
    ----------
    decisions : iterable of Decision
        All of a store.
    id_ : str
        Its id, or the beginning of it, with ``decision:`` or without.

    Returns
    -------
    Decision
        The one decision.

    Raises
    ------
    NotFoundError
        There is none, or there are several.
    """
    wanted = id_.strip().removeprefix("decision:")
    known = list(decisions)
    found = [d for d in known if wanted and d.id.removeprefix("decision:").startswith(wanted)]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(d.id for d in found or known) or "none"
    what = f"{id_!r} is the beginning of several decisions" if found else f"no decision is {id_!r}"
    raise NotFoundError(what, remedy=f"decisions: {listed}")


def is_loaded(store: Store, decisions: Decisions, decision: Decision) -> bool:
    """Tell whether a store holds both of what a decision is about.

    Parameters
    ----------
    store : Store
        Where to look.
    decisions : Decisions
        All of the store.
    decision : Decision
        One of them.

    Returns
    -------
    bool
        False where the decision waits for sources.
    """
    return all(
        _holds(store, tuple(map(decisions.home, keys)))
        for keys in (decision.first, decision.second, decision.paper)
        if keys
    )


def _holds(store: Store, keys: Iterable[str]) -> bool:
    by_scheme: dict[str, list[str]] = {}
    for key in keys:
        scheme, _, value = key.partition(":")
        by_scheme.setdefault(scheme, []).append(value)
    ids = [key for key in keys if not key.startswith(("record:", "key:", "orcid:", "name:"))]
    ids += by_scheme.get("record", ())
    ids += (f"author:{orcid}" for orcid in by_scheme.get("orcid", ()))
    if store.entities_by_id(ids):
        return True
    asked = {scheme: by_scheme[scheme] for scheme in SCHEMES if scheme in by_scheme}
    if "title" in by_scheme:
        asked["title_key"] = by_scheme["title"]
    return any(True for name, of in asked.items() for _ in store.entities_with("Record", name, of))


def _two(store: Store, one: str, two: str) -> tuple[_Named, _Named, str]:
    first, second = _named(store, one), _named(store, two)
    subjects = {_SUBJECTS.get(named.entity.label) for named in (first, second)}
    if len(subjects) > 1 or None in subjects:
        labels = " and ".join(f"{n.entity.name} ({n.entity.label})" for n in (first, second))
        raise DecisionError(
            f"{labels} cannot be decided about together",
            remedy="name two papers, two methods, models or benchmarks, or two authors",
        )
    return first, second, str(subjects.pop())


def _named(store: Store, text: str) -> _Named:
    if "#" in text:
        record = store.entities_by_id([text.strip()]).get(text.strip())
        if record is not None and (paper := record.properties.get("paper")):
            return _Named(text, resolve(store, str(paper), label="Paper"))
    return _Named(text, resolve(store, text))


def _records_of(store: Store, paper: Entity) -> tuple[SourcedRecord, ...]:
    return tuple(sourced_records(store.entities_with("Record", "paper", [paper.id])))


def _known(paper: Entity) -> tuple[str, ...]:
    """Every id of a paper; not the one of its title where other papers have that too."""
    former: Iterable[str] = paper.properties.get("former_ids", ())  # type: ignore[assignment]
    shared = "~" in paper.id
    return tuple(sorted({paper.id, *(i for i in former if not (shared and _is_title(i)))}))


def _is_title(id_: str) -> bool:
    return id_.startswith("title:") and "~" not in id_


def _paper_keys(store: Store, paper: Entity) -> tuple[str, ...]:
    bare = (s for s in _records_of(store, paper) if not s.identifiers)
    known = (i for i in _known(paper) if "~" not in i or i.partition(":")[0] in SCHEMES)
    return tuple(sorted({*known, *(f"record:{s.key}" for s in bare)}))


def _exclusive(
    store: Store, first: _Named, second: _Named
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    left, right = set(_paper_keys(store, first.entity)), set(_paper_keys(store, second.entity))
    return tuple(sorted(left - right)), tuple(sorted(right - left))


def _apart_records(
    store: Store, first: _Named, second: _Named
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of two parts of the records that are one paper."""
    records = _records_of(store, first.entity)
    left, right = _part(first.text, records), _part(second.text, records)
    # A name of the whole stands for what the other one leaves.
    left = left or [s for s in records if s not in right]
    right = right or [s for s in records if s not in left]
    both = [s for s in left if s in right]
    if both:
        what = f"the record {both[0].key} is of both" if len(records) > 1 else "it is one record"
        raise DecisionError(
            f"{first.text} and {second.text} are one paper, and {what}",
            remedy=f"name records: graphkb identity {first.entity.id} lists them",
        )
    return _part_keys(left, right), _part_keys(right, left)


def _part(text: str, records: Sequence[SourcedRecord]) -> list[SourcedRecord]:
    """The records that a text names, where it does not name all of them."""
    ids = set(possible_ids(text))
    found = [s for s in records if s.key in ids or not ids.isdisjoint(s.identifiers)]
    return [] if len(found) == len(records) else found


def _part_keys(own: Sequence[SourcedRecord], other: Sequence[SourcedRecord]) -> tuple[str, ...]:
    shared = {identifier for sourced in other for identifier in sourced.identifiers}
    keys = {i for s in own for i in s.identifiers if i not in shared}
    return tuple(sorted({*keys, *(f"record:{s.key}" for s in own)}))


def _sense_first(first: _Named, second: _Named) -> tuple[_Named, _Named]:
    """The two with an ambiguous name last: what it means is what stays."""
    ambiguous = [bool(named.entity.properties.get("ambiguous")) for named in (first, second)]
    return (second, first) if ambiguous == [True, False] else (first, second)


def _check_names(decisions: Decisions, first: Entity, second: Entity) -> None:
    if first.properties.get("curated") and second.properties.get("curated"):
        raise DecisionError(
            f"the catalogue has {first.name} and {second.name} as two things",
            remedy="what it says is corrected in the catalogue",
        )
    both = {first.id, second.id}
    for decision in decisions.all:
        if (decision.word, decision.subject, decision.paper) == ("apart", "name", ()) and {
            decisions.home(id_) for id_ in (decision.first[0], decision.second[0])
        } == both:
            raise _contradiction(decision)


def _contradiction(decision: Decision) -> DecisionError:
    return DecisionError(
        f"{decision.id} says otherwise: {decision.title}",
        remedy=f"run `graphkb decide revoke {decision.id}`, if that is wrong",
    )


def _apart_names(
    decisions: Decisions, first: _Named, second: _Named, *, in_one_paper: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    entity = first.entity
    if entity.id != second.entity.id:
        return (entity.id,), (second.entity.id,)
    # Of two spellings the one that the id is made of keeps it.
    texts = [first.text, second.text]
    if not in_one_paper and f"method:{name_key(second.text)}" == entity.id:
        texts.reverse()
    key = name_key(texts[1])
    told = entity.properties
    aliases: Iterable[str] = told.get("aliases", ())  # type: ignore[assignment]
    spelled = {name_key(s) for s in (entity.name, str(told.get("long_name", "")), *aliases)}
    if key not in spelled:
        raise DecisionError(
            f"{texts[1]!r} is no spelling of {entity.name}",
            remedy=f"`graphkb identity {entity.id}` lists its spellings",
        )
    if not in_one_paper and key == name_key(texts[0]):
        raise DecisionError(
            f"{texts[0]!r} and {texts[1]!r} are one spelling, which nothing tells apart",
            remedy="set it apart where it means something else: --paper PAPER",
        )
    own = f"method:{key}"
    if not in_one_paper and decisions.home(own) == entity.id and own != entity.id:
        for decision in decisions.all:
            if (decision.word, decision.subject) == ("join", "name") and own in (
                *decision.first,
                *decision.second,
            ):
                raise _contradiction(decision)
    return (entity.id,), (own,)


def _author_keys(store: Store, author: Entity) -> tuple[str, ...]:
    if orcid := author.properties.get("orcid"):
        return (f"orcid:{orcid}",)
    works = _works_of(store, author)
    return _author_in(author, [id_ for work in works for id_ in _known(work)])


def _author_in(author: Entity, papers: Iterable[str]) -> tuple[str, ...]:
    key = author.properties.get("key") or id_key(author.name)
    return tuple(sorted({f"key:{key}", *papers}))


def _works_of(store: Store, author: Entity) -> list[Entity]:
    written = store.edges_in("Author", [author.id], ["AUTHORED_BY"])
    found = store.entities_by_id(edge.start for edge in written)
    return [found[id_] for id_ in sorted(found)]


def _apart_authors(
    store: Store, first: Entity, second: Entity, paper: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if first.id != second.id:
        return _author_keys(store, first), _author_keys(store, second)
    if first.properties.get("orcid"):
        raise DecisionError(
            f"{first.name} has an ORCID, which is one person",
            remedy="where a paper is another's, reject: "
            "`graphkb decide reject PAPER AUTHORED_BY AUTHOR`",
        )
    others = [
        id_
        for work in _works_of(store, first)
        for id_ in _known(work)
        if set(paper).isdisjoint(_known(work))
    ]
    if not paper or not others:
        raise DecisionError(
            f"{first.name} is one author here, and nothing tells two apart",
            remedy="name one paper by the other person: --paper PAPER",
        )
    return _author_in(first, others), _author_in(first, paper)


def _edges(store: Store, start: Entity, type_: str, end: Entity) -> list[Edge]:
    return [e for e in store.edges_out(start.label, [start.id], [type_]) if e.end == end.id]


def _end_keys(entity: Entity) -> tuple[str, ...]:
    told = entity.properties
    if entity.label == "Paper":
        return _known(entity)
    if entity.label == "Author":
        orcid = told.get("orcid")
        key = f"key:{told.get('key') or id_key(entity.name)}"
        return (key, f"orcid:{orcid}") if orcid else (key,)
    if entity.label in (*ARTEFACT_LABELS, "Task"):
        aliases: Iterable[str] = told.get("aliases", ())  # type: ignore[assignment]
        spelled = {entity.name, str(told.get("long_name", "")), *aliases}
        return tuple(sorted({entity.id, *(f"name:{name_key(s)}" for s in spelled if name_key(s))}))
    return (entity.id,)
