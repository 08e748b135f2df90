"""Take the screenshots of the documentation: `python docs/make_screenshots.py` in a checkout.

The window is real, only its screen is not: no display is needed.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CONFIG_HOME"] = tempfile.mkdtemp()  # nobody's own settings in the pictures

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.main_window import MainWindow
from isnmf_gui.gui.preferences import Preferences
from isnmf_gui.gui.theme import Choice, Theme

FOLDER = Path(__file__).resolve().parent / "screenshots"
SIZE = (1360, 860)
LONGEST_S = 120.0


def wait(condition: Callable[[], object]) -> None:
    """Let the window go on until something has happened."""
    limit_s = time.monotonic() + LONGEST_S
    while not condition():
        if time.monotonic() > limit_s:
            raise TimeoutError
        QApplication.processEvents()
        time.sleep(0.02)


def take(window: MainWindow, name: str) -> None:
    """Save a picture of the window as it is once everything is drawn."""
    settled_s = time.monotonic() + 0.3
    wait(lambda: time.monotonic() > settled_s)
    window.grab().save(str(FOLDER / f"{name}.png"))
    print(FOLDER / f"{name}.png")


def separate(window: MainWindow, rule: str) -> None:
    """Run one rule to its end."""
    field = window.panes.settings._fields["rule"]
    field.setCurrentIndex(field.findData(rule))
    window.separate()
    wait(lambda: not window.controller.is_busy("run"))


def group(window: MainWindow) -> None:
    """Take the sources that are suggested."""
    dialog = window.source_desk.suggest()
    assert dialog is not None
    dialog.number.setValue(3)
    wait(lambda: set(dialog.labels()) == {0, 1, 2})
    dialog.take.click()
    window.panes.left.setCurrentWidget(window.panes.sources)


def main() -> None:
    """Take every picture, light and dark."""
    FOLDER.mkdir(exist_ok=True)
    app = QApplication([])
    theme = Theme(app, Choice.LIGHT)
    window = MainWindow(theme, Preferences())
    window.resize(*SIZE)
    window.show()
    take(window, "empty-light")
    window.actions_["demo"].trigger()
    wait(lambda: window.controller.document.recording and not window.controller.is_busy("open"))
    separate(window, "mm")
    separate(window, "fast")
    group(window)
    tile = window.panes.components.tiles[4]
    tile.clicked.emit(tile.index, Qt.KeyboardModifier.NoModifier)
    for choice in (Choice.LIGHT, Choice.DARK):
        theme.choose(choice)
        take(window, f"window-{choice}")
    window.files.close_now()


if __name__ == "__main__":
    main()
