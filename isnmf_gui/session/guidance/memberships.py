"""How much of each component belongs to each source, as strokes, sources and hands say."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from weakref import WeakKeyDictionary

import numpy as np
import scipy
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import Evidence, memberships
from isnmf_gui.nmf.naming import name_chances, name_scores
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run, Source
from isnmf_gui.session.document.guidance import Stroke
from isnmf_gui.session.guidance.name_hints import name_hints
from isnmf_gui.session.guidance.stroke_bins import stroke_bins
from isnmf_gui.session.guidance.stroke_ledger import asked, labels_of, n_asked_of, said_by
from isnmf_gui.session.runs.part_energies import SHARE
from isnmf_gui.session.runs.separation import Separation, stft_of
from isnmf_gui.spectral.sharing import Sharing

Array = NDArray[np.float64]


#: What was found last for each result, and on what it depends.
_solved: WeakKeyDictionary[Separation, tuple[object, Sharing]] = WeakKeyDictionary()
_lock = threading.Lock()


def sharing_of(run: Run) -> Sharing | None:
    """Return who gets what of the components.

    Parameters
    ----------
    run : Run
        With or without strokes; also a snapshot of one that goes on.

    Returns
    -------
    Sharing or None
        Sources in the order of `run.all_sources`. None where no stroke counts: then every
        component is its source's alone.
    """
    strokes = counting(run)
    if not strokes:
        return None
    key = _key(run, strokes)
    with _lock:
        known = _solved.get(run.separation)
    if known is None or known[0] != key:
        known = key, _solve(run, strokes)
        with _lock:
            _solved[run.separation] = known
    return known[1]


def memberships_without(run: Run, stroke_ids: Sequence[int]) -> Iterator[Array]:
    """Find what would belong to whom if one of the strokes did not count.

    Parameters
    ----------
    run : Run
        With strokes.
    stroke_ids : sequence of int
        Those to be left out, one at a time.

    Yields
    ------
    ndarray of float64, shape (n_indices, n_sources)
        As in `sharing_of`, for each of them.
    """
    strokes = counting(run)
    said, n_bins = said_by(run, strokes), n_asked_of(run, len(strokes))
    by_id = {stroke.id: stroke for stroke in strokes}
    for left_out in stroke_ids:
        left = dict(said)
        if left_out in by_id:
            source_id = by_id[left_out].source_id
            rest = left.pop(source_id) - asked(run, by_id[left_out], n_bins)
            if rest.n_strokes:
                left[source_id] = rest
        yield _memberships(run, left)


def naming_of(run: Run, strokes: Sequence[Stroke], names: Sequence[str]) -> list[int]:
    """Return which of the names, in the order of the sources, each source should have.

    Parameters
    ----------
    run : Run
        Whose groups were proposed: their names say nothing yet.
    strokes : sequence of Stroke
        Their `source_id` is the source that has the name now.
    names : sequence of str
        One for each source: those of instruments say something too.

    Returns
    -------
    list of int
        For each source the place of its name.
    """
    columns = _columns(run)
    n_bins = n_asked_of(run, len(strokes))
    evidence = [asked(run, stroke, n_bins) for stroke in strokes]
    labels = [columns[stroke.source_id] for stroke in strokes]
    groups = _prior(run, columns)[0][:, :-1]
    energies = energies_of(run, SHARE)
    scores = name_scores(evidence, labels, groups, energies)
    scores += name_hints(run, groups, energies, names)
    found: list[int] = scipy.optimize.linear_sum_assignment(scores, maximize=True)[1].tolist()
    return found


def silent_strokes(run: Run) -> list[Stroke]:
    """Return the strokes that say nothing: outside the recording, or where it is silent."""
    recording, stft = run.separation.recording, stft_of(run.separation.settings)
    return [it for it in counting(run) if not len(stroke_bins(recording, stft, it).frames)]


def unpainted_sources(run: Run) -> list[Source]:
    """Return the sources that no stroke speaks for, and that are not locked.

    One-sided strokes starve the others: every source wants one first.
    """
    painted = {it.source_id for it in counting(run)}
    return [it for it in run.sources if it.id not in painted and not it.is_locked]


def counting(run: Run) -> list[Stroke]:
    """Return the strokes of a run that say something: on, and of a source that is there."""
    open_to = {source.id for source in run.all_sources if not source.is_locked}
    return [it for it in run.strokes if it.is_on and it.source_id in open_to]


def _key(run: Run, strokes: list[Stroke]) -> tuple[object, ...]:
    held = tuple((it.index, it.source_id, it.is_placed, it.terms) for it in run.components)
    sources = tuple((source.id, source.is_locked) for source in run.all_sources)
    return tuple(strokes), held, sources, run.model, run.has_open_names


def _solve(run: Run, strokes: list[Stroke]) -> Sharing:
    return Sharing(_memberships(run, said_by(run, strokes)), labels_of(run, strokes))


def _memberships(run: Run, said: Mapping[int, Evidence]) -> Array:
    """Return what belongs to whom by what the strokes of each source say."""
    columns, energies = _columns(run), energies_of(run, SHARE)
    prior, placed = _prior(run, columns)
    locked = [columns[source.id] for source in run.all_sources if source.is_locked]
    if run.has_open_names and not locked:
        prior = _shared_among_names(run, prior, placed, said, columns, energies)
    labels = [columns[source_id] for source_id in said]
    return memberships(list(said.values()), labels, prior, energies, placed=placed, locked=locked)


def _shared_among_names(
    run: Run,
    prior: Array,
    placed: NDArray[np.bool_],
    said: Mapping[int, Evidence],
    columns: dict[int, int],
    energies: Array,
) -> Array:
    """Return the prior with each group shared among the names that it may have."""
    of_names = {columns[it]: said[it] for it in said if columns[it] < prior.shape[1] - 1}
    groups = np.where(placed[:, None], 0.0, prior[:, :-1])
    scores = name_scores(list(of_names.values()), list(of_names), groups, energies)
    scores += name_hints(run, groups, energies, [source.name for source in run.sources])
    shared = prior.copy()
    shared[~placed, :-1] = groups[~placed] @ name_chances(scores)
    return shared


def _columns(run: Run) -> dict[int, int]:
    return {source.id: column for column, source in enumerate(run.all_sources)}


def _prior(run: Run, columns: dict[int, int]) -> tuple[Array, NDArray[np.bool_]]:
    """Return the groups as they are, one-hot, and which components were put there by hand."""
    prior = np.zeros((run.n_indices, len(columns)))
    placed = np.zeros(run.n_indices, np.bool_)
    prior[:, -1] = 1.0  # indices that no component has
    for component in run.components:
        prior[component.index] = 0.0
        prior[component.index, columns[component.source_id]] = 1.0
        placed[component.index] = component.is_placed
    return prior, placed
