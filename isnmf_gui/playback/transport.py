"""Play, pause, seek and stop: the face of the playback layer.

Three threads take part. The control thread (the window's) calls the public methods. The feeder
thread reads the source and renders ahead. PortAudio's thread takes what is rendered, sample by
sample. They share no locks: each stored value has one thread that stores it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback.device import device
from isnmf_gui.playback.feeder import Feeder
from isnmf_gui.playback.meter import Levels
from isnmf_gui.playback.outlet import OpenOutput, Outlet
from isnmf_gui.playback.route import Loop, fitting_loop
from isnmf_gui.playback.source import AudioSource
from isnmf_gui.playback.voice import Voice
from isnmf_gui.texts import tr

AHEAD_S = 0.09
"""How far the feeder renders ahead, unless the device takes larger pieces."""


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
        self._clock = clock
        self._feeder = Feeder()
        self._outlet = Outlet(open_output, clock)
        self._voice: Voice | None = None
        self._loop: Loop | None = None
        self._is_held = False
        self._n_heard = 0.0
        self._n_underruns = self._n_device_underruns = 0
        self._last_error: PlaybackError | None = None
        self._notices: list[str] = []
        self._is_closed = False

    # What to do

    def play(
        self, source: AudioSource, start_sample: int = 0, stop_sample: int | None = None
    ) -> None:
        """Play a source from one of its samples; what played before fades out.

        Parameters
        ----------
        source : AudioSource
            What to play. It is read from the feeder thread until another one is played, or `stop`
            or `close` is called; a read that has begun then may still be under way.
        start_sample : int
            First sample, clipped to the source.
        stop_sample : int, optional
            One past the last sample, clipped to the source: a stretch is played once, whatever
            is looped. By default all the rest.

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
            self._is_held = False
            self._begin(source, start_sample, stop_sample)
        except PlaybackError as error:
            self.stop()
            self._last_error = error
            raise
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
        self._outlet.playout.wanted = None
        self._is_held = False

    def seek(self, sample: int) -> None:
        """Go to another sample of the source.

        Playing goes on from there, to the end of the source. Paused or finished, it waits there,
        paused; where the device was lost, for the next `play`. Nothing happens without a source.

        Parameters
        ----------
        sample : int
            Sample of the source, clipped to it.
        """
        if self._voice is None:
            return
        if self._outlet.stream is None:
            self._wait_without_device(self._voice.source, sample)
            return
        self._is_held = not self.is_playing
        self._begin(self._voice.source, sample)

    def set_loop(self, loop: Loop | None) -> None:
        """Repeat a stretch of what is played; None: play on to the end.

        After sample `stop` − 1 comes sample `start`, over which the sound fades in a few
        milliseconds. Where the place that is heard lies outside, playing goes to the beginning of
        the loop at once.

        Parameters
        ----------
        loop : (int, int) or None
            First and one past the last sample.
        """
        self._loop = loop
        voice = self._voice
        if voice is None or voice.stop_sample is not None:
            return
        old, new = voice.loop, fitting_loop(self._loop, voice.source)
        voice.loop = new
        if new is None or new == old:
            return
        if not new[0] <= self.position_samples < new[1]:
            self.seek(new[0])
        elif voice.is_ahead_of(new[1]):
            # What is rendered ahead runs past the new end, or still turns at the old one.
            taken = voice.sample_taken
            self.seek(taken if taken < new[1] else new[0])

    def use_device(self, name: str | None) -> None:
        """Play on this device from now on; None: where the system plays.

        What plays goes on there at the same place.

        Raises
        ------
        PlaybackError
            If it cannot be opened.
        """
        with self._interrupted():
            self._outlet.wanted_device = name

    def poll(self) -> None:
        """Look after the device; to be called some times a second while something plays.

        Where it was lost, or the computer slept, it is opened anew and playing goes on; if it is
        not there any more, on the default device. Either is noted for `take_notices`. If there is
        none at all, the error stays in `last_error`.
        """
        voice, fault, lost = self._voice, self._outlet.find_fault(), self.device_name
        if voice is None or voice.error is None or fault is None:
            return
        n_known = len(self._notices)
        try:
            with self._interrupted():
                pass
        except PlaybackError as error:
            error.details = f"{fault.message} {error.details or ''}".strip()
            return
        if self.device_name == lost:
            said = tr("The sound device “{name}” stopped for a moment. Playing goes on.", name=lost)
        else:
            said = tr(
                "The sound device “{name}” stopped. Playing goes on on the default device.",
                name=lost,
            )
        self._notices[n_known:] = [said]

    def take_notices(self) -> list[str]:
        """Return what happened that playing survived, since the last call."""
        notices, self._notices = self._notices, []
        return notices

    def levels(self) -> Levels:
        """Return how loud the channels of the device were since the last call."""
        return self._outlet.playout.meter.take()

    def reset_clip(self) -> None:
        """Put the clip marks out."""
        self._outlet.playout.meter.forget_clips()

    def close(self) -> None:
        """Stop, end the feeder thread and close the device. May be called again."""
        self._is_closed = True
        self.stop()
        self._feeder.close()
        self._outlet.close()

    # How it stands

    @property
    def volume(self) -> float:
        """Linear volume, 0 to 1; values outside are clipped."""
        return self._outlet.volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._outlet.volume = volume

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
    def is_stretch(self) -> bool:
        """Whether only a stretch of the source is played, or was."""
        return self._voice is not None and self._voice.stop_sample is not None

    @property
    def finished(self) -> bool:
        """Whether all was played that was to be, and all of it has been heard."""
        voice = self._voice
        if voice is None or voice.error is not None:
            return False
        return voice.all_heard(self._clock() - self._outlet.latency_s)

    @property
    def position_samples(self) -> int:
        """The sample of the source that is being heard now; 0 without a source.

        Never goes back while playing, except where a loop does, and stays within 0 and
        `n_samples`.
        """
        voice = self._voice
        if voice is None:
            return 0
        n_samples = voice.source.n_samples
        if voice.stop_sample is not None:
            n_samples = voice.stop_sample
        if self.finished:
            return n_samples
        heard = voice.n_heard(self._clock() - self._outlet.latency_s)
        self._n_heard = max(self._n_heard, heard)
        return min(int(voice.sample_after(self._n_heard)), n_samples)

    @property
    def underruns(self) -> int:
        """How often the feeder was late, so that silence was heard instead, since the beginning."""
        return self._n_underruns + (0 if self._voice is None else self._voice.n_underruns)

    @property
    def device_underruns(self) -> int:
        """How often the device ran dry while playing, since the beginning."""
        return self._n_device_underruns + self._outlet.playout.n_device_underruns

    @property
    def last_error(self) -> PlaybackError | None:
        """Why playing ended or did not begin; None after a `play` that worked."""
        voice = self._voice
        return self._last_error if voice is None or voice.error is None else voice.error

    @property
    def device_name(self) -> str | None:
        """The device in use; None while no stream is open."""
        stream = self._outlet.stream
        return None if stream is None else stream.device_name

    # Voices and streams

    def _begin(
        self, source: AudioSource, start_sample: int, stop_sample: int | None = None
    ) -> None:
        stream = self._outlet.stream
        assert stream is not None  # a voice only begins once a stream has been opened
        self._leave_voice()
        if stop_sample is not None:
            stop_sample = min(max(stop_sample, 0), source.n_samples)
        self._voice = Voice(
            source,
            min(max(start_sample, 0), source.n_samples),
            stream.sample_rate,
            stream.n_channels,
            ahead_s=max(AHEAD_S, stream.latency_s / 2 + AHEAD_S / 3),
            paused=self._is_held,
            loop=None if stop_sample is not None else fitting_loop(self._loop, source),
            stop_sample=stop_sample,
        )
        self._outlet.playout.wanted = self._voice
        self._feeder.feed(self._voice, self._outlet.find_fault)

    def _wait_without_device(self, source: AudioSource, sample: int) -> None:
        """Keep the place and the error: a voice that nobody renders."""
        sample = min(max(sample, 0), source.n_samples)
        self._leave_voice()
        self._voice = Voice(
            source, sample, source.sample_rate, source.n_channels, ahead_s=AHEAD_S, paused=True
        )
        self._voice.error = self._last_error

    def _leave_voice(self) -> None:
        """Keep what the voice has to say, and render no more of it."""
        self._last_error = self.last_error
        self._n_underruns = self.underruns
        self._feeder.feed(None, self._outlet.find_fault)
        self._voice = None
        self._n_heard = 0.0

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """Give the device back for a moment, then go on at the same place if possible."""
        voice, position, is_held = self._voice, self.position_samples, self._is_held
        is_over = self.finished
        self.stop()
        self._close_stream()
        yield
        if voice is None or is_over:
            return
        try:
            self._need_stream(voice.source)
        except PlaybackError as error:
            self._last_error = error
            self._wait_without_device(voice.source, position)
            raise
        self._is_held = is_held
        self._begin(voice.source, position, voice.stop_sample)
        self._last_error = None

    def _need_stream(self, source: AudioSource) -> None:
        if self._outlet.suits(source):
            return
        self._leave_voice()
        self._close_stream()
        try:
            self._outlet.open(source)
        except PlaybackError as error:
            if self._outlet.wanted_device is None:
                raise
            self._outlet.open(source, on_default=True)  # until the wanted one is there again
            self._notices.append(
                tr("{message} Playing on the default device.", message=error.message)
            )

    def _close_stream(self) -> None:
        self._n_device_underruns = self.device_underruns
        self._outlet.playout.n_device_underruns = 0
        self._outlet.close()
