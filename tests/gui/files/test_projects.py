"""Projects in the window: saved, opened, asked about; nothing is lost by accident."""

import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from isnmf_gui.gui.control.preferences import MOST_RECENT, Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.project import open_project, save_project
from tests.gui.files.test_open import drop
from tests.gui.run_tools import answer_unsaved, question, separate
from tests.session.comparing import difference

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def save_as(window: MainWindow, wait, path: Path) -> None:
    dialog = window.files.ask_where_to_save()
    dialog.selectFile(str(path))
    dialog.accept()
    wait(lambda: not window.controller.is_busy("save"))
    window.activateWindow()
    wait(window.isActiveWindow)


@pytest.fixture
def saved(separated: MainWindow, wait, tmp_path) -> MainWindow:
    separated.selection.select([0, 2], 0)
    separated.panes.components.group_selection()
    save_as(separated, wait, tmp_path / "Étude 1.isnmf")
    return separated


def test_saving_asks_where_once_and_the_title_tells(separated, wait, qtbot, tmp_path) -> None:
    window = separated
    assert window.isWindowModified()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    dialog = window.findChild(QFileDialog)
    assert dialog.selectedFiles()[0].endswith("Mélodie 日本 1.isnmf")
    dialog.selectFile(str(tmp_path / "work"))  # without its ending
    dialog.accept()
    wait(lambda: not window.isWindowModified())
    window.activateWindow()
    wait(window.isActiveWindow)
    path = tmp_path / "work.isnmf"
    assert window.files.path == path
    assert window.windowTitle().startswith("work.isnmf")
    assert "work.isnmf" in window.status.text
    window.selection.select([1], 1)
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.isWindowModified()
    before = path.read_bytes()
    qtbot.keyClick(window, Qt.Key.Key_S, CTRL)
    wait(lambda: not window.isWindowModified())
    assert path.read_bytes() != before
    assert difference(open_project(path), window.controller.document) == ""


def test_steps_are_marked_as_saved(saved, qtbot) -> None:
    assert "saved" not in saved.panes.history.list.item(0).text()
    assert saved.panes.history.list.item(2).text().endswith("saved here")
    qtbot.keyClick(saved, Qt.Key.Key_Z, CTRL)
    assert saved.isWindowModified()
    qtbot.keyClick(saved, Qt.Key.Key_Z, CTRL | SHIFT)
    assert not saved.isWindowModified()


def test_a_project_opens_with_all_that_was_in_it(saved, window_again, wait) -> None:
    other = window_again
    other.files.open(saved.files.path)
    wait(lambda: other.controller.document.runs)
    assert difference(other.controller.document, saved.controller.document) == ""
    assert other.windowTitle().startswith("Étude 1.isnmf")
    assert other.panes.history.list.item(0).text().endswith("saved here")
    assert not other.isWindowModified()
    assert len(other.panes.components.tiles) == 3
    assert [row.source.name for row in other.panes.sources.rows] == ["Source 1", "Unassigned"]
    assert other.listening._mix.factors is not None
    np.testing.assert_array_equal(
        other.controller.document.recording.samples, saved.controller.document.recording.samples
    )
    separate(other, wait, seed=5)  # work goes on
    assert len(other.controller.document.runs) == 2
    other.controller.continue_run(1, 5)
    wait(lambda: not other.controller.is_busy("run"))
    assert other.controller.document.runs[0].separation.factorization.n_iterations == 25


@pytest.fixture
def window_again(theme, qtbot):
    other = MainWindow(theme, Preferences())
    other.show()
    qtbot.waitExposed(other)
    yield other
    other.files.close_now()
    other.deleteLater()


def test_a_recording_that_was_opened_is_not_called_saved(opened) -> None:
    assert opened.panes.history.list.item(0).text() == f"Open {opened.files.name}"
    assert not opened.isWindowModified()


def test_a_dropped_project_is_opened(saved, window_again, wait) -> None:
    drop(window_again, saved.files.path)
    wait(lambda: window_again.controller.document.runs)


def test_a_damaged_project_costs_nothing(saved, wait, tmp_path) -> None:
    before = saved.controller.document
    damaged = tmp_path / "damaged.isnmf"
    damaged.write_bytes(saved.files.path.read_bytes()[:-100])
    saved.files.open(damaged)
    wait(lambda: saved.findChildren(QMessageBox))
    box = saved.findChildren(QMessageBox)[0]
    assert "damaged.isnmf" in box.text()
    box.done(0)
    assert saved.controller.document is before
    assert saved.files.path.name == "Étude 1.isnmf"


def test_a_folder_that_cannot_be_written_to_costs_nothing(saved, wait, tmp_path) -> None:
    saved.selection.select([1], 1)
    saved.panes.components.mute_selection()
    saved.files._save(tmp_path / "gone" / "work.isnmf")
    wait(lambda: saved.findChildren(QMessageBox))
    box = saved.findChildren(QMessageBox)[0]
    assert "folder" in box.text()
    box.done(0)
    assert saved.isWindowModified()
    assert saved.files.path.name == "Étude 1.isnmf"


def test_recent_files(saved, window_again, wait, sound_file) -> None:
    files = window_again.files
    menu = files.recent_menu(window_again)
    files.fill_recent(menu)
    names = [action.text() for action in menu.actions()]
    assert names[:2] == ["&1 Étude 1.isnmf", f"&2 {sound_file.name}"]
    menu.actions()[0].trigger()
    wait(lambda: window_again.controller.document.runs)
    menu.actions()[-1].trigger()
    files.fill_recent(menu)
    assert [action.text() for action in menu.actions()] == ["Nothing yet"]
    preferences = Preferences()
    preferences.add_recent(Path("/a/R&B.wav"))
    files.fill_recent(menu)
    assert menu.actions()[0].text() == "&1 R&&B.wav"
    for number in range(20):
        preferences.add_recent(Path(f"/a/{number}.wav"))
    preferences.add_recent(Path("/a/15.wav"))
    assert len(preferences.recent) == MOST_RECENT
    assert [it.name for it in preferences.recent[:3]] == ["15.wav", "19.wav", "18.wav"]


@pytest.fixture
def slow(monkeypatch) -> threading.Event:
    """Saving that waits until this is set."""
    go_on = threading.Event()

    def save(document, path, report):
        go_on.wait(20)
        return save_project(document, path, report)

    monkeypatch.setattr("isnmf_gui.gui.files.file_desk.save_project", save)
    return go_on


def test_what_is_saved_meanwhile_comes_after_it_and_that_is_said(
    saved, slow, wait, qtbot, tmp_path
) -> None:
    saved.selection.select([1], 1)
    saved.panes.components.mute_selection()
    qtbot.keyClick(saved, Qt.Key.Key_S, CTRL)
    saved.panes.components.solo_selection()
    qtbot.keyClick(saved, Qt.Key.Key_S, CTRL)
    assert saved.status.text.startswith("Étude 1.isnmf is saved as soon as")
    dialog = saved.files.ask_where_to_save()
    dialog.selectFile(str(tmp_path / "elsewhere.isnmf"))
    dialog.accept()
    slow.set()
    wait(lambda: not saved.controller.is_busy("save"))
    assert not saved.isWindowModified()
    assert saved.findChildren(QMessageBox) == []  # nobody else has changed the file
    assert saved.files.path.name == "elsewhere.isnmf"
    for name in ("Étude 1.isnmf", "elsewhere.isnmf"):
        run = open_project(tmp_path / name).runs[0]
        assert (run.component(1).is_muted, run.component(1).is_soloed) == (True, True)


# -- closing and opening with unsaved work ----------------------------------------------------


def test_what_is_saved_closes_at_once(saved, opened) -> None:
    saved.close()
    assert not saved.isVisible()


def test_unsaved_work_is_asked_about(separated, wait, qtbot) -> None:
    separated.close()
    box = question(separated)
    assert "Mélodie" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert separated.isVisible()
    assert separated.controller.document.runs
    separated.close()
    answer_unsaved(separated, wait, "Discard")
    assert not separated.isVisible()


def test_save_and_close(separated, wait, tmp_path) -> None:
    separated.close()
    answer_unsaved(separated, wait, "Save")
    dialog = separated.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "last.isnmf"))
    dialog.accept()
    wait(lambda: not separated.isVisible())
    assert len(open_project(tmp_path / "last.isnmf").runs) == 1


def test_giving_up_to_save_gives_up_to_close(separated, wait, qtbot, tmp_path) -> None:
    separated.close()
    answer_unsaved(separated, wait, "Save")
    separated.findChild(QFileDialog).reject()
    save_as(separated, wait, tmp_path / "work.isnmf")
    qtbot.wait(30)
    assert separated.isVisible()


def test_opening_another_file_asks_too(saved, wait, sound_file) -> None:
    saved.selection.select([1], 1)
    saved.panes.components.mute_selection()
    saved.files.open(sound_file)
    answer_unsaved(saved, wait, "Save")
    wait(lambda: not saved.controller.document.runs)
    assert saved.windowTitle().startswith(sound_file.name)
    assert saved.files.path is None
