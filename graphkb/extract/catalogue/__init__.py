"""The curated catalogue of methods, models, benchmarks and tasks, and its checks.

The facts stand in the YAML files of this folder, one list of entries each; see `Entry` for what
an entry says. Nothing is read before `load_catalogue` is called.
"""

from graphkb.extract.catalogue.check import check
from graphkb.extract.catalogue.collection import Catalogue
from graphkb.extract.catalogue.merge import Contribution, Merged, Remark, merge
from graphkb.extract.catalogue.reading import load_catalogue, parse_catalogue
from graphkb.model.entry import KINDS, Citation, Entry, Parent, Problem

__all__ = [
    "KINDS",
    "Catalogue",
    "Citation",
    "Contribution",
    "Entry",
    "Merged",
    "Parent",
    "Problem",
    "Remark",
    "check",
    "load_catalogue",
    "merge",
    "parse_catalogue",
]
