"""Parts of a recording as something the transport can play; nothing is rendered beforehand."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral import Mask, Resynthesis

LEAST_AT_ONCE = 4096


class MaskedSource:
    """A masked recording, rendered block by block while it is heard.

    Parameters
    ----------
    resynthesis : Resynthesis
        Of the recording.
    mask : callable
        What share of the spectrum to hear.
    sample_rate : int
        Samples per second.
    """

    def __init__(self, resynthesis: Resynthesis, mask: Mask, sample_rate: int) -> None:
        self._resynthesis = resynthesis
        self._mask = mask
        self._sample_rate = sample_rate
        # The player asks for short blocks, and every block costs all frames that touch it: with
        # long windows several are rendered at once.
        self._at_once = max(LEAST_AT_ONCE, 2 * resynthesis.stft.window_samples)
        self._start, self._ready = 0, np.zeros((0, self.n_channels), np.float32)

    @property
    def sample_rate(self) -> int:
        """Samples per second."""
        return self._sample_rate

    @property
    def n_channels(self) -> int:
        """Number of channels."""
        return int(self._resynthesis.samples.shape[1])

    @property
    def n_samples(self) -> int:
        """Length in samples."""
        return len(self._resynthesis.samples)

    def read(self, start: int, stop: int) -> NDArray[np.float32]:
        """Render samples `start` to `stop`, shape (stop - start, n_channels)."""
        if not self._start <= start <= stop <= self._start + len(self._ready):
            end = min(max(stop, start + self._at_once), self.n_samples)
            rendered = self._resynthesis.render(start, end, self._mask)
            self._start, self._ready = start, rendered.astype(np.float32, copy=False)
        return self._ready[start - self._start : stop - self._start]
