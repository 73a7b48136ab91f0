"""Loaders are found by being there; nothing lists them."""

from __future__ import annotations

import logging
import sys
from doctest import ELLIPSIS, DocTestFinder, DocTestRunner
from typing import TYPE_CHECKING

import graphkb.loaders
import pytest
from graphkb.loaders import GROUP, loaders, recognise

from graphkb.errors import UnknownFormatError
from graphkb.model.source import Loader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = """
from graphkb.model.record import PaperRecord
from graphkb.model.source import loader


@loader("{name}", title="A title a line", recognise=lambda name, head: head.startswith("{magic}"))
def titles(source):
    for number, line in enumerate(source.text.splitlines(), 1):
        yield PaperRecord(key=str(number), title=line)
"""


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that is on Python's path, and is left without a trace."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def install(folder: Path, entries: dict[str, str], **modules: str) -> None:
    """Put a distribution with entry points and modules into the folder."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    info = folder / "outside-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    lines = [f"{name} = {value}\n" for name, value in entries.items()]
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{''.join(lines)}")


def test_every_loader_that_ships_is_found_under_its_name() -> None:
    assert {"hf-listing", "papers", "sample"} <= set(loaders())
    assert all(isinstance(loader, Loader) for loader in loaders().values())
    assert all(name == loader.name for name, loader in loaders().items())


def test_a_file_in_the_package_is_a_loader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kites.py").write_text(MODULE.format(name="kites", magic="Kites"))
    monkeypatch.setattr(graphkb.loaders, "__path__", [*graphkb.loaders.__path__, str(tmp_path)])
    try:
        assert recognise("x", "Kites fly").name == "kites"
    finally:
        del sys.modules["graphkb.loaders.kites"]
        vars(graphkb.loaders).pop("kites")
    assert "papers" in loaders()


def test_an_entry_point_of_another_distribution_is_a_loader(outside: Path) -> None:
    install(
        outside,
        {"kites": "outside_kites:titles"},
        outside_kites=MODULE.format(name="kites", magic="Kites"),
    )
    assert recognise("x", "Kites fly") is loaders()["kites"]


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("raise OSError('the kite is torn')", "OSError: the kite is torn"),
        ("def titles(: pass", "SyntaxError"),
        ("titles = 3", "it is no Loader"),
        ("", "AttributeError"),
        (MODULE.format(name="papers", magic="Kites"), "there is a loader papers already"),
    ],
)
def test_a_broken_one_from_outside_is_reported_and_left_out(
    outside: Path, caplog: pytest.LogCaptureFixture, module: str, why: str
) -> None:
    before = dict(loaders())
    install(outside, {"kites": "outside_kites:titles"}, outside_kites=module)
    with caplog.at_level(logging.WARNING):
        assert dict(loaders()) == before
    [record] = caplog.records
    assert "kites" in record.getMessage()
    assert why in record.getMessage()


def test_a_loader_that_fails_to_recognise_does_not_stop_the_others(
    outside: Path, caplog: pytest.LogCaptureFixture
) -> None:
    module = MODULE.format(name="kites", magic="x").replace("head.startswith", "head.nonsense")
    install(outside, {"kites": "outside_kites:titles"}, outside_kites=module)
    assert recognise("x", '{"id": "a", "title": "A Kite"}').name == "papers"
    assert "kites failed on x" in caplog.text


def test_what_no_loader_recognises_is_an_error_that_lists_the_loaders() -> None:
    told = r"letter\.txt.*--from: aminer, .*; `graphkb loaders`"
    with pytest.raises(UnknownFormatError, match=told):
        recognise("letter.txt", "Dear all")


def test_what_several_loaders_recognise_is_an_error_that_lists_them(outside: Path) -> None:
    install(
        outside,
        {"kites": "kites_a:titles", "more": "kites_b:titles"},
        kites_a=MODULE.format(name="kites", magic="Kites"),
        kites_b=MODULE.format(name="more-kites", magic="Kite"),
    )
    with pytest.raises(UnknownFormatError, match=r"more than one.*: kites \(.*; more-kites \("):
        recognise("x", "Kites fly")


def test_finding_loaders_imports_nothing_heavy() -> None:
    import subprocess

    code = "import sys, graphkb.loaders as l; l.loaders(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"kglite", "neo4j", "pyvis", "networkx", "numpy"} & set(run.stdout.split())


@pytest.mark.parametrize("loader", loaders().values(), ids=lambda loader: loader.name)
def test_the_example_of_every_loader_runs(loader: Loader) -> None:
    # A Loader is no function, so doctest does not find the examples of what it reads with.
    found = DocTestFinder(recurse=False).find(
        loader.read, loader.name, globs=vars(sys.modules[loader.read.__module__]).copy()
    )
    assert sum(len(test.examples) for test in found) > 0
    runner = DocTestRunner(optionflags=ELLIPSIS)
    assert [runner.run(test).failed for test in found] == [0]
