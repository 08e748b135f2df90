"""Axes whose logarithmic scale has readable labels at every zoom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

from isnmf_gui.gui.theme import Scheme
from isnmf_gui.texts import number

# Steps within a decade that are labelled, from few to many.
DECADE_STEPS: tuple[tuple[float, ...], ...] = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8))
LEAST_GAP_PIXELS = 26
FEWEST_TICKS = 3
# Labels are wider than high.
UPRIGHT = 0.6


def pass_drags_on(plot: pg.PlotWidget) -> None:
    """Leave what is dragged over a plot to the window; Qt complains when it leaves the plot."""
    for widget in (plot, plot.viewport()):
        widget.setAcceptDrops(False)


def color_axes(plot: pg.PlotWidget, scheme: Scheme) -> None:
    """Draw the axes of a plot in the colours of a theme."""
    for name in ("bottom", "left"):
        plot.getAxis(name).setPen(scheme.line)
        plot.getAxis(name).setTextPen(scheme.text)


class ScaledAxis(pg.AxisItem):
    """An axis, linear, or logarithmic to the base 10, labelled with k and M.

    Parameters
    ----------
    label : str
        What the axis shows.
    side : {"left", "bottom"}, optional
        Where it stands.
    """

    def __init__(self, label: str, side: str = "left") -> None:
        super().__init__(side)
        self.logarithmic = True
        self.enableAutoSIPrefix(False)
        self.setLabel(label)

    def setLogMode(self, *_args: object, **_kwargs: object) -> None:
        """Ignore pyqtgraph's switch: this axis has its own."""

    def tickValues(
        self,
        minVal: float,  # noqa: N803 - pyqtgraph's name
        maxVal: float,  # noqa: N803
        size: float,
    ) -> list[tuple[float, Sequence[float]]]:
        """Return the places of the ticks, round in the unit of the axis."""
        if not self.logarithmic:
            ticks: list[tuple[float, Sequence[float]]] = super().tickValues(minVal, maxVal, size)
            return ticks
        room = size if self.orientation == "left" else size * UPRIGHT
        values = _decade_ticks(minVal, maxVal, room)
        if len(values) < FEWEST_TICKS:  # less than a decade is seen: evenly spaced numbers fit
            levels = super().tickValues(10.0**minVal, 10.0**maxVal, size)
            values = [float(np.log10(v)) for v in levels[0][1] if v > 0]
            if len(values) < FEWEST_TICKS:
                values += [float(np.log10(v)) for v in levels[1][1] if v > 0]
        return [(1.0, values)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the labels: 200, 1.5k, 2M."""
        numbers = 10.0 ** np.asarray(values) if self.logarithmic else np.asarray(values)
        return [_short(float(value)) for value in numbers]


def _decade_ticks(low: float, high: float, size: float) -> list[float]:
    """Return round places within decades, as many as there is room for."""
    pixels_per_decade = size / max(high - low, 1e-9)
    chosen = DECADE_STEPS[0]
    for steps in DECADE_STEPS[1:]:
        if np.diff(np.log10([*steps, 10])).min() * pixels_per_decade >= LEAST_GAP_PIXELS:
            chosen = steps
    decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    places = [decade + float(np.log10(step)) for decade in decades for step in chosen]
    return [place for place in places if low <= place <= high]


def _short(value: float) -> str:
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * factor:
            return number(value / factor, ".5g") + letter
    return number(value, ".4g")
