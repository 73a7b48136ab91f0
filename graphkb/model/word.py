"""The words of a text: what a search looks for, the same for every engine.

An engine's full-text index never sees a text, only the words that this module makes of it, spelt in
letters a to z, digits and the underscore. So two engines hold the same words, and nothing that a
person types can be part of an engine's query syntax.

A text is parted at white space, and each part gives several words: itself; what stands between its
hyphens; and its runs of letters and digits, with a point between digits, each with and without the
signs ``+ * #`` that end it. ``GPT-4o`` gives *gpt4o*, *gpt* and *4o*; ``C++`` gives *c++* and *c*;
``Qwen2.5-VL`` gives *qwen2.5vl*, *qwen2.5* and *vl*. Case, compatibility forms, diacritics and one
plural s are folded as :func:`graphkb.model.name.name_key` folds names. Of Chinese and Japanese,
which put no space between words, every character and every pair of neighbours is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from graphkb.model.name import name_key

__all__ = ["Clause", "clauses", "encoded", "encoded_key", "spans", "word_of", "words", "words_of"]

# A word in an index is cut after so many characters: Lucene parts what is longer than 255.
_LONGEST = 200
# Beyond so many parts of a query nobody means a search.
_MOST_CLAUSES = 64

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|(?:[^\W_{_CJK}]|(?<=\d)\.(?=\d)|(?<=\w)[\u0300-\u036f])+[+*#]*")
_IS_CJK = re.compile(rf"[{_CJK}]")
_PART = re.compile(r"\S+")
_MARKS = re.compile("[\u0300-\u036f]+")
_PLAIN = re.compile("[a-z0-9]*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query: it is answered by a text that has all words of one alternative.

    Parameters
    ----------
    alternatives : tuple of tuple of str
        Encoded words.
    begun : bool
        True where the last word of each need only be the beginning of one.
    """

    alternatives: tuple[tuple[str, ...], ...]
    begun: bool = False


def words(text: str) -> set[str]:
    """Return the words of a text, as an index holds them.

    Parameters
    ----------
    text : str
        A name, a title or an abstract.

    Returns
    -------
    set of str
        Encoded; each matches ``[a-z0-9_]+``.

    Examples
    --------
    >>> sorted(words("GPT-4o beats Na\u00efve Bayes"))
    ['4o', 'baye', 'beat', 'gpt', 'gpt4o', 'naive']
    """
    found: set[str] = set()
    for part in set(text.split()):
        found.update(words_of(part))
    return found


@lru_cache(maxsize=1 << 17)
def words_of(part: str) -> tuple[str, ...]:
    """Return the words of a part of a text that holds no white space.

    Parameters
    ----------
    part : str
        What stands between two spaces.

    Returns
    -------
    tuple of str
        Encoded, each once.

    Examples
    --------
    >>> words_of("(C++),")
    ('c_2b__2b_', 'c')
    """
    texts = [part, *part.split("-")] if "-" in part else [part]
    found = [word for text in texts if (word := word_of(text))]
    for run in _RUN.finditer(part):
        found += _words_of_run(run[0])
    return tuple(dict.fromkeys(found))


def _words_of_run(run: str) -> Iterator[str]:
    if not _IS_CJK.match(run):
        yield from (w for text in dict.fromkeys((run, run.rstrip("+*#"))) if (w := word_of(text)))
        return
    for at, character in enumerate(run):
        yield from (w for text in (character, run[at : at + 2]) if (w := word_of(text)))


def clauses(text: str, *, begun: bool = False) -> tuple[Clause, ...]:
    """Return what a text has to hold to answer a query.

    Parameters
    ----------
    text : str
        A query: parts between spaces, all of which must be found.
    begun : bool
        True where the last part may be the beginning of a word.

    Returns
    -------
    tuple of Clause
        One a part that holds a letter or a digit; empty where none does.

    Examples
    --------
    >>> clauses("GPT-4o, C++")
    (Clause(alternatives=(('gpt4o',), ('gpt', '4o')), begun=False), \
Clause(alternatives=(('c_2b__2b_',),), begun=False))
    """
    found: list[Clause] = []
    for part in text.split()[:_MOST_CLAUSES]:
        whole = word_of(part)
        runs: list[str] = []
        for run in _RUN.findall(part):
            runs += _wanted_of_run(run)
        alternatives = [(whole,), tuple(dict.fromkeys(runs))] if whole else []
        kept = tuple(dict.fromkeys(one for one in alternatives if one))
        if kept and Clause(kept) not in found:
            found.append(Clause(kept))
    if found and begun:
        found[-1] = Clause(found[-1].alternatives, begun=True)
    return tuple(found)


def _wanted_of_run(run: str) -> list[str]:
    if not _IS_CJK.match(run) or len(run) == 1:
        return [word] if (word := word_of(run)) else []
    return [word for at in range(len(run) - 1) if (word := word_of(run[at : at + 2]))]


def spans(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield where the words of a text stand.

    Parameters
    ----------
    text : str
        A name, a title or an abstract.

    Yields
    ------
    tuple
        First code point, code point after, and the encoded words that stand there; what a part
        gives as a whole first, then its runs.

    Examples
    --------
    >>> list(spans("a GPT-4o"))
    [(0, 1, ('a',)), (0, 1, ('a',)), (2, 8, ('gpt4o',)), (2, 5, ('gpt',)), (6, 8, ('4o',))]
    """
    for part in _PART.finditer(text):
        begin = part.start()
        runs = list(_RUN.finditer(part[0]))
        if not runs:
            continue
        if word := word_of(part[0]):
            yield begin + runs[0].start(), begin + runs[-1].end(), (word,)
        for run in runs:
            first = begin + run.start()
            if _IS_CJK.match(run[0]):
                for at in range(len(run[0])):
                    pair = run[0][at : at + 2]
                    yield first + at, first + at + 1, (word_of(pair[0]),)
                    if len(pair) == 2:
                        yield first + at, first + at + 2, (word_of(pair),)
            else:
                yield first, begin + run.end(), tuple(_words_of_run(run[0]))


def encoded_key(text: str) -> str:
    """Return the key of a name as an index holds it.

    Parameters
    ----------
    text : str
        A name, an alias or an id.

    Returns
    -------
    str
        Its :func:`~graphkb.model.name.name_key`, encoded; where that is empty, the name itself.
        It is cut where it is long, so what is found by it is to be compared once more.

    Examples
    --------
    >>> encoded_key("Qwen2.5-VL"), encoded_key("\u2192")
    ('qwen2_2e_5vl', '_3d__2192_')
    """
    return encoded(name_key(text) or f"={text.strip()}")


def encoded(text: str) -> str:
    """Spell a folded text in letters a to z, digits and the underscore.

    Parameters
    ----------
    text : str
        Case-folded.

    Returns
    -------
    str
        Of at most 200 characters; what begins with another text begins with its encoding.

    Examples
    --------
    >>> encoded("\u03c00")
    '_3c0_0'
    """
    if _PLAIN.fullmatch(text):
        return text[:_LONGEST]
    pieces: list[str] = []
    size = 0
    for character in text:
        plain = "a" <= character <= "z" or "0" <= character <= "9"
        piece = character if plain else f"_{ord(character):x}_"
        size += len(piece)
        if size > _LONGEST:
            break
        pieces.append(piece)
    return "".join(pieces)


def word_of(text: str) -> str:
    """Return the word that a part of a text gives as a whole.

    Parameters
    ----------
    text : str
        Without white space.

    Returns
    -------
    str
        Encoded; empty where it holds no letter and no digit.

    Examples
    --------
    >>> word_of("Na\u00efve,")
    'naive'
    """
    key = name_key(text)
    if not key.isascii():
        marks = unicodedata.normalize("NFD", key)
        key = unicodedata.normalize("NFC", _MARKS.sub("", marks))
    return encoded(key)
