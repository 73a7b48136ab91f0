"""A catalogue of one's own: YAML an entry at a time, tables, and what is wrong with an entry."""

import re
from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.catalogue import catalogue

import graphkb
from graphkb.errors import InputError, UnknownFormatError
from graphkb.extract.catalogue import Citation, Entry, Parent, load_catalogue
from graphkb.model.record import EntryRecord, RepositoryRecord, record_from_json
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "catalogue.md"
KITE = RepositoryRecord(
    "repo:github.com/wind/kite",
    "repo:github.com/wind/kite",
    "wind/kite",
    "https://github.com/wind/kite",
    12,
    "Python",
)


def read(text: str) -> list[Yield]:
    return list(catalogue.read(SourceInput("mine", text)))


def entries(text: str) -> list[Entry]:
    return [found.entry for found in read(text) if isinstance(found, EntryRecord)]


def skipped(text: str) -> list[tuple[str, str]]:
    return [(f.place, f.reason) for f in read(text) if isinstance(f, Skipped)]


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


# What is kept


def test_the_page_s_example_in_yaml_is_read_whole() -> None:
    text = example("yaml")
    assert recognise("anything", text) is catalogue
    assert read(text) == [
        EntryRecord(
            Entry(
                "Kite-PO",
                "Kite Policy Optimization",
                "method",
                aliases=("Wind-Relative Policy Optimization",),
                paper=Citation("arxiv:2403.00001", "On Kites and Their Strings", 2024, "Wind"),
                extends=(Parent("GRPO", "replaces the group's mean by what the wind says"),),
            )
        ),
        EntryRecord(
            Entry("Hull", None, "model", developer="Kite Lab", versions=("Hull #{-Base,-Large}",))
        ),
        EntryRecord(Entry("StringBench", None, "benchmark")),
        EntryRecord(Entry("kite stabilisation", None, "task", aliases=("kite stabilization",))),
        KITE,
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_page_s_example_as_a_table_says_the_same(delimiter: str) -> None:
    text = example("csv").replace(",", delimiter)
    assert recognise("anything", text) is catalogue
    of_yaml = {r.key: r for r in read(example("yaml")) if isinstance(r, EntryRecord)}
    of_table = {r.key: r for r in read(text) if isinstance(r, EntryRecord)}
    assert of_table == {key: of_yaml[key] for key in of_yaml if key != "method:hull"}
    [repository] = [r for r in read(text) if isinstance(r, RepositoryRecord)]
    assert repository.repository == KITE.repository


@pytest.mark.parametrize("language", ["yaml", "csv"])
def test_the_page_s_examples_load(language: str, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_text(example(language), encoding="utf-8")
    with graphkb.open(str(tmp_path / "g.kgl")) as kb:
        [report] = kb.load(str(path)).sources
        assert (report.id, report.notices, report.skipped) == ("catalogue:mine", (), ())
        [above] = kb.store.edges_out("Method", ["method:kitepo"], ["EXTENDS"])
        assert (above.end, above.properties["sources"]) == ("method:grpo", ("catalogue:mine",))
        assert kb.doctor() == ()


def test_the_files_of_the_built_in_catalogue_are_in_the_same_shape() -> None:
    folder = Path(str(graphkb.__file__)).parent / "extract" / "catalogue"
    found = [e for path in sorted(folder.glob("*.yaml")) for e in entries(path.read_text("utf-8"))]
    assert sorted(found, key=lambda e: e.id) == list(load_catalogue().entries)


def test_a_record_of_an_entry_is_written_and_read_back() -> None:
    cited = Citation("doi:10.1/a", "A", 2020, "B")
    whole = Entry(
        "Kite",
        "K I T E",
        "model",
        aliases=("a",),
        paper=cited,
        extends=(Parent("x", "y", cited), Parent("z", "w", "doi:10.1/a")),
        generalizes=(Parent("q", "r"),),
        ambiguous=("a",),
        match="exact",
        developer="Lab",
        versions=("Kite #",),
        looked_up="a page",
        place="line 3",
    )
    record = EntryRecord(whole)
    assert record_from_json(record.to_json()) == record
    assert "line 3" not in record.to_json(), "where it stands is no part of what it says"


def test_every_spelling_of_an_identifier_is_one() -> None:
    text = "- {name: A, kind: method, paper: {id: %s, title: T, year: 2024, author: B}}"
    for written in ("arxiv:2403.00001", "'https://arxiv.org/abs/2403.00001v2'", "2403.00001"):
        [entry] = entries(text % written)
        assert entry.paper is not None
        assert entry.paper.id == "arxiv:2403.00001"
    [entry] = entries(text % "'https://doi.org/10.1145/ABC'")
    assert entry.paper is not None
    assert entry.paper.id == "doi:10.1145/abc"


def test_text_is_normalised() -> None:
    [entry] = entries('- {name: "Cafe\\u0301  PO", kind: method}')
    assert entry.name == "Caf\u00e9 PO"


def test_the_place_of_an_entry_is_its_first_line() -> None:
    text = "# mine\n\n---\n  - name: A\n    kind: task\n\n  # more\n  - {name: B, kind: task}\n..."
    assert [entry.place for entry in entries(text)] == ["line 4", "line 8"]
    table = 'name,kind,looked_up\nA,task,"a\npage"\n\nB,task,\n'
    assert [entry.place for entry in entries(table)] == ["line 2", "line 5"]


# What is wrong


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("- {name: A}", "it has no kind; known are method, .*, task, repository"),
        ("- {name: A, kind: law}", "its kind 'law' is unknown"),
        ("- {kind: method}", "an entry has no name; give it"),
        ("- text", "an entry is a scalar, not a mapping"),
        ("- {name: A, kind: method, colour: red}", "unknown key 'colour'; known are name"),
        ("- {name: '→', kind: method}", "'→' holds no letter and no digit; write a spelling"),
        ("- {name: A, kind: method, aliases: B}", "aliases is a scalar, not a list; write"),
        ("- {name: A, kind: method, ambiguous: [B]}", "the ambiguous 'B' is none of its spellings"),
        ("- {name: A, kind: method, match: maybe}", "match is 'maybe'; leave it out"),
        ("- {name: A, kind: method, paper: arxiv:2403.00001}", "paper is a scalar, not a mapping"),
        ("- {name: A, kind: method, paper: {id: x, title: T, year: 2024, author: B}}", "'x' is no"),
        ("- {name: A, kind: method, extends: [{name: PPO}]}", "the parent 'PPO' has no why; say"),
        ("- {name: A, kind: method, versions: ['A #']}", "a method with versions"),
        ("- {name: A, kind: model, versions: ['A']}", "'A' is no pattern of versions"),
        ("- {name: A, kind: model, versions: ['A ####']}", "is no pattern of versions"),
        ("- name: A: B\n  kind: method", "the file is no YAML: mapping values"),
        ("- {name: A, kind: method, aliases: &x [B]}", "an anchor or an alias of YAML. Write it"),
        ("- " + "[" * 100_000, "nested too deeply. Write flat lists"),
        ("- " * 100_000, "nested too deeply"),
        ("- {name: A, kind: method, looked_up: " + "x" * (1 << 20) + "}", "longer than 1,048,576"),
        ("- {kind: repository, name: A}", "it has no url; write https://host/owner/name"),
        ("- {kind: repository, url: example.org}", "'example.org' is no repository's"),
        ("- {kind: repository, url: github.com/a/b, stars: many}", "its stars are 'many'; write"),
        ("- {kind: repository, url: github.com/a/b, aliases: c}", "unknown key 'aliases'"),
    ],
)
def test_a_bad_entry_is_skipped_with_its_line_and_what_mends_it(bad: str, reason: str) -> None:
    [(place, told)] = skipped(f"- {{name: Before, kind: task}}\n{bad}\n- {{name: C, kind: task}}\n")
    assert place in ("line 2", "line 3")
    assert re.search(reason, told)
    assert [e.name for e in entries(f"- {{name: Before, kind: task}}\n{bad}")] == ["Before"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",method,,", "an entry has no name"),
        ("A,law,,", "its kind 'law' is unknown"),
        ("A,method,,12th", "its year is '12th'; write the year with four digits"),
        ("A,method,,2024", "its paper has no id and no title and no author"),
        ("A,method,PPO,", "the parent 'PPO' has no why"),
        ("A,method,,,x", "the row has 5 cells, and the header 4; put what holds ','"),
        ('A,"method,,', "the row is broken .*; close each quotation mark"),
    ],
)
def test_a_bad_row_is_skipped_with_its_line(row: str, reason: str) -> None:
    [(place, told)] = skipped(f"name,kind,extends,year\nBefore,task,,\n{row}\n")
    assert place == "line 3"
    assert re.search(reason, told)


def test_a_second_entry_of_a_name_is_skipped() -> None:
    text = "- {name: Kite PO, kind: method}\n- {name: KITE-PO, kind: model}\n"
    assert skipped(text) == [("line 2", "its name is that of the entry at line 1; merge the two")]


def test_a_spelling_that_repeats_another_is_left_out_and_told() -> None:
    [notice, record] = read("- {name: Kite PO, kind: method, aliases: [Kite-POs, KPO]}")
    assert isinstance(notice, Notice)
    assert notice.message.startswith("left out as other spellings say it: 'Kite-POs'; case")
    assert isinstance(record, EntryRecord)
    assert record.entry.aliases == ("KPO",)


def test_a_cell_that_its_kind_does_not_have_is_told() -> None:
    [notice, record] = read("name,kind,stars\nA,method,3\n")
    assert notice == Notice("line 2", "stars is left out: it is nothing that a method has")
    assert isinstance(record, EntryRecord)


def test_what_is_no_list_is_refused_with_what_to_write() -> None:
    with pytest.raises(InputError, match=r"mine:2: .*no list of entries.*'- name:'"):
        read("# mine\nmethods:\n  - name: A\n")


# Recognition


@pytest.mark.parametrize(
    "text",
    [
        "- name: A\n  kind: method\n",
        "# mine\n---\n- kind: 'task'\n  name: A\n",
        "- {looked_up: x}\n- {'name': A, 'kind': benchmark}\n",
        "- kind: repository\n  name: x\n  url: x\n",
        "Kind;NAME\nmethod;A\n",
    ],
)
def test_a_catalogue_is_recognised_by_what_it_holds(text: str) -> None:
    assert recognise("x", text) is catalogue


@pytest.mark.parametrize(
    "text",
    [
        "- name: A\n  type: method\n",
        "- a list\n- of kinds: method\n",
        "name: A\nkind: method\n",
        "id,name,kind,support\nmethod:a,A,method,3\n",
        "name,year\nA,2020\n",
    ],
)
def test_another_list_or_table_is_not(text: str) -> None:
    with pytest.raises(UnknownFormatError):
        recognise("x", text)
