"""Where in a text stands what was searched for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphkb.model.name import name_key
from graphkb.model.word import Clause, spans, words_of

__all__ = ["Snippet", "beginning", "excerpt", "highlighted"]

_PART = re.compile(r"\S+")
_LONGEST = 160
_BEFORE = 50


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text, or a part of it, with places in it.

    Parameters
    ----------
    text : str
        Plain; an ellipsis stands where something was left out.
    marks : tuple of pair of int
        First code point and code point after of each place, in order, apart from each other.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

    def marked(self, begin: str, end: str) -> str:
        """Return the text with the places between two marks.

        Parameters
        ----------
        begin, end : str
            What to put around each place.

        Returns
        -------
        str
            The text.

        Examples
        --------
        >>> Snippet("reward hacking", ((0, 6),)).marked("<", ">")
        '<reward> hacking'
        """
        pieces: list[str] = []
        at = 0
        for first, stop in self.marks:
            pieces += [self.text[at:first], begin, self.text[first:stop], end]
            at = stop
        return "".join([*pieces, self.text[at:]])


def highlighted(text: str, wanted: Sequence[Clause]) -> Snippet:
    """Mark the words of a query in a text.

    Parameters
    ----------
    text : str
        A name, a title or an abstract.
    wanted : sequence of Clause
        The query.

    Returns
    -------
    Snippet
        The whole text.

    Examples
    --------
    >>> from graphkb.model.word import clauses
    >>> highlighted("Hacking the Rewards", clauses("reward hacking")).marked("[", "]")
    '[Hacking] the [Rewards]'
    """
    whole = {word for clause in wanted for one in clause.alternatives for word in one}
    begun = tuple(
        one[-1] for clause in wanted if clause.begun for one in clause.alternatives if one
    )

    def is_wanted(found: Iterable[str]) -> bool:
        return any(word in whole or (begun and word.startswith(begun)) for word in found)

    places = (
        (part.start() + begin, part.start() + stop)
        for part in _PART.finditer(text)
        # The words of a part are kept once they are made: most parts need no closer look.
        if is_wanted(words_of(part[0]))
        for begin, stop, found in spans(part[0])
        if is_wanted(found)
    )
    return Snippet(text, _apart(places))


def beginning(text: str, typed: str) -> Snippet:
    """Mark as much of a name as has the key of what was typed.

    Parameters
    ----------
    text : str
        A name that begins so.
    typed : str
        What was typed.

    Returns
    -------
    Snippet
        The whole name.

    Examples
    --------
    >>> beginning("Policy-Gym", "policyg").marked("[", "]")
    '[Policy-G]ym'
    >>> beginning("World models, learnt", "world models").marked("[", "]")
    '[World models], learnt'
    """
    key = name_key(typed)
    for stop in range(1, len(text) + 1):
        if name_key(text[:stop]).startswith(key):
            # The key of a plural is that of its singular.
            plural = typed.rstrip()[-1:].lower() == "s" == text[stop : stop + 1].lower()
            return Snippet(text, ((0, stop + plural),))
    return Snippet(text)


def excerpt(found: Snippet, longest: int = _LONGEST) -> Snippet:
    """Cut a long text to where it has most of what was searched for.

    Parameters
    ----------
    found : Snippet
        A text with its places.
    longest : int
        About how many characters to keep.

    Returns
    -------
    Snippet
        It begins and ends with whole words.

    Examples
    --------
    >>> text = "one two three four five six seven eight nine ten"
    >>> excerpt(Snippet(text, ((34, 39),)), 20)
    Snippet(text='… seven eight nine ten', marks=((8, 13),))
    """
    text = found.text
    if len(text) <= longest:
        return found
    first = _densest(found.marks, longest)
    begin = max(0, min(first - min(_BEFORE, longest // 3), len(text) - longest))
    stop = min(len(text), begin + longest)
    if begin:
        begin = min(text.find(" ", begin - 1) + 1 or begin, first)
    if stop < len(text):
        stop = max(text.rfind(" ", begin + 1, stop), begin + 1)
    head, tail = ("… " if begin else ""), (" …" if stop < len(text) else "")
    shift = len(head) - begin
    marks = tuple(
        (first + shift, min(last, stop) + shift)
        for first, last in found.marks
        if begin <= first < stop
    )
    return Snippet(f"{head}{text[begin:stop]}{tail}", marks)


def _densest(marks: Sequence[tuple[int, int]], longest: int) -> int:
    """The first place of the window that has most of them; the earliest among equals."""
    width = longest - min(_BEFORE, longest // 3)
    best, most = 0, 0
    for first, _ in marks:
        count = sum(1 for other, _ in marks if first <= other < first + width)
        if count > most:
            best, most = first, count
    return best


def _apart(places: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The places in order, those that touch or overlap joined."""
    joined: list[tuple[int, int]] = []
    for begin, stop in sorted(places):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((begin, stop))
    return tuple(joined)
