"""``github``: repositories as GitHub's API gives them.

Kept of each repository: its address and name, the stars, and the main language. A repository that a
paper names or a source ties to one gets them; one that no paper names stands by itself. The key of
a record is the repository's id in the graph.

One repository, an array of them, the ``items`` of a search, the ``repo`` of each star, JSON lines
of any of these. Not kept: the description, topics, licence, dates, counts of forks and issues. An
object without ``html_url`` is skipped with its place; so is a private repository.

References
----------
https://docs.github.com/en/rest/repos/repos#get-a-repository
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphkb.loaders import json_field as field
from graphkb.loaders.json_field import WrongTypeError
from graphkb.loaders.json_objects import first_objects
from graphkb.loaders.json_records import json_records

from graphkb.model.identifier import repository, web_url
from graphkb.model.record import RepositoryRecord
from graphkb.model.source import SourceInput, Yield, loader

__all__ = ["github"]

_UNDER = ("items", "repo")
_SHAPE = 'a repository is {"full_name": …, "html_url": …, "stargazers_count": …}'


def _recognise(_name: str, head: str) -> bool:
    return any(_is_repository(value) for value in first_objects(head, _UNDER))


def _is_repository(value: dict[str, Any]) -> bool:
    name, url = value.get("full_name"), value.get("html_url")
    return isinstance(name, str) and "/" in name and isinstance(url, str) and "node_id" in value


@loader(
    "github",
    title="Repositories in the JSON of GitHub's API",
    recognise=_recognise,
    example="repositories.json",
    shared=True,
)
def github(source: SourceInput) -> Iterator[Yield]:
    """Read repositories.

    Parameters
    ----------
    source : SourceInput
        The text.

    Yields
    ------
    RepositoryRecord, Skipped or Notice
        Repositories in their order; objects that are none; counts that mean nothing.

    Examples
    --------
    >>> text = '{"full_name": "wind/kite", "html_url": "https://github.com/wind/kite"}'
    >>> [record] = github.read(SourceInput("kite.json", text))
    >>> record.repository, record.stars
    ('repo:github.com/wind/kite', None)
    """
    yield from json_records(source, _record, _UNDER, _SHAPE)


def _record(given: dict[str, Any], notices: list[str]) -> RepositoryRecord:
    written = field.text(given, "html_url") or ""
    found, url = repository(written), web_url(written)
    if found is None or url is None:
        raise WrongTypeError(f"'html_url' is {written[:200]!r}, which is no repository's address")
    if given.get("private") is True:
        raise WrongTypeError(f"{found.id} is private")
    stars = given.get("stargazers_count") is not None
    return RepositoryRecord(
        key=found.id,
        repository=found.id,
        name=f"{found.owner}/{found.name}",
        url=url,
        stars=field.count(given, "stargazers_count", notices) if stars else None,
        language=field.line(given, "language", notices),
    )
