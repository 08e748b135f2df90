"""A small spectrogram: that of a component on its tile, of a source in its row."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.spectral.pictures.colormap import color_table

COLORS = [0xFF000000 | int(r) << 16 | int(g) << 8 | int(b) for r, g, b in color_table()]
# What covers the picture of what is not heard.
DIMMED = 0.72


class SmallPicture(QWidget):
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
        """Show whether it is left out of the mix."""
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
