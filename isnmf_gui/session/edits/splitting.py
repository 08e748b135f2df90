"""Splitting a component in two, by fitting it anew while all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.refit import Refitted, refit
from isnmf_gui.session.document.component_factors import model_of, terms_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.edits.factor_edits import replace_component
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import region_frames, stft_of
from isnmf_gui.session.runs.settings import LIMITS
from isnmf_gui.session.runs.terms import Term, rank_one
from isnmf_gui.spectral import MASKS

Array = NDArray[np.floating]

N_ITERATIONS = 60
# Both halves start as the whole, changed by as much at random: alike they would stay.
SPREAD = 0.5


@dataclass(frozen=True, eq=False)
class Split:
    """What came of splitting a component.

    Attributes
    ----------
    run : Run
        The run that it was in.
    component : Component
        The component as it was.
    halves : tuple of Term
        The two that take its place.
    model : tuple of Term
        What shares the recording out among the parts from now on.
    """

    run: Run
    component: Component
    halves: tuple[Term, Term]
    model: tuple[Term, ...]


def split(run: Run, index: int, on_progress: Callable[[float], bool] | None = None) -> Split:
    """Fit a component anew with two bases; the other components keep theirs.

    Parameters
    ----------
    run : Run
        That has it.
    index : int
        Of the component.
    on_progress : callable, optional
        Told the share that is done; returns whether to go on.

    Returns
    -------
    Split
        To be put into the run by `put_in`.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    component, separation = run.component(index), run.separation
    settings = separation.settings
    frames = region_frames(separation.recording, settings, separation.region_s)
    own = {term.origin for term in terms_of(run, component)}
    rest = [term for term in model_of(run) if term not in own]
    read = _Reader(run, rest, frames)
    basis, activation = _start(terms_of(run, component), frames, settings.seed)
    floor = settings.floor if isinstance(settings.floor, float) else LIMITS["floor"][0]
    measure = partial(_energies, domain=settings.domain)
    fitted = refit(
        read, basis, activation, settings.domain, N_ITERATIONS, floor, measure, on_progress
    )
    halves = _halves(fitted, frames, separation.factorization.activation.shape[1])
    shared = {
        term.origin for it in run.components if it is not component for term in terms_of(run, it)
    }
    # A copy of the component may still need its place in the model.
    model = model_of(run) if own & shared else (*rest, *halves)
    return Split(run, component, _as_edited(halves, terms_of(run, component)), model)


def put_in(run: Run, made: Split) -> Run | None:
    """Put the halves in the place of their component; None if it was changed meanwhile."""
    now = next((it for it in run.components if it.id == made.component.id), None)
    same = now is not None and now.terms is made.component.terms and run.model is made.run.model
    if now is None or not same or run.separation is not made.run.separation:
        return None
    return replace_component(run, now.index, [(half,) for half in made.halves], made.model)


class _Reader:
    """Reads power and model of some frames of a run, counted from the first that it has."""

    def __init__(self, run: Run, rest: list[Term], frames: tuple[int, int]) -> None:
        settings = run.separation.settings
        self._stft, self._precision = stft_of(settings), settings.precision
        self._samples, self._first = run.separation.recording.samples, frames[0]
        n_bins = self._stft.n_bins
        self._bases = np.array([term.basis for term in rest], self._precision).reshape(-1, n_bins)
        self._activations = [term.activation for term in rest]

    def __call__(self, first: int, last: int) -> tuple[Array, Array]:
        """Return the power of frames [first, last), and the sum of the rest of the model there."""
        begin, end = first + self._first, last + self._first
        power = self._stft.power(self._samples, self._precision, frames=(begin, end))
        activations = np.array([it[begin:end] for it in self._activations], self._precision)
        return power, activations.reshape(-1, last - first).T @ self._bases


def _start(
    terms: tuple[Term, ...], frames: tuple[int, int], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return T (2, n_bins) and V (n_frames, 2) to begin with, both positive."""
    if len(terms) == 2:  # what was merged falls apart as it came together
        shapes = [(term.origin.basis, term.origin.activation) for term in terms]
    else:
        basis, activation = rank_one(tuple(term.origin for term in terms))
        shapes = [(basis, activation)] * 2
    generator = np.random.default_rng(seed)
    tiny = np.finfo(np.float32).tiny

    def varied(rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        stacked = np.stack(rows)
        return np.maximum(stacked * generator.uniform(1 - SPREAD, 1 + SPREAD, stacked.shape), tiny)

    bases = varied([basis for basis, _ in shapes])
    return bases, varied([activation[slice(*frames)] for _, activation in shapes]).T


def _energies(
    power: Array, fixed: Array, basis: Array, activation: Array, *, domain: float
) -> NDArray[np.float64]:
    """Return what is in a block: of each half what masks of each kind give, and its share.

    Roughly: without what frames that overlap contradict one another in. Shape (4, 2); the fourth
    is the recording's own. See `part_energies`.
    """
    q = 2 / domain
    model = np.maximum(fixed + activation @ basis, np.finfo(basis.dtype).tiny)
    weights = np.sqrt(power) / model
    shared = (activation.T @ (power / model) * basis).sum(axis=1, dtype=np.float64)
    weights *= weights  # the root first: the square of a small model would underflow
    wiener = ((activation**2).T @ weights * basis**2).sum(axis=1, dtype=np.float64)
    ratio = (activation**q).sum(axis=0, dtype=np.float64) * (basis**q).sum(axis=1, dtype=np.float64)
    return np.array([wiener, ratio, shared, np.full(2, power.sum(dtype=np.float64))])


def _halves(fitted: Refitted, frames: tuple[int, int], n_frames: int) -> tuple[Term, Term]:
    """Return the terms that were fitted to some of the frames."""
    *energies, total = fitted.measured
    shares = np.array(energies) / np.where(total > 0, total, 1)
    whole = np.zeros((2, n_frames))
    whole[:, slice(*frames)] = fitted.activation.T
    names = (*MASKS, SHARE)
    first, second = (
        Term(basis, activation, energies=dict(zip(names, each.tolist(), strict=True)))
        for basis, activation, each in zip(fitted.basis, whole, shares.T, strict=True)
    )
    return first, second


def _as_edited(halves: tuple[Term, Term], before: tuple[Term, ...]) -> tuple[Term, Term]:
    """Do to the halves what had been done to the one term that the component was made of."""
    if len(before) > 1 or before[0].fitted is None:
        return halves
    term, origin = before[0], before[0].origin
    over_bins, over_frames = (
        np.divide(now, then, out=np.zeros_like(now), where=then > 0)
        for now, then in ((term.basis, origin.basis), (term.activation, origin.activation))
    )
    first, second = (
        half.edited(half.basis * over_bins, half.activation * over_frames) for half in halves
    )
    return first, second
