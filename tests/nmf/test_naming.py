"""Which names groups of components have, as far as strokes tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from isnmf_gui.nmf.guidance import Evidence, evidence_of, prior_weights
from isnmf_gui.nmf.naming import MOST_TRIED, name_chances, name_scores

K, S = 6, 3
ENERGIES = np.array([0.3, 0.1, 0.2, 0.2, 0.1, 0.1])


def groups() -> np.ndarray:
    return np.eye(S)[[0, 0, 1, 1, 2, 2]]


def over(k: int) -> Evidence:
    """Return what a stroke says over bins that are nearly one component's."""
    shares = np.full((5, K), 0.002)
    shares[:, k] = 1 - 0.002 * (K - 1)
    return evidence_of(shares, np.full(5, 0.2), np.ones(5), 50.0)


def likeliest(scores: np.ndarray) -> list[int]:
    return [int(it) for it in linear_sum_assignment(scores, maximize=True)[1]]


def test_without_strokes_any_name_is_as_likely_and_names_stay() -> None:
    scores = name_scores([], [], groups(), ENERGIES)
    assert likeliest(scores) == [0, 1, 2]
    np.testing.assert_allclose(name_chances(scores), np.full((S, S), 1 / S))


def test_strokes_name_the_groups_that_they_are_on() -> None:
    evidence, labels = [over(0), over(1), over(2), over(3)], [2, 2, 0, 0]
    scores = name_scores(evidence, labels, groups(), ENERGIES)
    assert likeliest(scores) == [2, 0, 1]
    chances = name_chances(scores)
    assert chances[2, 1] > 0.8  # nobody painted it: the name that is left


def test_one_stroke_leaves_open_what_it_says_nothing_of() -> None:
    chances = name_chances(name_scores([over(0)], [2], groups(), ENERGIES))
    assert chances[0, 2] > 0.5
    np.testing.assert_allclose(chances[1], chances[2], atol=0.02)
    assert chances[1, 0] == pytest.approx(chances[1, 1], abs=0.02)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(0, S - 1), min_size=1, max_size=9))
def test_the_likeliest_naming_has_the_least_sum_of_squares(seed, labels) -> None:
    """Compared with the sum of squares itself, written out for every naming."""
    rng = np.random.default_rng(seed)
    bins = [rng.dirichlet(np.full(K, 0.3), 20) for _ in labels]
    weights = [rng.dirichlet(np.ones(20)) for _ in labels]
    evidence = [evidence_of(b, w, w, 3.0) for b, w in zip(bins, weights, strict=True)]
    scores = name_scores(evidence, labels, groups(), ENERGIES)
    prior_weight = prior_weights(evidence, ENERGIES)

    def squares(names: list[int]) -> float:
        prior = groups() @ np.eye(S)[names]
        gram = sum(it.gram for it in evidence) + np.diag(prior_weight)
        said = prior_weight[:, None] * prior
        for it, label in zip(evidence, labels, strict=True):
            said[:, label] += it.share
        found = np.linalg.solve(gram, said)
        total = float(prior_weight @ ((found - prior) ** 2).sum(axis=1))
        for b, w, label in zip(bins, weights, labels, strict=True):
            total += float(w @ ((b @ found - np.eye(S)[label]) ** 2).sum(axis=1))
        return total

    others = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    best = likeliest(scores)
    assert squares(best) == pytest.approx(min(map(squares, others)))
    by_score = [-scores[range(S), names].sum() for names in others]
    spread = np.array([squares(names) for names in others]) - by_score
    np.testing.assert_allclose(spread, spread[0], atol=1e-9)
    chances = name_chances(scores)
    np.testing.assert_allclose([chances.sum(axis=0), chances.sum(axis=1)], 1)


def test_with_many_groups_each_has_the_name_that_it_has() -> None:
    n = MOST_TRIED + 1
    scores = np.ones((n, n)) - np.eye(n)
    np.testing.assert_array_equal(name_chances(scores), np.eye(n))
