"""A place in time and frequency, heard alone: what is marked, asked about, or exported."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Resynthesis, Stft
from isnmf_gui.spectral.factors import Array, Mask

#: How long the sound of a place takes to come, before it begins, and to go after its end.
FADE_S = 0.01
#: Bins that the band is wide at least; windows are no shorter and no longer than that.
BINS_IN_BAND = 8
SHORTEST_S, LONGEST_S = 0.04, 0.4
#: Bins from nothing to everything, at both edges of the band.
EDGE_BINS = 2.0


def box_samples(
    recording: Recording, box: Box, fade_s: float = FADE_S
) -> tuple[NDArray[np.float32], int]:
    """Return what a place sounds like, at the level that it has in the recording.

    Parameters
    ----------
    recording : Recording
        With at least one sample.
    box : Box
        The place. What lies outside of the recording is left away; a band that reaches down to
        0 Hz, or up to half the sample rate, has no edge there.
    fade_s : float, optional
        In seconds; longer fades give short places some context.

    Returns
    -------
    samples : ndarray of float32, shape (n_samples, n_channels)
        With the fades; none if the place lies outside of the recording.
    start : int
        Where they begin in the recording.
    """
    rate, n_samples = recording.sample_rate, recording.n_samples
    begin, end = (round(min(max(t, 0.0) * rate, n_samples)) for t in (box.start_s, box.stop_s))
    fade = max(1, round(fade_s * rate))
    start, stop = max(begin - fade, 0), min(end + fade, n_samples)
    if begin >= end or box.low_hz >= min(box.high_hz, rate / 2):
        return np.zeros((0, recording.n_channels), np.float32), min(begin, n_samples)
    stft = _stft_for(box, rate)
    mask = _mask(band_weights(box, rate / stft.window_samples, stft.n_bins))
    samples = Resynthesis(recording.samples, stft).render(start, stop, mask)
    samples *= _fades(np.arange(start, stop), begin, end, fade)[:, None]
    return samples.astype(np.float32, copy=False), start


def _stft_for(box: Box, rate: int) -> Stft:
    """Return a transform whose bins are fine enough for the band."""
    width_hz = max(min(box.high_hz, rate / 2) - max(box.low_hz, 0.0), 1e-3)
    window_s = min(max(BINS_IN_BAND / width_hz, SHORTEST_S), LONGEST_S)
    window = max(16, 2 ** round(np.log2(window_s * rate)))
    return Stft(window, window // 4)


def band_weights(box: Box, bin_hz: float, n_bins: int) -> NDArray[np.float32]:
    """Return what is kept of each bin: 1 in the band, ½ at its edges, 0 outside.

    Parameters
    ----------
    box : Box
        With the band.
    bin_hz : float
        Distance between bins.
    n_bins : int
        How many there are, from 0 Hz on.

    Returns
    -------
    ndarray of float32, shape (n_bins,)
        Amplitudes; the edges are half of a cosine.
    """
    bins = np.arange(n_bins, dtype=np.float64)
    weights = np.ones(n_bins)
    if box.low_hz > 0:
        weights *= _rise((bins - box.low_hz / bin_hz) / EDGE_BINS)
    if box.high_hz < (n_bins - 1) * bin_hz:
        weights *= _rise((box.high_hz / bin_hz - bins) / EDGE_BINS)
    return weights.astype(np.float32)


def _rise(from_middle: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return half of a cosine from 0 to 1, for places from −½ to ½."""
    return np.asarray(0.5 + 0.5 * np.sin(np.pi * np.clip(from_middle, -0.5, 0.5)))


def _mask(weights: NDArray[np.float32]) -> Mask:
    def mask(first: int, last: int, power: Array) -> Array:
        return weights[None]

    return mask


def _fades(times: NDArray[np.intp], begin: int, end: int, fade: int) -> NDArray[np.float32]:
    """Return 1 within [begin, end), falling to 0 over so many samples on both sides."""
    outside = np.maximum(begin - times, times - end + 1)
    return (0.5 + 0.5 * np.cos(np.pi * np.clip(outside / fade, 0, 1))).astype(np.float32)
