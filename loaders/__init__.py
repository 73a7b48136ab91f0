"""The loaders: one module a kind of source, found by being here or by an entry point.

Nothing lists them. A module of this package that holds a :class:`~graphkb.model.source.Loader`
is one; another distribution adds its own by the entry-point group ``graphkb.loaders``, whose
entries name a Loader.
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType

from graphkb.loaders.appearance import appearance

from graphkb.errors import UnknownFormatError
from graphkb.model.plugin import from_outside
from graphkb.model.source import Loader

__all__ = ["GROUP", "loaders", "recognise"]

GROUP = "graphkb.loaders"

_log = logging.getLogger(__name__)


def loaders() -> Mapping[str, Loader]:
    """Return every loader by its name.

    A loader of another distribution that cannot be imported, is no Loader, or takes a name that
    is taken, is reported by a warning in the log and left out.

    Returns
    -------
    mapping of str to Loader
        Sorted by name.

    Examples
    --------
    >>> loaders()["hf-listing"].title
    'The text of a Hugging Face Daily Papers page, as copied'
    """
    found: dict[str, Loader] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, Loader):
                found[value.name] = value
    for origin, candidate in from_outside(GROUP, Loader, "loader"):
        taken = found.get(candidate.name)
        if taken is None:
            found[candidate.name] = candidate
        elif taken is not candidate:
            _log.warning("%s is left out: there is a loader %s already", origin, candidate.name)
    return MappingProxyType(dict(sorted(found.items())))


def recognise(
    name: str, head: str, *, more: bool = False, known: Mapping[str, Loader] | None = None
) -> Loader:
    """Return the one loader whose format this is.

    Parameters
    ----------
    name : str
        The source's name, a file's base name.
    head : str
        The start of its text (:meth:`graphkb.model.source.SourceInput.head`).
    more : bool
        Whether the text goes on after that.
    known : mapping of str to Loader, optional
        What :func:`loaders` returned, where many sources are looked at.

    Returns
    -------
    Loader
        The loader that recognises it.

    Raises
    ------
    UnknownFormatError
        None does, or several do; the message says what it looks like, and lists the candidates
        with what each reads.

    Examples
    --------
    >>> recognise("mine.jsonl", '{"id": "2402.03300", "title": "A title"}').name
    'papers'
    """
    if known is None:
        known = loaders()
    candidates = [loader for loader in known.values() if _recognises(loader, name, head)]
    if len(candidates) == 1:
        return candidates[0]
    remedy = "name the one that it is for with --from"
    if candidates:
        each = "; ".join(f"{loader.name} ({loader.title})" for loader in candidates)
        raise UnknownFormatError(
            "more than one loader recognises this", where=name, remedy=f"{remedy}: {each}"
        )
    files = ", ".join(loader.name for loader in known.values() if loader.fetch is None)
    remedy = f"{remedy}: {files}; `graphkb loaders` says what each reads"
    seen = appearance(head, more=more)
    raise UnknownFormatError(
        seen.what,
        where=f"{name}:{seen.line}" if seen.line else name,
        remedy=seen.remedy or remedy,
    )


def _recognises(loader: Loader, name: str, head: str) -> bool:
    try:
        return loader.recognise(name, head)
    except Exception as error:  # noqa: BLE001 - one bad loader must not stop the others
        _log.warning(
            "loader %s failed on %s: %s: %s", loader.name, name, type(error).__name__, error
        )
        return False
