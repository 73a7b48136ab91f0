"""Search over names, titles and abstracts: words, beginnings and misspellings, ranked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graphkb.model.name import name_key
from graphkb.model.schema import KIND_LABELS
from graphkb.model.word import Clause, clauses, encoded, encoded_key
from graphkb.query.highlight import Snippet, beginning, excerpt, highlighted
from graphkb.query.kind import checked_kinds, is_within
from graphkb.query.near import NEAR, near_lengths, near_spellings, suggestions
from graphkb.query.period import checked_date
from graphkb.query.resolve import is_storable, possible_ids
from graphkb.store.protocol import Store
from graphkb.store.text_index import SEARCHED, Named, TextIndex

__all__ = ["Found", "How", "search"]

How = Literal[
    "id", "name", "alias", "former id", "prefix", "words", "abstract", "beginnings", "typo"
]
# A misspelt word stands for so many words at most.
_MEANT = 5
# Of a longer text nobody has misspelt the whole.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that answers a search.

    Parameters
    ----------
    id, label, name : str
        The entity.
    kind : str
        Its kind (method, framework, dataset …), else its label in lower case.
    support : int
        Papers that rest on it.
    date : str
        ISO date of a paper, or of the first paper that names the thing; empty where unknown.
    matched : str
        id, name, alias, former id, prefix (of a name), words (of a name or title), abstract (the
        rest of the words stands there), beginnings (of words) or typo.
    snippet : Snippet
        The name, or the part of the abstract, with what was found.
    """

    id: str
    label: str
    name: str
    kind: str
    support: int
    date: str
    matched: How
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class _Bounds:
    labels: tuple[str, ...]
    kinds: frozenset[str]
    since: str | None
    until: str | None

    def allow(self, named: Named) -> bool:
        return (
            not self.kinds or not self.kinds.isdisjoint((named.label.lower(), named.kind))
        ) and is_within(named.date, self.since, self.until)


def search(
    store: Store,
    text: str,
    *,
    limit: int | None = 20,
    kinds: Collection[str] = (),
    since: str | None = None,
    until: str | None = None,
) -> tuple[Found, ...]:
    """Find entities by names and words.

    What has the text as its id or name comes first; then as an alias; as a former id; what has a
    name that begins so; what has all its words in its names or title; in title and abstract
    together; what has the last word as the beginning of one; and, only where all this finds
    nothing, what is spelt nearly so. Among equals what a source delivered comes before stubs, then
    the better supported, then by name and id.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        A name, an id in any spelling, or words.
    limit : int, optional
        Most answers.
    kinds : collection of str
        Kinds (dataset) and labels (benchmark) to look among; all by default.
    since, until : str, optional
        ISO dates that bound papers, and the first mention of other things; what has no date is
        left out then.

    Returns
    -------
    tuple of Found
        The best first.

    Raises
    ------
    QueryError
        A kind or a date is none.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     [(found.name, found.matched) for found in search(kb.store, "grpo", limit=1)]
    [('GRPO', 'name')]
    """
    for bound in (since, until):
        if bound is not None:
            checked_date(bound)
    chosen = checked_kinds(kinds)
    meant = {KIND_LABELS.get(kind, kind.capitalize()) for kind in chosen}
    labels = tuple(label for label in SEARCHED if not meant or label in meant)
    bounds = _Bounds(labels, chosen, since, until)
    if not labels or not is_storable(text):
        return ()
    index = store.text_index()
    answered: dict[str, tuple[Named, How, Snippet | None]] = {}
    for named, how, snippet in _answers(store, index, text, bounds):
        if limit is not None and len(answered) >= limit:
            break
        if named.id not in answered and bounds.allow(named):
            answered[named.id] = named, how, snippet
    return tuple(_completed(store, text, answered.values()))


_Answer = tuple[Named, How, Snippet | None]


def _answers(store: Store, index: TextIndex, text: str, bounds: _Bounds) -> Iterator[_Answer]:
    """Everything that answers, tier by tier; most things more than once."""
    given = False
    for answer in _right_answers(store, index, text, bounds.labels):
        given = given or bounds.allow(answer[0])
        yield answer
    if not given:
        yield from _near_names(index, text, bounds.labels)
        yield from _near_words(index, text, bounds.labels)


def _right_answers(
    store: Store, index: TextIndex, text: str, labels: tuple[str, ...]
) -> Iterator[_Answer]:
    yield from _exact(store, index, text, labels)
    key = name_key(text)
    if key:
        for named in index.begun(encoded(key), labels):
            for spelling in named.spelled:
                if spelling not in named.former_ids and name_key(spelling).startswith(key):
                    yield named, "prefix", beginning(spelling, text)
                    break
    wanted = clauses(text)
    tiers: tuple[tuple[Sequence[Clause], Literal["name", "text"], How], ...] = (
        (wanted, "name", "words"),
        (wanted, "text", "abstract"),
        (clauses(text, begun=True), "name", "beginnings"),
        (clauses(text, begun=True), "text", "beginnings"),
    )
    for sought, where, how in tiers:
        for named in index.holding(sought, where, labels):
            yield named, how, None


def _exact(store: Store, index: TextIndex, text: str, labels: tuple[str, ...]) -> list[_Answer]:
    """What has the text as an id, name, alias or former id, in this order."""
    wanted, key = text.strip(), name_key(text)
    ids = [id_ for id_ in possible_ids(text) if is_storable(id_)]
    known = store.entities_by_id(ids).values()
    keys = {encoded_key(spelling) for spelling in (wanted, *ids, *(one.name for one in known))}
    tiers: dict[How, list[_Answer]] = {"id": [], "name": [], "alias": [], "former id": []}
    for named in index.called(keys, labels):
        for how, spelling in _as_called(named, wanted, key, ids):
            snippet = Snippet(spelling, ((0, len(spelling)),))
            tiers[how].append((named, how, snippet))
            break
    # An id and a name are equally exact; only then the support tells.
    first = sorted((*tiers["id"], *tiers["name"]), key=lambda found: found[0].rank)
    return [*first, *tiers["alias"], *tiers["former id"]]


def _as_called(
    named: Named, wanted: str, key: str, ids: Sequence[str]
) -> Iterator[tuple[How, str]]:
    if named.id in ids:
        yield "id", named.id
    if name_key(named.name) == key if key else named.name == wanted:
        yield "name", named.name
    for spelling in named.others:
        if spelling not in named.former_ids and (
            name_key(spelling) == key if key else spelling == wanted
        ):
            yield "alias", spelling
    for former in named.former_ids:
        if former in ids or (key and name_key(former) == key):
            yield "former id", former


def _near_names(index: TextIndex, text: str, labels: tuple[str, ...]) -> Iterator[_Answer]:
    """What is called nearly so, the nearest first."""
    if len(text) > _LONGEST_NAME:
        return
    spelled: dict[str, list[Named]] = {}
    for spelling, named in near_spellings(index, text, labels):
        spelled.setdefault(spelling, []).append(named)
    for spelling in suggestions(text, spelled):
        for named in sorted(spelled[spelling], key=lambda one: one.rank):
            if spelling not in named.former_ids:
                yield named, "typo", Snippet(spelling, ((0, len(spelling)),))


def _near_words(index: TextIndex, text: str, labels: tuple[str, ...]) -> Iterator[_Answer]:
    """What has words that are spelt nearly so, in names and titles, then in abstracts."""
    wanted = _meant(index, clauses(text))
    for where in ("name", "text"):
        for named in index.holding(wanted, where, labels):
            text_of_name = _best_spelling(named, wanted)
            yield named, "typo", text_of_name if text_of_name.marks else None


def _meant(index: TextIndex, wanted: Sequence[Clause]) -> tuple[Clause, ...]:
    """The clauses, each answered by the nearest words of names and titles too."""
    asked = [clause.alternatives[0][-1] for clause in wanted]
    # The first letter is believed, but that it may have changed places with the second.
    first = {letter for word in asked for letter in word[:2]}
    lengths = {length for word in asked for length in near_lengths(word)} or {0}
    known = index.vocabulary(first, min(lengths), max(lengths))
    return tuple(
        replace(clause, alternatives=(*clause.alternatives, *((near,) for near in found)))
        for clause, word in zip(wanted, asked, strict=True)
        for found in [_nearest(known, word)]
    )


def _nearest(known: Mapping[str, int], word: str) -> list[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    lengths = near_lengths(word)
    meant = [near for near in known if near[0] in word[:2] and len(near) in lengths]
    found = process.extract(
        word, meant, scorer=OSA.normalized_similarity, limit=None, score_cutoff=NEAR
    )
    ranked = sorted((-score, -known[near], near) for near, score, _ in found)
    return [near for _, _, near in ranked[:_MEANT]]


def _completed(store: Store, text: str, answers: Iterable[_Answer]) -> Iterator[Found]:
    """The answers with their snippets; abstracts are read of the few that show one."""
    chosen = list(answers)
    wanted = clauses(text, begun=True)
    bare: dict[str, Snippet] = {}
    for named, how, snippet in chosen:
        if snippet is None and how != "abstract":
            bare[named.id] = _best_spelling(named, clauses(text) if how == "words" else wanted)
    missing = [
        named.id
        for named, _, snippet in chosen
        if snippet is None and not bare.get(named.id, Snippet("")).marks
    ]
    papers = store.entities_by_id(missing) if missing else {}
    for named, how, snippet in chosen:
        shown = snippet or bare.get(named.id)
        if named.id in papers:
            abstract = str(papers[named.id].properties.get("abstract") or "")
            marked = highlighted(abstract, wanted)
            shown = excerpt(marked) if marked.marks else (shown or Snippet(named.name))
        kind = named.kind or named.label.lower()
        yield Found(
            *(named.id, named.label, named.name, kind, named.support, named.date, how),
            shown or Snippet(named.name),
        )


def _best_spelling(named: Named, wanted: Sequence[Clause]) -> Snippet:
    """The spelling that has most of what was looked for; the name among equals."""
    spellings = [one for one in named.spelled if one not in named.former_ids]
    snippets = [highlighted(spelling, wanted) for spelling in spellings]
    return max(snippets, key=lambda snippet: len(snippet.marks))
