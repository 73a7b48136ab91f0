"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "98f5793dc74f"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 450,
    "methods": 330,
    "models": 460,
    "benchmarks": 290,
    "tasks": 210,
    "results": 350,
    "links": 500,
    "USES": 230,
    "EXTENDS": 440,
    "GENERALIZES": 270,
    "OUTPERFORMS": 310,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 520,
    "APPLIED_TO": 270,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 200,
    "CRITIQUES": 230,
}
