"""What a name is to the paper, by logistic regressions over its mentions.

One instance is one name of a text: all candidates that naming found to be the same. Each class
(introduces, methods, models, benchmarks) has its own model; none of them sure enough means that
the name is nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.candidate import GROUP_OF_KIND
from graphkb.extract.confidence import THRESHOLDS
from graphkb.extract.learned.bundle import crossed, features_of
from graphkb.extract.learned.surroundings import MOST_MENTIONS, coined, context, terms
from graphkb.extract.learned.wording import stem
from graphkb.extract.shape import TOO_GENERAL, shape
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphkb.extract.candidate import Candidate
    from graphkb.extract.learned.bundle import Bundle
    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.naming import Cluster, Expansions
    from graphkb.model.reading import Group, NamedEntity

__all__ = ["CLASSES", "judged", "name_bundles", "name_features"]

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


def name_bundles(
    clusters: Sequence[Cluster], lines: Sequence[Wording], expansions: Expansions
) -> list[list[Bundle]]:
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
    list of list of Bundle
        Bundles of features in `clusters`' order.
    """
    of_line: dict[tuple[str, int], Wording] = {
        (line.sentence.field, line.sentence.begin): line for line in lines
    }
    spans = _Spans(clusters)
    shorts = {found.short for _, found in expansions.all}
    longs = {found.long for _, found in expansions.all}
    return [_bundles(cluster, of_line, spans, shorts, longs, len(lines)) for cluster in clusters]


def name_features(
    clusters: Sequence[Cluster], lines: Sequence[Wording], expansions: Expansions
) -> list[list[str]]:
    """Return the features of `name_bundles`, each once; parameters as there."""
    return [features_of(bundles) for bundles in name_bundles(clusters, lines, expansions)]


def _bundles(
    cluster: Cluster,
    of_line: dict[tuple[str, int], Wording],
    spans: _Spans,
    shorts: set[str],
    longs: set[str],
    lines: int,
) -> list[Bundle]:
    entity = cluster.entity
    name = entity.name
    mentions: dict[tuple[str, int, int], Candidate] = {}
    for member in cluster.members:
        mentions.setdefault((member.sentence.field, member.begin, member.stop), member)
    form = _form(name)
    if form not in ("lower", "lower phrase") and coined(name, of_line):
        form += " unknown"
    fields = {field for field, _, _ in mentions}
    bag = [
        _of_rules(tuple(dict.fromkeys([member.rule for member in cluster.members]))),
        _of_groups(
            tuple(sorted({member.group for member in cluster.members})),
            entity.group,
            entity.kind if entity.entry is not None else None,
        ),
        _of_spelling(name, form),
        _of_count("+".join(sorted(fields)), min(len(mentions), 4), form),
    ]
    add = bag.append
    if name in shorts or entity.surface in shorts:
        add(crossed("short", form))
    if entity.long is not None:
        add(_of_long(entity.long))
    if name in longs:
        add(_LONG)
    numbers = []
    known = list(mentions.values())[:MOST_MENTIONS]
    terms(cluster, known, of_line, add, form)
    for member in known:
        line = of_line[(member.sentence.field, member.sentence.begin)]
        numbers.append(line.number)
        for what in spans.around(member):
            add((what,))
        context(member, line, add, form)
    if numbers:
        start, end = min(numbers), max(numbers)
        part = 4 * start // max(1, lines)
        add(_of_place(min(start, 5), part, end >= lines - 2, min(len(set(numbers)), 4)))
    return bag


_LONG: Bundle = ("long",)


@lru_cache(maxsize=8192)
def _of_rules(rules: tuple[str, ...]) -> Bundle:
    return tuple(dict.fromkeys(family for rule in rules for family in _families(rule)))


def _families(rule: str) -> list[str]:
    parts = rule.split(":")
    families = [f"r {':'.join(parts[:count])}" for count in range(1, len(parts) + 1)]
    if parts[0] == "introduce":
        families.extend(f"ri {piece}" for piece in parts[1].split("-"))
    return families


@lru_cache(maxsize=1024)
def _of_groups(groups: tuple[str, ...], group: str, entry: str | None) -> Bundle:
    together = "+".join(groups)
    said = (f"groups {together}", f"group {group}")
    return said if entry is None else (*said, f"entry {entry}", f"entry {entry}+{together}")


@lru_cache(maxsize=16384)
def _form(name: str) -> str:
    parts = name.split()
    return shape(parts[-1]) if len(parts) == 1 else _case(parts)


@lru_cache(maxsize=16384)
def _of_spelling(name: str, form: str) -> Bundle:
    parts = name.split()
    last, first = parts[-1].lower(), parts[0].lower()
    framed = f"^{name.lower()[:40]}$"
    bag = [
        f"head {stem(last)}",
        f"form {form}",
        f"form {form} {min(len(parts), 4)}",
        f"like {_pattern(name)}",
        *(f"piece {stem(piece)}" for piece in last.split("-")),
        f"ends {last[-3:]}",
        f"begins {first[:3]}",
        *(f"g {framed[at : at + 4]}" for at in range(len(framed) - 3)),
    ]
    if len(parts) > 1:
        bag.append(f"first {stem(first)}")
    if "-" in name:
        bag.append("hyphen")
    return tuple(dict.fromkeys(bag))


@lru_cache(maxsize=1024)
def _of_count(fields: str, count: int, form: str) -> Bundle:
    return (f"in {fields}", f"in {fields} {form}", f"count {count}", f"count {count} {form}")


@lru_cache(maxsize=4096)
def _of_long(long: str) -> Bundle:
    parts = long.split()
    said = ("has long", f"long head {stem(parts[-1].lower())}")
    capitals = sum(word[:1].isupper() for word in parts)
    return (*said, "long in capitals") if capitals >= 2 else said


@lru_cache(maxsize=4096)
def _of_place(start: int, part: int, at_end: bool, sentences: int) -> Bundle:
    said = (f"from {start}", f"part {part}", "at end" if at_end else "not at end")
    return said if sentences == 1 else (*said, f"sentences {sentences}")


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
    described = name_bundles(clusters, lines, expansions)
    for cluster, bundles in zip(clusters, described, strict=True):
        sure = model.per_mille_of(bundles)
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
        return replace(entity, confidence=confidence)
    speaking = [member for member in cluster.members if member.group == group]
    kind = entity.kind
    if speaking:
        kind = next((m.kind for m in speaking if m.kind != "method"), speaking[0].kind)
    elif group != "introduces" and GROUP_OF_KIND.get(kind) != group:
        kind = _DEFAULT_KIND[group]
    return replace(entity, group=group, kind=kind, confidence=confidence, role=None)


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
            answer[at] = replace(entity, confidence=min(entity.confidence, 50))
            continue
        for field, start, begin, stop in places:
            taken.setdefault((field, start), []).append((begin, stop))
        for where, sentence_begin, long_begin, long_stop in spelled.get(entity.name, ()):
            taken.setdefault((where, sentence_begin), []).append((long_begin, long_stop))
    return answer
