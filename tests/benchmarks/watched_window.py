"""A window with a long recording, and when a person sees and hears what was done in it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from isnmf_gui.session.runs.settings import Settings
from tests.benchmarks.projects import SETTINGS, large_document

if TYPE_CHECKING:
    from isnmf_gui.gui.window.main_window import MainWindow

REGION_S = (10.0, 20.0)


def large_window(folder: Path, recording_s: float, settings: Settings = SETTINGS) -> MainWindow:
    """Return a window with noise in stereo, and a run of it.

    Parameters
    ----------
    folder : Path
        For the recording and for what is remembered.
    recording_s : float
        How long it is.
    settings : Settings, optional
        Of the run.
    """
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from isnmf_gui.gui.appearance.theme import Theme
    from isnmf_gui.gui.control.preferences import Preferences
    from isnmf_gui.gui.window.main_window import MainWindow
    from isnmf_gui.session.project.opening import prepare

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(ini, user, str(folder))
    document = large_document(folder, recording_s, settings)
    window = MainWindow(Theme(app), Preferences())
    window.show()
    window.controller.load(partial(prepare, lambda _: document))
    while not window.panes.components.tiles:
        app.processEvents()
    window.panes.region.mark(*REGION_S)
    return window


class Watch:
    """Sees when a mix is handed to the player, and when all that changed has been painted."""

    def __init__(self, window: MainWindow) -> None:
        from PySide6.QtWidgets import QApplication

        self._window, self._process = window, QApplication.processEvents
        self._mixed_s = 0.0
        hand_on = window.controller.player.set_mix

        def watched(mix: object) -> None:
            hand_on(mix)
            self._mixed_s = time.perf_counter()

        window.controller.player.set_mix = watched

    def measure(self, act: Callable[[], object]) -> tuple[float, float]:
        """Return the seconds until an act is seen, and until its mix is with the player."""
        for _ in range(10):
            self._process()
        began_s = time.perf_counter()
        act()
        while self._window.panes.components.grid.is_waiting:
            self._process()
        self._process()
        self._window.panes.spectrogram.plot.viewport().repaint()
        return time.perf_counter() - began_s, self._mixed_s - began_s
