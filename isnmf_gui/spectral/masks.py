"""Masks: what share of the recording's spectrum belongs to a mix of components.

Wiener: m_k = t_k v_k / (T V). The masks of all components sum to one, so the parts add up to
the recording. Ratio: √(Z_k / X) with Z_k = (t_k v_k)^q, the published example's; the parts do
not add up to the recording. Both are linear in the components' gains: a mix is the sum of its
parts, each at its gain. All take the phase from the recording.

Once parts were edited, T V in the denominator stays the model as it was fitted: every other part
keeps its sound, and what an edit takes away or adds is left to the residual. With t and v edited
to t' and v', both masks become (t'v' / t v)^(1/p) of what they were: so much louder is the part in
the model. t'v' / T V would be far too loud where T V is small, such as just before an onset that
was smoothed. The Wiener mask is linear again in t^(1 − 1/p) t'^(1/p), and likewise for v.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import LEAST_SHARE, Array, Factors, Mask, Masks

MASKS = ("wiener", "ratio")

# Frames whose masks are looked at together when only their energy is wanted.
FRAMES_AT_ONCE = 256
# The published example's floor of the amplitude that the ratio mask divides by.
LEAST_AMPLITUDE = 1e-12


def part_energies(factors: Factors, power: Array, kind: str) -> NDArray[np.float64]:
    """Return each part's energy as a share of the recording's.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted.
    power : ndarray, shape (n_frames, n_bins)
        Power spectrogram of the recording.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    ndarray of float64, shape (n_bases,)
        Σ m_k² X / Σ X; zeros for a silent recording. They do not sum to one where parts overlap,
        as of any signals that are not orthogonal; and a part as it is written has less, since
        what overlapping frames contradict one another in is lost.
    """
    total = float(power.sum(dtype=np.float64))
    if total == 0:
        return np.zeros(len(factors.basis))
    if kind == "ratio":  # m_k² X is the model itself
        return factors.model_energies() / total
    energies = np.zeros(len(factors.basis))
    for v, weights in _weighted(factors, power, 2):
        squared = factors.normal_range[0] ** 2
        energies += ((v**2).T @ weights * squared).sum(axis=1, dtype=np.float64)
    return energies / total


def part_shares(factors: Factors, power: Array) -> NDArray[np.float64]:
    """Return how the recording's power is shared out among the parts.

    That is also how much of the recording a part explains as it is written with Wiener masks: its
    product with the recording, relative to the recording's energy.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted.
    power : ndarray, shape (n_frames, n_bins)
        Power spectrogram of the recording.

    Returns
    -------
    ndarray of float64, shape (n_bases,)
        Σ X (t_k v_k / T V) / Σ X, which sum to one; zeros for a silent recording.
    """
    shares = np.zeros(len(factors.basis))
    for v, weights in _weighted(factors, power, 1):
        shares += (v.T @ weights * factors.normal_range[0]).sum(axis=1, dtype=np.float64)
    shares /= float(shares.sum()) or 1.0
    return shares


def energies_over_time(
    factors: Factors, power: Array, kind: str, n_frames: int
) -> NDArray[np.float64]:
    """Return the energies Σ m_k² X of the parts in stretches of so many frames.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted.
    power : ndarray, shape (n_frames, n_bins)
        Power spectrogram of the recording.
    kind : {"wiener", "ratio"}
        The mask.
    n_frames : int
        In a stretch; a divisor of `FRAMES_AT_ONCE`. The last may have fewer.

    Returns
    -------
    ndarray of float64, shape (n_stretches, n_bases)
        Up to a factor.
    """
    if kind == "ratio":
        q = 2 / factors.domain
        over_bins = (factors.basis.astype(np.float64) ** q).sum(axis=1)
        energies: NDArray[np.float64] = factors.activation.astype(np.float64) ** q * over_bins
        return _summed(energies, n_frames)
    squared = (factors.normal_range[0] ** 2).T
    blocks = [
        _summed((weights @ squared * v**2).astype(np.float64), n_frames)
        for v, weights in _weighted(factors, power, 2)
    ]
    return np.concatenate(blocks)


def _weighted(factors: Factors, power: Array, exponent: int) -> Iterator[tuple[Array, Array]]:
    """Yield V and X / (T V)^exponent of some frames after others, in the range of the masks."""
    basis = factors.normal_range[0]
    begin, end = factors.frames or (0, len(power))  # outside them all parts are silent
    for first in range(begin, end, FRAMES_AT_ONCE):
        last = min(first + FRAMES_AT_ONCE, end)
        v = factors.scaled_activation(first, last)
        model = v @ basis + LEAST_SHARE * len(basis)
        if exponent == 1:
            yield v, power[first:last] / model
            continue
        weights = np.sqrt(power[first:last]) / model
        weights *= weights  # the root first: the square of a small model would underflow
        yield v, weights


def _summed(energies: NDArray[np.float64], n_frames: int) -> NDArray[np.float64]:
    starts = np.arange(0, len(energies), n_frames)
    sums: NDArray[np.float64] = np.add.reduceat(energies, starts, axis=0)
    return sums


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
    gains = np.zeros(factors.n_parts)
    gains[list(components)] = 1
    return gain_mask(factors, gains, kind)


def gain_mask(factors: Factors, gains: NDArray[np.floating], kind: str) -> Mask:
    """Return the mask of all components, each at its gain: Σ g_k m_k.

    Made in no time: what it needs of the factors is prepared once for all masks of them.

    Parameters
    ----------
    factors : Factors
        Of all components.
    gains : ndarray, shape (n_parts,)
        Linear gains, not negative.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the
        factors. Only "ratio" looks at the power.
    """
    weights = factors.by_term(np.asarray(gains, factors.basis.dtype))

    def wiener(first: int, last: int, power: Array) -> Array:
        basis = factors.normal_range[0]
        activation = factors.scaled_activation(first, last)
        # One product for both: twice as fast as two for a few frames.
        both = np.concatenate([activation * weights, activation]) @ basis
        share, total = both[: last - first], both[last - first :]
        share += LEAST_SHARE * weights.sum()
        total += LEAST_SHARE * len(basis)
        return np.divide(share, total, out=share)

    def edited(first: int, last: int, power: Array) -> Array:
        share = (factors.scaled_activation(first, last) * weights) @ factors.normal_range[0]
        return np.divide(share, factors.scaled_model(first, last), out=share)

    def ratio(first: int, last: int, power: Array) -> Array:
        activation = factors.activation[first:last] ** (1 / factors.domain)
        return _over(activation * weights @ factors.amplitude_basis, power)

    if kind == "ratio":
        return factors.within(ratio)
    return factors.within(wiener if factors.model is None else edited)


def gain_masks(factors: Factors, gains: Sequence[NDArray[np.floating]], kind: str) -> Masks:
    """Return the masks of several mixes of all components; what they share is computed once.

    Parameters
    ----------
    factors : Factors
        Of all components.
    gains : sequence of ndarray, each of shape (n_parts,)
        Linear gains of each mix, not negative.
    kind : {"wiener", "ratio"}
        The mask.

    Returns
    -------
    callable
        `masks(first, last, power)` yields those that `gain_mask` gives one by one, but for
        rounding. It takes the time of two of them, if every component is in one of the mixes.
    """
    weights = [factors.by_term(np.asarray(each, factors.basis.dtype)) for each in gains]
    chosen = [np.flatnonzero(each) for each in weights]
    least = [LEAST_SHARE * each.sum() if factors.model is None else 0 for each in weights]

    def shares(activation: Array, basis: Array) -> Iterator[Array]:
        for weight, terms in zip(weights, chosen, strict=True):
            yield (activation[:, terms] * weight[terms]) @ basis[terms]

    def wiener(first: int, last: int, power: Array) -> Iterator[Array]:
        total = factors.scaled_model(first, last)
        activation = factors.scaled_activation(first, last)
        for share, added in zip(shares(activation, factors.normal_range[0]), least, strict=True):
            share += added
            yield factors.silenced(np.divide(share, total, out=share), first)

    def ratio(first: int, last: int, power: Array) -> Iterator[Array]:
        amplitude = np.maximum(np.sqrt(power), LEAST_AMPLITUDE)
        activation = factors.activation[first:last] ** (1 / factors.domain)
        for share in shares(activation, factors.amplitude_basis):
            yield factors.silenced(np.divide(share, amplitude, out=share), first)

    return ratio if kind == "ratio" else wiener


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
