"""The update rules: from c = (sum of A) / (sum of B) to the factor a matrix is multiplied by.

A matrix element θ with multiplier r has the majorizer c (r^−q − 1)/q + (r − 1) up to scale.
MM goes to its minimum, ME to its other point of equal height. Sources: Févotte and Idier,
"Algorithms for nonnegative matrix factorization with the β-divergence", Neural Computation
23(9), 2011; Nakano et al., "Convergence-guaranteed multiplicative algorithms for NMF with
β-divergence", MLSP 2010.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

#: Name of a rule, and the function that makes the multiplier from c and q.
RULES: dict[str, Callable[[Array, float], Array]] = {}

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


RULES["mm"] = mm_multiplier
RULES["me"] = me_multiplier
