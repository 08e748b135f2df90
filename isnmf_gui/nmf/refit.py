"""Fitting a few bases anew while the rest of the model stays as it is.

With Z = Z_fixed + T V the sums of the updates are those of `divergence`, and the majorizer is a
sum over the elements of T and V as before, the fixed part being one more term of it: so the loss
does not rise. Letters as in `divergence`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.nmf.blocks import available_cores, single_threaded_blas
from isnmf_gui.nmf.divergence import ItakuraSaito
from isnmf_gui.nmf.updates import Multiplier, equalization

Array = NDArray[np.floating]
#: Frames that a thread works on at once.
BLOCK_FRAMES = 256
# Below this a model, in units of its mean, is as good as zero.
LEAST_MODEL = 1e-15


def refit(
    power: Array,
    fixed: Array,
    basis: Array,
    activation: Array,
    domain: float,
    n_iterations: int,
    floor: float,
    on_progress: Callable[[float], bool] | None = None,
) -> tuple[Array, Array, NDArray[np.float64]]:
    """Fit T and V so that X ≈ (Z_fixed + T V)^(2/p), by ME updates of T and V alone.

    Parameters
    ----------
    power : ndarray, shape (n_frames, n_bins)
        X.
    fixed : ndarray, shape (n_frames, n_bins)
        Z_fixed, the rest of the model, not negative.
    basis : ndarray, shape (n_bases, n_bins)
        T to begin with, positive.
    activation : ndarray, shape (n_frames, n_bases)
        V to begin with, positive.
    domain : float
        p.
    n_iterations : int
        Of them.
    floor : float
        Smallest power, relative to the mean.
    on_progress : callable, optional
        Told the share that is done after each iteration; returns whether to go on.

    Returns
    -------
    basis, activation : ndarray
        Like those given.
    loss : ndarray of float64, shape (n_iterations,)
        The Itakura-Saito divergence after each iteration.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    q = 2 / domain
    scale = float(power.mean(dtype=np.float64)) or 1.0
    X = np.maximum(power / power.dtype.type(scale), floor).astype(power.dtype)
    unit = scale ** (1 / q)
    T, V = (basis / unit).astype(X.dtype), activation.astype(X.dtype)
    losses = []
    with single_threaded_blas(), ThreadPoolExecutor(available_cores()) as threads:
        fit = _Fit(X, (fixed / unit).astype(X.dtype), q, threads)
        for iteration in range(n_iterations):
            T, loss = fit.iterate(T, V)
            losses.append(loss)
            if on_progress is not None and not on_progress((iteration + 1) / n_iterations):
                raise Stopped
    return T * X.dtype.type(unit), V, np.array(losses)


class _Fit:
    """The data of a fit, and one iteration of it over blocks of frames."""

    def __init__(self, X: Array, fixed: Array, q: float, threads: ThreadPoolExecutor) -> None:
        self.X, self.fixed, self.threads = X, fixed, threads
        self.divergence = ItakuraSaito(q, LEAST_MODEL)
        self.multiplier: Multiplier = equalization(q)
        self.blocks = [
            slice(first, min(first + BLOCK_FRAMES, len(X)))
            for first in range(0, len(X), BLOCK_FRAMES)
        ]

    def iterate(self, T: Array, V: Array) -> tuple[Array, float]:
        """Update V in place; return the next T, and the loss of this T with the new V."""
        tiny = np.finfo(T.dtype).tiny
        above, below, loss = np.zeros_like(T), np.zeros_like(T), 0.0
        for sums in self.threads.map(partial(self._block, T, V), self.blocks):
            above += sums[0]
            below += sums[1]
            loss += sums[2]
        c = above / np.maximum(below, tiny)
        return np.maximum(T * self.multiplier(c), tiny), loss

    def _block(self, T: Array, V: Array, block: slice) -> tuple[Array, Array, float]:
        """Update V within a block, and return its sums for T and its loss."""
        X, v = self.X[block], V[block]
        A = np.empty_like(X)
        tiny = np.finfo(T.dtype).tiny
        Z = v @ T
        Z += self.fixed[block]
        self.divergence.weigh(X, Z, A)
        c = (A @ T.T) / np.maximum(Z @ T.T, tiny)
        np.maximum(v * self.multiplier(c), tiny, out=v)
        Z = v @ T
        Z += self.fixed[block]
        loss = self.divergence.weigh(X, Z, A, np.empty_like(X))
        return v.T @ A, v.T @ Z, loss
