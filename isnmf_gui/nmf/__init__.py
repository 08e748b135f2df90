"""Itakura-Saito NMF: the mathematics alone, on numpy and threadpoolctl."""

from isnmf_gui.nmf.divergence import itakura_saito
from isnmf_gui.nmf.factorize import DEFAULT_FLOOR, Factorization, Progress, factorize
from isnmf_gui.nmf.starts import STARTS
from isnmf_gui.nmf.updates import RULES

__all__ = [
    "DEFAULT_FLOOR",
    "RULES",
    "STARTS",
    "Factorization",
    "Progress",
    "factorize",
    "itakura_saito",
]
