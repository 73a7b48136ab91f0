"""How far something is, on standard error, where that is a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graphkb.cli.terminal import visible
from graphkb.model.progress import BYTES, Progress

__all__ = ["progress_bar", "stages"]

# Seconds between two looks at how far a stage is: as often as anybody can read it.
_PAUSE = 0.1


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show how far something is.

    Parameters
    ----------
    what : str
        What is being done.

    Yields
    ------
    callable or None
        To be told how many of how many are done; None where nobody would see it.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=None)

        def tell(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield tell


@contextmanager
def stages(first: str) -> Iterator[Progress | None]:
    """Show which stage something long is at: how far, how fast, and how much time remains of it.

    Parameters
    ----------
    first : str
        What is being done until the first stage is told of.

    Yields
    ------
    callable or None
        To be told the name of the stage, how much is done, and of how much, 0 where nobody knows;
        None where nobody would see it.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Shown
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(20),
        TextColumn("{task.fields[amount]}"),
        TimeElapsedColumn(),
        Remaining(),
    )
    with Shown(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(visible(first), total=None, amount="")
        now = ""
        begun = told = 0.0

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal now, begun, told
            at = time.monotonic()
            if stage != now or (total and not done):
                # The time that remains is that of this stage alone, which may have begun anew.
                now, begun = stage, at
                what = visible(stage.replace(BYTES, "reading ", 1))
                shown.reset(task, total=total or None, description=what, amount="")
            elif at - told < _PAUSE and done != total:
                return
            told = at
            amount = _amount(stage, done, total, at - begun)
            shown.update(task, completed=done, total=total or None, amount=amount)

        yield tell


def _amount(stage: str, done: int, total: int, seconds: float) -> str:
    """How much of how much is done, and how much in a second."""
    if not total:
        return ""
    rate = done / seconds if seconds > 0 else 0.0
    if stage.startswith(BYTES):
        return f"{done / 1e6:,.1f}/{total / 1e6:,.1f} MB {rate / 1e6:,.1f} MB/s"
    return f"{done:,}/{total:,} {rate:,.0f}/s"
