"""What a place sounds like: its own time and band, nothing else."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from isnmf_gui.session.document.box_sound import FADE_S, box_samples
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.sound_files.recording import Recording

RATE = 16_000
FADE = round(FADE_S * RATE)


def made_of(samples: NDArray[np.floating], rate: int = RATE) -> Recording:
    return Recording(np.ascontiguousarray(samples, np.float32), rate, Path("noise.wav"))


@pytest.fixture(scope="module")
def noise() -> Recording:
    return made_of(np.random.default_rng(5).standard_normal((2 * RATE, 2)) * 0.1)


def power_in(samples: NDArray[np.floating], low_hz: float, high_hz: float) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))[:, None], axis=0)) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    inside = (hertz >= low_hz) & (hertz < high_hz)
    return float(spectrum[inside].sum() / len(samples))


@pytest.mark.parametrize(
    ("low_hz", "high_hz"), [(200.0, 400.0), (1000.0, 1189.2), (60.0, 71.4), (2000.0, 8000.0)]
)
def test_the_band_is_kept_and_others_are_not(
    noise: Recording, low_hz: float, high_hz: float
) -> None:
    samples, start = box_samples(noise, Box(0.2, 1.6, low_hz, high_hz))
    whole = noise.samples[start : start + len(samples)]
    inner = low_hz * 1.03, high_hz / 1.03
    kept = 10 * np.log10(power_in(samples, *inner) / power_in(whole, *inner))
    assert kept == pytest.approx(0, abs=1.5)
    edge_hz = max(8.0, 0.2 * (high_hz - low_hz))
    for others in ((0.0, low_hz - edge_hz), (high_hz + edge_hz, RATE / 2)):
        if others[0] < others[1]:
            left = power_in(samples, *others) / power_in(whole, *others)
            assert 10 * np.log10(left) < -35


@pytest.mark.parametrize("duration_s", [0.2, 1.0])
def test_the_time_is_kept_and_the_rest_fades(noise: Recording, duration_s: float) -> None:
    samples, start = box_samples(noise, Box(0.5, 0.5 + duration_s, 0.0, RATE / 2))
    begin, end = round(0.5 * RATE), round((0.5 + duration_s) * RATE)
    assert (start, len(samples)) == (begin - FADE, end - begin + 2 * FADE)
    assert samples.dtype == np.float32
    inside = samples[FADE : FADE + end - begin]
    np.testing.assert_allclose(inside, noise.samples[begin:end], atol=1e-5)
    fades = np.abs(samples[:FADE]) / np.abs(noise.samples[start:begin])
    assert (np.diff(fades[:, 0]) > 0).mean() > 0.95
    assert np.abs(samples[[0, -1]]).max() < 1e-2 * np.abs(samples).max()


def test_a_short_tone_beside_another_comes_out_at_its_level() -> None:
    t = np.arange(RATE) / RATE
    tone, other = np.sin(2 * np.pi * 440 * t), np.sin(2 * np.pi * 660 * t)
    samples, start = box_samples(made_of((tone + other)[:, None]), Box(0.4, 0.6, 400, 476))
    expected = tone[start : start + len(samples), None]
    middle = slice(FADE, -FADE)
    error = np.mean((samples - expected)[middle] ** 2) / np.mean(expected[middle] ** 2)
    assert 10 * np.log10(error) < -25


def test_longer_fades_give_more_around(noise: Recording) -> None:
    samples, start = box_samples(noise, Box(0.5, 0.7, 0.0, 9000.0), fade_s=0.1)
    assert (start, len(samples)) == (round(0.4 * RATE), round(0.4 * RATE))


@pytest.mark.parametrize(
    ("box", "start", "length"),
    [
        (Box(-1.0, 0.1, 0.0, 900.0), 0, round(0.1 * RATE) + FADE),
        (Box(1.9, 5.0, 300.0, 900.0), round(1.9 * RATE) - FADE, round(0.1 * RATE) + FADE),
        (Box(-1.0, 9.0, 300.0, 1e6), 0, 2 * RATE),
        (Box(3.0, 4.0, 300.0, 900.0), 2 * RATE, 0),
        (Box(0.5, 0.6, 9000.0, 12_000.0), round(0.5 * RATE), 0),
    ],
)
def test_what_lies_outside_is_left_away(
    noise: Recording, box: Box, start: int, length: int
) -> None:
    samples, first = box_samples(noise, box)
    assert (first, samples.shape) == (start, (length, 2))
    assert np.isfinite(samples).all()


def test_one_sample_can_be_heard() -> None:
    samples, start = box_samples(made_of(np.ones((1, 1))), Box(0.0, 1.0, 0.0, 8000.0))
    assert (samples.shape, start) == ((1, 1), 0)
