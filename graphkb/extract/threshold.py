"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "b7a63579f36c"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 600,
    "methods": 360,
    "models": 480,
    "benchmarks": 310,
    "tasks": 220,
    "results": 390,
    "links": 500,
    "USES": 290,
    "EXTENDS": 350,
    "GENERALIZES": 270,
    "OUTPERFORMS": 220,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 420,
    "APPLIED_TO": 300,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 160,
    "CRITIQUES": 180,
}
