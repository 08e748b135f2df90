"""The fast rule: its safeguard, and how it compares with the others on music."""

from functools import cache

import numpy as np
import pytest

from isnmf_gui.nmf import factorize, rules
from isnmf_gui.session.runs.separation import stft_of
from isnmf_gui.session.runs.settings import Settings, window_for
from tests.mixtures.evaluation import NAMES, evaluation_mixture

EXCERPT_S = 2
N_SEEDS = 7
COMPARED_AT = (10, 25, 50, 100)
MODELS = [
    {"domain": 1.0, "start": "tempered", "floor": 1e-4},
    {"domain": 2.0, "start": "random", "floor": 1e-9},
    {"domain": 1.5, "start": "random", "floor": 1e-4},
]
NOISE = np.random.RandomState(7).standard_exponential((9, 14))
#: Exactly of rank one: near its end there is nothing left to gain.
RANK_ONE = np.outer(NOISE[:, 0], NOISE[0])

on_music = pytest.mark.parametrize("name", NAMES)


@cache
def excerpt(name: str) -> np.ndarray:
    mixture = evaluation_mixture(name)
    window = window_for(mixture.sample_rate)
    stft = stft_of(Settings(window_samples=window, hop_samples=window // 4))
    samples = mixture.samples[mixture.sample_rate :][: EXCERPT_S * mixture.sample_rate]
    return stft.power(samples, "float32").T


def model_for(name: str) -> dict:
    return MODELS[NAMES.index(name) % len(MODELS)]


@on_music
def test_its_median_loss_lies_below_that_of_equalization(name) -> None:
    losses = {}
    for rule in ("me", "fast"):
        runs = [
            factorize(excerpt(name), 12, rule=rule, seed=seed, **model_for(name))
            for seed in range(N_SEEDS)
        ]
        assert {run.n_iterations for run in runs} == {100}
        losses[rule] = np.median([run.loss for run in runs], axis=0)
    for iteration in COMPARED_AT:
        assert losses["fast"][iteration - 1] < losses["me"][iteration - 1], iteration


@on_music
def test_it_reaches_the_loss_of_minimization_in_half_the_iterations(name) -> None:
    slow = factorize(excerpt(name), 12, rule="mm", **model_for(name)).loss
    fast = factorize(excerpt(name), 12, rule="fast", n_iterations=50, **model_for(name)).loss
    assert fast[-1] < slow[-1]


@on_music
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"p={model['domain']}")
def test_accepted_losses_never_rise(name, dtype, model) -> None:
    loss = factorize(excerpt(name), 12, rule="fast", dtype=dtype, **model).loss
    assert np.all(np.diff(loss) <= 0)


@on_music
def test_single_precision_ends_like_double_precision(name) -> None:
    single, double = (
        factorize(excerpt(name), 12, rule="fast", dtype=dtype, **model_for(name)).loss
        for dtype in (np.float32, np.float64)
    )
    assert single[-1] == pytest.approx(double[-1], rel=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("relaxation", [3.0, 8.0])
def test_steps_that_go_too_far_are_taken_back(dtype, domain, relaxation, monkeypatch) -> None:
    settings = {"domain": domain, "dtype": dtype, "n_iterations": 60}
    sound = factorize(NOISE, 3, rule="me", **settings)
    memory = rules.Memory
    monkeypatch.setattr(
        rules, "Memory", lambda T, V: memory(T, V, relaxation=relaxation, cautious=0)
    )
    wild = factorize(NOISE, 3, rule="fast", **settings)
    assert wild.restarts > 0
    assert np.all(np.diff(wild.loss) <= 0)
    assert wild.loss[-1] < 1.1 * sound.loss[-1]
    # A refused iteration leaves the loss as it was.
    assert np.sum(np.diff(wild.loss) == 0) >= wild.restarts - 1


def test_a_restart_brings_back_what_was_there(monkeypatch) -> None:
    """Refused in every iteration: the result is the start."""
    start = factorize(NOISE, 3, rule="me", n_iterations=5)
    settings = {"rule": "fast", "basis": start.basis, "activation": start.activation}
    assert factorize(NOISE, 3, n_iterations=1, **settings).restarts == 0
    # From here on every step goes far too far.
    for name in ("equalization", "minimization"):
        monkeypatch.setattr(rules, name, lambda q: rules.power(9.0))
    monkeypatch.setattr(rules, "power", lambda exponent: rules.Multiplier(lambda c: 5 + c, None))
    monkeypatch.setattr(rules, "MOST_FRUITLESS", 100)
    refused = factorize(NOISE, 3, n_iterations=7, **settings)
    assert refused.restarts == 7
    np.testing.assert_allclose(refused.basis, start.basis, rtol=1e-12)
    np.testing.assert_allclose(refused.activation, start.activation, rtol=1e-12)
    np.testing.assert_allclose(refused.loss, [start.loss[-1]] * 7, rtol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_ends_when_nothing_is_left_to_gain(dtype) -> None:
    result = factorize(RANK_ONE, 1, rule="fast", dtype=dtype, n_iterations=2000)
    assert result.stopped == "settled"
    assert result.n_iterations < 2000
    model = result.basis @ result.activation
    np.testing.assert_allclose(model, RANK_ONE, rtol=1e-3 if dtype == np.float32 else 1e-6)


def test_the_others_take_nothing_back() -> None:
    for rule in ("mm", "me"):
        assert factorize(NOISE, 2, rule=rule).restarts == 0
