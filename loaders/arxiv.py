"""``arxiv``: an Atom feed as the arXiv API answers it.

Kept of each entry: identifier (without its version), title, abstract, authors, affiliations where
they are stated, the day of the first version, the DOI and the reference to the journal. Not kept:
categories, comments, later versions' days. The key is the arXiv identifier.

The feed is read by defusedxml, an entry at a time: it refuses entities and document types, which
no such feed has. feedparser, made for feeds of every kind, would take titles for HTML, where
``a < b`` is a broken tag.

Live: ``arxiv:2402.03300,2203.02155``, or ``arxiv:search_query=cat:cs.LG AND ti:kite`` with the
API's own parameters behind it: ``&sortBy=submittedDate&max_results=200``. Without ``max_results``,
100 papers are fetched. arXiv asks for three seconds between requests.

References
----------
https://info.arxiv.org/help/api/user-manual.html, https://info.arxiv.org/help/api/tou.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from graphkb.errors import InputError
from graphkb.model.date import iso_date
from graphkb.model.identifier import arxiv_id, doi
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.service import CONTACT, Live, Service, Web
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["arxiv"]

SERVICE = Service("arXiv", "https://export.arxiv.org", "xml", interval=3.0)

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_TOTAL_TEXT = re.compile(r"totalResults[^>]*>\s*([0-9]+)\s*<")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_ERROR = "/api/errors"
_PAGE = 100
_DEFAULT = 100
_MOST = 30_000
_TAKEN = {"search_query", "start", "max_results", "sortBy", "sortOrder"}


def _recognise(_name: str, head: str) -> bool:
    start = head.lstrip()
    return start.startswith("<") and "http://www.w3.org/2005/Atom" in start and "arxiv.org" in start


def _ask(argument: str, web: Web) -> SourceInput:
    if argument.startswith("search_query"):
        return _searched(argument, web)
    wanted: dict[str, None] = {}
    for written in argument.split(","):
        identifier = arxiv_id(written)
        if identifier is None:
            raise InputError(
                f"{written.strip()[:60]!r} is no arXiv identifier",
                where="arxiv",
                remedy="write arxiv:2402.03300,2203.02155 or arxiv:search_query=all:kite",
            )
        wanted[identifier] = None
    identifiers = list(wanted)
    feeds = [
        web.get("/api/query", {"id_list": ",".join(page), "max_results": str(len(page))})
        for page in (identifiers[at : at + _PAGE] for at in range(0, len(identifiers), _PAGE))
    ]
    joined = _joined(argument, feeds)
    known = {record.key for record in arxiv.read(joined) if isinstance(record, PaperRecord)}
    lacking = [
        Skipped(f"arxiv:{identifier}", "arXiv knows no such paper")
        for identifier in identifiers
        if identifier not in known
    ]
    return SourceInput(argument, joined.content, remarks=tuple(lacking))


def _searched(argument: str, web: Web) -> SourceInput:
    parameters = dict(parse_qsl(argument, keep_blank_values=True))
    query = parameters.get("search_query", "").strip()
    if not query or (unknown := parameters.keys() - _TAKEN):
        what = f"{min(unknown)!r} is none of its parameters" if query else "it has no query"
        raise InputError(
            f"arXiv cannot be searched so: {what}",
            where="arxiv",
            remedy=f"write arxiv:search_query=all:kite; parameters: {', '.join(sorted(_TAKEN))}",
        )
    first = _number(parameters, "start", 0)
    most = _number(parameters, "max_results", _DEFAULT)
    feeds: list[str] = []
    total = most
    for at in range(0, most, _PAGE):
        if at and first + at >= total:
            break
        page = {"start": str(first + at), "max_results": str(min(_PAGE, most - at))}
        feeds.append(web.get("/api/query", {**parameters, **page}))
        found = _TOTAL_TEXT.search(feeds[-1])
        total = int(found[1]) if found else total
    remarks: tuple[Notice, ...] = ()
    if first + most < total:
        what = f"arXiv finds {total:,} papers, of which {most:,} are taken"
        remarks = (Notice("", f"{what}: ask for more with &max_results=N in the scheme"),)
    return SourceInput(argument, _joined(argument, feeds).content, remarks=remarks)


def _number(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(name, str(default))
    if not text.isdecimal() or int(text) > _MOST or (name == "max_results" and int(text) == 0):
        raise InputError(
            f"{name} is {text[:20]!r}",
            where="arxiv",
            remedy=f"give a number up to {_MOST}, which is the most that arXiv gives",
        )
    return int(text)


def _joined(name: str, feeds: Sequence[str]) -> SourceInput:
    """One document out of several feeds."""
    return SourceInput(name, f"<feeds>{''.join(_DECLARATION.sub('', f) for f in feeds)}</feeds>")


@loader(
    "arxiv",
    title="An Atom feed of the arXiv API",
    recognise=_recognise,
    options=(CONTACT,),
    scheme="arxiv",
    live=Live(SERVICE, _ask),
    example="arxiv:2402.03300",
)
def arxiv(source: SourceInput) -> Iterator[Yield]:
    """Read the entries of a feed.

    Parameters
    ----------
    source : SourceInput
        Atom.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers in their order, and what was left out.

    Raises
    ------
    InputError
        It is no well-formed XML, or declares entities.

    Examples
    --------
    >>> feed = (
    ...     '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
    ...     "<id>http://arxiv.org/abs/2401.00001v2</id><title>On Kites</title></entry></feed>"
    ... )
    >>> [record] = arxiv.read(SourceInput("feed.xml", feed))
    >>> record.key, record.title
    ('2401.00001', 'On Kites')
    """
    for number, entry in enumerate(_entries(source), 1):
        yield from _of_entry(f"entry {number}", entry)


def _entries(source: SourceInput) -> Iterator[Element]:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    with source.binary() as stream:
        try:
            above: list[Element] = []
            for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
                if event == "start":
                    above.append(element)
                    continue
                above.pop()
                if element.tag == f"{_ATOM}entry":
                    yield element
                    # What was read is dropped, so that a long feed takes no more memory.
                    if above:
                        above[-1].remove(element)
        except ParseError as error:
            raise InputError(
                f"the XML is broken ({error.msg})",
                where=f"{source.name}:{error.position[0]}",
                remedy="fetch or copy it again, whole",
            ) from None
        except DefusedXmlException as error:
            raise InputError(
                f"the XML declares what no feed needs ({type(error).__name__})",
                where=source.name,
                remedy="load the feed as arXiv sent it",
            ) from None
        except (LookupError, ValueError) as error:
            raise InputError(
                f"its encoding cannot be read ({error})",
                where=source.name,
                remedy="convert it to UTF-8, and say so in its first line",
            ) from None


def _of_entry(place: str, entry: Element) -> Iterator[Yield]:
    written = _text(entry, "id")
    title = _text(entry, "title")
    if _ERROR in written:
        yield Skipped(place, f"arXiv reports an error: {_text(entry, 'summary')[:200]}")
        return
    identifier = arxiv_id(written)
    if identifier is None:
        yield Skipped(place, f"its id {written[:80]!r} is no arXiv identifier")
        return
    if not title:
        yield Skipped(place, f"paper {identifier} has no title")
        return
    published = _text(entry, "published")
    day = iso_date(published) if published else None
    if published and day is None:
        yield Notice(place, f"the date {published[:40]!r} does not exist; left out")
    stated = _text(entry, "doi", _ARXIV)
    # A paper that appeared twice has two DOIs in one field.
    dois = [found for part in stated.split() if (found := doi(part))]
    if stated and not dois:
        yield Notice(place, f"{stated[:80]!r} is no DOI; left out")
    authors = [
        (name, [clean_text(a.text or "") for a in author.iterfind(f"{_ARXIV}affiliation")])
        for author in entry.iterfind(f"{_ATOM}author")
        if (name := _text(author, "name"))
    ]
    places = dict.fromkeys(place for _, stated in authors for place in stated if place)
    yield PaperRecord(
        key=identifier,
        title=title,
        abstract=_text(entry, "summary"),
        arxiv=identifier,
        doi=dois[0] if dois else None,
        authors=tuple(AuthorName(name) for name, _ in authors),
        organizations=tuple(map(Organization, places)),
        published=day,
        venue=_text(entry, "journal_ref", _ARXIV) or None,
    )


def _text(element: Element, name: str, space: str = _ATOM) -> str:
    return clean_text(element.findtext(f"{space}{name}") or "")
