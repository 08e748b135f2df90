"""A cross on a plot of time and frequency that keys move, to read what lies under it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyqtgraph as pg
from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent

from isnmf_gui.gui.plots.keyed_box import ARROWS
from isnmf_gui.gui.spectrogram.spectrogram_view import TimeFrequencyBox

# Shares of what is seen that a key press moves it by; the larger one with Shift.
STEP, LEAP = 1 / 200, 1 / 20
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
NO_MODIFIER, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class ReadingCursor(QObject):
    """Where the keyboard reads; hidden until an arrow key is pressed.

    Parameters
    ----------
    view : TimeFrequencyBox
        What it lies in, and what follows it.
    """

    #: It was moved, shown or taken away.
    changed = Signal()
    #: Enter was pressed: the time at the cursor, in seconds.
    chosen = Signal(float)

    def __init__(self, view: TimeFrequencyBox) -> None:
        super().__init__(view)
        self._view = view
        self._lines = pg.InfiniteLine(angle=90), pg.InfiniteLine(angle=0)
        for line in self._lines:
            view.addItem(line, ignoreBounds=True)
            line.hide()

    @property
    def is_on(self) -> bool:
        """Whether it is shown."""
        return bool(self._lines[0].isVisible())

    @property
    def place(self) -> QPointF:
        """Where it is, in units of the axes."""
        return QPointF(self._lines[0].value(), self._lines[1].value())

    def set_color(self, color: str) -> None:
        """Take a colour; unlike the playhead it is dashed."""
        for line in self._lines:
            line.setPen(pg.mkPen(QColor(color), width=1, style=Qt.PenStyle.DashLine))

    def put(self, x: float, y: float) -> None:
        """Show it somewhere within the axes, and that place with it."""
        for line, value, axis in zip(self._lines, (x, y), (0, 1), strict=True):
            low, high = self._limits(axis)
            line.setPos(min(max(value, low), high))
            line.show()
        self._reveal()
        self.changed.emit()

    def take_away(self) -> None:
        """Show it no more."""
        for line in self._lines:
            line.hide()
        self.changed.emit()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Show the plot without it for a moment; what is read stays."""
        was_on = self.is_on
        for line in self._lines:
            line.hide()
        try:
            yield
        finally:
            for line in self._lines:
                line.setVisible(was_on)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; return whether it means anything to the cursor."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in ARROWS and modifiers in (NO_MODIFIER, SHIFT):
            self._step(*ARROWS[key], LEAP if modifiers == SHIFT else STEP)
        elif not self.is_on or modifiers != NO_MODIFIER:
            return False
        elif key in ENTER:
            self.chosen.emit(self.place.x())
        elif key == Qt.Key.Key_Escape:
            self.take_away()
        else:
            return False
        return True

    def wants(self, event: QKeyEvent) -> bool:
        """Tell whether a key that is also one of the window's is the cursor's now."""
        return self.is_on and event.key() == Qt.Key.Key_Escape

    def _step(self, right: int, up: int, share: float) -> None:
        (start, stop), (low, high) = self._view.viewRange()
        if not self.is_on:  # the first press shows it in the middle of what is seen
            self.put((start + stop) / 2, (low + high) / 2)
            return
        at = self.place
        self.put(at.x() + right * share * (stop - start), at.y() + up * share * (high - low))

    def _limits(self, axis: int) -> tuple[float, float]:
        limits = self._view.state["limits"]["yLimits" if axis else "xLimits"]
        return limits[0], limits[1]

    def _reveal(self) -> None:
        """Move the view by as much as the cursor is out of sight."""
        for axis, value in enumerate((self.place.x(), self.place.y())):
            low, high = self._view.viewRange()[axis]
            by = min(value - low, 0.0) + max(value - high, 0.0)
            if by:
                self._view.setRange(**{"xy"[axis] + "Range": (low + by, high + by)}, padding=0)
