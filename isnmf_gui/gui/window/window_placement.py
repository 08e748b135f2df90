"""Where the window stands, from one start to the next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from isnmf_gui.gui.control.preferences import Preferences

#: What a window begins with, and the least it can be made: the smallest screens have 1024 × 600,
#: of which the title and the desktop's panel take some.
FIRST_SIZE, LEAST_SIZE = QSize(1360, 860), QSize(1024, 520)
#: So much of the screen is left to the title, which the desktop adds to the window.
TITLE = QSize(0, 40)
#: So much of the window must lie on a screen, or it could not be found nor moved.
LEAST_SEEN = QSize(200, 100)


def set_sizes(window: QWidget, needed: QSize) -> None:
    """Give a window its first size, and the one below which it cannot be made.

    Parameters
    ----------
    window : QWidget
        The window.
    needed : QSize
        What its labels need, which depends on the language and the font. Only where the screen is
        smaller the window is too, for there it must fit all the same.
    """
    window.setMinimumSize(needed.expandedTo(LEAST_SIZE).boundedTo(_room(window)))
    window.resize(FIRST_SIZE)


def fit_to_screen(window: QWidget) -> None:
    """Make a window smaller that is larger than its screen."""
    window.resize(window.size().boundedTo(_room(window)))


def _room(window: QWidget) -> QSize:
    return window.screen().availableSize() - TITLE


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
