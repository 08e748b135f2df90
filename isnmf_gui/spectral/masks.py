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

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.spectral.factors import LEAST_SHARE, Array, Factors, Mask, Masks

MASKS = ("wiener", "ratio")

#: Elements of the spectrogram that are looked at together when only their energy is wanted.
ELEMENTS_AT_ONCE = 1 << 17
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
        Σ m_k² X / Σ X; zeros for a silent recording. Shares of parts that overlap do not sum
        to one, as for any signals that are not orthogonal.
    """
    total = float(power.sum(dtype=np.float64))
    if total == 0:
        return np.zeros(len(factors.basis))
    if kind == "ratio":  # m_k² X is the model itself
        return factors.model_energies() / total
    begin, end = factors.frames or (0, len(power))  # outside them all parts are silent
    size = _block_frames(factors)
    blocks = range(begin, end, size)
    sums = (_wiener_sums(factors, n, power[n : min(n + size, end)]) for n in blocks)
    return sum(sums, start=np.zeros(len(factors.basis))) / total


def _block_frames(factors: Factors) -> int:
    n_bins = int(factors.basis.shape[1])
    return max(1, ELEMENTS_AT_ONCE // n_bins)


def _wiener_sums(factors: Factors, first: int, power: Array) -> NDArray[np.float64]:
    """Return Σ m_k² X of Wiener masks over frames from `first` on, shape (n_bases,)."""
    basis = factors.normal_range[0]
    v = factors.scaled_activation(first, first + len(power))
    model = v @ basis + LEAST_SHARE * len(basis)
    weights = np.sqrt(power) / model
    weights *= weights  # the root first: the square of a small model would underflow
    sums: NDArray[np.float64] = ((v**2).T @ weights * basis**2).sum(axis=1, dtype=np.float64)
    return sums


def summed_energies(
    factors: Factors,
    read: Callable[[int, int], Array],
    n_frames: int,
    n_threads: int,
    on_progress: Callable[[float], bool] | None = None,
) -> tuple[dict[str, NDArray[np.float64]], float]:
    """Return what `part_energies` does for each kind of mask, without the whole spectrogram.

    Parameters
    ----------
    factors : Factors
        Of all components, as they were fitted.
    read : callable
        Returns the power of frames [first, last), shape (n_frames, n_bins). Called in threads.
    n_frames : int
        How many there are.
    n_threads : int
        How many blocks are looked at side by side. BLAS should not have threads of its own then.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    energies : dict of str to ndarray of float64, shape (n_bases,)
        As shares of the recording's.
    total : float
        The recording's: Σ X.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    begin, end = factors.frames or (0, n_frames)
    size = _block_frames(factors)

    def block(first: int) -> tuple[NDArray[np.float64], float]:
        power = read(first, min(first + size, n_frames))
        inside = slice(max(begin - first, 0), max(end - first, 0))
        sums = _wiener_sums(factors, first + inside.start, power[inside])
        return sums, float(power.sum(dtype=np.float64))

    wiener, total = np.zeros(len(factors.basis)), 0.0
    with ThreadPoolExecutor(n_threads, "energies") as pool:
        for first, (sums, energy) in zip(
            range(0, n_frames, size), pool.map(block, range(0, n_frames, size)), strict=True
        ):
            wiener, total = wiener + sums, total + energy
            if on_progress is not None and not on_progress(first / n_frames):
                pool.shutdown(wait=False, cancel_futures=True)
                raise Stopped
    if total == 0:
        return {kind: np.zeros(len(wiener)) for kind in MASKS}, 0.0
    return {"wiener": wiener / total, "ratio": factors.model_energies() / total}, total


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
