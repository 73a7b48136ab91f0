"""What stands before and after a name and tells what it names."""

from __future__ import annotations

from graphkb.extract.pattern import Pattern, words

__all__ = ["AFTER", "BEFORE", "TAILS"]

_BENCHMARK = (
    r"(?:benchmarks?|datasets?|corpus|corpora|leaderboards?|test[- ]?sets?|test suites?|"
    r"suites?|simulators?"
    r"|environments?|data ?sets?|challenges?|evaluation sets?|collections?|testbeds?|arena)"
)
_MODEL = (
    r"(?:models?|llms?|mllms?|lvlms?|vlms?|vlas?|checkpoints?|backbones?|encoders?|"
    r"generators?|series|famil(?:y|ies)"
    r"|variants|api|weights|language models?)"
)
_METHOD = (
    r"(?:algorithms?|methods?|approach(?:es)?|loss(?:es)?|objectives?|optimi[sz]ers?|architectures?"
    r"|modules?|mechanisms?|techniques?|training|paradigms?|strateg(?:y|ies)|frameworks?|"
    r"pipelines?|layers?"
    r"|blocks?|networks?|attention|sampling|sampler|decoding|search|distillation|objective"
    r"|procedures?|recipes?|updates?|steering|baselines?|kernels?|protocols?|stage|tuning|"
    r"fine-?tuning)"
)
_SUCH = (
    r"(?:\s*\(?\s*(?:,?\s*(?:such as|including|like|namely|e\.g\.?,?|i\.e\.?,?|:|"
    r"\())\s*)(?:the\s+)?$"
)

# After the name: "<name> benchmark". Tried in order; the first that is found counts.
AFTER: tuple[Pattern, ...] = (
    Pattern(
        "benchmark-noun",
        rf"^\s*(?:\([^()]{{1,40}}\)\s*)?{_BENCHMARK}\b",
        " benchmark, we",
        " model on a benchmark",
        "benchmarks",
    ),
    Pattern(
        "model-noun",
        rf"^\s*(?:\([^()]{{1,40}}\)\s*)?(?:base |instruct |reasoning |vision |"
        rf"language )?{_MODEL}\b",
        " models and",
        " modelling",
        "models",
    ),
    Pattern(
        "method-noun",
        rf"^\s*(?:\([^()]{{1,40}}\)\s*)?{_METHOD}\b",
        " algorithm",
        " model",
        "methods",
    ),
    Pattern(
        "benchmark-near",
        rf"^(?:\s+[a-z][a-z-]{{2,20}}){{1,3}}\s+{_BENCHMARK}\b",
        " interactive social evaluation benchmark",
        ", a benchmark",
        "benchmarks",
        exact=True,
    ),
    Pattern(
        "score-after",
        r"^\s*(?:scores?|accuracy|pass@\d|success rates?|leaderboard|fid|f1|map|tasks?)\b",
        " accuracy of 90%",
        " is accurate",
        "benchmarks",
    ),
)

# Before the name: "benchmarks such as <name>".
BEFORE: tuple[Pattern, ...] = (
    Pattern(
        "benchmarks-such-as",
        rf"{_BENCHMARK}{_SUCH}",
        "on benchmarks such as ",
        "benchmarks on ",
        "benchmarks",
    ),
    Pattern(
        "models-such-as",
        rf"{_MODEL}{_SUCH}",
        "models, including ",
        "models in ",
        "models",
    ),
    Pattern(
        "methods-such-as",
        rf"{_METHOD}{_SUCH}",
        "methods like ",
        "methods on ",
        "methods",
    ),
    Pattern(
        "benchmark-noun-before",
        rf"{_BENCHMARK}\s*(?:,|:|\(|called|named)\s*(?:the\s+)?$",
        "the benchmark ( ",
        "benchmark of ",
        "benchmarks",
    ),
    Pattern(
        "result-on",
        r"(?:\d\s?%?\)?|points?|scores?|score of [\d.]+|accuracy|performance|results?|"
        r"evaluat\w+|experiments?"
        r"|state-of-the-art|sota|outperform\w*|improv\w+|tested|success rates?|pass@\d+|"
        r"rates?|gains?|baselines?"
        r"|superior\w*|benchmark\w*|best|validated?|(?:is|are|work)s? competitive)"
        r"(?:\s+[a-z][a-z-]{1,20}){0,3}?\s*\b(?:on|in|across)\s+(?:the\s+|both\s+|all of\s+)?$",
        "achieves 90.1% on the ",
        "trained on ",
        "benchmarks",
    ),
    Pattern(
        "trained-on",
        r"\b(?:(?:pre-?|fine-?)?train(?:ed|ing)?|fine-?tun(?:ed|ing)|curated from|"
        r"sampled from|collected from)"
        r"(?:\s+[a-z][a-z-]{1,20}){0,3}?\s+(?:on|from|with)\s+(?:the\s+)?$",
        "pretrained on the ",
        "tested on ",
        "benchmarks",
    ),
    Pattern(
        "on",
        r"\b(?:on|across)\s+(?:the\s+|both\s+)?$",
        "holds on the ",
        "relies upon ",
        "benchmarks",
    ),
    Pattern(
        "beat",
        r"\b(?:outperform(?:s|ing|ed)?|surpass(?:es|ing|ed)?|exceed(?:s|ing|ed)?|"
        r"compared (?:to|with)|over|than|rival(?:s|ing)?"
        r"|comparable to|match(?:es|ing)?|beat(?:s|ing)?|baselines?)\s+(?:the\s+|of\s+|"
        r"that of\s+)?$",
        "outperforming ",
        "outperforms others in ",
        "methods",
    ),
    Pattern(
        "method-use",
        r"\b(?:via|using|use|uses|with|through|by|leverag(?:es?|ing)|employ(?:s|ing)?|"
        r"adopt(?:s|ing)?|appl(?:y|ies|ying)|"
        r"utiliz(?:es?|ing)|integrat(?:es?|ing)|combin(?:es?|ing)|incorporat(?:es?|ing)|"
        r"based on|extend(?:s|ing)?|"
        r"build(?:s|ing)? (?:up)?on|variants? of|called|called the)\s+(?:a\s+|an\s+|the\s+|"
        r"standard\s+)?$",
        "optimised via ",
        "a way of ",
        "methods",
    ),
)

_TAILS_OF_SUCH = words("as including like namely e.g e.g. e.g., i.e i.e. i.e., the : ( ,")
# The last word, or character, of what a pattern of BEFORE can match; those that are not here can
# end in many.
TAILS = {
    "benchmarks-such-as": _TAILS_OF_SUCH,
    "models-such-as": _TAILS_OF_SUCH,
    "methods-such-as": _TAILS_OF_SUCH,
    "benchmark-noun-before": words("called named the , : ("),
    "result-on": words("on in across the both of"),
    "trained-on": words("on from with the"),
    "on": words("on across the both"),
}
