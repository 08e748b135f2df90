"""The short-time Fourier transform and its inverse, whole or for any stretch of frames.

Framing and scaling are those of `scipy.signal.stft` with its defaults (frames centred on
multiples of the hop, zeros beyond both ends, spectrum divided by the sum of the window), which
the published example uses. Unlike scipy's, any stretch can be had alone, channels and frames
come first in memory, and recordings shorter than a window are padded instead of shortening it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import scipy
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.errors import SettingsError, Stopped
from isnmf_gui.once import once

Samples = NDArray[np.floating]
Spectrum = NDArray[np.complexfloating]

# Samples under the windows of the frames transformed at once.
BATCH_ELEMENTS = 1 << 19
# Samples of a recording looked at at once where nothing is transformed.
BLOCK_SAMPLES = 1 << 16
# A sample the windows reach with less than this share of their peak cannot be restored well.
LEAST_OVERLAP = 1e-3


@dataclass(frozen=True)
class Stft:
    """A short-time Fourier transform that can be inverted.

    Parameters
    ----------
    window_samples : int
        Length of the window, at least 2.
    hop_samples : int
        Distance between frames, from 1 to `window_samples`.
    window : str
        Name of a window that `scipy.signal.get_window` knows.

    Raises
    ------
    SettingsError
        If the sizes are out of range, or some sample could not be restored from the frames.
    """

    window_samples: int
    hop_samples: int
    window: str = "hann"

    def __post_init__(self) -> None:
        if self.window_samples < 2 or not 1 <= self.hop_samples <= self.window_samples:
            raise SettingsError(
                "The window must have at least 2 samples, and the hop at least 1 and at most "
                f"the window's length; they are {self.window_samples} and {self.hop_samples}."
            )
        # From three windows on every kind of place occurs: both ends, and the middle between.
        n_samples = 3 * self.window_samples
        weight = self.overlap(0, n_samples, 0, self.n_frames(n_samples))
        if weight.min() < LEAST_OVERLAP * float(self.shape.max()) ** 2:
            raise SettingsError(
                f"A {self.window} window of {self.window_samples} samples with a hop of "
                f"{self.hop_samples} cannot be inverted: choose a smaller hop."
            )

    @once
    def shape(self) -> NDArray[np.float64]:
        """The window, shape (window_samples,)."""
        window: NDArray[np.float64]
        if self.window == "hann":  # the usual one need not wait for the import of scipy.signal
            window = np.hanning(self.window_samples + 1)[:-1]
        else:
            window = scipy.signal.get_window(self.window, self.window_samples)
        return window

    @property
    def n_bins(self) -> int:
        """Number of frequency bins."""
        return self.window_samples // 2 + 1

    def n_frames(self, n_samples: int) -> int:
        """Return the number of frames that a recording of `n_samples` has."""
        padded = n_samples + 2 * (self.window_samples // 2) - self.window_samples
        return max(0, -(-padded // self.hop_samples)) + 1

    @once
    def counts(self) -> NDArray[np.float32]:
        """What the power of each bin counts in the energy of a sound.

        All but the bins at 0 and at half the rate stand for two, one of negative frequency.

        Returns
        -------
        ndarray of float32, shape (n_bins,)
            1 or ½.
        """
        counts = np.ones(self.n_bins, np.float32)
        counts[0] = 0.5
        if self.window_samples % 2 == 0:
            counts[-1] = 0.5
        return counts

    def total_power(self, samples: Samples) -> float:
        """Return the sum of the power spectrogram of a recording, but for its ends.

        By Parseval's theorem: Σ X = ½ N Σ w² / (hop (Σ w)²) Σ x², where the bins at 0 and at half
        the rate count half.

        Parameters
        ----------
        samples : ndarray, shape (n_samples, n_channels)
            The recording.

        Returns
        -------
        float
            Over all channels, frames and bins.
        """
        shape = self.shape
        gain = self.window_samples * float(shape @ shape) / float(shape.sum()) ** 2
        energy = 0.0
        for begin in range(0, len(samples), BLOCK_SAMPLES):  # short sums are exact enough
            flat = np.ravel(samples[begin : begin + BLOCK_SAMPLES])
            energy += float(np.vdot(flat, flat))
        return gain * energy / self.hop_samples / 2

    def frames_over(self, start: int, stop: int, n_samples: int) -> tuple[int, int]:
        """Return the first and one past the last frame that touch samples [start, stop)."""
        half, hop = self.window_samples // 2, self.hop_samples
        first = (start + half - self.window_samples) // hop + 1
        last = -(-(stop + half) // hop)
        return max(0, first), min(last, self.n_frames(n_samples))

    def batches(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Cut a range of frames into pieces that take little memory to transform."""
        size = max(1, BATCH_ELEMENTS // self.window_samples)
        for begin in range(first, last, size):
            yield begin, min(begin + size, last)

    def forward(
        self, samples: Samples, first: int, last: int, dtype: DTypeLike = np.float32
    ) -> Spectrum:
        """Return the spectra of frames [first, last).

        Parameters
        ----------
        samples : ndarray, shape (n_samples, n_channels)
            The whole recording.
        first, last : int
            Range of frames.
        dtype : {float32, float64}
            Precision.

        Returns
        -------
        ndarray of complex, shape (n_channels, last − first, n_bins)
        """
        hop, size = self.hop_samples, self.window_samples
        begin = first * hop - size // 2
        length = (last - first - 1) * hop + size
        stretch = np.zeros((samples.shape[1], length), dtype)
        inside = slice(max(begin, 0), min(begin + length, len(samples)))
        for channel, filled in enumerate(stretch):  # several times faster than all at once
            filled[inside.start - begin : inside.stop - begin] = samples[inside, channel]
        frames = sliding_window_view(stretch, size, axis=1)[:, ::hop]
        shape = self._scaled_shapes[0].astype(dtype, copy=False)
        spectrum: Spectrum = scipy.fft.rfft(frames * shape, axis=-1, overwrite_x=True)
        return spectrum

    def inverse(self, batches: Iterable[tuple[int, Spectrum]], start: int, stop: int) -> Samples:
        """Return samples [start, stop) from the spectra of the frames that touch them.

        Parameters
        ----------
        batches : iterable of (int, ndarray of complex, shape (n_channels, n_frames, n_bins))
            Number of a batch's first frame, and the batch: consecutive frames, in order, all
            those of `frames_over(start, stop)` together.
        start, stop : int
            Range of samples, not empty.

        Returns
        -------
        ndarray, shape (stop − start, n_channels)
        """
        each = ((first, (spectrum,)) for first, spectrum in batches)
        return self.inverse_each(each, start, stop)[0]

    def inverse_each(
        self, batches: Iterable[tuple[int, Iterable[Spectrum]]], start: int, stop: int
    ) -> list[Samples]:
        """Return samples [start, stop) of several spectrograms whose batches come together.

        Parameters
        ----------
        batches : iterable of (int, iterable of ndarray of complex)
            Number of a batch's first frame, and the batch of each spectrogram: see `inverse`.
        start, stop : int
            Range of samples, not empty.

        Returns
        -------
        list of ndarray, each of shape (stop − start, n_channels)

        Raises
        ------
        ValueError
            If there is no batch.
        """
        results: list[NDArray[np.floating]] = []
        frames_from = frames_to = 0
        for first, spectra in batches:
            frames_from = frames_from if results else first
            for place, spectrum in enumerate(spectra):
                added = self.overlap_add(spectrum)
                if place == len(results):
                    results.append(np.zeros((len(added), stop - start), added.dtype))
                frames_to = first + spectrum.shape[1]
                offset = first * self.hop_samples - self.window_samples // 2 - start
                to = slice(max(offset, 0), min(offset + added.shape[1], stop - start))
                results[place][:, to] += added[:, to.start - offset : to.stop - offset]
        if not results:
            raise ValueError("no frames were given")
        weight = self.overlap(start, stop, frames_from, frames_to).astype(results[0].dtype)
        return [np.ascontiguousarray((result / weight).T) for result in results]

    def overlap_add(self, spectrum: Spectrum) -> NDArray[np.floating]:
        """Return the sum of neighbouring frames where they belong, still weighted by the windows.

        Parameters
        ----------
        spectrum : ndarray of complex, shape (n_channels, n_frames, n_bins)
            Neighbouring frames.

        Returns
        -------
        ndarray, shape (n_channels, n_samples)
            From the first sample under the first window on, in whole hops. `overlap` says by what
            to divide it, once all frames are in it.
        """
        frames = scipy.fft.irfft(spectrum, n=self.window_samples, axis=-1)
        frames *= self._scaled_shapes[1].astype(frames.dtype, copy=False)
        return _overlap_add(frames, self.hop_samples)

    def energies_kept(
        self, spectra: Iterable[Spectrum], first: int, begin: int, end: int, n_samples: int
    ) -> list[float]:
        """Return the products of what some frames hold with the sum that overlapping frames make.

        Parameters
        ----------
        spectra : iterable of ndarray of complex, each of shape (n_channels, n_frames, n_bins)
            Neighbouring frames of several sounds: with all that overlap those in question.
        first : int
            Number of the first of them.
        begin, end : int
            First and one past the last of those in question.
        n_samples : int
            Of the recording; what lies beyond it does not count.

        Returns
        -------
        list of float
            Of each sound, summed over the channels.
        """
        energies, divisor = [], None
        chosen = slice(begin - first, end - first)
        for spectrum in spectra:
            frames = scipy.fft.irfft(spectrum, n=self.window_samples, axis=-1)
            frames *= self._scaled_shapes[1].astype(frames.dtype, copy=False)
            total = _overlap_add(frames, self.hop_samples)
            if divisor is None:
                divisor = self._divisor(first, total.shape[1], n_samples).astype(total.dtype)
            total *= divisor
            shifted = sliding_window_view(total, self.window_samples, axis=1)
            kept = frames[:, chosen] * shifted[:, :: self.hop_samples][:, chosen]
            energies.append(float(kept.sum(dtype=np.float64)))
        return energies

    def _divisor(self, first: int, length: int, n_samples: int) -> NDArray[np.float64]:
        """Return what undoes the windows in a product of two sums of frames from `first` on."""
        start = first * self.hop_samples - self.window_samples // 2
        weight = self.overlap(start, start + length, 0, self.n_frames(n_samples))
        inside = slice(max(-start, 0), min(start + length, n_samples) - start)
        divisor = np.zeros(len(weight))
        divisor[inside] = 1 / weight[inside] ** 2  # once for either factor
        return divisor

    def power(
        self,
        samples: Samples,
        dtype: DTypeLike = np.float32,
        on_progress: Callable[[float], bool] | None = None,
        frames: tuple[int, int] | None = None,
    ) -> NDArray[np.floating]:
        """Return the power spectrogram, summed over the channels.

        Parameters
        ----------
        samples : ndarray, shape (n_samples, n_channels)
            The recording.
        dtype : {float32, float64}
            Precision.
        on_progress : callable, optional
            Called with the share done (0 to 1); returns whether to go on.
        frames : (int, int), optional
            First and one past the last frame, if not all are wanted.

        Returns
        -------
        ndarray, shape (n_frames, n_bins), C-contiguous
            A frame per row; transposed it is the X (n_bins, n_frames) of the design.

        Raises
        ------
        Stopped
            If `on_progress` said so.
        """
        begin, end = frames or (0, self.n_frames(len(samples)))
        result = np.empty((end - begin, self.n_bins), dtype)
        for first, last in self.batches(begin, end):
            spectrum = self.forward(samples, first, last, dtype)
            result[first - begin : last - begin] = power_of(spectrum)
            if on_progress is not None and not on_progress((last - begin) / (end - begin)):
                raise Stopped
        return result

    @once
    def _scaled_shapes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The window for the way there, and for the way back."""
        return self.shape / self.shape.sum(), self.shape * self.shape.sum()

    @once
    def _squared_sums(self) -> NDArray[np.float64]:
        """Squared window cut into hops, summed up: row i holds the sum of the first i hops."""
        n_hops = -(-self.window_samples // self.hop_samples)
        squared = np.zeros(n_hops * self.hop_samples)
        squared[: self.window_samples] = self.shape**2
        sums = np.zeros((n_hops + 1, self.hop_samples))
        np.cumsum(squared.reshape(n_hops, self.hop_samples), axis=0, out=sums[1:])
        return sums

    def overlap(self, start: int, stop: int, first: int, last: int) -> NDArray[np.float64]:
        """Return the sum of the squared windows of frames [first, last) at each sample.

        Parameters
        ----------
        start, stop : int
            Range of samples.
        first, last : int
            Range of frames.

        Returns
        -------
        ndarray of float64, shape (stop − start,)
            0 where no frame reaches.
        """
        sums, hop = self._squared_sums, self.hop_samples
        begin = first * hop - self.window_samples // 2
        hops = np.arange((start - begin) // hop, -(-(stop - begin) // hop))
        # In hop j lie the pieces 0..j of the window, without those of frames past the last.
        newest = np.minimum(hops + 1, len(sums) - 1)
        oldest = np.clip(hops + 1 - (last - first), 0, len(sums) - 1)
        weight = (sums[newest] - sums[oldest]).reshape(-1)
        offset = (start - begin) % hop
        return weight[offset : offset + stop - start]


def power_of(spectrum: Spectrum) -> NDArray[np.floating]:
    """Return the power of spectra (n_channels, n_frames, n_bins), summed over the channels."""
    power: NDArray[np.floating] = (spectrum.real**2 + spectrum.imag**2).sum(axis=0)
    return power


def _overlap_add(frames: NDArray[np.floating], hop: int) -> NDArray[np.floating]:
    """Add frames (n_channels, n_frames, size), each `hop` samples after the one before."""
    n_channels, n_frames, size = frames.shape
    n_steps = -(-size // hop)
    result = np.zeros((n_channels, n_frames + n_steps - 1, hop), frames.dtype)
    for step in range(n_steps):
        piece = frames[:, :, step * hop : (step + 1) * hop]
        result[:, step : step + n_frames, : piece.shape[2]] += piece
    return result.reshape(n_channels, -1)
