"""Which reported numbers may stand side by side: metrics in one spelling, units of one scale."""

from __future__ import annotations

import re

__all__ = ["comparable_value", "metric_key", "scale"]

# What a sentence says where it names no metric.
_UNTOLD = frozenset({"performance", "result", "score", "rate", "value", "point", "number"})
_PLURALS = {"accuracies": "accuracy", "speed-up": "speedup", "speed-ups": "speedup"}
_SAME = {
    "em": "exact match",
    "f1 score": "f1",
    "f1-score": "f1",
    "frames per second": "fps",
    "task success": "success rate",
    "winrate": "win rate",
    "win-rate": "win rate",
}
# Words that do not change what is measured.
_IDLE = re.compile(r"^(?:(?:the|its|their|an?|both|overall|task|final)\s+)+(?=\S)")
_FUNCTION = re.compile(r"^(?:and|or|but|the|both|of|in|on|by|to|with|from|for|than|is|are)$")
_SHARE = re.compile(
    r"accurac|rate$|pass[@^]|avg@|maj@|cons@|best@|recall|precision|f1\b|exact match|"
    r"hits?@|au(?:c|roc|prc)\b|iou\b|\bm?ap(?:@|\d|$)|ndcg|mrr|\bmfu\b|truthfulness|hallucination"
)
_IN_A_HUNDRED = ("%", "points", None)


def metric_key(metric: str | None) -> str | None:
    """Return the one spelling of a metric.

    Parameters
    ----------
    metric : str or None
        As a paper writes it.

    Returns
    -------
    str or None
        Lower case, singular, without words that change nothing; None where the words name no
        metric ("performance", "scores").

    Examples
    --------
    >>> metric_key("Pass@1"), metric_key("task success rates"), metric_key("F1 score")
    ('pass@1', 'success rate', 'f1')
    >>> metric_key("performance") is None, metric_key("average accuracy")
    (True, 'average accuracy')
    """
    words = " ".join((metric or "").casefold().replace("\\", "").split())
    key = _IDLE.sub("", words)
    *before, last = key.split() or [""]
    singular = last[:-1] if re.fullmatch(r"[a-z-]{3,}[^s]s", last) else last
    key = " ".join([*before, _PLURALS.get(last, singular)])
    key = _SAME.get(key, key)
    return None if not key or key in _UNTOLD or _FUNCTION.match(key) else key


def scale(key: str | None, unit: str | None, value: float) -> str:
    """Return what numbers of a metric must have in common to be compared.

    Parameters
    ----------
    key : str or None
        The metric, from :func:`metric_key`.
    unit : str or None
        The unit as the graph has it.
    value : float
        The figure.

    Returns
    -------
    str
        ``%`` for shares, with and without the sign; else the unit; empty where there is none. Of
        a metric that is not named, a bare 0.9 may be no share, and is with its like.

    Examples
    --------
    >>> scale("accuracy", None, 0.9), scale("psnr", "dB", 28.0), scale("fid", None, 1.3)
    ('%', 'dB', '')
    >>> scale(None, None, 90.0), scale(None, None, 0.9)
    ('%', '')
    """
    if key is None and unit is None and 0 <= value <= 1:
        return ""
    if (key is None or _SHARE.search(key)) and unit in _IN_A_HUNDRED:
        return "%"
    return unit or ""


def comparable_value(value: float, key: str | None, unit: str | None) -> float:
    """Return a value on the scale of its kind: a share as a percentage.

    Parameters
    ----------
    value : float
        As written.
    key : str or None
        The metric, from :func:`metric_key`.
    unit : str or None
        The unit.

    Returns
    -------
    float
        A share between 0 and 1 without a unit, times a hundred; any other value as it is.

    Examples
    --------
    >>> comparable_value(0.853, "accuracy", None), comparable_value(0.5, "accuracy", "%")
    (85.3, 0.5)
    """
    if unit is None and key is not None and _SHARE.search(key) and 0 <= value <= 1:
        return round(value * 100, 9)
    return value
