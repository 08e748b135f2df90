"""Places of a recording that one component nearly owns: what a person may be asked about.

They are looked for in coarse cells of time and frequency, a stretch after another, so that nothing
of the size of the spectrogram is kept; what they would say of the components as strokes is then
looked up in the bins themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import QUIET
from isnmf_gui.once import once
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.grouping.cells import CELL_S, Cells, pooled
from isnmf_gui.session.grouping.spoken_for import MOST_BINS
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral import Factors, Resynthesis
from isnmf_gui.spectral.strokes import ENERGETIC, energetic

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: How long a place may be in seconds, and how high in bands of a quarter of an octave.
DURATIONS_S = (0.2, 0.3, 0.5, 0.7, 1.0)
HEIGHTS = (1, 2, 4, 8)
#: So many places of each component are kept.
PLACES_EACH = 16
#: The component has this share of its place at least, and the place this share of all energy.
LEAST_PURITY, LEAST_ENERGY = 0.2, 1e-7
#: Of each component so many places are looked at in a stretch of time.
LOOKED_AT = 5000


@dataclass(frozen=True, eq=False)
class Places:
    """What a person may be asked about.

    Attributes
    ----------
    boxes : tuple of Box
        The places; of different components they may overlap.
    shares : ndarray of float64, shape (n_places, n_components)
        Σ w φ over the energetic bins of each: what a stroke there says of the components. Less
        than 1 in all where it is hardly heard.
    energies : ndarray of float64, like `shares`
        Σ X φ there, as a share of all energy.
    overlap : ndarray of float64, shape (n_components, n_components)
        Σ X φ φᵀ over all cells, as a share of all energy: what errors of memberships weigh.
    factors : Factors
        Those of the run that they were found in.
    """

    boxes: tuple[Box, ...]
    shares: Array
    energies: Array
    overlap: Array
    factors: Factors

    @once
    def _edges(self) -> Array:
        """Starts, ends, lowest and highest frequencies, shape (4, n_places)."""
        edges = [(it.start_s, it.stop_s, it.low_hz, it.high_hz) for it in self.boxes]
        return np.reshape(np.array(edges, np.float64), (-1, 4)).T

    def overlapping(self, box: Box) -> NDArray[np.bool_]:
        """Tell which places have something in common with a box, shape (n_places,)."""
        start, stop, low, high = self._edges
        in_time = (start < box.stop_s) & (box.start_s < stop)
        return np.asarray(in_time & (low < box.high_hz) & (box.low_hz < high))


def find_places(run: Run, on_progress: OnProgress | None = None) -> Places:
    """Look for the places of a run.

    Parameters
    ----------
    run : Run
        Its parts count as they are now, edited or not; its strokes do not.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Places
        Of silence there are none.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    separation, factors = run.separation, factors_of(run)
    stft, meter = stft_of(separation.settings), Meter(on_progress, 2)
    recording = Resynthesis(separation.recording.samples, stft, separation.settings.precision)
    frames = factors.frames or (0, len(factors.activation))
    cells = Cells.of(separation.grid, frames, stft.n_bins)
    total = stft.total_power(recording.samples) or 1.0
    search = _Search(factors.n_parts, cells, total)
    for first, energies in pooled(factors, recording, cells):
        search.look(first, energies)
        meter((first + len(energies)) / cells.n_cells)
    meter.next_step()
    chosen = search.chosen()
    said = []
    mean = total / (len(factors.activation) * stft.n_bins)
    for place, corners in enumerate(chosen):
        said.append(_said(factors, recording, cells, corners, mean))
        meter((place + 1) / len(chosen))
    shares, energies = np.reshape(said, (-1, 2, factors.n_parts)).transpose(1, 0, 2)
    boxes = tuple(cells.box(it) for it in chosen)
    return Places(boxes, shares, energies / total, search.overlap / total, factors)


class _Search:
    """Keeps the best places of every component while it goes through the recording."""

    def __init__(self, n_parts: int, cells: Cells, total: float) -> None:
        self._cells, self._least = cells, LEAST_ENERGY * total
        self.overlap = np.zeros((n_parts, n_parts))
        self._before = np.zeros((0, cells.n_bands, n_parts))
        self._found: list[list[tuple[Indices, Array]]] = [[] for _ in range(n_parts)]

    def look(self, first: int, energies: Array) -> None:
        """Take the energies of the next cells, of which the first has this number."""
        flat = energies.reshape(-1, energies.shape[2])
        whole = flat.sum(axis=1)
        self.overlap += flat.T @ (flat / np.where(whole > 0, whole, 1)[:, None])
        first -= len(self._before)
        cells = np.concatenate([self._before, energies])
        # Places may begin in one stretch and end in the next.
        longest = max(durations(self._cells), default=1)
        self._before = cells[max(len(cells) - longest + 1, 0) :]
        corners, scores = _scored(cells, durations(self._cells), self._least)
        for part, of_part in enumerate(scores.T):
            best = np.flatnonzero(of_part)
            if len(best) > LOOKED_AT:
                best = np.argpartition(-of_part, LOOKED_AT)[:LOOKED_AT]
            kept = best[apart(corners[best], of_part[best])]
            self._found[part].append((corners[kept] + (first, first, 0, 0), of_part[kept]))

    def chosen(self) -> Indices:
        """Return corners of all that was kept, each once, shape (n_places, 4)."""
        kept = [np.zeros((0, 4), np.intp)]
        for found in self._found:
            if found:
                corners = np.concatenate([it[0] for it in found])
                scores = np.concatenate([it[1] for it in found])
                kept.append(corners[apart(corners, scores)])
        return np.unique(np.concatenate(kept), axis=0)


def durations(cells: Cells) -> list[int]:
    """Return how long places are, in cells."""
    cell_s = max(CELL_S, cells.grid.frame_s)
    return sorted({max(1, round(it / cell_s)) for it in DURATIONS_S})


def _scored(cells: Array, long: list[int], least: float) -> tuple[Indices, NDArray[np.float32]]:
    """Return corners of all boxes (n, 4), and what each is worth for each component.

    That is the component's energy in it, by the square of the share that it has of the box; 0
    where that is too little.
    """
    sums = np.pad(cells, ((1, 0), (1, 0), (0, 0))).cumsum(axis=0).cumsum(axis=1)
    all_corners, all_scores = [], []
    for n_long, n_high, energies in _boxes(sums, long):
        whole = energies.sum(axis=2, keepdims=True)
        purity = energies / np.where(whole > 0, whole, 1)
        scores = energies * purity**2
        scores[(purity < LEAST_PURITY) | (whole < least)] = 0
        start, low = np.indices(scores.shape[:2])
        corners = np.stack([start, start + n_long, low, low + n_high], axis=2)
        all_corners.append(corners.reshape(-1, 4))
        all_scores.append(scores.reshape(-1, scores.shape[2]).astype(np.float32))
    if not all_corners:
        return np.zeros((0, 4), np.intp), np.zeros((0, cells.shape[2]), np.float32)
    return np.concatenate(all_corners), np.concatenate(all_scores)


def _boxes(sums: Array, long: list[int]) -> Iterator[tuple[int, int, Array]]:
    """Yield length and height of boxes, and the energies in all that there are of it."""
    for n_long in long:
        for n_high in HEIGHTS:
            if n_long < len(sums) and n_high < sums.shape[1]:
                over_time = sums[n_long:] - sums[:-n_long]
                yield n_long, n_high, over_time[:, n_high:] - over_time[:, :-n_high]


def apart(corners: Indices, scores: NDArray[np.floating]) -> Indices:
    """Return the best few of some boxes of which none overlap.

    Parameters
    ----------
    corners : ndarray of int, shape (n_boxes, 4)
        Of each box, as `Cells.box` takes them.
    scores : ndarray, shape (n_boxes,)
        What they are worth: nothing at 0.

    Returns
    -------
    ndarray of int, shape (n_chosen,)
        `PLACES_EACH` at the most, the best first.
    """
    order = np.argsort(-scores, kind="stable")
    boxes, left = corners[order], scores[order] > 0
    chosen: list[int] = []
    while left.any() and len(chosen) < PLACES_EACH:
        best = int(left.argmax())
        chosen.append(int(order[best]))
        start, stop, low, high = boxes[best]
        in_time = (boxes[:, 0] < stop) & (start < boxes[:, 1])
        left &= ~(in_time & (boxes[:, 2] < high) & (low < boxes[:, 3]))
    return np.array(chosen, np.intp)


def _said(
    factors: Factors, recording: Resynthesis, cells: Cells, corners: Indices, mean: float
) -> tuple[Array, Array]:
    """Return Σ w φ and Σ X φ over the energetic bins of a place, as of a stroke there."""
    begin, end = cells.frames[corners[:2]]
    low, high = cells.bins[corners[2:]]
    power = recording.power(int(begin), int(end))[:, low:high].astype(np.float64)
    found = energetic(power.ravel(), float(power.sum()))[:MOST_BINS]
    frames, bins = np.unravel_index(found, power.shape)
    chosen = power[frames, bins]
    energies = chosen @ factors.shares_at(frames + begin, bins + low)
    whole = float(chosen.sum()) or 1.0
    level = whole / max(len(chosen), 1)
    heard = level / (level + QUIET * mean)
    # Had fewer bins been looked at than the place has, they stand for all of them.
    return heard * energies / whole, energies * max(ENERGETIC * float(power.sum()) / whole, 1.0)
