"""An axis of time: seconds, or minutes and hours as a clock has them once there are any."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count, takewhile

from PySide6.QtCore import Signal

from isnmf_gui.gui.plots.axes import ScaledAxis
from isnmf_gui.texts import N_, Marked, clock

MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
SECONDS, MINUTES, HOURS = N_("s", "unit of an axis"), N_("m:ss"), N_("h:mm:ss")
#: What the axis is called, by the unit of its labels.
NAMES = {
    SECONDS: N_("Time (s)"),
    MINUTES: N_("Time (m:ss)"),
    HOURS: N_("Time (h:mm:ss)"),
}
#: Steps between labels of minutes and seconds, and into how many each is parted by ticks.
CLOCK_STEPS = {
    1: 5, 2: 4, 5: 5, 10: 5, 15: 3, 30: 3, 60: 4, 120: 4, 300: 5, 600: 5, 900: 3, 1800: 3,
    3600: 4, 7200: 4, 10_800: 3, 21_600: 3, 43_200: 4, DAY_S: 4,
}  # fmt: skip


class TimeAxis(ScaledAxis):
    """An axis below a plot, in seconds; its labels follow what is seen.

    Parameters
    ----------
    named : bool, optional
        Whether it says what it shows.
    """

    #: Labels are written in another unit.
    unit_changed = Signal(str)

    def __init__(self, *, named: bool = True) -> None:
        self._has_name = named
        self._unit = SECONDS
        name = str(NAMES[SECONDS]) if named else ""
        super().__init__(name, "bottom", logarithmic=False, shortens=False)

    def setRange(self, mn: float, mx: float) -> None:
        """Show another stretch, in the unit that it needs."""
        super().setRange(mn, mx)
        unit = SECONDS if mx < MINUTE_S else MINUTES if mx < HOUR_S else HOURS
        if unit != self._unit:
            self._use(unit)

    @property
    def unit(self) -> str:
        """What labels are written in now."""
        return str(self._unit)

    def _use(self, unit: Marked) -> None:
        self._unit = unit
        if self._has_name:
            self.labelText = str(NAMES[unit])
            self.label.setHtml(self.labelString())
            self.resizeEvent()
        self.unit_changed.emit(self.unit)

    def _steps_from(self, least: float) -> Iterator[float]:
        steps = super()._steps_from(least)
        if self._unit == SECONDS:
            return steps
        parts_of_seconds = takewhile(lambda step: step < 1, steps)
        days = (DAY_S * 2.0**n for n in count(1))
        return chain(parts_of_seconds, (float(it) for it in CLOCK_STEPS if it >= least), days)

    def _n_parts(self, step: float) -> int:
        is_clock = self._unit != SECONDS and step >= 1
        return CLOCK_STEPS.get(int(step), 4) if is_clock else super()._n_parts(step)

    def _label(self, value: float, step: float) -> str:
        if self._unit == SECONDS:
            return super()._label(value, step)
        return clock(value, self._decimals(step), hours=self._unit == HOURS)
