"""A source's content is read whole, by lines or as bytes, and tells where it is no text."""

import io

import pytest

from graphkb.errors import InputError
from graphkb.model import utf8
from graphkb.model.source import SourceInput

TEXT = "Eins\r\nZwei é\rDrei\n\nFünf"


def of_bytes(content: bytes) -> SourceInput:
    return SourceInput("kites.txt", lambda: io.BytesIO(content))


@pytest.mark.parametrize("source", [SourceInput("x", TEXT), of_bytes(TEXT.encode())])
def test_the_text_has_its_newlines_as_they_are_and_the_lines_have_none(
    source: SourceInput,
) -> None:
    assert source.text == TEXT
    lines = [(1, "Eins"), (2, "Zwei é"), (3, "Drei"), (4, ""), (5, "Fünf")]
    assert list(source.lines()) == lines
    with source.binary() as stream:
        assert stream.read() == TEXT.encode()


def test_each_way_of_reading_begins_at_the_start() -> None:
    source = of_bytes(b"a\nb")
    first, second = source.lines(), source.lines()
    assert [next(first), next(second), next(first)] == [(1, "a"), (1, "a"), (2, "b")]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    source = of_bytes(b"\xef\xbb\xbfOne")
    assert (source.text, list(source.lines())) == ("One", [(1, "One")])
    assert (source.head(), "".join(utf8.pieces_of(source.binary, ""))) == (("One", False), "One")


@pytest.mark.parametrize("more", [0, 1])
def test_the_head_is_cut_between_characters(more: int) -> None:
    content = b"x" * 65535 + "é".encode() + b"y" * more
    assert of_bytes(content).head() == ("x" * 65535, True)


def test_an_xml_file_in_another_encoding_has_a_head() -> None:
    head, _ = of_bytes(b'<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9</a>').head()
    assert head.endswith("<a>\ufffd</a>")


FAR = b"Line one\n" + b"\xc3\xa9" * 300_000 + b"\n"


@pytest.mark.parametrize(
    ("content", "where", "byte"),
    [
        (b"one\ntwo \xff", 2, 8),
        (b"\xef\xbb\xbfone\n\xe9t\xe9", 2, 7),
        (FAR + b"x\xff", 3, len(FAR) + 1),
        (FAR + b"\xc3", 3, len(FAR)),
    ],
)
def test_what_is_no_utf_8_is_told_with_line_and_byte(content: bytes, where: int, byte: int) -> None:
    source = of_bytes(content)
    for read in (
        lambda: source.text,
        lambda: list(source.lines()),
        lambda: list(utf8.pieces_of(source.binary, source.name)),
    ):
        with pytest.raises(InputError, match=rf"kites\.txt:{where}: byte {byte} is no UTF-8"):
            read()


def test_lines_before_the_bad_one_are_read() -> None:
    lines = of_bytes(b"one\n" * 100_000 + b"\xff").lines()
    assert next(lines) == (1, "one")


def test_a_line_that_is_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "_LONGEST_LINE", 10)
    assert list(of_bytes(b"123456789\n123456789").lines()) == [(1, "123456789"), (2, "123456789")]
    with pytest.raises(InputError, match=r"kites\.txt:2: the line is longer"):
        list(of_bytes(b"one\n12345678910\n").lines())


def test_a_text_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utf8, "_MOST_WHOLE", 10)
    assert of_bytes(b"1234567890").text == "1234567890"
    with pytest.raises(InputError, match="Split it"):
        _ = of_bytes(b"12345678901").text
