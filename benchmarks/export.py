"""How fast a whole store is exported and imported by Neo4j, and in how much memory.

``python -m benchmarks.export [STORE] [--papers N] [--runs N] [--no-neo4j]`` takes a store as it is,
or makes one. Each part runs in a process of its own with its peak of memory.

The baseline of writing, in the same run and on the same rows: all columns of a kind as Python
lists, made into a table of pyarrow (lists joined to text, which its CSV cannot hold otherwise) and
written by ``pyarrow.csv.write_csv`` or ``pyarrow.parquet.write_table``. That both are given the
same Python lists is not counted, nor is the reading of the store; what each then does to the values
is. The baseline of the whole way reads the same batches from the same store and writes them by
pyarrow. The baseline of the import are the files that pyarrow wrote.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benchmarks import questions
from benchmarks.part import Part
from graphkb.export.content import Columns, Content, StoreContent
from graphkb.export.format import export_format
from graphkb.export.neo4j_import import LIST_SEPARATOR, Table, tables
from graphkb.export.write import write_export
from graphkb.model.graph import Edge, Entity
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES
from graphkb.store import open_store

ROOT = Path(__file__).resolve().parent.parent
RATE, PEAK_MB = 0.6, 1_000
_ARROW = {
    "str": pa.string(),
    "list": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
}


class Held(Content):
    """Columns in memory, given again and again."""

    title, topic = "held", None

    def __init__(self, content: Content) -> None:
        self.by_label = {one.label: list(content.entity_columns(one.label)) for one in ENTITY_TYPES}
        self.by_type = {
            one.name: list(content.edge_columns(one.name)) for one in RELATIONSHIP_TYPES
        }

    def entities(self, labels: object = None) -> Iterator[Entity]:
        raise NotImplementedError

    def edges(self, types: object = None) -> Iterator[Edge]:
        raise NotImplementedError

    def entity_columns(self, label: str) -> Iterator[Columns]:
        return iter(self.by_label[label])

    def edge_columns(self, type_: str) -> Iterator[Columns]:
        return iter(self.by_type[type_])


def rates(store: str, folder: str, runs: str) -> dict[str, Any]:
    """Write the same columns in turns by us and by pyarrow."""
    with open_store(store) as opened:
        held = Held(StoreContent(opened, ground=True))
    whole = [(table, {c.declared.name: [] for c in table.columns}) for table in tables(held)]
    for table, columns in whole:
        for batch in table.batches:
            for name, values in columns.items():
                values.extend(batch[name])
    rows = sum(len(next(iter(columns.values()))) for _, columns in whole)

    def theirs(write: Callable[[pa.Table, Path], object], ending: str) -> None:
        path = Path(folder) / f"pyarrow-{ending}"
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        for table, columns in whole:
            write(_arrow(table, columns, typed=ending == "csv"), path / f"{table.stem}.{ending}")

    def ours(name: str) -> None:
        path = Path(folder) / f"ours-{name}"
        shutil.rmtree(path, ignore_errors=True)
        export_format(name).write(held, path)

    ways: dict[str, Callable[[], None]] = {
        "csv": lambda: ours("csv"),
        "pyarrow csv": lambda: theirs(pyarrow.csv.write_csv, "csv"),
        "parquet": lambda: ours("parquet"),
        "pyarrow parquet": lambda: theirs(pyarrow.parquet.write_table, "parquet"),
    }
    wall: dict[str, list[float]] = defaultdict(list)
    process: dict[str, list[float]] = defaultdict(list)
    for _ in range(int(runs)):
        for name, way in ways.items():
            begin = time.perf_counter(), time.process_time()
            way()
            wall[name].append(time.perf_counter() - begin[0])
            process[name].append(time.process_time() - begin[1])
    found = {"wall": wall, "process": process}
    middle = {k: {n: statistics.median(all_) for n, all_ in v.items()} for k, v in found.items()}
    return {
        "rows": rows,
        "rows_a_s": {k: {n: round(rows / s) for n, s in v.items()} for k, v in middle.items()},
        "rate": {
            kind: {name: round(v[f"pyarrow {name}"] / v[name], 2) for name in ("csv", "parquet")}
            for kind, v in middle.items()
        },
    }


def _arrow(table: Table, columns: Mapping[str, Sequence[Any]], *, typed: bool) -> pa.Table:
    """The columns of a table as pyarrow has them, with the heads that the import wants."""
    made = {}
    for column in table.columns:
        name, type_ = column.declared.name, column.declared.type
        values = columns[name]
        if type_ == "list":
            values = [None if value is None else LIST_SEPARATOR.join(value) for value in values]
        head = column.head or (f"{name}:{_CSV_TYPES[type_]}" if typed else name)
        made[head] = pa.array(values, _ARROW[type_])
    made[":LABEL" if table.is_entities else ":TYPE"] = pa.repeat(table.kind, len(values))
    return pa.table(made)


_CSV_TYPES = {
    "str": "string",
    "list": "string[]",
    "int": "long",
    "float": "double",
    "bool": "boolean",
}


def whole(store: str, folder: str, name: str) -> dict[str, Any]:
    """Export a store in a format, or in CSV by pyarrow."""
    with _measured() as found, open_store(store) as opened:
        found["opening_s"] = time.perf_counter() - found["begin"]
        found["opening_peak_mb"] = _peak()
        content = StoreContent(opened, ground=True)
        begin, used = time.perf_counter(), time.process_time()
        rows = (
            _by_pyarrow(content, Path(folder) / name)
            if name == "pyarrow"
            else sum(_counts(content, name, Path(folder) / f"whole-{name}"))
        )
        found["export_s"] = time.perf_counter() - begin
        found["export_process_s"] = time.process_time() - used
        found["rows_a_s"] = rows / found["export_s"]
        found["resident_mb"] = _resident()
    return {name: round(value, 1) for name, value in found.items() if name != "begin"}


def _counts(content: Content, name: str, out: Path) -> tuple[int, int]:
    done = write_export(content, name, out)
    return done.entities, done.edges


def _by_pyarrow(content: Content, folder: Path) -> int:
    """Write the same batches by pyarrow."""
    folder.mkdir()
    rows = 0
    for table in tables(content):
        writer = None
        for batch in table.batches:
            made = _arrow(table, batch, typed=True)
            writer = writer or pyarrow.csv.CSVWriter(folder / f"{table.stem}.csv", made.schema)
            writer.write_table(made)
            rows += made.num_rows
        if writer is not None:
            writer.close()
    return rows


class _measured:  # noqa: N801 - reads as a word in a `with`
    def __enter__(self) -> dict[str, float]:
        self.found = {"begin": time.perf_counter()}
        return self.found

    def __exit__(self, *_: object) -> None:
        self.found["wall_s"] = time.perf_counter() - self.found["begin"]
        self.found["peak_mb"] = _peak()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _resident() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def imports(folder: str, runs: str) -> dict[str, Any]:
    """Import our files and those of pyarrow in turns."""
    sys.path.insert(0, str(ROOT / "scripts"))
    from neo4j_server import admin_program

    times: dict[str, list[float]] = defaultdict(list)
    for _ in range(int(runs)):
        for name in ("ours-csv", "pyarrow-csv", "ours-parquet", "pyarrow-parquet"):
            with tempfile.TemporaryDirectory() as home:
                (Path(home) / "conf").mkdir()
                (Path(home) / "conf" / "neo4j.conf").touch()
                program = admin_program(Path(home), "2g")
                # The files that pyarrow wrote are imported by our command without what it says of
                # ours alone: which of them have lines within cells is the same.
                path = Path(folder) / name
                if name.startswith("pyarrow"):
                    ours = path.with_name(name.replace("pyarrow", "ours"))
                    shutil.copy(ours / "import.sh", path / "import.sh")
                begin = time.perf_counter()
                subprocess.run(
                    ["sh", path / "import.sh"],
                    env={"PATH": f"{program.parent}:/usr/bin:/bin"},
                    check=True,
                    capture_output=True,
                )
                times[name].append(round(time.perf_counter() - begin, 1))
    return {"seconds": times}


def measure(store: str, folder: Path, runs: int, *, neo4j: bool) -> Iterator[dict[str, Any]]:
    """Yield one measurement after the other."""
    found = _apart("rates", store, folder, runs)
    yield {"what": "writing the same columns", **found, "bound": f"rate {RATE} of pyarrow's CSV"}
    for name in ("csv", "parquet", "cypher", "pyarrow"):
        of = "the same read and written by pyarrow" if name == "pyarrow" else f"export as {name}"
        yield {"what": of, **_apart("whole", store, folder, name), "bound": f"{PEAK_MB} MB"}
    if neo4j:
        found = _apart("imports", folder, runs)
        yield {"what": "neo4j-admin import", **found, "bound": "no slower than pyarrow's files"}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "rates": rates,
    "whole": whole,
    "imports": imports,
}


def _apart(job: str, *arguments: object) -> dict[str, Any]:
    """Run a part in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export", "--job", job, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


PART = Part(
    "export",
    "a whole store exported, and imported by Neo4j",
    lambda setting: measure(
        setting.made(),
        setting.own("export"),
        setting.size.runs,
        neo4j=setting.size.neo4j_papers > 0,
    ),
)


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", nargs="?")
    parser.add_argument("--papers", type=int, default=100_000, help="of a store that is made")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-neo4j", action="store_true")
    parser.add_argument("--job", nargs="+", help="one part, in this process")
    arguments = parser.parse_args(given)
    if arguments.job:
        name, *rest = arguments.job
        print(json.dumps(JOBS[name](*rest)))
        return
    with tempfile.TemporaryDirectory() as folder:
        store = arguments.store
        if store is None:
            store = questions.made(Path(folder) / "made.kgl", arguments.papers)
        for measured in measure(
            str(Path(store).resolve()), Path(folder), arguments.runs, neo4j=not arguments.no_neo4j
        ):
            print(json.dumps(measured), flush=True)


if __name__ == "__main__":
    main()
