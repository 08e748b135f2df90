"""What an answer is expected to change is what it does change."""

import numpy as np
import pytest

from isnmf_gui.nmf.guidance import Evidence, memberships
from isnmf_gui.session.grouping import expected_change
from isnmf_gui.session.grouping.expected_change import Known, expected_changes

N_COMPONENTS, N_SOURCES = 9, 3


def evidence(shares: np.ndarray, energies: np.ndarray) -> list[Evidence]:
    return [
        Evidence(np.outer(share, share), share, energy)
        for share, energy in zip(shares, energies, strict=True)
    ]


def some_shares(rng: np.random.Generator, n: int) -> np.ndarray:
    return rng.dirichlet(np.full(N_COMPONENTS, 0.25), n)


@pytest.mark.parametrize("n_strokes", [0, 1, 3])
@pytest.mark.parametrize("seed", [1, 2])
def test_it_is_what_solving_anew_gives(
    seed: int, n_strokes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expected_change, "LABELLED", 0.0)
    rng = np.random.default_rng(seed)
    groups = np.eye(N_SOURCES)[rng.integers(0, N_SOURCES, N_COMPONENTS)]
    energies = rng.dirichlet(np.ones(N_COMPONENTS))
    said, asked = some_shares(rng, n_strokes), some_shares(rng, 12)
    painted, would = 0.05 * said, rng.random((12, 1)) * 0.1 * asked
    labels = rng.integers(0, N_SOURCES, n_strokes)
    before = memberships(evidence(said, painted), labels.tolist(), groups, energies)
    root = rng.standard_normal((N_COMPONENTS, N_COMPONENTS))
    known = Known(before, groups, energies, said, painted, labels)
    for label in range(N_SOURCES):
        chances = np.zeros((12, N_SOURCES))
        chances[:, label] = 1
        found = expected_changes(known, asked, would, root @ root.T, chances)
        for place in range(12):
            shares, powers = np.vstack([said, asked[place]]), np.vstack([painted, would[place]])
            given = [*labels.tolist(), label]
            after = memberships(evidence(shares, powers), given, groups, energies)
            expected = np.sqrt(np.sum((root.T @ (after - before)) ** 2))
            assert found[place] == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_answers_count_as_they_are_likely_and_those_not_offered_do_not() -> None:
    rng = np.random.default_rng(4)
    groups = np.eye(2)[rng.integers(0, 2, N_COMPONENTS)]
    energies = rng.dirichlet(np.ones(N_COMPONENTS))
    none = np.zeros((0, N_COMPONENTS))
    known = Known(groups, groups, energies, none, none, np.zeros(0, np.intp))
    shares = some_shares(rng, 5)
    overlap = np.diag(energies)

    def change(chances: list[float]) -> np.ndarray:
        each = np.tile(chances, (5, 1))
        return expected_changes(known, shares, 0.1 * shares, overlap, each)

    first, second = change([1, 0]), change([0, 1])
    np.testing.assert_allclose(change([0.3, 0.7]), 0.3 * first + 0.7 * second)
    np.testing.assert_array_equal(change([0, 0]), 0)
    surest = int((shares @ groups[:, 0]).argmax())
    assert second[surest] > first[surest]
