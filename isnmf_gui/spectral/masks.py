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

# The published example's floor of the amplitude that the ratio mask divides by.
LEAST_AMPLITUDE = 1e-12


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
    heard = slice(None) if weights.all() else np.flatnonzero(weights)

    def wiener(first: int, last: int, power: Array) -> Array:
        basis = factors.normal_range[0]
        activation = factors.scaled_activation(first, last)
        # One product for both: twice as fast as two for a few frames.
        both = np.concatenate([activation * weights, activation]) @ basis
        share, total = both[: last - first], both[last - first :]
        share += LEAST_SHARE * weights.sum()
        total += LEAST_SHARE * len(basis)
        return np.divide(share, total, out=share)

    def by_model(first: int, last: int, power: Array) -> Array:
        return next(_wiener_masks(factors, [weights], first, last))

    def ratio(first: int, last: int, power: Array) -> Array:
        activation = factors.activation[first:last, heard] ** (1 / factors.domain)
        louder = weights[heard] * factors.amplitude_gain
        return _over(activation * louder @ factors.amplitude_basis[heard], power)

    if kind == "ratio":
        return factors.within(ratio)
    is_plain = factors.model is None and factors.runs is None
    return factors.within(wiener if is_plain else by_model)


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

    def wiener(first: int, last: int, power: Array) -> Iterator[Array]:
        for mask in _wiener_masks(factors, weights, first, last):
            yield factors.silenced(mask, first)

    def ratio(first: int, last: int, power: Array) -> Iterator[Array]:
        amplitude = np.maximum(np.sqrt(power), LEAST_AMPLITUDE)
        activation = factors.activation[first:last] ** (1 / factors.domain)
        for weight in weights:
            terms = np.flatnonzero(weight)
            louder = weight[terms] * factors.amplitude_gain
            share = (activation[:, terms] * louder) @ factors.amplitude_basis[terms]
            yield factors.silenced(np.divide(share, amplitude, out=share), first)

    return ratio if kind == "ratio" else wiener


def _wiener_masks(
    factors: Factors, weights: Sequence[Array], first: int, last: int
) -> Iterator[Array]:
    """Yield the Wiener masks of mixes of terms: of a set of runs the sum of what each run says."""
    models = list(factors.scaled_models(first, last))
    activation, basis = factors.scaled_activation(first, last), factors.normal_range[0]
    for weight in weights:
        mask: Array | None = None
        for run, model in enumerate(models):
            terms = factors.heard_of(run, weight)
            share = (activation[:, terms] * weight[terms]) @ basis[terms]
            if factors.model is None:
                share += LEAST_SHARE * weight[terms].sum()
            np.divide(share, model, out=share)
            mask = share if mask is None else np.add(mask, share, out=mask)
        assert mask is not None  # there is a run
        yield mask


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
