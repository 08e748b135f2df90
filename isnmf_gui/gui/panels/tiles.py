"""A tile per component: picture, name, energy, and a button to hear it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from isnmf_gui.gui.theme import Theme
from isnmf_gui.spectral.colormap import color_table

COLORS = [0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in color_table()]
#: What has less of the recording's energy counts as silent.
LEAST_SHARE = 1e-12
#: Smallest size; tiles share the width there is.
TILE = QSize(204, 146)


TIP = (
    "Click to see it large, double-click to hear it. Ctrl+click (or Ctrl+Enter) selects several "
    "for export."
)


class Picture(QWidget):
    """Paints a small spectrogram."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._bytes = b""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(60)

    def pixels(self) -> tuple[int, int]:
        """Return width and height in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, int(self.width() * ratio)), max(1, int(self.height() * ratio))

    def show_levels(self, levels: NDArray[np.uint8]) -> None:
        """Show levels 0..255, shape (height, width), low frequencies first."""
        flipped = np.ascontiguousarray(levels[::-1])
        height, width = flipped.shape
        self._bytes = flipped.tobytes()  # the image does not own its data
        self._image = QImage(self._bytes, width, height, width, QImage.Format.Format_Indexed8)
        self._image.setColorTable(COLORS)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture over the whole widget."""
        painter = QPainter(self)
        if not self._image.isNull():
            painter.drawImage(self.rect(), self._image)
        painter.end()


class Tile(QFrame):
    """One component. It shows state and emits what the person wants."""

    clicked = Signal(int, object)
    play_wanted = Signal(int)
    arrow_pressed = Signal(int, int, object)

    def __init__(self, index: int, theme: Theme) -> None:
        super().__init__()
        self.index = index
        self._theme = theme
        self._playing = False
        self.setObjectName("tile")
        self.setMinimumWidth(TILE.width())
        self.setFixedHeight(TILE.height())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("selected", False)
        self.picture = Picture()
        self._name = QLabel(f"Component {index + 1}")
        self._energy = QLabel()
        self._energy.setProperty("role", "dim")
        self._energy.setToolTip("Energy of this component compared with the whole recording")
        self.play_button = QToolButton()
        self.play_button.setAutoRaise(True)
        self.play_button.clicked.connect(self._play)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(6, 0, 2, 2)
        bottom.addWidget(self._name)
        bottom.addStretch(1)
        bottom.addWidget(self._energy)
        bottom.addWidget(self.play_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3, 3, 3, 1)
        layout.setSpacing(2)
        layout.addWidget(self.picture, 1)
        layout.addLayout(bottom)
        self.setToolTip(
            "Click to see it large, double-click to hear it. Ctrl+click (or Ctrl+Enter) selects "
            "several for export."
        )
        self._show_button()

    @property
    def is_selected(self) -> bool:
        """Whether it is part of the selection."""
        return bool(self.property("selected"))

    def set_selected(self, selected: bool) -> None:
        """Show whether it is part of the selection."""
        if selected == self.is_selected:
            return
        self.setProperty("selected", selected)
        self.style().unpolish(self)  # style sheets look at properties only when told to
        self.style().polish(self)
        self._describe()

    def set_playing(self, playing: bool) -> None:
        """Show whether this component is being heard."""
        if playing != self._playing:
            self._playing = playing
            self._show_button()

    def _show_button(self) -> None:
        playing = self._playing
        what = "Stop" if playing else "Hear"
        self.play_button.setIcon(self._theme.icon("stop" if playing else "play"))
        self.play_button.setAccessibleName(f"{what} component {self.index + 1}")
        self.play_button.setToolTip(f"{what} this component alone")

    def set_energy(self, share: float | None) -> None:
        """Show the component's energy as a share of the recording's; None: not known yet."""
        if share is None:
            self._energy.setText("")
        elif share < LEAST_SHARE:
            self._energy.setText("silent")
        else:
            level = round(10 * float(np.log10(share)), 1) + 0.0  # no minus before zero
            self._energy.setText(f"{level:.1f} dB".replace("-", "−"))
        self._describe()

    def refresh_icons(self) -> None:
        """Take the icons of another theme."""
        self._show_button()

    def _describe(self) -> None:
        state = ", selected" if self.is_selected else ""
        self.setAccessibleName(f"Component {self.index + 1}, {self._energy.text()}{state}")

    @Slot()
    def _play(self) -> None:
        self.play_wanted.emit(self.index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select with the left button."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.index, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Hear it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.play_wanted.emit(self.index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows it, arrows go to the neighbours."""
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0)}
        steps |= {Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit(self.index, event.modifiers())
        elif key in steps:
            self.arrow_pressed.emit(*steps[key], event.modifiers())
        else:
            super().keyPressEvent(event)
