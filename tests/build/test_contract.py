"""What a foreign loader may yield, and what costs one record instead of the load."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkb.build import intake
from graphkb.build.contract import breach
from graphkb.build.intake import take_in
from graphkb.errors import InputError
from graphkb.model.entry import Citation, Entry, Parent
from graphkb.model.graph import Entity
from graphkb.model.record import AuthorName, EntryRecord, Organization, PaperRecord
from graphkb.model.source import SourceInput, Yield, loader
from graphkb.store import open_store
from graphkb.store.protocol import Changes


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "its title is empty"),
        ({"key": ""}, "its key is empty"),
        ({"title": "x" * 100_000}, "its title is longer than 4,000 bytes"),
        ({"key": "k" * 5000}, "its key is longer"),
        ({"doi": "10.1/" + "∞" * 2000}, "its doi identifier is longer"),
        ({"authors": (AuthorName("x" * 5000),)}, "an author's name is longer"),
        ({"organizations": (Organization("One", handle=""),)}, "an organisation's handle is empty"),
        ({"abstract": "half \ud800"}, "half a character"),
        ({"title": "half \ud800"}, "half a character"),
        ({"references": ("method:grpo",)}, "it cites 'method:grpo'"),
        ({"references": ("doi:",)}, "it cites 'doi:'"),
        ({"references": ("",)}, "the id of a cited work is empty"),
        ({"stub": True}, "it is a cited work, and has no identifier to be known by"),
    ],
)
def test_what_no_store_can_hold_is_named(fields: dict[str, object], said: str) -> None:
    record = PaperRecord(**({"key": "1", "title": "One"} | fields))  # type: ignore[arg-type]
    found = breach(record)
    assert found is not None
    assert said in found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "a name is empty"),
        ({"name": "→"}, "the key of a name is empty"),
        ({"name": "x" * 5000}, "its key is longer than 4,000 bytes"),
        ({"aliases": ("\ufdfa" * 1300,)}, "the key of a name is longer"),
        ({"aliases": ("half \ud800",)}, "half a character"),
        ({"kind": "law"}, "the kind 'law' is unknown; known are method"),
        ({"kind": "model", "versions": ("half \ud800 #",)}, "half a character"),
        ({"paper": Citation("arxiv:2401.00001", "", 2024, "B")}, "a cited paper's title is empty"),
        ({"paper": Citation("x", "A", 2024, "B")}, "'x' is no identifier of a paper; write"),
        ({"extends": (Parent("", "why"),)}, "a parent's name is empty"),
        ({"looked_up": "x" * 5000}, "looked_up is longer"),
    ],
)
def test_an_entry_that_no_catalogue_can_hold_is_named(fields: dict[str, object], said: str) -> None:
    entry = Entry(**({"name": "Kite", "long": None, "kind": "method"} | fields))  # type: ignore[arg-type]
    assert said in str(breach(EntryRecord(entry)))


@pytest.mark.parametrize("title", ["🙂", "→ ∞", "ﷺ" * 1300, "x" * 4000, "<script>'\"\\`"])
def test_a_title_may_be_anything_that_an_index_takes(title: str) -> None:
    assert breach(PaperRecord(key="1", title=title, references=("s2:a", "arxiv:1"))) is None


def test_every_store_takes_the_longest_name(store_url: str) -> None:
    entity = Entity("Task", "task:" + "y" * 4000, {"name": "x" * 4000})
    with open_store(store_url, write=True) as store:
        store.write(Changes(entities=(entity,)))
        assert list(store.entities()) == [entity]


def test_a_record_that_breaks_it_is_skipped_and_named_and_the_others_load(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    lines = ({"id": "1", "title": "x" * 10_000}, {"id": "2", "title": "A Kite", "abstract": ""})
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = take_in(str(source))
    assert [record.key for record in found.records] == ["2"]
    assert [(skip.place, skip.reason) for skip in found.skipped] == [
        ("record 1", "its title is longer than 4,000 bytes")
    ]


def test_a_source_name_longer_than_an_index_takes_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "papers.jsonl"
    source.write_text('{"id": "1", "title": "A Kite", "abstract": ""}\n')
    with pytest.raises(InputError, match="more than 500 characters"):
        take_in(str(source), name="n" * 501)


@pytest.mark.parametrize("name", ["builtin", "a:b"])
def test_a_loader_whose_name_can_begin_no_id_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @loader(name, title="Anything", recognise=lambda _name, _head: True)
    def foreign(source: SourceInput) -> Iterator[Yield]:
        yield PaperRecord(key="1", title=source.text)

    monkeypatch.setattr(intake, "loaders", lambda: {name: foreign})
    (tmp_path / "any.txt").write_text("One")
    with pytest.raises(InputError, match="name it otherwise"):
        take_in(str(tmp_path / "any.txt"), loader=name)
