"""Which entries of loaded sources bear on a text, so that it is read again for those alone.

What is read in a text depends on an entry only where a spelling of it, or the head of a version,
stands in the text: then alone the lexicon gives it. A reading is therefore kept under the built-in
catalogue and the entries of sources that bear on its text. A list of ten methods leaves all
readings as they are but those of papers that write one of their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphkb.extract.lexicon import fold, variants
from graphkb.extract.sentences import mask
from graphkb.model.version_pattern import head_of

if TYPE_CHECKING:
    from graphkb.extract.catalogue import Catalogue

__all__ = ["Bearing"]


class Bearing:
    """Finds the entries of sources that bear on a text.

    Parameters
    ----------
    catalogue : Catalogue
        The built-in one with the entries of sources, or without.

    Examples
    --------
    >>> from graphkb.extract.catalogue import Catalogue, Contribution, Entry, merge
    >>> kite = Contribution("catalogue:mine", Entry("Kite-PO", None, "method"))
    >>> built_in = Catalogue([Entry("GRPO", None, "method")])
    >>> bearing = Bearing(merge(built_in, "builtin:1", [kite]).catalogue)
    >>> bearing.digest("On GRPO", "") == built_in.digest
    True
    >>> bearing.digest("On Kite-PO", "") == built_in.digest
    False
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._automaton: Any = None
        if catalogue.told:
            self._automaton = _automaton(catalogue)

    def digest(self, title: str, abstract: str) -> str:
        """Return what stands for all that is known beforehand and bears on a text.

        Parameters
        ----------
        title, abstract : str
            Clean text.

        Returns
        -------
        str
            The digest of the built-in catalogue where no entry of a source bears on it.
        """
        if self._automaton is None:
            return self._catalogue.digest
        found: set[str] = set()
        for text in (title, abstract):
            for _, ids in self._automaton.iter(_folded(mask(text))):
                found |= ids
        return self._catalogue.digest_of(found)


def _automaton(catalogue: Catalogue) -> Any:
    import ahocorasick

    words: dict[str, set[str]] = {}
    for id_ in catalogue.told:
        entry = catalogue.entry(id_)
        spelled = [v for text in entry.spellings for v in variants(text, entry.kind)]
        for word in (*spelled, *map(head_of, entry.versions)):
            words.setdefault(_folded(word), set()).add(id_)
    automaton = ahocorasick.Automaton()
    for word, ids in words.items():
        automaton.add_word(word, frozenset(ids))
    automaton.make_automaton()
    return automaton


def _folded(text: str) -> str:
    # A sigma is folded by what stands beside it, which is not the same in a word and in a text.
    return fold(text).replace("\u03c2", "\u03c3")
