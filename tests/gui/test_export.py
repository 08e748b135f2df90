"""Exporting from the window."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.dialogs.export_dialog import ExportDialog
from isnmf_gui.gui.main_window import MainWindow


def answer(monkeypatch, folder: Path, accept: bool = True, **choices) -> list[ExportDialog]:
    """Let the export dialog be filled in by a person, as it were."""
    seen: list[str] = []

    def fill_in(dialog: ExportDialog) -> ExportDialog.DialogCode:
        dialog.folder_field.setText(str(folder))
        if "format_name" in choices:
            dialog.format_box.setCurrentIndex(dialog.format_box.findData(choices["format_name"]))
        if choices.get("selected"):
            dialog.selected_button.click()
        seen.append(dialog._note.text())
        code = ExportDialog.DialogCode
        return code.Accepted if accept else code.Rejected

    monkeypatch.setattr(ExportDialog, "exec", fill_in)
    return seen


def export(window: MainWindow, wait) -> None:
    window.actions_["export"].trigger()
    wait(lambda: not window.controller.is_busy("export"))


def test_all_components_add_up_to_the_recording(separated, wait, tmp_path, monkeypatch) -> None:
    answer(monkeypatch, tmp_path / "out")
    export(separated, wait)
    files = sorted((tmp_path / "out").iterdir())
    assert [f.name for f in files] == [f"component-{i:02d}.wav" for i in (1, 2, 3)]
    total = sum(soundfile.read(f, dtype="float64")[0] for f in files)
    recording = separated.controller.document.recording.samples
    assert total.shape == recording.shape
    residual = np.linalg.norm(total - recording) / np.linalg.norm(recording)
    assert 20 * np.log10(residual) < -120
    assert "add up to the recording: −1" in separated.status.text


@pytest.mark.parametrize(
    ("name", "subtype"), [("wav", "FLOAT"), ("wav24", "PCM_24"), ("flac", "PCM_24")]
)
def test_selected_components_in_a_format(
    separated, wait, tmp_path, monkeypatch, qtbot, name, subtype
) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    tiles = separated.panes.components.tiles
    qtbot.mouseClick(tiles[0].parts.picture, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tiles[2].parts.picture, Qt.MouseButton.LeftButton, control)
    answer(monkeypatch, tmp_path / "out", format_name=name, selected=True)
    export(separated, wait)
    files = sorted((tmp_path / "out").iterdir())
    assert [f.stem for f in files] == ["component-01", "component-03"]
    info = soundfile.info(files[0])
    assert (info.subtype, info.samplerate, info.channels) == (subtype, 22_050, 2)
    assert "2 files written" in separated.status.text


def test_what_will_be_replaced_is_said(separated, wait, tmp_path, monkeypatch) -> None:
    answer(monkeypatch, tmp_path)
    export(separated, wait)
    seen = answer(monkeypatch, tmp_path, accept=False)
    export(separated, wait)
    assert "3 of them exist there already" in seen[0]


def test_unwritable_folder_gets_a_sentence(separated, wait, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").touch()
    answer(monkeypatch, tmp_path / "file" / "below")
    before = separated.controller.document
    export(separated, wait)
    wait(lambda: separated.findChildren(QMessageBox))
    assert "not a folder" in separated.findChildren(QMessageBox)[0].text()
    assert (
        separated.exports._folder_chosen == tmp_path / "file" / "below"
    )  # to be mended, not retyped
    assert separated.controller.document is before
    assert [p.name for p in tmp_path.iterdir() if not p.name.startswith("pref")] == ["file"]


def test_cancelled_export_leaves_nothing(separated, wait, tmp_path, monkeypatch) -> None:
    answer(monkeypatch, tmp_path / "out")
    monkeypatch.setattr("isnmf_gui.spectral.resynthesis.BLOCK_SAMPLES", 500)
    seen = []
    separated.controller.export_progressed.connect(seen.append)
    separated.actions_["export"].trigger()
    wait(lambda: seen)
    separated.cancel()
    wait(lambda: not separated.controller.is_busy("export"))
    assert not (tmp_path / "out").exists()


def test_dialog_by_keyboard(separated, qtbot, tmp_path) -> None:
    run = separated.controller.document.current_run
    dialog = ExportDialog(run, [], tmp_path, "flac", separated)
    dialog.show()
    assert not dialog.selected_button.isEnabled()
    assert dialog.format_name == "flac"
    dialog.folder_field.clear()
    assert not dialog.export_button.isEnabled()
    qtbot.keyClicks(dialog.folder_field, str(tmp_path))
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert dialog.components == [0, 1, 2]
    dialog.deleteLater()
