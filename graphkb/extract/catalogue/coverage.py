"""What a corpus says of the catalogue: what it lacks, what nobody names, what hits ordinary words.

None of it is an error: a name may be missing because it is no name, and an entry may be of another
year than the corpus. It is a list for a person to go through, the most frequent first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphkb.extract.confidence import accepted
from graphkb.extract.lexicon import Lexicon, fold
from graphkb.extract.sentences import Document
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.extract.catalogue.collection import Catalogue
    from graphkb.extract.reader import Reader
    from graphkb.model.entry import Entry
    from graphkb.model.reading import NamedEntity, Reading, TaskMention

__all__ = ["Coverage", "Remark"]

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_KIND = {"introduces": "method", "methods": "method", "models": "model", "benchmarks": "benchmark"}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a corpus shows of the catalogue.

    Parameters
    ----------
    finding : {'lacking', 'rejected', 'ordinary word', 'unmentioned'}
        A name that has no entry; a spelling that the reader takes for its entry in less than half
        of the papers that have it; a spelling that is matched as a Capitalised word and more often
        stands in lower case; an entry that no paper names.
    name : str
        The name as most papers write it, or the spelling.
    kind : str
        The kind of the entry, or the kind that the name's statements have.
    papers : int
        How many papers name it.
    place : str
        ``file:line`` of the entry, empty where there is none.
    what : str
        The figures behind it.
    example : str
        A sentence of the corpus, empty where nobody names it.
    """

    finding: str
    name: str
    kind: str
    papers: int
    place: str
    what: str
    example: str


@dataclass(slots=True)
class _Name:
    """A name that has no entry."""

    written: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    papers: int = 0
    introduced: int = 0
    example: str = ""


@dataclass(slots=True)
class _Use:
    """A spelling of an entry in the corpus."""

    papers: int = 0
    kept: int = 0
    example: str = ""


class Coverage:
    """Compares a catalogue with the papers of a corpus, one after the other.

    Parameters
    ----------
    reader : Reader
        Whose catalogue it is and whose statements count.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Catalogue, Entry
    >>> from graphkb.extract.reader import Reader
    >>> coverage = Coverage(Reader(Catalogue([Entry("GRPO", None, "method")])))
    >>> coverage.add("A title", "We fine-tune Qwen2.5-7B with PPO.")
    >>> [(found.finding, found.name, found.papers) for found in coverage.findings(least=1)]
    [('lacking', 'PPO', 1), ('lacking', 'Qwen2.5-7B', 1), ('unmentioned', 'GRPO', 0)]
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lexicon = Lexicon(reader.catalogue)
        self._lacking: dict[tuple[bool, str], _Name] = {}
        self._uses: dict[tuple[str, str], _Use] = {}
        self._words: Counter[str] = Counter()
        self.papers = 0

    def add(self, title: str, abstract: str) -> None:
        """Read one paper.

        Parameters
        ----------
        title, abstract : str
            Text as `graphkb.model.text.clean_text` leaves it.
        """
        self.papers += 1
        document = Document.of(title, abstract)
        reading = accepted(self._reader.read(title, abstract))
        self._words.update(
            {word for part in document.sentences for word in _WORD.findall(part.plain)}
        )
        self._note_uses(document, reading)
        self._note_lacking(document, reading)

    def _note_uses(self, document: Document, reading: Reading) -> None:
        believed = [
            f" {fold(spelling)} "
            for entity in reading.entities
            for spelling in (entity.surface, entity.name, entity.long or "", *entity.aliases)
        ]
        # An abbreviation and its long form are one statement, which need not name both.
        meant = {entity.entry or entity.family for entity in reading.entities}
        seen = set()
        for sentence in document.sentences:
            for hit in self._lexicon.hits(sentence.plain):
                written = fold(sentence.plain[hit.begin : hit.stop])
                for entry in hit.entries:
                    if (entry.id, written) in seen:
                        continue
                    seen.add((entry.id, written))
                    use = self._uses.setdefault((entry.id, written), _Use())
                    use.papers += 1
                    kept = (
                        entry.kind == "task"
                        or entry.id in meant
                        or any(f" {written} " in said for said in believed)
                    )
                    use.kept += kept
                    if not use.example or not kept:
                        use.example = sentence.text

    def _note_lacking(self, document: Document, reading: Reading) -> None:
        claims: tuple[NamedEntity | TaskMention, ...] = (*reading.entities, *reading.tasks)
        for claim in claims:
            if claim.entry is None and not self._is_known(claim):
                self._note_name(claim, document)

    def _is_known(self, claim: NamedEntity | TaskMention) -> bool:
        """Whether it is a spelling of an entry, or a size or version of a model that has one."""
        if claim.rule.endswith("suffix"):
            return True
        catalogue = self._reader.catalogue
        return any(
            catalogue.by_key(name_key(spelling))
            for spelling in (claim.name, getattr(claim, "surface", claim.name))
        )

    def _note_name(self, claim: NamedEntity | TaskMention, document: Document) -> None:
        group = getattr(claim, "group", "tasks")
        name = self._lacking.setdefault((group == "tasks", name_key(claim.name)), _Name())
        name.papers += 1
        name.written[claim.name] += 1
        # What introduces a name says most about its kind, but only others' use makes it frequent.
        name.introduced += group == "introduces"
        name.kinds[getattr(claim, "kind", "task") or _KIND[group]] += 1
        if not name.example or (name.introduced == name.papers - 1 and group != "introduces"):
            begin, stop = claim.sentence
            name.example = document.text(claim.field)[begin:stop]

    def findings(self, least: int) -> tuple[Remark, ...]:
        """Tell what the papers that were added show.

        Parameters
        ----------
        least : int
            How many papers a name or spelling must have to be told.

        Returns
        -------
        tuple of Remark
            Names that have no entry, the most frequent first; then spellings, the most frequent
            first; then what no paper mentions, by name.
        """
        return (
            *_ranked(self._lacking_names(least)),
            *_ranked(self._dangerous_spellings(least)),
            *_ranked(self._unmentioned()),
        )

    def _lacking_names(self, least: int) -> Iterator[Remark]:
        for name in self._lacking.values():
            if name.papers < least:
                continue
            written = _most(name.written)
            what = f"introduced by {name.introduced} of {name.papers}" if name.introduced else ""
            yield Remark("lacking", written, _most(name.kinds), name.papers, "", what, name.example)

    def _dangerous_spellings(self, least: int) -> Iterator[Remark]:
        catalogue = self._reader.catalogue
        for (identifier, written), use in self._uses.items():
            entry = catalogue.entry(identifier)
            spelling = next((s for s in entry.spellings if fold(s) == written), written)
            if use.papers >= least and 2 * use.kept < use.papers:
                what = f"taken for {entry.name} in {use.kept} of {use.papers} papers"
                yield _of_entry("rejected", spelling, entry, use, what)
            elif _is_capitalised(spelling) and spelling not in entry.ambiguous:
                lower = self._words[spelling.lower()]
                if lower >= least and lower > use.papers:
                    what = f"in lower case in {lower} papers"
                    yield _of_entry("ordinary word", spelling, entry, use, what)

    def _unmentioned(self) -> Iterator[Remark]:
        mentioned = {identifier for identifier, _ in self._uses}
        parents = _parents(self._reader.catalogue)
        for entry in self._reader.catalogue.entries:
            if entry.id not in mentioned:
                children = parents[entry.id]
                what = f"parent of {children} entries" if children else ""
                yield _of_entry("unmentioned", entry.name, entry, _Use(), what)


def _of_entry(finding: str, spelling: str, entry: Entry, use: _Use, what: str) -> Remark:
    return Remark(finding, spelling, entry.kind, use.papers, entry.place, what, use.example)


def _ranked(findings: Iterator[Remark]) -> list[Remark]:
    return sorted(findings, key=lambda f: (-f.papers, f.name.casefold(), f.name, f.place))


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda value: (-counted[value], value))


def _is_capitalised(spelling: str) -> bool:
    """Whether it is one word that only its capital tells from an ordinary one."""
    return spelling[:1].isupper() and _WORD.fullmatch(spelling[1:]) is not None


def _parents(catalogue: Catalogue) -> Counter[str]:
    """Count how many entries name each entry as a parent, by its id."""
    return Counter(
        parent.id
        for entry in catalogue.entries
        for parent in map(catalogue.parent, entry.parents)
        if parent is not None
    )
