"""What lies in a plot: a view, with an axis on its left and one below."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

from isnmf_gui.gui.plots.axes import ScaledAxis

# Axes lie above pictures, and below what is to lie over them.
AXIS_Z = 0.5


class PlotArea(pg.GraphicsWidget):
    """A view and its axes, laid out.

    pyqtgraph's `PlotItem` has two axes more, and forms for a menu that the plots' own replaces:
    they took most of the time that it takes to make a plot.

    Parameters
    ----------
    view : pyqtgraph.ViewBox
        Where curves and pictures are.
    left, bottom : ScaledAxis
        Its axes.
    """

    def __init__(self, view: pg.ViewBox, left: ScaledAxis, bottom: ScaledAxis) -> None:
        super().__init__()
        self.view = view
        self.axes = {"left": left, "bottom": bottom}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.layout = QGraphicsGridLayout()
        self.layout.setSpacing(0)
        self.setLayout(self.layout)
        self.layout.addItem(view, 0, 1)
        for axis, row, column in ((left, 0, 0), (bottom, 1, 1)):
            axis.linkToView(view)
            self.layout.addItem(axis, row, column)
            axis.setZValue(AXIS_Z)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)

    def show_grid(self, opacity: float) -> None:
        """Let the ticks of both axes go on as lines through the view, so strong out of 1."""
        for axis in self.axes.values():
            axis.setGrid(int(opacity * 255))
