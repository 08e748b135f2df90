"""How the mouse moves through a spectrogram: zoom, pan, box and scrub."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from isnmf_gui.gui.plots.keyed_box import ZOOM, KeyedBox
from isnmf_gui.texts import N_

HELP = N_(
    "Click: play from here. Drag: scrub.\n"
    "Wheel: zoom in time; with Ctrl: zoom in frequency; with Shift: move in time.\n"
    "Drag with the right button, or with Shift: zoom into a box. Middle button: move.\n"
    "Double-click: show everything.\n"
    "Arrow keys: read with a cursor; with Shift: in larger steps. Enter: play from the cursor. "
    "Esc: take it away.\n"
    "Alt+arrow keys, Home and End: move. + and −: zoom in time; with Ctrl: in frequency."
)
WHEEL_NOTCH = 120


class TimeFrequencyBox(KeyedBox):
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
