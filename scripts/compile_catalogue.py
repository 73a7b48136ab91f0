"""Write the catalogue's YAML files as one JSON file, which loads several times faster.

    python scripts/compile_catalogue.py

A test tells where it was forgotten; until it has run again, the YAML is read itself.
"""

import sys
from pathlib import Path

from graphkb.extract.catalogue import reading
from graphkb.extract.catalogue.compiled import COMPILED, compiled_text


def main() -> int:
    """Write the file, unless something in the catalogue fits no entry."""
    sources = reading.catalogue_sources()
    catalogue = reading.read_sources(sources)
    for problem in catalogue.malformed:
        print(f"{problem.place}: {problem.what}: {problem.remedy}", file=sys.stderr)
    if catalogue.malformed:
        return 1
    path = Path(reading.__file__).parent / COMPILED
    path.write_text(compiled_text(catalogue.entries, sources), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
