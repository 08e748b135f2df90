"""Fitting some bases anew while the rest of the model stays."""

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.nmf import itakura_saito
from isnmf_gui.nmf.refit import refit


def problem(domain: float, seed: int = 0):
    """Return X of four bases, the sum of two of them, and all of T and V."""
    rng = np.random.default_rng(seed)
    T, V = rng.gamma(0.5, size=(4, 60)) + 1e-3, rng.gamma(0.5, size=(300, 4)) + 1e-3
    Z = V @ T
    return Z ** (2 / domain), V[:, :2] @ T[:2], T, V


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_falls_and_is_that_of_the_result(domain: float, dtype) -> None:
    X, fixed, T, V = problem(domain)
    rng = np.random.default_rng(1)
    X, fixed = X.astype(dtype), fixed.astype(dtype)
    start = T[2:] * rng.uniform(0.2, 2, (2, 60)), V[:, 2:] * rng.uniform(0.2, 2, (300, 2))
    basis, activation, loss = refit(X, fixed, *start, domain, 80, 1e-9)
    assert (np.diff(loss) <= 1e-6 * loss[:-1]).all()
    assert loss[-1] < 0.02 * loss[0]
    model = (fixed + activation @ basis).astype(np.float64) ** (2 / domain)
    assert itakura_saito(X, model) <= loss[-1] * (1 + 1e-3)


@pytest.mark.parametrize("factor", [1e-12, 1.0, 1e12])
def test_the_gain_of_the_recording_does_not_matter(factor: float) -> None:
    domain = 1.5
    X, fixed, T, V = problem(domain)
    unit = factor ** (domain / 2)
    given = X, fixed, T[2:] * 1.3, V[:, 2:] * 0.9
    plain = refit(*given, domain, 10, 1e-9)
    scaled = refit(X * factor, fixed * unit, given[2] * unit, given[3], domain, 10, 1e-9)
    np.testing.assert_allclose(scaled[0], plain[0] * unit, rtol=1e-9)
    np.testing.assert_allclose(scaled[1], plain[1], rtol=1e-9)
    np.testing.assert_allclose(scaled[2], plain[2], rtol=1e-9)


def test_what_was_given_stays_and_silence_is_finite() -> None:
    X, fixed, T, V = problem(2.0)
    copies = [array.copy() for array in (X, fixed, T, V)]
    refit(X, fixed, T[2:], V[:, 2:], 2.0, 3, 1e-9)
    for array, copy in zip((X, fixed, T, V), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    silent = refit(X * 0, fixed * 0, T[2:], V[:, 2:], 1.0, 5, 1e-9)
    assert all(np.isfinite(result).all() for result in silent)


def test_it_stops_when_told_to() -> None:
    X, fixed, T, V = problem(2.0)
    shares: list[float] = []

    def on_progress(share: float) -> bool:
        shares.append(share)
        return len(shares) < 3

    with pytest.raises(Stopped):
        refit(X, fixed, T[2:], V[:, 2:], 2.0, 10, 1e-9, on_progress)
    assert shares == pytest.approx([0.1, 0.2, 0.3])
