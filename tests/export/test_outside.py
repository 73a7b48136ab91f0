"""A format and a query of another distribution are found by their entry points."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphkb.export.content import GraphContent
from graphkb.export.format import export_formats
from graphkb.query.named import named_queries

FORMAT = """
from graphkb.export.format import ExportFormat

def _write(content, path):
    path.write_text("\\n".join(entity.id for entity in content.entities()))
    return ()

IDS = ExportFormat("{name}", "ids, one a line", _write)
"""
QUERY = """// name: {name}
// title: Every task
// column: task: string; its name
// tags: tasks
MATCH (t:Task) RETURN t.name AS task ORDER BY task
"""

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a distribution with one module and one entry point."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(files: dict[str, str], group: str, point: str) -> None:
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        info = tmp_path / "outsider-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outsider\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[{group}]\noutsider = {point}\n")
        importlib.invalidate_caches()
        export_formats.cache_clear()
        named_queries.cache_clear()

    yield install
    for name in [name for name in sys.modules if name.partition(".")[0].startswith("outsider_")]:
        del sys.modules[name]
    export_formats.cache_clear()
    named_queries.cache_clear()


def test_a_format_from_outside_is_one_more_format(install: Install, tmp_path: Path) -> None:
    from graphkb.export.write import write_export
    from graphkb.model.graph import Entity, Graph

    install({"outsider_a.py": FORMAT.format(name="ids")}, "graphkb.exports", "outsider_a:IDS")
    graph = Graph.of([Entity("Task", "task:a", {"name": "a"})], [])
    write_export(GraphContent(graph), "ids", tmp_path / "out")
    assert (tmp_path / "out").read_text() == "task:a"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FORMAT.format(name="csv"), "there is a format csv already"),
        ("raise RuntimeError('broken')", "RuntimeError: broken"),
        ("IDS = 3", "it is no ExportFormat"),
    ],
)
def test_a_bad_format_from_outside_is_left_out_with_a_warning(
    install: Install, caplog: pytest.LogCaptureFixture, text: str, said: str
) -> None:
    ours = dict(export_formats())
    install({"outsider_b.py": text}, "graphkb.exports", "outsider_b:IDS")
    assert export_formats() == ours
    assert said in caplog.text


def test_a_query_from_outside_is_one_more_query(install: Install) -> None:
    files = {
        "outsider_c/__init__.py": "",
        "outsider_c/all-tasks.cypher": QUERY.format(name="all-tasks"),
    }
    install(files, "graphkb.queries", "outsider_c")
    assert named_queries()["all-tasks"].title == "Every task"
    assert list(named_queries()) == sorted(named_queries())


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("methods.cypher", QUERY.format(name="methods"), "there is one of this name already"),
        ("all-tasks.cypher", QUERY.format(name="other"), "the query in it is named other"),
        ("all-tasks.cypher", "MATCH (n) RETURN n", "the header has no name"),
    ],
)
def test_a_bad_query_from_outside_is_left_out_with_a_warning(
    install: Install, caplog: pytest.LogCaptureFixture, file: str, text: str, said: str
) -> None:
    ours = dict(named_queries())
    files = {"outsider_d/__init__.py": "", f"outsider_d/{file}": text}
    install(files, "graphkb.queries", "outsider_d")
    assert named_queries() == ours
    assert said in caplog.text


def test_a_package_that_is_not_there_is_left_out_with_a_warning(
    install: Install, caplog: pytest.LogCaptureFixture
) -> None:
    install({}, "graphkb.queries", "outsider_e")
    assert "methods" in named_queries()
    assert "outsider_e are left out" in caplog.text
