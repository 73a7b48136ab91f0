"""Score the reader on hand-annotated abstracts, and write docs/quality.md's tables.

    python scripts/evaluate.py [--development] [--errors N] [--calibration] [--write]
                               [--rules] [--json | --markdown]

Prints two tables, each with its difference to the one that is kept in docs/quality: the development
part by five-fold cross-validation, each paper read with what was learned from the other folds, and
the unread third, the papers with int(sha256(id), 16) % 3 == 0, with the weights that ship: of these
only totals, never an error. --development leaves the unread third out. --errors lists up to N
errors of each class in the development part. --calibration prints how far confidence and precision
agree there. --write keeps what was measured and puts it into the page. --rules reads without
anything learned; the rules and their precisions were made on all of the development part, so that
its table flatters them. The data lies in GRAPHKB_SHARED, else ../shared. Cross-validation needs
scikit-learn (the extra ``dev``).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import quality_page
from measure_rules import part, shared

if TYPE_CHECKING:
    from graphkb.evaluation.score import Comparison
    from graphkb.extract.reader import Reader
    from graphkb.model.reading import Reading

Records = dict[str, dict[str, Any]]
Rows = list[dict[str, object]]


def papers() -> tuple[Records, Records]:
    """Return the texts and the annotations, by id."""
    folder = shared() / "data" / "gold"
    read = []
    for name in ("dev.papers.jsonl", "dev.gold.jsonl"):
        with (folder / name).open(encoding="utf-8") as file:
            rows = [json.loads(text) for text in file if text.strip()]
        read.append({row["id"]: row for row in rows})
    return read[0], read[1]


def readings(
    texts: Records, wanted: Sequence[str], reader_of: Callable[[str], Reader]
) -> dict[str, Reading]:
    """Read papers, each with the reader that is meant for it: everything, sure or not."""
    from graphkb.model.text import clean_text

    found = {}
    for identifier in wanted:
        paper = texts[identifier]
        title, abstract = clean_text(paper["title"]), clean_text(paper["abstract"])
        found[identifier] = reader_of(identifier).read(title, abstract)
    return found


def compared(read: Mapping[str, Reading], texts: Records, gold: Records) -> tuple[Comparison, ...]:
    """Set what is accepted of the readings beside the annotation."""
    from graphkb.evaluation.score import compare
    from graphkb.extract.lines import line
    from graphkb.extract.reader import accepted
    from graphkb.model.text import clean_text

    found = {
        identifier: line(
            identifier,
            clean_text(texts[identifier]["title"]),
            clean_text(texts[identifier]["abstract"]),
            accepted(reading),
        )
        for identifier, reading in read.items()
    }
    return compare(found, {identifier: gold[identifier] for identifier in read})


def show(name: str, rows: Rows, form: str, kept: str | None) -> None:
    """Print a table: precision, recall, F1 and how many a key, and the difference to the kept."""
    from graphkb.evaluation.table import differences

    if form == "json":
        print(json.dumps({name: rows}))
        return
    if form == "markdown":
        print(f"**{name}**\n\n{quality_page.scores_table([rows])}")
        return
    before = quality_page.kept_rows(kept) if kept else []
    print(f"{name}\n{'key':16} {'P':>6} {'R':>6} {'F1':>6} {'n':>5}   against the kept: P, R, F1")
    for row in differences(rows, before):
        if row["f1"] is None:
            continue
        figures = " ".join(f"{row[key]:6.3f}" for key in ("precision", "recall", "f1"))
        points = [row[f"{key}_points"] for key in ("precision", "recall", "f1")]
        told = "".join(f" {p:+5.1f}" for p in points if isinstance(p, float))
        print(f"{row['key']:16} {figures} {row['n']:5}  {told}")


def show_errors(comparisons: Sequence[Comparison], most: int) -> None:
    """Print how many errors of each class there are, and the first of each."""
    from graphkb.evaluation.mistake import mistakes

    found = list(mistakes(comparisons))
    for (key, side, what), count in Counter((m.key, m.side, m.what) for m in found).items():
        print(f"\n{key}: {side}, {what} ({count})")
        alike = [m for m in found if (m.key, m.side, m.what) == (key, side, what)]
        for mistake in alike[:most]:
            instead = f" (there: {mistake.instead})" if mistake.instead else ""
            print(f"  {mistake.paper}  {mistake.label}{instead}\n      {mistake.sentence}")


def calibration(read: Mapping[str, Reading], gold: Records) -> list[dict[str, Any]]:
    """Measure for each kind of statement how far its confidence is its precision."""
    from reliability import KINDS, calibration_error, judged_statements, reliability
    from thresholds import FLOOR, FLOORS, annotated_by_fold, honest_f1

    from graphkb.extract.confidence import THRESHOLDS

    judged = judged_statements(read, gold)
    annotated = annotated_by_fold({identifier: gold[identifier] for identifier in read})
    answer = []
    for kind in KINDS:
        found = [s for s in judged if s.kind == kind]
        taken = [s for s in found if s.confidence >= THRESHOLDS[kind]]
        bins = reliability(found)
        right = sum(s.right for s in taken)
        total = sum(annotated.get(kind, {}).values())
        answer.append(
            {
                "kind": kind,
                "threshold": THRESHOLDS[kind],
                "read": len(found),
                "taken": len(taken),
                "precision": round(right / len(taken), 3) if taken else None,
                "f1": round(2 * right / max(1, len(taken) + total), 3),
                "f1_held_out": round(
                    honest_f1(found, annotated.get(kind, {}), FLOORS.get(kind, FLOOR)), 3
                ),
                "error": round(calibration_error(bins), 3),
                "error_of_taken": round(calibration_error(reliability(taken)), 3),
                "bins": [
                    [b.count, round(b.confidence, 3), round(b.precision, 3)] if b else None
                    for b in bins
                ],
            }
        )
    return answer


def main() -> None:
    """Read every paper and score what was read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", type=int, default=0, help="errors a class, development part")
    parser.add_argument("--development", action="store_true", help="not the unread third")
    parser.add_argument("--calibration", action="store_true", help="confidence against precision")
    parser.add_argument("--write", action="store_true", help="keep the tables, write the page")
    parser.add_argument("--rules", action="store_true", help="without anything learned")
    parser.add_argument("--json", dest="form", action="store_const", const="json", default="text")
    parser.add_argument("--markdown", dest="form", action="store_const", const="markdown")
    arguments = parser.parse_args()
    if arguments.rules and (arguments.write or arguments.calibration):
        parser.error("--rules is a comparison: nothing of it is kept")
    folder = shared() / "data" / "gold"
    if not folder.is_dir():
        print(f"no hand-annotated abstracts at {folder}; GRAPHKB_SHARED says where they lie")
        return

    from graphkb.evaluation.score import scores
    from graphkb.evaluation.table import table
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.learned.weights import Learned
    from graphkb.extract.reader import Reader

    texts, gold = papers()
    development = sorted(identifier for identifier in texts if part(identifier) is not None)
    unread = sorted(set(texts) - set(development))
    if arguments.rules:
        alone = Reader(load_catalogue(), Learned())
        read = readings(texts, development, lambda _: alone)
        name = f"development part, rules alone ({len(development)} papers)"
    else:
        from thresholds import as_kept
        from train import Course, fold

        readers = Course(report=lambda _: None, after=as_kept).readers()
        read = readings(texts, development, lambda identifier: readers[fold(identifier)])
        name = f"development part, cross-validated ({len(development)} papers)"
    comparisons = compared(read, texts, gold)
    rows = table(scores(comparisons))
    show(name, rows, arguments.form, None if arguments.rules else "development")
    if arguments.errors:
        show_errors(comparisons, arguments.errors)
    if arguments.calibration or arguments.write:
        measured = calibration(read, gold)
        print(quality_page.reliability_table(measured))
    if arguments.write:
        quality_page.keep("development", len(development), rows)
        quality_page.keep("reliability", len(development), measured)
    if not arguments.development:
        reader = Reader(load_catalogue(), Learned() if arguments.rules else None)
        totals = compared(readings(texts, unread, lambda _: reader), texts, gold)
        rows = table(scores(totals))
        name = f"unread third ({len(unread)} papers)"
        show(name, rows, arguments.form, None if arguments.rules else "unread")
        if arguments.write:
            quality_page.keep("unread", len(unread), rows)
    if arguments.write:
        quality_page.write()


if __name__ == "__main__":
    main()
