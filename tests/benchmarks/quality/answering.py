"""A simulated person who knows the stems, and what comes of asking that person."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import source_edits
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.export.stems.export_stems import parts_of
from isnmf_gui.session.export.stems.rendering import stem_masks
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.session.grouping.asking import MIXED, Asking
from isnmf_gui.session.grouping.certainty import memberships_of
from isnmf_gui.session.grouping.proposing import propose
from isnmf_gui.session.guidance.memberships import naming_of
from isnmf_gui.session.guidance.stroke_bins import stroke_bins
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.spectral.stft import power_of
from tests.benchmarks.painting.takes import Take
from tests.metrics import si_sdr

#: So far above all the others a source is to be heard as what a place is.
DOMINANCE_DB = 6.0
#: An estimate that is empty counts so much.
LEAST_SI_SDR_DB = -30.0


@dataclass(frozen=True)
class State:
    """How well a recording is separated after some questions.

    Attributes
    ----------
    improvement_db : float
        Mean improvement of the SI-SDR of the stems.
    certainty : float
        What the program thinks is in the right source, as a share of the energy.
    right : float
        What is in the right source, as a share of the energy.
    n_mixed : int
        How many of the answers were "mixed".
    """

    improvement_db: float
    certainty: float
    right: float
    n_mixed: int


class Person:
    """Says which source a place is of, for whoever knows the stems.

    Parameters
    ----------
    separation : Separation
        Of the recording.
    stems : sequence of ndarray, shape (n_samples, n_channels)
        What it is the sum of.
    """

    def __init__(self, separation: Separation, stems: Sequence[NDArray[np.floating]]) -> None:
        self._recording, self.stft = separation.recording, stft_of(separation.settings)
        n_frames = self.stft.n_frames(self._recording.n_samples)
        self.power = np.array([power_of(self.stft.forward(it, 0, n_frames)) for it in stems])

    def answer(self, box: Box) -> int | None:
        """Return the stem that a place is of, or None if it is mixed."""
        bins = stroke_bins(self._recording, self.stft, Stroke(0, 0, box))
        energies = self.power[:, bins.frames, bins.bins].sum(axis=1, dtype=np.float64)
        best = int(energies.argmax())
        others = float(energies.sum() - energies[best])
        return best if energies[best] >= 10 ** (DOMINANCE_DB / 10) * others else None


class Session:
    """A person who is asked about a recording.

    Parameters
    ----------
    separation : Separation
        Of the recording.
    take : Take
        The recording and its stems.
    by_ear : bool
        Whether the sources that were proposed have been named by listening to them, as in the
        window; else the answers alone tell their names, as on the command line.
    """

    def __init__(self, separation: Separation, take: Take, by_ear: bool) -> None:
        self._by_ear, self._stems = by_ear, list(take.stems.values())
        self._before_db = [si_sdr(take.recording.samples, it) for it in self._stems]
        self.person = Person(separation, self._stems)
        fresh = make_run(Document(), separation)
        self._labels = np.array(propose(fresh, len(self._stems)).labels)
        self._fresh, self.run = fresh, source_edits.group_as(fresh, self._labels.tolist())
        self._names_by_ear, self._scores = self._best_names()
        self.asking = Asking.of(self.run)
        self.n_mixed, self._strokes = 0, list[Stroke]()
        self._name()

    def ask(self) -> bool:
        """Ask the next question; False if there is none."""
        question = self.asking.next_question(self.run)
        if question is None:
            return False
        stem = self.person.answer(question.box)
        if stem is None:
            self.n_mixed += 1
            self.asking = self.asking.answered(question, MIXED)
            return True
        source_id = self.run.sources[stem].id
        self.asking = self.asking.answered(question, source_id)
        self._strokes.append(replace(question.stroke, source_id=source_id))
        self._name()
        return True

    def state(self) -> State:
        """Return how well it is separated now."""
        scores = self._scores_of(self.run)
        improvement = np.diag(scores) if self._strokes or self._by_ear else self._scores
        whole = self.asking.certainty(self.run).whole
        return State(
            float(np.mean(improvement - self._before_db)), whole, self._right(), self.n_mixed
        )

    def _name(self) -> None:
        """Give the groups the names that are known of them, and paint what was answered."""
        order = self._names_by_ear
        if not self._by_ear:
            grouped = source_edits.group_as(self._fresh, self._labels.tolist())
            order = naming_of(grouped, self._strokes, [""] * len(grouped.sources))
        run = source_edits.group_as(self._fresh, np.array(order)[self._labels].tolist())
        self.run = replace(run, has_open_names=not self._by_ear)
        for stroke in self._strokes:
            self.run = add_stroke(self.run, stroke.source_id, stroke)

    def _best_names(self) -> tuple[list[int], NDArray[np.float64]]:
        """Return for each group the stem it is, of the best assignment, and the SI-SDRs."""
        scores = self._scores_of(self.run)
        every = range(len(scores))
        best = max(itertools.permutations(every), key=lambda it: scores[every, it].sum())
        return list(best), scores[every, best]

    def _scores_of(self, run: Run) -> NDArray[np.float64]:
        """Return the SI-SDR of each source for each stem in dB."""
        return np.array(
            [
                [max(si_sdr(it, stem), LEAST_SI_SDR_DB) for stem in self._stems]
                for it in sounds_of(run)
            ]
        )

    def _right(self) -> float:
        """Return the share of the energy that is in the source it is of, by components."""
        separation, power = self.run.separation, self.person.power
        factors = separation.factors
        (model,) = factors.scaled_models(0, power.shape[1])
        shares = power / np.maximum(power.sum(axis=0), 1e-30)
        recording = stft_of(self.run.separation.settings).power(
            self.run.separation.recording.samples
        )
        basis, activation = factors.normal_range[0], factors.scaled_activation(0, power.shape[1])
        owned = np.array(
            [((activation.T @ (recording / model * it)) * basis).sum(axis=1) for it in shares]
        ).T
        where = memberships_of(self.run)[:, :-1].argmax(axis=1)
        return float(owned[np.arange(len(owned)), where].sum() / owned.sum())


def sounds_of(run: Run) -> list[NDArray[np.floating]]:
    """Return the samples of all sources of a run."""
    parts, stems = parts_of(run, "wiener"), source_stems(run)[: len(run.sources)]
    masks = stem_masks(parts, stems)
    return parts.resynthesis.render_each(0, parts.recording.n_samples, masks)


def asked(
    separation: Separation, take: Take, counts: Collection[int], by_ear: bool
) -> dict[int, State]:
    """Ask a person about a recording.

    Parameters
    ----------
    separation : Separation
        Of the recording.
    take : Take
        The recording and its stems.
    counts : collection of int
        After how many questions to look.
    by_ear : bool
        As of `Session`.

    Returns
    -------
    dict of int to State
        For each of the counts; where there was nothing left to ask, the last state.
    """
    session = Session(separation, take, by_ear)
    states: dict[int, State] = {}
    more = True
    for n in range(max(counts) + 1):
        if n in counts:
            states[n] = session.state() if more or not states else states[max(states)]
        more = more and n < max(counts) and session.ask()
    return states
