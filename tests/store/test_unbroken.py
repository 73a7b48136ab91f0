"""Work that Ctrl-C ends from outside, and never in its middle."""

import os
import signal
import threading
import time

import pytest

from graphkb.store.unbroken import Unbroken


@pytest.fixture
def ctrl_c() -> threading.Timer:
    return threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))


def test_it_gives_what_the_work_gives_and_raises_what_it_raises() -> None:
    unbroken = Unbroken(pytest.fail)
    assert [unbroken.do(lambda: 1), unbroken.do(lambda: 2)] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        unbroken.do(lambda: 1 / 0)


def test_the_work_is_told_to_end_until_it_does(ctrl_c: threading.Timer) -> None:
    """The first time it may not have begun yet, the second the telling may fail."""
    told: list[int] = []
    broken_off: list[BaseException] = []
    ended = threading.Event()

    def end() -> None:
        told.append(len(told))
        if len(told) == 2:
            raise OSError
        if len(told) == 3:
            ended.set()

    def work() -> None:
        try:
            assert ended.wait(30)
        except BaseException as error:
            broken_off.append(error)
            raise

    ctrl_c.start()
    with pytest.raises(KeyboardInterrupt):
        Unbroken(end).do(work)
    assert (told, broken_off, ended.is_set()) == ([0, 1, 2], [], True)


def test_what_does_not_end_is_left_and_nothing_more_is_done(
    ctrl_c: threading.Timer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphkb.store.unbroken._SECONDS_TO_END", 0.1)
    ended = threading.Event()
    unbroken = Unbroken(lambda: None)
    ctrl_c.start()
    with pytest.raises(KeyboardInterrupt):
        unbroken.do(lambda: ended.wait(30))
    with pytest.raises(KeyboardInterrupt):
        unbroken.do(pytest.fail)
    ended.set()
    for _ in range(300):
        time.sleep(0.01)
        try:
            assert unbroken.do(lambda: 1) == 1
        except KeyboardInterrupt:
            continue
        return
    pytest.fail("it does not end")


def test_a_thread_which_ctrl_c_does_not_reach_does_it_itself() -> None:
    seen: list[int] = []
    unbroken = Unbroken(pytest.fail)

    def ask() -> None:
        unbroken.do(lambda: seen.append(threading.get_ident()))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert seen == [thread.ident]
