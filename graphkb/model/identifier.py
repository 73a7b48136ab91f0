"""Identifiers of papers and repositories: every spelling of one thing gives one id.

Each function takes text that is meant to be one identifier (a field of a source, a URL) and
returns the normalised identifier, or ``None`` where the text is none. None of them raises, none
reaches for the network, and a normalised identifier normalises to itself.

References
----------
arXiv: https://info.arxiv.org/help/arxiv_identifier.html. DOI: https://www.doi.org/doi-handbook/.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from graphkb.model.code_host import Repository, repository

__all__ = [
    "Repository",
    "arxiv_from_doi",
    "arxiv_id",
    "arxiv_month",
    "doi",
    "orcid",
    "repository",
    "web_url",
]

# Longer than any identifier; hostile text may be long enough to make the trimming slow.
_LONGEST = 2048
_OPENING = {")": "(", "]": "[", "}": "{", ">": "<"}
_ENDING = ".,;:!?'\"`*\u2018\u2019\u201c\u201d\u2026"
_NOT_IN_URL = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
                         r"\ud800-\udfff\\]")  # fmt: skip

_ARXIV_URL = re.compile(
    r"""(?:https?:)?(?://)?(?:[a-z0-9-]+\.)*
    (?: arxiv\.org / (?:abs|pdf|html|format|ps|e-print|src|list|a)
      | alphaxiv\.org / (?:[a-z]{2}/)? (?:abs|pdf|html|overview|resources)
      | ar5iv\.org / (?:abs|html|pdf)
      | (?:huggingface\.co|hf\.co) / papers
      | semanticscholar\.org / arxiv
    ) [/:] (?P<rest>[^?\#]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_ARXIV_PREFIX = re.compile(r"(?:oai:arxiv\.org:|arxiv\s*[:.]?\s*)(?P<rest>.*)", re.IGNORECASE)
_ARXIV_NEW = re.compile(r"([0-9]{2})([0-9]{2})\.([0-9]{4,5})(?:v[0-9]+)?", re.IGNORECASE)
# As most references spell it, which then need no further look.
_ARXIV_PLAIN = re.compile(r"(?:arxiv:)?" + _ARXIV_NEW.pattern, re.IGNORECASE)
# The archives that gave identifiers before April 2007, when the archive left the identifier.
_ARXIV_OLD = re.compile(
    r"""
    ( acc-phys | adap-org | alg-geom | ao-sci | astro-ph | atom-ph | bayes-an | chao-dyn | chem-ph
    | cmp-lg | comp-gas | cond-mat | cs | dg-ga | funct-an | gr-qc | hep-ex | hep-lat | hep-ph
    | hep-th | math | math-ph | mtrl-th | nlin | nucl-ex | nucl-th | patt-sol | physics | plasm-ph
    | q-alg | q-bio | quant-ph | solv-int | supr-con )
    (?: \. [a-z]{2} (?:-[a-z]+)? )?
    / ([0-9]{2}) ([0-9]{2}) ([0-9]{3}) (?: v[0-9]+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ARXIV_CATEGORY = re.compile(r"\s*\[[a-z.-]+\]$", re.IGNORECASE)

_DOI_URL = re.compile(
    r"(?:https?:)?(?://)?(?:(?:www\.|dx\.)?doi\.org/+(?:doi:)?"
    r"|[a-z0-9.-]+/doi/(?:(?:abs|full|pdf|epdf|pdfdirect|book|reader)/)?)(?P<rest>[^?#]*)",
    re.IGNORECASE,
)
_DOI_PREFIX = re.compile(r"(?:(?:info:|urn:)?doi\s*[:/]|doi\s+)\s*(?P<rest>.*)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x20\x7f-\xa0\ud800-\udfff\\]+")
_ARXIV_DOI = "10.48550/arxiv."

_ORCID = re.compile(
    r"(?:(?:https?://)?(?:www\.)?orcid\.org/|orcid:\s*)?"
    r"([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])/?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?|\[[0-9a-f:.]+\]")


def arxiv_id(text: str) -> str | None:
    """Return the arXiv identifier, without its version, that the text spells.

    Parameters
    ----------
    text : str
        An identifier of the new or old style, bare, with a prefix, or within a URL of arXiv or of
        a site that names papers by it.

    Returns
    -------
    str or None
        ``2402.03300`` or ``math/0309136``; ``None`` where the text is no such identifier, a month
        13 among them.

    Examples
    --------
    >>> arxiv_id("https://arxiv.org/abs/2402.03300v3"), arxiv_id("arXiv:math.GT/0309136")
    ('2402.03300', 'math/0309136')
    >>> arxiv_id("https://huggingface.co/papers/2402.03300"), arxiv_id("2413.00001")
    ('2402.03300', None)
    """
    if len(text) > _LONGEST:
        return None
    if plain := _ARXIV_PLAIN.fullmatch(text):
        return _new_style(plain)
    rest = _unquoted(_trimmed(text))
    if found := _ARXIV_URL.fullmatch(_before_query(rest)):
        rest = found["rest"].strip("/")
        rest = re.sub(r"\.(?:pdf|ps|html)$", "", rest, flags=re.IGNORECASE)
    if found := _ARXIV_PREFIX.fullmatch(rest):
        rest = found["rest"]
    rest = _trimmed(_ARXIV_CATEGORY.sub("", rest))
    if new := _ARXIV_NEW.fullmatch(rest):
        return _new_style(new)
    if old := _ARXIV_OLD.fullmatch(rest):
        archive, year, month, number = old.groups()
        dated = int(year) >= 91 or int(year + month) <= 703
        return f"{archive.lower()}/{year}{month}{number}" if dated and _month(month) else None
    return None


def doi(text: str) -> str | None:
    """Return the DOI that the text spells, in lower case.

    Parameters
    ----------
    text : str
        A DOI, bare, with a prefix, or within a URL of doi.org or of a publisher that has ``/doi/``
        in its path; percent-encoded or not; with or without trailing punctuation.

    Returns
    -------
    str or None
        ``10.1145/3292500.3330701``; ``None`` where the text is no DOI.

    Examples
    --------
    >>> doi("https://doi.org/10.1145%2F3292500.3330701"), doi("DOI: 10.1038/NATURE14236.")
    ('10.1145/3292500.3330701', '10.1038/nature14236')
    >>> doi("10.1016/S0140-6736(05)67889-4)"), doi("see section 10.2/3")
    ('10.1016/s0140-6736(05)67889-4', None)
    """
    return _doi(text) if len(text) <= _LONGEST else None


# Each is looked at several times: as what it is, as an arXiv id, and where it is cited.
@lru_cache(maxsize=16384)
def _doi(text: str) -> str | None:
    rest = text.strip().strip("<\"'").strip()
    if (found := _DOI_URL.match(rest)) or (found := _DOI_PREFIX.fullmatch(rest)):
        rest = found["rest"]
    # BibTeX files keep DOIs with LaTeX's underscore.
    rest = _trimmed(_unquoted(rest).replace("\\_", "_")).lower()
    return rest if _DOI.fullmatch(rest) else None


def arxiv_from_doi(text: str) -> str | None:
    """Return the arXiv identifier in one of arXiv's own DOIs.

    Parameters
    ----------
    text : str
        A DOI in any spelling that :func:`doi` takes.

    Returns
    -------
    str or None
        The arXiv identifier; ``None`` for every other DOI.

    Examples
    --------
    >>> arxiv_from_doi("https://doi.org/10.48550/arXiv.2402.03300")
    '2402.03300'
    >>> arxiv_from_doi("10.1038/nature14236") is None
    True
    """
    normalised = doi(text)
    if normalised is None or not normalised.startswith(_ARXIV_DOI):
        return None
    return arxiv_id(normalised.removeprefix(_ARXIV_DOI))


def arxiv_month(identifier: str) -> str | None:
    """Return the month in which arXiv gave an identifier of the new style.

    Parameters
    ----------
    identifier : str
        As :func:`arxiv_id` returns it.

    Returns
    -------
    str or None
        ``2025-08``; ``None`` for the old style.

    Examples
    --------
    >>> arxiv_month("2508.21113"), arxiv_month("math/0309136")
    ('2025-08', None)
    """
    found = _ARXIV_NEW.fullmatch(identifier)
    return f"20{found[1]}-{found[2]}" if found else None


def orcid(text: str) -> str | None:
    """Return the ORCID that the text spells.

    Parameters
    ----------
    text : str
        An ORCID, bare, with a prefix or as a URL.

    Returns
    -------
    str or None
        ``0000-0002-1825-0097``; ``None`` where the text is none or its check digit is wrong.

    Examples
    --------
    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    found = _ORCID.fullmatch(text.strip())
    if found is None:
        return None
    return _checked_orcid("".join(found.groups()).upper())


@lru_cache(maxsize=16384)
def _checked_orcid(digits: str) -> str | None:
    total = 0
    for digit in digits[:-1]:  # ISO 7064 MOD 11-2
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if digits[-1] != ("X" if check == 10 else str(check)):
        return None
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def web_url(text: str) -> str | None:
    """Return the text as a URL that may stand on a page, or ``None``.

    Parameters
    ----------
    text : str
        What a source gives as a URL.

    Returns
    -------
    str or None
        An ASCII URL with lower-case scheme and host; ``None`` for every scheme but http and https,
        for credentials in it, and for white space, control or direction characters in it.

    Examples
    --------
    >>> web_url(" HTTPS://Example.ORG/a b"), web_url("javascript:alert(1)")
    (None, None)
    >>> web_url("HTTPS://Example.ORG/Straße"), web_url("https://me:secret@example.org/")
    ('https://example.org/Stra%C3%9Fe', None)
    """
    text = text.strip(" \t\r\n")
    if _NOT_IN_URL.search(text):
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").lower()
        if not host.isascii():
            host = host.encode("idna").decode("ascii").lower()
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    if ":" in host:
        host = f"[{host}]"
    if not _HOST.fullmatch(host):
        return None
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]") if parts.query else ""
    fragment = "#" + quote(parts.fragment, safe="/%:@!$&'()*+,;=~-._?[]") if parts.fragment else ""
    at_port = "" if port is None else f":{port}"
    return f"{parts.scheme}://{host}{at_port}{path}{query}{fragment}"


def _month(digits: str) -> bool:
    return 1 <= int(digits) <= 12


def _new_style(found: re.Match[str]) -> str | None:
    """The identifier, if its month is one and its number is as long as they were then."""
    year, month, number = found.groups()
    # The style began in April 2007; numbers have five digits since January 2015.
    digits = 5 if int(year) >= 15 else 4
    real = _month(month) and int(year + month) >= 704 and len(number) == digits
    return f"{year}{month}.{number}" if real else None


def _before_query(text: str) -> str:
    return re.split(r"[?#]", text, maxsplit=1)[0]


def _unquoted(text: str) -> str:
    # To the end, so that what was encoded twice and what was encoded once are the same.
    while (decoded := unquote(text, errors="surrogateescape")) != text:
        text = decoded
    return text


def _trimmed(text: str) -> str:
    """Drop white space and the punctuation that prose puts around an identifier.

    A closing bracket goes only where its opening one is missing: DOIs end in brackets of their own.
    """
    text = text.strip().lstrip("<([{\"'\u201c\u2018")
    while text:
        last = text[-1]
        opening = _OPENING.get(last)
        unbalanced = opening is not None and text.count(last) > text.count(opening)
        if last.isspace() or last in _ENDING or unbalanced:
            text = text[:-1]
        else:
            break
    return text
