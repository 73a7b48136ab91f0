"""What the stages before naming hand on: a span that may name something, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from graphkb.extract.catalogue import Entry
    from graphkb.extract.sentences import Sentence
    from graphkb.model.reading import Group

__all__ = ["GROUP_OF_KIND", "Candidate"]

GROUP_OF_KIND: dict[str, Group] = {
    "method": "methods",
    "framework": "methods",
    "model": "models",
    "benchmark": "benchmarks",
    "dataset": "benchmarks",
    "environment": "benchmarks",
}


class Candidate(NamedTuple):
    """A span that may name a method, model, benchmark or what the paper introduces.

    Parameters
    ----------
    group : {'introduces', 'methods', 'models', 'benchmarks'}
        What it would be to this paper.
    kind : str
        method, framework, model, benchmark, dataset or environment.
    sentence : Sentence
        Where it stands.
    begin, stop : int
        Its span in the sentence's field.
    rule : str
        The rule that found it: what a precision is measured of.
    entry : Entry or None
        The catalogue's entry, where a catalogue rule found it.
    long : str or None
        Its spelled-out form, where the sentence gives one.
    """

    group: Group
    kind: str
    sentence: Sentence
    begin: int
    stop: int
    rule: str
    entry: Entry | None = None
    long: str | None = None

    @property
    def surface(self) -> str:
        """The text of the span."""
        at = self.sentence.begin
        return self.sentence.text[self.begin - at : self.stop - at]
