"""Which keys are the window's, and which are left to the widget that has the focus."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMainWindow,
    QWidget,
)

KEY_EVENTS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
#: What is typed there is text, whatever brought the person there.
TYPED = (QAbstractSpinBox, QLineEdit)
#: Letters search there, unless the mouse was used last: then Space plays, and S is solo.
SEARCHED = (QAbstractItemView, QComboBox)


@runtime_checkable
class WantsKeys(Protocol):
    """A widget with keys of its own that mean something else in the rest of the window."""

    def wants_key(self, event: QKeyEvent) -> bool:
        """Tell whether a key without a modifier is for this widget, or for what lies on it."""


class KeySharing(QObject):
    """Leaves keys without a modifier to the widget that has the focus, if it uses them.

    Whoever came to a list or a button by keys uses it by keys. Whoever clicked on it, or anywhere
    since, is done with it: then Space plays.

    Parameters
    ----------
    window : QMainWindow
        Whose keys are shared.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_by_mouse = self._mouse_was_last = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Watch the window and the widget that gets the keys: all others would cost every event."""
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)
            self._watch_window(now.window())
        # When a dialog or a menu is closed, what had the focus has it as before.
        if before is not None and now is not None and before.window() is now.window():
            self._is_by_mouse = self._mouse_was_last

    def _watch_window(self, window: QWidget) -> None:
        """Notice clicks anywhere in the window; it may be going, so it is only asked if it is this.

        Installing a filter again does not mean twice.
        """
        if window is self._window and (handle := window.windowHandle()) is not None:
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what the person uses, and keep keys from the window that are the widget's."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWindow):
            self._is_by_mouse = self._mouse_was_last = True
        elif event.type() in KEY_EVENTS and isinstance(event, QKeyEvent):
            self._mouse_was_last = False
            if event.key() in TABS:
                self._is_by_mouse = False
            is_override = event.type() == QEvent.Type.ShortcutOverride
            if is_override and isinstance(watched, QWidget) and self._is_for(watched, event):
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _is_for(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Tell whether a widget uses a key that is an action's too."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if _is_own(widget, event):
            return True
        if event.key() == Qt.Key.Key_Delete:
            return isinstance(widget, (*TYPED, *SEARCHED, QAbstractSlider))
        if isinstance(widget, QAbstractSpinBox) and event.key() == Qt.Key.Key_Space:
            return False  # there is none in a number
        is_printed = event.text() != "" and event.text().isprintable()
        if isinstance(widget, TYPED):
            return is_printed
        if self._is_by_mouse:
            return False
        if isinstance(widget, QAbstractButton):
            return event.key() == Qt.Key.Key_Space
        return isinstance(widget, SEARCHED) and is_printed


def _is_own(widget: QWidget, event: QKeyEvent) -> bool:
    """Tell whether a widget, or one that it lies on, says that a key is its own."""
    asked: QWidget | None = widget
    while asked is not None:
        if isinstance(asked, WantsKeys) and asked.wants_key(event):
            return True
        asked = asked.parentWidget()
    return False
