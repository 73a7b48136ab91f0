"""A file is decompressed and read as it goes; pipes are kept until they have been read."""

import gzip
import io
import json
import os
import sys
import threading
import tracemalloc
from pathlib import Path

import pytest

from graphkb.build.intake import take_in
from graphkb.build.opening import opened
from graphkb.errors import InputError

LINE = '{"id": "%d", "title": "A Kite of Many Words", "abstract": "%s"}\n'


def test_a_compressed_file_is_read_a_piece_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "long.txt.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(320):
            file.write(b"A line of text, and of no great length.\n" * 3200)
    tracemalloc.start()
    with opened(str(path), None, {}) as (source, _):
        assert sum(1 for _ in source.lines()) == 320 * 3200
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert source.name == "long.txt"
    assert peak < 4_000_000  # of 41 MB


def test_damage_behind_the_head_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    content = gzip.compress(
        b"".join((LINE % (n, os.urandom(50).hex())).encode() for n in range(20_000))
    )
    path.write_bytes(content[: len(content) // 2])
    with opened(str(path), None, {}) as (source, _):
        lines = source.lines()
        assert json.loads(next(lines)[1])["id"] == "0"
        with pytest.raises(InputError, match=r"papers\.jsonl\.gz: .*damaged or cut off"):
            list(lines)
    with pytest.raises(InputError, match="damaged or cut off"):
        take_in(str(path))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once_and_recognised_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    content = "".join(LINE % (n, "It flies. " * 20) for n in range(1000)).encode()
    writer = threading.Thread(target=path.write_bytes, args=(content,))
    writer.start()
    found = take_in(str(path))
    writer.join()
    assert (found.id, len(found.records)) == ("papers:pipe", 1000)


def test_standard_input_leaves_no_file_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress((LINE % (1, "It flies.")).encode())))
    monkeypatch.setattr(sys, "stdin", stdin)
    with opened("-", "mine", {}) as (source, place):
        assert (source.name, place, len(list(tmp_path.iterdir()))) == ("mine", "-", 1)
        assert [number for number, _ in source.lines()] == [1]
    assert list(tmp_path.iterdir()) == []


def test_a_path_with_bytes_that_are_no_text_has_a_place_that_stores_hold(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"a\xff.jsonl")
    try:
        path.write_text("{}")
    except OSError:
        pytest.skip("this file system takes texts alone as names")
    with opened(str(path), None, {}) as (_, place):
        assert place.endswith("a\\xff.jsonl")
