"""A simulated person, who knows the stems and paints where an estimate is most wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.runs.settings import window_for
from isnmf_gui.spectral import Stft
from isnmf_gui.spectral.strokes import Box

Array = NDArray[np.floating]

#: A place is painted if one stem is so much above the others together.
DOMINANCE_DB = 12.0
#: Cells of places: so long, and a quarter of an octave, from 50 Hz.
CELL_S, LOWEST_HZ, CELLS_AN_OCTAVE, N_CELLS = 0.1, 50.0, 4, 44
#: Places are so many cells long, and so many high or all of the spectrum.
LENGTHS, HEIGHTS = (2, 4, 7, 10, 15), (1, 2, 4, 8)


class Person:
    """Paints places that no stroke covered yet.

    Parameters
    ----------
    stems : sequence of ndarray, each of shape (n_samples, n_channels)
        What the sources should be.
    sample_rate : int
        Theirs, in Hz.
    """

    def __init__(self, stems: Sequence[Array], sample_rate: int) -> None:
        window = window_for(sample_rate)
        self._stft = Stft(window, window // 4)
        self._n_frames = self._stft.n_frames(len(stems[0]))
        self._frame_s, self._bin_hz = window / 4 / sample_rate, sample_rate / window
        self._spectra = [self._spectrum(stem) for stem in stems]
        self._frames = np.arange(0, self._n_frames, max(1, round(CELL_S / self._frame_s)))
        edges_hz = LOWEST_HZ * 2.0 ** (np.arange(N_CELLS) / CELLS_AN_OCTAVE)
        edges = np.round(edges_hz / self._bin_hz).astype(int)
        self._bins = np.unique(np.r_[0, edges[edges < self._stft.n_bins]])
        power = np.array([_power(it) for it in self._spectra])
        self._energies = power.sum(axis=(1, 2))
        cells = self._pooled(power)
        self._open = np.ones(cells.shape[1:], np.bool_)
        self._places = np.array(list(_places(*cells.shape[1:])), int).reshape(-1, 4)
        sums = self._sums(cells)
        most = sums.max(axis=0)
        others = np.maximum(sums.sum(axis=0) - most, 1e-30)
        clear = (most >= 10 ** (DOMINANCE_DB / 10) * others) & (most > 0)
        self._places, self._owners = self._places[clear], sums.argmax(axis=0)[clear]

    def paint(self, estimates: Sequence[Array]) -> tuple[int, Box] | None:
        """Return the stem that a place belongs to, and the place; None if there is none left.

        Parameters
        ----------
        estimates : sequence of ndarray
            Of the stems, in their order.
        """
        if not len(self._places):
            return None
        wrong = np.zeros(self._open.shape)
        for estimate, spectrum, energy in zip(
            estimates, self._spectra, self._energies, strict=True
        ):
            wrong += self._pooled(_power(self._spectrum(estimate) - spectrum)) / (energy or 1.0)
        place = int(np.argmax(self._sums(wrong * self._open)))
        begin, end, low, high = self._places[place].tolist()
        self._open[begin:end, low:high] = False
        frames = [*self._frames.tolist(), self._n_frames]
        bins = [*self._bins.tolist(), self._stft.n_bins]
        times = (max(0.0, frames[n] * self._frame_s) for n in (begin, end))
        pitches = (bins[n] * self._bin_hz for n in (low, high))
        return int(self._owners[place]), Box(*times, *pitches)

    def _spectrum(self, samples: Array) -> NDArray[np.complexfloating]:
        return self._stft.forward(samples, 0, self._n_frames, np.float32)

    def _pooled(self, power: Array) -> NDArray[np.float64]:
        over_frames = np.add.reduceat(power.astype(np.float64), self._frames, axis=-2)
        return np.add.reduceat(over_frames, self._bins, axis=-1)

    def _sums(self, cells: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sums over all places, shape (..., n_places)."""
        edge = [(0, 0)] * (cells.ndim - 2) + [(1, 0), (1, 0)]
        summed = np.pad(cells.cumsum(axis=-2).cumsum(axis=-1), edge)
        begin, end, low, high = self._places.T
        return (
            summed[..., end, high]
            - summed[..., begin, high]
            - summed[..., end, low]
            + summed[..., begin, low]
        )


def _power(spectrum: NDArray[np.complexfloating]) -> Array:
    power: Array = (spectrum.real**2 + spectrum.imag**2).sum(axis=0)
    return power


def _places(n_frames: int, n_bins: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield places of all sizes, overlapping, as ranges of cells."""
    for length in (it for it in LENGTHS if it <= n_frames):
        for height in sorted({*(it for it in HEIGHTS if it <= n_bins), n_bins}):
            for begin in range(0, n_frames - length + 1, max(1, length // 3)):
                for low in range(0, n_bins - height + 1, max(1, height // 4)):
                    yield begin, begin + length, low, low + height
