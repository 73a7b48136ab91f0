"""The embedded store as a file among other files and other processes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import kglite
import pytest

import graphkb
from graphkb.errors import QueryError, StoreBusyError, StoreError, StoreMissingError
from graphkb.model.graph import Edge, Entity, graph_digest
from graphkb.store import Changes, open_store
from graphkb.store.embedded import EmbeddedStore

TASK = Changes(entities=(Entity("Task", "task:a", {"name": "a"}),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "papers.kgl"


def write(path: Path, changes: Changes = TASK) -> None:
    with open_store(str(path), write=True) as store:
        store.write(changes)


def test_a_store_in_memory_is_never_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(":memory:", write=True) as store:
        store.write(TASK)
        assert [entity.id for entity in store.entities()] == ["task:a"]
    assert list(tmp_path.iterdir()) == []


def test_reading_what_is_not_there_says_so_and_creates_nothing(path: Path) -> None:
    with pytest.raises(StoreMissingError, match="Load a source first"):
        open_store(str(path))
    assert list(path.parent.iterdir()) == []


def test_opening_for_writing_and_writing_nothing_makes_no_store(path: Path) -> None:
    open_store(str(path), write=True).close()
    assert not path.exists()
    with pytest.raises(StoreMissingError):
        open_store(str(path))


def test_reading_leaves_a_store_as_it_was(path: Path) -> None:
    write(path)
    before = path.read_bytes()
    with open_store(str(path)) as store:
        store.cypher("MATCH (n) RETURN n.id AS id")
    assert path.read_bytes() == before


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"(?s)folder of the store does not exist.*mkdir -p"):
        open_store(str(tmp_path / "no" / "papers.kgl"), write=True)


def test_a_place_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"file is a file\. Name another place with --db"):
        open_store(str(tmp_path / "file" / "below" / "x.kgl"), write=True)


@pytest.mark.parametrize("writing", [False, True])
def test_a_folder_is_no_store(tmp_path: Path, writing: bool) -> None:
    with pytest.raises(StoreError, match="that is a folder, not a store"):
        open_store(str(tmp_path), write=writing)


@pytest.mark.parametrize("writing", [False, True])
@pytest.mark.parametrize("content", [b"", b"a text\n", b"\0" * 4096, b"SQLite format 3\0"])
def test_another_kind_of_file_is_refused_and_left_alone(
    path: Path, content: bytes, writing: bool
) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="the file is not a graphkb store"):
        open_store(str(path), write=writing)
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("writing", [False, True])
def test_another_graph_of_the_same_engine_is_refused(path: Path, writing: bool) -> None:
    import kglite

    graph = kglite.KnowledgeGraph()
    graph.cypher("CREATE (:Person {id: 1})")
    graph.save(str(path))
    with pytest.raises(StoreError, match="the file holds another graph, with the label 'Person'"):
        open_store(str(path), write=writing)


def test_a_store_cut_off_anywhere_is_refused(path: Path, sample: Changes) -> None:
    write(path, sample)
    whole = path.read_bytes()
    for size in range(3, len(whole), 97):
        path.write_bytes(whole[:size])
        with pytest.raises(StoreError, match="the store is truncated or damaged"):
            open_store(str(path))


def test_a_store_with_any_byte_changed_is_refused(path: Path, sample: Changes) -> None:
    write(path, sample)
    whole = path.read_bytes()
    for place in range(3, len(whole), 41):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        with pytest.raises(StoreError, match="the store is truncated or damaged"):
            open_store(str(path))


def test_a_reader_sees_the_last_save_while_another_store_writes(path: Path) -> None:
    write(path)
    with open_store(str(path), write=True) as writer:
        writer.write(Changes(entities=(Entity("Task", "task:b", {"name": "b"}),)))
        with open_store(str(path)) as reader:
            assert [entity.id for entity in reader.entities()] == ["task:a"]
    with open_store(str(path)) as reader:
        assert sorted(entity.id for entity in reader.entities()) == ["task:a", "task:b"]


def test_a_second_writer_in_the_same_process_is_told_so(path: Path) -> None:
    with open_store(str(path), write=True), pytest.raises(StoreBusyError, match="this process"):
        open_store(str(path), write=True)


WRITER = """
import sys
from graphkb.model.graph import Entity
from graphkb.store import Changes, open_store

with open_store(sys.argv[1], write=True) as store:
    store.write(Changes(entities=(Entity("Task", "task:b", {"name": "b"}),)))
    print("written", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_writer(path: Path) -> Iterator[int]:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "written\n"
        yield process.pid
        process.communicate("")
        assert process.returncode == 0


def test_a_second_writer_is_told_which_process_writes(path: Path) -> None:
    write(path)
    with another_writer(path) as pid, pytest.raises(StoreBusyError, match=f"by process {pid}"):
        open_store(str(path), write=True)
    with open_store(str(path)) as store:
        assert sorted(entity.id for entity in store.entities()) == ["task:a", "task:b"]


def test_what_is_written_first_is_there_at_once_while_its_writer_holds_the_lock(path: Path) -> None:
    with another_writer(path) as pid:
        assert graph_of(path) == {"task:b"}
        with pytest.raises(StoreBusyError, match=f"by process {pid}"):
            open_store(str(path), write=True)


def graph_of(path: Path) -> set[str]:
    with open_store(str(path)) as store:
        return {entity.id for entity in store.entities()}


def test_a_second_write_of_the_same_writer_adds_to_the_first(path: Path) -> None:
    with open_store(str(path), write=True) as store:
        store.write(Changes(entities=(Entity("Task", "task:a", {"name": "a"}),)))
        store.write(Changes(entities=(Entity("Task", "task:b", {"name": "b"}),)))
        with pytest.raises(StoreBusyError, match="this process"):
            open_store(str(path), write=True)
        assert {entity.id for entity in store.entities()} == {"task:a", "task:b"}
    assert graph_of(path) == {"task:a", "task:b"}


def test_a_first_write_that_fails_leaves_no_file(path: Path) -> None:
    loose = Edge("task:a", "APPLIED_TO", "task:b", "p", "Method", "Task", {})
    with open_store(str(path), write=True) as store, pytest.raises(StoreError, match="'task:a'"):
        store.write(Changes(entities=(Entity("Task", "task:b", {"name": "b"}),), edges=(loose,)))
    assert not path.exists()


def test_a_first_write_that_says_two_things_of_one_keeps_the_last(path: Path) -> None:
    one, other = (Entity("Task", "task:a", {"name": n, "support": 1}) for n in "ab")
    last = Entity("Task", "task:a", {"name": "c"})
    with open_store(str(path), write=True) as store:
        store.write(Changes(entities=(one, other, last)))
        assert list(store.entities()) == [last]


def test_a_write_that_fails_leaves_nothing_of_itself(path: Path, sample: Changes) -> None:
    write(path, sample)
    wrong = Changes(
        entities=(Entity("Task", "task:new", {"name": "new"}),),
        delete_entities=(Entity("Method", "method:gait", {}),),
    )
    with open_store(str(path), write=True) as store:
        before = graph_digest(store.entities(), store.edges())
        with pytest.raises(StoreError, match="still has relationships"):
            store.write(wrong)
        assert graph_digest(store.entities(), store.edges()) == before
    with open_store(str(path)) as store:
        assert graph_digest(store.entities(), store.edges()) == before


def test_an_unknown_kind_of_url_names_what_is_accepted() -> None:
    with pytest.raises(StoreError) as caught:
        open_store("https://localhost:7687")
    assert "no store is named by https://" in str(caught.value)
    assert "bolt://" in str(caught.value)


def test_opening_the_embedded_store_imports_no_driver(path: Path) -> None:
    write(path)
    script = (
        "import sys; from graphkb.store import open_store; "
        f"open_store({str(path)!r}).close(); sys.exit('neo4j' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_statement_that_would_fill_the_memory_is_ended(
    sample: Changes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("embedded", "embedded_refusal"):
        monkeypatch.setattr(f"graphkb.store.{module}.WORK", 1_000)
    with open_store(":memory:", write=True) as store:
        store.write(sample)
        with pytest.raises(QueryError, match="holds more than 1,000 rows at once"):
            store.cypher(
                "MATCH (a), (b), (c), (d) RETURN a.id AS a, b.id AS b, c.id AS c, d.id AS d"
            )


def test_the_optimiser_is_wholly_off_for_what_a_person_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[dict[str, Any]] = []
    real = kglite.KnowledgeGraph.cypher

    class Spy:
        def __init__(self, graph: kglite.KnowledgeGraph) -> None:
            self._graph = graph

        def cypher(self, text: str, **given: Any) -> Any:
            asked.append(given)
            return real(self._graph, text, **given)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._graph, name)

    with graphkb.open(":memory:") as kb:
        kb.load("sample:")
        store = kb.store
        assert isinstance(store, EmbeddedStore)
        graph = store._open_graph()
        monkeypatch.setattr(store, "_open_graph", lambda: Spy(graph))
        kb.cypher("MATCH (m:Method {id: 'method:ppo'}) RETURN m.id AS id")
        kb.query("ancestors", method="method:grpo")
    assert asked[0]["disable_optimizer"] is True
    assert "disabled_passes" not in asked[0]
    assert all("optimize_pattern_start_node" not in given["disabled_passes"] for given in asked[1:])
