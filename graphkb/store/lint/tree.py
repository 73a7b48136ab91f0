"""The trees that the parser makes, and their children."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Token, Tree

__all__ = ["Syntax", "has", "tokens_of", "trees", "within"]

Syntax = Tree[Token]


def trees(tree: Syntax) -> list[Syntax]:
    """Return the children that are trees."""
    return [child for child in tree.children if isinstance(child, Tree)]


def tokens_of(tree: Syntax) -> list[Token]:
    """Return the children that are tokens."""
    return [child for child in tree.children if isinstance(child, Token)]


def has(tree: Syntax, terminal: str) -> bool:
    """Tell whether a child is a token of this terminal."""
    return any(token.type == terminal for token in tokens_of(tree))


def within(tree: Syntax) -> Iterator[Syntax]:
    """Yield the tree and every tree in it, in the order of the statement."""
    yield tree
    for child in trees(tree):
        yield from within(child)
