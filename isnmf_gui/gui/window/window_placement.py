"""Where the window stands, from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.control.preferences import Preferences

#: So much of the window must lie on a screen, or it could not be found nor moved.
LEAST_SEEN = QSize(200, 100)


def save_place(window: QWidget, preferences: Preferences) -> None:
    """Remember where a window stands, and how large it is when it is not maximized."""
    normal = window.normalGeometry()
    if normal.isValid():
        preferences.set_layout("window", (normal.x(), normal.y(), normal.width(), normal.height()))
    preferences.maximized = window.isMaximized()


def restore_place(window: QWidget, preferences: Preferences) -> None:
    """Put a window where it stood, unless that screen is not there any more."""
    numbers = preferences.layout("window", 4)
    if numbers is None:
        return
    place = QRect(*numbers)
    for screen in QGuiApplication.screens():
        room = screen.availableGeometry()
        seen = place & room
        if seen.width() >= LEAST_SEEN.width() and seen.height() >= LEAST_SEEN.height():
            place.setSize(place.size().boundedTo(room.size()))
            place.moveTop(max(place.top(), room.top()))  # the title bar can be reached
            window.setGeometry(place)
            if preferences.maximized:
                window.setWindowState(Qt.WindowState.WindowMaximized)
            return
