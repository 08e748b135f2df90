"""Play, stop, where it is, and how loud."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QToolButton, QWidget

from isnmf_gui.gui.theme import Theme


def clock(seconds: float) -> str:
    """Return minutes and seconds: 01:03.2."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    return f"{int(minutes):02d}:{rest:04.1f}"


class TransportBar(QWidget):
    """The controls below the spectrogram."""

    play_wanted = Signal()
    stop_wanted = Signal()
    volume_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._playing = False
        self._duration_s = 0.0
        self.play_button = self._button("Play what is shown (Space)", self.play_wanted)
        self.stop_button = self._button("Stop and go back to the beginning", self.stop_wanted)
        self.stop_button.setAccessibleName("Stop")
        self._time = QLabel()
        self._what = QLabel()
        self._what.setProperty("role", "dim")
        self._speaker = QLabel()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(80)
        self.volume.setFixedWidth(130)
        self.volume.setToolTip("Volume of what you hear; exported files are not changed by it")
        self.volume.setAccessibleName("Volume")
        self.volume.valueChanged.connect(self._volume_changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        for widget in (self.play_button, self.stop_button, self._time, self._what):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self._speaker)
        layout.addWidget(self.volume)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self.set_duration(0)

    def _button(self, tip: str, wish: object) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAutoRaise(True)
        button.clicked.connect(wish)
        return button

    def set_duration(self, duration_s: float) -> None:
        """Show the length of the recording; 0: none is open."""
        self._duration_s = duration_s
        self.play_button.setEnabled(duration_s > 0)
        self.stop_button.setEnabled(duration_s > 0)
        self.set_position(0)

    @Slot(float)
    def set_position(self, position_s: float) -> None:
        """Show what is being heard now."""
        self._time.setText(f"{clock(position_s)} / {clock(self._duration_s)}")

    def set_playing(self, playing: bool, what: str) -> None:
        """Show whether and what is being heard."""
        self._playing = playing
        self._what.setText(what)
        self.play_button.setAccessibleName("Pause" if playing else "Play")
        self.play_button.setIcon(self._theme.icon("pause" if playing else "play"))

    @Slot(int)
    def _volume_changed(self, value: int) -> None:
        self._show_speaker()
        self.volume_changed.emit(value / 100)

    def _show_speaker(self) -> None:
        name = "volume" if self.volume.value() else "volume-mute"
        self._speaker.setPixmap(self._theme.icon(name).pixmap(20, 20))

    @Slot()
    def _apply_theme(self) -> None:
        self.stop_button.setIcon(self._theme.icon("stop"))
        self.set_playing(self._playing, self._what.text())
        self._show_speaker()
