"""Components on their way from tiles to sources, under the pointer."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QDrag, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

MIME = "application/x-isnmf-components"


def carry(widget: QWidget, indices: Sequence[int], text: str) -> None:
    """Let components be dragged until they are dropped somewhere.

    Parameters
    ----------
    widget : QWidget
        Where the drag begins.
    indices : sequence of int
        Of the components.
    text : str
        What is shown under the pointer.
    """
    drag = QDrag(widget)
    drag.setMimeData(packed(indices))
    drag.setPixmap(_label(widget, text))
    drag.setHotSpot(QPoint(-8, -4))
    drag.exec(Qt.DropAction.MoveAction)


def packed(indices: Sequence[int]) -> QMimeData:
    """Return components as data of a drag."""
    data = QMimeData()
    data.setData(MIME, json.dumps(sorted(indices)).encode())
    return data


def carried(data: QMimeData) -> list[int]:
    """Return the components that a drag of this program brings; none if it brings none."""
    if not data.hasFormat(MIME):
        return []
    try:
        indices = json.loads(bytes(data.data(MIME).data()))
    except ValueError:
        return []
    valid = isinstance(indices, list) and all(isinstance(index, int) for index in indices)
    return indices if valid else []


def _label(widget: QWidget, text: str) -> QPixmap:
    metrics = QFontMetrics(widget.font())
    ratio = widget.devicePixelRatioF()
    width, height = metrics.horizontalAdvance(text) + 16, metrics.height() + 8
    pixmap = QPixmap(round(width * ratio), round(height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    palette = widget.palette()
    pixmap.fill(palette.highlight().color())
    painter = QPainter(pixmap)
    painter.setPen(QColor(palette.highlightedText().color()))
    painter.drawText(8, 4 + metrics.ascent(), text)
    painter.end()
    return pixmap
