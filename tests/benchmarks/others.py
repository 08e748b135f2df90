"""Our engine against scikit-learn and torchnmf, where they are installed."""

from __future__ import annotations

import importlib
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median

import numpy as np

from tests.benchmarks.figures import Bound, Figure
from tests.benchmarks.problems import Effort, Problem, make_problem
from tests.benchmarks.stretches import our_iteration_s, stretch_length

#: Does so many iterations.
Fit = Callable[[int], object]

# The time of an iteration is that of a long fit less that of a short one, so that checks of
# arguments and the like do not count. torchnmf makes its loss every tenth iteration.
SHORT_FIT, STEP = 2, 10
MOST_STEPS = 20


def sklearn_fit(problem: Problem) -> Fit:
    """Return scikit-learn's multiplicative update, which is majorization-minimization here too."""
    function = importlib.import_module("sklearn.decomposition").non_negative_factorization
    basis, activation = (it.astype(np.float32) for it in (problem.basis, problem.activation))

    def fit(n_iterations: int) -> object:
        return function(
            problem.power,
            W=basis.copy(),  # it works in place
            H=activation.copy(),
            n_components=problem.size.n_bases,
            init="custom",
            solver="mu",
            beta_loss="itakura-saito",
            tol=0,  # then it makes no loss at all
            max_iter=n_iterations,
        )

    return fit


def torchnmf_fit(problem: Problem) -> Fit:
    """Return torchnmf's update of the same kind, a frame per row as it wants it."""
    torch = importlib.import_module("torch")
    nmf = importlib.import_module("torchnmf.nmf").NMF
    power = torch.from_numpy(np.ascontiguousarray(problem.power.T))
    basis = torch.from_numpy(problem.basis.astype(np.float32))
    activation = torch.from_numpy(np.ascontiguousarray(problem.activation.T, np.float32))

    def fit(n_iterations: int) -> object:
        model = nmf(W=basis, H=activation)  # copies them
        return model.fit(power, beta=0, tol=-np.inf, max_iter=n_iterations)

    return fit


LIBRARIES = {
    "sklearn": ("sklearn.decomposition", sklearn_fit),
    "torchnmf": ("torchnmf.nmf", torchnmf_fit),
}


def figures(effort: Effort) -> Iterator[Figure]:
    """Measure every library that can be imported, at all sizes.

    Parameters
    ----------
    effort : Effort
        Which sizes, and how long.
    """
    fits = {}
    for name, (module, make_fit) in LIBRARIES.items():
        if is_installed(module):
            fits[name] = make_fit
        else:
            yield Figure(f"{name}_ratio", None, note="not installed")
    if not fits:
        return
    for size in effort.sizes:
        problem = make_problem(size)
        for name, make_fit in fits.items():
            yield _compare(name, problem, make_fit(problem), effort)


def is_installed(module: str) -> bool:
    """Tell whether a module can be imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs do not matter here
        try:
            importlib.import_module(module)
        except ImportError:
            return False
    return True


def iteration_s(fit: Fit, n_steps: int) -> float:
    """Return the time of an iteration of a library.

    Parameters
    ----------
    fit : callable
        Does a number of iterations.
    n_steps : int
        How many times ten iterations to measure.
    """
    times_s = []
    for n_iterations in (SHORT_FIT, SHORT_FIT + STEP * n_steps):
        began = time.perf_counter()
        fit(n_iterations)
        times_s.append(time.perf_counter() - began)
    return (times_s[1] - times_s[0]) / (STEP * n_steps)


def _compare(name: str, problem: Problem, fit: Fit, effort: Effort) -> Figure:
    """Measure ours and theirs in turn; the median of the ratios counts."""
    ours = partial(our_iteration_s, problem)
    n_ours = stretch_length(ours, effort.stretch_s)
    fit(SHORT_FIT)  # the first call of a library may set things up
    n_steps = round(effort.stretch_s / (STEP * iteration_s(fit, 1)))
    n_steps = min(max(n_steps, 1), MOST_STEPS)
    rounds = [(iteration_s(fit, n_steps), ours(n_ours)) for _ in range(effort.n_rounds)]
    theirs_ms, ours_ms = (1e3 * median(times) for times in zip(*rounds, strict=True))
    return Figure(
        f"{name}_ratio",
        median(theirs / ours for theirs, ours in rounds),
        problem.size,
        Bound("at least", 1),
        f"{theirs_ms:.1f} ms against {ours_ms:.2f} ms",
    )
