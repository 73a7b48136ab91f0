"""Which figures a text reports, and on which benchmark each was measured, as learned.

Two questions about each figure that rules find (`graphkb.extract.figure`), each answered by a
logistic regression over named features, trained by ``scripts/train.py``:

*reported*: whether it reports a result, and is no size, count, version or cost. Features: the
figure's shape and unit, the cue before it, the words around it with names and figures replaced by
what they are, the verb that governs it, and the kind of sentence.

*on* and *nowhere*: every benchmark that the paper names is a candidate, and so is none. Features of
a candidate: what the rule says, order and distance in the sentence, what stands between and the
preposition, the places in two lists that run parallel ("80 and 90 on A and B"), else how far back
it was named last; whether it is the paper's own, and words of the sentence crossed with that. The
candidates' probabilities are scaled to a sum of one; a result's confidence is the product of both
answers.

References
----------
M. Singh, R. Sarkar, A. Vyas, P. Goyal, A. Mukherjee, S. Chakrabarti, "Automated early leaderboard
generation from comparative tables", ECIR 2019, and Y. Hou, C. Jochim, M. Gleize, F. Bonin,
D. Ganguly, "Identification of tasks, datasets, evaluation metrics, and numeric scores for
scientific leaderboards construction", ACL 2019: the task, there from tables and full texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from graphkb.extract.learned.figures import figures
from graphkb.extract.result import reported
from graphkb.extract.subject import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkb.extract.learned.figures import Figure
    from graphkb.extract.learned.linear import LinearModel
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.occurrence import Occurrence
    from graphkb.model.reading import NamedEntity, ReportedResult

__all__ = ["LEAST", "NOWHERE", "ON", "REPORTED", "RULE", "judged_results", "shares"]

REPORTED = "reported"
ON = "on"
NOWHERE = "nowhere"
RULE = "learned:result"
# Per mille: a figure that is less sure is none, whatever its benchmark.
LEAST = 50
# A second benchmark of one figure ("3% on A and B") is stated too where both are this sure.
_TOO = 500


def shares(figure: Figure, model: LinearModel) -> list[tuple[float, str | None, bool]]:
    """Return each candidate benchmark's probability, per mille, its name and whether it is taken.

    Parameters
    ----------
    figure : Figure
        The figure.
    model : LinearModel
        With the classes on and nowhere.

    Returns
    -------
    list of (float, str or None, bool)
        In the candidates' order, None for no benchmark. The likeliest is taken, and with it every
        benchmark that is itself likelier than not; the probabilities add up to 1000 but for these.
    """
    likely = [
        (model.per_mille_as(ON if name else NOWHERE, features), name)
        for name, features in figure.links
    ]
    best = max(likely, key=lambda item: item[0])
    too = [item for item in likely if best[1] and item[1] and item[0] >= _TOO]
    if len(too) > 1:
        return [(share, name, (share, name) in too) for share, name in likely]
    whole = sum(share for share, _ in likely) or 1
    return [(1000 * share / whole, name, (share, name) == best) for share, name in likely]


def judged_results(
    lines: Sequence[Wording],
    entities: Sequence[NamedEntity],
    occurrences: Sequence[Sequence[Occurrence]],
    model: LinearModel,
) -> tuple[ReportedResult, ...]:
    """Find the numbers that a text reports.

    Parameters
    ----------
    lines, entities, occurrences
        As in `graphkb.extract.learned.figures.figures`.
    model : LinearModel
        With the classes reported, on and nowhere.

    Returns
    -------
    tuple of ReportedResult
        In the text's order, sure or not.
    """
    setting = Setting.of(entities)
    within = {line.number: names for line, names in zip(lines, occurrences, strict=True)}
    found: list[ReportedResult] = []
    for figure in figures(lines, entities, occurrences):
        sure = model.per_mille_as(REPORTED, figure.features)
        if sure < LEAST:
            continue
        for share, name, taken in shares(figure, model):
            if taken:
                result = reported(
                    figure.line.sentence,
                    figure.values,
                    figure.number,
                    name,
                    within[figure.line.number],
                    setting,
                    figure.meant,
                )
                confidence = min(999, round(sure * share / 1000))
                found.append(structs.replace(result, rule=RULE, confidence=confidence))
    return tuple(found)
