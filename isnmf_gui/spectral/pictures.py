"""Pictures of spectrograms at the resolution of the screen, in decibels.

A component's picture has rank one: in dB it is a column plus a row. So basis and activation
are pooled to the pixels first and then added, and no spectrogram of a component is ever made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

# Below this share of the reference nothing is drawn; it keeps logarithms finite.
LEAST_POWER = 1e-30
#: 0 dB in pictures of components of a silent recording: their floors stay dark.
SILENT_REFERENCE = 1e12
# Factor between the levels of a pyramid.
LEVEL_FRAMES = 8


@dataclass(frozen=True)
class Span:
    """A stretch of an axis, cut into pixels.

    Attributes
    ----------
    start, stop : float
        In frames or bins; frame i covers i − 0.5 to i + 0.5.
    pixels : int
        Number of pixels.
    logarithmic : bool
        Whether each pixel covers the same ratio instead of the same distance.
    """

    start: float
    stop: float
    pixels: int
    logarithmic: bool = False

    def edges(self, length: int, scale: int = 1) -> NDArray[np.intp]:
        """Return for each pixel the first of the `length` items (of `scale` each) it shows."""
        spaced = np.geomspace if self.logarithmic else np.linspace
        positions = spaced(self.start, self.stop, self.pixels, endpoint=False) + 0.5
        return np.clip(np.floor(positions / scale), 0, length - 1).astype(np.intp)


@dataclass(frozen=True)
class Grid:
    """Where the frames and bins of an STFT lie.

    Attributes
    ----------
    frame_s : float
        Distance between frames in seconds.
    bin_hz : float
        Distance between bins.
    """

    frame_s: float
    bin_hz: float

    def time(self, start_s: float, stop_s: float, pixels: int) -> Span:
        """Return a stretch of time in frames."""
        return Span(start_s / self.frame_s, stop_s / self.frame_s, pixels)

    def frequency(
        self, start_hz: float, stop_hz: float, pixels: int, logarithmic: bool = False
    ) -> Span:
        """Return a band of frequencies in bins."""
        return Span(start_hz / self.bin_hz, stop_hz / self.bin_hz, pixels, logarithmic)


def pool(values: Array, span: Span, axis: int, scale: int = 1) -> Array:
    """Return the largest value under each pixel along an axis.

    The largest, not the mean: a click stays visible when an hour is shown. Where there are more
    pixels than values, values repeat.

    Parameters
    ----------
    values : ndarray
        Any number of axes.
    span : Span
        What the pixels show.
    axis : int
        The axis to pool.
    scale : int
        Frames that one value stands for.
    """
    edges = span.edges(values.shape[axis], scale)
    # Rounded up, unlike the edges: the last item the span touches has no pixel after it.
    stop = min(math.ceil((span.stop + 0.5) / scale), values.shape[axis])
    upper = max(stop, int(edges[-1]) + 1)
    taken = values[(slice(None),) * axis + (slice(int(edges[0]), upper),)]
    result: Array = np.maximum.reduceat(taken, edges - edges[0], axis=axis)
    return result


def decibels(power: Array, reference: float) -> Array:
    """Return 10 log10(power / reference), finite also for zeros."""
    result: Array = 10 * np.log10(np.maximum(power / reference, LEAST_POWER))
    return result


class PowerPictures:
    """Pictures of a power spectrogram, any stretch of it, at a bounded cost.

    Parameters
    ----------
    power : ndarray of float32, shape (n_frames, n_bins)
        The spectrogram, a frame per row.
    """

    def __init__(self, power: Array) -> None:
        self.levels = [power]
        while len(self.levels[-1]) > 4 * LEVEL_FRAMES**2:
            finer = self.levels[-1]
            starts = np.arange(0, len(finer), LEVEL_FRAMES)
            self.levels.append(np.maximum.reduceat(finer, starts, axis=0))

    @cached_property
    def largest(self) -> float:
        """The largest power, or 1 in a silent recording."""
        return float(self.levels[-1].max()) or 1.0

    def render(self, time: Span, frequency: Span) -> Array:
        """Return the picture in dB below the largest power, shape (frequency, time pixels)."""
        frames_per_pixel = (time.stop - time.start) / time.pixels
        level, scale = 0, 1
        while scale * LEVEL_FRAMES <= frames_per_pixel and level + 1 < len(self.levels):
            level, scale = level + 1, scale * LEVEL_FRAMES
        by_time = pool(self.levels[level], time, 0, scale)
        return decibels(pool(by_time, frequency, 1), self.largest).T


def component_picture(
    basis: Array, activation: Array, domain: float, time: Span, frequency: Span, reference: float
) -> Array:
    """Return the picture of (t v)^(2/p) in dB, shape (frequency pixels, time pixels).

    Parameters
    ----------
    basis : ndarray, shape (n_bins,)
        t.
    activation : ndarray, shape (n_frames,)
        v.
    domain : float
        p.
    time, frequency : Span
        What the pixels show.
    reference : float
        Power that counts as 0 dB.
    """
    q = 2 / domain
    column = q * decibels(pool(basis, frequency, 0), 1.0)
    row = q * decibels(pool(activation, time, 0), 1.0)
    picture: Array = column[:, None] + (row - 10 * np.log10(reference))
    return picture


def to_levels(picture: Array, lowest_db: float, highest_db: float) -> NDArray[np.uint8]:
    """Map decibels to 0..255, for a colour table of 256 entries."""
    scaled = (picture - lowest_db) * (255 / (highest_db - lowest_db))
    levels: NDArray[np.uint8] = np.clip(scaled, 0, 255).astype(np.uint8)
    return levels
