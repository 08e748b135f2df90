"""A fake device pulled by hand, and a watch on threads."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.playout import WARM_UP_LATENCIES
from isnmf_gui.playback.transport import Transport
from tests.sound_card import SoundCard, wait_until


class FakeOutput:
    """A stream whose callback is called by the test. Its clock moves with the audio."""

    def __init__(self, n_channels: int, sample_rate: int, latency_s: float = 0.0) -> None:
        self.n_channels, self.sample_rate = n_channels, sample_rate
        self.latency_s, self.device_name = latency_s, "fake"
        self.is_alive, self.is_open, self.starts_late = True, False, False
        self.callback: Callable[[NDArray[np.float32], bool], None] | None = None

    def start(self) -> None:
        self.is_open = True
        if not self.starts_late:
            self.warm_up()

    def warm_up(self) -> None:
        """Take some buffers in one go, as devices do when they start."""
        assert self.callback is not None
        n_frames = round(WARM_UP_LATENCIES * self.latency_s * self.sample_rate)
        for start in range(0, n_frames, 500):
            buffer = np.full((min(500, n_frames - start), self.n_channels), np.nan, np.float32)
            self.callback(buffer, False)
            assert not buffer.any()

    def close(self) -> None:
        self.is_open = False


class FakeCard:
    """Opens fake outputs, keeps the last of them, and tells the time."""

    def __init__(self) -> None:
        self.outputs: list[FakeOutput] = []
        self.error: PlaybackError | None = None
        self.names = {"fake"}  # of the devices that are there; all play to the test
        self.rate: int | None = None
        self.latency_s = 0.0
        self.starts_late = False
        self.now_s = 100.0
        self.transport = Transport(self.open_output, clock=lambda: self.now_s)

    def open_output(
        self,
        n_channels: int,
        sample_rate: int,
        callback: Callable[[NDArray[np.float32], bool], None],
        device: str | None = None,
    ) -> FakeOutput:
        if self.error is not None:
            raise self.error
        if device is not None and device not in self.names:
            raise PlaybackError(f"The sound device “{device}” was not found.")
        output = FakeOutput(max(2, n_channels), self.rate or sample_rate, self.latency_s)
        output.device_name = device or "fake"
        output.callback, output.starts_late = callback, self.starts_late
        self.outputs.append(output)
        return output

    def pull_now(self, n_frames: int, device_underrun: bool = False) -> NDArray[np.float32]:
        """Let the device ask for a buffer, whether or not anything is rendered."""
        output = self.outputs[-1]
        buffer = np.full((n_frames, output.n_channels), np.nan, np.float32)
        assert output.callback is not None
        output.callback(buffer, device_underrun)
        self.now_s += n_frames / output.sample_rate
        return buffer

    def wait_for_feeder(self, n_frames: int = 1) -> None:
        """Wait until the feeder has rendered enough, or all there is."""
        voice = self.transport._voice
        assert voice is not None
        wait_until(
            lambda: voice.error or voice.ended or (voice.ready and voice.ring.available >= n_frames)
        )

    def pull(self, n_frames: int, n_block: int = 500) -> NDArray[np.float32]:
        """Let the device ask for several buffers, each when the feeder is ready for it."""
        blocks = []
        for start in range(0, n_frames, n_block):
            self.wait_for_feeder(n_block)
            blocks.append(self.pull_now(min(n_block, n_frames - start)))
        return np.concatenate(blocks)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    # PortAudio's own thread becomes a Python dummy for as long as a stream is open.
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not [name for name in left if not name.startswith("Dummy")]


@pytest.fixture
def card() -> Iterator[FakeCard]:
    fake = FakeCard()
    yield fake
    for output in fake.outputs:
        output.is_alive = False  # nobody asks it for a fade any more
    fake.transport.close()


@pytest.fixture
def transport(sound_card: SoundCard) -> Iterator[Transport]:
    transport = Transport()
    yield transport
    transport.close()
