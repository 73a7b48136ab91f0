"""serve."""

from __future__ import annotations

from urllib.parse import urlencode

import click

from graphkb.cli.terminal import say
from graphkb.knowledge_base import open as open_base

__all__ = ["serve"]

_PORT = 8717


@click.command(epilog="Example: graphkb serve GRPO --open")
@click.argument("seed", nargs=-1)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=_PORT,
    show_default=True,
    help="On this machine only; 0 for any that is free.",
)
@click.option(
    "--allow-load", is_flag=True, help="Load a source that is dropped onto the page into the store."
)
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def serve(db: str, seed: tuple[str, ...], port: int, allow_load: bool, open_page: bool) -> None:
    """Explore the graph live: expand, ask and search in the browser.

    The page that view writes, served with the whole graph behind it. Ctrl-C ends it.
    """

    def tell(address: str) -> None:
        start = f"{address}?{urlencode([('seed', name) for name in seed])}" if seed else address
        say(f"explore at {start} (Ctrl-C ends it)")
        if open_page:
            click.launch(start)

    with open_base(db) as base:
        base.serve(port=port, allow_load=allow_load, tell=tell)
