"""A vault: every link resolves, every name is safe, every note is read as it was meant."""

import re
import unicodedata
from datetime import date
from pathlib import Path

import knot_world
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graphkb.export.content import GraphContent
from graphkb.export.note import front_matter, wiki_link
from graphkb.export.obsidian import OBSIDIAN
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Entity, Graph
from graphkb.store import Changes

GOLDEN = Path(__file__).parent / "golden"
LINK = re.compile(r"\[\[([^\[\]|#^]+)(?:\|([^\[\]|]+))?\]\]")


def changes() -> Changes:
    return knot_world.changes()


def notes(folder: Path) -> dict[str, str]:
    """Return the notes of a vault by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


def parts(text: str) -> tuple[dict[str, object], str]:
    _, front, body = text.split("---\n", 2)
    return yaml.safe_load(front), body


def assert_sound(folder: Path) -> None:
    found = notes(folder)
    paths = list(folder.rglob("*.md"))
    assert len(paths) == len(found)
    folded = {unicodedata.normalize("NFKD", name).casefold() for name in found}
    assert len(folded) == len(paths)
    for name, text in found.items():
        front, body = parts(text)
        assert front["tags"]
        for link in LINK.findall(body):
            assert link[0] in found, (name, link)
        assert body.count("[[") == len(LINK.findall(body)), name
        read = MarkdownIt("commonmark").parse(body)
        every = [*read, *(child for token in read for child in token.children or [])]
        assert not {token.type for token in every} & {"html_block", "html_inline", "image", "fence"}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    OBSIDIAN.write(knot_world.TOPIC.content(), tmp_path / "vault")
    return tmp_path / "vault"


def test_a_note_is_as_the_golden_file_has_it(vault: Path) -> None:
    for name in ("Knot", "Tying Reef", "Index"):
        assert notes(vault)[name] == (GOLDEN / f"{name}.md").read_text(encoding="utf-8")


def test_every_link_of_every_note_resolves(vault: Path) -> None:
    assert_sound(vault)


def test_a_vault_of_odd_names_is_sound(odd: Graph, tmp_path: Path) -> None:
    OBSIDIAN.write(GraphContent(odd, "odd [[x]] | <b>"), tmp_path / "vault")
    assert_sound(tmp_path / "vault")
    held = {path.resolve() for path in (tmp_path / "vault").rglob("*.md")}
    assert all(path.is_relative_to(tmp_path / "vault") for path in held)
    assert len(held) == 1 + sum(e.label == "Paper" for e in odd.entities.values())


def test_things_of_one_name_have_notes_of_their_own(tmp_path: Path) -> None:
    names = ["Index", "index", "INDEX", "con", "a/b", "a b", "A:B", "", "..", "é", "e\u0301"]
    graph = Graph.of(
        [Entity("Task", f"task:{at}", {"name": name}) for at, name in enumerate(names)], []
    )
    OBSIDIAN.write(GraphContent(graph), tmp_path / "vault")
    assert_sound(tmp_path / "vault")
    ids = {parts(text)[0].get("id") for text in notes(tmp_path / "vault").values()}
    assert ids == {None, *graph.entities}


def test_authors_are_in_the_front_matter_in_their_order(vault: Path) -> None:
    front, _ = parts(notes(vault)["Tying Reef"])
    assert front["authors"] == ["Bob Splicer", "Ada Tier"]
    assert front["published"] == date(2023, 5, 1)
    assert "Ada Tier" not in notes(vault)


def test_a_number_is_a_line_of_all_that_it_is_about(vault: Path) -> None:
    for name in ("Reef", "Ropes-1k", "Tying Reef"):
        assert "[[Reef]] 91% accuracy (absolute) on [[Ropes-1k]]" in notes(vault)[name]


def test_a_whole_store_is_a_vault(base: KnowledgeBase, tmp_path: Path) -> None:
    done = base.export("obsidian", tmp_path / "all")
    assert_sound(tmp_path / "all")
    assert {("no note of its own", "Author", 2)} <= {
        (loss.what, loss.property, loss.count) for loss in done.losses
    }


def test_nothing_is_a_vault_with_an_index(tmp_path: Path) -> None:
    OBSIDIAN.write(GraphContent(Graph(), "Nothing"), tmp_path / "vault")
    assert set(notes(tmp_path / "vault")) == {"Index"}


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]),
        st.text() | st.integers() | st.booleans() | st.lists(st.text(), max_size=3),
    )
)
def test_front_matter_is_read_as_it_was_held(held: dict[str, object]) -> None:
    text = front_matter(held)
    assert text.startswith("---\n")
    assert text.endswith("---\n")
    read = yaml.safe_load(text[4:-4]) or {}
    assert {
        name: str(value) if isinstance(value, date) else value for name, value in read.items()
    } == held


@pytest.mark.parametrize("text", ["2024-02-30", "2024", "1e5", "yes", "null", "~", "0x1F", "12:30"])
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    assert yaml.safe_load(front_matter({"a": text})[4:-4]) == {"a": text}


@given(st.text())
def test_what_is_shown_of_a_link_does_not_end_it(shown: str) -> None:
    link = wiki_link("note", shown)
    assert LINK.fullmatch(link)
    assert "\n" not in link
