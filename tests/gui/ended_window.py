"""A window whose disk is slow, to be ended by signals: `python -m` this, a situation, a recording.

It says "ready" once it is in the situation.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from isnmf_gui.gui import app
from isnmf_gui.gui.files import file_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.recovery import Recovery

SLOW_S = 1.0


def slowed(work: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*args: Any, **options: Any) -> Any:
        time.sleep(SLOW_S)
        return work(*args, **options)

    return slow


class Situations:
    """What goes on when the signals come. Each method begins it and tells whether it stands."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder
        self._has_begun = False

    def _begin(self, act: Callable[[], object]) -> None:
        if not self._has_begun:
            self._has_begun = True
            QTimer.singleShot(0, act)

    def edited(self) -> bool:
        return True

    def asking(self) -> bool:
        """A dialog that somebody waits for."""
        self._begin(self.window.ask_for_export)
        return any(it.isVisible() for it in self.window.findChildren(QDialog))

    def choosing(self) -> bool:
        """A dialog of Qt's own that somebody waits for."""
        self._begin(self.window.files.ask_for_file)
        return any(isinstance(it, QFileDialog) for it in QApplication.topLevelWidgets())

    def saving(self) -> bool:
        self._begin(lambda: self.window.files._save(self.folder / "work.isnmf"))
        return self.window.controller.is_busy("save")

    def running(self) -> bool:
        """A long run; the first one may not have quite ended when it is wished for."""
        live = self.window.controller.live
        if live is None and not self.window.controller.running.is_on:
            QTimer.singleShot(0, self._run_long)
        return live is not None and live.iteration > 5

    def _run_long(self) -> None:
        self.window.panes.settings._fields["n_iterations"].setValue(10_000)
        self.window.runs.separate()


def main() -> int:
    situation, recording = sys.argv[1], Path(sys.argv[2])
    Recovery._keep = slowed(Recovery._keep)  # type: ignore[method-assign]
    file_desk.save_project = slowed(file_desk.save_project)
    make_window = app.make_window

    def made(application: QApplication) -> MainWindow:
        window = make_window(application)
        situations = Situations(window, recording.parent)
        fields = window.panes.settings._fields
        fields["n_bases"].setValue(3)
        fields["n_iterations"].setValue(5)
        window.controller.recording_opened.connect(lambda _: window.runs.separate())
        timer = QTimer(window)

        def look() -> None:
            if window.controller.document.runs and getattr(situations, situation)():
                timer.stop()
                print("ready", flush=True)

        timer.timeout.connect(look)
        timer.start(20)
        return window

    app.make_window = made
    return app.main([str(recording)])


if __name__ == "__main__":
    sys.exit(main())
