"""Mouse and keyboard: events go in where the system's do, so that menus and dialogs stop them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QInputMethodEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
HELD_KEYS = {
    Qt.KeyboardModifier.ShiftModifier: Qt.Key.Key_Shift,
    Qt.KeyboardModifier.ControlModifier: Qt.Key.Key_Control,
    Qt.KeyboardModifier.AltModifier: Qt.Key.Key_Alt,
}


class Hands:
    """Does what a person's hands do.

    Attributes
    ----------
    held : QWindow or None
        Where a button went down that did not come up again: while something is dragged, the
        program waits in a loop of its own until `let_go`.
    """

    def __init__(self) -> None:
        self.held: QWindow | None = None

    def click(
        self,
        widget: QWidget,
        at: QPoint,
        button: Qt.MouseButton = LEFT,
        keys: Qt.KeyboardModifier = PLAIN,
        twice: bool = False,
    ) -> None:
        """Click somewhere on a widget."""
        window, place = _place(widget, at)
        if window is None:
            return
        QTest.mouseMove(window, place)
        QTest.mouseClick(window, button, keys, place)
        if twice and isValid(window):
            QTest.mouseDClick(window, button, keys, place)

    def drag(self, widget: QWidget, stops: Sequence[QPoint], keys: Qt.KeyboardModifier) -> None:
        """Press at the first stop, pass by the others and let go at the last."""
        window, start = _place(widget, stops[0])
        if window is None:
            return
        places = [widget.mapTo(widget.window(), stop) for stop in stops]
        QTest.mouseMove(window, start)
        self.held = window
        QTest.mousePress(window, LEFT, keys, start)
        for place in places:
            if self.held is None:  # let go of in the loop of what was dragged
                return
            if not isValid(window):  # closed: what it waited for was saved meanwhile
                self.held = None
                return
            QTest.mouseMove(window, place)
        if self.held is not None:
            self.held = None
            QTest.mouseRelease(window, LEFT, keys, places[-1])

    def let_go(self, place: QPoint) -> None:
        """Move what is being dragged to a place in its window, and drop it."""
        window, self.held = self.held, None
        if window is not None:
            QTest.mouseMove(window, place)
            QTest.mouseRelease(window, LEFT, PLAIN, place)

    def wheel(
        self, widget: QWidget, at: QPoint, angle: QPoint, keys: Qt.KeyboardModifier = PLAIN
    ) -> None:
        """Turn the wheel over a widget."""
        window, place = _place(widget, at)
        if window is not None:
            QTest.wheelEvent(window, QPointF(place), angle, QPoint(), keys)

    def press(self, window: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key, and let it go.

        QTest's own click lets the keys that are held go in a window that the key has closed.
        """
        handle, text = window.windowHandle(), QTest.keyToAscii(key).strip("\0")
        held = [it for modifier, it in HELD_KEYS.items() if keys & modifier]
        strokes = [(True, it, PLAIN, "") for it in held]
        strokes += [(True, key, keys, text), (False, key, keys, text)]
        strokes += [(False, it, PLAIN, "") for it in reversed(held)]
        for goes_down, it, with_keys, says in strokes:
            if handle is not None and handle in QGuiApplication.allWindows():
                QTest.simulateEvent(handle, goes_down, it.value, with_keys, says, False)

    def type(self, window: QWidget, text: str) -> None:
        """Type a text, wherever the keyboard is; letters beyond ASCII by an input method."""
        for letter in text:
            if not isValid(window):
                return  # a letter closed it
            handle, focus = window.windowHandle(), QApplication.focusWidget()
            if not letter.isascii() and focus is not None:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(focus, event)
            elif letter.isascii() and handle is not None and handle.isVisible():
                QTest.keyClick(handle, letter)

    def drop(self, widget: QWidget, data: QMimeData, at: QPoint, action: Qt.DropAction) -> None:
        """Drop something that was dragged here, from this program or another."""
        entered = QDragEnterEvent(at, action, data, LEFT, PLAIN)
        QApplication.sendEvent(widget, entered)
        if entered.isAccepted():
            event = QDropEvent(QPointF(at), action, data, LEFT, PLAIN, QEvent.Type.Drop)
            QApplication.sendEvent(widget, event)


def files(urls: Sequence[QUrl]) -> QMimeData:
    """Return what a file manager hands over."""
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def _place(widget: QWidget, at: QPoint) -> tuple[QWindow | None, QPoint]:
    window = widget.window()
    return window.windowHandle(), widget.mapTo(window, at)
