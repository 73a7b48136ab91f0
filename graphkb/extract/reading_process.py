"""A process that reads texts for another one: catalogue in, then texts in, readings out.

Frames are pickles on standard input and output, between two processes of one program. The other
side's end of file ends it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, BinaryIO

from graphkb.model.child_process import streams_of_child

if TYPE_CHECKING:
    from graphkb.model.reading import Reading

__all__ = ["main", "serve"]


def main() -> None:
    """Read what comes on standard input until it ends."""
    serve(*streams_of_child())


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer each list of texts by a list of readings.

    Parameters
    ----------
    asked : binary stream
        The catalogue, then lists of title and abstract.
    answers : binary stream
        Takes a list of readings for each; None where reading them failed.
    """
    from graphkb.extract.reader import Reader

    reader = Reader(pickle.load(asked))  # noqa: S301 - from the process that started this one
    while True:
        try:
            texts = pickle.load(asked)  # noqa: S301
        except EOFError:
            return
        found: list[Reading] | None
        try:
            found = [reader.read(title, abstract) for title, abstract in texts]
        except Exception:  # noqa: BLE001 - it is raised where the text is read again
            found = None
        pickle.dump(found, answers)
        answers.flush()
