"""Where caches are kept: what is found there costs less time, and changes no result."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["cache_folder"]


def cache_folder() -> Path:
    """Return the folder of the cache: GRAPHKB_CACHE, else where the system keeps caches.

    Returns
    -------
    Path
        It need not exist.

    Raises
    ------
    RuntimeError
        If there is no home folder.
    """
    chosen = os.environ.get("GRAPHKB_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "graphkb" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "graphkb"
    xdg = os.environ.get("XDG_CACHE_HOME")
    return (Path(xdg) if xdg and Path(xdg).is_absolute() else Path.home() / ".cache") / "graphkb"
