"""A measurement: what was found, how far it spread, and beside what.

The parts of benchmarks/ tell what they find as objects of nested figures, each in its own words;
:func:`measurements` makes one form of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Baseline", "Measurement", "Spread", "measurements", "spread"]

_UNITS = {
    "kb": "kB",
    "mb": "MB",
    "gb": "GB",
    "ms": "ms",
    "s": "s",
    "seconds": "s",
    "bytes": "bytes",
}
# Said of a measurement, or told by others of its figures: no figures themselves.
_ABOUT = {"what", "about", "baseline", "ratio", "bound", "bound_ms", "holds", "runs", "error"}
_OF_A_CURVE = {"curve", "papers", "linear"}


@dataclass(frozen=True, slots=True)
class Spread:
    """The same figure, measured some times."""

    median: float
    min: float
    max: float
    runs: int


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the same thing costs by other means, in the same run."""

    what: str
    figure: Spread


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure.

    Parameters
    ----------
    part, what, figure : str
        Which part measured what, and which of its figures this is.
    unit : str
        Of the figure; empty where it is a count or a share.
    value : Spread
        What was found.
    baseline : Baseline, optional
        Beside what.
    ratio : float, optional
        The median over that of the baseline.
    bound : str
        What was hoped for; empty where nothing was.
    papers : int, optional
        Of a growth curve: of how many papers this was measured.
    """

    part: str
    what: str
    figure: str
    unit: str
    value: Spread
    baseline: Baseline | None = None
    ratio: float | None = None
    bound: str = ""
    papers: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as an object of JSON; what it does not have is left out."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}


def spread(values: Sequence[float]) -> dict[str, float]:
    """Return median, least, most and number of the same figure measured some times.

    Examples
    --------
    >>> spread([3.0, 1.0, 2.0])
    {'median': 2.0, 'min': 1.0, 'max': 3.0, 'runs': 3}
    """
    return {
        "median": round(statistics.median(values), 5),
        "min": round(min(values), 5),
        "max": round(max(values), 5),
        "runs": len(values),
    }


def measurements(part: str, found: Mapping[str, Any]) -> Iterator[Measurement]:
    """Yield the figures of what a part found.

    Parameters
    ----------
    part : str
        Its name.
    found : mapping
        ``what`` was measured, perhaps ``about`` what, and any figures, nested and named: a number,
        several, or a spread. A ``baseline`` has figures of the same names, and its own ``what``.
        What belongs to a growth ``curve`` says of how many ``papers`` it was measured.

    Yields
    ------
    Measurement
        One a figure.

    Examples
    --------
    >>> found = {"what": "load", "wall_s": 3.0, "baseline": {"what": "bare", "wall_s": 2.0}}
    >>> [one] = measurements("scale", found)
    >>> one.figure, one.unit, one.value.median, one.ratio
    ('wall', 's', 3.0, 1.5)
    """
    papers = None
    if "curve" in found:
        papers = int(found["papers"])
        found = {"what": found["curve"], **_without(found, {"what", *_OF_A_CURVE})}
    what = " ".join(str(found[name]) for name in ("what", "about") if found.get(name))
    runs = int(found.get("runs", 1))
    beside = found.get("baseline") or {}
    theirs = dict(_figures(beside, (), int(beside.get("runs", runs))))
    bound = found.get("bound", found.get("bound_ms"))
    for path, value in _figures(found, (), runs):
        name, unit = _named(path)
        other = theirs.get(path)
        yield Measurement(
            part=part,
            what=what,
            figure=name,
            unit=unit,
            value=value,
            baseline=Baseline(str(beside["what"]), other) if other else None,
            ratio=round(value.median / other.median, 3) if other and other.median else None,
            bound="" if bound in (None, "none") else str(bound),
            papers=papers,
        )


def _without(found: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if name not in names}


def _figures(
    found: Mapping[str, Any], path: tuple[str, ...], runs: int
) -> Iterator[tuple[tuple[str, ...], Spread]]:
    for name, value in found.items():
        below = (*path, name)
        if (not path and name in _ABOUT) or isinstance(value, bool):
            continue
        if isinstance(value, int | float):
            yield below, Spread(value, value, value, runs)
        elif isinstance(value, Mapping):
            if {"median", "min", "max"} <= value.keys():
                given = int(value.get("runs", runs))
                yield below, Spread(value["median"], value["min"], value["max"], given)
            else:
                yield from _figures(value, below, runs)
        elif isinstance(value, list | tuple) and value and isinstance(value[0], int | float):
            yield below, Spread(**spread(value))  # type: ignore[arg-type]


def _named(path: tuple[str, ...]) -> tuple[str, str]:
    """The name of a figure without its unit, and the unit."""
    names, unit = [], ""
    for part in path:
        *words, last = part.split("_")
        if words[-1:] == ["a"] and last == "s":
            unit, words = "a second", words[:-1]
        elif last in _UNITS:
            unit = _UNITS[last]
        else:
            words.append(last)
        names += words
    return " ".join(names) or ("time" if unit in ("s", "ms") else "size"), unit
