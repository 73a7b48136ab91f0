"""``semantic-scholar-datasets``: the bulk datasets of Semantic Scholar, an object a line.

Read: the files of the datasets ``papers``, ``abstracts`` and ``citations`` of a release, in any
order and each by itself; they are told apart by their fields. What they say of one paper comes
together by its corpus id, which is its ``s2`` identifier here: ``CorpusId:7``, as the Graph API
takes it. Kept: title, authors, date, venue, pages, DOI, arXiv and DBLP identifiers; abstracts; who
cites whom. Not kept: counts, fields of study, and the contexts and intents of citations. The key
is the corpus id; of what another dataset says of a paper that with ``abstract:`` or ``citing:``
before it. Papers of the Graph API go by their ``paperId``: these meet them by another identifier,
or by title.

An abstract or a citation delivers no paper: what no file of ``papers`` tells of is a paper that is
only cited. Other datasets of a release (``authors``, ``tldrs``, ``s2orc`` …) are not read.

References
----------
https://api.semanticscholar.org/api-docs/datasets;
R. Kinney et al.: The Semantic Scholar Open Data Platform. https://arxiv.org/abs/2301.10140
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import Uncited, json_records
from graphkb.loaders.semantic_scholar import described, identifiers

from graphkb.model.record import PaperRecord
from graphkb.model.source import SourceInput, Yield, loader

__all__ = ["semantic_scholar_datasets"]

_CORPUS_ID = "corpusid"
_CITING, _CITED = "citingcorpusid", "citedcorpusid"
# Of a whole text, which tells of its paper too.
_OF_TEXTS = {"body", "bibliography", "content"}


def _recognise(_name: str, head: str) -> bool:
    first = next(first_objects(head), {})
    return _CITING in first or (
        _CORPUS_ID in first
        and not {"title", "abstract"}.isdisjoint(first)
        and _OF_TEXTS.isdisjoint(first)
    )


@loader(
    "semantic-scholar-datasets",
    title="Papers, abstracts and citations of the Semantic Scholar bulk datasets",
    recognise=_recognise,
    example="papers/*.gz abstracts/*.gz citations/*.gz",
    shared=True,
)
def semantic_scholar_datasets(source: SourceInput) -> Iterator[Yield]:
    """Read lines of any of the three datasets.

    Parameters
    ----------
    source : SourceInput
        JSON lines.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Papers, and what is said of them elsewhere, in the order of the lines.

    Raises
    ------
    InputError
        It is empty, or no JSON.

    Examples
    --------
    >>> lines = (
    ...     '{"corpusid": 7, "externalids": {"ArXiv": "2401.00001"}, "title": "On Kites"}\\n'
    ...     '{"citingcorpusid": 7, "citedcorpusid": 5}'
    ... )
    >>> paper, citing = semantic_scholar_datasets.read(SourceInput("x.jsonl", lines))
    >>> paper.key, paper.arxiv, paper.s2
    ('7', '2401.00001', 'CorpusId:7')
    >>> citing.stub, citing.s2, citing.references
    (True, 'CorpusId:7', ('s2:CorpusId:5',))
    """
    uncited = Uncited("corpus id")
    yield from json_records(source, partial(_record, uncited), what="each line is one")
    yield from uncited.notices()


def _record(uncited: Uncited, found: dict[str, Any], notices: list[str]) -> PaperRecord:
    if _CITING in found:
        return _citing(found, uncited)
    if not _OF_TEXTS.isdisjoint(found):
        raise WrongTypeError("a whole text, no paper, abstract or citation")
    number = _number(found, _CORPUS_ID)
    if number is None:
        raise WrongTypeError("no paper, abstract or citation: it has no corpus id")
    if "title" in found:
        return PaperRecord(
            key=number,
            **described(found, number, "publicationdate", notices),
            **identifiers(_id(number), field.nested(found, "externalids"), notices),
        )
    abstract = field.line(found, "abstract", notices)
    if not abstract:
        raise WrongTypeError(f"paper {number} has no abstract here")
    return _told_of(number, "abstract", abstract=abstract)


def _citing(found: dict[str, Any], uncited: Uncited) -> PaperRecord:
    citing, cited = _number(found, _CITING), _number(found, _CITED)
    if citing is None:
        raise WrongTypeError("nobody cites: it has no corpus id of who does")
    if cited is None:
        uncited.add(1)
    return _told_of(citing, "citing", references=(f"s2:{_id(cited)}",) if cited else ())


def _told_of(number: str, by: str, **told: Any) -> PaperRecord:
    """What a dataset says of a paper that it does not deliver."""
    own = _id(number)
    return PaperRecord(key=f"{by}:{number}", title=f"s2:{own}", s2=own, stub=True, **told)


def _id(number: str) -> str:
    return f"CorpusId:{number}"


def _number(found: dict[str, Any], name: str) -> str | None:
    """A corpus id: a number, which older releases write as text."""
    value = found.get(name)
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not (value.isascii() and value.isdecimal()):
        raise WrongTypeError(f"{name!r} is {value!r:.60}, no corpus id")
    return value.lstrip("0") or None
