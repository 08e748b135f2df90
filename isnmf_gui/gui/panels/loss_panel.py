"""The loss curves of all runs, and the list to choose a run from."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import ArrayLike
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from isnmf_gui.gui.panels.axes import ScaledAxis
from isnmf_gui.gui.panels.status import shown_loss
from isnmf_gui.gui.theme import Theme
from isnmf_gui.session.document import Document, Run

OTHERS = (
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
EMPTY = "The loss of every run is drawn here while it falls."


class LossPanel(QWidget):
    """One curve a run, with a logarithmic loss axis."""

    run_chosen = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._document = Document()
        self._live: pg.PlotDataItem | None = None
        self._curves: dict[int, pg.PlotDataItem] = {}
        heading = QLabel("Loss")
        heading.setProperty("role", "heading")
        self._empty = QLabel(EMPTY)
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plot = pg.PlotWidget(axisItems={"left": ScaledAxis("Loss")})
        self.setMinimumWidth(220)
        self.plot.setAccessibleName("Loss over iterations")
        self.plot.setToolTip("Itakura-Saito divergence after each iteration: lower fits better")
        self.plot.setMenuEnabled(False)
        self.plot.setLabel("bottom", "Iteration")
        self.plot.setLogMode(y=True)
        self.plot.getViewBox().setLimits(xMin=0)
        self.plot.showGrid(x=True, y=True, alpha=0.25)
        self.runs = QListWidget()
        self.runs.setAccessibleName("Runs")
        self.runs.setToolTip("All runs of this recording. Click one to see and hear it.")
        self.runs.setMaximumHeight(150)
        self.runs.setWordWrap(True)
        self.runs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.runs.currentItemChanged.connect(self._chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        for widget, stretch in ((heading, 0), (self._empty, 1), (self.plot, 1), (self.runs, 0)):
            layout.addWidget(widget, stretch)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def show_document(self, document: Document) -> None:
        """Show the runs of a document."""
        self._document = document
        for curve in self._curves.values():
            self.plot.removeItem(curve)
        self._curves = {run.id: self._curve(run) for run in document.runs}
        self._fill_list()
        self._show_or_explain()

    def show_live(self, loss: ArrayLike) -> None:
        """Show the curve of the run that goes on; several calls extend it."""
        if self._live is None:
            color = self._theme.curve(len(self._document.runs))
            self._live = self.plot.plot(pen=pg.mkPen(color, width=1), symbol=None)
            self._show_or_explain()
        self._live.setData(*_points(loss))

    def end_live(self) -> None:
        """Remove the curve of the run that went on: its final one comes with the document."""
        if self._live is not None:
            self.plot.removeItem(self._live)
            self._live = None
        self._show_or_explain()

    def _show_or_explain(self) -> None:
        """Show the plot once there is something in it."""
        empty = not self._document.runs and self._live is None
        self._empty.setVisible(empty)
        self.plot.setVisible(not empty)

    def _curve(self, run: Run) -> pg.PlotDataItem:
        current = run.id == self._document.current_run_id
        # The run that is shown is solid; the others differ by more than their colour.
        style = Qt.PenStyle.SolidLine if current else OTHERS[run.id % len(OTHERS)]
        pen = pg.mkPen(self._theme.curve(run.id - 1), width=1, style=style)
        points = _points(run.separation.factorization.loss)
        symbol = "o" if len(points[0]) == 1 else None  # one point makes no line
        return self.plot.plot(*points, pen=pen, symbol=symbol)

    def _fill_list(self) -> None:
        with QSignalBlocker(self.runs):
            self.runs.clear()
            for run in self._document.runs:
                factorization = run.separation.factorization
                how = " (cancelled)" if factorization.stopped == "cancelled" else ""
                text = f"{run.name}\nloss {shown_loss(factorization.loss[-1])} after "
                text += f"{factorization.n_iterations} iterations{how}, "
                text += f"{run.separation.seconds:.1f} s"
                item = QListWidgetItem(_swatch(self._theme.curve(run.id - 1)), text)
                item.setData(Qt.ItemDataRole.UserRole, run.id)
                item.setToolTip(text)
                self.runs.addItem(item)
                if run.id == self._document.current_run_id:
                    self.runs.setCurrentItem(item)
        self.runs.setVisible(bool(self._document.runs))

    @Slot()
    def _chosen(self) -> None:
        item = self.runs.currentItem()
        if item is not None:
            self.run_chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    @Slot()
    def _apply_theme(self) -> None:
        scheme = self._theme.scheme
        self.plot.setBackground(scheme.base)
        for name in ("bottom", "left"):
            self.plot.getAxis(name).setPen(scheme.line)
            self.plot.getAxis(name).setTextPen(scheme.text)
        self.show_document(self._document)


def _points(loss: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return iterations and losses; a loss of zero has no place on a logarithmic axis."""
    values = np.maximum(np.asarray(loss, np.float64), 1e-12)
    return np.arange(1, len(values) + 1), values


def _swatch(color: QColor) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(color)
    icon = QIcon(pixmap)
    for mode in (QIcon.Mode.Selected, QIcon.Mode.Disabled):  # or they would tint it
        icon.addPixmap(pixmap, mode)
    return icon
