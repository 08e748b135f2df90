"""Parts of a recording as something the transport can play; nothing is rendered beforehand."""

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral import Mask, Resynthesis


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
        return self._resynthesis.render(start, stop, self._mask).astype(np.float32, copy=False)
