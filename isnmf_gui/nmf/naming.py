"""Which of several names each group of components has, as far as strokes tell.

Groups that were proposed have no names. With groups H (one-hot) and a naming π, the system of
`nmf.guidance` starts from A₀ = H π, and its least sum of squares is, but for what no naming
changes,

    −Σ_g B[g, π(g)],  B = 2 Hᵀ R (G + R)⁻¹ C

so a naming is as likely as exp(Σ_g B[g, π(g)] / τ). A person corrects what is wrong, so the first
strokes are often on what a group has by mistake: while they leave names open, what is heard of a
group is shared among the names by their chances, which costs less than a wrong name.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import Evidence, prior_weights

Array = NDArray[np.float64]

#: τ, in squares of strokes.
TEMPERATURE = 0.3
#: Of more groups there are too many namings to try: each counts as having the name it has.
MOST_TRIED = 7


def name_scores(
    evidence: Sequence[Evidence], labels: Sequence[int], groups: Array, energies: Array
) -> Array:
    """Return what speaks for each name of each group.

    Parameters
    ----------
    evidence : sequence of Evidence
        Of each stroke, or of all those of a name together.
    labels : sequence of int
        The name that each is of.
    groups : ndarray, shape (n_components, n_groups)
        One-hot; zeros for components of no group.
    energies : ndarray, shape (n_components,)
        Each component's share of the energy.

    Returns
    -------
    ndarray of float64, shape (n_groups, n_groups)
        B: a row for each group, a column for each name.
    """
    if not evidence:
        return np.zeros((groups.shape[1], groups.shape[1]))
    weight = prior_weights(evidence, energies)
    gram = np.sum([it.gram for it in evidence], axis=0)
    said = np.zeros_like(groups)
    for each, label in zip(evidence, labels, strict=True):
        said[:, label] += each.share
    found: Array = 2 * (weight[:, None] * groups).T @ np.linalg.solve(gram + np.diag(weight), said)
    return found


def name_chances(scores: Array) -> Array:
    """Return how likely each group has each name.

    Parameters
    ----------
    scores : ndarray, shape (n_groups, n_groups)
        B.

    Returns
    -------
    ndarray of float64, shape (n_groups, n_groups)
        Rows and columns sum to 1: every name is of one group.
    """
    if len(scores) > MOST_TRIED:
        return np.eye(len(scores))
    namings = _namings(len(scores))
    of_each = _of(namings, scores)
    chances = np.exp((of_each - of_each.max()) / TEMPERATURE)
    chances /= chances.sum()
    found = np.zeros_like(scores)
    for group, names in enumerate(namings.T):
        np.add.at(found[group], names, chances)
    return found


def _namings(n_groups: int) -> NDArray[np.intp]:
    """Return all namings, shape (n_namings, n_groups), names as they are first."""
    return np.array(list(itertools.permutations(range(n_groups))), np.intp)


def _of(namings: NDArray[np.intp], scores: Array) -> Array:
    found: Array = scores[np.arange(len(scores)), namings].sum(axis=1)
    return found
