"""Load the real inputs one by one in random orders, and see that every order gives one graph.

    python scripts/check_sources.py [--orders N] [--seed N] [--neo4j] [--without NAME]…
                                    [--reach] [--doctor] [--no-forget]

Each source of GRAPHKB_SHARED (else ../shared) is loaded by itself, in N random orders (3) into
embedded stores and with --neo4j in one more into a Neo4j that is started for it. All digests must
be equal and doctor clean. Then, on the last embedded store and on Neo4j, each source in turn is
forgotten, which must give the digest of a store that never had it, and loaded again, which must
give the whole one. One source more is a graph as asserted: what the first two of them derive,
exported as JSON lines. --without leaves out the sources whose file begins so (papers-2025 is the
large one; "asserted" that graph). --reach lets every load derive only what it reaches, also where
most of the graph is new; it leaves out what is asserted, which lies over everything.
--doctor examines after every step, which is slow and tells the step that went wrong. Ends with 1
where anything differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from measure_rules import shared
from neo4j_server import neo4j_server

import graphkb
from graphkb.build import loading

SOURCES = (
    "listings/hf-papers-2025-12-29.txt",
    "hf_daily/api/*.json",
    "hf_daily/papers-2025.jsonl.gz",
    "bibtex/awesome-rl-lrm.bib",
    "semantic_scholar/*.json",
    "crossref/works-sample.jsonl",
    "arxiv/query-testing-15.xml",
    "aminer/paper-source-trace-200.json",
)
# The one paper in it has no title.
REFUSED = "paper-null-values.json"
SHOWN_FINDINGS = 20


def sources(without: Sequence[str]) -> list[Path]:
    """Return the files to load, in the order of the table above."""
    folder = shared() / "data"
    found = [path for pattern in SOURCES for path in sorted(folder.glob(pattern))]
    return [path for path in found if not path.name.startswith(tuple(without))]


def asserted(folder: Path, paths: Sequence[Path]) -> Path:
    """Return an export of what some sources derive."""
    out = folder / "asserted.jsonl"
    with graphkb.open(":memory:") as base:
        base.load(*map(str, paths))
        base.export("jsonl", out)
    return out


class Check:
    """What is done, told with its time, and what of it went wrong."""

    def __init__(self, *, doctor: bool) -> None:
        self._doctor = doctor
        self.wrong = 0

    def load(self, url: str, *paths: Path) -> list[str]:
        """Load sources; return the ids of those that hold anything."""
        begun = time.perf_counter()
        with graphkb.open(url) as base:
            report = base.load(*map(str, paths))
            for failure in report.failures:
                print(f"  refused: {failure.error}")
                self.wrong += Path(failure.source).name != REFUSED
            ids = [source.id for source in report.sources]
            self._done(f"load {', '.join(ids)}: {report.changes} changes", begun)
            self._examine(base)
        return ids

    def forget(self, url: str, source: str) -> None:
        """Forget a source."""
        begun = time.perf_counter()
        with graphkb.open(url) as base:
            changes = base.forget(source)
            self._done(f"forget {source}: {changes} changes", begun)
            self._examine(base)

    def digest(self, url: str, what: str, wanted: str | None = None) -> str:
        """Return a store's digest; where another is wanted, tell what doctor finds."""
        begun = time.perf_counter()
        with graphkb.open(url) as base:
            found = base.digest()
            verdict = "" if wanted is None else " as it should be" if found == wanted else " WRONG"
            self._done(f"digest {found[:16]}{verdict}: {what}", begun)
            if verdict == " WRONG":
                self.wrong += 1
                self._examine(base, always=True)
        return found

    def doctor(self, url: str) -> None:
        """Examine a store."""
        with graphkb.open(url) as base:
            self._examine(base, always=True)

    def _examine(self, base: graphkb.KnowledgeBase, *, always: bool = False) -> None:
        if not (always or self._doctor):
            return
        begun = time.perf_counter()
        findings = base.doctor()
        self._done(f"doctor: {len(findings)} findings", begun)
        for finding in findings[:SHOWN_FINDINGS]:
            print(f"  {finding.check} {finding.where}: {finding.what}")
        self.wrong += bool(findings)

    def _done(self, what: str, begun: float) -> None:
        print(f"{time.perf_counter() - begun:7.1f} s  {what}", flush=True)


@contextmanager
def stores(number: int, *, with_neo4j: bool) -> Iterator[list[str]]:
    """Yield the addresses of that many empty embedded stores, and of a Neo4j at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="graphkb-sources-")))
        urls = [str(folder / f"order-{n}.kgl") for n in range(1, number + 1)]
        if with_neo4j:
            server = stack.enter_context(neo4j_server("1g"))
            stack.enter_context(patch.dict("os.environ", server.environment()))
            urls.append(server.url)
        yield urls


def check(paths: Sequence[Path], chosen: argparse.Namespace) -> int:
    """Load in every order, forget each source; return how often something was wrong."""
    chance = random.Random(chosen.seed)  # noqa: S311
    done = Check(doctor=chosen.doctor)
    with stores(chosen.orders, with_neo4j=chosen.neo4j) as urls:
        whole = None
        held: dict[str, Path] = {}
        for url in urls:
            order = chance.sample(list(paths), len(paths))
            print(f"== {url}")
            held = {id_: path for path in order for id_ in done.load(url, path)}
            digest = done.digest(url, "all sources", whole)
            done.doctor(url)
            whole = whole or digest
        if chosen.forget and whole is not None:
            forgotten = urls[chosen.orders - 1 :]
            for source in sorted(held):
                print(f"== without {source}")
                never = str(Path(urls[0]).parent / "never.kgl")
                done.load(never, *(path for id_, path in sorted(held.items()) if id_ != source))
                wanted = done.digest(never, f"never loaded {source}")
                Path(never).unlink()
                for url in forgotten:
                    done.forget(url, source)
                    done.digest(url, f"forgot {source}", wanted)
                    done.load(url, held[source])
                    done.digest(url, f"loaded {source} again", whole)
            for url in forgotten:
                done.doctor(url)
    return done.wrong


def main() -> int:
    """Check what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--orders", type=int, default=3, help="embedded stores, one order each")
    parser.add_argument("--seed", type=int, default=1, help="of the orders")
    parser.add_argument("--neo4j", action="store_true", help="one order more into a Neo4j")
    parser.add_argument("--without", action="append", default=[], metavar="NAME")
    parser.add_argument("--reach", action="store_true", help="never derive everything again")
    parser.add_argument("--doctor", action="store_true", help="examine after every step")
    parser.add_argument("--no-forget", dest="forget", action="store_false")
    chosen = parser.parse_args()
    if chosen.orders < 1:
        parser.error("--orders takes 1 or more")
    share = float("inf") if chosen.reach else loading.SHARE
    paths = sources(chosen.without)
    with (
        tempfile.TemporaryDirectory(prefix="graphkb-asserted-") as folder,
        patch.object(loading, "SHARE", share),
    ):
        if not (chosen.reach or "asserted" in chosen.without):
            paths.append(asserted(Path(folder), paths[:2]))
        wrong = check(paths, chosen)
    print("something is wrong" if wrong else "every order gives one graph")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
