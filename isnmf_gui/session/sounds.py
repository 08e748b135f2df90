"""What the components of a run sound like, looked at once for each result and edit."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document import Component, Run
from isnmf_gui.session.shapes import factors_of, is_edited, same_parts, shapes_of
from isnmf_gui.spectral.descriptors import Descriptors, describe
from isnmf_gui.spectral.notes import note_name

# While a run goes on, its energies are looked at this often.
ENERGIES_S = 0.25


class Sounds:
    """Energies and descriptors of the components of one run at a time."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._mask = "wiener"
        self._descriptors: Descriptors | None = None
        self._estimates: NDArray[np.float64] | None = None
        self._estimated_s = -np.inf

    def take(self, run: Run | None, mask: str) -> None:
        """Look at another run from now on, cut out of the recording by a kind of mask."""
        before, self._run, self._mask = self._run, run, mask
        if before is not None and run is not None and same_parts(before, run):
            return
        self._descriptors = None
        if run is None or run.separation.energies is not None:
            self._estimates, self._estimated_s = None, -np.inf

    def is_estimate(self, component: Component) -> bool:
        """Tell whether an energy is a share of the model: in a live run, or after an edit."""
        live = self._run is not None and self._run.separation.energies is None
        return live or component.terms is not None

    def energies(self) -> NDArray[np.float64] | None:
        """Return each component's energy as a share of the recording's, or an estimate.

        Shape (n_indices,).
        """
        run = self._run
        if run is None:
            return None
        measured = run.separation.energies
        if measured is not None and not is_edited(run):
            return measured[self._mask]
        estimates = self._estimated(run)
        if measured is None:
            return estimates
        energies = estimates.copy()
        for component in run.components:
            if component.terms is None:
                energies[component.index] = measured[self._mask][component.index]
        return energies

    def _estimated(self, run: Run) -> NDArray[np.float64]:
        now_s = time.perf_counter()
        live = run.separation.energies is None
        if self._estimates is None or (live and now_s - self._estimated_s > ENERGIES_S):
            factors = factors_of(run)
            total = (factors.model or factors).model_energies().sum()
            self._estimates = factors.model_energies() / (total or 1.0)
            self._estimated_s = now_s
        return self._estimates

    def sizes(self) -> NDArray[np.float64]:
        """Return the energies of the moment, for sorting."""
        energies = self.energies()
        assert energies is not None
        return energies

    def descriptors(self) -> Descriptors:
        """Return pitch, brightness and onset rate of every component, by its index."""
        if self._descriptors is None:
            run = self._run
            assert run is not None
            grid, domain = run.separation.grid, run.separation.settings.domain
            shapes = shapes_of(run, run.components)
            found = describe(*shapes, domain, grid.bin_hz, grid.frame_s)
            self._descriptors = found.placed([it.index for it in run.components], run.n_indices)
        return self._descriptors

    def text(self, index: int) -> str:
        """Describe a component: A3 220 Hz, brightness 1.2 kHz, 2.1 onsets/s."""
        if self._run is None:
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
