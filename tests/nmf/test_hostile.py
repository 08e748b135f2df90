import itertools

import numpy as np
import pytest

from isnmf_gui.errors import IsnmfError, MatrixError, SettingsError
from isnmf_gui.nmf import RULES, STARTS, factorize

RANDOM = np.random.RandomState(7)
NOISE = RANDOM.standard_exponential((9, 14))
IMPULSE = np.zeros((9, 14))
IMPULSE[3, 4] = 1
CASES = {
    "zeros": np.zeros((9, 14)),
    "one frame": NOISE[:, :1],
    "one bin": NOISE[:1],
    "one number": NOISE[:1, :1],
    "one zero": np.zeros((1, 1)),
    "constant": np.full((9, 14), 3.0),
    "impulse": IMPULSE,
    "rank one": np.outer(NOISE[:, 0], NOISE[0]),
    "rank two": NOISE[:, :2] @ NOISE[:2],
    "a silent frame and bin": NOISE * (np.arange(14) != 5) * (np.arange(9) != 2)[:, None],
    "subnormal": NOISE * 1e-310,
    "least subnormal": np.full((9, 14), 5e-324),
    "1e-30": NOISE * 1e-30,
    "1e+30": NOISE * 1e30,
    "1e-300": NOISE * 1e-300,
    "1e+300": NOISE * 1e300,
    "600 decades": 10 ** RANDOM.uniform(-300, 300, (9, 14)),
}
# Without scaling, the published example's arithmetic is made for the level of recordings.
AT_RECORDING_LEVEL = [
    name for name in CASES if name not in ("1e+30", "1e+300", "600 decades", "1e-300")
]
NAMED = [(name, start) for name in CASES for start in STARTS]


def combinations(**fixed):
    for rule, domain, dtype, n_bases in itertools.product(
        RULES, (1.0, 1.5, 2.0), (np.float32, np.float64), (1, 20)
    ):
        yield {"rule": rule, "domain": domain, "dtype": dtype, "n_bases": n_bases, **fixed}


def assert_never_rises(power: np.ndarray, loss: np.ndarray, settings: dict) -> None:
    relative = 1e-5 if settings["dtype"] == np.float32 else 1e-12
    allowed = relative * np.abs(loss[:-1]) + relative * power.size / 10
    assert np.all(np.diff(loss) <= allowed), settings


def assert_sound(power: np.ndarray, result) -> None:
    n_bins, n_frames = power.shape
    assert result.basis.shape[0] == n_bins
    assert result.activation.shape[1] == n_frames
    for values in (result.basis, result.activation, result.loss):
        assert np.isfinite(values).all()
    assert (result.basis >= 0).all()
    assert (result.activation >= 0).all()


@pytest.mark.parametrize(("case", "start"), NAMED)
def test_hostile_matrices_give_finite_and_reproducible_results(case, start) -> None:
    """Whose losses never rise."""
    power = CASES[case]
    for settings in combinations(start=start, n_iterations=6):
        result, again = (factorize(power, **settings) for _ in range(2))
        assert_sound(power, result)
        np.testing.assert_array_equal(result.basis, again.basis)
        np.testing.assert_array_equal(result.activation, again.activation)
        np.testing.assert_array_equal(result.loss, again.loss)
        assert_never_rises(power, result.loss, settings)


@pytest.mark.parametrize("case", CASES)
def test_the_loss_never_rises_on_hostile_matrices_with_a_high_floor(case) -> None:
    power = CASES[case]
    for start in STARTS:
        for settings in combinations(start=start, floor=1e-4, n_iterations=6, n_threads=1):
            assert_never_rises(power, factorize(power, **settings).loss, settings)


@pytest.mark.parametrize("case", AT_RECORDING_LEVEL)
def test_hostile_matrices_are_finite_with_the_absolute_floor(case) -> None:
    for settings in combinations(floor="absolute", n_iterations=8):
        assert_sound(CASES[case], factorize(CASES[case], **settings))


@pytest.mark.parametrize("case", ["constant", "rank one", "one frame", "one bin", "zeros"])
@pytest.mark.parametrize("rule", RULES)
def test_what_one_basis_can_hold_is_fitted(case, rule) -> None:
    result = factorize(CASES[case], 1, rule=rule, n_iterations=200)
    model = result.basis @ result.activation
    expected = CASES[case] if CASES[case].any() else np.full((9, 14), 1e-9)
    np.testing.assert_allclose(model, expected, rtol=1e-6)
    assert abs(result.loss[-1]) < 1e-6


@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
def test_factors_come_back_in_the_units_of_the_recording(domain) -> None:
    for scale in (1e-300, 1e-30, 1e30, 1e300):
        power = CASES["rank one"] * scale
        result = factorize(power, 1, domain=domain, n_iterations=200)
        model = (result.basis @ result.activation) ** (2 / domain)
        np.testing.assert_allclose(model, power, rtol=1e-6)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("domain", [1.0, 1.5, 2.0])
def test_given_factors_of_zero_can_leave_zero(rule, dtype, domain) -> None:
    power = CASES["rank one"]
    zeros = {"basis": np.zeros((9, 1)), "activation": np.zeros((1, 14))}
    result = factorize(power, 1, rule=rule, domain=domain, dtype=dtype, n_iterations=300, **zeros)
    model = (result.basis @ result.activation) ** (2 / domain)
    # The fast rule ends where the loss cannot be told from zero, which is quadratic in the error.
    single_and_fast = rule == "fast" and dtype == np.float32
    np.testing.assert_allclose(model, power, rtol=1e-3 if single_and_fast else 1e-4)


BAD_MATRICES = {
    "nan": (np.where(IMPULSE > 0, np.nan, 1), r"row 3, column 4: nan"),
    "inf": (np.where(IMPULSE > 0, np.inf, 1), r"row 3, column 4: inf"),
    "-inf": (np.where(IMPULSE > 0, -np.inf, 1), r"row 3, column 4: -inf"),
    "negative": (np.where(IMPULSE > 0, -0.5, 1), r"negative at row 3, column 4: -0.5"),
    "negative integer": (np.where(IMPULSE > 0, -2, 1), r"negative at row 3, column 4: -2"),
    "float16 nan": (np.where(IMPULSE > 0, np.nan, 1).astype(np.float16), r"row 3, column 4: nan"),
    "empty": (np.zeros((0, 4)), r"shape is \(0, 4\)"),
    "no frames": (np.zeros((4, 0)), r"shape is \(4, 0\)"),
    "vector": (np.ones(5), r"shape is \(5,\)"),
    "number": (1.0, r"shape is \(\)"),
    "three axes": (np.ones((2, 3, 4)), r"shape is \(2, 3, 4\)"),
    "complex": (np.ones((2, 3), complex), "complex128"),
    "text": (np.full((2, 3), "a"), "real numbers"),
    "objects": (np.full((2, 3), None), "real numbers"),
    "booleans": (np.ones((2, 3), bool), "real numbers"),
}


@pytest.mark.parametrize("case", BAD_MATRICES)
def test_bad_power_is_refused_naming_the_place(case) -> None:
    power, message = BAD_MATRICES[case]
    with pytest.raises(MatrixError, match=message) as caught:
        factorize(power, 2)
    assert "power spectrogram" in caught.value.message


@pytest.mark.parametrize("case", BAD_MATRICES)
@pytest.mark.parametrize("name", ["basis", "activation"])
def test_bad_factors_are_refused_naming_the_place(case, name) -> None:
    factor, message = BAD_MATRICES[case]
    with pytest.raises(MatrixError, match=message) as caught:
        factorize(NOISE, 2, **{name: factor})
    assert name in caught.value.message


def test_the_place_is_found_in_a_large_matrix() -> None:
    power = np.ones((1 << 10, 3000), np.float32)
    power[1000, 2500] = np.nan
    with pytest.raises(MatrixError, match="row 1000, column 2500"):
        factorize(power, 2)


@pytest.mark.parametrize("name", ["basis", "activation"])
@pytest.mark.parametrize("shape", [(9, 3), (3, 14), (2, 9), (14, 2), (1, 1)])
def test_factors_of_a_wrong_shape_are_refused(name, shape) -> None:
    with pytest.raises(IsnmfError, match=name) as caught:
        factorize(NOISE, 2, **{name: np.ones(shape)})
    assert isinstance(caught.value, MatrixError | SettingsError)
    assert str(shape) in caught.value.message


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("n_bases", [0, -1]),
        ("rule", ["", "MM", "newton"]),
        ("domain", [0.0, 0.999, 2.001, -1.0, np.nan, np.inf]),
        ("n_iterations", [0, -5]),
        ("tolerance", [-1e-9, np.nan]),
        ("start", ["", "ones"]),
        ("seed", [-1, 2**32]),
        ("floor", [0.0, -1e-9, 0.2, np.nan, "relative"]),
        ("n_threads", [0, -2]),
        ("dtype", [np.float16, np.int32, np.complex128]),
    ],
)
def test_settings_out_of_range_are_refused(setting, values) -> None:
    for value in values:
        with pytest.raises(SettingsError):
            factorize(NOISE, **{"n_bases": 2, setting: value})


def test_the_input_is_not_changed() -> None:
    given = [NOISE.copy(), RANDOM.rand(9, 2), RANDOM.rand(2, 14)]
    kept = [matrix.copy() for matrix in given]
    factorize(given[0], 2, basis=given[1], activation=given[2], n_iterations=3)
    for matrix, copy in zip(given, kept, strict=True):
        np.testing.assert_array_equal(matrix, copy)
