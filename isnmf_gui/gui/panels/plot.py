"""A plot as panels have it, in the colours of a theme."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.panels.axes import label_metrics
from isnmf_gui.gui.theme import Scheme

# A plot that is lower than so many lines does without the name of its lower axis.
LEAST_LINES_NAMED = 6


class Plot(pg.PlotWidget):
    """A plot in the colours of a theme.

    Parameters
    ----------
    parent : QWidget or None, optional
        What it lies in.
    **parts : object
        What pyqtgraph's plot takes.
    """

    def __init__(self, parent: QWidget | None = None, **parts: object) -> None:
        super().__init__(parent, **parts)
        # What is dragged over it is the window's; Qt complains when it leaves the plot.
        for widget in (self, self.viewport()):
            widget.setAcceptDrops(False)

    def set_theme(self, scheme: Scheme, ground: str) -> None:
        """Take the colours of a theme, and one for the ground."""
        self.setBackground(ground)
        for name in ("bottom", "left"):
            self.getAxis(name).setPen(scheme.line)
            self.getAxis(name).setTextPen(scheme.text)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave the room below to the numbers where there is little."""
        super().resizeEvent(event)
        if self.plotItem is not None:
            least = LEAST_LINES_NAMED * label_metrics().height()
            self.getAxis("bottom").set_named(self.height() >= least)
