"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "abf1d61d43db"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 600,
    "methods": 360,
    "models": 480,
    "benchmarks": 310,
    "tasks": 220,
    "results": 390,
    "links": 500,
    "USES": 300,
    "EXTENDS": 430,
    "GENERALIZES": 270,
    "OUTPERFORMS": 230,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 380,
    "APPLIED_TO": 300,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 160,
    "CRITIQUES": 180,
}
