"""RIS, for reference managers: EndNote, Zotero, Mendeley.

References
----------
https://en.wikipedia.org/wiki/RIS_(file_format), https://github.com/MrTango/rispy
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.reference import Reference, person_name, references

__all__ = ["RIS"]

_KEPT = ("abstract", "published", "venue", "arxiv", "doi", "url", "pages")
_TYPES = {"journal": "JOUR", "conference": "CPAPER"}
_VENUES = {"journal": "journal_name", "conference": "secondary_title"}


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    from rispy.writer import RisWriter

    # rispy would number the references, which is no part of RIS.
    class Unnumbered(RisWriter):  # type: ignore[misc]  # rispy has no types
        def set_header(self, count: int) -> str:  # noqa: ARG002 - the base class names it
            return ""

    counted: Counter[tuple[str, str]] = Counter()
    writer = Unnumbered()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for reference in references(content, _KEPT, counted):
            writer.format_lines(file, [_fields(reference, counted)])
            file.write("\n")
    return losses(counted)


def _fields(reference: Reference, counted: Counter[tuple[str, str]]) -> dict[str, str | list[str]]:
    fields: dict[str, str | list[str]] = {
        "type_of_reference": _TYPES.get(reference.kind, "GEN"),
        "id": reference.key,
        "title": reference.text("title"),
        "authors": [_name(name, counted) for name in reference.authors],
    }
    if date := reference.date:
        year, month, day = (*date, "", "")[:3]
        fields |= {"year": year, "date": f"{year}/{month}/{day}/"}
    elif reference.text("published"):
        counted["what is no date left out", "Paper.published"] += 1
    if venue := reference.text("venue"):
        fields[_VENUES.get(reference.kind, "secondary_title")] = venue
    if pages := reference.text("pages"):
        start, _, end = pages.partition("-")
        whole = not (start.strip() and end.strip("- "))
        fields |= {"start_page": pages} if whole else {"start_page": start, "end_page": end}
    fields |= {"doi": reference.text("doi")} if reference.text("doi") else {}
    arxiv = reference.text("arxiv")
    addresses = [reference.address, f"https://arxiv.org/abs/{arxiv}" if arxiv else ""]
    fields["urls"] = list(dict.fromkeys(filter(None, addresses)))
    fields |= {"abstract": reference.text("abstract")} if reference.text("abstract") else {}
    return fields


def _name(name: str, counted: Counter[tuple[str, str]]) -> str:
    """The name as it is sorted: ``de la Cruz, Ana``; a comma parts, so that it has none within."""
    if "," in name:
        counted["comma in a name left out", "Author.name"] += 1
        name = " ".join(name.replace(",", " ").split())
    parts = person_name(name)
    family = " ".join(filter(None, (parts.particle, parts.family)))
    return ", ".join(filter(None, (family, parts.given, parts.suffix)))


RIS = ExportFormat("ris", "RIS: EndNote, Zotero, Mendeley; papers only", _write)
