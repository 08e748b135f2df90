"""Pictures of spectrograms at the resolution of the screen, in decibels.

A component's picture has rank one: in dB it is a column plus a row. So basis and activation
are pooled to the pixels first and then added, and no spectrogram of a component is ever made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
Values = TypeVar("Values", bound=NDArray[Any])

# Below this share of the reference nothing is drawn; it keeps logarithms finite.
LEAST_POWER = 1e-30
#: 0 dB in pictures of components of a silent recording: their floors stay dark.
SILENT_REFERENCE = 1e12
NEPERS_TO_DB = 10 / math.log(10)
# More values than this under a pixel are looked at in a loop over the pixels.
MOST_GATHERED = 8


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
    origin : int
        Number that is given to item 0.
    """

    start: float
    stop: float
    pixels: int
    logarithmic: bool = False
    origin: int = 0

    def edges(self, length: int, scale: int = 1) -> NDArray[np.intp]:
        """Return for each pixel the first of the `length` items it shows, shape (pixels,).

        An item stands for `scale` frames or bins.
        """
        spaced = np.geomspace if self.logarithmic else np.linspace
        positions = spaced(self.start, self.stop, self.pixels, endpoint=False)
        positions += 0.5 + self.origin
        return np.clip(np.floor(positions / scale), 0, length - 1).astype(np.intp)

    def items(self, length: int) -> slice:
        """Return which of the `length` items are to be seen at all."""
        edges = self.edges(length)
        stop = min(math.ceil(self.stop + 0.5) + self.origin, length)
        return slice(int(edges[0]), max(stop, int(edges[-1]) + 1))

    def moved(self, items: int) -> Span:
        """Return the span in a numbering of the items that begins elsewhere."""
        return replace(self, origin=self.origin + items)


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
        """Return a band of frequencies in bins.

        Parameters
        ----------
        start_hz, stop_hz : float
            Ends of the band in Hz.
        pixels : int
            How many show it.
        logarithmic : bool
            Whether octaves are equally high.

        Returns
        -------
        Span
            In bins.
        """
        return Span(start_hz / self.bin_hz, stop_hz / self.bin_hz, pixels, logarithmic)


def pool(values: Values, span: Span, axis: int, scale: int = 1) -> Values:
    """Return the largest value under each pixel along an axis.

    The largest, not the mean: a click stays visible when an hour is shown. Where there are more
    pixels than values, values repeat.

    Parameters
    ----------
    values : ndarray
        Of any shape.
    span : Span
        What the pixels show.
    axis : int
        The axis to pool; the first is the fastest.
    scale : int
        Frames that one value stands for.

    Returns
    -------
    ndarray
        As many values along that axis as there are pixels.
    """
    edges = span.edges(values.shape[axis], scale)
    # Rounded up, unlike the edges: the last item the span touches has no pixel after it.
    stop = min(math.ceil((span.stop + 0.5 + span.origin) / scale), values.shape[axis])
    stops = np.append(edges[1:], max(stop, int(edges[-1]) + 1))
    largest = _largest(np.moveaxis(values, axis, 0), edges, np.maximum(stops, edges + 1))
    return np.moveaxis(largest, 0, axis)  # type: ignore[return-value]


def _largest(
    values: NDArray[Any], starts: NDArray[np.intp], stops: NDArray[np.intp]
) -> NDArray[Any]:
    """Return the largest of values[starts[i]:stops[i]] for each i; none is empty.

    For rows `np.maximum.reduceat` would be ten times slower.
    """
    longest = int((stops - starts).max())
    if longest <= MOST_GATHERED:
        result = values[starts]
        for step in range(1, longest):
            np.maximum(result, values[np.minimum(starts + step, stops - 1)], out=result)
        return result
    if values.ndim == 1:
        return np.maximum.reduceat(values[: int(stops[-1])], starts)
    result = np.empty((len(starts), *values.shape[1:]), values.dtype)
    for i, (start, stop) in enumerate(zip(starts.tolist(), stops.tolist(), strict=True)):
        if stop == start + 1:
            result[i] = values[start]
        else:
            np.maximum.reduce(values[start:stop], axis=0, out=result[i])
    return result


def decibels(power: Array, reference: float) -> Array:
    """Return 10 log10(power / reference), finite also for zeros.

    Parameters
    ----------
    power : ndarray, any shape
        Not negative.
    reference : float
        Power that counts as 0 dB.

    Returns
    -------
    ndarray, like `power`
        In dB.
    """
    # The natural logarithm of float32 is four times as fast as the decadic one.
    result: Array = np.maximum(power if reference == 1 else power / reference, LEAST_POWER)
    np.log(result, out=result)
    result *= NEPERS_TO_DB
    return result


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

    Returns
    -------
    ndarray, like the factors in precision
        The first row is the lowest frequency.
    """
    q = 2 / domain
    column = q * decibels(pool(basis, frequency, 0), 1.0)
    row = q * decibels(pool(activation, time, 0), 1.0)
    picture: Array = column[:, None] + (row - 10 * np.log10(reference))
    return picture


def to_levels(picture: Array, lowest_db: float, highest_db: float) -> NDArray[np.uint8]:
    """Map decibels to 0..255, for a colour table of 256 entries.

    Parameters
    ----------
    picture : ndarray, any shape
        In dB.
    lowest_db, highest_db : float
        What becomes 0 and 255; beyond them values are cut off.

    Returns
    -------
    ndarray of uint8, like `picture`
        Levels.
    """
    scaled = picture - lowest_db
    scaled *= 255 / (highest_db - lowest_db)
    levels: NDArray[np.uint8] = np.clip(scaled, 0, 255, out=scaled).astype(np.uint8)
    return levels
