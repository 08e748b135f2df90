"""How loud every component is at one moment, for displays that follow the sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.masks import LEAST_SHARE, Factors
from isnmf_gui.spectral.stft import Samples, Stft, power_of


class ComponentLevels:
    """Levels of all components around any sample of a recording.

    One frame is looked at, so that 64 components take a fraction of a millisecond. Has no state
    of its own: may be used from several threads at once.

    Parameters
    ----------
    samples : ndarray of float32, shape (n_samples, n_channels)
        The recording.
    stft : Stft
        The transform that the factors were made for.
    factors : Factors
        Of all components.
    kind : {"wiener", "ratio"}
        The mask that the components are heard through.
    """

    def __init__(self, samples: Samples, stft: Stft, factors: Factors, kind: str) -> None:
        self._samples, self._stft, self._factors = samples, stft, factors
        self._is_wiener = kind == "wiener"
        self._q = 2 / factors.domain
        # Of both halves of the spectrum, from the scale of the transform to that of samples.
        sides = np.full(stft.n_bins, 2.0)
        sides[0] = 1
        if stft.window_samples % 2 == 0:
            sides[-1] = 1
        window = stft.shape
        sides *= window.sum() ** 2 / (stft.window_samples * (window**2).sum() * samples.shape[1])
        self._sides = sides
        if self._is_wiener:
            self._basis = factors.normal_range[0]
            self._squared = self._basis.astype(np.float64) ** 2
        else:
            self._energies = factors.basis.astype(np.float64) ** self._q @ sides

    def at(self, sample: int) -> NDArray[np.float64]:
        """Return the components' levels at a sample, at gain 1.

        Parameters
        ----------
        sample : int
            Of the recording; clipped to it.

        Returns
        -------
        ndarray of float64, shape (n_bases,)
            Root mean square under the window, over all channels; 1 is full scale.
        """
        frame = min(max(round(sample / self._stft.hop_samples), 0), self._n_frames - 1)
        begin, end = self._factors.frames or (0, self._n_frames)
        if not begin <= frame < end:
            return np.zeros(self._factors.n_bases)
        if self._is_wiener:
            mean_squares = self._wiener(frame)
        else:  # the power behind the mask is the model's
            activation = self._factors.activation[frame].astype(np.float64)
            mean_squares = activation**self._q * self._energies
        result: NDArray[np.float64] = np.sqrt(mean_squares)
        return result

    @property
    def _n_frames(self) -> int:
        return self._stft.n_frames(len(self._samples))

    def _wiener(self, frame: int) -> NDArray[np.float64]:
        dtype = self._basis.dtype
        power = power_of(self._stft.forward(self._samples, frame, frame + 1, dtype))[0]
        activation = self._factors.scaled_activation(frame, frame + 1)[0]
        model = activation @ self._basis + LEAST_SHARE * self._factors.n_bases
        weights = np.sqrt(power * self._sides) / model
        weights *= weights  # the root first: the square of a small model would underflow
        result: NDArray[np.float64] = activation.astype(np.float64) ** 2 * (self._squared @ weights)
        return result
