"""Strokes sort components: the linear system behind it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from isnmf_gui.nmf.guidance import PLACED, QUIET, Evidence, evidence_of, memberships

K, S = 6, 3


def said(rng: np.random.Generator, n_bins: int = 40, sharp: float = 1.0) -> Evidence:
    """Return what a stroke over bins of random shares says."""
    shares = rng.random((n_bins, K)) ** sharp
    shares /= shares.sum(axis=1, keepdims=True)
    power = rng.random(n_bins)
    return evidence_of(shares, power / power.sum(), power, 10 * power.sum())


def groups() -> np.ndarray:
    return np.eye(S)[[0, 0, 1, 1, 2, 2]]


ENERGIES = np.array([0.3, 0.1, 0.2, 0.2, 0.1, 0.1])


def test_the_sums_are_those_that_they_are_called() -> None:
    shares = np.array([[0.5, 0.5], [1.0, 0.0]])
    it = evidence_of(shares, np.array([0.25, 0.75]), np.array([1.0, 3.0]), 8.0)
    np.testing.assert_allclose(it.gram, 0.25 * np.full((2, 2), 0.25) + [[0.75, 0], [0, 0]])
    np.testing.assert_allclose(it.share, [0.875, 0.125])
    np.testing.assert_allclose(it.energy, [3.5 / 8, 0.5 / 8])


def test_a_stroke_on_what_is_hardly_heard_says_little() -> None:
    shares, weights = np.array([[0.5, 0.5], [1.0, 0.0]]), np.array([0.25, 0.75])
    loud, quiet, faint = (
        evidence_of(shares, weights, level * np.array([1.0, 3.0]), 8.0, mean=1.0)
        for level in (1.0, QUIET / 2, QUIET / 200)
    )
    np.testing.assert_allclose(loud.share, [0.875, 0.125], rtol=1e-4)
    np.testing.assert_allclose(quiet.share, 0.5 * loud.share, rtol=1e-4)
    np.testing.assert_allclose(quiet.gram, 0.5 * loud.gram, rtol=1e-4)
    assert faint.share.sum() < 0.02


@pytest.mark.parametrize("signed", [False, True])
def test_signed_memberships_take_away_what_another_component_has_too_much_of(signed: bool) -> None:
    """Where two components overlap, the source is what one has less a part of the other."""
    shares = np.array([[0.7, 0.3], [0.4, 0.6]])
    said = [evidence_of(shares[[n]], np.ones(1), np.ones(1), 1e3) for n in (0, 1)] * 500
    found = memberships(said, [0, 1] * 500, np.eye(2), np.full(2, 1e-6), signed=signed)
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert (found.min() < -0.1) == signed
    if signed:
        np.testing.assert_allclose(shares @ found, np.eye(2), atol=0.01)


def test_without_strokes_the_groups_are_as_they_are() -> None:
    np.testing.assert_array_equal(memberships([], [], groups(), ENERGIES), groups())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, S - 1), min_size=1, max_size=12))
def test_rows_sum_to_one_whatever_is_painted_in_whatever_order(seed, labels) -> None:
    rng = np.random.default_rng(seed)
    strokes = [said(rng, sharp=rng.integers(1, 20)) for _ in labels]
    found = memberships(strokes, labels, groups(), ENERGIES)
    assert (found >= 0).all()
    np.testing.assert_allclose(found.sum(axis=1), 1)
    order = rng.permutation(len(labels))
    other = memberships([strokes[n] for n in order], [labels[n] for n in order], groups(), ENERGIES)
    np.testing.assert_allclose(found, other, atol=1e-9)


def one_component(k: int) -> Evidence:
    """Return what a stroke says over bins that are nearly one component's."""
    shares = np.full((5, K), 0.002)
    shares[:, k] = 1 - 0.002 * (K - 1)
    return evidence_of(shares, np.full(5, 0.2), np.ones(5), 50.0)


def test_a_stroke_moves_the_component_that_it_is_over_and_no_other() -> None:
    found = memberships([one_component(2)] * 4, [0] * 4, groups(), ENERGIES)
    assert found[2, 0] > 0.95
    others = [k for k in range(K) if k != 2]
    np.testing.assert_allclose(found[others], groups()[others], atol=0.02)


def test_what_was_put_by_hand_stays_unless_much_is_painted() -> None:
    placed = np.arange(K) == 2
    few = memberships([one_component(2)], [0], groups(), ENERGIES, placed=placed)
    assert few[2, 1] > 0.8
    many = memberships([one_component(2)] * 60, [0] * 60, groups(), ENERGIES, placed=placed)
    assert many[2, 0] > few[2, 0] + 1 / PLACED


def test_locked_sources_keep_what_they_have_and_get_nothing() -> None:
    strokes = [one_component(2), one_component(0), one_component(4)]
    found = memberships(strokes, [0, 1, 1], groups(), ENERGIES, locked=[1])
    np.testing.assert_array_equal(found[:, 1], groups()[:, 1])
    np.testing.assert_allclose(found.sum(axis=1), 1)


@pytest.mark.parametrize("energies", [np.zeros(K), ENERGIES])
def test_nothing_is_not_a_number(energies) -> None:
    nothing = evidence_of(np.zeros((0, K)), np.zeros(0), np.zeros(0), 0.0)
    found = memberships([nothing, nothing], [0, 1], groups(), energies)
    np.testing.assert_allclose(found, groups(), atol=1e-12)


def test_least_squares_without_a_prior_are_found() -> None:
    """With ever more strokes the prior fades: what the bins say is what comes out."""
    rng = np.random.default_rng(3)
    true = np.eye(S)[[1, 1, 0, 2, 2, 0]]
    strokes, labels = [], []
    for k in range(K):
        strokes += [one_component(k)] * 40
        labels += [int(true[k].argmax())] * 40
    order = rng.permutation(len(labels))
    found = memberships(
        [strokes[n] for n in order], [labels[n] for n in order], groups(), 1e-6 * ENERGIES
    )
    np.testing.assert_allclose(found, true, atol=0.01)
