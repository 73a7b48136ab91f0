"""Timelines and leaderboards over time: what is counted and drawn, and files of equal bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from graphkb.errors import ExportError, MissingExtraError, QueryError
from graphkb.model.graph import Entity, Value
from graphkb.query.leaderboard import Board, Leaderboard, LeftOut, Standing
from graphkb.query.reported import Reported
from graphkb.query.timeline import Taken, Timeline
from graphkb.view import leaderboard_plot as boards
from graphkb.view import timeline_plot as bars
from graphkb.view.leaderboard_plot import leaderboard_plot
from graphkb.view.timeline_plot import timeline_plot

HOSTILE = "$\\frac{1}{0}$ </svg><script>alert(1)</script>\x1b[31m & \uffff"


def paper(number: int, published: str | None, **more: Value) -> Entity:
    known: dict[str, Value] = {"name": f"P{number}", "title": f"P{number}", **more}
    if published:
        known["published"] = published
    return Entity("Paper", f"arxiv:240{number}.00001", known)


def taken(dates: Sequence[str | None], name: str = "X", type_: str = "USES") -> Timeline:
    papers = tuple(Taken(paper(at, day), type_, day) for at, day in enumerate(dates))
    return Timeline(Entity("Method", "method:x", {"name": name}), papers)


def value(
    number: float, published: str | None, subject: str = "S", metric: str | None = "accuracy"
) -> Reported:
    thing = Entity("Method", f"method:{subject}", {"name": subject})
    return Reported(
        *(f"result:{number}{published}", f"{number}%", number, "%", metric, "absolute", "up", None),
        *(None, thing, (), f"arxiv:{published}", "T", published, True, "A sentence."),
    )


def board(values: list[Reported], direction: str | None = "up", name: str = "B") -> Leaderboard:
    standings = tuple(Standing(None, one) for one in values)
    made = Board(values[0].metric, "%", direction, standings)
    benchmark = Entity("Benchmark", "method:b", {"name": name})
    return Leaderboard(benchmark, None, (made,), (), 0, 1, 1, LeftOut())


def texts(path: Path) -> list[str]:
    root = fromstring(path.read_text(encoding="utf-8"), forbid_dtd=False)
    return [str(text.text) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_bars_are_months_where_dates_allow() -> None:
    span, found = bars._bars(
        [("2024-01-05", "USES"), ("2024-03", "USES"), ("2024-03-09", "EXTENDS")]
    )
    assert span == "month"
    assert {name: dict(bar) for name, bar in found.items()} == {
        "2024-01": {"USES": 1},
        "2024-02": {},
        "2024-03": {"USES": 1, "EXTENDS": 1},
    }


@pytest.mark.parametrize(
    ("dates", "span", "names"),
    [
        (["2019-01-01", "2024-03-01"], "quarter", ("2019 Q1", "2024 Q1")),
        (["1992-01-01", "2024-03-01"], "year", ("1992", "2024")),
        (["2024", "2024", "2024-03-01"], "year", ("2024", "2024")),
    ],
)
def test_bars_are_longer_where_there_are_many_or_dates_are_vague(
    dates: list[str], span: str, names: tuple[str, str]
) -> None:
    found, bar = bars._bars([(day, "USES") for day in dates])
    assert (found, list(bar)[0], list(bar)[-1]) == (span, *names)  # noqa: RUF015


def test_a_timeline_says_what_it_does_not_show(tmp_path: Path) -> None:
    out = timeline_plot(taken([*["2024-01-05"] * 8, "2024", None]), tmp_path / "t.svg")
    said = texts(out)
    assert "not shown: 2 whose month is not known" in said
    assert {"Papers that take up X", "papers a month", "use it", "2024-01"} <= set(said)


def test_the_best_until_then_is_what_beat_everything_before() -> None:
    days = [
        (date.fromisoformat(day), value(number, day))
        for number, day in [(50, "2024-01-01"), (40, "2024-02-01"), (60, "2024-03-01")]
    ]
    assert [one.value for _, one in boards._records(days, "up")] == [50, 60]
    assert [one.value for _, one in boards._records(days, "down")] == [50, 40]


def test_a_leaderboard_names_metric_direction_and_who_was_best(tmp_path: Path) -> None:
    found = board([value(60, "2024-03", "Late"), value(50, "2023", "Early"), value(9, None)])
    said = texts(leaderboard_plot(found, tmp_path / "b.svg"))
    assert {"accuracy (%)", "each point a value of a paper; higher is better"} <= set(said)
    assert {"60% Late", "50% Early", "best until then"} <= set(said)


def test_points_lead_to_their_papers(tmp_path: Path) -> None:
    out = leaderboard_plot(board([value(60, "2024-03")]), tmp_path / "b.svg")
    assert 'xlink:href="https://arxiv.org/abs/2024-03"' in out.read_text(encoding="utf-8")


def test_what_is_not_ranked_has_no_best(tmp_path: Path) -> None:
    out = leaderboard_plot(board([value(60, "2024-03")], direction=None), tmp_path / "b.svg")
    assert "best until then" not in texts(out)


@pytest.mark.parametrize("values", [[value(1, None)], [value(1, "2024", metric=None)]])
def test_nothing_to_plot_is_told(values: list[Reported], tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no value of a named metric and a known date"):
        leaderboard_plot(board(values), tmp_path / "b.svg")


def test_a_method_without_dated_papers_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no paper of a known date takes up X"):
        timeline_plot(taken([None]), tmp_path / "t.svg")


def test_hostile_names_are_text(tmp_path: Path) -> None:
    shown = "$\\frac{1}{0}$ </svg><script>alert(1)</script>\ufffd[31m & \ufffd"
    found = texts(timeline_plot(taken(["2024-01-05"], HOSTILE), tmp_path / "t.svg"))
    assert f"Papers that take up {shown}" in found
    hostile = board([value(60, "2024-03", HOSTILE)], name=HOSTILE)
    said = texts(leaderboard_plot(hostile, tmp_path / "b.svg"))
    assert {f"Reported on {shown}", f"60% {shown}"} <= set(said)
    for kind in ("t.png", "b.png"):
        draw = timeline_plot(taken(["2024"], "变换"), tmp_path / kind)
        assert draw.read_bytes().startswith(b"\x89PNG")


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="a plot is an svg or a png"):
        timeline_plot(taken(["2024"]), tmp_path / "t.gif")


def test_without_matplotlib_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"Install it: pip install '.+\[plots\]'"):
        timeline_plot(taken(["2024"]), tmp_path / "t.svg")


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, graphkb; from graphkb import without_store as to\n"
        "with graphkb.open(':memory:') as kb:\n"
        "    kb.load('sample:'); found = kb.timeline('GRPO'); board = kb.leaderboard('AIME 2024')\n"
        "for kind in ('svg', 'png'):\n"
        "    to.plot_timeline(found, f'{sys.argv[1]}/t.{kind}')\n"
        "    to.plot_leaderboard(board, f'{sys.argv[1]}/b.{kind}')\n"
    )
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    for name in ("t.svg", "t.png", "b.svg", "b.png"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
