"""Describe words by the company that they keep and write graphkb/extract/learned/company.json.

    python scripts/word_company.py

Reads the titles and abstracts of the unlabelled corpus (GRAPHKB_SHARED, else ../shared) without
the hand-annotated papers, whatever part they belong to: what is measured on those, the table has
not seen. The same data give the same file. Needs scikit-learn (the extra ``dev``). Train again
afterwards (scripts/train.py): the weights fit one table.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from measure_rules import ROOT, shared

if TYPE_CHECKING:
    from graphkb.extract.learned.task_phrases import Phrase
    from graphkb.extract.learned.wording import Wording

TARGET = ROOT / "graphkb" / "extract" / "learned" / "company.json"
# A word needs this many occurrences for a class, and a noun phrase's end this many for a profile.
LEAST = 6
LEAST_PHRASES = 3
CONTEXTS = 4000
WINDOW = (-2, -1, 1, 2)
DIMENSIONS = 100
CLASSES = (64, 256)
PURPOSE = frozenset(("for", "in", "on", "towards", "across"))
TASK_STEMS = frozenset(("task", "benchmark", "problem", "capability", "performance", "capabiliti"))

Lines = list[list["Wording"]]


def corpus() -> Lines:
    """Return the wording of each paper that nobody annotated."""
    from graphkb.extract.learned.wording import wordings
    from graphkb.extract.sentences import Document
    from graphkb.model.text import clean_text

    data = shared() / "data"
    annotated, titles = set(), set()
    with (data / "gold" / "dev.papers.jsonl").open(encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            annotated.add(row["id"])
            titles.add(bare(row["title"]))
    found: Lines = []
    with gzip.open(data / "hf_daily" / "papers-2025.jsonl.gz", "rt", encoding="utf-8") as file:
        for text in file:
            row = json.loads(text)
            if re.sub(r"v\d+$", "", str(row["id"])) in annotated or bare(row["title"]) in titles:
                continue
            document = Document.of(clean_text(row["title"]), clean_text(row["summary"] or ""))
            found.append(wordings(document))
    return found


def bare(title: str) -> str:
    """Return a title's letters and digits."""
    return re.sub(r"[^a-z0-9]", "", title.lower())


def classes(papers: Lines) -> dict[str, list[int]]:
    """Sort the frequent words into classes by what stands up to two words beside them."""
    import numpy as np
    from scipy.sparse import coo_matrix, csr_matrix
    from sklearn.cluster import KMeans
    from sklearn.utils.extmath import randomized_svd

    counts = Counter(word for lines in papers for line in lines for word in line.words)
    vocabulary = sorted((w for w, n in counts.items() if n >= LEAST), key=lambda w: (-counts[w], w))
    rows = {word: number for number, word in enumerate(vocabulary)}
    columns = {word: number for number, word in enumerate(vocabulary[:CONTEXTS])}
    seen: Counter[tuple[int, int]] = Counter()
    for lines in papers:
        for line in lines:
            words = ["^", *line.words, "$"]
            for at, word in enumerate(words):
                if word not in rows:
                    continue
                for side, step in enumerate(WINDOW):
                    if 0 <= at + step < len(words) and words[at + step] in columns:
                        column = columns[words[at + step]] + side * CONTEXTS
                        seen[rows[word], column] += 1
    keys = sorted(seen)
    values = np.array([float(seen[key]) for key in keys])
    shape = (len(vocabulary), CONTEXTS * len(WINDOW))
    row, column = np.array(keys).T
    matrix = coo_matrix((values, (row, column)), shape=shape)
    of_rows = np.asarray(matrix.sum(axis=1)).ravel()
    of_columns = np.asarray(matrix.sum(axis=0)).ravel() ** 0.75
    share = of_columns[column] / of_columns.sum()
    information = np.maximum(np.log(values / (of_rows[row] * share)), 0.0)
    left, strength, _ = randomized_svd(
        csr_matrix((information, (row, column)), shape=shape), DIMENSIONS, random_state=0
    )
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    sorted_into = [
        KMeans(number, n_init=8, max_iter=100, random_state=0).fit(vectors).labels_
        for number in CLASSES
    ]
    return {word: [int(labels[rows[word]]) for labels in sorted_into] for word in vocabulary}


def places(phrase: Phrase) -> Iterator[str]:
    """Yield in which of the places a noun phrase stands."""
    line, first, last = phrase.line, phrase.first, phrase.last
    words, gaps = line.words, line.gaps
    before = words[first - 1] if first and not gaps[first] else ""
    if last + 1 < len(words) and not gaps[last + 1] and line.stems[last + 1] in TASK_STEMS:
        yield "task"
    if before in PURPOSE:
        yield "purpose"
    if first and first - 1 in line.verbs:
        yield "verb"
    if line.number == 0:
        yield "title"
    if gaps[last + 1]:
        yield "end"
    if first and (gaps[first] == "," or before in ("and", "or")):
        yield "list"
    if line.number == 1:
        yield "first"


def profiles(papers: Lines) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return for words that end, and that begin, noun phrases where these stand."""
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.learned.company import PLACES
    from graphkb.extract.learned.task_phrases import phrases
    from graphkb.extract.lexicon import Lexicon

    lexicon = Lexicon(load_catalogue())
    heads: dict[str, Counter[str]] = {}
    openings: dict[str, Counter[str]] = {}
    everywhere: Counter[str] = Counter()
    for lines in papers:
        for found in phrases(lines, lexicon).values():
            for phrase in found:
                tags = ["count", *places(phrase)]
                words = phrase.line.words
                if phrase.first == phrase.last and "-" not in words[phrase.last]:
                    continue
                heads.setdefault(words[phrase.last], Counter()).update(tags)
                openings.setdefault(words[phrase.first], Counter()).update(tags)
                everywhere.update(tags)
    mean = {place: everywhere[place] / everywhere["count"] for place in PLACES}

    def profile(counts: Counter[str]) -> list[int]:
        number = counts["count"]
        rates = ((counts[p] / mean[p] + 3) / (number + 3) for p in PLACES)
        thirds = (max(-6, min(6, round(3 * math.log2(rate)))) for rate in rates)
        return [*thirds, int(math.log2(number))]

    heads_, openings_ = (
        {word: profile(c) for word, c in table.items() if c["count"] >= LEAST_PHRASES}
        for table in (heads, openings)
    )
    return heads_, openings_


def main() -> None:
    """Write the table."""
    if not shared().is_dir():
        sys.exit(f"{shared()} is not there; GRAPHKB_SHARED says where the data lies")
    papers = corpus()
    sorted_into = classes(papers)
    heads, openings = profiles(papers)
    table = {
        word: [sorted_into.get(word, []), heads.get(word, []), openings.get(word, [])]
        for word in sorted({*sorted_into, *heads, *openings})
    }
    rows = (f"{json.dumps(w, ensure_ascii=False)}:{json.dumps(r)}" for w, r in table.items())
    text = "{" + ",\n".join(row.replace(" ", "") for row in rows) + "}\n"
    TARGET.write_text(text, encoding="utf-8")
    print(f"{len(papers)} papers, {len(table)} words, {len(text)} bytes")


if __name__ == "__main__":
    main()
