"""Places in time and frequency that a person marked, and the bins of a transform they cover.

Strokes are kept in seconds and hertz: another transform covers them anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.pictures.grid import Grid

#: A brush marks so much of time at once.
TIP_S = 0.04
#: The fewest bins of a stroke that hold this share of its energy are what it says.
ENERGETIC = 0.9
#: Frames of a shape that are looked at together.
STRETCH_FRAMES = 256
# Of so many shapes it is remembered what they cover, for an eraser goes over the same ones again;
# but of none that has about so many rectangles or more: 80 MB together at the most.
MOST_REMEMBERED, MOST_SPANS = 256, 10_000
# So few rectangles are sooner painted one by one.
FEW_SPANS = 32
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

    def boxes(self, grid: Grid) -> NDArray[np.float64]:
        """Return the rectangle itself, as `Path.boxes` does.

        Parameters
        ----------
        grid : Grid
            Of no account.

        Returns
        -------
        ndarray of float64, shape (1, 4)
            When it starts and stops, and from and to which frequency it goes.
        """
        return np.array([[self.start_s, self.stop_s, self.low_hz, self.high_hz]])


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

    def boxes(self, grid: Grid) -> NDArray[np.float64]:
        """Return rectangles that cover the path, for each frame that it comes by.

        Parameters
        ----------
        grid : Grid
            Where frames lie.

        Returns
        -------
        ndarray of float64, shape (n_boxes, 4)
            When they start and stop, and from and to which frequency they go.
        """
        half, half_s = 2 ** (self.octaves / 2), max(TIP_S, grid.frame_s) / 2
        times_s, pitches = self._places(grid.frame_s)
        centres = np.outer(pitches, np.arange(1, self.n_partials + 1)).ravel()
        times_s = np.repeat(times_s, self.n_partials)
        return np.stack([times_s - half_s, times_s + half_s, centres / half, centres * half], 1)

    def _places(self, step_s: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return places along the path, no further apart than a frame or half the brush."""
        times_s, pitches = [np.array([self.points[0][0]])], [np.array([self.points[0][1]])]
        n_left = MOST_PLACES
        for (t0, f0), (t1, f1) in zip(self.points[:-1], self.points[1:], strict=True):
            octaves = abs(math.log2(max(f1, 1e-3) / max(f0, 1e-3)))
            n = max(1, math.ceil(abs(t1 - t0) / step_s), math.ceil(2 * octaves / self.octaves))
            n = min(n, n_left)
            shares = np.arange(1, n + 1) / max(n, 1)
            times_s.append(t0 + shares * (t1 - t0))
            pitches.append(f0 * (f1 / f0) ** shares)
            n_left -= n
        return np.concatenate(times_s), np.concatenate(pitches)


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
    """The bins that a shape covers, made out stretch by stretch: a shape may be very long.

    Attributes
    ----------
    spans : ndarray of int, shape (n_spans, 4)
        Rectangles that cover it: first frame and the one past the last, the same of bins.
    erased : ndarray of int, shape (n_erased, 4)
        Rectangles of what was taken away again.
    """

    spans: NDArray[np.intp]
    erased: NDArray[np.intp]

    @cached_property
    def first(self) -> int:
        """First frame."""
        return int(self.spans[:, 0].min(initial=self.last))

    @cached_property
    def last(self) -> int:
        """One past the last frame."""
        return int(self.spans[:, 1].max(initial=0))

    @cached_property
    def bins(self) -> slice:
        """Those between the lowest and the highest, the columns of `within`."""
        high = int(self.spans[:, 3].max(initial=0))
        return slice(int(self.spans[:, 2].min(initial=high)), high)

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Yield first frames of stretches, and one past the last, that are looked at together."""
        first, last = self.first, self.last
        for begin in range(first // STRETCH_FRAMES * STRETCH_FRAMES, last, STRETCH_FRAMES):
            yield max(begin, first), min(begin + STRETCH_FRAMES, last)

    def within(self, first: int, last: int, bins: slice | None = None) -> NDArray[np.bool_]:
        """Return what is covered in the frames [first, last).

        Parameters
        ----------
        first, last : int
            Range of frames.
        bins : slice, optional
            Range of bins, with a start and a stop; `bins` if none is given.

        Returns
        -------
        ndarray of bool, shape (last - first, n_bins)
            False for what was erased.
        """
        bins = self.bins if bins is None else bins
        return _covered(self.spans, first, last, bins) & ~_covered(self.erased, first, last, bins)

    def covers(self, frames: NDArray[np.intp], bins: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Tell which of some bins are covered.

        Parameters
        ----------
        frames, bins : ndarray of int, shape (n,)
            Where they are, in any order.

        Returns
        -------
        ndarray of bool, shape (n,)
            Whether each is.
        """
        found = np.zeros(len(frames), np.bool_)
        for first, last in self.stretches():
            here = np.flatnonzero((frames >= first) & (frames < last) & _in(bins, self.bins))
            if len(here):
                covered = self.within(first, last)
                found[here] = covered[frames[here] - first, bins[here] - self.bins.start]
        return found


def _in(bins: NDArray[np.intp], those: slice) -> NDArray[np.bool_]:
    return np.asarray((bins >= those.start) & (bins < those.stop))


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
    spans, *gone = (_spans(it, grid, n_frames, n_bins) for it in (shape, *erased))
    return Raster(spans, np.concatenate([np.zeros((0, 4), np.intp), *gone]))


def _covered(spans: NDArray[np.intp], first: int, last: int, bins: slice) -> NDArray[np.bool_]:
    """Return what rectangles cover of frames and bins: sums of where they begin and end."""
    n_rows, n_columns = last - first, bins.stop - bins.start
    in_time = (spans[:, 0] < last) & (spans[:, 1] > first)
    meeting = spans[in_time & (spans[:, 2] < bins.stop) & (spans[:, 3] > bins.start)]
    rows = np.clip(meeting[:, :2] - first, 0, n_rows)
    columns = np.clip(meeting[:, 2:] - bins.start, 0, n_columns)
    if len(meeting) <= FEW_SPANS:
        covered = np.zeros((n_rows, n_columns), np.bool_)
        for (begin, end), (low, high) in zip(rows.tolist(), columns.tolist(), strict=True):
            covered[begin:end, low:high] = True
        return covered
    edges = np.zeros((n_rows + 1, n_columns + 1), np.int32)
    flat, starts = edges.ravel(), rows * (n_columns + 1)
    for row, column, by in ((0, 0, 1), (0, 1, -1), (1, 0, -1), (1, 1, 1)):
        np.add.at(flat, starts[:, row] + columns[:, column], np.int32(by))
    np.cumsum(edges, axis=0, out=edges)
    np.cumsum(edges, axis=1, out=edges)
    return np.asarray(edges[:-1, :-1] > 0)


def _spans(shape: Shape, grid: Grid, n_frames: int, n_bins: int) -> NDArray[np.intp]:
    """Return first and last frames and bins of what lies within, shape (n_spans, 4)."""
    around, n_lines = bounds(shape), shape.n_partials if isinstance(shape, Path) else 1
    is_long = (around.stop_s - around.start_s) / grid.frame_s * n_lines > MOST_SPANS
    found = _found_spans.__wrapped__ if is_long else _found_spans
    return found(shape, grid, n_frames, n_bins)


@lru_cache(maxsize=MOST_REMEMBERED)
def _found_spans(shape: Shape, grid: Grid, n_frames: int, n_bins: int) -> NDArray[np.intp]:
    boxes = shape.boxes(grid)
    frames = _within(boxes[:, 0] / grid.frame_s, boxes[:, 1] / grid.frame_s, n_frames)
    bins = _within(boxes[:, 2] / grid.bin_hz, boxes[:, 3] / grid.bin_hz, n_bins)
    spans = np.stack([*frames, *bins], axis=1)
    spans = spans[(spans[:, 0] < spans[:, 1]) & (spans[:, 2] < spans[:, 3])]
    spans.flags.writeable = False  # the next one gets the same
    return spans


def _within(
    start: NDArray[np.float64], stop: NDArray[np.float64], n: int
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the whole numbers in [start, stop), or the nearest one; none outside of [0, n)."""
    first, last = np.ceil(start - 1e-6), np.ceil(stop - 1e-6)
    none = first == last
    first = np.where(none, np.rint((start + stop) / 2), first)
    last = np.where(none, first + 1, last)
    return np.maximum(first, 0).astype(np.intp), np.minimum(last, n).astype(np.intp)


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
    if total <= 0 or not len(power):
        return np.zeros(0, np.intp)
    falling = np.sort(power)[::-1]
    n = int(np.searchsorted(np.cumsum(falling), share * total)) + 1
    loud = np.flatnonzero(power >= falling[min(n, len(power)) - 1])  # to sort those is enough
    return loud[np.argsort(-power[loud], kind="stable")[:n]]
