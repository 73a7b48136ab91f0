"""Which names of methods, models and benchmarks are one thing.

Mentions whose names fold to one key form a block. A block with one long form or none is one
entity; with several it is the catalogue's senses, else one entity a long form, and the bare name
goes to an entity that is marked ambiguous and lists its senses.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from graphkb.build.decided import NO_DECISIONS, Decisions, own_id
from graphkb.extract.catalogue import Catalogue, Entry
from graphkb.model.name import name_key
from graphkb.model.reading import NamedEntity

__all__ = [
    "Artefact",
    "Form",
    "Mention",
    "Names",
    "Naming",
    "Places",
    "artefact_entries",
    "entry_id",
    "long_forms",
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


class Form(NamedTuple):
    """A way in which papers name a thing."""

    name: str
    long: str | None
    kind: str
    aliases: tuple[str, ...]
    introduced: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """How papers name a thing, all that is displayed of it: as large as the ways are many.

    Parameters
    ----------
    forms : mapping of Form to int
        How many mentions have each form.
    first : str
        The first date of a paper that names it, or an empty string.
    """

    forms: Mapping[Form, int]
    first: str = ""

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Naming:
        """Return how these mentions name a thing."""
        forms: Counter[Form] = Counter()
        dates = set()
        for mention in mentions:
            named = mention.entity
            introduced = named.group == "introduces"
            forms[Form(named.name, named.long, named.kind, named.aliases, introduced)] += 1
            dates.add(mention.stated)
        return cls(forms, min(dates - {""}, default=""))

    def __or__(self, other: Naming) -> Naming:
        """Return how both together name it."""
        forms = Counter(self.forms)
        forms.update(other.forms)
        return Naming(forms, min({self.first, other.first} - {""}, default=""))


@dataclass(frozen=True, slots=True)
class Artefact:
    """One thing that papers name.

    Parameters
    ----------
    id : str
        ``method:<key>``, the one key space of methods, models and benchmarks.
    entry : Entry or None
        The catalogue's entry.
    naming : Naming
        How papers name it.
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
    naming: Naming
    ambiguous: bool = False
    senses: tuple[str, ...] = ()
    joined: bool = False
    apart: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The catalogue's spelling, else the introducing paper's, else the most frequent."""
        if self.entry:
            return self.entry.name
        spelled = _counted((form.name, n) for form, n in self._deciding.items())
        own = {name: n for name, n in spelled.items() if f"method:{name_key(name)}" == self.id}
        return _majority(own if self.joined and own else spelled)

    @property
    def long_name(self) -> str | None:
        """The spelled-out name, by the same precedence; none for an ambiguous name."""
        if self.entry and self.entry.long:
            return self.entry.long
        if self.ambiguous:
            return None
        longs: Mapping[str, int] = {}
        for forms in (self._deciding, self.naming.forms):
            longs = longs or _counted((form.long, n) for form, n in forms.items() if form.long)
        longs = {long: n for long, n in longs.items() if name_key(long) not in self.apart}
        return _majority(longs) if longs else None

    @property
    def kind(self) -> str:
        """method, framework, model, benchmark, dataset or environment, by that precedence."""
        if self.entry:
            return self.entry.kind
        return _majority(_counted((form.kind, n) for form, n in self._deciding.items()))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other spelling, sorted."""
        spelled: set[str] = set()
        for form in self.naming.forms:
            spelled.update((form.name, *form.aliases))
            if self.joined and form.long:
                spelled.add(form.long)
        if self.entry:
            spelled.update(self.entry.aliases)
        others = spelled - {self.name, self.long_name}
        return tuple(sorted(name for name in others if name_key(name) not in self.apart))

    @property
    def _deciding(self) -> Mapping[Form, int]:
        forms = self.naming.forms
        return {form: n for form, n in forms.items() if form.introduced} or forms


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
    spelled = long_forms(m.entity for m in ordered)
    places = Places(spelled, catalogue, work_ids or {})
    of_artefact: dict[str, list[Mention]] = defaultdict(list)
    ids: dict[tuple[str, str], str] = {}
    for mention in ordered:
        entity = mention.entity
        id_ = places.of(mention.paper, entity)
        if decisions:
            id_ = decisions.placed(id_, entity.name, mention.paper, mention.known_as)
        of_artefact[id_].append(mention)
        ids[mention.paper, entity.name] = id_
    artefacts = {
        id_: Artefact(
            id_,
            places.curated.get(id_),
            Naming.of(found),
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


class Places:
    """Where mentions go: a catalogue entry, the thing of their name, or one of its senses.

    Parameters
    ----------
    longs : mapping of str to mapping of str to str
        As :func:`long_forms` gives them; of names that are asked for, all.
    catalogue : Catalogue
        The curated facts.
    work_ids : mapping of str to str
        From an identifier of a paper to the id of its work, where that is another.
    of_long : mapping of str to str, optional
        From a folded long form to the id of the thing that it spells out; by default what
        `longs` say of it.
    """

    def __init__(
        self,
        longs: Mapping[str, Mapping[str, str]],
        catalogue: Catalogue,
        work_ids: Mapping[str, str],
        of_long: Mapping[str, str] | None = None,
    ) -> None:
        self.curated = artefact_entries(catalogue)
        self._catalogue = catalogue
        self._work_ids = work_ids
        self._longs = longs
        if of_long is None:
            found: dict[str, str] = {}
            for key in sorted(longs):
                for long, id_ in self.spelled_out(key):
                    found.setdefault(long, id_)
            of_long = found
        self._of_long = of_long

    def of(self, paper: str, entity: NamedEntity) -> str:
        """Return the id of the artefact that a paper's mention belongs to."""
        if entity.entry:
            return entry_id(self._catalogue.entry(entity.entry))
        key = name_key(entity.name)
        id_ = f"method:{key}"
        entry = self.curated.get(id_)
        if entry and self._introduces(paper, entry):
            return id_
        if entity.long and name_key(entity.long):
            return self._spelled_out(key, long_key(entity.long))
        if entry and entity.group == "introduces":
            # The reader says that this paper's own thing is not the catalogue's of that name.
            return own_id(key, paper)
        if entry or self.is_ambiguous(id_):
            return id_
        return self._of_long.get(long_key(entity.name), id_)

    def spelled_out(self, key: str) -> Iterator[tuple[str, str]]:
        """Yield each folded long form of a name with the id of the thing that it spells out."""
        for long in self._longs[key]:
            if long:
                yield long, self._spelled_out(key, long)

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


def long_forms(entities: Iterable[NamedEntity]) -> dict[str, dict[str, str]]:
    """Return the long forms that go with names, but of mentions of the catalogue's entries.

    Parameters
    ----------
    entities : iterable of NamedEntity
        Of any papers.

    Returns
    -------
    dict of str to dict of str to str
        From a name's key to its long forms: folded, to the spelling that stands for it.
    """
    spelled: dict[str, dict[str, str]] = defaultdict(dict)
    for entity in entities:
        if entity.entry is None and entity.long and name_key(entity.long):
            longs, long = spelled[name_key(entity.name)], long_key(entity.long)
            longs[long] = min(entity.long, longs.get(long, entity.long))
    return dict(spelled)


def long_key(text: str) -> str:
    """Return a long form folded: linking words and plural endings do not tell things apart."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    kept = [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words]
    return "".join(word for word in kept if word not in _LINKING_WORDS)


def _method_id(long: str) -> str:
    # A long form of a hostile text may be longer than an index of ids takes.
    return f"method:{name_key(long)[:_LONGEST_KEY]}"


def _counted(found: Iterable[tuple[str, int]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for value, number in found:
        counted[value] += number
    return counted


def _majority(counted: Mapping[str, int]) -> str:
    return min(counted, key=lambda value: (-counted[value], value))
