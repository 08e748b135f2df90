"""The outline of a waveform: lowest and highest sample under every pixel, at any length."""

from __future__ import annotations

from functools import reduce

import numpy as np

from isnmf_gui.spectral.pictures.grid import Array, Span, pool
from isnmf_gui.spectral.stft import Samples

# Samples whose extremes are kept together.
BLOCK_SAMPLES = 256
# Samples looked at together when they are made.
SAMPLES_AT_ONCE = BLOCK_SAMPLES << 12


class Envelope:
    """Extremes of a recording over all its channels.

    Parameters
    ----------
    samples : ndarray, shape (n_samples, n_channels)
        The recording.
    """

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        pieces = [
            _extremes(samples[start : start + SAMPLES_AT_ONCE])
            for start in range(0, len(samples), SAMPLES_AT_ONCE)
        ]
        self._lowest = np.concatenate([low for low, _ in pieces])
        self._highest = np.concatenate([high for _, high in pieces])

    def render(self, start: float, stop: float, pixels: int) -> tuple[Array, Array]:
        """Return the lowest and the highest sample under each pixel of [start, stop).

        Returns
        -------
        lowest, highest : ndarray, shape (pixels,)
            In the units of the samples.
        """
        if (stop - start) / pixels >= 2 * BLOCK_SAMPLES:
            span, scale = Span(start - 0.5, stop - 0.5, pixels), BLOCK_SAMPLES
            return -pool(-self._lowest, span, 0, scale), pool(self._highest, span, 0, scale)
        first, last = max(0, int(start) - 1), min(len(self._samples), int(stop) + 2)
        channels = self._samples[first:last].T
        span = Span(start - first - 0.5, stop - first - 0.5, pixels)
        # One channel after another: over an axis of two numpy takes forty times as long.
        lowest, highest = reduce(np.minimum, channels), reduce(np.maximum, channels)
        return -pool(-lowest, span, 0), pool(highest, span, 0)


def _extremes(samples: Samples) -> tuple[Array, Array]:
    """Return the extremes of every block of samples, the last of which may be shorter."""
    n_whole = len(samples) // BLOCK_SAMPLES
    blocks = samples[: n_whole * BLOCK_SAMPLES].reshape(n_whole, BLOCK_SAMPLES * samples.shape[1])
    rest = samples[n_whole * BLOCK_SAMPLES :].reshape(1, -1)
    parts = [part for part in (blocks, rest) if part.size]
    lowest = np.concatenate([part.min(axis=1) for part in parts])
    return lowest, np.concatenate([part.max(axis=1) for part in parts])
