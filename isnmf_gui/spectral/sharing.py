"""Masks of a mix in which components are shared among sources, and some bins are labelled.

With gains g_ks of component k as part of source s, memberships A (rows sum to 1), components' masks
φ and, in bins that a person labelled, weights F_s (1 for the source that was named, e⁻⁵ for the
others):

    m(b) = Σ_s F_s(b) Σ_k g_ks A_ks φ_k(b) · Φ(b) / Σ_s F_s(b) Σ_k A_ks φ_k(b),  Φ = Σ_k φ_k

Where nothing is labelled this is Σ_k (Σ_s A_ks g_ks) φ_k: gains of components, as ever. Only
labelled bins are made anew, so a mask costs no more than without. Φ is 1 unless parts were edited.
Ratio masks take the memberships as gains, and no labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import Array, Factors, Mask, Masks
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.masks import gain_mask, gain_masks

# A bin in which no source has anything at all.
LEAST_SHARE = 1e-30


@dataclass(frozen=True, eq=False)
class Sharing:
    """Who gets what of the components.

    Attributes
    ----------
    memberships : ndarray of float64, shape (n_parts, n_sources) or (n_runs * n_parts, n_sources)
        A; rows sum to 1. Of several runs that are one set those of each run, one after the other.
    labels : Labels
        Bins whose source is known.
    """

    memberships: NDArray[np.float64]
    labels: Labels


def of_every_run(of_parts: NDArray[np.floating], sharing: Sharing) -> NDArray[np.floating]:
    """Return what is given for parts for those of every run, as memberships have them.

    Parameters
    ----------
    of_parts : ndarray, shape (n_parts, ...)
        The same for each run.
    sharing : Sharing
        Of one run or of several.

    Returns
    -------
    ndarray, shape (n_parts, ...) or (n_runs * n_parts, ...)
    """
    n_runs = len(sharing.memberships) // len(of_parts)
    return of_parts if n_runs <= 1 else np.concatenate([of_parts] * n_runs)


def effective_gains(pair_gains: NDArray[np.floating], sharing: Sharing) -> NDArray[np.float64]:
    """Return what each component is multiplied by where nothing is labelled: Σ_s A_ks g_ks.

    Parameters
    ----------
    pair_gains : ndarray, shape (n_parts, n_sources)
        Linear gains g.
    sharing : Sharing
        What belongs to which source.

    Returns
    -------
    ndarray of float64, shape (n_parts,) or (n_runs * n_parts,)
    """
    pairs = of_every_run(pair_gains, sharing)
    gains: NDArray[np.float64] = (pairs * sharing.memberships).sum(axis=1, dtype=np.float64)
    return gains


def shared_mask(
    factors: Factors, pair_gains: NDArray[np.floating], kind: str, sharing: Sharing
) -> Mask:
    """Return the mask of a mix of shared components.

    Parameters
    ----------
    factors : Factors
        Of all components.
    pair_gains : ndarray, shape (n_parts, n_sources)
        Linear gains of each component as part of each source.
    kind : {"wiener", "ratio"}
        The mask.
    sharing : Sharing
        What belongs to which source.

    Returns
    -------
    callable
        `mask(first, last, power)`: shape (last − first, n_bins), in the precision of the factors.
    """
    plain = gain_mask(factors, effective_gains(pair_gains, sharing), kind)
    if kind == "ratio" or not sharing.labels:
        return plain

    def mask(first: int, last: int, power: Array) -> Array:
        made = plain(first, last, power)
        (values,) = _labelled(factors, sharing, [pair_gains], first, last)
        return _put(made, values, sharing, factors, first, last)

    return mask


def shared_masks(
    factors: Factors, mixes: Sequence[NDArray[np.floating]], kind: str, sharing: Sharing
) -> Masks:
    """Return the masks of several mixes of shared components, as `shared_mask` gives each.

    Parameters
    ----------
    factors : Factors
        Of all components.
    mixes : sequence of ndarray, each of shape (n_parts, n_sources)
        Their gains.
    kind : {"wiener", "ratio"}
        The mask.
    sharing : Sharing
        What belongs to which source.

    Returns
    -------
    callable
        `masks(first, last, power)` yields them one after the other.
    """
    plain = gain_masks(factors, [effective_gains(it, sharing) for it in mixes], kind)
    if kind == "ratio" or not sharing.labels:
        return plain

    def masks(first: int, last: int, power: Array) -> Iterator[Array]:
        labelled = _labelled(factors, sharing, mixes, first, last)
        for made, values in zip(plain(first, last, power), labelled, strict=True):
            yield _put(made, values, sharing, factors, first, last)

    return masks


def _labelled(
    factors: Factors,
    sharing: Sharing,
    mixes: Sequence[NDArray[np.floating]],
    first: int,
    last: int,
) -> list[Array]:
    """Return the masks of mixes in the n labelled bins of some frames, each of shape (n,)."""
    return labelled_masks(factors, sharing, mixes, *sharing.labels.within(first, last))


def labelled_masks(
    factors: Factors,
    sharing: Sharing,
    mixes: Sequence[NDArray[np.floating]],
    frames: NDArray[np.intp],
    bins: NDArray[np.intp],
    weights: NDArray[np.float64],
) -> list[Array]:
    """Return the masks of mixes in labelled bins.

    Parameters
    ----------
    factors : Factors
        Of all components.
    sharing : Sharing
        What belongs to which source.
    mixes : sequence of ndarray, each of shape (n_parts, n_sources)
        Their gains.
    frames, bins : ndarray of int, shape (n,)
        Where the labels are, in the factors.
    weights : ndarray of float64, shape (n, n_sources)
        F, as `Labels.within` gives them.

    Returns
    -------
    list of ndarray, each of shape (n,)
        In the order of the mixes.
    """
    belongs = sharing.memberships
    is_set = factors.runs is not None and len(belongs) > factors.n_parts
    shares = factors.run_shares_at(frames, bins) if is_set else factors.shares_at(frames, bins)
    owned = ((shares @ belongs) * weights).sum(axis=1)
    whole = shares.sum(axis=1) / np.maximum(owned, LEAST_SHARE)
    gains = (of_every_run(it, sharing) for it in mixes)
    return [((shares @ (belongs * it)) * weights).sum(axis=1) * whole for it in gains]


def _put(
    mask: Array, values: Array, sharing: Sharing, factors: Factors, first: int, last: int
) -> Array:
    frames, bins, _ = sharing.labels.within(first, last)
    mask[frames - first, bins] = values
    return factors.silenced(mask, first) if len(frames) else mask
