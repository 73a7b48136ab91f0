"""Why each statement of a text was read, and why what might have been one was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.extract.confidence import PAPER, THRESHOLDS, accepted
from graphkb.extract.explanation import Explanation
from graphkb.extract.sentences import Document
from graphkb.extract.task import MOST
from graphkb.extract.unproposed import unproposed
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphkb.extract.learned.reason import Reason
    from graphkb.extract.reader import Reader
    from graphkb.model.reading import NamedEntity, Reading, Relation, TaskMention

__all__ = ["explain"]


def explain(reader: Reader, title: str, abstract: str) -> tuple[Explanation, ...]:
    """Explain everything that was considered in a text.

    Parameters
    ----------
    reader : Reader
        The reader whose decisions are to be explained.
    title, abstract : str
        As `Reader.read` takes them.

    Returns
    -------
    tuple of Explanation
        Sentence after sentence, the title first; in a sentence what was taken comes first.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Catalogue, Entry
    >>> from graphkb.extract.reader import Reader
    >>> from graphkb.extract.learned.weights import Learned
    >>> reader = Reader(Catalogue([Entry("GRPO", None, "method")]), Learned())
    >>> found = explain(reader, "", "LLMs are trained with GRPO.")
    >>> [(one.label, one.taken, one.why) for one in found if one.what == "name"]
    [('GRPO', True, 'sure enough'), ('LLMs', False, 'refused: too general a name')]
    """
    reading = reader.read(title, abstract)
    found = _Explaining(reading, reader.reasons(title, abstract), Document.of(title, abstract))
    order = sorted(
        found.all(),
        key=lambda e: (
            e.field != "title",
            e.sentence,
            not e.taken,
            ("name", "task", "result", "relation", "link").index(e.what),
            -(e.confidence or 0),
            e.begin,
            e.label,
        ),
    )
    return tuple(dict.fromkeys(order))


class _Explaining:
    """Puts what was read beside what was accepted and what the learned parts say."""

    def __init__(self, reading: Reading, reasons: Iterable[Reason], document: Document) -> None:
        self._reading = reading
        self._kept = accepted(reading)
        self._document = document
        self._reasons: dict[tuple[str, tuple[str, ...]], list[Reason]] = {}
        for reason in reasons:
            self._reasons.setdefault((reason.what, reason.candidate), []).append(reason)

    def all(self) -> Iterator[Explanation]:
        """Yield every explanation, in no order."""
        for entity in self._reading.entities:
            yield self._name(entity)
        for task in self._reading.tasks:
            yield self._task(task)
        yield from self._lost_tasks()
        yield from self._results()
        yield from self._lost_results()
        for relation in self._reading.relations:
            yield self._relation(relation)
        yield from self._lost_relations()
        for link in self._reading.links:
            yield Explanation(
                "link",
                link.kind,
                link.url,
                link.confidence >= THRESHOLDS["links"],
                "an address",
                link.rule,
                link.confidence,
                THRESHOLDS["links"],
                (),
                link.field,
                link.begin,
                link.stop,
                link.sentence,
            )
        for found in unproposed(self._document, self._reading):
            if self._of_figure("result", (found.label,), found.sentence) is None:
                yield found

    def _reason(self, what: str, candidate: tuple[str, ...], verdict: str) -> Reason | None:
        """Return what a learned part says of a candidate; the surest, where it was asked often."""
        found = self._reasons.get((what, candidate), ())
        return max(found, key=lambda r: (r.verdict == verdict, r.confidence), default=None)

    def _name(self, entity: NamedEntity) -> Explanation:
        reason = self._reason("name", (entity.name,), entity.group)
        taken = entity in self._kept.entities
        threshold = THRESHOLDS[entity.group]
        why = _compared(entity.confidence, threshold)
        if reason is not None and not taken and reason.accepted:
            why = self._covered(entity.field, entity.begin, entity.stop, entity.name)
        elif taken and reason is not None and not reason.accepted:
            why = "the catalogue says that this paper introduces it"
        confidence = entity.confidence if taken or reason is None else reason.confidence
        return Explanation(
            "name",
            entity.group,
            entity.name,
            taken,
            why,
            entity.rule,
            confidence,
            threshold,
            () if reason is None or reason.verdict != entity.group else reason.features,
            entity.field,
            entity.begin,
            entity.stop,
            entity.sentence,
        )

    def _covered(self, field: str, begin: int, stop: int, name: str) -> str:
        """Tell which believed name stands in a name's place."""
        for other in self._kept.entities:
            if other.field == field and other.begin < stop and begin < other.stop:
                inside = other.begin <= begin and stop <= other.stop
                return f"{'lies inside' if inside else 'overlaps'} the likelier {other.name}"
        key = name_key(name)
        for other in self._kept.entities:
            spellings = (other.name, other.surface, other.long or "", *other.aliases)
            if any(key in name_key(spelling) for spelling in spellings):
                return f"lies inside the likelier {other.name}"
            if any(name_key(spelling) in key for spelling in spellings if spelling):
                return f"holds the likelier {other.name}"
        return "overlaps likelier names wherever it stands"

    def _task(self, task: TaskMention) -> Explanation:
        reason = self._reason("task", (task.name,), "tasks")
        taken = task in self._kept.tasks
        threshold = THRESHOLDS["tasks"]
        why = _compared(task.confidence, threshold)
        if reason is not None and reason.accepted and not taken:
            why = f"{MOST} tasks are likelier"
        return Explanation(
            "task",
            "tasks",
            task.name,
            taken,
            why,
            task.rule,
            task.confidence if reason is None else reason.confidence,
            threshold,
            () if reason is None else reason.features,
            task.field,
            task.begin,
            task.stop,
            task.sentence,
        )

    def _lost_tasks(self) -> Iterator[Explanation]:
        """Yield the candidates for tasks that are no part of the reading."""
        read = {task.name for task in self._reading.tasks}
        for (what, candidate), reasons in self._reasons.items():
            if what != "task" or candidate[0] in read:
                continue
            reason = reasons[0]
            why = _compared(reason.confidence, THRESHOLDS["tasks"])
            if reason.accepted:
                why = "overlaps a likelier task"
            yield self._lost(reason, candidate[0], why)

    def _lost(self, reason: Reason, label: str, why: str) -> Explanation:
        begin, stop = reason.span
        text = self._document.text("title" if reason.field == "title" else "abstract")
        at = text.find(label, begin, stop)
        place = (at, at + len(label)) if at >= 0 else reason.span
        what = "result" if reason.what == "benchmark" else reason.what
        group = "results" if what == "result" else reason.verdict
        return Explanation(
            what,
            group,
            label,
            False,
            why,
            None,
            reason.confidence,
            THRESHOLDS[group],
            reason.features,
            reason.field,
            *place,
            reason.span,
        )

    def _results(self) -> Iterator[Explanation]:
        threshold = THRESHOLDS["results"]
        named = {e.name for e in self._kept.entities} | {PAPER}
        for result in self._reading.results:
            taken = result.confidence >= threshold
            why = _compared(result.confidence, threshold)
            lost = [
                name
                for name in (result.subject, result.benchmark, result.baseline)
                if name is not None and name not in named
            ]
            if taken and lost:
                why += f", but {', '.join(lost)} is not believed"
            reason = self._of_figure("result", (result.value,), result.sentence)
            on = self._of_figure(
                "benchmark", (result.value, result.benchmark or ""), result.sentence
            )
            features = reason.features if reason is not None else ()
            if on is not None:
                features += tuple((f"benchmark: {name}", weight) for name, weight in on.features)
            parts = [result.value, result.metric, result.reading]
            parts += [f"of {result.subject}"] if result.subject else []
            parts += [f"on {result.benchmark}"] if result.benchmark else []
            parts += [f"against {result.baseline}"] if result.baseline else []
            yield Explanation(
                "result",
                "results",
                " ".join(part for part in parts if part),
                taken,
                why,
                result.rule,
                result.confidence,
                threshold,
                features,
                result.field,
                result.begin,
                result.stop,
                result.sentence,
            )

    def _of_figure(
        self, what: str, candidate: tuple[str, ...], sentence: tuple[int, int]
    ) -> Reason | None:
        found = self._reasons.get((what, candidate), ())
        return next((reason for reason in found if reason.span == sentence), None)

    def _lost_results(self) -> Iterator[Explanation]:
        """Yield the figures that were judged and are no part of the reading."""
        read = {(result.value, result.sentence) for result in self._reading.results}
        for (what, candidate), reasons in self._reasons.items():
            for reason in reasons if what == "result" else ():
                if (candidate[0], reason.span) not in read:
                    yield self._lost(reason, candidate[0], "below the threshold")

    def _relation(self, relation: Relation) -> Explanation:
        reason = self._reason("relation", (relation.source, relation.target), relation.type)
        taken = relation in self._kept.relations
        threshold = THRESHOLDS.get(relation.type, 250)
        why = _compared(relation.confidence, threshold)
        if not taken and relation.confidence >= threshold:
            named = {e.name for e in self._kept.entities} | {t.name for t in self._kept.tasks}
            absent = [n for n in (relation.source, relation.target) if n not in (*named, PAPER)]
            if absent:
                why = f"{' and '.join(absent)} is not believed"
            else:
                why = "the paper introduces what the sentence may be about"
        told = reason is not None and reason.verdict == relation.type
        return Explanation(
            "relation",
            relation.type,
            _related(relation.source, relation.type, relation.target),
            taken,
            why,
            relation.rule,
            relation.confidence,
            threshold,
            reason.features if told and reason is not None else (),
            relation.field,
            relation.begin,
            relation.stop,
            (relation.begin, relation.stop),
        )

    def _lost_relations(self) -> Iterator[Explanation]:
        """Yield the pairs whose likeliest type is no part of the reading."""
        read = {(r.source, r.type, r.target) for r in self._reading.relations}
        believed = {(r.source, r.target): r.type for r in self._kept.relations}
        for (what, pair), reasons in self._reasons.items():
            if what != "relation":
                continue
            source, target = pair
            for reason in reasons:
                if (source, reason.verdict, target) in read:
                    continue
                why = _compared(reason.confidence, THRESHOLDS[reason.verdict])
                if reason.accepted:
                    why = (
                        f"{believed[pair]} says more of the two, or is surer"
                        if pair in believed
                        else "the sentence denies it"
                    )
                label = _related(source, reason.verdict, target)
                yield self._lost(reason, label, why)


def _compared(confidence: int, threshold: int) -> str:
    return "sure enough" if confidence >= threshold else "below the threshold"


def _related(source: str, kind: str, target: str) -> str:
    return f"{source} {kind} {target}"
