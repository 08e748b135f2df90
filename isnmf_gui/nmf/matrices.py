"""Checking matrices from outside and bringing them into the engine's scale and layout."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isnmf_gui.errors import MatrixError

Array = NDArray[np.floating]

# Frames are converted in portions: a large matrix is not copied as a whole on the way.
PORTION_ELEMENTS = 1 << 20


def checked_matrix(values: ArrayLike, name: str) -> NDArray[np.generic]:
    """Return a real, finite, non-negative, non-empty matrix without copying it.

    Parameters
    ----------
    values : array_like, shape (n_rows, n_columns)
        Any real or integer dtype, any memory order.
    name : str
        What to call it in the message.

    Returns
    -------
    ndarray
        The same values; object and boolean input excepted.

    Raises
    ------
    MatrixError
        If it is anything else; the message names the first wrong place.
    """
    matrix = np.asarray(values)
    if matrix.ndim != 2 or 0 in matrix.shape:
        raise MatrixError(f"The {name} must be a non-empty matrix; its shape is {matrix.shape}.")
    if matrix.dtype.kind not in "fiu":
        raise MatrixError(f"The {name} must hold real numbers, not {matrix.dtype}.")
    if matrix.dtype.kind == "f":
        for first, part in _portions(matrix):
            bad = ~np.isfinite(part)
            if bad.any():
                _refuse(name, "is not a finite number", bad, part, first)
    for first, part in _portions(matrix):
        negative = np.less(part, 0)
        if negative.any():
            _refuse(name, "is negative", negative, part, first)
    return matrix


def _portions(matrix: NDArray[np.generic]) -> list[tuple[int, NDArray[np.generic]]]:
    """Cut a matrix into views of some columns each, with the number of the first column."""
    width = max(1, PORTION_ELEMENTS // matrix.shape[0])
    return [(i, matrix[:, i : i + width]) for i in range(0, matrix.shape[1], width)]


def _refuse(
    name: str, fault: str, bad: NDArray[np.bool_], part: NDArray[np.generic], first: int
) -> None:
    row, column = (int(i) for i in np.argwhere(bad)[0])
    place = f"row {row}, column {first + column}"
    raise MatrixError(f"The {name} {fault} at {place}: {part[row, column]}.")


def mean_level(power: NDArray[np.generic]) -> float:
    """Return the mean of a matrix, or 1 for an all-zero one, without overflow or underflow."""
    largest = float(power.max())
    if largest == 0:
        return 1.0
    total = sum(float((part.astype(np.float64) / largest).sum()) for _, part in _portions(power))
    return max(total / power.size * largest, np.finfo(np.float64).smallest_subnormal)


def engine_power(
    power: NDArray[np.generic], scale: float, floor: float, dtype: np.dtype[np.floating]
) -> Array:
    """Return X / scale, floored, one frame per row.

    Parameters
    ----------
    power : ndarray, shape (n_bins, n_frames)
        Checked.
    scale : float
        What to divide by.
    floor : float
        Smallest value of the result.
    dtype : dtype
        float32 or float64.

    Returns
    -------
    ndarray, shape (n_frames, n_bins), C-contiguous
    """
    n_bins, n_frames = power.shape
    result = np.empty((n_frames, n_bins), dtype)
    for first, part in _portions(power):
        scaled = part.T.astype(np.float64) / scale
        np.maximum(scaled, floor, out=result[first : first + part.shape[1]], casting="same_kind")
    return result
