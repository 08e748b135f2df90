"""Network drives that do not answer: the window goes on, and so does what waits for them."""

import io
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import soundfile
from PySide6.QtWidgets import QFileDialog

from isnmf_gui.gui.control import slow_disks
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.control.slow_disks import look, reachable
from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session import recovery
from isnmf_gui.session.project import save_project
from tests.gui.files.test_projects import save_as
from tests.gui.files.test_recovery import killed, offered, press

CALLS = ("open", "stat", "lstat", "listdir", "scandir", "mkdir", "access", "replace", "unlink")


class SlowDisk:
    """A folder in which no call returns until `answer`; those of the GUI thread are counted."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.from_gui: list[str] = []
        self.waiting = threading.Event()
        self._gate = threading.Event()
        self._gate.set()
        for name in CALLS:
            patch.setattr(os, name, self._slow(getattr(os, name)))
        patch.setattr(io, "open", self._slow(io.open))

    def _slow(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def slow(*args: Any, **options: Any) -> Any:
            first = args[0] if args else "."
            is_here = isinstance(first, str | os.PathLike) and str(self.folder) in str(first)
            if is_here and not self._gate.is_set():
                if threading.current_thread() is threading.main_thread():
                    self.from_gui.append(f"{call.__name__} {first}")
                else:
                    self.waiting.set()
                    assert self._gate.wait(30)
            return call(*args, **options)

        return slow

    def hang(self) -> None:
        self.waiting.clear()
        self._gate.clear()

    def answer(self) -> None:
        self._gate.set()


@pytest.fixture
def disk(tmp_path: Path, monkeypatch) -> Iterator[SlowDisk]:
    (tmp_path / "net").mkdir()
    disk = SlowDisk(tmp_path / "net", monkeypatch)
    yield disk
    disk.answer()
    with slow_disks._is_waiting:  # a look that was left behind comes to its end
        pass
    assert disk.from_gui == []


def is_alive(window: MainWindow, qtbot) -> bool:
    """Tell whether the window still takes input."""
    slider = window.panes.transport.volume
    slider.setValue(7)
    qtbot.wait(20)
    return slider.value() == 7


def test_a_recording_is_opened_from_a_slow_drive(window, wait, qtbot, disk) -> None:
    path = disk.folder / "a.wav"
    soundfile.write(path, [0.1, 0.2] * 4000, 8000)
    disk.hang()
    window.files.open(path)
    wait(disk.waiting.is_set)
    assert is_alive(window, qtbot)
    assert window.controller.document.recording is None
    disk.answer()
    wait(lambda: window.controller.document.recording is not None)


def test_a_project_is_saved_to_and_opened_from_a_slow_drive(separated, wait, qtbot, disk) -> None:
    window = separated
    save_as(window, wait, disk.folder / "work.isnmf")
    window.selection.select([1], 1)
    window.panes.components.mute_selection()
    disk.hang()
    window.files.save()
    wait(disk.waiting.is_set)
    window.panes.components.solo_selection()  # work goes on
    assert is_alive(window, qtbot)
    disk.answer()
    wait(lambda: not window.controller.is_busy("save"))
    assert window.isWindowModified()
    window.controller.history.mark_saved(window.controller.history.step)
    before = window.controller.document
    disk.hang()
    menu = window.files.recent_menu(window)
    window.files.fill_recent(menu)
    assert "work.isnmf" in menu.actions()[0].text()
    menu.actions()[0].trigger()
    wait(disk.waiting.is_set)
    assert is_alive(window, qtbot)
    disk.answer()
    wait(lambda: window.controller.document is not before)


def test_what_can_be_recovered_is_looked_for_in_the_background(
    separated, wait, qtbot, disk, monkeypatch
) -> None:
    root = disk.folder / "recovery"
    monkeypatch.setattr(recovery.finding, "recovery_root", lambda: root)
    monkeypatch.setattr(recovery.keeping, "recovery_root", lambda: root)
    killed(separated.controller.document)
    disk.hang()
    separated.recovery.offer()
    wait(disk.waiting.is_set)
    assert is_alive(separated, qtbot)
    assert offered(separated) is None
    disk.answer()
    wait(lambda: offered(separated))
    disk.hang()
    press(offered(separated), "Throw it away")
    wait(disk.waiting.is_set)
    assert is_alive(separated, qtbot)
    disk.answer()
    wait(lambda: not separated.controller.is_busy("discard"))
    assert list(root.iterdir()) == []


def test_dialogs_do_not_begin_in_a_folder_that_does_not_answer(
    separated, wait, disk, monkeypatch
) -> None:
    window, begun = separated, []
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *args: begun.append(args[2]) or ("", "")
    )
    save_as(window, wait, disk.folder / "work.isnmf")
    window._preferences.folder = disk.folder
    window.files.ask_for_file()
    assert begun == [str(disk.folder)]
    disk.hang()
    window.files.ask_for_file()
    assert begun[1] == str(Path.home())
    dialog = window.files.ask_where_to_save()
    assert str(disk.folder) not in dialog.directory().absolutePath()
    dialog.reject()


def test_the_export_dialog_does_not_wait_for_its_folder(separated, qtbot, disk) -> None:
    window = separated
    run, choices = window.controller.shown_run(), Preferences().export
    name = f"{run.separation.recording.path.stem} - Component 01.wav"
    (disk.folder / name).touch()
    dialog = ExportDialog(run, "wiener", [], disk.folder, choices, window)
    assert "1 of them exists there already" in dialog.note.text()
    disk.hang()
    dialog.folder_field.setText(str(disk.folder / "sub"))
    assert dialog.note.text().startswith(name)
    assert dialog.export_button.isEnabled()  # the export itself looks again
    dialog.deleteLater()


def test_only_one_look_at_a_time_is_left_waiting(disk, monkeypatch) -> None:
    monkeypatch.setattr(slow_disks, "PATIENCE_S", 0.001)
    disk.hang()
    before = threading.active_count()
    for _ in range(20):
        assert look(disk.folder.is_dir, None) is None
    assert threading.active_count() <= before + 1
    disk.answer()


def test_a_look_that_gets_no_thread_stops_none_after_it(tmp_path, monkeypatch) -> None:
    def fail(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        assert look(tmp_path.is_dir, None) is None
    assert look(tmp_path.is_dir, None) is True


def test_the_nearest_folder_is_found(tmp_path) -> None:
    assert reachable(tmp_path / "a" / "b") == tmp_path
    assert reachable(tmp_path) == tmp_path


def test_closing_hides_the_window_before_it_waits(opened, wait, qtbot, disk, sound_file) -> None:
    window, seen = opened, []
    save_project(window.controller.document, disk.folder / "work.isnmf")
    disk.hang()
    window.files.open(disk.folder / "work.isnmf")
    wait(disk.waiting.is_set)
    close = window.controller.close

    def closing() -> None:
        seen.append(window.isVisible())
        disk.answer()
        close()

    window.controller.close = closing
    window.close()
    assert seen == [False]
