"""Any stretch of a masked recording, made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.spectral.factors import Mask, Masks
from isnmf_gui.spectral.stft import Spectrum, Stft, power_of

Samples = NDArray[np.floating]

# Samples rendered at once when a whole part is wanted.
BLOCK_SAMPLES = 1 << 16


class Resynthesis:
    """Renders masked stretches of a recording without keeping its spectrogram.

    Has no state of its own: may be used from several threads at once.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording.
    stft : Stft
        The transform that the masks were made for.
    dtype : {float32, float64}
        Precision.
    """

    def __init__(self, samples: Samples, stft: Stft, dtype: DTypeLike = np.float32) -> None:
        self.samples = samples
        self.stft = stft
        self.dtype = np.dtype(dtype)

    def render(self, start: int, stop: int, mask: Mask) -> Samples:
        """Return samples [start, stop) of the masked recording, shape (stop − start, n_channels).

        Neighbouring stretches fit together: but for rounding, a sample does not depend on the
        stretch it is rendered in.
        """
        n_samples, n_channels = self.samples.shape
        if start >= stop:
            return np.zeros((0, n_channels), self.dtype)
        first, last = self.stft.frames_over(start, stop, n_samples)
        return self.stft.inverse(self._masked(first, last, mask), start, stop)

    def power(self, first: int, last: int) -> Samples:
        """Return the recording's power in frames [first, last), shape (last − first, n_bins)."""
        return self.stft.power(self.samples, self.dtype, frames=(first, last))

    def counted_power(self, first: int, last: int) -> Samples:
        """Return the power as it counts in the energy of the sound.

        Parameters
        ----------
        first, last : int
            Range of frames.

        Returns
        -------
        ndarray, shape (last − first, n_bins)
            The bins at 0 and at half the rate halved.
        """
        return self.power(first, last) * self.stft.counts

    def _masked(self, first: int, last: int, mask: Mask) -> Iterator[tuple[int, Spectrum]]:
        for begin, end in self.stft.batches(first, last):
            spectrum = self.stft.forward(self.samples, begin, end, self.dtype)
            spectrum *= mask(begin, end, power_of(spectrum))
            yield begin, spectrum

    def render_each(self, start: int, stop: int, masks: Masks) -> list[Samples]:
        """Return samples [start, stop) for each of several masks, transforming the recording once.

        Not empty. Each is what `render` returns for its mask, bit for bit.

        Returns
        -------
        list of ndarray, each of shape (stop − start, n_channels)
            In the order of the masks.
        """
        first, last = self.stft.frames_over(start, stop, len(self.samples))
        return self.stft.inverse_each(self._each_masked(first, last, masks), start, stop)

    def _each_masked(
        self, first: int, last: int, masks: Masks
    ) -> Iterator[tuple[int, Iterator[Spectrum]]]:
        for begin, end in self.stft.batches(first, last):
            spectrum = self.stft.forward(self.samples, begin, end, self.dtype)
            shares = masks(begin, end, power_of(spectrum))
            yield begin, (spectrum * share for share in shares)

    def energy_of_frames(self, begin: int, end: int, mask: Mask) -> float:
        """Return what frames [begin, end) add to the energy of the masked recording.

        That is the product of what they hold by themselves with the masked recording: of all
        frames it is the recording's energy under the mask, as `render` gives it.

        Parameters
        ----------
        begin, end : int
            Range of frames.
        mask : callable
            As of `render`.

        Returns
        -------
        float
            Summed over the channels.
        """
        return self.energies_of_frames(begin, end, lambda *frames: iter((mask(*frames),)))[0]

    def energies_of_frames(self, begin: int, end: int, masks: Masks) -> list[float]:
        """Return the same for each of several masks, transforming the recording once.

        Parameters
        ----------
        begin, end : int
            Range of frames.
        masks : callable
            As of `render_each`.

        Returns
        -------
        list of float
            In the order of the masks.
        """
        n_samples = len(self.samples)
        reach = (self.stft.window_samples - 1) // self.stft.hop_samples
        first = max(0, begin - reach)
        last = min(end + reach, self.stft.n_frames(n_samples))
        spectrum = self.stft.forward(self.samples, first, last, self.dtype)
        masked = (spectrum * mask for mask in masks(first, last, power_of(spectrum)))
        return self.stft.energies_kept(masked, first, begin, end, n_samples)

    def blocks(self, mask: Mask) -> Iterator[Samples]:
        """Yield the whole masked recording in consecutive blocks, shape (n_samples, n_channels)."""
        for start, stop in self.ranges():
            yield self.render(start, stop, mask)

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Cut the recording into blocks that are rendered at once."""
        n_samples = len(self.samples)
        for start in range(0, n_samples, BLOCK_SAMPLES):
            yield start, min(start + BLOCK_SAMPLES, n_samples)
