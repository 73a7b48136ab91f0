"""How many abstracts are read a second on one core.

``python -m benchmarks.extraction [--runs 5] [--papers 1000] [--source FILE]`` reads titles and
abstracts of the daily papers of 2025 (``../shared``, else ``GRAPHKB_SHARED``) in one process,
without a cache, and counts the processor's time, which other people's work on the machine disturbs
less than the clock's. Each run reads the same texts in turns three ways, so that the ratios hold
where the machine's speed does not:

- *read*: as ``graphkb extract`` reads, rules and what was learned;
- *rules alone*: by a reader that learned nothing;
- *words alone*: the baseline; two regular expressions cut the texts into sentences and words, which
  are folded and looked up among the catalogue's. No reader that sees every word does less.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.part import Part, Setting
from graphkb.extract.catalogue import load_catalogue
from graphkb.extract.learned.weights import Learned
from graphkb.extract.reader import Reader
from graphkb.model.text import clean_text

__all__ = ["measure"]

ROOT = Path(__file__).resolve().parent.parent
DAILY = "data/hf_daily/papers-2025.jsonl.gz"
PAPERS = 1000
# The reader remembers words: the first texts fill its memory and are not counted.
WARMING = 200

_END = re.compile(r"(?<=[.!?])\s+")
_WORD = re.compile(r"\w+(?:-\w+)*")

Text = tuple[str, str]


def measure(source: Path, runs: int, papers: int = PAPERS) -> Iterator[dict[str, Any]]:
    """Yield the abstracts a second of each way of reading, where the source is there."""
    if not source.is_file():
        return
    warming, texts = _texts(source, papers)
    catalogue = load_catalogue()
    known = {word for entry in catalogue.entries for word in _WORD.findall(entry.name.lower())}
    reader, ruling = Reader(catalogue), Reader(catalogue, Learned())
    ways: dict[str, Callable[[str, str], object]] = {
        "read": reader.read,
        "rules alone": ruling.read,
        "words alone": lambda title, abstract: _known_words(title, abstract, known),
    }
    for read in ways.values():
        _seconds(read, warming)
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, read in ways.items():
            taken[name].append(_seconds(read, texts))
    for name, seconds in taken.items():
        rates = [len(texts) / spent for spent in seconds]
        against = zip(seconds, taken["words alone"], strict=True)
        ratio = statistics.median(spent / least for spent, least in against)
        yield {
            "what": f"abstracts of {source.name} a second a core, {name}",
            "median": round(statistics.median(rates), 1),
            "min": round(min(rates), 1),
            "max": round(max(rates), 1),
            "times_words_alone": round(ratio, 1),
            "abstracts": len(texts),
            "runs": runs,
            "bound": "300, asked for reading" if name == "read" else "none",
        }


def _texts(source: Path, papers: int) -> tuple[list[Text], list[Text]]:
    """Return the texts to warm with and those to measure: none is in both."""
    import gzip

    found: list[Text] = []
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        for line in lines:
            paper = json.loads(line)
            found.append((clean_text(paper.get("title", "")), clean_text(paper.get("summary", ""))))
            if len(found) == WARMING + papers:
                break
    return found[:WARMING], found[WARMING:]


def _known_words(title: str, abstract: str, known: set[str]) -> list[list[str]]:
    return [
        [word for word in _WORD.findall(sentence.lower()) if word in known]
        for sentence in (title, *_END.split(abstract))
    ]


def _seconds(read: Callable[[str, str], object], texts: Sequence[Text]) -> float:
    begin = time.process_time()
    for title, abstract in texts:
        read(title, abstract)
    return time.process_time() - begin


def _part(setting: Setting) -> Iterator[dict[str, Any]]:
    for found in measure(setting.daily, setting.size.runs, min(PAPERS, setting.size.papers)):
        rate = {name: found.pop(name) for name in ("median", "min", "max")}
        yield {**found, "abstracts_a_s": rate}


PART = Part("extraction", "how many abstracts are read a second on one core", _part)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--papers", type=int, default=PAPERS)
    parser.add_argument("--source", type=Path)
    arguments = parser.parse_args()
    shared = Path(os.environ.get("GRAPHKB_SHARED") or ROOT.parent / "shared")
    source = arguments.source or shared / DAILY
    for found in measure(source, arguments.runs, arguments.papers):
        print(json.dumps(found))


if __name__ == "__main__":
    main()
