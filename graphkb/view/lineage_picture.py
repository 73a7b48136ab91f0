"""A lineage as a picture of one of several formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.errors import NotFoundError

if TYPE_CHECKING:
    from graphkb.query.lineage import Lineage

__all__ = ["lineage_picture"]


def lineage_picture(found: Lineage, kind: str) -> str:
    """Draw a lineage.

    Parameters
    ----------
    found : Lineage
        As :func:`graphkb.query.lineage.lineage` finds it.
    kind : {'svg', 'mermaid', 'dot'}
        An image; or what Mermaid or Graphviz draw.

    Returns
    -------
    str
        The same for the same lineage. Curated steps are dashed.

    Raises
    ------
    NotFoundError
        There is no such kind of picture.

    Examples
    --------
    >>> import graphkb
    >>> with graphkb.open(":memory:") as kb:
    ...     _ = kb.load("sample:")
    ...     found = kb.lineage("PPO", down=False, depth=1)
    >>> print(lineage_picture(found, "mermaid").splitlines()[3])
      n0 -.->|"extends"| n1
    """
    from graphkb.view.lineage_svg import lineage_svg
    from graphkb.view.lineage_text import lineage_dot, lineage_mermaid

    drawing = {"svg": lineage_svg, "mermaid": lineage_mermaid, "dot": lineage_dot}
    if kind not in drawing:
        raise NotFoundError(
            f"there is no picture {kind!r}", remedy=f"use one of {', '.join(drawing)}"
        )
    return drawing[kind](found)
