"""What tells one training of the learned parts from another; by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST"]

DIGEST = "fa8dc5dddb7e"
