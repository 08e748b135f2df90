"""Pictures of strokes: which pixels they cover, at any zoom, on either axis, however many.

A stroke is a rectangle that goes along a line: what it covers of a column of pixels is one stretch.
So stretches are added up at their ends and summed once, with no loop over strokes or pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.strokes import TIP_S, Box, Shape

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
#: How many lines cover a pixel; of 65,536 none would be seen.
Counts = np.int16
#: Numbers that tell of a line: time and octave of its begin and of its end, and half the width in
#: seconds and half the height in octaves of what goes along it. Octaves are those above 1 Hz.
N_NUMBERS = 6
#: What lies below is drawn here: there is no octave of 0 Hz.
LEAST_HZ = 1e-3
#: What goes no farther, in seconds or octaves, stands still.
LEAST_WAY = 1e-9


@dataclass(frozen=True)
class Sheet:
    """A rectangle of time and frequency on so many pixels.

    Attributes
    ----------
    start_s, stop_s, low_hz, high_hz : float
        What is seen.
    width, height : int
        Pixels.
    logarithmic : bool
        Whether octaves are equally high.
    """

    start_s: float
    stop_s: float
    low_hz: float
    high_hz: float
    width: int
    height: int
    logarithmic: bool

    def columns(self, times_s: Array) -> Array:
        """Return where moments are, shape (n,), in pixels from the left, shape (n,)."""
        return (times_s - self.start_s) * (self.width / (self.stop_s - self.start_s))

    def rows(self, octaves: Array) -> Array:
        """Return where octaves above 1 Hz are, shape (n,), in pixels from below, shape (n,)."""
        if self.logarithmic:
            low, high = math.log2(self.low_hz), math.log2(self.high_hz)
            return (octaves - low) * (self.height / (high - low))
        return (np.exp2(octaves) - self.low_hz) * (self.height / (self.high_hz - self.low_hz))


@dataclass(frozen=True, eq=False)
class Patch:
    """Some pixels of a sheet.

    Attributes
    ----------
    row, column : int
        Of the first.
    mask : ndarray of bool, shape (height, width)
        Which are covered, the lowest frequencies first.
    """

    row: int
    column: int
    mask: Mask


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines that shapes are made of.

    Attributes
    ----------
    numbers : ndarray, shape (n_lines, `N_NUMBERS`)
        Where they are.
    owners : ndarray of int, shape (n_lines,)
        Which of the shapes each belongs to.
    """

    numbers: Array
    owners: NDArray[np.intp]

    def and_then(self, others: Lines, n_before: int) -> Lines:
        """Return these lines, and those of shapes that follow `n_before` others."""
        return Lines(
            np.concatenate([self.numbers, others.numbers]),
            np.concatenate([self.owners, others.owners + n_before]),
        )

    def only(self, which: Mask) -> Lines:
        """Return some of the lines: those where a mask, shape (n_lines,), says so."""
        return Lines(self.numbers[which], self.owners[which])


def lines_of(shapes: Sequence[Shape]) -> Lines:
    """Return the lines that shapes are made of, all looked up at once."""
    told = [(*line, owner) for owner, shape in enumerate(shapes) for line in _told(shape)]
    table = np.array(told, dtype=np.float64).reshape(-1, N_NUMBERS + 2)
    numbers, owners = table[:, :N_NUMBERS], table[:, -1]
    n_partials = table[:, N_NUMBERS].astype(np.intp)
    places = np.arange(n_partials.sum()) - np.repeat(np.cumsum(n_partials) - n_partials, n_partials)
    numbers = np.repeat(numbers, n_partials, axis=0)
    numbers[:, [1, 3]] += np.log2(places + 1)[:, None]
    return Lines(numbers, np.repeat(owners, n_partials).astype(np.intp))


def _told(shape: Shape) -> Iterator[tuple[float, ...]]:
    """Yield the numbers of each line, and of how many partials it is the first."""
    if isinstance(shape, Box):
        low, high = _octave(shape.low_hz), _octave(shape.high_hz)
        time_s, octave = (shape.start_s + shape.stop_s) / 2, (low + high) / 2
        half_s, half_octaves = (shape.stop_s - shape.start_s) / 2, (high - low) / 2
        yield time_s, octave, time_s, octave, half_s, half_octaves, 1
        return
    half, n = (TIP_S / 2, shape.octaves / 2), shape.n_partials
    points = [(time_s, _octave(hertz)) for time_s, hertz in shape.points]
    for begin, end in zip(points, points[1:] or points, strict=False):
        yield *begin, *end, *half, n


def _octave(hertz: float) -> float:
    return math.log2(max(hertz, LEAST_HZ))


def in_sight(lines: Array, sheet: Sheet) -> Mask:
    """Tell which lines, shape (n_lines, 6), lie on a sheet, in part or whole, shape (n_lines,)."""
    columns, rows = _reach(lines, sheet)
    inside = (columns[1] >= 0) & (columns[0] <= sheet.width)
    return inside & (rows[1] >= 0) & (rows[0] <= sheet.height)


def extent(lines: Array, sheet: Sheet, margin: int = 0) -> tuple[slice, slice]:
    """Return the rows and columns that lines, shape (n_lines, 6), lie on, and some around them."""
    columns, rows = _reach(lines, sheet)
    return (
        _stretch(rows[0].min(), rows[1].max(), margin, sheet.height),
        _stretch(columns[0].min(), columns[1].max(), margin, sheet.width),
    )


def covered(lines: Array, sheet: Sheet, within: tuple[slice, slice]) -> Patch:
    """Return which pixels lines cover.

    Parameters
    ----------
    lines : ndarray, shape (n_lines, `N_NUMBERS`)
        As `lines_of` has them.
    sheet : Sheet
        What the pixels show.
    within : (slice, slice)
        Rows and columns to look at.

    Returns
    -------
    Patch
        Of these rows and columns. What is thinner than a pixel covers one.
    """
    rows, columns = within
    shape = rows.stop - rows.start, columns.stop - columns.start
    is_upright = np.any(np.abs(lines[:, 2:4] - lines[:, :2]) < LEAST_WAY, axis=1)
    ends = np.zeros((shape[0] + 1, shape[1] + 1), Counts)
    _add_rectangles(ends, lines[is_upright], sheet, within)
    np.cumsum(ends, axis=1, out=ends)
    _add_slanted(ends, lines[~is_upright], sheet, within)
    for before, row in pairwise(ends):  # three times as fast as numpy's sums along the first axis
        row += before
    return Patch(rows.start, columns.start, ends[:-1, :-1] != 0)


def lines_at(
    lines: Array, time_s: float, octave: float, slack_s: float, slack_octaves: float
) -> Mask:
    """Tell which lines cover a place, or come nearly to it.

    Parameters
    ----------
    lines : ndarray, shape (n_lines, `N_NUMBERS`)
        As `lines_of` has them.
    time_s, octave : float
        The place.
    slack_s, slack_octaves : float
        By so much a line may miss it.

    Returns
    -------
    ndarray of bool, shape (n_lines,)
        Which do.
    """
    low, high = _shares(lines, np.full(len(lines), time_s), slack_s, 0)
    other_low, other_high = _shares(lines, np.full(len(lines), octave), slack_octaves, 1)
    hits: Mask = np.maximum(low, other_low) <= np.minimum(high, other_high)
    return hits


# -- how pixels are found -------------------------------------------------------------------------


def _reach(lines: Array, sheet: Sheet) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Return first and last columns, and first and last rows, of each line."""
    times, octaves = lines[:, [0, 2]], lines[:, [1, 3]]
    half_s, half_octaves = lines[:, 4], lines[:, 5]
    columns = (
        sheet.columns(times.min(axis=1) - half_s),
        sheet.columns(times.max(axis=1) + half_s),
    )
    rows = (
        sheet.rows(octaves.min(axis=1) - half_octaves),
        sheet.rows(octaves.max(axis=1) + half_octaves),
    )
    return columns, rows


def _stretch(first: float, last: float, margin: int, n: int) -> slice:
    begin, end = np.floor(first), max(np.ceil(last), np.floor(first) + 1)
    begin = int(np.clip(begin - margin, 0, n))
    return slice(begin, int(np.clip(end + margin, begin, n)))


def _pixels(first: Array, last: Array, within: slice) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the pixels whose middles lie in stretches, at least one each, counted in a slice."""
    begin, end = np.ceil(first - 0.5), np.floor(last - 0.5) + 1
    is_thin = end <= begin
    begin = np.where(is_thin, np.floor((first + last) / 2), begin)
    end = np.where(is_thin, begin + 1, end)
    n = within.stop - within.start
    low, high = (np.clip(it - within.start, 0, n).astype(np.intp) for it in (begin, end))
    return low, high


def _add_rectangles(
    ends: NDArray[np.int16], lines: Array, sheet: Sheet, within: tuple[slice, slice]
) -> None:
    """Add corners of what goes straight up or along: summed up twice they are rectangles."""
    if not len(lines):
        return
    columns, rows = _reach(lines, sheet)
    low, high = _pixels(*rows, within[0])
    first, last = _pixels(*columns, within[1])
    for row, column, sign in ((low, first, 1), (low, last, -1), (high, first, -1), (high, last, 1)):
        np.add.at(ends.reshape(-1), row * ends.shape[1] + column, sign)


def _add_slanted(
    ends: NDArray[np.int16], lines: Array, sheet: Sheet, within: tuple[slice, slice]
) -> None:
    """Add the ends of what each column of pixels sees of slanted lines."""
    if not len(lines):
        return
    first, last = _pixels(*_reach(lines, sheet)[0], within[1])
    n = np.maximum(last - first, 0)
    each = np.repeat(np.arange(len(lines)), n)
    column = np.arange(len(each)) - np.repeat(np.cumsum(n) - n, n) + first[each]
    middle = (column + within[1].start + 0.5) / sheet.width
    times = sheet.start_s + middle * (sheet.stop_s - sheet.start_s)
    seen = lines[each]
    # A pixel that only a part of is covered by a short line has a middle that is not.
    shares = np.clip(_shares(seen, times, 0.0, 0), 0.0, 1.0)
    at = seen[:, 1] + shares * (seen[:, 3] - seen[:, 1])
    low, high = _pixels(
        sheet.rows(at.min(axis=0) - seen[:, 5]), sheet.rows(at.max(axis=0) + seen[:, 5]), within[0]
    )
    flat, width = ends.reshape(-1), ends.shape[1]  # numpy is several times as fast with one index
    np.add.at(flat, low * width + column, 1)
    np.add.at(flat, high * width + column, -1)


def _shares(lines: Array, places: Array, slack: float, axis: int) -> Array:
    """Return from where to where along each line it covers a time, or an octave.

    Shape (2, n_lines); where it never does, the first is larger.
    """
    begin, along = lines[:, axis], lines[:, axis + 2] - lines[:, axis]
    half = lines[:, 4 + axis] + slack
    still = np.abs(along) < LEAST_WAY
    safe = np.where(still, 1.0, along)
    one, other = (places - half - begin) / safe, (places + half - begin) / safe
    low, high = np.maximum(np.minimum(one, other), 0.0), np.minimum(np.maximum(one, other), 1.0)
    misses = np.abs(places - begin) > half
    return np.stack(
        [np.where(still, np.where(misses, 1.0, 0.0), low), np.where(still, ~misses * 1.0, high)]
    )
