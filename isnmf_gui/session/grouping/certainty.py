"""How sure it is that components are in the right sources, and what an answer moved.

The chance that a component is where it belongs was fitted to recordings whose sources are known:
to how distinct its group is, to whether a part of it was painted, and to how much it is shared.
What it is worth stands in docs/asking.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import LEAST_ENERGY
from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.grouping.spoken_for import spoken_for
from isnmf_gui.session.grouping.suggesting import Likeness
from isnmf_gui.session.guidance.memberships import counting
from isnmf_gui.session.guidance.source_shares import grouping_of
from isnmf_gui.session.runs.part_energies import SHARE

Array = NDArray[np.float64]

#: Where the separation is less sure than this, it should be asked about.
UNSURE = 0.85
# Log-odds: of a component on the border of its group that nobody spoke for; more of it for one
# that is nowhere but among its like; for one that was painted; less for one that is all shared.
BORDER, DISTINCT, SPOKEN_FOR, SHARED = -0.34, 5.9, 2.1, 5.2
#: A component of which so much was painted is as good as painted.
ENOUGH_PAINTED = 0.1
# What a person put somewhere by hand is there but for mistakes.
PLACED = 0.97


@dataclass(frozen=True, eq=False)
class Certainty:
    """How sure a separation is.

    Attributes
    ----------
    of_components : ndarray of float64, shape (n_indices,)
        The chance that each is in the right source, from 0 to 1, by its index.
    whole : float
        The same for the recording's energy: what share of it is likely to be in the right source.
    """

    of_components: Array
    whole: float

    @property
    def is_unsure(self) -> bool:
        """Whether a person had better be asked."""
        return self.whole < UNSURE


def certainty_of(run: Run, likeness: Likeness) -> Certainty:
    """Tell how sure the sources of a run are, as they are now.

    Parameters
    ----------
    run : Run
        With or without strokes.
    likeness : Likeness
        Of its components: `proposing.likeness_of`. It stays as long as no part is edited.

    Returns
    -------
    Certainty
        0 of components that are unassigned, while no stroke says otherwise.
    """
    strokes, energies = counting(run), energies_of(run, SHARE)
    painted = spoken_for(run, strokes).energies.sum(axis=0) / np.maximum(energies, LEAST_ENERGY)
    belongs = memberships_of(run)
    odds = BORDER + DISTINCT * _distinct(run, likeness)
    odds += SPOKEN_FOR * np.minimum(painted / ENOUGH_PAINTED, 1)
    odds += SHARED * (belongs.max(axis=1) - 1)
    chances = 1 / (1 + np.exp(-odds))
    chances[[it.index for it in run.components if it.is_placed]] = PLACED
    chances *= 1 - belongs[:, -1]
    return Certainty(chances, float(chances @ energies / (energies.sum() or 1.0)))


def memberships_of(run: Run) -> Array:
    """Return how much of each component each source has, shape (n_indices, n_sources + 1).

    The sources are those of `run.all_sources`, what is unassigned last. Without strokes every
    component is its source's alone.
    """
    return grouping_of(run).memberships


def groups_of(run: Run) -> Array:
    """Return where components are put, one-hot, like `memberships_of`."""
    columns = {source.id: column for column, source in enumerate(run.all_sources)}
    groups = np.zeros((run.n_indices, len(columns)))
    groups[:, -1] = 1  # indices that no component has
    for component in run.components:
        groups[component.index] = 0
        groups[component.index, columns[component.source_id]] = 1
    return groups


def moved_share(before: Run, after: Run) -> float:
    """Return what share of the energy changed its source from one state of a run to the next.

    Parameters
    ----------
    before, after : Run
        With the same components. A source that only one of them has counts as empty in the other.

    Returns
    -------
    float
        From 0 to 1, by the memberships: what is labelled in painted places themselves is little.
    """
    gained = _by_source(after)
    for source_id, column in _by_source(before).items():
        gained[source_id] = gained.get(source_id, np.zeros(len(column))) - column
    change = sum(np.abs(column) for column in gained.values())
    energies = energies_of(after, SHARE)
    return float(np.sum(change * energies) / 2 / (energies.sum() or 1.0))


def moved_db(before: Run, after: Run) -> float:
    """Return the energy that changed its source in dB below the recording's; −inf for none."""
    share = moved_share(before, after)
    return float(10 * np.log10(share)) if share > 0 else -np.inf


def _by_source(run: Run) -> dict[int, Array]:
    belongs = memberships_of(run)
    return {source.id: belongs[:, n] for n, source in enumerate(run.all_sources)}


def _distinct(run: Run, likeness: Likeness) -> Array:
    """Return the silhouettes of components in the groups that they are in, by their index."""
    found = np.zeros(run.n_indices)
    places = [component.index for component in run.components]
    labels = groups_of(run)[places].argmax(axis=1)
    found[places] = likeness.silhouettes(labels)
    return found
