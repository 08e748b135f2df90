"""What is timed again and again: stretches of our iterations, and of matrix products."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from isnmf_gui.nmf import factorize
from tests.benchmarks.problems import Problem

#: The quickest rule there is.
BEST_RULE = "fast"

FEWEST_ITERATIONS, MOST_ITERATIONS = 3, 400
# BLAS threads go on spinning for a while after a large product, and take the cores from others.
CALM_S = 0.2

PRODUCT_SIDE = 2000
PRODUCTS_IN_A_STRETCH = 5


def calm_down() -> None:
    """Wait until no thread of a stretch before spins any more."""
    time.sleep(CALM_S)


def our_iteration_s(problem: Problem, n_iterations: int, n_threads: int | None = None) -> float:
    """Return the time of an iteration of ours, on average over a stretch; set-up excluded.

    The rule is the published example's, and the loss is made as in every run.

    Parameters
    ----------
    problem : Problem
        What to factorize.
    n_iterations : int
        Length of the stretch; an iteration before it does not count.
    n_threads : int, optional
        By default the engine's own choice.
    """
    seconds: list[float] = []
    calm_down()
    factorize(
        problem.power,
        problem.size.n_bases,
        rule="mm",
        n_iterations=n_iterations + 1,
        basis=problem.basis,
        activation=problem.activation,
        n_threads=n_threads,
        on_progress=lambda progress: not seconds.append(progress.seconds),
    )
    return (seconds[-1] - seconds[0]) / n_iterations


def stretch_length(iteration_s: Callable[[int], float], stretch_s: float) -> int:
    """Return how many iterations last about so long, from a short trial of them.

    Parameters
    ----------
    iteration_s : callable
        Takes a number of iterations, returns the time of one.
    stretch_s : float
        Wanted time of all.
    """
    wanted = round(stretch_s / iteration_s(FEWEST_ITERATIONS))
    return min(max(wanted, FEWEST_ITERATIONS), MOST_ITERATIONS)


def product_flops() -> float:
    """Return the rate of a large product in single precision: the best of a stretch."""
    generator = np.random.default_rng(0)
    left, right = (generator.random((PRODUCT_SIDE, PRODUCT_SIDE), np.float32) for _ in range(2))
    out = np.empty_like(left)
    np.matmul(left, right, out=out)  # wakes the threads
    times_s = []
    for _ in range(PRODUCTS_IN_A_STRETCH):
        began = time.perf_counter()
        np.matmul(left, right, out=out)
        times_s.append(time.perf_counter() - began)
    return 2 * PRODUCT_SIDE**3 / min(times_s)
