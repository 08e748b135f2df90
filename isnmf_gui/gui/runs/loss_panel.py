"""The loss curves of all runs, also of the one that goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.plots.axes import ScaledAxis
from isnmf_gui.gui.plots.keyed_box import KeyedBox
from isnmf_gui.gui.plots.plot import Plot
from isnmf_gui.gui.runs.loss_legend import LossLegend
from isnmf_gui.gui.runs.run_rows import Row, pen_of, shown_loss
from isnmf_gui.session.export.extras.tables import Table, loss_table
from isnmf_gui.texts import N_, tr

EMPTY = N_("The loss of every run is drawn here while it falls.")
TIP = N_(
    "Itakura-Saito divergence after each iteration: lower fits better. Point at a curve or press "
    "← and → to read it. Wheel: zoom. Drag: move.\n"
    "+ and −: zoom in iterations; with Ctrl: in loss. Alt+arrow keys, Home and End: move.\n"
    "It is a sum over all points of the spectrogram: compare runs with the same window and hop."
)
#: A loss of zero has no place on a logarithmic axis.
LEAST_LOSS = 1e-12


class LossPanel(QWidget):
    """One curve a run, on a logarithmic or linear axis, with a legend and values to read."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[Row, ...] = ()
        self._hidden: frozenset[int] = frozenset()
        self._curves: dict[int, pg.PlotDataItem] = {}
        self._iteration: int | None = None
        self._build_header()
        self._build_plot()
        self._empty = QLabel(str(EMPTY))
        self._empty.setProperty("role", "dim")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMinimumWidth(220)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 4)
        layout.addLayout(self._header)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.plot, 1)
        theme.changed.connect(self._apply_theme)
        self._apply_theme()

    def _build_header(self) -> None:
        heading = QLabel(tr("Loss"))
        heading.setProperty("role", "heading")
        self.readout = QLabel()
        self.readout.setProperty("role", "dim")
        self.scale_button = QPushButton(tr("Log"))
        self.scale_button.setCheckable(True)
        self.scale_button.setChecked(True)
        self.scale_button.setToolTip(tr("Logarithmic loss axis; off: linear"))
        self.scale_button.setAccessibleName(tr("Logarithmic loss axis"))
        self.scale_button.toggled.connect(self._set_logarithmic)
        self.fit_button = QPushButton(tr("Fit"))
        self.fit_button.setToolTip(tr("Show all curves whole again after zooming"))
        self.fit_button.setAccessibleName(tr("Show all loss curves whole"))
        self.fit_button.clicked.connect(self.fit)
        self._header = QHBoxLayout()
        self._header.addWidget(heading)
        self._header.addStretch(1)
        for widget in (self.readout, self.scale_button, self.fit_button):
            self._header.addWidget(widget)

    def _build_plot(self) -> None:
        self._loss_axis = ScaledAxis(tr("Loss"))
        # Iterations are counted in whole numbers.
        iterations = ScaledAxis(
            tr("Iteration"), "bottom", logarithmic=False, shortens=False, least_step=1
        )
        self._view = KeyedBox()
        self.plot = Plot(self._view, self._loss_axis, iterations)
        self.plot.without_reading = self._without_reading
        self.plot.setAccessibleName(tr("Loss over iterations"))
        self.plot.setToolTip(str(TIP))
        self.plot.area.show_grid(0.25)
        self.plot.leave_room_around(4, 6)
        self._view.setLimits(xMin=0, minXRange=2)
        self._cross = pg.InfiniteLine(angle=90)
        self._cross.hide()
        self._view.addItem(self._cross, ignoreBounds=True)
        self.legend = LossLegend()
        self.legend.setParentItem(self._view)
        self.legend.anchor((1, 0), (1, 0), offset=(-4, 4))
        self.plot.scene().sigMouseMoved.connect(self._hover)
        self.plot.installEventFilter(self)

    # -- curves -------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], hidden: Collection[int] = ()) -> None:
        """Show the curves of runs; several calls extend that of the run that goes on.

        Parameters
        ----------
        rows : sequence of Row
            All runs.
        hidden : collection of int
            Numbers of those whose curve is not wanted.
        """
        before = {row.id: row for row in self._rows}
        self._rows, self._hidden = tuple(rows), frozenset(hidden)
        wanted = {row.id: row for row in self.visible_rows()}
        for run_id in set(self._curves) - set(wanted):
            self._view.removeItem(self._curves.pop(run_id))
        for row in wanted.values():
            if row.id not in self._curves or not row.is_as(before.get(row.id)):
                self._draw(row)
        self.legend.show_rows([(row, self._curves[row.id]) for row in wanted.values()])
        is_empty = not any(len(row.loss) for row in rows)
        self._empty.setVisible(is_empty)
        self.plot.setVisible(not is_empty)
        for button in (self.scale_button, self.fit_button):
            button.setEnabled(not is_empty)
        self._read()

    def visible_rows(self) -> list[Row]:
        """Return the runs whose curves are seen."""
        return [row for row in self._rows if len(row.loss) and row.id not in self._hidden]

    def _draw(self, row: Row) -> None:
        curve = self._curves.get(row.id)
        if curve is None:
            curve = self._curves[row.id] = pg.PlotDataItem()
            curve.setLogMode(False, self._loss_axis.logarithmic)
            self._view.addItem(curve)
            # The loss falls smoothly: no more points than pixels are to be told apart.
            curve.setDownsampling(auto=True, method="subsample")
        curve.setZValue(1 if row.is_chosen else 0)
        pen = pen_of(self._theme, row)
        curve.setData(
            np.arange(1, len(row.loss) + 1),
            np.maximum(row.loss, LEAST_LOSS),
            pen=pen,
            symbol="o" if len(row.loss) == 1 else None,  # one point makes no line
            symbolPen=pg.mkPen(None),
            symbolBrush=pg.mkBrush(pen.color()),
            symbolSize=5,
        )

    @Slot(bool)
    def _set_logarithmic(self, on: bool) -> None:
        self._loss_axis.logarithmic = on
        for curve in self._curves.values():
            curve.setLogMode(False, on)
        self._loss_axis.picture = None
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Show all curves whole, and follow them."""
        self._view.enableAutoRange()

    # -- reading ------------------------------------------------------------------------------

    def values_at(self, iteration: int) -> dict[int, float]:
        """Return the loss of every curve that is seen and gets so far, by number of the run."""
        return {
            row.id: float(row.loss[iteration - 1])
            for row in self.visible_rows()
            if 1 <= iteration <= len(row.loss)
        }

    def table(self) -> Table | None:
        """Return the losses that are seen, in numbers."""
        rows = self.visible_rows()
        return loss_table([(row.label, row.loss) for row in rows]) if rows else None

    def read_at(self, iteration: int | None) -> None:
        """Put the crosshair at an iteration; None: away."""
        longest = max((len(row.loss) for row in self.visible_rows()), default=0)
        inside = iteration is not None and longest > 0
        self._iteration = min(max(iteration or 1, 1), longest) if inside else None
        self._read()

    def _read(self) -> None:
        iteration = self._iteration
        self._cross.setVisible(iteration is not None)
        if iteration is None:
            self.readout.clear()
            self.legend.show_values({})
            self.plot.setAccessibleDescription(self._summary())
            return
        self._cross.setPos(iteration)
        values = {n: shown_loss(loss) for n, loss in self.values_at(iteration).items()}
        self.readout.setText(tr("Iteration {iteration}", iteration=iteration))
        self.legend.show_values(values)
        names = {row.id: row.label for row in self._rows}
        spoken = [f"{names[n]}: {value}" for n, value in values.items()]
        self.plot.setAccessibleDescription(
            tr("Iteration {iteration}. {losses}", iteration=iteration, losses="; ".join(spoken))
        )

    def _summary(self) -> str:
        """Say in words what is seen."""
        spoken = [
            tr(
                "{label}: from {first} to {last} in %n iteration(s)",
                "",
                len(row.loss),
                label=row.label,
                first=shown_loss(row.loss[0]),
                last=shown_loss(row.loss[-1]),
            )
            for row in self.visible_rows()
        ]
        return "; ".join(spoken) or tr("No run yet.")

    @Slot(object)
    def _hover(self, position: QPointF) -> None:
        if self._view.sceneBoundingRect().contains(position):
            self.read_at(round(self._view.mapSceneToView(position).x()))
        else:
            self.read_at(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Use the keys; read nothing once the pointer has left."""
        if event.type() == QEvent.Type.Leave:
            self.read_at(None)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._view.press(event) or self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        """Read with ← and →; return whether the key was one of them."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            return False
        self.read_at((self._iteration or 0) + step)
        return True

    @contextmanager
    def _without_reading(self) -> Iterator[None]:
        """Show the plot for a moment as if nothing were read."""
        iteration = self._iteration
        self.read_at(None)
        try:
            yield
        finally:
            self.read_at(iteration)

    @Slot()
    def _apply_theme(self) -> None:
        scheme = self._theme.scheme
        self.plot.set_theme(scheme, scheme.base)
        self._cross.setPen(pg.mkPen(scheme.dim, width=1))
        self.legend.set_colors(scheme.text, scheme.base, scheme.line)
        for run_id in list(self._curves):
            self._view.removeItem(self._curves.pop(run_id))
        self.show_rows(self._rows, self._hidden)
