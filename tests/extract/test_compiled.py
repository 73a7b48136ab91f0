"""The catalogue as JSON: equal to the YAML that it was made of, and believed only then."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import pytest

from graphkb.extract.catalogue import Citation, Entry, Parent, reading
from graphkb.extract.catalogue.compiled import COMPILED, compiled_entries, compiled_text

SOURCES = {"a.yaml": b"- {name: PPO, kind: method}"}
PAPER = Citation("arxiv:1707.06347", "Proximal Policy Optimization Algorithms", 2017, "Schulman")
ENTRIES = [
    Entry("PPO", None, "method", paper=PAPER, aliases=("PPO-Clip",), place="a.yaml:1"),
    Entry(
        "GRPO",
        "Group Relative Policy Optimization",
        "method",
        extends=(Parent("PPO", "no critic", "arxiv:1707.06347"), Parent("REINFORCE", "…", PAPER)),
        generalizes=(Parent("RLOO", "groups"),),
        match="exact",
        place="a.yaml:7",
    ),
    Entry("Qwen", None, "model", developer="Alibaba", versions=("Qwen#",), ambiguous=("Qwen",)),
]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / COMPILED
    path.write_text(compiled_text(ENTRIES, SOURCES), encoding="utf-8")
    return path


def test_what_was_compiled_is_read_again_with_its_places(written: Path) -> None:
    found = compiled_entries(written, SOURCES)
    assert found is not None
    assert [astuple(entry) for entry in found] == [astuple(entry) for entry in ENTRIES]


def test_what_was_compiled_of_other_files_is_not_believed(written: Path) -> None:
    assert compiled_entries(written, {"a.yaml": b"- {name: PPO, kind: framework}"}) is None


def test_what_is_no_json_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / COMPILED).write_text("{", encoding="utf-8")
    assert compiled_entries(tmp_path / COMPILED, SOURCES) is None


def test_without_a_compiled_file_there_are_no_entries(tmp_path: Path) -> None:
    assert compiled_entries(tmp_path / COMPILED, SOURCES) is None


def test_the_shipped_catalogue_was_compiled_of_its_files() -> None:
    sources = reading.catalogue_sources()
    found = compiled_entries(Path(reading.__file__).parent / COMPILED, sources)
    assert found is not None, "run scripts/compile_catalogue.py"
    read = reading.read_sources(sources).entries
    assert [astuple(entry) for entry in found] == [astuple(entry) for entry in read]
