"""The published example's loop, written anew as it stands there: whole matrices, float64."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.problems import Problem

Array = NDArray[np.float64]

FLOOR = 1e-12


class Result(NamedTuple):
    """Factors, and the loss after each iteration."""

    basis: Array
    activation: Array
    loss: list[float]


def iterate(power: Array, basis: Array, activation: Array, n_iterations: int) -> Result:
    """Do majorization-minimization iterations for X ≈ T V.

    Parameters
    ----------
    power : ndarray of float64, shape (n_bins, n_frames)
        X.
    basis : ndarray of float64, shape (n_bins, n_bases)
        T to start from.
    activation : ndarray of float64, shape (n_bases, n_frames)
        V to start from.
    n_iterations : int
        How many.
    """
    X, T, V = power, basis.copy(), activation.copy()  # noqa: N806
    loss = []
    for _ in range(n_iterations):
        model = np.maximum(T @ V, FLOOR)
        T *= np.sqrt(((X / model**2) @ V.T) / np.maximum((1 / model) @ V.T, FLOOR))  # noqa: N806
        model = np.maximum(T @ V, FLOOR)
        V *= np.sqrt((T.T @ (X / model**2)) / np.maximum(T.T @ (1 / model), FLOOR))  # noqa: N806
        ratio = (X + FLOOR) / (T @ V + FLOOR)
        loss.append(float(np.sum(ratio - np.log(ratio) - 1)))
    return Result(T, V, loss)


def iteration_s(problem: Problem, n_iterations: int) -> float:
    """Return the time of an iteration, on average over a stretch of them.

    BLAS uses as many threads as numpy lets it. They are woken by an iteration that does not
    count.

    Parameters
    ----------
    problem : Problem
        What to factorize.
    n_iterations : int
        Length of the stretch.
    """
    power = problem.power.astype(np.float64)
    warm = iterate(power, problem.basis, problem.activation, 1)
    began = time.perf_counter()
    iterate(power, warm.basis, warm.activation, n_iterations)
    return (time.perf_counter() - began) / n_iterations
