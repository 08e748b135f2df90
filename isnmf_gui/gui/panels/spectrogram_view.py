"""How mouse and keyboard move through a spectrogram: zoom, pan, box and scrub."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from isnmf_gui.texts import tr

HELP = tr(
    "Click: play from here. Drag: scrub.\n"
    "Wheel: zoom in time; with Ctrl: zoom in frequency; with Shift: move in time.\n"
    "Drag with the right button, or with Shift: zoom into a box. Middle button: move.\n"
    "Double-click: show everything.\n"
    "Arrow keys: read with a cursor; with Shift: in larger steps. Enter: play from the cursor. "
    "Esc: take it away.\n"
    "Alt+arrow keys, Home and End: move. + and −: zoom in time; with Ctrl: in frequency."
)
# A notch of the wheel, or a press of + or −.
ZOOM = 0.8
# A press of Alt and an arrow key moves by this share of what is seen.
PAN_SHARE = 0.1
WHEEL_NOTCH = 120
PLUS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class TimeFrequencyBox(pg.ViewBox):
    """A view of time and frequency, as people who edit sound expect it."""

    seek_wanted = Signal(float)
    fit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False)
        self._is_boxing = False

    # -- mouse --------------------------------------------------------------------------------

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom about the pointer, or move."""
        notches = (event.delta() or 0) / WHEEL_NOTCH
        modifiers = event.modifiers()
        center = self.mapToView(event.pos())
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-notches, 0)
        elif axis == 1 or modifiers & Qt.KeyboardModifier.ControlModifier:
            self.scaleBy(y=ZOOM**notches, center=center)
        else:
            self.scaleBy(x=ZOOM**notches, center=center)
        event.accept()

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Scrub, draw a box to zoom into, or move."""
        button = event.button()
        if event.isStart():  # Shift may be let go of before the button is
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._is_boxing = bool(shift) or button == Qt.MouseButton.RightButton
        if axis is not None or button == Qt.MouseButton.MiddleButton:
            self._drag_along(event, axis)
        elif self._is_boxing:
            self._drag_box(event)
        else:
            self.seek_wanted.emit(self.mapToView(event.pos()).x())
        event.accept()

    def _drag_along(self, event: Any, axis: int | None) -> None:
        moved = self.mapToView(event.lastPos()) - self.mapToView(event.pos())
        self.translateBy(x=0 if axis == 1 else moved.x(), y=0 if axis == 0 else moved.y())

    def _drag_box(self, event: Any) -> None:
        begin, end = event.buttonDownPos(event.button()), event.pos()
        if not event.isFinish():
            self.updateScaleBox(begin, end)
            return
        self.rbScaleBox.hide()
        corners = self.mapToView(QPointF(begin)), self.mapToView(QPointF(end))
        box = QRectF(*corners).normalized()
        if box.width() > 0 and box.height() > 0:
            self.setRange(box, padding=0)

    def mouseClickEvent(self, event: Any) -> None:
        """Seek; twice: show everything."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if event.double():
            self.fit_wanted.emit()
        else:
            self.seek_wanted.emit(self.mapToView(event.pos()).x())
        event.accept()

    # -- keyboard -----------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> bool:
        """Move or zoom; return whether the key means anything here."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in ARROWS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.pan(*ARROWS[key])
        elif key in (*PLUS, Qt.Key.Key_Minus):
            factor = ZOOM if key in PLUS else 1 / ZOOM
            self.scaleBy(x=1 if control else factor, y=factor if control else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            (start, stop), _ = self.viewRange()
            first, last = self.state["limits"]["xLimits"]
            begin = first if key == Qt.Key.Key_Home else last - (stop - start)
            self.setXRange(begin, begin + stop - start, padding=0)
        else:
            return False
        return True

    def pan(self, right: float, up: float) -> None:
        """Move by so many steps; at the limits it stops instead of zooming."""
        for axis, steps in enumerate((right, up)):
            if steps:
                low, high = self.viewRange()[axis]
                limits = self.state["limits"]["xLimits" if axis == 0 else "yLimits"]
                by = steps * PAN_SHARE * (high - low)
                by = min(max(by, limits[0] - low), limits[1] - high)
                self.setRange(**{"xy"[axis] + "Range": (low + by, high + by)}, padding=0)
