"""What sources have: of the recording, and of each component."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.component_factors import factors_of
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run, Source
from isnmf_gui.session.guidance.memberships import counting, sharing_of
from isnmf_gui.session.guidance.stroke_bins import stroke_bins, total_power
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.sharing import LEAST_SHARE, Sharing

Array = NDArray[np.float64]
Indices = NDArray[np.intp]
#: A smaller share of a component is not told.
LEAST_TOLD = 0.01
#: Of what strokes label, only so much is looked at: the loudest, which hold nearly all of it.
MOST_LABELLED = 20_000


def grouping_of(run: Run) -> Sharing:
    """Return who gets what of the components of a run, with or without strokes.

    Sources are in the order of `run.all_sources`. Indices that no component has are nobody's.
    """
    shared = sharing_of(run)
    belongs = np.zeros((run.n_indices, len(run.all_sources)))
    column = {source.id: place for place, source in enumerate(run.all_sources)}
    for component in run.components:
        if shared is None:
            belongs[component.index, column[component.source_id]] = 1.0
        else:
            belongs[component.index] = shared.memberships[component.index]
    if shared is not None:
        return Sharing(belongs, shared.labels)
    return Sharing(belongs, Labels.of([], belongs.shape[1], factors_of(run).basis.shape[1]))


def components_in(run: Run, source_id: int) -> list[int]:
    """Return the components that a source holds; where it holds none, those it has a share of.

    None of both: there is nothing to be heard of it.
    """
    members = [component.index for component in run.members(source_id)]
    if members or sharing_of(run) is None:
        return members
    column = [source.id for source in run.all_sources].index(source_id)
    held = grouping_of(run).memberships[:, column] > 0
    return [int(index) for index in np.flatnonzero(held)]


def source_shares(run: Run) -> Array:
    """Return what each source has of the recording's energy.

    Parameters
    ----------
    run : Run
        Of one that goes on it is an estimate.

    Returns
    -------
    ndarray of float64, shape (n_sources,)
        In the order of `run.all_sources`; they sum to 1, or are all 0.
    """
    sharing = grouping_of(run)
    shares = energies_of(run, SHARE) @ sharing.memberships + _moved_by_labels(run, sharing)
    shares = np.maximum(shares, 0)
    return np.asarray(shares / (shares.sum() or 1.0))


def _moved_by_labels(run: Run, sharing: Sharing) -> Array:
    """Return what sources have more of the energy because of labelled bins, shape (n_sources,)."""
    frames, bins, weights, power = _loudest_labels(run)
    if not len(frames):
        return np.zeros(len(run.all_sources))
    plain = factors_of(run).shares_at(frames, bins) @ sharing.memberships
    labelled = plain * weights
    whole = plain.sum(axis=1, keepdims=True)
    labelled *= whole / np.maximum(labelled.sum(axis=1, keepdims=True), LEAST_SHARE)
    return np.asarray(power @ (labelled - plain) / _total_power(run))


def _loudest_labels(run: Run) -> tuple[Indices, Indices, Array, Array]:
    """Return frames and bins that strokes label, with weights of sources (n, n_sources), power."""
    column = {source.id: place for place, source in enumerate(run.all_sources)}
    stft, recording = stft_of(run.separation.settings), run.separation.recording
    strokes = counting(run)
    most = MOST_LABELLED // max(1, len(strokes)) + 1
    found = [(stroke_bins(recording, stft, it), column[it.source_id]) for it in strokes]
    given = [(it.frames[:most], it.bins[:most], place) for it, place in found]
    labels = Labels.of(given, len(column), stft.n_bins)
    places = [it[0] * stft.n_bins + it[1] for it in given]
    powers = [it.power[:most] for it, _ in found]
    n_frames = stft.n_frames(recording.n_samples)
    frames, bins, weights = labels.within(0, n_frames)
    if not len(frames):
        return frames, bins, weights, np.zeros(0)
    known, first = np.unique(np.concatenate(places), return_index=True)
    assert len(known) == len(frames)  # both are in the order of time, each place once
    return frames, bins, weights, np.concatenate(powers)[first]


def _total_power(run: Run) -> float:
    """Return the power of what was separated."""
    recording, stft = run.separation.recording, stft_of(run.separation.settings)
    return total_power(recording, stft, run.separation.region_s) or 1.0


def shares_of_components(run: Run) -> dict[int, tuple[tuple[Source, float], ...]]:
    """Return what sources have of components, by their indices, the largest share first.

    Only of those of which several sources have a percent or more, or another one than their own:
    without strokes there are none.
    """
    sharing = sharing_of(run)
    if sharing is None:
        return {}
    found = {}
    for component in run.components:
        row = sharing.memberships[component.index].tolist()
        told = [it for it in zip(run.all_sources, row, strict=True) if it[1] >= LEAST_TOLD]
        if len(told) > 1 or [source.id for source, _ in told] != [component.source_id]:
            found[component.index] = tuple(sorted(told, key=lambda it: -it[1]))
    return found


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Return shares in whole percents that add up as the shares do, each rounded up or down."""
    exact = 100 * np.asarray(shares, np.float64)
    percents = np.floor(exact).astype(int)
    missing = round(float(exact.sum())) - int(percents.sum())
    for place in np.argsort(percents - exact, kind="stable")[: max(missing, 0)]:
        percents[place] += 1
    return [int(it) for it in percents]
