"""The graph's labels, relationships and properties, declared once.

Constraints, upserts, exports, the picture's legend and the schema table of the documentation are
made from these declarations; nothing else in graphkb names a property that is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "ARTEFACT_LABELS",
    "ENTITY_TYPES",
    "KIND_LABELS",
    "RELATIONSHIP_TYPES",
    "EntityType",
    "PropertyType",
    "RelationshipType",
    "entity_type",
    "relationship_type",
]

ValueType = Literal["str", "int", "float", "bool", "list"]


@dataclass(frozen=True, slots=True)
class PropertyType:
    """A property of an entity or an edge.

    Parameters
    ----------
    name : str
        Its name in the store.
    type : {'str', 'int', 'float', 'bool', 'list'}
        Its one type; a list is a list of strings.
    meaning : str
        One line for the documentation.
    derived : bool
        False for what tells of this store instead of the graph (a path, a time): such a
        property is left out of the digest and of exports.
    """

    name: str
    type: ValueType
    meaning: str
    derived: bool = True


@dataclass(frozen=True, slots=True)
class EntityType:
    """A label with its properties.

    Parameters
    ----------
    label : str
        The label in the store.
    meaning : str
        One line for the documentation and the legend.
    properties : tuple of PropertyType
        Beside `id` and `name`, which every entity has.
    ground : bool
        True for sources, records and decisions: never in pictures, topics or query results
        unless asked for.
    indexed : tuple of str
        Properties to index beside `id`; a load looks up by them what it touches.
    """

    label: str
    meaning: str
    properties: tuple[PropertyType, ...]
    ground: bool = False
    indexed: tuple[str, ...] = ()

    @property
    def all_properties(self) -> tuple[PropertyType, ...]:
        """`id` and `name`, then the label's own properties."""
        return (*_COMMON, *self.properties)


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A type of edge with the labels that it may join.

    Parameters
    ----------
    name : str
        The type in the store.
    starts, ends : tuple of str
        Labels.
    meaning : str
        One line for the documentation and the legend.
    own : tuple of PropertyType
        Properties beside those that every edge has.
    shown : bool
        False where pictures draw it only when asked for.
    """

    name: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    meaning: str
    own: tuple[PropertyType, ...] = ()
    shown: bool = True

    @property
    def properties(self) -> tuple[PropertyType, ...]:
        """The properties that every edge has, then the type's own."""
        return (*_EVIDENCE, *self.own)


_COMMON = (
    PropertyType("id", "str", "identifier, unique in the whole graph"),
    PropertyType("name", "str", "the name that people read"),
)

_EVIDENCE = (
    PropertyType("paper", "str", "id of the paper that states it"),
    PropertyType("field", "str", "title or abstract: the field that `begin` and `stop` count in"),
    PropertyType("begin", "int", "first code point of the evidence"),
    PropertyType("stop", "int", "code point after the evidence"),
    PropertyType("evidence", "str", "the whole sentence, or the title, verbatim"),
    PropertyType("rule", "str", "the rule that read it; `catalogue` for curated facts"),
    PropertyType("confidence", "int", "per mille"),
    PropertyType("stated", "str", "ISO date of the paper"),
    PropertyType("reason", "str", "of curated facts: why, and by which paper"),
    PropertyType("sources", "list", "ids of the sources that it rests on"),
)

_ARTEFACT = (
    PropertyType("long_name", "str", "the spelled-out name"),
    PropertyType("aliases", "list", "other spellings"),
    PropertyType("kind", "str", "method, framework, model, benchmark, dataset or environment"),
    PropertyType(
        "first_stated",
        "str",
        "ISO date of the first paper that introduces or names it, where that is known",
    ),
    PropertyType("support", "int", "papers that introduce, use, extend or evaluate on it"),
    PropertyType("support_groups", "int", "groups of these papers without a common author"),
    PropertyType("ambiguous", "bool", "true where the bare name means several things"),
    PropertyType("senses", "list", "ids of the things that an ambiguous name may mean"),
    PropertyType("curated", "bool", "true where the catalogue, built in or loaded, has it"),
)

ENTITY_TYPES: tuple[EntityType, ...] = (
    EntityType(
        "Paper",
        "A paper, or another work that is cited",
        (
            PropertyType("title", "str", "equal to the name"),
            PropertyType("abstract", "str", "the abstract, white space collapsed"),
            PropertyType("summary", "bool", "true where the abstract is a summary by others"),
            PropertyType(
                "published",
                "str",
                "ISO date of the precision that is stated, else the month in the arXiv identifier",
            ),
            PropertyType("year", "int", "year of `published`"),
            PropertyType("venue", "str", "journal or conference"),
            PropertyType("arxiv", "str", "arXiv id without version"),
            PropertyType("doi", "str", "DOI, lower case"),
            PropertyType("url", "str", "where to read it"),
            PropertyType("pages", "str", "pages in the venue"),
            PropertyType("upvotes", "int", "upvotes at the source, the maximum"),
            PropertyType("comments", "int", "comments at the source, the maximum"),
            PropertyType("author_count", "int", "number of authors"),
            PropertyType("former_ids", "list", "other ids under which it is found"),
            PropertyType("stub", "bool", "true where no source delivered the paper itself"),
            PropertyType("sources", "list", "ids of the sources that delivered it"),
        ),
    ),
    EntityType("Method", "A method, algorithm, architecture or framework", _ARTEFACT),
    EntityType("Model", "A trained model or a family of models", _ARTEFACT),
    EntityType("Benchmark", "A benchmark, dataset or environment", _ARTEFACT),
    EntityType(
        "Task",
        "A task that methods are applied to",
        (
            PropertyType("aliases", "list", "other spellings"),
            PropertyType("support", "int", "papers that name it"),
        ),
    ),
    EntityType(
        "Repository",
        "A code, model or data repository",
        (
            PropertyType("url", "str", "its address"),
            PropertyType("stars", "int", "stars at the host, the maximum"),
            PropertyType("language", "str", "main programming language"),
        ),
    ),
    EntityType(
        "Author",
        "An author",
        (
            PropertyType("orcid", "str", "ORCID"),
            PropertyType("key", "str", "the folded name, where no ORCID tells who it is"),
        ),
        indexed=("key",),
    ),
    EntityType("Organization", "An organisation", (PropertyType("handle", "str", "handle"),)),
    EntityType(
        "Result",
        "A number that a paper reports",
        (
            PropertyType("reading", "str", "absolute, gain, relative gain, ratio or bound"),
            PropertyType("metric", "str", "accuracy, FID, pass@1 …"),
            PropertyType("direction", "str", "up or down: which way is better"),
            PropertyType("value", "float", "the figure"),
            PropertyType("value_text", "str", "the figure as written"),
            PropertyType("unit", "str", "%, x, points …"),
            PropertyType("setting", "str", "qualifiers such as `up to`"),
        ),
    ),
    EntityType(
        "Source",
        "A source that was loaded",
        (
            PropertyType("loader", "str", "the loader that read it"),
            PropertyType("state", "str", "complete or loading"),
            PropertyType("papers", "int", "papers that it delivered"),
            PropertyType("records", "int", "records that it delivered"),
            PropertyType("entries", "int", "those of them that are entries of the catalogue"),
            PropertyType("asserted", "int", "those of them that are entities of another graph"),
            PropertyType("content", "str", "SHA-256 of its records"),
            PropertyType("place", "str", "where it was read from", derived=False),
        ),
        ground=True,
    ),
    EntityType(
        "Record",
        "A fact as a source delivered it",
        (
            PropertyType("source", "str", "id of the source"),
            PropertyType("payload", "str", "the record as canonical JSON"),
            PropertyType("paper", "str", "id of the paper that it is a record of"),
            PropertyType("arxiv", "str", "arXiv id, also where a DOI of arXiv tells it"),
            PropertyType("doi", "str", "DOI, but of arXiv"),
            PropertyType("openalex", "str", "OpenAlex id"),
            PropertyType("s2", "str", "Semantic Scholar id"),
            PropertyType("dblp", "str", "DBLP key"),
            PropertyType("aminer", "str", "AMiner id"),
            PropertyType("repository", "str", "id of the repository that it is a record of"),
            PropertyType("title_key", "str", "the folded title"),
        ),
        ground=True,
        indexed=(
            *("source", "paper", "arxiv", "doi", "openalex", "s2", "dblp", "aminer"),
            *("repository", "title_key"),
        ),
    ),
    EntityType(
        "Decision",
        "A person's word on what is one thing, what is not, and what is wrong",
        (
            PropertyType("word", "str", "join, apart or reject"),
            PropertyType("subject", "str", "paper, name, author or edge"),
            PropertyType("payload", "str", "the decision as canonical JSON"),
            PropertyType("note", "str", "what the person noted"),
        ),
        ground=True,
    ),
)

ARTEFACT_LABELS = ("Method", "Model", "Benchmark")

KIND_LABELS = {
    "method": "Method",
    "framework": "Method",
    "model": "Model",
    "benchmark": "Benchmark",
    "dataset": "Benchmark",
    "environment": "Benchmark",
    "task": "Task",
}

_CLAIMANT = ("Paper", *ARTEFACT_LABELS)

RELATIONSHIP_TYPES: tuple[RelationshipType, ...] = (
    RelationshipType("INTRODUCES", ("Paper",), ARTEFACT_LABELS, "proposes it"),
    RelationshipType(
        "MENTIONS",
        ("Paper",),
        (*ARTEFACT_LABELS, "Task"),
        "names it",
        (PropertyType("role", "str", "of a benchmark: evaluation, training, environment …"),),
        shown=False,
    ),
    RelationshipType("USES", _CLAIMANT, ARTEFACT_LABELS, "is built on, with or from it"),
    RelationshipType("EXTENDS", _CLAIMANT, ARTEFACT_LABELS, "is a variant or improvement of it"),
    RelationshipType("GENERALIZES", _CLAIMANT, ARTEFACT_LABELS, "has it as a special case"),
    RelationshipType(
        "OUTPERFORMS",
        _CLAIMANT,
        ARTEFACT_LABELS,
        "is reported to be better than it",
        (PropertyType("on", "str", "id of the benchmark that the sentence names"),),
    ),
    RelationshipType("COMPARED_WITH", _CLAIMANT, ARTEFACT_LABELS, "is compared with it"),
    RelationshipType("EVALUATED_ON", _CLAIMANT, ("Benchmark",), "is evaluated on it"),
    RelationshipType("APPLIED_TO", _CLAIMANT, ("Task",), "is applied to it"),
    RelationshipType("SURVEYS", _CLAIMANT, (*ARTEFACT_LABELS, "Task"), "surveys it"),
    RelationshipType("ANALYZES", _CLAIMANT, (*ARTEFACT_LABELS, "Task"), "analyses it"),
    RelationshipType("CRITIQUES", _CLAIMANT, (*ARTEFACT_LABELS, "Task"), "criticises it"),
    RelationshipType("IMPLEMENTED_IN", _CLAIMANT, ("Repository",), "the text says: code there"),
    RelationshipType("HAS_CODE", ("Paper",), ("Repository",), "text or source links it"),
    RelationshipType("REPORTS", ("Paper",), ("Result",), "reports the number"),
    RelationshipType("OF", ("Result",), _CLAIMANT, "is a number of it"),
    RelationshipType("ON", ("Result",), ("Benchmark",), "was measured on it"),
    RelationshipType("AGAINST", ("Result",), ARTEFACT_LABELS, "was measured against it"),
    RelationshipType("CITES", ("Paper",), ("Paper",), "cites it"),
    RelationshipType(
        "AUTHORED_BY",
        ("Paper",),
        ("Author",),
        "was written by",
        (PropertyType("position", "int", "place among the paper's authors, from 1"),),
    ),
    RelationshipType(
        "AFFILIATED_WITH", ("Paper", "Author"), ("Organization",), "comes from or belongs to"
    ),
)

_ENTITY_TYPES = {declared.label: declared for declared in ENTITY_TYPES}
_RELATIONSHIP_TYPES = {declared.name: declared for declared in RELATIONSHIP_TYPES}


def entity_type(label: str) -> EntityType:
    """Return the declaration of a label.

    Parameters
    ----------
    label : str
        A label of :data:`ENTITY_TYPES`.

    Returns
    -------
    EntityType
        Its declaration.

    Raises
    ------
    KeyError
        For a label that is not declared.

    Examples
    --------
    >>> entity_type("Task").meaning
    'A task that methods are applied to'
    """
    return _ENTITY_TYPES[label]


def relationship_type(name: str) -> RelationshipType:
    """Return the declaration of a relationship type.

    Parameters
    ----------
    name : str
        A name of :data:`RELATIONSHIP_TYPES`.

    Returns
    -------
    RelationshipType
        Its declaration.

    Raises
    ------
    KeyError
        For a type that is not declared.

    Examples
    --------
    >>> relationship_type("CITES").ends
    ('Paper',)
    """
    return _RELATIONSHIP_TYPES[name]
