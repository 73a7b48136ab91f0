"""What a sentence states between two names: the nearest words before the target say it.

Each cue is a pattern with its examples. What a cue means for a method, a model, a benchmark or a
task stands in `graphkb.extract.cue`. The rule of a relation names its type, the cue, the target's
group, how
far the cue is and whose sentence it is, so that each such circumstance has its own precision.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from graphkb.extract.confidence import PAPER, THRESHOLDS, confidence
from graphkb.extract.cue import AFTER, CUES, MEANING
from graphkb.extract.pattern import lower_case
from graphkb.model.reading import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Document, Sentence
    from graphkb.model.reading import Link, NamedEntity

__all__ = ["Paper", "implementations", "relations", "statements"]

_EDGE = r"\b"
_DEFAULT = {"methods": "USES", "models": "USES", "benchmarks": "EVALUATED_ON", "introduces": "USES"}


# Every cue begins with a word: looking only there saves most of the time. It reads lower-case text:
# an alternative that begins with a plain letter, after no group, is dismissed at once.
@cache
def _any_cue() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?=[a-z\d])(?:"
        + "|".join(
            f"{pattern.expression.removeprefix(_EDGE)}(?P<c{number}>)"
            for number, pattern in enumerate(CUES)
        )
        + ")"
    )


_BREAK = re.compile(
    r"\b(?:which|that|while|but|whereas|where|because|since|thus|thereby)\b|;|\b(?:we|it|our)\s",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:we|our|this (?:paper|work|study|survey|framework|method|approach|model)|it|its|"
    r"the proposed|"
    r"(?:the|this) (?:framework|method|approach|model|system|benchmark|dataset|pipeline|"
    r"algorithm))\b",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:experiment\w*|evaluat\w*|achiev\w*|results?|outperform\w*|improv\w*|"
    r"state-of-the-art|sota|accuracy|"
    r"performance|surpass\w*|gains?|scor\w+|success|benchmark\w*)\b|%",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:without|not|never|neither|rather than|instead of)\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
_WORD = re.compile(r"[\w-]+")

# "Foo (F), a novel training-free [token merging] method that …"
_INSTANCE = re.compile(
    r"^\s*(?:\([^()]{0,60}\)\s*)?(?:,|:|--|is|\u2014)\s*(?:which is )?(?:an?|the first|the)\s+"
    r"(?:(?!(?:for|with|of|to|that|which|by|using|on|in|from|via|based)\b)[\w-]+,?\s+){0,7}$"
)
_HEAD = re.compile(
    r"^\s*(?:\([^()]{0,40}\)\s*)?"
    r"(method|framework|approach|algorithm|architecture|technique|pipeline|paradigm|model|"
    r"variant|strategy|"
    r"objective|loss|scheme|mechanism)?s?\s*(?:$|[,.;:]|(?:that|which|for|with|to|designed|"
    r"built|of|where|in|"
    r"trained|tailored|by|on|and)\b)"
)


def _derived(name: str, target: str) -> str | None:
    """Tell how a name is made of another one: "DenseDPO", "LangSplatV2", "Hi-GRPO"."""
    if len(target) < 3 or " " in target or len(name) <= len(target) or not target[0].isupper():
        return None
    if name.endswith(target):
        return "end"
    rest = name[len(target) :]
    if name.startswith(target) and (not rest[0].islower()):
        return "version" if _VERSION.match(rest) else "begin"
    return None


_VERSION = re.compile(r"^[-_ ]?(?:v|V)?\d[\d.]*\+*$|^\++$")


@dataclass(frozen=True, slots=True)
class _Cue:
    name: str
    begin: int
    stop: int


@dataclass(frozen=True, slots=True)
class Paper:
    """What every sentence of a paper is read with.

    Parameters
    ----------
    main : str
        The main artefact, else what stands for the paper.
    kinds : dict of str to str
        The names' kinds.
    introduced : tuple of str
        The names that the paper introduces.
    """

    main: str
    kinds: dict[str, str]
    introduced: tuple[str, ...]

    @classmethod
    def of(cls, entities: Sequence[NamedEntity]) -> Paper:
        """Return what a reading's entities tell, the main artefact first among them."""
        introduced = tuple(e.name for e in entities if e.group == "introduces")
        return cls(
            introduced[0] if introduced else PAPER, {e.name: e.kind for e in entities}, introduced
        )

    @property
    def about_benchmark(self) -> bool:
        """Whether it is about a benchmark, a dataset or an environment."""
        return self.kinds.get(self.main) in ("benchmark", "dataset", "environment")


def relations(
    document: Document,
    entities: Sequence[NamedEntity],
    occurrences: Sequence[Sequence[Occurrence]],
    links: Iterable[Link],
) -> tuple[Relation, ...]:
    """Find what a text states between names.

    Parameters
    ----------
    document : Document
        The split text.
    entities : sequence of NamedEntity
        The reading's entities, the main artefact first.
    occurrences : sequence of sequence of Occurrence
        Those of each sentence.
    links : iterable of Link
        The text's addresses.

    Returns
    -------
    tuple of Relation
        For each source, type and target the surest; of equals the first.
    """
    paper = Paper.of(entities)
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in _all(document, paper, occurrences, links):
        if relation.source == relation.target:
            continue
        key = (relation.source, relation.type, relation.target)
        if key not in best or relation.confidence > best[key].confidence:
            best[key] = relation
    return tuple(_one_meaning(best.values()))


def statements(sentence: Sentence, within: Sequence[Occurrence], paper: Paper) -> list[Relation]:
    """Find everything that the rules read in one sentence, sure or not.

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    within : sequence of Occurrence
        Its names.
    paper : Paper
        What every sentence is read with.

    Returns
    -------
    list of Relation
        The same two names may stand in several, by several rules.
    """
    stated = _Statement(sentence, within, paper).relations()
    return [relation for relation in stated if relation.source != relation.target]


def _one_meaning(found: Iterable[Relation]) -> Iterator[Relation]:
    """Drop what a more exact statement of the same two names says already."""
    relations = list(found)
    sure: dict[tuple[str, str, str], int] = {}
    for relation in relations:
        if relation.confidence >= THRESHOLDS.get(relation.type, 0):
            sure[(relation.source, relation.type, relation.target)] = relation.confidence
    for relation in relations:
        exact = [
            sure.get((relation.source, better, relation.target), 0)
            for better in _MORE_EXACT.get(relation.type, ())
        ]
        if not any(exact):
            yield relation


# "A uses B" adds nothing to "A extends B", nor does a comparison to its outcome.
_MORE_EXACT = {
    "USES": ("EXTENDS", "GENERALIZES", "OUTPERFORMS"),
    "COMPARED_WITH": ("OUTPERFORMS",),
}


def _all(
    document: Document,
    paper: Paper,
    occurrences: Sequence[Sequence[Occurrence]],
    links: Iterable[Link],
) -> Iterator[Relation]:
    for sentence, within in zip(document.sentences, occurrences, strict=True):
        if within:
            yield from _Statement(sentence, within, paper).relations()
    yield from _implemented(paper.main, links)


def implementations(entities: Sequence[NamedEntity], links: Iterable[Link]) -> tuple[Relation, ...]:
    """Relate the main artefact to the text's repositories.

    Parameters
    ----------
    entities : sequence of NamedEntity
        The reading's entities, the main artefact first.
    links : iterable of Link
        The text's addresses.

    Returns
    -------
    tuple of Relation
        One a repository.
    """
    unique = {
        relation.target: relation for relation in _implemented(Paper.of(entities).main, links)
    }
    return tuple(unique.values())


def _implemented(main: str, links: Iterable[Link]) -> Iterator[Relation]:
    rule = "relation:IMPLEMENTED_IN:link"
    for link in links:
        if link.kind == "repository":
            yield Relation(
                main,
                "IMPLEMENTED_IN",
                link.url,
                link.field,
                *link.sentence,
                rule,
                confidence(rule),
            )


class _Statement:
    """Reads one sentence."""

    def __init__(self, sentence: Sentence, within: Sequence[Occurrence], paper: Paper) -> None:
        self._sentence = sentence
        self._within = within
        self._paper = paper

    # What follows is looked for at the first name that asks: many sentences have none that does.
    @cached_property
    def _cues(self) -> list[_Cue]:
        return [
            _Cue(CUES[int(found.lastgroup[1:])].name, found.start(), found.end())
            for found in _any_cue().finditer(lower_case(self._sentence.plain))
            if found.lastgroup
        ]

    @cached_property
    def _says(self) -> str:
        return "result" if _RESULT.search(self._sentence.plain) else "plain"

    @cached_property
    def _own(self) -> int | None:
        own = _OWN.search(self._sentence.plain)
        return own.start() if own else None

    def relations(self) -> Iterator[Relation]:
        for number, target in enumerate(self._within):
            if target.group == "tasks":
                yield self._make(
                    self._paper.main, "APPLIED_TO", target.name, f"task:{self._sentence.field}"
                )
            elif target.name == self._paper.main:
                continue
            elif target.group == "introduces":
                yield from self._component(target)
            else:
                yield from self._mention(number, target)

    def _component(self, target: Occurrence) -> Iterator[Relation]:
        kind = self._paper.kinds.get(target.name, "method")
        main_kind = self._paper.kinds.get(self._paper.main, "method")
        if kind in ("benchmark", "dataset", "environment"):
            kind_of = "USES" if kind == "dataset" else "EVALUATED_ON"
            if not self._paper.about_benchmark:
                yield self._make(self._paper.main, kind_of, target.name, f"component:{kind}")
            return
        if self._paper.about_benchmark:
            yield self._make(target.name, "EVALUATED_ON", self._paper.main, f"evaluated:{kind}")
        elif target.name.startswith((f"{self._paper.main}-", f"{self._paper.main} ")):
            yield self._make(target.name, "EXTENDS", self._paper.main, f"variant:{main_kind}")
        elif kind == "model" and main_kind != "model":
            yield self._make(target.name, "USES", self._paper.main, f"made-with:{main_kind}")
        else:
            yield self._make(self._paper.main, "USES", target.name, f"component:{kind}")

    def _mention(self, number: int, target: Occurrence) -> Iterator[Relation]:
        begin = target.begin - self._sentence.begin
        stop = target.stop - self._sentence.begin
        yield from self._kinship(number, target)
        cue, distance = self._nearest(number, begin)
        whose, source = self._subject(number, target, cue)
        if target.adjective:
            kind = "USES" if target.group != "benchmarks" else "EVALUATED_ON"
            named = target.adjective if target.adjective in _JOINED else "other"
            yield self._make(source, kind, target.name, f"joined-{named}:{whose}")
        after = next(
            (p for p in AFTER if p.regex.search(self._sentence.plain[stop : stop + 60])), None
        )
        if after is not None:
            yield self._make(
                source, after.value, target.name, f"after-{after.name}:{target.group}:{whose}"
            )
        if cue is not None and _NEGATED.search(self._sentence.plain[: cue.begin][-40:]):
            # "without modifying the KV cache" states no relation.
            return
        name = "none" if cue is None else cue.name
        kind = MEANING.get(name, {}).get(target.group) or _DEFAULT[target.group]
        says = self._says
        if target.group == "benchmarks":
            yield self._make(
                source, kind, target.name, f"{name}:{distance}-{whose}:benchmarks-{says}"
            )
            if whose == "other" and not self._paper.about_benchmark:
                # What is measured on another's model is measured of the paper's own work too.
                circumstance = f"{name}:{distance}-beside:benchmarks-{says}"
                yield self._make(self._paper.main, "EVALUATED_ON", target.name, circumstance)
            return
        if target.group == "models" and self._paper.about_benchmark:
            yield self._make(
                target.name, "EVALUATED_ON", self._paper.main, f"model-evaluated:{name}:{says}"
            )
        yield self._make(source, kind, target.name, f"{name}:{distance}-{whose}:{target.group}")

    def _kinship(self, number: int, target: Occurrence) -> Iterator[Relation]:
        """Read "Foo-GRPO", made of GRPO's name, and "Foo, a model merging method"."""
        if target.group == "benchmarks":
            return
        for name in self._paper.introduced:
            where = _derived(name, target.name)
            if where is not None:
                yield self._make(name, "EXTENDS", target.name, f"name:{target.group}:{where}")
        for other in self._within[:number]:
            if other.group != "introduces" or target.begin - other.stop > 140:
                continue
            between = self._sentence.between(other.stop, target.begin)
            if not _INSTANCE.match(between):
                continue
            after = self._sentence.between(target.stop, target.stop + 60)
            if target.adjective:
                continue
            noun = _HEAD.match(after)
            if noun is None:
                continue
            head = "noun" if noun.group(1) else "bare"
            yield self._make(other.name, "EXTENDS", target.name, f"instance:{target.group}:{head}")

    def _nearest(self, number: int, begin: int) -> tuple[_Cue | None, str]:
        """Find the cue that ends last before the target, and how far it is."""
        chosen: _Cue | None = None
        for cue in self._cues:
            if cue.stop > begin:
                break
            chosen = cue
        weak = chosen
        # A preposition or "such as" hands on what the verb before it says.
        if chosen is not None and chosen.name in _HANDS_ON:
            for cue in reversed([c for c in self._cues if c.stop <= chosen.begin]):
                if cue.name not in _HANDS_ON:
                    words, broken = self._gap(number, cue.stop, chosen.begin)
                    if words <= 5 and not broken:
                        chosen = cue
                    break
        if chosen is None:
            return None, "none"
        words, broken = self._gap(number, chosen.stop, begin)
        if broken:
            return chosen, "broken"
        if chosen is not weak and weak is not None:
            return chosen, f"via-{weak.name}"
        return (
            chosen,
            "at" if words <= 1 else "near" if words <= 4 else "mid" if words <= 9 else "far",
        )

    def _gap(self, number: int, begin: int, stop: int) -> tuple[int, bool]:
        """Count the words between, less those of other names; tell whether a clause ends there."""
        text = self._sentence.plain[begin:stop]
        for other in reversed(self._within[:number]):
            at, end = (
                other.begin - self._sentence.begin - begin,
                other.stop - self._sentence.begin - begin,
            )
            if at >= 0 and end <= len(text):
                text = text[:at] + text[end:]
            elif end < 0:
                break
        return len(_WORD.findall(text)), _BREAK.search(text) is not None

    def _subject(self, number: int, target: Occurrence, cue: _Cue | None) -> tuple[str, str]:
        """Tell whose statement it is: a named artefact's, our, another's, or nobody's."""
        limit = cue.begin if cue is not None else target.begin - self._sentence.begin
        limit += self._sentence.begin
        before = [o for o in self._within[:number] if o.stop <= limit and o.group != "tasks"]
        if before and cue is not None:
            last = before[-1]
            between = self._sentence.between(last.stop, limit)
            if (
                len(between) < 28
                and last.group in ("methods", "models")
                and not re.search(r"[,;:(]", between)
            ):
                return "other", last.name
        own = [o for o in before if o.group == "introduces"]
        if own:
            return "name", own[-1].name
        if self._own is not None and self._own + self._sentence.begin < limit:
            return "we", self._paper.main
        if self._sentence.field == "title":
            return "title", self._paper.main
        if any(o.group == "introduces" for o in self._within) or self._own is not None:
            return "later", self._paper.main
        return "none", self._paper.main

    def _make(self, source: str, kind: str, target: str, circumstance: str) -> Relation:
        rule = f"relation:{kind}:{circumstance}"
        on = None
        if kind == "OUTPERFORMS":
            benchmarks = [o.name for o in self._within if o.group == "benchmarks"]
            on = benchmarks[0] if len(set(benchmarks)) == 1 else None
        return Relation(
            source,
            kind,
            target,
            self._sentence.field,
            *self._sentence.span,
            rule,
            confidence(rule),
            on,
        )


_HANDS_ON = frozenset({"via", "for", "such-as", "on", "over"})
_JOINED = frozenset(
    {"based", "style", "powered", "driven", "like", "trained", "guided", "generated"}
)
