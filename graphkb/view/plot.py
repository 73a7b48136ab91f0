"""What every plot has in common: matplotlib where it is there, and files of equal bytes.

No state of matplotlib's is used or changed: neither pyplot, nor the settings of the person's own,
nor a window.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from graphkb.errors import ExportError, MissingExtraError
from graphkb.export.write import replace_file
from graphkb.model.text import NONCHARACTERS, visible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["plotted", "words"]

# Text stays text in svg, and a $ in a name begins no formula.
_SETTINGS = {
    "svg.hashsalt": "graphkb",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "font.size": 9,
}
_METADATA = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}
_LONGEST = 60


def plotted(path: Path, draw: Callable[[Figure], None]) -> Path:
    """Write a plot.

    Parameters
    ----------
    path : Path
        A file that ends in ``.svg`` or ``.png``; an old one stays until the new one is whole.
    draw : callable
        Fills the figure.

    Returns
    -------
    Path
        The file, of the same bytes for the same drawing.

    Raises
    ------
    ExportError
        The name ends otherwise, or the place cannot be written.
    MissingExtraError
        matplotlib is not installed.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in _METADATA:
        raise ExportError(
            "a plot is an svg or a png", where=str(path), remedy="name a file that ends in .svg"
        )
    try:
        import matplotlib as mpl
        from matplotlib import style
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"a plot needs {error.name}", remedy="install it: pip install 'graphkb-papers[plots]'"
        ) from None
    buffer = io.BytesIO()
    with style.context("default", after_reset=True), mpl.rc_context(_SETTINGS):
        figure = Figure(layout="constrained")
        FigureCanvasAgg(figure)
        with warnings.catch_warnings():
            # A letter that the font lacks is a box in png, and itself in svg.
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            draw(figure)
            figure.savefig(buffer, format=kind, dpi=160, metadata=_METADATA[kind])
    return replace_file(path, buffer.getvalue())


def words(text: str) -> str:
    """Return text from outside as a short line that any plot can hold."""
    line = NONCHARACTERS.sub("\ufffd", visible(text))
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
