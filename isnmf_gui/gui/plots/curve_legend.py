"""Legends that lie on plots: a stretch of each curve, and its name."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pyqtgraph as pg
from pyqtgraph.graphicsItems.LegendItem import ItemSample
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

SAMPLE_HEIGHT = 14
OPACITY = 215
MARGINS = (8, 2, 8, 2)


class Sample(ItemSample):
    """A stretch of a curve; unlike pyqtgraph's it is as high as a line, and no button."""

    def __init__(self, item: pg.PlotDataItem) -> None:
        super().__init__(item)
        self.setFixedHeight(SAMPLE_HEIGHT)

    def boundingRect(self) -> QRectF:
        """Return the place to draw in."""
        return QRectF(0, 0, 20, SAMPLE_HEIGHT)

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Draw the line."""
        painter.setPen(self.item.opts["pen"])
        painter.drawLine(0, SAMPLE_HEIGHT // 2, 20, SAMPLE_HEIGHT // 2)

    def mouseClickEvent(self, event: object) -> None:
        """Leave the curve as it is: the list of runs hides and shows it."""
        event.ignore()  # type: ignore[attr-defined]


class CurveLegend(pg.LegendItem):
    """Names of curves on a ground that lets them shine through."""

    def __init__(self) -> None:
        super().__init__(labelTextSize="8pt", sampleType=Sample, verSpacing=-2)
        self.layout.setContentsMargins(*MARGINS)

    def name_curves(self, curves: Sequence[tuple[str, pg.PlotCurveItem]]) -> None:
        """Hold these names, and lay them out at once, though nothing may be on the screen yet."""
        self.clear()
        for name, curve in curves:
            self.addItem(curve, html.escape(name))  # a name may look like markup
        self.updateSize()

    def updateSize(self) -> None:
        """Make it as large as what it holds, at once; pyqtgraph's shrinks bit by bit."""
        self.layout.invalidate()
        size = self.layout.effectiveSizeHint(Qt.SizeHint.MinimumSize)
        self.setGeometry(0, 0, size.width(), size.height())
        self.layout.activate()

    def set_colors(self, text: str, background: str, line: str) -> None:
        """Take the colours of a theme."""
        fill = QColor(background)
        fill.setAlpha(OPACITY)
        self.setBrush(fill)
        self.setPen(line)
        self.setLabelTextColor(text)
        self.clear()
