"""Several runs of one recording, sorted by the strokes of the first as one set of components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from isnmf_gui.nmf.guidance import Evidence, evidence_of, memberships
from isnmf_gui.nmf.naming import name_chances, name_scores
from isnmf_gui.once import once
from isnmf_gui.session.document.document import UNASSIGNED, Run
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.guidance.memberships import counting
from isnmf_gui.session.guidance.stroke_bins import stroke_bins, total_power
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral import Factors, Masks, Resynthesis
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.run_sets import overlaps, set_masks

Array = NDArray[np.float64]

#: A component leaves its source if strokes of another hold this share of its energy. More than in a
#: single run: there are other components of the same sound, and a faint one that moves wrongly
#: is not outvoted.
MOVING_SHARE = 0.15


@dataclass(frozen=True, eq=False)
class RunSet:
    """Runs of one recording with the same transform, as they were fitted, and their groups.

    Attributes
    ----------
    run : Run
        The first of them, whose sources and strokes count.
    factors : tuple of Factors
        Of each run.
    groups : ndarray of float64, shape (n_components, n_sources)
        One-hot: the group of each component of all runs, as a place among the run's sources.
    energies : ndarray of float64, shape (n_components,)
        Each component's share of the energy; 1 in all.
    """

    run: Run
    factors: tuple[Factors, ...]
    groups: Array
    energies: Array

    @classmethod
    def of(cls, runs: Sequence[Run]) -> RunSet:
        """Put runs together; groups of the others are those of the first that they overlap most.

        Parameters
        ----------
        runs : sequence of Run
            With as many sources each, and every component in one of them. None was edited.

        Returns
        -------
        RunSet
            With the first run's sources and strokes.
        """
        first = runs[0]
        homes = [_homes(run) for run in runs]
        settings, samples = first.separation.settings, first.separation.recording.samples
        read = Resynthesis(samples, stft_of(settings), settings.precision).power
        factors = tuple(run.separation.factors for run in runs)
        for place in range(1, len(runs)):
            shared = overlaps((factors[0], homes[0]), (factors[place], homes[place]), read)
            homes[place] = homes[place][:, linear_sum_assignment(shared, maximize=True)[1]]
        shares = [_energies(run) for run in runs]
        return cls(first, factors, np.concatenate(homes), np.concatenate(shares) / len(runs))

    def masks(self, strokes: Sequence[Stroke] | None = None) -> Masks:
        """Return the masks of the sources; they sum to 1.

        Parameters
        ----------
        strokes : sequence of Stroke, optional
            By default those of the run that count.

        Returns
        -------
        callable
            `masks(first, last, power)` yields one for each source, in the order of the first run.
        """
        strokes = counting(self.run) if strokes is None else strokes
        places = {source.id: place for place, source in enumerate(self.run.sources)}
        recording = self.run.separation.recording
        stft = stft_of(self.run.separation.settings)
        labels = [places[stroke.source_id] for stroke in strokes]
        evidence = [self._said(stroke) for stroke in strokes]
        found = memberships(
            evidence,
            labels,
            self._prior(evidence, labels),
            self.energies,
            signed=True,
            moving_share=MOVING_SHARE,
        )
        every = [stroke_bins(recording, stft, stroke) for stroke in strokes]
        given = [(it.frames, it.bins, label) for it, label in zip(every, labels, strict=True)]
        return set_masks(self.factors, found, Labels.of(given, len(places), stft.n_bins))

    @once
    def _together(self) -> Factors:
        return Factors.of_runs(self.factors)

    def _said(self, stroke: Stroke) -> Evidence:
        recording = self.run.separation.recording
        stft = stft_of(self.run.separation.settings)
        it = stroke_bins(recording, stft, stroke)
        shares = self._together.run_shares_at(it.frames, it.bins)
        total = total_power(recording, stft)
        mean = total / (stft.n_frames(recording.n_samples) * stft.n_bins)
        return evidence_of(shares, it.weights, it.power, total, mean)

    def _prior(self, evidence: Sequence[Evidence], labels: Sequence[int]) -> Array:
        if not self.run.has_open_names or not evidence:
            return self.groups
        chances = name_chances(name_scores(evidence, labels, self.groups, self.energies))
        return self.groups @ chances


def _homes(run: Run) -> Array:
    places = {source.id: place for place, source in enumerate(run.sources)}
    assert UNASSIGNED not in {it.source_id for it in run.components}
    return np.eye(len(places))[[places[it.source_id] for it in run.components]]


def _energies(run: Run) -> Array:
    assert run.separation.energies is not None  # it has come to its end
    return run.separation.energies[SHARE]
