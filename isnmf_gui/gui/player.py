"""The transport for the window: what is playing, where it is, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from isnmf_gui.errors import PlaybackError
from isnmf_gui.playback import AudioSource, Transport

REFRESH_MS = 33


class Player(QObject):
    """Plays one named thing at a time and tells the window how it goes. GUI thread only.

    Parameters
    ----------
    parent : QObject
        Owner.
    """

    #: What plays now: its key, or None.
    changed = Signal(object)
    moved = Signal(float)
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.transport = Transport()
        self.key: object = None
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._refresh)

    @property
    def is_playing(self) -> bool:
        """Whether something is to be heard now."""
        return self.transport.is_playing

    @property
    def is_paused(self) -> bool:
        """Whether `resume` would go on."""
        return self.transport.is_paused

    @property
    def position_s(self) -> float:
        """What is being heard now, in seconds from the beginning."""
        source = self.transport.source
        return self.transport.position_samples / source.sample_rate if source else 0.0

    def play(self, source: AudioSource, key: object, start_s: float = 0.0) -> None:
        """Play a source; `key` names it in `changed`."""
        try:
            self.transport.play(source, round(start_s * source.sample_rate))
        except PlaybackError as error:
            self._end()
            self.failed.emit(error)
            return
        self.key = key
        self._timer.start()
        self.changed.emit(key)

    def pause(self) -> None:
        """Stay where it is."""
        self.transport.pause()
        self.changed.emit(None)

    def resume(self) -> None:
        """Go on after a pause."""
        self.transport.resume()
        self._timer.start()
        self.changed.emit(self.key)

    def stop(self) -> None:
        """End playing and go back to the beginning."""
        self.transport.stop()
        self._end()

    def seek(self, position_s: float) -> None:
        """Go on from another place."""
        source = self.transport.source
        if source is not None:
            self.transport.seek(round(position_s * source.sample_rate))
            self.moved.emit(position_s)

    def set_volume(self, share: float) -> None:
        """Set the volume from 0 to 1, as a fader: the middle is −12 dB."""
        self.transport.volume = share * share

    def close(self) -> None:
        """Give the device back."""
        self._timer.stop()
        self.transport.close()

    @Slot()
    def _refresh(self) -> None:
        if self.transport.is_playing:
            self.moved.emit(self.position_s)
            return
        self._timer.stop()
        if self.transport.is_paused:
            return
        error = self.transport.last_error
        self.transport.stop()
        self._end()
        if error is not None:
            self.failed.emit(error)

    def _end(self) -> None:
        self._timer.stop()
        self.key = None
        self.changed.emit(None)
        self.moved.emit(0.0)
