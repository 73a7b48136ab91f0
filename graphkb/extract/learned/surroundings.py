"""Where a name stands: the words beside its mentions, its edges, and whether it is a known term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.extract.learned.tagger import term_key
from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphkb.extract.candidate import Candidate
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.naming import Cluster

__all__ = ["MOST_MENTIONS", "coined", "context", "terms"]

# More mentions of a name say nothing new.
MOST_MENTIONS = 4
_LEVELS = tuple(f"term from {level}" for level in range(-7, 5))

_QUOTES = frozenset("\"'`\u2018\u2019\u201c\u201d\u201e*{}")
_OPENING = words(
    """
    a an the this that these those its their our we of in on for with by to from as at is are was
    were be via using and or into through than over under both called named like such between
    """
)


def coined(name: str, of_line: Mapping[tuple[str, int], Wording]) -> bool:
    """Whether other papers' terms are known and this name is none of them."""
    phrases = next(iter(of_line.values())).phrases
    return bool(phrases) and term_key(name) not in phrases


def terms(
    cluster: Cluster,
    mentions: Sequence[Candidate],
    of_line: Mapping[tuple[str, int], Wording],
    add: Callable[[str], None],
    form: str,
) -> None:
    """Say how likely a term the name is, and how often it was one."""
    best: float | None = None
    longer: float | None = None
    shorter: float | None = None
    line = None
    for member in mentions[:MOST_MENTIONS]:
        line = of_line[(member.sentence.field, member.sentence.begin)]
        first, last = line.begins.get(member.begin), line.ends.get(member.stop)
        if first is None or last is None:
            continue
        score = line.terms.get((first, last))
        if score is None:
            continue
        if best is None or score > best:
            best = score
        for other in ((first - 1, last), (first, last + 1), (first - 2, last)):
            value = line.terms.get(other)
            if value is not None and (longer is None or value > longer):
                longer = value
        for other in ((first + 1, last), (first, last - 1)):
            value = line.terms.get(other)
            if value is not None and (shorter is None or value > shorter):
                shorter = value
    if best is not None:
        step = max(-7, min(4, round(best)))
        add(f"term {step} {form}")
        for level in _LEVELS[: step + 8]:
            add(level)
        if longer is not None:
            add(f"term longer {max(-3, min(3, round(longer - best)))}")
        if shorter is not None:
            add(f"term shorter {max(-3, min(3, round(shorter - best)))}")
    if line is None or not line.phrases:
        return
    entity = cluster.entity
    found = line.phrases.get(term_key(entity.name))
    if found is None and entity.long:
        found = line.phrases.get(term_key(entity.long))
        if found is not None:
            add("phrase of the long form")
    if found is None:
        add("phrase unknown")
        add(f"phrase unknown {form}")
        if any(member.group == "introduces" for member in cluster.members):
            add(f"phrase unknown introduced {form}")
        return
    asked, seen, capital = found
    often = min(5, asked.bit_length())
    add(f"phrase {often}")
    add(f"phrase {often} {round(4 * asked / max(1, seen))}")
    add(f"phrase seen {min(8, seen.bit_length())}")
    add(f"phrase capital {min(6, capital.bit_length())}")
    add(f"phrase capital {min(6, capital.bit_length())} {form}")
    add(f"phrase share {round(4 * capital / max(1, seen))} {form}")


def context(member: Candidate, line: Wording, add: Callable[[str], None], form: str) -> None:
    """Describe what stands before and after a mention, its sentence and the verbs in it."""
    stems, gaps = line.stems, line.gaps
    first = line.begins.get(member.begin)
    if first is None:
        first = next((i for b, i in line.begins.items() if b >= member.begin), len(stems) - 1)
    last = line.ends.get(member.stop)
    if last is None:
        last = next((i for e, i in line.ends.items() if e >= member.stop), len(stems) - 1)
        add("within a word")
    before = stems[first - 1] if first > 0 else "^"
    after = stems[last + 1] if last + 1 < len(stems) else "$"
    left, right = gaps[first], gaps[last + 1]
    add(f"b {left}{before}")
    add(f"b {left}{before} {form}")
    add(f"a {right}{after}")
    if left:
        add(f"left {left}")
    if right:
        add(f"right {right}")
    _edges(member, line, first, last, add, form)
    for flag in line.flags:
        add(f"s {flag}")
        add(f"s {flag} {form}")
    verb = None
    for index in line.verbs:
        if index >= first:
            break
        verb = index
    if verb is None:
        add("no verb before")
        if first <= 1:
            add(f"subject {form}")
    else:
        add(f"v {stems[verb]}")
        if first - verb <= 3:
            add(f"near v {stems[verb]}")
    following = next((index for index in line.verbs if index > last), None)
    if following is not None and following - last <= 3:
        add(f"then v {stems[following]}")


def _edges(
    member: Candidate,
    line: Wording,
    first: int,
    last: int,
    add: Callable[[str], None],
    form: str,
) -> None:
    """Say whether the words beside a mention would belong to it, and whether it is quoted."""
    sentence = member.sentence
    tokens = sentence.tokens
    if first > 0 and not line.gaps[first] and tokens[first - 1].text[0].isupper():
        where = "capital" if first > 1 else "start"
        add(f"prev {where}")
        add(f"prev {where} {form}")
    if last + 1 < len(tokens) and not line.gaps[last + 1]:
        beside = tokens[last + 1].text[0]
        what = "capital" if beside.isupper() else "number" if beside.isdigit() else ""
        if what:
            add(f"next {what}")
            add(f"next {what} {form}")
    if first == 0 and sentence.field == "abstract":
        add(f"starts {form}")
    at, end = member.begin - sentence.begin, member.stop - sentence.begin
    opened = sentence.text[max(0, at - 1) : at] in _QUOTES
    closed = sentence.text[end : end + 1] in _QUOTES
    if at and opened:
        add("quoted" if closed else "quote opens")
        add(f"quoted {form}" if closed else f"quote opens {form}")
    elif closed and end < len(sentence.text):
        add("quote closes")
        add(f"quote closes {form}")
    # Over adjectives back to what opens the noun phrase.
    back = first
    while back > 0 and first - back < 4 and not line.gaps[back]:
        word = line.words[back - 1]
        if word in _OPENING or line.gaps[back]:
            break
        back -= 1
    else:
        word = line.gaps[back] or "^"
    if back > 0 or word != "^":
        add(f"np {word} {min(first - back, 2)}")
        add(f"np {word} {min(first - back, 2)} {form}")
