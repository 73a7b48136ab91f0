"""What was taken away is loaded again, on the command line."""

from pathlib import Path

import pytest
from command import Run


@pytest.fixture
def exported(run: Run) -> Run:
    run("load", "sample:")
    run("export", "GRPO", "--to", "graphml", "-o", "grpo.graphml", "--limit", "20")
    run("export", "--to", "csv", "-o", "whole")
    return run


def test_a_file_comes_back_as_a_source_with_its_entities_and_edges(exported: Run) -> None:
    told = exported("--db", "new.kgl", "load", "grpo.graphml", "--strict")
    assert told.code == 0
    assert "graphml:grpo.graphml: loaded; 20 read, 20 kept, 0 repeated, 0 skipped, " in told.err
    assert " edges as asserted" in told.err
    rows = exported("--db", "new.kgl", "sources", "--format", "jsonl").out
    assert '"id": "graphml:grpo.graphml", "loader": "graphml"' in rows
    assert "GRPO" in exported("--db", "new.kgl", "lineage", "GRPO").out


def test_a_folder_comes_back_under_its_name(exported: Run) -> None:
    told = exported("--db", "new.kgl", "load", "whole/")
    assert told.code == 0
    assert "csv:whole: loaded; " in told.err
    assert "what another store was built from stays there" in told.err
    assert exported("--db", "new.kgl", "load", "whole").err.endswith("0 changes\n")
    assert exported("--db", "new.kgl", "doctor").code == 0


def test_it_is_forgotten_by_its_id(exported: Run) -> None:
    before = exported("digest").out
    exported("load", "grpo.graphml")
    assert exported("digest").out != before
    exported("forget", "graphml:grpo.graphml")
    assert exported("digest").out == before


def test_strict_refuses_what_the_schema_does_not_know(exported: Run) -> None:
    text = Path("grpo.graphml").read_text(encoding="utf-8")
    key = (
        '<key id="x" for="node" attr.name="colour" attr.type="string"><default>red</default></key>'
    )
    Path("grpo.graphml").write_text(text.replace("<graph ", f"{key}<graph ", 1), encoding="utf-8")
    told = exported("--db", "new.kgl", "load", "grpo.graphml", "--strict")
    assert told.code == 3
    assert "has no property of this name; nothing was written" in told.err
    assert "skipped line" in exported("--db", "new.kgl", "load", "grpo.graphml").err


@pytest.mark.parametrize("name", ["nodes-Paper.parquet", "graphkb-export.json"])
def test_a_file_of_a_folder_leads_to_the_folder(run: Run, papers: str, name: str) -> None:
    assert run("load", papers).code == 0
    assert run("export", "--to", "parquet", "-o", "my papers").code == 0
    ran = run("load", f"my papers/{name}")
    assert ran.code == 1
    assert "one file of a folder that graphkb exported. Load the folder: graphkb load" in ran.err
    assert "graphkb load 'my papers'." in ran.err
