"""The area of a plot of factors, in which the left button may mean a place, or a tool."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal

from isnmf_gui.gui.plots.keyed_box import KeyedBox


class DrawingBox(KeyedBox):
    """A view that the left button moves, unless it seeks or a tool is in use.

    Attributes
    ----------
    seeks : bool
        The left button says where to play.
    has_tool : bool
        The left button uses a tool, whatever else it would mean.
    """

    #: A place on the horizontal axis.
    sought = Signal(float)
    #: The tool was set down, moved and taken up, in the units of the axes.
    tool_began = Signal(QPointF)
    tool_moved = Signal(QPointF)
    tool_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seeks = self.has_tool = False

    def mouseClickEvent(self, ev: Any) -> None:
        """Seek, or use the tool at one place."""
        if ev.button() != Qt.MouseButton.LeftButton or not (self.seeks or self.has_tool):
            super().mouseClickEvent(ev)
            return
        ev.accept()
        place = self.mapSceneToView(ev.scenePos())
        if self.has_tool:
            self.tool_began.emit(place)
            self.tool_ended.emit()
        else:
            self.sought.emit(place.x())

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        """Seek, or use the tool, all along the way."""
        if ev.button() != Qt.MouseButton.LeftButton or not (self.seeks or self.has_tool):
            super().mouseDragEvent(ev, axis)
            return
        ev.accept()
        place = self.mapSceneToView(ev.scenePos())
        if not self.has_tool:
            self.sought.emit(place.x())
            return
        if ev.isStart():
            self.tool_began.emit(self.mapSceneToView(ev.buttonDownScenePos()))
        self.tool_moved.emit(place)
        if ev.isFinish():
            self.tool_ended.emit()
