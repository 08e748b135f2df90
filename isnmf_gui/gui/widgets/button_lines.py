"""Buttons in lines, as words are: they come and go, and the width says how many lines there are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class ButtonLines(QWidget):
    """Lays out what lies in it from left to right, then below; what is hidden takes no room.

    Parameters
    ----------
    gap : int
        Pixels between two widgets, and between two lines.
    """

    def __init__(self, gap: int = 4) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def put(self, widgets: Sequence[QWidget]) -> None:
        """Let these lie in it, in this order, and no others."""
        self._widgets = list(widgets)
        for widget in widgets:
            if widget.parentWidget() is not self:
                widget.setParent(self)
        self.updateGeometry()
        self._place()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return max((rect.bottom() + 1 for _, rect in self._flow(width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        sizes = [it.sizeHint() for it in self._shown()]
        width = sum(it.width() + self._gap for it in sizes)
        return QSize(width, max((it.height() for it in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of what is largest."""
        size = QSize()
        for widget in self._shown():
            size = size.expandedTo(widget.minimumSizeHint())
        return size

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make other lines."""
        self._place()

    def event(self, event: QEvent) -> bool:
        """Make other lines where something was shown, hidden, or says something else."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return super().event(event)

    def _place(self) -> None:
        for widget, rect in self._flow(self.width()):
            widget.setGeometry(rect)

    def _shown(self) -> list[QWidget]:
        return [it for it in self._widgets if not it.isHidden()]

    def _flow(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Return where everything goes within a width."""
        x, y, line, places = 0, 0, 0, []
        for widget in self._shown():
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y, line = 0, y + line + self._gap, 0
            places.append((widget, QRect(QPoint(x, y), size)))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return places
