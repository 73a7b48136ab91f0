"""Where a name stands: the words beside its mentions, its edges, and whether it is a known term."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.learned.bundle import crossed, one
from graphkb.extract.learned.tagger import term_key
from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from graphkb.extract.candidate import Candidate
    from graphkb.extract.learned.bundle import Bundle
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
    add: Callable[[Bundle], None],
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
        add(_of_term(step, form))
        if longer is not None:
            add(one("term longer", max(-3, min(3, round(longer - best)))))
        if shorter is not None:
            add(one("term shorter", max(-3, min(3, round(shorter - best)))))
    if line is None or not line.phrases:
        return
    entity = cluster.entity
    found = line.phrases.get(term_key(entity.name))
    if found is None and entity.long:
        found = line.phrases.get(term_key(entity.long))
        if found is not None:
            add(_OF_LONG_FORM)
    if found is None:
        add(crossed("phrase unknown", form))
        if any(member.group == "introduces" for member in cluster.members):
            add(one("phrase unknown introduced", form))
        return
    asked, seen, capital = found
    add(_of_phrase(asked, seen, capital, form))


_OF_LONG_FORM: Bundle = ("phrase of the long form",)


@lru_cache(maxsize=1024)
def _of_term(step: int, form: str) -> Bundle:
    return (f"term {step} {form}", *_LEVELS[: step + 8])


@lru_cache(maxsize=8192)
def _of_phrase(asked: int, seen: int, capital: int, form: str) -> Bundle:
    often, capitals = min(5, asked.bit_length()), min(6, capital.bit_length())
    return (
        f"phrase {often}",
        f"phrase {often} {round(4 * asked / max(1, seen))}",
        f"phrase seen {min(8, seen.bit_length())}",
        f"phrase capital {capitals}",
        f"phrase capital {capitals} {form}",
        f"phrase share {round(4 * capital / max(1, seen))} {form}",
    )


def context(member: Candidate, line: Wording, add: Callable[[Bundle], None], form: str) -> None:
    """Describe what stands before and after a mention, its sentence and the verbs in it."""
    stems, gaps = line.stems, line.gaps
    first = line.begins.get(member.begin)
    if first is None:
        first = next((i for b, i in line.begins.items() if b >= member.begin), len(stems) - 1)
    last = line.ends.get(member.stop)
    if last is None:
        last = next((i for e, i in line.ends.items() if e >= member.stop), len(stems) - 1)
        add(_WITHIN)
    before = stems[first - 1] if first > 0 else "^"
    after = stems[last + 1] if last + 1 < len(stems) else "$"
    left, right = gaps[first], gaps[last + 1]
    add(_of_neighbour(left, before, form))
    add(one("a", right + after))
    if left:
        add(one("left", left))
    if right:
        add(one("right", right))
    _edges(member, line, first, last, add, form)
    for flag in line.flags:
        add(_of_flag(flag, form))
    verb = None
    for index in line.verbs:
        if index >= first:
            break
        verb = index
    if verb is None:
        add(_NO_VERB)
        if first <= 1:
            add(one("subject", form))
    else:
        add(one("v", stems[verb]))
        if first - verb <= 3:
            add(one("near v", stems[verb]))
    following = next((index for index in line.verbs if index > last), None)
    if following is not None and following - last <= 3:
        add(one("then v", stems[following]))


_WITHIN: Bundle = ("within a word",)
_NO_VERB: Bundle = ("no verb before",)


@lru_cache(maxsize=16384)
def _of_neighbour(left: str, before: str, form: str) -> Bundle:
    return (f"b {left}{before}", f"b {left}{before} {form}")


@lru_cache(maxsize=1024)
def _of_flag(flag: str, form: str) -> Bundle:
    return (f"s {flag}", f"s {flag} {form}")


def _edges(
    member: Candidate,
    line: Wording,
    first: int,
    last: int,
    add: Callable[[Bundle], None],
    form: str,
) -> None:
    """Say whether the words beside a mention would belong to it, and whether it is quoted."""
    sentence = member.sentence
    tokens = sentence.tokens
    if first > 0 and not line.gaps[first] and tokens[first - 1].text[0].isupper():
        where = "capital" if first > 1 else "start"
        add(crossed(f"prev {where}", form))
    if last + 1 < len(tokens) and not line.gaps[last + 1]:
        beside = tokens[last + 1].text[0]
        what = "capital" if beside.isupper() else "number" if beside.isdigit() else ""
        if what:
            add(crossed(f"next {what}", form))
    if first == 0 and sentence.field == "abstract":
        add(one("starts", form))
    at, end = member.begin - sentence.begin, member.stop - sentence.begin
    opened = sentence.text[max(0, at - 1) : at] in _QUOTES
    closed = sentence.text[end : end + 1] in _QUOTES
    if at and opened:
        add(crossed("quoted" if closed else "quote opens", form))
    elif closed and end < len(sentence.text):
        add(crossed("quote closes", form))
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
        add(crossed(f"np {word} {min(first - back, 2)}", form))
