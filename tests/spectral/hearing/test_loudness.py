"""Loudness against the minimum requirements of EBU Tech 3341."""

import math

import numpy as np
import pytest

from isnmf_gui.spectral.hearing.loudness import LoudnessMeter, _k_weighting


def tone(levels_dbfs: list[tuple[float, float]], rate: int, n_channels: int = 2) -> np.ndarray:
    """Return a tone of 1 kHz that takes one level after another, each for some seconds."""
    pieces = []
    for level, seconds in levels_dbfs:
        time_s = np.arange(round(seconds * rate)) / rate
        pieces.append(10 ** (level / 20) * np.sin(2 * np.pi * 1000 * time_s))
    return np.repeat(np.concatenate(pieces)[:, None], n_channels, axis=1)


def measured(sound: np.ndarray, rate: int, block: int = 4096) -> float:
    meter = LoudnessMeter(rate, sound.shape[1])
    for start in range(0, len(sound), block):
        meter.add(sound[start : start + block])
    return meter.loudness_lufs


# Test signals 1 to 5 of the document, shortened to the same shares of time; ±0.1 LU are allowed.
SIGNALS = {
    "1": ([(-23, 8)], -23),
    "2": ([(-33, 8)], -33),
    "3": ([(-36, 2), (-23, 12), (-36, 2)], -23),
    "4": ([(-72, 2), (-36, 2), (-23, 12), (-36, 2), (-72, 2)], -23),
    "5": ([(-26, 5), (-20, 5.025), (-26, 5)], -23),
}


@pytest.mark.parametrize("name", SIGNALS)
@pytest.mark.parametrize("rate", [44_100, 48_000])
def test_signals_of_the_standard(name: str, rate: int) -> None:
    levels, expected = SIGNALS[name]
    assert measured(tone(levels, rate), rate) == pytest.approx(expected, abs=0.1)


def test_the_weighting_is_the_table_of_the_recommendation() -> None:
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285]
    shelf += [1, -1.69065929318241, 0.73248077421585]
    high_pass = [1, -2, 1, 1, -1.99004745483398, 0.99007225036621]
    assert np.allclose(_k_weighting(48_000), [shelf, high_pass], atol=1e-8)


@pytest.mark.parametrize("rate", [8000, 22_050, 96_000, 192_000])
def test_other_rates(rate: int) -> None:
    assert measured(tone([(-23, 2)], rate), rate) == pytest.approx(-23, abs=0.1)


def test_blocks_of_any_size_give_the_same() -> None:
    sound = np.random.default_rng(0).standard_normal((30_011, 2))
    whole = measured(sound, 8000, block=40_000)
    for block in (1, 777, 8192):
        shorter = sound[:9001] if block == 1 else sound
        expected = measured(shorter, 8000, 40_000) if block == 1 else whole
        assert measured(shorter, 8000, block) == pytest.approx(expected, abs=1e-9)


def test_channels() -> None:
    """A channel twice is 3 dB louder; surround counts 1.5 dB more, low frequencies not at all."""
    mono = measured(tone([(-23, 2)], 48_000, 1), 48_000)
    assert mono == pytest.approx(-26.0, abs=0.1)
    sound = np.zeros((96_000, 6))
    for channel, more_db in {0: 0, 2: 0, 4: 1.5, 5: 1.5}.items():
        sound[:] = 0
        sound[:, channel] = tone([(-23, 2)], 48_000, 1)[:, 0]
        assert measured(sound, 48_000) == pytest.approx(mono + more_db, abs=0.01)
    sound[:] = 0
    sound[:, 3] = 1
    assert measured(sound, 48_000) == -math.inf


def test_silence_and_sound_shorter_than_a_piece() -> None:
    assert measured(np.zeros((48_000, 2)), 48_000) == -math.inf
    assert measured(np.zeros((0, 2)), 48_000) == -math.inf
    assert measured(tone([(-23, 0.2)], 48_000), 48_000) == pytest.approx(-23, abs=0.3)
    assert measured(tone([(-75, 2)], 48_000), 48_000) == -math.inf
