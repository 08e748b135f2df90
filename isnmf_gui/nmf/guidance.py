"""What a person says of some bins sorts components into sources: a small linear system.

φ_k(b) is the share that component k has of bin b; the shares of a bin sum to 1. A stroke labels
bins b with weights w (summing to 1) as source s. Sought are memberships A (n_components,
n_sources), so that source s gets the share Σ_k A_ks φ_k(b) of every bin:

    G = Σ w φ φᵀ,  C_s = Σ w φ over the strokes of source s,
    A = (G + R)⁻¹ (C + R A₀),  R = max(J, 4) · diag(a)

the least squares of w (Σ_k A_ks φ_k − [s is the bin's])², drawn towards a prior A₀ by components'
shares a of all energy; J is the number of strokes. Sums may be added and taken away again in any
order. Nothing is iterated, and no factor is changed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

#: So many strokes the prior weighs at least.
LEAST_STROKES = 4
#: The prior of a component that a person put somewhere weighs so much more.
PLACED = 30.0
#: A component leaves its source if strokes of another hold this share of its energy, and this many
#: times as much as those of its own.
MOVING_SHARE, MOVING_RATIO = 0.05, 2.0
#: What renaming all groups costs, in squares of strokes.
RENAMING = 0.3
#: With more groups there are too many namings to try.
MOST_TRIED = 6
# Components without energy: the system stays solvable.
LEAST_ENERGY = 1e-9


@dataclass(frozen=True, eq=False)
class Evidence:
    """What one stroke says of the components, or several do together.

    Attributes
    ----------
    gram : ndarray of float64, shape (n_components, n_components)
        Σ w φ φᵀ over its bins.
    share : ndarray of float64, shape (n_components,)
        Σ w φ.
    energy : ndarray of float64, shape (n_components,)
        Σ X φ over its bins, as a share of the recording's energy.
    n_strokes : int
        How many strokes it is of.
    """

    gram: Array
    share: Array
    energy: Array
    n_strokes: int = 1

    def __add__(self, other: Evidence) -> Evidence:
        """Return what both say together."""
        return self._with(other, 1)

    def __sub__(self, other: Evidence) -> Evidence:
        """Return what is left when some of it is taken away again."""
        return self._with(other, -1)

    def _with(self, other: Evidence, sign: int) -> Evidence:
        return Evidence(
            self.gram + sign * other.gram,
            self.share + sign * other.share,
            self.energy + sign * other.energy,
            self.n_strokes + sign * other.n_strokes,
        )


def evidence_of(shares: Array, weights: Array, power: Array, total: float) -> Evidence:
    """Sum up what a stroke says.

    Parameters
    ----------
    shares : ndarray, shape (n_bins, n_components)
        φ in each of its bins.
    weights : ndarray, shape (n_bins,)
        How much each bin counts.
    power : ndarray, shape (n_bins,)
        X in each of them.
    total : float
        ΣX over the whole recording.

    Returns
    -------
    Evidence
        Zeros for no bins.
    """
    shares = np.asarray(shares, np.float64)
    weighed = shares * np.asarray(weights, np.float64)[:, None]
    energy = np.asarray(power, np.float64) @ shares / (total or 1.0)
    return Evidence(weighed.T @ shares, weighed.sum(axis=0), energy)


def memberships(
    evidence: Sequence[Evidence],
    labels: Sequence[int],
    prior: Array,
    energies: Array,
    *,
    placed: NDArray[np.bool_] | None = None,
    locked: Sequence[int] = (),
) -> Array:
    """Return how much of each component belongs to each source.

    Parameters
    ----------
    evidence : sequence of Evidence
        Of each stroke, or of all those of a source together.
    labels : sequence of int
        The source that each is of, as a column of the prior.
    prior : ndarray, shape (n_components, n_sources)
        A₀: the present groups, one-hot.
    energies : ndarray, shape (n_components,)
        Each component's share of the energy: Σ X φ / ΣX.
    placed : ndarray of bool, shape (n_components,), optional
        Components that a person put where they are.
    locked : sequence of int, optional
        Sources that keep what they have, and get nothing.

    Returns
    -------
    ndarray of float64, shape (n_components, n_sources)
        From 0; rows sum to 1. Without evidence it is the prior.
    """
    counting = [n for n, label in enumerate(labels) if label not in set(locked)]
    evidence, labels = [evidence[n] for n in counting], [labels[n] for n in counting]
    stays: NDArray[np.bool_] = np.asarray(prior[:, list(locked)].any(axis=1))
    stays = stays if placed is None else stays | placed
    start = _moved(evidence, labels, prior, energies, stays)
    if not evidence:
        return start
    gram = np.sum([it.gram for it in evidence], axis=0)
    said = np.zeros_like(start)
    for each, label in zip(evidence, labels, strict=True):
        said[:, label] += each.share
    n_strokes = sum(it.n_strokes for it in evidence)
    weight = max(n_strokes, LEAST_STROKES) * np.maximum(energies, LEAST_ENERGY)
    if placed is not None:
        weight = np.where(placed, PLACED * weight, weight)
    solved = np.linalg.solve(gram + np.diag(weight), said + weight[:, None] * start)
    found = _with_locked(np.maximum(solved, 0), start, locked)
    sums = found.sum(axis=1, keepdims=True)
    return np.where(sums > 1e-12, found / np.where(sums == 0, 1, sums), start)


def best_names(
    evidence: Sequence[Evidence], labels: Sequence[int], groups: Array, energies: Array
) -> list[int]:
    """Return the names of groups with which strokes have the least to change.

    Groups that were proposed have no names; the first strokes tell them, though some of them are
    on what a group has wrongly. For every naming the system is solved, and the one with the least
    sum of squares is taken; leaving names as they are is a little cheaper.

    Parameters
    ----------
    evidence : sequence of Evidence
        Of each stroke.
    labels : sequence of int
        The name that each stroke is of.
    groups : ndarray, shape (n_components, n_groups)
        One-hot.
    energies : ndarray, shape (n_components,)
        Each component's share of the energy.

    Returns
    -------
    list of int
        For each group the place of its name.
    """
    n_groups = groups.shape[1]
    if not evidence or n_groups > MOST_TRIED:
        return list(range(n_groups))
    weight = max(len(evidence), LEAST_STROKES) * np.maximum(energies, LEAST_ENERGY)
    inverse = np.linalg.inv(np.sum([it.gram for it in evidence], axis=0) + np.diag(weight))
    said = np.zeros_like(groups)
    for each, label in zip(evidence, labels, strict=True):
        said[:, label] += each.share

    def cost(names: Sequence[int]) -> float:
        named = groups[:, np.argsort(names)]
        wanted = said + weight[:, None] * named
        kept = float(energies @ (named * groups).sum(axis=1))
        return float(-np.sum(wanted * (inverse @ wanted))) - RENAMING * kept

    best = min(itertools.permutations(range(n_groups)), key=cost)
    return list(best)


def _moved(
    evidence: Sequence[Evidence],
    labels: Sequence[int],
    prior: Array,
    energies: Array,
    stays: NDArray[np.bool_],
) -> Array:
    """Return the prior with components in the source that was painted over most of them."""
    prior = np.array(prior, np.float64)
    painted = np.zeros_like(prior)
    for each, label in zip(evidence, labels, strict=True):
        painted[:, label] += each.energy
    painted /= np.maximum(energies, LEAST_ENERGY)[:, None]
    every, own, best = np.arange(len(prior)), prior.argmax(axis=1), painted.argmax(axis=1)
    most = painted[every, best]
    moves = (most > MOVING_SHARE) & (most > MOVING_RATIO * painted[every, own]) & ~stays
    prior[moves] = 0.0
    prior[every[moves], best[moves]] = 1.0
    return prior


def _with_locked(found: Array, start: Array, locked: Sequence[int]) -> Array:
    """Let locked sources keep what they had, and the others share the rest."""
    if not len(locked):
        return found
    others = [s for s in range(found.shape[1]) if s not in set(locked)]
    found[:, locked] = start[:, locked]
    rest = 1 - found[:, locked].sum(axis=1)
    sums = found[:, others].sum(axis=1)
    scale = np.divide(rest, sums, out=np.zeros_like(rest), where=sums > 1e-12)
    found[:, others] *= scale[:, None]
    return found
