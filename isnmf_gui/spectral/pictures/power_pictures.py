"""A recording's spectrogram kept for the screen: any stretch of it at a bounded cost.

Powers are kept as 16-bit steps of a hundredth of a decibel: half the memory of float32, nothing
that an eye could see is lost, and no logarithm is taken when a picture is drawn. A pyramid of
them, each level with the largest of every four frames of the one below, makes an hour as quick
to draw as a second.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.once import once
from isnmf_gui.spectral.pictures.grid import NEPERS_TO_DB, Array, Grid, Span, pool
from isnmf_gui.spectral.stft import Samples, Stft, power_of

Codes = NDArray[np.uint16]

STEP_DB = 0.01
# Code 0, for silence and what is below. Full scale of the loudest recording allowed is +218 dB.
LOWEST_DB = -340.0
LEAST_POWER, MOST_POWER = 10 ** (LOWEST_DB / 10), 1e31
# Factor between the levels of the pyramid.
LEVEL_FRAMES = 4
N_THREADS = 2


def codes_of(power: Array) -> Codes:
    """Return powers as steps of `STEP_DB` above `LOWEST_DB`.

    Parameters
    ----------
    power : ndarray of float32, any shape
        Not negative.

    Returns
    -------
    ndarray of uint16, like `power`
        Codes.
    """
    levels = np.clip(power, LEAST_POWER, MOST_POWER)
    np.log(levels, out=levels)
    levels *= NEPERS_TO_DB / STEP_DB
    levels += 0.5 - LOWEST_DB / STEP_DB  # truncated below
    codes: Codes = levels.astype(np.uint16)
    return codes


def decode_db(codes: Codes) -> Array:
    """Return the decibels that codes of any shape stand for, in float32."""
    result: Array = codes * np.float32(STEP_DB)
    result += np.float32(LOWEST_DB)
    return result


def _powers() -> Array:
    """Return the power that each code stands for, shape (65536,)."""
    levels = LOWEST_DB + STEP_DB * np.arange(1 << 16)
    levels[0] = -np.inf
    powers: Array = np.exp(levels / NEPERS_TO_DB).astype(np.float32)
    return powers


POWERS = _powers()


class PowerPictures:
    """Pictures of a recording's power spectrogram.

    Parameters
    ----------
    codes : ndarray of uint16, shape (n_frames, n_bins)
        The spectrogram as `codes_of` makes it, a frame per row.
    grid : Grid
        Where its frames and bins lie.
    """

    def __init__(self, codes: Codes, grid: Grid) -> None:
        self.grid = grid
        self.levels = [codes]
        while len(self.levels[-1]) > 4 * LEVEL_FRAMES**2:
            self.levels.append(_coarser(self.levels[-1]))

    @classmethod
    def of(
        cls,
        samples: Samples,
        sample_rate: int,
        stft: Stft,
        on_progress: Callable[[float], bool] | None = None,
    ) -> PowerPictures:
        """Transform a recording.

        Parameters
        ----------
        samples : ndarray of float32, shape (n_samples, n_channels)
            The recording.
        sample_rate : int
            In Hz.
        stft : Stft
            How.
        on_progress : callable, optional
            Called with the share done (0 to 1); returns whether to go on.

        Returns
        -------
        PowerPictures
            Of the whole recording.

        Raises
        ------
        Stopped
            If `on_progress` said so.
        """
        n_frames = stft.n_frames(len(samples))
        codes = np.empty((n_frames, stft.n_bins), np.uint16)

        def transform(batch: tuple[int, int]) -> int:
            codes[slice(*batch)] = codes_of(power_of(stft.forward(samples, *batch)))
            return batch[1]

        with ThreadPoolExecutor(N_THREADS) as pool_of_threads:
            done = pool_of_threads.map(transform, stft.batches(0, n_frames))
            for last in done:
                if on_progress is not None and not on_progress(last / n_frames):
                    pool_of_threads.shutdown(cancel_futures=True)
                    raise Stopped
        grid = Grid(stft.hop_samples / sample_rate, sample_rate / stft.window_samples)
        return cls(codes, grid)

    @property
    def n_frames(self) -> int:
        """Number of frames."""
        return len(self.levels[0])

    @property
    def n_bins(self) -> int:
        """Number of bins."""
        return int(self.levels[0].shape[1])

    @once
    def largest_db(self) -> float:
        """The largest power in dB: 0 dB in pictures. 0 for a silent recording."""
        return _largest_db(self.levels[-1])

    def render(self, time: Span, frequency: Span) -> Array:
        """Return the picture in dB below the largest power, shape (frequency, time pixels)."""
        frames_per_pixel = (time.stop - time.start) / time.pixels
        level, scale = 0, 1
        while scale * LEVEL_FRAMES <= frames_per_pixel and level + 1 < len(self.levels):
            level, scale = level + 1, scale * LEVEL_FRAMES
        return _render(self.levels[level], scale, time, frequency, self.largest_db)

    def power(self, frames: NDArray[np.intp], bins: slice) -> Array:
        """Return the power of chosen frames and bins.

        Parameters
        ----------
        frames : ndarray of int, shape (n_chosen,)
            Which frames.
        bins : slice
            Which bins.

        Returns
        -------
        ndarray of float32, shape (n_chosen, n_bins_chosen)
            Powers, as exact as the codes are.
        """
        return POWERS.take(self.levels[0][frames][:, bins])


def whole_picture(samples: Samples, stft: Stft, pixels: int, frequency: Span) -> Array:
    """Return the picture of a whole sound in dB below its largest power, in bounded memory.

    What `PowerPictures.render` returns, without keeping anything that grows with the sound.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels), or anything that is sliced alike
        The sound. It is read once, from its beginning to its end.
    stft : Stft
        How it is transformed.
    pixels : int
        Number of pixels in time.
    frequency : Span
        What the pixels in frequency show.

    Returns
    -------
    ndarray of float32, shape (frequency pixels, time pixels)
        Low frequencies first.
    """
    n_frames, scale = stft.n_frames(len(samples)), 1
    while scale * LEVEL_FRAMES <= n_frames / pixels:
        scale *= LEVEL_FRAMES
    codes = np.zeros((-(-n_frames // scale), stft.n_bins), np.uint16)
    for first, last in stft.batches(0, n_frames):
        rows = np.arange(first, last) // scale
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        batch = codes_of(power_of(stft.forward(samples, first, last)))
        to = codes[rows[0] : rows[-1] + 1]
        np.maximum(to, np.maximum.reduceat(batch, starts, axis=0), out=to)
    time = Span(-0.5, n_frames - 0.5, pixels)
    return _render(codes, scale, time, frequency, _largest_db(codes))


def _largest_db(codes: Codes) -> float:
    code = int(codes.max())
    return LOWEST_DB + STEP_DB * code if code else 0.0


def _render(codes: Codes, scale: int, time: Span, frequency: Span, largest_db: float) -> Array:
    """Return the picture of codes of which each stands for some frames."""
    n_bins = codes.shape[1]
    bins = frequency.items(n_bins)
    if bins.stop - bins.start < n_bins // 4:
        by_time = pool(codes[:, bins], time, 0, scale)
    else:  # whole rows are faster
        by_time = pool(codes, time, 0, scale)[:, bins]
    picture = decode_db(pool(np.ascontiguousarray(by_time.T), frequency.moved(-bins.start), 0))
    picture -= np.float32(largest_db)
    return picture


def _coarser(finer: Codes) -> Codes:
    """Return the largest of every `LEVEL_FRAMES` frames."""
    n_whole = len(finer) // LEVEL_FRAMES * LEVEL_FRAMES
    coarser = finer[:n_whole:LEVEL_FRAMES].copy()
    for step in range(1, LEVEL_FRAMES):
        np.maximum(coarser, finer[step:n_whole:LEVEL_FRAMES], out=coarser)
    if n_whole == len(finer):
        return coarser
    return np.concatenate([coarser, finer[n_whole:].max(axis=0, keepdims=True)])
