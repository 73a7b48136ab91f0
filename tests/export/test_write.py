"""Putting an export where it was asked for: whole, or not at all, and nobody else's files."""

import json
import os
from pathlib import Path

import pytest

from graphkb.errors import ExportError
from graphkb.export import write
from graphkb.export.content import Content, GraphContent
from graphkb.export.format import ExportFormat, Loss
from graphkb.export.write import MANIFEST, replace_file, write_export
from graphkb.model.graph import Entity, Graph

GRAPH = Graph.of([Entity("Task", "task:a", {"name": "a"})], [])


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "x.json"
    out.write_text("old")
    done = write_export(GraphContent(GRAPH), "node-link", out)
    assert (done.path, done.entities, done.edges) == (out, 1, 0)
    assert json.loads(out.read_text())["nodes"] == [{"id": "task:a", "label": "Task", "name": "a"}]
    assert [path.name for path in tmp_path.iterdir()] == ["x.json"]


def test_a_missing_folder_on_the_way_is_made(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b" / "x.json"
    assert write_export(GraphContent(GRAPH), "node-link", out).path.is_file()


def failing(content: Content, path: Path) -> tuple[Loss, ...]:
    assert list(content.entities())
    path.write_text("half")
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("folder", [False, True])
def test_a_failing_write_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: bool
) -> None:
    out = tmp_path / "out"
    if folder:
        write_export(GraphContent(GRAPH), "csv", out)
    else:
        out.write_text("old")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    broken = ExportFormat("broken", "fails", failing, folder=folder)
    monkeypatch.setattr(write, "export_format", lambda _name: broken)
    with pytest.raises(ExportError, match="No space left on device"):
        write_export(GraphContent(GRAPH), "broken", out)
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


def test_a_folder_of_ours_is_replaced(tmp_path: Path) -> None:
    out = tmp_path / "x"
    write_export(
        GraphContent(Graph.of([Entity("Author", "author:a", {"name": "A"})], [])), "csv", out
    )
    write_export(GraphContent(GRAPH), "csv", out)
    assert (out / "nodes-Task.csv").exists()
    assert not (out / "nodes-Author.csv").exists()


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    write_export(GraphContent(GRAPH), "csv", tmp_path / "x")
    assert (tmp_path / "x" / MANIFEST).exists()


@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"files": 3}', '{"files": ["other"]}'])
def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, manifest: str | None) -> None:
    out = tmp_path / "x"
    out.mkdir()
    (out / "thesis.tex").write_text("years of work")
    if manifest is not None:
        (out / MANIFEST).write_text(manifest)
    with pytest.raises(ExportError, match="no part of an export"):
        write_export(GraphContent(GRAPH), "csv", out)
    assert (out / "thesis.tex").read_text() == "years of work"


def test_a_folder_of_ours_with_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "x"
    write_export(GraphContent(GRAPH), "csv", out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(ExportError, match=r"notes\.txt, which is no part of an export"):
        write_export(GraphContent(GRAPH), "csv", out)


def test_a_folder_is_no_place_for_a_file_nor_a_file_for_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="this is a folder"):
        write_export(GraphContent(GRAPH), "graphml", tmp_path)
    (tmp_path / "x").write_text("a file")
    with pytest.raises(ExportError, match="here is a file"):
        write_export(GraphContent(GRAPH), "csv", tmp_path / "x")
    with pytest.raises(ExportError, match="this is a folder"):
        replace_file(tmp_path, b"")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for out in (tmp_path / "file" / "x.json", tmp_path / ("x" * 300)):
        with pytest.raises(ExportError, match="it cannot be written"):
            write_export(GraphContent(GRAPH), "node-link", out)


def test_a_link_stays_and_what_it_points_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "x.json"
    target.write_text("old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_export(GraphContent(GRAPH), "node-link", link)
    assert link.is_symlink()
    assert "task:a" in target.read_text()


def test_a_device_is_written_to_and_stays_one() -> None:
    write_export(GraphContent(GRAPH), "node-link", Path(os.devnull))
    assert Path(os.devnull).is_char_device()


def test_a_link_to_a_folder_stays_and_the_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    link = tmp_path / "link"
    link.symlink_to("target")
    for _ in range(2):
        write_export(GraphContent(GRAPH), "csv", link)
    assert link.is_symlink()
    assert (tmp_path / "target" / MANIFEST).is_file()
