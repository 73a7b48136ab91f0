r"""LaTeX as people write it in bibliographies, to plain text.

Most of it is braces and accents; those are replaced one by one and remembered, because pylatexenc
takes a millisecond and a half for a line and bibliographies have tens of thousands of them.

References
----------
https://pylatexenc.readthedocs.io/en/latest/latex2text/
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from graphkb.loaders.library_log import unheard

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

__all__ = ["LatexError", "plain_text", "with_letters"]

_LONGEST = 50_000
_DEEPEST = 30
# `{\'e}`, `{\v{s}}`, `{\'\i}`, `\'{e}`, `\"o`, `{\ss}`, `\o{}`: a command and at most one letter.
_LETTER = re.compile(
    r"""
      \{ \\ (?: [A-Za-z]{1,2} | [`'^"~=.] ) \s* (?: \{ \\?[A-Za-z]? \} | \\?[A-Za-z] )? \}
    | \\ [`'^"~=.] (?: \{ \\?[A-Za-z] \} | \\?[A-Za-z](?![A-Za-z]) | [A-Za-z] )
    | \\ (?: [A-Za-z] ) \{ \\?[A-Za-z]? \}
    """,
    re.VERBOSE,
)
_DASHES = re.compile(r"-{2,3}")
_SIGNS = {"\\&": "&", "\\%": "%", "\\_": "_", "\\#": "#", "``": "\u201c", "''": "\u201d", "~": " "}
_SIGN = re.compile("|".join(re.escape(sign) for sign in _SIGNS))
_BRACE = re.compile(r"(?<!\\)[{}]")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
# What LaTeX reads as a mark and people mean as a sign.
_MEANT = re.compile(r"(?<!\\)[&%#]")
_DOLLAR = re.compile(r"(?<!\\)\$")
# Which pylatexenc reads as the accent that stands over nothing.
_CIRCUMFLEX = re.compile(r"\\textasciicircum(?![A-Za-z])(?:\{\}|\s+)?")
# Of a link the text counts, not the address before it.
_LINK = re.compile(r"\\href\s*\{[^{}]*\}(?=\s*\{)")
# Whose text pylatexenc would leave out with them, and signs that it does not know.
_KEPT = ("texttt", "textsf", "textup", "textmd", "textnormal", "mbox", "hbox", "url")
_NAMED_SIGNS = {"textless": "<", "textgreater": ">", "copyright": "\u00a9", "S": "\u00a7"}
# How text looks is not what it says.
_LOOKS = re.compile(
    r"it|bf|sc|tt|em|rm|sf|sl|(?:it|sc|up|sl)shape|(?:bf|md)series|(?:tt|rm|sf)family|normalfont"
    r"|tiny|small|normalsize|[lL]arge|LARGE|[hH]uge|text(?:super|sub)script|mathcal|left|right"
    r"|xspace|protect|relax|par|newblock|noop|displaystyle|boldmath"
)


class LatexError(Exception):
    """A text nests deeper, or is longer, than anything that a person writes, or is broken."""


def with_letters(written: str) -> str:
    r"""Return LaTeX with its accented letters as letters, and all else as it is.

    Parameters
    ----------
    written : str
        As in a bibliography.

    Returns
    -------
    str
        In which a ``~`` is a space, and no accent.

    Examples
    --------
    >>> with_letters(r"Silva, Jo\~{a}o and {\O}yvind~Foss")
    'Silva, João and Øyvind~Foss'
    """
    return _LETTER.sub(lambda found: _letter(found[0]), written)


def plain_text(written: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the text that LaTeX stands for.

    Parameters
    ----------
    written : str
        A field of a bibliography. A sign that LaTeX reserves and that stands there bare (``&``,
        ``%``, ``#``, one ``$``) is meant as itself.

    Returns
    -------
    tuple of str and tuple
        The text, and the commands in it whose meaning is not known and that are left out.

    Raises
    ------
    LatexError
        It is too long or nests too deep, or a command lacks what belongs to it.

    Examples
    --------
    >>> plain_text(r"{TACO}: Vuli{\'c} \& $\tau^2$-bench, 100%")
    ('TACO: Vulić & τ^2-bench, 100%', ())
    >>> plain_text(r"Transformer{\textasciicircum}2")
    ('Transformer^2', ())
    >>> plain_text(r"The \ours{} kite")
    ('The  kite', ('ours',))
    """
    if len(written) > _LONGEST:
        raise LatexError(f"it is longer than {_LONGEST:,} characters")
    if _depth(written) > _DEEPEST:
        raise LatexError(f"its braces nest more than {_DEEPEST} deep")
    text = _CIRCUMFLEX.sub("^", with_letters(written))
    if "\\" in _SIGN.sub("", text) or "$" in text:
        return _decoded(text), _unknown(text)
    text = _DASHES.sub(lambda found: "\u2013" if len(found[0]) == 2 else "\u2014", text)
    return _BRACE.sub("", _SIGN.sub(lambda found: _SIGNS[found[0]], text)), ()


def _depth(text: str) -> int:
    depth = deepest = 0
    for brace in _BRACE.finditer(text):
        depth += 1 if brace[0] == "{" else -1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=4096)
def _letter(written: str) -> str:
    decoded = _decoded(written)
    # What is no letter, a command among them, is left to be read in the whole of the text.
    return decoded if len(decoded) == 1 and decoded.isalpha() else written


def _decoded(text: str) -> str:
    text = _MEANT.sub(lambda found: f"\\{found[0]}", _LINK.sub("", text))
    if len(_DOLLAR.findall(text)) % 2:
        text = _DOLLAR.sub(r"\\$", text)
    with unheard("pylatexenc"):
        try:
            return str(_decoder().latex_to_text(text))
        except RecursionError:
            raise LatexError("its commands nest too deep") from None
        except (IndexError, KeyError, AttributeError, TypeError, ValueError):
            # A command without what it needs; pylatexenc 2.10 says so of none of them.
            raise LatexError("a command in it lacks what belongs to it") from None


def _unknown(text: str) -> tuple[str, ...]:
    known = _decoder().latex_context
    found = dict.fromkeys(_COMMAND.findall(text))
    return tuple(n for n in found if not _LOOKS.fullmatch(n) and known.get_macro_spec(n) is None)


@cache
def _decoder() -> LatexNodes2Text:
    # Imported when a bibliography is read.
    from pylatexenc.latex2text import (
        LatexNodes2Text,
        MacroTextSpec,
        get_default_latex_context_db,
    )

    context = get_default_latex_context_db()
    kept = [MacroTextSpec(name, simplify_repl="%s") for name in _KEPT]
    signs = [MacroTextSpec(name, simplify_repl=sign) for name, sign in _NAMED_SIGNS.items()]
    context.add_context_category("graphkb", macros=[*kept, *signs], prepend=True)
    return LatexNodes2Text(context, math_mode="text", strict_latex_spaces=False)
