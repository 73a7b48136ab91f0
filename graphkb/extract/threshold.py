"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "10c1dc08eea2"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 490,
    "methods": 330,
    "models": 440,
    "benchmarks": 400,
    "tasks": 220,
    "results": 410,
    "links": 500,
    "USES": 300,
    "EXTENDS": 490,
    "GENERALIZES": 270,
    "OUTPERFORMS": 210,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 150,
    "APPLIED_TO": 300,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 200,
    "CRITIQUES": 180,
}
