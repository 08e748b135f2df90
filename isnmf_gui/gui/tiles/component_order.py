"""In what order components are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.session.document.document import UNASSIGNED, Component, Run
from isnmf_gui.spectral.hearing.descriptors import Descriptors
from isnmf_gui.texts import N_

#: Name and explanation by key.
ORDERS = {
    "number": (N_("By number"), N_("By number")),
    "energy": (N_("By energy"), N_("Loudest first")),
    "pitch": (N_("By pitch"), N_("Lowest first; those without a pitch come last")),
    "brightness": (N_("By brightness"), N_("Darkest first")),
    "onsets": (N_("By onset rate"), N_("Those that set in most often first")),
    "source": (N_("By source"), N_("Sources together; what belongs to none comes last")),
}


def ordered(
    run: Run, order: str, energies: NDArray[np.float64], descriptors: Callable[[], Descriptors]
) -> list[int]:
    """Return the indices of a run's components in an order; equals as they lie in the run.

    That is by number, but for copies and halves, which are beside what they were made of.

    Parameters
    ----------
    run : Run
        Whose components.
    order : str
        A key of `ORDERS`. What lacks a pitch or a source comes last.
    energies : ndarray, shape (n_indices,)
        Of the components.
    descriptors : callable
        Returns what their sounds are like; called only where the order asks for it.
    """
    places = {source.id: place for place, source in enumerate(run.sources)}

    def key(component: Component) -> float:
        index = component.index
        if order == "energy":
            return -float(energies[index])
        if order == "pitch":
            pitch = float(descriptors().pitch_hz[index])
            return pitch if np.isfinite(pitch) else np.inf
        if order == "brightness":
            return float(descriptors().brightness_hz[index])
        if order == "onsets":
            return -float(descriptors().onsets_per_s[index])
        if order == "source" and component.source_id != UNASSIGNED:
            return places[component.source_id]
        return len(places)  # by number alone: all are equal

    return [component.index for component in sorted(run.components, key=key)]


def placed(run: Run | None, order: Sequence[int]) -> list[int]:
    """Return the indices of a run's components as they were ordered, new ones beside neighbours.

    So the halves of one that is split stay together, whatever the order was.
    """
    indices = [component.index for component in run.components] if run else []
    result = [index for index in order if index in indices]
    for place, index in enumerate(indices):
        if index not in result:
            result.insert(result.index(indices[place - 1]) + 1 if place else 0, index)
    return result
