"""The transport where sources or devices fail."""

import threading

import numpy as np
import pytest
from numpy.typing import NDArray

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import ArraySource
from tests.playback.conftest import FakeCard, FakeOutput
from tests.playback.sources import RATE, FailingSource, noise, ones
from tests.sound_card import wait_until


@pytest.mark.parametrize(
    ("error", "sentence", "details"),
    [
        (OSError("no such file"), "Playing stopped", "OSError: no such file"),
        (PlaybackError("The recording is gone.", "why"), "The recording is gone.", "why"),
    ],
)
def test_an_error_in_reading_ends_playing(
    card: FakeCard, error: Exception, sentence: str, details: str
) -> None:
    transport = card.transport
    transport.play(FailingSource(10_000, error))
    wait_until(lambda: (card.pull_now(200), transport.last_error)[1])
    assert transport.last_error is not None
    assert transport.last_error.message.startswith(sentence)
    assert transport.last_error.details == details
    assert not transport.is_playing
    assert not transport.is_paused
    assert not transport.finished
    card.pull_now(1000)
    assert not card.pull_now(1000).any()
    transport.stop()
    assert transport.last_error is not None
    transport.play(ones(3000))
    assert transport.last_error is None
    np.testing.assert_array_equal(card.pull(3000), 0.5)


def test_wrong_shapes_are_an_error_and_bad_values_are_silence(card: FakeCard) -> None:
    class WrongSource(ArraySource):
        def read(self, start: int, stop: int) -> NDArray[np.float32]:
            return super().read(start, stop)[:-1]

    card.transport.play(WrongSource(noise(RATE), RATE))
    wait_until(lambda: card.transport.last_error)
    samples = noise(3000)
    samples[100:200] = np.nan
    samples[200:300] = np.inf
    card.pull_now(1000)  # the failed one fades out
    card.transport.play(ArraySource(samples, RATE))
    heard = card.pull(3000)
    assert not heard[100:300].any()
    np.testing.assert_array_equal(heard[300:], samples[300:])
    assert np.isnan(samples[100:200]).all()  # what was given is left alone


def test_a_device_that_goes_away_ends_playing(card: FakeCard) -> None:
    transport = card.transport
    transport.play(ones(100_000))
    card.pull(1000)
    card.outputs[-1].is_alive = False
    wait_until(lambda: transport.last_error)
    assert "Check that it is connected" in str(transport.last_error)
    assert not transport.is_playing
    transport.play(ones(3000))
    assert len(card.outputs) == 2
    assert transport.last_error is None
    np.testing.assert_array_equal(card.pull(3000), 0.5)


def test_a_device_that_no_longer_asks_ends_playing(card: FakeCard) -> None:
    card.transport.play(ones(100_000))
    card.pull(1000)
    card.now_s += 10
    wait_until(lambda: card.transport.last_error)
    assert not card.transport.is_playing


def test_a_device_that_cannot_be_opened_is_an_error(card: FakeCard) -> None:
    card.transport.play(ones(100_000))
    card.pull(1000)
    card.error = PlaybackError("No sound device was found.")
    with pytest.raises(PlaybackError, match="No sound device"):
        card.transport.play(ones(100_000, rate=48000))
    assert card.transport.last_error is card.error
    assert not card.transport.is_playing
    card.error = None
    card.transport.play(ones(3000, rate=48000))
    assert card.transport.last_error is None
    np.testing.assert_array_equal(card.pull(3000), 0.5)


def test_playing_works_again_once_there_is_a_thread_for_it(card: FakeCard, monkeypatch) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        with pytest.raises(PlaybackError, match="no room for more work"):
            card.transport.play(ones(3000))
    assert not card.transport.is_playing
    card.transport.play(ones(3000))
    np.testing.assert_array_equal(card.pull(3000), 0.5)


def test_a_stream_that_cannot_be_used_is_given_back(card: FakeCard, monkeypatch) -> None:
    def fail(_output: FakeOutput) -> None:
        raise MemoryError

    monkeypatch.setattr(FakeOutput, "start", fail)
    closed = []
    monkeypatch.setattr(FakeOutput, "close", lambda output: closed.append(output))
    with pytest.raises(MemoryError):
        card.transport.play(ones(3000))
    assert closed == card.outputs
