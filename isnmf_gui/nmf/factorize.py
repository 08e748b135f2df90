"""The factorization: X ≈ (T V)^(2/p) in the Itakura-Saito sense."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from isnmf_gui.errors import SettingsError
from isnmf_gui.nmf.matrices import checked_matrix
from isnmf_gui.nmf.results import Factorization, OnProgress
from isnmf_gui.nmf.rules import RULES
from isnmf_gui.nmf.run import Run
from isnmf_gui.nmf.starts import STARTS

#: Smallest power, relative to the recording's mean, that the factorization distinguishes.
DEFAULT_FLOOR = 1e-9


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
    continue_from: Factorization | None = None,
    floor: float | Literal["absolute"] = DEFAULT_FLOOR,
    dtype: DTypeLike | None = None,
    n_threads: int | None = None,
    overwrite_power: bool = False,
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
    rule : {"mm", "me", "fast"}
        Majorization-minimization; majorization-equalization, which needs half the iterations; or
        over-relaxed and extrapolated steps, safeguarded, which need a quarter.
    domain : float
        p, from 1 to 2.
    n_iterations : int
        Most iterations to do, besides those of `continue_from`.
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
    continue_from : Factorization, optional
        A result with the same power, rule, domain, floor and precision to go on from: n iterations
        and then m more are the same as n + m at once, bit by bit on the same machine. Start, seed,
        basis and activation have no meaning then.
    floor : float or "absolute"
        Smallest power, relative to the mean. "absolute": no scaling; model and denominators are
        floored at 1e-12 and 1e-12 is added to both in the loss, as in the published example.
    dtype : {float32, float64}, optional
        Precision of the iterations; by default float32 for float16 and float32 input, else
        float64.
    n_threads : int, optional
        By default one for every core the process may use. The result is the same, bit by bit.
    overwrite_power : bool
        Whether `power` is not needed any more, and may be used for what is made of it: in the
        precision of the iterations and with a frame after the other in memory this saves a copy.
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
        If another argument is out of range, or `continue_from` does not belong to them.

    Notes
    -----
    Rules: see `isnmf_gui.nmf.rules`. Order within an iteration: basis, then activation.
    """
    _check_settings(n_bases, rule, domain, n_iterations, tolerance, start, seed, floor, n_threads)
    matrix = checked_matrix(power, "power spectrogram")
    precision = _engine_dtype(matrix, dtype)
    run = Run(matrix, n_bases, rule, 2 / domain, floor, precision, n_threads, overwrite_power)
    del power, matrix  # where they are not the engine's they may go
    if continue_from is not None:
        run.resume(continue_from)
    else:
        run.draw(seed, basis, activation)
    tempered = start == "tempered" and continue_from is None and basis is activation is None
    stopped = run.iterate(n_iterations, tolerance, tempered, on_progress)
    return run.result(stopped)


def _engine_dtype(matrix: NDArray[np.generic], dtype: DTypeLike | None) -> np.dtype[np.floating]:
    if dtype is None:
        narrow = matrix.dtype in (np.float16, np.float32)
        return np.dtype(np.float32 if narrow else np.float64)
    for allowed in (np.dtype(np.float32), np.dtype(np.float64)):
        if np.dtype(dtype) == allowed:
            return allowed
    raise SettingsError(f"The precision must be float32 or float64, not {np.dtype(dtype)}.")


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
