"""What a classifier sees of a phrase that may name a task.

Its words and their classes (`graphkb.extract.learned.company`), what stands around each of its
places, around the whole list where it is a list's member, and what else the paper has: longer and
shorter candidates, names that hold it, the title's words.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.learned.company import company
from graphkb.extract.learned.task_phrases import NO_MODIFIER
from graphkb.extract.learned.wording import stem
from graphkb.extract.pattern import words
from graphkb.extract.phrase import NO_MODIFIER as GENERAL
from graphkb.extract.task import HEADS
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.learned.task_phrases import Phrase
    from graphkb.extract.learned.wording import Wording
    from graphkb.model.reading import NamedEntity

__all__ = ["Scene"]

_MOST_PLACES = 5
_LONGEST_MEMBER = 5
_PREPOSITIONS = words("for in on of to with from as at via by toward towards across including like")
_OUTLOOK = words("future limitations insights implications directions promising inspire potential")
_ENDS_LIST = NO_MODIFIER - {"and", "or"}
# "web navigation, planning and coding tasks": the last word belongs to all.
_AFTER_LISTS = words("task benchmark problem domain dataset scenario application")
_JOINS = frozenset((",", "/", ",and"))
_AND = frozenset(("and", "or", "&"))


class Scene:
    """A paper's candidate phrases before its names: describes each by all that is around it.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    found : dict of str to list of Phrase
        The candidates by their names' keys.
    entities : sequence of NamedEntity
        The believed names.
    """

    def __init__(
        self,
        lines: Sequence[Wording],
        found: dict[str, list[Phrase]],
        entities: Sequence[NamedEntity],
    ) -> None:
        self._found = found
        self._lines = len(lines)
        self._title = set(lines[0].words) if lines and lines[0].number == 0 else set()
        self._counts = Counter(word for line in lines for word in set(line.words))
        self._groups = {name_key(entity.name): entity.group for entity in entities}
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for entity in entities:
            self._spans.setdefault(entity.field, []).append((entity.begin, entity.stop))
        self._spellings = dict.fromkeys(
            (name_key(text), entity.group)
            for entity in entities
            for text in (entity.name, entity.long, *entity.aliases)
            if text
        )
        # Most candidates have to do with no name: one look into all of them at once tells.
        self._spelled = "\n".join([spelling for spelling, _ in self._spellings])
        self._held = [(text, f"holds {of}") for text, of in self._spellings if len(text) > 2]
        self._kinds = {line.number: _kind_of_line(line) for line in lines}
        self._longer, self._shorter = _nested(found)
        self._lefts: dict[tuple[int, int], tuple[list[str], int]] = {}
        self._rights: dict[tuple[int, int], tuple[list[str], int]] = {}

    def features(self, key: str) -> list[str]:
        """Describe a phrase by all its places, each feature once."""
        found = self._found[key]
        bag = _of_words(found[0])
        bag += self._of_paper(key, found)
        for phrase in found[:_MOST_PLACES]:
            bag += self._of_place(phrase)
        return list(dict.fromkeys(bag))

    def _of_paper(self, key: str, found: Sequence[Phrase]) -> list[str]:
        one = found[0]
        parts = one.line.words[one.first : one.last + 1]
        features = [f"number {min(5, len(self._found) // 6)}", f"count {min(len(found), 3)}"]
        for how in sorted({phrase.how for phrase in found}):
            features += (f"how {how}", f"how {how} {len(parts)}")
        numbers = {phrase.line.number for phrase in found}
        start = min(numbers)
        features += (f"from {min(start, 4)}", f"part {min(3, 4 * start // max(1, self._lines))}")
        if len(numbers) > 1:
            features.append(f"lines {min(len(numbers), 3)}")
        if 0 in numbers:
            features.append("in title and text" if len(numbers) > 1 else "in title only")
            features.append("in title")
        group = self._groups.get(key)
        if group is not None:
            features.append(f"is {group}")
        if key in self._spelled:
            for spelling, of in self._spellings:
                if spelling == key:
                    features.append(f"same as {of}")
                elif key in spelling:
                    features.append(f"part of {of}")
                elif len(spelling) > 2 and spelling in key:
                    features.append(f"holds {of}")
        else:
            features += [said for spelling, said in self._held if spelling in key]
        count = len(found)
        alone = sum([phrase.alone for phrase in found])
        features.append(f"alone {min(alone, 2)} of {min(count, 3)}")
        longer, shorter = self._longer[key], self._shorter[key]
        features += (f"longer {min(3, len(longer))}", f"shorter {min(3, len(shorter))}")
        if longer:
            features.append(f"longer often {min(3, max(longer))} {min(3, count)}")
        if shorter:
            features.append(f"shorter often {min(4, max(shorter))} {min(3, count)}")
        features.append(f"title words {sum([p in self._title for p in parts])} of {len(parts)}")
        features.append(f"head often {min(4, self._counts[parts[-1]])}")
        if len(parts) > 1:
            features.append(f"modifier often {min(4, *(self._counts[p] for p in parts[:-1]))}")
        return features

    def _of_place(self, phrase: Phrase) -> list[str]:
        line, first, last = phrase.line, phrase.first, phrase.last
        left = self._lefts.get((line.number, first))
        if left is None:
            left = self._lefts[line.number, first] = _left(line, first, self._kinds[line.number])
        right = self._rights.get((line.number, last))
        if right is None:
            right = self._rights[line.number, last] = _right(line, last)
        features = [*left[0], *right[0], f"left {line.gaps[first]} {last - first + 1}"]
        before, after = left[1], right[1]
        if before < first or after > last:
            features.append(f"list {before < first} {after > last}")
            features += _around_list(line, before, after)
        sentence = line.sentence
        at, end = phrase.begin, phrase.stop
        for begin, stop in self._spans.get(sentence.field, ()):
            if begin < end and at < stop:
                features.append("in an entity" if at > begin else "covers an entity")
        if line.number and first < last:
            tokens = sentence.tokens[first : last + 1]
            if all(token.text[0].isupper() for token in tokens):
                features.append("Capitalised")
        return features


def _nested(found: dict[str, list[Phrase]]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return of each key how often the keys stand that hold it, and those that it holds."""
    longer: dict[str, list[int]] = {key: [] for key in found}
    shorter: dict[str, list[int]] = {key: [] for key in found}
    counts = [(key, len(places)) for key, places in found.items()]
    for key, count in counts:
        for other, often in counts:
            if other in key and other != key:
                shorter[key].append(often)
                longer[other].append(count)
    return longer, shorter


def _of_words(phrase: Phrase) -> list[str]:
    parts = phrase.line.words[phrase.first : phrase.last + 1]
    head, opening = parts[-1], parts[0]
    of_opening = company(opening)
    features = [
        *_head(head),
        f"words {len(parts)}",
        "name " + " ".join(parts),
        f"opening coarse {of_opening.coarse}",
        f"opening fine {of_opening.fine}",
    ]
    if len(parts) > 1:
        next_to = parts[-2]
        of_next = company(next_to)
        features += (
            f"m {next_to}",
            f"m {next_to} {head}",
            f"m coarse {of_next.coarse}",
            f"m fine {of_next.fine}",
            f"coarse {of_opening.coarse} {company(head).coarse}",
            *_opening(opening),
        )
        for part in parts[:-1]:
            features += _modifier(part)
    if phrase.text[:1].isupper() and phrase.line.sentence.field != "title":
        features.append("capital")
    return features


@lru_cache(maxsize=32768)
def _neighbour(which: str, gap: str, word: str, title: bool) -> tuple[str, ...]:
    of = company(word)
    return (
        f"{which}{'t' if title else ''} {gap}{word}",
        f"{which} coarse {gap}{of.coarse}",
        f"{which} fine {gap}{of.fine}",
    )


@lru_cache(maxsize=8192)
def _head(word: str) -> tuple[str, ...]:
    of = company(word)
    features = [f"head {word}", f"head ends {word[-4:]}", f"head coarse {of.coarse}"]
    features += (f"head fine {of.fine}", *of.head)
    if "-" in word:
        features += (f"piece {piece}" for piece in word.split("-"))
    return tuple(features)


@lru_cache(maxsize=16384)
def _modifier(word: str) -> tuple[str, ...]:
    of = company(word)
    features = [f"any {stem(word)}", f"any coarse {of.coarse}", f"any fine {of.fine}"]
    if "-" in word:
        features.append("hyphen")
    return tuple(features)


@lru_cache(maxsize=16384)
def _opening(word: str) -> tuple[str, ...]:
    of = company(word)
    features = [f"first {stem(word)}", f"first ends {word[-3:]}", *of.opening]
    if word in GENERAL:
        features.append("general first")
    return tuple(features)


def _kind_of_line(line: Wording) -> list[str]:
    kinds = [f"s {flag}" for flag in line.flags]
    if not _OUTLOOK.isdisjoint(line.words):
        kinds.append("s outlook")
    return kinds


def _left(line: Wording, first: int, kinds: Sequence[str]) -> tuple[list[str], int]:
    """Describe what stands before a word; also where the list begins that goes on with it."""
    words_, gaps = line.words, line.gaps
    before = words_[first - 1] if first else "^"
    before2 = words_[first - 2] if first > 1 else "^"
    features = [
        *_neighbour("b", gaps[first], before, line.number == 0),
        f"b2 {before2} {before}",
        f"b2 coarse {company(before2).coarse} {company(before).coarse}",
        f"b2 fine {company(before2).fine}",
    ]
    if first and not gaps[first] and before not in NO_MODIFIER:
        features += (
            "open",
            f"open {stem(before)}",
            f"open ends {before[-3:]}",
            f"open coarse {company(before).coarse} {company(words_[first]).coarse}",
        )
    else:
        features.append("closed")
    if before in GENERAL:
        features.append("general before")
    features += kinds
    for index in range(first - 1, max(-1, first - 9), -1):
        if words_[index] in _PREPOSITIONS or index in line.verbs:
            nearest = words_[index] if words_[index] in _PREPOSITIONS else line.stems[index]
            features += (f"p {nearest}", f"pn {line.stems[index - 1] if index else '^'} {nearest}")
            break
    for index in reversed(line.verbs):
        if index < first:
            features.append(f"v {line.stems[index]}")
            break
    if "task" in line.stems[max(0, first - 8) : first]:
        features.append("tasks before")
    return features, _list_begin(line, first)


def _right(line: Wording, last: int) -> tuple[list[str], int]:
    """Describe what stands after a word; also where the list ends that goes on after it."""
    words_, gaps = line.words, line.gaps
    after = words_[last + 1] if last + 1 < len(words_) else "$"
    after2 = words_[last + 2] if last + 2 < len(words_) else "$"
    features = [
        *_neighbour("a", gaps[last + 1], after, line.number == 0),
        f"a2 {after} {after2}",
        f"right {gaps[last + 1]}",
    ]
    if not gaps[last + 1] and after in HEADS:
        features.append("head follows")
    if "task" in line.stems[last + 1 : last + 4]:
        features.append("tasks after")
    return features, _list_end(line, last)


def _list_begin(line: Wording, first: int) -> int:
    """Walk over the members of a list before a word to its first word."""
    words_, gaps = line.words, line.gaps
    begin = first
    while begin > 0:
        at = begin - 1
        if gaps[begin] not in _JOINS:
            if gaps[begin] or words_[at] not in _AND or at == 0:
                break
            at -= 1
        if words_[at] in _ENDS_LIST:
            break
        member = at
        while member > 0 and not gaps[member] and words_[member - 1] not in NO_MODIFIER:
            member -= 1
            if at - member >= _LONGEST_MEMBER:
                return begin
        begin = member
    return begin


def _list_end(line: Wording, last: int) -> int:
    """Walk over the members of a list after a word to its last word."""
    words_, gaps = line.words, line.gaps
    count = len(words_)
    end = last
    while end + 1 < count:
        at = end + 1
        if gaps[at] in _JOINS:
            at += words_[at] in _AND
        elif gaps[at] or words_[at] not in _AND:
            break
        else:
            at += 1
        if at >= count or words_[at] in _ENDS_LIST:
            break
        member = at
        while member + 1 < count and not gaps[member + 1] and words_[member + 1] not in NO_MODIFIER:
            if line.stems[member + 1] in _AFTER_LISTS:
                break
            member += 1
            if member - at >= _LONGEST_MEMBER:
                return end
        end = member
    return end


def _around_list(line: Wording, begin: int, end: int) -> list[str]:
    """Describe what stands around a list: it holds for each of its members."""
    words_, gaps = line.words, line.gaps
    before = words_[begin - 1] if begin else "^"
    before2 = words_[begin - 2] if begin > 1 else "^"
    after = words_[end + 1] if end + 1 < len(words_) else "$"
    features = [
        f"list b {gaps[begin]}{before}",
        f"list b fine {company(before).fine}",
        f"list b2 {before2} {before}",
        f"list b2 fine {company(before2).fine}",
        f"list a {gaps[end + 1]}{after}",
        f"list a fine {company(after).fine}",
    ]
    if "task" in line.stems[end + 1 : end + 3]:
        features.append("list then task")
    if "task" in line.stems[max(0, begin - 5) : begin]:
        features.append("list after task")
    return features
