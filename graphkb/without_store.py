"""What needs no store: registries, the catalogue, and reading the papers of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkb.arguments import checks_arguments

if TYPE_CHECKING:
    from typing import Unpack

    from graphkb.bulk.build import BulkReport
    from graphkb.difference.change import Difference
    from graphkb.evaluation.evaluate import Evaluation
    from graphkb.export.format import ExportFormat
    from graphkb.export.write import Exported
    from graphkb.extract.catalogue import Entry, Problem
    from graphkb.extract.catalogue.coverage import Remark
    from graphkb.model.record import PaperRecord
    from graphkb.model.source import Loader
    from graphkb.query.completion import Completion
    from graphkb.query.header import NamedQuery
    from graphkb.query.leaderboard import Leaderboard
    from graphkb.query.lineage import Lineage
    from graphkb.query.timeline import Timeline
    from graphkb.store.script import Piece
    from graphkb.topic.bounds import TopicOptions

__all__ = [
    "bulk",
    "catalogue",
    "catalogue_coverage",
    "check_catalogue",
    "completions",
    "diff",
    "evaluate",
    "explain",
    "export_formats",
    "extract",
    "is_whole",
    "lineage_picture",
    "loaders",
    "pieces",
    "plot_leaderboard",
    "plot_timeline",
    "queries",
    "write_losses",
    "write_text",
]

Progress = Callable[[int, int], None]


@checks_arguments
def bulk(
    *sources: str | Path,
    out: str | Path,
    form: str = "csv",
    engine: str = "processes",
    loader: str | None = None,
    name: str | None = None,
    options: Mapping[str, str] | None = None,
    processes: int | None = None,
    partitions: int | None = None,
    master: str | None = None,
    texts: bool = True,
    strict: bool = False,
    progress: Callable[[str, int, int], object] | None = None,
) -> BulkReport:
    """Derive the graph of sources in partitions, and write it as import files of Neo4j.

    No store takes part, and no step holds more than a partition. What a load of the same sources
    derives, decisions and graphs as asserted apart, is what the files hold.

    Parameters
    ----------
    *sources : str or Path
        Files, or folders whose files are one source each (a snapshot).
    out : str or Path
        The folder to write: new, empty, or an earlier build's. A run of the same work that was
        stopped goes on where it was.
    form : {'csv', 'parquet'}
        The form of the files.
    engine : {'processes', 'spark'}
        Where it runs: on processes of this machine, or on Spark.
    loader, name, options
        As of :meth:`graphkb.knowledge_base.KnowledgeBase.load`.
    processes : int, optional
        How many run at once; by default the cores that this program may use. On Spark, the cores
        of a local master.
    partitions : int, optional
        In how many partitions; by default as many as the sources are large.
    master : str, optional
        Spark's master; by default the session's that is there, else this machine.
    texts : bool
        Whether titles and abstracts are read; otherwise what records tell is all there is.
    strict : bool
        Refuse everything where anything would be skipped.
    progress : callable, optional
        Told of each stage how many of its tasks are done.

    Returns
    -------
    BulkReport
        What was read and written.

    Raises
    ------
    InputError
        A source is not there, cannot be read in parts, or nothing of it is kept.
    ExportError
        The folder holds what is not ours, or there is no room.
    StrictError
        With `strict`, something would be skipped.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     bulk("sample:", out=folder, processes=1).sources[0].kept
    41
    """
    from graphkb.bulk.start import bulk_build

    return bulk_build(
        list(map(str, sources)),
        Path(out),
        form=form,
        engine=engine,
        loader=loader,
        name=name,
        options=options,
        processes=processes,
        partitions=partitions,
        master=master,
        texts=texts,
        strict=strict,
        progress=progress,
    )


def loaders() -> Mapping[str, Loader]:
    """Return every loader by name."""
    from graphkb.loaders import loaders

    return loaders()


def queries(*names: str, tags: Iterable[str] = ()) -> Mapping[str, NamedQuery]:
    """Return the named queries of these names, all by default, that have all of these tags.

    Parameters
    ----------
    *names : str
        Names of queries.
    tags : iterable of str
        Groups, or `interactive`.

    Returns
    -------
    mapping of str to NamedQuery
        By name, sorted.

    Raises
    ------
    NotFoundError
        There is no such query, or no such tag.

    Examples
    --------
    >>> list(queries("used-by", "siblings", tags=["lineage"]))
    ['siblings']
    """
    from graphkb.query.named import select_queries

    return select_queries(names, tags)


def pieces(text: str) -> Iterator[Piece]:
    """Yield the statements and commands of a text; see :func:`graphkb.store.script.pieces`."""
    from graphkb.store.script import pieces

    return pieces(text)


def is_whole(text: str) -> bool:
    """Tell whether what was typed can be run; see :func:`graphkb.store.script.is_whole`."""
    from graphkb.store.script import is_whole

    return is_whole(text)


def completions(
    before: str, after: str = "", parameters: Iterable[str] = ()
) -> tuple[Completion, ...]:
    """Return what may stand at a cursor; see :func:`graphkb.query.completion.completions`."""
    from graphkb.query.completion import completions

    return completions(before, after, parameters)


def export_formats() -> Mapping[str, ExportFormat]:
    """Return every export format by name."""
    from graphkb.export.format import export_formats

    return export_formats()


def diff(
    one: str | Path, other: str | Path, *seeds: str, **bounds: Unpack[TopicOptions]
) -> Difference:
    """Find what came, went and changed; see :func:`graphkb.difference.operand.diff`."""
    from graphkb.difference.operand import diff as find

    return find(one, other, *seeds, **bounds)


def lineage_picture(found: Lineage, kind: str) -> str:
    """Draw a lineage as svg, mermaid or dot; see :mod:`graphkb.view.lineage_picture`."""
    from graphkb.view.lineage_picture import lineage_picture

    return lineage_picture(found, kind)


def plot_leaderboard(found: Leaderboard, out: str | Path) -> Path:
    """Plot values by date as svg or png; see :mod:`graphkb.view.leaderboard_plot`."""
    from graphkb.view.leaderboard_plot import leaderboard_plot

    return leaderboard_plot(found, Path(out))


def plot_timeline(found: Timeline, out: str | Path) -> Path:
    """Plot papers by date as svg or png; see :mod:`graphkb.view.timeline_plot`."""
    from graphkb.view.timeline_plot import timeline_plot

    return timeline_plot(found, Path(out))


def write_losses(exported: Exported, path: Path) -> Path:
    """Write what an export could not hold as JSON.

    An object of `format`, of `entities` and `edges`, which the format took, and of `losses`: an
    array of objects, each of `what` happened, to which `property` (a label or type, a point and
    the property's name), and the `count` of how often. The array is empty where nothing was lost.

    Parameters
    ----------
    exported : Exported
        What an export returned.
    path : Path
        The file; an old one stays until the new one is whole.

    Returns
    -------
    Path
        The file.
    """
    import json
    from dataclasses import asdict

    told = asdict(exported)
    report = {name: told[name] for name in ("format", "entities", "edges", "losses")}
    return write_text(path, json.dumps(report, indent=1) + "\n")


def write_text(path: str | Path, text: str | Iterable[str]) -> Path:
    """Write a text file whole, or not at all.

    Parameters
    ----------
    path : str or Path
        The file; an old one stays until the new one is whole.
    text : str or iterable of str
        What it shall hold; blocks are asked for when the place was found fit.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ExportError
        It cannot be written.
    """
    from graphkb.export.write import replace_file

    blocks = [text] if isinstance(text, str) else text
    return replace_file(Path(path), (block.encode() for block in blocks))


def catalogue() -> tuple[Entry, ...]:
    """Return the entries of the curated catalogue, sorted by id."""
    from graphkb.extract.catalogue import load_catalogue

    return load_catalogue().entries


def check_catalogue() -> tuple[int, tuple[Problem, ...]]:
    """Check the curated catalogue.

    Returns
    -------
    tuple
        How many entries there are, and what is wrong with them.
    """
    from graphkb.extract.catalogue import check, load_catalogue

    catalogue = load_catalogue()
    return len(catalogue.entries), check(catalogue)


def catalogue_coverage(
    source: str,
    *,
    loader: str | None = None,
    least: int = 3,
    tell: Callable[[str, str], None] | None = None,
    progress: Progress | None = None,
) -> tuple[int, tuple[Remark, ...]]:
    """Compare the curated catalogue with the papers of a source, without any store.

    Parameters
    ----------
    source : str
        A path, ``-`` for standard input, or a scheme.
    loader : str, optional
        The loader; by default the one that recognises the content.
    least : int
        How many papers a name or spelling must have to be told.
    tell : callable, optional
        Told places and reason of what is skipped, each reason once, before the first is read.
    progress : callable, optional
        Told how many of how many papers are read.

    Returns
    -------
    tuple
        How many papers there are, and what they show.

    Examples
    --------
    >>> catalogue_coverage("sample:")[0]
    41
    """
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.catalogue.coverage import Coverage
    from graphkb.extract.reader import Reader

    records = _records(source, loader, tell)
    coverage = Coverage(Reader(load_catalogue()))
    for record in _watched(records, progress):
        coverage.add(record.title, record.abstract)
    return coverage.papers, coverage.findings(least)


def extract(
    source: str,
    *,
    loader: str | None = None,
    everything: bool = False,
    tell: Callable[[str, str], None] | None = None,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any]]:
    """Read the papers of a source without any store.

    Parameters
    ----------
    source : str
        A path, ``-`` for standard input, or a scheme.
    loader : str, optional
        The loader; by default the one that recognises the content.
    everything : bool
        Whether statements below the threshold of confidence are given too.
    tell : callable, optional
        Told places and reason of what is skipped, each reason once, before the first is read.
    progress : callable, optional
        Told how many of how many papers are read.

    Yields
    ------
    dict
        One a record, in the source's order, as ``graphkb extract`` writes them.

    Examples
    --------
    >>> next(extract("sample:"))["introduces"]
    []
    """
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.lines import line
    from graphkb.extract.reader import Reader, accepted

    records = _records(source, loader, tell)
    reader = Reader(load_catalogue())
    for record in _watched(records, progress):
        reading = reader.read(record.title, record.abstract)
        kept = reading if everything else accepted(reading)
        yield line(record.key, record.title, record.abstract, kept)


def explain(
    source: str,
    *,
    loader: str | None = None,
    everything: bool = False,
    tell: Callable[[str, str], None] | None = None,
    progress: Progress | None = None,
) -> Iterator[dict[str, Any]]:
    """Read the papers of a source and say why each statement was read, or was not.

    Parameters
    ----------
    source, loader, tell, progress
        As in :func:`extract`.
    everything : bool
        Whether what is hardly likely is explained too.

    Yields
    ------
    dict
        One a record, as :func:`graphkb.extract.explain.explained_line` makes it; ``unlikely`` says
        how many explanations were left out.

    Examples
    --------
    >>> found = next(explain("sample:"))
    >>> sorted(found["explained"][0])[:5]
    ['begin', 'confidence', 'features', 'field', 'group']
    """
    from graphkb.extract.catalogue import load_catalogue
    from graphkb.extract.explain import explain as explain_text
    from graphkb.extract.explanation import explained_line, is_unlikely
    from graphkb.extract.reader import Reader

    records = _records(source, loader, tell)
    reader = Reader(load_catalogue())
    for record in _watched(records, progress):
        found = explain_text(reader, record.title, record.abstract)
        kept = found if everything else [one for one in found if not is_unlikely(one)]
        explained = explained_line(record.key, record.title, record.abstract, kept)
        yield {**explained, "unlikely": len(found) - len(kept)}


def _records(
    source: str, loader: str | None, tell: Callable[[str, str], None] | None
) -> tuple[PaperRecord, ...]:
    """Return the papers of a source, and tell what it holds that is none."""
    from graphkb.build.intake import take_in
    from graphkb.build.report import folded
    from graphkb.model.record import PaperRecord

    intake = take_in(source, loader=loader, name="-" if source == "-" else None)
    if tell is not None:
        for skipped in folded(intake.skipped):
            tell(skipped.place, skipped.reason)
    return tuple(r for r in intake.records if isinstance(r, PaperRecord) and not r.stub)


def _watched(records: tuple[PaperRecord, ...], progress: Progress | None) -> Iterator[PaperRecord]:
    for number, record in enumerate(records, 1):
        yield record
        if progress is not None:
            progress(number, len(records))


def evaluate(
    predicted: str | Path,
    annotated: str | Path,
    *,
    common: bool = False,
    against: str | Path | None = None,
) -> Evaluation:
    """Score what :func:`extract` found against annotations.

    Parameters
    ----------
    predicted, annotated, common, against
        As in :func:`graphkb.evaluation.evaluate.evaluate_files`.

    Returns
    -------
    Evaluation
        The table, and what is wrong with the sentence in which it stands.

    Raises
    ------
    InputError
        A file is not what it should be, or they are of different papers.
    """
    from graphkb.evaluation.evaluate import evaluate_files

    return evaluate_files(predicted, annotated, common=common, against=against)
