"""Itakura-Saito NMF: the mathematics alone, on numpy and threadpoolctl."""

from isnmf_gui.nmf.blocks import available_cores, single_threaded_blas
from isnmf_gui.nmf.divergence import itakura_saito
from isnmf_gui.nmf.factorize import DEFAULT_FLOOR, factorize
from isnmf_gui.nmf.results import Factorization, Progress
from isnmf_gui.nmf.rules import RULES
from isnmf_gui.nmf.starts import STARTS

__all__ = [
    "DEFAULT_FLOOR",
    "RULES",
    "STARTS",
    "Factorization",
    "Progress",
    "available_cores",
    "factorize",
    "itakura_saito",
    "single_threaded_blas",
]
