"""What a factorization reports while it runs, and what it gives in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.nmf.rules import Memory

Array = NDArray[np.floating]
Ending = Literal["iterations", "tolerance", "settled", "cancelled"]


class Conditions(NamedTuple):
    """What must be the same for a run to go on.

    Attributes
    ----------
    shape : (int, int)
        Of the power: n_frames, n_bins.
    scale : float
        What it was divided by.
    fingerprint : int
        Of some of its frames.
    rule, q, n_bases, floor, dtype
        Of the factorization, see `isnmf_gui.nmf.run.Run`.
    """

    shape: tuple[int, int]
    scale: float
    fingerprint: int
    rule: str
    q: float
    n_bases: int
    floor: float | Literal["absolute"]
    dtype: np.dtype[np.floating]


@dataclass(frozen=True, eq=False)
class Checkpoint:
    """Where a run ended, in the engine's own units, so that it can go on bit by bit.

    Attributes
    ----------
    T : ndarray, shape (n_bases, n_bins)
        Basis.
    V : ndarray, shape (n_frames, n_bases)
        Activation.
    memory : Memory or None
        What the rule remembers.
    conditions : Conditions
        What must be the same for the run to go on.
    """

    T: Array
    V: Array
    memory: Memory | None
    conditions: Conditions


@dataclass(frozen=True, eq=False)
class Factorization:
    """A finished (or cancelled) factorization.

    Attributes
    ----------
    basis : ndarray of float64, shape (n_bins, n_bases)
        T, in the units of power^(p/2).
    activation : ndarray of float64, shape (n_bases, n_frames)
        V, without unit.
    loss : ndarray of float64, shape (n_iterations,)
        The Itakura-Saito divergence, summed over all bins and frames, after each iteration; with
        the fast rule, that of the factors accepted by then.
    stopped : {"iterations", "tolerance", "settled", "cancelled"}
        Why it ended. "settled": the loss is as low as the precision can tell.
    restarts : int
        Iterations that the fast rule took back; 0 with the others.
    checkpoint : Checkpoint or None
        For `continue_from` of `factorize`.
    """

    basis: NDArray[np.float64]
    activation: NDArray[np.float64]
    loss: NDArray[np.float64]
    stopped: Ending
    restarts: int = 0
    checkpoint: Checkpoint | None = field(default=None, repr=False)

    @property
    def n_iterations(self) -> int:
        """Number of iterations done."""
        return len(self.loss)


@dataclass(frozen=True)
class Progress:
    """State of a running factorization, handed to `on_progress` after each iteration.

    Attributes
    ----------
    iteration : int
        Iterations done; 0 while the start is being prepared.
    n_iterations : int
        Iterations to do.
    loss : tuple of float
        The loss after each iteration so far.
    seconds : float
        Time since the start.
    snapshot : callable
        Returns copies of (basis, activation) as they are now, in the units of the result.
        To be called inside `on_progress` only.
    """

    iteration: int
    n_iterations: int
    loss: tuple[float, ...]
    seconds: float
    snapshot: Callable[[], tuple[NDArray[np.float64], NDArray[np.float64]]] = field(repr=False)


OnProgress = Callable[[Progress], bool]
