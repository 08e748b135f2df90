"""Axes for spectrograms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg

# Steps within a decade that are labelled, from few to many.
DECADE_STEPS: tuple[tuple[float, ...], ...] = ((1,), (1, 3), (1, 2, 5), (1, 1.5, 2, 3, 4, 5, 6, 8))
LEAST_GAP_PIXELS = 26


class FrequencyAxis(pg.AxisItem):
    """Labels in Hz or kHz, on a linear or a logarithmic (base 10) axis."""

    def __init__(self) -> None:
        super().__init__("left")
        self.logarithmic = True
        self.enableAutoSIPrefix(False)
        self.setLabel("Frequency (Hz)")

    def tickValues(
        self,
        minVal: float,  # noqa: N803 - pyqtgraph's name
        maxVal: float,  # noqa: N803
        size: float,
    ) -> list[tuple[float, Sequence[float]]]:
        """Return the places of the ticks, round in Hz."""
        if not self.logarithmic:
            ticks: list[tuple[float, Sequence[float]]] = super().tickValues(minVal, maxVal, size)
            return ticks
        decades = range(int(np.floor(minVal)), int(np.ceil(maxVal)) + 1)
        pixels_per_decade = size / max(maxVal - minVal, 1e-9)
        chosen = DECADE_STEPS[0]
        for steps in DECADE_STEPS[1:]:
            gaps = np.diff(np.log10([*steps, 10]))
            if gaps.min() * pixels_per_decade >= LEAST_GAP_PIXELS:
                chosen = steps
        values = [decade + float(np.log10(step)) for decade in decades for step in chosen]
        return [(1.0, [value for value in values if minVal <= value <= maxVal])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        """Return the labels: 200, 1.5k."""
        hertz = 10.0 ** np.asarray(values) if self.logarithmic else np.asarray(values)
        return [f"{value / 1000:.4g}k" if value >= 999.5 else f"{value:.4g}" for value in hertz]
