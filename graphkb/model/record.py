"""Records: facts as a source delivered them, before anything is decided about them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from graphkb.model.asserted_record import AssertedRecord
from graphkb.model.entry_record import EntryRecord

__all__ = [
    "AssertedRecord",
    "AuthorName",
    "EntryRecord",
    "Organization",
    "PaperRecord",
    "Record",
    "RepositoryRecord",
    "bucket_digest",
    "bucket_of",
    "digest_of_buckets",
    "payload_digest",
    "record_from_json",
    "records_digest",
]


class AuthorName(Struct, frozen=True):
    """An author as a source names them.

    Parameters
    ----------
    name : str
        The name in the order given name, family name.
    orcid : str, optional
        The bare ORCID, ``0000-0002-1825-0097``.
    """

    name: str
    orcid: str | None = None


class Organization(Struct, frozen=True):
    """An organisation that a source ties to a paper.

    Parameters
    ----------
    name : str
        The name that people read.
    handle : str, optional
        Its handle at the source, ``OpenMOSS-Team``.
    """

    name: str
    handle: str | None = None


class PaperRecord(Struct, frozen=True, omit_defaults=True):
    """One paper as one source has it.

    Everything but the key and the title may be missing. Text is cleaned
    (:func:`graphkb.model.text.clean_text`) and identifiers are normalised
    (:mod:`graphkb.model.identifier`) by the loader that builds the record.

    Parameters
    ----------
    key : str
        The source's own id of the record, unique within the source.
    title, abstract : str
        The text that offsets count in; the abstract may be empty.
    arxiv, doi, openalex, s2, dblp, aminer : str, optional
        Bare normalised identifiers, without scheme.
    authors : tuple of AuthorName
        In order.
    author_count : int, optional
        How many authors the source states, where it does not name them.
    organizations : tuple of Organization
        In order.
    published : str, optional
        ISO date of the precision that is known: year, year-month or day.
    venue, pages, url : str, optional
        As stated; the URL is http or https.
    upvotes, comments : int, optional
        Counters of the source.
    repositories : tuple of str
        Normalised repository ids that the source ties to the paper (not those in its text).
    references : tuple of str
        Ids (``arxiv:…``, ``doi:…``) of cited works.
    summary : bool
        True where the abstract is somebody else's summary instead of the authors' text.
    stub : bool
        True where the source does not deliver the paper, but tells of it as one that a paper of
        its own cites or is cited by. Such a record has an identifier, and is joined with others
        by its identifiers alone; its text is not read.
    """

    key: str
    title: str
    abstract: str = ""
    arxiv: str | None = None
    doi: str | None = None
    openalex: str | None = None
    s2: str | None = None
    dblp: str | None = None
    aminer: str | None = None
    authors: tuple[AuthorName, ...] = ()
    author_count: int | None = None
    organizations: tuple[Organization, ...] = ()
    published: str | None = None
    venue: str | None = None
    pages: str | None = None
    url: str | None = None
    upvotes: int | None = None
    comments: int | None = None
    repositories: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    summary: bool = False
    stub: bool = False

    def to_json(self) -> str:
        """Return the canonical JSON of the record: sorted keys, defaults left out.

        Returns
        -------
        str
            One line of JSON.

        Examples
        --------
        >>> PaperRecord(key="1", title="T", arxiv="2402.03300").to_json()
        '{"arxiv":"2402.03300","key":"1","title":"T"}'
        """
        return _ENCODER.encode(self).decode()

    @classmethod
    def from_json(cls, text: str) -> PaperRecord:
        """Build the record that :meth:`to_json` wrote.

        Parameters
        ----------
        text : str
            Canonical JSON.

        Returns
        -------
        PaperRecord
            Equal to the record that was written.

        Examples
        --------
        >>> record = PaperRecord(key="1", title="T", authors=(AuthorName("A. Author"),))
        >>> PaperRecord.from_json(record.to_json()) == record
        True
        """
        return msgspec.json.decode(text, type=cls)


class RepositoryRecord(Struct, frozen=True, omit_defaults=True):
    """One repository as its host, or somebody's list, has it.

    Parameters
    ----------
    key : str
        The source's own id of the record, unique within the source.
    repository : str
        The normalised id, ``repo:github.com/wind/kite``.
    name : str
        ``wind/kite``, as the host writes it.
    url : str
        Its address, http or https.
    stars : int, optional
        How many people marked it.
    language : str, optional
        The main programming language.
    """

    key: str
    repository: str
    name: str
    url: str
    stars: int | None = None
    language: str | None = None

    def to_json(self) -> str:
        """Return the canonical JSON of the record, which alone has a key ``repository``.

        Returns
        -------
        str
            One line of JSON.
        """
        return _ENCODER.encode(self).decode()


Record = PaperRecord | RepositoryRecord | EntryRecord | AssertedRecord


def record_from_json(text: str) -> Record:
    """Build the record that its ``to_json`` wrote.

    Parameters
    ----------
    text : str
        Canonical JSON.

    Returns
    -------
    PaperRecord, RepositoryRecord, EntryRecord or AssertedRecord
        Equal to the record that was written.

    Examples
    --------
    >>> kite = RepositoryRecord("1", "repo:github.com/a/b", "a/b", "https://github.com/a/b")
    >>> record_from_json(kite.to_json()) == kite
    True
    """
    values: dict[str, Any] = msgspec.json.decode(text)
    if "entry" in values:
        return EntryRecord.from_json(text)
    if "asserted" in values:
        return AssertedRecord.from_json(text)
    if "repository" in values:
        return msgspec.convert(values, RepositoryRecord)
    return msgspec.convert(values, PaperRecord)


_ENCODER = msgspec.json.Encoder(order="sorted")
_BUCKET = 3


def payload_digest(payload: str) -> str:
    """Return the SHA-256 of a record's canonical JSON; the first digits are its bucket."""
    return hashlib.sha256(payload.encode()).hexdigest()


def bucket_of(digest: str) -> str:
    """Return the bucket of a record's digest: there are 4,096."""
    return digest[:_BUCKET]


def bucket_digest(digests: Iterable[str]) -> str:
    """Return the digest of the records of one bucket, whatever their order."""
    return hashlib.sha256("".join(sorted(digests)).encode()).hexdigest()


def digest_of_buckets(buckets: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a source's records from those of their buckets, in any order.

    A source that no machine holds as a whole gets its digest so: bucket by bucket, wherever the
    records of a bucket are.
    """
    told = "".join(f"{bucket}{digest}" for bucket, digest in sorted(buckets))
    return hashlib.sha256(told.encode()).hexdigest()


def records_digest(records: Iterable[Record]) -> str:
    """Return the SHA-256 of a source's records, whatever their order.

    Parameters
    ----------
    records : iterable of Record
        The records of one source.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> a, b = PaperRecord(key="a", title="A"), PaperRecord(key="b", title="B")
    >>> records_digest([a, b]) == records_digest([b, a])
    True
    """
    buckets: dict[str, list[str]] = {}
    for digest in (payload_digest(record.to_json()) for record in records):
        buckets.setdefault(bucket_of(digest), []).append(digest)
    return digest_of_buckets((bucket, bucket_digest(found)) for bucket, found in buckets.items())
