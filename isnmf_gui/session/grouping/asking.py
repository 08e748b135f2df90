"""Being asked instead of painting: which place to play next, and what answers are worth.

Answers are strokes on what was asked about, so undo, projects and exports know them already. What
was mixed or skipped says nothing to the mathematics: it is remembered here, for the session.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import LEAST_ENERGY
from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.grouping.certainty import (
    ENOUGH_PAINTED,
    Certainty,
    certainty_of,
    groups_of,
    memberships_of,
)
from isnmf_gui.session.grouping.expected_change import Known, expected_changes
from isnmf_gui.session.grouping.places import Places, find_places
from isnmf_gui.session.grouping.proposing import likeness_of
from isnmf_gui.session.grouping.spoken_for import spoken_for
from isnmf_gui.session.grouping.suggesting import Likeness
from isnmf_gui.session.guidance.memberships import counting
from isnmf_gui.session.runs.part_energies import SHARE

Array = NDArray[np.float64]

#: Answers that are no source: what is heard is of several; or the person would rather not say.
MIXED, SKIP = "mixed", "skip"
#: Each source that nobody spoke for yet is asked about first, at most so often, unless it has
#: less of the energy than that.
FIRST_TRIES, LEAST_SOURCE = 2, 0.003
#: What sounds like a place that was mixed is worth so much less.
LIKE_MIXED = 0.8
#: So many places are weighed up exactly.
MOST_WEIGHED = 200


@dataclass(frozen=True)
class Question:
    """A place to be played, and asked about.

    Attributes
    ----------
    place : int
        Its number among the places that were found.
    box : Box
        What to play.
    component : int
        Index of the component that has most of it.
    source_id : int
        The source that has most of it now: the likeliest answer.
    """

    place: int
    box: Box
    component: int
    source_id: int

    @property
    def stroke(self) -> Stroke:
        """What an answer adds to the run, with `guidance_edits.add_stroke`."""
        return Stroke(0, self.source_id, self.box)


@dataclass(frozen=True, eq=False)
class Asking:
    """Chooses what to ask next, for one run and as long as none of its parts is edited.

    Attributes
    ----------
    places : Places
        What can be asked about.
    likeness : Likeness
        How alike the components sound.
    mixed, skipped : tuple of int
        Places that were answered so: none that overlaps them is offered again.
    n_asked : int
        How many questions were answered, skipped ones not.
    """

    places: Places
    likeness: Likeness
    mixed: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    n_asked: int = 0

    @classmethod
    def of(cls, run: Run, on_progress: OnProgress | None = None) -> Asking:
        """Look for what can be asked about a run; some seconds for a few minutes of sound.

        Parameters
        ----------
        run : Run
            With at least one component.
        on_progress : callable, optional
            Called with the share done (0 to 1); False stops.

        Returns
        -------
        Asking
            Nothing was asked yet.

        Raises
        ------
        Stopped
            If `on_progress` said so.
        """
        meter = Meter(on_progress, 2)
        likeness = likeness_of(run, meter.within)
        meter.next_step()
        return cls(find_places(run, meter.within), likeness)

    def fits(self, run: Run) -> bool:
        """Tell whether the places are still those of a run: not after a part was edited."""
        return factors_of(run) is self.places.factors

    def certainty(self, run: Run) -> Certainty:
        """Return how sure the sources of the run are now."""
        return certainty_of(run, self.likeness)

    def next_question(self, run: Run) -> Question | None:
        """Return the place whose answer may be expected to change most.

        Parameters
        ----------
        run : Run
            That it was made for, as it is now: with the strokes of earlier answers, or without
            those that were undone.

        Returns
        -------
        Question or None
            None when nothing is left to ask, or there are not two sources to tell apart.

        Raises
        ------
        ValueError
            If a part of the run was edited since.
        """
        if not self.fits(run):
            raise ValueError("the parts of the run were edited: look for places anew")
        if np.count_nonzero(_open(run)) < 2:
            return None
        scores = self._scores(run, self._left(run))
        return self._question(run, int(scores.argmax())) if scores.any() else None

    def answered(self, question: Question, answer: int | str) -> Asking:
        """Return what to go on with after an answer.

        Parameters
        ----------
        question : Question
            Of this run.
        answer : int or {"mixed", "skip"}
            The id of a source, whose stroke is added to the run as any other; or that it is
            mixed, which counts as a question but says of no component where it belongs; or that
            it is not to be offered again.

        Returns
        -------
        Asking
            With it remembered.
        """
        if answer == SKIP:
            return replace(self, skipped=(*self.skipped, question.place))
        if answer == MIXED:
            return replace(self, mixed=(*self.mixed, question.place), n_asked=self.n_asked + 1)
        return replace(self, n_asked=self.n_asked + 1)

    def _question(self, run: Run, place: int) -> Question:
        shares = self.places.shares[place]
        held = np.where(_open(run), shares @ memberships_of(run), -1.0)
        source_id = run.all_sources[int(held.argmax())].id
        return Question(place, self.places.boxes[place], int(shares.argmax()), source_id)

    def _left(self, run: Run) -> NDArray[np.bool_]:
        """Tell which places overlap nothing that was asked or painted as a box."""
        left = np.ones(len(self.places.boxes), np.bool_)
        for place in (*self.mixed, *self.skipped):
            left &= ~self.places.overlapping(self.places.boxes[place])
        for stroke in counting(run):
            if isinstance(stroke.shape, Box):
                left &= ~self.places.overlapping(stroke.shape)
        return left

    def _scores(self, run: Run, left: NDArray[np.bool_]) -> Array:
        """Return what each place is worth asking about: nothing if it is not left."""
        first = next(self._untold(run), None)
        if first is not None:
            scores = left * self._typical_of(run, first)
            if scores.any():
                return scores
        known, places = _known(run), self.places
        chances = places.shares @ self._beliefs(run, known)
        worth = left * self._telling(known.energies) * self._unlike_mixed()
        worth *= places.shares.max(axis=1) ** 2
        chosen = self._promising(known, chances, worth)
        said = places.shares[chosen], places.energies[chosen]
        changes = expected_changes(known, *said, places.overlap, chances[chosen])
        scores = np.zeros(len(worth))
        scores[chosen] = worth[chosen] * changes
        return scores

    def _promising(self, known: Known, chances: Array, worth: Array) -> NDArray[np.intp]:
        """Return the places that may be expected to change much, at a rough guess.

        That is how loud the component is that they are of, and how doubtful its source.
        """
        owners = self.places.shares.argmax(axis=1)
        rough = worth * np.sqrt(known.energies[owners]) * (1 - chances.max(axis=1))
        return np.argsort(-rough, kind="stable")[:MOST_WEIGHED]

    def _untold(self, run: Run) -> Iterator[int]:
        """Yield columns of sources of which no place was asked about with success, large first."""
        groups, is_open = groups_of(run), _open(run)
        told = spoken_for(run, counting(run)).shares @ groups
        tried = self.places.shares[list(self.mixed)] @ groups
        sizes = energies_of(run, SHARE) @ groups
        for column in np.argsort(-sizes, kind="stable").tolist():
            n_tries = np.count_nonzero(tried.argmax(axis=1) == column) if len(tried) else 0
            is_told = bool(np.any(told.argmax(axis=1) == column)) if len(told) else False
            large = is_open[column] and sizes[column] > LEAST_SOURCE
            if large and not is_told and n_tries < FIRST_TRIES:
                yield column

    def _typical_of(self, run: Run, column: int) -> Array:
        """Return how well each place stands for the surest components of a source."""
        group, sure = groups_of(run)[:, column], self.certainty(run).of_components
        loud = np.sqrt(self.places.energies @ (sure**2 * group))
        own = self.places.shares @ group
        purity = self.places.shares.max(axis=1)
        return np.asarray(loud * own**2 * purity**2 * self._unlike_mixed())

    def _beliefs(self, run: Run, known: Known) -> Array:
        """Return how likely each component is to be of each source, unassigned last.

        Where it is put in all certainty, or else anywhere.
        """
        is_open = _open(run)
        sure, n_open = self.certainty(run).of_components, np.count_nonzero(is_open)
        elsewhere = np.minimum((1 - sure) * n_open / (n_open - 1), 1)[:, None]
        beliefs: Array = (1 - elsewhere) * known.memberships + elsewhere * is_open / n_open
        return np.where(is_open, beliefs, 0.0)

    def _telling(self, energies: Array) -> Array:
        """Return how far each place can speak for the component that it is of.

        Where little of a component is, it may well be something else's: an answer there says
        little of the rest, though strokes count alike.
        """
        owners = self.places.shares.argmax(axis=1)
        held = self.places.energies[np.arange(len(owners)), owners]
        share = held / np.maximum(energies[owners], LEAST_ENERGY)
        return np.asarray(np.minimum(share / ENOUGH_PAINTED, 1.0))

    def _unlike_mixed(self) -> Array:
        """Return what is left of each place's worth, for what it has in common with mixed ones."""
        shares, worth = self.places.shares, np.ones(len(self.places.shares))
        lengths = np.maximum(np.linalg.norm(shares, axis=1), 1e-12)
        for place in self.mixed:
            alike = shares @ shares[place] / (lengths * lengths[place])
            worth *= 1 - LIKE_MIXED * alike**2
        return worth


def _open(run: Run) -> NDArray[np.bool_]:
    """Tell which of `run.all_sources` an answer may name: not what is unassigned, or locked."""
    return np.array([*(not it.is_locked for it in run.sources), False])


def _known(run: Run) -> Known:
    strokes = counting(run)
    columns = {source.id: column for column, source in enumerate(run.all_sources)}
    said = spoken_for(run, strokes)
    labels = np.array([columns[it.source_id] for it in strokes], np.intp)
    energies = energies_of(run, SHARE)
    return Known(memberships_of(run), groups_of(run), energies, said.shares, said.energies, labels)
