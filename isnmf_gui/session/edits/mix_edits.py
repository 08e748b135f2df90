"""Edits of a run's mix: gain, mute, solo and names of its components.

Every edit takes a run and indices of components, and returns the run that comes of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import Component, Run
from isnmf_gui.session.guidance.memberships import sharing_of
from isnmf_gui.spectral.sharing import effective_gains

#: Faders end here: below they are shut, and above the loudest parts clip.
LEAST_GAIN_DB, MOST_GAIN_DB = -60.0, 12.0


def linear_gains(run: Run) -> NDArray[np.float64]:
    """Return what each component is multiplied by in the mix, shape (n_indices,).

    A muted component is silent, soloed or not. Its source's gain comes on top of its own; that of
    one that several sources share is what they make of it together.
    """
    pairs, sharing = pair_gains(run), sharing_of(run)
    if sharing is not None:
        return effective_gains(pairs, sharing)
    column = {source.id: place for place, source in enumerate(run.all_sources)}
    gains = np.zeros(run.n_indices)
    for component in run.components:
        gains[component.index] = pairs[component.index, column[component.source_id]]
    return gains


def pair_gains(run: Run) -> NDArray[np.float64]:
    """Return the gain of each component as part of each source, shape (n_indices, n_sources).

    Sources in the order of `run.all_sources`. A muted component or source is silent, soloed or
    not; once any is soloed, nothing else is heard.
    """
    gains = np.zeros((run.n_indices, len(run.all_sources)))
    soloed = [it.is_soloed for it in run.components] + [it.is_soloed for it in run.all_sources]
    has_solo = any(soloed)
    for component in run.components:
        for column, source in enumerate(run.all_sources):
            is_heard = component.is_soloed or source.is_soloed or not has_solo
            if is_heard and not component.is_muted and not source.is_muted:
                gains[component.index, column] = _linear(component.gain_db, source.gain_db)
    return gains


def _linear(gain_db: float, source_gain_db: float) -> float:
    if min(gain_db, source_gain_db) <= LEAST_GAIN_DB:
        return 0.0
    return float(10 ** ((gain_db + source_gain_db) / 20))


def heard(run: Run) -> list[Component]:
    """Return the components that mute and solo let through, theirs and their sources'."""
    muted, soloed = (
        {it.id for it in run.all_sources if getattr(it, state)}
        for state in ("is_muted", "is_soloed")
    )
    components = [it for it in run.components if not it.is_muted and it.source_id not in muted]
    if not soloed and not any(it.is_soloed for it in run.components):
        return components
    return [it for it in components if it.is_soloed or it.source_id in soloed]


def alone(run: Run, *indices: int) -> NDArray[np.float64]:
    """Return the gains with which only some components are heard, as they lie in the recording.

    Parameters
    ----------
    run : Run
        Whose components.
    *indices : int
        Of those to be heard.

    Returns
    -------
    ndarray of float64, shape (n_indices,)
        1 for these, 0 for all others.
    """
    gains = np.zeros(run.n_indices)
    gains[list(indices)] = 1.0
    return gains


def pairs_alone(
    run: Run, indices: Collection[int], source_id: int | None = None
) -> NDArray[np.float64]:
    """Return gains of components as parts of sources with which only some are heard.

    Parameters
    ----------
    run : Run
        Whose components.
    indices : collection of int
        Of those to be heard, whoever they belong to.
    source_id : int, optional
        A source to be heard instead: its share of all components.

    Returns
    -------
    ndarray of float64, shape (n_indices, n_sources)
        1 for these, 0 for all others.
    """
    ids = [source.id for source in run.all_sources]
    if source_id not in ids:
        return np.repeat(alone(run, *indices)[:, None], len(ids), axis=1)
    pairs = np.zeros((run.n_indices, len(ids)))
    pairs[[it.index for it in run.components], ids.index(source_id)] = 1.0
    return pairs


def set_gain(run: Run, indices: Collection[int], gain_db: float) -> Run:
    """Set the gain of components, within the limits of a fader."""
    gain_db = min(max(gain_db, LEAST_GAIN_DB), MOST_GAIN_DB)
    return change(run, indices, gain_db=gain_db)


def set_muted(run: Run, indices: Collection[int], is_muted: bool) -> Run:
    """Mute components, or let them be heard again."""
    return change(run, indices, is_muted=is_muted)


def set_soloed(run: Run, indices: Collection[int], is_soloed: bool) -> Run:
    """Solo components, or no longer."""
    return change(run, indices, is_soloed=is_soloed)


def reset_mix(run: Run) -> Run:
    """Hear every component as it lies in the recording."""
    every = [component.index for component in run.components]
    at_rest: dict[str, Any] = {"gain_db": 0.0, "is_muted": False, "is_soloed": False}
    return replace(
        change(run, every, **at_rest),
        sources=tuple(replace(source, **at_rest) for source in run.sources),
        unassigned=replace(run.unassigned, **at_rest),
    )


def rename_component(run: Run, index: int, title: str) -> Run:
    """Call a component something else; "" gives it back its number."""
    return change(run, [index], title=title.strip())


def change(run: Run, indices: Collection[int], **values: Any) -> Run:
    """Give attributes of components other values."""
    components = tuple(
        replace(component, **values) if component.index in indices else component
        for component in run.components
    )
    return replace(run, components=components)
