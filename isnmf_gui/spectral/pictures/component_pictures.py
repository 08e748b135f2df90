"""Pictures of many components at once, as bytes: what tiles show while a run goes on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.pictures.grid import SILENT_REFERENCE, Array, Span, decibels, pool


def component_levels(
    basis: Array,
    activation: Array,
    domain: float,
    time: Span,
    frequency: Span,
    range_db: float,
    is_silent: bool = False,
) -> NDArray[np.uint8]:
    """Return the pictures of components, each in dB below its own loudest point.

    Parameters
    ----------
    basis : ndarray, shape (n_bins, n_components)
        Columns of T.
    activation : ndarray, shape (n_components, n_frames)
        Rows of V.
    domain : float
        p.
    time, frequency : Span
        What the pixels show.
    range_db : float
        Level of the darkest byte, 0, below the loudest point, 255.
    is_silent : bool, optional
        Whether the recording is: then there are only floors, and they stay dark.

    Returns
    -------
    ndarray of uint8, shape (n_components, frequency pixels, time pixels)
        High frequencies first, as images have it.
    """
    loudest = np.maximum(basis.max(axis=0) * activation.max(axis=1), np.finfo(float).tiny)
    q = 2 / domain
    zero_db = 10 * np.log10(SILENT_REFERENCE) if is_silent else q * decibels(loudest, 1.0)
    columns = q * decibels(pool(basis, frequency, 0).T[:, ::-1], 1.0) - np.reshape(zero_db, (-1, 1))
    rows = q * decibels(pool(activation, time, 1), 1.0)
    # Small whole numbers add up many times faster than floats; two roundings are half a level.
    unit = 255 / range_db
    levels = _whole(columns * unit + 255)[:, :, None] + _whole(rows * unit)[:, None, :]
    return np.clip(levels, 0, 255, out=levels).astype(np.uint8)


def _whole(values: Array) -> NDArray[np.int16]:
    """Round, within limits that no sum of two leaves."""
    limited: NDArray[np.int16] = np.clip(np.rint(values), -16000, 16000).astype(np.int16)
    return limited
