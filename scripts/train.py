"""Train the learned parts of the reader and write their weights.

    python scripts/train.py [--dry]

Trains on the development part of the hand-annotated abstracts (GRAPHKB_SHARED, else ../shared),
never on the papers with int(sha256(id), 16) % 3 == 0, and on our own annotations of other papers
(annotations.py). Regularisation is chosen by five-fold
cross-validation, folds by the hash of the id; calibration is fitted on the scores out of fold, and
from the statements out of fold the thresholds are chosen (`thresholds.py`). The same data give the
same files, byte for byte. Needs scikit-learn (the extra ``dev``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import thresholds
from annotations import annotated_papers
from measure_rules import development, scorer, shared

if TYPE_CHECKING:
    from graphkb.extract.learned.pairs import Pair
    from graphkb.extract.learned.weights import Learned
    from graphkb.extract.learned.wording import Wording
    from graphkb.extract.sentences import Document
    from graphkb.model.reading import NamedEntity, TaskMention

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "graphkb" / "extract" / "learned"
FOLDS = 5
STRENGTHS = (0.3, 1.0)
STAGES = ("names", "tasks", "pairs", "results")
# How the features begin that may be signs of lineage, and how precise it has to be.
LINEAGE = (
    *("t ", "st ", "sk ", "name ", "instance", "announced", "extending", "listed", "lists", "r "),
    *("said", "unstated", "noun", "np ", "article", "joined", "subj", "phase", "s ", "source"),
    *("elsewhere", "target in title", "lines", "seen", "sure"),
)
LINEAGE_PRECISION = 0.7


def fold(identifier: str) -> int:
    """Return the fold of a development paper."""
    return int(hashlib.sha256(f"fold {identifier}".encode()).hexdigest(), 16) % FOLDS


@dataclass
class Instance:
    """What is classified: its features, and for each class whether it is (None: do not care)."""

    paper: str
    features: list[str]
    labels: dict[str, bool | None]
    key: Any = None


@dataclass
class Trained:
    """A stage's models: one a fold for the papers of this fold, and one of all papers."""

    folds: list[dict[str, Any]]
    whole: dict[str, Any]
    scores: dict[str, dict[str, float]] = field(default_factory=dict)


def matrix(rows: Sequence[Instance], index: Mapping[str, int]) -> Any:
    """Return the sparse matrix of known features."""
    import numpy as np
    from scipy.sparse import csr_matrix

    indices: list[int] = []
    starts = [0]
    for row in rows:
        indices.extend(sorted({index[f] for f in row.features if f in index}))
        starts.append(len(indices))
    return csr_matrix(
        (np.ones(len(indices)), np.array(indices), np.array(starts)),
        shape=(len(rows), len(index)),
    )


def vocabulary(rows: Sequence[Instance], least: int) -> dict[str, int]:
    """Return the features that enough papers have, numbered in their alphabetical order."""
    seen: Counter[str] = Counter()
    papers: dict[str, set[str]] = {}
    for row in rows:
        papers.setdefault(row.paper, set()).update(row.features)
    for features in papers.values():
        seen.update(features)
    kept = sorted(feature for feature, count in seen.items() if count >= least)
    return {feature: number for number, feature in enumerate(kept)}


def fitted(
    rows: Sequence[Instance], name: str, strength: float, least: int
) -> tuple[dict[str, int], Any]:
    """Fit one class's logistic regression; return its vocabulary and the classifier."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    used = [row for row in rows if row.labels.get(name) is not None]
    index = vocabulary(used, least)
    model = LogisticRegression(
        C=strength, solver="liblinear", max_iter=300, random_state=0, tol=1e-3
    )
    model.fit(matrix(used, index), np.array([bool(row.labels[name]) for row in used]))
    return index, model


def weights(index: Mapping[str, int], model: Any) -> dict[str, float]:
    """Return a fitted classifier as features' weights, those that say nothing left out."""
    answer = {"": round(float(model.intercept_[0]), 4)}
    for feature, number in sorted(index.items()):
        value = round(float(model.coef_[0][number]), 4)
        if abs(value) >= 0.02:
            answer[feature] = value
    return answer


def calibrated(scores: Any, labels: Any) -> tuple[float, float]:
    """Fit Platt's sigmoid on scores out of fold."""
    from sklearn.linear_model import LogisticRegression

    sigmoid = LogisticRegression(C=1e3, solver="lbfgs").fit(scores.reshape(-1, 1), labels)
    return (round(float(sigmoid.coef_[0][0]), 4), round(float(sigmoid.intercept_[0]), 4))


def best_threshold(
    scores: Any, labels: Any, missed: int, precision: float = 0.0
) -> tuple[float, float]:
    """Return the score above which F1 is best, and this F1; `missed` were never candidates.

    Of the scores above which less than `precision` is right none is chosen.
    """
    import numpy as np

    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(labels[order])
    seen = np.arange(1, len(order) + 1)
    f1 = np.where(right >= precision * seen, 2 * right / (seen + labels.sum() + missed), 0.0)
    best = int(np.argmax(f1))
    return float(scores[order[best]]), float(f1[best])


def train(
    rows: Sequence[Instance],
    classes: Sequence[str],
    least: int = 2,
    strengths: Sequence[float] = STRENGTHS,
    missed: Mapping[str, int] | None = None,
    report: Callable[[str], None] = print,
    extra: Sequence[Instance] = (),
    precision: float = 0.0,
) -> Trained:
    """Train one logistic regression a class, in folds and over all.

    Parameters
    ----------
    rows : sequence of Instance
        What was seen.
    classes : sequence of str
        What to tell.
    least : int, optional
        In how many papers a feature has to occur.
    strengths : sequence of float, optional
        scikit-learn's C to choose from.
    missed : mapping of str to int, optional
        For each class how many of the gold were never seen (for the report only).
    report : callable, optional
        Takes a line.
    extra : sequence of Instance, optional
        Only trained on.
    precision : float, optional
        What the reported threshold has to reach.

    Returns
    -------
    Trained
    """
    import numpy as np
    from scipy.special import expit

    folds: list[dict[str, Any]] = [{"weights": {}, "calibration": {}} for _ in range(FOLDS)]
    whole: dict[str, Any] = {"weights": {}, "calibration": {}}
    scores: dict[str, dict[str, float]] = {}
    parts = [fold(row.paper) for row in rows]
    for name in classes:
        labels = np.array([bool(row.labels.get(name)) for row in rows])
        cared = np.array([row.labels.get(name) is not None for row in rows])
        best: tuple[float, float, Any, Any] | None = None
        for strength in strengths:
            values = np.zeros(len(rows))
            models = []
            for number in range(FOLDS):
                training = [r for r, p in zip(rows, parts, strict=True) if p != number]
                training += [row for row in extra if fold(row.paper) != number]
                index, model = fitted(training, name, strength, least)
                models.append(weights(index, model))
                held = [at for at, p in enumerate(parts) if p == number]
                values[held] = model.decision_function(matrix([rows[at] for at in held], index))
            p = np.clip(expit(values[cared]), 1e-6, 1 - 1e-6)
            y = labels[cared]
            loss = float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean())
            if best is None or loss < best[0]:
                best = (loss, strength, values, models)
        if best is None:
            raise ValueError("no strength to choose from")
        loss, strength, values, models = best
        slope = calibrated(values[cared], labels[cared])
        lost = (missed or {}).get(name, 0)
        cut, f1 = best_threshold(values[cared], labels[cared], lost, precision)
        at = expit(slope[0] * cut + slope[1])
        report(
            f"  {name:14} C={strength:<4} loss={loss:.4f} F1={f1:.3f} at {at:.3f} "
            f"of {int(labels[cared].sum())}/{int(cared.sum())} calibration={slope}"
        )
        scores[name] = {
            "C": strength,
            "loss": round(loss, 4),
            "f1": round(f1, 3),
            "at": round(float(at), 3),
        }
        for number in range(FOLDS):
            folds[number]["weights"][name] = models[number]
            folds[number]["calibration"][name] = slope
        index, model = fitted([*rows, *extra], name, strength, least)
        whole["weights"][name] = weights(index, model)
        whole["calibration"][name] = slope
    return Trained(folds, whole, scores)


@dataclass
class Paper:
    """A development paper, split, with its annotation."""

    identifier: str
    gold: dict[str, Any]
    document: Document
    lines: list[Wording]


class Course:
    """Trains stage after stage, each on what the earlier ones decide out of fold."""

    def __init__(
        self,
        stages: Sequence[str] = STAGES,
        report: Callable[[str], None] = print,
        after: Callable[[Course, str], None] = lambda *_: None,
    ) -> None:
        from graphkb.extract.catalogue import load_catalogue
        from graphkb.extract.learned.weights import shipped_terms
        from graphkb.extract.learned.wording import wordings
        from graphkb.extract.sentences import Document
        from graphkb.model.text import clean_text

        self.stages = tuple(stages)
        # What thresholds.py bends further: slope and offset by kind.
        self.bent: dict[str, tuple[float, float]] = {}
        self.score = scorer()
        self.catalogue = load_catalogue()
        self.report = report
        self.terms = shipped_terms()

        def papers(rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> Iterator[Paper]:
            for row, gold in rows:
                document = Document.of(clean_text(row["title"]), clean_text(row["abstract"]))
                yield Paper(row["id"], gold, document, wordings(document, self.terms))

        self.papers = list(papers(development(None)))
        # Only trained on: scores, calibration and thresholds come from the papers above.
        self.more = list(papers(annotated_papers()))
        self.trained: dict[str, Trained] = {}
        for stage in stages:
            self.report(stage)
            self.trained[stage] = getattr(self, stage)()
            after(self, stage)

    def learned(self, number: int | None) -> Learned:
        """Return the models for the papers of a fold, or those of all papers."""
        from graphkb.extract.learned.linear import LinearModel
        from graphkb.extract.learned.weights import Learned

        return Learned(
            **{
                stage: LinearModel.of(trained.whole if number is None else trained.folds[number])
                for stage, trained in self.trained.items()
            },
            terms=self.terms,
        )

    def readers(self) -> list[Any]:
        """Return a reader a fold, with what was trained so far."""
        from graphkb.extract.reader import Reader

        return [Reader(self.catalogue, self.learned(number)) for number in range(FOLDS)]

    def forms(self, entity: NamedEntity) -> frozenset[str]:
        """Return an entity's spellings as the scorer compares them."""
        found: frozenset[str] = self.score.forms(
            {
                "name": entity.name,
                "surface": entity.surface,
                "long": entity.long,
                "aliases": entity.aliases,
            }
        )
        return found

    def names(self) -> Trained:
        """Train what a name is to its paper."""
        from graphkb.extract.learned.linear import LinearModel
        from graphkb.extract.learned.names import CLASSES, name_features
        from graphkb.extract.learned.weights import Learned
        from graphkb.extract.naming import Expansions
        from graphkb.extract.reader import Reader

        reader = Reader(self.catalogue, Learned(names=LinearModel({}), terms=self.terms))
        rows: list[Instance] = []
        extra: list[Instance] = []
        missed: dict[str, int] = dict.fromkeys(CLASSES, 0)
        for paper, target in self.targets(rows, extra):
            expansions = Expansions(paper.document)
            clusters = reader.clusters(paper.document, paper.lines, expansions)
            wanted = {group: self.score.entities(paper.gold, group, True) for group in CLASSES}
            hit: set[tuple[str, int]] = set()
            described = name_features(clusters, paper.lines, expansions)
            for cluster, features in zip(clusters, described, strict=True):
                forms = self.forms(cluster.entity)
                if not forms or forms & self.score.NEUTRAL:
                    continue
                right = {
                    (group, number)
                    for group in CLASSES
                    for number, gold in enumerate(wanted[group])
                    if forms & gold
                }
                hit |= right
                groups = {group for group, _ in right}
                labels: dict[str, bool | None] = {group: group in groups for group in CLASSES}
                if labels["introduces"]:
                    labels["benchmarks"] = False
                target.append(Instance(paper.identifier, features, labels))
            for group in CLASSES if target is rows else ():
                missed[group] += len(wanted[group]) - sum(g == group for g, _ in hit)
        return train(rows, CLASSES, missed=missed, report=self.report, extra=extra)

    def targets(
        self, rows: list[Instance], extra: list[Instance]
    ) -> Iterator[tuple[Paper, list[Instance]]]:
        """Yield each paper with the list that takes its instances: measured on, or only learned."""
        for paper in self.papers:
            yield paper, rows
        for paper in self.more:
            yield paper, extra

    def tasks(self) -> Trained:
        """Train which phrases name tasks."""
        from graphkb.extract.confidence import THRESHOLDS
        from graphkb.extract.learned.tasks import CLASS, described_phrases
        from graphkb.extract.lexicon import Lexicon

        lexicon = Lexicon(self.catalogue)
        readers = self.readers()
        rows: list[Instance] = []
        extra: list[Instance] = []
        missed = 0
        for paper, target in self.targets(rows, extra):
            entities = readers[fold(paper.identifier)].entities(paper.document, paper.lines)
            believed = [e for e in entities if e.confidence >= THRESHOLDS[e.group]]
            wanted = [self.score.forms(task) for task in paper.gold["tasks"]]
            hit = set()
            for _, found, features in described_phrases(paper.lines, lexicon, believed):
                forms = self.score.forms(found[0].text)
                right = [number for number, gold in enumerate(wanted) if forms & gold]
                hit.update(right)
                target.append(Instance(paper.identifier, features, {CLASS: bool(right)}))
            missed += len(wanted) - len(hit) if target is rows else 0
        strengths = (0.1, 0.2)
        return train(rows, [CLASS], 2, strengths, {CLASS: missed}, self.report, extra)

    def pairs(self) -> Trained:
        """Train what a text states of two names, on predicted and on annotated names."""
        from graphkb.extract.confidence import THRESHOLDS
        from graphkb.extract.learned.pairs import TASK_TYPE, TYPES, pairs
        from graphkb.extract.occurrence import Occurrences
        from graphkb.extract.task import MOST

        readers = self.readers()
        rows: list[Instance] = []
        more: list[Instance] = []
        extra: list[Instance] = []
        for paper, own in self.targets(rows, more):
            reader = readers[fold(paper.identifier)]
            found = reader.entities(paper.document, paper.lines)
            tasks = reader.tasks(paper.document, paper.lines, found)
            believed = [e for e in found if e.confidence >= THRESHOLDS[e.group]]
            mentioned = [t for t in tasks if t.confidence >= THRESHOLDS["tasks"]][:MOST]
            for entities, named, target in (
                (believed, mentioned, own),
                (*annotated(paper), extra),
            ):
                occurrences = Occurrences(entities, named).of(paper.document)
                described = pairs(paper.lines, entities, named, occurrences)
                target.extend(self.labelled(paper, described, entities, named))
        # With annotated tasks nearly every one is what the paper is applied to.
        extra = [*more, *(row for row in extra if TASK_TYPE not in row.labels)]
        common = [kind for kind in TYPES if kind != "EXTENDS"]
        trained = train(
            rows, common, least=3, strengths=(0.06, 0.1), report=self.report, extra=extra
        )
        # Lineage is rare: few signs of it, weighed freely, hold better than every word. What is
        # wanted is the top of the list, not the loss.
        lineage = train(
            [kept(row) for row in rows],
            ["EXTENDS"],
            least=3,
            strengths=(0.6,),
            report=self.report,
            extra=[kept(row) for row in extra],
            precision=LINEAGE_PRECISION,
        )
        for one, other in zip(
            (*trained.folds, trained.whole), (*lineage.folds, lineage.whole), strict=True
        ):
            for part in ("weights", "calibration"):
                one[part].update(other[part])
        trained.scores.update(lineage.scores)
        return trained

    def results(self) -> Trained:
        """Train which figures are results and of which benchmark, as `pairs` does."""
        from graphkb.extract.confidence import THRESHOLDS
        from graphkb.extract.learned.results import NOWHERE, ON, REPORTED

        readers = self.readers()
        rows: list[Instance] = []
        extra: list[Instance] = []
        missed = 0
        for paper in self.papers:
            entities = readers[fold(paper.identifier)].entities(paper.document, paper.lines)
            believed = [e for e in entities if e.confidence >= THRESHOLDS[e.group]]
            found = list(self.figures(paper, believed))
            rows.extend(found)
            seen = {row.key for row in found if row.labels.get(REPORTED)}
            missed += len({self.value(x["value"]) for x in paper.gold["results"]} - seen)
            named, _ = annotated(paper)
            extra.extend(self.figures(paper, named))
        return train(
            rows,
            (REPORTED, ON, NOWHERE),
            strengths=(0.1, 0.3),
            missed={REPORTED: missed},
            report=self.report,
            extra=extra,
        )

    def value(self, text: str) -> str:
        """Return a figure's text as the scorer compares it."""
        return str(self.score.re.sub(r"[\\\s]", "", text))

    def figures(self, paper: Paper, entities: Sequence[NamedEntity]) -> Iterator[Instance]:
        """Tell of each figure whether it is annotated, and of each benchmark whether it is its."""
        from graphkb.extract.learned.figures import figures
        from graphkb.extract.learned.results import NOWHERE, ON, REPORTED
        from graphkb.extract.occurrence import Occurrences

        wanted: dict[str, set[str]] = {}
        for result in paper.gold["results"]:
            benchmark = self.score.norm(result["benchmark"] or "")
            wanted.setdefault(self.value(result["value"]), set()).add(benchmark)
        forms = {entity.name: self.forms(entity) for entity in entities}
        occurrences = Occurrences(entities, ()).of(paper.document)
        for figure in figures(paper.lines, entities, occurrences):
            value = self.value(figure.values[figure.number].text)
            on = wanted.get(value)
            yield Instance(
                paper.identifier, list(figure.features), {REPORTED: on is not None}, value
            )
            if on is None:
                continue
            for name, features in figure.links:
                if name is None:
                    labels: dict[str, bool | None] = {NOWHERE: "" in on}
                else:
                    labels = {ON: bool(forms[name] & on)}
                yield Instance(paper.identifier, list(features), labels)

    def labelled(
        self,
        paper: Paper,
        described: Sequence[Pair],
        entities: Sequence[NamedEntity],
        tasks: Sequence[TaskMention],
    ) -> list[Instance]:
        """Tell of each pair what the annotation states."""
        from graphkb.extract.learned.pairs import types_of

        record: dict[str, list[Any]] = {"tasks": [task.name for task in tasks]}
        for entity in entities:
            record.setdefault(entity.group, []).append(
                {
                    "name": entity.name,
                    "surface": entity.surface,
                    "long": entity.long,
                    "aliases": entity.aliases,
                }
            )
        known = self.score.aliases(record, False)
        wanted = self.score.relation_items(paper.gold, self.score.aliases(paper.gold, True))
        found: list[Instance] = []
        for pair in described:
            row = {"source": pair.source, "type": "USES", "target": pair.target}
            items = self.score.relation_items({"relations": [row]}, known)
            if not items:
                continue
            source, _, target = items[0]
            stated = {
                kind
                for gold_source, kind, gold_target in wanted
                if source & gold_source and target & gold_target
            }
            labels: dict[str, bool | None] = {
                kind: kind in stated for kind in types_of(pair.group) if pair.may(kind)
            }
            found.append(Instance(paper.identifier, list(pair.features), labels))
        return found


def kept(row: Instance) -> Instance:
    """Return an instance with only those features that may be signs of lineage."""
    features = [feature for feature in row.features if feature.startswith(LINEAGE)]
    return Instance(row.paper, features, row.labels, row.key)


def places(document: Document, evidence: str) -> list[tuple[str, int, int]]:
    """Find where the words of an evidence stand."""
    wanted = evidence.lower()
    found = []
    for name, text in (("title", document.title), ("abstract", document.abstract)):
        at = text.lower().find(wanted)
        while wanted and at >= 0:
            found.append((name, at, at + len(wanted)))
            at = text.lower().find(wanted, at + 1)
    return found


def annotated(paper: Paper) -> tuple[list[NamedEntity], list[TaskMention]]:
    """Return the annotation's names as entities, where they first stand."""
    from graphkb.model.name import name_key
    from graphkb.model.reading import NamedEntity, TaskMention

    gold, document = paper.gold, paper.document
    wanted: list[tuple[str, str, str, str | None]] = [
        *(("introduces", x["name"], x["kind"], x["long"]) for x in gold["introduces"]),
        *(("benchmarks", x["name"], "benchmark", None) for x in gold["benchmarks"]),
        *(("models", name, "model", None) for name in gold["mentions_models"]),
        *(("methods", x["name"], "method", x["long"]) for x in gold["mentions_methods"]),
    ]
    found: dict[str, NamedEntity] = {}
    for group, name, kind, long in wanted:
        spots = places(document, name)
        if spots and name_key(name) not in found:
            where, begin, stop = (
                spots[-1]
                if spots[0][0] == spots[-1][0]
                else next(spot for spot in spots if spot[0] == "abstract")
            )
            text = document.text("title" if where == "title" else "abstract")
            found[name_key(name)] = NamedEntity(
                group,  # type: ignore[arg-type]
                name,
                kind,
                text[begin:stop],
                "title" if where == "title" else "abstract",
                begin,
                stop,
                "annotated",
                1000,
                (0, 0),
                long,
            )
    tasks = [TaskMention(t, "abstract", 0, 0, "annotated", 1000, (0, 0)) for t in gold["tasks"]]
    return list(found.values()), tasks


def data_digest() -> str:
    """Return the SHA-256 of what was trained on."""
    digest = hashlib.sha256()
    for paper, gold in (*development(None), *annotated_papers()):
        digest.update(json.dumps([paper, gold], sort_keys=True).encode())
    return digest.hexdigest()


def written(course: Course) -> str:
    """Return the weights file's text."""
    from graphkb.extract.learned.weights import FEATURES

    stored = {
        "features": FEATURES,
        "data": data_digest(),
        "bent": course.bent,
        "scores": {stage: trained.scores for stage, trained in course.trained.items()},
        "models": {stage: trained.whole for stage, trained in course.trained.items()},
    }
    return json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def main() -> None:
    """Train every stage and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="write nothing, print the scores")
    arguments = parser.parse_args()
    if not shared().is_dir():
        sys.exit(f"{shared()} is not there; GRAPHKB_SHARED says where the data lies")
    thresholds.start()
    course = Course(after=thresholds.settle)
    text = written(course)
    if arguments.dry:
        return
    (FOLDER / "weights.json").write_text(text, encoding="utf-8")
    # What the tagger of terms says is a feature of the rest: one digest for both files.
    both = text.encode() + (FOLDER / "terms.json").read_bytes()
    digest = hashlib.sha256(both).hexdigest()[:12]
    path = FOLDER / "digest.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f'DIGEST = "{digest}"' if line.startswith("DIGEST") else line for line in lines]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    thresholds.TARGET.write_text(thresholds.written(), encoding="utf-8")
    print(f"{len(text)} bytes, {len(course.papers)} papers, {digest}")


if __name__ == "__main__":
    main()
