"""Devices that are chosen, that vanish and that come back, played by hand."""

import numpy as np
import pytest

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import ArraySource
from isnmf_gui.playback.outlet import DEAD_AFTER_S
from tests.playback.conftest import FakeCard
from tests.playback.sources import noise, ones
from tests.sound_card import wait_until

RATE = 44100
FADE = 220


def lose_device(card: FakeCard) -> None:
    card.outputs[-1].is_alive = False
    wait_until(lambda: card.transport.last_error)


def test_playing_goes_on_at_the_same_place_on_another_device(card: FakeCard) -> None:
    samples = noise(60_000)
    card.names.add("other")
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    card.outputs[-1].is_alive = False  # its fade is not waited for
    transport.use_device("other")
    assert transport.device_name == "other"
    assert [output.is_open for output in card.outputs] == [False, True]
    assert transport.is_playing
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[5000 + FADE : 10_000])
    assert not transport.take_notices()


def test_a_pause_is_one_on_another_device_too(card: FakeCard) -> None:
    samples = noise(60_000)
    card.names.add("other")
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    transport.pause()
    card.pull(1000)
    position = transport.position_samples
    transport.use_device("other")
    assert transport.is_paused
    assert transport.position_samples == position
    assert not card.pull(1000).any()
    transport.resume()
    np.testing.assert_array_equal(card.pull(2000)[FADE:], samples[position + FADE :][: 2000 - FADE])


def test_a_device_may_be_chosen_before_anything_plays(card: FakeCard) -> None:
    card.names.add("other")
    card.transport.use_device("other")
    assert card.transport.device_name is None
    assert not card.outputs
    card.transport.play(ones(3000))
    assert card.transport.device_name == "other"


def test_where_a_chosen_device_is_missing_the_default_plays_and_it_is_said(card: FakeCard) -> None:
    card.transport.use_device("not there")
    card.transport.play(ones(3000))
    assert card.transport.device_name == "fake"
    [notice] = card.transport.take_notices()
    assert "“not there” was not found" in notice
    assert "default device" in notice
    assert not card.transport.take_notices()
    np.testing.assert_array_equal(card.pull(3000), 0.5)


@pytest.mark.parametrize("is_paused", [False, True])
def test_where_a_device_vanishes_the_default_goes_on(card: FakeCard, is_paused: bool) -> None:
    samples = noise(60_000)
    card.names.add("other")
    transport = card.transport
    transport.use_device("other")
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    card.names.remove("other")
    lose_device(card)
    if is_paused:
        transport.pause()  # nothing plays any more; it does no harm
    transport.poll()
    assert transport.device_name == "fake"
    assert transport.last_error is None
    assert transport.is_playing
    [notice] = transport.take_notices()
    assert "“other” stopped" in notice
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[5000 + FADE : 10_000])
    transport.poll()
    assert len(card.outputs) == 2
    assert not transport.take_notices()


def test_where_no_device_is_left_the_place_is_kept(card: FakeCard) -> None:
    samples = noise(60_000)
    source = ArraySource(samples, RATE)
    transport = card.transport
    transport.play(source)
    card.pull(5000)
    card.error = PlaybackError("No sound device was found.")
    lose_device(card)
    for _ in range(3):
        transport.poll()
        assert transport.last_error is card.error
        assert not transport.is_playing
        assert not transport.is_paused
        assert transport.position_samples == 5000
    transport.seek(20_000)
    assert transport.position_samples == 20_000
    assert transport.last_error is card.error
    transport.pause()
    transport.resume()
    card.error = None
    transport.play(source, transport.position_samples)
    assert transport.last_error is None
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[20_000 + FADE : 25_000])


def test_a_failure_to_read_is_not_taken_for_a_lost_device(card: FakeCard) -> None:
    class Failing(ArraySource):
        def read(self, start: int, stop: int) -> np.ndarray:
            raise OSError("gone")

    card.transport.play(Failing(noise(1000), RATE))
    wait_until(lambda: card.transport.last_error)
    card.transport.poll()
    assert len(card.outputs) == 1
    assert "could not be computed" in str(card.transport.last_error)


def test_underruns_of_every_device_are_counted(card: FakeCard) -> None:
    card.names.add("other")
    card.transport.play(ones(60_000))
    card.pull(500)
    card.pull_now(100, device_underrun=True)
    card.outputs[-1].is_alive = False
    card.transport.use_device("other")
    card.pull(500)
    card.pull_now(100, device_underrun=True)
    assert card.transport.device_underruns == 2


def test_a_device_that_is_back_can_be_chosen_again(card: FakeCard) -> None:
    samples = noise(60_000)
    card.names.add("other")
    transport = card.transport
    transport.use_device("other")
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    card.names.remove("other")
    lose_device(card)
    transport.poll()
    card.pull(5000)
    card.names.add("other")
    card.outputs[-1].is_alive = False  # its fade is not waited for
    transport.use_device("other")
    assert transport.device_name == "other"
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[10_000 + FADE : 15_000])


def test_a_device_that_stopped_for_a_moment_is_opened_anew(card: FakeCard) -> None:
    samples = noise(60_000)
    card.names.add("other")
    transport = card.transport
    transport.use_device("other")
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    lose_device(card)
    transport.poll()
    assert transport.device_name == "other"
    assert transport.take_notices() == [
        "The sound device “other” stopped for a moment. Playing goes on."
    ]
    np.testing.assert_array_equal(card.pull(5000)[FADE:], samples[5000 + FADE : 10_000])


@pytest.mark.parametrize("slept_s", [3.0, 8 * 3600.0])
def test_after_sleep_playing_goes_on_where_it_was_without_a_burst(
    card: FakeCard, slept_s: float
) -> None:
    """The clock of some systems goes on while they sleep; then the device asks on."""
    samples = noise(60_000)
    transport = card.transport
    transport.play(ArraySource(samples, RATE))
    card.pull(5000)
    card.now_s += slept_s
    assert transport.position_samples == 5000
    if slept_s > DEAD_AFTER_S:
        wait_until(lambda: transport.last_error)
        transport.poll()
        assert len(transport.take_notices()) == 1
    assert transport.is_playing
    assert transport.position_samples == 5000
    n_late = transport.underruns
    heard = card.pull(5000)
    np.testing.assert_array_equal(heard[FADE:], samples[5000 + FADE : 10_000])
    assert np.abs(heard).max() <= np.abs(samples).max()
    assert transport.position_samples == 10_000
    assert transport.underruns == n_late


def test_after_sleep_a_pause_is_still_one(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ArraySource(noise(60_000), RATE))
    card.pull(5000)
    transport.pause()
    card.pull(1000)
    place = transport.position_samples
    card.now_s += 8 * 3600.0
    transport.poll()
    assert transport.is_paused
    assert not card.pull_now(500).any()
    transport.resume()
    transport.poll()
    assert transport.is_playing
    assert transport.position_samples == place
