"""The factorization: X ≈ (T V)^(2/p) in the Itakura-Saito sense."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf.blocks import Sums, Walker
from isnmf_gui.nmf.divergence import ItakuraSaito, OffsetItakuraSaito, Ratios
from isnmf_gui.nmf.matrices import checked_matrix, engine_power, mean_level
from isnmf_gui.nmf.starts import STARTS, random_start, temper
from isnmf_gui.nmf.updates import RULES

Array = NDArray[np.floating]
Ending = Literal["iterations", "tolerance", "cancelled"]

#: Smallest power, relative to the recording's mean, that the factorization distinguishes.
DEFAULT_FLOOR = 1e-9
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


@dataclass(frozen=True)
class Factorization:
    """A finished (or cancelled) factorization.

    Attributes
    ----------
    basis : ndarray of float64, shape (n_bins, n_bases)
        T, in the units of power^(p/2).
    activation : ndarray of float64, shape (n_bases, n_frames)
        V, without unit.
    loss : ndarray of float64, shape (n_iterations,)
        The Itakura-Saito divergence, summed over all bins and frames, after each iteration.
    stopped : {"iterations", "tolerance", "cancelled"}
        Why it ended.
    """

    basis: NDArray[np.float64]
    activation: NDArray[np.float64]
    loss: NDArray[np.float64]
    stopped: Ending

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


def factorize(
    power: ArrayLike,
    n_bases: int,
    *,
    rule: str = "me",
    domain: float = 2.0,
    n_iterations: int = 100,
    tolerance: float = 0.0,
    start: str = "random",
    seed: int = 0,
    basis: ArrayLike | None = None,
    activation: ArrayLike | None = None,
    floor: float | Literal["absolute"] = DEFAULT_FLOOR,
    dtype: DTypeLike | None = None,
    n_threads: int | None = None,
    on_progress: OnProgress | None = None,
) -> Factorization:
    """Factorize a power spectrogram: X ≈ (T V)^(2/p).

    The power is brought to mean 1 and floored there, and the scale is undone at the end, so the
    result does not depend on the gain of the recording.

    Parameters
    ----------
    power : array_like, shape (n_bins, n_frames)
        X, real, finite and non-negative.
    n_bases : int
        Number of components.
    rule : {"mm", "me"}
        Majorization-minimization, or the faster majorization-equalization.
    domain : float
        p, from 1 to 2.
    n_iterations : int
        Most iterations to do.
    tolerance : float
        Stop when the loss has fallen by less than this share of itself, per iteration, over the
        last 10 iterations. 0: never.
    start : {"random", "tempered"}
        Uniform random factors, or the same improved by 20 Kullback-Leibler iterations.
    seed : int
        Of the random start.
    basis : array_like, shape (n_bins, n_bases), optional
        T to start from, in the units of the result; what is not given is drawn at random.
    activation : array_like, shape (n_bases, n_frames), optional
        V to start from.
    floor : float or "absolute"
        Smallest power, relative to the mean. "absolute": no scaling; model and denominators are
        floored at 1e-12 and 1e-12 is added to both in the loss, as in the published example.
    dtype : {float32, float64}, optional
        Precision of the iterations; by default float32 for float16 and float32 input, else
        float64.
    n_threads : int, optional
        By default one for every core the process may use.
    on_progress : callable, optional
        Called after each iteration with a `Progress`; returns whether to go on.

    Returns
    -------
    Factorization
        The factors are float64 whatever `dtype`, so that undoing the scale cannot underflow.

    Raises
    ------
    MatrixError
        If a matrix has a wrong shape, or a value that is negative or not finite.
    SettingsError
        If another argument is out of range.

    Notes
    -----
    Updates: see `isnmf_gui.nmf.updates`. Order within an iteration: basis, then activation.
    """
    _check_settings(n_bases, rule, domain, n_iterations, tolerance, start, seed, floor, n_threads)
    matrix = checked_matrix(power, "power spectrogram")
    run = _Run(matrix, n_bases, RULES[rule], 2 / domain, floor, _engine_dtype(matrix, dtype))
    tempered = start == "tempered"
    run.set_start(seed, basis, activation)
    with Walker(run.X, n_bases, n_threads) as walker:
        stopped = run.iterate(walker, n_iterations, tolerance, tempered, on_progress)
    return Factorization(*run.factors(), np.array(run.loss, np.float64), stopped)


class _Run:
    """One factorization on its way, in the engine's scale and layout."""

    def __init__(
        self,
        power: NDArray[np.generic],
        n_bases: int,
        multiplier: Callable[[Array, float], Array],
        q: float,
        floor: float | Literal["absolute"],
        dtype: np.dtype[np.floating],
    ) -> None:
        self.n_bases, self.q, self.multiplier = n_bases, q, multiplier
        self.ratios: Ratios
        if floor == "absolute":
            self.scale = 1.0
            self.factor_floor, self.denominator_floor = 0.0, ABSOLUTE_FLOOR
            self.X = engine_power(power, 1.0, 0.0, dtype)
            self.ratios = OffsetItakuraSaito(q, ABSOLUTE_FLOOR)
        else:
            self.scale = mean_level(power)
            self.factor_floor, self.denominator_floor = FACTOR_FLOOR, 0.0
            self.X = engine_power(power, self.scale, floor, dtype)
            self.ratios = ItakuraSaito(q, MODEL_FLOORS[dtype] ** (1 / q))
        self.loss: list[float] = []

    @property
    def basis_scale(self) -> float:
        """What the scale of the power means for the basis."""
        return float(self.scale ** (1 / self.q))

    def set_start(self, seed: int, basis: ArrayLike | None, activation: ArrayLike | None) -> None:
        """Draw the start, and put given factors in its place."""
        n_frames, n_bins = self.X.shape
        T, V = random_start(n_bins, n_frames, self.n_bases, seed)
        if basis is not None:
            T = _given(basis, "basis", T.shape) / self.basis_scale
        if activation is not None:
            V = _given(activation, "activation", V.shape)
        self.fixed = basis is not None or activation is not None
        self.T, self.V = (np.ascontiguousarray(factor.T, self.X.dtype) for factor in (T, V))
        for factor in (self.T, self.V):
            np.maximum(factor, self.factor_floor, out=factor)

    def step(self, factor: Array, numerator: Array, denominator: Array) -> None:
        """Update a factor, or some rows of one, in place."""
        if self.denominator_floor:
            np.maximum(denominator, self.denominator_floor, out=denominator)
        c = np.divide(numerator, denominator, out=numerator)
        factor *= self.multiplier(c, self.q)
        np.maximum(factor, self.factor_floor, out=factor)

    def iterate(
        self,
        walker: Walker,
        n_iterations: int,
        tolerance: float,
        tempered: bool,
        on_progress: OnProgress | None,
    ) -> Ending:
        """Do the iterations; return why they ended."""
        began = time.perf_counter()

        def keep_on() -> bool:
            seconds = time.perf_counter() - began
            done = len(self.loss)
            progress = Progress(done, n_iterations, tuple(self.loss), seconds, self.factors)
            return on_progress is None or bool(on_progress(progress))

        cancelled = tempered and not self.fixed and not self._temper(walker, keep_on)
        sums: Sums = walker.walk(self.ratios, self.T, self.V)
        for _ in range(n_iterations):
            self.step(self.T, sums.numerator, sums.denominator)
            sums = walker.walk(self.ratios, self.T, self.V, self.step)
            self.loss.append(max(sums.loss, 0.0))  # a perfect fit may round to less
            # Cancelled while it was tempered, it still gets one iteration: a result has a loss.
            if cancelled or not keep_on():
                return "cancelled"
            if _has_settled(self.loss, tolerance):
                return "tolerance"
        return "iterations"

    def _temper(self, walker: Walker, keep_on: Callable[[], bool]) -> bool:
        """Temper the start; return whether it was kept on to the end."""
        # Where the model lies below its floor the updates may overshoot, so it begins above.
        least = (self.ratios.model_floor / self.n_bases) ** 0.5
        return temper(walker, self.T, self.V, self.q, max(least, FACTOR_FLOOR), keep_on)

    def factors(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return copies of basis and activation in the units of the recording."""
        basis = self.T.T.astype(np.float64, order="C") * self.basis_scale
        return basis, self.V.T.astype(np.float64, order="C")


def _has_settled(loss: list[float], tolerance: float) -> bool:
    if tolerance <= 0 or len(loss) <= TOLERANCE_WINDOW:
        return False
    before, now = loss[-1 - TOLERANCE_WINDOW], loss[-1]
    return before - now < tolerance * TOLERANCE_WINDOW * abs(before)


def _engine_dtype(matrix: NDArray[np.generic], dtype: DTypeLike | None) -> np.dtype[np.floating]:
    if dtype is None:
        narrow = matrix.dtype in (np.float16, np.float32)
        return np.dtype(np.float32 if narrow else np.float64)
    for allowed in (np.dtype(np.float32), np.dtype(np.float64)):
        if np.dtype(dtype) == allowed:
            return allowed
    raise SettingsError(f"The precision must be float32 or float64, not {np.dtype(dtype)}.")


def _given(values: ArrayLike, name: str, shape: tuple[int, ...]) -> NDArray[np.float64]:
    matrix = checked_matrix(values, name)
    if matrix.shape != shape:
        raise SettingsError(f"The given {name} has the shape {matrix.shape} instead of {shape}.")
    return matrix.astype(np.float64)


def _check_settings(
    n_bases: int,
    rule: str,
    domain: float,
    n_iterations: int,
    tolerance: float,
    start: str,
    seed: int,
    floor: float | str,
    n_threads: int | None,
) -> None:
    """Refuse settings that are out of range."""
    requirements = {
        "There must be at least one basis.": n_bases >= 1,
        f"The rule must be one of {', '.join(RULES)}.": rule in RULES,
        "The domain p must lie between 1 and 2.": 1 <= domain <= 2,
        "There must be at least one iteration.": n_iterations >= 1,
        "The tolerance must not be negative.": tolerance >= 0,
        f"The start must be one of {', '.join(STARTS)}.": start in STARTS,
        "The seed must lie between 0 and 4294967295.": 0 <= seed < 2**32,
        'The floor must lie between 1e-12 and 0.1, or be "absolute".': floor == "absolute"
        or (isinstance(floor, float | int) and 1e-12 <= floor <= 0.1),
        "There must be at least one thread.": n_threads is None or n_threads >= 1,
    }
    for sentence, met in requirements.items():
        if not met:
            raise SettingsError(sentence)
