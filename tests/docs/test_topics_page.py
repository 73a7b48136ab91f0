"""The page on topics holds: its commands run, its examples give what it says."""

import doctest
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "topics.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL)


def commands() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page, and the lines that the page says are in what it prints."""
    for block in BLOCKS:
        for part in block.removeprefix("$ ").split("\n$ "):
            command, *said = part.strip().splitlines()
            yield command, said


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the first command has been run."""
    folder = tmp_path_factory.mktemp("topics")
    assert run(folder, next(commands())[0]).returncode == 0
    return folder


def run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash, for which the page's commands are written")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(
        [bash, "-o", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize(("command", "said"), list(commands())[1:], ids=str)
def test_a_command_of_the_page_runs_and_says_what_is_told(
    folder: Path, command: str, said: list[str]
) -> None:
    ran = run(folder, command)
    assert (ran.returncode, "Traceback" in ran.stderr) == (0, False), ran.stderr
    for line in said:
        assert line in ran.stdout


def test_the_examples_of_the_page_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    test = doctest.DocTestParser().get_doctest(TEXT, {}, PAGE.name, str(PAGE), 0)
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    runner.run(test, out=said.append)
    assert (runner.failures, runner.tries > 5) == (0, True), "".join(said)
