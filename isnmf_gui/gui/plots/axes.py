"""Axes whose labels are readable at every zoom and size, and written as the locale has numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter

from isnmf_gui.texts import signed

# Steps within a decade that are labelled, from few to many.
DECADE_STEPS: tuple[tuple[float, ...], ...] = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8))
FEWEST_TICKS = 3
#: Steps between labels of a linear axis, in each decade.
STEPS: tuple[int, ...] = (1, 2, 5)
#: Those of levels: 40 dB has a place of its own, for small plots hold two steps of it.
LEVEL_STEPS: tuple[int, ...] = (1, 2, 4, 5)
# Labels lie so many lines apart, or more; on axes of decades their distance varies.
LINE_GAP, DECADE_GAP = 1.25, 1.7
# Labels are wider than high.
UPRIGHT = 0.6
# A long axis has no more labels than these.
MOST_UPRIGHT, MOST_ACROSS = 6, 10
# Ticks without labels are so many pixels apart.
LEAST_TICK_GAP = 5
NAME_INSET = 3


def label_metrics() -> QFontMetricsF:
    """Return the measures of what is written on axes: pyqtgraph takes the program's font."""
    return QFontMetricsF(QGuiApplication.font())


class ScaledAxis(pg.AxisItem):
    """An axis, linear, or logarithmic to the base 10.

    Parameters
    ----------
    label : str
        What the axis shows.
    side : {"left", "bottom"}, optional
        Where it stands.
    logarithmic : bool, optional
        Whether it is logarithmic at first.
    shortens : bool, optional
        Whether it writes k and M.
    least_step : float, optional
        Linear labels are no closer to one another: 1 where there are whole numbers only.
    steps : tuple of int, optional
        Steps between the labels of a linear axis, in each decade.
    """

    def __init__(
        self,
        label: str,
        side: str = "left",
        *,
        logarithmic: bool = True,
        shortens: bool = True,
        least_step: float = 0.0,
        steps: tuple[int, ...] = STEPS,
    ) -> None:
        #: What is drawn: lines and labels; pyqtgraph forgets it where they are others.
        self.picture: tuple[Any, ...] | None = None
        self.logarithmic, self.steps = logarithmic, steps
        self._shortens, self._least_step = shortens, least_step
        self._is_named, self._written = True, ""
        super().__init__(side)
        self.setStyle(maxTextLevel=0)
        self.enableAutoSIPrefix(False)
        self.setLabel(label)

    def setLogMode(self, *_args: object, **_kwargs: object) -> None:
        """Ignore pyqtgraph's switch: this axis has its own."""

    def _updateLabel(self) -> None:
        """Write the name if it is another one: pyqtgraph asks for it at every occasion."""
        name = self.labelString() if self.labelText else ""
        if name != self._written:
            self._written = name
            super()._updateLabel()
        self.picture = None
        self.update()

    def paint(self, painter: QPainter, *_args: object) -> None:
        """Draw what is to be drawn: pyqtgraph records it first, and plays that back."""
        if self.picture is None:
            self.picture = self.generateDrawSpecs(painter)
        if self.picture is not None:
            self.drawPicture(painter, *self.picture)

    def boundingRect(self) -> QRectF:
        """Return the place to draw in: a label at the upper end stands half above it."""
        above = label_metrics().height() / 2 if self.orientation == "left" else 0
        return super().boundingRect().adjusted(0, -above, 0, 0)

    def set_named(self, on: bool) -> None:
        """Show its name, or leave the room to the plot."""
        if on != self._is_named:
            self._is_named = on
            self.resizeEvent()

    def resizeEvent(self, ev: object = None) -> None:
        """Name the axis where its name has room: half a word says less than none."""
        if self.label is not None and self.labelText:
            room = self.height() if self.orientation == "left" else self.width()
            fits = self._is_named and self.label.boundingRect().width() <= room
            if fits != self.label.isVisible():
                self.showLabel(fits)
        super().resizeEvent(ev)
        if self.label is not None:  # away from the edge, where the frame of the focus is
            is_left = self.orientation == "left"
            self.label.moveBy(NAME_INSET if is_left else 0, 0 if is_left else -NAME_INSET)

    # -- where ticks stand --------------------------------------------------------------------

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
        line = label_metrics().height()
        values = _decade_ticks(minVal, maxVal, room, DECADE_GAP * line)
        if len(values) < FEWEST_TICKS:  # less than a decade is seen: evenly spaced numbers fit
            levels = super().tickValues(10.0**minVal, 10.0**maxVal, size)
            values = [float(np.log10(v)) for v in levels[0][1] if v > 0]
            if len(values) < FEWEST_TICKS and len(levels) > 1:
                values += [float(np.log10(v)) for v in levels[1][1] if v > 0]
        per_pixel = (maxVal - minVal) / max(room, 1)
        if self.orientation == "left":  # a label at the lower end would be cut
            values = [it for it in values if it - minVal >= line / 2 * per_pixel]
        return [(1.0, _apart(sorted(values), LINE_GAP * line * per_pixel))]

    def tickSpacing(
        self,
        minVal: float,  # noqa: N803
        maxVal: float,  # noqa: N803
        size: float,
    ) -> list[tuple[float, float]]:
        """Return the steps between labels, and between ticks without, each with its begin."""
        size = max(size, 1.0)
        per_pixel = (maxVal - minVal) / size
        if not per_pixel > 0:
            return []
        steps = self._steps_from(max(per_pixel, self._least_step))
        step = next(it for it in steps if self._fits(it, minVal, maxVal, size))
        minor = step / self._n_parts(step)
        is_seen = minor >= max(LEAST_TICK_GAP * per_pixel, self._least_step)
        return [(step, 0.0), (minor, 0.0)] if is_seen else [(step, 0.0)]

    def _steps_from(self, least: float) -> Iterator[float]:
        """Yield steps between labels without end, from the first one that is large enough."""
        return _round_steps(self.steps, least)

    def _n_parts(self, step: float) -> int:
        """Return into how many parts ticks without labels cut a step."""
        return 4 if _digit(step) in (2, 4) else 5

    def _fits(self, step: float, low: float, high: float, size: float) -> bool:
        """Tell whether the labels of a step lie apart, and are not too many."""
        metrics = label_metrics()
        if self.orientation == "left":
            gap = max(LINE_GAP * metrics.height(), size / MOST_UPRIGHT)
        else:
            ends = (round(end / step) * step for end in (low, high))
            widest = max(metrics.horizontalAdvance(self._label(end, step)) for end in ends)
            gap = max(widest + metrics.height(), size / MOST_ACROSS)
        return step / (high - low) * size >= gap

    # -- what is written ----------------------------------------------------------------------

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the labels: 200, 1.5k, 2M, −40."""
        if self.logarithmic:
            return [_short(10.0 ** float(value), ".5g", ".4g") for value in values]
        return [self._label(float(value), spacing) for value in values]

    def _label(self, value: float, step: float) -> str:
        decimals = self._decimals(step)
        value = round(value, decimals) + 0.0  # no "−0"
        if self._shortens:
            return _short(value, ".7g", f".{decimals}f")
        return signed(value, f".{decimals}f")

    def _decimals(self, step: float) -> int:
        return max(0, -_decade(step))


def _decade_ticks(low: float, high: float, size: float, least_gap: float) -> list[float]:
    """Return round places within decades, as many as there is room for."""
    pixels_per_decade = size / max(high - low, 1e-9)
    chosen = DECADE_STEPS[0]
    for steps in DECADE_STEPS[1:]:
        if np.diff(np.log10([*steps, 10])).min() * pixels_per_decade >= least_gap:
            chosen = steps
    decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
    places = [decade + float(np.log10(step)) for decade in decades for step in chosen]
    return [place for place in places if low <= place <= high]


def _apart(places: Sequence[float], least: float) -> list[float]:
    """Return the places that are not too near to the one before."""
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] >= least:
            kept.append(place)
    return kept


def _round_steps(steps: Sequence[int], least: float) -> Iterator[float]:
    """Yield round steps without end, from the first one that is large enough."""
    decade = _decade(least)
    while True:
        yield from (step for it in steps if (step := it * 10.0**decade) >= least * 0.999)
        decade += 1


def _decade(value: float) -> int:
    """Return the power of ten at or below a number."""
    return int(np.floor(np.log10(value) + 1e-9))


def _digit(value: float) -> int:
    """Return the first digit of a round number."""
    return round(value / 10.0 ** _decade(value))


def _short(value: float, long_spec: str, spec: str) -> str:
    for factor, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * factor:
            return signed(value / factor, long_spec) + letter
    return signed(value, spec)
