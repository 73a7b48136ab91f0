"""Made-up words, names and sentences: a vocabulary with common and rare words, as texts have."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import accumulate, product

from graphkb.model.name import name_key

__all__ = ["Wording", "power_law"]

_SYLLABLES = tuple(a + b for a, b in product("bdfgklmnprstvz", "aeiou"))
_ENDINGS = ("n", "r", "l", "st", "m")
_VOCABULARY = 30_000
_SENTENCES = 20_000
_GIVEN_NAMES = 700
_SCATTER = 982_451_653
_LETTERS = "ABCDEFGHIKLMNOPQRSTUVXZ"


def power_law(count: int, exponent: float = 1.0) -> list[float]:
    """Return cumulative weights, for ``random.choices``, of ranks by a power law."""
    return list(accumulate(1 / rank**exponent for rank in range(1, count + 1)))


class Wording:
    """What a made-up corpus is written with.

    Parameters
    ----------
    draw : random.Random
        The source of all that is drawn.
    """

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._taken: set[str] = set()
        self._words = self._vocabulary()
        self._weights = power_law(len(self._words))
        self._sentences = [self._sentence() for _ in range(_SENTENCES)]

    def words(self, count: int) -> list[str]:
        """Draw words, the common ones more often."""
        return self._draw.choices(self._words, cum_weights=self._weights, k=count)

    def phrase(self, count: int) -> str:
        """Draw words as one text."""
        return " ".join(self.words(count))

    def sentences(self, count: int) -> list[str]:
        """Draw whole sentences out of some thousands."""
        return self._draw.choices(self._sentences, k=count)

    def rare(self, number: int) -> str:
        """Spell a number: words that no other number has in this order."""
        base = len(self._words)
        spelt = [self._words[number % base]]
        while number := number // base:
            spelt.append(self._words[number % base])
        return " ".join(spelt)

    def telling(self, number: int, more: int) -> str:
        """Write a title that is nobody else's: two words that spell a number, and more words."""
        base = len(self._words)
        # Scattered, so that neighbours do not look alike; the factor has no divisor of the base.
        first, second = divmod(number * _SCATTER % base**2, base)
        words = [self._words[first], self._words[second], *self.words(more)]
        return " ".join(words).capitalize()

    def named(self, number: int) -> str:
        """Spell a person's name: some have the name of another."""
        given = self._words[number * _SCATTER % _GIVEN_NAMES]
        family = self._words[number * _SCATTER % 1_000_003 % len(self._words)]
        return f"{given.capitalize()} {family.capitalize()}"

    def artefact(self) -> tuple[str, str, tuple[str, ...]]:
        """Draw a name that is nobody else's, what it is short for, and other spellings of it."""
        while True:
            name = self._artefact_name()
            key = name_key(name)
            if key not in self._taken:
                break
        self._taken.add(key)
        long = " ".join(word.capitalize() for word in self.words(3))
        aliases = []
        for spelt in (f"{long.split()[0]}-{name}", f"{name} {self.words(1)[0].capitalize()}"):
            if self._draw.random() < 0.3 and (key := name_key(spelt)) not in self._taken:
                self._taken.add(key)
                aliases.append(spelt)
        return name, long, tuple(sorted(aliases))

    def person(self) -> str:
        """Draw a person's name; different people may have it."""
        given, family = self._draw.choices(self._words, k=2)
        return f"{given.capitalize()} {family.capitalize()}"

    def _vocabulary(self) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < _VOCABULARY:
            length = self._draw.choice((1, 2, 2, 3, 3))
            word = "".join(self._draw.choices(_SYLLABLES, k=length)) + self._draw.choice(_ENDINGS)
            found[word] = None
        return list(found)

    def _sentence(self) -> str:
        return self.phrase(self._draw.randint(8, 20)).capitalize() + "."

    def _artefact_name(self) -> str:
        draw = self._draw
        if draw.random() < 0.5:
            name = "".join(draw.choices(_LETTERS, k=draw.randint(3, 5)))
        else:
            name = "".join(s.capitalize() for s in draw.choices(_SYLLABLES, k=draw.randint(2, 4)))
        if draw.random() < 0.25:
            tail: Sequence[str] = ("Net", "-2", "-VL", "2.5", "Bench", "-RL", "++", "Former")
            name += draw.choice(tail)
        return name
