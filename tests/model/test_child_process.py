"""Processes that answer questions."""

import os
import pickle
from collections.abc import Iterator

import pytest

from graphkb.model.child_process import ChildEndedError, ChildProcesses

DOUBLING = """
import os, pickle
from graphkb.model.child_process import streams_of_child
asked, answers = streams_of_child()
factor = pickle.load(asked)
while True:
    question = pickle.load(asked)
    if question == "end":
        os._exit(3)
    print("what a library might print")
    pickle.dump((os.getpid(), question * factor), answers)
    answers.flush()
"""


@pytest.fixture
def processes() -> Iterator[ChildProcesses]:
    found = ChildProcesses(DOUBLING, 2, pickle.dumps(2))
    yield found
    found.stop()


def test_a_question_is_answered_by_a_process_of_its_own(processes: ChildProcesses) -> None:
    process, answer = processes.ask("ha").result()
    assert answer == "haha"
    assert process != os.getpid()
    assert process in processes.ids


def test_no_more_processes_answer_than_were_wanted(processes: ChildProcesses) -> None:
    answers = [answer.result() for answer in [processes.ask(number) for number in range(20)]]
    assert [answer for _, answer in answers] == [number * 2 for number in range(20)]
    assert {process for process, _ in answers} <= set(processes.ids)
    assert len(processes.ids) <= 2


def test_who_asked_a_process_that_ends_is_told_and_the_next_one_is_answered(
    processes: ChildProcesses,
) -> None:
    ended = [processes.ask("end") for _ in range(3)]
    for answer in ended:
        with pytest.raises(ChildEndedError, match="exit code 3"):
            answer.result()
    assert processes.ask(1).result()[1] == 2


def test_processes_that_are_stopped_are_gone(processes: ChildProcesses) -> None:
    process, _ = processes.ask(1).result()
    processes.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
