"""Every source and target that a text may relate, each described over all its sentences.

One instance is a source and a target with all that the text says of the two: the annotation has one
relation for a text, not for a sentence. What single sentences show is pooled, and the sentence that
alone speaks loudest for a type is the one that is quoted.

References
----------
M. Surdeanu, J. Tibshirani, R. Nallapati, C. D. Manning, "Multi-instance multi-label learning for
relation extraction", EMNLP 2012: a pair of names with all its mentions is one instance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.kinship import instances
from graphkb.extract.learned.pair_features import PaperView, SentenceView
from graphkb.extract.pattern import words
from graphkb.extract.relation import Paper, statements

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence
    from graphkb.model.reading import NamedEntity, Relation, TaskMention

__all__ = ["TASK_TYPE", "TYPES", "Pair", "Sighting", "pairs", "types_of"]

TASK_TYPE = "APPLIED_TO"
TYPES = (
    "ANALYZES",
    TASK_TYPE,
    "COMPARED_WITH",
    "CRITIQUES",
    "EVALUATED_ON",
    "EXTENDS",
    "OUTPERFORMS",
    "USES",
)
_OTHER_TYPES = tuple(kind for kind in TYPES if kind != TASK_TYPE)
_DENYING = words("not without never no cannot nor neither")


class Sighting(NamedTuple):
    """A sentence that may relate two names.

    Parameters
    ----------
    line : Wording
        The sentence.
    features : tuple of str
        What it shows.
    on : str or None
        Its only benchmark.
    stated : tuple of Relation
        What the rules state of the two here.
    denied : bool
        Whether it says that it is not so.
    """

    line: Wording
    features: tuple[str, ...]
    on: str | None
    stated: tuple[Relation, ...]
    denied: bool


class Pair(NamedTuple):
    """A source and a target that a text may relate.

    Parameters
    ----------
    source, target : str
        Names of the reading.
    group : str
        The target's group.
    unlike : bool
        Whether one is a benchmark and the other is none: neither varies or surpasses the other.
    features : tuple of str
        What the text shows, each once.
    sightings : tuple of Sighting
        The sentences, in the text's order.
    """

    source: str
    target: str
    group: str
    unlike: bool
    features: tuple[str, ...]
    sightings: tuple[Sighting, ...]

    def may(self, kind: str) -> bool:
        """Whether the two names can be related by a type at all."""
        return kind not in ("EXTENDS", "OUTPERFORMS") or not self.unlike


# What the rules state in a sentence, by source and target.
_Stated = dict[tuple[str, str], list["Relation"]]


def types_of(group: str) -> tuple[str, ...]:
    """Return the types that a target of a group may have."""
    return (TASK_TYPE,) if group == "tasks" else _OTHER_TYPES


def pairs(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    tasks: Sequence[TaskMention],
    occurrences: Sequence[Sequence[Occurrence]],
) -> list[Pair]:
    """Describe every pair that a text may relate.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    entities : sequence of NamedEntity
        The believed names, the main artefact first.
    tasks : sequence of TaskMention
        The believed tasks.
    occurrences : sequence of sequence of Occurrence
        Those of each sentence.

    Returns
    -------
    list of Pair
        In the text's order.
    """
    paper = PaperView(lines, entities, tasks, occurrences)
    ruled = Paper.of(entities)
    seen: dict[tuple[str, str], list[Sighting]] = {}
    groups: dict[tuple[str, str], str] = {}
    for line, within in zip(lines, occurrences, strict=True):
        if not within:
            continue
        for source, target, group, sighting in _of_line(line, within, paper, ruled):
            seen.setdefault((source, target), []).append(sighting)
            groups.setdefault((source, target), group)
    found = []
    for (source, target), sightings in seen.items():
        group = groups[source, target]
        pooled = paper.of_names(source, target, group)
        said = sorted({r.type for sighting in sightings for r in sighting.stated})
        pooled += [f"said {kind}" for kind in said]
        pooled.append(f"seen {min(len(sightings), 4)}")
        for sighting in sightings:
            pooled.extend(sighting.features)
        features = tuple(dict.fromkeys(pooled))
        unlike = paper.measures(source) != paper.measures(target)
        found.append(Pair(source, target, group, unlike, features, tuple(sightings)))
    return found


def _of_line(
    line: Wording, within: Sequence[Occurrence], paper: PaperView, ruled: Paper
) -> Iterator[tuple[str, str, str, Sighting]]:
    here: _Stated = {}
    for relation in statements(line.sentence, within, ruled):
        here.setdefault((relation.source, relation.target), []).append(relation)
    view = SentenceView(line, within, paper)
    benchmarks = {o.name for o in within if paper.measures(o.name)}
    on = next(iter(benchmarks)) if len(benchmarks) == 1 else None
    listed = {(member.name, whole.name) for member, whole in instances(line.sentence, within)}
    own = [o.name for o in within if o.group == "introduces" and o.name != paper.main]
    targets: set[str] = set()
    for number, target in enumerate(within):
        if target.name in targets:
            continue
        targets.add(target.name)
        sources = [paper.main, *own] if target.group != "tasks" else [paper.main]
        sources += [source for source, wanted in here if wanted == target.name]
        sources += sorted(member for member, whole in listed if whole == target.name)
        denied = _denied(line, view.clauses.places[number][0])
        for source in dict.fromkeys(sources):
            if source == target.name:
                continue
            stated = tuple(here.get((source, target.name), ()))
            features = view.features(number, source, stated)
            if (source, target.name) in listed:
                features.append(f"listed {paper.role(source)}")
            elif any(whole == target.name for _, whole in listed):
                features.append("lists instances")
            unique = tuple(dict.fromkeys(features))
            yield source, target.name, target.group, Sighting(line, unique, on, stated, denied)
    # What the sentence measures on the paper's own benchmark need not name it.
    for source, wanted in here:
        if wanted in targets:
            continue
        at = next((i for i, o in enumerate(within) if o.name == source), None)
        if at is not None:
            stated = tuple(here[source, wanted])
            features = view.features(at, source, stated, turned=True)
            unique = tuple(dict.fromkeys(features))
            group = paper.groups.get(wanted, "introduces")
            yield source, wanted, group, Sighting(line, unique, on, stated, denied=False)


def _denied(line: Wording, first: int) -> bool:
    """Whether "not" or "without" stands right before a target or before its verb."""
    words_ = line.words
    if not _DENYING.isdisjoint(words_[max(0, first - 2) : first]):
        return "only" not in words_[max(0, first - 2) : first]
    verb = next((index for index in reversed(line.verbs) if index < first), None)
    if verb is None or first - verb > 4:
        return False
    before = words_[max(0, verb - 2) : verb]
    return not _DENYING.isdisjoint(before) and "only" not in before
