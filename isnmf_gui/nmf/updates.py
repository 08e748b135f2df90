"""The update rules: from c = (sum of A) / (sum of B) to the factor a matrix is multiplied by.

A matrix element θ with multiplier r has the majorizer c (r^−q − 1)/q + (r − 1) up to scale.
MM goes to its minimum, ME to its other point of equal height; a power of c beyond MM's own goes
further without such a promise. Sources: Févotte and Idier, "Algorithms for nonnegative matrix
factorization with the β-divergence", Neural Computation 23(9), 2011; Nakano et al.,
"Convergence-guaranteed multiplicative algorithms for NMF with β-divergence", MLSP 2010.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.once import once

Array = NDArray[np.floating]

#: The table of a multiplier: log2 of c from −100 to 100 in steps of 1/16, and a point beyond.
TABLE_OCTAVES, TABLE_STEPS = 100, 16

# Beyond these, exp and powers leave the range of float32; no update needs to go so far at once.
SMALLEST, LARGEST = 1e-30, 1e30
NEWTON_STEPS = 3


def mm_multiplier(c: Array, q: float) -> Array:
    """Majorization-minimization: c^(1/(q+1)).

    Parameters
    ----------
    c : ndarray of float, any shape
        Ratio of the sums, non-negative.
    q : float
        2 / p, between 1 and 2.

    Returns
    -------
    ndarray, like `c`
        What to multiply the matrix by; the loss does not rise.
    """
    if q == 1:
        return np.sqrt(c)
    if q == 2:
        return np.cbrt(c)
    return np.power(c, 1 / (q + 1))


def me_multiplier(c: Array, q: float) -> Array:
    """Majorization-equalization: the root r ≠ 1 of c (r^−q − 1) + q (r − 1) = 0.

    Parameters
    ----------
    c : ndarray of float, any shape
        Ratio of the sums, non-negative.
    q : float
        2 / p, between 1 and 2.

    Returns
    -------
    ndarray, like `c`
        What to multiply the matrix by; the loss does not rise. For q = 1 it is c itself.
    """
    if q == 1:
        return c
    if q == 2:
        result: Array = (c + np.sqrt(c * (c + 8))) / 4
        return result
    return np.exp(_equalizing_exponent(np.log(np.clip(c, SMALLEST, LARGEST)), q))


def _equalizing_exponent(log_c: Array, q: float) -> Array:
    """Solve log ψ(u) = log c by Newton's method, ψ(u) = q expm1(u) / (−expm1(−q u)).

    log ψ is increasing and concave, and its tangent at 0 has the slope (q+1)/2: the start lies
    left of the root for every c, so the steps approach it from one side.
    """
    u = 2 * log_c / (q + 1)
    for _ in range(NEWTON_STEPS):
        # Near 0 both parts of the fraction vanish: the series takes over, with slope (q+1)/2.
        near = np.abs(u) < 1e-4
        v = np.where(near, 1.0, u).astype(u.dtype)
        rising, falling = np.expm1(v), -np.expm1(-q * v)
        value = np.log(q * rising / falling)
        slope = (rising + 1) / rising - q * (1 - falling) / falling
        series = (q + 1) / 2 * u + (1 - q * q) / 24 * u * u
        value = np.where(near, series, value)
        slope = np.where(near, (q + 1) / 2, slope)
        u = (u - (value - log_c) / slope).astype(u.dtype)
    return u


@dataclass(frozen=True)
class Multiplier:
    """A rule's way from c to the multiplier, for one q.

    Attributes
    ----------
    function : callable
        Returns the multipliers for an array of c.
    exponent : float or None
        The multiplier is c to this power; None if it is no power of c.
    """

    function: Callable[[Array], Array]
    exponent: float | None = None

    def __call__(self, c: Array) -> Array:
        """Return the multiplier for each c."""
        return self.function(c)

    @once
    def table(self) -> NDArray[np.float32]:
        """log2 of the multiplier over log2 of c, shape (2 · 100 · 16 + 3,).

        So compiled code needs no rule's formula.
        """
        steps = TABLE_OCTAVES * TABLE_STEPS + 1
        log_c = np.arange(-steps, steps + 1) / TABLE_STEPS
        return np.log2(self.function(np.exp2(log_c))).astype(np.float32)


def minimization(q: float) -> Multiplier:
    """Return MM's multiplier."""
    return Multiplier(partial(mm_multiplier, q=q), 1 / (q + 1))


def equalization(q: float) -> Multiplier:
    """Return ME's multiplier."""
    return Multiplier(partial(me_multiplier, q=q), 1.0 if q == 1 else None)


def power(exponent: float) -> Multiplier:
    """Return the multiplier c^exponent."""
    return Multiplier(lambda c: np.power(c, exponent), exponent)
