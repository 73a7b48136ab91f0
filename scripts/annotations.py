"""Our own annotations of papers that no annotator of the shared data read, to learn more from.

    python scripts/annotations.py PAPERS ANNOTATIONS    (JSON lines each; writes annotations.jsonl)

The reader is trained on the development part of the hand-annotated papers and, beside it, on these:
papers of the shared corpus that belong to neither part, annotated by the same guideline. They are
never measured on. The file holds identifiers, names, types and places only; texts stay in the
corpus, and evidence is a place in them: field, begin and stop, in code points.
"""

from __future__ import annotations

import gzip
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from measure_rules import shared

from graphkb.model.text import clean_text

__all__ = ["FILE", "annotated_papers"]

FILE = Path(__file__).resolve().parent / "annotations.jsonl"
_CORPUS = "data/hf_daily/papers-2025.jsonl.gz"


@cache
def annotated_papers() -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
    """Return each paper's text and annotation, in the form of the shared ones."""
    if not FILE.is_file():
        return ()
    with FILE.open(encoding="utf-8") as file:
        wanted = {row["id"]: row for row in map(json.loads, file)}
    found = {}
    with gzip.open(shared() / _CORPUS, "rt", encoding="utf-8") as corpus:
        for paper in map(json.loads, corpus):
            if paper["id"] in wanted:
                found[paper["id"]] = {
                    "id": paper["id"],
                    "title": clean_text(paper["title"]),
                    "abstract": clean_text(paper["summary"] or ""),
                }
    return tuple((text, _quoted(text, wanted[id_])) for id_, text in sorted(found.items()))


def _quoted(text: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    relations = [
        {"source": source, "type": type_, "target": target, "evidence": text[field][begin:stop]}
        for source, type_, target, field, begin, stop in row["relations"]
    ]
    return {**row, "relations": relations}


def _placed(text: dict[str, str], row: dict[str, Any]) -> dict[str, Any]:
    relations = []
    for relation in row["relations"]:
        evidence = relation["evidence"]
        for field in ("abstract", "title"):
            begin = text[field].lower().find(evidence.lower())
            if begin >= 0:
                place = [field, begin, begin + len(evidence)]
                relations.append([relation["source"], relation["type"], relation["target"], *place])
                break
        else:
            print(f"{row['id']}: left out, its text does not hold {evidence!r}", file=sys.stderr)
    # A note may be a phrase of the text, and nothing is learned from it.
    results = [{k: v for k, v in result.items() if k != "note"} for result in row["results"]]
    kept = {k: v for k, v in row.items() if k != "title"}
    return {**kept, "results": results, "relations": relations}


def main() -> None:
    """Write the annotations without the texts that they are of."""
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    read = []
    for path in map(Path, sys.argv[1:]):
        with path.open(encoding="utf-8") as file:
            read.append({row["id"]: row for row in map(json.loads, filter(str.strip, file))})
    texts, rows = read
    with FILE.open("w", encoding="utf-8") as file:
        for id_ in sorted(rows):
            placed = _placed(texts[id_], rows[id_])
            file.write(json.dumps(placed, ensure_ascii=False, sort_keys=True) + "\n")
    print(f"{len(rows)} papers in {FILE.name}")


if __name__ == "__main__":
    main()
