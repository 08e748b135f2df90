"""Play, stop, loop, where it is, what is heard, how loud, and on which device."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QToolButton, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.playing.device_box import DeviceBox
from isnmf_gui.gui.playing.level_meter import LevelMeter
from isnmf_gui.gui.playing.output_choice import OutputChoice
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.texts import N_, clock, signed, tr

LOOP_TIP = N_("Repeat the region, or all of it where no region is marked (L)")
SWAP_TIP = N_("Switch between the recording and what was heard before, at the same place (A)")
VOLUME_TIP = N_("Volume of what you hear; exported files are not changed by it")


def fader_gain(percent: int) -> float:
    """Return the linear volume of a fader: its middle is −12 dB."""
    return (percent / 100) ** 2


class TransportBar(QWidget):
    """The controls below the spectrogram."""

    play_wanted = Signal()
    stop_wanted = Signal()
    loop_wanted = Signal(bool)
    swap_wanted = Signal()
    volume_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._playing = False
        self._duration_s = 0.0
        self.play_button = self._button(tr("Play or pause (Space)"), self.play_wanted)
        self.stop_button = self._button(tr("Stop and go back to the beginning"), self.stop_wanted)
        self.stop_button.setAccessibleName(tr("Stop"))
        self.loop_button = self._button(str(LOOP_TIP), None)
        self.loop_button.setAccessibleName(tr("Loop"))
        self.loop_button.setCheckable(True)
        self.loop_button.toggled.connect(self.loop_wanted)
        self._time = QLabel()
        self._what = ElidedLabel()
        self._what.setProperty("role", "dim")
        self.outputs = OutputChoice()
        self.swap_button = QPushButton("A/B")
        self.swap_button.setToolTip(str(SWAP_TIP))
        self.swap_button.setAccessibleDescription(str(SWAP_TIP))
        self.swap_button.clicked.connect(self.swap_wanted)
        self._speaker = QLabel()
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setValue(80)
        self.volume.setFixedWidth(90)
        self.volume.setAccessibleName(tr("Volume"))
        self.volume.valueChanged.connect(self._volume_changed)
        self.meter = LevelMeter(theme)
        self.devices = DeviceBox()
        self._lay_out()
        theme.changed.connect(self._apply_theme)
        self._apply_theme()
        self.set_duration(0)
        self.set_available(False, False)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 8, 3)
        for widget in (self.play_button, self.stop_button, self.loop_button, self._time):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self.outputs)
        layout.addWidget(self.swap_button)
        layout.addWidget(self._what, 1)
        layout.addWidget(self._speaker)
        layout.addWidget(self.volume)
        layout.addWidget(self.meter)
        layout.addWidget(self.devices)

    def _button(self, tip: str, wish: SignalInstance | None) -> QToolButton:
        button = QToolButton()
        button.setToolTip(tip)
        button.setAutoRaise(True)
        if wish is not None:
            button.clicked.connect(wish)
        return button

    def set_duration(self, duration_s: float) -> None:
        """Show the length of the recording; 0: none is open."""
        self._duration_s = duration_s
        for button in (self.play_button, self.stop_button, self.loop_button):
            button.setEnabled(duration_s > 0)
        self._time.setMinimumWidth(self._width_of(duration_s))  # what follows keeps its place
        self.set_position(0)

    def set_available(self, has_recording: bool, has_run: bool) -> None:
        """Enable what can be heard."""
        self.outputs.set_available(has_recording, has_run)
        self.swap_button.setEnabled(has_run)

    @Slot(float)
    def set_position(self, position_s: float) -> None:
        """Show what is being heard now."""
        self._time.setText(self._time_text(position_s))

    def _time_text(self, position_s: float) -> str:
        return f"{clock(position_s, 1)} / {clock(self._duration_s, 1)}"

    def _width_of(self, position_s: float) -> int:
        return self._time.fontMetrics().horizontalAdvance(self._time_text(position_s))

    def set_playing(self, playing: bool, what: str) -> None:
        """Show whether and what is being heard."""
        self._playing = playing
        self._what.setText(what)
        self.play_button.setAccessibleName(tr("Pause") if playing else tr("Play"))
        self.play_button.setIcon(self._theme.icon("pause" if playing else "play"))

    @property
    def volume_gain(self) -> float:
        """The linear volume."""
        return fader_gain(self.volume.value())

    @Slot(int)
    def _volume_changed(self) -> None:
        self._show_volume()
        self.volume_changed.emit(self.volume_gain)

    def _show_volume(self) -> None:
        gain = self.volume_gain
        level = f"{signed(20 * math.log10(gain), '.0f')} dB" if gain else tr("silent")
        self.volume.setToolTip(str(VOLUME_TIP) + tr(". Now {level}.", level=level))
        self._speaker.setPixmap(
            self._theme.icon("volume" if gain else "volume-mute").pixmap(20, 20)
        )

    @Slot()
    def _apply_theme(self) -> None:
        self.stop_button.setIcon(self._theme.icon("stop"))
        self.loop_button.setIcon(self._theme.icon("loop"))
        self.set_playing(self._playing, self._what.text())
        self._show_volume()
