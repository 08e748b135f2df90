"""From a source to blocks of frames that a device takes: read, resample, map channels."""

import numpy as np
import soxr
from numpy.typing import NDArray

from isnmf_gui.playback.channels import map_channels
from isnmf_gui.playback.source import AudioSource

BLOCK_S = 0.03
"""Length of the blocks asked of a source: 1323 samples at 44.1 kHz."""


class BlockRenderer:
    """Renders a source block by block, from one sample to the end. Feeder thread only.

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
    """

    def __init__(
        self, source: AudioSource, start_sample: int, sample_rate: int, n_channels: int
    ) -> None:
        self._source = source
        self._next_sample = start_sample
        self._n_channels = n_channels
        self._block_samples = max(1, round(BLOCK_S * source.sample_rate))
        self._resampler: soxr.ResampleStream | None = None
        if source.sample_rate != sample_rate:
            self._resampler = soxr.ResampleStream(
                source.sample_rate, sample_rate, source.n_channels, dtype="float32"
            )

    @property
    def is_done(self) -> bool:
        """Whether the source has been rendered to its end."""
        return self._next_sample >= self._source.n_samples

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
        start, n_samples = self._next_sample, self._source.n_samples
        stop = min(start + self._block_samples, n_samples)
        block = self._read(start, stop)
        self._next_sample = stop
        if self._resampler is not None:
            block = self._resampler.resample_chunk(block, last=stop == n_samples)
        return map_channels(block, self._n_channels)

    def _read(self, start: int, stop: int) -> NDArray[np.float32]:
        block = np.ascontiguousarray(self._source.read(start, stop), dtype=np.float32)
        wanted = (stop - start, self._source.n_channels)
        if block.shape != wanted:
            raise ValueError(f"the source rendered {block.shape} where {wanted} was asked for")
        if not np.isfinite(block).all():
            # A device turns NaN into noise at full scale; ears and speakers come first.
            block = np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
        return block
