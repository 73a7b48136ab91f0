"""A vault for Obsidian: a note a paper, method, model, benchmark, task and repository.

Notes are joined by links with the sentence that says so; what front matter can hold of them is
there. Authors and organisations are in the front matter of their papers: with a note each they
would be most of a vault. A result is a line of the notes of whom it is about.

References
----------
Obsidian Help: "Properties", "Internal links", "Basic formatting syntax", https://help.obsidian.md.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from pathlib import Path

from msgspec import structs

from graphkb.export.citation import CUT
from graphkb.export.content import Content
from graphkb.export.file_name import distinct_names, file_name
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.incoming import Incoming
from graphkb.export.note import HELD, Vault, front_matter, note, wiki_link
from graphkb.model.graph import Edge, Entity
from graphkb.model.markdown import markdown_text
from graphkb.model.text import shortened
from graphkb.query.order import by_support
from graphkb.view.style import kind_styles

__all__ = ["OBSIDIAN"]

_FOLDERS = {style.label: style.plural for style in kind_styles()}
_WITHOUT_NOTE = ("Author", "Organization")
_INDEX = "Index"
_LISTED = 100
_NAME = 250


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    path.mkdir()
    lost: Counter[tuple[str, str]] = Counter()
    vault, listed = _vault(content, lost)
    for label in sorted({_folder(label) for label, _ in listed}):
        (path / label).mkdir(exist_ok=True)
    topic = content.topic
    extras: dict[str, dict[str, object]] = {}
    if topic is not None:
        for member in topic.members:
            why = {"why": member.reason} if member.reason else {}
            extras[member.entity.id] = {"seed": member.seed, "relevance": member.score, **why}
    behind = sorted(content.background().edges.values(), key=lambda edge: edge.key)
    written = defaultdict(list)
    for edge in behind:
        if edge.type == "AUTHORED_BY":
            written[edge.start].append(edge)
    with tempfile.TemporaryDirectory(prefix="graphkb-") as folder:
        incoming = Incoming(Path(folder) / "edges", _counted(content.edges(), lost))
        try:
            for entity, edges in _with_edges(content):
                if entity.id not in vault.files:
                    continue
                out = chain(edges, written.get(entity.id, ()))
                lines = note(vault, entity, out, incoming.of(entity.id), extras.get(entity.id, {}))
                file = path / _folder(entity.label) / f"{vault.files[entity.id]}.md"
                _text(file, lines)
        finally:
            incoming.close()
    for type_, count in vault.cut.items():
        lost["left out of a long note", type_] += count
    for type_, _ in vault.shortened:
        lost[CUT, f"{type_}.evidence"] += 1
    _text(path / f"{_INDEX}.md", _index(content, vault, listed))
    return losses(lost)


def _text(file: Path, lines: Iterable[str]) -> None:
    with file.open("x", encoding="utf-8", newline="\n", errors="replace") as opened:
        opened.writelines(lines)


def _folder(label: str) -> str:
    return _FOLDERS.get(label, label)


def _vault(
    content: Content, lost: Counter[tuple[str, str]]
) -> tuple[Vault, dict[tuple[str, str], list[Entity]]]:
    """What the notes share; and of each kind the best supported, for the index."""
    names: dict[str, str] = {}
    results: dict[str, Entity] = {}
    listed: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    behind = content.background()
    papers = {e.id: e for e in behind.entities.values() if e.label == "Paper"}
    named: list[tuple[str, str, str]] = []
    counts: Counter[str] = Counter()
    for entity in content.entities():
        if entity.label == "Result":
            results[entity.id] = entity
            lost["written as a line of notes", "Result"] += 1
            continue
        names[entity.id] = shortened(entity.name, _NAME)
        if entity.properties.get("summary"):
            papers[entity.id] = structs.replace(
                entity, properties={"name": entity.name, "summary": True}
            )
        if entity.label in _WITHOUT_NOTE:
            lost["no note of its own", entity.label] += 1
            continue
        if file_name(entity.name) != entity.name:
            lost["name altered for its file", entity.label] += 1
        named.append((entity.id, entity.name[:_NAME], entity.label.lower()))
        counts[entity.label] += 1
        _keep_best(listed[entity.label, ""], entity)
    for entity in behind.entities.values():
        names.setdefault(entity.id, shortened(entity.name, _NAME))
    vault = Vault(distinct_names(named, [_INDEX]), names, {}, papers)
    numbers = _numbers(content, vault, results)
    made = Vault(vault.files, names, numbers, papers)
    return made, {(label, str(counts[label])): best for (label, _), best in listed.items()}


def _keep_best(best: list[Entity], entity: Entity) -> None:
    """Keep the best supported few; without what makes an entity large."""
    held = {k: v for k, v in entity.properties.items() if k in ("name", "support")}
    best.append(Entity(entity.label, entity.id, held))
    if len(best) > 4 * _LISTED:
        best.sort(key=by_support)
        del best[_LISTED:]


def _numbers(content: Content, vault: Vault, results: Mapping[str, Entity]) -> dict[str, str]:
    """What is told of each result: whose it is, on what, and the figure."""
    ends: dict[str, dict[str, str]] = defaultdict(dict)
    if results:
        for edge in content.edges(("OF", "ON", "AGAINST")):
            ends[edge.start].setdefault(edge.type, edge.end)
    found = {}
    for id_, result in results.items():
        held = result.properties
        of, on, against = (ends[id_].get(type_) for type_ in ("OF", "ON", "AGAINST"))
        figure = " ".join(
            markdown_text(str(held[name]))
            for name in ("setting", "value_text", "metric")
            if name in held
        )
        parts = [
            vault.link(of) if of else "",
            figure or markdown_text(result.name),
            f"({markdown_text(str(held['reading']))})" if "reading" in held else "",
            f"on {vault.link(on)}" if on else "",
            f"against {vault.link(against)}" if against else "",
        ]
        found[id_] = " ".join(filter(None, parts))
    return found


def _counted(edges: Iterable[Edge], lost: Counter[tuple[str, str]]) -> Iterator[Edge]:
    for edge in edges:
        for name in edge.properties.keys() - HELD:
            lost["not written", f"{edge.type}.{name}"] += 1
        if edge.start_label in _WITHOUT_NOTE:
            lost["not written", edge.type] += 1
        yield edge


def _with_edges(content: Content) -> Iterator[tuple[Entity, list[Edge]]]:
    """Each entity with the edges out of it: both come in one order."""
    groups = groupby(content.edges(), key=lambda edge: (edge.start_label, edge.start))
    at, edges = next(groups, (None, iter(())))
    for entity in content.entities():
        here = (entity.label, entity.id)
        while at is not None and at < here:
            at, edges = next(groups, (None, iter(())))
        yield entity, list(edges) if at == here else []


def _index(
    content: Content, vault: Vault, listed: Mapping[tuple[str, str], list[Entity]]
) -> Iterator[str]:
    """The note to begin with."""
    topic = content.topic
    yield front_matter({"aliases": [content.title], "tags": ["index"]})
    yield f"# {markdown_text(shortened(content.title, _NAME)) or _INDEX}\n"
    if topic is not None and topic.focus():
        yield "\nSeeds: " + ", ".join(vault.link(id_) for id_ in topic.focus()) + "\n"
    order = list(_FOLDERS)
    for (label, count), best in sorted(
        listed.items(), key=lambda item: order.index(item[0][0]) if item[0][0] in order else 99
    ):
        shown = sorted(best, key=by_support)[:_LISTED]
        yield f"\n## {_folder(label)} ({count})\n\n"
        for entity in shown:
            support = entity.properties.get("support")
            papers = f" — {support} papers" if isinstance(support, int) and support > 1 else ""
            yield f"- {wiki_link(vault.files[entity.id], vault.names[entity.id])}{papers}\n"
        if int(count) > len(shown):
            yield f"- … and {int(count) - len(shown)} more\n"


OBSIDIAN = ExportFormat(
    "obsidian", "a vault for Obsidian: linked notes with front matter", _write, folder=True
)
