"""The device that sound goes to: opened when needed, kept open, found lost."""

import time
from collections.abc import Callable
from typing import Protocol

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.device.device import OutputCallback
from isnmf_gui.playback.playout import Playout
from isnmf_gui.playback.source import AudioSource
from isnmf_gui.texts import tr

DEAD_AFTER_S = 5.0
"""A device that has not asked for audio for so long is taken for lost."""


class Output(Protocol):
    """What the transport needs of a stream; see `OutputStream`."""

    sample_rate: int
    n_channels: int
    latency_s: float
    device_name: str

    @property
    def is_alive(self) -> bool:
        """Whether the device still asks for audio. Any thread."""

    def start(self) -> None:
        """Let the device call."""

    def close(self) -> None:
        """Close at once."""


class OpenOutput(Protocol):
    """Opens a stream; see `isnmf_gui.playback.device.device.open_output`."""

    def __call__(
        self,
        n_channels: int,
        sample_rate: int,
        callback: OutputCallback,
        device: str | None = None,
    ) -> Output:
        """Open a stream."""
        ...


class Outlet:
    """A stream to one device at a time, and what plays into it. Control thread.

    Parameters
    ----------
    open_output : callable
        Opens a stream.
    clock : callable
        Returns the time in seconds.

    Attributes
    ----------
    playout : Playout
        What the callback plays.
    wanted_device : str or None
        Name of the device to open; None: where the system plays.
    """

    def __init__(self, open_output: OpenOutput, clock: Callable[[], float]) -> None:
        self._open_output = open_output
        self._clock = clock
        self._stream: Output | None = None
        self._stream_key = (0, 0)
        self._volume = 1.0
        self.playout = Playout(1.0, clock)
        self.wanted_device: str | None = None

    @property
    def stream(self) -> Output | None:
        """The open stream."""
        return self._stream

    @property
    def latency_s(self) -> float:
        """From the callback to the loudspeaker; 0 while no stream is open."""
        return 0.0 if self._stream is None else self._stream.latency_s

    @property
    def volume(self) -> float:
        """Linear volume, 0 to 1; values outside are clipped."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(float(volume), 0.0), 1.0)
        self.playout.volume.target = self._volume

    def suits(self, source: AudioSource) -> bool:
        """Return whether the open stream, if any, is alive and right for a source."""
        is_well = self._stream is not None and self.find_fault() is None
        return is_well and self._key(source) == self._stream_key

    def open(self, source: AudioSource, on_default: bool = False) -> None:
        """Open a stream for a source, in place of the one that is open.

        Parameters
        ----------
        source : AudioSource
            What will be played.
        on_default : bool
            Whether to play where the system does, whatever device is wanted.

        Raises
        ------
        PlaybackError
            If there is no sound device or it cannot be opened.
        """
        self.close()
        playout = Playout(self._volume, self._clock)
        device = None if on_default else self.wanted_device
        stream = self._open_output(source.n_channels, source.sample_rate, playout, device)
        try:
            playout.prepare(stream.sample_rate, stream.n_channels, stream.latency_s)
            stream.start()
        except BaseException:
            stream.close()
            raise
        self.playout, self._stream, self._stream_key = playout, stream, self._key(source)

    def close(self) -> None:
        """Fade out and give the device back."""
        stream, self._stream = self._stream, None
        if stream is None:
            return
        if stream.is_alive and not self.playout.is_silent:
            self._let_fade(stream)
        stream.close()

    def find_fault(self) -> PlaybackError | None:
        """Return what is wrong with the device. Any thread."""
        stream, playout = self._stream, self.playout
        if stream is None or (stream.is_alive and playout.silence_s < DEAD_AFTER_S):
            return None
        return PlaybackError(
            tr(
                "The sound device “{name}” stopped. Check that it is connected, then play again.",
                name=stream.device_name,
            ),
            f"alive: {stream.is_alive}, last call {playout.silence_s:.1f} s ago",
        )

    @staticmethod
    def _key(source: AudioSource) -> tuple[int, int]:
        return source.sample_rate, max(source.n_channels, 2)

    def _let_fade(self, stream: Output) -> None:
        """Wait until the fade has left the loudspeaker: closing cuts off what the device holds."""
        self.playout.wanted = None
        limit_s = time.perf_counter() + 2 * stream.latency_s + 0.1
        while not self.playout.is_silent and time.perf_counter() < limit_s:
            time.sleep(0.002)
        time.sleep(min(stream.latency_s, 0.2))
