"""The small spectrogram of a tile, and the level under it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.spectral.pictures.colormap import color_table

COLORS = [0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in color_table()]
#: Levels that the meter shows, from empty to full.
LOWEST_DB, HIGHEST_DB = -60.0, 0.0
# What covers the picture of a component that is not heard.
DIMMED = 0.72


class Picture(QWidget):
    """Paints a small spectrogram."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image = QImage()
        self._bytes = b""
        self._dimmed = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def pixels(self) -> tuple[int, int]:
        """Return width and height in pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return max(1, int(self.width() * ratio)), max(1, int(self.height() * ratio))

    def show_levels(self, levels: NDArray[np.uint8]) -> None:
        """Show levels 0..255, shape (height, width), high frequencies first."""
        height, width = levels.shape
        self._bytes = levels.tobytes()  # the image does not own its data
        self._image = QImage(self._bytes, width, height, width, QImage.Format.Format_Indexed8)
        self._image.setColorTable(COLORS)
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Show whether the component is left out of the mix."""
        self._dimmed = dimmed
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture over the whole widget."""
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(self.rect(), QColor.fromRgba(COLORS[0]))
        else:
            painter.drawImage(self.rect(), self._image)
        if self._dimmed:
            painter.setOpacity(DIMMED)
            painter.fillRect(self.rect(), QColor(self._theme.scheme.raised))
        painter.end()


class TileMeter(QWidget):
    """A thin bar: how loud the component is at this moment."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._color = QColor()
        self._filled = 0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_color(self, color: QColor) -> None:
        """Take the component's colour."""
        self._color = color
        self.update()

    def set_level(self, level_db: float) -> None:
        """Show a level in dB below full scale; −inf is none. Cheap if nothing moves."""
        share = (level_db - LOWEST_DB) / (HIGHEST_DB - LOWEST_DB)
        filled = round(self.width() * min(max(share, 0.0), 1.0))
        if filled != self._filled:
            left, right = sorted((filled, self._filled))
            self._filled = filled
            self.update(left, 0, right - left, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and what is left of its track."""
        painter = QPainter(self)
        height = self.height()
        painter.fillRect(QRect(0, 0, self._filled, height), self._color)
        rest = QRect(self._filled, 0, self.width() - self._filled, height)
        painter.fillRect(rest, QColor(self._theme.scheme.line))
        painter.end()
