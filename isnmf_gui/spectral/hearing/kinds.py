"""What kind of sound components are, told from their factors: tone, stroke or noise."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.floating]

TONE, STROKE, NOISE = "tone", "stroke", "noise"

# A bin stands out if it has so many times the power that a quarter of those around it, so far each
# way, have less than.
OUTSTANDING, AROUND_HZ, QUARTER = 8.0, 250.0, 25
# A tone has so much of its power in bins that stand out, and fits a pitch as well as this.
LEAST_OUTSTANDING, LEAST_FIT = 0.7, 0.14
# A stroke has so much of its energy so soon after it rose by so much within so long.
LEAST_SOON, SOON_S, RISE_DB, RISE_S = 0.6, 0.15, 10.0, 0.04
# Levels further than this below the loudest do not count as rising.
FAINTEST_DB = -25.0
# Drums have a pitch too, but all of it is over soon, and it is low or blurred.
LEAST_SOON_OF_DRUMS, HIGHEST_DRUM_HZ, MOST_OUTSTANDING = 0.95, 150.0, 0.95


def kinds(
    spectra: Array,
    powers: Array,
    fits: Array,
    centres_hz: Array,
    bin_hz: float,
    frame_s: float,
) -> NDArray[np.str_]:
    """Tell what kind of sound components are.

    A tone has partials, be it plucked or held; a stroke none, or only a drum's, and it is over
    soon after it begins; noise is the rest.

    Parameters
    ----------
    spectra : ndarray, shape (n_bases, n_bins)
        Power over frequency.
    powers : ndarray, shape (n_bases, n_frames)
        Power over time.
    fits : ndarray, shape (n_bases,)
        How well each fits a pitch, see `descriptors.pitch_strengths`.
    centres_hz : ndarray, shape (n_bases,)
        Centres of the spectra.
    bin_hz, frame_s : float
        Distances between bins and between frames.

    Returns
    -------
    ndarray of str, shape (n_bases,)
        "tone", "stroke" or "noise"; "" for what is silent.
    """
    is_silent = ~(spectra.any(axis=1) & powers.any(axis=1))
    standing_out, soon = outstanding(spectra, bin_hz), soon_over(powers, frame_s)
    has_partials = (standing_out > LEAST_OUTSTANDING) & (fits > LEAST_FIT)
    is_low_or_blurred = (centres_hz < HIGHEST_DRUM_HZ) | (standing_out < MOST_OUTSTANDING)
    is_drum = is_low_or_blurred & (soon > LEAST_SOON_OF_DRUMS)
    others = np.where(soon > LEAST_SOON, STROKE, NOISE)
    found = np.where(has_partials & ~is_drum, TONE, others)
    return np.where(is_silent, "", found)


def outstanding(spectra: Array, bin_hz: float) -> NDArray[np.float64]:
    """Return the share of each spectrum (n_bases, n_bins) in bins that stand out, from 0 to 1."""
    reach = max(1, round(AROUND_HZ / bin_hz))
    # As one row, with their ends drawn out between them: many times as fast as row by row.
    padded = np.pad(spectra, ((0, 0), (reach, reach)), mode="edge")
    quarters = scipy.ndimage.percentile_filter(padded.ravel(), QUARTER, 2 * reach + 1)
    around = quarters.reshape(padded.shape)[:, reach:-reach]
    above = np.where(spectra > OUTSTANDING * around, spectra, 0.0)
    shares: NDArray[np.float64] = above.sum(axis=1) / np.maximum(spectra.sum(axis=1), 1e-300)
    return shares


def soon_over(powers: Array, frame_s: float) -> NDArray[np.float64]:
    """Return the share of each energy (n_bases, n_frames) soon after a steep rise, from 0 to 1."""
    lag, reach = max(1, round(RISE_S / frame_s)), max(1, round(SOON_S / frame_s))
    steep, faintest = 10 ** (RISE_DB / 10), 10 ** (FAINTEST_DB / 10)
    shares = np.zeros(len(powers))
    for row, power in enumerate(powers):  # one at a time: an hour has a million frames
        before = np.concatenate([np.zeros(lag, power.dtype), power[:-lag]])[: len(power)]
        rises = (power > steep * before) & (power > faintest * power.max())
        n_rises = np.cumsum(np.concatenate([[0] * (reach + 1), rises]), dtype=np.int64)
        is_soon = n_rises[reach + 1 :] > n_rises[: len(power)]
        shares[row] = float(power[is_soon].sum()) / max(float(power.sum()), 1e-300)
    return shares
