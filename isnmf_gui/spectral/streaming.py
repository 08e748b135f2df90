"""A masked recording as a stream: every frame is transformed once, and in bounded steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.spectral.factors import Mask
from isnmf_gui.spectral.stft import Samples, Stft, power_of

# Samples of all channels under the windows of the frames of one step, which takes 2 to 6 ms.
STEP_ELEMENTS = 1 << 18
NO_POWER = np.zeros((0, 0), np.float32)


class Streaming:
    """Renders a masked recording from one sample on, in order.

    Its samples are those of `Resynthesis`, but for rounding. For one thread at a time.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording.
    stft : Stft
        The transform that the mask was made for.
    mask : callable
        What share of the spectrum to hear.
    start : int
        First sample wanted, 0 <= `start` <= n_samples.
    dtype : {float32, float64}
        Precision.
    needs_power : bool
        Whether the mask looks at the power; else it is given none.

    Attributes
    ----------
    position : int
        The sample that `read` gives next.
    rendered_to : int
        Up to where samples are ready, or less than `position`.
    """

    def __init__(
        self,
        samples: Samples,
        stft: Stft,
        mask: Mask,
        start: int,
        dtype: DTypeLike = np.float32,
        *,
        needs_power: bool = True,
    ) -> None:
        self._samples, self._stft, self._mask = samples, stft, mask
        self._dtype = np.dtype(dtype)
        self._needs_power = needs_power
        self._first, _ = stft.frames_over(start, start + 1, len(samples))
        self._n_frames = stft.n_frames(len(samples))
        self._next_frame = self._first
        self._frames_a_step = max(1, STEP_ELEMENTS // (stft.window_samples * samples.shape[1]))
        # What the frames so far add to samples that later frames add to as well.
        self._tail: NDArray[np.floating] = np.zeros((samples.shape[1], 0), self._dtype)
        self._ready = np.zeros((0, samples.shape[1]), self._dtype)
        self.position = self.rendered_to = start

    @property
    def step_elements(self) -> int:
        """How much work a step is: samples under windows, all channels."""
        n_channels = int(self._samples.shape[1])
        return int(self._frames_a_step * self._stft.window_samples * n_channels)

    def step(self) -> None:
        """Render the next few frames; nothing happens at the end of the recording."""
        begin = self._next_frame
        end = min(begin + self._frames_a_step, self._n_frames)
        if begin == end:
            return
        spectrum = self._stft.forward(self._samples, begin, end, self._dtype)
        power = power_of(spectrum) if self._needs_power else NO_POWER
        spectrum *= self._mask(begin, end, power)
        added = self._stft.overlap_add(spectrum)
        added[:, : self._tail.shape[1]] += self._tail
        hop, half = self._stft.hop_samples, self._stft.window_samples // 2
        n_done = added.shape[1] if end == self._n_frames else (end - begin) * hop
        self._tail = added[:, n_done:]
        self._next_frame = end
        self._keep(added[:, :n_done], begin * hop - half)

    def _keep(self, added: NDArray[np.floating], offset: int) -> None:
        """Keep what is complete of the sum of frames, from sample `offset` of the recording on."""
        first = max(self.position, offset)
        last = min(offset + added.shape[1], len(self._samples))
        if first >= last:
            return
        weight = self._stft.overlap(first, last, self._first, self._next_frame)
        weight = weight.astype(self._dtype)
        n_left = len(self._ready)
        ready = np.empty((n_left + last - first, len(added)), self._dtype)
        ready[:n_left] = self._ready
        for channel, sums in enumerate(added):  # several times faster than all at once
            piece = sums[first - offset : last - offset]
            np.divide(piece, weight, out=ready[n_left:, channel])
        self._ready, self.rendered_to = ready, last

    def read(self, n_samples: int) -> Samples:
        """Return the next samples, shape (n_samples, n_channels); rendered if need be."""
        while self.rendered_to < self.position + n_samples:
            self.step()
        result = self._ready[:n_samples]
        self._ready = self._ready[n_samples:]
        self.position += n_samples
        return result
