"""Pitch, brightness and onset rate of factors whose sound is known."""

import numpy as np
import pytest

from isnmf_gui.spectral.hearing.descriptors import (
    _no_finer,
    centres_hz,
    describe,
    onset_rates,
    pitches_hz,
)


def harmonic(
    pitch_hz: float, rate: int, window: int, slope: float, generator: np.random.Generator
) -> np.ndarray:
    """Return the power spectrum of a window of a tone, with some noise."""
    time_s = np.arange(window) / rate
    tone = np.zeros(window)
    for number in range(1, int(rate / 2 / pitch_hz) + 1):
        phase = generator.uniform(0, 2 * np.pi)
        tone += number**-slope * np.cos(2 * np.pi * number * pitch_hz * time_s + phase)
    power = np.abs(np.fft.rfft(tone * np.hanning(window))) ** 2
    return power / power.max() + 1e-5 * generator.exponential(size=len(power))


@pytest.mark.parametrize(("rate", "window"), [(44_100, 2048), (22_050, 1024), (44_100, 4096)])
@pytest.mark.parametrize("slope", [0.5, 1.2, 2.5])
def test_tones_have_their_pitch(rate: int, window: int, slope: float) -> None:
    generator = np.random.default_rng(window)
    pitches = np.geomspace(max(55.0, 4 * rate / window), 1500, 50)
    spectra = np.stack([harmonic(it, rate, window, slope, generator) for it in pitches])
    cents = 1200 * np.log2(pitches_hz(spectra, rate / window) / pitches)
    assert np.abs(cents).max() < 20  # and none is NaN


def test_windows_of_seconds_take_no_large_patterns() -> None:
    """Thin lines fit no pattern well, so not all are found; but none is found wrongly."""
    rate, window = 44_100, 65_536
    generator = np.random.default_rng(0)
    pitches = np.geomspace(55, 1500, 30)
    spectra = np.stack([harmonic(it, rate, window, 1.2, generator) for it in pitches])
    cents = 1200 * np.log2(pitches_hz(spectra, rate / window) / pitches)
    assert np.isfinite(cents).sum() >= 10
    assert np.nanmax(np.abs(cents)) < 20
    coarse, bin_hz = _no_finer(spectra, rate / window)
    assert coarse.shape[1] < 3000
    np.testing.assert_allclose(centres_hz(coarse, bin_hz), centres_hz(spectra, rate / window), 0.01)


def noises() -> dict[str, np.ndarray]:
    generator = np.random.default_rng(7)
    bins = np.arange(1025)
    centre, width = generator.uniform(50, 900, (30, 1)), generator.uniform(30, 300, (30, 1))
    return {
        "white": generator.gamma(4, size=(30, 1025)),
        "falling": generator.gamma(4, size=(30, 1025)) / (1 + bins / 50) ** 2,
        "flat": np.ones((1, 1025)),
        "bands": np.exp(-0.5 * ((bins - centre) / width) ** 2),
        "empty": np.zeros((1, 1025)),
    }


@pytest.mark.parametrize("kind", noises())
def test_noise_has_no_pitch(kind: str) -> None:
    assert np.isnan(pitches_hz(noises()[kind], 44_100 / 2048)).all()


def test_the_domain_does_not_matter() -> None:
    """The factors of p = 1 are amplitudes."""
    generator = np.random.default_rng(3)
    power = harmonic(220, 44_100, 2048, 1.0, generator)[:, None]
    activation = generator.gamma(0.5, size=(1, 500))
    by_power = describe(power, activation, 2.0, 44_100 / 2048, 0.01)
    by_amplitude = describe(np.sqrt(power), np.sqrt(activation), 1.0, 44_100 / 2048, 0.01)
    for name in ("pitch_hz", "brightness_hz", "onsets_per_s"):
        np.testing.assert_allclose(getattr(by_power, name), getattr(by_amplitude, name), rtol=1e-6)


def test_neither_does_the_scale() -> None:
    generator = np.random.default_rng(4)
    basis, activation = generator.gamma(0.5, size=(1025, 5)), generator.gamma(0.3, size=(5, 500))
    one = describe(basis, activation, 1.5, 20.0, 0.01)
    other = describe(basis * 1e-9, activation * 1e6, 1.5, 20.0, 0.01)
    np.testing.assert_allclose(one.brightness_hz, other.brightness_hz)
    np.testing.assert_allclose(one.onsets_per_s, other.onsets_per_s)


def test_brightness_is_the_centre_of_the_power() -> None:
    spectra = np.zeros((3, 100))
    spectra[0, 10] = 2.0
    spectra[1, [10, 30]] = 1.0, 3.0
    assert centres_hz(spectra, 20.0) == pytest.approx([200, 500, 0])


@pytest.mark.parametrize("q", [1.0, 4 / 3, 2.0])
@pytest.mark.parametrize("frame_s", [0.003, 0.0116, 0.03])
@pytest.mark.parametrize("rate", [0.5, 2.0, 7.0])
def test_clicks_at_a_known_rate(rate: float, frame_s: float, q: float) -> None:
    seconds = 30
    time_s = np.arange(int(seconds / frame_s)) * frame_s
    since_s = (time_s + 0.3 / rate) % (1 / rate)
    power = np.exp(-since_s * 60) + 1e-6
    power *= 1 + 0.2 * np.random.default_rng(1).standard_normal(len(power)).clip(-2, 2)
    found = onset_rates(power[None] ** (1 / q), q, frame_s)
    assert found[0] == pytest.approx(rate, abs=1.5 / seconds)


def test_what_never_sets_in_has_no_onsets() -> None:
    swell = np.linspace(1, 2, 1000)
    rates = onset_rates(np.stack([np.zeros(1000), swell]), 1.0, 0.01)
    assert rates.tolist() == [0, pytest.approx(0.1)]  # the second is there from the beginning


def test_short_and_empty_factors() -> None:
    found = describe(np.zeros((33, 2)), np.zeros((2, 1)), 2.0, 500.0, 0.01)
    assert np.isnan(found.pitch_hz).all()
    assert found.brightness_hz.tolist() == [0, 0]
    assert found.onsets_per_s.tolist() == [0, 0]
