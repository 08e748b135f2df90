"""Settings that are corrupt, of another version, or cannot be written: the window starts anyway."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.gui.control.preferences import MOST_RECENT, Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.export.choices import ExportChoices

KEYS = (
    "theme", "export", "volume", "device", "threads", "folder", "recent", "color_map", "range_db",
    "log_frequency", "follow_playhead", "maximized",
)  # fmt: skip
LAYOUTS = ("window", "columns", "middle", "right")
VALUES = (
    "", "-5", "1e999", "nan", "9" * 30, "true", "a, b, c", "[]", "null", '{"format_name": []}', "٣",
    "@Invalid()", r"@ByteArray(\xff\xfe)", r"@Variant(\0\0\0\x7f\0\0\0\xf)", "@Rect(1 2 3 4)",
    "@Size(-1 -1)", "-1 -1", "0 0 0", "-9 0 5", "99999 99999 99999 99999", "0 0 -200 -100", "1 2 x",
)  # fmt: skip


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    """Where the settings are; not there yet."""
    path = tmp_path / "preferences" / "isnmf-gui" / "isnmf-gui.ini"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def start(qapp, theme, qtbot) -> Callable[[], MainWindow]:
    """Start windows with what settings there are, and see that they can be worked with."""
    begun = []

    def started() -> MainWindow:
        window = MainWindow(theme, Preferences())
        begun.append(window)
        window.show()
        qtbot.waitExposed(window)
        check(window)
        return window

    yield started
    for window in begun:
        window.close()
        window.deleteLater()


def check(window: MainWindow) -> None:
    preferences = window._preferences
    screen = window.screen().availableGeometry()
    seen = window.geometry() & screen
    assert seen.width() >= 200
    assert seen.height() >= 100
    assert window.geometry().top() >= screen.top()
    assert window.width() <= max(screen.width(), 1400)
    for _, splitter in window.panes._splitters():
        assert min(splitter.sizes()) > 20
    assert 0 <= window.panes.transport.volume.value() <= 100
    assert preferences.theme in list(Choice)
    assert preferences.folder.is_dir()
    assert len(preferences.recent) <= MOST_RECENT
    assert isinstance(preferences.export, ExportChoices)
    assert window.panes.settings.n_threads() is None or window.panes.settings.n_threads() > 0


@pytest.mark.qt_log_ignore("QVariant", extend=True)  # Qt's own word on bytes that are none
@pytest.mark.parametrize("value", VALUES)
def test_values_that_make_no_sense(ini: Path, start, value: str) -> None:
    lines = ["[General]", *(f"{key}={value}" for key in KEYS)]
    lines += ["[layout]", *(f"{key}={value}" for key in LAYOUTS)]
    ini.write_text("\n".join(lines), encoding="utf-8")
    start()


def test_a_file_of_noise_and_files_with_some(ini: Path, start, theme) -> None:
    window = start()
    window.close()
    window._preferences.store.sync()
    good, rng = ini.read_bytes(), random.Random(4)
    assert b"window=" in good
    for number in range(6):
        content = bytearray(good if number else rng.randbytes(3000))
        for _ in range(rng.randrange(1, 60)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        folder = ini.parents[1] / str(number)
        path = folder / ini.relative_to(ini.parents[1])
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        ini_format, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
        QSettings.setPath(ini_format, user, str(folder))
        start().close()


def test_a_folder_in_the_place_of_the_file(ini: Path, start) -> None:
    ini.mkdir()
    window = start()
    window.panes.transport.volume.setValue(12)
    window.close()


def test_bytes_of_another_version(ini: Path, start) -> None:
    """Earlier ones kept Qt's own bytes, which make it hang where they are corrupt."""
    old = QMainWindow()
    store = QSettings(str(ini), QSettings.Format.IniFormat)
    state = bytearray(old.saveGeometry().data())
    state[8:40] = b"\x7f\xff\xff\x00" * 8
    store.setValue("layout/window", QByteArray(bytes(state)))
    store.setValue("layout/columns", QByteArray(b"\0\0\0\xff" + b"\x7f" * 40))
    store.sync()
    old.deleteLater()
    start()


def place(start, numbers: str, ini: Path) -> QRect:
    ini.write_text(f'[layout]\nwindow="{numbers}"\n')
    return start().geometry()


def test_a_window_is_where_it_was(ini: Path, start) -> None:
    assert place(start, "20 40 800 610", ini) == QRect(20, 40, 800, 610)


@pytest.mark.parametrize(
    "numbers", ["50000 50000 900 600", "-5000 10 900 600", "10 -5000 900 600", "790 10 900 600"]
)
def test_a_window_of_a_screen_that_is_gone_is_on_this_one(ini, start, numbers: str) -> None:
    assert QRect(0, 0, 50, 50).contains(place(start, numbers, ini).topLeft())


def test_the_title_bar_can_be_reached_and_no_window_is_larger_than_the_screen(ini, start) -> None:
    found = place(start, "-20 -30 99999 99999", ini)
    assert found.topLeft() == QPoint(-20, 0)
    assert found.height() <= QGuiApplication.primaryScreen().availableSize().height()


def test_a_maximized_window_is_so_again(ini: Path, start) -> None:
    ini.write_text('[General]\nmaximized=true\n[layout]\nwindow="20 40 900 610"\n')
    window = start()
    assert window.windowState() & Qt.WindowState.WindowMaximized
    window.showNormal()
    assert window.height() == 610
