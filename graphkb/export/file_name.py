"""Names of files that every file system takes, each another one whatever it makes of case.

References
----------
Microsoft, "Naming Files, Paths, and Namespaces": what Windows reserves and forbids. Obsidian Help,
"Internal links": characters that a link to a note cannot hold.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["distinct_names", "file_name"]

# In bytes of UTF-8: encrypted folders take 143, and Windows a whole path of 260 characters.
_LONGEST = 120
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]%`$]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])(?=\.|$)",
    re.IGNORECASE,
)


def file_name(text: str, longest: int = _LONGEST) -> str:
    """Return a name of a file, without an extension, that is as much like a text as can be.

    Parameters
    ----------
    text : str
        From outside.
    longest : int
        The most bytes in UTF-8.

    Returns
    -------
    str
        In NFC, without controls and what file systems or Obsidian's links give a meaning; no name
        that Windows reserves; no dot at either end. Empty where nothing is left.

    Examples
    --------
    >>> file_name("GRPO: a/b?"), file_name("con.txt"), file_name("../..")
    ('GRPO a b', '_con.txt', '')
    """
    shown = "".join(
        " " if unicodedata.category(character)[0] in "CZ" else character
        for character in unicodedata.normalize("NFC", text)
    )
    words = " ".join(_FORBIDDEN.sub(" ", shown).split()).strip(". ")
    if _RESERVED.match(words):
        words = f"_{words}"
    return _cut(words, longest)


def _cut(text: str, longest: int) -> str:
    return text.encode()[:longest].decode(errors="ignore").strip(". ")


def distinct_names(named: Iterable[tuple[str, str, str]], taken: Iterable[str]) -> dict[str, str]:
    """Give each thing a name of its own.

    Parameters
    ----------
    named : iterable of (str, str, str)
        The id, the name, and what tells things of one name apart, such as the kind.
    taken : iterable of str
        Names that nothing may get.

    Returns
    -------
    dict of str to str
        By id, the same for the same things in any order. Where several have a name, or it is taken,
        each gets its kind after it, and a part of its id's hash where that is not enough. No two
        are one where case, width or the composition of letters is ignored.

    Examples
    --------
    >>> things = [("method:a", "Knot", "method"), ("arxiv:1", "KNOT", "paper"), ("x", "Bow", "x")]
    >>> distinct_names(things, [])
    {'x': 'Bow', 'arxiv:1': 'KNOT (paper)', 'method:a': 'Knot (method)'}
    """
    used = {_folded(name) for name in taken}
    groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for id_, name, kind in named:
        made = file_name(name)
        groups[_folded(made)].append((id_, made, kind))
    found: dict[str, str] = {}
    shared: list[tuple[str, str, str]] = []
    for key, group in sorted(groups.items()):
        if len(group) == 1 and key and key not in used:
            used.add(key)
            found[group[0][0]] = group[0][1]
        else:
            shared += group
    for id_, name, kind in sorted(shared):
        for candidate in _candidates(id_, name, kind):
            if _folded(candidate) not in used:
                used.add(_folded(candidate))
                found[id_] = candidate
                break
    return found


def _candidates(id_: str, name: str, kind: str) -> Iterator[str]:
    digest = hashlib.sha256(id_.encode(errors="replace")).hexdigest()
    endings = (f"({kind})", *(f"({kind} {digest[:length]})" for length in (6, 12, 24, 64)))
    for ending in endings:
        yield f"{_cut(name, _LONGEST - len(ending) - 1)} {ending}".strip()


def _folded(name: str) -> str:
    """What a file system may take for the same name."""
    once = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFKC", once.casefold().upper().casefold())
