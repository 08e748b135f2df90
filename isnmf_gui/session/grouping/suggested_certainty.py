"""How sure a suggestion of sources is, before it is taken."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from isnmf_gui.session.document.component_sounds import energies_of
from isnmf_gui.session.document.document import Run
from isnmf_gui.session.grouping.certainty import BORDER, DISTINCT, PLACED, Certainty
from isnmf_gui.session.grouping.suggesting import Suggestion
from isnmf_gui.session.runs.part_energies import SHARE


def suggested_certainty(
    run: Run, suggestion: Suggestion, by_hand: Collection[int] = ()
) -> Certainty:
    """Tell how sure the sources of a run will be if a suggestion is taken.

    Parameters
    ----------
    run : Run
        What the suggestion was made for.
    suggestion : Suggestion
        Of its components, in their order.
    by_hand : collection of int
        Indices of those that a person put elsewhere, or made sure of.

    Returns
    -------
    Certainty
        As `certainty_of` tells it of a run without strokes.
    """
    chances = np.zeros(run.n_indices)
    odds = BORDER + DISTINCT * np.array(suggestion.confidence)
    chances[[it.index for it in run.components]] = 1 / (1 + np.exp(-odds))
    chances[list(by_hand)] = PLACED
    energies = energies_of(run, SHARE)
    return Certainty(chances, float(chances @ energies / (energies.sum() or 1.0)))
