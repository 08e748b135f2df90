"""Masks: what share of the recording's spectrum belongs to a part.

Wiener: m_k = t_k v_k / (T V). The masks of all components sum to one, so the parts add up to
the recording. Ratio: √(Z_k / X) with Z_k = (t_k v_k)^q, the published example's; the parts do
not add up. Both take the phase from the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
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
    basis, activation = _normal_range(factors)
    energies = np.zeros(factors.n_bases)
    for first in range(0, len(power), FRAMES_AT_ONCE):
        v = activation[first : first + FRAMES_AT_ONCE]
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
        For "ratio" the amplitudes' powers of the group are summed.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the factors.
    """
    chosen = list(components)
    basis, activation = _normal_range(factors)
    part_basis = np.ascontiguousarray(basis[chosen])
    part_activation = np.ascontiguousarray(activation[:, chosen])

    def wiener(first: int, last: int, power: Array) -> Array:
        share = part_activation[first:last] @ part_basis
        share += LEAST_SHARE * len(chosen)
        total = activation[first:last] @ basis
        total += LEAST_SHARE * factors.n_bases
        return np.divide(share, total, out=share)

    q = 2 / factors.domain

    def ratio(first: int, last: int, power: Array) -> Array:
        model = np.zeros_like(power)
        for component in chosen:
            one = factors.activation[first:last, component, None] * factors.basis[component]
            model += one**q
        amplitude = np.maximum(np.sqrt(power), LEAST_AMPLITUDE)
        result: Array = np.sqrt(model) / amplitude
        return result

    return factors.within(wiener if kind == "wiener" else ratio)


def _normal_range(factors: Factors) -> tuple[Array, Array]:
    """Scale T so that every basis peaks at 1, and V so that the largest product does.

    Wiener masks do not depend on it, and no recording is too quiet or too loud for float32.
    """
    peaks = factors.basis.max(axis=1).astype(np.float64)
    largest = float(peaks.max())
    if largest == 0:
        return factors.basis, factors.activation
    basis = factors.basis / np.where(peaks > 0, peaks, 1)[:, None]
    activation = factors.activation * (peaks / largest)
    activation /= float(activation.max()) or 1.0
    dtype = factors.basis.dtype
    return basis.astype(dtype), activation.astype(dtype)
