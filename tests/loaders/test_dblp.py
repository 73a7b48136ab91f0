"""dblp's XML is streamed, its letters are read, and nothing else of a DTD is."""

import io
import tracemalloc

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.dblp import dblp

from graphkb.errors import InputError
from graphkb.model.record import AuthorName, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

HEAD = '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE dblp SYSTEM "dblp.dtd">\n'
KITE = """<article key="journals/kite/Levy24" mdate="2024-06-01">
<author orcid="0000-0002-1825-0097">Ana L&eacute;vy 0001</author><author>Jan van der Berg</author>
<title>On <i>Kites</i> &amp; CO<sub>2</sub>.</title><pages>1-9</pages><month>May</month>
<year>2024</year><journal>J. Kites</journal><volume>3</volume>
<ee type="oa">https://doi.org/10.48550/arXiv.2402.03300</ee><ee>https://b.example.org/</ee>
<url>db/journals/kite/kite3.html#Levy24</url><cite>...</cite><cite>conf/wind/Ng20</cite>
</article>
"""


def read(inner: str, head: str = HEAD) -> list[Yield]:
    return list(dblp.read(SourceInput("x.xml", f"{head}<dblp>\n{inner}</dblp>")))


def test_every_field_that_is_kept() -> None:
    assert read(KITE) == [
        PaperRecord(
            key="journals/kite/Levy24",
            title="On Kites & CO2",
            arxiv="2402.03300",
            doi="10.48550/arxiv.2402.03300",
            dblp="journals/kite/Levy24",
            authors=(
                AuthorName("Ana Lévy", "0000-0002-1825-0097"),
                AuthorName("Jan van der Berg"),
            ),
            published="2024-05",
            venue="J. Kites",
            pages="1-9",
            url="https://doi.org/10.48550/arXiv.2402.03300",
            references=("dblp:conf/wind/Ng20",),
        )
    ]


def test_the_page_of_a_person_is_read_too() -> None:
    kite = KITE.replace("&eacute;", "é")
    text = f'<?xml version="1.0"?><dblpperson name="A"><r>{kite}</r></dblpperson>'
    [record] = dblp.read(SourceInput("x.xml", text))
    assert isinstance(record, PaperRecord)
    assert record.authors[0].name == "Ana Lévy"


def test_it_is_read_in_the_encoding_that_it_names() -> None:
    text = f"{HEAD}<dblp>{KITE.replace('&eacute;', 'é')}</dblp>".encode("latin-1")
    source = SourceInput("x.xml", lambda: io.BytesIO(text))
    assert recognise(source.name, source.head()[0]) is dblp
    assert list(dblp.read(source)) == read(KITE)


@pytest.mark.parametrize(
    ("bad", "place", "reason"),
    [
        ("<article><title>T.</title></article>\n", "line 11", "without a key"),
        ('<book key="x"/>\n', "line 11", "without a title"),
        (
            '<article key="x" publtype="withdrawn"><title>T</title></article>\n',
            "line 11",
            "withdrawn",
        ),
    ],
)
def test_a_bad_publication_is_skipped_with_its_line(bad: str, place: str, reason: str) -> None:
    first, skip, last = read(KITE + bad + KITE)
    assert first == last
    assert isinstance(skip, Skipped)
    assert skip.place == place
    assert reason in skip.reason


def test_home_pages_and_volumes_are_counted() -> None:
    page = '<www key="homepages/x"><title>Home Page</title></www>'
    record, notice = read(page * 2 + '<proceedings key="p"><title>P</title></proceedings>' + KITE)
    assert isinstance(record, PaperRecord)
    assert notice == Notice("", "2 home pages, 1 volumes: they are no papers")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2024</year>", "soon</year>"), "'soon' is no year"),
        (("0000-0002-1825-0097", "0000-0002-1825-0098"), "is no ORCID"),
    ],
)
def test_what_means_nothing_is_left_out_and_told(change: tuple[str, str], said: str) -> None:
    record, notice = read(KITE.replace(*change))
    assert isinstance(record, PaperRecord)
    assert isinstance(notice, Notice)
    assert said in notice.message


def test_a_letter_that_html_does_not_know_stays_as_it_is() -> None:
    [record] = read(KITE.replace("&eacute;", "&kite;"))
    assert isinstance(record, PaperRecord)
    assert record.authors[0].name == "Ana L&kite;vy"


LAUGHS = '<!DOCTYPE dblp [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE dblp [<!ENTITY eacute SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE dblp [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p;]>'


@pytest.mark.parametrize("head", [LAUGHS, FILE, PARAMETER])
def test_a_file_that_declares_entities_is_refused(head: str) -> None:
    with pytest.raises(InputError, match=r"x\.xml: this XML declares entities"):
        read(KITE, head)


@pytest.mark.parametrize(
    ("inner", "line", "what"),
    [
        (f"{KITE}<article key='x'>", 11, "mismatched tag"),
        (f"{KITE}<article key='x'><title>" + "x" * 1_100_000, 11, "more than 1,048,576"),
        (f"{KITE}<article key='x'>" + "<i>" * 30, 11, "nest more than"),
    ],
)
def test_xml_that_breaks_is_an_error_with_its_line(inner: str, line: int, what: str) -> None:
    with pytest.raises(InputError, match=rf"x\.xml:{line}: .*{what}"):
        read(inner)


def test_publications_before_the_break_are_given() -> None:
    found = dblp.read(SourceInput("x", f"{HEAD}<dblp>{KITE * 500}<"))
    assert isinstance(next(found), PaperRecord)


def test_it_is_read_a_piece_at_a_time() -> None:
    text = f"{HEAD}<dblp>{KITE * 10_000}</dblp>".encode()
    tracemalloc.start()
    found = dblp.read(SourceInput("x", lambda: io.BytesIO(text)))
    assert sum(1 for _ in found) == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000  # of 6 MB of text, 10,000 records


@pytest.mark.parametrize("text", [f"{HEAD}<dblp>\n", "<dblpperson name='A'>", '<dblp mdate="x">'])
def test_it_is_recognised(text: str) -> None:
    assert recognise("x", text) is dblp


@pytest.mark.parametrize("text", ["", "<feed>", "dblp", "<dblps>", '{"dblp": "<dblp"}'])
def test_other_text_is_not(text: str) -> None:
    assert not dblp.recognise("dblp.xml", text)
