"""What the classifiers see of a figure, and of each benchmark that it may be of."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkb.extract.figure import values
from graphkb.extract.pattern import words
from graphkb.extract.result import benchmarks_of, meanings
from graphkb.extract.subject import BENCHMARKS, Setting, is_benchmark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.figure import Value
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.result import Meaning
    from graphkb.model.reading import NamedEntity

__all__ = ["Figure", "figures"]

# Candidates of a figure at most: those of its sentence first, then those named last.
_MOST = 12
_SIZE = re.compile(r"\b(?:smaller|larger|bigger|parameters?|size|sized|weights|scale|capacity)\b")
_COST = re.compile(r"\b(?:costs?|cheaper|usd|dollars?|price|budget|gpu|gpus|compute|hours?)\b")
_COUNT = re.compile(
    r"\b(?:data|samples?|examples?|pairs|annotations?|labels?|population|users?|papers?|documents?|"
    r"frames?|layers?|steps?|tokens?|questions|instances|types|versions?|years?|molecules)\b"
)
_BENCHMARK_NAME = re.compile(
    r"(?:bench(?:mark)?|eval|qa|arena|suite|challenge|exam)s?\b", re.IGNORECASE
)
_BENCHMARK_WORD = re.compile(
    r"\b(?:benchmark|dataset|test ?bed|leaderboard|arena|suite|environment)", re.IGNORECASE
)
_PREPOSITIONS = words("on in across over for at of by with under from to via than using against")
# Words that tell of what a figure is measured on, or that it is a mean over many; stems.
_TELLING = words(
    """
    averag overall across all multipl variou over compar than baselin only even best strongest
    current still challeng top lead fail struggl below remain achiev improv outperform surpass reach
    speed speedup faster cost train inferenc latency memory tim token throughput reduc gain scor
    accuracy rate success pass@1 benchmark dataset task test set suit split setting respectively
    model human expert <models> <figure> <benchmarks> <introduces> <methods> our it
    """
)
_MANY = words(
    "benchmarks datasets tasks suites settings domains environments scenarios models baselines"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that may be a result, and the benchmarks on which it may have been measured.

    Parameters
    ----------
    line : Wording
        Its sentence.
    values : tuple of Value
        The figures of the sentence.
    meant : tuple of Meaning
        What each of them measures.
    number : int
        Which of them it is.
    features : tuple of str
        What the classifier of figures sees.
    links : tuple of (str or None, tuple of str)
        Each benchmark, and last None for none, with its features.
    """

    line: Wording
    values: tuple[Value, ...]
    meant: tuple[Meaning, ...]
    number: int
    features: tuple[str, ...]
    links: tuple[tuple[str | None, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence with its figures and benchmarks by word."""

    wording: Wording
    tags: list[str]
    values: list[Value]
    spots: list[tuple[int, int]]
    mentions: list[_Mention]
    ruled: list[str | list[str] | None]


def figures(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    occurrences: Sequence[Sequence[Occurrence]],
) -> Iterator[Figure]:
    """Describe each figure of a text and each benchmark that it may be of.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    entities : sequence of NamedEntity
        Its names, the main artefact first.
    occurrences : sequence of sequence of Occurrence
        Those of each sentence.

    Yields
    ------
    Figure
        In the text's order.
    """
    kinds = {e.name: e.kind for e in entities}
    heres = [_line(*both, kinds) for both in zip(lines, occurrences, strict=True)]
    if not any(here.values for here in heres):
        return
    roles = {e.name: e.role for e in entities}
    setting = Setting.of(entities)
    seen: list[str] = []
    told: dict[str, int] = {}
    named = [
        e.name for e in entities if e.group == "introduces" or is_benchmark(e.name, e.group, kinds)
    ]
    benches = [e.name for e in entities if is_benchmark(e.name, e.group, kinds)]
    titled = any(
        line.sentence.field == "title" and _BENCHMARK_WORD.search(line.sentence.plain)
        for line in lines
    )
    looks = {e.name: _look(e, lines, titled) for e in entities if e.name in named}
    introduced = _introduced(entities)
    counts = dict.fromkeys(named, 0)
    for within in occurrences:
        for occurrence in within:
            if occurrence.name in counts:
                counts[occurrence.name] += 1
    own = {e.name for e in entities if e.group == "introduces"}
    for line, here in zip(lines, heres, strict=True):
        mentioned = {m.name for m in here.mentions}
        meant = meanings(line.sentence, here.values)
        readings = [meaning.reading for meaning in meant]
        for number in range(len(here.values)):
            order = dict.fromkeys((*(m.name for m in here.mentions), *reversed(seen), *named))
            candidates = list(order)[:_MOST]
            links: list[tuple[str | None, tuple[str, ...]]] = []
            common = _common(here, number, len(benches), introduced, readings)
            for name in candidates:
                features = _link_features(here, number, name, told, roles, common)
                kind = "own" if name in own else "cited"
                kind = "main" if name == setting.main else kind
                if name in own:
                    kind += " benchmark" if kinds[name] in BENCHMARKS else " artefact"
                features += [f"kind {kind}", f"named {min(counts[name], 3)} {kind}"]
                features += [f"{look} {kind}" for look in looks[name]]
                if name not in mentioned:
                    exact = kinds[name] if name in own else "cited"
                    features += [f"{kind} {feature}" for feature in common]
                    features += [f"{kind} away", f"exact {exact} {introduced}"]
                    features.append(f"exact {exact} {introduced} {readings[number]}")
                links.append((name, tuple(dict.fromkeys(features))))
            links.append((None, tuple(_nowhere_features(here, number, common, benches, own))))
            features = _figure_features(here, number, len(lines), meant[number])
            yield Figure(
                line, tuple(here.values), tuple(meant), number, tuple(features), tuple(links)
            )
        for mention in here.mentions:
            if mention.name in told:
                seen.remove(mention.name)
            seen.append(mention.name)
            told[mention.name] = line.number


def _look(entity: NamedEntity, lines: Sequence[Wording], titled: bool) -> list[str]:
    """Say whether a name, or what is said of it or in the title, is a benchmark's."""
    found = []
    if _BENCHMARK_NAME.search(entity.name) or _BENCHMARK_NAME.search(entity.long or ""):
        found.append("named like one")
    if titled:
        found.append("title says so")
    if any(
        line.sentence.field == entity.field
        and line.sentence.span == entity.sentence
        and _BENCHMARK_WORD.search(line.sentence.plain)
        for line in lines
    ):
        found.append("sentence says so")
    return found or ["looks like none"]


def _introduced(entities: Sequence[NamedEntity]) -> str:
    kinds = [
        "benchmark" if e.kind in BENCHMARKS else "artefact"
        for e in entities
        if e.group == "introduces"
    ]
    return " then ".join(dict.fromkeys(kinds)) or "nothing"


def _line(line: Wording, within: Sequence[Occurrence], kinds: dict[str, str]) -> _Line:
    found = values(line.sentence, within, bare=True)
    if not found:
        mentions = [_Mention(o.name, 0, 0) for o in within if is_benchmark(o.name, o.group, kinds)]
        return _Line(line, [], [], [], mentions, [])
    tokens, offset = line.sentence.tokens, line.sentence.begin
    begins = [token.begin - offset for token in tokens]
    tags = ["#" if word[0].isdigit() else word for word in line.stems]
    mentions = []
    for o in within:
        first, last = _words(begins, o.begin - offset, o.stop - offset)
        own = o.group
        benchmark = is_benchmark(o.name, o.group, kinds)
        if benchmark:
            mentions.append(_Mention(o.name, first, last))
            own = "own-bench" if o.group == "introduces" else own
        for index in range(first, last + 1):
            tags[index] = f"<{own}>" if o.group != "tasks" else tags[index]
    spots = []
    for value in found:
        first, last = _words(begins, value.begin, value.stop)
        spots.append((first, last))
        for index in range(first, last + 1):
            tags[index] = "<figure>"
    benchmarks = [o for o in within if is_benchmark(o.name, o.group, kinds)]
    ruled = benchmarks_of(line.sentence, found, benchmarks)
    return _Line(line, tags, found, spots, mentions, ruled)


def _words(begins: Sequence[int], begin: int, stop: int) -> tuple[int, int]:
    """Return the first and the last word of a span of the sentence."""
    last = max(0, bisect_left(begins, stop) - 1)
    first = bisect_left(begins, begin)
    return min(first, last), last


def _figure_features(here: _Line, number: int, lines: int, meant: Meaning) -> list[str]:
    value, line, tags = here.values[number], here.wording, here.tags
    first, last = here.spots[number]
    unit = value.unit or ("decimal" if "." in value.text else "integer")
    kind = value.kind
    cue = "pair" if value.paired else value.cue
    bag = [f"u {unit}", f"k {kind}", f"c {cue}", f"kc {kind} {cue}"]
    if value.text[0] in "+-\u2212":
        bag.append("signed")
    if not value.unit:
        size = next((s for s in (1, 10, 100, 1000) if abs(value.number) < s), 10000)
        bag.append(f"size {kind} {size}")
        if kind == "integer" and 1950 <= value.number <= 2100:
            bag.append("year")
    add = bag.append
    before = ["^", "^", "^", *tags[max(0, first - 3) : first]][-3:]
    after = [*tags[last + 1 : last + 4], "$", "$", "$"][:3]
    for place, tag in zip(("b3", "b2", "b1"), before, strict=True):
        add(f"{place} {tag}")
    near = " ".join(line.words[max(0, first - 5) : first])
    far = " ".join(line.words[last + 1 : last + 6])
    for name, pattern in (("size", _SIZE), ("cost", _COST), ("counted", _COUNT)):
        if pattern.search(near):
            bag += [f"{name} before", f"{name} before {kind}"]
        if pattern.search(far):
            bag += [f"{name} after", f"{name} after {kind}"]
    for place, tag in zip(("a1", "a2", "a3"), after, strict=True):
        add(f"{place} {tag}")
    if first:
        lead = line.sentence.tokens[first - 1].text
        if lead[:1].isupper() and not line.gaps[first] and not tags[first - 1].startswith("<"):
            add("after a capital")
            add(f"after a capital {kind}")
    gap, close = line.gaps[first][:1], line.gaps[last + 1][:1]
    add(f"gap {gap} {kind}")
    add(f"close {close} {kind}")
    add(f"bb {before[1]} {before[2]}")
    add(f"aa {after[0]} {after[1]}")
    add(f"ka {kind} {after[0]}")
    add(f"kb {kind} {before[2]}")
    for tag in {*tags[max(0, first - 7) : first]}:
        add(f"l {tag}")
    for tag in {*tags[last + 1 : last + 7]}:
        add(f"r {tag}")
    verbs = [index for index in line.verbs if index < first]
    if verbs:
        add(f"v {line.stems[verbs[-1]]}")
        add(f"v {line.stems[verbs[-1]]} {kind}")
    else:
        add("no verb")
    metric = meant.metric
    bag.append(f"m {metric.lower() if metric else 'none'}")
    bag.append(f"mk {'some' if metric else 'none'} {kind}")
    bag.extend(f"s {flag}" for flag in line.flags)
    bag.append(f"part {min(3, 4 * line.number // max(1, lines))}")
    bag.append(f"figures {min(4, len(here.values))}")
    bag.append(f"here {'on' if here.mentions else 'nowhere'}")
    return list(dict.fromkeys(bag))


def _common(
    here: _Line, number: int, named: int, introduced: str, readings: Sequence[str]
) -> list[str]:
    """Describe what a figure says of its benchmark wherever that stands."""
    value, line, tags = here.values[number], here.wording, here.tags
    first, last = here.spots[number]
    kind = value.kind
    cue = "pair" if value.paired else value.cue
    bag = [f"k {kind}", f"c {cue}", f"names {min(named, 3)}"]
    bag.append(f"in sentence {min(len({m.name for m in here.mentions}), 3)}")
    whole = set(tags)
    who = [
        tag
        for tag in ("<introduces>", "<models>", "<methods>", "model", "our", "we", "it")
        if tag in whole
    ]
    reading = readings[number]
    bag += [f"introduces {introduced}", f"reading {reading}", f"introduces {introduced} {reading}"]
    bag += [f"who {tag}" for tag in who] + [f"who {tag} {introduced}" for tag in who]
    whose = "ours" if "<introduces>" in whole or "our" in whole else "others"
    bag.append(f"{whose} {introduced} {reading}")
    if _unknown(here, first, last):
        bag.append("on an unknown name")
    window = {*tags[max(0, first - 12) : first], *tags[last + 1 : last + 9]}
    bag.extend(f"w {tag}" for tag in sorted(window & _TELLING))
    if not _MANY.isdisjoint(line.words[last + 1 : last + 9]):
        bag.append("many after")
    if not _MANY.isdisjoint(line.words[max(0, first - 12) : first]):
        bag.append("many before")
    return bag


def _nowhere_features(
    here: _Line, number: int, common: Sequence[str], named: Sequence[str], own: set[str]
) -> list[str]:
    bag = list(common)
    at = "here" if here.mentions else "away" if named else "none"
    bag.extend(f"{at} {feature}" for feature in common if feature[:2] in ("k ", "c ", "pa"))
    bag.append(at)
    bag.append(f"rule {'on' if here.ruled[number] else 'nowhere'}")
    if any(name in own for name in named):
        bag.append("own bench")
    first, last = here.spots[number]
    bag.append("mention after" if any(m.first > last for m in here.mentions) else "none after")
    bag.append("mention before" if any(m.last < first for m in here.mentions) else "none before")
    following = [m.first - last for m in here.mentions if m.first > last]
    if following:
        bag.append(f"next {_apart(min(following))}")
    return list(dict.fromkeys(bag))


def _unknown(here: _Line, first: int, last: int) -> bool:
    """Whether "on" and a word in capitals that is no known name stand near a figure."""
    tokens, lower = here.wording.sentence.tokens, here.wording.words
    for index in range(max(0, first - 8), min(len(tokens) - 1, last + 8)):
        if lower[index] in ("on", "in", "across"):
            after = index + 2 if lower[index + 1] in ("the", "a") else index + 1
            if after < len(tokens) and not here.tags[after].startswith("<"):
                text = tokens[after].text
                if sum(c.isupper() for c in text) >= 2 or (
                    text[:1].isupper() and text[-1:].isdigit()
                ):
                    return True
    return False


def _apart(count: int) -> str:
    return next((str(most) for most in (1, 2, 3, 5, 8, 13) if count <= most), "far")


def _link_features(
    here: _Line,
    number: int,
    name: str,
    told: dict[str, int],
    roles: dict[str, str | None],
    common: Sequence[str],
) -> list[str]:
    ruled = here.ruled[number]
    wanted = name in ruled if isinstance(ruled, list) else name == ruled
    bag = [f"role {roles.get(name)}", "ruled" if wanted else "not ruled"]
    if ruled and not wanted:
        bag.append("other ruled")
    mentions = [m for m in here.mentions if m.name == name]
    if not mentions:
        back = here.wording.number - told[name] if name in told else 0
        bag.append(f"back {min(back, 4)}" if name in told else "not yet")
        bag.append("away, others here" if here.mentions else "away, none here")
        if name in told and told[name] == max(told.values()):
            bag.append(f"last named {'but others here' if here.mentions else 'and none here'}")
        return bag
    first, last = here.spots[number]
    mention = min(mentions, key=lambda m: max(m.first - last, first - m.last))
    line = here.wording
    bag += common[:4]
    after = mention.first > last
    side = "after" if after else "before"
    begin, stop = (last + 1, mention.first) if after else (mention.last + 1, first)
    apart = stop - begin
    bag.append(f"{side} {_apart(apart)}")
    between = line.words[begin:stop]
    gaps = "".join(line.gaps[begin : stop + 1])
    amid = sum(begin <= spot[0] < stop for spot in here.spots)
    others = sum(begin <= m.first < stop for m in here.mentions if m.name != name)
    bag.append(f"{side} figures {min(amid, 2)} names {min(others, 2)}")
    for mark in (",", ";", "(", ")", ":"):
        if mark in gaps:
            bag.append(f"{side} {mark}")
    preposition = next((w for w in reversed(between) if w in _PREPOSITIONS), "none")
    bag.append(f"{side} by {preposition}")
    if after:
        bag.append(f"first word {between[0] if between else 'none'}")
    lead = line.words[mention.first - 1] if mention.first else "^"
    bag.append(f"lead {side} {lead}")
    tail = here.tags[mention.last + 1] if mention.last + 1 < len(here.tags) else "$"
    bag.append(f"tail {side} {tail}")
    if apart <= 3:
        bag.append(f"{side} between {' '.join(here.tags[begin:stop])}{'' if apart else gaps}")
    for tag in set(here.tags[begin:stop]):
        bag.append(f"{side} amid {tag}")
    nearest = not any(
        m.name != name
        and (last < m.first < mention.first if after else mention.last < m.first < first)
        for m in here.mentions
    )
    bag.append(f"{side} {'nearest' if nearest else 'farther'}")
    names = list(dict.fromkeys(m.name for m in here.mentions))
    if len(names) == len(here.values) > 1:
        same = names.index(name) == number
        how = " respectively" if "respectively" in line.words else ""
        bag.append(f"{'same' if same else 'other'} place{how}")
        bag.append(f"{'same' if same else 'other'} place")
    return bag
