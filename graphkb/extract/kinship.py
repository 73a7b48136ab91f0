"""Signs that one name stands for a variant, a version or an instance of another.

Three signs need no verb: how a name is made of another one ("DenseDPO", "RICO-Flash"), the noun
phrase that says what a thing is ("Foo, a novel token merging method"), and the list that gives
instances of a class ("test-time scaling methods such as A and B").

References
----------
M. A. Hearst, "Automatic acquisition of hyponyms from large text corpora", COLING 1992: "X such as
A, B and C" and its kin.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from graphkb.extract.pattern import Pattern
from graphkb.model.name import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.occurrence import Occurrence
    from graphkb.extract.sentences import Sentence

__all__ = ["PATTERNS", "announced", "derived", "instances", "said_to_be", "spelled_of"]

_VERSION = re.compile(r"^[-_ ]?(?:v|V)?\d[\d.]*\+*$|^\++$")

_NOUN = (
    r"methods?|frameworks?|approach(?:es)?|algorithms?|architectures?|techniques?|pipelines?|"
    r"paradigms?|models?|variants?|strateg(?:y|ies)|objectives?|loss(?:es)?|schemes?|mechanisms?|"
    r"systems?|networks?|backbones?"
)
# Words that may describe what a thing is; the rest begin something else: "a model built upon X".
_DESCRIBING = (
    r"(?:(?!(?:for|with|of|to|that|which|by|using|on|upon|in|from|via|based|called|named|an?|the|"
    r"built|trained|powered|initialized|our|its|and(?! \w+,? )|(?:us|employ|adopt|compar|leverag|"
    r"integrat|combin|featur|introduc|exploit|incorporat|extend|enhanc|including)(?:ing)?)\b)"
    r"[\w-]+,?\s+){0,7}"
)
_SAID = Pattern(
    "said",
    rf"^\s*(?:\([^()]{{0,80}}\)\s*)?(?:(?:{_NOUN})\s*)?(?:,|:|--|-|\bis\b|\u2014|\u2013)\s*"
    rf"(?:which is )?(?:an?|the first|the)\s+{_DESCRIBING}$",
    " (F), a novel training-free ",
    ", a model built upon ",
)
_ANNOUNCED = Pattern(
    "announced",
    r"\b(?:propos|introduc|present|develop|design|devis)\w*\s+(?:[\w-]+,\s+)?(?:an?|the first)\s+"
    rf"{_DESCRIBING}$",
    "we propose an easy but effective ",
    "we propose a method, employing a ",
)
_VARIANT = (
    r"(?:[\w-]+,?\s+){0,4}(?:variant|extension|adaptation|modification|generali[sz]ation|version)"
    r"\s+(?:of|to)\s+(?:(?:the|vanilla|standard|classical?|original|popular)\s+)*$"
)
_SAID_VARIANT = Pattern(
    "said-variant",
    rf"^\s*(?:\([^()]{{0,80}}\)\s*)?(?:(?:{_NOUN})\s*)?(?:,|:|--|-|\bis\b|\u2014|\u2013)\s*"
    rf"(?:which is )?(?:an?|the)\s+{_VARIANT}",
    " (F), an enhanced variant of the classical ",
    " enhances the generalization of the ",
)
_ANNOUNCED_VARIANT = Pattern(
    "announced-variant",
    r"\b(?:propos|introduc|present|develop|design|devis)\w*\s+(?:[\w-]+,\s+)?(?:an?|the)\s+"
    rf"{_VARIANT}",
    "we propose a simple variant of ",
    "we present a study of ",
)
_HEAD = re.compile(
    rf"^\s*(?:\([^()]{{0,40}}\)\s*)?(?P<noun>{_NOUN})?\s*(?:$|[,.;:(\u2014]|(?:that|which|for|with|"
    r"to|designed|built|of|where|in|trained|tailored|by|on|and|called|named|based|[a-z]+ing)\b)"
)
# Between a class and the list of what belongs to it.
_INSTANCES = Pattern(
    "instances",
    rf"^\s*(?:\([^()]{{0,60}}\)\s*)?(?:-?based\s+)?(?:(?:{_NOUN})\s*)?"
    rf"(?:(?:,|\(|--)?\s*(?:such as|including|e\.g\.,?|namely|like)\s*|(?<=s):\s*)"
    r"(?:the\s+)?(?:[a-z-]+\s){0,3}\(?$",
    " methods, such as ",
    " and its methods as well as ",
)
_JOINT = Pattern(
    "joint",
    r"^\s*(?:\([^()]{0,80}\)|\))?\s*(?:,|/|,?\s*\band\b|,?\s*\bor\b|&)\s*"
    r"(?:the\s+)?(?:(?:[\w-]+\s){1,4}\()?$",
    "), and ",
    " are better than ",
)
PATTERNS = (_SAID, _SAID_VARIANT, _ANNOUNCED, _ANNOUNCED_VARIANT, _INSTANCES, _JOINT)


def derived(name: str, target: str) -> str | None:
    """Tell how a name is made of another one.

    Parameters
    ----------
    name : str
        The newer name.
    target : str
        The name that may be in it.

    Returns
    -------
    str or None
        end ("DenseDPO" of DPO), begin ("RICO-Flash" of RICO), version ("LangSplatV2"), else None.

    Examples
    --------
    >>> [derived(name, "GRPO") for name in ("Hi-GRPO", "GRPO++", "GRPO-Lite", "PPO")]
    ['end', 'version', 'begin', None]
    """
    name, target = _singular(name), _singular(target)
    if len(target) < 3 or len(name) <= len(target) or not target[0].isupper():
        return None
    if " " in target and not name.startswith(target):
        return None
    if name.endswith(target):
        return "end"
    rest = name[len(target) :]
    # "SDF-to-opacity" describes, it names no kind of SDF.
    if name.startswith(target) and not rest.lstrip("-_ ")[:1].islower():
        return "version" if _VERSION.match(rest) else "begin"
    return None


def _singular(name: str) -> str:
    return name[:-1] if len(name) > 3 and name[-1] == "s" and name[-2].isupper() else name


def spelled_of(long: str | None, target: str, target_long: str | None) -> bool:
    """Whether what a name stands for ends in another's: "Latent Flow Transformer".

    Parameters
    ----------
    long : str or None
        What the newer name stands for.
    target, target_long : str
        The other name, and what it stands for.

    Returns
    -------
    bool

    Examples
    --------
    >>> spelled_of("Latent Flow Transformer", "Transformers", None)
    True
    """
    if not long:
        return False
    whole = name_key(long)
    keys = [name_key(other) for other in (target, target_long) if other]
    return any(len(key) > 3 and whole != key and whole.endswith(key) for key in keys)


def said_to_be(sentence: Sentence, other: Occurrence, target: Occurrence) -> str | None:
    """Tell whether a sentence says what a thing is: "Foo, a novel model merging method".

    Parameters
    ----------
    sentence : Sentence
        Of both.
    other : Occurrence
        The thing, first.
    target : Occurrence
        What it may be an instance of.

    Returns
    -------
    str or None
        variant where the sentence calls it so; noun where a word such as "method" follows the
        target, bare where its phrase ends with it.
    """
    if target.adjective or not 0 < target.begin - other.stop <= 140:
        return None
    between = sentence.between(other.stop, target.begin)
    if _SAID_VARIANT.found(between):
        return "variant"
    if target.group == "introduces" or not _SAID.found(between):
        return None
    return _headed(sentence, target)


def announced(sentence: Sentence, target: Occurrence) -> str | None:
    """Tell whether what is proposed is an instance of a target: "we propose a GRPO strategy".

    Parameters
    ----------
    sentence : Sentence
        The target's.
    target : Occurrence
        A name that the text does not introduce, else None is returned.

    Returns
    -------
    str or None
        As in `said_to_be`.
    """
    if target.adjective or target.group == "introduces":
        return None
    before = sentence.between(target.begin - 120, target.begin)
    if _ANNOUNCED_VARIANT.found(before):
        return "variant"
    if not _ANNOUNCED.found(before):
        return None
    return _headed(sentence, target)


def _headed(sentence: Sentence, target: Occurrence) -> str | None:
    found = _HEAD.match(sentence.between(target.stop, target.stop + 60))
    if found is None:
        return None
    return "noun" if found.group("noun") else "bare"


def instances(
    sentence: Sentence, within: Sequence[Occurrence]
) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Find what a sentence lists as instances of a class: "RLHF methods such as PPO and DPO".

    Parameters
    ----------
    sentence : Sentence
        The sentence.
    within : sequence of Occurrence
        Its names, in the text's order.

    Yields
    ------
    (Occurrence, Occurrence)
        An instance and its class, which the text does not introduce.
    """
    for number, whole in enumerate(within):
        if whole.group != "methods":
            continue
        reached = whole.stop
        for place, member in enumerate(within[number + 1 :]):
            between = sentence.between(reached, member.begin)
            if not (_JOINT if place else _INSTANCES).found(between):
                break
            if member.group in ("methods", "introduces") and member.name != whole.name:
                yield member, whole
            reached = member.stop
