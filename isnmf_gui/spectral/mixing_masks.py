"""Masks of mixes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.masks import LEAST_AMPLITUDE, LEAST_SHARE, Array, Factors, Mask


def gain_mask(factors: Factors, gains: NDArray[np.floating], kind: str) -> Mask:
    """Return the mask of all components, each at its gain."""
    weights = np.asarray(gains, factors.basis.dtype)

    def wiener(first: int, last: int, power: Array) -> Array:
        v = factors.activation[first:last]
        both = np.concatenate([v * weights, v]) @ factors.basis
        share, total = both[: last - first], both[last - first :]
        share += LEAST_SHARE * weights.sum()
        total += LEAST_SHARE * factors.n_bases
        return np.divide(share, total, out=share)

    def ratio(first: int, last: int, power: Array) -> Array:
        root = 1 / factors.domain
        amplitude = (factors.activation[first:last] ** root * weights) @ factors.basis**root
        result: Array = amplitude / np.maximum(np.sqrt(power), LEAST_AMPLITUDE)
        return result

    return factors.within(wiener if kind == "wiener" else ratio)


def residual_mask(mask: Mask) -> Mask:
    """Return the mask of what another one leaves out: 1 − m."""
    return lambda first, last, power: 1 - mask(first, last, power)
