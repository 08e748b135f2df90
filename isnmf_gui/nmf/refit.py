"""Fitting a few bases anew while the rest of the model stays as it is.

With Z = Z_fixed + T V the sums of the updates are those of `divergence`, and the majorizer is a
sum over the elements of T and V as before, the fixed part being one more term of it: so the loss
does not rise. Letters as in `divergence`.

T is fitted to as many frames as fit into a bounded memory: all of a short recording, and of a
long one those where the bases are strong, and some from everywhere. Then V of every frame is
fitted to this T, block by block. Power and Z_fixed of the whole recording are never there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from isnmf_gui.errors import Stopped
from isnmf_gui.nmf.blocks import Walker, available_cores, single_threaded_blas
from isnmf_gui.nmf.divergence import ItakuraSaito
from isnmf_gui.nmf.rules import RELAXATION, State, rule_named
from isnmf_gui.nmf.run import FACTOR_FLOOR, MODEL_FLOORS
from isnmf_gui.nmf.updates import power

Array = NDArray[np.floating]
#: Returns of frames [first, last) the power X, and Z_fixed: each of shape (n_frames, n_bins).
Read = Callable[[int, int], tuple[Array, Array]]
#: Returns an array of some figures of a block, given X, Z_fixed, T and V of its frames.
Measure = Callable[[Array, Array, Array, Array], NDArray[np.float64]]

#: T is fitted to so many elements of X at most: 64 MB of it, and as much of Z_fixed.
MOST_ELEMENTS = 1 << 24
#: Frames that are chosen together, and those that a thread works on at once.
RUN_FRAMES, BLOCK_FRAMES = 64, 256
# This share of the chosen frames lies where the bases are strong, the rest all over.
WHERE_STRONG = 0.3
# V alone is updated until the loss of a block falls by less than this share, or so many times.
SETTLED, MOST_LAST_ITERATIONS = 1e-5, 60
DTYPE = np.dtype(np.float32)


@dataclass(frozen=True, eq=False)
class Refitted:
    """What came of fitting some bases anew.

    Attributes
    ----------
    basis : ndarray of float64, shape (n_bases, n_bins)
        T.
    activation : ndarray of float64, shape (n_frames, n_bases)
        V.
    losses : ndarray of float64
        The Itakura-Saito divergence of the chosen frames after each iteration of T and V.
    loss : float
        That of all frames in the end.
    measured : ndarray of float64
        What `measure` said of the blocks, summed up.
    """

    basis: NDArray[np.float64]
    activation: NDArray[np.float64]
    losses: NDArray[np.float64]
    loss: float
    measured: NDArray[np.float64]


def refit(
    read: Read,
    basis: Array,
    activation: Array,
    domain: float,
    n_iterations: int,
    floor: float,
    measure: Measure,
    on_progress: Callable[[float], bool] | None = None,
) -> Refitted:
    """Fit T and V so that X ≈ (Z_fixed + T V)^(2/p), in single precision.

    Parameters
    ----------
    read : callable
        Returns the power and the rest of the model, which is not negative, of a range of frames.
        Called in several threads.
    basis : ndarray, shape (n_bases, n_bins)
        T to begin with, positive.
    activation : ndarray, shape (n_frames, n_bases)
        V to begin with, positive.
    domain : float
        p.
    n_iterations : int
        Of T and V, by the fast rule.
    floor : float
        Smallest power, relative to the mean.
    measure : callable
        Asked for figures of each block in the end, with T and V as they are returned. Called in
        several threads.
    on_progress : callable, optional
        Told the share that is done; returns whether to go on.

    Returns
    -------
    Refitted
        T, V, and how well they fit.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    fit = _Fit(read, basis, activation, 2 / domain, floor, measure, on_progress)
    with single_threaded_blas():
        pool = ThreadPoolExecutor(available_cores(), "refit")
        try:
            losses = fit.both(pool, n_iterations)
            return fit.rest(pool, losses)
        finally:
            pool.shutdown(cancel_futures=True)


class _Fit:
    """T and V on their way, in the engine's scale: mean power 1, bases that peak at 1."""

    def __init__(
        self,
        read: Read,
        basis: Array,
        activation: Array,
        q: float,
        floor: float,
        measure: Measure,
        on_progress: Callable[[float], bool] | None,
    ) -> None:
        self.read, self.measure, self.on_progress = read, measure, on_progress
        self.q, self.floor = q, floor
        self.divergence = ItakuraSaito(q, MODEL_FLOORS[DTYPE] ** (1 / q))
        self.multiplier = power(RELAXATION / q)
        self.peaks = basis.max(axis=1).astype(np.float64)
        self.T = _floored(basis / self.peaks[:, None])
        self.V = activation * self.peaks
        self.blocks = _ranges(len(activation), BLOCK_FRAMES)
        self.chosen = _chosen(self.V.sum(axis=1), MOST_ELEMENTS // basis.shape[1])
        self.scale = self.unit = 1.0
        self.n_done, self.n_steps = 0, len(self.blocks)

    def both(self, pool: ThreadPoolExecutor, n_iterations: int) -> list[float]:
        """Fit T and V to the chosen frames; return the loss after each iteration."""
        self.n_steps += n_iterations
        X, Z = self._gathered(pool)
        self.V = _floored(self.V / self.unit)
        V = np.concatenate([self.V[slice(*it)] for it in self.chosen])
        losses: list[float] = []
        with Walker(X, len(self.T), fixed=Z) as walker:
            state = State(walker, self.divergence, self.T, V, FACTOR_FLOOR)
            state.measure()
            rule = rule_named("fast", state, None)
            while len(losses) < n_iterations and not rule.is_exhausted:
                rule.iterate(state)
                losses.append(max(rule.lowest(state), 0.0))
                self._tell(1)
        self._tell(n_iterations - len(losses))
        self.T, V = rule.best(state)
        for frames, place in zip(self.chosen, _places(self.chosen), strict=True):
            self.V[slice(*frames)] = V[place]
        return losses

    def _gathered(self, pool: ThreadPoolExecutor) -> tuple[Array, Array]:
        """Return X and Z_fixed of the chosen frames, one after the other, and find the scale."""
        places = _places(self.chosen)
        firsts = self.read(*self.chosen[0])
        X, Z = (np.empty((places[-1].stop, it.shape[1]), it.dtype) for it in firsts)

        def fill(frames: tuple[int, int], place: slice) -> None:
            X[place], Z[place] = self.read(*frames)

        list(pool.map(fill, self.chosen, places))
        self.scale = float(X.mean(dtype=np.float64)) or 1.0
        self.unit = self.scale ** (1 / self.q)
        return self._scaled(X, Z, X, Z)

    def _scaled(
        self, power: Array, fixed: Array, to_X: Array | None = None, to_Z: Array | None = None
    ) -> tuple[Array, Array]:
        """Return X and Z_fixed in the engine's scale, written to arrays or into new ones."""
        X = np.divide(power, self.scale, out=to_X)
        X = np.maximum(X, self.floor, out=X).astype(DTYPE, copy=False)
        return X, np.divide(fixed, self.unit, out=to_Z).astype(DTYPE, copy=False)

    def rest(self, pool: ThreadPoolExecutor, losses: list[float]) -> Refitted:
        """Fit V of every block to T, and measure it."""
        waiting = [pool.submit(self._block, *block) for block in self.blocks]
        loss, measured = 0.0, np.zeros(())
        for block in waiting:
            of_block, figures = block.result()
            loss, measured = loss + of_block, measured + figures
            self._tell(1)
        basis = self.T.astype(np.float64) * self.peaks[:, None]
        activation = self.V.astype(np.float64) * (self.unit / self.peaks)
        return Refitted(basis, activation, np.array(losses), loss, measured)

    def _block(self, first: int, last: int) -> tuple[float, NDArray[np.float64]]:
        """Fit V of frames [first, last); return their loss and their figures."""
        power, fixed = self.read(first, last)
        X, Z = self._scaled(power, fixed)
        V = self.V[first:last]
        with Walker(X, len(self.T), 1, fixed=Z) as walker:
            loss = self._settle(walker, V)
        return loss, self.measure(power, fixed, self.T, V * self.unit)

    def _settle(self, walker: Walker, V: Array) -> float:
        """Update V alone until the loss falls no more; return the loss."""
        state = State(walker, self.divergence, self.T, V, FACTOR_FLOOR)
        step, before = state.step(self.T, self.multiplier), np.inf
        for _ in range(MOST_LAST_ITERATIONS):
            walker.walk(self.divergence, self.T, V, state.sums, step)
            if before - state.sums.loss < SETTLED * state.sums.loss:
                break
            before = state.sums.loss
        return state.sums.loss

    def _tell(self, n_more: int) -> None:
        self.n_done += n_more
        if self.on_progress is not None and not self.on_progress(self.n_done / self.n_steps):
            raise Stopped


def _floored(factor: NDArray[np.float64]) -> Array:
    return np.maximum(factor, FACTOR_FLOOR).astype(DTYPE, order="C")


def _ranges(n_frames: int, size: int) -> list[tuple[int, int]]:
    """Cut frames into ranges of a size; the last may be shorter."""
    return [(first, min(first + size, n_frames)) for first in range(0, n_frames, size)]


def _places(ranges: Sequence[tuple[int, int]]) -> list[slice]:
    """Return where ranges lie if they are put one after the other."""
    ends = np.cumsum([0, *(last - first for first, last in ranges)]).tolist()
    return [slice(*pair) for pair in pairwise(ends)]


def _chosen(strength: NDArray[np.float64], most_frames: int) -> list[tuple[int, int]]:
    """Return ranges of frames by the strength of the bases in each, shape (n_frames,).

    All of them if there are no more frames than that.
    """
    ranges = _ranges(len(strength), RUN_FRAMES)
    n_wanted = max(1, most_frames // RUN_FRAMES)
    if len(ranges) <= n_wanted:
        return ranges
    strong = np.add.reduceat(strength, [first for first, _ in ranges]) / (strength.sum() or 1.0)
    reached = np.cumsum(WHERE_STRONG * strong + (1 - WHERE_STRONG) / len(ranges))
    marks = (np.arange(n_wanted) + 0.5) / n_wanted * reached[-1]
    return [ranges[place] for place in np.unique(np.searchsorted(reached, marks))]
