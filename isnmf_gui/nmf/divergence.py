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


def _sum(values: Array) -> float:
    """Sum in float64: the loss of a good fit is a small difference of large sums."""
    return float(values.sum(dtype=np.float64))


class Ratios(ABC):
    """How a block of Z becomes the block's A, B and loss.

    Parameters
    ----------
    q : float
        2 / p.
    model_floor : float
        Smallest Z; keeps 1 / Z finite.
    """

    def __init__(self, q: float, model_floor: float) -> None:
        self.q = q
        self.model_floor = model_floor

    @abstractmethod
    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array) -> float:
        """Overwrite Z with B, fill A, and return the loss of the block.

        Parameters
        ----------
        X, Z, A, scratch : ndarray, shape (n_frames of the block, n_bins)
            X is read; the others are overwritten.

        Returns
        -------
        float
            The loss of the block before the update.
        """


class ItakuraSaito(Ratios):
    """The loss of the program: X is positive (floored), so no offset is needed."""

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array) -> float:  # noqa: D102
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
        np.log(A, out=scratch)
        loss = _sum(A) - _sum(scratch) - A.size
        # (X R^q) R and never R^(q+1) alone, which overflows float32 where the model is small.
        np.multiply(A, R, out=A)
        return loss


class OffsetItakuraSaito(Ratios):
    """The loss of the published example: `model_floor` is added to power and model in it."""

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array) -> float:  # noqa: D102
        np.power(Z, self.q, out=scratch)
        np.add(scratch, self.model_floor, out=scratch)
        np.add(X, self.model_floor, out=A)
        np.divide(A, scratch, out=A)
        np.log(A, out=scratch)
        loss = _sum(A) - _sum(scratch) - A.size
        np.maximum(Z, self.model_floor, out=Z)
        np.power(Z, -(self.q + 1), out=A)
        np.multiply(A, X, out=A)
        np.reciprocal(Z, out=Z)
        return loss


class KullbackLeibler(Ratios):
    """Ratios that fit Z to X^(1/q) in the Kullback-Leibler sense, for the tempered start.

    The loss is not needed there: zero is returned.
    """

    def weigh(self, X: Array, Z: Array, A: Array, scratch: Array) -> float:  # noqa: D102
        np.maximum(Z, self.model_floor, out=Z)
        if self.q == 1:
            np.divide(X, Z, out=A)
        else:
            np.power(X, 1 / self.q, out=scratch)
            np.divide(scratch, Z, out=A)
        Z.fill(1)
        return 0.0
