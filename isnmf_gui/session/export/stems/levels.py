"""How loud stems are, and what to multiply them by before they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.hearing.loudness import LoudnessMeter

#: Stands for "exactly zero" in decibels, so that every figure in a report is a number.
SILENCE_DB = -300.0
LEVELS = ("original", "peak", "loudness")
#: Where peaks are put: full scale but for a hair, so that a player's own filters have room.
PEAK_DBFS = -0.1
#: What streaming services aim at, nearly all of them within 2 LU.
LOUDNESS_LUFS = -16.0
#: Limits of the level to bring files to, in dBFS or LUFS.
LEAST_TARGET_DB, MOST_TARGET_DB = -60.0, 0.0


@dataclass(frozen=True)
class Measured:
    """What a stem is like before it is written.

    Attributes
    ----------
    peak : float
        Largest absolute sample, at the rate of the file.
    loudness_lufs : float
        Integrated loudness after ITU-R BS.1770; −inf for silence.
    """

    peak: float
    loudness_lufs: float


@dataclass(frozen=True)
class Level:
    """The level that stems are written at.

    Attributes
    ----------
    kind : {"original", "peak", "loudness"}
        As they are in the recording, or brought to a peak or to a loudness.
    target_db : float
        The peak in dBFS, or the loudness in LUFS.
    keeps_balance : bool
        Whether all stems get one gain, with which the loudest of them reaches the target and the
        others stay as far below it as they are; else each reaches it by a gain of its own.
    raised_db : float
        What all stems are raised by on top of that.
    """

    kind: str = "original"
    target_db: float = 0.0
    keeps_balance: bool = True
    raised_db: float = 0.0

    def lowered(self, over_db: float) -> Level:
        """Return the level at which a peak that passes full scale stays a hair below it."""
        return replace(self, raised_db=self.raised_db - over_db + PEAK_DBFS)

    def gains(self, measured: Sequence[Measured]) -> list[float]:
        """Return what to multiply each stem by; silent ones stay as they are."""
        if self.kind == "original":
            return [10 ** (self.raised_db / 20)] * len(measured)
        levels_db = [self._level_db(each) for each in measured]
        if self.keeps_balance:
            levels_db = [max(levels_db, default=-math.inf)] * len(measured)
        return [
            10 ** ((self.target_db + self.raised_db - level_db) / 20)
            if math.isfinite(level_db)
            else 1.0
            for level_db in levels_db
        ]

    def _level_db(self, measured: Measured) -> float:
        if self.kind == "loudness":
            return measured.loudness_lufs
        return 20 * math.log10(measured.peak) if measured.peak > 0 else -math.inf


class Gauge:
    """Measures the blocks of a stem."""

    def __init__(self, sample_rate: int, n_channels: int, *, with_loudness: bool) -> None:
        self._peak = 0.0
        self._loudness = LoudnessMeter(sample_rate, n_channels) if with_loudness else None

    def write(self, block: NDArray[np.floating]) -> None:
        """Take the next samples, shape (n_samples, n_channels)."""
        self._peak = max(self._peak, peak_of(block))
        if self._loudness is not None:
            self._loudness.add(block)

    @property
    def measured(self) -> Measured:
        """What all blocks together are like."""
        loudness = self._loudness.loudness_lufs if self._loudness else -math.inf
        return Measured(self._peak, loudness)


def peak_of(samples: NDArray[np.floating]) -> float:
    """Return the largest absolute sample of an array of any shape."""
    return max(float(samples.max(initial=0)), -float(samples.min(initial=0)))


def decibel_ratio(energy: float, reference: float) -> float:
    """Return 10 log10(energy / reference), `SILENCE_DB` for nothing."""
    if energy <= 0 or reference <= 0:
        return SILENCE_DB
    return max(SILENCE_DB, 10 * math.log10(energy / reference))
