"""What went wrong: each missed or extra statement by what is next to it on the other side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graphkb.evaluation.item import ENTITY_KEYS, TYPES, Item, Record
from graphkb.evaluation.score import Comparison
from graphkb.evaluation.spelling import spelled, value_spelled
from graphkb.extract.sentences import sentence_spans

__all__ = ["CLASSES", "Mistake", "mistakes"]

# What an error is called, the most telling first.
CLASSES = {
    "wrong group": "the name is right, what it is to the paper is not",
    "boundary": "a longer or shorter name at this place is right",
    "wrong type": "source and target are related, but otherwise",
    "wrong source": "it is stated of something else",
    "turned": "it is stated the other way round",
    "no such source": "the other side has not the source's name",
    "no such target": "the other side has not the target's name",
    "wrong benchmark": "the figure was measured on something else",
    "wrong value": "another figure on this benchmark is right",
    "wrong subject": "the figure is right, and of something else (not scored)",
    "wrong metric": "the figure is right, and of another metric (not scored)",
    "wrong kind": "the name is right, its kind is not (not scored)",
    "wrong role": "the name is right, the benchmark's role is not (not scored)",
    "missed": "nothing on the other side is near",
    "extra": "nothing on the other side is near",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that differs between prediction and annotation.

    Parameters
    ----------
    paper : str
        Its id.
    key : str
        Under which the statement is scored.
    side : {'missed', 'extra', 'differs'}
        Annotated only, predicted only, or both and told apart by something that is not scored.
    what : str
        The error's class, one of :data:`CLASSES`.
    label : str
        The statement.
    instead : str or None
        What the other side has in its place.
    sentence : str or None
        Where it stands; None where no text was given.
    """

    paper: str
    key: str
    side: Literal["missed", "extra", "differs"]
    what: str
    label: str
    instead: str | None
    sentence: str | None


def mistakes(comparisons: Iterable[Comparison]) -> Iterator[Mistake]:
    """List what is wrong in compared papers.

    Parameters
    ----------
    comparisons : iterable of Comparison
        The papers.

    Yields
    ------
    Mistake
        Paper after paper: what was missed, what is extra, and what differs in other ways.

    Examples
    --------
    >>> from graphkb.evaluation.score import compare
    >>> found = {"a": {"methods": [{"name": "GRPO loss"}], "abstract": "We use the GRPO loss."}}
    >>> gold = {"a": {"mentions_methods": [{"name": "GRPO", "long": None}]}}
    >>> [(m.side, m.what, m.label, m.instead) for m in mistakes(compare(found, gold))]
    [('missed', 'boundary', 'GRPO', 'GRPO loss'), ('extra', 'boundary', 'GRPO loss', 'GRPO')]
    """
    for paper in comparisons:
        sentences = _Sentences(paper.text)
        missed, extra = paper.missed(), paper.extra()
        for item in missed:
            what, instead = _class(item, paper.predicted, extra) or ("missed", None)
            yield Mistake(
                paper.id, item.key, "missed", what, item.label, instead, sentences.of(item)
            )
        for item in extra:
            what, instead = _class(item, paper.annotated, missed) or ("extra", None)
            yield Mistake(
                paper.id, item.key, "extra", what, item.label, instead, sentences.of(item)
            )
        for item in paper.predicted:
            same = next((other for other in paper.annotated if item.is_same(other)), None)
            for what, mine, its in _details(item, same) if same else ():
                label = f"{item.label}: {mine}"
                yield Mistake(paper.id, item.key, "differs", what, label, its, sentences.of(item))


_Found = tuple[str, str] | None


def _class(item: Item, others: Sequence[Item], unmatched: Sequence[Item]) -> _Found:
    """Tell what an item of one side is to the other side; `unmatched` are the errors there."""
    if item.key in TYPES:
        return _relation_class(item, others, unmatched)
    if item.key == "results":
        return _result_class(item, unmatched)
    return _name_class(item, others)


def _name_class(item: Item, others: Sequence[Item]) -> _Found:
    named = [other for other in others if other.key in (*ENTITY_KEYS, "tasks")]
    if item.key in ("repos", "pages"):
        named = [other for other in others if other.key in ("repos", "pages")]
    for other in named:
        if item.agrees(other):
            return "wrong group", f"{other.label} ({other.key})"
    for other in named:
        if _overlap(item.parts[0], other.parts[0]):
            return "boundary", other.label
    return None


def _overlap(mine: frozenset[str], its: frozenset[str]) -> bool:
    """Whether a name of one side holds one of the other; what is very short is in everything."""
    return any(len(min(a, b, key=len)) > 2 and (a in b or b in a) for a in mine for b in its)


def _result_class(item: Item, unmatched: Sequence[Item]) -> _Found:
    value, benchmark = _result(item)
    results = [other for other in unmatched if other.key == "results"]
    for other in results:
        if _result(other)[0] == value:
            return "wrong benchmark", other.label
    for other in results:
        if benchmark and _result(other)[1] == benchmark:
            return "wrong value", other.label
    return None


def _result(item: Item) -> tuple[str, str]:
    return value_spelled(item.record["value"]), spelled(item.record.get("benchmark") or "")


def _relation_class(item: Item, others: Sequence[Item], unmatched: Sequence[Item]) -> _Found:
    source, target = item.parts
    relations = [other for other in others if other.key in TYPES]
    for other in relations:
        if item.agrees(other):
            return "wrong type", other.label
    for other in unmatched:
        if other.key == item.key and other.parts[1] & target:
            return "wrong source", other.label
    for other in relations:
        if other.parts[0] & target and other.parts[1] & source:
            return "turned", other.label
    if item.key == "IMPLEMENTED_IN":
        return None
    known = frozenset[str]().union(
        {"paper"},
        *(other.parts[0] for other in others if other.key in (*ENTITY_KEYS, "tasks")),
    )
    if not target & known:
        near = _near(target, others)
        return "no such target", near
    if not source & known:
        return "no such source", _near(source, others)
    return None


def _near(names: frozenset[str], others: Sequence[Item]) -> str:
    named = (other for other in others if other.key in (*ENTITY_KEYS, "tasks"))
    return next((other.label for other in named if _overlap(names, other.parts[0])), "")


def _details(item: Item, same: Item) -> Iterator[tuple[str, str, str]]:
    """Yield what is not scored and differs: class, predicted, annotated."""
    mine, its = item.record, same.record
    if item.key == "introduces":
        yield from _differs("wrong kind", mine.get("kind"), its.get("kind"))
    elif item.key == "benchmarks":
        yield from _differs("wrong role", mine.get("role"), its.get("role"))
    elif item.key == "results":
        subject, wanted = mine.get("subject"), its.get("subject")
        yield from _differs("wrong subject", subject, wanted)
        metric, meant = mine.get("metric"), its.get("metric")
        if not (
            metric and meant and _overlap(frozenset({spelled(metric)}), frozenset({spelled(meant)}))
        ):
            yield from _differs("wrong metric", metric, meant)


def _differs(what: str, mine: str | None, its: str | None) -> Iterator[tuple[str, str, str]]:
    if spelled(mine or "") != spelled(its or ""):
        yield what, mine or "none", its or "none"


class _Sentences:
    """Finds where a statement stands in a paper's text."""

    def __init__(self, record: Record) -> None:
        self._texts = [
            (name, text)
            for name in ("abstract", "title")
            if isinstance(text := record.get(name), str) and text
        ]
        self._spans: dict[str, list[tuple[int, int]]] = {}

    def of(self, item: Item) -> str | None:
        record = item.record
        if isinstance(evidence := record.get("evidence"), str) and evidence:
            # The whole sentence, where the annotation quotes a part of one.
            return self._around(evidence) or evidence
        field, begin = record.get("field"), record.get("begin")
        if isinstance(begin, int):
            for name, text in self._texts:
                if name == field:
                    return self._at(name, text, begin)
        return self._around(record.get("value") or record.get("name") or "")

    def _around(self, words: str) -> str | None:
        for name, text in self._texts:
            at = text.casefold().find(words.casefold())
            if words and at >= 0:
                return self._at(name, text, at)
        return None

    def _at(self, name: str, text: str, at: int) -> str:
        if name == "title":
            return text
        if name not in self._spans:
            self._spans[name] = sentence_spans(text)
        spans = self._spans[name]
        return next((text[begin:stop] for begin, stop in spans if begin <= at < stop), text)
