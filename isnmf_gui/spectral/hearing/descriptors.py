"""What components sound like, told from their factors: pitch, brightness, onset rate, kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.hearing.kinds import kinds

Array = NDArray[np.floating]

LOWEST_PITCH_HZ, HIGHEST_PITCH_HZ = 50.0, 4000.0
# Harmonics nearer to each other than this are one lump.
LEAST_BINS = 3.2
CANDIDATES_PER_OCTAVE = 48
# To find a pitch roughly, no bins finer than this are needed.
FINEST_HZ = 10.0
# Prime numbers: a multiple of the pitch then shares few harmonics with the true one.
HARMONICS = (1, 2, 3, 5, 7, 11, 13)
# A basis that fits the best pattern of harmonics less than this has no pitch.
LEAST_FIT = 0.18
# Harmonics from which the pitch is read once it is roughly known.
N_READ = 8
# An onset: so many dB up within so long, and not fainter than so many dB below the loudest.
RISE_DB, RISE_S, FAINTEST_DB = 6.0, 0.04, -30.0
# Rises nearer to each other than this are one onset.
APART_S = 0.05


@dataclass(frozen=True, eq=False)
class Descriptors:
    """What the components of a result sound like.

    Attributes
    ----------
    pitch_hz : ndarray of float64, shape (n_bases,)
        NaN where there is none.
    brightness_hz : ndarray of float64, shape (n_bases,)
        Centre of the power spectrum.
    onsets_per_s : ndarray of float64, shape (n_bases,)
        How often they set in, on average.
    kind : ndarray of str, shape (n_bases,)
        "tone", "stroke", "noise", or "" for what is silent; see `kinds.kinds`.
    """

    pitch_hz: NDArray[np.float64]
    brightness_hz: NDArray[np.float64]
    onsets_per_s: NDArray[np.float64]
    kind: NDArray[np.str_]

    def placed(self, places: Sequence[int], n: int) -> Descriptors:
        """Return them at other places of arrays of length n; NaN and "" elsewhere."""

        def moved(values: NDArray[Any], fill: float | str) -> NDArray[Any]:
            target = np.full(n, fill, values.dtype)
            target[list(places)] = values
            return target

        numbers = (self.pitch_hz, self.brightness_hz, self.onsets_per_s)
        pitch, brightness, onsets = (moved(values, np.nan) for values in numbers)
        return Descriptors(pitch, brightness, onsets, moved(self.kind, ""))


def describe(
    basis: Array, activation: Array, domain: float, bin_hz: float, frame_s: float
) -> Descriptors:
    """Describe components.

    Parameters
    ----------
    basis : ndarray, shape (n_bins, n_bases)
        T.
    activation : ndarray, shape (n_bases, n_frames)
        V.
    domain : float
        p.
    bin_hz, frame_s : float
        Distances between bins and between frames.

    Returns
    -------
    Descriptors
        With a value for each component.
    """
    q = 2 / domain
    spectra = (basis.T / np.maximum(basis.max(axis=0), 1e-300)[:, None]) ** q
    pitches, fits = _pitches(spectra, bin_hz)
    centres = centres_hz(spectra, bin_hz)
    peaks = np.maximum(activation.max(axis=1, keepdims=True), 1e-300)
    powers = (activation / peaks).astype(np.float32) ** np.float32(q)
    kind = kinds(spectra, powers, fits, centres, bin_hz, frame_s)
    return Descriptors(pitches, centres, onset_rates(activation, q, frame_s), kind)


def centres_hz(spectra: Array, bin_hz: float) -> NDArray[np.float64]:
    """Return the centre of each power spectrum (n_bases, n_bins), 0 for an empty one."""
    total = np.maximum(spectra.sum(axis=1), 1e-300)
    centres: NDArray[np.float64] = spectra @ (np.arange(spectra.shape[1]) * bin_hz) / total
    return centres


def onset_rates(activation: Array, q: float, frame_s: float) -> NDArray[np.float64]:
    """Return how many times a second each activation (n_bases, n_frames) rises steeply."""
    peaks = np.maximum(activation.max(axis=1, keepdims=True), 1e-300)
    levels = (activation / peaks).astype(np.float32)
    rise, faintest = (10 ** (decibels / 10 / q) for decibels in (RISE_DB, FAINTEST_DB))
    lag = max(1, round(RISE_S / frame_s))
    before = np.pad(levels, ((0, 0), (lag, 0)))[:, : levels.shape[1]]
    rises = (levels > rise * before) & (levels > faintest)
    for _ in range(round(APART_S / frame_s)):  # close the gaps within one onset
        rises[:, 1:] |= rises[:, :-1]
    n_onsets = rises[:, 0] + (rises[:, 1:] & ~rises[:, :-1]).sum(axis=1)
    rates: NDArray[np.float64] = n_onsets / (activation.shape[1] * frame_s)
    return rates


def pitches_hz(spectra: Array, bin_hz: float) -> NDArray[np.float64]:
    """Return the pitch of each power spectrum (n_bases, n_bins), NaN where there is none.

    The method is that of SWIPE′ (Camacho and Harris, 2008): the power, compressed to loudness, is
    compared with patterns of cosines that peak at prime harmonics and are negative between them.
    The best pattern's pitch is then read more finely from the peaks near its harmonics.
    """
    return _pitches(spectra, bin_hz)[0]


def _pitches(spectra: Array, bin_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the pitch of each power spectrum, NaN where there is none, and how well it fits."""
    candidates, fits = _fits(spectra, bin_hz)
    best = fits.argmax(axis=1)
    fit = fits[np.arange(len(fits)), best]
    pitches = np.where(fit >= LEAST_FIT, _read(spectra, candidates[best], bin_hz), np.nan)
    return pitches, fit


def pitch_strengths(spectra: Array, bin_hz: float) -> NDArray[np.float64]:
    """Return how well each power spectrum (n_bases, n_bins) fits a pitch, as `pitches_hz` has it.

    Near 1 for many harmonics, less for a few or inharmonic partials, near 0 for noise.
    """
    # With a handful of bins there are patterns without any peak.
    strengths: NDArray[np.float64] = np.clip(_fits(spectra, bin_hz)[1].max(axis=1), 0, 1)
    return strengths


def _fits(spectra: Array, bin_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return candidate pitches, and how well each spectrum fits them (n_bases, n_candidates)."""
    coarse, bin_hz = _no_finer(spectra, bin_hz)
    candidates, patterns = _patterns(coarse.shape[1], bin_hz)
    loudness = np.cbrt(coarse)
    loudness /= np.maximum(np.linalg.norm(loudness, axis=1, keepdims=True), 1e-300)
    return candidates, loudness @ patterns.T


def _no_finer(spectra: Array, bin_hz: float) -> tuple[Array, float]:
    """Return power spectra with bins of some hertz each: patterns of finer ones take seconds."""
    n = max(1, int(FINEST_HZ / bin_hz))
    n -= 1 - n % 2  # an odd number, so that each lump has a bin in its middle
    if n == 1:
        return spectra, bin_hz
    before, after = n // 2, -(spectra.shape[1] + n // 2) % n
    padded = np.pad(spectra, ((0, 0), (before, after)))
    lumps: Array = padded.reshape(len(spectra), -1, n).sum(axis=2)
    return lumps, n * bin_hz


@lru_cache(maxsize=2)
def _patterns(n_bins: int, bin_hz: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return candidate pitches, and for each a pattern over the bins with a positive norm of 1."""
    lowest_hz = max(LOWEST_PITCH_HZ, LEAST_BINS * bin_hz)
    n_octaves = np.log2(min(HIGHEST_PITCH_HZ, n_bins * bin_hz / 2) / lowest_hz)
    n_candidates = max(1, int(n_octaves * CANDIDATES_PER_OCTAVE))
    candidates = lowest_hz * 2 ** (np.arange(n_candidates) / CANDIDATES_PER_OCTAVE)
    frequencies = np.arange(n_bins) * bin_hz
    ratio = frequencies / candidates[:, None]
    # A pattern is a cosine, whole within a quarter of a harmonic and half on to the next quarters.
    n_cells = 2 * HARMONICS[-1] + 2
    shares = np.zeros(n_cells + 1)
    for harmonic in HARMONICS:
        shares[2 * harmonic - 1 : 2 * harmonic + 2] += (0.5, 1.0, 0.5)
    cells = np.minimum((2 * ratio + 0.5).astype(np.intp), n_cells)
    patterns = np.cos(2 * np.pi * ratio) * shares[cells]
    patterns *= np.sqrt(1 / np.maximum(frequencies, bin_hz))
    patterns /= np.maximum(np.linalg.norm(np.maximum(patterns, 0), axis=1, keepdims=True), 1e-300)
    return candidates, patterns


def _read(spectra: Array, pitch_hz: Array, bin_hz: float) -> NDArray[np.float64]:
    """Return pitches read from the peaks nearest to the harmonics of rough ones."""
    n_bases, n_bins = spectra.shape
    rows = np.arange(n_bases)
    logs = np.log(np.maximum(spectra, 1e-30))
    found, weights = np.zeros(n_bases), np.zeros(n_bases)
    for harmonic in range(1, N_READ + 1):
        near = harmonic * pitch_hz / bin_hz
        reach = 1.0 + 0.02 * near
        bins = np.clip(np.rint(near).astype(int), 1, n_bins - 2)
        for _ in range(3):  # climb to the peak
            left, here, right = (spectra[rows, bins + step] for step in (-1, 0, 1))
            bins = np.clip(bins + (right > np.maximum(here, left)) - (left > here), 1, n_bins - 2)
        low, here, high = (logs[rows, bins + step] for step in (-1, 0, 1))
        bend = low - 2 * here + high
        shift = np.where(bend < 0, (low - high) / (2 * np.minimum(bend, -1e-9)), 0.0)
        is_peak = (here >= low) & (here >= high) & (np.abs(shift) <= 0.5)
        is_peak &= (np.abs(bins + shift - near) <= reach) & (near < n_bins - 2)
        weight = np.sqrt(spectra[rows, bins]) * harmonic * is_peak
        found += weight * (bins + shift) * bin_hz / harmonic
        weights += weight
    return np.where(weights > 0, found / np.maximum(weights, 1e-300), pitch_hz)
