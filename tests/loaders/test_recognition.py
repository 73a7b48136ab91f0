"""Each real file is recognised by one loader, and what is no source by none."""

import time
from pathlib import Path

import pytest
from graphkb.loaders import loaders, recognise

from graphkb.errors import UnknownFormatError
from graphkb.model.source import SourceInput


def of(path: Path) -> SourceInput:
    return SourceInput(path.name, lambda: path.open("rb"))


@pytest.mark.parametrize(
    ("name", "loader"),
    [
        ("listings/hf-papers-2025-12-29.txt", "hf-listing"),
        ("gold/dev.papers.jsonl", "papers"),
        ("bibtex/awesome-rl-lrm.bib", "bibtex"),
        ("aminer/paper-source-trace-200.json", "aminer"),
        ("arxiv/query-testing-15.xml", "arxiv"),
        ("crossref/works-sample.jsonl", "crossref"),
        ("hf_daily/api/2025-12-10.json", "hf-daily"),
        ("semantic_scholar/paper-null-values.json", "semantic-scholar"),
        ("semantic_scholar/paper-turing-1950.json", "semantic-scholar"),
    ],
)
def test_a_real_file_is_recognised_by_what_it_holds(shared: Path, name: str, loader: str) -> None:
    head, more = of(shared / "data" / name).head()
    assert recognise("anything", head, more=more).name == loader


@pytest.mark.parametrize(
    "name",
    [
        "gold/dev.gold.jsonl",
        "gold/GUIDELINE.md",
        "cypher/fixture.json",
        "cypher/statements.jsonl",
        "cypher/embedded-cases.jsonl",
        "README.md",
    ],
)
def test_what_is_no_source_is_refused(shared: Path, name: str) -> None:
    head, more = of(shared / "data" / name).head()
    with pytest.raises(UnknownFormatError, match="--from"):
        recognise(name, head, more=more)


@pytest.mark.parametrize("loader", loaders().values(), ids=lambda loader: loader.name)
def test_a_loader_says_in_a_line_what_it_reads_and_shows_how(loader: object) -> None:
    assert getattr(loader, "title", "")
    assert getattr(loader, "example", "")


HOSTILE = {
    "blank lines": "\n" * 65536,
    "braces": "{" * 65536,
    "keys": '{"a":' * 13000,
    "a text that does not end": '{"' + '\\"' * 32000,
    "entries that do not begin": "@a{\n" * 16000,
    "elements": "<dblp" * 13000,
    "commas": "[{}" + "," * 65000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_was_made_to_be_slow_is_looked_at_in_no_time(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(UnknownFormatError):
        recognise("x", text, more=True)
    assert time.process_time() - begun < 5
