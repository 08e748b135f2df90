"""A row of widgets that becomes two where there is no room for one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowingRow(QLayout):
    """Puts widgets side by side, and those that do not fit below them. No space is between them.

    Parameters
    ----------
    parent : QWidget
        What it lays out.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add something at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return how much there is."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return what is at a place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take away what is at a place."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is where it is so wide."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of one row."""
        sizes = [item.sizeHint() for item in self._items]
        return QSize(sum(it.width() for it in sizes), max((it.height() for it in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest widget."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((it.width() for it in sizes), default=0),
            max((it.height() for it in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        for item, place in zip(self._items, self._places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def _places(self, width: int) -> list[QRect]:
        """Return where everything is, from the upper left corner."""
        places, left, top, height = [], 0, 0, 0
        for item in self._items:
            size = item.sizeHint()
            if left and left + size.width() > width:
                left, top, height = 0, top + height, 0
            places.append(QRect(left, top, size.width(), size.height()))
            left, height = left + size.width(), max(height, size.height())
        return places
