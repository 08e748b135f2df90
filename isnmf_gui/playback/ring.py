"""A ring of audio frames between two threads, without locks."""

import numpy as np
from numpy.typing import NDArray


class FrameRing:
    """Single-producer, single-consumer ring of float32 frames.

    One thread writes and one thread reads. Each of the two counters is stored by one side only,
    and only after the frames it counts have been copied, so neither side needs a lock. Nothing
    is allocated after construction.

    Parameters
    ----------
    capacity : int
        Number of frames that fit.
    n_channels : int
        Samples per frame.
    """

    def __init__(self, capacity: int, n_channels: int) -> None:
        if capacity < 1 or n_channels < 1:
            raise ValueError("a ring needs at least one frame and one channel")
        self._frames = np.zeros((capacity, n_channels), dtype=np.float32)
        self._capacity = capacity
        self._n_written = 0  # stored by the producer
        self._n_read = 0  # stored by the consumer

    @property
    def capacity(self) -> int:
        """Number of frames that fit."""
        return self._capacity

    @property
    def available(self) -> int:
        """Number of frames that can be read now. Any thread."""
        return self._n_written - self._n_read

    @property
    def free(self) -> int:
        """Number of frames that can be written now. Any thread."""
        return self._capacity - self.available

    def write(self, block: NDArray[np.float32]) -> int:
        """Append as many frames as fit. Producer thread only.

        Parameters
        ----------
        block : ndarray of float32, shape (n_frames, n_channels)
            Frames to append.

        Returns
        -------
        int
            How many of them were taken, from the first on.
        """
        n_frames = min(len(block), self.free)
        start = self._n_written % self._capacity
        n_first = min(n_frames, self._capacity - start)
        self._frames[start : start + n_first] = block[:n_first]
        self._frames[: n_frames - n_first] = block[n_first:n_frames]
        self._n_written += n_frames
        return n_frames

    def read_into(self, out: NDArray[np.float32]) -> int:
        """Take the oldest frames out of the ring. Consumer thread only.

        Parameters
        ----------
        out : ndarray of float32, shape (n_frames, n_channels)
            Filled from its beginning; what the ring cannot fill stays as it is.

        Returns
        -------
        int
            Number of frames copied.
        """
        n_frames = min(len(out), self.available)
        start = self._n_read % self._capacity
        n_first = min(n_frames, self._capacity - start)
        out[:n_first] = self._frames[start : start + n_first]
        out[n_first:n_frames] = self._frames[: n_frames - n_first]
        self._n_read += n_frames
        return n_frames
