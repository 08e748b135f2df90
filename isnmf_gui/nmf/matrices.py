"""Checking matrices from outside and bringing them into the engine's scale and layout."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isnmf_gui.errors import MatrixError

Array = NDArray[np.floating]

# Frames are converted in portions: a large matrix is not copied as a whole on the way.
PORTION_ELEMENTS = 1 << 17


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
        The same values.

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
    for first, part in _portions(matrix):
        # Both are quick, and NaN comes through them.
        if not (part.min() >= 0 and part.max() < np.inf):
            _refuse(name, part, first)
    return matrix


def _portions(matrix: NDArray[np.generic]) -> list[tuple[int, NDArray[np.generic]]]:
    """Cut a matrix into views of some columns each, with the number of the first column."""
    width = max(1, PORTION_ELEMENTS // matrix.shape[0])
    return [(i, matrix[:, i : i + width]) for i in range(0, matrix.shape[1], width)]


def _refuse(name: str, part: NDArray[np.generic], first: int) -> None:
    """Name the first place that is wrong, not finite before negative."""
    finite = np.isfinite(part) if part.dtype.kind == "f" else np.ones(part.shape, bool)
    fault = "is negative" if finite.all() else "is not a finite number"
    bad = np.less(part, 0) if finite.all() else ~finite
    row, column = (int(i) for i in np.argwhere(bad)[0])
    place = f"row {row}, column {first + column}"
    raise MatrixError(f"The {name} {fault} at {place}: {part[row, column]}.")


def mean_level(power: NDArray[np.generic]) -> float:
    """Return the mean of a matrix, or 1 for an all-zero one, without overflow or underflow.

    Parameters
    ----------
    power : ndarray, shape (n_bins, n_frames)
        Finite and not negative.

    Returns
    -------
    float
        In the units of `power`.
    """
    largest = float(power.max())
    if largest == 0:
        return 1.0
    total = sum(_relative_sum(part, largest) for _, part in _portions(power))
    return max(total / power.size * largest, np.finfo(np.float64).smallest_subnormal)


def _relative_sum(part: NDArray[np.generic], largest: float) -> float:
    if part.dtype == np.float32:  # whose range is safe in double precision
        along = 0 if part.strides[0] < part.strides[1] else 1
        return float(part.sum(axis=along, dtype=np.float64).sum()) / largest
    return float((part.astype(np.float64) / largest).sum())


def engine_power(
    power: NDArray[np.generic],
    scale: float,
    floor: float,
    dtype: np.dtype[np.floating],
    overwrite: bool = False,
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
    overwrite : bool
        Whether the result may take the place of `power`: it does where both lie alike.

    Returns
    -------
    ndarray, shape (n_frames, n_bins), C-contiguous
    """
    n_bins, n_frames = power.shape
    if overwrite and power.dtype == dtype and power.T.flags.c_contiguous:
        result = cast(Array, power.T)
    else:
        result = np.empty((n_frames, n_bins), dtype)
    for first, part in _portions(power):
        scaled = _scaled(part.T, scale, dtype)
        np.maximum(scaled, floor, out=result[first : first + part.shape[1]], casting="same_kind")
    return result


def _scaled(part: NDArray[np.generic], scale: float, dtype: np.dtype[np.floating]) -> Array:
    """Return values over a scale, in single precision where that loses nothing."""
    if part.dtype == dtype == np.float32 and 1e-30 < scale < 1e30:
        return part.astype(np.float32, copy=False) / np.float32(scale)
    return part.astype(np.float64) / scale
