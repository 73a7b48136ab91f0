"""Names that are near to a misspelt one, by one routine over the index of either store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from graphkb.store.text_index import Named, TextIndex, letters_of

__all__ = ["NEAR", "near_lengths", "near_names", "near_spellings", "suggestions"]

# So alike two spellings are at the least, of 1.
NEAR = 0.75
_MOST_NEAR = 5
# Fewer letters begin too many names.
_LEAST_BEGUN = 3
_AT_ONCE = 200
# Of more names than these a server would send minutes long what is to be compared.
_MANY = 200_000


def near_names(index: TextIndex, text: str, labels: Sequence[str]) -> list[str]:
    """Return up to five names of which a spelling is near to a misspelt one.

    Parameters
    ----------
    index : TextIndex
        Where to look.
    text : str
        As typed.
    labels : sequence of str
        Which labels.

    Returns
    -------
    list of str
        As :func:`suggestions` orders the spellings.
    """
    spelled: dict[str, Named] = {}

    def order(named: Named) -> tuple[int, str]:
        return labels.index(named.label), named.id

    for spelling, named in near_spellings(index, text, labels):
        if spelling not in spelled or order(spelled[spelling]) < order(named):
            spelled[spelling] = named
    near = (spelled[spelling].name for spelling in suggestions(text, spelled))
    return list(dict.fromkeys(near))[:_MOST_NEAR]


def near_spellings(
    index: TextIndex, text: str, labels: Collection[str]
) -> Iterator[tuple[str, Named]]:
    """Yield the spellings that :func:`suggestions` would choose among all, and some more.

    Where there are more than 200,000 names, among those that begin with one of the first two
    letters.

    Parameters
    ----------
    index : TextIndex
        Where to look.
    text : str
        As typed.
    labels : collection of str
        Which labels.

    Yields
    ------
    tuple
        A spelling and what is called so.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    folded = letters_of(text)
    if not folded:
        return
    # Of many, the first letter is believed, but that it may have changed places with the second.
    first = set(folded[:2]) if index.size() > _MANY else ()
    lengths = near_lengths(folded)
    started = folded if len(folded) >= _LEAST_BEGUN else ""
    # Many names are compared, so the index gives them once and they are put in no order.
    scored = process.extract(
        folded,
        index.spellings(lengths[0], lengths[-1], labels, first),
        scorer=OSA.normalized_similarity,
        limit=None,
        score_cutoff=NEAR,
    )
    enough = scored[_MOST_NEAR - 1][1] if len(scored) >= _MOST_NEAR else NEAR
    chosen = {found for found, score, _ in scored if score >= enough}
    chosen.update(index.spellings_begun(started, labels))
    ordered = sorted(chosen)
    for at in range(0, len(ordered), _AT_ONCE):
        some = ordered[at : at + _AT_ONCE]
        for named in index.spelt(some, labels):
            for spelling in named.spelled:
                if letters_of(spelling) in some:
                    yield spelling, named


def near_lengths(letters: str) -> range:
    """Return how many letters what is near to some has: else more than one in four is another.

    Examples
    --------
    >>> near_lengths("grpo")
    range(3, 7)
    """
    return range(int(len(letters) * NEAR), int(len(letters) / NEAR) + 2)


def suggestions(text: str, known: Iterable[str]) -> list[str]:
    """Return up to five of the known names that are near to a misspelt one.

    Letters and digits count, whatever their case. A name is near where it begins with the text,
    or where at most one letter in four is another, missing, or swapped with its neighbour: of
    names of three letters none is, of four one, of eight two.

    Parameters
    ----------
    text : str
        As typed.
    known : iterable of str
        Names.

    Returns
    -------
    list of str
        The nearest first.

    Examples
    --------
    >>> suggestions("GRP0", ["PPO", "GRPO", "reading list"])
    ['GRPO']
    >>> suggestions("NOPEX", ["RoPE", "QwQ"])
    []
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    folded = letters_of(text)
    if not folded:
        return []
    choices = {name: letters_of(name) for name in sorted(known)}
    found = process.extract(
        folded, choices, scorer=OSA.normalized_similarity, limit=_MOST_NEAR, score_cutoff=NEAR
    )
    begun = (
        ()
        if len(folded) < _LEAST_BEGUN
        else (n for n, key in choices.items() if key.startswith(folded))
    )
    return list(dict.fromkeys([*(name for _, _, name in found), *begun]))[:5]
