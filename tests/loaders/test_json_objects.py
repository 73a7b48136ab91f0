"""JSON lines, an array and a list under a key give the same objects, each with its place."""

import io
import json
import tracemalloc

import pytest
from graphkb.loaders import json_window
from graphkb.loaders.json_objects import first_objects, objects
from hypothesis import given
from hypothesis import strategies as st

from graphkb.errors import InputError
from graphkb.model.source import Skipped, SourceInput

A, B = {"id": "a", "n": [1, {"x": None}]}, {"id": "b", "title": 'Of "kites", {and} [wind]\\'}
UNDER = ("message.items", "message", "results")


def read(text: str, under: tuple[str, ...] = UNDER) -> list[tuple[str, object]]:
    return list(objects(SourceInput("x.json", text), under))


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ([A, B], ["$[0]", "$[1]"]),
        ({"results": [A, B]}, ["$.results[0]", "$.results[1]"]),
        ({"meta": {"results": 3}, "results": [A, B], "z": {}}, ["$.results[0]", "$.results[1]"]),
        (
            {"status": "ok", "message": {"total": 2, "items": [A, B]}},
            ["$.message.items[0]", "$.message.items[1]"],
        ),
    ],
)
@pytest.mark.parametrize("indent", [0, 2])
def test_every_shape_gives_the_same_objects(value: object, places: list[str], indent: int) -> None:
    assert read(json.dumps(value, indent=indent)) == list(zip(places, [A, B], strict=True))


def test_lines_may_be_pages() -> None:
    lines = [json.dumps({"results": [A]}), "", json.dumps(B)]
    assert read("\n".join(lines)) == [("line 1, $.results[0]", A), ("line 3", B)]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_is_itself_where_nothing_is_under_it(indent: int | None) -> None:
    [(place, found)] = read(json.dumps(B, indent=indent))
    assert (place, found) == ("$" if indent else "line 1", B)
    [(place, found)] = read(json.dumps({"status": "ok", "message": B}, indent=2))
    assert (place, found) == ("$.message", B)


def test_an_empty_page_holds_nothing() -> None:
    assert read('{"meta": {},\n"results": []}') == []
    assert read("[]") == []


def test_a_first_line_longer_than_the_head_is_a_line() -> None:
    long = {"id": "c", "text": "x" * 70_000}
    text = f"{json.dumps(long)}\n{json.dumps(A)}\n"
    assert read(text) == [("line 1", long), ("line 2", A)]
    assert read(json.dumps({"results": [long, A]})) == [
        ("$.results[0]", long),
        ("$.results[1]", A),
    ]


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("[1,\n{},\n{]", 3, "property name"),
        ("[1,\n2\n3]", 3, "Expecting ','"),
        ('{"results":\n[{}]\n} x', 3, "Extra data"),
        ('{"results":\n[{}]\n', 3, "Expecting ','"),
        ('{"results"\n', 2, "Expecting ':'"),
        ("{\n3: 4}", 2, "property name"),
        ('[{},\n{"a": "', 2, "Unterminated string"),
        ("[\n" + "[" * 100_000, 2, "RecursionError"),
        ("[\n" + "9" * 5000 + "]", 2, "ValueError"),
    ],
)
def test_a_document_that_breaks_is_an_error_with_its_line(text: str, where: int, what: str) -> None:
    with pytest.raises(InputError, match=rf"x\.json:{where}: .*({what})"):
        read(text)


def test_members_before_the_break_are_given() -> None:
    found = objects(SourceInput("x", '[{"id": "a"},\n{"id": '))
    assert next(found) == ("$[0]", {"id": "a"})


def test_what_is_no_object_is_a_skip() -> None:
    assert [type(value) for _, value in read('[1, {}, "x", null]')] == [
        *(Skipped, dict, Skipped, Skipped)
    ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(json_values), st.integers(1, 9), st.booleans())
def test_the_pieces_in_which_it_is_read_make_no_difference(
    values: list[object], size: int, ascii_only: bool
) -> None:
    text = json.dumps([*values, {"end": 1}], ensure_ascii=ascii_only, indent=1)
    text = text.encode("utf-8", "replace").decode()
    expected = json.loads(text)
    with pytest.MonkeyPatch.context() as patch:
        pieces = (text[at : at + size] for at in range(0, len(text), size))
        patch.setattr(json_window, "pieces_of", lambda _opener, _name: pieces)
        found = [member for _, member in json_window.Window(SourceInput("x", text)).members("$")]
    assert found == expected


def test_an_array_is_read_a_piece_at_a_time() -> None:
    member = json.dumps({"id": "a", "abstract": "It flies. " * 100}).encode()
    content = b"[" + b",\n".join([member] * 20_000) + b"]"
    source = SourceInput("x", lambda: io.BytesIO(content))
    tracemalloc.start()
    assert sum(1 for _ in objects(source)) == 20_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000  # of 20 MB


def test_a_value_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_window, "_LONGEST", 1 << 18)
    with pytest.raises(InputError, match=r"x\.json:2: .*longer than"):
        read('[1,\n"' + "x" * 2_000_000 + '"]')
    with pytest.raises(InputError, match="outside of a list"):
        read("{" + "\n".join(f'"{n}": "{"x" * 900}",' for n in range(1000)))


class TestTheFirstObjects:
    def test_are_seen_in_every_shape(self) -> None:
        for value in ([A, B], {"results": [A, B]}, {"message": {"items": [A, B]}}):
            assert list(first_objects(json.dumps(value), UNDER)) == [A, B]

    @pytest.mark.parametrize("size", range(12, 120))
    def test_are_seen_where_the_text_is_cut_anywhere(self, size: int) -> None:
        text = json.dumps({"results": [{"id": "a", "of": [{"x": 'a \\" b'}] * 9, "p": {"q": [2]}}]})
        for found in first_objects(text[:size], UNDER):
            assert found.get("id", "a") == "a"
        if size > 24:
            assert [found.get("id") for found in first_objects(text[:size], UNDER)] == ["a"]

    @pytest.mark.parametrize("text", ["", "x", "{" * 100_000, "[" * 100_000, '{"a', "[1, 2", "]}"])
    def test_are_none_of_what_holds_none(self, text: str) -> None:
        assert [found for found in first_objects(text, UNDER) if found] == []


@pytest.mark.parametrize(
    "cut",
    ['{"id": "a", "abstract": "One, two', '{"id": "a", "abstract": "One, {two \\"three\\", [4'],
)
def test_a_text_in_which_the_start_ends_has_no_commas_of_the_json(cut: str) -> None:
    assert list(first_objects(cut)) == [{"id": "a"}]
