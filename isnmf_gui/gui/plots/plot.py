"""A plot as panels have it: it shows its focus, and pictures of it are without what was read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from isnmf_gui.gui.appearance.theme import Scheme
from isnmf_gui.gui.plots.axes import ScaledAxis, label_metrics
from isnmf_gui.gui.plots.plot_area import PlotArea

FOCUS_WIDTH = 2
# A plot that is lower than so many lines does without the name of its lower axis.
LEAST_LINES_NAMED = 6


class Plot(pg.GraphicsView):
    """A plot in the colours of a theme.

    Parameters
    ----------
    view : pyqtgraph.ViewBox
        Where curves and pictures are.
    left, bottom : ScaledAxis
        Its axes.
    parent : QWidget or None, optional
        What it lies in.

    Attributes
    ----------
    area : PlotArea
        The view with the axes.
    without_reading : callable
        Returns a context in which the plot shows nothing that belongs to the pointer's place.
    """

    def __init__(
        self,
        view: pg.ViewBox,
        left: ScaledAxis,
        bottom: ScaledAxis,
        parent: QWidget | None = None,
    ) -> None:
        self.view, self.area = view, PlotArea(view, left, bottom)
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCentralItem(self.area)
        self._focus_color = QColor()
        self.without_reading: Callable[[], AbstractContextManager[None]] = nullcontext
        # What is dragged over it is the window's; Qt complains when it leaves the plot.
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)

    def set_theme(self, scheme: Scheme, ground: str) -> None:
        """Take the colours of a theme, and one for the ground."""
        self.setBackground(ground)
        self._focus_color = QColor(scheme.accent)
        for axis in self.area.axes.values():
            axis.setPen(scheme.line)
            axis.setTextPen(scheme.text)

    def leave_room_around(self, above: int, right: int) -> None:
        """Keep the axes from the edges: pyqtgraph gives the numbers below four fifths of a line."""
        below = round(label_metrics().height() / 5)
        self.area.layout.setContentsMargins(0, above, right, below)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave the room below to the numbers where there is little."""
        super().resizeEvent(event)
        least = LEAST_LINES_NAMED * label_metrics().height()
        self.area.axes["bottom"].set_named(self.height() >= least)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the frame."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the frame."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame within the plot while it has the focus: a border would move the axes."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            pen = QPen(self._focus_color, FOCUS_WIDTH)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            inset = FOCUS_WIDTH / 2
            frame = QRectF(self.viewport().rect()).adjusted(inset, inset, -inset, -inset)
            painter.drawRect(frame)
            painter.end()
