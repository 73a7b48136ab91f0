"""What tells one training of the learned parts from another; by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST"]

DIGEST = "f0e368df37b4"
