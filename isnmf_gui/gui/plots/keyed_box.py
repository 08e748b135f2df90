"""The area of a plot that keys zoom and move, with the same keys in every plot."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# A notch of the wheel, or a press of + or −.
ZOOM = 0.8
# A press of Alt and an arrow key moves by this share of what is seen.
PAN_SHARE = 0.1
PLUS = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
#: pyqtgraph's limits where there is none are about this far.
UNLIMITED = 1e300


class KeyedBox(pg.ViewBox):
    """A view that does by keyboard what the mouse may do with it; its menu is the plot's."""

    def __init__(self) -> None:
        super().__init__(enableMenu=False)

    def press(self, event: QKeyEvent) -> bool:
        """Move or zoom; return whether the key means anything here."""
        key = Qt.Key(event.key())
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in ARROWS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self.pan(*ARROWS[key])
        if key in (*PLUS, Qt.Key.Key_Minus):
            return self._zoom(ZOOM if key in PLUS else 1 / ZOOM, 1 if control else 0)
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            (start, stop), _ = self.viewRange()
            first, last = self._ends(0)
            begin = first if key == Qt.Key.Key_Home else last - (stop - start)
            self.setXRange(begin, begin + stop - start, padding=0)
            return True
        return False

    def _zoom(self, factor: float, axis: int) -> bool:
        """Show so much of an axis, about the middle; return whether it can be zoomed."""
        if self.state["mouseEnabled"][axis]:
            self.scaleBy(**{"xy"[axis]: factor})
            return True
        return False

    def pan(self, right: float, up: float) -> bool:
        """Move by so many steps, if it can be; at the limits it stops instead of zooming."""
        moved = False
        for axis, steps in enumerate((right, up)):
            if steps and self.state["mouseEnabled"][axis]:
                low, high = self.viewRange()[axis]
                first, last = self._ends(axis)
                by = steps * PAN_SHARE * (high - low)
                by = min(max(by, min(first - low, 0)), max(last - high, 0))
                self.setRange(**{"xy"[axis] + "Range": (low + by, high + by)}, padding=0)
                moved = True
        return moved

    def _ends(self, axis: int) -> tuple[float, float]:
        """Return where an axis ends: at its limits, or else at those of what is drawn."""
        limits = self.state["limits"]["yLimits" if axis else "xLimits"]
        drawn = self.childrenBounds()[axis] or self.viewRange()[axis]
        first, last = (
            limit if limit is not None and abs(limit) < UNLIMITED else end
            for limit, end in zip(limits, drawn, strict=True)
        )
        return first, last
