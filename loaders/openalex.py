"""``openalex``: works as the OpenAlex API and its dumps describe them.

Read: a work, an answer (``{"results": [...]}``), a list of works, or a work a line. Kept: title,
abstract (put together from its inverted index), authors with ORCID, their institutions, the date,
where it appeared, pages, DOI, the arXiv identifier where one of its places is arXiv, and the works
that it cites, by their OpenAlex ids. Not kept: topics, counts, places other than the first, and
front matter (``is_paratext``). The key is the bare OpenAlex id, ``W2741809807``.

OpenAlex writes 1 January where it knows the year alone, so that day counts as its year.

Live: ``openalex:W2741809807,W2100837269``, or a filter with the API's own parameters:
``openalex:filter=cites:W2741809807&sort=publication_date&limit=500``, or ``openalex:search=kite``;
without ``limit``, 200 works. The key, which the service asks for since February 2026, comes from
OPENALEX_API_KEY. It allows 100 requests a second; ten are made at most.

References
----------
https://developers.openalex.org/api-reference/works, https://docs.openalex.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, quote

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import answered_object, json_records
from graphkb.loaders.markup import plain_text

from graphkb.errors import InputError, NotFoundError
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi, orcid
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.service import CONTACT, ApiKey, Live, Service, Web
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["openalex"]

KEY = ApiKey("OPENALEX_API_KEY", parameter="api_key", page="https://openalex.org/settings/api")
SERVICE = Service("OpenAlex", "https://api.openalex.org", "json", interval=0.1, key=KEY)

_UNDER = ("results",)
_TELLING = {"abstract_inverted_index", "authorships", "referenced_works"}
_ID = re.compile(r"(?:https?://(?:api\.)?openalex\.org/(?:works/)?)?(W[0-9]{1,12})", re.IGNORECASE)
_PAGE = 100
_DEFAULT = 200
_MOST = 100_000
_TAKEN = {"filter", "limit", "search", "sort"}
# No abstract has more words; a position of a billion would take a list of that length.
_MOST_WORDS = 100_000


def _recognise(_name: str, head: str) -> bool:
    first = next(first_objects(head, _UNDER), {})
    id_ = first.get("id")
    return isinstance(id_, str) and _bare(id_) is not None and not _TELLING.isdisjoint(first)


def _ask(argument: str, web: Web) -> SourceInput:
    works: list[Any] = []
    remarks: list[Skipped | Notice] = []
    if "=" in argument:
        works, remarks = _filtered(argument, web)
    else:
        for written in dict.fromkeys(part.strip() for part in argument.split(",")):
            path = f"/works/{_address(written)}"
            try:
                works.append(answered_object(web.get(path), SERVICE.name, written))
            except NotFoundError as error:
                remarks.append(Skipped(written, error.what))
    text = "\n".join(json.dumps(work) for work in works)
    return SourceInput(argument, text or "[]", remarks=tuple(remarks))


def _address(written: str) -> str:
    """The id as the service's path takes it."""
    if bare := _bare(written):
        return bare
    if found := doi(written):
        return f"doi:{quote(found, safe='/')}"
    raise InputError(
        f"{written[:60]!r} is no OpenAlex id and no DOI",
        where="openalex",
        remedy="write openalex:W2741809807, openalex:filter=… or openalex:search=…",
    )


def _filtered(argument: str, web: Web) -> tuple[list[Any], list[Skipped | Notice]]:
    parameters = dict(parse_qsl(argument, keep_blank_values=True))
    if unknown := parameters.keys() - _TAKEN:
        raise InputError(
            f"{min(unknown)!r} is no parameter of a search",
            where="openalex",
            remedy=f"parameters: {', '.join(sorted(_TAKEN))}",
        )
    limit = parameters.pop("limit", str(_DEFAULT))
    if not limit.isdecimal() or not 1 <= int(limit) <= _MOST:
        raise InputError(
            f"limit is {limit[:20]!r}", where="openalex", remedy=f"give a number up to {_MOST}"
        )
    most = int(limit)
    found: list[Any] = []
    total = 0
    cursor: object = "*"
    while isinstance(cursor, str) and cursor and len(found) < most:
        page = {"per_page": str(min(_PAGE, most)), "cursor": cursor}
        answer = answered_object(web.get("/works", {**parameters, **page}), SERVICE.name, argument)
        results = answer.get("results")
        meta = answer.get("meta")
        if not isinstance(results, list) or not isinstance(meta, dict):
            raise InputError("OpenAlex answers no list of works", remedy="try again later")
        found += results
        count = meta.get("count")
        total = count if isinstance(count, int) else len(found)
        cursor = meta.get("next_cursor") if results else None
    if total > most:
        what = f"OpenAlex finds {total:,} works, of which {most:,} are taken"
        return found[:most], [Notice("", f"{what}: ask for more with &limit=N in the scheme")]
    return found, []


@loader(
    "openalex",
    title="Works of the OpenAlex API or of its dumps",
    recognise=_recognise,
    options=(CONTACT,),
    scheme="openalex",
    live=Live(SERVICE, _ask),
    example="openalex:W2741809807",
    shared=True,
)
def openalex(source: SourceInput) -> Iterator[Yield]:
    """Read works.

    Parameters
    ----------
    source : SourceInput
        JSON lines, an array, or an answer.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers in their order, and what was left out.

    Raises
    ------
    InputError
        It is empty, or no JSON.

    Examples
    --------
    >>> work = (
    ...     '{"id": "https://openalex.org/W1", "title": "On Kites",'
    ...     ' "abstract_inverted_index": {"fly.": [1], "Kites": [0]}}'
    ... )
    >>> [record] = openalex.read(SourceInput("works.jsonl", work))
    >>> record.key, record.abstract
    ('W1', 'Kites fly.')
    """
    yield from json_records(source, _record, _UNDER, "each work is one")


def _record(work: dict[str, Any], notices: list[str]) -> PaperRecord:
    key = _bare(field.text(work, "id") or "")
    if key is None:
        raise WrongTypeError(f"no work: {work.get('id')!r:.80} is no OpenAlex id")
    if work.get("is_paratext") is True:
        raise WrongTypeError(f"{key} is front matter, no paper")
    title = plain_text(field.text(work, "title") or field.text(work, "display_name") or "")
    if not title:
        raise WrongTypeError(f"work {key} has no title")
    if work.get("is_authors_truncated") is True:
        notices.append(f"OpenAlex gives only the first authors of {key}")
    written = field.text(work, "doi")
    published_doi = doi(written) if written else None
    if written and published_doi is None:
        notices.append(f"{written[:80]!r} is no DOI; left out")
    authorships = field.nested_list(work, "authorships")
    place = field.nested(work, "primary_location")
    return PaperRecord(
        key=key,
        title=title,
        abstract=_abstract(work, notices),
        arxiv=_arxiv(work, published_doi),
        doi=published_doi,
        openalex=key,
        authors=tuple(a for ship in authorships if (a := _author(ship, notices))),
        organizations=_institutions(authorships),
        published=_date(work, notices),
        venue=field.line(field.nested(place, "source"), "display_name", notices),
        pages=_pages(field.nested(work, "biblio"), notices),
        references=_cited(work, notices),
    )


def _bare(id_: str) -> str | None:
    found = _ID.fullmatch(id_.strip())
    return found[1].upper() if found else None


def _abstract(work: dict[str, Any], notices: list[str]) -> str:
    """Put the words of an inverted index in their places."""
    words: dict[int, str] = {}
    for word, positions in field.nested(work, "abstract_inverted_index").items():
        if not isinstance(positions, list):
            raise WrongTypeError("'abstract_inverted_index' holds what is no list of positions")
        for position in positions:
            if type(position) is not int or not 0 <= position < _MOST_WORDS:
                raise WrongTypeError(f"'abstract_inverted_index' has a position {position!r:.40}")
            words[position] = word
    if words and len(words) <= max(words):
        notices.append(f"the abstract lacks {max(words) + 1 - len(words)} of its words")
    return plain_text(" ".join(words[position] for position in sorted(words)))


def _arxiv(work: dict[str, Any], published_doi: str | None) -> str | None:
    if published_doi and (found := arxiv_from_doi(published_doi)):
        return found
    places = field.nested_list(work, "locations") or [field.nested(work, "primary_location")]
    pages = (field.text(place, "landing_page_url") or "" for place in places)
    ids = {arxiv_id(page) or arxiv_from_doi(page) for page in pages if "arxiv" in page.lower()}
    ids.discard(None)
    return ids.pop() if len(ids) == 1 else None


def _author(authorship: dict[str, Any], notices: list[str]) -> AuthorName | None:
    author = field.nested(authorship, "author")
    name = clean_text(
        field.text(author, "display_name") or field.text(authorship, "raw_author_name") or ""
    )
    if not name:
        return None
    written = field.text(author, "orcid")
    known = orcid(written) if written else None
    if written and known is None:
        notices.append(f"{written[:60]!r} is no ORCID; left out")
    return AuthorName(name, known)


def _institutions(authorships: list[dict[str, Any]]) -> tuple[Organization, ...]:
    names = (
        clean_text(field.text(institution, "display_name") or "")
        for authorship in authorships
        for institution in field.nested_list(authorship, "institutions")
    )
    return tuple(Organization(name) for name in dict.fromkeys(names) if name)


def _date(work: dict[str, Any], notices: list[str]) -> str | None:
    day = field.published(work, "publication_date", "publication_year", notices)
    return day[:4] if day and day.endswith("-01-01") else day


def _pages(biblio: dict[str, Any], notices: list[str]) -> str | None:
    first, last = (field.line(biblio, name, notices) for name in ("first_page", "last_page"))
    return f"{first}-{last}" if first and last and first != last else first or last


def _cited(work: dict[str, Any], notices: list[str]) -> tuple[str, ...]:
    if work.get("referenced_works") is None:
        return ()
    ids = field.each(_bare, "OpenAlex id")(work, "referenced_works", notices)
    return tuple(f"openalex:{id_}" for id_ in ids)
