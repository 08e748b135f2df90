"""The program as it is, with somebody who closes it at a certain moment."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from isnmf_gui.gui import app
from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window import main_window
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.project import SUFFIX

POLL_MS = 5
LONG = 10_000
moment, way, delay_ms = "opened", "discard", 0


class ClosedWindow(MainWindow):
    """Goes on to the moment by itself, and is closed then."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__(theme, preferences)
        self._stage = 0
        self._poll = QTimer(self)
        self._poll.timeout.connect(self._go_on)
        self._poll.start(POLL_MS)

    @Slot()
    def _go_on(self) -> None:
        """Do the next thing as soon as it can be done."""
        controller = self.controller
        if self._stage == 0 and (moment == "opening" or self.actions_["separate"].isEnabled()):
            fields = self.panes.settings._fields
            fields["n_bases"].setValue(4)
            fields["n_iterations"].setValue(LONG if _needs_a_run_that_goes_on() else 3)
            if moment not in ("opening", "opened"):
                self.runs.separate()
            self._stage = 1
        elif self._stage == 1 and self._is_ready():
            controller.player.play()
            self._begin()
            self._poll.stop()
            QTimer.singleShot(delay_ms, self, self._end)

    def _is_ready(self) -> bool:
        controller = self.controller
        if moment in ("opening", "opened"):
            return True
        if _needs_a_run_that_goes_on():
            return controller.live is not None
        return bool(controller.document.runs) and not controller.is_busy("run")

    def _begin(self) -> None:
        """Begin what is to be going on."""
        run = self.controller.document.current_run
        if moment == "paused":
            self.runs.pause()
        elif moment == "splitting":
            self.selection.select([0], 0)
            self.actions_["split"].trigger()
        elif moment == "suggesting":
            self.source_desk.suggest()
        elif moment == "saving":
            self.files._save(_some_path())
        elif moment == "exporting":
            QTimer.singleShot(0, self, _press_enter)
            self.ask_for_export()
        elif moment == "dialog":
            assert run is not None
            self.show_about()

    @Slot()
    def _end(self) -> None:
        if way.startswith("SIG"):
            os.kill(os.getpid(), getattr(signal, way))
            return
        if way == "close now":
            self.files.close_now()
            return
        self._poll.timeout.disconnect()
        self._poll.timeout.connect(self._answer)
        self._poll.start(POLL_MS)
        self.close()

    @Slot()
    def _answer(self) -> None:
        """Answer the questions about unsaved work and what goes on, when they come."""
        if way == "save" and self.files.path is None:
            self.files.path = _some_path()
        which = QMessageBox.StandardButton.Save if way == "save" else None
        for box in self.findChildren(QMessageBox):
            button = box.button(which or QMessageBox.StandardButton.Discard)
            button = button or box.defaultButton()
            if box.isVisible() and button is not None:
                button.click()


def _needs_a_run_that_goes_on() -> bool:
    return moment in ("separating", "playing", "paused")


def _some_path() -> Path:
    return Path(tempfile.gettempdir()) / f"work{SUFFIX}"


def _press_enter() -> None:
    dialog = QApplication.activeModalWidget()
    if dialog is not None:
        dialog.folder_field.setText(str(_some_path().with_suffix("")))  # type: ignore[attr-defined]
        dialog.accept()  # type: ignore[attr-defined]


def main(arguments: Sequence[str]) -> int:
    """Take the moment, the way, how long after it, and a recording."""
    global moment, way, delay_ms
    faulthandler.enable()
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "Setting the shape on a NumPy array", DeprecationWarning)
    moment, way, delay_ms = arguments[0], arguments[1], int(arguments[2])
    main_window.MainWindow = ClosedWindow  # type: ignore[misc]
    return app.main([arguments[3]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
