"""The loader that the page on adding to graphkb shows reads what it says."""

import re
from pathlib import Path

from graphkb.model.record import PaperRecord
from graphkb.model.source import Loader, Skipped, SourceInput

PAGE = Path(__file__).resolve().parents[2] / "docs" / "extending.md"


def test_the_loader_of_the_page_reads_a_paper_a_line() -> None:
    [shown] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    made: dict[str, object] = {}
    exec(compile(shown, str(PAGE), "exec"), made)  # noqa: S102 - our own page
    titles = made["titles"]
    assert isinstance(titles, Loader)
    text = "Titles:\nOn Kites\n\nOn Strings\n"
    assert titles.recognise("mine.titles", text)
    assert not titles.recognise("mine.titles", "On Kites\n")
    assert list(titles.read(SourceInput("mine.titles", text))) == [
        PaperRecord(key="2", title="On Kites"),
        Skipped("line 3", "the line is empty"),
        PaperRecord(key="4", title="On Strings"),
    ]
