"""What a word looks like: which shapes names have, and words that look like names and are none."""

from __future__ import annotations

import re
from functools import lru_cache

from graphkb.extract.pattern import words

__all__ = ["GENERIC", "TOO_GENERAL", "is_generic", "is_name", "shape"]

# Abbreviations and proper nouns of the field that name no method, model or benchmark.
GENERIC = words(
    """
    ai agi asi aigc genai llm lm slm vlm lvlm mllm lmm mlm lrm vla plm dlm dllm fm rl drl marl
    rm prm orm nlp nlu nlg cv ml dl hci gpu cpu tpu npu api apis gui ui ux cli sdk ide os 2d 3d
    4d 2.5d 1d qa vqa sota rgb rgbd rgb-d bev pde ode sde vr ar xr mr iot stem sql html css xml
    json yaml pdf svg latex csv ocr asr tts stt fps flop flops gflops tflops kl mse mae rmse
    psnr ssim lpips fid fvd bleu rouge meteor cider f1 auc auroc auprc iou miou map wer cer mos
    elo snr id ood iid i2v t2v t2i t2m i2i v2v v2a t2a tts-s s2s en zh us uk eu usa un iclr
    neurips icml cvpr iccv eccv acl emnlp naacl aaai ijcai kdd siggraph h100 a100 h200 b200 h800
    v100 rtx rtx4090 4k 8k 1080p 720p 480p 512x512 1024x1024 hd uhd nvidia amd intel github
    huggingface hugging arxiv openai deepmind google meta microsoft apple amazon alibaba
    bytedance tencent baidu anthropic xai linkedin youtube twitter reddit wikipedia python java
    javascript typescript c++ rust golang cuda verilog c# matlab kotlin isabelle coq windows
    linux android ios macos ubuntu iphone ipad excel powerpoint phd mri ct eeg ecg dna rna covid
    covid-19 fda mit stanford berkeley tsinghua ioi imo aime-level fp16 fp8 fp32 bf16 int8 int4
    fp4 4-bit 8-bit 2-bit 1-bit 16-bit w4a4 w8a8 ram vram hbm ssd dof 6dof 6-dof cot-based
    pass@1 pass@k top-k top-1 top-5 top-p best-of-n k-means n-gram a.i io qps ttft slo slos p99
    kv utf-8 ascii unicode url urls http https doi isbn cc by-nc human-in-the-loop human-ai
    sim-to-real sim2real text-to-image text-to-video image-to-video text-to-speech
    speech-to-text end-to-end co2 gt nvs sr mimo ner re rte ie kg kgs qas mcq mcqs mdp mdps
    pomdp non-english english chinese japanese german french spanish arabic hindi turkish
    russian korean i ii iii iv v vi vii viii ix x a b c d e f g h j k l m n o p q r s t u w y z
    eg etc et al vs we our this that however moreover furthermore additionally code project page
    cad ehr ehrs gdp esg roi ceo hpc ci cd saas db dbs ip tcp http2 gb mb tb kb hz khz fov 360
    q&a w.r.t hoi hois vlms-based llms-based llm-based mllm-based vlm-based llm-generated
    ai-generated dit-based u.s eq fig table figure section appendix theorem
    """
)

_CAMEL = re.compile(r"[^\W\d_]*[a-z][A-Z]|^[A-Z]{2,}[a-z]{2,}|^[A-Z][A-Za-z]*[A-Z][a-z]+")
_DIGIT = re.compile(r"\d")
_ENDS_OF_SIZES = frozenset("0123456789kmbtsx")
_SIZE = re.compile(
    r"^(?:sub-|leq|geq|approx|sim)?\d+(?:\.\d+)?[kmbt]?(?:(?:-|to)\d+(?:\.\d+)?[kmbt]?)*$"
    r"|^(?:\d+(?:x|times|\u00d7))?(?:[ahbv]\d{2,3}|h20|l40s?|gb200|mi300x|rtx-?\d*)s?$"
)
_MEASURE = re.compile(
    r"^\d[\d.,]*(?:[-x\u00d7]\d[\d.]*)*(?:x|X|\u00d7|%|k|K|M|B|T|h|s|ms|fps|FPS|px|p|bit|bits|"
    r"GB|MB|TB|"
    r"B-parameter|M-parameter"
    r"|st|nd|rd|th|D|d|times|-[a-z]+(?:-[a-z]+)*)?$"
)


@lru_cache(maxsize=32768)
def shape(word: str) -> str:
    """Tell a word's shape.

    Parameters
    ----------
    word : str
        A token.

    Returns
    -------
    str
        camel (capitals within: AdaR, iVideo), acronym (GRPO, ST-AR, also with a plural s), digit
        (letters and digits with a capital: SD3, o1 too), part (hyphened with a Capitalised part:
        Self-Forcing, Flow-GRPO), title (Capitalised), number, lower or other.

    Examples
    --------
    >>> [shape(word) for word in ("AdaR", "GRPO", "LLMs", "SD3", "Self-Forcing", "Transformer")]
    ['camel', 'acronym', 'acronym', 'digit', 'part', 'title']
    >>> [shape(word) for word in ("text-to-image", "GRPO-style", "72B", "o1")]
    ['lower', 'adjective', 'number', 'digit']
    """
    if _MEASURE.match(word):
        return "number"
    bare = word[:-1] if len(word) > 2 and word[-1] == "s" and word[-2].isupper() else word
    if "-" in bare and _ADJECTIVE.search(bare):
        return "adjective"
    capitals = sum(c.isupper() for c in bare)
    digits = _DIGIT.search(bare) is not None
    if capitals == 0:
        if digits and bare[0].isalpha() and not _ORDINARY_DIGIT.search(bare):
            return "digit"
        return "lower"
    if digits:
        return "digit"
    letters = [c for c in bare if c.isalpha()]
    if len(letters) >= 2 and all(c.isupper() for c in letters):
        return "acronym"
    if any(_CAMEL.search(part) for part in re.split(r"[-\u2010-\u2013^@]", bare)):
        return "camel"
    if "-" in bare or bare[-1] in "+*":
        parts = [part for part in bare.split("-") if part]
        big = sum(part[:1].isupper() for part in parts)
        if (
            bare[-1] in "+*"
            or (big >= 2 and bare[0].isupper())
            or any(len(part) > 1 and part.isupper() for part in parts)
        ):
            return "part"
        return "title" if bare[0].isupper() else "lower"
    if bare[0].isupper() and capitals == 1:
        return "title" if len(bare) > 1 else "other"
    return "other"


_ADJECTIVE = re.compile(
    r"-(?:based|style|styled|like|driven|trained|tuned|finetuned|aware|guided|powered|enhanced|"
    r"augmented|only|free|level|type|inspired|specific|generated|compatible|agnostic|equipped|"
    r"centric|"
    r"assisted|conditioned|oriented|related|integrated|enabled|scale|optimized|aligned|native|"
    r"supervised|"
    r"controlled|ready|focused|induced|derived|grounded|parameter|parameters|token|tokens|bit|shot|"
    r"stage|step|steps|turn|hop|way|view|dimensional|size|sized|class|rank|as|in|to|of|the|a|"
    r"and|or|"
    r"invariant|equivariant|efficient|friendly|wise|mediated|first|informed|quality|generation|"
    r"simulated|annotated|verified|labeled|labelled|written|made|designed|initialized|pretrained|"
    r"distilled|adapted|reliant|dependent|independent|heavy|intensive|hard|accelerated|backed)$"
)
# What every paper of the field has: as a method it tells nothing, and everything would descend from
# it. Folded as `name_key` does.
TOO_GENERAL = words(
    """
    reinforcementlearning deepreinforcementlearning deeplearning machinelearning
    largelanguagemodel languagemodel multimodallargelanguagemodel visionlanguagemodel
    visionlanguageaction visionlanguageactionmodel neuralnetwork deepneuralnetwork foundationmodel
    largereasoningmodel rewardmodel policynetwork finetuning pretraining posttraining prompting
    policyoptimization agent
    """
)
_ORDINARY_DIGIT = re.compile(
    r"^(?:top|pass|best|recall|precision|hit|mrr|ndcg|map|acc|level|l|k|x|n|p|t|s|d)[-@]?\d"
)


@lru_cache(maxsize=32768)
def is_generic(word: str) -> bool:
    """Whether a word looks like a name but is a common noun of the field, a size or a processor.

    Examples
    --------
    >>> [is_generic(word) for word in ("LLMs", "7B-72B", "32xA100", "leq50K", "SD3", "o1")]
    [True, True, True, True, False, False]
    """
    folded = word.casefold()
    return (
        folded in GENERIC
        or (folded.endswith("s") and folded[:-1] in GENERIC)
        or (folded[-1:] in _ENDS_OF_SIZES and _SIZE.match(folded) is not None)
    )


@lru_cache(maxsize=32768)
def is_name(word: str) -> bool:
    """Whether a word has the shape of a name, wherever it stands.

    Examples
    --------
    >>> [is_name(word) for word in ("AdaR", "LLMs", "Language", "Flow-GRPO", "SD3")]
    [True, False, False, True, True]
    """
    return shape(word) in ("camel", "acronym", "digit", "part") and not is_generic(word)
