"""Two windows, or two computers, on one project: nobody's work is overwritten unseen."""

import os
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.project import open_project
from isnmf_gui.session.recovery import Recovery, find_recoverable
from tests.gui.files.test_projects import save_as
from tests.gui.files.test_recovery import offered, press
from tests.gui.run_tools import answer_unsaved
from tests.session.comparing import difference


@pytest.fixture
def first(separated, wait, tmp_path) -> MainWindow:
    save_as(separated, wait, tmp_path / "ours.isnmf")
    return separated


@pytest.fixture
def second(first, theme, qtbot, wait):
    """Another window with the project, in which it was changed."""
    other = MainWindow(theme, Preferences())
    other.show()
    qtbot.waitExposed(other)
    other.files.open(first.files.path)
    wait(lambda: other.controller.document.runs and not other.controller.is_busy("open"))
    mute(other, 1)
    yield other
    other.files.close_now()
    other.deleteLater()


def mute(window: MainWindow, index: int) -> None:
    window.selection.select([index], index)
    window.panes.components.mute_selection()


def save(window: MainWindow, wait) -> None:
    window.files.save()
    wait(lambda: not window.controller.is_busy("save"))


def question(window: MainWindow) -> QMessageBox | None:
    boxes = window.findChildren(QMessageBox)
    return next((it for it in boxes if it.isVisible() and "was changed" in it.text()), None)


def muted(path: Path) -> list[int]:
    return [it.index for it in open_project(path).runs[0].components if it.is_muted]


def test_the_second_is_told_and_may_save_elsewhere(first, second, wait, tmp_path) -> None:
    mute(first, 2)
    save(first, wait)
    assert question(first) is None
    save(second, wait)
    box = question(second)
    assert "“ours.isnmf” was changed" in box.text()
    assert second.isWindowModified()
    assert muted(first.files.path) == [2]
    press(box, "&Save as…")
    dialog = second.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "mine.isnmf"))
    dialog.accept()
    wait(lambda: not second.isWindowModified())
    assert second.files.path == tmp_path / "mine.isnmf"
    assert (muted(tmp_path / "ours.isnmf"), muted(tmp_path / "mine.isnmf")) == ([2], [1])
    mute(second, 2)
    save(second, wait)  # its own file: no question
    assert not second.isWindowModified()


def test_the_second_may_overwrite_and_then_it_is_the_first_that_is_told(
    first, second, wait
) -> None:
    mute(first, 2)
    save(first, wait)
    save(second, wait)
    press(question(second), "&Overwrite")
    wait(lambda: not second.isWindowModified())
    assert muted(first.files.path) == [1]
    mute(first, 0)
    save(first, wait)
    assert question(first) is not None
    question(first).reject()
    assert muted(first.files.path) == [1]
    assert first.isWindowModified()


def test_closing_with_work_that_would_overwrite_other_work(first, second, wait, qtbot) -> None:
    mute(first, 2)
    save(first, wait)
    second.close()
    answer_unsaved(second, wait, "Save")
    wait(lambda: question(second))
    qtbot.wait(20)
    qtbot.keyClick(question(second), Qt.Key.Key_Escape)
    qtbot.wait(20)
    assert second.isVisible()
    second.close()
    answer_unsaved(second, wait, "Save")
    wait(lambda: question(second) and not second.controller.is_busy("save"))
    press(question(second), "&Overwrite")
    wait(lambda: not second.isVisible())
    assert muted(first.files.path) == [1]


@pytest.mark.parametrize("clock_s", [-1e9, 1e9])
def test_a_copy_of_the_same_is_no_change_whatever_the_clock_says(
    first, second, wait, tmp_path, clock_s
) -> None:
    path = first.files.path
    shutil.copy(path, tmp_path / "copy")
    os.replace(tmp_path / "copy", path)
    moment = path.stat().st_mtime + clock_s
    os.utime(path, (moment, moment))
    save(second, wait)
    assert question(second) is None
    assert muted(path) == [1]


def test_a_change_with_the_old_time_is_one(first, second, wait) -> None:
    path = first.files.path
    before = path.stat()
    mute(first, 2)
    save(first, wait)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    save(second, wait)
    assert question(second) is not None
    question(second).reject()


@pytest.mark.parametrize("content", [b"", b"no project at all"])
def test_anything_else_in_its_place_is_a_change(first, second, wait, content) -> None:
    first.files.path.write_bytes(content)
    save(second, wait)
    assert question(second) is not None
    question(second).reject()
    assert first.files.path.read_bytes() == content


def test_a_file_that_is_gone_is_written_again(first, second, wait) -> None:
    first.files.path.unlink()
    save(second, wait)
    assert question(second) is None
    assert muted(first.files.path) == [1]


@pytest.mark.parametrize("changes_meanwhile", [False, True])
def test_recovered_work_does_not_overwrite_what_came_after_it(
    first, second, wait, changes_meanwhile
) -> None:
    path, document = first.files.path, second.controller.document
    recovery = Recovery()
    recovery.keep(document, "ours.isnmf", path, second.files.fingerprint)
    recovery._lock.release()
    if changes_meanwhile:
        mute(first, 2)
        save(first, wait)
    second.controller.history.mark_saved(second.controller.history.step)
    assert len(find_recoverable()) == 1
    second.recovery.offer()
    wait(lambda: offered(second))
    press(offered(second), "Get it back")
    wait(lambda: second.controller.document is not document)
    assert difference(second.controller.document, document) == ""
    save(second, wait)
    assert (question(second) is not None) == changes_meanwhile
    if changes_meanwhile:
        question(second).reject()
    assert muted(path) == ([2] if changes_meanwhile else [1])
