"""From a source to blocks of frames that a device takes: read, resample, map channels."""

from collections.abc import Callable

import numpy as np
import soxr
from numpy.typing import NDArray

from isnmf_gui.playback.channels import map_channels
from isnmf_gui.playback.route import Loop, Route
from isnmf_gui.playback.source import AudioSource

BLOCK_S = 0.02
"""Length of the blocks asked of a source: 882 samples at 44.1 kHz."""


class BlockRenderer:
    """Renders a source block by block, from one sample to an end. Feeder thread only.

    Parameters
    ----------
    source : AudioSource
        What to render.
    start_sample : int
        First sample of the source.
    sample_rate : int
        Frames per second of the device. If it is not the rate of the source, the blocks are
        resampled.
    n_channels : int
        Channels of the device.
    loop : callable, optional
        Returns what is to be repeated at the moment: first and one past the last sample, or None.
    stop_sample : int, optional
        One past the last sample; by default that of the source.
    """

    def __init__(
        self,
        source: AudioSource,
        start_sample: int,
        sample_rate: int,
        n_channels: int,
        loop: Callable[[], Loop | None] = lambda: None,
        stop_sample: int | None = None,
    ) -> None:
        self._route = Route(source, start_sample, loop, stop_sample)
        self._n_channels = n_channels
        self._block_samples = max(1, round(BLOCK_S * source.sample_rate))
        self._resampler: soxr.ResampleStream | None = None
        if source.sample_rate != sample_rate:
            self._resampler = soxr.ResampleStream(
                source.sample_rate, sample_rate, source.n_channels, dtype="float32"
            )

    @property
    def is_done(self) -> bool:
        """Whether all was rendered that is wanted."""
        return self._route.is_done

    @property
    def next_sample(self) -> int:
        """The sample of the source that is rendered next. Any thread."""
        return self._route.next_sample

    def sample_after(self, n_samples: float) -> float:
        """Return the sample of the source that follows so many rendered ones. Any thread."""
        return self._route.sample_after(n_samples)

    def next_block(self) -> NDArray[np.float32]:
        """Render the next block; not to be called once it is done.

        Returns
        -------
        ndarray of float32, shape (n_frames, n_channels)
            Frames for the device, sometimes none yet while a resampler fills.

        Raises
        ------
        ValueError
            If the source returns another number of samples or channels than it was asked for.
        Exception
            Whatever reading the source raises.
        """
        block, is_last = self._route.read(self._block_samples)
        if self._resampler is not None:
            block = self._resampler.resample_chunk(block, last=is_last)
        return map_channels(block, self._n_channels)
