"""What tells one training of the learned parts from another; by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST"]

DIGEST = "a8b4d5d88e24"
