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


PAINTING_HELP = N_(
    "Drag: paint. Click: paint one dab. Esc: give up what is being painted.\n"
    "Wheel with Alt: size; the wheel alone zooms in time, with Ctrl in frequency, with Shift it "
    "moves in time.\n"
    "Drag with the right button, or with Shift: zoom into a box. Drag with the middle button, or "
    "with Ctrl: move.\n"
    "Arrow keys: move a cursor; with Shift: in larger steps. Enter: begin to paint there, and end "
    "it.\n"
    "Alt+arrow keys, Home and End: move. + and −: zoom in time; with Ctrl: in frequency."
)


class TimeFrequencyBox(KeyedBox):
    """A view of time and frequency, as people who edit sound expect it.

    Attributes
    ----------
    has_tool : bool
        The left button uses a tool instead of saying where to play.
    """

    seek_wanted = Signal(float)
    fit_wanted = Signal()
    #: A place was clicked on without a tool, in the units of the axes.
    clicked = Signal(QPointF)
    #: The tool was set down, moved and taken up, in the units of the axes.
    tool_began = Signal(QPointF)
    tool_moved = Signal(QPointF)
    tool_ended = Signal()
    #: The tool is to be larger by so many sizes.
    resize_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._is_boxing = self._is_moving = self._is_using = self.has_tool = False

    # -- mouse --------------------------------------------------------------------------------

    def wheelEvent(self, event: Any, axis: int | None = None) -> None:
        """Zoom about the pointer, or move, or give the tool another size."""
        notches = (event.delta() or 0) / WHEEL_NOTCH
        modifiers = event.modifiers()
        center = self.mapToView(event.pos())
        if self.has_tool and modifiers & Qt.KeyboardModifier.AltModifier:
            self.resize_wanted.emit(int(notches > 0) - int(notches < 0))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.pan(-notches, 0)
        elif axis == 1 or modifiers & Qt.KeyboardModifier.ControlModifier:
            self.scaleBy(y=ZOOM**notches, center=center)
        else:
            self.scaleBy(x=ZOOM**notches, center=center)
        event.accept()

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        """Scrub or paint, draw a box to zoom into, or move."""
        button, modifiers = event.button(), event.modifiers()
        if event.isStart():  # keys may be let go of before the button is
            shift = modifiers & Qt.KeyboardModifier.ShiftModifier
            control = modifiers & Qt.KeyboardModifier.ControlModifier
            self._is_boxing = bool(shift) or button == Qt.MouseButton.RightButton
            self._is_moving = button == Qt.MouseButton.MiddleButton or (
                self.has_tool and bool(control) and not self._is_boxing
            )
            self._is_using = self.has_tool and not self._is_boxing and not self._is_moving
        if axis is not None or self._is_moving:
            self._drag_along(event, axis)
        elif self._is_boxing:
            self._drag_box(event)
        elif self._is_using:
            self._use_tool(event)
        else:
            self.seek_wanted.emit(self.mapToView(event.pos()).x())
        event.accept()

    def _use_tool(self, event: Any) -> None:
        """Lead the tool along."""
        if event.isStart():
            self.tool_began.emit(self.mapToView(event.buttonDownPos(event.button())))
        self.tool_moved.emit(self.mapToView(event.pos()))
        if event.isFinish():
            self.tool_ended.emit()

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
        """Use the tool at one place; without one seek, or, twice, show everything."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self.mapToView(event.pos())
        if self.has_tool:
            self.tool_began.emit(place)
            self.tool_ended.emit()
        elif event.double():
            self.fit_wanted.emit()
        else:
            self.clicked.emit(place)
            self.seek_wanted.emit(place.x())
        event.accept()
