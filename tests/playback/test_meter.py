"""Levels of what leaves for the device."""

import numpy as np
import pytest

from isnmf_gui.playback import ArraySource
from isnmf_gui.playback.meter import CallbackMeter
from tests.playback.conftest import FakeCard

RATE = 44100


def wave(n_samples: int = RATE) -> np.ndarray:
    tone = np.sin(2 * np.pi * 441 * np.arange(n_samples) / RATE)
    return np.stack([0.5 * tone, 0.1 * tone], axis=1).astype(np.float32)


def test_levels_are_those_of_each_channel_since_the_last_look(card: FakeCard) -> None:
    samples = wave()
    samples[6000, 1] = -0.9
    card.transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    for peaks, rms in [((0.5, 0.1), 0.1), ((0.5, 0.9), 0.12), ((0.5, 0.1), 0.1)]:
        levels = card.transport.levels()
        np.testing.assert_allclose(levels.peak, peaks, rtol=1e-3)
        assert levels.rms[0] == pytest.approx(0.5 / np.sqrt(2), rel=0.02)
        assert levels.rms[1] == pytest.approx(rms / np.sqrt(2), rel=0.3)
        assert not levels.clipped.any()
        card.pull(5000)


def test_the_volume_counts(card: FakeCard) -> None:
    card.transport.volume = 0.5
    card.transport.play(ArraySource(wave(), RATE))
    card.pull(5000)
    np.testing.assert_allclose(card.transport.levels().peak, [0.25, 0.05], rtol=1e-3)


def test_a_second_look_before_the_next_buffer_shows_the_same(card: FakeCard) -> None:
    card.transport.play(ArraySource(wave(), RATE))
    card.pull(5000)
    first, second = card.transport.levels(), card.transport.levels()
    np.testing.assert_array_equal(first.peak, second.peak)
    np.testing.assert_array_equal(first.rms, second.rms)


def test_a_clip_is_marked_until_it_is_reset(card: FakeCard) -> None:
    samples = wave()
    samples[3000, 1] = 1.001
    samples[4000, 0] = -1  # full scale itself is not cut off
    card.transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    for _ in range(3):
        np.testing.assert_array_equal(card.transport.levels().clipped, [False, True])
        card.pull(2000)
    card.transport.reset_clip()
    card.pull(500)
    assert not card.transport.levels().clipped.any()


def test_after_stop_it_falls_to_nothing(card: FakeCard) -> None:
    card.transport.play(ArraySource(wave(), RATE))
    card.pull(5000)
    card.transport.stop()
    card.pull_now(1000)
    card.transport.levels()
    card.pull_now(500)
    levels = card.transport.levels()
    assert not levels.peak.any()
    assert not levels.rms.any()


def test_blocks_of_any_length_add_up() -> None:
    samples = wave(5000)
    meter = CallbackMeter(1024, 2)
    for start in range(0, 5000, 333):
        meter.measure(samples[start : start + 333])
    levels = meter.take()
    np.testing.assert_allclose(levels.peak, np.abs(samples).max(axis=0))
    np.testing.assert_allclose(levels.rms, np.sqrt((samples**2).mean(axis=0)), rtol=1e-4)
