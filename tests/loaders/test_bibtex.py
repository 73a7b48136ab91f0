"""Bibliographies as people keep them: what is kept, what is inherited, what is told."""

from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.bibtex import bibtex

from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

KITE = """@article{kite2024,
  title   = {The {KITE}: On Flying \\& Falling},
  author  = {L{\\'e}vy, Ana and van der Berg, Jan and {Kite Team} and Ng, Jr., Bo},
  journal = {Journal of Kites},
  year    = 2024, month = may, pages = {1--9},
  doi     = {https://doi.org/10.1000/XYZ\\_1},
  url     = {https://github.com/wind/kite}
}
"""


def read(text: str) -> list[Yield]:
    return list(bibtex.read(SourceInput("mine.bib", text)))


def one(fields: str) -> PaperRecord:
    [record] = [found for found in read(f"@misc{{k, title={{T}}, {fields}}}") if not told(found)]
    assert isinstance(record, PaperRecord)
    return record


def told(found: Yield) -> bool:
    return not isinstance(found, PaperRecord)


def test_every_field_that_is_kept() -> None:
    assert read(KITE) == [
        PaperRecord(
            key="kite2024",
            title="The KITE: On Flying & Falling",
            doi="10.1000/xyz_1",
            authors=(
                AuthorName("Ana Lévy"),
                AuthorName("Jan van der Berg"),
                AuthorName("Kite Team"),
                AuthorName("Bo Ng Jr."),
            ),
            published="2024-05",
            venue="Journal of Kites",
            pages="1\u20139",
            url="https://github.com/wind/kite",
            repositories=("repo:github.com/wind/kite",),
        )
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "eprint={2402.03300}, archivePrefix={arXiv}, primaryClass={cs.CL}",
        "eprint={2402.03300v2}, eprinttype={arxiv}",
        "eprint={arXiv:2402.03300}",
        "journal={arXiv preprint arXiv:2402.03300}",
        "journal={ArXiv}, volume={abs/2402.03300}",
        "journal={CoRR}, volume={abs/2402.03300}",
        "journal={arXiv e-prints}, pages={arXiv:2402.03300}",
        "note={arXiv 2402.03300 [cs]}",
        "url={https://arxiv.org/abs/2402.03300}",
        "howpublished={\\url{https://arxiv.org/pdf/2402.03300v1}}",
        "doi={10.48550/arXiv.2402.03300}",
    ],
)
def test_an_arxiv_identifier_is_found_wherever_people_write_it(fields: str) -> None:
    record = one(fields)
    assert record.arxiv == "2402.03300"
    assert record.venue is None
    assert record.pages is None


@pytest.mark.parametrize(
    "fields",
    [
        "eprint={2402.03300}, archivePrefix={hal}",
        "journal={Nature}, volume={2402.03300}",
        "journal={arXiv preprint arXiv:2413.03300}",
        "note={see 2402.03300}",
    ],
)
def test_what_is_no_arxiv_identifier_is_not_taken_for_one(fields: str) -> None:
    assert one(fields).arxiv is None


def test_of_several_arxiv_identifiers_that_of_its_own_field_counts_and_is_told() -> None:
    notice, record = read("@misc{k, title={T}, journal={arXiv:2401.00001}, eprint={2402.03300}}")
    assert isinstance(record, PaperRecord)
    assert record.arxiv == "2402.03300"
    assert isinstance(notice, Notice)
    assert "2402.03300, 2401.00001" in notice.message


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year={2024}", "2024"),
        ('year="2024", month="21--27 Jul"', "2024-07"),
        ("year=2024, month={08}", "2024-08"),
        ("date={2024-05-03}, year={2023}", "2024-05-03"),
        ("date={2024-05/2024-06}", "2024-05"),
        ("title2={x}", None),
    ],
)
def test_the_date_is_as_precise_as_it_is_written(fields: str, published: str | None) -> None:
    assert one(fields).published == published


def test_accents_are_letters_before_names_are_told_apart() -> None:
    written = r"Silva, Jo\~{a}o and Nu\~nez, Ana and \\'{E}va Tardos and \O{}yvind Foss".replace(
        r"\\'", r"\'"
    )
    names = [author.name for author in one(f"title = {{On Kites}}, author = {{{written}}}").authors]
    assert names == ["João Silva", "Ana Nuñez", "Éva Tardos", "Øyvind Foss"]


def test_braces_around_an_escape_are_no_part_of_an_address() -> None:
    paper = one(
        r"title = {On Kites}, doi = {10.1007/978-3{\_}48},"
        r" url = {https://github.com/wind/kite{\_}po}"
    )
    assert (paper.doi, paper.repositories) == (
        "10.1007/978-3_48",
        ("repo:github.com/wind/kite_po",),
    )
    assert one(r"title = {K}, doi = {\url{https://doi.org/10.1000/xyz}}").doi == "10.1000/xyz"


def test_macros_and_pieces_are_joined_and_fields_inherited() -> None:
    text = """
@string{conf = "Kite" # "Conf"}
@inproceedings{fly, title = "Fly", crossref = "Volume1", doi = {10.1000/fly}}
@proceedings{volume1, title = conf # { } # 2024, year = 2024, doi = {10.1000/volume}}
"""
    record, notice = read(text)
    assert isinstance(record, PaperRecord)
    assert (record.venue, record.published) == ("KiteConf 2024", "2024")
    assert record.doi == "10.1000/fly"
    assert notice == Notice(
        "line 4", "'volume1' is a volume and no paper: only its fields are used"
    )


def test_a_chain_of_parents_ends() -> None:
    text = "@misc{a, title={A}, crossref={b}}\n@misc{b, title={B}, crossref={a}}"
    assert [type(found) for found in read(text)] == [PaperRecord, PaperRecord]


@pytest.mark.parametrize(
    ("bad", "line", "reason"),
    [
        ("@article{x,\n title={X\n", 2, "does not parse"),
        ("@article{x", 2, "does not parse"),
        ("@misc{x, title={X}\n  year={2020}}", 2, "a comma is missing"),
        ("@misc{, title={X}}", 2, "the entry has no key"),
        ("@misc{x, year=2020}", 2, "'x' has no title"),
        ("@misc{x, title={" + "{" * 99 + "}" * 99 + "}}", 2, "nest more than"),
        ("@misc{x, title={" + "x" * 60_000 + "}}", 2, "longer than 50,000"),
        ("@misc{a, title={Another}}", 2, "'a' stands above with other content"),
    ],
)
def test_a_bad_entry_is_skipped_with_its_line_and_the_others_are_read(
    bad: str, line: int, reason: str
) -> None:
    found = read(f"@misc{{a, title={{A}}}}\n{bad}\n@misc{{b, title={{B}}}}\n")
    assert [paper.key for paper in found if isinstance(paper, PaperRecord)] == ["a", "b"]
    [skip] = [one for one in found if isinstance(one, Skipped)]
    assert skip.place == f"line {line}"
    assert reason in skip.reason


def test_an_entry_in_parentheses_is_read() -> None:
    assert read("@misc(x, title={X})") == [PaperRecord(key="x", title="X")]


def test_macros_that_double_are_refused() -> None:
    text = '@string{m0 = "xxxxxxxxxx"}\n'
    text += "".join(f"@string{{m{n} = m{n - 1} # m{n - 1}}}\n" for n in range(1, 60))
    found = read(f"{text}@misc{{a, title={{A}}}}")
    assert any(isinstance(one, Skipped) and "longer than" in one.reason for one in found)
    assert PaperRecord(key="a", title="A") in found


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("year={soon}", "'soon' is no date"),
        ("year=2024, month={Spring}", "'Spring' is no month"),
        ("doi={kite}", "'kite' is no DOI"),
        ("journal=jok", "no @string defines jok"),
        ("crossref={gone}", "there is no entry 'gone'"),
        ("note={a}, note={b}", "given twice"),
        ("abstract={The \\ours{} kite}", "\\ours is not known"),
        ("author={Ana L{\\'e}vy and others}", "1 entries name only their first authors"),
    ],
)
def test_what_means_nothing_is_left_out_and_told(fields: str, said: str) -> None:
    found = read(f"@misc{{k, title={{T}}, {fields}}}")
    assert sum(isinstance(one, PaperRecord) for one in found) == 1
    [notice] = [one for one in found if isinstance(one, Notice)]
    assert said in notice.message


def test_an_entry_that_is_repeated_comes_out_again_to_be_counted_as_merged() -> None:
    first, second = read(KITE + KITE)
    assert first == second


def test_lines_may_end_as_on_any_system() -> None:
    assert read(KITE.replace("\n", "\r\n")) == read(KITE) == read(KITE.replace("\n", "\r"))


@pytest.mark.parametrize(
    "text", [KITE, f"% my papers\n\n{KITE}", '@string{k="Kite"}\n' + KITE, "@misc{a,\n title={"]
)
def test_it_is_recognised(text: str) -> None:
    assert recognise("x", text) is bibtex


@pytest.mark.parametrize(
    "text", ["", "mail@example.org, and", "@media{color: red}", "@comment{a,}"]
)
def test_other_text_is_not(text: str) -> None:
    assert not bibtex.recognise("x.bib", text)


def test_the_bibliography_of_others_is_read(shared: Path) -> None:
    path = shared / "data/bibtex/awesome-rl-lrm.bib"
    text = path.read_text(encoding="utf-8")
    assert recognise(path.name, text[:65536]) is bibtex
    found = read(text)
    records = [one for one in found if isinstance(one, PaperRecord)]
    skips = [one for one in found if isinstance(one, Skipped)]
    assert (len(records), len(skips)) == (921, 1)
    assert "has no title" in skips[0].reason
    assert sum(1 for record in records if record.arxiv) == 727
    assert not any(sign in record.title for record in records for sign in "{}\\$")
    assert all("{" not in author.name for record in records for author in record.authors)
