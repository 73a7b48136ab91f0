"""A page within a notebook: framed so that it can neither ask nor touch anything, and a table.

Where a notebook is shown without its frames (untrusted, on a code host, by a reader of text), the
table is what stays: it needs no script and no style.
"""

from __future__ import annotations

from html import escape

__all__ = ["framed"]


def framed(page: str, table: str, *, title: str, height: int = 600) -> str:
    """Return a page and a table as one piece of HTML.

    Parameters
    ----------
    page : str
        A document that needs nothing from outside.
    table : str
        The same as plain HTML.
    title : str
        What the frame is called, as plain text.
    height : int
        Of the frame, in pixels.

    Returns
    -------
    str
        A frame whose scripts run without an origin of their own, so that they reach neither the
        notebook nor its server; and the table, folded.

    Examples
    --------
    >>> print(framed("<p>a", "<table></table>", title="A", height=9))
    <iframe title="A" sandbox="allow-scripts" referrerpolicy="no-referrer" loading="lazy" \
width="100%" height="9" frameborder="0" srcdoc="&lt;p&gt;a"></iframe>
    <details><summary>As a table</summary><table></table></details>
    """
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts" referrerpolicy="no-referrer" '
        f'loading="lazy" width="100%" height="{height}" frameborder="0" '
        f'srcdoc="{escape(page)}"></iframe>\n'
        f"<details><summary>As a table</summary>{table}</details>"
    )
