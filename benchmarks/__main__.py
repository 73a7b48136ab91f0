"""Run the measurements, print them, and write them as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from importlib.metadata import version
from itertools import chain
from pathlib import Path

from benchmarks import export, listing, questions, scale

ROOT = Path(__file__).resolve().parent.parent
DAILY = "data/hf_daily/papers-2025.jsonl.gz"
LISTING = "data/listings/hf-papers-2025-12-29.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--papers", type=int, default=100_000, help="of the made-up corpus")
    parser.add_argument("--neo4j-papers", type=int, default=10_000, help="of the one for Neo4j")
    parser.add_argument("--out", type=Path, help="where to write the figures as JSON")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("GRAPHKB_SHARED") or ROOT.parent / "shared")
    source = str(shared / LISTING) if (shared / LISTING).is_file() else "sample:"
    machine = {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
        "packages": {name: version(name) for name in ("kglite", "neo4j", "click", "pyvis")},
        "source": "the copied listing of 41 papers" if source != "sample:" else source,
    }
    print(json.dumps(machine))
    found = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GRAPHKB_CACHE"] = str(Path(folder) / "cache")
        sizes = arguments.papers, arguments.neo4j_papers, arguments.runs
        made = questions.made(Path(folder) / "made.kgl", arguments.papers)
        exports = Path(folder) / "exports"
        exports.mkdir()
        for measured in chain(
            listing.measure(Path(folder), source, arguments.runs),
            scale.measure(Path(folder), *sizes),
            scale.measure_extraction(Path(folder), shared / DAILY),
            questions.measure(made, arguments.runs),
            export.measure(made, exports, arguments.runs, neo4j=arguments.neo4j_papers > 0),
        ):
            found.append(measured)
            print(json.dumps(measured))
    if arguments.out:
        text = json.dumps({"machine": machine, "measured": found}, indent=1)
        arguments.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
