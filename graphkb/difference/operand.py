"""What a person compares: stores, exports that can be read back, and topics of these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from graphkb.difference.comparing import difference_of
from graphkb.difference.period import as_of
from graphkb.errors import ArgumentError, NotFoundError
from graphkb.export.content import Content, GraphContent, StoreContent
from graphkb.model.graph import Graph
from graphkb.store import Changes, open_store
from graphkb.store.embedded_file import is_store_file

if TYPE_CHECKING:
    from typing import Unpack

    from graphkb.difference.change import Difference
    from graphkb.store.protocol import Store
    from graphkb.topic.bounds import TopicOptions
    from graphkb.topic.seed import Seed
    from graphkb.topic.topic import Topic

__all__ = ["HasStore", "diff", "diff_topics"]


class HasStore(Protocol):
    """What keeps a store open for reading, such as a KnowledgeBase."""

    @property
    def store(self) -> Store:
        """The store."""


def diff(
    one: str | Path | HasStore | Topic | Graph,
    other: str | Path | HasStore | Topic | Graph,
    *seeds: str | Seed,
    **bounds: Unpack[TopicOptions],
) -> Difference:
    """Find what came, went and changed from one graph to another.

    Parameters
    ----------
    one, other : str, Path, KnowledgeBase, Topic or Graph
        Before and after: a store (a path, or the address of a server) or an export that can be
        read back, an open knowledge base, or a topic.
    *seeds : str or Seed
        Compare the topics of these names, aliases, ids or words in both, instead of all of both.
    **bounds
        What :func:`graphkb.topic.find.find_topic` takes beside the seeds, for both.

    Returns
    -------
    Difference
        Grouped by kind, the most important first.

    Raises
    ------
    NotFoundError
        An operand names neither a store nor an export, or a seed names nothing in one of them.
    StoreError
        A store cannot be opened.
    InputError
        An export cannot be read.
    ArgumentError
        An operand is of another type.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     grpo, ppo = kb.topic("GRPO", limit=20), kb.topic("PPO", limit=20)
    ...     len(graphkb.diff(grpo, grpo)), len(graphkb.diff(grpo, ppo)) > 0
    (0, True)
    """
    with _content(one, seeds, bounds) as before, _content(other, seeds, bounds) as after:
        return difference_of(before, after)


def diff_topics(
    base: HasStore, seeds: tuple[str | Seed, str | Seed], bounds: tuple[TopicOptions, TopicOptions]
) -> Difference:
    """Find what came, went and changed from one topic of a store to another.

    Parameters
    ----------
    base : KnowledgeBase
        What holds the store.
    seeds : tuple of two str or Seed
        Names, aliases, ids or words.
    bounds : tuple of two dicts
        What :func:`graphkb.topic.find.find_topic` takes beside each seed. Of a topic with dates
        only what is stated within them counts, so that one topic can be compared with itself at
        another time.

    Returns
    -------
    Difference
        Grouped by kind, the most important first.

    Raises
    ------
    NotFoundError
        A seed names nothing.
    """
    contents = []
    for seed, bound in zip(seeds, bounds, strict=True):
        topic = _topic(base.store, [seed], bound, str(getattr(base, "url", "the store")))
        dates = (f"{name} {bound[name]}" for name in ("since", "until") if bound.get(name))
        contents.append(GraphContent(topic.graph, " ".join((topic.title, *dates)), topic))
    return difference_of(*contents)


@contextmanager
def _content(
    operand: object, seeds: Sequence[str | Seed], bounds: TopicOptions
) -> Iterator[Content]:
    from graphkb.topic.topic import Topic

    if isinstance(operand, Topic):
        yield operand.content()
    elif isinstance(operand, Graph):
        yield GraphContent(operand, "a graph")
    elif isinstance(operand, str | Path):
        with _opened(str(operand)) as store:
            yield _of_store(store, seeds, bounds, str(operand))
    elif not hasattr(operand, "store"):
        raise ArgumentError(
            f"of this type nothing can be compared: {type(operand).__name__}",
            where="diff",
            remedy="give a path, a server's address, an open KnowledgeBase, a Topic or a Graph",
        )
    else:
        yield _of_store(operand.store, seeds, bounds, str(getattr(operand, "url", "a store")))


def _of_store(
    store: Store, seeds: Sequence[str | Seed], bounds: TopicOptions, title: str
) -> Content:
    if not seeds:
        return StoreContent(store, title=title)
    topic = _topic(store, seeds, bounds, title)
    return GraphContent(topic.graph, f"{topic.title} in {title}", topic)


def _topic(store: Store, seeds: Sequence[str | Seed], bounds: TopicOptions, where: str) -> Topic:
    from graphkb.topic.find import find_topic

    try:
        topic = find_topic(store, seeds, **bounds)
    except NotFoundError as error:
        raise NotFoundError(error.what, where=where, remedy=error.remedy) from error
    return as_of(topic, bounds.get("since"), bounds.get("until"))


def _opened(operand: str) -> Store:
    """Open a store, or one in memory that holds what an export does."""
    path = Path(operand)
    if "://" in operand or is_store_file(path):
        return open_store(operand)
    if not path.exists():
        raise NotFoundError(
            f"there is no store and no export {operand!r}",
            remedy="name a file, or a bolt:// address; two topics of one store are compared by"
            " graphkb diff TOPIC TOPIC --topics",
        )
    from graphkb.difference.export_file import read_export

    graph = read_export(path)
    store = open_store(":memory:", write=True)
    store.write(Changes(entities=tuple(graph.entities.values()), edges=tuple(graph.edges.values())))
    return store
