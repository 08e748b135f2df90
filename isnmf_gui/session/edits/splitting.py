"""Splitting a component in two, by fitting it anew while all others stay as they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.refit import refit
from isnmf_gui.session.document.component_factors import model_of, terms_of
from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.edits.factor_edits import replace_component
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import region_frames, stft_of
from isnmf_gui.session.runs.terms import Term, rank_one

Array = NDArray[np.floating]

N_ITERATIONS = 60
# Both halves start as the whole, changed by as much at random: alike they would stay.
SPREAD = 0.5
# Frames whose energies are summed at once.
FRAMES_AT_ONCE = 256


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
    power = stft_of(settings).power(separation.recording.samples, settings.precision, frames=frames)
    own = {term.origin for term in terms_of(run, component)}
    rest = [term for term in model_of(run) if term not in own]
    fixed = _product(rest, frames, power)
    basis, activation = _start(terms_of(run, component), frames, settings.seed)
    floor = settings.floor if isinstance(settings.floor, float) else 0.0
    fitted = refit(
        power, fixed, basis, activation, settings.domain, N_ITERATIONS, floor, on_progress
    )
    energies = _energies(power, fixed, *fitted[:2], settings.domain)
    halves = _halves(*fitted[:2], energies, frames, len(separation.factors.activation))
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


def _product(terms: list[Term], frames: tuple[int, int], power: Array) -> Array:
    """Return the sum of terms, shape (n_frames, n_bins)."""
    if not terms:
        return np.zeros_like(power)
    basis = np.array([term.basis for term in terms], power.dtype)
    activation = np.array([term.activation[slice(*frames)] for term in terms], power.dtype)
    product: Array = activation.T @ basis
    return product


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
    power: Array, fixed: Array, basis: Array, activation: Array, domain: float
) -> list[dict[str, float]]:
    """Return the halves' energies relative to the recording's, and their shares, roughly."""
    total = float(power.sum(dtype=np.float64)) or 1.0
    energies = np.zeros((3, 2))
    for first in range(0, len(power), FRAMES_AT_ONCE):
        block = slice(first, first + FRAMES_AT_ONCE)
        parts = activation[block].T[:, :, None] * basis[:, None]
        model = np.maximum(fixed[block] + parts.sum(axis=0), np.finfo(parts.dtype).tiny)
        shared = parts / model * power[block]
        kinds = parts / model * shared, parts ** (2 / domain), shared
        energies += [kind.sum(axis=(1, 2), dtype=np.float64) for kind in kinds]
    names = ("wiener", "ratio", SHARE)
    return [dict(zip(names, each.tolist(), strict=True)) for each in energies.T / total]


def _halves(
    basis: Array,
    activation: Array,
    energies: list[dict[str, float]],
    frames: tuple[int, int],
    n_frames: int,
) -> tuple[Term, Term]:
    """Return the terms of T (2, n_bins) and V (n_frames_fitted, 2)."""
    whole = np.zeros((2, n_frames))
    whole[:, slice(*frames)] = activation.T
    bases = basis.astype(np.float64)
    first, second = (Term(bases[n], whole[n], energies=energies[n]) for n in range(2))
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
