import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from isnmf_gui.nmf import DEFAULT_FLOOR, RULES, STARTS, factorize, itakura_saito
from isnmf_gui.nmf.updates import me_multiplier, mm_multiplier
from tests.nmf.stretches import finely_cut

N_ITERATIONS = 15

often = settings(derandomize=True, deadline=None, max_examples=100)
seldom = settings(derandomize=True, deadline=None, max_examples=25)

domains = st.sampled_from([1.0, 1.5, 2.0]) | st.floats(1.0, 2.0)
exponents = st.sampled_from([1.0, 4 / 3, 2.0]) | st.floats(1.0, 2.0)
ratios = st.floats(-12, 12).map(lambda exponent: 10**exponent)


@st.composite
def powers(draw: st.DrawFn, lowest_db: float = 80) -> np.ndarray:
    shape = draw(st.tuples(st.integers(1, 14), st.integers(1, 40)))
    random = np.random.RandomState(draw(st.integers(0, 2**31)))
    level_db = random.uniform(-lowest_db, 0, shape)
    return 10 ** (level_db / 10) * random.standard_exponential(shape)


@st.composite
def choices(draw: st.DrawFn) -> dict:
    return {
        "n_bases": draw(st.integers(1, 6)),
        "rule": draw(st.sampled_from(sorted(RULES))),
        "domain": draw(domains),
        "seed": draw(st.integers(0, 2**32 - 1)),
        "start": draw(st.sampled_from(STARTS)),
        "n_iterations": N_ITERATIONS,
    }


def assert_never_rises(loss: np.ndarray, relative: float, size: int) -> None:
    # A loss near 0 is a small difference of sums of `size` ones: it is known to that only.
    allowed = relative * np.abs(loss[:-1]) + relative * size / 10
    assert np.all(np.diff(loss) <= allowed), (np.diff(loss) / allowed).max()


@often
@given(powers(), choices(), st.floats(-20, 20))
def test_the_loss_never_rises_in_double_precision(power, chosen, exponent) -> None:
    result = factorize(power * 10**exponent, **chosen)
    assert_never_rises(result.loss, 1e-12, power.size)


@often
@given(powers(), choices(), st.floats(-20, 20), st.sampled_from([DEFAULT_FLOOR, 1e-4]))
def test_the_loss_never_rises_in_single_precision(power, chosen, exponent, floor) -> None:
    result = factorize(power * 10**exponent, **chosen, floor=floor, dtype=np.float32)
    assert_never_rises(result.loss, 1e-5, power.size)


@seldom
@given(powers(), choices(), st.booleans())
def test_the_loss_never_rises_where_most_is_silent(power, chosen, single) -> None:
    power[power < np.quantile(power, 0.9)] = 0
    dtype, relative = (np.float32, 1e-5) if single else (np.float64, 1e-12)
    result = factorize(power, **chosen, dtype=dtype)
    assert_never_rises(result.loss, relative, power.size)


@pytest.mark.parametrize("rule", RULES)
def test_the_loss_falls(rule) -> None:
    power = np.random.RandomState(0).standard_exponential((20, 30))
    loss = factorize(power, 3, rule=rule, n_iterations=30).loss
    assert np.all(np.diff(loss) < 0)
    assert loss[-1] < 0.8 * loss[0]


def test_equalization_is_faster_than_minimization() -> None:
    power = np.random.RandomState(0).standard_exponential((20, 30))
    for domain in (1.0, 1.5, 2.0):
        mm, me = (factorize(power, 3, rule=rule, domain=domain).loss for rule in ("mm", "me"))
        assert me[49] < mm[74]


@seldom
@given(powers(), choices(), st.floats(-20, 20))
def test_the_gain_of_the_recording_scales_the_basis_only(power, chosen, exponent) -> None:
    gain = 10**exponent
    plain, scaled = factorize(power, **chosen), factorize(power * gain, **chosen)
    basis = plain.basis * gain ** (chosen["domain"] / 2)
    np.testing.assert_allclose(scaled.basis, basis, rtol=1e-6, atol=1e-12 * basis.max())
    np.testing.assert_allclose(scaled.activation, plain.activation, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(scaled.loss, plain.loss, rtol=1e-9, atol=1e-9)


@seldom
@given(powers(), choices())
def test_the_reported_loss_is_that_of_the_result(power, chosen) -> None:
    # Above the floor the divergence from the given power is the loss.
    assume(power.min() > DEFAULT_FLOOR * power.mean())
    result = factorize(power, **chosen)
    model = (result.basis @ result.activation) ** (2 / chosen["domain"])
    expected = itakura_saito(power, model)
    assert result.loss[-1] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_the_loss_of_silence_is_that_of_the_floored_power() -> None:
    power = np.random.RandomState(3).standard_exponential((9, 20))
    power[:, 5:9] = 0
    result = factorize(power, 2, floor=1e-4)
    floored = np.maximum(power, 1e-4 * power.mean())
    expected = itakura_saito(floored, result.basis @ result.activation)
    assert result.loss[-1] == pytest.approx(expected, rel=1e-9)


def test_divergence_by_hand() -> None:
    assert itakura_saito([[1.0, 2.0]], [[1.0, 1.0]]) == pytest.approx(2 - np.log(2) - 1)
    assert itakura_saito(np.full((2, 3), 4.0), np.full((2, 3), 4.0)) == 0


@seldom
@given(powers(), choices(), st.integers(1, 4), st.sampled_from([np.float32, np.float64]))
def test_a_run_repeated_gives_the_same_bits(power, chosen, n_threads, dtype) -> None:
    with pytest.MonkeyPatch.context() as patch:
        finely_cut(patch)
        first, second = (
            factorize(power, **chosen, n_threads=n, dtype=dtype) for n in (1, n_threads)
        )
    for name in ("basis", "activation", "loss"):
        np.testing.assert_array_equal(getattr(first, name), getattr(second, name))


def test_another_seed_gives_another_result() -> None:
    power = np.random.RandomState(0).standard_exponential((9, 20))
    first, second = (factorize(power, 2, seed=seed, n_iterations=5) for seed in (1, 2))
    assert not np.allclose(first.basis, second.basis)


def every_other(matrix: np.ndarray) -> np.ndarray:
    spread = np.zeros((2 * matrix.shape[0], 3 * matrix.shape[1]))
    spread[::2, ::3] = matrix
    return spread[::2, ::3]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    "stored",
    [
        np.asfortranarray,
        every_other,
        lambda matrix: matrix[::-1, ::-1].copy()[::-1, ::-1],
        lambda matrix: matrix.astype(np.float16),
        lambda matrix: matrix.astype(np.float32),
        lambda matrix: matrix.astype(np.longdouble),
        lambda matrix: matrix.astype(">f8"),
        lambda matrix: matrix.astype(np.int64),
        lambda matrix: matrix.astype(np.uint8),
        lambda matrix: matrix.astype(np.int64).tolist(),
    ],
    ids=[
        "fortran",
        "spread",
        "reversed",
        "float16",
        "float32",
        "longdouble",
        "swapped",
        "int64",
        "uint8",
        "list",
    ],
)
def test_storage_does_not_matter(stored, rule) -> None:
    # Whole numbers up to 255 exist in every one of these types.
    power = np.random.RandomState(4).randint(1, 256, (9, 20)).astype(np.float64)
    expected = factorize(power, 3, rule=rule, n_iterations=10, dtype=np.float64)
    given_power = stored(power)
    result = factorize(given_power, 3, rule=rule, n_iterations=10, dtype=np.float64)
    np.testing.assert_allclose(result.loss, expected.loss, rtol=1e-10)
    np.testing.assert_allclose(result.basis, expected.basis, rtol=1e-8)
    np.testing.assert_allclose(result.activation, expected.activation, rtol=1e-8)
    np.testing.assert_array_equal(given_power, power)


@pytest.mark.parametrize("narrow", [np.float16, np.float32])
def test_narrow_input_is_factorized_in_single_precision(narrow) -> None:
    power = np.random.RandomState(4).randint(1, 256, (9, 20)).astype(narrow)
    expected = factorize(power, 3, n_iterations=10, dtype=np.float32)
    result = factorize(power, 3, n_iterations=10)
    np.testing.assert_array_equal(result.basis, expected.basis)
    assert result.basis.dtype == result.activation.dtype == np.float64


@often
@given(ratios, exponents)
def test_the_minimizing_multiplier_is_the_minimum_of_the_majorizer(c, q) -> None:
    multiplier = mm_multiplier(np.array([c]), q)[0]
    assert multiplier == pytest.approx(c ** (1 / (q + 1)), rel=1e-12)
    slope = -c * multiplier ** (-q - 1) + 1
    assert abs(slope) < 1e-9


@often
@given(ratios, exponents)
def test_the_equalizing_multiplier_is_the_root(c, q) -> None:
    root = me_multiplier(np.array([c]), q)[0]
    size = c * (root**-q + 1) + q * (root + 1)
    assert abs(c * (root**-q - 1) + q * (root - 1)) < 1e-10 * size


@often
@given(ratios, exponents)
def test_the_equalizing_multiplier_is_not_the_root_at_one(c, q) -> None:
    root = me_multiplier(np.array([c]), q)[0]
    minimum = c ** (1 / (q + 1))
    # Seen from r = 1 it lies beyond the minimum of the majorizer.
    assert (root - minimum) * (minimum - 1) > 0 or abs(minimum - 1) < 1e-7


@often
@given(st.floats(-15, -1), st.sampled_from([-1, 1]), exponents)
def test_the_equalizing_multiplier_near_one(exponent, sign, q) -> None:
    step = sign * 10**exponent
    root = me_multiplier(np.array([1 + step]), q)[0]
    # log ψ(u) = (q+1)/2 u + (1−q²)/24 u² + O(u³)
    first = 2 * np.log1p(step) / (q + 1)
    second = first - (1 - q * q) / (12 * (q + 1)) * first**2
    assert np.log(root) == pytest.approx(second, rel=step**2, abs=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_equalizing_multiplier_for_p_2_is_the_ratio_itself(dtype) -> None:
    c = np.logspace(-12, 12, 49, dtype=dtype)
    np.testing.assert_array_equal(me_multiplier(c, 1.0), c)
    np.testing.assert_allclose(me_multiplier(c, 1 + 1e-9), c, rtol=1e-4)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_equalizing_multiplier_for_p_1_has_a_closed_form(dtype) -> None:
    c = np.logspace(-12, 12, 49, dtype=dtype)
    exact = c.astype(np.float64)
    expected = (exact + np.sqrt(exact**2 + 8 * exact)) / 4
    np.testing.assert_allclose(me_multiplier(c, 2.0), expected, rtol=1e-6)
    np.testing.assert_allclose(me_multiplier(c, 2 - 1e-9), expected, rtol=1e-4)


@pytest.mark.parametrize("multiplier", [mm_multiplier, me_multiplier])
@pytest.mark.parametrize("q", [1.0, 4 / 3, 2.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_multipliers_keep_precision_shape_and_one(multiplier, q, dtype) -> None:
    result = multiplier(np.ones((2, 3), dtype), q)
    assert result.dtype == dtype
    np.testing.assert_allclose(result, np.ones((2, 3)), rtol=1e-6)


@pytest.mark.parametrize("multiplier", [mm_multiplier, me_multiplier])
@pytest.mark.parametrize("q", [1.0, 4 / 3, 2.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_multipliers_are_finite_and_rise(multiplier, q, dtype) -> None:
    c = np.array([0, 1e-38, 1e-30, 1e-10, 1, 1e10, 1e18], dtype)
    result = multiplier(c, q)
    assert np.isfinite(result).all()
    assert np.all(np.diff(result) >= 0)
    assert np.all(result >= 0)
