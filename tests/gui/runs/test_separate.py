"""Running, watching, cancelling and comparing."""

from dataclasses import fields

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QSpinBox

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.plots.axes import ScaledAxis
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.nmf import blocks
from isnmf_gui.session.export.export_order import ExportOrder, carry_out_export
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.runs.run_order import LiveRun
from isnmf_gui.session.runs.settings import PRESETS, Settings, hop_limits, preset
from tests.gui.run_tools import answer, make_it_long


def start_long_run(window: MainWindow, wait) -> None:
    make_it_long(window)
    window.runs.separate()
    wait(lambda: window.controller.live and window.controller.live.iteration > 5)


def test_separate_button_gives_tiles_and_a_loss_curve(opened, wait, qtbot) -> None:
    window = opened
    qtbot.mouseClick(window.panes.settings.separate_button, Qt.MouseButton.LeftButton)
    wait(lambda: window.controller.document.runs)
    wait(lambda: not window.controller.is_busy("run"))
    run = window.controller.document.current_run
    assert run.separation.factorization.n_iterations == 20
    assert len(window.panes.components.tiles) == 3
    curve = window.panes.loss._curves[run.id]
    assert np.allclose(curve.getOriginalDataset()[1], run.separation.factorization.loss)
    assert "20 iterations" in window.status.text
    assert len(window.panes.runs.model.rows) == 1


def test_everything_follows_the_run(opened, wait) -> None:
    window = opened
    start_long_run(window, wait)
    assert window.status.progress.isVisible()
    assert "iterations/s" in window.status.text
    assert "left" in window.status.text
    tile = window.panes.components.tiles[0]
    wait(lambda: not tile.parts.picture._image.isNull())
    first = tile.parts.picture._bytes
    n_points = window.panes.loss._curves[1].getOriginalDataset()[1].size
    wait(lambda: window.panes.loss._curves[1].getOriginalDataset()[1].size > n_points)
    wait(lambda: tile.parts.picture._bytes != first)
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))


def test_it_is_said_that_components_are_measured_at_the_end(separated) -> None:
    separation = separated.controller.document.current_run.separation
    for done, text in ((19, "Iteration 19 of 20"), (20, "Measuring the components …")):
        separated.status.show_run(LiveRun(done, 20, 0, 1.0, separation))
        assert separated.status.text.startswith(text)


def test_cancel_keeps_what_was_reached(opened, wait, qtbot) -> None:
    window = opened
    start_long_run(window, wait)
    qtbot.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    wait(lambda: not window.controller.is_busy("run"))
    result = window.controller.document.current_run.separation.factorization
    assert result.stopped == "cancelled"
    assert 5 < result.n_iterations < 10_000
    assert "Cancelled" in window.status.text
    assert not window.status.progress.isVisible()
    assert window.actions_["export"].isEnabled()


def test_runs_stay_for_comparison(opened, wait) -> None:
    window = opened
    rule = window.panes.settings._fields["rule"]
    for name in ("mm", "me"):
        rule.setCurrentIndex(rule.findData(name))
        window.runs.separate()
        wait(lambda: not window.controller.is_busy("run"))
    mm, me = window.controller.document.runs
    assert [run.separation.settings.rule for run in (mm, me)] == ["mm", "me"]
    assert set(window.panes.loss._curves) == {mm.id, me.id}
    assert me.separation.factorization.loss[10] < mm.separation.factorization.loss[10]
    assert not {c.id for c in mm.components} & {c.id for c in me.components}
    window.panes.runs.chosen.emit(mm.id)
    assert window.controller.document.current_run is mm
    assert window.panes.components._run is mm


def test_click_shows_a_component_large_and_back(separated, wait, qtbot) -> None:
    window = separated
    tile = window.panes.components.tiles[1]
    qtbot.mouseClick(tile.parts.picture, Qt.MouseButton.LeftButton)
    assert window.selection.active == 1
    assert window.panes.spectrogram.title.text() == "Component 2"
    assert tile.is_selected
    qtbot.mouseClick(window.panes.spectrogram.view_buttons["recording"], Qt.MouseButton.LeftButton)
    assert "Recording" in window.panes.spectrogram.title.text()
    qtbot.mouseClick(window.panes.spectrogram.view_buttons["component"], Qt.MouseButton.LeftButton)
    assert window.panes.spectrogram.title.text() == "Component 2"
    window.actions_["recording"].trigger()
    assert window.selection.active is None
    assert "Recording" in window.panes.spectrogram.title.text()
    assert not tile.is_selected


def test_tiles_by_keyboard(separated, qtbot) -> None:
    window = separated
    tiles = window.panes.components.tiles
    tiles[0].setFocus()
    qtbot.keyClick(tiles[0], Qt.Key.Key_Right)
    assert window.selection.components == [1]
    qtbot.keyClick(tiles[1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.selection.components == []
    window.actions_["select_all"].trigger()
    assert window.selection.components == [0, 1, 2]


def test_spectrogram_redraws_what_is_visible(opened, wait) -> None:
    panel = opened.panes.spectrogram
    wait(lambda: panel.plot.visible and panel.plot.visible.stop_s == pytest.approx(3, abs=0.01))
    panel.plot.view.setXRange(1, 1.5, padding=0)
    wait(lambda: panel.plot.visible.start_s == pytest.approx(1, abs=0.01))
    assert panel.plot.image.size_pixels == (panel.plot.visible.height, panel.plot.visible.width)
    panel.scale_button.click()
    wait(lambda: not panel.plot.visible.logarithmic)
    assert panel.plot.visible.high_hz == pytest.approx(11_025, rel=0.01)
    assert panel.plot.visible.stop_s == pytest.approx(1.5, abs=0.01)  # the zoom in time stays
    panel.tools.fit_button.click()
    wait(lambda: panel.plot.visible and panel.plot.visible.stop_s == pytest.approx(3, abs=0.01))


def test_presets_are_shown_as_they_are(opened, subtests) -> None:
    panel = opened.panes.settings
    for name in PRESETS:
        with subtests.test(name):
            panel.preset_box.setCurrentIndex(panel.preset_box.findData(name))
            panel._preset_chosen(panel.preset_box.currentIndex())
            assert panel.settings() == preset(name, 22_050)
            assert panel.preset_box.currentData() == name
            panel._fields["n_bases"].setValue(77)
            assert panel.preset_box.currentText() == "Custom"
            assert panel.settings().n_bases == 77


def test_values_out_of_range_cannot_be_entered(opened, qtbot) -> None:
    fields = opened.panes.settings._fields
    for name, text in (
        ("n_bases", "0"),
        ("n_bases", "9999"),
        ("domain", "7"),
        ("hop_samples", "0"),
    ):
        field = fields[name]
        field.selectAll()
        qtbot.keyClicks(field, text)
        field.interpretText()
        opened.panes.settings.settings()  # would refuse
    window_field, hop = fields["window_samples"], fields["hop_samples"]
    assert isinstance(window_field, QSpinBox)
    window_field.setValue(512)
    assert (hop.minimum(), hop.maximum()) == hop_limits(512)
    assert hop.value() <= 256
    fields["seed"].setValue(2**32 - 1)
    assert opened.panes.settings.settings().seed == 2**32 - 1


def test_close_during_a_run_leaves_nothing(opened, wait) -> None:
    start_long_run(opened, wait)
    opened.close()
    answer(opened, wait, "still going on", "Stop and discard")
    wait(lambda: not opened.isVisible())
    assert not any(job.isRunning() for job in opened.controller.jobs._jobs.values())


def test_notebook_preset_runs(opened, wait) -> None:
    opened.panes.settings.choose_preset("notebook")
    opened.runs.separate()
    wait(lambda: not opened.controller.is_busy("run"))
    result = opened.controller.document.current_run.separation.factorization
    assert result.n_iterations == 100
    assert (np.diff(result.loss) < 0).all()


def test_tiles_out_of_sight_are_drawn_when_they_come_into_sight(opened, wait) -> None:
    window = opened
    window.panes.settings._fields["n_bases"].setValue(30)
    window.runs.separate()
    wait(lambda: not window.controller.is_busy("run"))
    last = window.panes.components.tiles[-1]
    assert not last.is_furnished
    bar = window.panes.components.grid.verticalScrollBar()
    bar.setValue(bar.maximum())
    wait(lambda: last.is_furnished and not last.parts.picture._image.isNull())


def test_tile_shows_the_energy_that_the_report_gives(separated, tmp_path) -> None:
    run = separated.controller.document.current_run
    order = ExportOrder(run, "wiener", tmp_path, tuple(component_stems(run)))
    exported = carry_out_export(order, lambda share: True).exported
    shown = [tile.energy_text for tile in separated.panes.components.tiles]
    for text, part in zip(shown, exported.stems, strict=True):
        value = float(text.removesuffix(" dB").replace("−", "-"))
        assert value == pytest.approx(part.energy_db, abs=0.1)


def test_a_new_run_begins_with_nothing_selected(separated, wait) -> None:
    window = separated
    window.selection.select([1], 1)
    start_long_run(window, wait)
    assert window.selection.components == []
    assert "Recording" in window.panes.spectrogram.title.text()
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))


def test_a_failed_run_says_so_and_nothing_else(separated, wait, monkeypatch) -> None:
    def fail(*_args, **_kwargs):
        raise MemoryError

    window = separated
    monkeypatch.setattr("isnmf_gui.session.runs.run_order.separate", fail)
    window.runs.separate()
    wait(lambda: not window.controller.is_busy("run"))
    assert "not enough memory" in window.status.text
    assert len(window.controller.document.runs) == 1
    assert window.actions_["separate"].isEnabled()


def test_the_mask_that_is_shown_is_the_one_in_use(separated, wait, qtbot) -> None:
    window, panel = separated, separated.panes.settings
    box = panel.preset_box
    box.setCurrentIndex(box.findData("notebook"))
    box.activated.emit(box.currentIndex())
    assert window.controller.document.mask == "ratio"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.controller.document.mask == "wiener"
    assert panel.settings().mask == "wiener"
    assert box.currentData() is None  # no preset any more
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window, Qt.Key.Key_Z, keys)
    assert (window.controller.document.mask, panel.settings().mask) == ("ratio", "ratio")


def test_either_decimal_mark_can_be_typed(window, qtbot, subtests) -> None:
    box = window.panes.settings._fields["domain"]
    for language in (QLocale.Language.English, QLocale.Language.German):
        for written in ("1,3", "1.3"):
            with subtests.test(written, language=language):
                box.setValue(1.0)
                box.setLocale(QLocale(language))
                box.selectAll()
                qtbot.keyClicks(box, written)
                box.interpretText()
                assert box.value() == 1.3


def test_wiener_mask_brings_the_original_level_back(opened) -> None:
    panel = opened.panes.settings
    panel.choose_preset("notebook")
    mask = panel._fields["mask"]
    mask.setCurrentIndex(mask.findData("wiener"))
    mask.activated.emit(mask.currentIndex())
    assert panel.settings().mask == "wiener"
    assert panel.settings().part_gain == "original"
    assert panel.preset_box.currentText() == "Custom"


def test_everything_that_matters_is_shown(opened) -> None:
    """Two panels that look the same give the same result."""
    hidden = {field.name for field in fields(Settings)} - set(opened.panes.settings._fields)
    assert hidden == set()
    assert {preset(name, 44_100).tolerance for name in PRESETS} == {0.0}


def test_every_preset_can_be_shown_whole(opened) -> None:
    """No value of a preset is missing from the choices."""
    panel = opened.panes.settings
    for name in PRESETS:
        panel.choose_preset(name)
        assert panel.settings() == preset(name, 22_050)


def test_a_run_stops_once_the_loss_is_flat(opened, wait) -> None:
    panel = opened.panes.settings
    panel._fields["n_iterations"].setValue(10_000)
    stop = panel._fields["tolerance"]
    stop.setCurrentIndex(stop.findData(1e-3))
    opened.runs.separate()
    wait(lambda: opened.controller.document.runs)
    result = opened.controller.document.runs[0].separation.factorization
    assert result.stopped == "tolerance"
    assert result.n_iterations < 10_000
    assert "settled" in opened.status.text


def test_threads_can_be_set_and_are_remembered(opened, wait, monkeypatch) -> None:
    asked = []
    made = blocks.Walker.__init__

    def init(self, X, n_bases, n_threads=None, compiled=True) -> None:  # noqa: N803
        asked.append(n_threads)
        made(self, X, n_bases, n_threads, compiled)

    monkeypatch.setattr(blocks.Walker, "__init__", init)
    box = opened.panes.settings.threads_box
    assert box.text() == f"Automatic ({blocks.available_cores()})"
    for number, expected in ((0, None), (1, 1)):
        box.setValue(number)
        opened.runs.separate()
        wait(lambda: not opened.controller.is_busy("run"))
        assert asked.pop() == expected
    preset_before = opened.panes.settings.preset_box.currentText()
    box.setValue(3)
    assert opened.panes.settings.preset_box.currentText() == preset_before
    opened.panes.save(Preferences())
    assert Preferences().threads == 3


def test_loss_axis_has_numbers_at_every_range() -> None:
    axis = ScaledAxis("Loss")
    for low, high in ((5.757, 5.902), (5.0, 5.01), (2.0, 7.0), (-3.0, 9.0)):
        ((_, places),) = axis.tickValues(low, high, 500)
        labels = axis.tickStrings(places, 1, 1)
        assert len(set(labels)) >= 3
        assert all(low <= place <= high for place in places)


def test_the_readout_goes_with_what_it_was_read_from(opened, wait) -> None:
    panel = opened.panes.spectrogram
    wait(lambda: panel.plot.visible)
    panel.plot.hover(panel.plot.view.sceneBoundingRect().center())
    assert "Hz" in panel.readout.text()
    panel.show_scene(panel.plot.scene_shown, "the same again")
    assert panel.readout.text() == ""


def test_silence_has_dark_pictures(window, wait, tmp_path) -> None:
    soundfile.write(tmp_path / "silence.wav", np.zeros((30_000, 1)), 22_050)
    window.files.open(tmp_path / "silence.wav")
    wait(lambda: window.controller.document.recording)
    window.runs.separate()
    wait(lambda: window.controller.document.runs)
    tile = window.panes.components.tiles[0]
    wait(lambda: not tile.parts.picture._image.isNull())
    assert tile.energy_text == "silent"
    assert max(tile.parts.picture._bytes) == 0
