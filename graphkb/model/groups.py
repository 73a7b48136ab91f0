"""Groups of keys that belong together, by the least key of each (union-find)."""

from __future__ import annotations

__all__ = ["join", "least"]


def least(above: dict[str, str], key: str) -> str:
    """Return the least key that joins lead to from a key, and let what is passed hang nearer to it.

    Parameters
    ----------
    above : dict of str to str
        From a key to one that is not greater, of its group; a key that is not there is added.
    key : str
        The key.

    Returns
    -------
    str
        Of its group.
    """
    parent = above.setdefault(key, key)
    while parent != key:
        above[key] = key = above[parent]
        parent = above[key]
    return key


def join(above: dict[str, str], one: str, other: str) -> None:
    """Make the groups of two keys one.

    Parameters
    ----------
    above : dict of str to str
        As of :func:`least`; changed.
    one, other : str
        The keys.

    Examples
    --------
    >>> above = {}
    >>> join(above, "b", "c")
    >>> join(above, "c", "a")
    >>> least(above, "b")
    'a'
    """
    one, other = least(above, one), least(above, other)
    if one < other:
        above[other] = one
    elif other < one:
        above[one] = other
