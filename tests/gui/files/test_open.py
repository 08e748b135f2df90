"""Opening recordings, good and bad, in every way the window offers."""

from pathlib import Path

import numpy as np
import soundfile
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGraphicsView, QMessageBox

from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.run_tools import answer, forget_work, make_it_long
from tests.incomplete import whole


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(50, 50), copy, mime, left, none)
    window.dragEnterEvent(enter)
    assert enter.isAccepted()
    window.dropEvent(QDropEvent(QPointF(50, 50), copy, mime, left, none))


def test_empty_window_says_what_to_do(window: MainWindow) -> None:
    assert window.panes.welcome.isVisible()
    assert "Open a recording" in window.status.text
    for name in ("separate", "export", "play", "cancel"):
        assert not window.actions_[name].isEnabled()
    assert not window.panes.settings.separate_button.isEnabled()


def test_demo_button(window: MainWindow, wait, qtbot) -> None:
    qtbot.mouseClick(window.panes.welcome.demo_button, Qt.MouseButton.LeftButton)
    wait(lambda: window.controller.document.recording)
    assert window.controller.document.recording.name == "demo.flac"
    assert window.panes.spectrogram.isVisible()
    assert "demo.flac" in window.windowTitle()
    assert "stereo, 44.1 kHz" in window.status.text


def test_open_by_dialog(window: MainWindow, wait, qtbot, sound_file, monkeypatch) -> None:
    answer = lambda *_args: (str(sound_file), "")  # noqa: E731
    monkeypatch.setattr(QFileDialog, "getOpenFileName", answer)
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: window.controller.document.recording)
    assert window.controller.document.recording.path == sound_file


def test_plots_leave_what_is_dropped_to_the_window(window: MainWindow) -> None:
    plots = window.findChildren(QGraphicsView)
    assert len(plots) >= 4
    assert not any(it.acceptDrops() or it.viewport().acceptDrops() for it in plots)


def test_open_by_drop(window: MainWindow, wait, sound_file) -> None:
    drop(window, sound_file)
    wait(lambda: window.controller.document.recording)


def test_of_several_the_first_that_can_be_opened_is_and_that_is_said(
    window: MainWindow, wait, sound_file, tmp_path
) -> None:
    others = [tmp_path / "notes.txt", tmp_path / "folder", tmp_path / "b.wav"]
    others[0].write_text("no sound")
    others[1].mkdir()
    soundfile.write(others[2], [0.1] * 100, 8_000)
    drop(window, *others[:2], sound_file, others[2])
    wait(lambda: window.controller.document.recording)
    assert window.controller.document.recording.path == sound_file
    wait(lambda: "3 other" in window.status.text and not window.controller.is_busy("open"))
    window.files.open(others[2])  # what comes next is not one of several
    wait(lambda: window.controller.document.recording.name == "b.wav")
    wait(lambda: "8 kHz" in window.status.text and not window.controller.is_busy("open"))
    drop(window, others[0])  # it may be a sound by another name
    wait(lambda: any("not an audio file" in box.text() for box in window.findChildren(QMessageBox)))


def test_in_a_folder_that_is_dropped_one_chooses(
    window: MainWindow, wait, sound_file, tmp_path, monkeypatch
) -> None:
    begun = []

    def choose(*args) -> tuple[str, str]:
        begun.append(args[2])
        return str(sound_file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    drop(window, tmp_path)
    assert begun == []  # whoever let it go does not wait
    wait(lambda: window.controller.document.recording)
    assert begun == [str(tmp_path)]


def test_dialogs_begin_where_the_last_file_was(
    window: MainWindow, wait, tmp_path, monkeypatch
) -> None:
    begun, preferences = [], window._preferences
    monkeypatch.setattr(
        QFileDialog, "getOpenFileName", lambda *args: (begun.append(args[2]), ("", ""))[1]
    )

    def begins_in(folder: Path) -> bool:
        window.files.ask_for_file()
        return begun[-1] == str(folder)

    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        soundfile.write(tmp_path / name / f"{name}.wav", [0.1] * 3000, 8_000)
    drop(window, tmp_path / "a" / "a.wav")
    wait(lambda: window.controller.document.recording)
    assert begins_in(tmp_path / "a")
    monkeypatch.chdir(tmp_path)
    window.files.open(Path("b/b.wav"))  # as from the command line
    wait(lambda: window.controller.document.recording.name == "b.wav")
    assert begins_in(tmp_path / "b")
    menu = window.files.recent_menu(window)
    window.files.fill_recent(menu)
    menu.actions()[1].trigger()
    wait(lambda: window.controller.document.recording.name == "a.wav")
    assert begins_in(tmp_path / "a")
    window.files._save(tmp_path / "c" / "work.isnmf")
    wait(lambda: not window.controller.is_busy("save"))
    assert begins_in(tmp_path / "c")
    window.actions_["demo"].trigger()
    wait(lambda: window.controller.document.recording.name == "demo.flac")
    assert begins_in(tmp_path / "c")  # where nobody keeps anything is not remembered
    wait(lambda: not window.controller.is_busy("open"))
    window.files.open(tmp_path / "b" / "missing.wav")
    wait(lambda: window.findChildren(QMessageBox))
    assert begins_in(tmp_path / "c")
    assert preferences.plot_folder == tmp_path / "c"
    preferences.plot_folder = tmp_path / "b"
    assert begins_in(tmp_path / "c")


def test_formats_show_their_spectrogram(window: MainWindow, wait, tmp_path, subtests) -> None:
    plot, controller = window.panes.spectrogram.plot, window.controller
    for name, rate, channels in (
        ("a.mp3", 44_100, 2), ("b.flac", 48_000, 2), ("c.wav", 8_000, 1), ("d.ogg", 22_050, 1),
        ("e.aiff", 96_000, 6),
    ):  # fmt: skip
        with subtests.test(name):
            path, noise = (
                tmp_path / name,
                np.random.default_rng(0).standard_normal((rate, channels)),
            )
            soundfile.write(path, 0.1 * noise, rate)
            before = controller.document.recording
            window.files.open(path)
            wait(lambda before=before: controller.document.recording is not before)
            assert controller.document.recording.path == path
            wait(lambda: plot.visible)  # of this recording: it is None when another is shown
            assert plot.levels.size > 1
            assert plot.scene_shown.highest_hz == rate / 2
            assert np.isfinite(plot.levels).all()
            assert plot.levels.max() > -20


def bad_files(folder: Path) -> dict[str, str]:
    """Make bad files; return a word that the message must contain for each."""
    (folder / "empty.wav").touch()
    (folder / "text.wav").write_text("no sound at all" * 50)
    soundfile.write(folder / "zero.wav", np.zeros((0, 2)), 44_100)
    soundfile.write(folder / "nan.wav", np.full((500, 1), np.nan), 44_100, "FLOAT")
    soundfile.write(folder / "whole.flac", np.random.default_rng(0).random((20_000, 1)) / 9, 44_100)
    data = (folder / "whole.flac").read_bytes()
    (folder / "cut.flac").write_bytes(data[:500])
    return {
        "missing.wav": "does not exist",
        "empty.wav": "empty",
        "text.wav": "not an audio file",
        "zero.wav": "zero samples",
        "nan.wav": "not numbers",
        "cut.flac": "before its first sample",
    }


def test_bad_files_get_a_sentence_and_leave_the_document(separated, wait, tmp_path) -> None:
    window = separated
    before = window.controller.document
    forget_work(window)
    for name, words in bad_files(tmp_path).items():
        window.files.open(tmp_path / name)
        wait(lambda: not window.controller.is_busy("open"))
        wait(lambda: window.findChildren(QMessageBox))
        box = window.findChildren(QMessageBox)[0]
        assert words in box.text()
        assert name in box.text()
        assert words in window.status.text
        box.done(0)
        wait(lambda: not window.findChildren(QMessageBox))
    assert window.controller.document is before
    assert len(window.panes.components.tiles) == 3


def open_half(window: MainWindow, wait, folder: Path) -> QMessageBox:
    """Open half of a recording; return the box that says so."""
    content = whole("16 bit.wav")
    (folder / "half.wav").write_bytes(content[: len(content) // 2])
    window.files.open(folder / "half.wav")
    wait(lambda: window.findChildren(QMessageBox))
    (box,) = window.findChildren(QMessageBox)
    return box


def test_what_is_missing_is_told_once_and_does_not_block(window, wait, tmp_path) -> None:
    box = open_half(window, wait, tmp_path)
    notice = (
        "“half.wav” is incomplete: 1.5 s of 3.0 s are there and were opened; 1.5 s are missing."
    )
    assert box.text() == notice
    assert box.icon() is QMessageBox.Icon.Information
    assert window.controller.document.recording.notice == notice
    assert window.status.text == f"half.wav: 1.5 s, stereo, 44.1 kHz. {notice}"
    assert window.panes.spectrogram.isVisible()
    box.done(0)
    window.files._save(tmp_path / "half.isnmf")
    wait(lambda: window.files.path)
    window.files.open(tmp_path / "half.isnmf")
    wait(lambda: window.status.text.endswith(notice))
    wait(lambda: not window.controller.is_busy("open"))
    assert not any(it.isVisible() for it in window.findChildren(QMessageBox))


def test_silence_is_said_and_separates_to_silence(window, wait, tmp_path) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros((10_000, 2)), 44_100)
    window.files.open(tmp_path / "silence.wav")
    wait(lambda: window.controller.document.recording)
    assert "silence" in window.status.text
    window.runs.separate()
    wait(lambda: window.controller.document.runs)
    assert np.isfinite(window.controller.document.runs[0].separation.factorization.loss).all()


def test_shorter_than_a_window(window, wait, tmp_path) -> None:
    soundfile.write(tmp_path / "short.wav", np.full((100, 1), 0.25), 44_100)
    window.files.open(tmp_path / "short.wav")
    wait(lambda: window.controller.document.recording)
    window.runs.separate()
    wait(lambda: window.controller.document.runs)


def test_opening_another_recording_during_a_run(opened, wait, tmp_path) -> None:
    window = opened
    make_it_long(window)
    window.runs.separate()
    wait(lambda: window.controller.live and window.controller.live.iteration > 0)
    soundfile.write(tmp_path / "next.wav", np.full((30_000, 1), 0.1), 16_000)
    window.files.open(tmp_path / "next.wav")
    answer(window, wait, "still going on", "Stop and discard")
    wait(lambda: window.controller.document.recording.name == "next.wav")
    wait(lambda: not window.controller.is_busy("run"))
    assert window.controller.document.runs == ()
    assert window.panes.components.tiles == []
    assert window.actions_["separate"].isEnabled()


def test_cancelled_open_leaves_the_document(separated, wait, tmp_path, monkeypatch) -> None:
    window = separated
    before = window.controller.document
    soundfile.write(tmp_path / "long.wav", np.zeros((3_000_000, 1)), 44_100)
    forget_work(window)
    window.files.open(tmp_path / "long.wav")
    window.files.open(tmp_path / "other.wav")
    assert "not opened" in window.status.text
    window.cancel()
    wait(lambda: not window.controller.is_busy("open"))
    assert window.controller.document is before
    assert "Cancelled" in window.status.text
