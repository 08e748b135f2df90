"""Programme loudness as ITU-R BS.1770-5 defines it, of sound that comes in blocks.

Block by block, since a stem of a long recording is never held in memory as a whole, and for any
number of channels.
"""

from __future__ import annotations

import math

import numpy as np
import scipy
from numpy.typing import NDArray

#: Sound is gated in pieces this long, which overlap by three quarters.
GATED_S, STEPS_PER_GATED = 0.4, 4
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU = -70.0, -10.0
OFFSET_DB = -0.691

# The two filters of the K weighting: centre in Hz, quality, and the shelf's gain. From these the
# table of the recommendation, which is for 48 kHz only, follows by the bilinear transform.
SHELF_HZ, SHELF_Q, SHELF_DB = 1681.974450955533, 0.7071752369554196, 3.999843853973347
HIGH_PASS_HZ, HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773
SHELF_SLOPE = 0.4996667741545416

# Channels in the order of WAV files: left, right, centre, low frequencies, two surround.
SURROUND_WEIGHTS = {5: (1, 1, 1, 1.41, 1.41), 6: (1, 1, 1, 0, 1.41, 1.41)}


class LoudnessMeter:
    """Measures the integrated loudness of blocks that follow one another.

    Parameters
    ----------
    sample_rate : int
        In Hz.
    n_channels : int
        5 and 6 are taken for surround sound; otherwise all channels count alike.
    """

    def __init__(self, sample_rate: int, n_channels: int) -> None:
        self._filters = _k_weighting(sample_rate)
        self._state = np.zeros((2, 2, n_channels))
        self._weights = np.array(SURROUND_WEIGHTS.get(n_channels, (1,) * n_channels), np.float64)
        self._step = max(1, round(sample_rate * GATED_S / STEPS_PER_GATED))
        self._sums: list[NDArray[np.float64]] = []
        self._rest = np.zeros(0)

    def add(self, block: NDArray[np.floating]) -> None:
        """Take the next samples, shape (n_samples, n_channels)."""
        weighted, self._state = scipy.signal.sosfilt(self._filters, block, axis=0, zi=self._state)
        power = np.concatenate([self._rest, (weighted**2) @ self._weights])
        n_whole = len(power) // self._step * self._step
        self._sums.append(power[:n_whole].reshape(-1, self._step).sum(axis=1))
        self._rest = power[n_whole:]

    @property
    def loudness_lufs(self) -> float:
        """Loudness of all that was taken, in LUFS; −inf for silence.

        Sound shorter than 400 ms is measured as if it were one piece.
        """
        sums = np.concatenate([*self._sums, np.zeros(0)])
        if len(sums) < STEPS_PER_GATED:
            n_samples = len(sums) * self._step + len(self._rest)
            total = float(sums.sum() + self._rest.sum())
            return _lufs(total / n_samples) if n_samples else -math.inf
        gated = np.convolve(sums, np.ones(STEPS_PER_GATED), "valid")
        return _gated_loudness(gated / (STEPS_PER_GATED * self._step))


def _gated_loudness(power: NDArray[np.float64]) -> float:
    """Return the loudness of pieces: those far below the others, such as pauses, do not count."""
    loud = power[power > 10 ** ((ABSOLUTE_GATE_LUFS - OFFSET_DB) / 10)]
    if not len(loud):
        return -math.inf
    return _lufs(float(loud[loud > loud.mean() * 10 ** (RELATIVE_GATE_LU / 10)].mean()))


def _lufs(power: float) -> float:
    return OFFSET_DB + 10 * math.log10(power) if power > 0 else -math.inf


def _k_weighting(sample_rate: int) -> NDArray[np.float64]:
    """Return the shelf and the high-pass as second-order sections, shape (2, 6)."""
    k = math.tan(math.pi * SHELF_HZ / sample_rate)
    high = 10 ** (SHELF_DB / 20)
    middle = high**SHELF_SLOPE
    shelf = [high + middle * k / SHELF_Q + k * k, 2 * (k * k - high)]
    shelf += [high - middle * k / SHELF_Q + k * k, *_poles(k, SHELF_Q)]
    k = math.tan(math.pi * HIGH_PASS_HZ / sample_rate)
    high_pass = [1, -2, 1, *_poles(k, HIGH_PASS_Q)]
    sections = np.array([shelf, high_pass])
    # The recommendation's table gives the high-pass's numerator without its small loss of gain.
    sections[0] /= sections[0, 3]
    sections[1, 3:] /= sections[1, 3]
    return sections


def _poles(k: float, quality: float) -> list[float]:
    return [1 + k / quality + k * k, 2 * (k * k - 1), 1 - k / quality + k * k]
