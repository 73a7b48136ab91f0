"""The entries of the catalogue's files as JSON, which reads several times faster than YAML.

``scripts/compile_catalogue.py`` writes the file beside the YAML; it is believed only where it was
made of exactly these files, so that an edited file is read itself until the script has run again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from graphkb.model.entry import Citation, Entry, Parent
from graphkb.model.entry_record import entry_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["COMPILED", "compiled_entries", "compiled_text", "sources_digest"]

COMPILED = "compiled.json"
_PARENTS = ("extends", "generalizes")


def sources_digest(sources: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of files and their names.

    Parameters
    ----------
    sources : mapping of str to bytes
        Content by name.

    Returns
    -------
    str
        64 hex digits.

    Examples
    --------
    >>> one, other = {"a.yaml": b"", "b.yaml": b"x"}, {"a.yaml": b"x", "b.yaml": b""}
    >>> sources_digest(one) == sources_digest(other)
    False
    """
    digest = hashlib.sha256()
    for name in sorted(sources):
        digest.update(f"{name} {len(sources[name])}\n".encode())
        digest.update(sources[name])
    return digest.hexdigest()


def compiled_text(entries: Iterable[Entry], sources: Mapping[str, bytes]) -> str:
    """Write entries as the JSON that `compiled_entries` reads.

    Parameters
    ----------
    entries : iterable of Entry
        In the order that is kept.
    sources : mapping of str to bytes
        The files that they were read from, by name.

    Returns
    -------
    str
        JSON with a line an entry; what an entry does not say is left out.
    """
    lines = ",\n".join(
        json.dumps(_content(entry), ensure_ascii=False, separators=(",", ":")) for entry in entries
    )
    return f'{{"sources":"{sources_digest(sources)}","entries":[\n{lines}\n]}}\n'


def compiled_entries(path: Path, sources: Mapping[str, bytes]) -> list[Entry] | None:
    """Read the entries that were compiled of some files.

    Parameters
    ----------
    path : Path
        The compiled file.
    sources : mapping of str to bytes
        The files as they are now, by name.

    Returns
    -------
    list of Entry or None
        None where there is no such file, or where it was made of other files.
    """
    try:
        stored = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    if stored["sources"] != sources_digest(sources):
        return None
    return [entry_of(told) for told in stored["entries"]]


def _content(value: Entry | Parent | Citation) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in value.__slots__:
        found = getattr(value, name)
        if found in (None, "", ()):
            continue
        if isinstance(found, Parent | Citation):
            found = _content(found)
        elif name in _PARENTS:
            found = [_content(parent) for parent in found]
        told[name] = found
    return told
