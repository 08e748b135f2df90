"""Play, pause, seek and stop: the face of the playback layer.

Three threads take part. The control thread (the window's) calls the public methods. The feeder
thread reads the source and renders ahead. PortAudio's thread takes what is rendered, sample by
sample. They share no locks: each stored value has one thread that stores it.
"""

import time
from collections.abc import Callable
from typing import Protocol

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import device
from isnmf_gui.playback.device import OutputCallback, OutputDevice
from isnmf_gui.playback.feeder import Feeder
from isnmf_gui.playback.playout import Playout
from isnmf_gui.playback.source import AudioSource
from isnmf_gui.playback.voice import Voice

AHEAD_S = 0.12
"""How far the feeder renders ahead, unless the device takes larger pieces."""

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
    """Opens a stream; see `isnmf_gui.playback.device.open_output`."""

    def __call__(
        self,
        n_channels: int,
        sample_rate: int,
        callback: OutputCallback,
        device: OutputDevice | None = None,
    ) -> Output:
        """Open a stream."""
        ...


class Transport:
    """Plays one source at a time through a sound device.

    The stream is opened with the first `play` and stays open, giving silence when nothing plays;
    it is opened anew only for another sample rate or number of channels, for another device, or
    when the device was lost. All methods and properties belong to one control thread. They return
    at once, except where a stream has to be opened.

    Parameters
    ----------
    open_output : callable, optional
        Opens a stream; the default goes to the sound card.
    clock : callable, optional
        Returns the time in seconds.
    """

    def __init__(
        self,
        open_output: OpenOutput = device.open_output,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._open_output = open_output
        self._clock = clock
        self._feeder = Feeder()
        self._stream: Output | None = None
        self._stream_key = (0, 0)
        self._playout = Playout(1.0, clock)
        self._volume = 1.0
        self._device: OutputDevice | None = None
        self._voice: Voice | None = None
        self._is_held = False
        self._position = 0
        self._n_underruns = 0
        self._last_error: PlaybackError | None = None
        self._is_closed = False

    # What to do

    def play(self, source: AudioSource, start_sample: int = 0) -> None:
        """Play a source from one of its samples; what played before fades out.

        Parameters
        ----------
        source : AudioSource
            What to play. It is read from the feeder thread until another one is played, or `stop`
            or `close` is called; a read that has begun then may still be under way.
        start_sample : int
            First sample, clipped to the source.

        Raises
        ------
        PlaybackError
            If there is no sound device or it cannot be opened; also kept in `last_error`.
        RuntimeError
            After `close`.
        """
        if self._is_closed:
            raise RuntimeError("the transport is closed")
        try:
            self._need_stream(source)
        except PlaybackError as error:
            self.stop()
            self._last_error = error
            raise
        self._is_held = False
        self._begin(source, start_sample)
        self._last_error = None

    def pause(self) -> None:
        """Fade out and keep the place; nothing happens unless something plays."""
        if self._voice is not None and self.is_playing:
            self._is_held = True
            self._voice.shut()

    def resume(self) -> None:
        """Go on after `pause`, with the next sample."""
        if self._voice is not None and self.is_paused:
            self._is_held = False
            self._voice.open()
            self._feeder.wake()

    def stop(self) -> None:
        """Fade out and let go of the source; the stream stays open."""
        self._leave_voice()
        self._playout.wanted = None
        self._position = 0
        self._is_held = False

    def seek(self, sample: int) -> None:
        """Go to another sample of the source.

        Playing goes on from there. Paused, finished or failed, it waits there, paused. Nothing
        happens without a source.

        Parameters
        ----------
        sample : int
            Sample of the source, clipped to it.
        """
        if self._voice is None:
            return
        self._is_held = not self.is_playing
        self._begin(self._voice.source, sample)

    def use_device(self, output_device: OutputDevice | None) -> None:
        """Play on this device from the next `play` on; None: where the system plays.

        What plays is stopped and the device in use is given back.
        """
        self.stop()
        self._close_stream()
        self._device = output_device

    def close(self) -> None:
        """Stop, end the feeder thread and close the device. May be called again."""
        self._is_closed = True
        self.stop()
        self._feeder.close()
        self._close_stream()

    # How it stands

    @property
    def volume(self) -> float:
        """Linear volume, 0 to 1; values outside are clipped."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(max(float(volume), 0.0), 1.0)
        self._playout.volume.target = self._volume

    @property
    def source(self) -> AudioSource | None:
        """What was played last; None after `stop` and before the first `play`."""
        return None if self._voice is None else self._voice.source

    @property
    def is_playing(self) -> bool:
        """Whether the source is to be heard: not paused, not finished, no error."""
        is_going = self._voice is not None and self._voice.error is None and not self._is_held
        return is_going and not self.finished

    @property
    def is_paused(self) -> bool:
        """Whether `resume` would go on."""
        return self._voice is not None and self._voice.error is None and self._is_held

    @property
    def finished(self) -> bool:
        """Whether the source was played to its end and all of it has been heard."""
        voice = self._voice
        if voice is None or voice.error is not None:
            return False
        return voice.all_heard(self._clock() - self._latency_s)

    @property
    def position_samples(self) -> int:
        """The sample of the source that is being heard now; 0 without a source.

        Never goes back while playing, and stays within 0 and `n_samples`.
        """
        voice = self._voice
        if voice is None:
            return 0
        n_samples = voice.source.n_samples
        if self.finished:
            return n_samples
        heard = int(voice.sample_heard(self._clock() - self._latency_s))
        self._position = min(max(self._position, heard), n_samples)
        return self._position

    @property
    def underruns(self) -> int:
        """How often the feeder was late, so that silence was heard instead, since the beginning."""
        return self._n_underruns + (0 if self._voice is None else self._voice.n_underruns)

    @property
    def device_underruns(self) -> int:
        """How often the device ran dry while playing, since it was opened."""
        return self._playout.n_device_underruns

    @property
    def last_error(self) -> PlaybackError | None:
        """Why playing ended or did not begin; None after a `play` that worked."""
        voice = self._voice
        return self._last_error if voice is None or voice.error is None else voice.error

    @property
    def device_name(self) -> str | None:
        """The device in use; None while no stream is open."""
        return None if self._stream is None else self._stream.device_name

    @property
    def _latency_s(self) -> float:
        return 0.0 if self._stream is None else self._stream.latency_s

    # Voices and streams

    def _begin(self, source: AudioSource, start_sample: int) -> None:
        stream = self._stream
        assert stream is not None  # a voice only begins once a stream has been opened
        start_sample = min(max(start_sample, 0), source.n_samples)
        self._leave_voice()
        self._voice = Voice(
            source,
            start_sample,
            stream.sample_rate,
            stream.n_channels,
            ahead_s=max(AHEAD_S, stream.latency_s / 2 + AHEAD_S / 2),
            paused=self._is_held,
        )
        self._position = start_sample
        self._playout.wanted = self._voice
        self._feeder.feed(self._voice, self._find_fault)

    def _leave_voice(self) -> None:
        """Keep what the voice has to say, and render no more of it."""
        self._last_error = self.last_error
        self._n_underruns = self.underruns
        self._feeder.feed(None, self._find_fault)
        self._voice = None

    def _find_fault(self) -> PlaybackError | None:
        """Feeder thread: return what is wrong with the device."""
        stream, playout = self._stream, self._playout
        if stream is None or (stream.is_alive and playout.silence_s < DEAD_AFTER_S):
            return None
        return PlaybackError(
            f"The sound device “{stream.device_name}” stopped. Check that it is connected, then "
            "play again.",
            f"alive: {stream.is_alive}, last call {playout.silence_s:.1f} s ago",
        )

    def _need_stream(self, source: AudioSource) -> None:
        key = (source.sample_rate, max(source.n_channels, 2))
        has_stream = self._stream is not None and self._find_fault() is None
        if has_stream and key == self._stream_key:
            return
        self._leave_voice()
        self._close_stream()
        playout = Playout(self._volume, self._clock)
        stream = self._open_output(source.n_channels, source.sample_rate, playout, self._device)
        playout.prepare(stream.sample_rate, stream.n_channels, stream.latency_s)
        stream.start()
        self._playout, self._stream, self._stream_key = playout, stream, key

    def _close_stream(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        if stream.is_alive and not self._playout.is_silent:
            self._let_fade(stream)
        stream.close()

    def _let_fade(self, stream: Output) -> None:
        """Wait until the fade has left the loudspeaker: closing cuts off what the device holds."""
        self._playout.wanted = None
        limit_s = time.perf_counter() + 2 * stream.latency_s + 0.1
        while not self._playout.is_silent and time.perf_counter() < limit_s:
            time.sleep(0.002)
        time.sleep(min(stream.latency_s, 0.2))
