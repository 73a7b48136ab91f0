"""Which names of methods, models and benchmarks are one thing.

Mentions whose names fold to one key form a block. A block with one long form or none is one
entity; with several it is the catalogue's senses, else one entity a long form, and the bare name
goes to an entity that is marked ambiguous and lists its senses.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from graphkb.build.decided import NO_DECISIONS, Decisions, own_id
from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.model.name import name_key
from graphkb.model.reading import NamedEntity

__all__ = [
    "Artefact",
    "Mention",
    "Names",
    "artefact_entries",
    "entry_id",
    "long_key",
    "resolve_names",
]

_LONGEST_KEY = 500
_LINKING_WORDS = frozenset(
    ("a", "an", "and", "by", "for", "from", "in", "of", "on", "the", "to", "via", "with")
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity in the paper that names it.

    Parameters
    ----------
    paper : str
        The paper's id.
    stated : str
        The paper's ISO date, or an empty string.
    entity : NamedEntity
        What the reader found.
    known_as : frozenset of str
        Every id of the paper.
    """

    paper: str
    stated: str
    entity: NamedEntity
    known_as: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Artefact:
    """One thing that papers name.

    Parameters
    ----------
    id : str
        ``method:<key>``, the one key space of methods, models and benchmarks.
    entry : Entry or None
        The catalogue's entry.
    mentions : tuple of Mention
        Sorted by paper and place.
    ambiguous : bool
        Whether the bare name means several things, so that this may be any of them.
    senses : tuple of str
        Of an ambiguous name: the ids of what it may mean, as far as papers name it.
    joined : bool
        Whether a person joined several names.
    apart : frozenset of str
        The folded names that a person set apart from it.
    """

    id: str
    entry: Entry | None
    mentions: tuple[Mention, ...]
    ambiguous: bool = False
    senses: tuple[str, ...] = ()
    joined: bool = False
    apart: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The catalogue's spelling, else the introducing paper's, else the most frequent."""
        if self.entry:
            return self.entry.name
        spelled = [m.entity.name for m in self._deciding]
        own = [name for name in spelled if f"method:{name_key(name)}" == self.id]
        return _majority(own if self.joined and own else spelled)

    @property
    def long_name(self) -> str | None:
        """The spelled-out name, by the same precedence; none for an ambiguous name."""
        if self.entry and self.entry.long:
            return self.entry.long
        if self.ambiguous:
            return None
        longs = [m.entity.long for m in self._deciding if m.entity.long]
        longs = longs or [m.entity.long for m in self.mentions if m.entity.long]
        longs = [long for long in longs if name_key(long) not in self.apart]
        return _majority(longs) if longs else None

    @property
    def kind(self) -> str:
        """method, framework, model, benchmark, dataset or environment, by that precedence."""
        if self.entry:
            return self.entry.kind
        return _majority(m.entity.kind for m in self._deciding)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other spelling, sorted."""
        spelled = {m.entity.name for m in self.mentions}
        for mention in self.mentions:
            spelled.update(mention.entity.aliases)
            if self.joined and mention.entity.long:
                spelled.add(mention.entity.long)
        if self.entry:
            spelled.update(self.entry.aliases)
        others = spelled - {self.name, self.long_name}
        return tuple(sorted(name for name in others if name_key(name) not in self.apart))

    @property
    def _deciding(self) -> tuple[Mention, ...]:
        introduced = tuple(m for m in self.mentions if m.entity.group == "introduces")
        return introduced or self.mentions


@dataclass(frozen=True, slots=True)
class Names:
    """What each name of each paper is.

    Parameters
    ----------
    artefacts : mapping of str to Artefact
        By id.
    ids : mapping of (str, str) to str
        From a paper's id and a name in its reading to the artefact's id.
    """

    artefacts: Mapping[str, Artefact]
    ids: Mapping[tuple[str, str], str]


def entry_id(entry: Entry) -> str:
    """Return the id of a catalogue entry in the graph.

    An entry whose own name is declared ambiguous goes by its long form, so that the bare name
    stays free for the ambiguous entity.

    Parameters
    ----------
    entry : Entry
        A method, model or benchmark.

    Returns
    -------
    str
        ``method:<key>``, or ``task:<key>``.
    """
    scheme = entry.id.partition(":")[0]
    if entry.long and entry.key in {name_key(name) for name in entry.ambiguous}:
        return f"{scheme}:{name_key(entry.long)}"
    return entry.id


@lru_cache(maxsize=4)
def artefact_entries(catalogue: Catalogue) -> Mapping[str, Entry]:
    """Return the methods, models and benchmarks of the catalogue by their id in the graph.

    Parameters
    ----------
    catalogue : Catalogue
        The curated facts.

    Returns
    -------
    mapping of str to Entry
        By :func:`entry_id`.
    """
    return {entry_id(entry): entry for entry in catalogue.entries if entry.kind != "task"}


def resolve_names(
    mentions: Iterable[Mention],
    catalogue: Catalogue,
    work_ids: Mapping[str, str] | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> Names:
    """Decide which mentions are one thing.

    Parameters
    ----------
    mentions : iterable of Mention
        Of all papers, in any order.
    catalogue : Catalogue
        The curated facts.
    work_ids : mapping of str to str, optional
        From an identifier of a paper to the id of its work, where that is another.
    decisions : Decisions
        What persons decided; they come last, and so over everything.

    Returns
    -------
    Names
        Independent of the order of the mentions.
    """
    ordered = sorted(
        mentions, key=lambda m: (m.paper, m.entity.field, m.entity.begin, m.entity.name)
    )
    places = _Places(ordered, catalogue, work_ids or {})
    of_artefact: dict[str, list[Mention]] = defaultdict(list)
    ids: dict[tuple[str, str], str] = {}
    for mention in ordered:
        entity = mention.entity
        id_ = entry_id(catalogue.entry(entity.entry)) if entity.entry else places.of(mention)
        if decisions:
            id_ = decisions.placed(id_, entity.name, mention.paper, mention.known_as)
        of_artefact[id_].append(mention)
        ids[mention.paper, entity.name] = id_
    artefacts = {
        id_: Artefact(
            id_,
            places.curated.get(id_),
            tuple(found),
            places.is_ambiguous(id_),
            tuple(
                sense
                for sense in dict.fromkeys(map(decisions.home, places.senses(id_)))
                if sense in of_artefact and sense != id_
            ),
            decisions.is_home(id_),
            decisions.apart_from(id_),
        )
        for id_, found in sorted(of_artefact.items())
    }
    return Names(artefacts, ids)


class _Places:
    """Where the mentions that are no catalogue entry go."""

    def __init__(
        self, mentions: Iterable[Mention], catalogue: Catalogue, work_ids: Mapping[str, str]
    ) -> None:
        self.curated = artefact_entries(catalogue)
        self._catalogue = catalogue
        self._work_ids = work_ids
        self._longs = _long_forms(m for m in mentions if m.entity.entry is None)
        self._of_long: dict[str, str] = {}
        for key, longs in sorted(self._longs.items()):
            for long in longs:
                self._of_long.setdefault(long, self._spelled_out(key, long))
        self._of_long.pop("", None)

    def of(self, mention: Mention) -> str:
        """Return the id of the artefact that a mention belongs to."""
        entity = mention.entity
        key = name_key(entity.name)
        id_ = f"method:{key}"
        entry = self.curated.get(id_)
        if entry and self._introduces(mention.paper, entry):
            return id_
        if entity.long and name_key(entity.long):
            return self._spelled_out(key, long_key(entity.long))
        if entry and entity.group == "introduces":
            # The reader says that this paper's own thing is not the catalogue's of that name.
            return own_id(key, mention.paper)
        if entry or self.is_ambiguous(id_):
            return id_
        return self._of_long.get(long_key(entity.name), id_)

    def is_ambiguous(self, id_: str) -> bool:
        """Tell whether an id is that of a bare name that means several things."""
        key = id_.removeprefix("method:")
        several = len(self._longs.get(key, ())) > 1 or bool(self._curated_senses(key))
        return several and id_ not in self.curated

    def senses(self, id_: str) -> tuple[str, ...]:
        """Return the ids that an ambiguous bare name may mean; none where it means one thing."""
        if not self.is_ambiguous(id_):
            return ()
        key = id_.removeprefix("method:")
        of_text = {_method_id(long) for long in self._longs.get(key, {}).values()}
        return tuple(sorted(of_text | self._curated_senses(key)))

    def _spelled_out(self, key: str, long: str) -> str:
        """The id of a name with its long form: the name's, unless that means other things too."""
        id_ = f"method:{key}"
        if id_ in self.curated or self.is_ambiguous(id_):
            return _method_id(self._longs[key][long])
        return id_

    def _introduces(self, paper: str, entry: Entry) -> bool:
        return entry.paper is not None and paper == self._work_ids.get(
            entry.paper.id, entry.paper.id
        )

    def _curated_senses(self, key: str) -> set[str]:
        return {entry_id(e) for e in self._catalogue.by_key(key) if e.kind != "task"}


def _long_forms(mentions: Iterable[Mention]) -> dict[str, dict[str, str]]:
    """From a name's key to its long forms: folded to the spelling that stands for it."""
    spelled: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        if mention.entity.long and name_key(mention.entity.long):
            key = name_key(mention.entity.name)
            spelled[key][long_key(mention.entity.long)].add(mention.entity.long)
    return {
        key: {long: min(written) for long, written in longs.items()}
        for key, longs in spelled.items()
    }


def long_key(text: str) -> str:
    """Return a long form folded: linking words and plural endings do not tell things apart."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    kept = [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words]
    return "".join(word for word in kept if word not in _LINKING_WORDS)


def _method_id(long: str) -> str:
    # A long form of a hostile text may be longer than an index of ids takes.
    return f"method:{name_key(long)[:_LONGEST_KEY]}"


def _majority(values: Iterable[str]) -> str:
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value))
