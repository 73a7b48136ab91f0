"""All measurements by one command: ``python -m benchmarks --size small|full``, ``make bench``.

Each part runs in a process of its own, so that one that fails or is ended for its memory is told
and the others go on; then the command ends with 1. The figures go to standard output as they come,
one JSON object a line, progress to standard error; ``--out FILE`` keeps them with the machine, the
versions and ``--remark TEXT`` (what else was running). ``--only PART``, any number of times,
measures these parts alone, and replaces them in FILE where it is there; ``--list`` names them;
``--growth N``, any number of times, gives the sizes of the growth curves.
scripts/benchmarks_page.py makes docs/benchmarks.md of what is kept in docs/benchmarks/.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.measurement import measurements
from benchmarks.part import SIZES, Setting, Size, parts

ROOT = Path(__file__).resolve().parent.parent


def main(given: Sequence[str] | None = None) -> int:
    """Measure; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--only", action="append", default=[], metavar="PART")
    parser.add_argument("--out", type=Path, help="where to keep the figures as JSON")
    parser.add_argument("--remark", default="", help="what ran beside it, kept with the figures")
    parser.add_argument("--list", action="store_true", help="name the parts and end")
    parser.add_argument("--growth", action="append", type=int, default=[], metavar="N")
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args(given)
    known = parts()
    if arguments.list:
        print("\n".join(f"{part.name:12} {part.title}" for part in known.values()))
        return 0
    if unknown := set(arguments.only) - known.keys():
        parser.error(f"no part is called {min(unknown)}: there are {', '.join(known)}")
    size = SIZES[arguments.size]
    if arguments.growth:
        size = replace(size, growth=tuple(sorted(arguments.growth)))
    if arguments.folder:
        return _measure_here(arguments.only[0], size, arguments.folder)
    chosen = arguments.only or list(known)
    kept = _Kept(arguments.out, arguments.size, machine(), arguments.remark, chosen)
    print(json.dumps({"machine": kept.machine}), flush=True)
    failed: list[str] = []
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for at, name in enumerate(chosen, 1):
            passed = time.perf_counter() - begin
            say(f"{at} of {len(chosen)}: {name}, {known[name].title} ({passed:.0f} s passed)")
            for one in _apart(name, size, Path(folder)):
                if "failed" in one:
                    kept.failed[name] = str(one["failed"])
                    failed.append(name)
                    say(f"{name} failed: {one['failed']}")
                else:
                    kept.measurements.append(one)
                    print(json.dumps(one), flush=True)
            # After each part: who is stopped keeps what was measured.
            kept.write(time.perf_counter() - begin)
    if failed:
        say(f"failed: {', '.join(failed)}")
    return 1 if failed else 0


class _Kept:
    """What a run keeps, and what the file has of the parts that this run leaves alone."""

    def __init__(
        self, path: Path | None, size: str, told: dict[str, Any], remark: str, parts: Sequence[str]
    ) -> None:
        self._path, self._size, self.machine, self._remark = path, size, told, remark
        self.failed: dict[str, str] = {}
        self.measurements: list[dict[str, Any]] = []
        self._seconds = 0
        if path and path.is_file():
            held = json.loads(path.read_text(encoding="utf-8"))
            self._seconds = held["seconds"]
            self.failed = {k: v for k, v in held["failed"].items() if k not in parts}
            self.measurements = [one for one in held["measurements"] if one["part"] not in parts]
            self._remark = remark or held["remark"]

    def write(self, seconds: float) -> None:
        if self._path is None:
            return
        head = {
            "size": self._size,
            "machine": self.machine,
            "remark": self._remark,
            "seconds": round(self._seconds + seconds),
            "failed": self.failed,
        }
        found = sorted(self.measurements, key=lambda one: str(one["part"]))
        lines = ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in found)
        text = json.dumps(head, indent=1)[:-2] + f',\n "measurements": [\n  {lines}\n ]\n}}\n'
        self._path.write_text(text, encoding="utf-8")


def say(message: str) -> None:
    """Tell a person."""
    print(message, file=sys.stderr, flush=True)


def _apart(name: str, size: Size, folder: Path) -> Iterator[dict[str, Any]]:
    """Run a part in a process of its own; yield its measurements, and how it failed."""
    asked = ["--size", size.name, *(f"--growth={papers}" for papers in size.growth)]
    command = [sys.executable, "-m", "benchmarks", *asked, "--only", name, "--in", str(folder)]
    environment = {**os.environ, "GRAPHKB_CACHE": str(folder / "cache")}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout is not None
        failed = False
        for line in process.stdout:
            if line.startswith("{"):
                found = json.loads(line)
                failed = failed or "failed" in found
                yield found
    if process.returncode and not failed:
        yield {"failed": f"its process ended with {process.returncode}"}


def _measure_here(name: str, size: Size, folder: Path) -> int:
    shared = Path(os.environ.get("GRAPHKB_SHARED") or ROOT.parent / "shared")
    code = 0
    try:
        for found in parts()[name].measure(Setting(folder, shared, size)):
            if "error" in found:
                code = 1
                print(json.dumps({"failed": f"{found['what']}: {found['error']}"}), flush=True)
            for one in measurements(name, found):
                print(json.dumps(one.to_json()), flush=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told and the others go on
        traceback.print_exc()
        print(json.dumps({"failed": f"{type(error).__name__}: {error}"[:500]}), flush=True)
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
