"""What share of the recording's energy each component has, roughly, while a run goes on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.runs.separation import region_frames, stft_of
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.spectral import MASKS, Factors, part_energies

Array = NDArray[np.float64]

#: Frames that are looked at: with these, shares are within a fifth of what all frames give.
N_FRAMES = 512
# This share of them lies where the energy is, the rest all over: short quiet parts are met too.
WHERE_LOUD = 0.6


class SampledEnergies:
    """Estimates energies from some frames of the recording, in a few milliseconds.

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
        places, weights = _sample(loudness, N_FRAMES)
        self._frames = frames.start + places
        self._domain = settings.domain
        stft, samples, dtype = stft_of(settings), recording.samples, settings.precision
        power = [stft.power(samples, dtype, frames=(n, n + 1)) for n in self._frames]
        # Each stands for the frames around it: so the sums are those of all frames.
        self._power = np.concatenate(power) * weights[:, None].astype(dtype)
        self._total = float(self._power.sum(dtype=np.float64))

    def of(self, basis: Array, activation: Array) -> dict[str, Array]:
        """Return for each kind of mask what `spectral.part_energies` would, shape (n_bases,).

        Parameters
        ----------
        basis : ndarray of float64, shape (n_bins, n_bases)
            T, as it is now.
        activation : ndarray of float64, shape (n_bases, n_frames)
            V of the whole recording.

        Returns
        -------
        dict of str to ndarray of float64
            Estimates; zeros for a silent recording.
        """
        factors = Factors(basis.T, activation.T, self._domain)
        sampled = factors.only(self._frames, slice(None)).astype(self._power.dtype)
        energies = {kind: part_energies(sampled, self._power, kind) for kind in MASKS}
        if self._total > 0:  # what ratio masks give is known of all frames
            energies["ratio"] = factors.model_energies() / self._total
        return energies


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
    reached = np.cumsum(chance)
    marks = (np.arange(n) + 0.5) / n * reached[-1]
    places, counts = np.unique(np.searchsorted(reached, marks), return_counts=True)
    return places, counts / (n * chance[places])
