"""Search over names, titles and abstracts: the same answers on both stores."""

from collections.abc import Iterator

import pytest
from emptied_server import emptied

from graphkb.errors import QueryError
from graphkb.model.graph import Entity, Value, graph_digest
from graphkb.query.search import Found, search
from graphkb.store import Changes, Store, open_store


def thing(label: str, id_: str, name: str, **known: Value) -> Entity:
    if label == "Paper":
        known = {"title": name, "stub": False, **known}
    return Entity(label, id_, {"name": name, **known})


ENTITIES = (
    thing("Method", "method:gait", "GAIT", long_name="Guided Agent Inner Trust", support=9),
    thing("Method", "method:gaitr", "GAIT-R", support=2, kind="framework", first_stated="2025-03"),
    thing("Model", "method:gaiter", "Gaiter", aliases=("The GAIT model",), support=1),
    thing("Benchmark", "method:trust", "TrustGym", aliases=("Gait",), support=3, kind="dataset"),
    thing("Method", "method:c++", "C++", support=1),
    thing("Method", "method:c", "C", support=1),
    thing("Method", "method:pi0", "π0", support=1),
    thing("Model", "method:omni4o", "Omni-4o", support=4),
    thing("Model", "method:q2.5vl", "Quill2.5-VL", support=4),
    thing("Task", "task:inner", "inner trust estimation", support=1),
    thing("Author", "author:zoe", "Zoë Müller-Łuk"),
    thing("Repository", "repo:github.com/gait/gait", "gait/gait"),
    thing(
        "Paper",
        "arxiv:2501.00001",
        "Walking Agents Learn to Trust",
        abstract="We walk. An agent that trusts itself walks further, as naïve agents do not.",
        published="2025-01-02",
    ),
    thing(
        "Paper",
        "arxiv:2502.00002",
        "A Survey of Walking",
        abstract="Trust is not enough: agents need a gait. " * 9 + "Rarely, they stumble.",
        published="2025-02",
        former_ids=("doi:10.1000/walk", "title:a-survey-of-walking"),
    ),
    thing("Paper", "arxiv:2503.00003", "Agents and Trust, Cited", stub=True, published="2024"),
    thing("Paper", "title:zh", "大规模语言模型的推理", abstract="本文研究强化学习。"),
    thing("Result", "result:1", "GAIT", value=1.0, value_text="1"),
)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """A store that holds them, opened as a reader does; written once, since no search writes."""
    with pytest.MonkeyPatch.context() as patch:
        url = str(tmp_path_factory.mktemp("search") / "graph.kgl")
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), patch)
        with open_store(url, write=True) as opened:
            opened.write(Changes(entities=ENTITIES))
        with open_store(url) as opened:
            yield opened


def ids(found: tuple[Found, ...]) -> list[str]:
    return [one.id for one in found]


def matched(store: Store, text: str) -> list[tuple[str, str]]:
    return [(one.id, one.matched) for one in search(store, text, limit=None)]


def test_names_come_before_aliases_beginnings_words_and_abstracts(store: Store) -> None:
    assert matched(store, "gait") == [
        ("method:gait", "name"),
        ("method:trust", "alias"),
        ("method:gaitr", "prefix"),
        ("method:gaiter", "prefix"),
        ("repo:github.com/gait/gait", "prefix"),
        ("arxiv:2502.00002", "abstract"),
    ]


def test_a_title_comes_before_an_abstract_and_a_stub_last(store: Store) -> None:
    assert matched(store, "trust agents") == [
        ("method:gait", "words"),
        ("arxiv:2501.00001", "words"),
        ("arxiv:2503.00003", "words"),
        ("arxiv:2502.00002", "abstract"),
    ]


def test_words_may_stand_in_title_and_abstract_together(store: Store) -> None:
    assert matched(store, "survey stumble") == [("arxiv:2502.00002", "abstract")]


@pytest.mark.parametrize(
    "text", ["2501.00001", "arXiv:2501.00001v3", "https://arxiv.org/abs/2501.00001"]
)
def test_an_id_is_found_in_any_spelling(store: Store, text: str) -> None:
    assert matched(store, text) == [("arxiv:2501.00001", "id")]


def test_a_former_id_is_found(store: Store) -> None:
    assert matched(store, "10.1000/walk") == [("arxiv:2502.00002", "former id")]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("C++", "method:c++"),
        ("c", "method:c"),
        ("π0", "method:pi0"),
        ("Π0", "method:pi0"),
        ("omni 4o", "method:omni4o"),
        ("OMNI4O", "method:omni4o"),
        ("quill2.5 vl", "method:q2.5vl"),
        ("\uff31\uff35\uff29\uff2c\uff2c2.5", "method:q2.5vl"),
        ("zoe", "author:zoe"),
        ("Muller", "author:zoe"),
        ("naive walking", "arxiv:2501.00001"),
        ("语言", "title:zh"),
        ("理", "title:zh"),
        ("强化学习", "title:zh"),
        ("walk", "arxiv:2501.00001"),
        ("estimations of trust", None),
    ],
)
def test_a_spelling_finds(store: Store, text: str, first: str | None) -> None:
    assert next(iter(ids(search(store, text))), None) == first


def test_the_last_word_may_be_a_beginning(store: Store) -> None:
    assert matched(store, "inner trust esti") == [("task:inner", "prefix")]
    assert matched(store, "trust esti") == [("task:inner", "beginnings")]


@pytest.mark.parametrize("most", [0, 200_000])
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Quil2.5-VL", "method:q2.5vl"),
        ("TrustGim", "method:trust"),
        ("wlaking agents", "arxiv:2501.00001"),
        ("inner trust estimatoin", "task:inner"),
    ],
)
def test_a_misspelling_finds_what_is_meant(
    store: Store, text: str, first: str, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of more names than that, those are compared that begin with a letter of the first two.
    monkeypatch.setattr("graphkb.query.near._MANY", most)
    found = search(store, text)
    assert (found[0].id, {one.matched for one in found}) == (first, {"typo"})


def test_what_is_nothing_like_anything_finds_nothing(store: Store) -> None:
    assert search(store, "xyzzyplugh quuxfrob") == ()


def test_results_are_not_found(store: Store) -> None:
    assert "result:1" not in ids(search(store, "gait", limit=None))


def test_kinds_and_labels_bound_a_search(store: Store) -> None:
    assert ids(search(store, "gait", kinds=["dataset"])) == ["method:trust"]
    assert ids(search(store, "gait", kinds=["Model", "framework"])) == [
        "method:gaitr",
        "method:gaiter",
    ]
    with pytest.raises(QueryError, match="there is no kind 'gadget'"):
        search(store, "gait", kinds=["gadget"])


def test_dates_bound_a_search_and_what_has_none_is_left_out(store: Store) -> None:
    assert ids(search(store, "trust", since="2025-01")) == ["arxiv:2501.00001", "arxiv:2502.00002"]
    assert ids(search(store, "trust", until="2024")) == ["arxiv:2503.00003"]
    with pytest.raises(QueryError, match="is no date"):
        search(store, "trust", since="yesterday")


def test_a_search_is_bounded(store: Store) -> None:
    assert ids(search(store, "gait", limit=2)) == ["method:gait", "method:trust"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gai", "[GAI]T"),
        ("inner guided", "[Guided] Agent [Inner] Trust"),
        ("the gait model", "[The GAIT model]"),
    ],
)
def test_a_snippet_marks_what_matched(store: Store, text: str, shown: str) -> None:
    assert search(store, text)[0].snippet.marked("[", "]") == shown


def test_a_snippet_of_an_abstract_is_cut_around_what_matched(store: Store) -> None:
    [found] = search(store, "stumble")
    assert found.snippet.marked("[", "]").endswith("agents need a gait. Rarely, they [stumble].")
    assert found.snippet.text.startswith("… ")
    assert len(found.snippet.text) < 180


HOSTILE = (
    '"', '""', "'", "*", "* *", '"*"', "NEAR(gait trust)", "NEAR(", "gait AND trust", "AND", "OR",
    "NOT", "gait NOT trust", "name:gait", "text : gait", "search_keys:gait", "-gait", "+gait",
    "gait~", "gait~2", "gait^9", "[a TO z]", "{a TO z}", "/ga.t/", "/(/", "(", ")", "((((", "\\",
    "\\\\", "gait\\", "&&", "||", "!", "?", "g?it", "ga*", "^gait", "gait;", "--", "/* */",
    "'; DROP TABLE word; --", '" OR 1=1 --', "`", "${x}", "{{x}}", "$query", "%", "_", "%gait%",
    "gait\x00", "\x00", "\x00gait", "a\x00b", "\ud800", "gait\udfff", "\ufeffgait", "\u202egait",
    "\u200bgait", "gait\u0301", "\U0001f600", "🧑‍🔬", "\n", "\r\n\t", "﷽", "İ", "ß", "ǅ",
    "e\u0301" * 50, "a " * 5000, "x" * 10_000, "gait " * 2000, "(" * 10_000, '"' * 10_000,
    "强" * 3000, "a-" * 5000, "1." * 5000, "++" * 5000, "_" * 300, "_3c0_", "search_1", "=",
    "== ", "=→", "→", "null", "true", "MATCH (n) DETACH DELETE n", "') YIELD node DETACH DELETE",
)  # fmt: skip


def test_hostile_text_finds_what_its_words_find_and_breaks_nothing(store: Store) -> None:
    before = graph_digest(store.entities(), store.edges())
    for text in HOSTILE:
        found = search(store, text)
        assert all(one.id and one.snippet.text for one in found), text[:40]
    assert graph_digest(store.entities(), store.edges()) == before


@pytest.mark.parametrize("text", ['"gait"', "+gait", "(gait)", "gait;", "`gait`", "\ufeffgait"])
def test_signs_around_a_word_do_not_matter(store: Store, text: str) -> None:
    assert search(store, text)[0].id == "method:gait"


def test_an_empty_store_finds_nothing() -> None:
    with open_store(":memory:", write=True) as store:
        assert search(store, "gait") == ()
        assert search(store, "") == ()
