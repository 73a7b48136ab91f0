"""What leaves for a terminal: standard output as UTF-8, standard error line by line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from graphkb.model.text import shortened, visible

__all__ = [
    "NOTHING_LOADED",
    "counted",
    "echo",
    "listed",
    "say",
    "shortened",
    "terminal_width",
    "visible",
]

NOTHING_LOADED = "nothing is loaded yet; run graphkb load"


def echo(text: str | bytes) -> None:
    """Write to standard output: UTF-8 with LF on every system and in every locale.

    Parameters
    ----------
    text : str or bytes
        With its line ends; bytes are UTF-8 already.

    Raises
    ------
    click.exceptions.Exit
        With 0, where the reader of a pipe has seen enough.
    """
    try:
        click.echo(text.encode("utf-8", "replace") if isinstance(text, str) else text, nl=False)
    except BrokenPipeError:
        # What is still buffered must go nowhere, or Python complains when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(0) from None


def say(line: str) -> None:
    """Write a line to standard error.

    Parameters
    ----------
    line : str
        A report, a warning or an error; made :func:`visible`.
    """
    click.echo(visible(line), err=True)


def terminal_width() -> int | None:
    """Return the columns of the terminal that standard output is; None where it is none."""
    if not sys.stdout.isatty():
        return None
    import shutil

    return shutil.get_terminal_size().columns


def counted(number: int, noun: str) -> str:
    """Return a number of things.

    Parameters
    ----------
    number : int
        How many.
    noun : str
        In the singular; its plural ends in s.

    Returns
    -------
    str
        The number and the noun.

    Examples
    --------
    >>> counted(1, "paper"), counted(2, "paper")
    ('1 paper', '2 papers')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], most: int) -> str:
    """Return names as an enumeration that says how many it leaves out.

    Parameters
    ----------
    names : sequence of str
        Names or titles.
    most : int
        The most that are told.

    Returns
    -------
    str
        Separated by commas.

    Examples
    --------
    >>> listed(["PPO", "TRPO", "REINFORCE"], 2), listed(["PPO"], 2)
    ('PPO, TRPO and 1 more', 'PPO')
    """
    told = ", ".join(names[:most])
    return f"{told} and {len(names) - most} more" if len(names) > most else told
