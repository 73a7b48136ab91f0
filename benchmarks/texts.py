"""The load of the flat file of 2025 with its abstracts, which nobody has read yet, and its profile.

Where the file is absent, of made-up papers with abstracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks import scale, sources
from benchmarks.made_paper import Papers
from benchmarks.part import Part, Setting

__all__ = ["PART"]


def _measure(setting: Setting) -> Iterator[Mapping[str, Any]]:
    folder, source = setting.own("texts"), setting.daily
    if not source.is_file():
        written = sources.write(folder, Papers(setting.size.texts, overlap=1.0), abstracts=True)
        source = folder / written.parts[-1]
    yield from scale.measure_extraction(folder, source)


PART = Part("texts", "papers with abstracts: loaded with extraction, and the stages", _measure)
