"""What a figure measures and how it is meant: metric, reading, direction and qualifier.

The reading follows the words next to the figure, never the figure: "by 3%", "+3%", "a gain of 3%",
"3% higher", "a 3% accuracy improvement", "improves accuracy 3%" are gains; "exceeds 80%" and
"reaches 80%" are absolute; "2x", "three times" are ratios, and so is a share that is kept ("retains
95% of its accuracy"). A gain is relative where the text says so, or where it is a percentage of
what is itself no percentage (latency, memory, tokens). A figure that continues a list ("by 3% on A
and 5% on B") is read as the figure before it.

The metric is a known one next to the figure, else the words that the figure is said to change
("reduces observation size by", "40% fewer thinking tokens").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkb.extract.figure import Value

__all__ = ["METRICS", "direction_of", "metric_of", "note_of", "reading_of"]

METRICS = re.compile(
    r"\b(?:(?:average |mean |overall |top-1 |zero-shot |task |tool invocation |attack |"
    r"classification |exact match |balanced |test |macro |micro |answer |resolved? |resolution |"
    r"completion |goal |semantic |detection |win |hit |error |hallucination |refusal |"
    r"acceptance |compression |pass |recognition |detection )*"
    r"(?:accurac(?:y|ies)|success rates?|win[- ]?rates?|rates?|scores?)|"
    r"pass[@^]\d+|best@\d+|avg@\d+|maj@\d+|recall(?:@\d+)?|precision(?:@\d+)?|hits?@\d+|"
    r"(?:macro[- ]|micro[- ])?f1(?:[- ]scores?)?|c?fid|g?fid|map(?:@\d+)?|ap\d*|m?iou|"
    r"ndcg(?:@\d+)?|mrr(?:@\d+)?|speed-?ups?|"
    r"throughput|latency|psnr|ssim|lpips|s?a?c?re?bleu|bleu|rouge(?:-\w)?|meteor|perplexity|wer|"
    r"cer|au(?:c|roc)|auprc|fps|inference time|training time|memory(?: usage| footprint)?|"
    r"cost|efficiency|performance|correlation|elo(?: rating)?|"
    r"inference speed|rewards?|quality|fvd|cider|acceleration|mse|mae|rmse|psnr|"
    r"asr|em|exact match|r@\d+|au-?pr|aurc|fpr\d*|hallucinations?|truthfulness|mfu|"
    r"consistency|robustness|kl|flops|kappa|normalized reward|"
    r"(?:inference|training|generation|decoding|sampling) "
    r"(?:speed|time|efficiency|cost|latency))\b",
    re.IGNORECASE,
)
# Named by the text for want of anything better.
_VAGUE = frozenset({"performance", "efficiency", "quality", "cost", "score", "scores", "rate"})
# The words of a measure that no list holds: "reduces observation size by", "26% fewer tokens".
_WHAT = (
    r"(?:the |its |their |average |overall |an? )*"
    r"(?P<{}>[\w@/-]+(?: (?!(?:by|from|to|in|of|on|for|with|and|while|than|over|using)\b)"
    r"[\w@/-]+){{0,3}}?)"
)
_BY_ABOUT = (
    r"(?: (?:an?|average|up|to|of|over|approximately|about|around|more|than|at|least|just|only|"
    r"nearly|as|much|low|factor|under|below|almost))*\s*\(?$"
)
_MOVES = (
    r"(?:improv|increas|boost|reduc|decreas|lower|rais|enhanc|lift|cut|push|degrad|extend|sav|"
    r"elevat|shorten|lessen|diminish|minimi[sz]|maximi[sz]|mitigat|drop|advanc|accelerat)"
)
_MOVED = re.compile(
    rf"\b(?:{_MOVES}\w* {_WHAT.format('what')} (?:by|from|to|over|of)"
    rf"|and (?!{_MOVES}){_WHAT.format('too')} (?:by|from)){_BY_ABOUT}",
    re.IGNORECASE,
)
_CHANGE = (
    r"(?:improvements?|gains?|reductions?|increases?|speed-?ups?|boosts?|drops?|decreases?|"
    r"savings?|acceleration|enhancements?)"
)
_ENDED = (
    r"(?=$|[.,;:)(]|\s(?:for|on|over|and|by|with|in|while|across|at|to|using|when|compared|"
    r"relative|than|from|of|per)\b)"
)
_CHANGED = re.compile(
    rf"\s*(?:absolute |relative |average |mean |further )*"
    rf"(?:{_CHANGE} (?:in|of) {_WHAT.format('what')}{_ENDED}"
    rf"|(?P<changed>[\w@/-]+(?: [\w@/-]+){{0,2}}?) {_CHANGE}\b"
    r"|(?:higher|lower|fewer|less|more|better|greater|shorter|smaller) "
    rf"{_WHAT.format('than')}{_ENDED})",
    re.IGNORECASE,
)
# What such words may not end in: it is who is measured, or says nothing.
_NO_MEASURE = re.compile(
    r"(?:models?|baselines?|methods?|it|them|us|llms?|agents?|approach\w*|results?|points?|"
    r"absolute|relative|average|significant|substantial|improvements?|gains?|frameworks?|"
    r"systems?|state-of-the-art|better|consistent|further|more|parameter-efficient|over|that|"
    r"this|these|those|up|of|to|as|in|is|are|was|with|and|or|which|accurate|efficient|effective|robust)$",
    re.IGNORECASE,
)
_FASTER = re.compile(r"\s*(?:faster|slower|quicker|acceleration)\b", re.IGNORECASE)
# What such words may not end in: it is who is measured, or says nothing.
_NO_MEASURE = re.compile(
    r"(?:models?|baselines?|methods?|it|them|us|llms?|agents?|approach\w*|results?|points?|"
    r"absolute|relative|average|significant|substantial|improvements?|gains?|frameworks?|"
    r"systems?|state-of-the-art|better|consistent|further|more|parameter-efficient|over|that|"
    r"this|these|those|up|of|to|as|in|is|are|was|with)$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;()]|\b(?:while|whereas|but|without)\b")
_GAIN_NOUN = (
    r"(?:gains?|improvements?|increases?|reductions?|drops?|boosts?|decreases?|jumps?|uplifts?|"
    r"margins?|speed-?ups?|savings?|acceleration|degradations?|declines?|advantages?|lift|"
    r"enhancements?|lead|gap|difference|decrement|increment|edge)"
)
_COMPARATIVE = (
    r"(?:higher|lower|fewer|less|more|better|faster|smaller|larger|worse|shorter|cheaper|greater|"
    r"slower|increased?|reduced|improved|improvement|above|below|over)"
)
# "3% higher", "a 3% accuracy improvement", "3% absolute gains"; not "80% accuracy, a gain".
_GAIN_AFTER = re.compile(
    rf"\s*(?:[\w@/-]+ ){{0,4}}?{_GAIN_NOUN}\b|\s*(?:relative |absolute |points? )?{_COMPARATIVE}\b",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"\b(?:on|in|for|with|and|at|to|of|from|by)\b")
# "an improvement of up to 3%".
_GAIN_BEFORE = re.compile(
    rf"\b{_GAIN_NOUN}(?: [a-z-]+){{0,3}}? (?:of|is|reaching|by)(?: [a-z-]+){{0,4}}"
    r"\s*[(+~]?\s*$",
    re.IGNORECASE,
)
# "improves accuracy 3%", "saves 40%", "outperforms X by" (what leads to a level has a "to").
_CHANGING = re.compile(
    r"\b(?:improv(?:es?|ed|ing)|increas(?:es?|ed|ing)|boost(?:s|ed|ing)?|reduc(?:es?|ed|ing)|"
    r"decreas(?:es?|ed|ing)|sav(?:es?|ed|ing)|cut(?:s|ting)?|rais(?:es?|ed|ing)|gain(?:s|ed|ing)?|"
    r"lower(?:s|ed|ing)?|drop(?:s|ped|ping)?|degrad(?:es?|ed|ing))"
    r"(?: (?!to\b|from\b|at\b|below\b|above\b)[\w'-]+){0,4}\s*$",
    re.IGNORECASE,
)
_KEPT = re.compile(
    r"\b(?:retain|preserv|maintain|recover|keep|match|achiev|reach|attain)\w*"
    r"(?: [a-z-]+){0,3}\s*$",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\s*of (?:the |its |their |that )?(?:[\w'-]+ ){0,4}?"
    r"(?:performance|accuracy|quality|capabilit\w+|scores?|map|parameters?|cost|data|compute|"
    r"budget|memory|tokens?|time|flops|baseline|capacity|size|computation\w*)\b",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:bound\w*|guarantee\w*|provabl\w+|theor\w+)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\brelative(?:ly)?\b", re.IGNORECASE)
# What is not measured in per cent: a percentage of it is a relative change.
_AMOUNT = re.compile(
    r"\b(?:latency|memory|throughput|speed\w*|faster|slower|time|cost|costs|tokens?|flops|fid|fvd|perplexity|"
    r"parameters?|compute|computation\w*|storage|overhead|consumption|usage|length|steps?|size|"
    r"energy|bandwidth|kv cache|efficiency|calls|budget|params)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:latency|cost|error\w*|hallucinat\w*|perplexity|memory|time|c?fid|g?fid|fvd|wer|cer|"
    r"lpips|attack success|asr|mse|mae|rmse|flops|tokens|overhead|kl|parameters|consumption|"
    r"inconsistency|steps|loss|usage)\b",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:accurac\w*|success|pass[@^]|recall|precision|f1|map|m?iou|ndcg|mrr|win|throughput|"
    r"psnr|ssim|bleu|rouge|auc|auroc|scores?|speed\w*|acceleration|elo|reward|cider|quality|"
    r"performance|efficiency|consistency|fps|correlation|kappa|robustness)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"\b(up to|at least|at most|more than|less than|over|nearly|approximately|about|around|only|"
    r"just|below|above|under|on average|average|an average of|as much as|as little as|roughly|"
    r"almost)\s*(?:an? )?$",
    re.IGNORECASE,
)


def metric_of(plain: str, value: Value, least: int = 0, most: int | None = None) -> str | None:
    """Return the metric that stands nearest to a figure, after it first.

    Parameters
    ----------
    plain : str
        The sentence, markup masked.
    value : Value
        The figure.
    least, most : int, optional
        Where the figure before it ends and the one after it begins: what stands beyond is theirs.
    """
    stop = len(plain) if most is None else most
    after = _broken(plain[value.stop : min(stop, value.stop + 60)])
    before = plain[max(least, value.begin - 80) : value.begin]
    following = METRICS.search(after[:45])
    exact = following is not None and following.group().lower() not in _VAGUE
    told = _told(after, before)
    # "reduces hallucinations by 3% and improves truthfulness": what stands farther is another's.
    if following and exact and (told is None or following.start() < 12):
        return following.group()
    if told:
        return told
    leading = [found.group() for found in METRICS.finditer(before)]
    named = next((m for m in reversed(leading) if m.lower() not in _VAGUE), None)
    if named and not following:
        return named
    if following or leading:
        return following.group() if following else leading[-1]
    return "speed" if _FASTER.match(after) else None


def _told(after: str, before: str) -> str | None:
    """Return the words that say what was changed, where no known metric stands there."""
    for found in (_MOVED.search(before), _CHANGED.match(after)):
        what = next((w for w in found.groups() if w), None) if found else None
        if what is None:
            continue
        known = METRICS.search(what)
        if known and known.end() == len(what) and known.group().lower() not in _VAGUE:
            return known.group()
        last = what.split()[-1]
        if not last.replace("-", "").isalpha() or _NO_MEASURE.search(last):
            continue
        if last.islower() or (last.isupper() and len(last) < 6):
            return what
        if known:
            return known.group()
    return None


def _broken(after: str) -> str:
    end = _BREAK.search(after)
    return after[: end.start()] if end else after


def reading_of(plain: str, value: Value, last: str | None = None) -> str:
    """Tell how a figure is meant.

    Parameters
    ----------
    plain : str
        The sentence, markup masked.
    value : Value
        The figure.
    last : str, optional
        The reading of the figure before it in the sentence.

    Returns
    -------
    str
        absolute, gain, relative gain, ratio or bound.

    Examples
    --------
    >>> from graphkb.extract.figure import values
    >>> from graphkb.extract.sentences import Document
    >>> def read(text):
    ...     sentence = Document.of("", text).sentences[0]
    ...     return [reading_of(sentence.plain, value) for value in values(sentence, ())]
    >>> read("It achieves a 3% accuracy improvement."), read("It reaches 80.1% accuracy.")
    (['gain'], ['absolute'])
    >>> read("It cuts latency by 30%."), read("It is 3x faster.")
    (['relative gain'], ['ratio'])
    """
    before = plain[max(0, value.begin - 70) : value.begin]
    after = plain[value.stop : value.stop + 60]
    if value.unit == "x":
        return "ratio"
    if _BOUND.search(before[-40:]):
        return "bound"
    if value.paired or value.cue == "from-to":
        return "absolute"
    if value.kind == "percent" and _WHOLE.match(after) and (_KEPT.search(before) or _only(before)):
        return "ratio"
    if (
        value.cue == "by"
        or value.text[0] in "+-\u2212"
        or _gained(after)
        or _GAIN_BEFORE.search(before)
        or _CHANGING.search(before)
    ):
        near = f"{before[-35:]} {_broken(after)[:40]}"
        if _RELATIVE.search(near) or (value.kind == "percent" and _AMOUNT.search(near)):
            return "relative gain"
        return "gain"
    if value.cue == "and" and last in ("gain", "relative gain"):
        return last
    return "absolute"


def _only(before: str) -> bool:
    return re.search(r"\b(?:only|just|using|merely|with)\s*$", before) is not None


def _gained(after: str) -> bool:
    found = _GAIN_AFTER.match(after)
    return found is not None and _STOPPED.search(found.group()) is None


def direction_of(plain: str, value: Value, metric: str | None, reading: str) -> str | None:
    """Tell which way is better, up or down, where the metric or the words around say."""
    if metric and _DOWN.search(metric):
        return "down"
    if metric and _UP.search(metric):
        return "up"
    near = plain[max(0, value.begin - 50) : value.begin] + " " + plain[value.stop : value.stop + 30]
    if _DOWN.search(near) or re.search(r"\b(?:reduc\w+|fewer|less|sav\w+|cut\w*)\b", near):
        return "down"
    return "up" if reading != "absolute" else None


def note_of(plain: str, value: Value) -> str | None:
    """Return the qualifier before a figure, such as "up to"."""
    found = _NOTE.search(plain[max(0, value.begin - 40) : value.begin])
    return found.group(1) if found else None
