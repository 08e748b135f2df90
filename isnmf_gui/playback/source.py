"""What the transport plays: anything that can render samples of itself on demand."""

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray


class AudioSource(Protocol):
    """Audio of known length that is rendered piece by piece, while it is being heard."""

    @property
    def sample_rate(self) -> int:
        """Samples per second."""

    @property
    def n_channels(self) -> int:
        """Number of channels, at least one."""

    @property
    def n_samples(self) -> int:
        """Length in samples of one channel."""

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        """Render some samples. Called from the feeder thread only.

        Successive reads usually follow one another; after a seek they do not.

        Parameters
        ----------
        start, stop : int
            The samples asked for, 0 <= `start` <= `stop` <= `n_samples`.

        Returns
        -------
        ndarray of float32, shape (stop - start, n_channels)
            The samples, full scale at ±1. They are not modified.
        """
        ...


class ArraySource:
    """A recording that is in memory.

    Parameters
    ----------
    samples : array_like, shape (n_samples,) or (n_samples, n_channels)
        The recording, full scale at ±1. A float32 array is used without a copy.
    sample_rate : int
        Samples per second.

    Raises
    ------
    ValueError
        If `samples` has another shape or no channel, or the rate is not positive.
    """

    def __init__(self, samples: ArrayLike, sample_rate: int) -> None:
        array = np.asarray(samples, dtype=np.float32)
        if array.ndim == 1:
            array = array[:, np.newaxis]
        if array.ndim != 2 or array.shape[1] == 0:
            raise ValueError(f"samples must be (n_samples, n_channels), not {array.shape}")
        if sample_rate <= 0:
            raise ValueError(f"sample_rate must be positive, not {sample_rate}")
        self._samples = array
        self._sample_rate = sample_rate

    @property
    def sample_rate(self) -> int:
        """Samples per second."""
        return self._sample_rate

    @property
    def n_channels(self) -> int:
        """Number of channels."""
        return int(self._samples.shape[1])

    @property
    def n_samples(self) -> int:
        """Length in samples of one channel."""
        return int(self._samples.shape[0])

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        """Return samples `start` to `stop`, a view of shape (stop - start, n_channels)."""
        return self._samples[start:stop]
