"""The program's start, in a process of its own.

Says so once the window is painted and a key has reached it, then closes it as a person does.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtTest import QTest

from isnmf_gui.gui import app
from isnmf_gui.gui.main_window import MainWindow

KEY = Qt.Key.Key_F35


class AnsweringWindow(MainWindow):
    """Is sent a key when it has painted itself, after all else that was waiting."""

    is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, the first time with a key to follow."""
        super().paintEvent(event)
        if not self.is_painted:
            self.is_painted = True
            QTimer.singleShot(0, lambda: QTest.keyClick(self, KEY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print a line, and close."""
        if event.key() != KEY:
            super().keyPressEvent(event)
            return
        print("answered", flush=True)
        self.close()


if __name__ == "__main__":
    app.MainWindow = AnsweringWindow
    sys.exit(app.main(sys.argv[1:]))
