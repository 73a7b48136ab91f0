"""``arxiv``: what is kept of an Atom feed, what is refused, and what is asked of arXiv."""

from pathlib import Path

import pytest
from graphkb.loaders import recognise
from graphkb.loaders.arxiv import arxiv
from local_server import Answer, LocalServer, ask

from graphkb.errors import InputError
from graphkb.model.record import AuthorName, Organization, PaperRecord
from graphkb.model.source import Notice, Skipped, SourceInput, Yield

ENTRY = """
  <entry>
    <id>http://arxiv.org/abs/2401.00001v2</id>
    <title>On Kites,
  and Others</title>
    <updated>2024-02-03T00:00:00Z</updated>
    <summary>Kites fly where a &lt; b. All of them.</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <published>2024-01-02T10:20:30Z</published>
    <arxiv:comment>12 pages</arxiv:comment>
    <arxiv:journal_ref>Journal of Kites 3 (2024)</arxiv:journal_ref>
    <author><name>Ada Kite</name><arxiv:affiliation>Kite Lab</arxiv:affiliation></author>
    <author><name>Bo Kite</name></author>
    <arxiv:doi>10.1000/KITE.1 10.1000/kite.2</arxiv:doi>
  </entry>"""
RECORD = PaperRecord(
    key="2401.00001",
    title="On Kites, and Others",
    abstract="Kites fly where a < b. All of them.",
    arxiv="2401.00001",
    doi="10.1000/kite.1",
    authors=(AuthorName("Ada Kite"), AuthorName("Bo Kite")),
    organizations=(Organization("Kite Lab"),),
    published="2024-01-02",
    venue="Journal of Kites 3 (2024)",
)
XML = {"Content-Type": "application/atom+xml; charset=UTF-8"}


def feed(*entries: str, total: int | None = None) -> str:
    return (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">\n'
        "  <id>https://arxiv.org/api/abc</id><title>arXiv Query</title>\n"
        f"  <opensearch:totalResults>{len(entries) if total is None else total}"
        f"</opensearch:totalResults>{''.join(entries)}\n</feed>"
    )


def entry(identifier: str) -> str:
    return f"<entry><id>http://arxiv.org/abs/{identifier}v1</id><title>T</title></entry>"


def read(text: str) -> list[Yield]:
    return list(arxiv.read(SourceInput("feed.xml", text)))


def keys(source: SourceInput) -> list[str]:
    return [record.key for record in arxiv.read(source) if isinstance(record, PaperRecord)]


def test_of_an_entry_its_paper_is_kept() -> None:
    assert read(feed(ENTRY)) == [RECORD]


def test_a_feed_is_recognised() -> None:
    assert recognise("feed.xml", feed(ENTRY)) is arxiv


def test_a_feed_of_somebody_else_is_not() -> None:
    assert not arxiv.recognise("feed.xml", '<feed xmlns="http://www.w3.org/2005/Atom"></feed>')


def test_an_old_identifier_is_one() -> None:
    (record,) = read(feed(entry("math.GT/0309136")))
    assert isinstance(record, PaperRecord)
    assert record.arxiv == "math/0309136"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (
            "<entry><id>http://arxiv.org/api/errors#bad_id</id><title>Error</title>"
            "<summary>incorrect id format for x</summary></entry>",
            "arXiv reports an error: incorrect id format for x",
        ),
        ("<entry><id>http://arxiv.org/abs/2401.00002v1</id></entry>", "has no title"),
        ("<entry><title>T</title></entry>", "its id '' is no arXiv identifier"),
    ],
)
def test_what_is_no_paper_is_skipped_with_its_place(entry: str, reason: str) -> None:
    first, skipped = read(feed(ENTRY, entry))
    assert first == RECORD
    assert isinstance(skipped, Skipped)
    assert (skipped.place, skipped.reason.endswith(reason)) == ("entry 2", True)


def test_what_means_nothing_is_left_out_and_noticed() -> None:
    odd = entry("2401.00002").replace(
        "</entry>", "<published>soon</published><arxiv:doi>none</arxiv:doi></entry>"
    )
    *notices, record = read(feed(odd))
    assert [notice.message for notice in notices if isinstance(notice, Notice)] == [
        "the date 'soon' does not exist; left out",
        "'none' is no DOI; left out",
    ]
    assert record == PaperRecord(key="2401.00002", title="T", arxiv="2401.00002")


def test_a_feed_that_breaks_off_is_refused_with_its_line() -> None:
    text = feed(ENTRY, ENTRY)[:-200]
    with pytest.raises(InputError, match="the XML is broken") as raised:
        read(text)
    assert raised.value.where == f"feed.xml:{len(text.splitlines())}"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE feed [<!ENTITY a "kite"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE feed SYSTEM "http://example.org/feed.dtd">',
    ],
)
def test_a_feed_that_declares_entities_is_refused(declared: str) -> None:
    text = feed(ENTRY).replace("<feed", f"{declared}<feed", 1)
    with pytest.raises(InputError, match="declares what no feed needs"):
        read(text)


# Live


def test_papers_are_asked_for_by_their_identifiers(local: LocalServer, tmp_path: Path) -> None:
    local.answer("/api/query", Answer(feed(ENTRY).encode(), headers=XML))
    source = ask(arxiv, local, "2401.00001,arXiv:2203.02155v4", tmp_path)
    assert local.asked[0].parameters == {"id_list": "2401.00001,2203.02155", "max_results": "2"}
    assert list(arxiv.read(source)) == [RECORD]
    assert source.remarks == (Skipped("arxiv:2203.02155", "arXiv knows no such paper"),)


def test_many_papers_are_asked_for_in_pages(local: LocalServer, tmp_path: Path) -> None:
    identifiers = [f"2401.{n:05}" for n in range(1, 151)]
    pages = [feed(*map(entry, identifiers[:100])), feed(*map(entry, identifiers[100:]))]
    local.answer("/api/query", *(Answer(page.encode(), headers=XML) for page in pages))
    source = ask(arxiv, local, ",".join(identifiers), tmp_path)
    assert keys(source) == identifiers
    assert source.remarks == ()


def test_a_search_takes_as_many_as_are_asked_for_and_tells_how_many_there_are(
    local: LocalServer, tmp_path: Path
) -> None:
    pages = [
        feed(*(entry(f"2401.{n:05}") for n in range(begin, end)), total=5000)
        for begin, end in ((1, 101), (101, 151))
    ]
    local.answer("/api/query", *(Answer(page.encode(), headers=XML) for page in pages))
    argument = "search_query=cat:cs.LG AND ti:kite&sortBy=submittedDate&max_results=150"
    source = ask(arxiv, local, argument, tmp_path)
    assert len(keys(source)) == 150
    assert [(a.parameters["start"], a.parameters["max_results"]) for a in local.asked] == [
        ("0", "100"),
        ("100", "50"),
    ]
    assert local.asked[0].parameters["search_query"] == "cat:cs.LG AND ti:kite"
    (remark,) = source.remarks
    assert isinstance(remark, Notice)
    assert remark.message.startswith("arXiv finds 5,000 papers, of which 150 are taken")


def test_a_search_that_finds_fewer_asks_for_no_more(local: LocalServer, tmp_path: Path) -> None:
    local.answer("/api/query", Answer(feed(ENTRY).encode(), headers=XML))
    source = ask(arxiv, local, "search_query=all:kite&max_results=1000", tmp_path)
    assert (len(local.asked), source.remarks) == (1, ())


@pytest.mark.parametrize(
    "argument",
    [
        "",
        "2401.00001,kite",
        "search_query=",
        "search_query=x&max_results=0",
        "search_query=x&max_results=99999999",
        "search_query=x&id_list=1",
    ],
)
def test_what_cannot_be_asked_is_refused_before_it_is(
    local: LocalServer, tmp_path: Path, argument: str
) -> None:
    with pytest.raises(InputError) as raised:
        ask(arxiv, local, argument, tmp_path)
    assert raised.value.remedy
    assert not local.asked


# The real file


def test_the_real_feed_gives_its_15_papers(shared: Path) -> None:
    text = (shared / "data/arxiv/query-testing-15.xml").read_text(encoding="utf-8")
    found = read(text)
    assert (len(found), {type(value) for value in found}) == (15, {PaperRecord})
    assert recognise("query.xml", text) is arxiv
    first = found[0]
    assert isinstance(first, PaperRecord)
    assert (first.arxiv, first.doi, first.published, len(first.authors)) == (
        "2202.12139",
        "10.1109/icstw55395.2022.00035",
        "2022-02-24",
        3,
    )


def test_an_encoding_that_cannot_be_read_is_told() -> None:
    text = '<?xml version="1.0" encoding="GB2312"?><feed xmlns="http://www.w3.org/2005/Atom"/>'
    with pytest.raises(InputError, match="its encoding cannot be read"):
        list(arxiv.read(SourceInput("a.xml", text)))
