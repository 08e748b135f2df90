"""Pictures of what is made of several components: the model, and the recording under a mask.

Their largest value under a pixel cannot be had from pooled factors. So one frame stands for all
that a pixel covers, the loudest by the model, and that one is shown exactly: a picture costs what
is on the screen, however long the recording is. Where pixels are finer than frames every frame is
there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import Factors, Index, Mask
from isnmf_gui.spectral.pictures.grid import Array, Grid, Span, decibels, pool
from isnmf_gui.spectral.pictures.power_pictures import PowerPictures

Indices = NDArray[np.intp]
# Few enough to stay in the processor's cache.
FRAMES_AT_ONCE = 128
N_THREADS = 2
#: Makes the mask of some frames and bins: takes the factors of these, and which they are.
MaskOf = Callable[[Factors, Indices, Index], Mask]


class LoudestFrames:
    """Names for every pixel the loudest frame under it.

    Parameters
    ----------
    factors : Factors
        Of all components.
    weights : ndarray, shape (n_parts,)
        How much each component counts.
    """

    def __init__(self, factors: Factors, weights: Array) -> None:
        by_basis = factors.basis.sum(axis=1, dtype=np.float64) * factors.by_term(weights)
        loudness = (factors.activation @ by_basis.astype(factors.basis.dtype)).astype(np.float32)
        # The bits of floats that are not negative are in order as integers too. With the number
        # of the frame behind them, the largest key names the loudest frame.
        bits = np.maximum(loudness, 0).view(np.uint32).astype(np.uint64)
        self._keys = bits << np.uint64(32) | np.arange(len(bits), dtype=np.uint64)

    def under(self, time: Span) -> Indices:
        """Return the frame for each pixel; frames repeat where pixels are finer."""
        keys = pool(self._keys, time, 0)
        frames: Indices = (keys & np.uint64(0xFFFFFFFF)).astype(np.intp)
        return frames


class ModelPictures:
    """Pictures of the whole model, (T V)^(2/p).

    Parameters
    ----------
    factors : Factors
        Of all components.
    """

    def __init__(self, factors: Factors) -> None:
        self._factors = factors
        self._frames = LoudestFrames(factors, np.ones(factors.n_parts))

    def render(self, time: Span, frequency: Span, reference_db: float) -> Array:
        """Return the picture in dB, shape (frequency pixels, time pixels).

        Parameters
        ----------
        time, frequency : Span
            In frames and bins of the factors.
        reference_db : float
            Power that counts as 0 dB.

        Returns
        -------
        ndarray of float32
            The first row is the lowest frequency.
        """
        bins = frequency.items(self._factors.basis.shape[1])
        frames, columns = distinct(self._frames.under(time))
        product = self._factors.basis[:, bins].T @ self._factors.activation[frames].T
        picture = decibels(pool(product, frequency.moved(-bins.start), 0), 1.0)
        picture *= 2 / self._factors.domain  # the power is taken of what is left to be drawn
        picture -= reference_db
        return _spread(picture, columns)


class MaskedPictures:
    """Pictures of the recording under a mask: m² X.

    Where the factors are of another transform than the recording's picture, the mask of a point
    is that of the nearest frame and bin.

    Parameters
    ----------
    pictures : PowerPictures
        X.
    factors : Factors
        Of all components.
    grid : Grid
        Where their frames and bins lie.
    mask_of : callable
        The mask, of any choice of frames and bins.
    weights : ndarray, shape (n_parts,)
        How much each component counts when the frame to be shown is chosen.
    """

    def __init__(
        self,
        pictures: PowerPictures,
        factors: Factors,
        grid: Grid,
        mask_of: MaskOf,
        weights: Array,
    ) -> None:
        self._pictures, self._factors, self._mask_of = pictures, factors, mask_of
        self._grid = grid
        self._frames = LoudestFrames(factors, weights)

    def render(self, time: Span, frequency: Span, reference_db: float | None = None) -> Array:
        """Return the picture in dB, shape (frequency pixels, time pixels).

        Parameters
        ----------
        time : Span
            In frames of the factors.
        frequency : Span
            In bins of the recording's picture.
        reference_db : float, optional
            Power that counts as 0 dB; by default the recording's largest.

        Returns
        -------
        ndarray of float32
            The first row is the lowest frequency.
        """
        bins = _odd(frequency.items(self._pictures.n_bins), self._pictures.n_bins)
        frames, columns = distinct(self._frames.under(time))
        power = self._power(frames, bins)
        picture = decibels(pool(power, frequency.moved(-bins.start), 0), 1.0)
        picture -= self._pictures.largest_db if reference_db is None else reference_db
        return _spread(picture, columns)

    def _power(self, frames: Indices, bins: slice) -> Array:
        """Return m² X, shape (bins, frames)."""
        shown, factors = self._pictures.grid, self._factors
        near = nearest(bins, shown.bin_hz / self._grid.bin_hz, factors)
        seen = nearest_frames(frames, self._grid.frame_s / shown.frame_s, self._pictures)
        result = np.empty((bins.stop - bins.start, len(frames)), np.float32)

        def fill(first: int) -> None:
            chosen = slice(first, first + FRAMES_AT_ONCE)
            within = among(frames[chosen], factors.frames)
            part = factors.only(frames[chosen], near, within)
            power = self._pictures.power(seen[chosen], bins)
            mask = self._mask_of(part, frames[chosen], near)(0, len(part.activation), power)
            mask *= mask
            mask *= power
            result[:, chosen] = mask.T

        with ThreadPoolExecutor(N_THREADS) as threads:
            for _ in threads.map(fill, range(0, len(frames), FRAMES_AT_ONCE)):
                pass  # errors are raised here
        return result


def _odd(bins: slice, n_bins: int) -> slice:
    """Return an odd number of bins where it can be had, by adding one.

    Turning rows into columns is three times as slow where rows lie a power of two apart.
    """
    if (bins.stop - bins.start) % 2:
        return bins
    return slice(bins.start - 1, bins.stop) if bins.start else slice(0, min(bins.stop + 1, n_bins))


def nearest(bins: slice, ratio: float, factors: Factors) -> slice | Indices:
    """Return the factors' bins nearest to those of a picture."""
    if ratio == 1:
        return bins
    near: Indices = np.rint(np.arange(bins.start, bins.stop) * ratio).astype(np.intp)
    near[near >= factors.basis.shape[1]] = factors.basis.shape[1] - 1
    return near


def nearest_frames(frames: Indices, ratio: float, pictures: PowerPictures) -> Indices:
    """Return a picture's frames nearest to those of factors, which are `ratio` times as long."""
    seen: Indices = np.rint(frames * ratio).astype(np.intp)
    seen[seen >= pictures.n_frames] = pictures.n_frames - 1
    return seen


def among(frames: Indices, stretch: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return which of the frames, in ascending order, lie within a stretch."""
    if stretch is None:
        return None
    first, last = np.searchsorted(frames, stretch)
    return int(first), int(last)


def distinct(frames: Indices) -> tuple[Indices, Indices | None]:
    """Return the frames without repetitions, and for each pixel its place among them."""
    begins = np.append(True, frames[1:] != frames[:-1])
    if begins.all():
        return frames, None
    return frames[begins], np.cumsum(begins) - 1


def _spread(picture: Array, columns: Indices | None) -> Array:
    return picture if columns is None else picture[:, columns]
