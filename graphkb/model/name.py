"""The key of a name: which spellings are one name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

__all__ = ["id_key", "name_key", "title_key"]

# Longer than any title; a server's index refuses keys of 8 kB.
_LONGEST_KEY = 500
_POINT_BETWEEN_DIGITS = re.compile(r"(?<=\d)\.(?=\d)")


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Fold a name to the key under which its spellings are one.

    NFKC and case are folded; letters and digits of any script stay, with a point between
    digits and the signs ``+ * #``; one plural ``s`` is dropped from keys longer than three.

    Parameters
    ----------
    name : str
        A name as it is written.

    Returns
    -------
    str
        The key, possibly empty where the name holds no letter and no digit.

    Examples
    --------
    >>> name_key("Chain-of-Thought") == name_key("chain of thoughts")
    True
    >>> name_key("REINFORCE++") == name_key("REINFORCE")
    False
    >>> name_key("Qwen2.5-VL"), name_key("Qwen 25 VL")
    ('qwen2.5vl', 'qwen25vl')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    key = folded.replace(" ", "").replace("-", "")
    if not key.isalnum():
        # Few names have more than letters, digits, blanks and hyphens.
        kept = [
            character
            for at, character in enumerate(folded)
            if character.isalnum()
            or character in "+*#"
            or (character == "." and _POINT_BETWEEN_DIGITS.match(folded, at))
        ]
        key = "".join(kept)
    if len(key) > 3 and key.endswith("s") and not key.endswith("ss"):
        return key[:-1]
    return key


@lru_cache(maxsize=65536)
def title_key(title: str) -> str:
    """Fold a title to the letters and digits that identify it.

    Parameters
    ----------
    title : str
        A paper's title.

    Returns
    -------
    str
        Case-folded letters and digits of any script, words joined by ``-``.

    Examples
    --------
    >>> title_key("Position: The RLHF Trilemma")
    'position-the-rlhf-trilemma'
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "-".join(re.findall(r"[^\W_]+", folded))


@lru_cache(maxsize=65536)
def id_key(text: str) -> str:
    """Fold a title, or the name of a person or an organisation, to what may stand in an id.

    Parameters
    ----------
    text : str
        A title or a name.

    Returns
    -------
    str
        Its :func:`title_key`; the beginning of it and a hash where it is longer than any title; a
        hash of the text where that holds no letter and no digit. Never empty.

    Examples
    --------
    >>> id_key("Position: The RLHF Trilemma")
    'position-the-rlhf-trilemma'
    >>> id_key("\u2192"), len(id_key("x" * 100_000))
    ('161660030aa6c9e3', 509)
    """
    return bounded_key(title_key(text), text)


def bounded_key(key: str, text: str) -> str:
    """Return the :func:`id_key` of a text of which the :func:`title_key` is known."""
    if not key:
        return hashlib.sha256(text.encode()).hexdigest()[:16]
    if len(key) > _LONGEST_KEY:
        return f"{key[:_LONGEST_KEY]}~{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return key
