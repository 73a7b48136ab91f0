"""How often papers name methods, models, benchmarks and tasks: measured on a store, kept here.

``python -m benchmarks.popularity STORE`` measures a store again. The constants are of the flat file
of 3,783 papers of 2025 (arXiv, mostly machine learning). Of each label: how many things a paper
introduces; how many that it does not introduce it names; which share of these are things that many
know (the shipped catalogue has them); and the law ``(rank + shift) ** -exponent`` of how often
those are named, fitted by least squares on the logarithms of all that two papers or more name. The
names that lead each list in 2025 lead it here; a name is a fact, and the rest are the catalogue's.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate

import graphkb
from graphkb.extract.catalogue import load_catalogue
from graphkb.model.name import name_key
from graphkb.store.protocol import Store

__all__ = ["AUTHORS_LOG_SPREAD", "LABELS", "WORDS", "WORDS_SPREAD", "Popularity", "measured"]

# The standard deviation of the logarithm of how many authors a paper has. (Their mean, 10.3, is
# that of machine learning in 2025, not of all sciences and years.)
AUTHORS_LOG_SPREAD = 0.67
# How long an abstract is: mean and standard deviation.
WORDS, WORDS_SPREAD = 184, 38


@dataclass(frozen=True, slots=True)
class Popularity:
    """How papers name the things of a label.

    Parameters
    ----------
    introduced : float
        How many a paper introduces, on average.
    named : float
        How many others it names.
    known : float
        The share of these that the catalogue has.
    shift, exponent : float
        Of the law by which these are named.
    leading : tuple of str
        Which are named most, the first most often.
    """

    introduced: float
    named: float
    known: float
    shift: float
    exponent: float
    leading: tuple[str, ...] = ()

    def weights(self, count: int) -> list[float]:
        """Return cumulative weights of so many ranks, for ``random.choices``."""
        return list(accumulate((at + 1 + self.shift) ** -self.exponent for at in range(count)))


LABELS: Mapping[str, Popularity] = {
    "Method": Popularity(
        introduced=0.86,
        named=1.53,
        known=0.74,
        shift=11.0,
        exponent=1.56,
        leading=(
            "SFT",
            "diffusion model",
            "CoT",
            "Transformer",
            "DiT",
            "GRPO",
            "test-time scaling",
            "RAG",
            "autoregressive modeling",
            "video diffusion model",
            "RLVR",
            "DPO",
            "KV cache",
            "LoRA",
            "MoE",
            "world model",
            "flow matching",
            "VAE",
            "self-attention",
            "ICL",
        ),
    ),
    "Model": Popularity(
        introduced=0.26,
        named=0.58,
        known=0.7,
        shift=4.0,
        exponent=1.23,
        leading=(
            "GPT-4o",
            "DeepSeek-R1",
            "o1",
            "Gemini 2.5",
            "LRM",
            "CLIP",
            "o3",
            "GPT-5",
            "LLaMA",
            "Qwen",
            "Qwen2.5-VL",
            "Claude 3.5 Sonnet",
            "Gemini",
            "Qwen2.5",
            "GPT-4",
            "FLUX.1",
            "GPT",
            "Qwen3",
            "o3-mini",
            "Llama 3",
        ),
    ),
    "Benchmark": Popularity(
        introduced=0.25,
        named=0.49,
        known=0.68,
        shift=4.0,
        exponent=0.96,
        leading=(
            "ImageNet",
            "AIME 2024",
            "MATH-500",
            "GSM8K",
            "GenEval",
            "AIME 2025",
            "AIME",
            "VBench",
            "MMLU",
            "LIBERO",
            "LiveCodeBench",
            "OSWorld",
            "MathVista",
            "MATH",
            "GAIA",
            "MMMU",
            "GPQA",
            "AndroidWorld",
            "GPQA Diamond",
            "Humanity's Last Exam",
        ),
    ),
    "Task": Popularity(
        introduced=0.0,
        named=1.97,
        known=0.38,
        shift=19.5,
        exponent=1.95,
        leading=(
            "video generation",
            "image generation",
            "mathematical reasoning",
            "text-to-image generation",
            "multimodal reasoning",
            "code generation",
            "visual understanding",
            "visual reasoning",
            "image editing",
            "spatial reasoning",
            "video understanding",
            "instruction following",
            "robotic manipulation",
            "tool use",
            "question answering",
            "text-to-video generation",
            "visual question answering",
            "synthetic data generation",
            "language modeling",
            "multimodal understanding",
        ),
    ),
}


def measured(store: Store) -> dict[str, Popularity]:
    """Measure a store.

    Parameters
    ----------
    store : Store
        Of papers whose texts were read.

    Returns
    -------
    dict
        By label.
    """
    papers = {e.id for e in store.entities(["Paper"]) if not e.properties.get("stub")}
    edges = [e for e in store.edges() if e.paper in papers and e.end_label in (*_READ, "Task")]
    curated = {name_key(entry.name) for entry in load_catalogue().entries}
    found = {}
    for label in (*_READ, "Task"):
        things = {e.id: e for e in store.entities([label])}
        own = {(e.end, e.paper) for e in edges if e.type == "INTRODUCES" and e.end_label == label}
        pairs = {(e.end, e.paper) for e in edges if e.end_label == label} - own
        known = [pair for pair in pairs if name_key(things[pair[0]].name) in curated]
        named = Counter(id_ for id_, _ in known)
        shift, exponent = _fitted([count for _, count in named.most_common() if count > 1])
        found[label] = Popularity(
            introduced=round(len(own) / len(papers), 2),
            named=round(len(pairs) / len(papers), 2),
            known=round(len(known) / len(pairs), 2) if pairs else 0.0,
            shift=shift,
            exponent=round(exponent, 2),
            leading=tuple(things[id_].name for id_, _ in named.most_common(20)),
        )
    return found


_READ = ("Method", "Model", "Benchmark")


def _fitted(counts: Sequence[int]) -> tuple[float, float]:
    """Return shift and exponent that err least, squares of logarithms."""
    best = (math.inf, 0.0, 0.0)
    for shift in (half / 2 for half in range(40)):
        xs = [math.log(at + 1 + shift) for at in range(len(counts))]
        ys = [math.log(count) for count in counts]
        x, y = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
        slope = math.fsum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / math.fsum(
            (a - x) ** 2 for a in xs
        )
        error = math.fsum((b - y - slope * (a - x)) ** 2 for a, b in zip(xs, ys, strict=True))
        best = min(best, (error, shift, -slope))
    return best[1:]


def main() -> None:
    """Measure a store and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    with graphkb.open(parser.parse_args().store) as base:
        for label, found in measured(base.store).items():
            print(label, json.dumps(asdict(found), ensure_ascii=False))


if __name__ == "__main__":
    main()
