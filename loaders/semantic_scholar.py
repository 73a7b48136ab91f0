"""``semantic-scholar``: papers as the Semantic Scholar Graph API describes them.

Read: a paper, an answer of the search (``{"data": [...]}``), a list of papers, or a paper a line.
Kept: title, abstract, authors, affiliations, the date, where it appeared, pages, DOI, arXiv and
DBLP identifiers; of the papers that it cites and that cite it, their identifiers, titles and
dates, each as a record of a cited work (``stub``), of which one that cites says so. Those that no
identifier is given of are counted once. Not kept: counts, fields of study, embeddings, the
service's own summary (``tldr``). The key is the ``paperId``; of a cited work its best identifier
behind ``cited:``, so that a paper of the source may be a cited work of another one.

Live: ``semantic-scholar:ARXIV:2402.03300,DOI:10.1093/mind/lix.236.433`` with the identifiers that
the API takes. Both directions are fetched, of the citing papers the 9,000 that the API gives.
A key from SEMANTIC_SCHOLAR_API_KEY allows one request a second of one's own; without one everybody
shares a pool.

References
----------
https://api.semanticscholar.org/api-docs/graph, https://www.semanticscholar.org/product/api
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import Uncited, answered_object, json_records
from msgspec import structs

from graphkb.errors import InputError, NotFoundError
from graphkb.model.identifier import arxiv_from_doi, arxiv_id, doi
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.service import CONTACT, ApiKey, Live, Service, Web
from graphkb.model.source import Notice, Skipped, SourceInput, Yield, loader
from graphkb.model.text import clean_text

__all__ = ["described", "identifiers", "semantic_scholar"]

KEY = ApiKey(
    "SEMANTIC_SCHOLAR_API_KEY",
    header="x-api-key",
    page="https://www.semanticscholar.org/product/api",
)
SERVICE = Service(
    "Semantic Scholar", "https://api.semanticscholar.org/graph/v1", "json", interval=1.0, key=KEY
)

_UNDER = ("data",)
_BRIEF = "externalIds,title,year,publicationDate"
_FIELDS = f"{_BRIEF},abstract,venue,publicationVenue,journal,authors.name,authors.affiliations"
_PAGE = 1000
# The API gives no more citations than offset + limit < 10,000 reach.
_MOST = 9000
_ASKED = re.compile(
    r"[0-9a-f]{40}|(?:CorpusId|MAG|PMID|PMCID):[0-9]+|(?:DOI|ARXIV|ACL|URL):[^\s\x00-\x1f]+",
    re.IGNORECASE,
)


def _recognise(_name: str, head: str) -> bool:
    return "paperId" in next(first_objects(head, _UNDER), {})


def _ask(argument: str, web: Web) -> SourceInput:
    papers: list[dict[str, Any]] = []
    remarks: list[Skipped | Notice] = []
    for written in dict.fromkeys(part.strip() for part in argument.split(",")):
        path = f"/paper/{quote(_asked(written), safe=':/')}"
        try:
            paper = answered_object(web.get(path, {"fields": _FIELDS}), SERVICE.name, written)
        except NotFoundError as error:
            remarks.append(Skipped(written, error.what))
            continue
        for name, member in (("references", "citedPaper"), ("citations", "citingPaper")):
            paper[name], more = _linked(web, f"{path}/{name}", member)
            if more:
                remarks.append(Notice(written, f"only the first {_MOST:,} {name} can be had"))
        papers.append(paper)
    text = "\n".join(json.dumps(paper) for paper in papers)
    return SourceInput(argument, text or "[]", remarks=tuple(remarks))


def _asked(written: str) -> str:
    if _ASKED.fullmatch(written):
        return written
    if identifier := arxiv_id(written):
        return f"ARXIV:{identifier}"
    if identifier := doi(written):
        return f"DOI:{identifier}"
    raise InputError(
        f"{written[:60]!r} is no identifier that Semantic Scholar takes",
        where="semantic-scholar",
        remedy="write ARXIV:2402.03300, DOI:10.1093/…, CorpusId:… or the paperId of 40 digits",
    )


def _linked(web: Web, path: str, member: str) -> tuple[list[Any], bool]:
    found: list[Any] = []
    offset: object = 0
    while isinstance(offset, int) and offset < _MOST:
        page = {"fields": _BRIEF, "offset": str(offset), "limit": str(_PAGE)}
        answer = answered_object(web.get(path, page), SERVICE.name, path)
        data = answer.get("data")
        # A publisher may forbid the service to show references: null.
        found += [link.get(member) for link in data or [] if isinstance(link, dict)]
        following = answer.get("next")
        # A service that stands still must not hold us for ever.
        offset = following if isinstance(following, int) and following > offset else None
    return found, offset is not None


@loader(
    "semantic-scholar",
    title="Papers of the Semantic Scholar Graph API, with what they cite and what cites them",
    recognise=_recognise,
    options=(CONTACT,),
    scheme="semantic-scholar",
    live=Live(SERVICE, _ask),
    example="semantic-scholar:ARXIV:2402.03300",
    shared=True,
)
def semantic_scholar(source: SourceInput) -> Iterator[Yield]:
    """Read papers.

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
    >>> paper = (
    ...     '{"paperId": "ab12", "title": "On Kites", "externalIds": {"ArXiv": "2401.00001"},'
    ...     ' "citations": [{"paperId": "cd34", "title": "After Kites"}]}'
    ... )
    >>> record, citing = semantic_scholar.read(SourceInput("paper.json", paper))
    >>> record.key, record.arxiv
    ('ab12', '2401.00001')
    >>> citing.stub, citing.title, citing.references
    (True, 'After Kites', ('arxiv:2401.00001',))
    """
    told: list[PaperRecord] = []
    uncited = Uncited("identifier")
    for found in json_records(source, partial(_record, told, uncited), _UNDER, "each paper is one"):
        yield found
        # One that several papers cite is told of several times: whoever reads unites them.
        yield from told
        told.clear()
    yield from uncited.notices()


def _record(
    told: list[PaperRecord], uncited: Uncited, paper: dict[str, Any], notices: list[str]
) -> PaperRecord:
    key = field.bare_id(field.text(paper, "paperId") or "")
    if key is None:
        raise WrongTypeError("no paper: it has no paperId")
    cited = _works(paper, "references", uncited)
    citing = _works(paper, "citations", uncited)
    record = PaperRecord(
        key=key,
        **described(paper, key, "publicationDate", notices),
        **_identifiers(paper, notices),
        organizations=_affiliations(field.nested_list(paper, "authors")),
        references=tuple(_best_id(work) for work in cited),
    )
    told += cited
    told += (structs.replace(work, references=(_best_id(record),)) for work in citing)
    return record


def described(paper: dict[str, Any], key: str, date: str, notices: list[str]) -> dict[str, Any]:
    """Return what is said of a paper beside its identifiers, by the fields of a record.

    Parameters
    ----------
    paper : dict
        As the service has it.
    key : str
        The service's own identifier of it.
    date : str
        The key under which its day stands.
    notices : list of str
        Takes what is left out.

    Returns
    -------
    dict
        Title, abstract, authors, day, venue and pages.

    Raises
    ------
    WrongTypeError
        It has no title, or something of it is of another type.
    """
    title = field.line(paper, "title", notices)
    if not title:
        raise WrongTypeError(f"paper {key} has no title")
    named = (clean_text(field.text(a, "name") or "") for a in field.nested_list(paper, "authors"))
    journal = field.nested(paper, "journal")
    return {
        "title": title,
        "abstract": field.line(paper, "abstract", notices) or "",
        "authors": tuple(AuthorName(name) for name in named if name),
        "published": field.published(paper, date, "year", notices),
        "venue": (
            field.line(paper, "venue", notices)
            or field.line(field.nested(paper, "publicationVenue"), "name", notices)
            or field.line(journal, "name", notices)
        ),
        "pages": field.line(journal, "pages", notices),
    }


def _identifiers(paper: dict[str, Any], notices: list[str]) -> dict[str, Any]:
    """The identifiers that the service has of a paper."""
    own = field.bare_id(field.text(paper, "paperId") or "")
    return identifiers(own, field.nested(paper, "externalIds"), notices)


def identifiers(own: str | None, stated: dict[str, Any], notices: list[str]) -> dict[str, Any]:
    """Return the identifiers of a paper by the fields of a record.

    Parameters
    ----------
    own : str or None
        The service's own.
    stated : dict
        Others, by catalogue.
    notices : list of str
        Takes what is left out.

    Returns
    -------
    dict
        Of those of ``s2``, ``arxiv``, ``doi`` and ``dblp`` that are known.
    """
    found: dict[str, Any] = {"s2": own} if own else {}
    if (written := field.text(stated, "ArXiv")) and (identifier := arxiv_id(written)):
        found["arxiv"] = identifier
    elif written:
        notices.append(f"{written[:60]!r} is no arXiv identifier; left out")
    if (written := field.text(stated, "DOI")) and (identifier := doi(written)):
        found["doi"] = identifier
        if of_arxiv := arxiv_from_doi(identifier):
            found.setdefault("arxiv", of_arxiv)
    elif written:
        notices.append(f"{written[:80]!r} is no DOI; left out")
    if (written := field.text(stated, "DBLP")) and (identifier := field.bare_id(written)):
        found["dblp"] = identifier
    return found


def _best_id(record: PaperRecord) -> str:
    """The id by which a record is cited."""
    schemes = ("arxiv", "doi", "s2", "dblp")
    return next(f"{s}:{value}" for s in schemes if (value := getattr(record, s)))


def _works(paper: dict[str, Any], name: str, uncited: Uncited) -> tuple[PaperRecord, ...]:
    """The cited or citing papers, each once, by what is told of them."""
    found: dict[str, PaperRecord] = {}
    without = 0
    for linked in field.nested_list(paper, name):
        known = _identifiers(linked, [])
        if not known:
            without += 1
            continue
        dated = field.published(linked, "publicationDate", "year", [])
        bare = PaperRecord(key="", title="", **known, published=dated, stub=True)
        id_ = _best_id(bare)
        title = field.line(linked, "title", []) or id_
        found.setdefault(id_, structs.replace(bare, key=f"cited:{id_}", title=title))
    uncited.add(without)
    return tuple(found.values())


def _affiliations(authors: Iterable[dict[str, Any]]) -> tuple[Organization, ...]:
    found: dict[str, None] = {}
    for author in authors:
        stated = author.get("affiliations")
        for member in stated if isinstance(stated, list) else ():
            if isinstance(member, str) and (name := clean_text(member)):
                found[name] = None
    return tuple(map(Organization, found))
