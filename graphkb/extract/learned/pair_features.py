"""What a sentence shows of a source and a target, as features of a classifier.

The words around the target and its list, the verb, subject and preposition that govern it
(`graphkb.extract.learned.clause`), where the source stands, in which part of the abstract the
sentence is, and what the rules read there.

References
----------
N. Kambhatla, "Combining lexical, syntactic, and semantic features with maximum entropy models for
extracting relations", ACL 2004 (demonstrations): which of them pay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphkb.extract.confidence import PAPER
from graphkb.extract.kinship import announced, derived, said_to_be, spelled_of
from graphkb.extract.learned.clause import BREAKING, PREPOSITIONS, Clauses, extends
from graphkb.extract.pattern import words
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.learned.clause import Governor, Phrase
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence
    from graphkb.model.reading import NamedEntity, Relation, TaskMention

__all__ = ["PaperView", "SentenceView"]

# "Foo-RL-30k": how many examples a dataset has.
_COUNTED = re.compile(r"[-_ ]\d+(?:\.\d+)?[kKM]$")
_BENCHMARK_KINDS = frozenset({"benchmark", "dataset", "environment"})
_NEGATING = words("not no without instead unlike beyond rather nor neither avoid eliminat never")
_CONTRAST = words("unlike whereas than versus vs over against instead rather compar contrast")
_AUTHORS = words("source we it ours main own")
_GROUPED = {"methods": "m", "models": "o", "benchmarks": "b", "tasks": "t"}
_SURE = 1000


@dataclass(frozen=True)
class PaperView:
    """What every sentence of a paper is read with.

    Parameters
    ----------
    lines : sequence of Wording
        The text's sentences.
    entities : sequence of NamedEntity
        The believed names, the main artefact first.
    tasks : sequence of TaskMention
        The believed tasks.
    occurrences : sequence of sequence of Occurrence
        Those of each sentence.
    """

    lines: Sequence[Wording]
    entities: Sequence[NamedEntity]
    tasks: Sequence[TaskMention]
    occurrences: Sequence[Sequence[Occurrence]]

    @cached_property
    def introduced(self) -> tuple[str, ...]:
        """The names that the paper introduces."""
        return tuple(e.name for e in self.entities if e.group == "introduces")

    @cached_property
    def main(self) -> str:
        """The main artefact, else the paper."""
        return self.introduced[0] if self.introduced else PAPER

    @cached_property
    def by_name(self) -> dict[str, NamedEntity]:
        """The names' entities."""
        return {e.name: e for e in self.entities}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The names' kinds, every kind of benchmark as one."""
        return {
            e.name: "benchmark" if e.kind in _BENCHMARK_KINDS or _COUNTED.search(e.name) else e.kind
            for e in self.entities
        }

    @cached_property
    def groups(self) -> dict[str, str]:
        """The names' groups."""
        return {e.name: e.group for e in self.entities}

    @cached_property
    def task_sure(self) -> dict[str, int]:
        """How sure the tasks are."""
        return {task.name: task.confidence for task in self.tasks}

    @cached_property
    def counts(self) -> dict[str, int]:
        """In how many sentences each name stands."""
        counts: dict[str, int] = {}
        for within in self.occurrences:
            for name in {o.name for o in within}:
                counts[name] = counts.get(name, 0) + 1
        return counts

    @cached_property
    def in_title(self) -> frozenset[str]:
        """The names in the title."""
        return frozenset(
            o.name
            for line, within in zip(self.lines, self.occurrences, strict=True)
            if line.sentence.field == "title"
            for o in within
        )

    @cached_property
    def announcing(self) -> int | None:
        """The sentence of the abstract that announces what is new, if one does."""
        for line, within in zip(self.lines, self.occurrences, strict=True):
            if line.sentence.field == "title" or "proposing" not in line.flags:
                continue
            if "own" in line.flags or any(o.name == self.main for o in within):
                return line.number
        return None

    def phase(self, line: Wording) -> str:
        """Tell where a sentence stands: title, before, at or after what is announced."""
        if line.sentence.field == "title":
            return "title"
        at = self.announcing
        if at is None:
            return "unannounced"
        return "before" if line.number < at else "at" if line.number == at else "after"

    def role(self, source: str) -> str:
        """Tell what a source is to the paper: main, own or other."""
        if source == self.main:
            return "main"
        return "own" if source in self.introduced else "other"

    def measures(self, name: str) -> bool:
        """Whether a name is a benchmark's, a dataset's or an environment's."""
        return self.groups.get(name) == "benchmarks" or self.kinds.get(name) == "benchmark"

    def target_group(self, name: str, group: str) -> str:
        """Return a target's group, of what is introduced with its kind."""
        return f"own {self.kinds.get(name, 'method')}" if group == "introduces" else group

    def of_names(self, source: str, target: str, group: str) -> list[str]:
        """Return what the two names show, whatever a sentence says."""
        role = self.role(source)
        kind = self.kinds.get(source, "none")
        wanted = self.target_group(target, group)
        found = [
            f"t {wanted}",
            f"st {role} {wanted}",
            f"sk {role} {kind} {wanted}",
            f"lines {min(self.counts.get(target, 0), 3)}",
        ]
        if target in self.in_title:
            found.append("target in title")
        if not self.introduced:
            found.append("nothing introduced")
        if group == "tasks":
            found.append(f"sure {self.task_sure.get(target, 0) // 125}")
            return found
        entity = self.by_name.get(target)
        if entity is not None and entity.confidence < _SURE:
            found.append(f"sure {_GROUPED.get(group, 'i')} {entity.confidence // 125}")
        if source == PAPER:
            return found
        own = self.by_name.get(source)
        how = derived(source, target)
        if how is not None:
            found += [f"name {how} {wanted}", f"name {how} {kind}", f"name made {role}"]
        elif own is not None and spelled_of(own.long, target, entity.long if entity else None):
            found += [f"name spelled {wanted}", f"name made {role}"]
        elif name_key(target) in name_key(source):
            found.append(f"name within {wanted}")
        if derived(target, source) is not None:
            found.append(f"name around {wanted}")
        return found


class SentenceView:
    """One sentence with its names.

    Parameters
    ----------
    line : Wording
        The sentence.
    within : sequence of Occurrence
        Its names, in the text's order.
    paper : PaperView
        The rest.
    """

    def __init__(self, line: Wording, within: Sequence[Occurrence], paper: PaperView) -> None:
        self.line = line
        self.within = within
        self.paper = paper
        self.clauses = Clauses(line, within, paper.main)
        self._of_target: dict[tuple[int, bool], list[str]] = {}
        self._governors: dict[int, Governor] = {}
        self._phrases: dict[int, Phrase] = {}
        self._announced: dict[int, str | None] = {}
        self._of_line: list[str] | None = None

    def features(
        self, number: int, source: str, stated: Sequence[Relation], *, turned: bool = False
    ) -> list[str]:
        """Describe a source and a target.

        Parameters
        ----------
        number : int
            The target's place in `within`.
        source : str
            The source's name.
        stated : sequence of Relation
            What the rules read of the two in this sentence.
        turned : bool, optional
            Whether the occurrence is the source's, for a target that the sentence leaves out.

        Returns
        -------
        list of str
        """
        target = self.within[number]
        paper = self.paper
        role = paper.role(source)
        group = paper.target_group(target.name, target.group)
        if turned:
            group = f"turned {group}"
        bag = [*self._target(number, group, turned), *self._line(role)]
        for relation in stated:
            parts = relation.rule.split(":")
            bag.extend("r " + ":".join(parts[1:count]) for count in range(2, len(parts) + 1))
            bag.append(f"r {relation.type} {role}")
        if not stated:
            bag.append(f"unstated {role} {group}")
        self._source(number, source, role, group, bag)
        return bag

    def _line(self, role: str) -> list[str]:
        if self._of_line is None:
            line = self.line
            phase = self.paper.phase(line)
            bag = [f"s {flag}" for flag in line.flags]
            bag.append(f"phase {phase}")
            if line.gaps[-1] == "?":
                bag.append("question")
            self._of_line = bag
        return [*self._of_line, *(f"s {flag} {role}" for flag in self.line.flags)]

    def _target(self, number: int, group: str, turned: bool) -> list[str]:
        known = self._of_target.get((number, turned))
        if known is not None:
            return known
        line, clauses = self.line, self.clauses
        words_, stems, gaps = line.words, line.stems, line.gaps
        target = self.within[number]
        phrase = clauses.phrase(number)
        short = _GROUPED.get(group, group)
        bag: list[str] = []
        leader = phrase.leader
        if gaps[leader]:
            bag.append(f"left {gaps[leader]}")
        if phrase.place:
            bag.append("in a list")
        if phrase.size > 1:
            bag.append(f"list {min(phrase.size, 4)} {short}")
        if phrase.article:
            bag += [f"article {phrase.article}", f"article {phrase.article} {short}"]
        bag += [f"np {word}" for word in phrase.before]
        if phrase.head:
            bag += [f"noun {phrase.head}", f"noun {phrase.head} {short}"]
        if phrase.whole:
            bag += [f"whole {phrase.whole}", f"whole {short}"]
        if target.adjective:
            bag += ["joined", f"joined {target.adjective}"]
        phase = self.paper.phase(line)
        bag.append(f"phase {phase} {short}")
        governor = clauses.governor(phrase)
        if governor.verb >= 0:
            verb = stems[governor.verb]
            bag += [
                f"subj {governor.subject}",
                f"subj {governor.subject} {short}",
                f"subj {governor.subject} {phase}",
                f"voice {governor.voice}",
            ]
            if governor.meaning:
                bag += [
                    f"k {governor.meaning} {governor.preposition}",
                    f"k {governor.meaning} {short}",
                    f"ks {governor.meaning} {governor.subject}",
                ]
            if governor.broken:
                bag += ["clause between", f"clause between {verb}"]
            if governor.commas:
                bag.append("comma between")
            if governor.names:
                bag.append("names between")
            bag.append(f"chain {min(governor.chain, 3)}")
            lead = stems[max(0, governor.verb - 4) : governor.verb]
        else:
            bag.append("no verb")
            lead = stems[max(0, leader - 4) : leader]
        bag.append(f"p {governor.preposition}")
        bag.append(f"p {governor.preposition} {short}")
        near = stems[max(0, leader - 3) : leader]
        if not _NEGATING.isdisjoint(lead) or not _NEGATING.isdisjoint(near):
            bag.append("negated")
        if not _CONTRAST.isdisjoint(stems[max(0, leader - 6) : leader]):
            bag.append(f"contrast {short}")
        following = next((index for index in clauses.verbs if index > phrase.tail), None)
        if following is not None and following - phrase.tail <= 6:
            between = words_[phrase.tail + 1 : following]
            joined = any(gaps[phrase.tail + 1 : following + 1])
            if not joined and BREAKING.isdisjoint(between) and PREPOSITIONS.isdisjoint(between):
                bag.append("is subject")
        self._governors[number] = governor
        self._phrases[number] = phrase
        self._of_target[number, turned] = bag
        return bag

    def _source(self, number: int, source: str, role: str, group: str, bag: list[str]) -> None:
        """Describe where the source stands and what lies between."""
        line = self.line
        if role != "other" and self.paper.kinds.get(source) != "benchmark":
            if number not in self._announced:
                self._announced[number] = announced(line.sentence, self.within[number])
            how = self._announced[number]
            if how is not None:
                bag += ["announced", f"announced {how} {role}"]
        first = self.clauses.places[number][0]
        governor = self._governors[number]
        if governor.doer >= 0:
            doer = self.within[governor.doer]
            whose = "source" if doer.name == source else governor.subject
            if doer.name == self.within[number].name:
                whose = "target"
        else:
            whose = governor.subject
        sure = role != "other" or governor.voice == "finite"
        if sure and whose in _AUTHORS and extends(line, governor, self._phrases[number]):
            bag += ["extending", f"extending {whose} {role}"]
        whose = f"{role} by {whose}"
        bag += [f"whose {whose}", f"whose {whose} {governor.meaning}"]
        at = next((i for i, o in enumerate(self.within) if o.name == source), None)
        if at is None:
            bag += ["source elsewhere", f"elsewhere {role}"]
            return
        stop = self.clauses.places[at][1]
        if stop >= first:
            bag.append("source after")
            return
        distance = first - stop - 1
        bag += ["source before", f"apart {min(distance, 12) // 3} {group}"]
        how = said_to_be(line.sentence, self.within[at], self.within[number])
        if how is not None and self.paper.kinds.get(source) != "benchmark":
            bag += ["instance", f"instance {how} {role}"]
