"""From where on a statement is believed; chosen by ``scripts/train.py``."""

from __future__ import annotations

__all__ = ["DIGEST", "THRESHOLDS"]

# Of the table: readings that are kept on disk depend on it.
DIGEST = "a6f731fbb181"

# Per mille. An entity is looked up by its group, a relation by its type.
THRESHOLDS: dict[str, int] = {
    "introduces": 530,
    "methods": 400,
    "models": 330,
    "benchmarks": 360,
    "tasks": 260,
    "results": 360,
    "links": 500,
    "USES": 270,
    "EXTENDS": 430,
    "GENERALIZES": 270,
    "OUTPERFORMS": 350,
    "COMPARED_WITH": 200,
    "EVALUATED_ON": 510,
    "APPLIED_TO": 330,
    "IMPLEMENTED_IN": 500,
    "SURVEYS": 250,
    "ANALYZES": 180,
    "CRITIQUES": 190,
}
