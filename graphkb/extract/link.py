r"""Addresses in the text, and what they lead to.

Copied abstracts spoil addresses: ``https: //``, ``https://x.org/{here}`` or ``\url{…}``. What is
recognised is written down as the text has it, trailing punctuation stripped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from graphkb.model.reading import Link

if TYPE_CHECKING:
    from graphkb.extract.sentences import Document, Sentence

__all__ = ["links"]

_URL = re.compile(
    r"(?:https?:\s?//\s?|(?<![\w@./])www\.)[^\s<>\"\u201c\u201d|\\^`{}]{3,400}"
    r"|(?<![\w@./-])(?:github\.com|gitlab\.com|bitbucket\.org|huggingface\.co|"
    r"hf\.co)/[^\s<>\"\u201c\u201d|\\^`{}]{3,400}"
    r"|(?<![\w@./-])[a-z0-9][a-z0-9-]{0,60}\.github\.io(?:/[^\s<>\"\u201c\u201d|\\^`{}]{0,400})?",
    re.IGNORECASE,
)
_MARKS = ("/", "www.", ".github.io")
_TRAILING = ".,;:!?'\u2019*"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# An account's page or a collection is no repository.
_REPOSITORY = re.compile(
    r"(?:https?:\s?//\s?)?(?:www\.)?(?:"
    r"(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com)/(?!orgs/)[\w.-]+/[\w.-]+"
    r"|(?:huggingface\.co|hf\.co)/(?!(?:papers|blog|docs|learn|posts|join|collections|"
    r"organizations)\b)"
    r"(?:datasets/|spaces/|models/)?[\w.-]+/[\w.-]+"
    r"|anonymous\.4open\.science/r/[\w.-]+)",
    re.IGNORECASE,
)


def links(document: Document) -> tuple[Link, ...]:
    """Find the addresses in a title and abstract.

    Parameters
    ----------
    document : Document
        The split text.

    Returns
    -------
    tuple of Link
        In the text's order, each address once.

    Examples
    --------
    >>> from graphkb.extract.sentences import Document
    >>> text = "Code: (https://github.com/a/b). Page: https://a.github.io/b/."
    >>> [(link.url, link.kind) for link in links(Document.of("", text))]
    [('https://github.com/a/b', 'repository'), ('https://a.github.io/b/', 'page')]
    """
    found: dict[str, Link] = {}
    for field in ("title", "abstract"):
        text = document.title if field == "title" else document.abstract
        lower = text.lower()
        # Looking for what every address has costs less than searching for one.
        if not any(mark in lower for mark in _MARKS):
            continue
        for match in _URL.finditer(text):
            begin, stop = match.start(), _stop(text, match.start(), match.end())
            url = text[begin:stop]
            if len(url) < 8 or "." not in url:
                continue
            key = url.rstrip("/").casefold()
            if key in found:
                continue
            sentence = _sentence(document, field, begin)
            kind, rule = _kind(url)
            found[key] = Link(
                url,
                kind,
                sentence.field,
                begin,
                stop,
                rule,
                990,
                sentence.span,
            )
    return tuple(found.values())


def _kind(url: str) -> tuple[Literal["repository", "page"], str]:
    if _REPOSITORY.match(url):
        return "repository", "link:repository"
    return "page", "link:page"


def _stop(text: str, begin: int, stop: int) -> int:
    """Strip punctuation and brackets that the address does not open itself."""
    while stop > begin:
        last = text[stop - 1]
        if last in _TRAILING:
            stop -= 1
        elif last in _PAIRS:
            inside = text[begin:stop]
            if inside.count(_PAIRS[last]) >= inside.count(last):
                return stop
            stop -= 1
        else:
            inside = text[begin:stop]
            # "https://x.org)and" and "https://x.org).": an unopened bracket ends the address.
            cut = _unopened(inside)
            if cut is None:
                return stop
            stop = begin + cut
    return stop


def _unopened(url: str) -> int | None:
    depth: list[str] = []
    for at, character in enumerate(url):
        if character in "([{":
            depth.append(character)
        elif character in _PAIRS:
            if not depth:
                return at
            depth.pop()
    return None


def _sentence(document: Document, field: str, begin: int) -> Sentence:
    for sentence in document.sentences:
        if sentence.field == field and sentence.begin <= begin < sentence.stop:
            return sentence
    return document.sentences[-1]
