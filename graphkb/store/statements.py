"""The Cypher that graphkb itself runs, made from the schema's closed set of names.

Every function is pure: a declaration in, a text out. Values are never part of a text, they go
in as parameters. The texts are the same for both stores.
"""

from __future__ import annotations

from collections.abc import Iterable

from graphkb.model.schema import ENTITY_TYPES, PropertyType, entity_type, relationship_type

__all__ = [
    "constraint",
    "degrees",
    "delete_edges",
    "delete_entities",
    "edge_columns",
    "edges_between",
    "edges_in",
    "edges_of_type",
    "edges_out",
    "edges_touching",
    "entities_by_id",
    "entities_of_label",
    "entities_with",
    "entity_columns",
    "ids_of_label",
    "index",
    "indexed_properties",
    "links",
    "named_of_label",
    "split_text",
    "upsert_edges",
    "upsert_entities",
]

_EDGE_COLUMNS = (
    "a.id AS start, labels(a) AS start_labels, type(r) AS type, "
    "b.id AS stop, labels(b) AS end_labels, properties(r) AS properties"
)


def constraint(label: str) -> str:
    """Return the statement that makes the ids of a label unique.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        A statement that may run any number of times.

    Raises
    ------
    KeyError
        For a label that is not declared.

    Examples
    --------
    >>> constraint("Task")
    'CREATE CONSTRAINT IF NOT EXISTS FOR (n:Task) REQUIRE n.id IS UNIQUE'
    """
    return f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{_label(label)}) REQUIRE n.id IS UNIQUE"


def indexed_properties(label: str) -> tuple[str, ...]:
    """Return the properties that a label is looked up by beside its id.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    tuple of str
        Names of properties.

    Examples
    --------
    >>> indexed_properties("Author"), indexed_properties("Source")
    (('name', 'key'), ())
    """
    declared = entity_type(label)
    return declared.indexed if declared.ground else ("name", *declared.indexed)


def index(label: str, name: str) -> str:
    """Return the statement that indexes a property.

    Parameters
    ----------
    label : str
        A label of the schema.
    name : str
        One of its :func:`indexed_properties`.

    Returns
    -------
    str
        A statement that may run any number of times.

    Raises
    ------
    KeyError
        For a property that is not one of them.

    Examples
    --------
    >>> index("Record", "source")
    'CREATE INDEX IF NOT EXISTS FOR (n:Record) ON (n.source)'
    """
    if name not in indexed_properties(label):
        raise KeyError(name)
    return f"CREATE INDEX IF NOT EXISTS FOR (n:{_label(label)}) ON (n.{name})"


def upsert_entities(label: str) -> str:
    """Return the statement that creates entities, or replaces all their properties.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Takes ``$rows`` of ``{id, properties}``, the id among the properties too.

    Examples
    --------
    >>> print(upsert_entities("Task"))
    UNWIND $rows AS row
    MERGE (n:Task {id: row.id})
    SET n = row.properties
    RETURN count(*) AS written
    """
    return (
        "UNWIND $rows AS row\n"
        f"MERGE (n:{_label(label)} {{id: row.id}})\n"
        "SET n = row.properties\n"
        "RETURN count(*) AS written"
    )


def delete_entities(label: str) -> str:
    """Return the statement that deletes entities that have no edges.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Takes ``$rows`` of ``{id}``.

    Examples
    --------
    >>> print(delete_entities("Task"))
    UNWIND $rows AS row
    MATCH (n:Task {id: row.id})
    DELETE n
    """
    return f"UNWIND $rows AS row\nMATCH (n:{_label(label)} {{id: row.id}})\nDELETE n"


def upsert_edges(start_label: str, type_: str, end_label: str) -> str:
    """Return the statement that creates edges, or replaces all their properties.

    Parameters
    ----------
    start_label, type_, end_label : str
        Two labels of the schema and the type of relationship between them.

    Returns
    -------
    str
        Takes ``$rows`` of ``{from_id, to_id, paper, properties}``, the paper among the
        properties too; returns how many rows found both their ends.

    Examples
    --------
    >>> print(upsert_edges("Paper", "CITES", "Paper"))
    UNWIND $rows AS row
    MATCH (a:Paper {id: row.from_id})
    MATCH (b:Paper {id: row.to_id})
    MERGE (a)-[r:CITES {paper: row.paper}]->(b)
    SET r = row.properties
    RETURN count(*) AS written
    """
    return (
        "UNWIND $rows AS row\n"
        f"MATCH (a:{_label(start_label)} {{id: row.from_id}})\n"
        f"MATCH (b:{_label(end_label)} {{id: row.to_id}})\n"
        f"MERGE (a)-[r:{_type(type_)} {{paper: row.paper}}]->(b)\n"
        "SET r = row.properties\n"
        "RETURN count(*) AS written"
    )


def delete_edges(start_label: str, type_: str, end_label: str) -> str:
    """Return the statement that deletes edges by their keys.

    Parameters
    ----------
    start_label, type_, end_label : str
        Two labels of the schema and the type of relationship between them.

    Returns
    -------
    str
        Takes ``$rows`` of ``{from_id, to_id, paper}``.

    Examples
    --------
    >>> print(delete_edges("Paper", "CITES", "Paper"))
    UNWIND $rows AS row
    MATCH (a:Paper {id: row.from_id})-[r:CITES {paper: row.paper}]->(b:Paper {id: row.to_id})
    DELETE r
    """
    return (
        "UNWIND $rows AS row\n"
        f"MATCH (a:{_label(start_label)} {{id: row.from_id}})"
        f"-[r:{_type(type_)} {{paper: row.paper}}]->"
        f"(b:{_label(end_label)} {{id: row.to_id}})\n"
        "DELETE r"
    )


def entities_of_label(label: str) -> str:
    """Return the statement that reads every entity of a label.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Its column is ``properties``.

    Examples
    --------
    >>> entities_of_label("Task")
    'MATCH (n:Task) RETURN properties(n) AS properties'
    """
    return f"MATCH (n:{_label(label)}) RETURN properties(n) AS properties"


def ids_of_label(label: str) -> str:
    """Return the statement that reads the id of every entity of a label.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Its column is ``id``.

    Examples
    --------
    >>> ids_of_label("Task")
    'MATCH (n:Task) WHERE n.id IS NOT NULL RETURN n.id AS id'
    """
    return f"MATCH (n:{_label(label)}) WHERE n.id IS NOT NULL RETURN n.id AS id"


def named_of_label(label: str, *, abstract: bool = False, where: str = "") -> str:
    """Return the statement that reads what every entity of a label is called.

    Parameters
    ----------
    label : str
        A label of the schema.
    abstract : bool
        Whether to read the abstract too.
    where : str
        What is asked of each, as a condition on ``n``.

    Returns
    -------
    str
        Its columns are id, name, long, aliases, former, support, stub, date, kind and, where it is
        wanted, abstract; null for what the label does not have.

    Examples
    --------
    >>> print(named_of_label("Organization").partition(", null")[0])
    MATCH (n:Organization) RETURN n.id AS id, n.name AS name
    """
    declared = {found.name for found in entity_type(label).all_properties}
    dated = "published" if "published" in declared else "first_stated"
    wanted = {
        "id": "id",
        "name": "name",
        "long": "long_name",
        "aliases": "aliases",
        "former": "former_ids",
        "support": "support",
        "stub": "stub",
        "date": dated,
        "kind": "kind",
        **({"abstract": "abstract"} if abstract else {}),
    }
    columns = (
        f"{f'n.{name}' if name in declared else 'null'} AS {column}"
        for column, name in wanted.items()
    )
    asked = f" WHERE {where}" if where else ""
    return f"MATCH (n:{_label(label)}){asked} RETURN {', '.join(columns)}"


def entities_by_id(label: str) -> str:
    """Return the statement that reads the entities of a label that have one of some ids.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Takes ``$ids``; its column is ``properties``.

    Examples
    --------
    >>> entities_by_id("Task")
    'UNWIND $ids AS id MATCH (n:Task {id: id}) RETURN properties(n) AS properties'
    """
    return (
        f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}}) RETURN properties(n) AS properties"
    )


def any_by_id(labels: Iterable[str]) -> str:
    """Return the statement that reads the entities of several labels that have one of some ids.

    Parameters
    ----------
    labels : iterable of str
        Labels of the schema.

    Returns
    -------
    str
        Takes ``$ids``; its columns are ``label`` and ``properties``.

    Examples
    --------
    >>> print(any_by_id(["Task"]))
    UNWIND $ids AS id MATCH (n:Task {id: id}) RETURN 'Task' AS label, properties(n) AS properties
    """
    return "\nUNION ALL\n".join(
        f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}}) "
        f"RETURN '{label}' AS label, properties(n) AS properties"
        for label in labels
    )


def entity_columns(label: str) -> str:
    """Return the statement that reads entities of a label by id, a column a property.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    str
        Takes ``$ids``; its columns are what :attr:`EntityType.all_properties` declares, in order.

    Examples
    --------
    >>> print(entity_columns("Organization"))
    UNWIND $ids AS id MATCH (n:Organization {id: id}) \
RETURN n.id AS c0, n.name AS c1, n.handle AS c2
    """
    # On the embedded store a paper's title and name are one property.
    names = ("name" if one.name == "title" else one.name for one in _declared(label))
    columns = (f"n.{name} AS c{at}" for at, name in enumerate(names))
    return f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}}) RETURN {', '.join(columns)}"


def edge_columns(label: str, type_: str) -> str:
    """Return the statement that reads edges of a type out of entities, a column a property.

    Parameters
    ----------
    label : str
        A label of the schema, of the start.
    type_ : str
        A relationship type of the schema.

    Returns
    -------
    str
        Takes ``$ids``; its columns are start, stop and end_labels, then the properties that
        :attr:`RelationshipType.properties` declares, in order.

    Examples
    --------
    >>> print(edge_columns("Paper", "CITES").partition(", r.field")[0])
    UNWIND $ids AS id MATCH (a:Paper {id: id})-[r:CITES]->(b) RETURN a.id AS start, b.id AS stop, \
labels(b) AS end_labels, r.paper AS c0
    """
    declared = relationship_type(type_).properties
    columns = (f"r.{one.name} AS c{at}" for at, one in enumerate(declared))
    return (
        f"UNWIND $ids AS id MATCH (a:{_label(label)} {{id: id}})-[r{_types([type_])}]->(b) "
        f"RETURN a.id AS start, b.id AS stop, labels(b) AS end_labels, {', '.join(columns)}"
    )


def edges_of_type(type_: str) -> str:
    """Return the statement that reads every edge of a type.

    Parameters
    ----------
    type_ : str
        A relationship type of the schema.

    Returns
    -------
    str
        Its columns are start, start_labels, type, stop, end_labels and properties.

    Examples
    --------
    >>> edges_of_type("CITES").partition(" RETURN ")[0]
    'MATCH (a)-[r:CITES]->(b)'
    """
    return f"MATCH (a)-[r:{_type(type_)}]->(b) RETURN {_EDGE_COLUMNS}"


def edges_touching(label: str) -> tuple[str, str]:
    """Return the statements that read the edges out of and into entities of a label.

    Parameters
    ----------
    label : str
        A label of the schema.

    Returns
    -------
    tuple of two str
        Each takes ``$ids`` and has the columns of :func:`edges_of_type`.

    Examples
    --------
    >>> [text.partition(" RETURN ")[0] for text in edges_touching("Task")]
    ['UNWIND $ids AS id MATCH (a:Task {id: id})-[r]->(b)', \
'UNWIND $ids AS id MATCH (b:Task {id: id})<-[r]-(a)']
    """
    return edges_out(label), edges_in(label)


def entities_with(label: str, name: str) -> str:
    """Return the statement that reads the entities whose property has one of some values.

    Parameters
    ----------
    label : str
        A label of the schema.
    name : str
        One of its :func:`indexed_properties`.

    Returns
    -------
    str
        Takes ``$values``; its column is ``properties``.

    Raises
    ------
    KeyError
        For a property that is not one of them: it would be a scan a value.

    Examples
    --------
    >>> print(entities_with("Record", "source"))
    UNWIND $values AS value MATCH (n:Record {source: value}) RETURN properties(n) AS properties
    """
    if name not in indexed_properties(label):
        raise KeyError(name)
    return (
        f"UNWIND $values AS value MATCH (n:{_label(label)} {{{name}: value}}) "
        "RETURN properties(n) AS properties"
    )


def edges_out(label: str, types: Iterable[str] = ()) -> str:
    """Return the statement that reads the edges of some types out of entities of a label.

    Parameters
    ----------
    label : str
        A label of the schema.
    types : iterable of str
        Relationship types of the schema; all where none is named.

    Returns
    -------
    str
        Takes ``$ids`` and has the columns of :func:`edges_of_type`.

    Examples
    --------
    >>> edges_out("Paper", ["CITES", "REPORTS"]).partition(" RETURN ")[0]
    'UNWIND $ids AS id MATCH (a:Paper {id: id})-[r:CITES|REPORTS]->(b)'
    """
    return (
        f"UNWIND $ids AS id MATCH (a:{_label(label)} {{id: id}})-[r{_types(types)}]->(b) "
        f"RETURN {_EDGE_COLUMNS}"
    )


def edges_in(label: str, types: Iterable[str] = ()) -> str:
    """Return the statement that reads the edges of some types into entities of a label.

    Parameters
    ----------
    label, types
        As in :func:`edges_out`.

    Returns
    -------
    str
        Takes ``$ids`` and has the columns of :func:`edges_of_type`.

    Examples
    --------
    >>> edges_in("Task").partition(" RETURN ")[0]
    'UNWIND $ids AS id MATCH (b:Task {id: id})<-[r]-(a)'
    """
    return (
        f"UNWIND $ids AS id MATCH (b:{_label(label)} {{id: id}})<-[r{_types(types)}]-(a) "
        f"RETURN {_EDGE_COLUMNS}"
    )


def edges_between(start_label: str, end_label: str) -> str:
    """Return the statement that reads the edges from some entities to others, pair by pair.

    Parameters
    ----------
    start_label, end_label : str
        Two labels of the schema.

    Returns
    -------
    str
        Takes ``$pairs`` of two ids and has the columns of :func:`edges_of_type`.

    Examples
    --------
    >>> print(edges_between("Paper", "Task").partition(" RETURN ")[0])
    UNWIND $pairs AS pair MATCH (a:Paper {id: pair[0]})-[r]->(b:Task {id: pair[1]})
    """
    return (
        f"UNWIND $pairs AS pair MATCH (a:{_label(start_label)} {{id: pair[0]}})"
        f"-[r]->(b:{_label(end_label)} {{id: pair[1]}}) RETURN {_EDGE_COLUMNS}"
    )


def links(label: str, types: Iterable[str] = (), *, outgoing: bool = False) -> str:
    """Return the statement that reads what entities of a label are joined to, without evidence.

    Parameters
    ----------
    label : str
        A label of the schema.
    types : iterable of str
        Relationship types of the schema; all where none is named.
    outgoing : bool
        Whether only edges that start there are read.

    Returns
    -------
    str
        Takes ``$ids``; its columns are id, other, label (of the other), type, paper, outgoing
        and confidence.

    Examples
    --------
    >>> links("Task", ["APPLIED_TO"]).partition(" RETURN ")[0]
    'UNWIND $ids AS id MATCH (n:Task {id: id})-[r:APPLIED_TO]-(b)'
    """
    return (
        f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}})"
        f"-[r{_types(types)}]-{'>' if outgoing else ''}(b) "
        "RETURN id, b.id AS other, labels(b)[0] AS label, type(r) AS type, r.paper AS paper, "
        "startNode(r).id = id AS outgoing, r.confidence AS confidence"
    )


def degrees(label: str, types: Iterable[str] = ()) -> str:
    """Return the statement that counts the edges of entities of a label.

    Parameters
    ----------
    label, types
        As in :func:`links`.

    Returns
    -------
    str
        Takes ``$ids``; its columns are id and edges.

    Examples
    --------
    >>> degrees("Task")
    'UNWIND $ids AS id MATCH (n:Task {id: id}) RETURN id, COUNT { (n)-[]-() } AS edges'
    """
    return (
        f"UNWIND $ids AS id MATCH (n:{_label(label)} {{id: id}}) "
        f"RETURN id, COUNT {{ (n)-[{_types(types)}]-() }} AS edges"
    )


def split_text(kind: str, name: str) -> str:
    """Return the statement that makes lists of text that was joined by U+001F, on a Neo4j.

    Parameters
    ----------
    kind : str
        A label or a relationship type of the schema.
    name : str
        A property of it that is declared a list.

    Returns
    -------
    str
        A statement for a transaction of its own, that may run any number of times.

    Raises
    ------
    KeyError
        For a kind or a list that is not declared.

    Examples
    --------
    >>> print(split_text("CITES", "sources"))
    MATCH ()-[r:CITES]->() WHERE r.sources IS :: STRING
    CALL (r) { SET r.sources = split(r.sources, '\\u001f') } IN TRANSACTIONS OF 10000 ROWS
    """
    labels = {one.label for one in ENTITY_TYPES}
    declared = _declared(kind) if kind in labels else relationship_type(kind).properties
    if (name, "list") not in {(one.name, one.type) for one in declared}:
        raise KeyError(name)
    pattern = f"(r:{_label(kind)})" if kind in labels else f"()-[r:{_type(kind)}]->()"
    return (
        f"MATCH {pattern} WHERE r.{name} IS :: STRING\n"
        f"CALL (r) {{ SET r.{name} = split(r.{name}, '\\u001f') }} IN TRANSACTIONS OF 10000 ROWS"
    )


def _declared(label: str) -> tuple[PropertyType, ...]:
    return entity_type(label).all_properties


def _label(label: str) -> str:
    # The look-up is the guard: only a declared label ever becomes part of a text.
    return entity_type(label).label


def _type(name: str) -> str:
    return relationship_type(name).name


def _types(names: Iterable[str]) -> str:
    joined = "|".join(map(_type, names))
    return f":{joined}" if joined else ""
