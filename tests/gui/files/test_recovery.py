"""Work that was never saved comes back after the program was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.files import recovery_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.project import save_project
from isnmf_gui.session.recovery import Recovery, find_recoverable, recover
from tests.gui.run_tools import answer_unsaved, begin
from tests.session.comparing import difference


def left() -> list:
    return find_recoverable()


def offered(window: MainWindow) -> QMessageBox | None:
    boxes = window.findChildren(QMessageBox)
    return next((it for it in boxes if it.isVisible() and "did not end" in it.text()), None)


def press(box: QMessageBox, text: str) -> None:
    next(it for it in box.buttons() if it.text() == text).click()


@pytest.fixture(autouse=True)
def soon(monkeypatch) -> None:
    """Copies are kept after a moment, not after seconds."""
    monkeypatch.setattr(recovery_desk, "DELAY_MS", 50)


def kept(window: MainWindow, wait) -> None:
    wait(lambda: window.recovery._kept is window.controller.document)


def killed(document, name: str = "song.wav", path: Path | None = None) -> None:
    """Leave what a program leaves that is killed: a folder that nobody holds the lock of."""
    recovery = Recovery()
    recovery.keep(document, name, path)
    recovery._lock.release()


def test_a_run_and_every_edit_are_kept_and_forgotten_in_the_end(separated, wait, tmp_path) -> None:
    window = separated
    kept(window, wait)
    window.selection.select([1], 1)
    window.panes.components.mute_selection()
    kept(window, wait)
    folder = window.recovery._recovery.folder
    assert (folder / "document.json").exists()
    assert left() == []  # it is alive
    window.files._save(tmp_path / "work.isnmf")
    wait(lambda: window.recovery._kept is None)
    assert not (folder / "document.json").exists()
    window.close()
    assert not folder.exists()


def test_what_was_only_opened_is_not_kept(opened, qtbot) -> None:
    qtbot.wait(200)
    assert opened.recovery._recovery.folder is None


def test_what_was_discarded_for_another_recording_is_not_kept(separated, wait, tmp_path) -> None:
    window = separated
    kept(window, wait)
    copy = window.recovery._recovery.folder / "document.json"
    assert copy.exists()
    path = tmp_path / "other.wav"
    soundfile.write(path, np.zeros(4_000), 8_000)
    window.files._open(path)  # as after "Discard"
    wait(lambda: window.controller.document.recording.name == "other.wav")
    wait(lambda: window.recovery._kept is None)
    assert not copy.exists()


def test_discarded_work_is_not_offered(separated, wait) -> None:
    kept(separated, wait)
    separated.close()
    answer_unsaved(separated, wait, "Discard")
    assert left() == []


def test_work_comes_back(separated, wait, tmp_path) -> None:
    document = separated.controller.document
    save_project(document, tmp_path / "Étude.isnmf")
    killed(document, "Étude.isnmf", tmp_path / "Étude.isnmf")
    separated.controller.history.mark_saved(separated.controller.history.step)
    separated.recovery.offer()
    wait(lambda: offered(separated))
    box = offered(separated)
    assert "Étude.isnmf" in box.text()
    assert "one run" in box.informativeText()
    press(box, "Get it back")
    wait(lambda: separated.controller.document is not document)
    assert difference(separated.controller.document, document) == ""
    assert separated.isWindowModified()  # it lies in no file
    assert separated.files.path == tmp_path / "Étude.isnmf"
    wait(lambda: "back" in separated.status.text)
    assert separated.controller.history.steps[0].label.startswith("Recover")
    kept(separated, wait)
    wait(lambda: not separated.controller.is_busy("keep"))
    assert left() == []  # this program keeps it now
    assert (separated.recovery._recovery.folder / "document.json").exists()


def test_it_can_be_thrown_away_or_left_for_later(separated, window, wait) -> None:
    for name in ("one.wav", "two.wav"):
        killed(separated.controller.document, name)
    separated.recovery.offer()
    wait(lambda: offered(separated))
    first = offered(separated)
    press(first, "Throw it away")
    wait(lambda: offered(separated) not in (None, first))
    press(offered(separated), "Ask again later")
    assert len(left()) == 1


def test_a_corrupt_copy_gets_a_sentence(separated, wait) -> None:
    killed(separated.controller.document)
    folder = left()[0].folder
    for array in (folder / "arrays").iterdir():
        array.write_bytes(b"nonsense")
    before = separated.controller.document
    separated.controller.history.mark_saved(separated.controller.history.step)
    separated.recovery.offer()
    wait(lambda: offered(separated))
    press(offered(separated), "Get it back")
    wait(lambda: any("recovery" in box.text() for box in separated.findChildren(QMessageBox)))
    assert separated.controller.document is before
    assert len(left()) == 1  # somebody may still make something of it


def test_a_full_disk_is_said_and_costs_nothing(separated, wait, monkeypatch) -> None:
    def fail(*_args) -> None:
        raise OSError(28, "No space left on device")

    kept(separated, wait)
    monkeypatch.setattr(Recovery, "_keep", fail)
    separated.selection.select([1], 1)
    separated.panes.components.mute_selection()
    wait(lambda: "No copy for recovery" in separated.status.text)
    assert separated.controller.shown_run().component(1).is_muted


def test_a_signal_ends_without_a_question_and_leaves_a_copy(separated, theme, wait, qtbot) -> None:
    document = separated.controller.document
    separated.leave()
    assert not separated.isVisible()
    separated.recovery._recovery._lock.release()
    other = MainWindow(theme, Preferences())
    other.show()
    qtbot.waitExposed(other)
    other.recovery.offer()
    wait(lambda: offered(other))
    press(offered(other), "Get it back")
    wait(lambda: other.controller.document.runs)
    assert difference(other.controller.document, document) == ""
    other.files.close_now()
    other.deleteLater()


def test_a_run_that_does_not_end_in_time_is_kept_as_far_as_it_is(opened, wait, monkeypatch) -> None:
    monkeypatch.setattr(recovery_desk, "PATIENCE_MS", 0)
    monkeypatch.setattr(opened.controller.running, "cancel", lambda: None)
    begin(opened, wait)
    opened.leave()
    wait(lambda: not opened.isVisible())
    opened.recovery._recovery._lock.release()
    (it,) = left()
    (run,) = recover(it.folder).runs
    assert run.separation.factorization.n_iterations > 5


PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication
from isnmf_gui.gui.files import recovery_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.appearance.theme import Theme
recovery_desk.DELAY_MS = 50
app = QApplication([])
window = MainWindow(Theme(app), Preferences())
window.show()
fields = window.panes.settings._fields
fields["n_bases"].setValue(3), fields["n_iterations"].setValue(5)
window.controller.recording_opened.connect(lambda _: window.runs.separate())
def look():
    if window.recovery._kept is not None:
        print("kept", flush=True)
timer = QTimer()
timer.timeout.connect(look)
timer.start(20)
window.files.open(Path(sys.argv[1]))
app.exec()
"""


def test_killed_for_real(window, sound_file, wait) -> None:
    environment = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(sound_file)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL)
    finally:
        program.kill()
        program.communicate()
    window.recovery.offer()
    wait(lambda: offered(window))
    press(offered(window), "Get it back")
    wait(lambda: window.controller.document.runs)
    assert window.controller.document.recording.name == sound_file.name
    assert len(window.panes.components.tiles) == 3
