"""Measure the precision of every rule and write it to graphkb/extract/precision.py.

    python scripts/measure_rules.py [--part 0|1|2] [--print]

Runs over the development part of the hand-annotated abstracts (GRAPHKB_SHARED, else ../shared):
never over the papers with int(sha256(id), 16) % 3 == 0. A rule's precision is smoothed towards its
family's: (right + 6 * family) / (seen + 6).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from msgspec import structs

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "graphkb" / "extract" / "precision.py"
SMOOTHING = 6.0
# What is thought of a family before anything is measured: 0.3, but for these, whose words are
# explicit and which the annotated abstracts hold too rarely to judge.
EXPECTED = {
    "relation:EXTENDS:variant-of": 0.7,
    "relation:EXTENDS:extend": 0.5,
    "relation:GENERALIZES": 0.6,
    "relation:SURVEYS": 0.5,
}


def shared() -> Path:
    """Return the folder of the data."""
    return Path(os.environ.get("GRAPHKB_SHARED") or ROOT.parent / "shared")


def scorer() -> Any:
    """Load the scorer, whose notion of a right answer is used."""
    path = shared() / "tools" / "score_extraction.py"
    spec = importlib.util.spec_from_file_location("score_extraction", path)
    if spec is None or spec.loader is None:
        sys.exit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def part(identifier: str) -> int | None:
    """Return 0, 1 or 2 for a development paper, None for one of the unread third."""
    number = int(hashlib.sha256(identifier.encode()).hexdigest(), 16)
    return None if number % 3 == 0 else number // 3 % 3


def development(held_out: int | None) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return (paper, gold) of the development part, less one third of it."""
    folder = shared() / "data" / "gold"
    gold = {}
    with (folder / "dev.gold.jsonl").open(encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            gold[row["id"]] = row
    papers = []
    with (folder / "dev.papers.jsonl").open(encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            where = part(row["id"])
            if where is not None and where != held_out:
                papers.append((row, gold[row["id"]]))
    return papers


Counts = dict[str, list[int]]


def measure_candidates(rows: list[tuple[dict[str, Any], dict[str, Any]]], score: Any) -> Counts:
    """Count (right, seen) of each rule that names something."""
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.learned.weights import Learned
    from graphkb.extract.naming import Expansions
    from graphkb.extract.reader import Reader
    from graphkb.extract.sentences import Document
    from graphkb.model.name import name_key
    from graphkb.model.text import clean_text

    reader = Reader(load_catalogue(), Learned())
    counts: Counts = defaultdict(lambda: [0, 0])
    for paper, gold in rows:
        document = Document.of(clean_text(paper["title"]), clean_text(paper["abstract"]))
        expansions = Expansions(document)
        wanted = {
            key: score.entities(gold, key, True)
            for key in ("introduces", "methods", "models", "benchmarks")
        }
        seen: set[tuple[str, str]] = set()
        candidates = reader.candidates(document)
        introduced = {
            name_key(candidate.surface)
            for candidate in candidates
            if (candidate.group == "introduces" and "title-colon" in candidate.rule)
            or "propose" in candidate.rule
        }
        for candidate in candidates:
            key = name_key(candidate.surface)
            if (key, candidate.rule) in seen:
                continue
            if candidate.group != "introduces" and key in introduced:
                continue
            seen.add((key, candidate.rule))
            forms = score.forms(
                {
                    "name": candidate.surface,
                    "long": candidate.long or expansions.long_of.get(key),
                    "surface": expansions.short_of.get(key),
                }
            )
            if not forms or forms & score.NEUTRAL:
                continue
            right = any(forms & g for g in wanted[candidate.group])
            counts[candidate.rule][0] += right
            counts[candidate.rule][1] += 1
    return counts


def measure_claims(rows: list[tuple[dict[str, Any], dict[str, Any]]], score: Any) -> Counts:
    """Count (right, seen) of each rule for tasks, results and relations, among believed names."""
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.confidence import accepted
    from graphkb.extract.learned.weights import Learned
    from graphkb.extract.lines import line
    from graphkb.extract.reader import Reader
    from graphkb.model.text import clean_text

    reader = Reader(load_catalogue(), Learned())
    counts: Counts = defaultdict(lambda: [0, 0])
    for paper, gold in rows:
        title, abstract = clean_text(paper["title"]), clean_text(paper["abstract"])
        everything = reader.read(title, abstract)
        believed = accepted(
            structs.replace(
                everything,
                relations=tuple(structs.replace(r, confidence=1000) for r in everything.relations),
                results=tuple(structs.replace(r, confidence=1000) for r in everything.results),
            )
        )
        row = line(paper["id"], title, abstract, believed)
        wanted = [score.forms(task) for task in gold["tasks"]]
        for task in everything.tasks:
            counts[task.rule][0] += any(score.forms(task.name) & g for g in wanted)
            counts[task.rule][1] += 1
        values = {
            (score.re.sub(r"[\\\s]", "", r["value"]), score.norm(r["benchmark"] or ""))
            for r in gold["results"]
        }
        for result in row["results"]:
            value = score.re.sub(r"[\\\s]", "", result["value"])
            counts[result["rule"]][0] += (value, score.norm(result["benchmark"] or "")) in values
            counts[result["rule"]][1] += 1
        wanted_relations = score.relation_items(gold, score.aliases(gold, True))
        for relation in row["relations"]:
            items = score.relation_items({"relations": [relation]}, score.aliases(row, False))
            for source, kind, target in items:
                counts[relation["rule"]][0] += any(
                    kind == k and source & s and target & t for s, k, t in wanted_relations
                )
                counts[relation["rule"]][1] += 1
    return counts


def smoothed(counts: Counts) -> dict[str, int]:
    """Return per mille a rule and a family, drawn towards its family's where it was seen rarely."""
    families: Counts = defaultdict(lambda: [0, 0])
    for rule, (right, seen) in counts.items():
        for family in families_of(rule):
            families[family][0] += right
            families[family][1] += seen
    shares: dict[str, float] = {}

    def share(rule: str) -> float:
        if rule not in shares:
            above = rule.rpartition(":")[0]
            prior = EXPECTED.get(rule) or (share(above) if above else 0.3)
            right, seen = families.get(rule, (0, 0))
            shares[rule] = (right + SMOOTHING * prior) / (seen + SMOOTHING)
        return shares[rule]

    return {rule: round(1000 * share(rule)) for rule in sorted({*families, *EXPECTED})}


def families_of(rule: str) -> list[str]:
    """Return a rule and the families that hold it: "a:b:c", "a:b", "a"."""
    parts = rule.split(":")
    return [":".join(parts[:count]) for count in range(len(parts), 0, -1)]


def write(table: dict[str, int]) -> None:
    """Write the table as a module."""
    rows = "".join(f'    "{rule}": {value},\n' for rule, value in sorted(table.items()))
    TARGET.write_text(
        '"""Measured precision of each rule, per mille; by ``scripts/measure_rules.py``."""\n\n'
        "from __future__ import annotations\n\n"
        '__all__ = ["DIGEST", "PRECISION"]\n\n'
        "# Of the table: readings that are kept on disk depend on it.\n"
        f'DIGEST = "{hashlib.sha256(rows.encode()).hexdigest()[:12]}"\n\n'
        f"PRECISION: dict[str, int] = {{\n{rows}}}\n",
        encoding="utf-8",
    )


def main() -> None:
    """Measure names first, then, with their new confidences, what is said of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", type=int, choices=(0, 1, 2), help="leave this part out")
    parser.add_argument("--print", action="store_true", help="print counts too")
    arguments = parser.parse_args()
    if not shared().is_dir():
        sys.exit(f"{shared()} is not there; GRAPHKB_SHARED says where the data lies")
    score = scorer()
    rows = development(arguments.part)
    from graphkb.extract import confidence, precision

    counts: Counts = {}
    table: dict[str, int] = {}
    # Twice: which components are looked for depends on which names are sure.
    for _ in range(2):
        counts = measure_candidates(rows, score)
        table = smoothed(counts)
        precision.PRECISION.clear()
        precision.PRECISION.update(table)
        confidence.confidence.cache_clear()
    claims = measure_claims(rows, score)
    table.update(smoothed(claims))
    write(table)
    if arguments.print:
        for rule, (right, seen) in sorted({**counts, **claims}.items()):
            print(f"{rule:50} {right:4}/{seen:<4} {table[rule]}")
    print(f"{len(table)} rules measured on {len(rows)} papers")


if __name__ == "__main__":
    main()
