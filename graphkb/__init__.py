"""Papers to a grounded graph of methods: load, ask, look, take away.

Examples
--------
>>> import graphkb
>>> with graphkb.open(":memory:") as kb:
...     report = kb.load("sample:")
...     kb.show("GRPO").name
'GRPO'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkb.model.release import VERSION

__version__ = VERSION

__all__ = ["GraphKBError", "KnowledgeBase", "__version__", "diff", "from_networkx", "open"]

if TYPE_CHECKING:
    from graphkb.difference.operand import diff
    from graphkb.errors import GraphKBError
    from graphkb.knowledge_base import (
        KnowledgeBase,
        from_networkx,
        open,  # noqa: A004 - read as graphkb.open
    )


def __getattr__(name: str) -> object:
    """Import the public names when they are first used, so that `import graphkb` stays cheap."""
    if name == "GraphKBError":
        from graphkb.errors import GraphKBError

        return GraphKBError
    if name == "diff":
        from graphkb.difference.operand import diff

        return diff
    if name in ("KnowledgeBase", "from_networkx", "open"):
        from graphkb import knowledge_base

        return getattr(knowledge_base, name)
    raise AttributeError(f"module 'graphkb' has no attribute {name!r}")
