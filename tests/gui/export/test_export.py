"""Exporting from the window."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.edits.mix_edits import set_gain
from isnmf_gui.session.edits.source_edits import group
from isnmf_gui.session.export.choices import ExportChoices
from tests.gui.run_tools import choose

Fill = Callable[[ExportDialog], object]
Code = ExportDialog.DialogCode


def answer(monkeypatch, folder: Path, fill: Fill = lambda dialog: None, accept=True) -> list[str]:
    """Let the export dialog be filled in by a person, as it were; return its notes."""
    seen: list[str] = []

    def fill_in(dialog: ExportDialog) -> Code:
        dialog.folder_field.setText(str(folder))
        fill(dialog)
        seen.append(dialog.note.text())
        return Code.Accepted if accept and dialog.export_button.isEnabled() else Code.Rejected

    monkeypatch.setattr(ExportDialog, "exec", fill_in)
    return seen


def export(window: MainWindow, wait) -> None:
    window.actions_["export"].trigger()
    wait(lambda: not window.controller.is_busy("export"))


def group_some(window: MainWindow) -> None:
    run = group(window.controller.shown_run(), [0, 2], "Guitar")
    window.controller.edit_run(run, "Group")


def files_in(folder: Path) -> list[str]:
    return sorted(it.name for it in folder.iterdir())


def named(window: MainWindow, *names: str) -> list[str]:
    """Return the files of parts with some names."""
    stem = window.controller.document.recording.path.stem
    return [f"{stem} - {name}.wav" for name in names]


# -- what is written --------------------------------------------------------------------------


def test_all_components_add_up_to_the_recording(separated, wait, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "take -3 - parts"
    answer(monkeypatch, folder)
    export(separated, wait)
    files = sorted(folder.iterdir())
    assert [f.name for f in files] == named(separated, *(f"Component 0{i}" for i in (1, 2, 3)))
    total = sum(soundfile.read(f, dtype="float64")[0] for f in files)
    recording = separated.controller.document.recording.samples
    assert total.shape == recording.shape
    residual = np.linalg.norm(total - recording) / np.linalg.norm(recording)
    assert 20 * np.log10(residual) < -120
    assert "add up to the recording: −1" in separated.status.text
    assert str(folder) in separated.status.text  # its hyphens too


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

    def fill(dialog: ExportDialog) -> None:
        choose(dialog.sound.format, name)
        choose(dialog.stems.which, True)

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    files = sorted((tmp_path / "out").iterdir())
    stem = separated.controller.document.recording.path.stem
    assert [f.stem for f in files] == [f"{stem} - Component 01", f"{stem} - Component 03"]
    info = soundfile.info(files[0])
    assert (info.subtype, info.samplerate, info.channels) == (subtype, 22_050, 2)
    assert "2 files written" in separated.status.text


def test_sources_are_suggested_and_the_residual_is_empty(
    separated, wait, tmp_path, monkeypatch
) -> None:
    group_some(separated)

    def fill(dialog: ExportDialog) -> None:
        assert dialog.stems.sources.isChecked()
        assert not dialog.stems.components.isChecked()
        dialog.stems.residual.click()
        dialog.stems.mix.click()
        dialog.pattern_field.setText("{recording} {number} {name}")

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    stem = separated.controller.document.recording.path.stem
    assert files_in(tmp_path / "out") == [
        f"{stem} 01 Guitar.wav",
        f"{stem} Mix.wav",
        f"{stem} Unassigned.wav",
    ]
    assert "The residual is empty" in separated.status.text


def test_a_source_whose_row_was_clicked_is_no_choice_of_components(
    separated, wait, tmp_path, monkeypatch, qtbot
) -> None:
    group_some(separated)
    (row, *_) = separated.panes.sources.rows
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert separated.selection.components == [0, 2]
    answer(monkeypatch, tmp_path / "out")
    export(separated, wait)
    assert files_in(tmp_path / "out") == named(separated, "Guitar", "Unassigned")


@pytest.mark.parametrize("selected", [[0, 2], [1]])
def test_the_tiles_menu_saves_what_is_selected_whatever_source_that_is(
    separated, wait, tmp_path, monkeypatch, selected
) -> None:
    group_some(separated)
    separated.selection.select(selected, selected[0])
    answer(monkeypatch, tmp_path / "out")
    entries = separated.panes.components.menu_entries(selected[0])
    (save,) = [entry[3] for entry in entries if entry and entry[0] == "Save sound…"]
    save()
    wait(lambda: not separated.controller.is_busy("export"))
    names = [f"Component {index + 1:02d}" for index in selected]
    assert files_in(tmp_path / "out") == named(separated, *names)


def test_rate_level_and_extras(separated, wait, tmp_path, monkeypatch) -> None:
    def fill(dialog: ExportDialog) -> None:
        choose(dialog.sound.rate, 16_000)
        choose(dialog.sound.level, "peak")
        dialog.sound.target.setValue(-6)
        dialog.sound.balance.click()
        for name in ("page", "factors"):
            dialog.extras.boxes[name].click()

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    assert separated.status.text.startswith("5 files written")
    sounds = [soundfile.read(it) for it in sorted((tmp_path / "out").glob("*.wav"))]
    assert [rate for _, rate in sounds] == [16_000] * 3
    assert [20 * np.log10(np.abs(it).max()) for it, _ in sounds] == pytest.approx(
        [-6] * 3, abs=0.01
    )
    assert {"report.html", "factors.npz"} < set(files_in(tmp_path / "out"))
    assert "add up to the recording: −1" in separated.status.text  # gain and rate are undone


@pytest.mark.parametrize(
    ("name", "level", "words"),
    [
        ("wav16", "original", "but for the dither of 16 bits: −"),
        ("flac16", "loudness", "but for the dither of 16 bits: −"),
        ("ogg", "original", "differs from the recording (as ratio masks and lossy formats do): −"),
    ],
)
def test_why_files_do_not_quite_add_up_is_said(
    separated, wait, tmp_path, monkeypatch, name, level, words
) -> None:
    def fill(dialog: ExportDialog) -> None:
        choose(dialog.sound.format, name)
        choose(dialog.sound.level, level)
        dialog.sound.target.setValue(-40)
        dialog.sound.balance.click()

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    assert words in separated.status.text


def test_as_many_files_are_written_as_the_button_says(
    separated, wait, tmp_path, monkeypatch
) -> None:
    said = []

    def fill(dialog: ExportDialog) -> None:
        for box in dialog.extras.boxes.values():
            box.setChecked(True)
        dialog.stems.mix.setChecked(True)
        said.append(dialog.export_button.text())

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    assert len(files_in(tmp_path / "out")) == 11  # 3 components with pictures, the mix, 4 more
    assert said == ["&Export 11 files"]
    assert separated.status.text.startswith("11 files written")


def test_choices_are_remembered(separated, wait, tmp_path, monkeypatch) -> None:
    def fill(dialog: ExportDialog) -> None:
        choose(dialog.sound.format, "flac16")
        choose(dialog.sound.level, "loudness")
        dialog.sound.target.setValue(-20)
        dialog.extras.boxes["loss"].click()
        dialog.pattern_field.setText("{name}")
        dialog.stems.mix.click()

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    kept: list[ExportChoices] = []
    answer(monkeypatch, tmp_path, lambda it: kept.append(it.choices), accept=False)
    export(separated, wait)
    (choices,) = kept
    assert (choices.format_name, choices.level, choices.loudness_lufs) == (
        "flac16",
        "loudness",
        -20,
    )
    assert (choices.pattern, choices.with_mix, choices.extras) == ("{name}", True, ("loss",))
    assert separated.exports._preferences.export == choices


# -- warnings ---------------------------------------------------------------------------------


def test_what_will_be_replaced_is_said(separated, wait, tmp_path, monkeypatch) -> None:
    answer(monkeypatch, tmp_path)
    export(separated, wait)
    seen = answer(monkeypatch, tmp_path, accept=False)
    export(separated, wait)
    assert "3 of them exist there already" in seen[0]


@pytest.mark.parametrize(
    ("button", "n_files"), [("&Lower all of them", 1), ("Export &anyway", 1), ("Cancel", 0)]
)
def test_it_is_asked_before_peaks_are_cut_off(
    separated, wait, tmp_path, monkeypatch, qtbot, button, n_files
) -> None:
    run = separated.controller.shown_run()
    separated.controller.edit_run(set_gain(run, [0, 1, 2], 12), "Gain")

    def fill(dialog: ExportDialog) -> None:
        dialog.stems.components.click()
        dialog.stems.mix.click()
        choose(dialog.sound.format, "wav16")

    answer(monkeypatch, tmp_path / "out", fill)
    export(separated, wait)
    wait(lambda: separated.findChildren(QMessageBox))
    (box,) = separated.findChildren(QMessageBox)
    assert box.text().startswith("Mix would be cut off at full scale, by up to ")
    assert not (tmp_path / "out").exists()
    (pressed,) = [it for it in box.buttons() if it.text() == button]
    qtbot.mouseClick(pressed, Qt.MouseButton.LeftButton)
    wait(lambda: not separated.controller.is_busy("export"))
    files = list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else []
    assert len(files) == n_files
    if files:
        stem = separated.controller.document.recording.path.stem
        highest = float(np.abs(soundfile.read(files[0])[0]).max())
        assert (highest < 0.995) is (button == "&Lower all of them")
        assert highest > 0.98
        assert (f"Cut off at full scale: {stem} - Mix.wav" in separated.status.text) is (
            highest >= 0.995
        )
    assert separated.status.text.startswith("1 file written" if files else "Nothing was written")


def test_unwritable_folder_gets_a_sentence(separated, wait, tmp_path, monkeypatch) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "file").touch()
    answer(monkeypatch, place / "file" / "below")
    before = separated.controller.document
    export(separated, wait)
    wait(lambda: separated.findChildren(QMessageBox))
    assert "not a folder" in separated.findChildren(QMessageBox)[0].text()
    # to be mended, not retyped
    assert separated.exports._folder_chosen == place / "file" / "below"
    assert separated.controller.document is before
    assert files_in(place) == ["file"]


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
