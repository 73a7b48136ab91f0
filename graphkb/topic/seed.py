"""From what a person types to the entities that a topic grows from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graphkb.errors import NotFoundError
from graphkb.query.kind import LEFT_OUT
from graphkb.query.resolve import holds_nothing, matches, resolve, search
from graphkb.store.protocol import Rows, Store
from graphkb.topic.subgraph import ids_in

__all__ = ["Seed", "find_seed", "find_seeds", "seed_of_rows"]

_ENTITIES_OF_WORDS = 8
# Each word is looked for by itself: what is longer is no phrase of a few words.
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Seed:
    """What a person's seed stands for.

    Parameters
    ----------
    text : str
        What the person gave: a name, words, a file, a query.
    ids : tuple of str
        One id for a name, several for words, a file or a query; the best first.
    named : bool
        True where each of the ids was meant; False where words found them.
    absent : tuple of str
        What a file names and the store does not hold.
    """

    text: str
    ids: tuple[str, ...]
    named: bool
    absent: tuple[str, ...] = ()


def find_seeds(store: Store, seeds: Iterable[str | Seed]) -> list[Seed]:
    """Find what several seeds stand for.

    Parameters
    ----------
    store : Store
        Where to look.
    seeds : iterable of str or Seed
        Texts as :func:`find_seed` takes them, and what has been found already.

    Returns
    -------
    list of Seed
        In their order.

    Raises
    ------
    NotFoundError
        Some name nothing; the error tells of each what is near.
    """
    found: list[Seed] = []
    errors: list[NotFoundError] = []
    for seed in seeds:
        try:
            found.append(seed if isinstance(seed, Seed) else find_seed(store, seed))
        except NotFoundError as error:
            errors.append(error)
    if len(errors) > 1:
        first = "; ".join(f"{error.what} ({error.remedy})" for error in errors[:-1])
        raise NotFoundError(f"{first}; {errors[-1].what}", remedy=errors[-1].remedy)
    if errors:
        raise errors[0]
    return found


def find_seed(store: Store, text: str) -> Seed:
    """Find what a seed stands for.

    Parameters
    ----------
    store : Store
        Where to look.
    text : str
        A name, alias or id of any entity, or words that stand in names, titles or abstracts.

    Returns
    -------
    Seed
        For words: what has them in its name, the better supported first, then papers whose
        abstract has them in a row.

    Raises
    ------
    NotFoundError
        Nothing is called so and nothing holds the words; the error names what is near, and which
        of several words nothing holds.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     find_seed(kb.store, "rlhf")
    Seed(text='rlhf', ids=('method:rlhf',), named=True, absent=())
    """
    if not text.strip():
        # Every abstract holds it.
        raise NotFoundError("a seed is empty", remedy="give a name, an id or words")
    try:
        return Seed(text, (resolve(store, text).id,), named=True)
    except NotFoundError as error:
        delivered: list[str] = []
        stubs: list[str] = []
        for match in matches(store, text):
            (stubs if match.named.stub else delivered).append(match.named.id)
            if len(delivered) == _ENTITIES_OF_WORDS:
                break
        ids = [*delivered, *_papers_that_say(store, text)]
        found = tuple(dict.fromkeys(ids or stubs))
        if not found:
            raise _with_lacking_words(store, text, error) from None
        return Seed(text, found[:_ENTITIES_OF_WORDS], named=False)


def seed_of_rows(store: Store, rows: Rows, text: str) -> Seed:
    """Find the entities that the rows of an answer name.

    Parameters
    ----------
    store : Store
        Where to look.
    rows : Rows
        An answer; what may be an id in it is one where the store holds it.
    text : str
        What the seed is to be called.

    Returns
    -------
    Seed
        In the order of the rows; results and ground truth are no seeds.

    Raises
    ------
    NotFoundError
        The rows name nothing.
    """
    known = store.entities_by_id(ids_in(rows))
    ids = tuple(id_ for id_ in ids_in(rows) if id_ in known and known[id_].label not in LEFT_OUT)
    if not ids:
        raise NotFoundError(
            "the answer names nothing that a topic can grow from",
            remedy="return ids, nodes or relationships, such as m.id AS id",
        )
    return Seed(text, ids, named=True)


def _papers_that_say(store: Store, text: str) -> list[str]:
    words = " ".join(text.lower().split())
    rows = store.cypher(
        "MATCH (p:Paper) WHERE toLower(p.abstract) CONTAINS $words RETURN p.id AS id ORDER BY p.id",
        {"words": words},
    )
    return [row[0] for row in rows.rows]


def _with_lacking_words(store: Store, text: str, error: NotFoundError) -> NotFoundError:
    """The error, with those of several words that match nothing."""
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS or holds_nothing(store):
        return error
    lacking = [w for w in words if not search(store, w, limit=1) and not _papers_that_say(store, w)]
    if not lacking:
        what, remedy = "nothing holds all its words together", "give each as a seed of its own"
    else:
        what = f"nothing matches {' or '.join(map(repr, lacking))}"
        remedy = "leave out what matches nothing"
    near = error.remedy is not None and error.remedy.startswith("did you mean")
    return NotFoundError(f"{error.what}, and {what}", remedy=error.remedy if near else remedy)
