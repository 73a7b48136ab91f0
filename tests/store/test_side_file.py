"""The text index beside an embedded store: a file that may be missing, old or broken."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes, open_store
from graphkb.store.embedded_file import generation
from graphkb.store.side_file import side_file
from graphkb.store.text_index import SEARCHED


def task(name: str) -> Entity:
    return Entity("Task", f"task:{name}", {"name": name})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "papers.kgl", "walk")


def write(path: Path, *names: str) -> Path:
    with open_store(str(path), write=True) as store:
        store.write(Changes(entities=tuple(map(task, names))))
    return path


def found(path: Path, key: str = "", *, abstracts: bool = True) -> list[str]:
    with open_store(str(path)) as store:
        index = store.text_index(abstracts=abstracts)
        return [one.name for one in index.begun(key, SEARCHED)]


def test_the_index_is_made_when_it_is_first_asked_for(path: Path) -> None:
    assert not side_file(path).exists()
    assert found(path) == ["walk"]
    assert side_file(path).name == "papers.kgl.search"
    assert {p.name for p in path.parent.iterdir()} <= {
        *("papers.kgl", "papers.kgl.search", "papers.kgl.lock", "papers.kgl.lock-owner"),
        "papers.kgl-wal",
    }


def test_it_is_kept_as_long_as_the_store_is_the_same(path: Path) -> None:
    found(path)
    before = side_file(path).stat()
    assert found(path) == ["walk"]
    assert side_file(path).stat().st_ino == before.st_ino


def test_it_is_made_again_after_a_write(path: Path) -> None:
    found(path)
    write(path, "run")
    assert found(path) == ["run", "walk"]


def test_an_index_of_names_is_made_again_when_abstracts_are_asked_for(path: Path) -> None:
    found(path, abstracts=False)
    before = side_file(path).stat().st_ino
    assert found(path, abstracts=True) == ["walk"]
    after = side_file(path).stat().st_ino
    assert after != before
    found(path, abstracts=False)
    assert side_file(path).stat().st_ino == after


def test_a_copy_without_its_index_gets_its_own(path: Path, tmp_path: Path) -> None:
    found(path)
    copy = Path(shutil.copy(path, tmp_path / "copy.kgl"))
    assert found(copy) == ["walk"]
    assert side_file(copy).exists()


def test_an_index_that_was_copied_with_its_store_serves(path: Path, tmp_path: Path) -> None:
    found(path)
    copy = Path(shutil.copy(path, tmp_path / "copy.kgl"))
    shutil.copy(side_file(path), side_file(copy))
    before = side_file(copy).stat().st_ino
    assert found(copy) == ["walk"]
    assert side_file(copy).stat().st_ino == before


def test_the_index_of_another_store_is_not_believed(path: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.kgl", "swim")
    found(other)
    shutil.copy(side_file(other), side_file(path))
    assert found(path) == ["walk"]


def is_empty(file: Path) -> None:
    file.write_bytes(b"")


def is_a_text(file: Path) -> None:
    file.write_bytes(b"no database at all")


def is_cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:4096])


def is_blank_after_its_head(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:100] + bytes(4000))


def is_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def is_a_link_to_nothing(file: Path) -> None:
    file.unlink()
    file.symlink_to("nowhere")


BROKEN = (
    *(is_empty, is_a_text, is_cut_off, is_blank_after_its_head),
    *(is_a_folder, is_a_link_to_nothing),
)


@pytest.mark.parametrize("breaks", BROKEN)
def test_a_broken_index_is_made_again_or_done_without(
    path: Path, breaks: Callable[[Path], object]
) -> None:
    found(path)
    breaks(side_file(path))
    assert found(path) == ["walk"]


def test_an_index_that_turns_out_broken_while_it_answers_is_made_again(path: Path) -> None:
    write(path, *(f"walk {n}" for n in range(500)))
    whole = found(path)
    content = bytearray(side_file(path).read_bytes())
    for page in range(4096 * 3, len(content), 4096 * 2):
        content[page : page + 200] = bytes(200)
    side_file(path).write_bytes(content)
    assert found(path) == whole
    connection = sqlite3.connect(side_file(path))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_in_a_folder_that_cannot_be_written_the_index_is_in_memory(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        assert found(path) == ["walk"]
        assert not side_file(path).exists()
    finally:
        path.parent.chmod(0o700)


def test_where_no_file_can_be_made_the_index_is_in_memory(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    assert found(path) == ["walk"]
    assert not side_file(path).exists()


def test_what_is_not_saved_is_found_by_its_writer_and_by_nobody_else(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(Changes(entities=(task("run"),)))
        names = [one.name for one in store.text_index().begun("", SEARCHED)]
        assert names == ["run", "walk"]
        assert found(path) == ["walk"]
    assert found(path) == ["run", "walk"]


ASK = """
import sys
from pathlib import Path
from graphkb.store import open_store
from graphkb.store.text_index import SEARCHED
with open_store(sys.argv[1]) as store:
    print(len(list(store.text_index().begun("walk", SEARCHED))))
"""


def test_processes_that_make_it_at_once_all_have_a_whole_one(path: Path) -> None:
    write(path, *(f"walk {n}" for n in range(300)))
    command = [sys.executable, "-c", ASK, str(path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert [process.communicate()[0] for process in running] == ["301\n"] * 3
    assert [p.name for p in path.parent.iterdir() if ".search-" in p.name] == []


def test_a_store_in_memory_has_an_index_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(":memory:", write=True) as store:
        store.write(Changes(entities=(task("walk"),)))
        assert [one.name for one in store.text_index().begun("wa", SEARCHED)] == ["walk"]
    assert list(tmp_path.iterdir()) == []


def paper(**known: str | int | tuple[str, ...]) -> Entity:
    return Entity("Paper", "arxiv:1", {"name": "One", "title": "One", **known})


CONTENTS = (
    Changes(entities=(paper(),)),
    Changes(entities=(paper(abstract="We walk."),)),
    Changes(entities=(paper(abstract="We talk."),)),
    Changes(entities=(paper(former_ids=("title:one",)),)),
    Changes(entities=(paper(former_ids=("title:two",)),)),
    Changes(entities=(Entity("Paper", "arxiv:1", {"name": "Two", "title": "Two"}),)),
    Changes(entities=(Entity("Paper", "arxiv:2", {"name": "One", "title": "One"}),)),
    Changes(entities=(task("a"),)),
    Changes(entities=(task("b"),)),
    Changes(entities=(paper(), Entity("Author", "author:a", {"name": "A"}))),
    Changes(entities=(paper(), Entity("Author", "author:a", {"name": "B"}))),
)


def test_every_content_has_its_own_fingerprint_however_it_was_written(tmp_path: Path) -> None:
    seen = []
    for at, changes in enumerate(CONTENTS):
        for way in ("new", "changed"):
            path = tmp_path / f"{way}{at}.kgl"
            away = (task("first"),) if way == "changed" else ()
            if away:
                write(path, "first")
            with open_store(str(path), write=True) as store:
                store.write(Changes((), away, changes.entities, changes.edges))
            seen.append(generation(path))
    assert None not in seen
    assert len(set(seen)) == len(seen)


def test_an_edge_changes_the_fingerprint_and_a_copy_does_not(path: Path, tmp_path: Path) -> None:
    before = generation(path)
    assert generation(Path(shutil.copy(path, tmp_path / "copy.kgl"))) == before
    method = Entity("Method", "method:m", {"name": "M"})
    edge = Edge("method:m", "APPLIED_TO", "task:walk", "p", "Method", "Task", {})
    with open_store(str(path), write=True) as store:
        store.write(Changes(entities=(method,), edges=(edge,)))
    assert generation(path) not in (None, before)
