"""Arguments that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

__all__ = ["given_parameters", "key_values"]

_Command = TypeVar("_Command", bound=Callable[..., Any])


def key_values(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Turn KEY=VALUE arguments into a mapping.

    Parameters
    ----------
    ctx, parameter, values
        As click gives them to the callback of an option.

    Returns
    -------
    dict of str to str
        By key.

    Raises
    ------
    click.BadParameter
        One is not of this form, or a key comes twice.
    """
    found: dict[str, str] = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not equals or not key:
            form = getattr(parameter, "metavar", None) or "KEY=VALUE"
            raise click.BadParameter(f"{value!r} is not {form}", ctx, parameter)
        if key in found:
            raise click.BadParameter(f"{key} is given twice", ctx, parameter)
        found[key] = text
    return found


def given_parameters(meaning: str) -> Callable[[_Command], _Command]:
    """Give a command the option -p KEY=VALUE, passed as `parameters`.

    Parameters
    ----------
    meaning : str
        Its help.

    Returns
    -------
    callable
        A decorator.
    """
    return click.option(
        "-p", "parameters", multiple=True, metavar="KEY=VALUE", callback=key_values, help=meaning
    )
