"""The frame around the place in the large spectrogram that is asked about."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
from isnmf_gui.session.document.guidance import Box

#: It lies so many pixels around the place, and is no smaller than that, at any zoom.
GAP, LEAST = 3, 14
#: Light within dark: one of them shows on any picture.
OUTER, INNER = (QColor(0, 0, 0, 200), 4.0), (QColor(255, 255, 255), 2.0)


class AskedBox(pg.GraphicsObject):
    """Frames a place; hidden where there is none.

    Parameters
    ----------
    plot : SpectrogramPlot
        Where it lies.
    """

    def __init__(self, plot: SpectrogramPlot) -> None:
        super().__init__()
        self._plot = plot
        self.box: Box | None = None
        self.setZValue(10)
        self.hide()
        plot.view.addItem(self, ignoreBounds=True)

    @Slot(object)
    def show_box(self, box: Box | None) -> None:
        """Frame another place, which comes into sight, or none."""
        self.box = box
        self.setVisible(box is not None)
        if box is not None:
            self._reveal(box)
        self.update()

    def _reveal(self, box: Box) -> None:
        """Let the place be seen, at the zoom that there is."""
        (start_s, stop_s), _ = self._plot.view.viewRange()
        if start_s <= box.start_s and box.stop_s <= stop_s:
            return
        half_s, middle_s = (stop_s - start_s) / 2, (box.start_s + box.stop_s) / 2
        self._plot.show_stretch(middle_s - half_s, middle_s + half_s)

    def frame(self) -> QRectF:
        """Return the place in units of the axes."""
        box = self.box
        if box is None:
            return QRectF()
        low, high = self._plot.to_axis(box.low_hz), self._plot.to_axis(box.high_hz)
        return QRectF(box.start_s, low, box.stop_s - box.start_s, high - low)

    def viewRangeChanged(self, *_: object) -> None:
        """Follow the zoom: the frame keeps its distance in pixels."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Return all that is seen."""
        seen = self.viewRect()
        return QRectF() if seen is None else QRectF(seen)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the frame in pixels."""
        framed = painter.worldTransform().mapRect(self.frame()).adjusted(-GAP, -GAP, GAP, GAP)
        wider, higher = (max(LEAST - it, 0) / 2 for it in (framed.width(), framed.height()))
        framed.adjust(-wider, -higher, wider, higher)
        painter.save()
        painter.resetTransform()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (OUTER, INNER):
            painter.setPen(QPen(color, width))
            painter.drawRect(framed)
        painter.restore()
