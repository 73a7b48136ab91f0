"""What a measurement was made on."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import graphkb

__all__ = ["available_mb", "machine", "peak_mb"]

_PACKAGES = ("kglite", "neo4j", "click", "pyvis", "networkx", "numpy", "pandas", "pyarrow")


def machine() -> dict[str, Any]:
    """Return the machine, the versions, the date, and what else runs by the load average."""
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(_memory("MemTotal") / 1e6, 1),
        "processor": _processor(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "graphkb": graphkb.__version__,
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "load_before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def available_mb() -> float:
    """Return how much memory can be had now; infinite where the system does not tell."""
    return _memory("MemAvailable") / 1e3 or float("inf")


def peak_mb() -> float:
    """Return the most memory that this process has had since it began its program.

    Not ``ru_maxrss``, in which the peak of the process that started this one is left over.
    """
    status = Path("/proc/self/status")
    found = status.is_file() and re.search(r"VmHWM:\s+([0-9]+)", status.read_text("ascii"))
    if found:
        return int(found[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _memory(name: str) -> float:
    path = Path("/proc/meminfo")
    found = path.is_file() and re.search(rf"{name}:\s+([0-9]+)", path.read_text("ascii"))
    return int(found[1]) * 1.024 if found else 0.0


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    found = path.is_file() and re.search(r"model name\s*:\s*(.+)", path.read_text("utf-8"))
    return found[1].strip() if found else platform.processor() or platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
