"""Abstracts that nobody wrote: sentences that name things as often as the corpus of 2025 does.

What is well known comes from the shipped catalogue, by the measured law of popularity
(:mod:`benchmarks.popularity`); what is new is introduced by a paper under a name that its number
spells, and named again by the papers that cite it. Between these sentences stand others, of
made-up words, until the abstract is as long as abstracts are.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator

from benchmarks.made_paper import MadePaper
from benchmarks.popularity import LABELS, WORDS, WORDS_SPREAD
from benchmarks.wording import Wording
from graphkb.extract.catalogue import load_catalogue

__all__ = ["Abstracts"]

_KINDS = {
    "Method": ("method", "framework"),
    "Model": ("model",),
    "Benchmark": ("benchmark", "dataset", "environment"),
    "Task": ("task",),
}
_NEW = {
    "Method": "We introduce {new}, a method for {task}.",
    "Model": "We release {new}, a model for {task}.",
    "Benchmark": "We present {new}, a benchmark for {task}.",
}
_OTHERS = {
    "Method": (
        "{subject} uses {other}.",
        "{subject} is built on {other}.",
        "{subject} extends {other} by {about}.",
        "{subject} outperforms {other} by {points} points.",
        "Unlike {other}, it needs no {about}.",
    ),
    "Model": (
        "We train it on top of {other}.",
        "{subject} outperforms {other} by {points} points.",
        "We compare {subject} with {other}.",
    ),
    "Benchmark": (
        "We evaluate {subject} on {other}.",
        "{subject} achieves {score}% accuracy on {other}.",
    ),
    "Task": ("{subject} is applied to {other}.", "This is of use for {other}."),
}
_SYLLABLES = tuple(a + b for a in "bdfgklmnprstvz" for b in "aeiou")
_ENDINGS = {"Method": "", "Model": "-LM", "Benchmark": "Bench"}


class Abstracts:
    """Writes titles and abstracts.

    Parameters
    ----------
    wording : Wording
        Of the words that mean nothing.
    seed : int
        Of what is drawn here.
    """

    def __init__(self, wording: Wording, seed: int) -> None:
        self._wording = wording
        self._seed = seed
        self._draw = random.Random(f"abstracts {seed}")  # noqa: S311 - nobody's secret
        self._known = {label: _known(label) for label in LABELS}
        self._weights = {
            label: LABELS[label].weights(len(names)) for label, names in self._known.items()
        }

    def write(self, paper: MadePaper, title: str) -> tuple[str, str]:
        """Return the title, which begins with what the paper introduces, and the abstract."""
        draw, number = self._draw, paper.identity.number
        news = {label: name for label in _NEW if (name := self.introduced(number, label))}
        subject = next(iter(news.values()), "Our method")
        sentences = self._wording.sentences(1)
        for label, new in news.items():
            sentences.append(_NEW[label].format(new=new, task=self._one("Task")))
        for label, law in LABELS.items():
            told = len(news) if label == "Task" else 0
            for _ in range(self._some(law.named) - told):
                other = self._named(paper, label)
                if other and other != subject:
                    sentences.append(
                        draw.choice(_OTHERS[label]).format(
                            subject=subject,
                            other=other,
                            about=self._wording.phrase(3),
                            points=round(draw.uniform(0.3, 9), 1),
                            score=round(draw.uniform(30, 95), 1),
                        )
                    )
        wanted = max(30, round(draw.gauss(WORDS, WORDS_SPREAD)))
        length = sum(sentence.count(" ") + 1 for sentence in sentences)
        while length < wanted:
            at = draw.randrange(len(sentences) + 1)
            [more] = self._wording.sentences(1)
            sentences.insert(at, more)
            length += more.count(" ") + 1
        named = f"{subject}: {title}" if news else title
        return named, " ".join(sentences)

    def introduced(self, number: int, label: str) -> str:
        """Return what a paper introduces of a label, or nothing: a function of its number."""
        digest = hashlib.blake2b(f"{self._seed} {label} {number}".encode(), digest_size=4).digest()
        if int.from_bytes(digest, "big") / 2**32 >= LABELS[label].introduced:
            return ""
        spelt, rest = "", number
        for _ in range(3):
            rest, at = divmod(rest, len(_SYLLABLES))
            spelt += _SYLLABLES[at]
        while rest:
            rest, at = divmod(rest, len(_SYLLABLES))
            spelt += _SYLLABLES[at]
        return f"{spelt[:4].capitalize()}{spelt[4:].capitalize()}{_ENDINGS[label]}"

    def _named(self, paper: MadePaper, label: str) -> str:
        """Something that the paper did not introduce."""
        if self._draw.random() < LABELS[label].known or label not in _NEW:
            return self._one(label)
        news = self._introduced_by(paper, label)
        return next(news, "")

    def _introduced_by(self, paper: MadePaper, label: str) -> Iterator[str]:
        cited = [other.number for other in paper.cited]
        self._draw.shuffle(cited)
        return (name for number in cited if (name := self.introduced(number, label)))

    def _one(self, label: str) -> str:
        return self._draw.choices(self._known[label], cum_weights=self._weights[label])[0]

    def _some(self, mean: float) -> int:
        """How many, around a mean, at most three times as many."""
        return sum(self._draw.random() < mean / 6 for _ in range(6)) if mean else 0


def _known(label: str) -> tuple[str, ...]:
    """The names of a label, those first that lead in the corpus; the rest in no telling order."""
    names = [e.name for e in load_catalogue().entries if e.kind in _KINDS[label]]
    leading = [name for name in LABELS[label].leading if name in names]
    rest = sorted(
        set(names) - set(leading), key=lambda name: hashlib.sha256(name.encode()).digest()
    )
    return (*leading, *rest)
