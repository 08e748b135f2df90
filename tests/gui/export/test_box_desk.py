"""A box is written as a sound file: as it is heard, in the background, and never half."""

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from isnmf_gui.playback import MixSource, render
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import source_edits

BOX = Box(1.0, 1.2, 400.0, 1200.0)


@pytest.fixture
def grouped(separated):
    run = source_edits.group_as(separated.controller.document.current_run, [0, 1, 1])
    separated.controller.edit_run(source_edits.rename_source(run, 1, "Tune"), "Grouped")
    separated.panes.left.setCurrentWidget(separated.panes.guidance)
    return separated


def heard(window, *of) -> np.ndarray:
    mix, recording = window.listening.box_mix(BOX, *of), window.controller.document.recording
    source = MixSource(recording.samples, recording.sample_rate, mix)
    return render(source, *mix.cut.heard(recording.n_samples))


def rest(window, wait) -> None:
    wait(lambda: not window.controller.is_busy("export"))


def test_the_file_holds_what_is_heard(grouped, wait, tmp_path, subtests) -> None:
    for of in ((None, False), (1, False), (None, True)):
        path = tmp_path / f"box of {of[0]} {of[1]}.wav"
        with subtests.test(of=of):
            grouped.boxes.write(grouped.listening.box_mix(BOX, *of), path)
            rest(grouped, wait)
            found, rate = soundfile.read(path, dtype="float32", always_2d=True)
            np.testing.assert_allclose(found, heard(grouped, *of), atol=1e-6)
            assert np.abs(found).max() > 1e-3
            assert rate == 22_050
            assert grouped.status.text == f"{path.name} written to {tmp_path}."
            assert grouped.actions_["open_folder"].isEnabled()


def test_the_three_differ(grouped) -> None:
    grouped.controller.edit_run(
        source_edits.set_source_muted(grouped.controller.document.current_run, 2, True), "Mute"
    )
    recording, source, mix = heard(grouped), heard(grouped, 1), heard(grouped, None, True)
    assert np.abs(recording - source).max() > 1e-3
    np.testing.assert_allclose(mix, source, atol=1e-6)  # all others are muted


def test_the_button_asks_where_to(grouped, wait, qtbot, tmp_path, monkeypatch) -> None:
    seen = {}

    def execute(dialog: QFileDialog):
        seen.update(title=dialog.windowTitle(), name=dialog.selectedFiles()[0])
        dialog.selectNameFilter("FLAC, 24 bit (*.flac)")
        dialog.selectFile(str(tmp_path / "mine.flac"))
        return QFileDialog.DialogCode.Accepted

    monkeypatch.setattr(QFileDialog, "exec", execute)
    fields = grouped.panes.guidance.fields
    fields.of_box.setCurrentText("Tune")
    qtbot.mouseClick(fields.export_button, Qt.MouseButton.LeftButton)
    rest(grouped, wait)
    assert seen["title"] == "Export the box: Tune 0.00–1.00 s"
    assert "Tune 0.00–1.00 s" in seen["name"]
    assert soundfile.info(tmp_path / "mine.flac").subtype == "PCM_24"


def test_what_was_there_stays_where_the_dialog_is_left(grouped, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: QFileDialog.DialogCode.Rejected)
    qtbot.mouseClick(grouped.panes.guidance.fields.export_button, Qt.MouseButton.LeftButton)
    assert not grouped.controller.is_busy("export")


def test_no_format_is_guessed(grouped, tmp_path) -> None:
    grouped.boxes.write(grouped.listening.box_mix(BOX), tmp_path / "box.txt")
    assert "“.txt” is no format for sound" in grouped.status.text
    assert not (tmp_path / "box.txt").exists()
    assert not grouped.controller.is_busy("export")


def test_a_place_that_cannot_be_written_gets_a_sentence(grouped, wait, tmp_path) -> None:
    (tmp_path / "file").write_bytes(b"")
    grouped.boxes.write(grouped.listening.box_mix(BOX), tmp_path / "file" / "box.wav")
    rest(grouped, wait)
    wait(lambda: grouped.findChildren(QMessageBox))


def test_a_box_outside_is_said(grouped, qtbot) -> None:
    grouped.panes.guidance.export_wanted.emit(Box(9, 10, 1, 2), None, False)
    assert "There is nothing to write" in grouped.status.text
