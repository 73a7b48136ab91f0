"""What governs a name in its sentence, read off the words without a parser.

For each name: the list that it is a member of, the noun phrase around it, the word that hands it on
("such as"), the verb and the preposition that it depends on, that verb's subject, and whether a
clause ends in between. It is a chunker of closed word classes, in one pass to the left; what it
says are features that a classifier weighs, so that an error of it costs little.

References
----------
S. Abney, "Parsing by chunks", Principle-Based Parsing, 1991. D. Zelenko, C. Aone, A. Richardella,
"Kernel methods for relation extraction", JMLR 3, 2003: which syntax tells a relation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence

__all__ = ["BREAKING", "PREPOSITIONS", "Clauses", "Governor", "Phrase", "extends", "place"]

PREPOSITIONS = words(
    "for in on of to with from as at via by over than across into through against between upon "
    "within without under toward towards beyond per during after before among onto atop"
)
BREAKING = words(
    "which that while but whereas where because since thus thereby when whose if although though "
    "however unlike despite who"
)
_JOINTS = words("and or the both & also either nor as well along with")
_STRICT_JOINTS = words("and or the both & nor")
_HANDING = words("including like namely e.g e.g. i.e i.e. eg")
_ARTICLES = {
    "a": "a",
    "an": "a",
    "the": "the",
    "our": "our",
    "its": "its",
    "this": "this",
    "these": "this",
    "their": "their",
}
_AUXILIARY = words(
    "is are was were be been being has have had can could may might will would do does did also "
    "then further not only to often still even first finally thus thereby never cannot both"
)
_OTHERS = words(
    "existing previous prior current recent traditional conventional many most several some "
    "standard typical classical other others researchers works studies approaches baselines "
    "state-of-the-art today popular"
)
_OURS = words("our ours proposed this these novel new resulting")
_MEASURING = words(
    "experiments results evaluations evaluation experiment result ablations analyses"
)
_EXTENDING = words("extend modify modifi adapt reformulat generaliz refin reviv")
_BUILDING = words("build built improv")
_LONGEST = 16
# What verbs say, by their stems: rare ones share what is learned of the common ones.
_MEANING = {
    word: meaning
    for meaning, text in (
        ("outperform", "outperform surpass exceed beat outscor outpac outrank dominat overtak"),
        ("compare", "compar match rival approach compet"),
        ("use", "us leverag employ adopt exploit utiliz utilis harnes harness appli apply reli"),
        ("build", "build built bas initializ initialis deriv stem instantiat"),
        ("combine", "combin integrat incorporat coupl merg fus equip embed unify unifi augment"),
        ("extend", "extend modify modifi adapt generaliz generalis reformulat revisit rethink"),
        ("improve", "improv enhanc boost accelerat strengthen stabiliz refin advanc rais increas"),
        ("propose", "propos introduc present develop design devis releas contribut construct"),
        ("evaluate", "evaluat test validat assess benchmark conduct"),
        ("achieve", "achiev reach obtain attain scor deliver set establish yield show demonstrat"),
        ("analyze", "analyz analys study studi investigat examin explor understand reveal find"),
        ("fail", "fail suffer struggl limit lack overlook ignor neglect incur hinder"),
        ("train", "train fine-tun finetun pretrain pre-train post-train distill optimiz learn"),
        ("replace", "replac eliminat avoid remov bypas bypass discard substitut"),
    )
    for word in text.split()
}


class Phrase(NamedTuple):
    """The noun phrase of a name, or of the list that it is a member of.

    Parameters
    ----------
    first, last : int
        The words of the name.
    leader, tail : int
        The words where its list begins and ends.
    place : int
        How many members stand before it.
    size : int
        How many members the list has.
    opening : int
        The word where the list's noun phrase begins.
    article : str
        Its article, else empty.
    before : tuple of str
        The stems of the words of the phrase before it.
    head : str
        The stem of the noun that follows, else empty.
    whole : str
        The stem of what the list gives instances of ("baselines such as ..."), else empty.
    """

    first: int
    last: int
    leader: int
    tail: int
    place: int
    size: int
    opening: int
    article: str
    before: tuple[str, ...]
    head: str
    whole: str


class Governor(NamedTuple):
    """The verb that a phrase depends on.

    Parameters
    ----------
    verb : int
        Its word, -1 where none is found.
    preposition : str
        What joins the phrase to it, nearest to the phrase.
    chain : int
        How many prepositions stand between.
    names : int
        How many names stand between.
    broken : bool
        Whether a clause begins in between.
    commas : int
        How many commas stand between.
    meaning : str
        What the verb says, one word for verbs that say the same, else empty.
    subject : str
        Whose verb it is: we, it, ours, main, own, name, others, measured, np, or none.
    doer : int
        Which of the sentence's names the subject is, -1 where it is none.
    voice : str
        finite, ing, ed or to.
    """

    verb: int
    preposition: str
    chain: int
    names: int
    broken: bool
    commas: int
    meaning: str
    subject: str
    doer: int
    voice: str


class Clauses:
    """One sentence's phrases and verbs.

    Parameters
    ----------
    line : Wording
        The sentence.
    within : sequence of Occurrence
        Its names, in the text's order.
    main : str
        The name of the paper's main artefact.
    """

    def __init__(self, line: Wording, within: Sequence[Occurrence], main: str) -> None:
        self._line = line
        self._within = within
        self._main = main
        self._count = len(line.words)
        self.verbs = [at for at, word in enumerate(line.stems) if word in _MEANING]
        self.verbs = sorted({*self.verbs, *line.verbs})
        self._verbs = frozenset(self.verbs)
        self.places = [place(line, occurrence) for occurrence in within]
        self._covering: dict[int, int] = {}
        for number, (first, last) in enumerate(self.places):
            for word in range(first, last + 1):
                self._covering.setdefault(word, number)
        self._subjects: dict[int, tuple[str, int]] = {}

    def phrase(self, number: int) -> Phrase:
        """Describe the noun phrase of a name."""
        line, places = self._line, self.places
        words_, stems, gaps = line.words, line.stems, line.gaps
        first, last = places[number]
        leader, before = first, 0
        for begin, stop in reversed(places[:number]):
            if stop < leader and self._joined(stop, leader):
                leader = begin
                before += 1
            else:
                break
        tail, after = last, 0
        for begin, stop in places[number + 1 :]:
            if begin > tail and self._joined(tail, begin):
                tail = stop
                after += 1
            else:
                break
        at = leader - 1
        adjectives: list[str] = []
        article = ""
        while at >= 0 and leader - at <= 6 and not gaps[at + 1].strip("(\"'`\u201c"):
            word = words_[at]
            if word in _ARTICLES:
                article = _ARTICLES[word]
                at -= 1
                break
            if (
                word in PREPOSITIONS
                or word in BREAKING
                or word in _JOINTS
                or word in _HANDING
                or at in self._covering
                or (at in self._verbs and not word.endswith("ed"))
            ):
                break
            adjectives.append(stems[at])
            at -= 1
        opening = at + 1
        whole = self._whole(opening)
        head = ""
        at = tail + 1
        while at < self._count and at - tail <= 3 and not gaps[at]:
            word = words_[at]
            if word in PREPOSITIONS or word in BREAKING or word in _JOINTS or at in self._covering:
                break
            if at in self._verbs or word in _AUXILIARY:
                break
            head = stems[at]
            at += 1
        return Phrase(
            first,
            last,
            leader,
            tail,
            before,
            before + after + 1,
            opening,
            article,
            tuple(adjectives),
            head,
            whole,
        )

    def _joined(self, stop: int, begin: int) -> bool:
        """Whether only a comma or a conjunction stands between two names."""
        line = self._line
        if begin - stop > 3:
            return False
        between = line.words[stop + 1 : begin]
        if not _STRICT_JOINTS.issuperset(between):
            return False
        gaps = line.gaps[stop + 1 : begin + 1]
        if any(mark in gap for gap in gaps for mark in ".:;"):
            return False
        return bool(between) or any("," in gap or "/" in gap for gap in gaps)

    def _whole(self, opening: int) -> str:
        """Find the noun before "such as"."""
        words_, stems, gaps = self._line.words, self._line.stems, self._line.gaps
        at = opening - 1
        if at >= 1 and words_[at] == "as" and words_[at - 1] == "such":
            return stems[at - 2] if at >= 2 else "^"
        if at >= 0 and words_[at] in _HANDING:
            return stems[at - 1] if at >= 1 else "^"
        if at >= 0 and opening < self._count and gaps[opening][-1:] in (":", "("):
            return "mark " + stems[at]
        return ""

    def governor(self, phrase: Phrase) -> Governor:
        """Find the verb that a phrase depends on."""
        line = self._line
        words_, gaps = line.words, line.gaps
        preposition, chain, names, commas = "", 0, 0, 0
        broken = False
        at = phrase.opening - 1
        stop = max(-1, at - _LONGEST)
        while at > stop:
            mark = gaps[at + 1]
            if "," in mark:
                commas += 1
            elif ";" in mark:
                broken = True
            covered = self._covering.get(at)
            if covered is not None:
                names += 1
                at = self.places[covered][0] - 1
                continue
            word = words_[at]
            if at in self._verbs and not self._adjectival(at):
                subject, doer = self.subject(at)
                meaning = _MEANING.get(line.stems[at], "")
                voice = self._voice(at)
                return Governor(
                    at, preposition, chain, names, broken, commas, meaning, subject, doer, voice
                )
            if word in PREPOSITIONS:
                chain += 1
                preposition = preposition or word
            elif word in BREAKING:
                broken = True
            at -= 1
        return Governor(-1, preposition, chain, names, broken, commas, "", "none", -1, "")

    def _adjectival(self, at: int) -> bool:
        """Whether a participle stands before a noun: "the proposed framework"."""
        word = self._line.words[at]
        return (
            word.endswith("ed")
            and at > 0
            and self._line.words[at - 1] in _ARTICLES
            and at + 1 < self._count
            and not self._line.gaps[at + 1]
            and self._line.words[at + 1] not in PREPOSITIONS
        )

    def _voice(self, at: int) -> str:
        word = self._line.words[at]
        before = self._line.words[at - 1] if at else ""
        if word.endswith("ing"):
            return "ing"
        if before == "to":
            return "to"
        if word.endswith("ed") or word in ("built", "used"):
            return "ed"
        return "finite"

    def subject(self, verb: int) -> tuple[str, int]:
        """Tell whose verb it is; a participle's or an infinitive's is that of the clause before."""
        known = self._subjects.get(verb)
        if known is None:
            known = self._subject(verb)
            self._subjects[verb] = known
        return known

    def _subject(self, verb: int) -> tuple[str, int]:
        line = self._line
        words_, gaps = line.words, line.gaps
        at = verb
        while at > 0 and not gaps[at].strip("\"'"):
            word = words_[at - 1]
            if word not in _AUXILIARY and not word.endswith("ly"):
                break
            at -= 1
        participle = self._voice(verb) in ("ing", "to")
        if (participle or gaps[at].strip("()\"'")) and at > 0:
            # "..., outperforming X": whoever did what the verb before says.
            earlier = [index for index in self.verbs if index < at]
            if earlier and participle:
                return self._earlier(earlier)
            if "," not in gaps[at] and not participle:
                return "none", -1
            if words_[at - 1] == "and" or not participle:
                return self._earlier(earlier) if earlier else self._noun(at)
        if at > 0 and words_[at - 1] in ("and", "or", "which", "that"):
            earlier = [index for index in self.verbs if index < at - 1]
            named = self._covering.get(at - 2)
            if words_[at - 1] in ("which", "that") and named is not None:
                return self._named(named)
            if earlier:
                return self._earlier(earlier)
        return self._noun(at)

    def _earlier(self, verbs: Sequence[int]) -> tuple[str, int]:
        """Return the subject of the nearest verb that has one: "scores" may be none."""
        for verb in reversed(verbs):
            subject = self.subject(verb)
            if subject[0] not in ("np", "none"):
                return subject
        return self.subject(verbs[-1])

    def _named(self, number: int) -> tuple[str, int]:
        occurrence = self._within[number]
        if occurrence.name == self._main:
            return "main", number
        return "own" if occurrence.group == "introduces" else "name", number

    def _noun(self, at: int) -> tuple[str, int]:
        """Classify the noun phrase that ends before a word."""
        words_, gaps = self._line.words, self._line.gaps
        answer = "none"
        index = at - 1
        while index >= 0 and at - index <= 7:
            word = words_[index]
            number = self._covering.get(index)
            if number is not None:
                return self._named(number)
            if word == "we":
                return "we", -1
            if word in ("it", "they"):
                return "it", -1
            if word in _OURS:
                return "ours", -1
            if word in _MEASURING:
                return "measured", -1
            if word in _OTHERS:
                return "others", -1
            if index in self._verbs and answer != "none":
                break
            if word in BREAKING:
                break
            answer = "np"
            if "," in gaps[index] or ";" in gaps[index]:
                break
            index -= 1
        return answer, -1


def extends(line: Wording, governor: Governor, phrase: Phrase) -> bool:
    """Whether a verb says that its object is varied: "it extends X", "we build upon X"."""
    if governor.broken or governor.verb < 0 or governor.commas:
        return False
    verb = line.stems[governor.verb]
    if verb in _BUILDING:
        near = phrase.opening - governor.verb <= 3
        return near and governor.preposition in ("on", "upon") and governor.chain == 1
    return verb in _EXTENDING and governor.chain == 0 and governor.names == 0


def place(line: Wording, occurrence: Occurrence) -> tuple[int, int]:
    """Return the first and the last word of a name."""
    first = line.begins.get(occurrence.begin)
    if first is None:
        first = next(
            (i for b, i in line.begins.items() if b >= occurrence.begin), len(line.words) - 1
        )
    last = line.ends.get(occurrence.stop)
    if last is None:
        last = next((i for e, i in line.ends.items() if e >= occurrence.stop), len(line.words) - 1)
    return first, max(first, last)
