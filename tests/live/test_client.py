"""What the client of a service does with whatever a service answers."""

import gzip
import logging
import subprocess
import sys
import time
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest
from local_server import JSON, Answer, LocalServer, MakeClient, serving

from graphkb.errors import InputError, NotFoundError
from graphkb.live.client import Bounds, Client
from graphkb.model.service import ApiKey, Service

SECRET = "s3cr3t-value-of-a-key"  # noqa: S105 - no real one
IN_HEADER = ApiKey("KITES_API_KEY", header="x-api-key", page="https://example.org/key")
IN_QUERY = ApiKey("KITES_API_KEY", parameter="api_key", page="https://example.org/key")


def test_an_answer_is_given_as_text(local: LocalServer, make_client: MakeClient) -> None:
    local.answer("/works", Answer('{"title": "Über Drachen"}'.encode()))
    assert make_client().get("/works", {"q": "a b&c"}) == '{"title": "Über Drachen"}'
    assert local.asked[0].parameters == {"q": "a b&c"}


def test_the_user_agent_names_the_program_and_whom_to_write_to(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer())
    make_client(contact="me@example.org").get("/works")
    agent = local.asked[0].headers["user-agent"]
    assert agent.startswith("graphkb/")
    assert agent.endswith("(mailto:me@example.org)")


@pytest.mark.parametrize("contact", ["me", "me@example.org\r\nX: y", "", "me @example.org"])
def test_a_contact_that_is_no_address_is_refused(make_client: MakeClient, contact: str) -> None:
    with pytest.raises(InputError, match="is no mail address"):
        make_client(contact=contact)


# The cache


def test_what_is_still_good_is_not_asked_for_again(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(headers={**JSON, "Cache-Control": "max-age=600"}))
    make_client().get("/works")
    make_client().get("/works")
    assert len(local.asked) == 1


def test_what_has_an_etag_is_asked_for_again_and_not_sent_again(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"n": 1}', etag='"one"'))
    assert [make_client().get("/works") for _ in range(2)] == ['{"n": 1}'] * 2
    assert local.asked[1].headers["if-none-match"] == '"one"'


def test_what_has_a_date_of_change_is_asked_for_by_it(
    local: LocalServer, make_client: MakeClient
) -> None:
    changed = formatdate(time.time() - 5, usegmt=True)
    local.answer("/works", Answer(headers={**JSON, "Last-Modified": changed}))
    for _ in range(2):
        make_client().get("/works")
    assert local.asked[1].headers["if-modified-since"] == changed


def test_what_has_changed_replaces_what_was_kept(
    local: LocalServer, make_client: MakeClient
) -> None:
    old, new = Answer(b'{"n": 1}', etag='"one"', age=60), Answer(b'{"n": 2}', etag='"two"')
    local.answer("/works", old, new)
    make_client().get("/works")
    assert make_client().get("/works") == '{"n": 2}'
    assert make_client(offline=True).get("/works") == '{"n": 2}'


def test_what_a_service_forbids_to_keep_is_not_kept(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(headers={**JSON, "Cache-Control": "no-store"}))
    make_client().get("/works")
    with pytest.raises(InputError, match="not in the cache"):
        make_client(offline=True).get("/works")


def test_renewing_asks_even_for_what_is_still_good(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(headers={**JSON, "Cache-Control": "max-age=600"}, etag='"one"'))
    make_client().get("/works")
    make_client(renew=True).get("/works")
    assert local.asked[1].headers["if-none-match"] == '"one"'


def test_offline_the_cache_answers_what_is_no_longer_good(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"n": 1}', headers={**JSON, "Cache-Control": "max-age=0"}))
    make_client().get("/works")
    assert make_client(offline=True).get("/works") == '{"n": 1}'
    assert len(local.asked) == 1


def test_offline_what_was_never_fetched_is_an_error_with_its_address(
    local: LocalServer, make_client: MakeClient
) -> None:
    with pytest.raises(InputError, match="not in the cache") as raised:
        make_client(offline=True).get("/works")
    assert raised.value.where == f"{local.base}/works"
    assert "--offline" in str(raised.value)
    assert not local.asked


def test_a_cache_that_is_damaged_is_begun_anew(
    local: LocalServer, make_client: MakeClient, tmp_path: Path
) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "answers.sqlite").write_bytes(b"no database" * 100)
    local.answer("/works", Answer(b'{"n": 1}', etag='"one"'))
    assert make_client().get("/works") == '{"n": 1}'
    assert make_client(offline=True).get("/works") == '{"n": 1}'


def test_without_a_folder_nothing_is_kept(
    local: LocalServer, make_client: MakeClient, tmp_path: Path
) -> None:
    local.answer("/works", Answer(etag='"one"'))
    assert make_client(folder=None).get("/works") == "{}"
    (tmp_path / "file").write_text("a file is no folder")
    assert make_client(folder=tmp_path / "file" / "below").get("/works") == "{}"


def test_a_cache_that_fails_while_it_is_written_costs_no_answer_and_no_word(
    local: LocalServer, tmp_path: Path
) -> None:
    local.answer("/works", Answer(b'{"n": 1}', etag='"one"'))
    code = f"""if True:
        import sqlite3, pathlib, hishel
        from graphkb.live.client import Client
        from graphkb.model.service import Service
        def full(*_):
            raise sqlite3.OperationalError("database or disk is full")
        hishel.SqliteStorage._ensure_connection = full
        service = Service("Kites", {local.base!r}, "json", 0)
        print(Client(service, pathlib.Path({str(tmp_path)!r})).get("/works"))
    """
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ('{"n": 1}\n', "")


# Failures


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_not_noticed(
    local: LocalServer, make_client: MakeClient, status: int
) -> None:
    local.answer("/works", Answer(status=status), Answer(b'{"n": 1}'))
    assert make_client().get("/works") == '{"n": 1}'
    assert len(local.asked) == 2


def test_a_wait_that_the_service_asks_for_is_kept(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(status=429, headers={**JSON, "Retry-After": "1"}), Answer())
    make_client().get("/works")
    assert local.asked[1].at - local.asked[0].at >= 0.99


@pytest.mark.parametrize(
    "after",
    ["3600", formatdate(time.time() + 3600, usegmt=True)],
    # Workers collect at different moments, and have to collect the same.
    ids=["seconds", "date"],
)
def test_a_wait_that_is_too_long_is_told_and_not_cut_short(
    local: LocalServer, make_client: MakeClient, after: str
) -> None:
    local.answer("/works", Answer(status=429, headers={**JSON, "Retry-After": after}))
    with pytest.raises(InputError, match=r"left alone for 3,\d{3} s"):
        make_client().get("/works")
    assert len(local.asked) == 1


def test_a_failure_that_stays_is_told_after_the_tries(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"message": "Out of kites"}', 500))
    with pytest.raises(InputError, match=r"Kites answers 500: .*Out of kites"):
        make_client().get("/works")
    assert len(local.asked) == 3


def test_what_the_service_does_not_know_is_not_found(
    local: LocalServer, make_client: MakeClient
) -> None:
    with pytest.raises(NotFoundError, match="knows nothing of it"):
        make_client().get("/works/none")
    assert len(local.asked) == 1


def test_a_wrong_question_is_not_asked_twice_and_its_answer_is_shown(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"message": "Invalid\\u001b[31m filter"}\x1b[31m', 400))
    with pytest.raises(InputError, match=r"answers 400: .*Invalid") as raised:
        make_client().get("/works")
    assert "\x1b" not in str(raised.value)
    assert len(local.asked) == 1


def test_a_body_that_breaks_off_is_fetched_again(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"n": 1}', truncated=4), Answer(b'{"n": 1}'))
    assert make_client().get("/works") == '{"n": 1}'


def test_a_body_that_always_breaks_off_is_told_and_not_kept(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b'{"n": 1}', truncated=4, etag='"one"'))
    with pytest.raises(InputError, match="cannot be reached"):
        make_client().get("/works")
    with pytest.raises(InputError, match="not in the cache"):
        make_client(offline=True).get("/works")


def test_a_service_that_says_nothing_is_given_up(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b"{}", pause=1.0))
    with pytest.raises(InputError, match="no answer in time"):
        make_client(bounds={"silence": 0.2, "tries": 0}).get("/works")


def test_a_service_that_drips_is_given_up_too(local: LocalServer, make_client: MakeClient) -> None:
    local.answer("/works", Answer(b" " * 100, pause=0.05))
    begun = time.monotonic()
    with pytest.raises(InputError, match="no answer in time"):
        make_client(bounds={"most_seconds": 0.3, "tries": 0}).get("/works")
    assert time.monotonic() - begun < 2


def test_a_service_that_is_not_there_is_told(tmp_path: Path) -> None:
    with serving() as gone:
        service = Service("Kites", gone.base, "json", 0)
    with (
        Client(service, tmp_path, bounds=Bounds(tries=0)) as client,
        pytest.raises(InputError, match="Kites cannot be reached"),
    ):
        client.get("/works")


@pytest.mark.parametrize("stated", ["text/html; charset=utf-8", "application/pdf", ""])
def test_an_answer_of_another_type_is_refused_and_not_kept(
    local: LocalServer, make_client: MakeClient, stated: str
) -> None:
    headers = {"Cache-Control": "max-age=600"} | ({"Content-Type": stated} if stated else {})
    local.answer("/works", Answer(b"<html>Log in!</html>", headers=headers))
    with pytest.raises(InputError, match="not JSON"):
        make_client().get("/works")
    with pytest.raises(InputError, match="not in the cache"):
        make_client(offline=True).get("/works")


def test_an_answer_that_is_no_utf_8_is_refused(local: LocalServer, make_client: MakeClient) -> None:
    local.answer("/works", Answer(b'{"title": "caf\xe9"}'))
    with pytest.raises(InputError, match="no UTF-8 text"):
        make_client().get("/works")


def test_an_answer_that_is_too_large_is_refused(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(b" " * 2000))
    with pytest.raises(InputError, match="more than 1,000 bytes"):
        make_client(bounds={"most_bytes": 1000}).get("/works")
    assert len(local.asked) == 1


def test_what_is_small_on_the_way_and_large_unpacked_is_too_large(
    local: LocalServer, make_client: MakeClient
) -> None:
    packed = gzip.compress(b" " * 10_000_000)
    local.answer("/works", Answer(packed, headers={**JSON, "Content-Encoding": "gzip"}))
    with pytest.raises(InputError, match="more than 1,000,000 bytes"):
        make_client(bounds={"most_bytes": 1_000_000}).get("/works")


def test_a_compressed_answer_is_kept_as_it_reads(
    local: LocalServer, make_client: MakeClient
) -> None:
    packed = gzip.compress(b'{"n": 1}')
    local.answer(
        "/works", Answer(packed, headers={**JSON, "Content-Encoding": "gzip"}, etag='"one"')
    )
    assert [make_client().get("/works") for _ in range(2)] == ['{"n": 1}'] * 2


# Redirects


def test_a_redirect_within_the_service_is_followed(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/old", Answer(status=301, headers={"Location": "/new"}))
    local.answer("/new", Answer(b'{"n": 1}'))
    assert make_client().get("/old") == '{"n": 1}'


def test_a_redirect_in_a_circle_ends(local: LocalServer, make_client: MakeClient) -> None:
    local.answer("/old", Answer(status=302, headers={"Location": "/old"}))
    with pytest.raises(InputError, match="redirects more than 5 times"):
        make_client().get("/old")


def test_a_redirect_to_another_host_is_refused_and_that_host_never_asked(
    local: LocalServer, make_client: MakeClient
) -> None:
    with serving() as other:
        other.answer("/works", Answer(b'{"n": 1}'))
        local.answer("/works", Answer(status=302, headers={"Location": f"{other.base}/works"}))
        with pytest.raises(InputError, match="redirects to another host"):
            make_client().get("/works")
    assert not other.asked


@pytest.mark.parametrize("target", ["file:///etc/passwd", "//", "http://[", "ftp://x/y"])
def test_a_redirect_to_what_is_no_page_is_refused(
    local: LocalServer, make_client: MakeClient, target: str
) -> None:
    local.answer("/works", Answer(status=302, headers={"Location": target}))
    with pytest.raises(InputError, match="redirects"):
        make_client().get("/works")


# The pace


def test_requests_keep_their_distance_from_one_client_to_the_next(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(headers={**JSON, "Cache-Control": "no-store"}))
    for _ in range(3):
        make_client(interval=0.3).get("/works")
    times = [asked.at for asked in local.asked]
    assert all(later - earlier >= 0.29 for earlier, later in pairwise(times))


def test_what_the_cache_answers_waits_for_nobody(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer(headers={**JSON, "Cache-Control": "max-age=600"}))
    client = make_client(interval=5)
    client.get("/works")
    begun = time.monotonic()
    client.get("/works")
    assert time.monotonic() - begun < 1


# The key


@pytest.fixture
def secret(local: LocalServer, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: ARG001 - it first
    monkeypatch.setenv("KITES_API_KEY", SECRET)
    return SECRET


@pytest.mark.usefixtures("secret")
def test_a_key_goes_where_the_service_expects_it(
    local: LocalServer, make_client: MakeClient
) -> None:
    local.answer("/works", Answer())
    make_client(key=IN_HEADER).get("/works")
    make_client(key=IN_QUERY).get("/works", {"q": "kite"})
    assert local.asked[0].headers["x-api-key"] == SECRET
    assert local.asked[1].parameters == {"q": "kite", "api_key": SECRET}


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize("key", [IN_HEADER, IN_QUERY])
def test_no_key_is_ever_on_disk_in_a_log_or_in_an_error(
    local: LocalServer,
    make_client: MakeClient,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    key: ApiKey,
) -> None:
    caplog.set_level(logging.DEBUG)
    to = f"/works?api_key={SECRET}"
    local.answer("/old", Answer(status=301, headers={**JSON, "Location": to}))
    local.answer("/works", Answer(etag='"one"'))
    local.answer("/no", Answer(f"no such key: {SECRET}".encode(), 403))
    client = make_client(key=key)
    for _ in range(2):
        client.get("/old")
    with pytest.raises(InputError, match="refuses") as raised:
        client.get("/no")
    assert SECRET not in str(raised.value)
    assert "KITES_API_KEY" in str(raised.value)
    client.close()
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if SECRET.encode() in path.read_bytes()]
    # httpcore tells of an answer's headers as they are, but only to who debugs it.
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("httpcore")]
    assert not [message for message in ours if SECRET in message]


def test_who_is_refused_without_a_key_is_told_where_to_get_one(
    local: LocalServer, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KITES_API_KEY", raising=False)
    local.answer("/works", Answer(status=401))
    with pytest.raises(InputError, match=r"Set KITES_API_KEY to a key; .*example\.org/key"):
        make_client(key=IN_QUERY).get("/works")


def test_a_key_with_a_line_end_in_it_is_refused_without_being_shown(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITES_API_KEY", "one\r\ntwo")
    with pytest.raises(InputError, match="KITES_API_KEY holds is no key") as raised:
        make_client(key=IN_HEADER)
    assert "one" not in str(raised.value)
