"""What share of the recording's energy each component has, roughly, while a run goes on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf import single_threaded_blas
from isnmf_gui.session.runs.part_energies import SHARE, energy_of, sampled
from isnmf_gui.session.runs.separation import region_frames, region_samples, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import Factors, Resynthesis, part_mask, ratio_energies, wiener_sums

Array = NDArray[np.float64]

#: Frames that are looked at: with these, shares are within a fifth of what all frames give.
N_FRAMES = 512
#: Of each part so many are rendered, of all parts together about so many at most: their sound has
#: less energy than the masked spectrogram.
N_RENDERED, MOST_RENDERED = 4, 256
# This share of them lies where the energy is, the rest all over: short quiet parts are met too.
WHERE_LOUD = 0.6


class SampledEnergies:
    """Estimates energies from some frames of the recording, in some tens of milliseconds.

    The shares of a model would be no measure of them: where the recording is weak, the model of
    the Itakura-Saito divergence may be far too strong, which masks undo.

    Parameters
    ----------
    recording : Recording
        What is separated.
    settings : Settings
        How.
    region_s : tuple of float, or None
        Start and end of the only stretch to be separated.
    """

    def __init__(
        self, recording: Recording, settings: Settings, region_s: tuple[float, float] | None
    ) -> None:
        frames = range(*region_frames(recording, settings, region_s))
        loudness = _loudness(recording, settings.hop_samples, frames)
        places, self._weights = _sample(loudness, N_FRAMES)
        self._frames = frames.start + places
        self._fitted = None if region_s is None else (frames.start, frames.stop)
        self._domain = settings.domain
        stft, samples, dtype = stft_of(settings), recording.samples, settings.precision
        self._resynthesis = Resynthesis(samples, stft, dtype)
        power = [stft.power(samples, dtype, frames=(n, n + 1)) for n in self._frames]
        # Each stands for the frames around it: so the sums are those of all frames.
        weights = self._weights[:, None].astype(dtype) * stft.counts
        self._power = np.concatenate(power) * weights
        self._energy = energy_of(samples[slice(*region_samples(recording, region_s))])

    def of(self, basis: Array, activation: Array) -> dict[str, Array]:
        """Return energies and shares of parts.

        Parameters
        ----------
        basis : ndarray of float64, shape (n_bins, n_bases)
            T, as it is now.
        activation : ndarray of float64, shape (n_bases, n_frames)
            V of the whole recording.

        Returns
        -------
        dict of str to ndarray of float64, shape (n_bases,)
            Estimates, as `part_energies.energies_of_parts` has them; zeros for a silent recording.
        """
        dtype = self._power.dtype
        factors = Factors(basis.T, activation.T, self._domain, self._fitted).astype(dtype)
        some = factors.only(self._frames, slice(None))
        with single_threaded_blas():  # of a few frames: to wake other threads costs more
            sums = wiener_sums(some, lambda first, last: self._power[first:last], 1)
            by_ratio = ratio_energies(some, 1) * self._weights[:, None]
            return {
                "wiener": self._written(
                    factors, "wiener", sums.energies, sums.energies.sum(axis=0)
                ),
                # What ratio masks give is known of all frames.
                "ratio": self._written(factors, "ratio", by_ratio, factors.model_energies()),
                SHARE: sums.shares,
            }

    def _written(self, factors: Factors, kind: str, over_time: Array, totals: Array) -> Array:
        """Return the energies of the sounds of parts, from those of their spectrograms."""
        kept = [self._kept(factors, kind, part, it) for part, it in enumerate(over_time.T)]
        return totals * kept / (self._energy or 1.0)

    def _kept(self, factors: Factors, kind: str, part: int, energies: Array) -> float:
        """Return how much is left of a part's spectrogram in its sound, from a few frames."""
        mask = part_mask(factors, [part], kind)
        kept = 0.0
        n = min(N_RENDERED, max(1, MOST_RENDERED // factors.n_parts))
        for place, weight in zip(*sampled(energies, n), strict=True):
            frame = int(self._frames[place])
            left = self._resynthesis.energy_of_frames(frame, frame + 1, mask)
            kept += weight * self._weights[place] * left
        return kept / (energies.sum() or 1.0)


def _loudness(recording: Recording, hop: int, frames: range) -> Array:
    """Return the energy around the middle of each frame, shape (n_frames,)."""
    around = (recording.samples[max(n - 1, 0) * hop : (n + 1) * hop].ravel() for n in frames)
    return np.array([np.vdot(samples, samples) for samples in around], np.float64)


def _sample(loudness: Array, n: int) -> tuple[NDArray[np.intp], Array]:
    """Choose places, louder ones more often; return them and how many each stands for."""
    size = len(loudness)
    if size <= n:
        return np.arange(size), np.ones(size)
    even = np.full(size, 1 / size)
    total = loudness.sum()
    chance = WHERE_LOUD * loudness / total + (1 - WHERE_LOUD) * even if total > 0 else even
    return sampled(chance, n)
