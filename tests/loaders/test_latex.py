r"""LaTeX of bibliographies becomes the text that it stands for."""

import logging
from contextlib import suppress

import pytest
from graphkb.loaders.latex import LatexError, plain_text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"Vuli{\'c}", "Vulić"),
        (
            r"{\L}ukasz Zaj{\k{a}}c, K{\i}c{\i}man, C{\'\i}an",
            "Łukasz Zając, K\u0131c\u0131man, Cían",
        ),
        (
            r"G\"odel, Fo\"{e}, {\"U}st{\"u}n, {\v s}, \v{s}, \o{}, {\AA}",
            "Gödel, Foë, Üstün, š, š, ø, Å",
        ),
        (r"{The {KITE}}: q\&a", "The KITE: q&a"),
        (r"1--9 --- ``wind''", "1\u20139 \u2014 \u201cwind\u201d"),
        (r"\emph{x} {\em y} \textbf{z} {\large w}", "x y z w"),
        (r"$\tau^2$-bench of $O(n)$", "τ^2-bench of O(n)"),
        (r"a~b", "a b"),
        ("100% of R&D, item #1, for $5", "100% of R&D, item #1, for $5"),
        (r"\'etude: 100% of R&D for $5", "étude: 100% of R&D for $5"),
        (r"\textregistered{} 100\%", "® 100%"),
        ("plain - text_with 'quotes'", "plain - text_with 'quotes'"),
        ("{unclosed", "unclosed"),
    ],
)
def test_what_people_write_is_read(written: str, text: str) -> None:
    assert plain_text(written) == (text, ())


def test_an_unknown_command_is_left_out_and_named() -> None:
    assert plain_text(r"The \ours{} and \mine kite")[1] == ("ours", "mine")


@pytest.mark.parametrize(
    "written",
    ["{" * 100 + "}" * 100, "x" * 60_000, r"\begin{a}" * 1000, r"\sqrt[" * 5000],
)
def test_what_nobody_writes_is_refused(written: str) -> None:
    with pytest.raises(LatexError):
        plain_text(written)


def test_what_the_library_says_of_bad_latex_is_not_heard(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        plain_text(r"\frac\frac\frac $x")
    assert caplog.records == []


def test_no_file_is_read() -> None:
    assert "root" not in plain_text(r"\input{/etc/passwd} x")[0]


def test_a_circumflex_of_its_own_is_the_sign_that_people_type() -> None:
    for written in (r"x{\textasciicircum}2", r"x\textasciicircum{}2", r"x\textasciicircum 2"):
        assert plain_text(written) == ("x^2", ())


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\texttt{KiteBench}: with \mbox{GRPO}", "KiteBench: with GRPO"),
        (r"p {\textless} 0.05 of \textsf{KITE}", "p < 0.05 of KITE"),
        (r"See \href{https://example.org}{our site}.", "See our site."),
    ],
)
def test_what_a_command_holds_is_kept(written: str, text: str) -> None:
    assert plain_text(written) == (text, ())


@pytest.mark.parametrize("written", [r"a \sqrt", r"a \title", r"a \textcolor b", r"\input"])
def test_a_command_without_what_belongs_to_it_is_refused_or_left_out(written: str) -> None:
    with suppress(LatexError):
        plain_text(written)
