"""What play, pause, seek and the tiles' buttons do, and how the panels follow the sound."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from isnmf_gui.gui.controller import RECORDING, Controller
from isnmf_gui.gui.panes import Panes


class Listening(QObject):
    """Connects the player with the transport bar, the tiles and the playhead.

    Attributes
    ----------
    shown : int or None
        The component in the large spectrogram, which is what the play button plays; None: the
        recording.
    """

    def __init__(self, controller: Controller, panes: Panes) -> None:
        super().__init__(controller)
        self.shown: int | None = None
        self._controller, self._player, self._panes = controller, controller.player, panes
        self._player.changed.connect(self._changed)
        self._player.moved.connect(self._moved)
        panes.transport.play_wanted.connect(self.play_or_pause)
        panes.transport.stop_wanted.connect(self._stop)
        panes.transport.volume_changed.connect(self._player.set_volume)
        panes.components.play_wanted.connect(self._toggle_component)
        panes.spectrogram.seek_wanted.connect(self._seek)
        panes.overview.seek_wanted.connect(self._seek)
        panes.parts.seek_wanted.connect(self._seek)
        self._player.set_volume(panes.transport.volume.value() / 100)

    @Slot()
    def play_or_pause(self) -> None:
        """Play what the large spectrogram shows, pause it, or go on."""
        player = self._player
        if player.is_playing:
            player.pause()
        elif player.is_paused and player.key == self._key_shown():
            player.resume()
        else:
            self._play_shown(player.position_s)

    def play_recording(self) -> None:
        """Play the recording from where playing is."""
        self._controller.play_recording(self._player.position_s)

    def show_playing(self) -> None:
        """Show what is playing on tiles that may be new."""
        playing = self._player.key if self._player.is_playing else None
        tiles = self._panes.components.tiles
        index = next((t.index for t in tiles if self._controller.key(t.index) == playing), None)
        self._panes.components.set_playing(index)

    def _key_shown(self) -> object:
        return RECORDING if self.shown is None else self._controller.key(self.shown)

    def _play_shown(self, start_s: float) -> None:
        if self.shown is None:
            self._controller.play_recording(start_s)
        else:
            self._controller.play_component(self.shown, start_s)

    @Slot()
    def _stop(self) -> None:
        self._player.stop()

    @Slot(int)
    def _toggle_component(self, index: int) -> None:
        """Hear a component; again: stop."""
        if self._player.is_playing and self._player.key == self._controller.key(index):
            self._player.stop()
        else:
            self._controller.play_component(index)

    @Slot(float)
    def _seek(self, position_s: float) -> None:
        if self._player.key is None:
            self._play_shown(position_s)
        else:
            self._player.seek(position_s)

    @Slot(object)
    def _changed(self, key: object) -> None:
        if key is None:
            name = "Paused" if self._player.is_paused else ""
        elif isinstance(key, tuple):
            name = f"Component {key[1] + 1} of run {key[0]}"
        else:
            name = "Recording"
        self._panes.transport.set_playing(key is not None, name)
        self._panes.spectrogram.set_playing(key is not None)
        self.show_playing()

    @Slot(float)
    def _moved(self, position_s: float) -> None:
        self._panes.transport.set_position(position_s)
        self._panes.spectrogram.set_playhead(position_s, position_s > 0)
        self._panes.overview.set_playhead(position_s, position_s > 0)
        self._panes.parts.set_playhead(position_s, position_s > 0)
