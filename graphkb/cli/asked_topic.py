"""What topic, view and export are asked with: seeds, how far to grow, other topics to join."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graphkb.cli.arguments import given_parameters, key_values
from graphkb.cli.terminal import listed, say, shortened

if TYPE_CHECKING:
    from graphkb.knowledge_base import KnowledgeBase
    from graphkb.store.protocol import Rows
    from graphkb.topic.bounds import TopicOptions
    from graphkb.topic.seed import Seed
    from graphkb.topic.topic import Topic

__all__ = ["AskedTopic", "asks_topic"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

_NAME = 60
_LIMIT = 60
_TOLD = 3
_OTHERS = ("union", "intersection", "difference")
_GROWTH = (
    "limit",
    "hops",
    "since",
    "until",
    "kinds",
    "exclude",
    "budgets",
    "min_support",
    "min_confidence",
)


@dataclass(frozen=True)
class AskedTopic:
    """What a person asks a topic with.

    Parameters
    ----------
    seeds : tuple of str
        Names, ids or words.
    files : tuple of str
        Files that name seeds.
    query, statement : str or None
        What is answered, the entities of the answer being seeds; one of the two at most.
    parameters : mapping of str to str
        Of the query or the statement.
    union, intersection, difference : tuple of str
        Each a seed of another topic.
    growth : TopicOptions
        What was given of the options that bound it.
    """

    seeds: tuple[str, ...]
    files: tuple[str, ...]
    query: str | None
    statement: str | None
    parameters: Mapping[str, str]
    union: tuple[str, ...]
    intersection: tuple[str, ...]
    difference: tuple[str, ...]
    growth: TopicOptions

    def __post_init__(self) -> None:
        if self.query is not None and self.statement is not None:
            raise click.UsageError("Ask by --query or by --cypher: one of the two.")
        if self.parameters and not self._asks:
            raise click.UsageError("-p goes with --query or --cypher.")
        if not self.names_any and (options := self._options(self.growth.keys() - {"limit"})):
            raise click.UsageError(f"{options} without a seed: name a SEED, or give --from FILE.")
        if self.files.count("-") > 1:
            raise click.UsageError("Standard input can be read once.")

    @property
    def names_any(self) -> bool:
        """Whether there is something to grow from."""
        return bool(self.seeds or self.files or self._asks)

    @property
    def _asks(self) -> bool:
        return self.query is not None or self.statement is not None

    @property
    def is_answer(self) -> bool:
        """Whether an answer is asked for as it is, and nothing that grows from it."""
        options = self._options(self.growth.keys() - {"limit"})
        return self._asks and not (self.seeds or self.files or options)

    def _options(self, growth: set[str]) -> str:
        """The options that were given and are of topics alone, as the person typed them."""
        spelled = {"kinds": "kind", "budgets": "most"}
        names = [spelled.get(name, name) for name in _GROWTH if name in growth]
        names += [name for name in _OTHERS if getattr(self, name)]
        return ", ".join(f"--{name.replace('_', '-')}" for name in names)

    def answer(self, base: KnowledgeBase) -> Rows:
        """Ask the query or the statement."""
        if self.query is not None:
            return base.query(self.query, **self.parameters)
        assert self.statement is not None  # noqa: S101 - one of the two, as __post_init__ checked
        return base.cypher(self.statement, self.parameters)

    def find(self, base: KnowledgeBase) -> Topic:
        """Grow the topic, join it with the others, and say what files name in vain."""
        seeds: list[str | Seed] = [*self.seeds]
        for file in self.files:
            seeds.append(found_seed := base.seed_of_file(file))
            _say_absent(found_seed)
        if self._asks:
            asked = self.query or shortened(" ".join((self.statement or "").split()), _NAME)
            seeds.append(base.seed_of_rows(self.answer(base), asked))
        found = base.topic(*seeds, **self.growth)
        limit = self.growth.get("limit", _LIMIT)
        if limit <= (named := len(found.focus())) and named > 1:
            say(f"the {named} seeds fill the limit of {limit}: beside them is what joins them")
        for seed in self.union:
            found |= base.topic(seed, **self.growth)
        for seed in self.intersection:
            found &= base.topic(seed, **self.growth)
        for seed in self.difference:
            found -= base.topic(seed, **self.growth)
        if self.union:
            least = self.growth.get("min_confidence", 0)
            found = base.completed(found, min_confidence=least)
        if not found.members:
            say(f"nothing is in {found.title}")
        return found


def _say_absent(seed: Seed) -> None:
    if seed.absent:
        missing = listed([repr(shortened(name, _NAME)) for name in seed.absent], _TOLD)
        named = len(seed.ids) + len(seed.absent)
        say(f"{len(seed.absent)} of {named} in {seed.text} are not in the store: {missing}")


def _budgets(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, int]:
    found = key_values(ctx, parameter, values)
    for kind, most in found.items():
        if not most.isdecimal():
            raise click.BadParameter(f"{kind}={most}: {most!r} is no number", ctx, parameter)
    return {kind: int(most) for kind, most in found.items()}


_OPTIONS = (
    click.argument("seed", nargs=-1),
    click.option(
        "--from",
        "files",
        multiple=True,
        metavar="FILE",
        help="Seeds: what a file of papers holds, or names and ids, one a line; - is stdin.",
    ),
    click.option("--query", metavar="NAME", help="Seeds: what a named query answers."),
    click.option(
        "--cypher", "statement", metavar="STATEMENT", help="Seeds: what a statement answers."
    ),
    given_parameters("A parameter of the query or the statement."),
    click.option(
        "--limit",
        type=click.IntRange(1),
        help=f"Most entities, results not counted.  [default: {_LIMIT}]",
    ),
    click.option("--hops", type=click.IntRange(0), help="Most steps from a seed.  [default: 3]"),
    click.option(
        "--since", metavar="DATE", help="Only papers of this ISO date or later; all else stays."
    ),
    click.option(
        "--until", metavar="DATE", help="Only papers of this ISO date or earlier; all else stays."
    ),
    click.option(
        "--kind", "kinds", multiple=True, help="Only entities of this kind beside the seeds."
    ),
    click.option(
        "--most",
        "budgets",
        multiple=True,
        metavar="KIND=N",
        callback=_budgets,
        help="Most entities of a kind beside the seeds.",
    ),
    click.option("--exclude", multiple=True, metavar="NAME", help="Leave this out."),
    click.option(
        "--min-support",
        type=click.IntRange(0),
        metavar="N",
        help="Only methods, models, benchmarks and tasks that so many papers support.",
    ),
    click.option(
        "--min-confidence",
        type=click.IntRange(0, 1000),
        metavar="PER-MILLE",
        help="Only edges that are as certain, from 0 to 1000.",
    ),
    click.option(
        "--union", multiple=True, metavar="SEED", help="And what the topic of this one holds."
    ),
    click.option(
        "--intersection",
        multiple=True,
        metavar="SEED",
        help="Of that, only what the topic of this one holds, too.",
    ),
    click.option(
        "--difference",
        multiple=True,
        metavar="SEED",
        help="Of that, only what the topic of this one does not hold.",
    ),
)


def asks_topic(command: _Command) -> _Command:
    """Give a command the arguments and options of a topic, passed as `asked`.

    Parameters
    ----------
    command : callable
        It takes an :class:`AskedTopic` as `asked`.

    Returns
    -------
    callable
        The command.
    """

    @wraps(command)
    def asking(*arguments: Any, **options: Any) -> Any:
        given = {name: options.pop(name) for name in _GROWTH}
        growth = {name: value for name, value in given.items() if value not in (None, (), {})}
        names = ("files", "query", "statement", "parameters", *_OTHERS)
        parts = {name: options.pop(name) for name in names}
        asked = AskedTopic(options.pop("seed"), growth=growth, **parts)  # type: ignore[arg-type] # _GROWTH has its keys
        return command(*arguments, asked=asked, **options)

    for option in reversed(_OPTIONS):
        asking = option(asking)
    return asking  # type: ignore[return-value] # the options are added, no argument is lost
