"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "c58702572415"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 490,
    "methods": 330,
    "models": 440,
    "benchmarks": 400,
    "tasks": 210,
    "results": 410,
    "links": 500,
    "USES": 270,
    "EXTENDS": 440,
    "GENERALIZES": 270,
    "OUTPERFORMS": 200,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 280,
    "APPLIED_TO": 280,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 190,
    "CRITIQUES": 110,
}
