"""What the components of a run sound like, looked at once for each result and edit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.changes import EVERYTHING, Changes, find_run_changes
from isnmf_gui.session.document.component_factors import factors_of, shapes_of, terms_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.terms import Term
from isnmf_gui.spectral.hearing.descriptors import Descriptors, describe
from isnmf_gui.spectral.hearing.kinds import NOISE, STROKE, TONE
from isnmf_gui.spectral.hearing.notes import note_name
from isnmf_gui.texts import N_, number, tr

#: Names of the kinds of sound.
KIND_NAMES = {TONE: N_("tone"), STROKE: N_("stroke"), NOISE: N_("noise")}
#: What has less of the recording's energy counts as silent.
LEAST_SHARE = 1e-12


def descriptors_of(run: Run) -> Descriptors:
    """Return what every component of a run sounds like, by its index. From any thread."""
    grid, domain = run.separation.grid, run.separation.settings.domain
    found = describe(*shapes_of(run, run.components), domain, grid.bin_hz, grid.frame_s)
    return found.placed([it.index for it in run.components], run.n_indices)


class Sounds:
    """Energies and descriptors of the components of one run at a time."""

    def __init__(self) -> None:
        self._run: Run | None = None
        self._brief: dict[int, tuple[str, ...]] = {}
        self._mask = "wiener"
        self._descriptors: Descriptors | None = None
        self._earlier: Descriptors | None = None  # of an earlier state of the same run
        self._energies: NDArray[np.float64] | None = None
        self._shares: NDArray[np.float64] | None = None

    def take(self, run: Run | None, mask: str, changes: Changes = EVERYTHING) -> None:
        """Look at another run from now on, cut out of the recording by a kind of mask."""
        self._run, self._mask = run, mask
        if changes.shown_run or changes.parts or changes.mask:
            self._descriptors = self._energies = self._shares = None
        if changes.shown_run:
            self._brief, self._earlier = {}, None

    @property
    def is_known(self) -> bool:
        """Whether what the components sound like was looked at as they are now."""
        return self._run is None or self._descriptors is not None

    def know(self, run: Run, descriptors: Descriptors) -> None:
        """Take what was found of a run by `descriptors_of`, perhaps of an earlier state of it."""
        if self._run is None or self._run.id != run.id:
            return
        self._brief = {it.index: _brief(descriptors, it.index) for it in run.components}
        self._earlier = descriptors
        if not find_run_changes(self._run, run).parts:
            self._descriptors = descriptors

    def is_estimate(self, component: Component) -> bool:
        """Tell whether an energy is only roughly known: in a live run, or after an edit."""
        live = self._run is not None and self._run.separation.energies is None
        return live or component.terms is not None

    def energies(self) -> NDArray[np.float64] | None:
        """Return each component's energy as it is written, or an estimate.

        Shape (n_indices,); relative to the energy of what was separated.
        """
        if self._run is not None and self._energies is None:
            self._energies = energies_of(self._run, self._mask)
        return self._energies

    def shares(self) -> NDArray[np.float64] | None:
        """Return how what was separated is shared out among the components, or an estimate.

        Shape (n_indices,). Unless parts were edited, they sum to one, whatever the mask.
        """
        if self._run is not None and self._shares is None:
            self._shares = energies_of(self._run, SHARE)
        return self._shares

    def sizes(self) -> NDArray[np.float64]:
        """Return the energies of the moment, shape (n_indices,), for sorting."""
        energies = self.energies()
        assert energies is not None
        return energies

    def descriptors(self) -> Descriptors:
        """Return pitch, brightness and onset rate of every component, by its index.

        Of a run that goes on those of a moment ago will do: it is other ones many times a second.
        """
        assert self._run is not None
        if self._descriptors is None:
            earlier, is_live = self._earlier, self._run.separation.energies is None
            if is_live and earlier is not None and len(earlier.kind) == self._run.n_indices:
                return earlier
            self.know(self._run, descriptors_of(self._run))
        assert self._descriptors is not None
        return self._descriptors

    def brief(self, index: int) -> tuple[str, ...]:
        """Describe a component in few words, in fewer and in fewest, by what was last known of it.

        tone A3 220 Hz · 2.1/s; tone A3 · 2.1/s; tone A3. Nothing where nothing is known yet.
        """
        return self._brief.get(index, ())

    def text(self, index: int) -> str:
        """Describe a component: A3 220 Hz, brightness 1.2 kHz, 2.1 onsets/s; "" if it is gone."""
        run = self._run
        if run is None or index not in [component.index for component in run.components]:
            return ""
        found = self.descriptors()
        pitch = " ".join(filter(None, _pitch(float(found.pitch_hz[index])))) or tr("no pitch")
        brightness = _hertz(float(found.brightness_hz[index]))
        says = tr(
            "{pitch}, brightness {brightness}, {onsets:.1f} onsets/s",
            pitch=pitch,
            brightness=brightness,
            onsets=found.onsets_per_s[index],
        )
        kind = KIND_NAMES.get(str(found.kind[index]), "")
        return tr("{kind}: {sound}", kind=kind, sound=says) if kind else says


def _brief(found: Descriptors, index: int) -> tuple[str, ...]:
    kind = KIND_NAMES.get(str(found.kind[index]), "")
    if not kind:
        return ()
    note, hertz = _pitch(float(found.pitch_hz[index]))
    rate = tr("{onsets:.1f}/s", onsets=found.onsets_per_s[index])
    short = f"{kind} {note}".rstrip()
    return f"{short} {hertz}".rstrip() + f" · {rate}", f"{short} · {rate}", short


def energies_of(run: Run, kind: str) -> NDArray[np.float64]:
    """Return energies of components as they are now, or their shares.

    Parameters
    ----------
    run : Run
        Whose; of one that goes on they are estimates.
    kind : {"wiener", "ratio", "share"}
        The mask of the energies, or the shares: see `session.runs.part_energies`.

    Returns
    -------
    ndarray of float64, shape (n_indices,)
        Relative to what was separated.
    """
    separation = run.separation
    if separation.energies is not None:
        return _of_recording(run, kind)
    return _of_model(run) if separation.estimates is None else separation.estimates[kind]


def _of_model(run: Run) -> NDArray[np.float64]:
    """Return energies as shares of the model, shape (n_indices,)."""
    energies = factors_of(run).model_energies()
    return energies / (energies.sum() or 1.0)


def _of_recording(run: Run, kind: str) -> NDArray[np.float64]:
    """Return energies relative to the recording's, or shares, shape (n_indices,).

    What was measured once counts for edited components in proportion to their model; a share as
    the sound itself, of which the energy is the square.
    """
    exponent = 0.5 if kind == SHARE else 1.0
    energies = np.zeros(run.n_indices)
    for component in run.components:
        for term in terms_of(run, component):
            measured = _measured(run, term.origin, kind)
            if term.fitted is not None:
                change = _model_energy(run, term) / (_model_energy(run, term.origin) or 1.0)
                measured *= change**exponent
            energies[component.index] += measured
    return energies


def _measured(run: Run, fitted: Term, kind: str) -> float:
    if fitted.energies is not None:  # older versions knew no shares of halves: these are near
        return fitted.energies.get(kind, fitted.energies["wiener"])
    energies = run.separation.energies
    assert energies is not None
    assert fitted.column is not None
    return float(energies[kind][fitted.column])


def _model_energy(run: Run, term: Term) -> float:
    """Return Σ (t v)^q over bins and frames."""
    q = 2 / run.separation.settings.domain
    return float((term.basis**q).sum() * (term.activation**q).sum())


def _pitch(pitch_hz: float) -> tuple[str, str]:
    """Return note and frequency of a pitch; "" for none."""
    if not np.isfinite(pitch_hz):
        return "", ""
    return note_name(pitch_hz).split()[0], f"{pitch_hz:.0f} Hz"


def percent_text(share: float) -> str:
    """Write a share in percent; "" if it is none."""
    if share < LEAST_SHARE:
        return ""
    percent = 100 * share
    if percent < 0.05:
        return f"<{number(0.1)} %"
    return f"{number(percent, '.0f' if percent >= 10 else '.1f')} %"


def _hertz(frequency_hz: float) -> str:
    return (
        f"{number(frequency_hz / 1000, '.1f')} kHz"
        if frequency_hz >= 1000
        else f"{frequency_hz:.0f} Hz"
    )
