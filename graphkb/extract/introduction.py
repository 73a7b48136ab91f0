"""What the paper itself introduces: "Name: title", "we propose Name", "X, a novel …", "our X"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkb.extract.abbreviation import abbreviations
from graphkb.extract.announcement import CALLED, NEEDS, OWN, PROPOSE, STRONG
from graphkb.extract.candidate import Candidate
from graphkb.extract.kind import KIND_NOUNS, kind_of_name, kind_of_phrase
from graphkb.extract.pattern import words
from graphkb.extract.shape import is_generic, is_name, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphkb.extract.abbreviation import Abbreviation
    from graphkb.extract.sentences import Document, Sentence, Token

__all__ = ["introductions"]

_BREAKERS = words(
    """
    that which who to for by where with using via from on in when whose based leveraging
    enabling allowing as is are while because if how whether and over under into through towards
    toward upon without
    """
)
_CONNECTORS = words(
    """
    of for and with in to via the from by on as
    """
)
# "Kandinsky 5.0"
_VERSION = re.compile(r"^\d{1,4}(?:\.\d{1,2})*$")
_END_OF_NAME = re.compile(r"^\s*(?:$|[,.;:()\u2014\u2013]|--)")
_SECOND = re.compile(
    r"^\s*(?:[a-z]+\b\s*)?(?:\([^()]{0,60}\)\s*)?(?:,?\s*and\s+(?:its variant\s+|the\s+)?|"
    r",\s+(?:the\s+)?)$"
)
_PASSIVE = re.compile(
    rf"^\s*(?:\([^()]{{0,60}}\)\s*)?(?:is|are|was) (?:[a-z]+ly |first |further |"
    rf"also )?(?:{STRONG}|design|develop|devis|construct)e?d\b"
)
_APPOSITION = re.compile(
    r"^\s*(?:\([^()]{0,80}\)\s*)?(?:,|--|\u2014|\u2013|:)\s*(?:which is )?(a|an|the first|our|"
    r"the)\s+((?:[\w/-]+\s+){0,8}[\w/-]+)"
)
_NEW = re.compile(
    r"\b(?:novel|new|simple|first|innovative|unified|efficient|lightweight|large-scale|"
    r"comprehensive|general|"
    r"open-source|scalable|end-to-end|training-free|effective|flexible|plug-and-play|"
    r"versatile|powerful|family|series"
    r"|pioneering|principled|modular|automated|fully|advanced|hybrid|two-stage|multi-stage|"
    r"next-generation)\b"
)
_TITLE_STOP = words(
    """
    position towards toward beyond survey a the technical report rethinking understanding how
    what why when is are can do does on from revisiting exploring learning scaling training
    improving building making part introducing unlocking demystifying evaluating benchmarking
    less less-is-more
    """
)
# "Position: …" names the sort of paper; "X Is Secretly Y: …" is a sentence.
_NO_NAME = words("position survey perspective review tutorial opinion viewpoint commentary")
_SENTENCE = re.compile(r"\b(?:is|are|can|does|do|needs?|matters?|meets?|makes?)\b", re.IGNORECASE)
_REPORT = re.compile(
    r"^(?:Introducing\s+)?(.{2,40}?)\s+(?:Technical|System) Report\b|^Introducing\s+(\S+)"
)


def introductions(document: Document) -> list[Candidate]:
    """Find what the paper says that it introduces.

    Parameters
    ----------
    document : Document
        The split title and abstract.

    Returns
    -------
    list of Candidate
        Each with group ``introduces``; a name may occur more than once, by several rules.
    """
    found: list[Candidate] = []
    heard = _Heard(document)
    for sentence in document.sentences:
        known = {short.short_begin: short for short in abbreviations(sentence)}
        longs = {short.long_begin: short for short in known.values()}
        found.extend(_Scan(sentence, longs, heard).candidates())
    return found


# What any pattern needs; most of it is needed by several.
_NEEDED = frozenset(piece for needed in NEEDS.values() for piece in needed)


class _Heard:
    """What the abstract says: a title's name counts for more when the abstract has it."""

    def __init__(self, document: Document) -> None:
        self.abstract = document.abstract.casefold()
        self._title = document.title

    def in_title(self, word: str) -> bool:
        """Whether the title has a word in this spelling."""
        return word in self._title


class _Scan:
    """Looks for introductions in one sentence."""

    def __init__(
        self, sentence: Sentence, longs: Mapping[int, Abbreviation], heard: _Heard
    ) -> None:
        self._sentence = sentence
        self._plain = sentence.plain
        self._tokens = sentence.tokens
        self._longs = longs
        self._heard = heard

    def candidates(self) -> Iterator[Candidate]:
        if not self._tokens:
            return
        if self._sentence.field == "title":
            yield from self._title()
            return
        lower = self._plain.lower()
        there = {piece for piece in _NEEDED if piece in lower}
        likely = {name for name, needed in NEEDS.items() if not there.isdisjoint(needed)}
        proposing = [
            (found.end(), pattern.name)
            for pattern in PROPOSE
            if pattern.name in likely
            for found in pattern.regex.finditer(self._plain)
        ]
        first = min((at for at, _ in proposing), default=None)
        for at, name in proposing:
            yield from self._after_verb(at, name)
        for pattern in (*CALLED, *OWN):
            if pattern.name not in likely:
                continue
            for found in pattern.regex.finditer(self._plain):
                inside = first is not None and first <= found.start()
                suffix = "-proposing" if inside and pattern in CALLED else ""
                yield from self._name_after(found.end(), pattern.name + suffix)
        yield from self._appositions(first)
        yield from self._abbreviations(first)

    # -- the title ---------------------------------------------------------------------------

    def _title(self) -> Iterator[Candidate]:
        plain = self._plain
        report = _REPORT.match(plain)
        if report:
            group = 1 if report.group(1) else 2
            yield self._make(report.start(group), report.end(group), "title-report", kind="model")
        cut = re.search(r"\s*(?::|\s--\s|\s[\u2014\u2013]\s)\s*", plain)
        if cut is None:
            if len(self._tokens) == 1 or (len(self._tokens) <= 3 and self._in_abstract(plain)):
                begin, stop = self._tokens[0].begin, self._tokens[-1].stop
                yield self._make(begin, stop, "title-whole")
            comma = re.match(r"([^\s,]+), (?:a|an|the) ", plain)
            if comma:
                yield self._make(0, comma.end(1), "title-comma")
            return
        left = re.sub(r"\s+(?:Technical|System) Report$", "", plain[: cut.start()].strip(" ,"))
        begin = len(plain[: cut.start()]) - len(plain[: cut.start()].lstrip())
        words = left.split()
        if not words or len(words) > 7:
            return
        if words[0].lower() in _NO_NAME or (len(words) > 3 and _SENTENCE.search(left)):
            return
        kind = kind_of_name(left) or kind_of_phrase(plain[cut.end() :])
        paren = re.match(r"(.{3,80}?)\s*\(([^()]{2,20})\)$", left)
        if paren:
            yield self._make(
                begin + paren.start(2),
                begin + paren.end(2),
                "title-colon-short",
                paren.group(1),
                kind,
            )
            return
        stop = begin + len(left)
        inside = self._in_abstract(left)
        if len(words) == 1:
            if shape(left) == "lower" and not inside:
                return
            what = "name" if is_name(left) else "word"
        elif words[0].lower() in _TITLE_STOP or left.endswith("?"):
            if not inside:
                return
            what = "stop"
        elif any(is_name(word) for word in words):
            what = "names"
        else:
            what = "words"
        rule = f"title-colon-{what}{'-heard' if inside else ''}"
        yield self._make(begin, stop, rule, None, kind)

    def _in_abstract(self, words: str) -> bool:
        return words.strip().casefold() in self._heard.abstract

    # -- after a verb ------------------------------------------------------------------------

    def _after_verb(self, at: int, rule: str) -> Iterator[Candidate]:
        """Walk from the verb to the name, over articles, adjectives and a description."""
        index = self._first_token(at)
        reached = self._sentence.begin + at
        words = 0
        broken = comma = False
        article = ""
        while index < len(self._tokens) and words < 28:
            token = self._tokens[index]
            gap = self._sentence.between(reached, token.begin)
            if ";" in gap or ")" in gap or ("." in gap and words):
                return
            if ":" in gap or "--" in gap or "\u2014" in gap:
                mark = "colon"
            elif "," in gap:
                mark, comma = "comma", True
            elif "(" in gap:
                mark = "bracket"
            else:
                mark = ""
            lower = token.text.lower()
            if words == 0 and not mark:
                article = lower if lower in ("a", "an", "the", "our", "two", "three", "its") else ""
            last = self._name(
                index, title=words == 0 or mark != "" or (article != "" and words <= 3)
            )
            if last is not None:
                where = self._position(words, mark, comma, broken, article, last)
                if where is not None:
                    yield from self._named(index, last, f"{rule}-{where}")
                    yield from self._seconds(last, f"{rule}-second")
                    return
                index = last
                token = self._tokens[index]
            if lower in _BREAKERS:
                broken = True
            reached = token.stop
            words += 1
            index += 1

    def _position(
        self, words: int, mark: str, comma: bool, broken: bool, article: str, last: int
    ) -> str | None:
        """Tell how the name stands to the verb, or None where it is no object of it."""
        ends = _END_OF_NAME.match(
            self._sentence.between(self._tokens[last].stop, self._tokens[last].stop + 60)
        )
        if broken or (comma and mark == "" and words > 3):
            if mark in ("comma", "colon") and ends:
                return "appositive-far"
            return None
        if words == 0:
            return "direct"
        if mark in ("comma", "colon"):
            return f"{mark}-end" if ends else mark
        if mark == "bracket":
            return None
        if article in ("the", "our"):
            return "the" if words == 1 else "the-far"
        if article in ("a", "an"):
            return "a" if words == 1 else "a-far"
        return "near" if words <= 2 else "far"

    def _seconds(self, last: int, rule: str) -> Iterator[Candidate]:
        """Find the names that are joined to one by "and"."""
        while last + 1 < len(self._tokens):
            gap_from = self._tokens[last].stop
            index = last + 1
            # The word "and" is a token itself, as may be a bracketed short form.
            while index < len(self._tokens) and (
                self._tokens[index].text.lower() in ("and", "its", "variant", "the")
                or (index == last + 1 and self._tokens[index].text.lower() in KIND_NOUNS)
                or self._in_brackets(index)
            ):
                index += 1
            if index >= len(self._tokens) or index == last + 1:
                return
            if not _SECOND.match(self._sentence.between(gap_from, self._tokens[index].begin)):
                return
            end = self._name(index, title=True)
            if end is None:
                return
            yield from self._named(index, end, rule)
            last = end

    def _in_brackets(self, index: int) -> bool:
        token = self._tokens[index]
        at = token.begin - self._sentence.begin
        before = self._plain.rfind("(", max(0, at - 40), at)
        return before >= 0 and self._plain.find(")", before, at) < 0

    # -- other ways --------------------------------------------------------------------------

    def _name_after(self, at: int, rule: str) -> Iterator[Candidate]:
        index = self._first_token(at)
        if index < len(self._tokens) and self._tokens[index].text.lower() in (
            "the",
            "a",
            "an",
            "as",
        ):
            index += 1
        if index >= len(self._tokens):
            return
        gap = self._sentence.between(self._sentence.begin + at, self._tokens[index].begin)
        if len(gap) > 12 or any(mark in gap for mark in ",.;()"):
            return
        last = self._name(index, title=True)
        if last is None:
            return
        if rule.startswith("our"):
            strong = any(is_name(token.text) for token in self._tokens[index : last + 1])
            rule += "-name" if strong else "-title"
        yield from self._named(index, last, rule)
        if rule.startswith("called"):
            yield from self._seconds(last, rule + "-second")

    def _appositions(self, first: int | None) -> Iterator[Candidate]:
        """Find "X, a novel framework" and "X is proposed"."""
        index = 0
        while index < len(self._tokens):
            token = self._tokens[index]
            # Most words are in lower case and begin nothing.
            if shape(token.text) == "lower" and token.begin not in self._longs:
                index += 1
                continue
            last = self._name(index, title=True)
            if last is None or (
                # "Crucially, the framework …": the first word is Capitalised anyway.
                index == last == 0
                and not is_name(self._tokens[0].text)
                and not self._heard.in_title(self._tokens[0].text)
            ):
                index += 1
                continue
            rest = self._sentence.between(self._tokens[last].stop, self._tokens[last].stop + 260)
            if _PASSIVE.match(rest):
                yield from self._named(index, last, "passive")
            found = _APPOSITION.match(rest)
            if found:
                kind = kind_of_phrase(found.group(2))
                if kind:
                    article = found.group(1).replace(" ", "-")
                    new = "-new" if _NEW.search(found.group(2)) else ""
                    where = (
                        "proposing" if first is not None else ("start" if index == 0 else "other")
                    )
                    yield from self._named(index, last, f"apposition-{article}{new}-{where}")
            index = last + 1

    def _abbreviations(self, first: int | None) -> Iterator[Candidate]:
        for short in self._longs.values():
            if is_generic(short.short):
                continue
            begin = short.short_begin - self._sentence.begin
            title_case = sum(word[:1].isupper() for word in short.long.split())
            written = "title" if title_case >= 2 else "lower"
            own = re.search(r"\b(?:we|our)\b", self._plain, re.IGNORECASE)
            where = (
                "proposing" if first is not None and first <= begin else ("own" if own else "other")
            )
            stop = short.short_stop - self._sentence.begin
            kind = kind_of_phrase(self._plain[stop:].lstrip(") ,")) or kind_of_phrase(short.long)
            yield self._make(begin, stop, f"abbreviation-{written}-{where}", short.long, kind)

    # -- names -------------------------------------------------------------------------------

    def _first_token(self, at: int) -> int:
        at += self._sentence.begin
        low, high = 0, len(self._tokens)
        while low < high:
            middle = (low + high) // 2
            if self._tokens[middle].begin < at:
                low = middle + 1
            else:
                high = middle
        return low

    def _name(self, index: int, *, title: bool) -> int | None:
        """Return the index of the last token of the name that begins at a token, or None."""
        token = self._tokens[index]
        short = self._longs.get(token.begin)
        if short is not None and (token.text[0].isupper() or is_name(token.text)):
            last = index
            while last + 1 < len(self._tokens) and self._tokens[last + 1].begin < short.long_stop:
                last += 1
            return last
        if not self._nameish(token, title=title):
            return None
        last = index
        strong = is_name(token.text)
        while last + 1 < len(self._tokens) and last - index < 7:
            following = self._tokens[last + 1]
            if self._sentence.between(self._tokens[last].stop, following.begin) != " ":
                break
            if (
                self._nameish(following, title=True)
                or _VERSION.match(following.text)
                or (following.text[0].isupper() and shape(following.text) == "adjective")
            ):
                last += 1
                continue
            after = last + 2
            if (
                not strong
                and following.text in _CONNECTORS
                and after < len(self._tokens)
                and shape(self._tokens[after].text) == "title"
                and self._sentence.between(following.stop, self._tokens[after].begin) == " "
                and last - index < 5
                and following.text in ("of", "for", "with", "and", "to", "the")
            ):
                last += 2
                continue
            break
        return last

    def _nameish(self, token: Token, *, title: bool) -> bool:
        kind = shape(token.text)
        if kind in ("camel", "acronym", "digit", "part"):
            return not is_generic(token.text)
        if kind != "title" or not title or is_generic(token.text):
            return False
        return token.text.lower() not in _ORDINARY

    def _named(self, index: int, last: int, rule: str) -> Iterator[Candidate]:
        begin = self._tokens[index].begin - self._sentence.begin
        stop = self._tokens[last].stop - self._sentence.begin
        short = self._longs.get(self._tokens[index].begin)
        if short is not None and not is_generic(short.short):
            begin = short.short_begin - self._sentence.begin
            stop = short.short_stop - self._sentence.begin
            rule += "-short"
            long: str | None = short.long
        else:
            long = None
            if last == index and shape(self._tokens[index].text) == "title":
                rule += "-word"
            elif last > index and not any(is_name(t.text) for t in self._tokens[index : last + 1]):
                rule += "-words"
        yield self._make(begin, stop, rule, long)

    def _make(
        self, begin: int, stop: int, rule: str, long: str | None = None, kind: str | None = None
    ) -> Candidate:
        name = self._plain[begin:stop]
        if kind is None:
            kind = self._kind(name, begin, stop)
        at = self._sentence.begin
        return Candidate(
            "introduces",
            kind or "method",
            self._sentence,
            begin + at,
            stop + at,
            f"introduce:{rule}",
            None,
            long,
        )

    def _kind(self, name: str, begin: int, stop: int) -> str | None:
        """Tell the kind by the noun after the name, its apposition, the name, the noun before."""
        rest = self._plain[stop : stop + 200]
        rest = re.sub(r"^\s*\)?\s*(?:\([^()]{0,80}\)\s*)?", " ", rest)
        word = re.match(r"\s([A-Za-z-]+)", rest)
        if word and (kind := kind_of_phrase(" ".join(rest.split()[:2]))):
            return kind
        found = _APPOSITION.match(rest)
        if found and (kind := kind_of_phrase(found.group(2))):
            return kind
        if kind := kind_of_name(name):
            return kind
        before = re.search(
            r"\b(?:an?|the|our|novel|new)\s+([^.;]{3,120}?)[\s,:(]*(?:called|named|dubbed|"
            r"termed|,|:|--)?\s*\(?$",
            self._plain[max(0, begin - 140) : begin],
        )
        return kind_of_phrase(before.group(1)) if before else None


_ORDINARY = words(
    """
    we our this that these those it its the a an in on for with by to from as at and or but
    to-this-end in-this-paper specifically however moreover furthermore additionally finally
    first second third extensive experiments experimental results existing recent recently
    despite while although given unlike through our-method large language model models ai
    reinforcement learning deep neural vision
    """
)
