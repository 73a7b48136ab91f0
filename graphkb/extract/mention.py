"""Spans that name something: by the catalogue, by their shape and by what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.candidate import GROUP_OF_KIND, Candidate
from graphkb.extract.context import AFTER, BEFORE, TAILS
from graphkb.extract.method_phrase import method_phrases
from graphkb.extract.shape import is_generic, is_name, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.catalogue import Entry
    from graphkb.extract.lexicon import Hit, Lexicon
    from graphkb.extract.pattern import Pattern
    from graphkb.extract.sentences import Sentence, Token
    from graphkb.model.reading import Group

__all__ = ["mentions"]

# What may follow a family's name within one model name: Qwen2.5-VL-7B-Instruct, Llama 3.1 (70B).
_SUFFIX = re.compile(
    r"(?:"
    r"[- ]?\(?(?:A?\d+(?:\.\d+)?x?\d*[BbM])(?!\w|\.\w)\)?"
    r"|[- ]?v?\d+(?:\.\d+)*[a-z]?(?!\.?\w|%)"
    r"|-(?:\d+(?:\.\d+)?K|v\d+(?:\.\d+)*|\d{2,8})(?!\w|\.\w)"
    r"|[- ](?:Instruct|Chat|Base|Coder|Code|Math|VL|Omni|Audio|Vision|Mini|Nano|Pro|Flash|"
    r"Ultra|Lite|Turbo"
    r"|Preview|Thinking|Distill|Large|Small|Medium|Max|Plus|Next|Zero|Sonnet|Opus|Haiku|Image|Edit"
    r"|Embedding|Reranker|Guard|R1|OneVision|Video|Kontext|Alpha|Operator|Deep Research|Gen|"
    r"Generation"
    r"|mini|nano|preview|dev|schnell|high|Realtime)(?![\w])"
    r"|-(?:instruct|chat|base|it|hf|pro|flash|turbo|large|small|medium|low|tiny|huge|XL|xl|L|"
    r"S|B|H|T|oss"
    r"|Qwen|Llama|LLaMA|SFT|RL|DPO|GRPO|image|TR|VLA)(?!\w)"
    r"| \((?:high|low|medium)\)"
    r")"
)
_SIZE = re.compile(r"(?:^|[-_])A?\d+(?:\.\d+)?(?:x\d+)?[BM](?:$|[-_])")
_VERSION = re.compile(r"^\d{1,2}\.\d{1,2}$")
_SIZE_WORD = re.compile(r"^\d+(?:\.\d+)?[BM]$")
_BENCHMARK_WORD = re.compile(
    r"(?:bench(?:mark)?|qa|eval|arena|gym|world|dataset|corpus|suite|exam|gen-?eval|"
    r"test)(?:[-_ ]?v?\d[\d.]*|-[a-z]{1,10}|"
    r"-(?:verified|lite|pro|hard|mini|live|plus|en|zh|v2))?$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^\s*(?:\([^()]{0,40}\)\s*)?(?:,|and|or|&|/|,\s*and|,\s*or|;|as well as)\s*(?:the\s+|on\s+)?$"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words that look like one name."""

    begin: int
    stop: int
    shape: str
    first: int
    last: int


def mentions(sentence: Sentence, lexicon: Lexicon) -> list[Candidate]:
    """Find the spans of a sentence that may name a method, model or benchmark.

    Parameters
    ----------
    sentence : Sentence
        A sentence or title.
    lexicon : Lexicon
        The catalogue's automaton.

    Returns
    -------
    list of Candidate
        In the text's order. Catalogue hits come before guesses, and no guess overlaps a hit.
    """
    known = list(_known(sentence, lexicon))
    guessed = list(_guessed(sentence, known, lexicon))
    spans = [(candidate.begin, candidate.stop) for candidate in (*known, *guessed)]
    phrases = [
        candidate
        for candidate in method_phrases(sentence)
        if not any(candidate.begin < stop and begin < candidate.stop for begin, stop in spans)
    ]
    return sorted([*known, *guessed, *phrases], key=lambda c: (c.begin, c.stop))


def _known(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    plain = sentence.plain
    reached = 0
    for hit in lexicon.hits(plain):
        if hit.begin < reached:
            continue
        entries = tuple(entry for entry in hit.entries if entry.kind != "task")
        if not entries:
            continue
        candidate = _hit(sentence, hit, entries)
        if candidate is not None:
            reached = candidate.stop - sentence.begin
            yield candidate


def _hit(sentence: Sentence, hit: Hit, entries: tuple[Entry, ...]) -> Candidate | None:
    plain = sentence.plain
    begin, stop = hit.begin, hit.stop
    entry = entries[0]
    group = GROUP_OF_KIND.get(entry.kind, "methods")
    rule = f"catalogue:{entry.kind}"
    surface = plain[begin:stop]
    if len(entries) > 1 or surface in entry.ambiguous:
        rule = "catalogue:ambiguous"
        # A word after it may tell which of them is meant.
        cue = _after(plain, stop)
        for other in entries:
            if cue and GROUP_OF_KIND.get(other.kind) == cue.value:
                entry, group = other, GROUP_OF_KIND[other.kind]
    elif " " not in surface and surface.islower():
        rule += "-lower"
    if group == "models":
        reached = stop
        while found := _SUFFIX.match(plain, reached):
            if found.end() == reached or found.end() - stop > 60:
                break
            reached = found.end()
        if plain[reached - 1] == ")" and "(" not in plain[begin:reached]:
            reached -= 1
        if reached > stop or hit.version:
            stop, rule = reached, rule + "-suffix"
    # A hyphen joins it to more: an adjective ("GRPO-based") or another name ("Flow-GRPO").
    left = plain[begin - 1 : begin] == "-" and plain[begin - 2 : begin - 1].isalnum()
    right = plain[stop : stop + 1] in ("-", "^") and plain[stop + 1 : stop + 2].isalnum()
    if left or right:
        token = _token_at(sentence, begin + sentence.begin)
        word = token.text if token else surface
        if right and shape(word) == "adjective" and not left:
            rule += "-adjective"
        elif left and word[
            : begin - (token.begin - sentence.begin if token else 0) - 1
        ].lower() in (
            "non",
            "pre",
            "post",
            "multi",
            "vanilla",
            "standard",
            "like",
            "anti",
            "both",
            "via",
        ):
            rule += "-prefixed"
        elif any(c.isupper() or c.isdigit() for c in word) and token and is_name(word):
            return None
        elif right and surface.islower():
            rule += "-joined"
        else:
            rule += "-adjective"
    return Candidate(
        group,
        entry.kind,
        sentence,
        begin + sentence.begin,
        stop + sentence.begin,
        rule,
        entry,
    )


def _token_at(sentence: Sentence, at: int) -> Token | None:
    low, high = 0, len(sentence.tokens)
    while low < high:
        middle = (low + high) // 2
        if sentence.tokens[middle].stop <= at:
            low = middle + 1
        else:
            high = middle
    return sentence.tokens[low] if low < len(sentence.tokens) else None


def _after(plain: str, stop: int) -> _Cue | None:
    window = plain[stop : stop + 100]
    for pattern in AFTER:
        if pattern.regex.match(window):
            return _Cue(pattern.name, pattern.value)
    return None


def _before(plain: str, begin: int) -> _Cue | None:
    window = plain[max(0, begin - 90) : begin]
    last = window[-30:].lower().split()[-1:] or [""]
    for pattern in _ending(last[0]):
        if pattern.regex.search(window):
            return _Cue(pattern.name, pattern.value)
    return None


@lru_cache(maxsize=8192)
def _ending(last: str) -> tuple[Pattern, ...]:
    """Return the patterns that can end in a word: most windows end in another than most need."""
    return tuple(
        pattern
        for pattern in BEFORE
        for tails in [TAILS.get(pattern.name)]
        if tails is None or last in tails or last[-1:] in tails
    )


@dataclass(frozen=True, slots=True)
class _Cue:
    name: str
    value: str


def _runs(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[_Run]:
    tokens = sentence.tokens
    covered = _covered(tokens, taken)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.begin in covered:
            at += 1
            continue
        kind = shape(token.text)
        if kind == "lower":
            at += 1
            continue
        if kind == "adjective":
            head = token.text.rpartition("-")[0]
            while shape(head) == "adjective":
                head = head.rpartition("-")[0]
            if is_name(head):
                yield _Run(token.begin, token.begin + len(head), "adjective", at, at)
            at += 1
            continue
        if not _nameish(token, kind, sentence):
            at += 1
            continue
        last = at
        strong = kind if is_name(token.text) else ""
        while (
            last + 1 < len(tokens)
            and last - at < 4
            and sentence.between(tokens[last].stop, tokens[last + 1].begin) == " "
        ):
            following = tokens[last + 1]
            what = shape(following.text)
            if (
                not (
                    _nameish(following, what, sentence)
                    or (_SIZE_WORD.match(following.text) and strong)
                    or _VERSION.match(following.text)
                )
                or following.begin in covered
            ):
                break
            if not strong and is_name(following.text):
                strong = what
            last += 1
        yield _Run(token.begin, tokens[last].stop, strong or "title", at, last)
        at = last + 1


def _covered(tokens: Sequence[Token], taken: Sequence[tuple[int, int]]) -> set[int]:
    """Return where the tokens begin that overlap one of some spans; both are in order."""
    covered = set()
    at = 0
    for token in tokens:
        while at < len(taken) and taken[at][1] <= token.begin:
            at += 1
        if at < len(taken) and taken[at][0] < token.stop:
            covered.add(token.begin)
    return covered


def _nameish(token: Token, kind: str, sentence: Sentence) -> bool:
    if kind in ("camel", "acronym", "digit", "part"):
        return not is_generic(token.text)
    if kind != "title" or is_generic(token.text):
        return False
    # In a title every word is Capitalised; a sentence begins with a capital.
    return sentence.field == "abstract" and token.begin > sentence.begin


def _guessed(sentence: Sentence, known: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    taken = [(candidate.begin, candidate.stop) for candidate in known]
    found: list[Candidate] = []
    for run in _runs(sentence, taken):
        found.extend(_judge(sentence, run, lexicon))
    yield from _share_lists(sentence, found, known)


def _judge(sentence: Sentence, run: _Run, lexicon: Lexicon) -> Iterator[Candidate]:
    begin, stop = run.begin - sentence.begin, run.stop - sentence.begin
    surface = sentence.plain[begin:stop]
    group: Group
    if _SIZE.search(surface.replace(" ", "-")):
        yield Candidate("models", "model", sentence, run.begin, run.stop, f"shape:{run.shape}:size")
        return
    if run.shape != "title" and _BENCHMARK_WORD.search(surface) and len(surface) > 4:
        yield Candidate(
            "benchmarks",
            "benchmark",
            sentence,
            run.begin,
            run.stop,
            f"shape:{run.shape}:benchmark-word",
        )
        return
    derived = _derived(surface, lexicon)
    cue = _after(sentence.plain, stop) or _before(sentence.plain, begin)
    if derived is not None and (cue is None or cue.value == derived or cue.name in _WEAK):
        kind = {"benchmarks": "benchmark", "models": "model"}.get(derived, "method")
        said = "cue" if cue is not None and cue.value == derived else "alone"
        yield Candidate(
            derived, kind, sentence, run.begin, run.stop, f"shape:derived:{derived}:{said}"
        )
        return
    if cue is None:
        if run.shape != "title":
            yield Candidate(
                "methods", "method", sentence, run.begin, run.stop, f"shape:{run.shape}:bare"
            )
        return
    group = cue.value  # type: ignore[assignment]
    kind = {"benchmarks": "benchmark", "models": "model"}.get(group, "method")
    yield Candidate(group, kind, sentence, run.begin, run.stop, f"shape:{run.shape}:{cue.name}")


_WEAK = ("bare", "on", "beat", "method-use")
_PARTS = re.compile(r"[-^ ]|(?<=[A-Za-z])(?=\d)|\++$")


def _derived(surface: str, lexicon: Lexicon) -> Group | None:
    """Tell of what a name is a variant: "Flow-GRPO", "SageAttention2", "MATH-500"."""
    parts = [part for part in _PARTS.split(surface) if part]
    if len(parts) < 2:
        return None
    for part in (parts[-1], parts[0]):
        if len(part) > 2 and not is_generic(part) and (kind := lexicon.kind_of(part)):
            return GROUP_OF_KIND.get(kind)
    return None


def _share_lists(
    sentence: Sentence, found: list[Candidate], known: list[Candidate]
) -> Iterator[Candidate]:
    """Let the members of a list ("A, B and C") share what is known of one of them."""
    ordered = sorted([*found, *known], key=lambda c: c.begin)
    chain: list[Candidate] = []
    for candidate in ordered:
        if chain and not _LIST.match(sentence.between(chain[-1].stop, candidate.begin)):
            yield from _settled(chain)
            chain = []
        chain.append(candidate)
    yield from _settled(chain)


def _settled(chain: list[Candidate]) -> Iterator[Candidate]:
    leader: Candidate | None = None
    for candidate in chain:
        if candidate.entry is not None:
            leader = candidate
            break
        if not candidate.rule.endswith(_WEAK) and leader is None:
            leader = candidate
    for candidate in chain:
        if candidate.entry is not None:
            continue
        if leader is None or leader is candidate or not candidate.rule.endswith(_WEAK):
            first = chain[0]
            if (
                leader is None
                and candidate is not first
                and candidate.rule.endswith("bare")
                and not first.rule.endswith("bare")
            ):
                name = first.rule.rsplit(":", 1)[1]
                yield candidate._replace(
                    group=first.group,
                    kind=first.kind,
                    rule=f"{candidate.rule.rsplit(':', 1)[0]}:{name}",
                )
                continue
            yield candidate
            continue
        group = leader.group
        kind = {"benchmarks": "benchmark", "models": "model"}.get(group, "method")
        yield candidate._replace(
            group=group,
            kind=kind,
            rule=f"{candidate.rule.rsplit(':', 1)[0]}:beside-{group}",
        )
