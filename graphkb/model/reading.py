"""What the reader found in one paper's title and abstract."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

__all__ = [
    "Field",
    "Group",
    "Link",
    "NamedEntity",
    "Reading",
    "Relation",
    "ReportedResult",
    "TaskMention",
]

Field = Literal["title", "abstract"]
Group = Literal["introduces", "methods", "models", "benchmarks"]


class NamedEntity(Struct, frozen=True, array_like=True):
    """A method, model or benchmark that the text names.

    Parameters
    ----------
    group : {'introduces', 'methods', 'models', 'benchmarks'}
        What it is to this paper.
    name : str
        The acronym where the text gives one, else the name as first written.
    kind : str
        method, framework, model, benchmark, dataset or environment.
    surface : str
        The text at [begin, stop).
    long : str or None
        The spelled-out form where the text gives one.
    aliases : tuple of str
        Other spellings in this text.
    entry : str or None
        The id of the catalogue entry that this is, if it is one.
    family : str or None
        The id of the catalogue entry of which this is a version or size, if it is one.
    field, begin, stop
        The first mention, in code points of the field.
    rule : str
        The rule or component that found it.
    confidence : int
        Per mille.
    role : str or None
        Of a benchmark: evaluation, training, environment or mentioned.
    sentence : tuple of int
        [begin, stop) of the sentence of the deciding mention (the whole title, in the title).
    """

    group: Group
    name: str
    kind: str
    surface: str
    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int
    sentence: tuple[int, int]
    long: str | None = None
    aliases: tuple[str, ...] = ()
    entry: str | None = None
    family: str | None = None
    role: str | None = None


class TaskMention(Struct, frozen=True, array_like=True):
    """A task that the text names; parameters as in :class:`NamedEntity`."""

    name: str
    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int
    sentence: tuple[int, int]
    entry: str | None = None


class ReportedResult(Struct, frozen=True, array_like=True):
    """A number that the text reports.

    Parameters
    ----------
    subject, benchmark, metric, baseline : str or None
        Names as in the reading's entities (`subject` may be ``PAPER``).
    value : str
        The text verbatim; `field`, `begin`, `stop` are its span.
    number : float
        The parsed figure.
    unit : str or None
        ``%``, ``x``, ``points`` …
    reading : str
        absolute, gain, relative gain, ratio or bound.
    direction : str or None
        up or down: which way is better, where known.
    note : str or None
        Qualifiers such as ``up to``.
    sentence : tuple of int
        [begin, stop) of the sentence.
    """

    subject: str | None
    benchmark: str | None
    metric: str | None
    value: str
    number: float
    unit: str | None
    reading: str
    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int
    sentence: tuple[int, int]
    baseline: str | None = None
    direction: str | None = None
    note: str | None = None


class Relation(Struct, frozen=True, array_like=True):
    """A typed relation that one sentence states.

    Parameters
    ----------
    source : str
        A name of the reading's entities, or ``PAPER``.
    type : str
        A relationship of the schema: USES, EXTENDS, …
    target : str
        A name of the reading's entities or tasks, or a repository's URL as written.
    field, begin, stop
        The span of the whole sentence (or title).
    rule : str
        The rule or component that found it.
    confidence : int
        Per mille.
    on : str or None
        Of OUTPERFORMS: the benchmark's name.
    """

    source: str
    type: str
    target: str
    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int
    on: str | None = None


class Link(Struct, frozen=True, array_like=True):
    """A URL in the text.

    Parameters
    ----------
    url : str
        As written, trailing punctuation stripped.
    kind : {'repository', 'page'}
        What it leads to.
    """

    url: str
    kind: Literal["repository", "page"]
    field: Field
    begin: int
    stop: int
    rule: str
    confidence: int
    sentence: tuple[int, int]


class Reading(Struct, frozen=True, array_like=True):
    """Everything that the reader found in one paper, each with span, rule and confidence.

    Names are unique within a reading: a relation's `source` and `target` and a result's
    `subject`, `benchmark` and `baseline` are names of `entities`, `tasks` or ``PAPER``.
    The artefact that the paper is about comes first among the introduced ones.
    """

    entities: tuple[NamedEntity, ...] = ()
    tasks: tuple[TaskMention, ...] = ()
    results: tuple[ReportedResult, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
