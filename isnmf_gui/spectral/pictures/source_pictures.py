"""Pictures of which source has most of what, and how much of it.

It is told of the bins of one frame that lie under a pixel, each weighed by its power: the loudest
frame under the pixel, as in pictures under a mask.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.once import once
from isnmf_gui.spectral.factors import LEAST_SHARE, Factors
from isnmf_gui.spectral.pictures.factor_pictures import (
    N_THREADS,
    Indices,
    LoudestFrames,
    among,
    distinct,
    nearest,
    nearest_frames,
)
from isnmf_gui.spectral.pictures.grid import Array, Grid, Span
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures
from isnmf_gui.spectral.pictures.shared_pictures import labels_at
from isnmf_gui.spectral.sharing import Sharing

# Few enough for what all sources have of them to stay in the processor's cache.
FRAMES_AT_ONCE = 32
#: Shares are told apart in so many steps.
N_STEPS = 32
# Relative to the loudest point: what is silent is shared out like the model.
LEAST_POWER = 1e-30


@dataclass(frozen=True, eq=False)
class Winners:
    """Which source has most of each pixel, and how much of it.

    Attributes
    ----------
    sources : ndarray of uint8, shape (frequency pixels, time pixels)
        Columns of the memberships; low frequencies first.
    shares : ndarray of float32, like `sources`
        What it has of the power there; 0 where no source has anything.
    """

    sources: NDArray[np.uint8]
    shares: NDArray[np.float32]

    def certainty(self, n_sources: int) -> NDArray[np.uint8]:
        """Return how sure it is, in steps up to `N_STEPS` − 1.

        Parameters
        ----------
        n_sources : int
            Where so many have equal shares, it is 0.

        Returns
        -------
        ndarray of uint8, like `sources`
            0 also where no source has anything.
        """
        equal = 1 / n_sources if n_sources > 1 else 0.0
        steps = (self.shares - np.float32(equal)) * np.float32(N_STEPS / (1 - equal))
        certainty: NDArray[np.uint8] = np.clip(steps, 0, N_STEPS - 1, out=steps).astype(np.uint8)
        return certainty


class SourcePictures:
    """Pictures of which source has what.

    Parameters
    ----------
    pictures : PowerPictures
        The recording's.
    factors : Factors
        Of all components.
    grid : Grid
        Where their frames and bins lie.
    sharing : Sharing
        What belongs to which source.
    kind : {"wiener", "ratio"}
        The mask; ratio masks know no labels.
    """

    def __init__(
        self, pictures: PowerPictures, factors: Factors, grid: Grid, sharing: Sharing, kind: str
    ) -> None:
        self._pictures, self._factors, self._grid = pictures, factors, grid
        self._sharing, self._kind = sharing, kind

    @once
    def _frames(self) -> LoudestFrames:
        return LoudestFrames(self._factors, np.ones(self._factors.n_parts))

    def render(self, time: Span, frequency: Span) -> Winners:
        """Return who wins.

        Parameters
        ----------
        time : Span
            In frames of the factors.
        frequency : Span
            In bins of the recording's picture.

        Returns
        -------
        Winners
            A value for each pixel.
        """
        bins = frequency.items(self._pictures.n_bins)
        edges = frequency.moved(-bins.start).edges(bins.stop - bins.start)
        starts, row_of = np.unique(edges, return_inverse=True)
        frames, column_of = distinct(self._frames.under(time))
        sources = np.empty((len(frames), len(starts)), np.uint8)
        shares = np.empty((len(frames), len(starts)), np.float32)

        def fill(first: int) -> None:
            chosen = slice(first, first + FRAMES_AT_ONCE)
            held = np.add.reduceat(self._held(frames[chosen], bins), starts, axis=2)
            sources[chosen] = held.argmax(axis=0)
            total = held.sum(axis=0)
            shares[chosen] = held.max(axis=0) / np.where(total > 0, total, 1)

        with ThreadPoolExecutor(N_THREADS) as threads:
            for _ in threads.map(fill, range(0, len(frames), FRAMES_AT_ONCE)):
                pass  # errors are raised here
        return Winners(*(_spread(it, row_of, column_of) for it in (sources, shares)))

    def _held(self, frames: Indices, bins: slice) -> Array:
        """Return what each source has of the power, shape (n_sources, frames, bins)."""
        shown, factors = self._pictures.grid, self._factors
        near = nearest(bins, shown.bin_hz / self._grid.bin_hz, factors)
        held = self._models(factors.only(frames, near), len(frames))
        if self._kind != "ratio" and self._sharing.labels:
            rows, columns, weights = labels_at(self._sharing.labels, frames, near)
            held[:, rows, columns] *= weights.T
        seen = nearest_frames(frames, self._grid.frame_s / shown.frame_s, self._pictures)
        power = self._pictures.power(seen, bins) / np.float32(
            10 ** (self._pictures.largest_db / 10)
        )
        held *= np.maximum(power, LEAST_POWER) / held.sum(axis=0)
        first, last = among(frames, factors.frames) or (0, len(frames))
        held[:, :first] = held[:, last:] = 0.0  # there was nothing separated
        return held

    def _models(self, part: Factors, n_frames: int) -> Array:
        """Return what sources have of the model, shape (n_sources, frames, bins)."""
        belongs = self._sharing.memberships.T
        if part.parts is not None:
            belongs = belongs[:, part.parts]
        if self._kind == "ratio":
            basis, activation = part.amplitude_basis, part.activation ** (1 / part.domain)
        else:
            basis, activation = part.normal_range[0], part.scaled_activation(0, n_frames)
        belongs = belongs.astype(basis.dtype)
        stacked = (activation * belongs[:, None]).reshape(-1, len(basis))
        models = (stacked @ basis).reshape(len(belongs), n_frames, -1)
        models += (LEAST_SHARE * belongs.sum(axis=1))[:, None, None]
        return models


def _spread(values: NDArray[Any], row_of: Indices, column_of: Indices | None) -> NDArray[Any]:
    """Return values (frames, rows) as a picture, each as often as pixels show it."""
    rows = np.ascontiguousarray(values.T)[row_of]
    return rows if column_of is None else rows[:, column_of]
