"""Seeds that a file or an answer names."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from graphkb.errors import InputError, NotFoundError
from graphkb.knowledge_base import KnowledgeBase
from graphkb.model.graph import Edge, Entity
from graphkb.store import Changes


def paper(id_: str, title: str, **known: str | int | tuple[str, ...]) -> Entity:
    return Entity("Paper", id_, {"name": title, "title": title, "stub": False, **known})


KNOT = Entity("Method", "method:knot", {"name": "Knot", "kind": "method", "support": 3})
REEF = Entity("Method", "method:reef", {"name": "Reef", "kind": "method", "support": 1})
PAPERS = [
    paper("arxiv:2401.00001", "Tying the Knot", former_ids=("doi:10.1000/knot",), year=2024),
    paper("doi:10.1000/reef", "A Reef Knot for Every Rope We Know", year=2023),
    paper("title:jam", "Jam", year=2020),
    paper("title:splice~01234567", "Splice", year=2021),
]
NUMBER = Entity("Result", "result:1", {"name": "9.5", "value_text": "9.5"})


def changes() -> Changes:
    said = {"rule": "catalogue"}
    ties = Edge(
        "arxiv:2401.00001", "INTRODUCES", KNOT.id, "arxiv:2401.00001", "Paper", "Method", said
    )
    reports = Edge(
        "arxiv:2401.00001", "REPORTS", NUMBER.id, "arxiv:2401.00001", "Paper", "Result", {}
    )
    return Changes(entities=(KNOT, REEF, NUMBER, *PAPERS), edges=(ties, reports))


def seed_ids(base: KnowledgeBase, path: Path, text: str) -> tuple[str, ...]:
    path.write_text(text, encoding="utf-8")
    return base.seed_of_file(path).ids


def test_a_text_names_one_a_line(base: KnowledgeBase, tmp_path: Path) -> None:
    text = (
        "# what I read\n"
        "\n"
        "  knots  # the method\n"
        "https://arxiv.org/abs/2401.00001v2\r\n"
        "doi:10.1000/REEF\n"
        "method:reef\n"
        "Knot\n"
    )
    assert seed_ids(base, tmp_path / "mine.txt", text) == (
        *("method:knot", "arxiv:2401.00001", "doi:10.1000/reef", "method:reef"),
    )


def test_a_line_may_be_a_former_id(base: KnowledgeBase, tmp_path: Path) -> None:
    assert seed_ids(base, tmp_path / "mine.txt", "10.1000/knot\n") == ("arxiv:2401.00001",)


def test_a_line_that_names_nothing_is_told_with_its_place(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    with pytest.raises(NotFoundError) as caught:
        seed_ids(base, tmp_path / "mine.txt", "Reef\nKnott\n")
    assert str(caught.value) == (
        f"{tmp_path}/mine.txt:2: no entity is called 'Knott'. Did you mean Knot?"
    )


def test_of_many_lines_that_name_nothing_the_first_are_told(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "mine.txt"
    with pytest.raises(NotFoundError) as caught:
        seed_ids(base, path, "Knott\nReef\nReeff\nxyzzy\nplugh\n")
    assert str(caught.value) == (
        f"{path}:1: no entity is called 'Knott' (did you mean Knot?); "
        f"{path}:3: no entity is called 'Reeff' (did you mean Reef?); "
        f"{path}:4: no entity is called 'xyzzy'; and 1 more. "
        "Mend these lines, or put # before them."
    )


def test_prose_is_told_briefly(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as caught:
        seed_ids(base, tmp_path / "mine.txt", "This is no name but a sentence. " * 9 + "\n" * 2)
    assert str(caught.value).endswith("is no name…'. Write one name or id a line.")
    with pytest.raises(NotFoundError, match="; and so on"):
        seed_ids(base, tmp_path / "mine.txt", "xyzzy\n" * 1000)


def test_an_id_that_is_not_there_is_absent_and_no_mistake(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("2401.00001\n2401.99999\n", encoding="utf-8")
    seed = base.seed_of_file(path)
    assert (seed.text, seed.ids, seed.named) == ("mine.txt", ("arxiv:2401.00001",), True)
    assert seed.absent == ("2401.99999",)


def test_a_file_of_which_nothing_is_there_is_an_error(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="holds nothing of the 1 that it names"):
        seed_ids(base, tmp_path / "mine.txt", "2401.99999\n")


@pytest.mark.parametrize("text", ["# nothing\n\n", "  \n"])
def test_a_file_without_a_name_is_an_error(base: KnowledgeBase, tmp_path: Path, text: str) -> None:
    with pytest.raises((NotFoundError, InputError), match=r"it names nothing|the file is empty"):
        seed_ids(base, tmp_path / "mine.txt", text)


def test_json_of_another_kind_is_no_list_of_names(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names and ids, one a line"):
        seed_ids(base, tmp_path / "mine.json", '{"wind": 3}')


def test_a_file_that_is_not_there_is_an_error(base: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        base.seed_of_file(tmp_path / "none.txt")


BIBTEX = """
@article{a, title = {Another Title of This Work}, eprint = {2401.00001}, archivePrefix = {arXiv}}
@article{b, title = {Once Known Otherwise}, doi = {10.1000/knot}}
@article{c, title = {A {Reef} Knot for Every Rope We Know}}
@article{d, title = {Jam}, year = 2020}
@article{e, title = {Splice}, year = 2024}
@article{f, title = {Tying the Knot}, year = 2024, doi = {10.1000/other}}
@article{g, title = {Nobody Has This One}, year = 2024}
"""


def test_papers_of_a_bibliography_are_found_by_id_former_id_and_title(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    seed = base.seed_of_file(path)
    assert seed.ids == ("arxiv:2401.00001", "doi:10.1000/reef", "title:jam")
    assert seed.absent == ("Splice", "Tying the Knot", "Nobody Has This One")


def test_any_format_of_papers_will_do(base: KnowledgeBase, tmp_path: Path) -> None:
    ris = "TY  - JOUR\nTI  - Whatever\nDO  - 10.1000/reef\nER  - \n"
    lines = json.dumps({"id": "2401.00001", "title": "Whatever"}) + "\n"
    csl = json.dumps([{"id": "x", "type": "article", "title": "Whatever", "DOI": "10.1000/reef"}])
    assert seed_ids(base, tmp_path / "mine.ris", ris) == ("doi:10.1000/reef",)
    assert seed_ids(base, tmp_path / "mine.jsonl", lines) == ("arxiv:2401.00001",)
    assert seed_ids(base, tmp_path / "mine.json", csl) == ("doi:10.1000/reef",)


def test_entries_of_a_catalogue_are_what_they_are_called(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    entries = "kind,name\nmethod,Knots\nmethod,Anchor\n"
    path = tmp_path / "mine.csv"
    path.write_text(entries, encoding="utf-8")
    seed = base.seed_of_file(path)
    assert (seed.ids, seed.absent) == (("method:knot",), ("method:anchor",))


def test_an_export_stands_for_its_entities(base: KnowledgeBase, tmp_path: Path) -> None:
    base.export("node-link", tmp_path / "mine.json", "Knot", hops=1)
    seed = base.seed_of_file(tmp_path / "mine.json")
    assert (set(seed.ids), seed.absent) == ({"method:knot", "arxiv:2401.00001"}, ())


def test_standard_input_is_a_file(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Reef\n")))
    seed = base.seed_of_file("-")
    assert (seed.text, seed.ids) == ("standard input", ("method:reef",))


def test_an_answer_names_seeds_but_no_results(base: KnowledgeBase) -> None:
    rows = base.cypher(
        "MATCH (p:Paper)-[:INTRODUCES]->(m) OPTIONAL MATCH (p)-[:REPORTS]->(r) "
        "RETURN m.id AS method, p.id AS paper, r.id AS number, 'method:none' AS other"
    )
    assert base.seed_of_rows(rows, "mine").ids == ("method:knot", "arxiv:2401.00001")


def test_an_answer_that_names_nothing_is_no_seed(base: KnowledgeBase) -> None:
    with pytest.raises(NotFoundError, match=r"such as m\.id AS id"):
        base.seed_of_rows(base.cypher("MATCH (r:Result) RETURN r.id AS id"))


def test_a_topic_grows_from_what_a_file_names_under_its_name(
    base: KnowledgeBase, tmp_path: Path
) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("2401.00001\nReef\n", encoding="utf-8")
    topic = base.topic("Jam", base.seed_of_file(path), limit=4)
    assert topic.title == "Jam · mine.txt"
    assert {m.entity.id for m in topic.members if m.seed} == {
        *("title:jam", "arxiv:2401.00001", "method:reef")
    }
    assert "method:knot" in topic.graph.entities
