"""How loud every component is at one moment, for displays that follow the sound."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.spectral.factors import Factors
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
        # Of both halves of the spectrum, from the scale of the transform to that of samples.
        sides = np.full(stft.n_bins, 2.0)
        sides[0] = 1
        if stft.window_samples % 2 == 0:
            sides[-1] = 1
        window = stft.shape
        sides *= window.sum() ** 2 / (stft.window_samples * (window**2).sum() * samples.shape[1])
        self._sides = sides

    def at(self, sample: int) -> NDArray[np.float64]:
        """Return the components' levels at a sample, at gain 1.

        Parameters
        ----------
        sample : int
            Of the recording; clipped to it.

        Returns
        -------
        ndarray of float64, shape (n_parts,)
            Root mean square under the window, over all channels; 1 is full scale.
        """
        frame = min(max(round(sample / self._stft.hop_samples), 0), self._n_frames - 1)
        begin, end = self._factors.frames or (0, self._n_frames)
        if not begin <= frame < end:
            return np.zeros(self._factors.n_parts)
        mean_squares = self._wiener(frame) if self._is_wiener else self._ratio(frame)
        result: NDArray[np.float64] = np.sqrt(mean_squares)
        return result

    @property
    def _n_frames(self) -> int:
        return self._stft.n_frames(len(self._samples))

    def _wiener(self, frame: int) -> NDArray[np.float64]:
        factors = self._factors
        power = power_of(self._stft.forward(self._samples, frame, frame + 1, factors.basis.dtype))
        activation = factors.scaled_activation(frame, frame + 1)[0]
        products = activation[:, None] * factors.normal_range[0]
        # The root first: the square of a small model would underflow.
        heard = np.sqrt(power[0] * self._sides)
        for terms, model in zip(
            factors.of_run, factors.scaled_models(frame, frame + 1), strict=True
        ):
            products[terms] *= heard / model[0]
        shares = factors.summed(products)
        result: NDArray[np.float64] = (shares**2).sum(axis=1, dtype=np.float64)
        return result

    def _ratio(self, frame: int) -> NDArray[np.float64]:
        # The power behind the mask is the model's.
        activation = self._factors.activation[frame] ** (1 / self._factors.domain)
        louder = activation[:, None] * self._factors.amplitude_gain
        amplitudes = self._factors.summed(louder * self._factors.amplitude_basis)
        result: NDArray[np.float64] = amplitudes.astype(np.float64) ** 2 @ self._sides
        return result
