"""Folders for Neo4j's bulk import: what their files hold, what they cannot, and the command."""

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from graphkb.errors import ExportError, MissingExtraError
from graphkb.export import csv_folder
from graphkb.export.content import GraphContent
from graphkb.export.write import write_export
from graphkb.model.graph import Edge, Entity, Graph, Value
from graphkb.model.schema import ENTITY_TYPES, RELATIONSHIP_TYPES, relationship_type
from graphkb.store import statements

PAPER = "arxiv:2401.00001"


def of(*entities: Entity) -> GraphContent:
    """Return the content of entities, the first a paper that cites itself."""
    loop = Edge(PAPER, "CITES", PAPER, PAPER, "Paper", "Paper", {"begin": 0})
    told: dict[str, Value] = {"name": "P", "title": "P", "stub": False, "year": 2024}
    return GraphContent(Graph.of([Entity("Paper", PAPER, told), *entities], [loop]))


def task(**told: Value) -> Entity:
    return Entity("Task", "task:a", {"name": "a", **told})


def lines(path: Path) -> list[str]:
    return path.read_bytes().decode().split("\r\n")


def lost(
    content: GraphContent, name: str, path: Path, *, spreadsheet: bool = False
) -> dict[tuple[str, str], int]:
    done = write_export(content, name, path, spreadsheet=spreadsheet)
    return {(loss.what, loss.property): loss.count for loss in done.losses}


def test_a_header_has_names_and_types(tmp_path: Path) -> None:
    write_export(of(task()), "csv", tmp_path / "x")
    assert lines(tmp_path / "x" / "nodes-Task.csv") == [
        "id:ID,name:string,aliases:string[],support:long,:LABEL",
        "task:a,a,,,Task",
        "",
    ]
    with (tmp_path / "x" / "relationships-CITES.csv").open(newline="") as file:
        header, row = csv.reader(file)
    assert header[:3] == [":START_ID", "paper:string", "field:string"]
    assert header[-2:] == [":END_ID", ":TYPE"]
    assert len(header) == 3 + len(relationship_type("CITES").properties)
    assert (row[0], row[1], row[-2], row[-1]) == (PAPER, PAPER, PAPER, "CITES")


def test_ground_truth_has_ids_of_its_own(tmp_path: Path) -> None:
    source = Entity("Source", PAPER, {"name": "s", "place": "/home/me"})
    write_export(of(source), "csv", tmp_path / "x")
    assert lines(tmp_path / "x" / "nodes-Source.csv")[0].startswith("id:ID(Source),")
    write_export(of(source), "parquet", tmp_path / "y")
    names = pq.read_schema(tmp_path / "y" / "nodes-Source.parquet").names
    assert (names[0], names[-1], "place" in names) == ("id:ID(Source)", ":LABEL", False)


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("plain", "plain"),
        ("a,b", '"a,b"'),
        ('say "x"', '"say ""x"""'),
        ("two\nlines", '"two\nlines"'),
        ("two\rlines", '"two\rlines"'),
        ("", '""'),
        (" padded ", " padded "),
        ("=1+1", "=1+1"),
        ("\x00\x1f\x7f", "\x00\x1f\x7f"),
    ],
)
def test_a_cell_is_quoted_only_where_it_must_be_and_never_altered(
    tmp_path: Path, name: str, cell: str
) -> None:
    content = of(Entity("Author", "author:a", {"name": name}))
    assert lost(content, "csv", tmp_path / "x") == {}
    text = (tmp_path / "x" / "nodes-Author.csv").read_bytes().decode()
    assert text.partition("\r\n")[2] == f"author:a,{cell},,,Author\r\n"


def test_no_value_and_empty_text_are_two_things(tmp_path: Path) -> None:
    authors = [Entity("Author", f"author:{n}", {"name": "", "key": ""}) for n in "ab"]
    authors[1] = Entity("Author", "author:b", {"name": "b"})
    write_export(of(*authors), "csv", tmp_path / "x")
    rows = lines(tmp_path / "x" / "nodes-Author.csv")[1:3]
    assert rows == ['author:a,"",,"",Author', "author:b,b,,,Author"]


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_what_an_import_cannot_hold_is_counted(tmp_path: Path, name: str) -> None:
    content = of(
        task(name="half \ud800 and \udc00", aliases=("a\x1fb", "c"), support=2**63),
        Entity("Task", "task:b", {"name": "whole \ud83d\ude00", "aliases": ("",), "support": 1}),
    )
    found = lost(content, name, tmp_path / "x")
    empty = found.pop(next(key for key in found if "empty text" in key[0]))
    assert empty == 1
    assert found == {
        ("half of a surrogate pair replaced", "Task.name"): 1,
        ("integer beyond 64 bits left out", "Task.support"): 1,
        ("unit separator in a list replaced", "Task.aliases"): 1,
    }
    if name == "csv":
        assert lines(tmp_path / "x" / "nodes-Task.csv")[1:3] == [
            "task:a,half \ufffd and \ufffd,a\ufffdb\x1fc,,Task",
            'task:b,whole \U0001f600,"",1,Task',
        ]


def test_parquet_has_the_types_of_the_schema(tmp_path: Path) -> None:
    result = Entity("Result", "result:1", {"name": "1.5", "value": 1.5})
    assert lost(of(task(aliases=("b", "c")), result), "parquet", tmp_path / "x") == {}
    read = {path.stem: pq.read_table(path) for path in (tmp_path / "x").glob("*.parquet")}
    types = {field.name: str(field.type) for field in read["nodes-Paper"].schema}
    assert (types["stub"], types["year"], types["title"]) == ("bool", "int64", "string")
    assert str(read["nodes-Result"].schema.field("value").type) == "double"
    assert read["nodes-Task"].to_pylist() == [
        {"id:ID": "task:a", "name": "a", "aliases": "b\x1fc", "support": None, ":LABEL": "Task"}
    ]
    (cites,) = read["relationships-CITES"].to_pylist()
    assert (cites[":START_ID"], cites[":END_ID"], cites["begin"]) == (PAPER, PAPER, 0)


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_the_command_names_every_file_and_no_other(tmp_path: Path, name: str) -> None:
    write_export(of(task()), name, tmp_path / "x")
    command = (tmp_path / "x" / "import.sh").read_text()
    named = set(re.findall(r"--(?:nodes|relationships)=(\S+)", command))
    assert named == {path.name for path in (tmp_path / "x").glob(f"*.{name}")}
    subprocess.run(["sh", "-n", tmp_path / "x" / "import.sh"], check=True)


def test_the_command_says_which_files_have_lines_within_cells(tmp_path: Path) -> None:
    write_export(of(task()), "csv", tmp_path / "x")
    assert "multiline" not in (tmp_path / "x" / "import.sh").read_text()
    write_export(of(task(name="a\nb")), "csv", tmp_path / "y")
    command = (tmp_path / "y" / "import.sh").read_text()
    assert "--multiline-fields-format=v2 --multiline-fields=nodes-Task.csv " in command


def test_the_command_makes_room_for_long_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_folder, "_LONG_ROW", 1_000)
    write_export(of(task()), "csv", tmp_path / "x")
    assert "buffer" not in (tmp_path / "x" / "import.sh").read_text()
    write_export(of(task(name="x" * 1_001)), "csv", tmp_path / "y")
    found = re.search(r"--read-buffer-size=(\d+)", (tmp_path / "y" / "import.sh").read_text())
    assert found is not None
    assert int(found[1]) >= 4 * 1_001


@pytest.mark.parametrize("status", [0, 3])
def test_the_command_runs_in_its_folder_and_leaves_only_a_report_that_tells(
    tmp_path: Path, status: int
) -> None:
    """Named by a path from elsewhere, with a program in the place of Neo4j's."""
    write_export(of(task()), "csv", tmp_path / "x y")
    program = tmp_path / "bin" / "neo4j-admin"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'for given; do case $given in --report-file=*) report="${given#*=}";; esac; done\n'
        f'test {status} = 0 && : >"$report" || echo refused >"$report"\n'
        f"ls; exit {status}\n"
    )
    program.chmod(0o755)
    (tmp_path / "reports").mkdir()
    environment = {
        "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(tmp_path / "reports"),
    }
    ran = subprocess.run(
        ["sh", "x y/import.sh"],
        check=False,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (ran.returncode, ran.stderr) == (status, "")
    assert set(ran.stdout.split()) == {path.name for path in (tmp_path / "x y").iterdir()}
    told = [path.read_text() for path in (tmp_path / "reports").iterdir()]
    assert told == (["refused\n"] if status else [])


def test_the_command_says_what_it_lacks(tmp_path: Path) -> None:
    write_export(of(task()), "csv", tmp_path / "x")
    (tmp_path / "bin").mkdir()
    for program in ("sh", "dirname"):
        (tmp_path / "bin" / program).symlink_to(str(shutil.which(program)))
    ran = subprocess.run(
        [tmp_path / "bin" / "sh", "x/import.sh"],
        check=False,
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 127
    assert "import.sh: no neo4j-admin on PATH" in ran.stderr


def test_of_nothing_there_is_nothing_to_import(tmp_path: Path) -> None:
    write_export(GraphContent(Graph()), "csv", tmp_path / "x")
    ran = subprocess.run(
        ["sh", tmp_path / "x" / "import.sh"], check=True, capture_output=True, text=True
    )
    assert ran.stdout == "There is nothing to import.\n"


def declarations() -> Iterable[str]:
    for declared in ENTITY_TYPES:
        yield statements.constraint(declared.label)
        for name in statements.indexed_properties(declared.label):
            yield statements.index(declared.label, name)


@pytest.mark.parametrize("name", ["csv", "parquet", "cypher"])
def test_constraints_and_indexes_are_those_of_the_store(tmp_path: Path, name: str) -> None:
    write_export(of(task()), name, tmp_path / "x")
    path = tmp_path / "x" if name == "cypher" else tmp_path / "x" / "schema.cypher"
    text = path.read_text()
    created = [line.removesuffix(";") for line in text.splitlines() if line.startswith("CREATE")]
    assert sorted(created) == sorted(declarations())


def test_lists_of_parquet_are_made_in_the_database(tmp_path: Path) -> None:
    write_export(of(task()), "parquet", tmp_path / "x")
    text = (tmp_path / "x" / "schema.cypher").read_text()
    assert statements.split_text("Task", "aliases") + ";\n" in text
    assert statements.split_text("CITES", "sources") + ";\n" in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d"])
def test_for_a_spreadsheet_formulas_are_made_harmless_and_counted(
    tmp_path: Path, start: str
) -> None:
    content = of(
        task(name=f"{start}1+1", aliases=(f"{start}a", "=b"), support=-1),
        Entity("Task", f"{start}id", {"name": "a=b"}),
    )
    what = "formula made harmless by a quote before it"
    assert lost(content, "csv", tmp_path / "x", spreadsheet=True) == {
        (what, "Task.id"): 1,
        (what, "Task.name"): 1,
        (what, "Task.aliases"): 1,
    }
    with (tmp_path / "x" / "nodes-Task.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert sorted(rows) == sorted(
        [
            ["task:a", f"'{start}1+1", f"'{start}a\x1f=b", "-1", "Task"],
            [f"'{start}id", "a=b", "", "", "Task"],
        ]
    )


def test_a_format_without_cells_cannot_be_made_harmless(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="graphml has no cells"):
        write_export(of(), "graphml", tmp_path / "x", spreadsheet=True)


def test_without_pyarrow_the_remedy_is_said_and_nothing_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.delitem(sys.modules, "pyarrow.parquet", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'graphkb-papers\[parquet\]'"):
        write_export(of(), "parquet", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_no_name_of_a_file_comes_from_the_graph(tmp_path: Path) -> None:
    hostile = Entity("Author", "../../author", {"name": "/etc/passwd"})
    for name in ("csv", "parquet"):
        write_export(of(hostile), name, tmp_path / name)
        known = {one.label for one in ENTITY_TYPES} | {one.name for one in RELATIONSHIP_TYPES}
        kinds = [path.stem.partition("-")[2] for path in (tmp_path / name).glob(f"*.{name}")]
        assert set(kinds) <= known
    assert {path.name for path in tmp_path.iterdir()} == {"csv", "parquet"}
