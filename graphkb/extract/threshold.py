"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "7dfb5d417958"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 460,
    "methods": 340,
    "models": 550,
    "benchmarks": 290,
    "tasks": 240,
    "results": 360,
    "links": 500,
    "USES": 230,
    "EXTENDS": 440,
    "GENERALIZES": 270,
    "OUTPERFORMS": 260,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 380,
    "APPLIED_TO": 240,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 200,
    "CRITIQUES": 180,
}
