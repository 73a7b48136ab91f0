"""What YAML and tables of a catalogue share: repositories, and problems in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graphkb.model.entry import Problem
from graphkb.model.identifier import repository, web_url
from graphkb.model.record import RepositoryRecord
from graphkb.model.source import Skipped

__all__ = ["REPOSITORY", "REPOSITORY_KEYS", "problem_text", "repository_row"]

REPOSITORY = "repository"
REPOSITORY_KEYS = ("name", "kind", "url", "stars", "language", "looked_up")

_SHOWN = 3
_MOST_STARS = 15  # digits


def repository_row(texts: Mapping[str, str], place: str) -> RepositoryRecord | Skipped:
    """Return the record of a repository.

    Parameters
    ----------
    texts : mapping of str to str
        Its ``url``, and perhaps ``stars`` and ``language``.
    place : str
        Where it stands.

    Returns
    -------
    RepositoryRecord or Skipped
        What is wrong with it, where it is no repository.

    Examples
    --------
    >>> repository_row({"url": "github.com/Wind/Kite", "stars": "12"}, "line 1").name
    'Wind/Kite'
    """
    written, stars = texts.get("url", ""), texts.get("stars", "")
    found = repository(written)
    if found is None:
        shown = f"its url {written[:200]!r} is no repository's" if written else "it has no url"
        return Skipped(place, f"{shown}; write https://host/owner/name")
    if stars and not (stars.isascii() and stars.isdigit() and len(stars) <= _MOST_STARS):
        return Skipped(place, f"its stars are {stars[:40]!r}; write a whole number")
    return RepositoryRecord(
        key=found.id,
        repository=found.id,
        name=f"{found.owner}/{found.name}",
        url=web_url(written) or found.url,
        stars=int(stars) if stars else None,
        language=texts.get("language") or None,
    )


def problem_text(problems: Iterable[Problem]) -> str:
    """Return what is wrong, and what mends it, as the reason of a skip; empty for nothing."""
    texts = list(dict.fromkeys(f"{problem.what}; {problem.remedy}" for problem in problems))
    more = f" (and {len(texts) - _SHOWN} more problems)" if len(texts) > _SHOWN else ""
    return ". ".join(texts[:_SHOWN]) + more
