"""Masks: what share of the recording's spectrum belongs to a mix of components.

Wiener: m_k = t_k v_k / (T V). The masks of all components sum to one, so the parts add up to
the recording. Ratio: √(Z_k / X) with Z_k = (t_k v_k)^q, the published example's; the parts do
not add up to the recording. Both are linear in the components' gains: a mix is the sum of its
parts, each at its gain. All take the phase from the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import DTypeLike, NDArray

Array = NDArray[np.floating]
#: Makes the mask (n_frames, n_bins) of frames [first, last) from their power.
Mask = Callable[[int, int, Array], Array]

MASKS = ("wiener", "ratio")

# Added to every component's share: where all of them underflow they share equally, instead of
# 0/0. In float32 this is just above the smallest normal number.
LEAST_SHARE = 1e-37
# Frames whose masks are looked at together when only their energy is wanted.
FRAMES_AT_ONCE = 256
# The published example's floor of the amplitude that the ratio mask divides by.
LEAST_AMPLITUDE = 1e-12


@dataclass(frozen=True, eq=False)
class Factors:
    """Basis and activation, stored as the masks need them.

    Attributes
    ----------
    basis : ndarray, shape (n_bases, n_bins)
        T, a basis per row.
    activation : ndarray, shape (n_frames, n_bases)
        V, a frame per row.
    domain : float
        p.
    frames : (int, int), optional
        First and one past the last of the frames that were factorized, if not all were: outside
        them every part is silent.
    """

    basis: Array
    activation: Array
    domain: float
    frames: tuple[int, int] | None = None

    @classmethod
    def of(
        cls,
        basis: Array,
        activation: Array,
        domain: float,
        dtype: DTypeLike,
        frames: tuple[int, int] | None = None,
    ) -> Factors:
        """Take T (n_bins, n_bases) and V (n_bases, n_frames) as a factorization gives them."""
        t, v = (np.ascontiguousarray(factor.T, dtype) for factor in (basis, activation))
        return cls(t, v, domain, frames)

    @property
    def n_bases(self) -> int:
        """Number of components."""
        return len(self.basis)

    @cached_property
    def normal_range(self) -> tuple[Array, NDArray[np.float64]]:
        """T scaled so that every basis peaks at 1, and what to multiply V by.

        The largest product then peaks at 1 as well. Wiener masks do not depend on it, and no
        recording is too quiet or too loud for float32. V stays where it is: a run that is
        listened to brings new factors many times a second.
        """
        peaks = self.basis.max(axis=1).astype(np.float64)
        gains = np.ones(self.n_bases)
        if peaks.max() > 0:
            loudest = (self.activation.max(axis=0) * (peaks / peaks.max())).max()
            gains = peaks / peaks.max() / (loudest or 1.0)
        divisors = np.where(peaks > 0, peaks, 1)[:, None]
        return (self.basis / divisors).astype(self.basis.dtype), gains

    def scaled_activation(self, first: int, last: int) -> Array:
        """Return frames [first, last) of V in the range of `normal_range`."""
        scaled = self.activation[first:last] * self.normal_range[1]
        return scaled.astype(self.activation.dtype)

    @cached_property
    def amplitude_basis(self) -> Array:
        """T to the power q/2, which the ratio mask needs."""
        result: Array = self.basis ** (1 / self.domain)
        return result

    def prepare(self) -> None:
        """Compute now what masks compute at first use, some milliseconds at most."""
        self.normal_range, self.amplitude_basis  # noqa: B018 - kept from now on

    def within(self, mask: Mask) -> Mask:
        """Return a mask that is zero outside the frames that were factorized."""
        if self.frames is None:
            return mask
        begin, end = self.frames

        def inside(first: int, last: int, power: Array) -> Array:
            result = mask(first, last, power)
            result[: max(0, begin - first)] = 0
            result[max(0, end - first) :] = 0
            return result

        return inside

    def model_energies(self) -> NDArray[np.float64]:
        """Return Σ (t_k v_k)^q over bins and frames, shape (n_bases,): power in the model.

        The power of a product is the product of the powers, so no picture is needed for it.
        """
        q = 2 / self.domain
        over_bins = (self.basis.astype(np.float64) ** q).sum(axis=1)
        result: NDArray[np.float64] = over_bins * (self.activation.astype(np.float64) ** q).sum(0)
        return result


def part_energies(factors: Factors, power: Array, kind: str) -> NDArray[np.float64]:
    """Return each part's energy as a share of the recording's.

    Parameters
    ----------
    factors : Factors
        Of all components.
    power : ndarray, shape (n_frames, n_bins)
        Power spectrogram of the recording.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    ndarray of float64, shape (n_bases,)
        Σ m_k² X / Σ X; zeros for a silent recording. Shares of parts that overlap do not sum
        to one, as for any signals that are not orthogonal.
    """
    total = float(power.sum(dtype=np.float64))
    if total == 0:
        return np.zeros(factors.n_bases)
    if kind == "ratio":  # m_k² X is the model itself
        return factors.model_energies() / total
    basis = factors.normal_range[0]
    energies = np.zeros(factors.n_bases)
    for first in range(0, len(power), FRAMES_AT_ONCE):
        v = factors.scaled_activation(first, first + FRAMES_AT_ONCE)
        model = v @ basis + LEAST_SHARE * factors.n_bases
        weights = np.sqrt(power[first : first + FRAMES_AT_ONCE]) / model
        weights *= weights  # the root first: the square of a small model would underflow
        energies += ((v**2).T @ weights * basis**2).sum(axis=1, dtype=np.float64)
    return energies / total


def part_mask(factors: Factors, components: Sequence[int], kind: str) -> Mask:
    """Return the mask of a group of components.

    Parameters
    ----------
    factors : Factors
        Of all components.
    components : sequence of int
        Which of them form the part.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the factors.
    """
    gains = np.zeros(factors.n_bases)
    gains[list(components)] = 1
    return gain_mask(factors, gains, kind)


def gain_mask(factors: Factors, gains: NDArray[np.floating], kind: str) -> Mask:
    """Return the mask of all components, each at its gain: Σ g_k m_k.

    Made in no time: what it needs of the factors is prepared once for all masks of them.

    Parameters
    ----------
    factors : Factors
        Of all components.
    gains : ndarray, shape (n_bases,)
        Linear gains, not negative.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the
        factors. Only "ratio" looks at the power.
    """
    weights = np.asarray(gains, factors.basis.dtype)

    def wiener(first: int, last: int, power: Array) -> Array:
        basis = factors.normal_range[0]
        activation = factors.scaled_activation(first, last)
        # One product for both: twice as fast as two for a few frames.
        both = np.concatenate([activation * weights, activation]) @ basis
        share, total = both[: last - first], both[last - first :]
        share += LEAST_SHARE * weights.sum()
        total += LEAST_SHARE * factors.n_bases
        return np.divide(share, total, out=share)

    def ratio(first: int, last: int, power: Array) -> Array:
        activation = factors.activation[first:last] ** (1 / factors.domain)
        return _over(activation * weights @ factors.amplitude_basis, power)

    return factors.within(wiener if kind == "wiener" else ratio)


def model_mask(factors: Factors) -> Mask:
    """Return the mask that gives the recording the power of the model: √(Z / X), Z = (T V)^q.

    Parameters
    ----------
    factors : Factors
        Of all components.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the factors.
    """

    def model(first: int, last: int, power: Array) -> Array:
        product = factors.activation[first:last] @ factors.basis
        return _over(product ** (1 / factors.domain), power)

    return factors.within(model)


def residual_mask(mask: Mask) -> Mask:
    """Return the mask of what another one leaves out: 1 − m."""

    def residual(first: int, last: int, power: Array) -> Array:
        given = mask(first, last, power)
        return np.subtract(1, given, out=given)

    return residual


def _over(amplitude: Array, power: Array) -> Array:
    """Divide amplitudes by those of the recording."""
    floored = np.maximum(np.sqrt(power), LEAST_AMPLITUDE)
    return np.divide(amplitude, floored, out=amplitude)
