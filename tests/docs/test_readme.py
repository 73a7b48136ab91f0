"""The README holds: every command in it works in its order on the sample, and gives something."""

import io
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkb.cli.main import main

README = Path(__file__).resolve().parent.parent.parent / "README.md"
BLOCKS = re.findall(r"```sh\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
# What a reader has before the first command.
THEIRS = {
    "more.jsonl": '{"id": "2601.00001", "title": "KITE: Knots in Embeddings", "abstract": '
    '"We propose KITE, a variant of GRPO. KITE outperforms PPO on MATH by 2.5%."}\n',
    "read.bib": "@article{a, title={DeepSeekMath: Pushing the Limits of Mathematical Reasoning in"
    " Open Language Models}, author={Shao, Zhihong}, year={2024}, eprint={2402.03300},"
    " archiveprefix={arXiv}}\n",
    "questions.cypher": "MATCH (p:Paper) RETURN count(p) AS papers;\n",
}


def commands() -> Iterator[list[str]]:
    """Each command on a store without a server, as the words that a shell makes of it."""
    for block in BLOCKS:
        if "git clone" in block or "bolt://" in block:
            continue
        text = ""
        for line in block.splitlines():
            text += re.sub(r"\s+#.*", "", line) + " "
            if text.count('"') % 2 == 0:
                yield shlex.split(text)
                text = ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which a reader works, with the files that they have."""
    shutil.copy(README.parent / "samples" / "hf-papers-2025-12-29.txt", tmp_path)
    for name, text in THEIRS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("click.launch", lambda address: None)  # noqa: ARG005
    return tmp_path


def test_every_command_works_in_its_order_on_the_sample(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    ran = 0
    for words in commands():
        program, *arguments = words
        if program == "cp":
            shutil.copy(*arguments)
            continue
        assert program == "graphkb", words
        *arguments, into = arguments if ">" in arguments else [*arguments, ""]
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"RETURN 1 AS one;")))
        with pytest.raises(SystemExit) as ended:
            main([word for word in arguments if word != ">"])
        out, err = capfdbinary.readouterr()
        assert ended.value.code == 0, (words, err.decode())
        is_told = {"load", "-o", "--plot"} & set(words)
        assert err if is_told else out, words
        assert b"no number" not in err, words
        if into:
            (folder / into).write_bytes(out)
        ran += 1
    assert ran >= 25
