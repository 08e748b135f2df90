"""Tools to edit factors by hand: a pencil for activations, an eraser for bands of bases."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Signal, Slot

from isnmf_gui.gui.factors.drawing_box import DrawingBox


class Pencil(QObject):
    """Shows what is being drawn, and hands it on once the button is let go of."""

    #: The points of the stroke, in the units of the axes.
    drawn = Signal(object)

    def __init__(self, view: DrawingBox, parent: QObject) -> None:
        super().__init__(parent)
        self._points: list[QPointF] = []
        self._curve = pg.PlotCurveItem()
        self._curve.setZValue(10)
        view.addItem(self._curve, ignoreBounds=True)
        view.tool_began.connect(self._begin)
        view.tool_moved.connect(self._move)
        view.tool_ended.connect(self._end)

    def set_color(self, color: str) -> None:
        """Draw in another colour."""
        self._curve.setPen(pg.mkPen(color, width=2))

    @Slot(QPointF)
    def _begin(self, point: QPointF) -> None:
        self._points = [point]

    @Slot(QPointF)
    def _move(self, point: QPointF) -> None:
        self._points.append(point)
        self._curve.setData([it.x() for it in self._points], [it.y() for it in self._points])

    @Slot()
    def _end(self) -> None:
        self._curve.setData([], [])
        self.drawn.emit(self._points)


class BandEraser(QObject):
    """Shows the band that is being marked, and hands it on once the button is let go of.

    Parameters
    ----------
    view : DrawingBox
        Where it is marked.
    hertz : callable
        Returns the frequency at a place on the axis.
    parent : QObject
        Owner.
    """

    #: Ends of the band in Hz.
    erased = Signal(float, float)

    def __init__(self, view: DrawingBox, hertz: Callable[[float], float], parent: QObject) -> None:
        super().__init__(parent)
        self._hertz = hertz
        self._start = 0.0
        self._band = pg.LinearRegionItem(movable=False)
        self._band.setZValue(10)
        self._band.hide()
        view.addItem(self._band, ignoreBounds=True)
        view.tool_began.connect(self._begin)
        view.tool_moved.connect(self._move)
        view.tool_ended.connect(self._end)

    @Slot(QPointF)
    def _begin(self, point: QPointF) -> None:
        self._start = point.x()
        self._band.setRegion((self._start, self._start))
        self._band.show()

    @Slot(QPointF)
    def _move(self, point: QPointF) -> None:
        self._band.setRegion((self._start, point.x()))

    @Slot()
    def _end(self) -> None:
        self._band.hide()
        low, high = (self._hertz(end) for end in self._band.getRegion())
        if high > low:  # a click marks no band
            self.erased.emit(low, high)
