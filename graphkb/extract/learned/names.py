"""What a name is to the paper, by logistic regressions over its mentions.

One instance is one name of a text: all candidates that naming found to be the same. Each class
(introduces, methods, models, benchmarks) has its own model; none of them sure enough means that
the name is nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from graphkb.extract.candidate import GROUP_OF_KIND
from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.learned.surroundings import MOST_MENTIONS, coined, context, terms
from graphkb.extract.learned.wording import stem
from graphkb.extract.shape import TOO_GENERAL, shape
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.extract.candidate import Candidate
    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.naming import Cluster, Expansions
    from graphkb.model.reading import Group, NamedEntity

__all__ = ["CLASSES", "judged", "name_features"]

CLASSES: tuple[Group, ...] = ("introduces", "methods", "models", "benchmarks")

# How sure it is that a paper introduces what the catalogue says that it does.
_KNOWN = 950
_UPPER = re.compile(r"[A-Z]+")
_LOWER = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d+")
_DEFAULT_KIND = {"methods": "method", "models": "model", "benchmarks": "benchmark"}


def _pattern(name: str) -> str:
    short = _UPPER.sub("A", name)
    short = _LOWER.sub("a", short)
    return _DIGITS.sub("0", short)[:16]


class _Spans:
    """Which spans of a sentence rules took, to tell what lies in or around a mention."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._of: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
        for cluster in clusters:
            for member in cluster.members:
                family = member.rule.split(":", 1)[0]
                if family in ("propose", "phrase"):
                    continue
                key = (member.sentence.field, member.sentence.begin)
                what = member.group if member.entry is None else f"={member.group}"
                self._of.setdefault(key, []).append((member.begin, member.stop, what))

    def around(self, member: Candidate) -> set[str]:
        """Return what a mention lies in, holds, and is joined to by a comma or "and"."""
        found = set()
        begin, stop = member.begin, member.stop
        sentence = member.sentence
        for b, s, what in self._of.get((sentence.field, sentence.begin), ()):
            if b == begin and s == stop:
                continue
            if b <= begin and stop <= s:
                found.add(f"in {what}")
            elif begin <= b and s <= stop:
                found.add(f"holds {what}")
            elif b < stop and begin < s:
                found.add(f"crosses {what}")
            elif 0 <= b - stop < 7 and _JOIN.fullmatch(sentence.between(stop, b)):
                found.add(f"then {what}")
            elif 0 <= begin - s < 7 and _JOIN.fullmatch(sentence.between(s, begin)):
                found.add(f"after {what}")
        return found


_JOIN = re.compile(r"\s*(?:,|/|,? ?and|,? ?or|&|\()\s*")


def name_features(
    clusters: Sequence[Cluster], lines: Sequence[Wording], expansions: Expansions
) -> list[list[str]]:
    """Describe each name of a text.

    Parameters
    ----------
    clusters : sequence of Cluster
        The names.
    lines : sequence of Wording
        The text's sentences.
    expansions : Expansions
        Its abbreviations.

    Returns
    -------
    list of list of str
        Features in `clusters`' order, each feature once.
    """
    of_line: dict[tuple[str, int], Wording] = {
        (line.sentence.field, line.sentence.begin): line for line in lines
    }
    spans = _Spans(clusters)
    shorts = {found.short for _, found in expansions.all}
    longs = {found.long for _, found in expansions.all}
    return [_features(cluster, of_line, spans, shorts, longs, len(lines)) for cluster in clusters]


def _features(
    cluster: Cluster,
    of_line: dict[tuple[str, int], Wording],
    spans: _Spans,
    shorts: set[str],
    longs: set[str],
    lines: int,
) -> list[str]:
    entity = cluster.entity
    name = entity.name
    bag: list[str] = []
    add = bag.append
    groups = set()
    mentions: dict[tuple[str, int, int], Candidate] = {}
    for member in cluster.members:
        groups.add(member.group)
        bag += _rule_features(member.rule)
        mentions.setdefault((member.sentence.field, member.begin, member.stop), member)
    add("groups " + "+".join(sorted(groups)))
    add(f"group {entity.group}")
    if entity.entry is not None:
        add(f"entry {entity.kind}")
        add(f"entry {entity.kind}+" + "+".join(sorted(groups)))
    parts = name.split()
    last, first = parts[-1].lower(), parts[0].lower()
    form = shape(parts[-1]) if len(parts) == 1 else _case(parts)
    if form not in ("lower", "lower phrase") and coined(name, of_line):
        form += " unknown"
    head = stem(last)
    add(f"head {head}")
    add(f"form {form}")
    add(f"form {form} {min(len(parts), 4)}")
    add(f"like {_pattern(name)}")
    if len(parts) > 1:
        add(f"first {stem(first)}")
    for piece in last.split("-"):
        add(f"piece {stem(piece)}")
    add(f"ends {last[-3:]}")
    add(f"begins {first[:3]}")
    framed = f"^{name.lower()[:40]}$"
    bag += [f"g {framed[at : at + 4]}" for at in range(len(framed) - 3)]
    if "-" in name:
        add("hyphen")
    fields = {field for field, _, _ in mentions}
    add("in " + "+".join(sorted(fields)))
    add(f"in {'+'.join(sorted(fields))} {form}")
    count = len(mentions)
    add(f"count {min(count, 4)}")
    add(f"count {min(count, 4)} {form}")
    if name in shorts or entity.surface in shorts:
        add("short")
        add(f"short {form}")
    if entity.long is not None:
        add("has long")
        add("long head " + stem(entity.long.split()[-1].lower()))
        if sum(word[:1].isupper() for word in entity.long.split()) >= 2:
            add("long in capitals")
    if name in longs:
        add("long")
    numbers = []
    terms(cluster, list(mentions.values()), of_line, add, form)
    for member in list(mentions.values())[:MOST_MENTIONS]:
        line = of_line[(member.sentence.field, member.sentence.begin)]
        numbers.append(line.number)
        for what in sorted(spans.around(member)):
            add(what)
        context(member, line, add, form)
    if numbers:
        start, end = min(numbers), max(numbers)
        add(f"from {min(start, 5)}")
        add(f"part {4 * start // max(1, lines)}")
        add("at end" if end >= lines - 2 else "not at end")
        if len(set(numbers)) > 1:
            add(f"sentences {min(len(set(numbers)), 4)}")
    return list(dict.fromkeys(bag))


@lru_cache(maxsize=4096)
def _rule_features(rule: str) -> tuple[str, ...]:
    parts = rule.split(":")
    families = [f"r {':'.join(parts[:count])}" for count in range(1, len(parts) + 1)]
    if parts[0] == "introduce":
        families.extend(f"ri {piece}" for piece in parts[1].split("-"))
    return tuple(families)


def _case(parts: Sequence[str]) -> str:
    capitals = sum(word[:1].isupper() for word in parts)
    if capitals == 0:
        return "lower phrase"
    return "capitalised phrase" if capitals == len(parts) else "mixed phrase"


def judged(
    clusters: Sequence[Cluster],
    lines: Sequence[Wording],
    expansions: Expansions,
    model: LinearModel,
) -> list[NamedEntity]:
    """Decide by the model what each name is.

    Parameters
    ----------
    clusters : sequence of Cluster
        The names.
    lines : sequence of Wording
        The text's sentences.
    expansions : Expansions
        Its abbreviations.
    model : LinearModel
        With the four groups as classes.

    Returns
    -------
    list of NamedEntity
        With the likeliest group and its confidence. A name that lies wholly in likelier ones, or
        is too general for one, stays, with a confidence below every threshold.
    """
    decided: list[tuple[NamedEntity, Cluster]] = []
    described = name_features(clusters, lines, expansions)
    for cluster, features in zip(clusters, described, strict=True):
        sure = model.per_mille(features)
        if cluster.known:
            decided.append((_as(cluster, "introduces", max(_KNOWN, sure["introduces"])), cluster))
            continue
        best = max(CLASSES, key=lambda group: (sure[group] - THRESHOLDS[group], group))
        entity = cluster.entity
        general = entity.entry is None and name_key(entity.name) in TOO_GENERAL
        decided.append((_as(cluster, best, 0 if general else sure[best]), cluster))
    return _apart(decided, expansions)


def _as(cluster: Cluster, group: Group, confidence: int) -> NamedEntity:
    entity = cluster.entity
    if entity.group == group:
        return structs.replace(entity, confidence=confidence)
    speaking = [member for member in cluster.members if member.group == group]
    kind = entity.kind
    if speaking:
        kind = next((m.kind for m in speaking if m.kind != "method"), speaking[0].kind)
    elif group != "introduces" and GROUP_OF_KIND.get(kind) != group:
        kind = _DEFAULT_KIND[group]
    return structs.replace(entity, group=group, kind=kind, confidence=confidence, role=None)


# What only a shape or a phrase speaks for.
_GUESSES = ("propose", "phrase", "introduce:title-case", "shape")


def _apart(
    decided: Sequence[tuple[NamedEntity, Cluster]], expansions: Expansions
) -> list[NamedEntity]:
    """Let of names that overlap wherever they stand only the likeliest be believed."""
    spelled: dict[str, list[tuple[str, int, int, int]]] = {}
    for sentence, found in expansions.all:
        spelled.setdefault(found.short, []).append(
            (sentence.field, sentence.begin, found.long_begin, found.long_stop)
        )
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    order = sorted(
        range(len(decided)),
        key=lambda at: (
            -(decided[at][0].confidence - THRESHOLDS[decided[at][0].group]),
            decided[at][0].begin,
            decided[at][0].name,
        ),
    )
    answer = [entity for entity, _ in decided]
    for at in order:
        entity, cluster = decided[at]
        if entity.confidence < THRESHOLDS[entity.group]:
            continue
        places = {(m.sentence.field, m.sentence.begin, m.begin, m.stop): m for m in cluster.members}
        free = [
            (field, start, begin, stop)
            for field, start, begin, stop in places
            if not any(b < stop and begin < s for b, s in taken.get((field, start), ()))
        ]
        guessed = all(m.rule.startswith(_GUESSES) for m in cluster.members)
        if not free and guessed:
            answer[at] = structs.replace(entity, confidence=min(entity.confidence, 50))
            continue
        for field, start, begin, stop in places:
            taken.setdefault((field, start), []).append((begin, stop))
        for where, sentence_begin, long_begin, long_stop in spelled.get(entity.name, ()):
            taken.setdefault((where, sentence_begin), []).append((long_begin, long_stop))
    return answer
