"""Masks of mixes in which components are shared among sources, for pictures of chosen pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import Factors, Index, Mask
from isnmf_gui.spectral.labels import STRETCH_FRAMES, Labels
from isnmf_gui.spectral.masks import gain_mask
from isnmf_gui.spectral.pictures.factor_pictures import Indices, MaskOf
from isnmf_gui.spectral.pictures.grid import Array
from isnmf_gui.spectral.sharing import Sharing, effective_gains, labelled_masks

# To look at so many labels takes as long as to look for those of one frame.
LABELS_PER_FRAME = 400


def shared_mask_of(pair_gains: NDArray[np.floating], kind: str, sharing: Sharing) -> MaskOf:
    """Return what makes the mask of a mix of shared components, for chosen frames and bins.

    Parameters
    ----------
    pair_gains : ndarray, shape (n_parts, n_sources)
        Linear gains of each component as part of each source.
    kind : {"wiener", "ratio"}
        The mask.
    sharing : Sharing
        What belongs to which source.

    Returns
    -------
    callable
        For `MaskedPictures`: the mask is that of `spectral.sharing.shared_mask`.
    """
    gains = effective_gains(pair_gains, sharing)

    def mask_of(part: Factors, frames: Indices, bins: Index) -> Mask:
        plain = gain_mask(part, gains, kind)
        if kind == "ratio" or not sharing.labels:
            return plain
        rows, columns, weights = labels_at(sharing.labels, frames, bins)

        def mask(first: int, last: int, power: Array) -> Array:
            made = plain(first, last, power)
            here = slice(*np.searchsorted(rows, (first, last)))
            at = rows[here], columns[here]
            (values,) = labelled_masks(part, sharing, [pair_gains], *at, weights[here])
            made[at[0] - first, at[1]] = values
            return part.silenced(made, first)

        return mask

    return mask_of


def labels_at(
    labels: Labels, frames: Indices, bins: Index
) -> tuple[Indices, Indices, NDArray[np.float64]]:
    """Return the labels of some frames and bins.

    Parameters
    ----------
    labels : Labels
        Of the whole recording.
    frames : ndarray of int
        Some frames, ascending, each once.
    bins : slice or ndarray of int
        Some bins, ascending, perhaps several times.

    Returns
    -------
    rows, columns : ndarray of int, shape (n,)
        Places among those frames and bins, row by row.
    weights : ndarray of float64, shape (n, n_sources)
        What sources have of them is weighed with.
    """
    found = [labels.within(*stretch) for stretch in _stretches(labels, frames)]
    at, high, weights = (np.concatenate(each) for each in zip(*found, strict=True))
    which, rows = _placed(at, frames)
    high, weights = high[which], weights[which]
    wanted = np.arange(bins.start, bins.stop) if isinstance(bins, slice) else bins
    which, columns = _placed(high, wanted)
    return rows[which], columns, weights[which]


def _stretches(labels: Labels, frames: Indices) -> list[tuple[int, int]]:
    """Return stretches that hold some frames: one, unless they lie far apart in many labels."""
    begin, end = int(frames[0]), int(frames[-1]) + 1
    first, last = begin // STRETCH_FRAMES, (end - 1) // STRETCH_FRAMES
    n_labels = sum(
        len(labels.stretches[number].places)
        for number in range(first, last + 1)
        if number in labels.stretches
    )
    if n_labels < LABELS_PER_FRAME * len(frames) or end - begin < 2 * len(frames):
        return [(begin, end)]
    labelled = [it for it in frames.tolist() if it // STRETCH_FRAMES in labels.stretches]
    return [(frame, frame + 1) for frame in labelled or [begin]]


def _placed(values: Indices, among_values: Indices) -> tuple[Indices, Indices]:
    """Return which values are among ascending other ones, and where; each as often as it is."""
    begins = np.searchsorted(among_values, values)
    counts = np.searchsorted(among_values, values, "right") - begins
    which = np.repeat(np.arange(len(values)), counts)
    within = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    return which, begins[which] + within
