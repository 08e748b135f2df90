"""The way of a voice through a source: from sample to sample, and back where a loop ends."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.playback.source import AudioSource

SEAM_S = 0.005
"""After a jump back, what would have come next fades out over this long."""

LEAST_LOOP_S = 0.02
"""Shorter loops are made so long."""

MOST_JUMPS = 256
"""Jumps that are remembered; those before have long been heard."""

Loop = tuple[int, int]


def fitting_loop(loop: Loop | None, source: AudioSource) -> Loop | None:
    """Return a loop moved into a source and made long enough to be one.

    Parameters
    ----------
    loop : (int, int) or None
        First and one past the last sample.
    source : AudioSource
        What is looped.

    Returns
    -------
    (int, int) or None
        The same; None for no loop, and for one of nothing.
    """
    if loop is None:
        return None
    start = min(max(loop[0], 0), max(source.n_samples - 1, 0))
    least = max(1, round(LEAST_LOOP_S * source.sample_rate))
    stop = min(max(loop[1], start + least), source.n_samples)
    return (start, stop) if stop > start else None


class Route:
    """Reads a source along a loop. The feeder reads, the control thread sets the loop.

    Parameters
    ----------
    source : AudioSource
        What to read.
    start_sample : int
        First sample.
    loop : callable
        Returns the loop of the moment, first and one past the last sample, or None.
    stop_sample : int, optional
        One past the last sample; by default that of the source.
    """

    def __init__(
        self,
        source: AudioSource,
        start_sample: int,
        loop: Callable[[], Loop | None],
        stop_sample: int | None = None,
    ) -> None:
        self._source = source
        self._end = source.n_samples if stop_sample is None else stop_sample
        self._loop = loop
        self._next_sample = start_sample
        self._n_read = 0
        # After a jump: what fades out, and the gain of what comes in; empty otherwise.
        self._seam = np.zeros((0, source.n_channels), np.float32)
        self._rise = np.zeros((0, 1), np.float32)
        # Where reading went on: after how many samples, at which sample. Replaced, never changed.
        self._jumps: tuple[tuple[int, int], ...] = ((0, start_sample),)

    @property
    def next_sample(self) -> int:
        """The sample that is read next. Any thread."""
        return self._next_sample

    @property
    def is_done(self) -> bool:
        """Whether all was read that is wanted. Feeder thread."""
        return self._next_sample >= self._end

    def sample_after(self, n_read: float) -> float:
        """Return the sample that comes after so many that were read. Any thread."""
        jumps = self._jumps
        count, sample = next((jump for jump in reversed(jumps) if jump[0] <= n_read), jumps[0])
        return sample + n_read - count

    def read(self, n_samples: int) -> tuple[NDArray[np.float32], bool]:
        """Read the next samples, fewer at the end of the loop or of all. Feeder thread.

        Returns
        -------
        ndarray of float32, shape (n, n_channels)
            The samples, at least one unless the route is done.
        bool
            Whether they are the last.
        """
        loop = self._loop()
        start = self._next_sample
        end = self._end
        if loop is not None and start < loop[1]:
            end = min(end, loop[1])
        stop = min(start + n_samples, end)
        block = self._blend(self._checked(start, stop))
        self._next_sample = stop
        self._n_read += stop - start
        if loop is not None and stop == loop[1]:
            self._jump(loop, block[-1])
        return block, self.is_done

    def _jump(self, loop: Loop, last_frame: NDArray[np.float32]) -> None:
        rate, n_samples = self._source.sample_rate, self._source.n_samples
        n_seam = min(round(SEAM_S * rate), loop[1] - loop[0])
        after = self._checked(loop[1], min(loop[1] + n_seam, n_samples))
        self._rise = np.linspace(0, 1, n_seam + 2, dtype=np.float32)[1:-1, np.newaxis]
        # Where the source ends its last value is held, so that nothing breaks off there either.
        self._seam = np.repeat(last_frame[np.newaxis], n_seam, axis=0)
        self._seam[: len(after)] = after
        self._seam *= 1 - self._rise
        self._next_sample = loop[0]
        self._jumps = (*self._jumps[-MOST_JUMPS:], (self._n_read, loop[0]))

    def _blend(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Fade from what would have come into what comes after a jump."""
        n_seam = min(len(self._seam), len(block))
        if n_seam == 0:
            return block
        blended = block.copy()
        blended[:n_seam] = block[:n_seam] * self._rise[:n_seam] + self._seam[:n_seam]
        self._seam, self._rise = self._seam[n_seam:], self._rise[n_seam:]
        return blended

    def _checked(self, start: int, stop: int) -> NDArray[np.float32]:
        block = np.ascontiguousarray(self._source.read(start, stop), dtype=np.float32)
        wanted = (stop - start, self._source.n_channels)
        if block.shape != wanted:
            raise ValueError(f"the source rendered {block.shape} where {wanted} was asked for")
        if not np.isfinite(block).all():
            # A device turns NaN into noise at full scale; ears and speakers come first.
            block = np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
        return block
