"""``sample:``: the listing that ships with graphkb, its abstracts replaced by our summaries.

It needs no file and no network, so that a first look needs nothing else. Every record says that its
abstract is a summary, and whatever shows a sentence of it says so too.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from graphkb.loaders.hf_listing import hf_listing
from msgspec import structs

from graphkb.errors import NotFoundError
from graphkb.model.record import PaperRecord
from graphkb.model.source import SourceInput, Yield, loader

__all__ = ["sample"]

_NAME = "hf-papers-2025-12-29"


def _fetch(argument: str) -> SourceInput:
    if argument not in ("", _NAME):
        raise NotFoundError(
            f"there is no sample {argument!r}", remedy=f"use sample: or sample:{_NAME}"
        )
    text = (files("graphkb.samples") / f"{_NAME}.txt").read_text(encoding="utf-8")
    return SourceInput(_NAME, text)


@loader(
    "sample",
    title="The listing that ships with graphkb, with summaries in place of the abstracts",
    recognise=lambda _name, _head: False,
    scheme="sample",
    fetch=_fetch,
    example="sample:",
)
def sample(source: SourceInput) -> Iterator[Yield]:
    """Read the packaged listing; each record's abstract is marked as a summary.

    Parameters
    ----------
    source : SourceInput
        What the scheme ``sample:`` gives.

    Yields
    ------
    PaperRecord, Skipped or Notice
        As of :data:`graphkb.loaders.hf_listing.hf_listing`.

    Examples
    --------
    >>> records = list(sample.read(sample.fetch("")))
    >>> len(records), all(record.summary for record in records)
    (41, True)
    """
    for found in hf_listing.read(source):
        yield structs.replace(found, summary=True) if isinstance(found, PaperRecord) else found
