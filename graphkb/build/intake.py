"""From what a person names as a source to its records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain

from msgspec import structs

from graphkb.build.contract import breach
from graphkb.build.memory import Room
from graphkb.build.opening import opened
from graphkb.build.report import folded
from graphkb.errors import GraphKBError, InputError, NotFoundError, StoreError
from graphkb.loaders import loaders, recognise
from graphkb.model.progress import BYTES, Progress
from graphkb.model.record import PaperRecord, Record
from graphkb.model.service import CONTACT, Access, Live
from graphkb.model.source import Loader, Notice, Skipped, SourceInput, Yield
from graphkb.model.text import clean_text

__all__ = [
    "Intake",
    "as_typed",
    "check_options",
    "checked_name",
    "citing_too",
    "guarded",
    "records_of",
    "take_in",
    "told_too",
]

_LONGEST_NAME = 500
_LOADER_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Intake:
    """One source, read.

    Parameters
    ----------
    id : str
        ``<loader>:<name>``.
    place : str
        Where it was read from: an absolute path, a scheme with its argument, or ``-``.
    records : tuple of Record
        In the order of the source, keys unique.
    merged : int
        Records that repeated another one.
    skipped : tuple of Skipped
        What was not kept.
    notices : tuple of Notice
        What a person should know.
    """

    id: str
    place: str
    records: tuple[Record, ...]
    merged: int
    skipped: tuple[Skipped, ...]
    notices: tuple[Notice, ...]

    def repeated(self, source: str) -> Intake:
        """Return the same intake, with the notice that a source of the same load repeats it.

        Parameters
        ----------
        source : str
            As the person named it.

        Returns
        -------
        Intake
            With one notice more.
        """
        notice = Notice("", f"{source} has the same id and content: it is loaded once")
        return replace(self, notices=(*self.notices, notice))


def take_in(
    source: str,
    *,
    loader: str | None = None,
    name: str | None = None,
    options: Mapping[str, str] | None = None,
    access: Access | None = None,
    room: Room | None = None,
    progress: Progress | None = None,
) -> Intake:
    """Read a source.

    Parameters
    ----------
    source : str
        A path, ``-`` for standard input, or a scheme with its argument (``sample:``).
    loader : str, optional
        The loader to take; by default the one that recognises the content.
    name : str, optional
        The name in the source's id instead of the file's.
    options : mapping of str to str, optional
        For the loader.
    access : Access, optional
        How a service may be asked, where the scheme names one.
    room : Room, optional
        What the records may take of memory.
    progress : callable, optional
        Told how many bytes of how many of a file are read.

    Returns
    -------
    Intake
        Its records, and what was left out.

    Raises
    ------
    InputError
        The file is not there, is no UTF-8 text, is not in the format, or nothing of it is kept;
        or a service cannot be asked, or does not answer.
    UnknownFormatError
        No loader, or more than one, recognises it.
    NotFoundError
        There is no such loader.
    StoreTooLargeError
        There is no room for all of it.
    """
    known = loaders()
    if loader is not None and loader not in known:
        raise NotFoundError(
            f"there is no loader {loader!r}", remedy=f"use one of {', '.join(sorted(known))}"
        )
    options = options or {}
    scheme = _scheme(source, known)
    if scheme is not None and loader not in (None, scheme.name):
        raise InputError(
            f"loader {scheme.name} reads this, not {loader}",
            where=source,
            remedy="leave out --from",
        )
    fetched = nullcontext(_fetched(scheme, source, options, access)) if scheme else None
    if room is not None:
        room.begin()

    def passed(at: int, size: int) -> None:
        if room is not None:
            room.passed(at, size)
        if progress is not None:
            progress(BYTES + source, at, size)

    with fetched or opened(source, name, options, passed) as (given, place):
        try:
            chosen = scheme or (known[loader] if loader else _recognised(given))
            _check_name(chosen)
            check_options(chosen, options)
            shown = checked_name(given.name if name is None else name, source)
            return records_of(chosen, given, f"{chosen.name}:{shown}", place, room)
        except StoreError:
            raise
        except GraphKBError as error:
            error.where = as_typed(error.where or given.name, given.name, source)
            raise


def _recognised(given: SourceInput) -> Loader:
    head, more = given.head()
    return recognise(given.name, head, more=more)


def as_typed(where: str, name: str, source: str) -> str:
    """Return a place with the source as the person typed it: a loader knows the bare name alone.

    Parameters
    ----------
    where, name : str
        The place, and the bare name that it may begin with.
    source : str
        As it was typed.

    Returns
    -------
    str
        The place.

    Examples
    --------
    >>> as_typed("a.bib:3", "a.bib", "texts/a.bib")
    'texts/a.bib:3'
    """
    if where == name or where.startswith(f"{name}:"):
        return source + where.removeprefix(name)
    return where


def _scheme(source: str, known: Mapping[str, Loader]) -> Loader | None:
    """The loader whose scheme the source begins with."""
    scheme, colon, _ = source.partition(":")
    of_scheme = (found for found in known.values() if colon and found.scheme == scheme)
    return next((found for found in of_scheme if found.fetch or found.live), None)


def _fetched(
    loader: Loader, source: str, options: Mapping[str, str], access: Access | None
) -> tuple[SourceInput, str]:
    check_options(loader, options)
    argument = source.partition(":")[2]
    if loader.live is None:
        assert loader.fetch is not None  # noqa: S101 - as _scheme chose it
        fetched = loader.fetch(argument)
    else:
        try:
            fetched = _asked(loader.live, argument, options, access or Access())
        except GraphKBError:
            raise
        except Exception as error:
            raise _loader_failed(loader, source, error) from error
    return replace(fetched, options={**fetched.options, **options}), source


def _asked(live: Live, argument: str, options: Mapping[str, str], access: Access) -> SourceInput:
    # Here, because few loads ask a service, and what asks takes a fifth of a second to import.
    from graphkb.extract.cache import cache_folder
    from graphkb.live.client import Client

    try:
        folder = cache_folder() / "answers"
    except RuntimeError:  # no home folder
        folder = None
    with Client(
        live.service,
        folder,
        contact=options.get(CONTACT.name),
        offline=access.offline,
        renew=access.renew,
    ) as client:
        return live.ask(argument, client)


def checked_name(name: str, source: str) -> str:
    """Return a source's name as it may stand in an id.

    Parameters
    ----------
    name, source : str
        The name that was given, and the source, for the error.

    Returns
    -------
    str
        Without control characters, and bytes that are no text.

    Raises
    ------
    InputError
        Nothing is left of it, or it is too long.
    """
    cleaned = clean_text(name)
    if not cleaned:
        raise InputError("the source has no name", where=source, remedy="give one with --as NAME")
    if len(cleaned) > _LONGEST_NAME:
        raise InputError(
            f"the source's name has more than {_LONGEST_NAME} characters",
            where=source[:60],
            remedy="give a shorter one with --as NAME",
        )
    return cleaned


def _check_name(loader: Loader) -> None:
    """Refuse a loader whose sources' ids would be no ids, or that of the curated facts."""
    if loader.name == "builtin" or not _LOADER_NAME.fullmatch(loader.name):
        raise InputError(
            f"loader {loader.name!r} has a name that no loader may have",
            remedy="its author must name it otherwise: lower-case words joined by hyphens, "
            "not `builtin`",
        )


def check_options(loader: Loader, given: Mapping[str, str]) -> None:
    """Refuse options that a loader does not have.

    Parameters
    ----------
    loader : Loader
        The loader.
    given : mapping of str to str
        The options.

    Raises
    ------
    InputError
        One is unknown.
    """
    allowed = {option.name for option in loader.options}
    for key in given:
        if key not in allowed:
            takes = f"it takes {', '.join(sorted(allowed))}" if allowed else "it takes none"
            raise InputError(f"loader {loader.name} has no option {key!r}", remedy=takes)


def records_of(
    loader: Loader, given: SourceInput, id_: str, place: str, room: Room | None = None
) -> Intake:
    """Read what has been opened by a loader that has been chosen.

    Parameters
    ----------
    loader : Loader
        What reads it.
    given : SourceInput
        The content.
    id_, place : str
        Of the intake.
    room : Room, optional
        What the records may take of memory.

    Returns
    -------
    Intake
        Its records, and what was left out.

    Raises
    ------
    InputError
        It is not in the format, or nothing of it is kept.
    StoreTooLargeError
        There is no room for all of it.
    """
    kept: dict[str, Record] = {}
    told: dict[str, dict[str, None]] = defaultdict(dict)
    merged = 0
    skipped: list[Skipped] = []
    notices: list[Notice] = []
    for found in chain(given.remarks, guarded(loader, given)):
        if room is not None:
            room.take(found)
        if isinstance(found, Skipped):
            skipped.append(found)
        elif isinstance(found, Notice):
            notices.append(found)
        elif (reason := breach(found)) is not None:
            skipped.append(Skipped(f"record {found.key[:60]}", reason))
        elif found.key not in kept:
            kept[found.key] = found
        elif (more := told_too(kept[found.key], found)) is not None:
            told[found.key].update(more)
        elif kept[found.key] == found:
            merged += 1
        else:
            skipped.append(
                Skipped(
                    f"record {found.key}",
                    "another record of this source has this key and other content",
                )
            )
    if not kept:
        raise _nothing_kept(given.name, loader, skipped)
    for key, more in told.items():
        kept[key] = citing_too(kept[key], more)
    return Intake(id_, place, tuple(kept.values()), merged, tuple(skipped), tuple(notices))


def told_too(known: Record, found: Record) -> dict[str, None] | None:
    """Return what another record of a cited work says that the work cites.

    Parameters
    ----------
    known, found : Record
        Records of one key of one source, in this order.

    Returns
    -------
    dict or None
        The identifiers in their order; None where one of the records is no cited work, so that
        there is nothing to unite.
    """
    if not (isinstance(known, PaperRecord) and isinstance(found, PaperRecord)):
        return None
    return dict.fromkeys(found.references) if known.stub and found.stub else None


def citing_too(known: Record, more: Iterable[str]) -> Record:
    """Return a cited work with what other papers say that it cites.

    Parameters
    ----------
    known : Record
        The record, of a cited work where there is more.
    more : iterable of str
        All that :func:`told_too` gave of the other records of its key.

    Returns
    -------
    Record
        The same record where nothing of that is new.
    """
    if not isinstance(known, PaperRecord):
        return known
    references = dict.fromkeys((*known.references, *more))
    if len(references) == len(known.references):
        return known
    return structs.replace(known, references=tuple(references))


def _nothing_kept(name: str, loader: Loader, skipped: list[Skipped]) -> InputError:
    if not skipped:
        return InputError("it holds no paper", where=name, remedy="load a file that holds one")
    reasons = [f"{fold.place}: {fold.reason}" for fold in folded(skipped)]
    more = f"; … and {len(reasons) - 3} more reasons" if len(reasons) > 3 else ""
    return InputError(
        f"nothing that loader {loader.name} read of it can be kept; {'; '.join(reasons[:3])}{more}",
        where=name,
        remedy="mend it, or name the loader that it is for with --from",
    )


def guarded(loader: Loader, given: SourceInput) -> Iterator[Yield]:
    """Yield what a loader reads.

    Parameters
    ----------
    loader : Loader
        Perhaps somebody else's.
    given : SourceInput
        What it reads.

    Yields
    ------
    Yield
        As it comes.

    Raises
    ------
    InputError
        The loader failed in any way.
    """
    try:
        yield from loader.read(given)
    except GraphKBError:
        raise
    except Exception as error:
        # Perhaps somebody else's loader: the other sources of the load go on without it.
        raise _loader_failed(loader, given.name, error) from error


def _loader_failed(loader: Loader, where: str, error: Exception) -> InputError:
    return InputError(
        f"loader {loader.name} failed on it ({type(error).__name__}: {error})",
        where=where,
        remedy="report it to whoever wrote the loader",
    )
