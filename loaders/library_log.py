"""Keeping what a parsing library logs off a person's screen: a loader says it with its place."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unheard"]


@contextmanager
def unheard(library: str) -> Iterator[None]:
    """Let a library log errors only while the context lasts."""
    logger = logging.getLogger(library)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
