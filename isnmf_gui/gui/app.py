"""Starting the window."""

from __future__ import annotations

import argparse
import gc
import importlib
import logging
import logging.handlers
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pyqtgraph  # noqa: F401 - after PySide6, whose binding it then takes
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from threadpoolctl import threadpool_limits

from isnmf_gui import __version__
from isnmf_gui.gui.appearance.language import chosen_language, install_language
from isnmf_gui.gui.appearance.store import open_store
from isnmf_gui.gui.appearance.theme import Theme, app_icon
from isnmf_gui.gui.control.end_signals import EndSignals
from isnmf_gui.gui.control.faults import Faults
from isnmf_gui.gui.window.window_placement import fit_to_screen

if TYPE_CHECKING:
    from isnmf_gui.gui.window.main_window import MainWindow

# Parts of scipy that are needed sooner or later; together they take as long as all of the start.
LATER = ("scipy.fft", "scipy.ndimage", "scipy.optimize", "scipy.cluster", "scipy.signal")
# By then the window has been painted.
LATER_MS = 300


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return when it is closed."""
    arguments = _arguments(argv)
    signals = EndSignals()
    _start_log()
    keep_blas_to_one_thread()
    app = QApplication(sys.argv[:1])
    introduce(app)
    install_language(app, chosen_language(open_store()))
    window = make_window(app)
    fit_to_screen(window)
    window.show()
    signals.heed(window, window.leave)
    QTimer.singleShot(0, window.recovery, window.recovery.offer)
    keep_collections_short()
    QTimer.singleShot(LATER_MS, threading.Thread(target=load_the_rest, name="loading").start)
    if arguments.recording is not None:
        window.files.open(arguments.recording)
    try:
        return app.exec()
    finally:
        signals.close()


def introduce(app: QApplication) -> None:
    """Tell the desktop whose windows these are: those of its entry `isnmf-gui.desktop`."""
    app.setApplicationName("isnmf-gui")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("isnmf-gui")


def make_window(app: QApplication) -> MainWindow:
    """Make the window.

    Its modules are loaded here: they take a second, which `--version` need not wait for, and in
    which a signal to end is heeded already.
    """
    from isnmf_gui.gui.control.preferences import Preferences
    from isnmf_gui.gui.window.main_window import MainWindow

    app.setWindowIcon(app_icon())
    preferences = Preferences()
    window = MainWindow(Theme(app, preferences.theme), preferences)
    Faults(window).install()
    return window


def keep_blas_to_one_thread() -> None:
    """Let no small product of a picture or a mix wait for a second core that is busy.

    A product that takes a tenth of a millisecond then takes 16: BLAS threads wait for each other
    by spinning. The engine has threads of its own.
    """
    threadpool_limits(limits=1, user_api="blas")


def keep_collections_short() -> None:
    """Let the garbage collector look only at what is made from now on.

    With all that modules and the window are made of, a full collection takes some 40 ms, in which
    neither the window nor the thread that renders the sound can do anything.
    """
    gc.collect()
    gc.freeze()


def load_the_rest() -> None:
    """Load what the window does without at first, so that no click ever waits for it."""
    for name in LATER:
        importlib.import_module(name)
    gc.freeze()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="isnmf-gui", description="Separate recordings by point and click."
    )
    parser.add_argument("recording", nargs="?", type=Path, help="audio file or project to open")
    parser.add_argument("--version", action="version", version=f"isnmf-gui {__version__}")
    return parser.parse_args(argv)


def _start_log() -> None:
    """Log into a file of bounded size; a folder that cannot be written to costs only the log."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    try:
        folder = Path(platformdirs.user_log_dir("isnmf-gui", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = logging.handlers.RotatingFileHandler(
            folder / "isnmf-gui.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)


if __name__ == "__main__":
    sys.exit(main())
