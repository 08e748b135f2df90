"""Pictures of models and of masked recordings: exact where they are drawn."""

import numpy as np
import pytest

from isnmf_gui.spectral.factors import Factors
from isnmf_gui.spectral.masks import gain_mask, residual_mask
from isnmf_gui.spectral.pictures.factor_pictures import LoudestFrames, MaskedPictures, ModelPictures
from isnmf_gui.spectral.pictures.grid import Grid, Span, decibels
from isnmf_gui.spectral.pictures.power_pictures import POWERS, STEP_DB, PowerPictures, codes_of
from tests.spectral.pictures.test_pictures import pooled_directly

N_FRAMES, N_BINS, N_BASES = 900, 40, 5
GRID = Grid(0.01, 20.0)
GAINS = np.array([1.0, 0.0, 0.5, 2.0, 0.1])


@pytest.fixture(params=[1.0, 1.5, 2.0])
def factors(request: pytest.FixtureRequest) -> Factors:
    random = np.random.RandomState(3)
    basis = random.standard_exponential((N_BASES, N_BINS)).astype(np.float32)
    activation = random.standard_exponential((N_FRAMES, N_BASES)).astype(np.float32)
    return Factors(basis, activation, request.param)


@pytest.fixture
def power() -> np.ndarray:
    random = np.random.RandomState(4)
    return (1e-3 * random.standard_exponential((N_FRAMES, N_BINS))).astype(np.float32)


def of_mix(kind: str, residual: bool):
    def mask_of(part: Factors, frames=None, bins=None):
        mask = gain_mask(part, GAINS, kind)
        return residual_mask(mask) if residual else mask

    return mask_of


@pytest.mark.parametrize("kind", ["wiener", "ratio"])
@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("pixels", [60, 333])
def test_a_masked_recording_is_exact_where_every_frame_has_a_pixel(
    factors, power, kind, residual, logarithmic, pixels
) -> None:
    pictures = PowerPictures(codes_of(power), GRID)
    masked = MaskedPictures(pictures, factors, GRID, of_mix(kind, residual), GAINS)
    time, frequency = Span(99.5, 159.5, pixels), Span(1.2, 33.3, 25, logarithmic)
    mask = of_mix(kind, residual)(factors)(0, N_FRAMES, power)
    expected = decibels(pooled_directly(mask**2 * power, time, frequency), float(power.max()))
    result = masked.render(time, frequency)
    assert result.shape == expected.shape
    # A hundredth of a decibel of the recording matters more where a ratio mask is near one.
    seen = expected > -60
    assert np.abs(result - expected)[seen].max() < (0.5 if residual else 3 * STEP_DB)


def test_from_afar_a_masked_recording_shows_its_loudest_frames(factors, power) -> None:
    pictures = PowerPictures(codes_of(power), GRID)
    masked = MaskedPictures(pictures, factors, GRID, of_mix("wiener", False), GAINS)
    time, frequency = Span(-0.5, N_FRAMES - 0.5, 45), Span(-0.5, N_BINS - 0.5, N_BINS)
    exact = gain_mask(factors, GAINS, "wiener")(0, N_FRAMES, power) ** 2 * power
    shown = LoudestFrames(factors, GAINS).under(time)
    loudness = factors.activation @ (factors.basis.sum(axis=1) * GAINS)
    for column, frame in enumerate(shown):
        assert frame // 20 == column
        assert loudness[frame] == pytest.approx(loudness[column * 20 : column * 20 + 20].max())
    expected = decibels(exact[shown].T, float(power.max()))
    np.testing.assert_allclose(masked.render(time, frequency), expected, atol=3 * STEP_DB)


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("pixels", [60, 333])
def test_the_model_is_exact_where_every_frame_has_a_pixel(factors, logarithmic, pixels) -> None:
    time, frequency = Span(99.5, 159.5, pixels), Span(1.2, 33.3, 25, logarithmic)
    model = (factors.activation @ factors.basis).astype(float) ** (2 / factors.domain)
    expected = 10 * np.log10(pooled_directly(model, time, frequency)) + 30
    result = ModelPictures(factors).render(time, frequency, -30.0)
    np.testing.assert_allclose(result, expected, atol=1e-3)


def test_masks_of_another_transform_are_those_of_the_nearest_point(power) -> None:
    """A part that is all of the recording from some frame and bin on, on a coarser grid."""
    coarse = Grid(2 * GRID.frame_s, 2 * GRID.bin_hz)
    basis = np.ones((2, N_BINS // 2), np.float32)
    activation = np.array([[1.0, 0], [0, 1]], np.float32).repeat(N_FRAMES // 4, axis=0)
    factors = Factors(basis, activation, 2.0)
    gains = np.array([0.0, 1])
    masked = MaskedPictures(
        PowerPictures(codes_of(power), GRID), factors, coarse,
        lambda part, frames, bins: gain_mask(part, gains, "wiener"), gains,
    )  # fmt: skip
    time = Span(-0.5, N_FRAMES / 2 - 0.5, N_FRAMES // 2)
    picture = masked.render(time, Span(-0.5, N_BINS - 0.5, N_BINS))
    expected = decibels(power[::2].T, float(power.max()))
    half = N_FRAMES // 4
    np.testing.assert_allclose(picture[:, half:], expected[:, half:], atol=2 * STEP_DB)
    assert picture[:, :half].max() < -200


def test_outside_the_frames_that_were_factorized_parts_are_silent(power) -> None:
    basis = np.ones((2, N_BINS), np.float32)
    activation = np.zeros((N_FRAMES, 2), np.float32)
    activation[300:600] = 1
    factors = Factors(basis, activation, 2.0, frames=(300, 600))
    pictures = PowerPictures(codes_of(power), GRID)
    time, frequency = Span(-0.5, N_FRAMES - 0.5, N_FRAMES), Span(-0.5, N_BINS - 0.5, N_BINS)
    both = np.ones(2)

    def of_both(part: Factors, frames, bins):
        return gain_mask(part, both, "wiener")

    mix = MaskedPictures(pictures, factors, GRID, of_both, both).render(time, frequency)
    whole = pictures.render(time, frequency)
    np.testing.assert_allclose(mix[:, 300:600], whole[:, 300:600], atol=2 * STEP_DB)
    assert max(mix[:, :300].max(), mix[:, 600:].max()) < -200
    left = MaskedPictures(
        pictures, factors, GRID, lambda *cut: residual_mask(of_both(*cut)), both
    ).render(time, frequency)
    np.testing.assert_allclose(left[:, :300], whole[:, :300], atol=2 * STEP_DB)
    assert left[:, 300:600].max() < -100


@pytest.mark.parametrize("power", [0.0, 1e-30, 1e-12, 1.0, 1e21])
def test_powers_survive_their_codes(power) -> None:
    code = codes_of(np.array([power], np.float32))
    assert POWERS[code][0] == pytest.approx(power, rel=0.003)
