"""The transport for the window: whether it plays, where it is, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.errors import PlaybackError
from isnmf_gui.gui.control.jobs import Jobs
from isnmf_gui.playback import Mix, MixSource, OutputDevice, Transport, list_output_devices
from isnmf_gui.session.files.progress import Report
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr

REFRESH_MS = 33
#: How much of a place is heard when one scrubs.
SCRUB_MS = 120
DEVICES = "devices"


class Player(QObject):
    """Plays the mix of one recording and tells the window how it goes. GUI thread only.

    Parameters
    ----------
    jobs : Jobs
        Where devices are looked for, as the job "devices".
    parent : QObject
        Owner.

    Attributes
    ----------
    device_names : list of str
        Of the devices that were found last; empty until they were looked for.
    """

    #: It plays now, or no longer.
    changed = Signal()
    #: Something else is to be heard: the `Mix`.
    mix_changed = Signal(object)
    #: What is being heard now, in seconds.
    moved = Signal(float)
    #: Levels since the last time, a `Levels`.
    measured = Signal(object)
    failed = Signal(object)
    #: Something happened that playing survived: a sentence.
    noticed = Signal(str)
    #: A stretch was heard to its end; what is begun now is not ended with it.
    stretch_heard = Signal()
    #: Devices were looked for, found or not.
    devices_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.device_names: list[str] = []
        jobs.ended.connect(self._job_ended)
        self.transport = Transport()
        self._source: MixSource | None = None
        self._resume_s = 0.0  # where playing ended in an error
        self._loop_s: tuple[float, float] | None = None
        self._n_underruns = 0
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        self._scrubbing = QTimer(self)
        self._scrubbing.setSingleShot(True)
        self._scrubbing.setInterval(SCRUB_MS)
        self._scrubbing.timeout.connect(self.pause)

    # -- what is played -----------------------------------------------------------------------

    def set_recording(self, recording: Recording) -> None:
        """Play this recording from now on."""
        self.stop()
        self._source = MixSource(recording.samples, recording.sample_rate)
        self.set_loop(None)

    def set_mix(self, mix: Mix) -> None:
        """Play this of the recording, at once if it is playing."""
        if self._source is not None:
            self._source.mix = mix
        self.mix_changed.emit(mix)

    # -- how it stands ------------------------------------------------------------------------

    @property
    def is_playing(self) -> bool:
        """Whether something is to be heard now."""
        return self.transport.is_playing

    @property
    def is_paused(self) -> bool:
        """Whether `resume` would go on."""
        return self.transport.is_paused

    @property
    def is_in_stretch(self) -> bool:
        """Whether a stretch is played, or was paused, that ends by itself."""
        return self.transport.is_stretch

    @property
    def position_s(self) -> float:
        """What is being heard now, in seconds from the beginning."""
        source = self.transport.source
        return self.transport.position_samples / source.sample_rate if source else 0.0

    # -- what to do ---------------------------------------------------------------------------

    def play(self, start_s: float | None = None) -> None:
        """Play, from where it paused unless a place is given; but not from outside a loop."""
        if start_s is None and self._loop_s is not None:
            place_s = self.position_s if self.is_paused else self._resume_s
            is_inside = self._loop_s[0] <= place_s < self._loop_s[1]
            start_s = None if is_inside else self._loop_s[0]
        self._play(start_s)

    def play_stretch(self, start_s: float, stop_s: float) -> None:
        """Play from here to there, once."""
        if self._source is None:
            return
        self._scrubbing.stop()
        if self._start(start_s, stop_s):
            self._resume_s = 0.0
            self._timer.start()
            self.changed.emit()

    def _play(self, start_s: float | None) -> None:
        if self._source is None:
            return
        self._scrubbing.stop()
        if self.transport.is_paused and start_s is None:
            self.transport.resume()
        elif not self._start(self._resume_s if start_s is None else start_s):
            return
        self._resume_s = 0.0
        self._timer.start()
        self.changed.emit()

    def _start(self, start_s: float, stop_s: float | None = None) -> bool:
        assert self._source is not None
        rate = self._source.sample_rate
        stop = None if stop_s is None else round(stop_s * rate)
        try:
            self.transport.play(self._source, round(start_s * rate), stop)
        except PlaybackError as error:
            self._end()
            self.failed.emit(error)
            return False
        return True

    @Slot()
    def pause(self) -> None:
        """Stay where it is."""
        self.transport.pause()
        self.changed.emit()

    def stop(self) -> None:
        """End playing and go back to the beginning."""
        self._scrubbing.stop()
        self._resume_s = 0.0
        self.transport.stop()
        self._end()

    def seek(self, position_s: float) -> None:
        """Go to another place: playing goes on from there, a pause stays one."""
        source = self.transport.source
        if source is None:
            self.play(position_s)
            return
        position_s = min(max(position_s, 0.0), source.n_samples / source.sample_rate)
        self.transport.seek(round(position_s * source.sample_rate))
        self.moved.emit(position_s)

    def scrub(self, step_s: float) -> None:
        """Go a step on or back; where nothing plays, a moment of the new place is heard."""
        was_playing = self.is_playing and not self._scrubbing.isActive()
        self.seek(self.position_s + step_s)
        if was_playing:
            return
        if not self.is_playing:
            self._play(None)
        self._scrubbing.start()

    def set_loop(self, loop_s: tuple[float, float] | None) -> None:
        """Repeat a stretch of the recording, in seconds; None: play on to the end."""
        self._loop_s = loop_s if self._source is not None else None
        if self._source is None or loop_s is None:
            self.transport.set_loop(None)
            return
        rate = self._source.sample_rate
        self.transport.set_loop((round(loop_s[0] * rate), round(loop_s[1] * rate)))

    def set_volume(self, gain: float) -> None:
        """Set the linear volume, from 0 to 1."""
        self.transport.volume = gain

    # -- the device ---------------------------------------------------------------------------

    def look_for_devices(self) -> None:
        """Look for devices in the background; `devices_changed` tells when that is done."""
        if not self._jobs.is_busy(DEVICES):
            self._jobs.start(DEVICES, _devices, self._take_devices)

    @property
    def is_looking(self) -> bool:
        """Whether devices are being looked for."""
        return self._jobs.is_busy(DEVICES)

    def _take_devices(self, devices: list[OutputDevice]) -> None:
        self.device_names = [device.name for device in devices]

    @Slot(str)
    def _job_ended(self, kind: str) -> None:
        if kind == DEVICES:
            self.devices_changed.emit()

    def use_device(self, name: str | None) -> None:
        """Play on another device, at once if it is playing; None: where the system plays."""
        try:
            self.transport.use_device(name)
        except PlaybackError as error:
            self._end()
            self.failed.emit(error)

    def reset_clip(self) -> None:
        """Forget that full scale was passed."""
        self.transport.reset_clip()

    def close(self) -> None:
        """Give the device back."""
        self._timer.stop()
        self._scrubbing.stop()
        self.transport.close()

    # -- news ---------------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        self.transport.poll()
        for notice in self.transport.take_notices():
            self.noticed.emit(notice)
        self._tell_underruns()
        self.measured.emit(self.transport.levels())
        if self.transport.is_playing:
            self.moved.emit(self.position_s)
            return
        self._timer.stop()
        if self.transport.is_paused:
            return
        error = self.transport.last_error
        if error is None and self.is_in_stretch:
            self.stretch_heard.emit()
            if self.is_playing or self.is_paused:
                return  # what was heard before goes on
        self._resume_s = self.position_s if error is not None else 0.0
        self.transport.stop()
        self._end()
        if error is not None:
            self.failed.emit(error)

    def _tell_underruns(self) -> None:
        number = self.transport.underruns + self.transport.device_underruns
        if number > self._n_underruns:
            times = tr("once") if number == 1 else tr("{n} times", n=number)
            self.noticed.emit(
                tr(
                    "The sound dropped out ({times} since the start): the computer was too busy.",
                    times=times,
                )
            )
        self._n_underruns = max(number, self._n_underruns)

    def _end(self) -> None:
        self._timer.stop()
        self.changed.emit()
        self.moved.emit(0.0)


def _devices(report: Report) -> list[OutputDevice]:
    """Look for devices. Worker thread."""
    return list_output_devices(lambda: report(None))
