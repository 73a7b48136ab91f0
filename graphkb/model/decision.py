"""Decisions: a person's word on what is one thing, what is not, and which statement is wrong."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

__all__ = ["DECIDED_RELATIONSHIPS", "Decision", "Subject", "Word"]

Word = Literal["join", "apart", "reject"]
Subject = Literal["paper", "name", "author", "edge"]

# Numbers are a part of their paper: they have no name of their own to be rejected by.
DECIDED_RELATIONSHIPS = (
    *("INTRODUCES", "MENTIONS", "USES", "EXTENDS", "GENERALIZES", "OUTPERFORMS"),
    *("COMPARED_WITH", "EVALUATED_ON", "APPLIED_TO", "SURVEYS", "ANALYZES", "CRITIQUES"),
    *("IMPLEMENTED_IN", "HAS_CODE", "CITES", "AUTHORED_BY", "AFFILIATED_WITH"),
)


@dataclass(frozen=True)
class Decision:
    """What a person decided, keyed so that it outlives the sources that it was made upon.

    Parameters
    ----------
    word : {'join', 'apart', 'reject'}
        Two are one, two are not one, an edge is wrong.
    subject : {'paper', 'name', 'author', 'edge'}
        What the keys are of.
    first, second : tuple of str
        The keys of the two, or of the start and the end of the edge. Of a paper: its identifiers,
        the id that its title gives, and ``record:<id>`` of records; of a name its id in the graph;
        of an author ``key:<folded name>`` or ``orcid:…``, and the keys of the papers.
    names : tuple of str
        What the two were called when it was decided; for reading.
    relationship : str, optional
        The type of a rejected edge.
    paper : tuple of str
        The keys of the one paper for which it holds; empty where it holds for all.
    note : str, optional
        Whatever the person noted: who, when, why.
    """

    word: Word
    subject: Subject
    first: tuple[str, ...]
    second: tuple[str, ...]
    names: tuple[str, str]
    relationship: str | None = None
    paper: tuple[str, ...] = ()
    note: str | None = None

    @cached_property
    def id(self) -> str:
        """``decision:`` and a hash of what is decided; the note and the names do not count."""
        text = json.dumps(
            [self.word, self.subject, self.first, self.second, self.relationship, self.paper],
            ensure_ascii=False,
        )
        return f"decision:{hashlib.sha256(text.encode()).hexdigest()[:12]}"

    @property
    def title(self) -> str:
        """The decision in words.

        Examples
        --------
        >>> Decision("join", "name", ("method:a",), ("method:b",), ("A", "B")).title
        'join A and B'
        """
        one, two = self.names
        if self.word == "reject":
            said = f"reject {one} {self.relationship} {two}"
        else:
            said = f"{self.word} {one} and {two}"
        return f"{said}, in one paper" if self.paper else said

    def to_json(self) -> str:
        """Return the canonical JSON of the decision.

        Returns
        -------
        str
            One line of JSON.
        """
        values = {
            "word": self.word,
            "subject": self.subject,
            "first": self.first,
            "second": self.second,
            "names": self.names,
            "relationship": self.relationship,
            "paper": self.paper,
            "note": self.note,
        }
        kept = {name: value for name, value in values.items() if value}
        return json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Decision:
        """Build the decision that :meth:`to_json` wrote.

        Parameters
        ----------
        text : str
            Canonical JSON.

        Returns
        -------
        Decision
            Equal to the one that was written.

        Examples
        --------
        >>> decided = Decision("apart", "name", ("method:a",), ("method:b",), ("A", "B"))
        >>> Decision.from_json(decided.to_json()) == decided
        True
        """
        values: dict[str, Any] = json.loads(text)
        for name in ("first", "second", "names", "paper"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)
