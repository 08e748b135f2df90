"""The program's start, in a process of its own.

Says so once the window is painted and a key has reached it, then closes it as a person does.
"""

from __future__ import annotations

import sys
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from isnmf_gui.gui import app

KEY = Qt.Key.Key_F35


class Watch(QObject):
    """Sends the window a key when it has painted itself, after all else that was waiting."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._is_painted = False
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Wait for the first painting, then for the key."""
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, lambda: QTest.keyClick(window, KEY))
        if event.type() == QEvent.Type.KeyPress and event.key() == KEY:
            print("answered", flush=True)
            window.close()
        return False


def watched(make_window, application: QApplication) -> QMainWindow:
    """Make the program's window, with a watch on it."""
    window = make_window(application)
    Watch(window)
    return window


if __name__ == "__main__":
    app.make_window = partial(watched, app.make_window)
    sys.exit(app.main(sys.argv[1:]))
