"""Curves with more points than a screen has pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.pictures.grid import Array


def outline(
    values: Array, start: float, stop: float, pixels: int, logarithmic: bool = False
) -> tuple[NDArray[np.intp], Array]:
    """Return what is seen of curves: all points, or the extremes under each pixel.

    Parameters
    ----------
    values : ndarray, shape (n_curves, n_items)
        Of all curves.
    start, stop : float
        The stretch that is seen, in items.
    pixels : int
        Number of pixels.
    logarithmic : bool, optional
        Whether each pixel covers the same ratio instead of the same distance.

    Returns
    -------
    positions : ndarray, shape (n_points,)
        In items, ascending.
    points : ndarray, shape (n_curves, n_points)
        Values there; under a pixel first the lowest, then the highest.
    """
    n_items = values.shape[1]
    first = int(np.clip(np.floor(start), 0, n_items - 1))
    last = int(np.clip(np.ceil(stop) + 1, first + 1, n_items))
    if last - first <= 2 * pixels:
        return np.arange(first, last), values[:, first:last]
    if logarithmic:
        edges = np.geomspace(max(first, 1), last, pixels, endpoint=False)
    else:
        edges = np.linspace(first, last, pixels, endpoint=False)
    edges = np.unique(edges.astype(np.intp))
    part, starts = values[:, edges[0] : last], edges - edges[0]
    ends = np.minimum.reduceat(part, starts, axis=1), np.maximum.reduceat(part, starts, axis=1)
    return np.repeat(edges, 2), np.stack(ends, axis=-1).reshape(len(values), -1)
