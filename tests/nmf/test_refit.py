"""Fitting some bases anew while the rest of the model stays."""

import threading

import numpy as np
import pytest

from isnmf_gui.errors import Stopped
from isnmf_gui.nmf import itakura_saito
from isnmf_gui.nmf import refit as module
from isnmf_gui.nmf.blocks import Walker
from isnmf_gui.nmf.divergence import ItakuraSaito
from isnmf_gui.nmf.refit import Refitted, refit
from isnmf_gui.nmf.steps import Step, Sums
from isnmf_gui.nmf.updates import equalization

N_FRAMES, N_BINS = 600, 60


def problem(domain: float, seed: int = 0):
    """Return X of four bases, the sum of two of them, and all of T and V."""
    rng = np.random.default_rng(seed)
    T, V = rng.gamma(0.5, size=(4, N_BINS)) + 1e-3, rng.gamma(0.5, size=(N_FRAMES, 4)) + 1e-3
    Z = V @ T
    return Z ** (2 / domain), V[:, :2] @ T[:2], T, V


def fit(X, fixed, T, V, domain=2.0, n_iterations=60, on_progress=None) -> Refitted:
    return refit(
        lambda first, last: (X[first:last], fixed[first:last]),
        T,
        V,
        domain,
        n_iterations,
        1e-9,
        lambda power, rest, basis, activation: np.array(
            [power.sum(dtype=np.float64), len(rest), (activation @ basis).sum(dtype=np.float64)]
        ),
        on_progress,
    )


def start(T, V):
    rng = np.random.default_rng(1)
    return T[2:] * rng.uniform(0.2, 2, (2, N_BINS)), V[:, 2:] * rng.uniform(0.2, 2, (N_FRAMES, 2))


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_loss_falls_and_is_that_of_the_result(domain: float, dtype) -> None:
    X, fixed, T, V = problem(domain)
    X, fixed = X.astype(dtype), fixed.astype(dtype)
    begun = start(T, V)
    made = fit(X, fixed, *begun, domain)
    assert (np.diff(made.losses) <= 1e-6 * made.losses[:-1]).all()
    assert made.losses[-1] < 0.02 * made.losses[0]
    model = (fixed + made.activation @ made.basis).astype(np.float64) ** (2 / domain)
    assert made.loss == pytest.approx(itakura_saito(X, model), rel=0.01, abs=1)
    assert made.loss <= made.losses[-1] * (1 + 1e-3) + 1e-3
    model_sum = (made.activation @ made.basis).sum()
    assert made.measured == pytest.approx([X.sum(dtype=np.float64), N_FRAMES, model_sum], rel=1e-4)


@pytest.mark.parametrize("domain", [1.0, 2.0])
def test_of_a_long_recording_some_frames_are_enough_for_the_bases(domain, monkeypatch) -> None:
    X, fixed, T, V = problem(domain)
    begun = start(T, V)
    whole = fit(X, fixed, *begun, domain)
    monkeypatch.setattr(module, "MOST_ELEMENTS", N_BINS * N_FRAMES // 3)
    read_at_once = []
    monkeypatch.setattr(
        module, "Walker", lambda X, *args, **options: _noted(read_at_once, X, args, options)
    )
    some = fit(X, fixed, *begun, domain)
    assert max(read_at_once) <= N_FRAMES // 2 < N_FRAMES
    before = itakura_saito(X, (fixed + begun[1] @ begun[0]) ** (2 / domain))
    assert some.loss - whole.loss < 0.02 * (before - whole.loss)
    assert some.measured[1] == N_FRAMES


def _noted(sizes: list[int], X, args, options) -> Walker:
    sizes.append(len(X))
    return Walker(X, *args, **options)


@pytest.mark.parametrize("factor", [1e-12, 1.0, 1e12])
def test_the_gain_of_the_recording_does_not_matter(factor: float) -> None:
    domain = 1.5
    X, fixed, T, V = problem(domain)
    unit = factor ** (domain / 2)
    given = X, fixed, T[2:] * 1.3, V[:, 2:] * 0.9
    plain = fit(*given, domain, 10)
    scaled = fit(X * factor, fixed * unit, given[2] * unit, given[3], domain, 10)
    for bases in (plain.basis * unit, scaled.basis):
        assert bases.max() > 0.1 * unit
    model = plain.activation @ plain.basis
    np.testing.assert_allclose(scaled.activation @ scaled.basis, model * unit, rtol=0.02)
    assert scaled.loss == pytest.approx(plain.loss, rel=1e-3)


def test_what_was_given_stays_and_silence_is_finite() -> None:
    X, fixed, T, V = problem(2.0)
    copies = [array.copy() for array in (X, fixed, T, V)]
    fit(X, fixed, T[2:], V[:, 2:], n_iterations=3)
    for array, copy in zip((X, fixed, T, V), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
    silent = fit(X * 0, fixed * 0, T[2:], V[:, 2:], 1.0, 5)
    for result in (silent.basis, silent.activation, silent.losses, silent.loss):
        assert np.isfinite(result).all()


@pytest.mark.parametrize("share", [0.3, 0.99])
def test_it_stops_when_told_to_and_leaves_no_thread(share: float) -> None:
    X, fixed, T, V = problem(2.0)
    shares: list[float] = []

    def on_progress(done: float) -> bool:
        shares.append(done)
        return done < share

    with pytest.raises(Stopped):
        fit(X, fixed, T[2:], V[:, 2:], n_iterations=10, on_progress=on_progress)
    assert shares == sorted(shares)
    assert shares[-1] >= share
    assert shares[0] < 0.2
    assert not [it for it in threading.enumerate() if it.name.startswith("refit")]


@pytest.mark.parametrize("q", [1.0, 1.4, 2.0])
@pytest.mark.parametrize("n_bins", [40, 97])
def test_compiled_and_numpy_agree_on_what_is_fixed(q: float, n_bins: int) -> None:
    rng = np.random.default_rng(2)
    X = rng.exponential(1, (130, n_bins)).astype(np.float32)
    fixed = rng.exponential(1, (130, n_bins)).astype(np.float32)
    T = rng.uniform(0.1, 1, (2, n_bins)).astype(np.float32)
    results = []
    for compiled in (True, False):
        V = np.full((130, 2), 0.5, np.float32)
        sums = Sums.like(T)
        with Walker(X, 2, 2, compiled, fixed) as walker:
            step = Step(T, equalization(q), 1e-15)
            walker.walk(ItakuraSaito(q, 1e-6), T, V, sums, step)
        results.append((V, sums.numerator, sums.denominator, sums.loss))
    for one, other in zip(*results, strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-4)
    expected = itakura_saito(X, (fixed + results[1][0] @ T).astype(np.float64) ** q)
    assert results[0][3] == pytest.approx(expected, rel=1e-4)
