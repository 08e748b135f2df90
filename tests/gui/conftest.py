"""A window with settings of its own, and a watch on what tests leave behind."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
import shiboken6
import soundfile
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from threadpoolctl import threadpool_limits

from isnmf_gui.gui.appearance.theme import Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.tiles.components_panel import ComponentsPanel
from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.made_runs import some_run
from tests.gui.run_tools import separate
from tests.gui.runs_made_before import RunsMadeBefore
from tests.gui.tiles.tile_desk import Desk, N

LONG_MS = 30_000


def _alive(*kinds: type) -> list:
    return [o for o in gc.get_objects() if isinstance(o, kinds) and shiboken6.isValid(o)]


def _delete_later() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    gc.collect()


@pytest.fixture(scope="session", autouse=True)
def only_what_is_new_is_searched() -> Iterator[None]:
    """Keep what was there before out of the searches: in a whole run they took half the time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="package", autouse=True)
def blas_has_one_thread() -> Iterator[None]:
    """As in the program: the second one would spin, on a core that another test needs."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield


@pytest.fixture(scope="package", autouse=True)
def nothing_has_to_outlive_a_power_cut() -> Iterator[None]:
    """Force nothing to the disk: each window would wait for it a dozen times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(autouse=True)
def nothing_is_left(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a widget."""
    threads = set(threading.enumerate())
    yield
    _delete_later()
    left = [t.name for t in set(threading.enumerate()) - threads if not t.name.startswith("Dummy")]
    left += [f"widget {w}" for w in QApplication.topLevelWidgets() if w.isVisible()]
    left += [it for it in map(_still_there, _alive(QThread, QTimer, MainWindow)) if it]
    assert not left


def _still_there(it: QObject) -> str:
    """Describe a thread or a timer that goes on, or a window; "" if it does no harm."""
    if isinstance(it, QThread):
        return f"running {it}" if it.isRunning() and it.parent() is not None else ""
    if isinstance(it, QTimer):
        return f"active {it} of {it.parent()}" if it.isActive() else ""
    return f"window {it}"


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, tmp_path_factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    QSettings.setPath(ini, user, str(tmp_path / "preferences"))


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def window(qapp, qtbot, theme: Theme) -> Iterator[MainWindow]:
    window = MainWindow(theme, Preferences())
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.files.close_now()
    for box in window.findChildren(QMessageBox):
        box.close()
    window.deleteLater()  # which `nothing_is_left` waits for


@pytest.fixture
def wait(qtbot) -> Callable[[Callable[[], object]], None]:
    """Wait for a condition while the window goes on; generous, as machines are shared."""

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=LONG_MS)

    return until


@pytest.fixture(scope="session")
def made_before() -> Callable[[], AbstractContextManager[None]]:
    """Let windows take runs from one another, within a context."""
    return RunsMadeBefore().are_taken


@pytest.fixture(scope="session")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seconds of stereo: a melody, and noise bursts."""
    rate = 22_050
    rng = np.random.default_rng(5)
    time_s = np.arange(3 * rate) / rate
    notes = np.array([440.0, 554.4, 659.3])[(time_s * 4).astype(int) % 3]
    melody = 0.2 * np.sign(np.sin(2 * np.pi * np.cumsum(notes) / rate))
    bursts = 0.2 * rng.standard_normal(len(time_s)) * np.exp(-((time_s * 2) % 1) * 12)
    path = tmp_path_factory.mktemp("sound") / "Mélodie 日本 1.wav"
    soundfile.write(path, np.stack([melody + bursts, melody - bursts], axis=1), rate, "FLOAT")
    return path


@pytest.fixture
def opened(window: MainWindow, wait, sound_file: Path) -> MainWindow:
    """A window with a recording, and settings that take a moment only."""
    window.files.open(sound_file)
    wait(lambda: window.controller.document.recording and not window.controller.is_busy("open"))
    panel = window.panes.settings
    panel._fields["n_bases"].setValue(3)
    panel._fields["n_iterations"].setValue(20)
    return window


@pytest.fixture
def separated(opened: MainWindow, wait, made_before) -> MainWindow:
    """A window with a run. Only the first one of all tests is computed."""
    with made_before():
        separate(opened, wait)
    return opened


@pytest.fixture
def desk(qtbot, theme) -> Iterator[Desk]:
    panel = ComponentsPanel(theme)
    panel.resize(780, 520)
    desk = Desk(panel, some_run(N))
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.wait(10)
    yield desk
    panel.close()
    panel.deleteLater()


@pytest.fixture
def two(separated: MainWindow, wait, made_before) -> MainWindow:
    """A window with two runs; the second is chosen."""
    with made_before():
        separate(separated, wait, seed=2)
    return separated
