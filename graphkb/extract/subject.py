"""What a result is of: the paper's setting, whose number it is, and against what it is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from graphkb.extract.confidence import PAPER
from graphkb.extract.measure import METRICS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkb.extract.figure import Value
    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Sentence
    from graphkb.model.reading import NamedEntity

__all__ = ["BENCHMARKS", "Setting", "is_benchmark", "subject_of"]

# The kinds on which something is measured.
BENCHMARKS = frozenset({"benchmark", "dataset", "environment"})
_AGAINST = re.compile(
    r"\b(?:over|than|compared (?:to|with)|outperform\w*|surpass\w*|exceed\w*|vs\.?|beat\w*|against)"
    r"\s+(?:the\s+|of\s+)?$"
)
_FOR = re.compile(r"\bfor\s+$")
# "LoRA (89.1%)", "Qwen-3 (235B) with 77.8%", "o1 (high) at 88.5%", "ChatGPT-o3: 83.6".
_BESIDE = re.compile(r"(?:\s?\([^()]{1,12}\))?\s?(?:\(|:|\bat|\bwith)\s?(?:only |just )?")
_LISTED = re.compile(r"\s*(?:,|and|,\s*and)\s*")
_REACHES = re.compile(
    r"(?:'s)?\s*(?:,?[^,;]{0,40},)?\s*(?:only |also |still )?(?:achiev|reach|attain|obtain|scor|\(|"
    r"with|from|improv|increas|to\b|and|perform|yield|deliver)"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the paper is about, as far as its results need it.

    Parameters
    ----------
    main : str
        The main artefact, ``PAPER`` where it introduces none.
    kinds : dict of str to str
        The kind of each name.
    benchmark_paper : bool
        Whether the main artefact is a benchmark, dataset or environment.
    """

    main: str
    kinds: dict[str, str]
    benchmark_paper: bool

    @classmethod
    def of(cls, entities: Sequence[NamedEntity]) -> Setting:
        """Return the setting of a reading's entities, the main artefact first."""
        main = next((e.name for e in entities if e.group == "introduces"), PAPER)
        kinds = {e.name: e.kind for e in entities}
        return cls(main, kinds, kinds.get(main) in BENCHMARKS)


def is_benchmark(name: str, group: str, kinds: Mapping[str, str]) -> bool:
    """Whether something may be measured on a name: "Recall@1" is what is measured."""
    if group != "benchmarks" and (group != "introduces" or kinds.get(name) not in BENCHMARKS):
        return False
    return METRICS.fullmatch(name) is None


def subject_of(
    sentence: Sentence,
    figures: Sequence[Value],
    number: int,
    within: Sequence[Occurrence],
    setting: Setting,
    reading: str,
) -> tuple[str | None, str | None]:
    """Tell whose number it is, and against what it is compared.

    Parameters
    ----------
    sentence : Sentence
        Where it stands.
    figures : sequence of Value
        The sentence's figures.
    number : int
        Which of them.
    within : sequence of Occurrence
        The sentence's names.
    setting : Setting
        What the paper is about.
    reading : str
        How the figure is meant.

    Returns
    -------
    (str or None, str or None)
        Subject and baseline; a benchmark that the paper introduces scores nothing.
    """
    value, plain, offset = figures[number], sentence.plain, sentence.begin
    at = value.begin + offset
    actors = [
        o
        for o in within
        if o.group in ("introduces", "methods", "models")
        and setting.kinds.get(o.name) not in BENCHMARKS
    ]
    before = [o for o in actors if o.stop <= at]
    if reading == "absolute":
        if before and _BESIDE.fullmatch(plain, before[-1].stop - offset, value.begin):
            return before[-1].name, None
        listed = _list_before(plain, offset, figures, actors)
        if listed:
            return listed[number].name, None
    baseline = next(
        (
            o.name
            for o in actors
            if _AGAINST.search(plain, max(0, o.begin - offset - 40), o.begin - offset)
        ),
        None,
    )
    if reading == "absolute":
        for actor in actors:
            lead = max(0, actor.begin - offset - 12)
            # "… to 22.4% for OpenAI o3"
            if at <= actor.begin < at + 60 and _FOR.search(plain, lead, actor.begin - offset):
                return actor.name, None if baseline == actor.name else baseline
    before = [o for o in before if o.name != baseline]
    if value.paired and value.cue == "from" and before and before[-1].group != "introduces":
        # "raises Llama's accuracy from 9.4%": what was there before is Llama's.
        return before[-1].name, None
    own = [o.name for o in before if o.group == "introduces"]
    if own:
        return own[-1], baseline
    if before and _REACHES.match(plain, before[-1].stop - offset):
        return before[-1].name, baseline
    return (None if setting.benchmark_paper else setting.main), baseline


def _list_before(
    plain: str, offset: int, figures: Sequence[Value], actors: Sequence[Occurrence]
) -> Sequence[Occurrence]:
    """Return the names of "A and B achieve 34% and 27%", one a figure, else none."""
    count = len(figures)
    before = [o for o in actors if o.stop - offset <= figures[0].begin][-count:]
    if count < 2 or len(before) < count or {v.cue for v in figures[1:]} != {"and"}:
        return ()
    apart = (plain[a.stop - offset : b.begin - offset] for a, b in pairwise(before))
    return before if all(_LISTED.fullmatch(gap) for gap in apart) else ()
