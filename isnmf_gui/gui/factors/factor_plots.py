"""Plots of factors: several curves over frequency or time, with values to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.factors.drawing_box import DrawingBox
from isnmf_gui.gui.factors.drawing_tools import BandEraser
from isnmf_gui.gui.plots.axes import LEVEL_STEPS, ScaledAxis, label_metrics
from isnmf_gui.gui.plots.curve_legend import CurveLegend
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.widgets.elided import ElidedLabel
from isnmf_gui.session.document.scenes import LOWEST_SHOWN_HZ, SHOWN_RANGE_DB
from isnmf_gui.spectral.hearing.notes import note_name
from isnmf_gui.spectral.pictures.outlines import outline
from isnmf_gui.texts import signed, tr

# A plot is so many lines of writing high or more: one lies below it, between four stand two levels.
LEAST_LINES = 5.5
AXIS_MARGIN = 10


class FactorPlot(QWidget):
    """Curves of equal length over an axis, in decibels or not.

    Subclasses say what the axis is: `_heading`, `_position` and `_item`.
    """

    def __init__(
        self, theme: Theme, axis: ScaledAxis, button: str, tip: str, tool: str, tool_tip: str
    ) -> None:
        super().__init__()
        self._theme = theme
        self._values: NDArray[np.floating] = np.zeros((0, 1))
        self._pens: list[QPen] = []
        self._names: list[str] = []
        self._curves: list[pg.PlotCurveItem] = []
        self._step = 1.0
        self.button = QPushButton(button)
        self.button.setCheckable(True)
        self.button.setChecked(True)
        self.button.setToolTip(tip)
        self.button.toggled.connect(self._switched)
        self.tool_button = QPushButton(tool)
        self.tool_button.setCheckable(True)
        self.tool_button.setToolTip(tool_tip)
        self.tool_button.toggled.connect(self._use_tool)
        self._heading = ElidedLabel()
        self._heading.setProperty("role", "heading")
        self.readout = ElidedLabel()
        self.readout.setMinimumWidth(1)
        self.readout.setProperty("role", "dim")
        self.readout.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bottom = axis
        self._levels = ScaledAxis("", logarithmic=False, shortens=False, steps=LEVEL_STEPS)
        self.view = DrawingBox()
        self.plot = Plot(self.view, self._levels, axis)
        self._build_plot()
        # On the screen the panel has one legend for all plots; pictures that are saved need theirs.
        self.legend = CurveLegend()
        self.legend.setParentItem(self.view)
        self.legend.anchor((1, 0), (1, 0), offset=(-4, 4))
        self.legend.hide()
        self._redraw = QTimer(self)  # several changes of one moment are drawn once
        self._redraw.setSingleShot(True)
        self._redraw.timeout.connect(self._draw)
        self._header = QHBoxLayout()
        self._header.addWidget(self._heading)
        self._header.addWidget(self.readout, 1)
        self._header.addWidget(self.tool_button)
        self._header.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(self._header)
        layout.addWidget(self.plot, 1)
        self.apply_theme()

    def _build_plot(self) -> None:
        metrics = label_metrics()
        self.plot.setMinimumHeight(round(LEAST_LINES * metrics.height()))
        self.plot.area.show_grid(0.2)
        # The topmost label stands half above its place.
        self.plot.leave_room_around(round(metrics.height() / 2), 4)
        self._levels.setWidth(round(metrics.horizontalAdvance("−80")) + AXIS_MARGIN)
        self.view.setMouseEnabled(x=True, y=False)
        self.view.setDefaultPadding(0)
        self.view.sigXRangeChanged.connect(self.redraw)
        self.view.sigResized.connect(self.redraw)
        self.plot.scene().sigMouseMoved.connect(self._hover)
        self.plot.installEventFilter(self)

    # -- what is shown ------------------------------------------------------------------------

    def show_curves(
        self, power: NDArray[np.floating], step: float, names: Sequence[str], pens: Sequence[QPen]
    ) -> None:
        """Show curves of power, shape (n_curves, n_items), 1 at the most, so far apart."""
        refit = power.shape[1] != self._values.shape[1] or step != self._step
        self._values, self._step = power, step
        self._names, self._pens = list(names), list(pens)
        if refit:
            self.fit()
        peaks = (
            tr("{name}: peak at {where}", name=name, where=self._where(int(curve.argmax())))
            for name, curve in zip(names, power, strict=True)
        )
        self.plot.setAccessibleDescription("; ".join(peaks))
        self.redraw()

    def fit(self) -> None:
        """Show the whole axis, or what else there is to be seen of it."""
        low, high = self._ends()
        self.view.setLimits(xMin=low, xMax=high, minXRange=self._least_seen(high - low))
        self.view.setXRange(*self._seen(low, high), padding=0)
        self.view.setYRange(*self._heights(), padding=0.02)

    @Slot()
    def redraw(self) -> None:
        """Draw soon."""
        if not self._redraw.isActive():
            self._redraw.start(0)

    @Slot()
    def _draw(self) -> None:
        while len(self._curves) > len(self._values):
            self.view.removeItem(self._curves.pop())
        while len(self._curves) < len(self._values):
            self._curves.append(pg.PlotCurveItem())
            self.view.addItem(self._curves[-1])
        if not len(self._values):
            return
        start, stop = (self._item(end) for end in self.view.viewRange()[0])
        pixels = max(1, int(self.view.width() * self.devicePixelRatioF()))
        items, points = outline(self._values, start, stop, pixels, self._bottom.logarithmic)
        positions, heights = self._position(items), self._height(points)
        for curve, height, pen in zip(self._curves, heights, self._pens, strict=True):
            curve.setData(positions, height, pen=pen)

    @contextmanager
    def named(self) -> Iterator[None]:
        """Show the names of the curves on the plot for a moment."""
        self.legend.name_curves(list(zip(self._names, self._curves, strict=False)))
        self.legend.show()
        try:
            yield
        finally:
            self.legend.hide()

    def _ends(self) -> tuple[float, float]:
        return tuple(self._position(np.array([0, self._values.shape[1] - 1])).tolist())

    def _least_seen(self, length: float) -> float:
        """Return how far one can zoom in."""
        return length / 200

    def _seen(self, low: float, high: float) -> tuple[float, float]:
        """Return which stretch of the axis is shown at first."""
        return low, high

    def _heights(self) -> tuple[float, float]:
        return -SHOWN_RANGE_DB, 0.0

    def _height(self, power: NDArray[np.floating]) -> NDArray[np.floating]:
        return 10 * np.log10(np.maximum(power, 10 ** (-2 * SHOWN_RANGE_DB / 10)))

    def _position(self, items: NDArray[np.integer]) -> NDArray[np.floating]:
        return items * self._step

    def _item(self, position: float) -> float:
        return position / self._step

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        self.fit()
        self.redraw()

    @Slot(bool)
    def _use_tool(self, on: bool) -> None:
        self.view.has_tool = on
        self.plot.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def set_tool_enabled(self, on: bool) -> None:
        """Let the tool be used, or put it away."""
        self.tool_button.setEnabled(on)
        if not on:
            self.tool_button.setChecked(False)

    # -- reading ------------------------------------------------------------------------------

    @Slot(object)
    def _hover(self, position: QPointF) -> None:
        """Read the curve that is nearest to the pointer; the level first, which is never cut.

        It stays while the pointer goes to it, over the edge of the plot, for its tooltip.
        """
        if not len(self._values) or not self.view.sceneBoundingRect().contains(position):
            return
        point = self.view.mapSceneToView(position)
        item = int(np.clip(round(self._item(point.x())), 0, self._values.shape[1] - 1))
        heights = self._height(self._values[:, item])
        nearest = int(np.abs(heights - point.y()).argmin())
        power = max(float(self._values[nearest, item]), 10 ** (-2 * SHOWN_RANGE_DB / 10))
        level = f"{signed(10 * np.log10(power), '.1f')} dB"
        names = [self._names[nearest]] if len(self._names) > 1 else []
        self._say(", ".join([level, self._where(item), *names]))

    def _say(self, text: str) -> None:
        """Show what is read; where there is no room for it, instead of the heading."""
        self.readout.setText(text)
        taken = [it.sizeHint().width() for it in (self._heading, self.tool_button, self.button)]
        room = self.width() - sum(taken) - len(taken) * max(self._header.spacing(), 0)
        self._heading.setVisible(self.readout.sizeHint().width() <= room or not text)

    def _where(self, item: int) -> str:
        raise NotImplementedError

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing once the pointer has left."""
        self._say("")
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Zoom and move by keyboard."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.view.press(event)
        return super().eventFilter(watched, event)

    def apply_theme(self) -> None:
        """Take the colours of another theme."""
        scheme = self._theme.scheme
        self.plot.set_theme(scheme, scheme.base)
        self.legend.set_colors(scheme.text, scheme.base, scheme.line)


class BasisPlot(FactorPlot):
    """Bases over frequency, each in dB below its peak."""

    #: A band of frequencies is to be removed: its ends in Hz.
    band_erased = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme, ScaledAxis("", "bottom"),
            tr("Log"), tr("Logarithmic frequency axis: octaves are equally wide"),
            tr("Erase"),
            tr("Drag over a band of frequencies: it is removed from the selected components"),
        )  # fmt: skip
        self._heading.setText(tr("Basis (dB, Hz)"))
        self._eraser = BandEraser(self.view, self._hertz, self)
        self._eraser.erased.connect(self.band_erased)
        self.plot.setAccessibleName(tr("Bases over frequency"))
        self.plot.setToolTip(
            tr(
                "Level over frequency, below each basis's peak. Wheel, + or −: zoom. "
                "Alt+← and Alt+→, Home and End: move."
            )
        )

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        self._bottom.logarithmic = on
        self.view.setLimits(xMin=None, xMax=None, minXRange=None)
        super()._switched(on)

    def _ends(self) -> tuple[float, float]:
        low, high = super()._ends()
        return (float(np.log10(LOWEST_SHOWN_HZ)) if self._bottom.logarithmic else low), high

    def _position(self, items: NDArray[np.integer]) -> NDArray[np.floating]:
        hertz = super()._position(items)
        return np.log10(np.maximum(hertz, 1.0)) if self._bottom.logarithmic else hertz

    def _item(self, position: float) -> float:
        return super()._item(10.0**position if self._bottom.logarithmic else position)

    def _hertz(self, position: float) -> float:
        """Return the frequency at a place on the axis."""
        return float(10.0**position) if self._bottom.logarithmic else position

    def _where(self, item: int) -> str:
        hertz = item * self._step
        return f"{hertz:.0f} Hz {note_name(hertz)}".strip()
