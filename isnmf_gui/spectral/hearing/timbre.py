"""What tells sources apart, told from their factors: MFCCs and steadiness."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.float64]

N_BANDS = 26
#: Coefficients 1 to 13: the one before them is the level, those after them fine structure.
COEFFICIENTS = slice(1, 14)
#: Bands further than this below a spectrum's loudest do not count: what NMF leaves there says
#: nothing.
HEARD_RANGE_DB = 70.0


def mfccs(spectra: Array, sample_rate: float) -> Array:
    """Compute mel-frequency cepstral coefficients.

    After Davis and Mermelstein, "Comparison of parametric representations for monosyllabic word
    recognition in continuously spoken sentences", IEEE Transactions on Acoustics, Speech, and
    Signal Processing, 1980: the discrete cosine transform of the logarithm of the power in bands
    that are triangles on the mel scale.

    Parameters
    ----------
    spectra : ndarray, shape (n_spectra, n_bins)
        Power from 0 Hz to half the sample rate. Their levels have no influence.
    sample_rate : float
        In Hz.

    Returns
    -------
    ndarray of float64, shape (n_spectra, 13)
        Coefficients 1 to 13 of an orthonormal transform of natural logarithms; zeros for an empty
        spectrum.
    """
    bands = spectra @ mel_filters(spectra.shape[1], float(sample_rate)).T
    peaks = bands.max(axis=1, keepdims=True)
    relative = np.divide(bands, peaks, out=np.ones_like(bands), where=peaks > 0)
    logs = np.log(np.maximum(relative, 10 ** (-HEARD_RANGE_DB / 10)))
    coefficients: Array = scipy.fft.dct(logs, type=2, norm="ortho", axis=1)[:, COEFFICIENTS]
    return coefficients


@lru_cache(maxsize=4)
def mel_filters(n_bins: int, sample_rate: float) -> Array:
    """Return triangles that peak at 1, equally wide in mel, shape (N_BANDS, n_bins).

    A band between two bins takes what a straight line between them has at its centre.
    """
    top = np.log1p(sample_rate / 2 / 700)  # the mel scale, up to a factor
    corners = np.expm1(np.linspace(0, top, N_BANDS + 2)) * 700 / (sample_rate / 2) * (n_bins - 1)
    low, centre, high = corners[:-2, None], corners[1:-1, None], corners[2:, None]
    bins = np.arange(n_bins)
    rising, falling = (bins - low) / (centre - low), (high - bins) / (high - centre)
    filters: Array = np.maximum(np.minimum(rising, falling), 0)
    between = np.maximum(1 - np.abs(bins - centre), 0)
    return np.where(filters.any(axis=1, keepdims=True), filters, between)


def steadiness(levels: Array) -> Array:
    """Return the correlation of each row of levels (n_rows, n_frames) with itself a frame later.

    Near 1 for what swells and fades, near 0 for strokes and noise; 1 for a constant.
    """
    if levels.shape[1] < 3:
        return np.ones(len(levels))
    before, after = (
        part - part.mean(axis=1, keepdims=True) for part in (levels[:, :-1], levels[:, 1:])
    )
    scale = np.sqrt((before**2).sum(axis=1) * (after**2).sum(axis=1))
    products = (before * after).sum(axis=1)
    result: Array = np.divide(products, scale, out=np.ones(len(levels)), where=scale > 0)
    return result
