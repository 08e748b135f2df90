"""Texts that say with an ellipsis that there is no room for all of them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel


def shortened(text: str, most: int) -> str:
    """Return a text of at most so many characters; of a longer one the beginning."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


class ElidedLabel(QLabel):
    """Shows the beginning of a text that is too long, and all of it as its tooltip."""

    def setText(self, text: str) -> None:
        """Change the text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Return a size that any window has room for."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what there is room for."""
        painter = QPainter(self)
        mode = Qt.TextElideMode.ElideRight
        text = self.fontMetrics().elidedText(self.text(), mode, self.contentsRect().width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.contentsRect(), int(self.alignment()), text)
        painter.end()
