"""What tests share: the real inputs, a real Neo4j, a real browser, and what to do without them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from browser_tab import Tab
from local_server import LocalServer, serving
from neo4j_server import Neo4jServer, Neo4jUnavailableError
from neo4j_server import neo4j_server as run_neo4j

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pyspark import SparkContext
    from small_graph import Asked
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

    from graphkb.knowledge_base import KnowledgeBase

ROOT = Path(__file__).resolve().parent.parent
ON_CI = os.environ.get("CI") == "true"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# What a developer's shell says about their own stores is nothing that a test may see.
for name in ("GRAPHKB_DB", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
    os.environ.pop(name, None)

# Nor does it see, or fill, what their extractions left in the cache.
CACHE = tempfile.TemporaryDirectory(prefix="graphkb-cache-")
os.environ["GRAPHKB_CACHE"] = CACHE.name

# The machine may be busy: an example that is slow once is no finding. GRAPHKB_EXAMPLES says how
# many examples of each property to try.
EXAMPLES = int(os.environ.get("GRAPHKB_EXAMPLES", "0"))
hypothesis.settings.register_profile(
    "graphkb",
    deadline=None,
    derandomize=ON_CI and not EXAMPLES,
    max_examples=EXAMPLES or 100,
)
hypothesis.settings.load_profile("graphkb")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need."""
    for item in items:
        wants = getattr(item, "fixturenames", ())
        for fixture, mark in (
            ("neo4j_server", "neo4j"),
            ("browser", "browser"),
            ("spark", "spark"),
        ):
            if fixture in wants:
                item.add_marker(mark)


def pytest_unconfigure() -> None:
    """Remove what the extractions of the tests kept."""
    CACHE.cleanup()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "LoadScopeScheduling":
    """Send the tests that share something dear to one worker, all others where there is room.

    A second build of the wheel would cost seconds of both cores. The tests on Neo4j are most of
    the whole: they go by their module, and each worker has a server of its own. Those on Spark
    are few: one worker starts it.
    xdist's own groups (`--dist loadgroup`, 3.8) are lost with pytest 9.
    """
    from xdist.scheduler import LoadScopeScheduling

    class SharersTogether(LoadScopeScheduling):  # type: ignore[misc] # xdist is untyped
        def _split_scope(self, nodeid: str) -> str:
            if "/packaging/" in nodeid:
                return "packaging"
            if "spark" in nodeid:
                return "spark"
            return nodeid.partition("::")[0] if "neo4j" in nodeid else nodeid

    return SharersTogether(config, log)


def lack(what: str) -> None:
    """Skip the test for want of a program; on CI, where everything is there, fail."""
    if ON_CI:
        pytest.fail(what, pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real inputs, whose `data` and `tools` tests read."""
    folder = Path(os.environ.get("GRAPHKB_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        pytest.skip(f"no real inputs at {folder}/data (GRAPHKB_SHARED says where they are)")
    return folder


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalServer]:
    """A web service on this machine; no proxy stands before it, and nobody has a key."""
    for name in os.environ:
        if name.lower() in ("http_proxy", "all_proxy") or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    with serving() as server:
        yield server


@pytest.fixture
def embedded_url(tmp_path: Path) -> str:
    """Return the address of an embedded store that does not exist yet."""
    return str(tmp_path / "graph.kgl")


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """Run one real Neo4j for all tests of a worker that want one.

    Tests with `neo4j` in their id (the parameter of `store_url`, a file test_neo4j_….py) go to a
    worker by their module.
    """
    try:
        with run_neo4j(brief=True) as server:
            yield server
    except Neo4jUnavailableError as error:
        lack(str(error))


@pytest.fixture
def neo4j_url(neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of an empty Neo4j, whose password is in the environment."""
    for name, value in neo4j_server.environment().items():
        if name.startswith("NEO4J_"):
            monkeypatch.setenv(name, value)
    empty(neo4j_server)
    return neo4j_server.url


def empty(server: Neo4jServer) -> None:
    """Delete every node and relationship; constraints and indexes stay, which take seconds."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver,
        driver.session() as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS").consume()


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty store, once an engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def ask(request: pytest.FixtureRequest) -> "Iterator[Asked]":
    """Return what asks a named query of the module's GRAPH, once an engine."""
    from emptied_server import emptied

    from graphkb.query.named import named_query, run_query
    from graphkb.store import Changes, open_store

    graph = request.module.GRAPH
    with pytest.MonkeyPatch.context() as environment:
        url = ":memory:"
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        with open_store(url, write=True) as store:
            entities, edges = tuple(graph.entities.values()), tuple(graph.edges.values())
            store.write(Changes(entities=entities, edges=edges))

            def asked(name: str, **given: object) -> list[tuple[Any, ...]]:
                rows = run_query(store, named_query(name), given)
                assert rows.columns == named_query(name).column_names
                return list(rows.rows)

            yield asked


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def base(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> "Iterator[KnowledgeBase]":
    """Return a knowledge base with the module's `changes()` in it, once an engine."""
    from emptied_server import emptied

    from graphkb.knowledge_base import open as open_base
    from graphkb.store import open_store

    with pytest.MonkeyPatch.context() as environment:
        if request.param == "neo4j":
            url = emptied(request.getfixturevalue("neo4j_server"), environment)
        else:
            url = str(tmp_path_factory.mktemp("base") / "graph.kgl")
        with open_store(url, write=True) as store:
            store.write(request.module.changes())
        with open_base(url) as base:
            yield base


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[SparkContext]":
    """Run one Spark of two cores; tests with `spark` in their id go to one worker."""
    from graphkb.bulk.session import spark_context
    from graphkb.errors import GraphKBError

    with pytest.MonkeyPatch.context() as environment:
        # Half the processor time of a start; what tests run is over before more pays.
        quick = "--driver-java-options -XX:TieredStopAtLevel=1 pyspark-shell"
        environment.setenv("PYSPARK_SUBMIT_ARGS", quick)
        try:
            context, _ = spark_context(tmp_path_factory.mktemp("spark"), "local[2]")
        except GraphKBError as error:
            lack(str(error))
    yield context
    context.stop()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Run a Chromium without a window that asks nobody for anything."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = [path for path in map(shutil.which, CHROMIUMS) if path]
        executable = found[0] if found else playwright.chromium.executable_path
        if not Path(executable).is_file():
            lack(
                "no Chromium on PATH: install it (Debian: apt-get install chromium; elsewhere:"
                " .venv/bin/playwright install chromium)"
            )
        chromium = playwright.chromium.launch(
            executable_path=executable,
            chromium_sandbox=os.geteuid() != 0,  # Chromium refuses to sandbox for root
            args=[
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-default-apps",
                "--disable-sync",
                "--no-first-run",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """Return the script of axe-core, which finds what a page lacks for some of its readers."""
    file = ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        lack("no axe-core: scripts/get_test_programs.py installs it with the front end's checkers")
    return file.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def tab(browser: "Browser") -> Iterator[Tab]:
    """Return what tests have their page from."""
    tab = Tab(browser)
    yield tab
    tab.thrown_away()


@pytest.fixture
def page(tab: Tab, request: pytest.FixtureRequest) -> "Iterator[Page]":
    """Open an empty page that is offline: a file is all that it can show."""
    failures = request.session.testsfailed
    yield tab.taken()
    tab.given_back(failed=request.session.testsfailed > failures)
