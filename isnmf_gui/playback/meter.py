"""How loud it is, measured where the sound leaves the program."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FULL_SCALE = 1 + 1e-6
"""Values beyond this are cut off by the device; full scale itself, rounded, is not."""


@dataclass(frozen=True, eq=False)
class Levels:
    """Levels of the channels of a device over some stretch of time.

    Attributes
    ----------
    peak, rms : ndarray of float64, shape (n_channels,)
        Largest absolute value and root mean square; full scale is 1.
    clipped : ndarray of bool, shape (n_channels,)
        Whether full scale was passed since that was last reset.
    """

    peak: NDArray[np.float64]
    rms: NDArray[np.float64]
    clipped: NDArray[np.bool_]


class CallbackMeter:
    """Collects levels in the audio callback and hands them to the control thread.

    `measure` allocates nothing. The control thread asks for a new stretch by storing a flag; the
    callback stores everything else.

    Parameters
    ----------
    max_frames : int
        Longest block that is ever passed to `measure`.
    n_channels : int
        Channels of the device.
    """

    def __init__(self, max_frames: int, n_channels: int) -> None:
        self._scratch = np.empty((max_frames, n_channels), np.float32)
        self._now = np.empty(n_channels, np.float32)
        self._peak = np.zeros(n_channels, np.float32)
        self._squares = np.zeros(n_channels, np.float32)
        self._most = np.zeros(n_channels, np.float32)
        self._n_frames = 0
        self._begin_anew = self._forget_clips = False  # stored True by the control thread

    def measure(self, block: NDArray[np.float32]) -> None:
        """Take note of what is about to be heard. Callback.

        Parameters
        ----------
        block : ndarray of float32, shape (n_frames, n_channels)
            Not changed.
        """
        if self._begin_anew:
            self._begin_anew = False
            self._peak.fill(0)
            self._squares.fill(0)
            self._n_frames = 0
        if self._forget_clips:
            self._forget_clips = False
            self._most.fill(0)
        scratch = self._scratch[: len(block)]
        np.abs(block, out=scratch)
        np.max(scratch, axis=0, out=self._now)
        np.maximum(self._peak, self._now, out=self._peak)
        np.maximum(self._most, self._now, out=self._most)
        np.multiply(scratch, scratch, out=scratch)
        np.sum(scratch, axis=0, out=self._now)
        np.add(self._squares, self._now, out=self._squares)
        self._n_frames += len(block)

    def take(self) -> Levels:
        """Return the levels since the last call. Control thread."""
        n_frames = max(self._n_frames, 1)
        rms = np.sqrt(self._squares.astype(np.float64) / n_frames)
        levels = Levels(self._peak.astype(np.float64), rms, self._most > FULL_SCALE)
        self._begin_anew = True
        return levels

    def forget_clips(self) -> None:
        """Put the clip marks out. Control thread."""
        self._forget_clips = True
