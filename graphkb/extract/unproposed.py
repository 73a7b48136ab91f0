"""What looks like a name or a figure, and that neither a rule nor a learned part proposed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from graphkb.extract.explanation import Explanation
from graphkb.extract.shape import is_generic, shape
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphkb.extract.sentences import Document, Sentence
    from graphkb.model.reading import Reading

__all__ = ["unproposed"]

_FIGURE = re.compile(
    r"(?<![\w.])[-+~]?\d+(?:[.,]\d+)*\s?(?:%|x\b|\u00d7|points?\b|times\b|(?![\w^]))"
)
_NAMELIKE = ("camel", "acronym", "digit", "part")


def unproposed(document: Document, reading: Reading) -> Iterator[Explanation]:
    """Explain what is no part of a reading, though its spelling asks for it.

    Parameters
    ----------
    document : Document
        The split text.
    reading : Reading
        Everything that was found in it, sure or not.

    Yields
    ------
    Explanation
        Without confidence: nothing judged these.
    """
    spelled = {
        name_key(spelling)
        for e in reading.entities
        for spelling in (e.name, e.surface, e.long or "", *e.aliases)
    }
    # A part of a longer name that was found is explained with that one.
    known = " ".join(sorted(spelled))
    spans: list[tuple[str, int, int]] = []
    for claims in (reading.entities, reading.tasks, reading.results, reading.links):
        spans.extend((claim.field, claim.begin, claim.stop) for claim in claims)
    for sentence in document.sentences:
        for token in sentence.tokens:
            text = token.text
            if text[0].isdigit() or shape(text) not in _NAMELIKE or name_key(text) in known:
                continue
            why = "refused: too general a name" if is_generic(text) else "no rule proposes it"
            yield _refused("name", why, text, (token.begin, token.stop), sentence)
        for figure in _FIGURE.finditer(sentence.plain):
            begin, stop = figure.start() + sentence.begin, figure.end() + sentence.begin
            if any(f == sentence.field and b < stop and begin < s for f, b, s in spans):
                continue
            why = "no rule takes this figure for a result"
            yield _refused("result", why, figure.group().strip(), (begin, stop), sentence)


def _refused(
    what: Literal["name", "result"],
    why: str,
    text: str,
    span: tuple[int, int],
    sentence: Sentence,
) -> Explanation:
    group = "results" if what == "result" else "names"
    return Explanation(
        what, group, text, False, why, None, None, None, (), sentence.field, *span, sentence.span
    )
