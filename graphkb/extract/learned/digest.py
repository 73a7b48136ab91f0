"""What tells one training of the learned parts from another; by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST"]

DIGEST = "68e685f9900a"
