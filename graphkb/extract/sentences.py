"""Text to sentences and tokens, with offsets.

Abstracts are full of what a plain splitter breaks on: "e.g.", "et al.", version numbers, decimal
points, addresses, LaTeX. LaTeX commands, quotation marks and bold marks are masked by blanks of the
same length first, so that every later stage sees words and every offset still counts in the text
itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from graphkb.extract.pattern import words

if TYPE_CHECKING:
    from graphkb.model.reading import Field

__all__ = ["Document", "Sentence", "Token", "mask", "sentence_spans", "tokenize"]

_MARKUP = re.compile(
    r"\\(?:text[a-z]{0,8}|emph|math[a-z]{1,4}|underline|uline|href|it|bf|tt|sc|em|rm)\b\s?\{?"
    r"|\*\*|__|``|''|{|}|\$|\"|\u201c|\u201d|\u201e|`"
    r"|'(?<!\w')|\u2018(?<!\w\u2018)|\u2019(?<!\w\u2019)|'(?!\w)|\u2018(?!\w)|\u2019(?!\w)"
)

# An address holds no names, whatever its words look like.
_ADDRESS = re.compile(
    r"(?:https?:\s?//\s?|(?<![\w@])www\.|(?<![\w@./-])(?:github\.com|gitlab\.com|"
    r"huggingface\.co)/)\S{1,400}"
    r"|(?<![\w@./-])[\w-]{1,60}\.(?:github\.io|com|org|ai|io|net)(?:/\S{0,400}|(?!\w))",
    re.IGNORECASE,
)

_TOKEN = re.compile(
    r"[^\W_]\w*(?:(?:[-\u2010-\u2013^@]|\.(?=\d))\w+)*(?:\++(?!\w)|\*(?![\w*]))?",
)

# No sentence is longer: what is, is cut, so that every stage may compare within a sentence.
_LONGEST = 1500

_END = re.compile(r"(?<![.!?])[.!?]+[\"'\u201d\u2019)\]}]{0,4}\s+")

_NO_END = words(
    """
    e.g i.e al fig figs eq eqs sec secs tab vs cf resp approx no nos dr prof st mr ms mrs w.r.t
    a.k.a inc ltd co dept ref refs viz ca wrt aka app ch def thm
    """
)

_WORD = re.compile(r"\w+")

_LAST_WORD = re.compile(r"[\w.]{1,12}$")


class Token(NamedTuple):
    """A word of the text.

    Parameters
    ----------
    text : str
        The word; hyphens, a point before a digit, ``^`` and ``@`` keep it together.
    begin, stop : int
        Its span in the field.
    """

    text: str
    begin: int
    stop: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a field, or the whole title.

    Parameters
    ----------
    field : {'title', 'abstract'}
        The field.
    begin, stop : int
        The sentence's span in the field.
    text : str
        The field's text at the span.
    plain : str
        The same with markup masked by blanks: equal length.
    tokens : tuple of Token
        Spans count in the field, not in the sentence.
    """

    field: Field
    begin: int
    stop: int
    text: str
    plain: str
    tokens: tuple[Token, ...]

    @property
    def span(self) -> tuple[int, int]:
        """[begin, stop) in the field."""
        return (self.begin, self.stop)

    def between(self, begin: int, stop: int) -> str:
        """Return the masked text between two offsets of the field."""
        return self.plain[max(begin - self.begin, 0) : max(stop - self.begin, 0)]


@dataclass(frozen=True, slots=True)
class Document:
    """A paper's title and abstract, split.

    Parameters
    ----------
    title, abstract : str
        Clean text.
    sentences : tuple of Sentence
        The title first, then the abstract's.
    """

    title: str
    abstract: str
    sentences: tuple[Sentence, ...]

    @classmethod
    def of(cls, title: str, abstract: str) -> Document:
        """Split a title and an abstract.

        Examples
        --------
        >>> document = Document.of("A: b", "We propose A (e.g. for b). It has 3.5B weights.")
        >>> [sentence.text for sentence in document.sentences]
        ['A: b', 'We propose A (e.g. for b).', 'It has 3.5B weights.']
        """
        sentences: list[Sentence] = []
        if title:
            plain = mask(title)
            tokens = tokenize(plain, 0)
            sentences.append(Sentence("title", 0, len(title), title, plain, tokens))
        plain = mask(abstract)
        for begin, stop in sentence_spans(abstract):
            part = plain[begin:stop]
            tokens = tokenize(part, begin)
            sentences.append(Sentence("abstract", begin, stop, abstract[begin:stop], part, tokens))
        return cls(title, abstract, tuple(sentences))

    def text(self, field: Field) -> str:
        """Return a field's text."""
        return self.title if field == "title" else self.abstract


def mask(text: str) -> str:
    r"""Replace addresses, LaTeX commands, quotation and bold marks by blanks of the same length.

    Parameters
    ----------
    text : str
        Clean text.

    Returns
    -------
    str
        Text of the same length.

    Examples
    --------
    >>> mask(r"we call it \textbf{DAPO}.")
    'we call it         DAPO .'
    """
    if "/" in text or ".com" in text:
        text = _ADDRESS.sub(_blank_address, text)
    return _MARKUP.sub(lambda found: " " * len(found.group()), text)


def _blank_address(found: re.Match[str]) -> str:
    # The punctuation after an address belongs to the sentence.
    kept = len(found.group().rstrip(".,;:!?)"))
    return " " * kept + found.group()[kept:]


def tokenize(plain: str, offset: int = 0) -> tuple[Token, ...]:
    """Find the words of masked text.

    Parameters
    ----------
    plain : str
        Masked text.
    offset : int, optional
        Added to every span.

    Returns
    -------
    tuple of Token

    Examples
    --------
    >>> [token.text for token in tokenize("Qwen2.5-VL's pass@1, REINFORCE++ and V*.")]
    ['Qwen2.5-VL', 's', 'pass@1', 'REINFORCE++', 'and', 'V*']
    """
    return tuple(
        [
            Token(found.group(), found.start() + offset, found.end() + offset)
            for found in _TOKEN.finditer(plain)
        ]
    )


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Split text into sentences.

    Parameters
    ----------
    text : str
        Clean text.

    Returns
    -------
    list of (int, int)
        Spans without the white space between them, in order; together they hold every other
        character.

    Examples
    --------
    >>> text = "Fig. 2 shows it. Shao et al. use v1.5! Dr. GRPO differs."
    >>> [text[begin:stop] for begin, stop in sentence_spans(text)]
    ['Fig. 2 shows it.', 'Shao et al. use v1.5!', 'Dr. GRPO differs.']
    """
    spans: list[tuple[int, int]] = []
    begin = 0
    for found in _END.finditer(text):
        if _ends(text, found):
            spans.extend(_pieces(text, begin, found.end()))
            begin = found.end()
    spans.extend(_pieces(text, begin, len(text)))
    return spans


def _pieces(text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    """Trim a span, and cut it at a blank where it is longer than any sentence."""
    spans = []
    stop = _trim(text, stop)
    while begin < stop:
        end = stop
        if stop - begin > _LONGEST:
            blank = text.rfind(" ", begin + 1, begin + _LONGEST)
            end = blank if blank > 0 else begin + _LONGEST
        spans.append((begin, _trim(text, end)))
        begin = end + (text[end : end + 1] == " ")
    return spans


def _trim(text: str, stop: int) -> int:
    while stop and text[stop - 1].isspace():
        stop -= 1
    return stop


def _ends(text: str, found: re.Match[str]) -> bool:
    """Whether the punctuation ends a sentence, by the word before and the letter after."""
    after = found.end()
    if after >= len(text):
        return True
    if text[after].islower():
        # A name such as iVideoGPT or o1 may begin a sentence, an ordinary word may not.
        word = _WORD.match(text, after)
        if word is None or not any(c.isupper() or c.isdigit() for c in word.group()):
            return False
    if text[found.start()] != "." or found.group().startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(0, found.start() - 12), found.start())
    if before is None:
        return True
    word_before = before.group().lower().lstrip(".")
    if word_before in _NO_END:
        return False
    return not (len(before.group()) == 1 and before.group().isupper()) or not _is_initial(
        text, found.start() - 1
    )


def _is_initial(text: str, at: int) -> bool:
    """Whether the capital at an offset stands where a given name stands ("by J. Smith")."""
    words_before = text[max(0, at - 12) : at].split()
    return (
        not words_before
        or words_before[-1].lower() in _BEFORE_INITIAL
        or (
            len(words_before[-1]) == 2
            and words_before[-1][0].isupper()
            and words_before[-1][1] == "."
        )
    )


_BEFORE_INITIAL = words("by and of with from to see after")
