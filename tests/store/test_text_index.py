"""The text index of both stores: always of the graph as it is, and no part of it."""

from collections.abc import Iterator

import pytest

from graphkb.model.graph import Entity, Value
from graphkb.model.word import clauses, encoded_key
from graphkb.store import Changes, Store, open_store
from graphkb.store.text_index import SEARCHED, letters_of


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with open_store(store_url, write=True) as opened:
        yield opened


def method(name: str, **known: Value) -> Entity:
    return Entity("Method", f"method:{name.lower()}", {"name": name, **known})


def paper(number: int, title: str, abstract: str) -> Entity:
    known = {"name": title, "title": title, "abstract": abstract}
    return Entity("Paper", f"arxiv:{number}", known)


def called(store: Store, name: str) -> list[str]:
    return [one.id for one in store.text_index().called({encoded_key(name)}, SEARCHED)]


def holding(store: Store, text: str) -> list[str]:
    return [one.id for one in store.text_index().holding(clauses(text), "text", SEARCHED)]


def test_what_is_written_is_found_and_what_is_deleted_is_not(store: Store) -> None:
    store.write(Changes(entities=(method("Gait", aliases=("Stride",)),)))
    assert called(store, "gait") == called(store, "stride") == ["method:gait"]
    store.write(Changes(entities=(method("Gait"), method("Trot"))))
    assert (called(store, "stride"), called(store, "trot")) == ([], ["method:trot"])
    store.write(Changes(delete_entities=(method("Trot"),)))
    assert called(store, "trot") == []


def test_words_are_those_of_the_abstract_as_it_is(store: Store) -> None:
    store.write(Changes(entities=(paper(1, "One", "We walk slowly."),)))
    assert holding(store, "one slowly") == ["arxiv:1"]
    store.write(Changes(entities=(paper(1, "One", "We run."),)))
    assert (holding(store, "slowly"), holding(store, "run")) == ([], ["arxiv:1"])


def test_among_equals_support_then_the_folded_name_then_the_id_order(store: Store) -> None:
    names = (
        "b walk",
        "A walk",
        "\U0001f600 walk",
        "\uff21\uff21 walk",
        "a Walk",
        "Z walk",
        "é walk",
    )
    plain = tuple(Entity("Task", f"task:{at}", {"name": n}) for at, n in enumerate(names))
    known = Entity("Task", "task:known", {"name": "zz walk", "support": 3})
    stub = Entity("Paper", "arxiv:1", {"name": "a walk", "title": "a walk", "stub": True})
    store.write(Changes(entities=(*plain, known, stub)))
    ordered = sorted(plain, key=lambda one: (str(one.properties["name"]).casefold(), one.id))
    expected = ["task:known", *(one.id for one in ordered), "arxiv:1"]
    assert holding(store, "walk") == expected


def test_labels_bound_what_is_found(store: Store) -> None:
    task = Entity("Task", "task:gait", {"name": "gait"})
    store.write(Changes(entities=(method("Gait"), task)))
    index = store.text_index()
    assert [one.id for one in index.called({"gait"}, ("Task",))] == ["task:gait"]
    assert [one.id for one in index.begun("ga", ("Method",))] == ["method:gait"]


def test_names_are_known_by_their_letters(store: Store) -> None:
    store.write(Changes(entities=(method("Gait-R"), method("Gaiter"), method("Trot"))))
    index = store.text_index()
    assert sorted(index.spellings(5, 5, SEARCHED)) == ["gaitr"]
    assert {"gaitr", "gaiter"} <= set(index.spellings_begun("gai", SEARCHED))
    assert [one.id for one in index.spelt({letters_of("gait r")}, SEARCHED)] == ["method:gait-r"]


def test_of_many_names_those_are_told_that_begin_as_asked(store: Store) -> None:
    told = paper(1, "Gait", "")
    odd = (method("\u00e9tude"), method('"Gain"'), method("Trot", aliases=("Go on",)))
    store.write(Changes(entities=(told, method("Gaiter"), *odd)))
    index = store.text_index()
    assert index.size() == 5
    assert sorted(index.spellings(4, 5, SEARCHED, {"g"})) == ["gain", "gait", "goon"]
    assert list(index.spellings(4, 5, ("Paper",), {"g"})) == ["gait"]
    assert list(index.spellings(3, 6, SEARCHED, {"\u00e9"})) == ["\u00e9tude"]
    assert index.spellings_begun("gai", SEARCHED) == {"gain", "gait", "gaiter"}
    assert [one.id for one in index.spelt({"gait", "goon"}, SEARCHED)] == [
        *("arxiv:1", "method:trot"),
    ]


def test_the_vocabulary_is_of_names_and_counts_their_bearers(store: Store) -> None:
    store.write(Changes(entities=(paper(1, "Long walks", "slow"), method("Walk-R"))))
    assert store.text_index().vocabulary("wl", 4, 4) == {"long": 1, "walk": 2}
    assert store.text_index().vocabulary("w", 4, 9) == {"walk": 2, "walkr": 1}


def test_a_very_long_name_is_found(store: Store) -> None:
    store.write(Changes(entities=(paper(1, "walk" * 500, ""), paper(2, "语" * 500, "学" * 999))))
    assert called(store, "walk" * 500) == ["arxiv:1"]
    assert holding(store, "语语") == holding(store, "学学") == ["arxiv:2"]


def test_nobody_sees_what_is_kept_to_search_by(store: Store) -> None:
    one = method("Gait", aliases=("Stride",))
    store.write(Changes(entities=(one,)))
    assert list(store.entities()) == [one]
    [[node]] = store.cypher("MATCH (m:Method) RETURN m").rows
    assert not any(name.startswith("search_") for name in node["properties"])
    assert store.cypher("MATCH (n) RETURN count(n) AS n").rows == ((1,),)
