"""The live explorer's interface: what it answers, and what it refuses."""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from emptied_server import emptied

import graphkb
from graphkb.build.report import LoadReport
from graphkb.errors import StoreBusyError
from graphkb.store import open_store
from graphkb.view.explorer import EXPAND_LIMIT, MOST_ROWS, MOST_STEPS, Explorer
from graphkb.view.server import application, steps_of
from graphkb.view.service import Service

Answer = TypeVar("Answer")
HOME = "http://127.0.0.1:8717"


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("explorer") / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")
    return url


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def db(request: pytest.FixtureRequest, embedded: str) -> Iterator[str]:
    """The sample in a store, once an engine."""
    if request.param == "embedded":
        yield embedded
        return
    with pytest.MonkeyPatch.context() as environment:
        url = emptied(request.getfixturevalue("neo4j_server"), environment)
        with graphkb.open(url) as kb:
            kb.load("sample:")
        yield url


def aside(task: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    """Run a task in a thread of its own: where a browser runs, this one has a loop already."""
    import anyio

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, task).result()


class Client:
    """Asks the application in this process, as a browser at this machine would."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def request(self, method: str, path: str, **given: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=HOME) as client:
                return await client.request(method, path, **given)

        return aside(ask)

    def close(self) -> None:
        """End the application, as a server does."""

        async def end() -> None:
            async with self._app.router.lifespan_context(self._app):
                pass

        aside(end)

    def get(self, path: str, **given: Any) -> httpx.Response:
        return self.request("GET", path, **given)

    def view(self, query: str) -> dict[str, Any]:
        answer = self.get(f"/api/view?{query}")
        assert answer.status_code == 200, answer.text
        data: dict[str, Any] = answer.json()
        return data


@pytest.fixture
def client(db: str) -> Iterator[Client]:
    found = Client(application(db, port=8717))
    yield found
    found.close()


def ids(data: dict[str, Any]) -> set[str]:
    return {entity["id"] for entity in data["entities"]}


# --- views --------------------------------------------------------------------------------------


def test_a_seed_shows_its_topic(client: Client) -> None:
    data = client.view("seed=GRPO")
    assert {"method:grpo", "method:ppo"} <= ids(data)
    assert data["title"] == "GRPO"


def test_an_expansion_adds_neighbours_and_moves_nothing(client: Client) -> None:
    before = client.view("add=GRPO")
    after = client.view("add=GRPO&expand=method:grpo")
    assert ids(before) == {"method:grpo"}
    assert 1 < len(ids(after)) <= 1 + EXPAND_LIMIT
    further = client.view("add=GRPO&expand=method:grpo&expand=method:ppo")
    assert ids(after) <= ids(further)
    places = {e["id"]: n for e, n in zip(after["entities"], after["network"]["nodes"], strict=True)}
    for entity, node in zip(further["entities"], further["network"]["nodes"], strict=True):
        if entity["id"] in places:
            old = places[entity["id"]]
            assert (node["x"], node["y"]) == (old["x"], old["y"])


def test_expanding_again_brings_the_next_neighbours_until_none_is_left(client: Client) -> None:
    steps, left, seen = "add=GRPO", None, set[str]()
    for _ in range(40):
        steps += "&expand=method:grpo"
        data = client.view(steps)
        assert seen < ids(data)
        seen, left = ids(data), data["more"]["method:grpo"]
        if left == 0:
            break
    assert left == 0


def test_an_expansion_has_the_sentences_of_its_lines(client: Client) -> None:
    data = client.view("add=GRPO&expand=method:grpo")
    assert data["lines"]
    assert any(
        "sentence" in statement for line in data["lines"] for statement in line["statements"]
    )


def test_what_is_taken_off_is_gone(client: Client) -> None:
    assert "method:ppo" not in ids(client.view("seed=GRPO&drop=method:ppo"))


def test_the_same_address_gives_the_same_view(db: str) -> None:
    address = "/api/view?seed=GRPO&expand=method:ppo&drop=method:trpo"
    one, other = (Client(application(db, port=8717)) for _ in range(2))
    assert one.get(address).content == other.get(address).content
    one.close()
    other.close()


def test_a_named_query_answers_rows_and_what_they_name(client: Client) -> None:
    data = client.view("query=ancestors&p.method=GRPO")
    assert data["rows"]["columns"][0] == "steps"
    assert {"method:ppo", "method:trpo"} <= ids(data)


def test_a_statement_answers_rows_and_what_they_name(client: Client) -> None:
    statement = "MATCH (m:Method {id: $id}) RETURN m.id AS id, m.name AS name"
    found = client.get("/api/view", params=[("cypher", statement), ("p.id", "method:ppo")]).json()
    assert found["rows"] == {
        "columns": ["id", "name"],
        "rows": [["method:ppo", "PPO"]],
        "cut": False,
    }
    assert ids(found) == {"method:ppo"}


def test_without_a_step_what_most_papers_rest_on_is_shown(client: Client) -> None:
    data = client.view("")
    assert "method:grpo" in ids(data)
    assert data["rows"] is None


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("seed=No such thing at all", "No such thing"),
        ("add=no-such-method", "no-such-method"),
        ("expand=method:none", "method:none"),
        ("query=no-such-query", "no-such-query"),
        ("query=ancestors", "method"),
        ("cypher=CREATE (n:Method {id: 'x'})", "CREATE would change the store"),
        ("cypher=LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "LOAD"),
        ("cypher=MATCH (n", "line 1"),
        ("&".join(["add=GRPO"] * (MOST_STEPS + 1)), f"at most {MOST_STEPS} steps"),
    ],
)
def test_what_cannot_be_shown_is_told_in_one_line(client: Client, query: str, said: str) -> None:
    answer = client.get(f"/api/view?{query}")
    assert answer.status_code == 400
    assert said in answer.json()["error"]
    assert "Traceback" not in answer.text


def test_a_wrong_address_still_gives_a_page_that_says_so(client: Client) -> None:
    answer = client.get("/?seed=No such thing at all")
    assert answer.status_code == 200
    assert "No such thing" in answer.text


def test_a_search_finds_beyond_the_page(client: Client) -> None:
    found = client.get("/api/search?text=grpo").json()["found"]
    assert found[0] == {"id": "method:grpo", "label": "Method", "name": "GRPO"}


def test_the_queries_are_told_with_their_parameters(client: Client) -> None:
    queries = {query["name"]: query for query in client.get("/api/queries").json()["queries"]}
    assert queries["ancestors"]["parameters"][0]["name"] == "method"


# --- who may ask --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example:8717", "localhost:1", "evil@127.0.0.1:8717", "", "::"],
)
def test_a_request_for_another_host_is_refused(client: Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 403
    assert client.get("/api/view", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8717", "localhost:8717", "[::1]:8717"])
def test_this_machine_may_ask_by_each_of_its_names(client: Client, host: str) -> None:
    assert client.get("/api/queries", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"},
    ],
)
def test_another_page_may_not_ask(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/api/view?seed=GRPO", headers=headers)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_no_answer_may_be_framed_sniffed_or_kept(client: Client) -> None:
    for path in ("/", "/api/queries", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


def test_the_page_may_reach_its_own_server_only(client: Client) -> None:
    page = client.get("/").text
    assert "connect-src &#x27;self&#x27;" in page
    assert "default-src &#x27;none&#x27;" in page


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1:8717?", "127.0.0.1:8717#a", ":pw@127.0.0.1:8717", "127.0.0.1:08717x", "127.1"],
)
def test_only_the_plain_names_of_this_machine_are_its_host(client: Client, host: str) -> None:
    assert client.get("/api/queries", headers={"host": host}).status_code == 403


FOLLOWED = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
}


def test_a_link_of_another_page_opens_the_page(client: Client) -> None:
    assert client.get("/?seed=GRPO", headers=FOLLOWED).status_code == 200


@pytest.mark.parametrize("path", ["/?cypher=RETURN 1", "/?seed=a&%63ypher=RETURN 1"])
def test_a_statement_that_another_page_links_to_is_not_run(client: Client, path: str) -> None:
    answer = client.get(path, headers=FOLLOWED)
    assert answer.status_code == 403
    assert "paste the address yourself" in answer.json()["error"]


@pytest.mark.parametrize(
    ("path", "dest"), [("/", "iframe"), ("/", "object"), ("/api/view", "document")]
)
def test_another_page_gets_no_frame_and_no_data(client: Client, path: str, dest: str) -> None:
    assert client.get(path, headers={**FOLLOWED, "sec-fetch-dest": dest}).status_code == 403


def test_nobody_posts_by_navigation(client: Client) -> None:
    assert client.request("POST", "/", headers=FOLLOWED).status_code == 403


def test_an_address_without_end_is_refused(client: Client) -> None:
    assert client.get("/api/view?cypher=" + "x" * 55_000).status_code == 414


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_a_load_takes_another_method(client: Client, method: str) -> None:
    assert client.request(method, "/api/view").status_code == 405


# --- loading ------------------------------------------------------------------------------------

PAPER = (
    '{"id": "2501.00001", "title": "KITE-X: A Kite", "abstract": "We introduce KITE-X, a variant'
    ' of GRPO for kites."}\n'
)


@pytest.fixture
def loading(tmp_path: Path) -> tuple[Client, str]:
    url = str(tmp_path / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")

    def load(file: Path, name: str) -> LoadReport:
        with graphkb.open(url) as kb:
            return kb.load(str(file), name=name.split(".")[0])

    client = Client(application(url, load=load, port=8717))
    page = client.get("/").text
    return client, page.split('"live":{"token":"')[1].split('"')[0]


def test_nothing_is_loaded_without_leave(client: Client) -> None:
    assert '"live":{"token":null}' in client.get("/").text
    assert client.request("POST", "/api/load?name=a.jsonl", content=PAPER).status_code == 403


def test_nothing_is_loaded_without_the_token(loading: tuple[Client, str]) -> None:
    client, _ = loading
    for token in ("", "wrong", "ä"):
        headers = {"x-graphkb-token": token.encode()}
        answer = client.request("POST", "/api/load?name=a.jsonl", content=PAPER, headers=headers)
        assert answer.status_code == 403


def test_a_dropped_source_is_loaded_with_its_report_and_seen(loading: tuple[Client, str]) -> None:
    client, token = loading
    before = client.view("seed=GRPO")
    answer = client.request(
        "POST", "/api/load?name=more.jsonl", content=PAPER, headers={"x-graphkb-token": token}
    )
    assert answer.status_code == 200, answer.text
    report = answer.json()
    assert report["sources"][0]["kept"] == 1
    assert report["failures"] == []
    assert "arxiv:2501.00001" not in ids(before)
    assert "arxiv:2501.00001" in ids(client.view("add=arxiv:2501.00001"))


def test_what_cannot_be_read_is_told_and_changes_nothing(loading: tuple[Client, str]) -> None:
    client, token = loading
    answer = client.request(
        "POST",
        "/api/load?name=odd.bin",
        content=b"\x00\x01\x02",
        headers={"x-graphkb-token": token},
    )
    assert answer.json()["failures"]
    assert answer.json()["changes"] == 0


@pytest.mark.parametrize("name", ["", ".hidden", "..", "a\x00b", "x" * 300])
def test_a_file_without_a_plain_name_is_refused(loading: tuple[Client, str], name: str) -> None:
    client, token = loading
    answer = client.request(
        "POST",
        "/api/load",
        params={"name": name},
        content=PAPER,
        headers={"x-graphkb-token": token},
    )
    assert answer.status_code == 400


def test_a_name_cannot_leave_the_folder(loading: tuple[Client, str], tmp_path: Path) -> None:
    client, token = loading
    client.request(
        "POST",
        "/api/load",
        params={"name": f"../../{tmp_path.name}/escaped.jsonl"},
        content=PAPER,
        headers={"x-graphkb-token": token},
    )
    assert not (tmp_path / "escaped.jsonl").exists()


def test_a_name_of_too_many_bytes_is_refused(loading: tuple[Client, str]) -> None:
    client, token = loading
    headers = {"x-graphkb-token": token}
    answer = client.request("POST", "/api/load?name=" + "ä" * 150, content=PAPER, headers=headers)
    assert answer.status_code == 400


def test_a_load_while_another_process_writes_says_so(
    loading: tuple[Client, str], tmp_path: Path
) -> None:
    client, token = loading
    with open_store(str(tmp_path / "graph.kgl"), write=True):
        answer = client.request(
            "POST", "/api/load?name=a.jsonl", content=PAPER, headers={"x-graphkb-token": token}
        )
        assert answer.status_code == 409
        assert client.view("add=GRPO")
    assert "another" in answer.json()["error"]


def test_one_file_is_loaded_at_a_time_and_questions_are_answered_meanwhile(
    tmp_path: Path,
) -> None:
    url = str(tmp_path / "graph.kgl")
    with graphkb.open(url) as kb:
        kb.load("sample:")
    begun, end = threading.Event(), threading.Event()

    def load(file: Path, name: str) -> LoadReport:  # noqa: ARG001
        begun.set()
        assert end.wait(30)
        return LoadReport(())

    service = Service(url, load)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(service.load, b"", "a.jsonl")
        assert begun.wait(30)
        with pytest.raises(StoreBusyError, match="another file is being loaded"):
            service.load(b"", "b.jsonl")
        found = service.ask(lambda _, explorer: explorer.view(steps_of("add=GRPO")))
        end.set()
        assert first.result(30).changes == 0
    assert found is not None
    assert found.ids == ("method:grpo",)
    service.close()


def test_a_question_that_nobody_waits_for_is_not_asked(db: str) -> None:
    service = Service(db, None)
    asked: list[str] = []
    assert service.ask(lambda *_: asked.append("asked"), lambda: False) is None
    assert asked == []
    service.close()


def test_a_store_that_was_deleted_and_put_back_is_told_and_found_again(tmp_path: Path) -> None:
    url, away = tmp_path / "graph.kgl", tmp_path / "away.kgl"
    with graphkb.open(str(url)) as kb:
        kb.load("sample:")
    client = Client(application(str(url), port=8717))
    before = client.view("seed=GRPO")
    url.rename(away)
    answer = client.get("/api/view?seed=GRPO")
    assert answer.status_code == 404
    assert "no store is there" in answer.json()["error"]
    assert "no store is there" in client.get("/").text
    away.rename(url)
    assert client.view("seed=GRPO") == before


def test_a_store_that_became_something_else_is_told(tmp_path: Path) -> None:
    url = tmp_path / "graph.kgl"
    with graphkb.open(str(url)) as kb:
        kb.load("sample:")
    client = Client(application(str(url), port=8717))
    client.view("add=GRPO")
    (tmp_path / "other").write_text("a letter to a friend", encoding="utf-8")
    (tmp_path / "other").replace(url)
    answer = client.get("/api/view?add=GRPO")
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_a_fault_of_ours_is_told_in_one_line(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Explorer, "view", lambda *_: 1 / 0)
    answer = client.get("/api/view?add=GRPO")
    assert answer.status_code == 500
    assert answer.json()["error"].startswith("the explorer failed: ZeroDivisionError")


def test_an_answer_that_no_browser_could_show_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkb.view.server._LARGEST_ANSWER", 10_000)
    answer = client.get("/api/view?cypher=RETURN range(1, 5000) AS many")
    assert answer.status_code == 400
    assert "return less in each row" in answer.json()["error"]


def test_an_answer_is_cut_at_its_most_rows(client: Client) -> None:
    rows = client.view("cypher=UNWIND range(1, 5000) AS x RETURN x")["rows"]
    assert (len(rows["rows"]), rows["cut"]) == (MOST_ROWS, True)


# --- both stores --------------------------------------------------------------------------------

ADDRESSES = [
    "view?",
    "view?seed=GRPO",
    "view?add=GRPO&expand=method:grpo&expand=method:ppo&expand=method:grpo",
    "view?seed=PPO&drop=method:trpo&expand=method:grpo",
    "view?query=ancestors&p.method=GRPO",
    "view?cypher=MATCH (m:Method)-[r:USES]-(o:Model) RETURN m.id AS a, o.id AS b"
    " ORDER BY a, b LIMIT 20",
    "view?add=no-such-method",
    "view?cypher=CREATE (n:Method {id: 'x'})",
    "search?text=grpo",
    "search?text=policy optimization",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_both_stores_give_the_same_answer(client: Client, embedded: str, address: str) -> None:
    other = Client(application(embedded, port=8717))
    found, expected = client.get(f"/api/{address}"), other.get(f"/api/{address}")
    assert found.status_code == expected.status_code
    assert found.json() == expected.json()


def test_steps_are_read_in_order_with_their_parameters() -> None:
    steps = steps_of("seed=GRPO&query=used-by&p.method=PPO&p.limit=3&drop=method:x&p.stray=1&q=2")
    assert [(step.kind, step.value) for step in steps] == [
        ("seed", "GRPO"),
        ("query", "used-by"),
        ("drop", "method:x"),
    ]
    assert steps[1].arguments == (("method", "PPO"), ("limit", "3"))


def test_only_what_is_remembered_is_kept(db: str) -> None:
    with graphkb.open(db) as kb:
        explorer = Explorer(kb.store)
        steps = steps_of("add=GRPO&expand=method:grpo")
        assert explorer.view(steps) is explorer.view(steps)
