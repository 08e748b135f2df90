"""Energies of components in cells of time and frequency, found a stretch of time after another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import single_threaded_blas
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.spectral import Factors, Resynthesis
from isnmf_gui.spectral.pictures.grid import Grid

Array = NDArray[np.float64]

#: So long is a cell, or one frame if that is longer.
CELL_S = 0.1
#: So high is a cell, from its lowest frequency on, or one bin if that is higher.
BANDS_PER_OCTAVE, LOWEST_HZ = 4, 50.0
#: Cells of time that are looked at together.
STRETCH_CELLS = 100


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid of cells that is coarser than that of a transform.

    Attributes
    ----------
    frames : ndarray of int, shape (n_cells + 1,)
        First frame of each cell of time, and one past the last.
    bins : ndarray of int, shape (n_bands + 1,)
        First bin of each band, and one past the last.
    grid : Grid
        Where frames and bins lie.
    """

    frames: NDArray[np.intp]
    bins: NDArray[np.intp]
    grid: Grid

    @classmethod
    def of(cls, grid: Grid, frames: tuple[int, int], n_bins: int) -> Cells:
        """Cut frames and bins into cells.

        Parameters
        ----------
        grid : Grid
            Where they lie.
        frames : (int, int)
            The first, and one past the last that counts.
        n_bins : int
            How many bins there are; the lowest belong to no cell.

        Returns
        -------
        Cells
            None at all where nothing lies above the lowest frequency.
        """
        begin, end = frames
        n_cells = int((end - begin) * grid.frame_s / CELL_S)
        times = begin + np.round(np.arange(n_cells + 1) * CELL_S / grid.frame_s)
        n_bands = int(BANDS_PER_OCTAVE * np.log2(max(n_bins * grid.bin_hz / LOWEST_HZ, 1)))
        edges_hz = LOWEST_HZ * 2 ** (np.arange(n_bands + 1) / BANDS_PER_OCTAVE)
        edges = np.maximum(np.round(edges_hz / grid.bin_hz), 1)
        return cls(_whole(times, end), _whole(edges, n_bins), grid)

    @property
    def n_cells(self) -> int:
        """How many there are one after the other."""
        return max(len(self.frames) - 1, 0)

    @property
    def n_bands(self) -> int:
        """How many there are one above the other."""
        return max(len(self.bins) - 1, 0)

    def box(self, corners: NDArray[np.intp]) -> Box:
        """Return what some cells cover: of this transform their frames and bins, no others.

        Parameters
        ----------
        corners : ndarray of int, shape (4,)
            First and one past the last cell, first and one past the last band.

        Returns
        -------
        Box
            In seconds and hertz.
        """
        start, stop = (self.frames[corners[:2]] * self.grid.frame_s).tolist()
        low, high = (self.bins[corners[2:]] * self.grid.bin_hz).tolist()
        return Box(start, stop, low, high)


def _whole(edges: Array, end: int) -> NDArray[np.intp]:
    """Return edges as whole numbers, each once, none beyond the end."""
    whole = np.unique(edges.astype(np.intp))
    return whole[whole <= end]


def pooled(
    factors: Factors, recording: Resynthesis, cells: Cells
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield Σ X φ_k over the bins of each cell, a stretch of time after another.

    Parameters
    ----------
    factors : Factors
        Of all components.
    recording : Resynthesis
        The recording, whose power X is.
    cells : Cells
        Of its transform.

    Yields
    ------
    (int, ndarray of float64, shape (n_cells, n_bands, n_parts))
        The first cell of a stretch, and the energies in it.
    """
    for first in range(0, cells.n_cells, STRETCH_CELLS):
        last = min(first + STRETCH_CELLS, cells.n_cells)
        with single_threaded_blas():
            energies = _pooled(factors, recording, cells.frames[first : last + 1], cells.bins)
        yield first, energies


def _pooled(
    factors: Factors, recording: Resynthesis, frames: NDArray[np.intp], bins: NDArray[np.intp]
) -> Array:
    begin, end = int(frames[0]), int(frames[-1])
    power = recording.power(begin, end)
    weights = [power / model for model in factors.scaled_models(begin, end)]
    basis, activation = factors.normal_range[0], factors.scaled_activation(begin, end)
    energies = np.empty((len(frames) - 1, len(bins) - 1, factors.n_parts))
    for band, (low, high) in enumerate(itertools.pairwise(bins)):
        of_frames = np.empty_like(activation)
        for terms, weight in zip(factors.of_run, weights, strict=True):
            of_frames[:, terms] = weight[:, low:high] @ basis[terms, low:high].T
        of_frames *= activation
        of_cells = np.add.reduceat(of_frames, frames[:-1] - begin, axis=0, dtype=np.float64)
        energies[:, band] = factors.summed(of_cells.T).T
    return energies
