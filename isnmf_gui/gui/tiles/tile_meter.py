"""The level under the picture of a tile."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme

#: Levels that the meter shows, from empty to full.
LOWEST_DB, HIGHEST_DB = -60.0, 0.0


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
