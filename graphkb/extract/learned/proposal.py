"""Spans that no rule takes for a name and that may be one: lower-case phrases, Capitalised runs."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from graphkb.extract.candidate import Candidate
from graphkb.extract.pattern import words
from graphkb.extract.shape import is_generic, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkb.extract.learned.wording import Wording

__all__ = ["proposals"]

# A noun that ends a method's name, and often nothing more than a description.
_HEADS = words(
    """
    attention distillation sampling search decoding learning diffusion optimization optimisation
    quantization pruning prompting matching regularization merging tuning finetuning fine-tuning
    caching encoding embedding autoencoder autoencoders transformer transformers prediction
    gradient gradients descent rollout curriculum self-play averaging filtering augmentation
    normalization clipping masking gating routing tokenization alignment kinematics convolution
    backpropagation voting cloning steering unlearning inversion interpolation rewards shaping
    pretraining pre-training parallelism network networks operator operators policy experts
    forcing objectives loss losses stitching probing reranking re-ranking flows supervision
    autoregression adapters adapter ensemble estimation similarity divergence solver solvers
    bandits priors judge verifier verifiers graph graphs encoders
    """
)
# Of these only what says how they are made is a method's name: "autoregressive models".
_VAGUE = words("model models method methods representations")
_MAKING = re.compile(r"(?:diffusion|flow|ive|ic|based|state|mixture|energy|world|-\w+)$")
_COMPOUND = re.compile(r"^(?:self|cross|auto|pseudo|next|chain|mixture|best|tree|graph)-|-of-")
_NO_MODIFIER = words(
    """
    a an the this that these those its their our we it they and or of in on for with by to from as
    at is are was were be been being not no novel new efficient effective simple standard
    traditional existing current recent prior previous advanced strong better best good high low
    more most less large small many several various different such other both each every all any
    some same first second third two three four five single multiple key main core major important
    specific general generic proposed state-of-the-art powerful robust scalable flexible
    comprehensive significant substantial extensive systematic can could will may also using use
    uses used via during between across through into than then when while where which who how what
    why additional further improved improving improve improves enhanced enhancing enhance
    better-quality high-quality his her require requires enabling enables enable achieve achieves
    support supports without within per full overall final initial original underlying respective
    corresponding human complex challenging open faster slow fast limited poor superior excellent
    performance but if so only even just very e.g i.e etc over under against about toward towards
    beyond introduce introducing present propose apply applying train training-time leverage
    leveraging employ combine combining integrates integrating perform performs performing make
    makes making include includes including through, has have had do does whether both like
    """
)
_RULE = "propose:"
# Log-odds from which a term is proposed.
_LIKELY = 0.5


def proposals(wording: Wording, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Propose spans of a sentence that may name a method, model, benchmark or artefact.

    Parameters
    ----------
    wording : Wording
        The sentence.
    found : sequence of Candidate
        What rules found in it: no span is proposed twice.

    Yields
    ------
    Candidate
        Of group methods; its rule says what kind of span it is.
    """
    taken = {(candidate.begin, candidate.stop) for candidate in found}
    for first, last, rule in _spans(wording):
        tokens = wording.sentence.tokens
        begin, stop = tokens[first].begin, tokens[last].stop
        if (begin, stop) not in taken:
            taken.add((begin, stop))
            yield Candidate("methods", "method", wording.sentence, begin, stop, _RULE + rule)


@lru_cache(maxsize=32768)
def _capital(word: str) -> bool:
    named = shape(word) in ("title", "camel", "part", "digit", "acronym")
    return named and not is_generic(word)


def _spans(wording: Wording) -> Iterator[tuple[int, int, str]]:
    tokens, lower, gaps = wording.sentence.tokens, wording.words, wording.gaps
    title = wording.sentence.field == "title"
    run: int | None = None
    for at, word in enumerate(lower):
        if word in _HEADS or (word in _VAGUE and at and _MAKING.search(lower[at - 1])):
            first = at
            while first > 0 and at - first < 2 and not gaps[first]:
                before = lower[first - 1]
                if before in _NO_MODIFIER or before.endswith("ly") or before.isdigit():
                    break
                first -= 1
                yield first, at, "phrase"
            if "-" in word or (first == at and word not in _VAGUE):
                yield at, at, "word"
        elif (
            "-" in word
            and word == tokens[at].text
            and (_COMPOUND.search(word) or word.rpartition("-")[2] in _HEADS)
        ):
            yield at, at, "hyphen"
        if title or not at:
            continue
        capital = _capital(tokens[at].text)
        if capital and run is None:
            run = at
        elif run is not None and (not capital or gaps[at]):
            if at - 1 > run:
                yield run, at - 1, "run"
            elif shape(tokens[run].text) == "title":
                yield run, run, "capital"
            run = at if capital else None
    if run is not None and len(lower) - 1 > run:
        yield run, len(lower) - 1, "run"
    for first, last in [span for span, score in wording.terms.items() if score > _LIKELY]:
        yield first, last, "term"
