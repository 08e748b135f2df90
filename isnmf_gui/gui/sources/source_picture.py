"""The small picture of a source in its row, which shows it large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.widgets.small_picture import SmallPicture
from isnmf_gui.texts import tr

HEIGHT = 26


class SourcePicture(SmallPicture):
    """Shows what a source is heard as; the keyboard has the row's menu for the same."""

    clicked = Signal()
    #: It has another size, or is seen again.
    uncovered = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent, theme)
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tr("What this source is heard as. Click: see it large"))
        self.setAccessibleName(tr("Picture of the source"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the row from selecting what it holds."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Want it large, if the pointer is still there."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self.clicked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep the row from renaming it."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell that it needs another picture."""
        super().resizeEvent(event)
        self.uncovered.emit()

    def event(self, event: QEvent) -> bool:
        """Tell that it is seen again."""
        if event.type() == QEvent.Type.Show:
            self.uncovered.emit()
        return super().event(event)
