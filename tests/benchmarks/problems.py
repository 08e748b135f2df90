"""The matrices that are measured on, and how much time is given to them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]

#: Smallest power, relative to the mean: above every floor, so that no program's floor matters.
LEAST_POWER = 1e-8
# Power of the hiss under the notes.
HISS = 1e-4


@dataclass(frozen=True)
class Size:
    """Numbers of bins, frames and bases; its text is the key in the JSON file."""

    n_bins: int
    n_frames: int
    n_bases: int

    def __str__(self) -> str:
        return f"{self.n_bins}x{self.n_frames}_k{self.n_bases}"


SMALL_FEW, SMALL_MANY = Size(513, 1000, 8), Size(513, 1000, 32)
MEDIUM_FEW, MEDIUM_MANY = Size(1025, 2600, 8), Size(1025, 2600, 32)
LARGE_FEW, LARGE_MANY = Size(1025, 10000, 16), Size(1025, 10000, 64)


@dataclass(frozen=True)
class Effort:
    """How much is measured.

    Attributes
    ----------
    sizes : tuple of Size
        Where speed is measured.
    memory_sizes : tuple of Size
        Where memory is measured.
    busy_size : Size
        Where a busy machine is compared with a quiet one.
    n_rounds : int
        How often everything is repeated; medians are reported.
    stretch_s : float
        About how long one stretch of iterations lasts.
    zoom_s, open_s, project_s : float
        Length of the recording that is zoomed into, of the one that is opened, and of the one
        whose project is saved.
    split_s : float
        Length of the recording of which a component is split.
    underruns_s : float
        How long the window and the sound are held under load.
    recordings : Path, optional
        A folder of real recordings with their stems.
    n_painted : int, optional
        How many recordings the simulated person paints; by default all.
    """

    sizes: tuple[Size, ...]
    memory_sizes: tuple[Size, ...]
    busy_size: Size
    n_rounds: int
    stretch_s: float
    zoom_s: float = 600.0
    open_s: float = 180.0
    project_s: float = 300.0
    split_s: float = 720.0
    underruns_s: float = 60.0
    recordings: Path | None = None
    n_painted: int | None = None


FULL = Effort(
    sizes=(SMALL_FEW, SMALL_MANY, MEDIUM_FEW, MEDIUM_MANY, LARGE_FEW, LARGE_MANY),
    memory_sizes=(MEDIUM_FEW, MEDIUM_MANY, LARGE_FEW, LARGE_MANY),
    busy_size=MEDIUM_MANY,
    n_rounds=5,
    stretch_s=0.6,
)
QUICK = Effort(
    sizes=(SMALL_FEW, SMALL_MANY),
    memory_sizes=(MEDIUM_FEW, MEDIUM_MANY),
    busy_size=MEDIUM_MANY,
    n_rounds=3,
    stretch_s=0.3,
    split_s=60.0,
    underruns_s=5.0,
    n_painted=2,
)


@dataclass(frozen=True)
class Problem:
    """A power spectrogram, and the factors that every program starts from.

    Attributes
    ----------
    size : Size
        Its numbers.
    power : ndarray of float32, shape (n_bins, n_frames), C-contiguous
        Mean 1, smallest value `LEAST_POWER`.
    basis : ndarray of float64, shape (n_bins, n_bases)
        Start.
    activation : ndarray of float64, shape (n_bases, n_frames)
        Start.
    """

    size: Size
    power: NDArray[np.float32]
    basis: NDArray[np.float64]
    activation: NDArray[np.float64]


def make_problem(size: Size) -> Problem:
    """Make what looks like the power spectrogram of music; the same one every time.

    Parameters
    ----------
    size : Size
        Its numbers. There are more sounds in it than bases, as in any recording.
    """
    generator = np.random.default_rng(size.n_bins + size.n_frames + size.n_bases)
    n_sounds = 2 * size.n_bases + 8
    spectra = np.stack([_spectrum(generator, size.n_bins) for _ in range(n_sounds)], axis=1)
    levels = np.stack([_level(generator, size.n_frames) for _ in range(n_sounds)])
    power = spectra @ levels
    power += HISS * power.mean()
    # The power of noise has an exponential distribution about its mean.
    power *= generator.standard_exponential(power.shape)
    power /= power.mean()
    np.maximum(power, LEAST_POWER, out=power)
    start = np.random.RandomState(0)
    basis = start.rand(size.n_bins, size.n_bases)
    activation = start.rand(size.n_bases, size.n_frames)
    return Problem(size, power.astype(np.float32), basis, activation)


def _spectrum(generator: np.random.Generator, n_bins: int) -> Array:
    """Return harmonics of a tone, or in one of four cases a broad band of noise."""
    bins = np.arange(n_bins)
    if generator.random() < 0.25:
        centre, width = generator.uniform(0.05, 0.9) * n_bins, generator.uniform(0.05, 0.3) * n_bins
        return np.exp(-0.5 * ((bins - centre) / width) ** 2)
    pitch = n_bins * 2.0 ** generator.uniform(-7.5, -3)
    spectrum = np.zeros(n_bins)
    for harmonic in range(1, min(40, int(n_bins / pitch)) + 1):
        distance = bins - harmonic * pitch
        spectrum += harmonic ** -generator.uniform(1, 3) * np.exp(-0.5 * (distance / 1.2) ** 2)
    return spectrum


def _level(generator: np.random.Generator, n_frames: int) -> Array:
    """Return the power over time of a sound that is struck now and then, and dies away."""
    strokes = (generator.random(n_frames) < 0.01) * generator.lognormal(0, 1, n_frames)
    strokes[generator.integers(n_frames)] += 1
    decay = np.exp(-np.arange(min(n_frames, 400)) / generator.uniform(5, 40))
    return np.convolve(strokes, decay)[:n_frames]
