"""Components of several runs as one set: of each bin every run has an equal share.

With R runs of one recording and one transform, φ = (φ₁, …, φ_R) / R sums to 1 over all components
again, and memberships A may be negative. Then

    m_s(b) ∝ F_s(b) max(Σ_k A_ks φ_k(b), 0),  Σ_s m_s(b) = 1

with the weights F of labelled bins, see `spectral.sharing`. Before they are clipped shares sum to
1, so what they are divided by is never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import Array, Factors, Masks
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.mask_energies import block_frames
from isnmf_gui.spectral.masks import gain_masks

Shares = NDArray[np.float64]


def set_masks(factors: Sequence[Factors], memberships: Shares, labels: Labels) -> Masks:
    """Return the Wiener masks of sources that the components of several runs are shared among.

    Parameters
    ----------
    factors : sequence of Factors
        Of each run, as they were fitted.
    memberships : ndarray, shape (n_components, n_sources)
        A, of the components of all runs; rows sum to 1.
    labels : Labels
        Bins whose source is known.

    Returns
    -------
    callable
        `masks(first, last, power)` yields that of each source; they sum to 1.
    """
    of_runs = np.split(memberships, np.cumsum([it.n_parts for it in factors])[:-1])
    every = [
        gain_masks(it, list(belongs.T), "wiener")
        for it, belongs in zip(factors, of_runs, strict=True)
    ]

    def masks(first: int, last: int, power: Array) -> Iterator[Array]:
        made = np.array(list(every[0](first, last, power)))
        for run_masks in every[1:]:
            for mask, added in zip(made, run_masks(first, last, power), strict=True):
                mask += added
        np.maximum(made, 0, out=made)
        frames, bins, weights = labels.within(first, last)
        made[:, frames - first, bins] *= weights.T.astype(made.dtype)
        made /= np.maximum(made.sum(axis=0), np.finfo(made.dtype).tiny)
        yield from made

    return masks


def overlaps(
    one: tuple[Factors, Shares], other: tuple[Factors, Shares], read: Callable[[int, int], Array]
) -> Shares:
    """Return how much sources of two runs overlap: Σ X m m'.

    Parameters
    ----------
    one, other : (Factors, ndarray of shape (n_components, n_sources))
        What each run has, and how it is shared among its sources.
    read : callable
        Returns the recording's power in frames [first, last).

    Returns
    -------
    ndarray of float64, shape (n_sources, n_sources of the other)
    """
    masks = [gain_masks(factors, list(belongs.T), "wiener") for factors, belongs in (one, other)]
    n_frames, found = len(one[0].activation), np.zeros((one[1].shape[1], other[1].shape[1]))
    size = block_frames(one[0].basis.shape[1])
    for first in range(0, n_frames, size):
        last = min(first + size, n_frames)
        power = read(first, last)
        mine, theirs = (np.array(list(it(first, last, power))) for it in masks)
        found += np.tensordot(mine * power, theirs, axes=((1, 2), (1, 2)))
    return found
