"""Train the tagger of terms and write graphkb/extract/learned/terms.json.

    python scripts/train_terms.py [--dry]

Learns from the papers of ../shared/data/hf_daily (GRAPHKB_SHARED, else ../shared) that come with
keywords: a span whose words are a keyword of its paper is a term. None of the annotated papers is
among them, so that cross-validation over those needs no other tagger. The keywords were made by
a model and miss much; how often a term is overlooked does not matter to a feature. The weights
and the table of frequent terms are statistics: no sentence can be had back from them. The same data
give the same file, byte for byte. Needs scikit-learn (the extra ``dev``). Afterwards run
``scripts/train.py``, which learns from what the tagger says.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measure_rules import ROOT, shared

if TYPE_CHECKING:
    from graphkb.extract.learned.wording import Wording

TARGET = ROOT / "graphkb" / "extract" / "learned" / "terms.json"
# Two in five spans that are no term are enough to learn from; the bias makes up for the rest.
NEGATIVES = 0.4
# In how many spans a feature has to occur, and how heavy a weight has to be to be kept.
LEAST = 10
LIGHTEST = 0.03
STRENGTH = 0.1
# From how many papers on a term stands in the table.
FREQUENT = 2
_WITH_SHORT = re.compile(r"\s*(.+?)\s*\((.+?)\)\s*")


@dataclass(frozen=True)
class Paper:
    """A paper's sentences, and the keys of its keywords: None where it came without."""

    lines: list[Wording]
    keywords: set[str] | None


def papers() -> Iterator[Paper]:
    """Read the papers that nobody annotated."""
    from graphkb.extract.learned.tagger import term_key
    from graphkb.extract.learned.wording import wordings
    from graphkb.extract.sentences import Document
    from graphkb.model.text import clean_text

    data = shared() / "data"
    with (data / "gold" / "dev.gold.jsonl").open(encoding="utf-8") as file:
        annotated = {json.loads(line)["id"] for line in file}
    with gzip.open(data / "hf_daily" / "papers-2025.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["id"] in annotated:
                continue
            keywords: set[str] | None = None
            if row["ai_keywords"]:
                spelled = list(row["ai_keywords"])
                for keyword in row["ai_keywords"]:
                    both = _WITH_SHORT.fullmatch(keyword)
                    spelled.extend(both.groups() if both else ())
                keywords = {term_key(keyword) for keyword in spelled}
            document = Document.of(clean_text(row["title"]), clean_text(row["summary"]))
            yield Paper(wordings(document), keywords)


def features(line: Wording, described: Sequence[Sequence[str]], first: int, last: int) -> list[str]:
    """Describe a span, as `graphkb.extract.learned.tagger.Tagger.terms` adds its weights up."""
    found: list[str] = []
    # The numbers are those of PLACES.
    for place, at in enumerate((first - 2, first - 1, first, last, last + 1, last + 2)):
        if 0 <= at < len(described):
            found.extend(f"{place} {feature}" for feature in described[at])
    for at in range(first, last + 1):
        found.extend(f"6 {feature}" for feature in described[at])
    for at in range(first + 1, last):
        found.extend(f"7 {feature}" for feature in described[at])
    found.append(f"left {line.gaps[first]}")
    found.append(f"right {line.gaps[last + 1]}")
    found.append(f"length {last - first + 1}")
    found.extend(f"flag {flag}" for flag in line.flags)
    return found


def capital(line: Wording, first: int, last: int, text: str) -> bool:
    """Tell whether a span is written like a name where no title or sentence begins."""
    if " " not in text and any(letter.isupper() for letter in text[1:]):
        return True
    tokens = line.sentence.tokens
    return (
        line.sentence.field == "abstract"
        and first > 0
        and text[0].isupper()
        and tokens[last].text[0].isupper()
    )


def learned() -> dict[str, Any]:
    """Fit the tagger and count the frequent terms."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    from graphkb.extract.learned.tagger import PLACES, spans_of, term_key, word_features

    chance = random.Random(0)  # noqa: S311 - which spans are left out, nothing secret
    rows: list[list[str]] = []
    labels: list[bool] = []
    seen: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for paper in papers():
        here: set[str] = set()
        written: set[str] = set()
        for line in paper.lines:
            described = [word_features(token.text) for token in line.sentence.tokens]
            for first, last in spans_of(line):
                tokens = line.sentence.tokens
                text = line.sentence.between(tokens[first].begin, tokens[last].stop)
                key = term_key(text)
                here.add(key)
                if capital(line, first, last, text):
                    written.add(key)
                if paper.keywords is None:
                    continue
                is_term = key in paper.keywords
                if is_term or chance.random() < NEGATIVES:
                    rows.append(features(line, described, first, last))
                    labels.append(is_term)
        seen.update(here)
        named.update(written)
        asked.update(here & (paper.keywords or set()))
    counts = Counter(feature for row in rows for feature in set(row))
    kept = sorted(feature for feature, count in counts.items() if count >= LEAST)
    index = {feature: number for number, feature in enumerate(kept)}
    values: list[float] = []
    indices: list[int] = []
    starts = [0]
    for row in rows:
        of_row = Counter(index[feature] for feature in row if feature in index)
        indices.extend(of_row.keys())
        values.extend(of_row.values())
        starts.append(len(indices))
    table = csr_matrix(
        (np.array(values, dtype=float), np.array(indices), np.array(starts)),
        shape=(len(rows), len(index)),
    )
    model = LogisticRegression(
        C=STRENGTH, solver="liblinear", tol=1e-2, max_iter=100, random_state=0
    ).fit(table, np.array(labels))
    words: dict[str, list[float]] = {}
    around = {"": round(float(model.intercept_[0]) + math.log(NEGATIVES), 3)}
    for feature, number in index.items():
        weight = float(model.coef_[0][number])
        place, _, word = feature.partition(" ")
        if not place.isdigit():
            around[feature] = round(weight, 3)
        elif abs(weight) >= LIGHTEST:
            words.setdefault(word, [0.0] * len(PLACES))[int(place)] = round(weight, 2)
    frequent = {
        key: [asked[key], seen[key], named[key]]
        for key in sorted({*asked, *named})
        if key and (asked[key] >= FREQUENT or named[key] >= FREQUENT)
    }
    return {"words": words, "around": around, "phrases": frequent}


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="write nothing, print the sizes")
    arguments = parser.parse_args()
    if not shared().is_dir():
        sys.exit(f"{shared()} is not there; GRAPHKB_SHARED says where the data lies")
    stored = learned()
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    print(f"{len(stored['words'])} features of words, {len(stored['phrases'])} frequent terms")
    if not arguments.dry:
        TARGET.write_text(text, encoding="utf-8")
    print(f"{len(text.encode())} bytes; now run scripts/train.py")


if __name__ == "__main__":
    main()
