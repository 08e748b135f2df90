"""Places in time and frequency that a person marked, and the bins of a transform they cover.

Strokes are kept in seconds and hertz: another transform covers them anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.pictures.grid import Grid

#: A brush marks so much of time at once.
TIP_S = 0.04
#: The fewest bins of a stroke that hold this share of its energy are what it says.
ENERGETIC = 0.9
# So many places of a path are looked at at once, at the most.
MOST_PLACES = 20_000


@dataclass(frozen=True)
class Box:
    """A rectangle of time and frequency.

    Attributes
    ----------
    start_s, stop_s : float
        From when to when; the end is not part of it.
    low_hz, high_hz : float
        From which frequency to which; the upper end is not part of it.
    """

    start_s: float
    stop_s: float
    low_hz: float
    high_hz: float

    def boxes(self, grid: Grid) -> Iterator[Box]:
        """Yield the rectangle itself."""
        yield self


@dataclass(frozen=True)
class Path:
    """What a brush went over.

    Attributes
    ----------
    points : tuple of (float, float)
        Moments in seconds and frequencies in Hz, in the order they were drawn.
    octaves : float
        Height of the brush.
    n_partials : int
        How many lines it drew at once: of the first, and of its overtones.
    """

    points: tuple[tuple[float, float], ...]
    octaves: float
    n_partials: int = 1

    def boxes(self, grid: Grid) -> Iterator[Box]:
        """Yield rectangles that cover the path, one for each frame that it comes by."""
        half, step = 2 ** (self.octaves / 2), grid.frame_s
        for time_s, frequency_hz in self._places(step):
            for partial in range(1, self.n_partials + 1):
                centre = partial * frequency_hz
                half_s = max(TIP_S, step) / 2
                yield Box(time_s - half_s, time_s + half_s, centre / half, centre * half)

    def _places(self, step_s: float) -> Iterator[tuple[float, float]]:
        """Yield places along the path, no further apart than a frame or half the brush."""
        yield self.points[0]
        n_left = MOST_PLACES
        for (t0, f0), (t1, f1) in zip(self.points[:-1], self.points[1:], strict=True):
            octaves = abs(np.log2(max(f1, 1e-3) / max(f0, 1e-3)))
            n = max(
                1, int(np.ceil(abs(t1 - t0) / step_s)), int(np.ceil(2 * octaves / self.octaves))
            )
            n = min(n, n_left)
            for share in np.arange(1, n + 1) / max(n, 1):
                yield (t0 + share * (t1 - t0), f0 * (f1 / f0) ** share)
            n_left -= n


Shape = Box | Path


def bounds(shape: Shape) -> Box:
    """Return the smallest rectangle that a shape lies in, but for the size of a frame."""
    if isinstance(shape, Box):
        return shape
    times, pitches = zip(*shape.points, strict=True)
    half = 2 ** (shape.octaves / 2)
    highest = max(pitches) * shape.n_partials * half
    return Box(min(times) - TIP_S, max(times) + TIP_S, min(pitches) / half, highest)


@dataclass(frozen=True, eq=False)
class Raster:
    """The bins that a shape covers.

    Attributes
    ----------
    first : int
        First frame.
    covered : ndarray of bool, shape (n_frames, n_bins)
        From that frame on.
    """

    first: int
    covered: NDArray[np.bool_]

    @property
    def last(self) -> int:
        """One past the last frame."""
        return self.first + len(self.covered)


def rasterized(
    shape: Shape, erased: Sequence[Shape], grid: Grid, n_frames: int, n_bins: int
) -> Raster:
    """Return the bins that a shape covers, but for what was erased of it.

    Parameters
    ----------
    shape : Box or Path
        What was marked.
    erased : sequence of Box or Path
        What was taken away again.
    grid : Grid
        Where frames and bins lie.
    n_frames, n_bins : int
        How many there are: what lies outside is left away.

    Returns
    -------
    Raster
        At least one bin, unless all is erased or lies outside.
    """
    spans = list(_spans(shape.boxes(grid), grid, n_frames, n_bins))
    if not spans:
        return Raster(0, np.zeros((0, n_bins), np.bool_))
    first, last = min(it[0] for it in spans), max(it[1] for it in spans)
    covered = np.zeros((last - first, n_bins), np.bool_)
    for begin, end, low, high in spans:
        covered[begin - first : end - first, low:high] = True
    for other in erased:
        for begin, end, low, high in _spans(other.boxes(grid), grid, n_frames, n_bins):
            covered[max(begin - first, 0) : max(end - first, 0), low:high] = False
    return Raster(first, covered)


def _spans(
    boxes: Iterable[Box], grid: Grid, n_frames: int, n_bins: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield first and last frames and bins of boxes that lie within the recording."""
    for box in boxes:
        begin, end = _within(box.start_s / grid.frame_s, box.stop_s / grid.frame_s, n_frames)
        low, high = _within(box.low_hz / grid.bin_hz, box.high_hz / grid.bin_hz, n_bins)
        if begin < end and low < high:
            yield begin, end, low, high


def _within(start: float, stop: float, n: int) -> tuple[int, int]:
    """Return the whole numbers in [start, stop), or the nearest one; none outside of [0, n)."""
    first, last = int(np.ceil(start - 1e-6)), int(np.ceil(stop - 1e-6))
    if first == last:
        first = round((start + stop) / 2)
        last = first + 1
    return max(first, 0), min(last, n)


def energetic(
    power: NDArray[np.floating], total: float, share: float = ENERGETIC
) -> NDArray[np.intp]:
    """Return the fewest of some bins that hold a share of the energy.

    Quiet bins in a clean box belong to others: with whole boxes more strokes made things worse.

    Parameters
    ----------
    power : ndarray, shape (n,)
        Of the loudest bins of a stroke, all channels together.
    total : float
        Of all its bins.
    share : float, optional
        Of the energy.

    Returns
    -------
    ndarray of int, shape (n_chosen,)
        Their places in `power`, loudest first; none where there is no energy.
    """
    if total <= 0:
        return np.zeros(0, np.intp)
    order = np.argsort(-power, kind="stable")
    n = int(np.searchsorted(np.cumsum(power[order]), share * total)) + 1
    return order[:n]
