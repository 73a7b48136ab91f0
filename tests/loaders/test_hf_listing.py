"""What comes out of a copied Daily Papers page: each paper once, with what the page says of it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from graphkb.loaders.hf_listing import hf_listing
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkb.errors import InputError
from graphkb.model.record import Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield
from graphkb.model.text import clean_text

if TYPE_CHECKING:
    from pathlib import Path

HEADING = """\
new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Dec 29

"""

# One paper without details, one with authors, one of an organisation, one of another year.
PAGE = (
    HEADING
    + """\
A Survey of Kites: How They Fly

Kites fly where the wind lets them. We survey 12 of them and name what they share.

E-KITE: Flying at Night

We propose E-KITE, a kite for the night. It reaches 91.5% on NightBench. Code: https://github.com/example/e-kite

  \u2022 5 authors
\u00b7
Oct 30 12

Do Kites Dream?

Nobody knows whether kites dream. This paper asks them.

Wind-Lab Wind Lab
\u00b7
Nov 19 2

On Strings, vs. Ropes

Strings are lighter than ropes, and kites know it.

  \u2022 13 authors
\u00b7
Dec 22, 2023
"""
)
NAME = "hf-papers-2025-12-29.txt"


def read(text: str, name: str = NAME, **options: str) -> list[Yield]:
    return list(hf_listing.read(SourceInput(name, text, options)))


def papers(text: str, name: str = NAME, **options: str) -> list[PaperRecord]:
    return [found for found in read(text, name, **options) if isinstance(found, PaperRecord)]


def one(body: str, **options: str) -> PaperRecord:
    [paper] = papers(HEADING + textwrap.dedent(body), **options)
    return paper


def test_a_paper_is_its_title_abstract_authors_day_and_comments() -> None:
    assert papers(PAGE)[1] == PaperRecord(
        key="title:e-kite-flying-at-night",
        title="E-KITE: Flying at Night",
        abstract="We propose E-KITE, a kite for the night. It reaches 91.5% on NightBench. "
        "Code: https://github.com/example/e-kite",
        author_count=5,
        published="2025-10-30",
        comments=12,
    )


def test_an_organisation_stands_in_the_place_of_the_authors() -> None:
    paper = papers(PAGE)[2]
    assert paper.organizations == (Organization("Wind Lab", handle="Wind-Lab"),)
    assert (paper.author_count, paper.published, paper.comments) == (None, "2025-11-19", 2)


def test_a_paper_without_details_is_kept() -> None:
    paper = papers(PAGE)[0]
    assert paper.title == "A Survey of Kites: How They Fly"
    assert paper.abstract.endswith("name what they share.")
    assert (paper.author_count, paper.published) == (None, None)


def test_the_lines_of_the_page_are_in_no_paper() -> None:
    text = " ".join(f"{paper.title} {paper.abstract}" for paper in papers(PAGE))
    assert not any(chrome in text for chrome in ("Subscribe", "Daily Papers", "Dec 29", "inbox"))


def test_a_whole_page_gives_nothing_but_papers() -> None:
    assert [type(found) for found in read(PAGE)] == [PaperRecord] * 4


class TestYears:
    def test_the_year_that_a_date_shows_is_its_own(self) -> None:
        assert papers(PAGE)[3].published == "2023-12-22"

    def test_the_year_comes_from_the_option_before_the_name(self) -> None:
        assert papers(PAGE, date="2024-12-29")[1].published == "2024-10-30"

    @pytest.mark.parametrize(
        "name", ["2025-12-29.txt", "hf_20251229_late.txt", "hf-2025.12.29", "2025-12-28_2025-12-29"]
    )
    def test_the_year_comes_from_a_day_in_the_name(self, name: str) -> None:
        assert papers(PAGE, name)[1].published == "2025-10-30"

    @pytest.mark.parametrize(
        "name", ["page.txt", "-", "page-2025.txt", "2025-13-29.txt", "2024-12-31_2025-01-01.txt"]
    )
    def test_without_a_day_the_dates_without_a_year_are_left_out(self, name: str) -> None:
        assert [paper.published for paper in papers(PAGE, name)] == [None] * 3 + ["2023-12-22"]

    def test_what_is_left_out_is_noticed_with_the_remedy(self) -> None:
        [notice] = [found for found in read(PAGE, "page.txt") if isinstance(found, Notice)]
        assert "2 dates" in notice.message
        assert "-o date=YYYY-MM-DD" in notice.message

    @pytest.mark.parametrize("date", ["2025", "2025-12", "29.12.2025", "2025-02-30", ""])
    def test_an_option_that_is_no_day_is_an_error(self, date: str) -> None:
        with pytest.raises(InputError, match="YYYY-MM-DD"):
            papers(PAGE, date=date)

    def test_a_day_after_the_page_keeps_the_pages_year_and_is_noticed(self) -> None:
        found = read(PAGE, date="2025-11-01")
        assert [paper.published for paper in found if isinstance(paper, PaperRecord)][2] == (
            "2025-11-19"
        )
        assert [notice.place for notice in found if isinstance(notice, Notice)] == ["line 29"]

    def test_the_29_february_of_a_year_without_one_is_left_out(self) -> None:
        body = "T\n\nAbout a day.\n\n\u2022 1 authors\n\u00b7\nFeb 29\n"
        assert one(body, date="2025-12-29").published is None
        assert one(body, date="2024-12-29").published == "2024-02-29"


class TestOtherCopies:
    """The same page, as other browsers, editors and people write it."""

    @pytest.mark.parametrize("newline", ["\r\n", "\r", "\n\n", "\r\n\r\n", "\n \t\n"])
    def test_newlines(self, newline: str) -> None:
        assert papers(PAGE.replace("\n", newline)) == papers(PAGE)

    @pytest.mark.parametrize("bullet", ["\u2022", "-", "*", "\u00b7", "\u25e6", "\u2013", ""])
    @pytest.mark.parametrize("dot", ["\u00b7", "\u2022", "-", "*"])
    def test_bullets_and_dots(self, bullet: str, dot: str) -> None:
        text = PAGE.replace("\u2022 ", f"{bullet} ").replace("\u00b7", dot)
        assert papers(text) == papers(PAGE)

    def test_without_indents(self) -> None:
        assert papers(textwrap.dedent(PAGE.replace("  \u2022", "\u2022"))) == papers(PAGE)

    def test_details_in_one_line(self) -> None:
        text = PAGE.replace("\n\u00b7\n", " \u00b7 ")
        assert [paper.author_count for paper in papers(text)] == [None, 5, None, 13]
        assert papers(text)[1] == papers(PAGE)[1]

    def test_dot_and_day_in_one_line(self) -> None:
        assert papers(PAGE.replace("\u00b7\n", "\u00b7 ")) == papers(PAGE)

    def test_a_byte_order_mark_and_no_line_end_at_the_end(self) -> None:
        assert papers("\ufeff" + PAGE.rstrip()) == papers(PAGE)

    def test_without_the_heading(self) -> None:
        assert papers(PAGE.removeprefix(HEADING)) == papers(PAGE)

    def test_without_blank_lines(self) -> None:
        assert papers(PAGE.replace("\n\n", "\n")) == papers(PAGE)

    def test_with_lines_broken_by_an_editor(self) -> None:
        long = (
            "Kites rise on the wind, and they fall when it is gone, which all of them regret. " * 4
        )
        page = PAGE.replace("Nobody knows", f"{long}Nobody knows")
        broken = "\n".join(textwrap.fill(line, 78) for line in page.split("\n"))
        assert papers(broken) == papers(page)

    def test_with_the_menu_and_the_foot_of_the_page(self) -> None:
        menu = "Hugging Face\nModels\nDatasets\nSpaces\nCommunity\nDocs\nPricing\nLog In\nSign Up\n"
        foot = "Previous\n1\n2\nNext\nSystem theme\nCompany\nTOS\nPrivacy\nAbout\nCareers\n"
        assert papers(menu + PAGE + foot) == papers(PAGE)

    def test_with_counts_of_votes_above_the_titles(self) -> None:
        text = PAGE.replace("Do Kites", "128\n\nDo Kites").replace("On Str", "1.2k\n\nOn Str")
        assert papers(text) == papers(PAGE)


class TestTwoPages:
    """Pages that were pasted one after the other."""

    other = HEADING + "Another Kite\n\nIt is blue.\n\n  \u2022 2 authors\n\u00b7\nJun 4\n"

    @pytest.mark.parametrize("between", ["", "\n", "\n\n---\n\n", "\n====\n"])
    def test_each_paper_comes_out_once(self, between: str) -> None:
        assert papers(PAGE + between + self.other) == papers(PAGE) + papers(self.other)

    def test_a_page_that_ends_without_details_ends_where_the_next_begins(self) -> None:
        head = HEADING + "A Survey of Kites\n\nKites fly.\n\n"
        assert [paper.abstract for paper in papers(head + self.other)] == [
            "Kites fly.",
            "It is blue.",
        ]

    def test_the_same_page_twice_gives_each_paper_once_and_says_so(self) -> None:
        found = read(PAGE + "\n" + PAGE)
        assert [paper for paper in found if isinstance(paper, PaperRecord)] == papers(PAGE)
        assert [f.message for f in found if isinstance(f, Notice)] == [
            "4 papers stand in the text more than once; each is kept once"
        ]

    def test_what_one_page_lacks_comes_from_the_other(self) -> None:
        bare = HEADING + "Another Kite\n\nIt is blue.\n"
        assert papers(bare + "\n" + self.other) == papers(self.other)

    def test_the_higher_count_of_comments_stays(self) -> None:
        later = PAGE.replace("Oct 30 12", "Oct 30 15")
        for text in (PAGE + later, later + PAGE):
            assert papers(text)[1].comments == 15

    def test_works_of_one_title_and_different_days_are_two(self) -> None:
        older = self.other.replace("It is blue.", "It was red.").replace("Jun 4", "Jun 4, 2019")
        assert {paper.key for paper in papers(self.other + older)} == {
            "title:another-kite",
            "title:another-kite~2019-06-04",
        }


class TestOtherDays:
    """What pages of other days hold."""

    def test_an_abstract_may_be_absent(self) -> None:
        assert one("A Kite\n\n \u2022 3 authors\n\u00b7\nMay 4\n").abstract == ""

    @pytest.mark.parametrize("abstract", ["Short.", "TL;DR kites fly", "Kites!", "See below"])
    def test_an_abstract_may_be_short(self, abstract: str) -> None:
        paper = one(f"A Kite\n\n{abstract}\n\n \u2022 3 authors\n\u00b7\nMay 4\n")
        assert (paper.title, paper.abstract) == ("A Kite", abstract)

    @pytest.mark.parametrize(
        "last", ["Code is at https://github.com/example/kite", "It also dives.", "2) it dives"]
    )
    def test_an_abstract_may_have_several_paragraphs(self, last: str) -> None:
        body = f"A Kite\n\nIt flies well.\n\nIt lands well.\n\n{last}\n\n- 3 authors\n-\nMay 4\n"
        assert one(body).abstract == f"It flies well. It lands well. {last}"

    @pytest.mark.parametrize(
        "title",
        [
            "What Is a Kite? An Answer",
            "kite: a tool",
            "42",
            "\u221e",
            "<script>alert(1)</script>",
            "100 Authors, One Kite",
            "5 authors",
            "May 4, 1970: The Day of the Kite",
            "- Minus: A Kite",
            "Daily Papers",
            "A Kite.",
            "\u98ce\u7b5d",
            "A Kite " * 50,
            "LOAD CSV; DROP",
            "'\"; MATCH (n) DETACH DELETE n //",
        ],
    )
    def test_a_title_may_be_anything(self, title: str) -> None:
        body = "Above\n\nIt is above. It stays.\n\n\u2022 2 authors\n\u00b7\nMay 3\n\n"
        body += f"{title}\n\nThis is its abstract. It has two sentences.\n\n"
        found = papers(HEADING + body + "\u2022 3 authors\n\u00b7\nMay 4\n")
        assert [(paper.title, paper.author_count) for paper in found] == [
            ("Above", 2),
            (title.strip(), 3),
        ]

    def test_a_title_of_signs_only_has_a_key(self) -> None:
        assert one("\u221e\n\nIt is endless.\n\n\u2022 3 authors\n\u00b7\nMay 4\n").key

    def test_an_organisation_may_be_one_word(self) -> None:
        paper = one("A Kite\n\nIt flies.\n\nKites\n\u00b7\nMay 4\n")
        assert paper.organizations == (Organization("Kites"),)

    def test_a_paper_may_have_a_day_only(self) -> None:
        assert one("A Kite\n\nIt flies.\n\n\u00b7\nMay 4\n").published == "2025-05-04"

    def test_two_papers_in_a_row_may_lack_their_details(self) -> None:
        body = "One Kite\n\nIt flies.\n\nTwo Kites\n\nThey fly.\n\nThree Kites\n\nThey all fly.\n\n"
        found = papers(HEADING + body + "\u2022 3 authors\n\u00b7\nMay 4\n")
        assert [(paper.title, paper.abstract, paper.author_count) for paper in found] == [
            ("One Kite", "It flies.", None),
            ("Two Kites", "They fly.", None),
            ("Three Kites", "They all fly.", 3),
        ]

    def test_a_day_of_another_form_is_left_out_and_noticed(self) -> None:
        text = HEADING + "A Kite\n\nIt flies.\n\n\u2022 3 authors\n\u00b7\n2 days ago\n"
        found = read(text)
        assert [paper.published for paper in found if isinstance(paper, PaperRecord)] == [None]
        assert ["2 days ago" in f.message for f in found if isinstance(f, Notice)] == [True]


class TestCut:
    """The page cut off anywhere."""

    def test_a_last_entry_that_ends_within_its_abstract_is_skipped_and_named(self) -> None:
        cut = PAGE[: PAGE.index("whether kites")]
        [skipped] = [found for found in read(cut) if isinstance(found, Skipped)]
        assert skipped.place == "line 25"
        assert "Do Kites Dream?" in skipped.reason

    def test_a_last_entry_without_details_whose_text_is_finished_is_kept(self) -> None:
        cut = PAGE[: PAGE.index("\n\nWind-Lab")]
        assert papers(cut)[2].abstract == papers(PAGE)[2].abstract

    def test_a_day_that_is_cut_off_is_left_out_and_noticed(self) -> None:
        found = read(PAGE[: PAGE.index("2023")])
        assert [paper.published for paper in found if isinstance(paper, PaperRecord)][3] is None
        assert ["cut off" in f.message for f in found if isinstance(f, Notice)] == [True]

    @pytest.mark.parametrize("at", range(len(HEADING) + 1, len(PAGE) + 1))
    def test_every_paper_that_is_whole_comes_out(self, at: int) -> None:
        check_cut(PAGE, at)

    @given(st.data())
    @settings(max_examples=60)
    def test_every_paper_of_any_page_that_is_whole_comes_out(self, data: st.DataObject) -> None:
        page = HEADING + "".join(f"Kites {at} {data.draw(blocks)}\n" for at in range(3))
        check_cut(page, data.draw(st.integers(len(HEADING) + 1, len(page))))


blocks = st.builds(
    "{}\n\n{}\n\n{}\n".format,
    st.sampled_from(["Fly", "Are Here: A Study", "(and Dr. Kite)", "Why? A Question", "vs. Us"]),
    st.sampled_from(
        ["We show it.", "It flies. It lands. It flies again.", "Long ago, kites flew. " * 20]
    ),
    st.sampled_from(
        [
            "",
            "  \u2022 15 authors\n\u00b7\nOct 30\n",
            "Wind-Lab Wind\n\u00b7\nMay 4, 2021 12\n",
            "- 1 authors\n-\nSep 12 3\n",
        ]
    ),
)


def check_cut(page: str, at: int) -> None:
    """Compare what comes out of the first `at` characters with what comes out of all."""
    whole = papers(page)
    out = papers(page[:at])
    lines = {paper.title: page.index(f"\n{paper.title}\n") for paper in whole}
    ends = [*list(lines.values())[1:], len(page)]
    complete = [paper for paper, end in zip(whole, ends, strict=True) if end < at]
    assert out[: len(complete)] == complete
    # At most one more comes out: the one that is cut, with nothing that is not true of it.
    assert len(out) <= len(complete) + 1
    for paper in out[len(complete) :]:
        full = whole[len(complete)]
        assert paper.title == full.title
        assert full.abstract.startswith(paper.abstract)
        assert paper.author_count in (None, full.author_count)
        assert paper.abstract.endswith((".", "e-kite"))
    for skipped in read(page[:at]):
        if isinstance(skipped, Skipped):
            number = int(skipped.place.removeprefix("line "))
            assert clean_text(page[:at].split("\n")[number - 1]) in skipped.reason


class TestNoPage:
    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n\n",
            "A letter\n\nDear all, this is no page.\n",
            '{"id": "1", "title": "5 authors"}\n',
            "@article{kite, title={Kites}, author={5 authors}}\n",
            "a,b,c\n1,2,3\n",
            "<html><body><p>Daily Papers</p></body></html>",
            HEADING,
        ],
    )
    def test_what_is_no_page_is_an_error_that_says_what_was_expected(self, text: str) -> None:
        with pytest.raises(InputError, match=r"5 authors.*Oct 30"):
            read(text)

    @given(st.text() | st.lists(st.sampled_from(PAGE.split("\n"))).map("\n".join))
    @settings(max_examples=200)
    def test_nothing_makes_it_fail_but_for_that_error(self, text: str) -> None:
        try:
            found = papers(text)
        except InputError:
            return
        assert len({paper.key for paper in found}) == len(found)


def test_the_real_page_gives_its_41_papers(shared: Path) -> None:
    path = shared / "data/listings/hf-papers-2025-12-29.txt"
    text = path.read_text(encoding="utf-8")
    found = papers(text, path.name)
    assert len(found) == len(read(text, path.name)) == 41
    assert sum(paper.published is not None for paper in found) == 38
    assert sum(paper.comments is not None for paper in found) == 12
    assert sum(len(paper.organizations) for paper in found) == 3
    assert sum(paper.author_count is not None for paper in found) == 35
    lines = text.split("\n")
    assert all(paper.title in lines and paper.abstract in lines for paper in found)
    assert {paper.title.partition(":")[0] for paper in found if paper.published is None} == {
        "Beyond Pipelines",
        "Beyond the Exploration-Exploitation Trade-off",
        "Agentic Policy Optimization via Instruction-Policy Co-Evolution",
    }


@pytest.mark.parametrize("newline", ["\r\n", "\n\n"])
@pytest.mark.parametrize("bullet", ["\u2022", "-", "*", "\u00b7"])
def test_the_real_page_in_other_copies_gives_the_same(
    shared: Path, newline: str, bullet: str
) -> None:
    path = shared / "data/listings/hf-papers-2025-12-29.txt"
    text = path.read_text(encoding="utf-8")
    copy = text.replace("\u2022", bullet).replace("\n", newline)
    assert papers(copy, path.name) == papers(text, path.name)
    assert papers(copy + newline + copy, path.name) == papers(text, path.name)


def test_the_real_page_cut_off_gives_every_paper_that_is_whole(shared: Path) -> None:
    path = shared / "data/listings/hf-papers-2025-12-29.txt"
    text = path.read_text(encoding="utf-8")
    whole = papers(text, path.name)
    starts = [text.index(f"\n{paper.title}\n") for paper in whole]
    for at in range(starts[0] + 3, len(text), 997):
        complete = sum(start < at for start in starts) - 1
        assert papers(text[:at], path.name)[:complete] == whole[:complete]
