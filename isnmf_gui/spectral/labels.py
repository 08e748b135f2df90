"""Bins of a spectrogram that a person labelled, and how often as what.

They are kept in stretches of frames, so that another stroke costs what it covers and not what
was painted before. Counts are whole numbers: strokes may come and go in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
#: Frames and bins of a stroke, each place once, and the column of its source.
Stroked = tuple[Places, Places, int]

#: What is left to other sources of a bin that was labelled.
LEFT = float(np.exp(-5.0))
#: What is left where others have so many labels more; powers are slow to compute one by one.
LEFT_OF = LEFT ** np.arange(100.0)
#: Frames that are kept together.
STRETCH_FRAMES = 256


@dataclass(frozen=True, eq=False)
class _Stretch:
    """Places, frame by frame from the stretch's first, ascending, and their counts."""

    places: Places
    counts: NDArray[np.int32]

    def changed(
        self, places: Places, columns: Places, by: NDArray[np.int32], n_places: int
    ) -> _Stretch:
        """Return it with some counts changed; what nobody labels any more is left out.

        A table of all places there are is sooner made than what there is already is searched.
        """
        is_there = np.zeros(n_places, np.bool_)
        is_there[self.places] = is_there[places] = True
        merged = np.flatnonzero(is_there)
        row = np.empty(n_places, np.intp)
        row[merged] = np.arange(len(merged))
        n_sources = self.counts.shape[1]
        counts = np.zeros((len(merged), n_sources), np.int32)
        counts[row[self.places]] = self.counts
        np.add.at(counts.ravel(), row[places] * n_sources + columns, by)
        left = counts.any(axis=1)
        return _Stretch(merged[left], counts[left])


@dataclass(frozen=True, eq=False)
class Labels:
    """Which bins were labelled, as which sources.

    Attributes
    ----------
    n_sources, n_bins : int
        How many there are.
    stretches : mapping of int to stretch, optional
        By their number; those without a label are not there.
    """

    n_sources: int
    n_bins: int
    stretches: Mapping[int, _Stretch] = field(default_factory=dict)

    @classmethod
    def of(cls, strokes: Iterable[Stroked], n_sources: int, n_bins: int) -> Labels:
        """Put strokes together, whatever their order.

        Parameters
        ----------
        strokes : iterable of (frames, bins, column)
            What each labels, each place once, and the column of its source.
        n_sources, n_bins : int
            How many there are.

        Returns
        -------
        Labels
            False for no strokes.
        """
        return cls(n_sources, n_bins).changed(strokes, ())

    def changed(self, added: Iterable[Stroked], removed: Iterable[Stroked]) -> Labels:
        """Return them with some strokes more and some less; stretches without any are shared."""
        frames, bins, columns, by = _joined([(added, 1), (removed, -1)])
        numbers = frames // STRETCH_FRAMES
        places = frames % STRETCH_FRAMES * self.n_bins + bins
        stretches = dict(self.stretches)
        for number in np.unique(numbers).tolist():
            mine = numbers == number
            now = stretches.pop(number, self._empty()).changed(
                places[mine], columns[mine], by[mine], STRETCH_FRAMES * self.n_bins
            )
            if len(now.places):
                stretches[number] = now
        return Labels(self.n_sources, self.n_bins, stretches)

    def arranged(self, columns: Sequence[int | None]) -> Labels:
        """Return them for other sources.

        Parameters
        ----------
        columns : sequence of int or None
            For each of the new columns the old one; None: a source that labels nothing yet.

        Returns
        -------
        Labels
            What only sources that are gone had labelled is left out.
        """
        old = [column for column in columns if column is not None]
        new = [place for place, column in enumerate(columns) if column is not None]
        stretches = {}
        for number, stretch in self.stretches.items():
            counts = np.zeros((len(stretch.places), len(columns)), np.int32)
            counts[:, new] = stretch.counts[:, old]
            left = counts.any(axis=1)
            if left.any():
                stretches[number] = _Stretch(stretch.places[left], counts[left])
        return Labels(len(columns), self.n_bins, stretches)

    def __len__(self) -> int:
        """Return how many bins were labelled."""
        return sum(len(stretch.places) for stretch in self.stretches.values())

    def __bool__(self) -> bool:
        return bool(self.stretches)

    def within(self, first: int, last: int) -> tuple[Places, Places, NDArray[np.float64]]:
        """Return the labels of frames [first, last).

        Parameters
        ----------
        first, last : int
            Range of frames.

        Returns
        -------
        frames, bins : ndarray of int, shape (n,)
            Where they are, frame by frame.
        weights : ndarray of float64, shape (n, n_sources)
            F: 1 for the source that was named, e⁻⁵ for the others. A bin that was labelled as two
            sources leaves both what it took of each.
        """
        begin, end = first // STRETCH_FRAMES, -(-last // STRETCH_FRAMES)
        if len(self.stretches) < end - begin:
            numbers = sorted(it for it in self.stretches if begin <= it < end)
        else:
            numbers = [it for it in range(begin, end) if it in self.stretches]
        empty = np.zeros(0, np.intp), np.zeros((0, self.n_sources), np.int32)
        found = [self._slice(number, first, last) for number in numbers] or [empty]
        places = np.concatenate([it[0] for it in found])
        counts = np.concatenate([it[1] for it in found])
        others = counts.sum(axis=1, keepdims=True) - counts
        least = others.min(axis=1, keepdims=True)  # only how sources differ matters
        weights: NDArray[np.float64] = LEFT_OF[np.minimum(others - least, len(LEFT_OF) - 1)]
        return places // self.n_bins, places % self.n_bins, weights

    def _slice(self, number: int, first: int, last: int) -> tuple[Places, NDArray[np.int32]]:
        """Return places of a stretch within frames, counted from the first of all, and counts."""
        stretch, origin = self.stretches[number], number * STRETCH_FRAMES
        ends = np.array([first - origin, last - origin]) * self.n_bins
        begin, end = np.searchsorted(stretch.places, ends)
        return stretch.places[begin:end] + origin * self.n_bins, stretch.counts[begin:end]

    def _empty(self) -> _Stretch:
        return _Stretch(np.zeros(0, np.intp), np.zeros((0, self.n_sources), np.int32))


def _joined(
    groups: Sequence[tuple[Iterable[Stroked], int]],
) -> tuple[Places, Places, Places, NDArray[np.int32]]:
    """Return frames, bins, columns and changes of the counts of all strokes, one after another."""
    strokes = [(*stroke, by) for group, by in groups for stroke in group if len(stroke[0])]
    if not strokes:
        none = np.zeros(0, np.intp)
        return none, none, none, np.zeros(0, np.int32)
    frames, bins = (np.concatenate([it[n] for it in strokes]) for n in (0, 1))
    sizes = [len(it[0]) for it in strokes]
    columns = np.repeat(np.array([it[2] for it in strokes], np.intp), sizes)
    return frames, bins, columns, np.repeat(np.array([it[3] for it in strokes], np.int32), sizes)
