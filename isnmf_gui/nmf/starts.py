"""Where a factorization starts from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.divergence import KullbackLeibler
from isnmf_gui.nmf.steps import Step, Sums
from isnmf_gui.nmf.updates import power

Array = NDArray[np.floating]

#: Names of the starts that need no factors given.
STARTS = ("random", "tempered")

TEMPERING_ITERATIONS = 20


def random_start(
    n_bins: int, n_frames: int, n_bases: int, seed: int, dtype: DTypeLike = np.float64
) -> tuple[Array, Array]:
    """Draw both factors uniformly from [0, 1).

    numpy's legacy generator is used since its stream is frozen: a seed gives the same start in
    every release, and the published example's start for its seed 111.

    Parameters
    ----------
    n_bins, n_frames, n_bases : int
        Sizes.
    seed : int
        From 0 to 2^32 − 1.
    dtype : {float64, float32}
        Drawn in float64, and rounded row by row, which takes less memory.

    Returns
    -------
    basis : ndarray, shape (n_bins, n_bases)
        Drawn first.
    activation : ndarray, shape (n_bases, n_frames)
        Drawn second.
    """
    generator = np.random.RandomState(seed)
    basis, activation = np.empty((n_bins, n_bases), dtype), np.empty((n_bases, n_frames), dtype)
    for factor in (basis, activation):
        for row in factor:
            row[:] = generator.rand(len(row))
    return basis, activation


def temper(
    walker: Walker, T: Array, V: Array, q: float, floor: float, keep_on: Callable[[], bool]
) -> bool:
    """Improve a start in place by Kullback-Leibler iterations on X^(1/q).

    That divergence weighs loud parts more and has fewer poor minima, so the bases begin near
    notes and strokes instead of near noise.

    Parameters
    ----------
    walker : Walker
        Holds X.
    T : ndarray, shape (n_bases, n_bins)
        Basis, changed in place.
    V : ndarray, shape (n_frames, n_bases)
        Activation, changed in place.
    q : float
        2 / p.
    floor : float
        Smallest element of the factors and of their product.
    keep_on : callable
        Asked before each iteration; False ends it early.

    Returns
    -------
    bool
        Whether it was kept on to the end.

    Notes
    -----
    Lee and Seung, "Algorithms for non-negative matrix factorization", NIPS 2000, eq. (5).
    """
    divergence = KullbackLeibler(q, floor)
    step = Step(T, power(1.0), floor)
    sums = Sums.like(T)
    walker.walk(divergence, T, V, sums)
    for _ in range(TEMPERING_ITERATIONS):
        if not keep_on():
            return False
        step.update(T, sums.numerator, sums.denominator)
        walker.walk(divergence, T, V, sums, step)
    return True
