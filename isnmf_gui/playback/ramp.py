"""Gains that change without a click."""

import math

import numpy as np
from numpy.typing import NDArray


class GainRamp:
    """A gain that moves to its target in a straight line, never jumping.

    Any thread may store `target`; everything else belongs to the thread that applies the gain,
    the audio callback. Its buffers are allocated here, once.

    Parameters
    ----------
    value : float
        The gain to begin with; also the first target.
    ramp_frames : int
        Number of frames that a change from 0 to 1 takes; smaller changes take less.
    max_frames : int
        Longest block that is ever passed to `apply`.
    """

    def __init__(self, value: float, ramp_frames: int, max_frames: int) -> None:
        self.value = value
        self.target = value
        self._ramp_frames = max(1, ramp_frames)
        steps = np.arange(1, max_frames + 1, dtype=np.float64) / self._ramp_frames
        self._steps = steps.astype(np.float32)[:, np.newaxis]
        self._gains = np.empty((max_frames, 1), dtype=np.float32)

    def frames_open(self, n_frames: int, target: float) -> int:
        """Return how many of the next `n_frames` are used before the gain has closed to 0."""
        if target > 0:
            return n_frames
        return min(n_frames, math.ceil(self.value * self._ramp_frames))

    def apply(self, block: NDArray[np.float32], target: float) -> None:
        """Multiply a block by the gain, moving towards a target.

        Parameters
        ----------
        block : ndarray of float32, shape (n_frames, n_channels)
            Changed in place.
        target : float
            `self.target`, read once by the caller: another thread may store a new one meanwhile.
        """
        if self.value != target:
            self._apply_ramp(block, target)
        elif target != 1.0:
            np.multiply(block, target, out=block)

    def _apply_ramp(self, block: NDArray[np.float32], target: float) -> None:
        n_frames = len(block)
        gains = self._gains[:n_frames]
        steps = self._steps[:n_frames]
        if target > self.value:
            np.add(steps, self.value, out=gains)
            np.minimum(gains, target, out=gains)
            self.value = min(target, self.value + n_frames / self._ramp_frames)
        else:
            np.subtract(self.value, steps, out=gains)
            np.maximum(gains, target, out=gains)
            self.value = max(target, self.value - n_frames / self._ramp_frames)
        np.multiply(block, gains, out=block)
