"""Several runs as one set of terms: of each bin every run has an equal share."""

from dataclasses import replace

import numpy as np
import pytest

from isnmf_gui.spectral import Factors, Stft
from isnmf_gui.spectral.labels import Labels
from isnmf_gui.spectral.levels import ComponentLevels
from isnmf_gui.spectral.masks import gain_mask, gain_masks, model_mask
from isnmf_gui.spectral.sharing import Sharing, shared_mask, shared_masks

N_FRAMES, N_BINS, N_PARTS = 9, 33, 4


def fitted(seed: int, dtype: str = "float64", domain: float = 1.5) -> Factors:
    rng = np.random.default_rng(seed)
    basis, activation = rng.gamma(0.5, size=(N_BINS, N_PARTS)), rng.gamma(0.5, size=(N_PARTS, 9))
    return Factors.of(basis + 1e-3, 10.0**seed * activation + 1e-3, domain, dtype)


@pytest.fixture(params=["float32", "float64"])
def runs(request: pytest.FixtureRequest) -> list[Factors]:
    """Three runs, each of another loudness."""
    return [fitted(seed, request.param) for seed in (0, 1, 2)]


@pytest.fixture
def power() -> np.ndarray:
    return np.random.default_rng(9).gamma(0.3, size=(N_FRAMES, N_BINS))


def near(found: np.ndarray, expected: np.ndarray) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def mean_mask(runs: list[Factors], gains: list, kind: str, power: np.ndarray) -> np.ndarray:
    masks = [gain_mask(run, of, kind)(0, 9, power) for run, of in zip(runs, gains, strict=True)]
    return np.mean(masks, axis=0)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_a_mask_is_the_mean_of_those_of_the_runs(runs, power, kind) -> None:
    gains = np.array([1.0, 0.0, 0.5, 2.0])
    both = Factors.of_runs(runs)
    near(gain_mask(both, gains, kind)(0, 9, power), mean_mask(runs, [gains] * 3, kind, power))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_parts_may_have_other_gains_in_each_run(runs, power, kind) -> None:
    each = np.random.default_rng(1).uniform(0, 1, (3, N_PARTS))
    each[1, 2] = 0.0
    both = Factors.of_runs(runs)
    near(gain_mask(both, each.ravel(), kind)(0, 9, power), mean_mask(runs, each, kind, power))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_many_masks_are_those_made_one_by_one(runs, power, kind) -> None:
    both = Factors.of_runs(runs)
    mixes = [np.eye(N_PARTS)[n] for n in range(N_PARTS)] + [np.zeros(N_PARTS)]
    for mask, gains in zip(gain_masks(both, mixes, kind)(2, 7, power[2:7]), mixes, strict=True):
        near(mask, gain_mask(both, gains, kind)(2, 7, power[2:7]))


def test_masks_of_all_parts_sum_to_one(runs, power) -> None:
    both = Factors.of_runs(runs)
    masks = list(gain_masks(both, list(np.eye(N_PARTS)), "wiener")(0, 9, power))
    near(np.sum(masks, axis=0), np.ones((N_FRAMES, N_BINS)))


def test_shares_in_single_bins_are_those_of_the_masks(runs, power) -> None:
    both = Factors.of_runs(runs)
    frames, bins = np.array([0, 3, 8]), np.array([5, 32, 0])
    masks = np.array(list(gain_masks(both, list(np.eye(N_PARTS)), "wiener")(0, 9, power)))
    near(both.shares_at(frames, bins), masks[:, frames, bins].T)
    apart = both.run_shares_at(frames, bins).reshape(3, 3, N_PARTS)
    near(apart.sum(axis=1), masks[:, frames, bins].T)
    for place, run in enumerate(runs):
        near(3 * apart[:, place], run.shares_at(frames, bins))


def test_the_model_is_the_mean_of_the_models(runs, power) -> None:
    expected = np.mean([run.activation @ run.basis for run in runs], axis=0) ** (1 / 1.5)
    near(model_mask(Factors.of_runs(runs))(0, 9, power) * np.sqrt(power), expected)


def test_one_run_is_itself() -> None:
    run = fitted(0)
    assert Factors.of_runs([run]) is run
    assert (run.n_runs, run.of_run) == (1, (slice(None),))


def test_other_parts_keep_their_sound_when_one_is_left_out(runs, power) -> None:
    both = Factors.of_runs(runs)
    kept = both.parts != 1
    left = replace(
        both, basis=both.basis[kept], activation=both.activation[:, kept],
        parts=both.parts[kept], runs=both.runs[kept], model=both,
    )  # fmt: skip
    for part in (0, 2, 3):
        gains = np.eye(N_PARTS)[part]
        near(gain_mask(left, gains, "wiener")(0, 9, power),
             gain_mask(both, gains, "wiener")(0, 9, power))  # fmt: skip
    frames, bins = np.array([1, 2]), np.array([3, 4])
    expected = both.shares_at(frames, bins)
    expected[:, 1] = 0
    near(left.shares_at(frames, bins), expected)


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_levels_are_those_of_the_mean_masks(runs, kind) -> None:
    stft, rng = Stft(64, 16), np.random.default_rng(4)
    samples = rng.standard_normal((16 * (N_FRAMES - 1), 2)).astype(np.float32)
    both = Factors.of_runs(runs)
    assert stft.n_frames(len(samples)) == N_FRAMES
    found = ComponentLevels(samples, stft, both, kind).at(64)
    power = stft.power(samples).astype(np.float64)
    masks = np.array(list(gain_masks(both, list(np.eye(N_PARTS)), kind)(0, 9, power)))
    sides = ComponentLevels(samples, stft, both, kind)._sides
    near(found, np.sqrt((masks[:, 4] ** 2 * power[4]) @ sides))


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
def test_sources_have_their_share_of_each_run_and_sum_to_one(runs, power, kind) -> None:
    both = Factors.of_runs(runs)
    belongs = np.random.default_rng(5).dirichlet(np.ones(2), 3 * N_PARTS)
    frames, bins = np.array([1, 1, 4]), np.array([3, 7, 20])
    sharing = Sharing(belongs, Labels.of([(frames, bins, 1)], 2, N_BINS))
    pairs = [np.zeros((N_PARTS, 2)) for _ in range(2)]
    for column in range(2):
        pairs[column][:, column] = 1.0
    masks = list(shared_masks(both, pairs, kind, sharing)(0, 9, power))
    every = gain_mask(both, np.ones(N_PARTS), kind)(0, 9, power)
    near(masks[0] + masks[1], every)
    for mask, gains in zip(masks, pairs, strict=True):
        near(mask, shared_mask(both, gains, kind, sharing)(0, 9, power))
    if kind == "wiener":
        assert (masks[1][frames, bins] > 0.9).all()
    plain = np.ones((N_FRAMES, N_BINS), bool)
    plain[frames, bins] = False
    each = belongs[:, 0].reshape(3, N_PARTS)
    near(masks[0][plain], mean_mask(runs, list(each), kind, power)[plain])
