"""--plot, of show and leaderboard."""

from pathlib import Path

from command import Run


def test_show_plots_the_papers_that_take_a_method_up(loaded: Run) -> None:
    ran = loaded("show", "GRPO", "--plot", "grpo.svg")
    assert (ran.code, ran.out, ran.err) == (0, "", "wrote grpo.svg\n")
    assert "Papers that take up GRPO" in Path("grpo.svg").read_text(encoding="utf-8")


def test_a_leaderboard_without_values_says_so(loaded: Run) -> None:
    ran = loaded("leaderboard", "MATH", "--plot", "math.png")
    assert ran.code == 1
    assert "no value of a named metric and a known date is reported on MATH" in ran.err
    assert not Path("math.png").exists()
