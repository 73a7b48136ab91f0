"""What kind of thing a name is, by the noun that the text gives it."""

from __future__ import annotations

import re
from itertools import islice

__all__ = ["KIND_NOUNS", "kind_of_name", "kind_of_phrase"]

_NOUNS = {
    "framework": """
        framework frameworks system systems toolkit toolkits pipeline pipelines agent agents
        platform platforms library libraries engine infrastructure package tool workflow
        scaffold harness stack ecosystem codebase assistant prototype interface
        """,
    "model": """
        model models llm llms mllm mllms vlm vlms vla vlas lmm lmms transformer checkpoint
        checkpoints series family families network autoencoder vae encoder decoder generator
        tokenizer classifier embedder detector retriever reranker verifier judge suite-of-models
        policy
        """,
    "benchmark": """
        benchmark benchmarks suite leaderboard arena testbed challenge exam test-suite testsuite
        """,
    "dataset": """
        dataset datasets corpus corpora collection data-set database
        """,
    "environment": """
        environment environments simulator gym playground sandbox world
        """,
    "method": """
        algorithm algorithms method methods approach approaches strategy strategies module
        modules mechanism mechanisms loss losses objective objectives metric metrics technique
        techniques paradigm scheme procedure training optimization optimizer attention
        distillation sampling regularization sampler kernel operator layer block recipe protocol
        formulation learning decoding reward policy-gradient adapter plug-in plugin variant
        architecture architectures score measure theory representation diffusion tuning
        alignment search extension unit component stage function
        """,
}

KIND_NOUNS: dict[str, str] = {
    noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()
}

_CLAUSE = re.compile(
    r"\b(?:that|which|who|for|to|of|by|where|with|using|via|from|on|in|when|whose|based|"
    r"designed|built|trained|"
    r"aimed|capable|consisting|comprising|containing|covering|and|featuring|enabling|tailored|"
    r"spanning|"
    r"towards?|as|is|are|leveraging|allowing|supporting)\b|[,.;:()]|--"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_BENCHMARK = re.compile(
    r"(?:bench(?:mark)?|eval|exam|arena)(?:[-_ ]?v?\d[\d.]*|-[A-Za-z]{1,10})?$", re.IGNORECASE
)
_DATASET = re.compile(r"(?:dataset|corpus|-?(?:\d+[KM])|data|QA|-set)$")
_MODEL = re.compile(
    r"(?:[-_ ]\d+(?:\.\d+)?[BM]\b|(?:GPT|LLM|VLM|VLA|LLaVA|LM|BERT|Llama|Former|"
    r"Net)(?:[-_.\d].*)?$)"
)


def kind_of_phrase(text: str) -> str | None:
    """Tell the kind by the head of the noun phrase with which a text begins.

    Parameters
    ----------
    text : str
        Text that begins with a noun phrase, its article taken off or not.

    Returns
    -------
    str or None
        framework, model, benchmark, dataset, environment, method, or None where no noun says.

    Examples
    --------
    >>> kind_of_phrase("a novel framework for training language models")
    'framework'
    >>> kind_of_phrase("the first comprehensive and fair benchmark for agents")
    'benchmark'
    >>> kind_of_phrase("an apple") is None
    True
    """
    begin = 0
    for clause in islice(_CLAUSE.finditer(text[:200], 1), 4):
        kind = _head(text[begin : clause.start()])
        # "a curated, unified and open corpus": the noun comes after the adjectives.
        if kind or clause.group() not in (",", "and"):
            return kind
        begin = clause.end()
    return _head(text[begin:200])


def _head(phrase: str) -> str | None:
    for word in reversed(_WORD.findall(phrase)):
        kind = KIND_NOUNS.get(word.lower()) or KIND_NOUNS.get(word.lower().rpartition("-")[2])
        if kind:
            return kind
    return None


def kind_of_name(name: str) -> str | None:
    """Tell the kind by the name itself (-Bench, -7B, …Dataset), or None.

    Examples
    --------
    >>> [kind_of_name(name) for name in ("GUI-Bench", "Foo-7B", "Bar")]
    ['benchmark', 'model', None]
    """
    name = name[-40:]
    if _BENCHMARK.search(name):
        return "benchmark"
    if _MODEL.search(name):
        return "model"
    if _DATASET.search(name):
        return "dataset"
    return None
