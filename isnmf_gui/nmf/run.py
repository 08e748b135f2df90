"""One factorization on its way, in the engine's scale and layout."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.divergence import Divergence, ItakuraSaito, OffsetItakuraSaito
from isnmf_gui.nmf.matrices import checked_matrix, engine_power, mean_level
from isnmf_gui.nmf.results import (
    Checkpoint,
    Conditions,
    Ending,
    Factorization,
    OnProgress,
    Progress,
)
from isnmf_gui.nmf.rules import Memory, Rule, State, rule_named
from isnmf_gui.nmf.starts import random_start, temper

Array = NDArray[np.floating]

#: Floor of model and denominators in the published example, in the recording's own units.
ABSOLUTE_FLOOR = 1e-12
#: Smallest element of basis and activation at mean power 1: a factor that reached zero could
#: never leave it again.
FACTOR_FLOOR = 1e-15
#: Smallest power that the model is told apart from zero by, at mean power 1: far below any
#: floor of the power, and as small as float32 and float64 allow (its inverse is squared).
MODEL_FLOORS = {np.dtype(np.float32): 1e-13, np.dtype(np.float64): 1e-100}
#: The relative change of the loss is judged over this many iterations.
TOLERANCE_WINDOW = 10
#: So many frames, or twice as many, tell recordings apart.
FINGERPRINT_FRAMES = 64


class Run:
    """A factorization that is being made.

    Parameters
    ----------
    power : ndarray, shape (n_bins, n_frames)
        Checked.
    n_bases : int
        Number of components.
    rule : str
        Name of the rule.
    q : float
        2 / p.
    floor : float or "absolute"
        Smallest relative power.
    dtype : dtype
        Precision.
    n_threads : int or None
        None: one for every core.
    overwrite : bool
        Whether the engine's own power may take the place of the given one.
    """

    def __init__(
        self,
        power: NDArray[np.generic],
        n_bases: int,
        rule: str,
        q: float,
        floor: float | Literal["absolute"],
        dtype: np.dtype[np.floating],
        n_threads: int | None,
        overwrite: bool = False,
    ) -> None:
        self.n_bases, self.rule_name, self.q = n_bases, rule, q
        self.divergence: Divergence
        if floor == "absolute":
            self.scale = 1.0
            self.factor_floor, self.denominator_floor = 0.0, ABSOLUTE_FLOOR
            self.X = engine_power(power, 1.0, 0.0, dtype, overwrite)
            self.divergence = OffsetItakuraSaito(q, ABSOLUTE_FLOOR)
        else:
            self.scale = mean_level(power)
            self.factor_floor, self.denominator_floor = FACTOR_FLOOR, 0.0
            self.X = engine_power(power, self.scale, floor, dtype, overwrite)
            self.divergence = ItakuraSaito(q, MODEL_FLOORS[dtype] ** (1 / q))
        self.walker = Walker(self.X, n_bases, n_threads, self.divergence.is_compiled)
        recording = ((len(self.X), self.X.shape[1]), self.scale, _fingerprint(self.X))
        self.conditions = Conditions(*recording, rule, q, n_bases, floor, dtype)
        self.memory: Memory | None = None
        self.rule: Rule | None = None
        self.loss: list[float] = []

    @property
    def basis_scale(self) -> float:
        """What the scale of the power means for the basis."""
        return float(self.scale ** (1 / self.q))

    def draw(self, seed: int, basis: ArrayLike | None, activation: ArrayLike | None) -> None:
        """Draw the start, and put given factors in its place.

        Parameters
        ----------
        seed : int
            Of the random start.
        basis : array_like, shape (n_bins, n_bases), or None
            Given basis in the units of the recording; None: a random one.
        activation : array_like, shape (n_bases, n_frames), or None
            Given activation; None: a random one.
        """
        n_frames, n_bins = self.X.shape
        if basis is None or activation is None:
            T, V = random_start(n_bins, n_frames, self.n_bases, seed, self.X.dtype)
        if basis is not None:
            T = _given(basis, "basis", (n_bins, self.n_bases)) / self.basis_scale
        if activation is not None:
            V = _given(activation, "activation", (self.n_bases, n_frames))
        rows = [np.ascontiguousarray(factor.T, self.X.dtype) for factor in (T, V)]
        self._set_state(*(np.maximum(factor, self.factor_floor, out=factor) for factor in rows))

    def resume(self, result: Factorization) -> None:
        """Go on where a run ended.

        Raises
        ------
        SettingsError
            If it was made with another recording, rule, domain, number of bases, floor or
            precision.
        """
        checkpoint = result.checkpoint
        if checkpoint is None or checkpoint.conditions != self.conditions:
            raise SettingsError(
                "A factorization can be continued only with the same recording, rule, domain, "
                "number of bases, floor and precision."
            )
        self._set_state(checkpoint.T.copy(), checkpoint.V.copy())
        self.memory = None if checkpoint.memory is None else checkpoint.memory.copy()
        self.loss = result.loss.tolist()

    def _set_state(self, T: Array, V: Array) -> None:
        self.state = State(
            self.walker, self.divergence, T, V, self.factor_floor, self.denominator_floor
        )

    def iterate(
        self,
        n_iterations: int,
        tolerance: float,
        tempered: bool,
        on_progress: OnProgress | None,
    ) -> Ending:
        """Do the iterations; return why they ended.

        Parameters
        ----------
        n_iterations : int
            How many at most.
        tolerance : float
            Relative change of the loss below which to stop; 0: never.
        tempered : bool
            Whether to begin with iterations of the tempered start.
        on_progress : callable or None
            Called after each iteration; False stops.

        Returns
        -------
        Ending
            Whether all were done, the loss had settled, or it was stopped.
        """
        began, target = time.perf_counter(), len(self.loss) + n_iterations

        def keep_on() -> bool:
            if on_progress is None:
                return True
            seconds = time.perf_counter() - began
            done = len(self.loss)
            progress = Progress(done, target, tuple(self.loss), seconds, self.factors)
            return bool(on_progress(progress))

        with self.walker:
            cancelled = tempered and not self._temper(keep_on)
            self.state.measure()
            rule = self.rule = rule_named(self.rule_name, self.state, self.memory)
            while len(self.loss) < target:
                rule.iterate(self.state)
                # A perfect fit may round to less than nothing.
                self.loss.append(max(rule.lowest(self.state), 0.0))
                # Cancelled while it was tempered, it still got one iteration: a result has a loss.
                if cancelled or not keep_on():
                    return "cancelled"
                if _has_settled(self.loss, tolerance):
                    return "tolerance"
                if rule.is_exhausted:
                    return "settled"
        return "iterations"

    def _temper(self, keep_on: Callable[[], bool]) -> bool:
        """Temper the start; return whether it was kept on to the end."""
        # Where the model lies below its floor the updates may overshoot, so it begins above.
        least = max((self.divergence.model_floor / self.n_bases) ** 0.5, FACTOR_FLOOR)
        return temper(self.walker, self.state.T, self.state.V, self.q, least, keep_on)

    def factors(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return copies of basis (n_bins, n_bases) and activation (n_bases, n_frames).

        In the units of the recording.
        """
        T, V = self.rule.best(self.state) if self.rule else (self.state.T, self.state.V)
        basis = T.T.astype(np.float64, order="C") * self.basis_scale
        return basis, V.T.astype(np.float64, order="C")

    def result(self, stopped: Ending) -> Factorization:
        """Return what was reached."""
        assert self.rule is not None  # a result has at least one iteration
        memory = self.rule.memory
        checkpoint = Checkpoint(self.state.T, self.state.V, memory, self.conditions)
        loss = np.array(self.loss, np.float64)
        self.walker.release()  # before copies of the factors need room
        del self.X
        restarts = memory.restarts if memory else 0
        return Factorization(*self.factors(), loss, stopped, restarts, checkpoint)


def _fingerprint(X: Array) -> int:
    """Return a number that tells recordings apart, from some of the frames."""
    return zlib.crc32(np.ascontiguousarray(X[:: max(1, len(X) // FINGERPRINT_FRAMES)]).data)


def _has_settled(loss: list[float], tolerance: float) -> bool:
    if tolerance <= 0 or len(loss) <= TOLERANCE_WINDOW:
        return False
    before, now = loss[-1 - TOLERANCE_WINDOW], loss[-1]
    return before - now <= tolerance * TOLERANCE_WINDOW * abs(before)


def _given(values: ArrayLike, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    matrix = checked_matrix(values, name)
    if matrix.shape != shape:
        raise SettingsError(f"The given {name} has the shape {matrix.shape} instead of {shape}.")
    return matrix.astype(np.float64)
