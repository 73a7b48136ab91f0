"""A reading as the JSON object that ``graphkb extract`` writes, one a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.extract.confidence import PAPER

if TYPE_CHECKING:
    from graphkb.model.reading import (
        Link,
        NamedEntity,
        Reading,
        Relation,
        ReportedResult,
        TaskMention,
    )

__all__ = ["PAPER", "line"]


def line(identifier: str, title: str, abstract: str, reading: Reading) -> dict[str, Any]:
    """Write down what was found in one paper.

    Parameters
    ----------
    identifier : str
        The source's own id.
    title, abstract : str
        The text that was read; offsets count in these.
    reading : Reading
        What to write: as it is, or only what is `accepted`.

    Returns
    -------
    dict
        Keys id, title, abstract, introduces, methods, models, benchmarks, tasks, repos, pages,
        links, results and relations, in this order. An introduced benchmark on which something is
        evaluated is listed under both keys.

    Examples
    --------
    >>> from graphkb.model.reading import Reading
    >>> line("2402.03300", "A title", "", Reading())["relations"]
    []
    """
    text = {"title": title, "abstract": abstract}
    groups: dict[str, list[dict[str, Any]]] = {
        "introduces": [],
        "methods": [],
        "models": [],
        "benchmarks": [],
    }
    for entity in reading.entities:
        groups[entity.group].append(_entity(entity))
        if entity.group == "introduces" and entity.role == "evaluation":
            groups["benchmarks"].append(_entity(entity))
    return {
        "id": identifier,
        "title": title,
        "abstract": abstract,
        **groups,
        "tasks": [_task(task) for task in reading.tasks],
        "repos": [link.url for link in reading.links if link.kind == "repository"],
        "pages": [link.url for link in reading.links if link.kind == "page"],
        "links": [_link(link) for link in reading.links],
        "results": [_result(result) for result in reading.results],
        "relations": [_relation(relation, text) for relation in reading.relations],
    }


def _entity(entity: NamedEntity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "surface": entity.surface,
        "long": entity.long,
        "aliases": list(entity.aliases),
        "kind": entity.kind,
        "role": entity.role,
        "entry": entity.entry,
        "family": entity.family,
        **_place(entity),
        "sentence": list(entity.sentence),
    }


def _task(task: TaskMention) -> dict[str, Any]:
    return {
        "name": task.name,
        "entry": task.entry,
        **_place(task),
        "sentence": list(task.sentence),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "url": link.url,
        "kind": link.kind,
        **_place(link),
        "sentence": list(link.sentence),
    }


def _result(result: ReportedResult) -> dict[str, Any]:
    return {
        "subject": result.subject,
        "benchmark": result.benchmark,
        "metric": result.metric,
        "value": result.value,
        "number": result.number,
        "unit": result.unit,
        "reading": result.reading,
        "direction": result.direction,
        "baseline": result.baseline,
        "note": result.note,
        **_place(result),
        "sentence": list(result.sentence),
    }


def _relation(relation: Relation, text: dict[str, str]) -> dict[str, Any]:
    return {
        "source": relation.source,
        "type": relation.type,
        "target": relation.target,
        "on": relation.on,
        "evidence": text[relation.field][relation.begin : relation.stop],
        **_place(relation),
    }


def _place(
    claim: NamedEntity | TaskMention | ReportedResult | Relation | Link,
) -> dict[str, Any]:
    return {
        "field": claim.field,
        "begin": claim.begin,
        "stop": claim.stop,
        "rule": claim.rule,
        "confidence": claim.confidence,
    }
