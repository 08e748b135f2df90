"""The Itakura-Saito divergence and the ratios that the updates are made of.

Letters, as in the paper and in all of `nmf`:

    X   power spectrogram            T   basis        V   activation
    Z = T V                          Y = Z^q, the model, with q = 2 / p
    R = 1 / Z      A = X R^(q+1)     B = R

Blocks hold whole frames: a row is a frame, a column a frequency bin.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


def itakura_saito(power: ArrayLike, model: ArrayLike) -> float:
    """Return the Itakura-Saito divergence, summed over all elements.

    Parameters
    ----------
    power, model : array_like of float, the same shape
        X and Y, both positive.

    Returns
    -------
    float
        Σ [ X/Y − log(X/Y) − 1 ], zero only where both are equal.

    Notes
    -----
    Févotte, Bertin and Durrieu, "Nonnegative matrix factorization with the Itakura-Saito
    divergence", Neural Computation 21(3), 2009, eq. (9).
    """
    ratio = np.asarray(power, np.float64) / np.asarray(model, np.float64)
    return float(np.sum(ratio - np.log(ratio) - 1))


class Divergence(ABC):
    """How a block of Z becomes the block's A, B and loss.

    Parameters
    ----------
    q : float
        2 / p.
    model_floor : float
        Smallest Z; keeps 1 / Z finite.
    """

    #: Whether compiled code knows it.
    is_compiled = True

    def __init__(self, q: float, model_floor: float) -> None:
        self.q = q
        self.model_floor = model_floor

    @abstractmethod
    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array | None = None) -> float:
        """Overwrite Z with B and fill A.

        Parameters
        ----------
        X, Z, A : ndarray, shape (n_frames of the block, n_bins)
            X is read; the others are overwritten.
        scratch : ndarray, optional
            Like them; overwritten. Without it there is no loss.

        Returns
        -------
        float
            The loss of the block; 0 if it was not asked for.
        """


class ItakuraSaito(Divergence):
    """The loss of the program: X is positive (floored), so no offset is needed."""

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array | None = None) -> float:  # noqa: D102
        np.maximum(Z, self.model_floor, out=Z)
        if self.q in (1, 2):
            R = np.reciprocal(Z, out=Z)
            np.multiply(X, R, out=A)
            if self.q == 2:
                np.multiply(A, R, out=A)
        else:
            np.log(Z, out=A)
            np.multiply(A, -self.q, out=A)
            np.exp(A, out=A)
            np.multiply(A, X, out=A)
            R = np.reciprocal(Z, out=Z)
        # A is X/Y here. Summing log(X/Y) instead of log X and log Y apart loses no digits.
        loss = 0.0 if scratch is None else _sum(A) - _sum_of_logs(A, scratch) - A.size
        # (X R^q) R and never R^(q+1) alone, which overflows float32 where the model is small.
        np.multiply(A, R, out=A)
        return loss


class OffsetItakuraSaito(Divergence):
    """The loss of the published example: `model_floor` is added to power and model in it."""

    is_compiled = False

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array | None = None) -> float:  # noqa: D102
        loss = 0.0
        if scratch is not None:
            np.power(Z, self.q, out=scratch)
            np.add(scratch, self.model_floor, out=scratch)
            np.add(X, self.model_floor, out=A)
            np.divide(A, scratch, out=A)
            loss = _sum(A) - _sum(np.log(A, out=scratch)) - A.size
        np.maximum(Z, self.model_floor, out=Z)
        np.power(Z, -(self.q + 1), out=A)
        np.multiply(A, X, out=A)
        np.reciprocal(Z, out=Z)
        return loss


class KullbackLeibler(Divergence):
    """Ratios that fit Z to X^(1/q) in the Kullback-Leibler sense, for the tempered start.

    The loss is not needed there: zero is returned.
    """

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array | None = None) -> float:  # noqa: D102
        np.maximum(Z, self.model_floor, out=Z)
        if self.q == 1:
            np.divide(X, Z, out=A)
        else:
            roots = np.sqrt if self.q == 2 else lambda X, out: np.power(X, 1 / self.q, out=out)
            np.divide(roots(X, out=A), Z, out=A)
        Z.fill(1)
        return 0.0


def _sum(values: Array) -> float:
    """Sum in float64: the loss of a good fit is a small difference of large sums."""
    if values.dtype == np.float64:
        return float(values.sum())
    # Rows are summed in pairs in their own precision, which loses next to nothing and is fast.
    return float(values.sum(axis=-1).sum(dtype=np.float64))


def _sum_of_logs(values: Array, scratch: Array) -> float:
    """Sum the logs of positive numbers, as logs of products of four where those are in range."""
    quarter = values.size // 4
    flat, products = values.reshape(-1), scratch.reshape(-1)[:quarter]
    limits = np.finfo(values.dtype)
    with np.errstate(over="ignore", under="ignore"):
        np.multiply(flat[:quarter], flat[quarter : 2 * quarter], out=products)
        np.multiply(products, flat[2 * quarter : 3 * quarter], out=products)
        np.multiply(products, flat[3 * quarter : 4 * quarter], out=products)
    if quarter and limits.tiny < products.min() and products.max() < limits.max:
        rest = np.log(flat[4 * quarter :])
        return _sum(np.log(products, out=products)) + _sum(rest)
    return _sum(np.log(values, out=scratch))
