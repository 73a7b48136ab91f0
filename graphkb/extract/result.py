"""Numbers that a text reports: the figure, its unit, what was measured, on what, against what."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import structs

from graphkb.extract.confidence import confidence
from graphkb.extract.figure import values
from graphkb.extract.measure import direction_of, metric_of, note_of, reading_of
from graphkb.extract.subject import Setting, is_benchmark, subject_of
from graphkb.model.reading import ReportedResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.figure import Value
    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Document, Sentence
    from graphkb.model.reading import NamedEntity

__all__ = [
    "Meaning",
    "benchmarks_of",
    "meanings",
    "reported",
    "results",
]

_EVALUATED = re.compile(
    r"\b(?:experiment\w*|evaluat\w*|achiev\w*|results?|outperform\w*|improv\w*|"
    r"state-of-the-art|sota|accuracy|"
    r"performance|benchmark\w*|surpass\w*|gains?|speed-?up|scor\w+|success|faster|reduc\w+|"
    r"reach\w*|rate|exceed\w*|"
    r"higher|boost\w*|increas\w*|attain\w*)\b",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|and|,\s*and|/|or)\s*")
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


def results(
    document: Document,
    entities: Sequence[NamedEntity],
    occurrences: Sequence[Sequence[Occurrence]],
) -> tuple[ReportedResult, ...]:
    """Find the numbers that a text reports, by rules alone.

    Parameters
    ----------
    document : Document
        The split text.
    entities : sequence of NamedEntity
        The reading's entities, the main artefact first.
    occurrences : sequence of sequence of Occurrence
        Those of each sentence.

    Returns
    -------
    tuple of ReportedResult
        In the text's order.
    """
    setting = Setting.of(entities)
    found: list[ReportedResult] = []
    for sentence, within in zip(document.sentences, occurrences, strict=True):
        found_values = values(sentence, within)
        if not found_values:
            continue
        benchmarks = [o for o in within if is_benchmark(o.name, o.group, setting.kinds)]
        on = benchmarks_of(sentence, found_values, benchmarks)
        meant = meanings(sentence, found_values)
        evaluated = _EVALUATED.search(sentence.plain) is not None
        for number, benchmark in enumerate(on):
            names = [benchmark] if isinstance(benchmark, str) or benchmark is None else benchmark
            for name in names:
                result = reported(sentence, found_values, number, name, within, setting, meant)
                if (
                    name is None
                    and setting.benchmark_paper
                    and result.reading == "absolute"
                    and result.subject not in (setting.main, None)
                ):
                    result = structs.replace(result, benchmark=setting.main)
                rule = _rule(found_values[number], result, evaluated=evaluated)
                sure = confidence(rule)
                found.append(structs.replace(result, rule=rule, confidence=sure))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure measures, and how it is meant: as in `ReportedResult`."""

    metric: str | None
    reading: str


def meanings(sentence: Sentence, figures: Sequence[Value]) -> list[Meaning]:
    """Tell what each figure of a sentence measures, and how it is meant."""
    plain = sentence.plain
    found: list[Meaning] = []
    for number, value in enumerate(figures):
        least = figures[number - 1].stop if number else 0
        most = figures[number + 1].begin if number + 1 < len(figures) else len(plain)
        reading = reading_of(plain, value, found[-1].reading if found else None)
        metric = metric_of(plain, value, least, most)
        if metric is None and found and figures[number - 1].kind == value.kind:
            # "accuracy by 3% on A and 5% on B": both are accuracy.
            metric = found[-1].metric
        found.append(Meaning(metric, reading))
    # "5.8% and 1.5% improvement in AUROC": what the last of a list says holds for the list.
    for number in range(len(found) - 2, -1, -1):
        between = plain[figures[number].stop : figures[number + 1].begin]
        if _LISTED.fullmatch(between) and figures[number].kind == figures[number + 1].kind:
            after = found[number + 1]
            metric = found[number].metric or after.metric
            reading = after.reading if "gain" in after.reading else found[number].reading
            found[number] = Meaning(metric, reading)
    return found


def benchmarks_of(
    sentence: Sentence, figures: Sequence[Value], benchmarks: Sequence[Occurrence]
) -> list[str | list[str] | None]:
    """Tell by rule on which benchmark, or benchmarks, each number of a sentence was measured."""
    offset = sentence.begin
    if not benchmarks or not figures:
        return [None] * len(figures)
    places = [(o.begin - offset, o.stop - offset, o.name) for o in benchmarks]
    if (
        len(figures) == len(places)
        and len(figures) > 1
        and (_RESPECTIVELY.search(sentence.plain) or _runs(figures, places))
    ):
        return [name for _, _, name in places]
    answer: list[str | list[str] | None] = []
    for number, value in enumerate(figures):
        following = figures[number + 1].begin if number + 1 < len(figures) else len(sentence.plain)
        after = [p for p in places if value.stop <= p[0] < following]
        name: str | list[str] | None = None
        between = sentence.plain[value.stop : after[0][0]] if after else ""
        if after and re.search(r"\b(?:on|in|across|over|for|at)\b", between) and ";" not in between:
            name = [after[0][2]]
            for left, right in pairwise(after):
                if not re.fullmatch(
                    r"[^\w]*(?:and|or)?[^\w]*(?:the )?", sentence.plain[left[1] : right[0]]
                ):
                    break
                name.append(right[2])
            if len(name) == 1:
                name = name[0]
        elif after and len(between) < 2 and not between.strip():
            name = after[0][2]
        if name is None:
            before = [p for p in places if p[1] <= value.begin]
            if before:
                name = before[-1][2]
            elif number and isinstance(answer[-1], str):
                name = answer[-1]
            elif after and len(places) == 1:
                name = after[0][2]
        answer.append(name)
    # "from 9.4% to 22.4% on B": both numbers are of B.
    for number in range(len(figures) - 1):
        if figures[number].cue == "from" and figures[number + 1].cue == "from-to":
            answer[number] = answer[number + 1]
    return answer


def _runs(figures: Sequence[Value], places: Sequence[tuple[int, int, str]]) -> bool:
    """Whether all numbers stand before all benchmarks ("80 and 90 on A and B")."""
    return figures[-1].stop <= places[0][0] and len({v.unit for v in figures}) == 1


def reported(
    sentence: Sentence,
    figures: Sequence[Value],
    number: int,
    benchmark: str | None,
    within: Sequence[Occurrence],
    setting: Setting,
    meant: Sequence[Meaning],
) -> ReportedResult:
    """Make a result of a figure.

    Parameters
    ----------
    sentence : Sentence
        Where it stands.
    figures : sequence of Value
        The figures of the sentence.
    number : int
        Which of them.
    benchmark : str or None
        On what it was measured.
    within : sequence of Occurrence
        The sentence's names.
    setting : Setting
        What the paper is about.
    meant : sequence of Meaning
        What each figure measures.

    Returns
    -------
    ReportedResult
        Without rule and confidence: whoever took the figure knows those.
    """
    plain, value, main = sentence.plain, figures[number], setting.main
    metric, reading = meant[number].metric, meant[number].reading
    subject, baseline = subject_of(sentence, figures, number, within, setting, reading)
    if subject == benchmark:
        subject = None if subject == main else main
    return ReportedResult(
        subject=subject,
        benchmark=benchmark,
        metric=metric,
        value=value.text,
        number=value.number,
        unit=value.unit or None,
        reading=reading,
        field=sentence.field,
        begin=value.begin + sentence.begin,
        stop=value.stop + sentence.begin,
        rule="",
        confidence=0,
        sentence=sentence.span,
        baseline=baseline,
        direction=direction_of(plain, value, metric, reading),
        note=note_of(plain, value),
    )


def _rule(value: Value, result: ReportedResult, *, evaluated: bool) -> str:
    told = "metric" if result.metric else "no-metric"
    where = "on" if result.benchmark else "nowhere"
    says = "evaluated" if evaluated else "plain"
    return f"result:{value.kind}:{'pair' if value.paired else value.cue}:{told}:{where}:{says}"
