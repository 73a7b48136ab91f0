"""CSL-JSON, for Pandoc, Zotero and whatever formats citations by a CSL style.

References
----------
https://docs.citationstyles.org/en/stable/specification.html,
https://github.com/citation-style-language/schema (csl-data.json)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.reference import Reference, person_name, references

__all__ = ["CSL_JSON"]

_KEPT = ("abstract", "published", "venue", "arxiv", "doi", "url", "pages")
_TYPES = {"journal": "article-journal", "conference": "paper-conference", "preprint": "article"}
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&#?\w+;")


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        for number, reference in enumerate(references(content, _KEPT, counted)):
            item = json.dumps(_item(reference, counted), ensure_ascii=False, separators=(",", ":"))
            file.write((",\n" if number else "\n") + item)
        file.write("\n]\n")
    return losses(counted)


def _item(reference: Reference, counted: Counter[tuple[str, str]]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": reference.key,
        "citation-key": reference.key,
        "type": _TYPES.get(reference.kind, "document"),
        "title": reference.text("title"),
    }
    if reference.authors:
        item["author"] = [_person(name) for name in reference.authors]
    if date := reference.date:
        item["issued"] = {"date-parts": [[int(part) for part in date]]}
    elif published := reference.text("published"):
        item["issued"] = {"literal": published}
    arxiv = reference.text("arxiv")
    told = {
        "container-title": reference.text("venue"),
        "page": reference.text("pages"),
        "DOI": reference.text("doi"),
        "URL": reference.address,
        # As Zotero has it, whose preprints have no other place for it.
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "publisher": "arXiv" if reference.kind == "preprint" else "",
        "abstract": reference.text("abstract"),
    }
    item |= {name: value for name, value in told.items() if value}
    for name, place in (("title", "title"), ("container-title", "venue"), ("abstract", "abstract")):
        if _MARKUP.search(item.get(name, "")):
            counted["text that readers take for mark-up", f"Paper.{place}"] += 1
    return item


def _person(name: str) -> dict[str, str]:
    parts = person_name(name)
    if not parts.given:
        return {"literal": name}
    told = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {key: value for key, value in told.items() if value}


CSL_JSON = ExportFormat("csl-json", "CSL-JSON: Pandoc, Zotero, citeproc; papers only", _write)
