"""One paper's title and abstract to statements."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from graphkb.extract.component import components
from graphkb.extract.confidence import THRESHOLDS, accepted, confidence
from graphkb.extract.introduction import introductions
from graphkb.extract.learned.digest import DIGEST as WEIGHTS
from graphkb.extract.learned.judging import judged_relations
from graphkb.extract.learned.names import judged
from graphkb.extract.learned.proposal import proposals
from graphkb.extract.learned.results import judged_results
from graphkb.extract.learned.tasks import judged_tasks
from graphkb.extract.learned.weights import Learned, shipped
from graphkb.extract.learned.wording import wordings
from graphkb.extract.lexicon import Lexicon
from graphkb.extract.link import links
from graphkb.extract.mention import mentions
from graphkb.extract.naming import Expansions, arranged, clustered
from graphkb.extract.occurrence import Occurrences
from graphkb.extract.precision import DIGEST
from graphkb.extract.relation import implementations, relations
from graphkb.extract.result import results
from graphkb.extract.role import with_roles
from graphkb.extract.sentences import Document
from graphkb.extract.task import MOST, tasks
from graphkb.extract.threshold import DIGEST as BELIEVED
from graphkb.model.collector import resting_collector
from graphkb.model.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.candidate import Candidate
    from graphkb.extract.catalogue import Catalogue
    from graphkb.extract.learned.reason import Reason
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.naming import Cluster
    from graphkb.model.reading import NamedEntity, TaskMention

__all__ = ["VERSION", "Reader", "accepted"]

# The number changes with the rules, the rest with their measured precision, with what was learned
# and with what is believed.
VERSION = f"3.{DIGEST}.{WEIGHTS}.{BELIEVED}"


class Reader:
    """Reads a title and an abstract; a pure function of them and the catalogue.

    Parameters
    ----------
    catalogue : Catalogue
        What is known beforehand.
    learned : Learned, optional
        What was learned from hand-annotated abstracts; the package's own weights by default.
        Rules alone judge with ``Learned()``.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Catalogue, Entry
    >>> reader = Reader(Catalogue([Entry("GRPO", None, "method")]))
    >>> reading = reader.read("AdaR: Adaptive Reasoning", "We propose AdaR, a variant of GRPO.")
    >>> [(entity.name, entity.group) for entity in accepted(reading).entities]
    [('AdaR', 'introduces'), ('GRPO', 'methods')]
    """

    def __init__(self, catalogue: Catalogue, learned: Learned | None = None) -> None:
        self.catalogue = catalogue
        self._given = learned

    @cached_property
    def _learned(self) -> Learned:
        return shipped() if self._given is None else self._given

    @cached_property
    def _lexicon(self) -> Lexicon:
        # Made when the first text is read: where the cache holds every text, it never is.
        return Lexicon(self.catalogue)

    def read(self, title: str, abstract: str) -> Reading:
        """Find everything that the text states, sure or not.

        Parameters
        ----------
        title, abstract : str
            Text as `graphkb.model.text.clean_text` leaves it.

        Returns
        -------
        Reading
            With rule and confidence each; `accepted` keeps what is sure enough.
        """
        # Nothing that is made here is in a cycle; looking for some takes a tenth of the time.
        with resting_collector():
            return self._read(title, abstract)

    def _read(self, title: str, abstract: str) -> Reading:
        document = Document.of(title, abstract)
        lines = wordings(document, self._learned.terms)
        entities = self.entities(document, lines)
        believed = [e for e in entities if e.confidence >= THRESHOLDS[e.group]]
        mentioned = self.tasks(document, lines, entities)
        wanted = mentioned[:MOST]
        occurrences = Occurrences(believed, wanted).of(document)
        addresses = links(document)
        if self._learned.pairs is None:
            related = relations(document, believed, occurrences, addresses)
        else:
            related = (
                *judged_relations(lines, believed, wanted, occurrences, self._learned.pairs),
                *implementations(believed, addresses),
            )
        if self._learned.results is None:
            reported = results(document, believed, occurrences)
        else:
            reported = judged_results(lines, believed, occurrences, self._learned.results)
        return Reading(
            entities=entities,
            tasks=mentioned,
            results=reported,
            relations=related,
            links=addresses,
        )

    def reasons(self, title: str, abstract: str) -> tuple[Reason, ...]:
        """Explain what the learned parts decide on a text, of what was not taken too.

        Parameters
        ----------
        title, abstract : str
            As in `read`.

        Returns
        -------
        tuple of Reason
            Names, then tasks, then figures with their benchmarks, then relations.
        """
        from graphkb.extract.learned.reason import (
            reasons_of_names,
            reasons_of_relations,
            reasons_of_results,
            reasons_of_tasks,
        )

        document = Document.of(title, abstract)
        lines = wordings(document, self._learned.terms)
        learned = self._learned
        found: list[Reason] = []
        if learned.names is not None:
            expansions = Expansions(document)
            clusters = self.clusters(document, lines, expansions)
            found.extend(reasons_of_names(clusters, lines, expansions, learned.names))
        entities = self.entities(document, lines)
        believed = [e for e in entities if e.confidence >= THRESHOLDS[e.group]]
        if learned.tasks is not None:
            found.extend(reasons_of_tasks(lines, self._lexicon, believed, learned.tasks))
        wanted = self.tasks(document, lines, entities)[:MOST]
        within = Occurrences(believed, wanted).of(document)
        if learned.results is not None:
            found.extend(reasons_of_results(lines, believed, within, learned.results))
        if learned.pairs is not None:
            found.extend(reasons_of_relations(lines, believed, wanted, within, learned.pairs))
        return tuple(found)

    def entities(self, document: Document, lines: Sequence[Wording]) -> tuple[NamedEntity, ...]:
        """Find the names of a text, the main artefact first.

        Parameters
        ----------
        document : Document
            The split text.
        lines : sequence of Wording
            The wording of its sentences.

        Returns
        -------
        tuple of NamedEntity
            Sure or not.
        """
        expansions = Expansions(document)
        clusters = self.clusters(document, lines, expansions)
        decided = [cluster.entity for cluster in clusters]
        if self._learned.names is not None:
            decided = judged(clusters, lines, expansions, self._learned.names)
        return with_roles(document, arranged(document, decided))

    def clusters(
        self, document: Document, lines: Sequence[Wording], expansions: Expansions
    ) -> list[Cluster]:
        """Find what may be a name, by rules and by proposal, and merge what is one name.

        Parameters
        ----------
        document, lines
            As in `entities`.
        expansions : Expansions
            The text's abbreviations.

        Returns
        -------
        list of Cluster
        """
        found = self.candidates(document)
        if self._learned.names is not None:
            by_line: dict[tuple[str, int], list[Candidate]] = {}
            for candidate in found:
                place = (candidate.sentence.field, candidate.sentence.begin)
                by_line.setdefault(place, []).append(candidate)
            for line in lines:
                place = (line.sentence.field, line.sentence.begin)
                found.extend(proposals(line, by_line.get(place, ())))
        return clustered(document, found, expansions)

    def tasks(
        self, document: Document, lines: Sequence[Wording], entities: Sequence[NamedEntity]
    ) -> tuple[TaskMention, ...]:
        """Find the tasks of a text, the likeliest first.

        Parameters
        ----------
        document, lines
            As in `entities`.
        entities : sequence of NamedEntity
            The names, sure or not.

        Returns
        -------
        tuple of TaskMention
            Sure or not.
        """
        if self._learned.tasks is None:
            return tasks(document, entities, self._lexicon)
        believed = [e for e in entities if e.confidence >= THRESHOLDS[e.group]]
        return judged_tasks(lines, self._lexicon, believed, self._learned.tasks)

    def candidates(self, document: Document) -> list[Candidate]:
        """Find the spans that may name something, before anything is decided.

        Parameters
        ----------
        document : Document
            The split text.

        Returns
        -------
        list of Candidate
        """
        found = introductions(document)
        sure = [c.surface for c in found if confidence(c.rule) >= THRESHOLDS["introduces"]]
        found.extend(components(document, sure))
        for sentence in document.sentences:
            found.extend(mentions(sentence, self._lexicon))
        return found
