"""Tests of the evaluation measures against cases with known answers."""

import numpy as np
import pytest

from tests import metrics

N_SAMPLES = 4000


@pytest.fixture
def rng() -> np.random.Generator:
    """Give a generator with a fixed seed."""
    return np.random.default_rng(7)


def orthogonal_signals(n_signals: int, rng: np.random.Generator) -> np.ndarray:
    """Draw stereo signals with inner products of exactly (up to rounding) zero and energy 1."""
    columns = np.linalg.qr(rng.standard_normal((2 * N_SAMPLES, n_signals)))[0]
    return columns.T.reshape(n_signals, N_SAMPLES, 2)


def test_si_sdr_of_a_perfect_estimate_is_very_high(rng: np.random.Generator) -> None:
    reference = rng.standard_normal((N_SAMPLES, 2))
    assert metrics.si_sdr(reference, reference) > 200.0


@pytest.mark.parametrize("gain", [1e-3, 0.5, 40.0, -2.0])
def test_si_sdr_ignores_the_scale_of_the_estimate(gain: float, rng: np.random.Generator) -> None:
    reference = rng.standard_normal((N_SAMPLES, 2))
    estimate = reference + 0.3 * rng.standard_normal((N_SAMPLES, 2))
    expected = metrics.si_sdr(estimate, reference)
    assert metrics.si_sdr(gain * estimate, reference) == pytest.approx(expected, abs=1e-9)
    assert metrics.si_sdr(estimate, gain * reference) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("snr_db", [-12.0, 0.0, 7.5, 60.0])
def test_si_sdr_is_the_snr_for_orthogonal_noise(snr_db: float, rng: np.random.Generator) -> None:
    reference, noise = orthogonal_signals(2, rng)
    estimate = reference + 10.0 ** (-snr_db / 20.0) * noise
    assert metrics.si_sdr(estimate, reference) == pytest.approx(snr_db, abs=1e-6)


def test_si_sdr_of_a_wrong_balance_of_channels_is_finite(rng: np.random.Generator) -> None:
    # Only the left channel: a = 1/2, target and distortion both have half the energy.
    reference = np.repeat(rng.standard_normal((N_SAMPLES, 1)), 2, axis=1)
    estimate = reference * [1.0, 0.0]
    assert metrics.si_sdr(estimate, reference) == pytest.approx(0.0, abs=1e-9)


def test_si_sdr_of_silence_is_minus_infinity(rng: np.random.Generator) -> None:
    reference = rng.standard_normal(N_SAMPLES)
    assert metrics.si_sdr(np.zeros(N_SAMPLES), reference) == -np.inf


def test_si_sdr_rejects_what_has_no_answer(rng: np.random.Generator) -> None:
    signal = rng.standard_normal((N_SAMPLES, 2))
    with pytest.raises(ValueError, match="silent"):
        metrics.si_sdr(signal, np.zeros_like(signal))
    with pytest.raises(ValueError, match="Shapes"):
        metrics.si_sdr(signal[:, 0], signal)


def test_si_sdr_accepts_integers_without_overflow() -> None:
    reference = np.array([30000, -30000, 20000, 10000], dtype=np.int16)
    estimate = np.array([30000, -30000, 20000, -10000], dtype=np.int16)
    expected = metrics.si_sdr(estimate.astype(float), reference.astype(float))
    assert metrics.si_sdr(estimate, reference) == expected


def test_improvement_is_zero_when_the_mixture_is_the_estimate(rng: np.random.Generator) -> None:
    stems = rng.standard_normal((3, N_SAMPLES, 2))
    mixture = stems.sum(axis=0)
    assert metrics.si_sdr_improvement(mixture, stems[0], mixture) == 0.0


def test_improvement_is_the_noise_reduction(rng: np.random.Generator) -> None:
    reference, noise = orthogonal_signals(2, rng)
    gain_db = metrics.si_sdr_improvement(reference + 0.1 * noise, reference, reference + noise)
    assert gain_db == pytest.approx(20.0, abs=1e-6)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_grouping_recovers_a_shuffled_partition(dtype: type, rng: np.random.Generator) -> None:
    truth = rng.permutation(np.repeat(np.arange(4), 6))
    components = rng.standard_normal((24, N_SAMPLES, 2)) * rng.uniform(0.2, 2.0, (24, 1, 1))
    stems = np.array([components[truth == index].sum(axis=0) for index in range(4)])
    found = metrics.oracle_grouping(components.astype(dtype), stems.astype(dtype))
    assert np.array_equal(found, truth)


def test_grouping_moves_components_beyond_the_best_correlation(rng: np.random.Generator) -> None:
    # The component resembles the second stem a little more, but hurts that stem's good estimate
    # far more than it hurts the poor one of the first stem.
    first, second, noise, leak = orthogonal_signals(4, rng)
    components = np.array([0.2 * first + noise, second, 0.30 * first + 0.31 * second + leak])
    correlations = metrics._inner_products(
        metrics._flatten(components), metrics._flatten(np.array([first, second]))
    )
    assert np.argmax(correlations[2]) == 1
    assert metrics.oracle_grouping(components, [first, second]).tolist() == [0, 1, 0]


def test_grouping_is_a_local_optimum_of_the_mean_si_sdr(rng: np.random.Generator) -> None:
    components = rng.standard_normal((8, 300, 2))
    shares = rng.dirichlet(np.full(3, 0.5), size=8)
    stems = np.einsum("ks,knc->snc", shares, components)

    def mean_db(assignment: np.ndarray) -> float:
        sums = [components[assignment == index].sum(axis=0) for index in range(3)]
        return float(np.mean([metrics.si_sdr(e, s) for e, s in zip(sums, stems, strict=True)]))

    found = metrics.oracle_grouping(components, stems)
    best_db = mean_db(found)
    for k in range(8):
        for index in range(3):
            moved = found.copy()
            moved[k] = index
            assert mean_db(moved) <= best_db + 1e-6


def test_grouping_rejects_what_has_no_answer(rng: np.random.Generator) -> None:
    components = rng.standard_normal((3, 100, 2))
    with pytest.raises(ValueError, match="silent"):
        metrics.oracle_grouping(components, np.stack([components[0], np.zeros((100, 2))]))
    with pytest.raises(ValueError, match="length"):
        metrics.oracle_grouping(components, components[:, :99])


def test_oracle_improvement_of_perfect_components_is_very_high(rng: np.random.Generator) -> None:
    stems = orthogonal_signals(3, rng)
    gain_db = metrics.oracle_si_sdr_improvement(stems[[2, 0, 1]], stems, stems.sum(axis=0))
    assert gain_db.shape == (3,)
    assert np.all(gain_db > 200.0)


def test_oracle_improvement_without_separation_is_not_positive(rng: np.random.Generator) -> None:
    stems = orthogonal_signals(2, rng)
    mixture = stems.sum(axis=0)
    gain_db = metrics.oracle_si_sdr_improvement(np.array([mixture, mixture]) / 2, stems, mixture)
    assert gain_db == pytest.approx([0.0, 0.0], abs=1e-9)


def test_oracle_improvement_of_a_stem_without_components(rng: np.random.Generator) -> None:
    stems = orthogonal_signals(2, rng)
    gain_db = metrics.oracle_si_sdr_improvement(stems[:1], stems, stems.sum(axis=0))
    assert gain_db[0] > 200.0
    assert gain_db[1] == -np.inf


def test_products_alone_give_the_same_result(rng: np.random.Generator) -> None:
    components = rng.standard_normal((8, 300, 2))
    stems = np.einsum("ks,knc->snc", rng.dirichlet(np.full(3, 0.5), size=8), components)
    mixture = stems.sum(axis=0)
    flat, flat_stems = components.reshape(8, -1), stems.reshape(3, -1)
    si_sdr_db = metrics.oracle_si_sdr_of_products(
        flat @ flat.T, flat @ flat_stems.T, np.sum(flat_stems**2, axis=1)
    )
    before_db = [metrics.si_sdr(mixture, stem) for stem in stems]
    expected = metrics.oracle_si_sdr_improvement(components, stems, mixture)
    assert si_sdr_db - before_db == pytest.approx(expected, abs=1e-9)


def test_products_of_a_stem_without_components(rng: np.random.Generator) -> None:
    stems = orthogonal_signals(2, rng).reshape(2, -1)
    si_sdr_db = metrics.oracle_si_sdr_of_products(
        stems[:1] @ stems[:1].T, stems[:1] @ stems.T, [1, 1]
    )
    assert si_sdr_db[0] > 100.0
    assert si_sdr_db[1] == -np.inf
    with pytest.raises(ValueError, match="silent"):
        metrics.oracle_si_sdr_of_products([[1.0]], [[1.0, 0.0]], [1.0, 0.0])


@pytest.mark.timeout(60)
def test_the_search_ends_where_groups_empty() -> None:
    """What is left of a group without components is a rounding error, which can feign a gain."""
    for seed in range(330):
        random = np.random.default_rng(seed)
        n_components, n_stems = random.integers(3, 7), random.integers(2, 5)
        level = 10.0 ** random.uniform(-9, 0, (n_components, 1, 1))
        components = random.standard_normal((n_components, 12, 1)) * level
        stems = random.standard_normal((n_stems, 12, 1))
        if seed % 3 == 0:
            stems[0] = 0
            stems[0, 0] = 1e-3
            components[:, 0] *= 1e-8
        elif seed % 3 == 1:
            components[:, 6:] = 0
            stems[:, :6] *= 1e-7
        metrics.oracle_grouping(components, stems)


def test_given_groups_are_matched_to_the_stems_they_suit(rng: np.random.Generator) -> None:
    stems = rng.standard_normal((3, 4000, 1))
    owners = rng.permutation(np.repeat(np.arange(3), 4))
    components = stems[owners] * rng.uniform(0.2, 1, (12, 1, 1))
    components += 0.3 * rng.standard_normal(components.shape)
    rows, references = components.reshape(12, -1), stems.reshape(3, -1)
    names = np.array([2, 0, 1])  # what the groups are called says nothing
    found = metrics.grouped_si_sdr_of_products(
        names[owners], rows @ rows.T, rows @ references.T, (references**2).sum(axis=1)
    )
    expected = [
        metrics.si_sdr(components[owners == index].sum(axis=0), stem)
        for index, stem in enumerate(stems)
    ]
    assert found == pytest.approx(expected, abs=1e-6)


def test_a_group_without_components_leaves_a_stem_silent() -> None:
    gram = np.eye(2)
    found = metrics.grouped_si_sdr_of_products([0, 0], gram, np.eye(2), np.ones(2))
    assert sorted(found) == pytest.approx([-np.inf, 0.0])
