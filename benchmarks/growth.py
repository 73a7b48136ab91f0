"""How times, memory and files grow with the number of papers: curves, and the exponent of each.

``python -m benchmarks.growth [--papers 1000 10000 …] [--texts N] [--runs N]`` measures, each size
in processes of its own:

- made-up sources of so many papers (:mod:`benchmarks.sources`, titles alone) loaded into an
  embedded store: time, peak of memory, size of the file; the same with abstracts, which are read,
  up to ``--texts`` papers;
- a made-up graph of so many papers (:mod:`benchmarks.derived`): the file opened; every interactive
  query and command, about a hub, about what stands in the middle and about what is rare; the page
  of a topic, written.

An exponent is fitted to the least of each size's runs by least squares on logarithms, of times to
those of the processor: what else runs on the machine is hardly in them. 0 is constant and 1 is
linear. What is worse than it should be is named at the end: above 1.05 of a load, memory or file;
of a look-up, topic or page more than 0.15 above the exponent of its answer's rows or of the edges
of what is asked about (the best known method of a larger graph has more neighbours, and a list of
the twenty it shares most with reads all of them), and a millisecond or more in all. A size whose
memory, by the sizes before it, would exceed what can be had is told instead of run.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import graphkb
from benchmarks import questions, sources
from benchmarks.derived import derived_graph
from benchmarks.machine import available_mb, peak_mb
from benchmarks.made_paper import Papers
from benchmarks.measurement import spread
from benchmarks.part import Part
from graphkb.store import Changes, open_store

__all__ = ["Curve", "about", "curves", "exponent", "exponents", "is_worse", "meaning", "measure"]

ROOT = Path(__file__).resolve().parent.parent
LINEAR, CONSTANT = 1.05, 0.15
# What curves are drawn of: times of the processor, by which noise is less.
FIGURES = ("process_s", "process_ms", "peak_mb", "file_mb")
# A look-up of less than a millisecond is measured too roughly for an exponent to tell.
FLOOR_MS = 1.0
_TOPIC_LIMIT = 60
# Of what can be had, at most this share is asked for.
_ROOM = 0.8
# Where a curve is worse than it should be and it is known why: by the beginning of its name.
WHY: Mapping[str, str] = {
    "load": "from some ten thousand entities on the engine lays columns and indexes as they can be"
    " mapped, which is not packed: 60 bytes an entity or edge of 3,000 papers, 98 of 30,000, 99 of"
    " 100,000",
    "open": "the embedded store is in memory: opening it reads the file",
    "query gaps": "it reads where a method's siblings and all that is used beside it are tried,"
    " and of these the best known have more neighbours in a larger graph",
    "search typo": "it compares all names that begin with one of the first two letters typed, and a"
    " larger graph has more of them (decision 9)",
}


@dataclass(slots=True)
class Curve:
    """A figure by the number of papers.

    Parameters
    ----------
    what, figure, unit : str
        Which.
    linear : bool
        Whether it may grow with the graph; else it should not.
    points : dict
        The least of each size's runs.
    rows, edges : dict
        How many rows the answer has, and how many edges what is asked about.
    """

    what: str
    figure: str
    unit: str
    linear: bool
    points: dict[int, float] = field(default_factory=dict)
    rows: dict[int, float] = field(default_factory=dict)
    edges: dict[int, float] = field(default_factory=dict)

    @property
    def exponent(self) -> float | None:
        """The exponent of the fitted power law; none of fewer than two sizes."""
        return exponent(self.points)

    @property
    def allowed(self) -> float:
        """The exponent that it may have."""
        if self.linear:
            return LINEAR
        grown = (exponent(self.rows) or 0.0, exponent(self.edges) or 0.0)
        return round(CONSTANT + max(0.0, *grown), 3)

    @property
    def worse(self) -> bool:
        """Whether it grows faster than it should."""
        return is_worse(self.exponent, self.allowed, self.points, self.unit)


def exponent(points: Mapping[int, float]) -> float | None:
    """Fit a power law by least squares on logarithms.

    Examples
    --------
    >>> exponent({10: 2.0, 100: 20.0, 1000: 200.0})
    1.0
    """
    pairs = [(math.log(size), math.log(value)) for size, value in points.items() if value > 0]
    if len({x for x, _ in pairs}) < 2:
        return None
    x_mean = math.fsum(x for x, _ in pairs) / len(pairs)
    y_mean = math.fsum(y for _, y in pairs) / len(pairs)
    above = math.fsum((x - x_mean) * (y - y_mean) for x, y in pairs)
    return round(above / math.fsum((x - x_mean) ** 2 for x, _ in pairs), 3)


def is_worse(found: float | None, allowed: float, points: Mapping[int, float], unit: str) -> bool:
    """Say whether an exponent is worse than it may be, and more than noise.

    Examples
    --------
    >>> is_worse(0.4, 0.15, {100: 0.2, 1000: 0.5}, "ms"), is_worse(0.4, 0.15, {1: 2, 9: 5}, "ms")
    (False, True)
    """
    if found is None or found <= allowed:
        return False
    return unit != "ms" or points[max(points)] - points[min(points)] >= FLOOR_MS


def meaning(found: float) -> str:
    """Say what an exponent means.

    Examples
    --------
    >>> [meaning(found) for found in (-0.2, 0.1, 0.5, 1.02, 1.3)]
    ['constant', 'constant', 'less than linear', 'linear', 'worse than linear']
    """
    if found <= CONSTANT:
        return "constant"
    if found < 0.95:
        return "less than linear"
    return "linear" if found <= LINEAR else "worse than linear"


def measure(
    folder: Path, papers: Sequence[int], *, texts: int, runs: int
) -> Iterator[dict[str, Any]]:
    """Yield what is found at each size, size by size, and then the exponents.

    Parameters
    ----------
    folder : Path
        For files.
    papers : sequence of int
        The sizes, ascending.
    texts : int
        The most papers that are loaded with abstracts.
    runs : int
        How often what is quick is measured.

    Yields
    ------
    dict
        With ``papers`` and figures; at the end one with the exponent a curve.
    """
    found: list[dict[str, Any]] = []
    for job, most in (("load", papers[-1]), ("load-texts", texts), ("ask", papers[-1])):
        peaks: dict[int, float] = {}
        for size in (size for size in papers if size <= most):
            needed, room = _foreseen(peaks, size), available_mb() * _ROOM
            if needed > room:
                yield {
                    "what": f"not run: {job} of {size:,} papers",
                    "needed_gb": round(needed / 1e3, 1),
                    "left_gb": round(room / 1e3, 1),
                }
                break
            for one in _apart(folder, job, size, runs):
                peaks[size] = max(peaks.get(size, 0.0), one.pop("process_peak_mb", 0.0))
                if "curve" in one:
                    found.append(one)
                    yield one
    yield from exponents(found)


def exponents(
    found: Sequence[Mapping[str, Any]], figures: Sequence[str] = FIGURES
) -> Iterator[dict[str, Any]]:
    """Yield the exponent of each curve, and print the curves.

    Parameters
    ----------
    found : sequence of mapping
        What was found at several sizes, each :func:`about` a curve.
    figures : sequence of str
        Of which figures there are curves.

    Yields
    ------
    dict
        With the exponent and what it may be.
    """
    made = curves(found, figures)
    for curve in made:
        if (value := curve.exponent) is not None:
            figure = f"exponent of {curve.figure}"
            yield {"what": curve.what, figure: value, "bound": curve.allowed}
    print("\n".join(table(made)), file=sys.stderr, flush=True)


def curves(found: Sequence[Mapping[str, Any]], figures: Sequence[str] = FIGURES) -> list[Curve]:
    """Return a curve a figure of what was found at several sizes."""
    made: dict[tuple[str, str], Curve] = {}
    for one in found:
        for name in figures:
            if name in one:
                figure, _, unit = name.rpartition("_")
                key = str(one["curve"]), figure
                curve = made.setdefault(key, Curve(*key, unit, linear=bool(one.get("linear"))))
                value = one[name]
                size = int(one["papers"])
                curve.points[size] = value["min"] if isinstance(value, Mapping) else float(value)
                for beside in ("rows", "edges"):
                    if one.get(beside):
                        getattr(curve, beside)[size] = one[beside]
    return list(made.values())


def load(folder: str, papers: str, _runs: str, *, abstracts: bool = False) -> Iterator[Any]:
    """Load made-up sources."""
    count = int(papers)
    place = Path(folder) / f"sources-{count}-{abstracts}"
    written = sources.write(place, Papers(count), abstracts=abstracts, part=count)
    store = place / "made.kgl"
    os.environ["GRAPHKB_CACHE"] = str(place / "cache")  # nobody has read these texts yet
    begin = time.perf_counter(), time.process_time()
    with graphkb.open(str(store)) as base:
        report = base.load(*(str(place / part) for part in written.parts))
    assert not report.failures, report.failures
    yield {
        **about(f"load{' with abstracts' if abstracts else ''}", count, linear=True),
        "wall_s": time.perf_counter() - begin[0],
        "process_s": time.process_time() - begin[1],
        "peak_mb": peak_mb(),
        "file_mb": sum(file.stat().st_size for file in place.glob("made.kgl*")) / 1e6,
        "process_peak_mb": peak_mb(),
    }
    for path in place.rglob("*"):
        if path.is_file():
            path.unlink()


def load_texts(folder: str, papers: str, runs: str) -> Iterator[Any]:
    """Load made-up sources with abstracts."""
    return load(folder, papers, runs, abstracts=True)


def make(folder: str, papers: str, _runs: str) -> Iterator[Any]:
    """Make a graph and write it."""
    graph = derived_graph(int(papers))
    changes = Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values()))
    with open_store(_graph(folder, papers), write=True) as store:
        store.write(changes)
    yield {"process_peak_mb": peak_mb()}


def opened(folder: str, papers: str, runs: str) -> Iterator[Any]:
    """Open the store and ask by id."""
    clock = _Clock()
    for _ in range(int(runs)):
        with clock, graphkb.open(_graph(folder, papers)) as base:
            base.cypher("MATCH (p:Paper {id: $id}) RETURN p.name", {"id": "arxiv:2001.00001"})
    yield {
        **about("open and ask by id", int(papers), linear=True),
        "wall_s": spread(clock.wall),
        "process_s": spread(clock.process),
        "peak_mb": peak_mb(),
    }


def ask(folder: str, papers: str, runs: str) -> Iterator[Any]:
    """Ask what a person waits for."""
    for found in questions.measure(_graph(folder, papers), int(runs), interactive=True):
        what = " ".join(filter(None, (found["what"], found["about"])))
        if "error" in found:
            yield {**about(what, int(papers)), "error": found["error"]}
        else:
            names = ("ms", "process_ms", "rows", "edges")
            kept = {name: found[name] for name in names if name in found}
            yield {**about(what, int(papers)), **kept}


def page(folder: str, papers: str, runs: str) -> Iterator[Any]:
    """Write the page of a topic."""
    with graphkb.open(_graph(folder, papers)) as base:
        rows = base.cypher(
            "MATCH (m:Method) RETURN m.id AS id, m.support AS support "
            "ORDER BY support DESC, id LIMIT 1"
        ).rows
        out = Path(folder) / "page.html"
        clock = _Clock()
        for _ in range(int(runs) + 1):
            with clock:
                base.view(out, str(rows[0][0]), limit=_TOPIC_LIMIT)
    yield {
        **about(f"page of a topic of {_TOPIC_LIMIT}", int(papers)),
        # The first fills caches, as the first page of a session does.
        "ms": spread([1e3 * taken for taken in clock.wall[1:]]),
        "process_ms": spread([1e3 * taken for taken in clock.process[1:]]),
        "file_mb": out.stat().st_size / 1e6,
    }


class _Clock:
    """Seconds of each time that it is entered, by the wall and of the processor."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.process: list[float] = []

    def __enter__(self) -> None:
        self._begin = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall.append(time.perf_counter() - self._begin[0])
        self.process.append(time.process_time() - self._begin[1])


def about(curve: str, papers: int, *, linear: bool = False) -> dict[str, Any]:
    """Return what a figure of a curve says of itself: see :class:`Curve`."""
    return {
        "what": f"{curve}, {papers:,} papers",
        "curve": curve,
        "papers": papers,
        "linear": linear,
    }


def _graph(folder: str, papers: str) -> str:
    return str(Path(folder) / f"graph-{papers}.kgl")


def _foreseen(peaks: Mapping[int, float], size: int) -> float:
    """How much memory a size will take, in proportion to the largest before it."""
    if not peaks:
        return 0.0
    largest = max(peaks)
    return peaks[largest] * size / largest


JOBS: dict[str, Sequence[Callable[[str, str, str], Iterator[Any]]]] = {
    "load": (load,),
    "load-texts": (load_texts,),
    "ask": (make, opened, ask, page),
}


def _apart(folder: Path, job: str, papers: int, runs: int) -> Iterator[dict[str, Any]]:
    """Run each step of a job in a process of its own."""
    for at in range(len(JOBS[job])):
        asked = [f"{job}:{at}", str(folder), str(papers), str(runs)]
        command = [sys.executable, "-m", "benchmarks.growth", "--job", *asked]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        yield from map(json.loads, done.stdout.splitlines())


PART = Part(
    "growth",
    "how times, memory and files grow with the number of papers, and the exponents",
    lambda setting: measure(
        setting.own("growth"),
        setting.size.growth,
        texts=setting.size.texts,
        runs=setting.size.runs,
    ),
)


def table(made: Sequence[Curve]) -> Iterator[str]:
    """Yield the curves as lines of a table, and then what is worse than it should be."""
    sizes = sorted({size for curve in made for size in curve.points})
    yield f"{'':38} {'':6}" + "".join(f"{size:>12,}" for size in sizes) + "  exponent"
    for curve in made:
        cells = "".join(
            f"{curve.points[size]:12.3f}" if size in curve.points else f"{'':12}" for size in sizes
        )
        fitted = ""
        if (value := curve.exponent) is not None:
            fitted = f"{value:10.2f} {meaning(value)} (may be {curve.allowed:.2f})"
        yield f"{curve.what:28} {curve.figure:9} {curve.unit:6}{cells}{fitted}"
    for curve in made:
        if curve.worse:
            known = next((why for name, why in WHY.items() if curve.what.startswith(name)), "")
            yield f"worse than it should be: {curve.what} ({curve.figure}) {known}".rstrip()


def main(given: Sequence[str] | None = None) -> None:
    """Measure, and print the curves."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--texts", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--job", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    if arguments.job:
        job, *rest = arguments.job
        name, _, at = job.partition(":")
        for one in JOBS[name][int(at)](*rest):
            print(json.dumps(one), flush=True)
        return
    sizes = sorted(arguments.papers)
    with tempfile.TemporaryDirectory() as folder:
        for one in measure(Path(folder), sizes, texts=arguments.texts, runs=arguments.runs):
            print(json.dumps(one), flush=True)


if __name__ == "__main__":
    main()
