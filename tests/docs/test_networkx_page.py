"""What the page on networkx shows is what comes out."""

import doctest
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "networkx.md"


def test_the_examples_run() -> None:
    ran = doctest.testfile(str(PAGE), module_relative=False)
    assert ran.failed == 0
    assert ran.attempted > 20
