r"""BibTeX, for LaTeX and reference managers.

What LaTeX reserves is escaped, and letters with accents are written as LaTeX writes them, because
the classic BibTeX sorts and cuts bytes; a character that LaTeX has no name for stays as it is, in
UTF-8. Capitals within a word are kept by braces. A day is left out: BibTeX has year and month.

References
----------
BibTeX: https://ctan.org/pkg/bibtex. arXiv in BibTeX: https://info.arxiv.org/help/hypertex/bibstyles
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from graphkb.export.content import Content
from graphkb.export.format import ExportFormat, Loss, losses
from graphkb.export.reference import Reference, references

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexencode import UnicodeToLatexEncoder

__all__ = ["BIBTEX"]

_KEPT = ("abstract", "published", "venue", "arxiv", "doi", "url", "pages")
_TYPES = {"journal": "article", "conference": "inproceedings"}
_VENUES = {"journal": "journal", "conference": "booktitle"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[^\n -~]|[\\{}$&%#_^~<>|]")
# Braces must balance for BibTeX even where LaTeX would not count them.
_NAMED = {
    "{": r"{$\lbrace$}",
    "}": r"{$\rbrace$}",
    "^": r"{\textasciicircum}",
    "|": "{$|$}",
}
# What stands twice is one sign for LaTeX: `--`, ``` `` ```, `''`, and `?` or `!` before a backtick.
_LIGATURE = re.compile(r"(?<=-)-|(?<=')'|(?<=[`?!])`")
_MATHS = re.compile(r"\{\\ensuremath\{(.*)\}\}")
_WORD = re.compile(r"\w+")
_PLAIN_NAME = re.compile(r"[^\W\d_][\w.'\u2019-]*(?: [^\W\d_][\w.'\u2019-]*)+")


def _write(content: Content, path: Path) -> tuple[Loss, ...]:
    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field
    from bibtexparser.writer import write

    counted: Counter[tuple[str, str]] = Counter()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number, reference in enumerate(references(content, _KEPT, counted)):
            fields = [Field(name, value) for name, value in _fields(reference, counted).items()]
            entry = Entry(_TYPES.get(reference.kind, "misc"), reference.key, fields)
            file.write(("\n" if number else "") + write(Library([entry])))
    return losses(counted)


def _fields(reference: Reference, counted: Counter[tuple[str, str]]) -> dict[str, str]:
    """The fields in the order in which people write them, values with their braces."""
    fields = {"title": _braced(_title(reference.text("title")))}
    if reference.authors:
        fields["author"] = _braced(" and ".join(map(_name, reference.authors)))
    date = reference.date
    if date:
        fields["year"] = _braced(date[0])
    if len(date) > 1:
        fields["month"] = _MONTHS[int(date[1]) - 1]
    if len(date) > 2:
        counted["day of a date left out", "Paper.published"] += 1
    if not date and reference.text("published"):
        counted["what is no date left out", "Paper.published"] += 1
    if venue := reference.text("venue"):
        fields[_VENUES.get(reference.kind, "howpublished")] = _braced(_latex(venue))
    if pages := reference.text("pages"):
        fields["pages"] = _braced(_latex(pages))
    if arxiv := reference.text("arxiv"):
        fields |= {"eprint": _braced(_verbatim(arxiv)), "archiveprefix": "{arXiv}"}
        archive, slash, _ = arxiv.partition("/")
        if slash:
            fields["primaryclass"] = _braced(_verbatim(archive))
    for name, value in (("doi", reference.text("doi")), ("url", reference.address)):
        if value:
            fields[name] = _braced(_verbatim(value))
    if abstract := reference.text("abstract"):
        fields["abstract"] = _braced(_latex(abstract))
    return fields


def _braced(value: str) -> str:
    return f"{{{value}}}"


def _title(title: str) -> str:
    """The title, with braces around words that a style must not write small: GRPO, DeepSeekMath."""
    written = []
    end = 0
    for found in _WORD.finditer(title):
        word = found[0]
        numbered = word[0].isupper() and any(map(str.isdigit, word))
        if numbered or any(map(str.isupper, word[1:])):
            written += [_latex(title[end : found.start()]), _braced(_latex(word))]
            end = found.end()
    return "".join([*written, _latex(title[end:])])


def _verbatim(address: str) -> str:
    """An address or identifier, in which LaTeX's escapes would be read as they stand."""
    return quote(address, safe="/:;()!$&*+,=@~'?#[]%<>", errors="surrogatepass")


def _name(name: str) -> str:
    """A name; in braces where BibTeX would take a comma or an `and` in it apart."""
    written = _latex(name)
    plain = _PLAIN_NAME.fullmatch(name) and not {"and", "others"} & set(name.lower().split())
    return written if plain else _braced(written)


def _latex(text: str) -> str:
    parted = _LIGATURE.sub(lambda found: "\0" + found[0], text)
    return _SPECIAL.sub(lambda found: _character(found[0]), parted)


@cache
def _character(character: str) -> str:
    if character == "\0":
        return "{}"
    if character in _NAMED:
        return _NAMED[character]
    written = str(_encoder().unicode_to_latex(character))
    if found := _MATHS.fullmatch(written):
        written = f"{{${found[1]}$}}"
    # What LaTeX knows and its readers do not is better as it is: every reader takes UTF-8.
    if character.isascii() or _decoder().latex_to_text(written) == character:
        return written
    return character


@cache
def _encoder() -> UnicodeToLatexEncoder:
    from pylatexenc.latexencode import UnicodeToLatexEncoder

    return UnicodeToLatexEncoder(
        unknown_char_policy="keep",
        replacement_latex_protection="braces-all",
        unknown_char_warning=False,
    )


@cache
def _decoder() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text")


BIBTEX = ExportFormat("bibtex", "BibTeX: LaTeX, Zotero, JabRef; papers only", _write)
