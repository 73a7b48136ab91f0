"""load from a service, --offline and refresh, with a service on this machine."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import graphkb.loaders
import pytest
from command import Run
from graphkb.loaders import loaders
from local_server import Answer, LocalServer, as_json

import graphkb
import graphkb.build.intake
from graphkb.model.source import Loader

PAPER = {
    "id": "2512.00001",
    "title": "Kites, and What They Are Good For",
    "summary": "We survey kites.",
    "upvotes": 7,
}
DAY = "hf-daily:2025-12-01"
PATH = "/api/daily_papers"


@pytest.fixture
def local_services(local: LocalServer, monkeypatch: pytest.MonkeyPatch) -> LocalServer:
    """Every service is the local one."""

    def at_home(loader: Loader) -> Loader:
        if loader.live is None:
            return loader
        service = replace(loader.live.service, base=local.base, interval=0)
        return replace(loader, live=replace(loader.live, service=service))

    here = MappingProxyType({name: at_home(loader) for name, loader in loaders().items()})

    def found() -> Mapping[str, Loader]:
        return here

    monkeypatch.setattr(graphkb.build.intake, "loaders", found)
    monkeypatch.setattr(graphkb.loaders, "loaders", found)
    return local


def day(**changes: object) -> Answer:
    return replace(as_json([{"paper": {**PAPER, **changes}}]), etag=f'"{sorted(changes.items())}"')


def test_a_scheme_is_loaded_from_its_service(run: Run, local_services: LocalServer) -> None:
    local_services.answer(PATH, day())
    ran = run("load", DAY, "-o", "contact=me@example.org")
    assert (ran.code, f"{DAY}: loaded; 1 read, 1 kept" in ran.err) == (0, True)
    (row,) = run("sources", "--format", "json").objects
    assert (row["id"], row["loader"], row["name"]) == (DAY, "hf-daily", "2025-12-01")
    assert "me@example.org" in local_services.asked[0].headers["user-agent"]


def test_the_same_answer_again_changes_nothing(run: Run, local_services: LocalServer) -> None:
    local_services.answer(PATH, day())
    run("load", DAY)
    ran = run("load", DAY)
    assert (ran.code, "unchanged" in ran.err, "0 changes" in ran.err) == (0, True, True)


def test_offline_what_was_fetched_once_is_loaded_and_nobody_asked(
    run: Run, local_services: LocalServer
) -> None:
    local_services.answer(PATH, day(upvotes=8))
    run("load", DAY, "--dry-run")
    asked = len(local_services.asked)
    ran = run("load", DAY, "--offline")
    assert (ran.code, "1 kept" in ran.err) == (0, True)
    assert len(local_services.asked) == asked


def test_offline_what_was_never_fetched_is_told(run: Run, local_services: LocalServer) -> None:
    ran = run("load", "hf-daily:1999-12-01", "--offline")
    assert ran.code == 1
    assert "not in the cache" in ran.err
    assert not local_services.asked


def test_a_refresh_takes_what_has_changed(run: Run, local_services: LocalServer) -> None:
    local_services.answer(PATH, day(upvotes=9))
    run("load", DAY)
    local_services.answer(PATH, day(upvotes=90))
    ran = run("refresh")
    assert (ran.code, f"{DAY}: replaced" in ran.err) == (0, True)
    with graphkb.open("graphkb.kgl") as kb:
        assert kb.show("2512.00001").entity.properties["upvotes"] == 90


def test_a_refresh_of_what_has_not_changed_changes_nothing(
    run: Run, local_services: LocalServer
) -> None:
    local_services.answer(PATH, day(upvotes=10))
    run("load", DAY, "--as", "my day")
    ran = run("refresh", "hf-daily:my day")
    assert (ran.code, "hf-daily:my day: unchanged" in ran.err) == (0, True)
    assert "if-none-match" in local_services.asked[-1].headers


def test_a_refresh_that_fails_leaves_the_source_as_it_was(
    run: Run, local_services: LocalServer
) -> None:
    local_services.answer(PATH, day(upvotes=11))
    run("load", DAY)
    before = run("digest").out
    local_services.answer(PATH, Answer(status=404))
    ran = run("refresh")
    assert (ran.code, "knows nothing of it" in ran.err) == (1, True)
    assert run("digest").out == before


@pytest.mark.usefixtures("local_services")
def test_what_is_no_live_source_is_not_refreshed(run: Run, papers: str) -> None:
    run("load", papers)
    nothing = run("refresh")
    assert (nothing.code, "no source came from a service" in nothing.err) == (1, True)
    a_file = run("refresh", f"papers:{papers}")
    assert (a_file.code, "came from no service" in a_file.err) == (1, True)
    unknown = run("refresh", "arxiv:x")
    assert (unknown.code, "was never loaded" in unknown.err) == (1, True)


def test_what_was_asked_for_in_vain_is_a_skip(run: Run, local_services: LocalServer) -> None:
    paper = {"paperId": "a" * 40, "title": "Kites"}
    local_services.answer(f"/paper/{'a' * 40}", as_json(paper))
    for name in ("references", "citations"):
        local_services.answer(f"/paper/{'a' * 40}/{name}", as_json({"data": []}))
    source = f"semantic-scholar:{'a' * 40},CorpusId:7"
    ran = run("load", source)
    assert (ran.code, "1 kept, 0 repeated, 1 skipped" in ran.err) == (0, True)
    assert "skipped CorpusId:7: Semantic Scholar knows nothing of it" in ran.err
    assert run("load", source, "--strict").code == 3


def test_a_contact_is_no_option_of_what_asks_nobody(run: Run, papers: str) -> None:
    ran = run("load", papers, "-o", "contact=me@example.org")
    assert (ran.code, "has no option 'contact'" in ran.err) == (1, True)


def test_help_and_files_do_without_what_asks_services(run: Run, papers: str) -> None:
    import subprocess
    import sys

    assert run("load", papers).code == 0
    code = (
        "import sys; from graphkb.build.intake import take_in; take_in(sys.argv[1]);"
        "print([m for m in ('httpx', 'hishel', 'defusedxml') if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, papers], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"
