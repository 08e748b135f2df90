"""The plot of activations: where to play from, and what to draw anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Signal, Slot

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.factors.drawing_tools import Pencil
from isnmf_gui.gui.factors.factor_plots import FactorPlot
from isnmf_gui.gui.plots.axes import LEVEL_STEPS, STEPS
from isnmf_gui.gui.plots.time_axis import TimeAxis
from isnmf_gui.texts import moment, tr

# What is drawn this near to the lower edge is silence: a pixel is a decibel or more.
SILENT_MARGIN_DB = 2.0
#: As far as the spectrogram can be zoomed in.
SHORTEST_SEEN_S = 0.01


class ActivationPlot(FactorPlot):
    """Activations over time, in dB or as amplitudes; click or drag to play from there."""

    seek_wanted = Signal(float)
    #: The person zoomed or moved: start and end of what is seen, in seconds.
    stretch_changed = Signal(float, float)
    #: The person drew: the first item, and power from there on, 1 at the most as it is shown.
    drawn = Signal(int, object)

    def __init__(self, theme: Theme) -> None:
        axis = TimeAxis(named=False)
        self.duration_s = 0.0
        self._stretch_s: tuple[float, float] | None = None
        self._is_led = False
        super().__init__(
            theme, axis, "dB", tr("Decibels below the loudest; otherwise amplitude"),
            tr("Pencil"),
            tr("Draw the activation of the selected component; at the bottom it is silent"),
        )  # fmt: skip
        axis.unit_changed.connect(self._name_axes)
        self._name_axes()
        self._pencil = Pencil(self.view, self)
        self._pencil.drawn.connect(self._drew)
        self.playhead = pg.InfiniteLine(pos=0, angle=90)
        self.playhead.setVisible(False)
        self.view.addItem(self.playhead)
        self.plot.setAccessibleName(tr("Activations over time"))
        self.plot.setToolTip(
            tr(
                "Level over time. Click or drag: play from there. Wheel, + or −: zoom. "
                "Alt+← and Alt+→, Home and End: move. The spectrogram shows the same stretch."
            )
        )
        self.view.seeks = True
        self.view.sought.connect(self._seek)
        self.view.sigXRangeChanged.connect(self._moved)
        self.apply_theme()

    # -- which stretch is seen ----------------------------------------------------------------

    @Slot(float, float)
    def show_stretch(self, start_s: float, stop_s: float) -> None:
        """Show a stretch of time, now and when other curves come."""
        self._stretch_s = start_s, stop_s
        with self._led():
            self.view.setXRange(start_s, stop_s, padding=0)

    def fit(self) -> None:
        """Show the stretch that was chosen, or all."""
        with self._led():
            super().fit()

    @contextmanager
    def _led(self) -> Iterator[None]:
        """Change what is seen without it being what the person wants."""
        before, self._is_led = self._is_led, True
        yield
        self._is_led = before

    @Slot()
    def _moved(self) -> None:
        if not self._is_led:
            self._stretch_s = tuple(self.view.viewRange()[0])
            self.stretch_changed.emit(*self._stretch_s)

    def _ends(self) -> tuple[float, float]:
        return 0.0, max(self.duration_s, super()._ends()[1])

    def _least_seen(self, length: float) -> float:
        return min(SHORTEST_SEEN_S, length)

    def _seen(self, low: float, high: float) -> tuple[float, float]:
        return self._stretch_s or (low, high)

    # -- what it shows ------------------------------------------------------------------------

    @Slot(bool)
    def _switched(self, on: bool) -> None:
        self._name_axes()
        self._levels.steps = LEVEL_STEPS if on else STEPS
        super()._switched(on)

    @Slot()
    def _name_axes(self) -> None:
        """Let the heading say the units of both axes."""
        levels = "dB" if self.button.isChecked() else tr("amplitude")
        self._heading.setText(
            tr("Activation ({levels}, {times})", levels=levels, times=self._bottom.unit)
        )

    def _heights(self) -> tuple[float, float]:
        return super()._heights() if self.button.isChecked() else (0.0, 1.0)

    def _height(self, power: NDArray[np.floating]) -> NDArray[np.floating]:
        return super()._height(power) if self.button.isChecked() else np.sqrt(power)

    @Slot(object)
    def _drew(self, stroke: list[QPointF]) -> None:
        """Read power off a stroke; the last that was drawn over an item counts."""
        items, heights = [], []
        for point in stroke:
            items.append(round(self._item(point.x())))
            heights.append(point.y())
        first, last = (int(np.clip(end(items), 0, self._values.shape[1] - 1)) for end in (min, max))
        levels = np.zeros(last - first + 1)
        for n in range(len(items)):  # from point to point, as it was drawn
            before = max(n - 1, 0)
            low, high = sorted((before, n), key=lambda place: items[place])
            between = np.arange(max(items[low], first), min(items[high], last) + 1)
            ends = [items[low], items[high]], [heights[low], heights[high]]
            levels[between - first] = np.interp(between, *ends)
        self.drawn.emit(first, self._power(levels))

    def _power(self, heights: NDArray[np.floating]) -> NDArray[np.floating]:
        """Return power from heights in the plot; its lower edge is silence."""
        if not self.button.isChecked():
            return np.maximum(heights, 0.0) ** 2
        silent = heights <= self._heights()[0] + SILENT_MARGIN_DB
        return np.where(silent, 0.0, 10 ** (heights / 10))

    def _where(self, item: int) -> str:
        return moment(item * self._step, 2)

    @Slot(float)
    def _seek(self, position_s: float) -> None:
        longest = (self._values.shape[1] - 1) * self._step
        self.seek_wanted.emit(min(max(position_s, 0.0), longest))

    def apply_theme(self) -> None:
        """Take the colours of another theme."""
        super().apply_theme()
        if hasattr(self, "playhead"):
            self.playhead.setPen(pg.mkPen(self._theme.scheme.accent, width=1))
            self._pencil.set_color(self._theme.scheme.accent)
