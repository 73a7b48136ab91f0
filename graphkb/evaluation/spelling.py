"""When two names, or two addresses, count as the same in a comparison with an annotation."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from graphkb.extract.pattern import words

__all__ = ["GENERIC", "address", "spelled", "spellings", "value_spelled"]

# Too general to speak for or against anybody: such a name is left out on both sides.
GENERIC = words(
    """
    agent deepneuralnetwork deeplearning deepreinforcementlearning drl finetuning foundationmodel
    languagemodel largelanguagemodel largereasoningmodel llm lm lrm mllm
    multimodallargelanguagemodel neuralnetwork policynetwork policyoptimization posttraining
    pretraining prompting reinforcementlearning rewardmodel rl visionlanguageaction
    visionlanguageactionmodel visionlanguagemodel vla vlm
    """
)
_OTHER = re.compile(r"[^0-9a-z]+")
_SCHEME = re.compile(r"^https?://(www\.)?")
_BLANK = re.compile(r"[\\\s]")


@lru_cache(maxsize=65536)
def spelled(name: str) -> str:
    """Fold a name to what is compared: ASCII letters and digits, case folded, no plural s.

    Parameters
    ----------
    name : str
        As written.

    Returns
    -------
    str
        Possibly empty.

    Examples
    --------
    >>> spelled("Chain-of-Thoughts"), spelled("loss"), spelled("LLMs")
    ('chainofthought', 'loss', 'llms')
    """
    folded = _OTHER.sub("", name.casefold())
    plural = len(folded) > 4 and folded.endswith("s") and not folded.endswith("ss")
    return folded[:-1] if plural else folded


def spellings(item: Any) -> frozenset[str]:
    """Return every folded name of an entity; any of them may match.

    Parameters
    ----------
    item : str or mapping
        A name, or an object with name and perhaps surface, long and aliases.

    Returns
    -------
    frozenset of str
        None of them empty.

    Examples
    --------
    >>> sorted(spellings({"name": "GRPO", "long": "group relative policy optimization"}))
    ['grouprelativepolicyoptimization', 'grpo']
    """
    if isinstance(item, str):
        names = [item]
    else:
        names = [item.get("name"), item.get("surface"), item.get("long")]
        names += item.get("aliases") or []
    return frozenset(filter(None, (spelled(name) for name in names if name)))


def address(url: str) -> str:
    """Fold an address: without scheme, www and what punctuation a sentence left at its end.

    Examples
    --------
    >>> address("https://www.github.com/Some/Repo/).")
    'github.com/some/repo'
    """
    return _SCHEME.sub("", url.strip().rstrip("/.,;)").casefold())


def value_spelled(value: str) -> str:
    """Fold a figure: without blanks and backslashes.

    Examples
    --------
    >>> value_spelled("12.5 " + chr(92) + "%")
    '12.5%'
    """
    return _BLANK.sub("", value)
