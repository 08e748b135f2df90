"""What the components of a run sound like, looked at once for each result."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.separation import Separation
from isnmf_gui.spectral.descriptors import Descriptors, describe
from isnmf_gui.spectral.notes import note_name

# While a run goes on, its energies are looked at this often.
ENERGIES_S = 0.25


class Sounds:
    """Energies and descriptors of the components of one separation at a time.

    Attributes
    ----------
    are_estimates : bool
        Whether energies are shares of the model, as while a run goes on.
    """

    def __init__(self) -> None:
        self._separation: Separation | None = None
        self._mask = "wiener"
        self._descriptors: Descriptors | None = None
        self._estimates: NDArray[np.float64] | None = None
        self._estimated_s = -np.inf

    def take(self, separation: Separation | None, mask: str) -> None:
        """Look at another result from now on, cut out of the recording by a kind of mask."""
        self._mask = mask
        if separation is not self._separation:
            self._separation = separation
            self._descriptors = None
            if separation is None or separation.energies is not None:
                self._estimates, self._estimated_s = None, -np.inf

    @property
    def are_estimates(self) -> bool:
        """Whether energies are shares of the model, as while a run goes on."""
        return self._separation is not None and self._separation.energies is None

    def energies(self) -> NDArray[np.float64] | None:
        """Return each component's energy as a share of the recording's, or an estimate."""
        if self._separation is None:
            return None
        if self._separation.energies is not None:
            return self._separation.energies[self._mask]
        now_s = time.perf_counter()
        stale = self._estimates is None or now_s - self._estimated_s > ENERGIES_S
        if stale:
            energies = self._separation.factors.model_energies()
            self._estimates = energies / (energies.sum() or 1.0)
            self._estimated_s = now_s
        return self._estimates

    def sizes(self) -> NDArray[np.float64]:
        """Return the energies of the moment, for sorting."""
        energies = self.energies()
        assert energies is not None
        return energies

    def descriptors(self) -> Descriptors:
        """Return pitch, brightness and onset rate of every component."""
        if self._descriptors is None:
            separation = self._separation
            assert separation is not None
            self._descriptors = describe(
                separation.factorization.basis,
                separation.factorization.activation,
                separation.settings.domain,
                separation.grid.bin_hz,
                separation.grid.frame_s,
            )
        return self._descriptors

    def text(self, index: int) -> str:
        """Describe a component: A3 220 Hz, brightness 1.2 kHz, 2.1 onsets/s."""
        if self._separation is None:
            return ""
        found = self.descriptors()
        pitch_hz = float(found.pitch_hz[index])
        pitch = "no pitch"
        if np.isfinite(pitch_hz):
            pitch = f"{note_name(pitch_hz).split()[0]} {pitch_hz:.0f} Hz"
        brightness = _hertz(float(found.brightness_hz[index]))
        return f"{pitch}, brightness {brightness}, {found.onsets_per_s[index]:.1f} onsets/s"


def _hertz(frequency_hz: float) -> str:
    return f"{frequency_hz / 1000:.1f} kHz" if frequency_hz >= 1000 else f"{frequency_hz:.0f} Hz"
