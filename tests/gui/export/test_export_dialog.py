"""The dialog that asks for an export, and what it suggests."""

import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.export.export_desk import _suggested_folder
from isnmf_gui.gui.export.export_dialog import ExportDialog
from isnmf_gui.session.export.choices import ExportChoices
from isnmf_gui.session.sound_files.recording import Recording
from tests.gui.made_runs import some_run
from tests.gui.run_tools import choose


@pytest.fixture
def dialog(qtbot, separated, tmp_path):
    run = separated.controller.document.current_run
    dialog = ExportDialog(run, "wiener", [], tmp_path, ExportChoices("flac"), separated)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    dialog.close()
    dialog.deleteLater()


def test_dialog_by_keyboard(dialog, qtbot, tmp_path) -> None:
    assert not dialog.stems.sources.isEnabled()
    assert dialog.order.options.format_name == "flac"
    dialog.folder_field.clear()
    assert not dialog.export_button.isEnabled()
    assert dialog.note.text() == "Choose a folder to write to."
    qtbot.keyClicks(dialog.folder_field, str(tmp_path))
    alt = Qt.KeyboardModifier.AltModifier
    for key, box in ((Qt.Key.Key_M, dialog.stems.mix), (Qt.Key.Key_C, dialog.stems.components)):
        after = not box.isChecked()
        qtbot.keyClick(dialog, key, alt)
        qtbot.waitUntil(lambda box=box, after=after: box.isChecked() is after)
    assert dialog.note.text() == "Mélodie 日本 1 - Mix.flac"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert [it.kind for it in dialog.order.stems] == ["mix"]


def test_every_control_is_reached_by_tab_and_has_a_name(dialog, qtbot) -> None:
    seen = set()
    dialog.stems.components.setFocus()
    for _ in range(40):
        widget = dialog.focusWidget()
        seen.add(widget)
        assert widget.accessibleName() or widget.text()
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    wanted = {dialog.stems.which, dialog.stems.mix, dialog.stems.residual, dialog.sound.format}
    wanted |= {dialog.sound.rate, dialog.sound.level, *dialog.extras.boxes.values()}
    wanted |= {dialog.pattern_field, dialog.folder_field, dialog.export_button}
    assert wanted <= seen


def test_the_dialog_fits_a_small_screen_and_long_names_do_not_widen_it(dialog) -> None:
    assert dialog.width() <= 1024
    assert dialog.height() <= 640
    width = dialog.minimumSizeHint().width()
    dialog.pattern_field.setText("n" * 170)
    assert "nnn" in dialog.note.text()
    assert dialog.minimumSizeHint().width() == width


def test_what_cannot_be_written_is_said_at_once(dialog) -> None:
    for text, words in (
        ("{title}", "A name may have the fields"),
        ("{kind}-{number}", "component"),
    ):
        dialog.pattern_field.setText(text)
        assert words in dialog.note.text()
        assert dialog.export_button.isEnabled() is (words == "component")
    dialog.stems.components.click()
    assert dialog.note.text() == "Choose what to write."
    assert not dialog.export_button.isEnabled()
    dialog.stems.residual.click()
    assert dialog.export_button.text() == "&Export 1 file"


def test_only_rates_that_the_format_holds_are_offered(dialog) -> None:
    def rates() -> list[int]:
        return [dialog.sound.rate.itemData(n) for n in range(1, dialog.sound.rate.count())]

    assert 96_000 in rates()
    choose(dialog.sound.rate, 96_000)
    choose(dialog.sound.format, "mp3")
    assert 48_000 in rates()
    assert 96_000 not in rates()
    assert dialog.order.options.sample_rate is None


def test_a_preset_that_brings_files_to_full_scale_leaves_the_level_alone(window) -> None:
    run = some_run(2)
    settings = run.separation.settings.__class__(n_bases=2, part_gain="peak", mask="ratio")
    object.__setattr__(run.separation, "settings", settings)
    before = ExportChoices(level="loudness", loudness_lufs=-23.0)
    dialog = ExportDialog(run, "ratio", [], Path("/nowhere"), before, window)
    level = dialog.order.options.level
    assert (level.kind, level.target_db, level.keeps_balance) == ("peak", 0.0, False)
    assert dialog.choices == before
    dialog.sound.target.setValue(-3)
    assert dialog.choices.peak_dbfs == -3
    dialog.deleteLater()


@pytest.mark.parametrize("text", ["", "5", "{", "[]", '{"level": []}', '{"extras": ["x"], "a": 1}'])
def test_choices_that_were_spoilt_are_as_at_first(text: str) -> None:
    assert ExportChoices.from_text(text) == ExportChoices()


def test_what_is_right_in_stored_choices_stays() -> None:
    stored = {"format_name": "m4a", "sample_rate": 48_000, "peak_dbfs": 1e9, "pattern": "{x}"}
    assert ExportChoices.from_text(json.dumps(stored)) == ExportChoices(sample_rate=48_000)
    choices = ExportChoices("ogg", 8000, "peak", -3.0, extras=("page", "loss"))
    assert ExportChoices.from_text(choices.as_text()) == choices


def test_where_the_recording_lay_on_another_machine_the_last_files_folder_is_suggested(
    tmp_path,
) -> None:
    preferences = Preferences()
    path = tmp_path / "song.wav"
    recording = Recording(np.zeros((1, 1), np.float32), 8000, path)
    assert _suggested_folder(recording, preferences) == tmp_path / "song parts"
    elsewhere = Recording(np.zeros((1, 1), np.float32), 8000, tmp_path / "no such" / "song.wav")
    assert _suggested_folder(elsewhere, preferences) == Path.home() / "song parts"
    preferences.folder = tmp_path  # its project's
    assert _suggested_folder(elsewhere, preferences) == tmp_path / "song parts"
