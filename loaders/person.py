"""People's names as bibliographies sort them, in the order in which they are said."""

from __future__ import annotations

from graphkb.model.text import clean_text

__all__ = ["said"]


def said(sorted_name: str) -> str:
    """Return the name with the given name first.

    Parameters
    ----------
    sorted_name : str
        ``Family, Given``, perhaps with ``, Suffix``; a name without a comma stays.

    Returns
    -------
    str
        ``Given Family Suffix``.

    Examples
    --------
    >>> said("de la Cruz, Ana"), said("King, M. L., Jr."), said("OpenAI")
    ('Ana de la Cruz', 'M. L. King Jr.', 'OpenAI')
    """
    family, _, rest = sorted_name.partition(",")
    given, _, suffix = rest.partition(",")
    return clean_text(f"{given} {family} {suffix}")
