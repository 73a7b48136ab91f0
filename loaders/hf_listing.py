"""``hf-listing``: the text of a Hugging Face Daily Papers page, as a person copies it.

Select the page (https://huggingface.co/papers) in a browser, copy, paste into a file. Kept of each
paper: title, abstract, the number of authors or the organisation, the day, the number of comments.
The page's own lines are dropped. The page names no identifiers, so a record's key is the id that
its title gives in the graph, and a paper that stands in the text more than once is one record.

The page leaves the year out for the current one. It comes from ``-o date=YYYY-MM-DD``, else from a
date in the file's name; else the dates without a year are left out with a notice, never guessed.

References
----------
https://huggingface.co/papers
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphkb.loaders.hf_page import Details, Entry, entries, has_final_punctuation, is_page
from msgspec import structs

from graphkb.errors import InputError
from graphkb.model.date import iso_date
from graphkb.model.name import id_key
from graphkb.model.record import Organization, PaperRecord
from graphkb.model.source import LoaderOption, Notice, Skipped, SourceInput, Yield, loader

__all__ = ["hf_listing"]

_DATE = LoaderOption(
    "date", "the day of the page, YYYY-MM-DD: its year is that of the dates that show none"
)
_DAY_IN_NAME = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-_.]?)([0-9]{2})\2([0-9]{2})(?![0-9])")
_HANDLE = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*) (\S.*)")


@loader(
    "hf-listing",
    title="The text of a Hugging Face Daily Papers page, as copied",
    recognise=lambda _name, head: is_page(head),
    options=(_DATE,),
    example="daily-papers-2025-12-29.txt",
)
def hf_listing(source: SourceInput) -> Iterator[Yield]:
    """Read a copied Daily Papers page, or several of them one after the other.

    Parameters
    ----------
    source : SourceInput
        The text; the option ``date`` is a day YYYY-MM-DD.

    Yields
    ------
    PaperRecord, Skipped or Notice
        Each paper once; what was cut off; dates whose year is not known.

    Raises
    ------
    InputError
        The text is no such page, or the option is no day.

    Examples
    --------
    >>> page = "A Title\\n\\nAn abstract.\\n\\n \u2022 5 authors\\n\u00b7\\nOct 30 2\\n"
    >>> [record] = hf_listing.read(SourceInput("page.txt", page, {"date": "2025-12-29"}))
    >>> record.title, record.author_count, record.published, record.comments
    ('A Title', 5, '2025-10-30', 2)
    """
    today = _day_of(source)
    text = source.text
    found = list(entries(text)) if is_page(text) else []
    if not found:
        raise InputError(
            "this is no copied Daily Papers page",
            where=source.name,
            remedy="a paper there is a line with its title, a line with its abstract, a line "
            "`\u2022 5 authors` or with an organisation, a line `\u00b7`, and a line `Oct 30`",
        )
    papers: dict[str, PaperRecord] = {}
    yearless: list[str] = []
    again = 0
    for entry in found:
        if isinstance(entry, Details):
            yield Skipped(f"line {entry.number}", "details without a paper above them")
            continue
        if reason := _cut(entry):
            yield Skipped(f"line {entry.title.number}", f"{entry.title.text!r} {reason}")
            continue
        yield from _notices(entry, today)
        record = _record(entry, today)
        if entry.details and entry.details.day and not today and not record.published:
            yearless.append(f"line {entry.details.number}")
        again += record.key in papers
        _take(papers, record)
    if yearless:
        yield Notice(yearless[0], _yearless(yearless))
    if again:
        yield Notice("", f"{again} papers stand in the text more than once; each is kept once")
    yield from papers.values()


def _day_of(source: SourceInput) -> str | None:
    """The day of the page as somebody stated it, in an option or in the file's name."""
    given = source.options.get("date")
    if given is not None:
        day = iso_date(given)
        if day is None or len(day) != len("2025-12-29"):
            raise InputError(
                f"{given!r} is no day", where="-o date", remedy="write it as YYYY-MM-DD"
            )
        return day
    days = {
        day
        for year, _, month, number in _DAY_IN_NAME.findall(source.name)
        if (day := iso_date(f"{year}-{month}-{number}"))
    }
    # Two days of one year in a name agree on what is asked of them.
    return max(days) if len({day[:4] for day in days}) == 1 else None


def _cut(entry: Entry) -> str | None:
    if entry.details or not entry.last:
        return None
    if not entry.paragraphs:
        return "has no abstract and no details: the text seems to be cut off there"
    if not has_final_punctuation(entry.paragraphs[-1]):
        return "ends within its abstract and has no details: the text seems to be cut off there"
    return None


def _notices(entry: Entry, today: str | None) -> Iterator[Notice]:
    details = entry.details
    if details is None:
        return
    place = f"line {details.number}"
    if details.cut:
        yield Notice(place, f"the details of {entry.title.text!r} are cut off")
    if details.strange:
        yield Notice(place, f"{details.strange!r} is no date that such a page writes; left out")
    if details.day and details.day.year is None and today:
        day = details.day.iso(int(today[:4]))
        if day is None or day > today:
            # The page leaves out the current year only, so the year stands; the day is doubtful.
            fault = "does not exist" if day is None else f"lies after the page's day, {today}"
            shown = day or f"{details.day.month}/{details.day.day} of {today[:4]}"
            yield Notice(place, f"{shown} {fault}: check -o date=YYYY-MM-DD")


def _yearless(places: Sequence[str]) -> str:
    return (
        f"{len(places)} dates show no year and are left out: give the day of the page "
        "with -o date=YYYY-MM-DD, or in the file's name"
    )


def _record(entry: Entry, today: str | None) -> PaperRecord:
    title = entry.title.text
    record = PaperRecord(key=_key(title), title=title, abstract=" ".join(entry.paragraphs))
    details = entry.details
    if details is None:
        return record
    year = int(today[:4]) if today else None
    return structs.replace(
        record,
        author_count=details.authors,
        organizations=(_organization(details.organization),) if details.organization else (),
        published=details.day.iso(year) if details.day else None,
        comments=details.comments,
    )


def _key(title: str) -> str:
    return f"title:{id_key(title)}"


def _organization(text: str) -> Organization:
    if found := _HANDLE.fullmatch(text):
        return Organization(found[2], handle=found[1])
    return Organization(text)


def _take(papers: dict[str, PaperRecord], record: PaperRecord) -> None:
    """Add a record, or fill what an earlier one of the same paper lacks."""
    before = papers.get(record.key)
    if before is None:
        papers[record.key] = record
        return
    days = {before.published, record.published} - {None}
    if before.abstract != record.abstract and len(days) > 1:
        # Two works of one title: the day tells them apart.
        record = structs.replace(record, key=f"{record.key}~{record.published}")
        papers.setdefault(record.key, record)
        return
    papers[record.key] = structs.replace(
        before,
        abstract=max(before.abstract, record.abstract, key=len),
        author_count=before.author_count or record.author_count,
        organizations=before.organizations or record.organizations,
        published=before.published or record.published,
        comments=max(before.comments or 0, record.comments or 0) or None,
    )
