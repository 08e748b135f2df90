"""Edits of a run's mix: gain, mute, solo, names and sources of its components.

Every edit takes a run and indices of components, and returns the run that comes of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document import Component, Run, Source

#: Faders end here: below they are shut, and above the loudest parts clip.
LEAST_GAIN_DB, MOST_GAIN_DB = -60.0, 12.0


def linear_gains(run: Run) -> NDArray[np.float64]:
    """Return what each basis is multiplied by in the mix, shape (n_bases,).

    A muted component is silent, soloed or not.
    """
    gains = np.zeros(run.separation.settings.n_bases)
    for component in heard(run):
        if component.gain_db > LEAST_GAIN_DB:
            gains[component.index] = 10 ** (component.gain_db / 20)
    return gains


def heard(run: Run) -> list[Component]:
    """Return the components that mute and solo let through."""
    any_solo = any(component.is_soloed for component in run.components)
    return [it for it in run.components if not it.is_muted and (it.is_soloed or not any_solo)]


def alone(run: Run, index: int) -> NDArray[np.float64]:
    """Return the gains with which one component is heard as it lies in the recording."""
    gains = np.zeros(run.separation.settings.n_bases)
    gains[index] = 1.0
    return gains


def set_gain(run: Run, indices: Collection[int], gain_db: float) -> Run:
    """Set the gain of components, within the limits of a fader."""
    gain_db = min(max(gain_db, LEAST_GAIN_DB), MOST_GAIN_DB)
    return _change(run, indices, gain_db=gain_db)


def set_muted(run: Run, indices: Collection[int], is_muted: bool) -> Run:
    """Mute components, or let them be heard again."""
    return _change(run, indices, is_muted=is_muted)


def set_soloed(run: Run, indices: Collection[int], is_soloed: bool) -> Run:
    """Solo components, or no longer."""
    return _change(run, indices, is_soloed=is_soloed)


def reset_mix(run: Run) -> Run:
    """Hear every component as it lies in the recording."""
    every = [component.index for component in run.components]
    return _change(run, every, gain_db=0.0, is_muted=False, is_soloed=False)


def rename_component(run: Run, index: int, title: str) -> Run:
    """Call a component something else; "" gives it back its number."""
    return _change(run, [index], title=title.strip())


def group(run: Run, indices: Collection[int], title: str = "") -> Run:
    """Make a source of components; sources that are left without any go."""
    number = 1 + max((source.id for source in run.sources), default=0)
    grouped = _change(run, indices, source_id=number)
    return _drop_empty(replace(grouped, sources=(*grouped.sources, Source(number, title.strip()))))


def ungroup(run: Run, indices: Collection[int]) -> Run:
    """Take components out of their sources."""
    return _drop_empty(_change(run, indices, source_id=None))


def rename_source(run: Run, source_id: int, title: str) -> Run:
    """Call a source something else; "" gives it back its number."""
    sources = tuple(
        replace(source, title=title.strip()) if source.id == source_id else source
        for source in run.sources
    )
    return replace(run, sources=sources)


def _drop_empty(run: Run) -> Run:
    used = {component.source_id for component in run.components}
    return replace(run, sources=tuple(source for source in run.sources if source.id in used))


def _change(run: Run, indices: Collection[int], **values: Any) -> Run:
    components = tuple(
        replace(component, **values) if component.index in indices else component
        for component in run.components
    )
    return replace(run, components=components)
