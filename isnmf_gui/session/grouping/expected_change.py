"""How much an answer may be expected to change: the measure by which questions are chosen.

What is asked says most where its answer would change most of the sound, on average over the
answers that are likely. A place is taken as one observation of the memberships A with the shares
φ of its energy: with P = (G + R)⁻¹ of `nmf.guidance`, and components that it moves to source s,

    ΔA = u (e_s − φᵀA)ᵀ + (P − u (Pφ)ᵀ) R ΔA₀,  u = P φ / (1 + φᵀ P φ)

(Sherman and Morrison), so no system is solved for any place. The change of the sound is the square
root of tr(ΔAᵀ M ΔA), with M = Σ X φ φᵀ, and of what is labelled in the place itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.guidance import LEAST_ENERGY, LEAST_STROKES, MOVING_RATIO, MOVING_SHARE

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

#: What is labelled in the place itself counts so much: it is little of a recording.
LABELLED = 0.3


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of the components, before the next question.

    Attributes
    ----------
    memberships : ndarray of float64, shape (n_components, n_sources)
        A.
    groups : ndarray of float64, like `memberships`
        One-hot: where components are put.
    energies : ndarray of float64, shape (n_components,)
        a.
    shares, painted : ndarray of float64, shape (n_strokes, n_components)
        What each stroke says: Σ w φ, and Σ X φ as a share of all energy.
    labels : ndarray of int, shape (n_strokes,)
        The sources that strokes are of.
    """

    memberships: Array
    groups: Array
    energies: Array
    shares: Array
    painted: Array
    labels: Indices

    @property
    def held(self) -> Array:
        """Which share of each component was painted as each source, like `memberships`."""
        held = np.zeros_like(self.groups)
        for painted, label in zip(self.painted, self.labels, strict=True):
            held[:, label] += painted
        return held / np.maximum(self.energies, LEAST_ENERGY)[:, None]

    @property
    def said(self) -> Array:
        """C, like `memberships`."""
        said = np.zeros_like(self.groups)
        for share, label in zip(self.shares, self.labels, strict=True):
            said[:, label] += share
        return said

    @property
    def weights(self) -> Array:
        """R, shape (n_components,)."""
        n_strokes = max(len(self.shares), LEAST_STROKES)
        return n_strokes * np.maximum(self.energies, LEAST_ENERGY)


def expected_changes(
    known: Known, shares: Array, energies: Array, overlap: Array, chances: Array
) -> Array:
    """Return how much the answer about each place changes, on average.

    Parameters
    ----------
    known : Known
        What is known before.
    shares, energies : ndarray, shape (n_places, n_components)
        What strokes in these places would say, as in `Known`.
    overlap : ndarray, shape (n_components, n_components)
        M.
    chances : ndarray, shape (n_places, n_sources)
        How likely each answer is; 0 for those that are not offered.

    Returns
    -------
    ndarray of float64, shape (n_places,)
        From 0: amplitudes relative to the recording's.
    """
    system = known.shares.T @ known.shares + np.diag(known.weights)
    inverse = np.asarray(np.linalg.inv(system), np.float64)
    given = shares @ inverse
    gains = given / (1 + np.sum(given * shares, axis=1, keepdims=True))
    every, start = np.eye(chances.shape[1]), _start(known)
    solved = inverse @ (known.said + known.weights[:, None] * every[start])
    before, now = _as_memberships(solved[:, None]), shares @ solved
    surprising, whole = shares @ known.memberships, energies.sum(axis=1)
    result = np.zeros(len(shares))
    for label in np.flatnonzero(chances.any(axis=0)).tolist():
        moved = every[_start_after(known, energies, label).T] - every[start][:, None]
        changed = _pushed(inverse, known.weights[:, None, None] * moved)
        pull = every[label] - now - np.einsum("nk,kns->ns", shares, changed)
        changed += gains.T[:, :, None] * pull[None]
        changed = _as_memberships(solved[:, None] + changed) - before
        labelled = whole * np.sum((every[label] - surprising) ** 2, axis=1)
        power = _power(overlap, changed) + LABELLED * labelled
        result += chances[:, label] * np.sqrt(np.maximum(power, 0))
    return result


def _start(known: Known) -> Indices:
    """Return which source the prior puts each component in, shape (n_components,)."""
    nothing = np.zeros((1, len(known.energies)))
    return np.asarray(_start_after(known, nothing, 0)[0], np.intp)


def _start_after(known: Known, energies: Array, label: int) -> Indices:
    """Return the same after a stroke of a source in each place, (n_places, n_components)."""
    held, own = known.held, known.groups.argmax(axis=1)
    then = held[:, label] + energies / np.maximum(known.energies, LEAST_ENERGY)
    others = held.copy()
    others[:, label] = -1
    best = np.where(then > others.max(axis=1), label, others.argmax(axis=1))
    of_own = np.where(own == label, then, held[np.arange(len(own)), own])
    most = np.maximum(then, others.max(axis=1))
    moves = (most > MOVING_SHARE) & (most > MOVING_RATIO * of_own)
    return np.asarray(np.where(moves, best, own), np.intp)


def _pushed(inverse: Array, weighed: Array) -> Array:
    """Return P R ΔA₀ for each place, shape (n_components, n_places, n_sources)."""
    return np.asarray((inverse @ weighed.reshape(len(inverse), -1)).reshape(weighed.shape))


def _as_memberships(solved: Array) -> Array:
    """Return solutions with nothing below 0 and sums of 1."""
    solved = np.maximum(solved, 0)
    return np.asarray(solved / np.maximum(solved.sum(axis=2, keepdims=True), 1e-9))


def _power(overlap: Array, changed: Array) -> Array:
    """Return tr(ΔAᵀ M ΔA) for each place, shape (n_places,)."""
    weighed = (overlap @ changed.reshape(len(overlap), -1)).reshape(changed.shape)
    return np.asarray(np.einsum("kns,kns->n", weighed, changed))
