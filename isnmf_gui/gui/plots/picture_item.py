"""A picture inside a plot, in colours of a table."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter


class PictureItem(pg.GraphicsObject):
    """Draws a picture whose rows run upwards, several times as fast as pyqtgraph's image does.

    That one paints palette images upside down, pixel by pixel. Here colours are looked up by
    numpy, and rows are in the order in which they are painted.
    """

    def __init__(self) -> None:
        super().__init__()
        self._colors = np.zeros(256, np.uint32)
        self._pixels = np.zeros((1, 1), np.uint32)  # the image is a view of it
        self._image: QImage | None = None
        self._rectangle = QRectF()

    @property
    def size_pixels(self) -> tuple[int, int]:
        """Height and width in pixels."""
        height, width = self._pixels.shape
        return height, width

    def set_colors(self, table: NDArray[np.uint8]) -> None:
        """Take the colours of the levels from 0 on, shape (n, 3), for the next picture."""
        red, green, blue = table.astype(np.uint32).T
        self._colors = 0xFF000000 | red << 16 | green << 8 | blue

    def set_picture(self, levels: NDArray[np.unsignedinteger], rectangle: QRectF) -> None:
        """Show levels (height, width), the lowest row first, in a rectangle of the plot."""
        self._pixels = self._colors.take(levels[::-1])
        height, width = self._pixels.shape
        self._image = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        if rectangle != self._rectangle:
            self.prepareGeometryChange()
            self._rectangle = rectangle
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = None
        self.update()

    def boundingRect(self) -> QRectF:
        """Return where it is."""
        return self._rectangle

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Paint the picture."""
        if self._image is not None:
            # The plot's vertical axis points upwards, an image's rows go down.
            painter.translate(0, self._rectangle.top() + self._rectangle.bottom())
            painter.scale(1, -1)
            painter.drawImage(self._rectangle, self._image)
