"""Edits of the parts in the window: by keys, menus, and tools on the plots; heard at once."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.factors.band_dialog import BandDialog
from isnmf_gui.gui.tiles.tile_levels import tile_levels
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.component_factors import shape_of
from isnmf_gui.session.edits.factor_edits import remove_band
from isnmf_gui.session.edits.mix_edits import rename_component, set_gain
from isnmf_gui.session.edits.source_edits import group
from tests.gui.tiles.tile_desk import popups
from tests.monkey.hands import Hands

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def run_of(window: MainWindow):
    return window.controller.shown_run()


def indices(window: MainWindow) -> list[int]:
    return sorted(tile.index for tile in window.panes.components.tiles)


def press(window: MainWindow, qtbot, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(window.panes.components.tiles[0], key, modifier)


def drag(plot, qtbot, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag on a plot, from and to places in the units of its axes."""
    box, viewport = plot.view, plot.plot.viewport()
    places = [plot.plot.mapFromScene(box.mapViewToScene(QPointF(*place))) for place in (start, end)]
    QTest.mouseMove(viewport, places[0])
    QTest.mousePress(viewport, LEFT, pos=places[0])
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(viewport, places[0] + (places[1] - places[0]) * share)
        qtbot.wait(20)
    QTest.mouseRelease(viewport, LEFT, pos=places[1])


def test_merge_duplicate_and_delete_by_keys(separated, qtbot) -> None:
    window, tiles = separated, separated.panes.components
    tiles.selection.select([0, 2], 0)
    press(window, qtbot, Qt.Key.Key_J, CTRL)
    assert indices(window) == [0, 1]
    assert tiles.selection.components == [0]
    press(window, qtbot, Qt.Key.Key_D, CTRL)
    assert indices(window) == [0, 1, 2]
    assert [it.name for it in run_of(window).components] == [
        "Component 1", "Component 1 copy", "Component 2",
    ]  # fmt: skip
    assert len(window.listening._mix.gains) == 3
    assert tiles.selection.components == [2]  # the copy
    assert window.status.text == "Duplicate Component 1"
    tiles.selection.select([0], 0)
    press(window, qtbot, Qt.Key.Key_Delete)
    assert indices(window) == [1, 2]
    assert tiles.selection.components == []
    assert "Ctrl+Z" in window.status.text
    tiles.selection.select([1, 2], 1)
    press(window, qtbot, Qt.Key.Key_Delete)
    assert indices(window) == []
    assert "Undo" in tiles._empty.text()
    assert tiles._empty.isVisible()
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert indices(window) == [0, 1, 2]
    assert all(it.terms is None for it in run_of(window).components)


def test_keys_go_on_beside_what_was_deleted(separated, qtbot) -> None:
    window, tiles = separated, separated.panes.components
    qtbot.mouseClick(tiles.tiles[1].parts.picture, LEFT)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is tiles.tiles[1]
    assert tiles.tiles[1].index == 2
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is tiles.tiles[0]
    assert indices(window) == [0]


@pytest.mark.parametrize("part", ["tile", "fader"])
def test_the_keys_of_a_tile_that_goes_go_to_its_neighbour(separated, qtbot, part) -> None:
    window, panel = separated, separated.panes.components
    first, second, third = panel.tiles
    panel.selection.select([second.index], second.index)
    (second if part == "tile" else second.parts.fader).setFocus()
    window.actions_["delete"].trigger()
    assert third.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left)
    assert panel.selection.components == [first.index]
    second.parts.fader.moved.emit(-6.0)  # what is still on its way
    assert len(window.controller.history.steps) == 3  # opened, separated, deleted


def test_one_component_cannot_be_merged_and_two_not_be_split(separated, qtbot) -> None:
    window, before = separated, run_of(separated)
    window.selection.select([1], 1)
    press(window, qtbot, Qt.Key.Key_J, CTRL)
    assert "two" in window.status.text
    window.selection.select([0, 1], 0)
    press(window, qtbot, Qt.Key.Key_K, CTRL)
    assert "one" in window.status.text
    assert run_of(window) is before


def test_splitting_goes_on_in_the_background(separated, qtbot, wait) -> None:
    window = separated
    window.selection.select([1], 1)
    press(window, qtbot, Qt.Key.Key_K, CTRL)
    assert window.controller.is_busy("split")
    wait(lambda: not window.controller.is_busy("split"))
    assert indices(window) == [0, 1, 2, 3]
    assert window.controller.history.steps[-1].label == "Split Component 2"
    assert all("≈" in window.panes.components._by_index[n].share_text for n in (1, 3))
    assert len(window.listening._mix.gains) == 4


def test_a_split_that_comes_too_late_changes_nothing(separated, qtbot, wait) -> None:
    window = separated
    window.selection.select([1], 1)
    press(window, qtbot, Qt.Key.Key_K, CTRL)
    press(window, qtbot, Qt.Key.Key_Delete)
    wait(lambda: not window.controller.is_busy("split"))
    assert indices(window) == [0, 2]
    assert "not split" in window.status.text


def test_a_region_is_silenced_and_changed_in_level(separated, qtbot) -> None:
    window = separated
    window.selection.select([0], 0)
    before = shape_of(run_of(window), run_of(window).component(0))[1]
    press(window, qtbot, Qt.Key.Key_Delete, CTRL)
    assert "region" in window.status.text
    window.panes.region.mark(1.0, 2.0)
    press(window, qtbot, Qt.Key.Key_Delete, CTRL)
    run = run_of(window)
    step = run.separation.grid.frame_s
    inside = slice(round(1.0 / step), round(2.0 / step))
    after = shape_of(run, run.component(0))[1]
    assert not after[inside].any()
    np.testing.assert_array_equal(after[: inside.start], before[: inside.start])
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    levels = window.factor_desk._menus[0]
    quieter = next(it for it in levels.actions() if it.text() == "−6 dB")
    quieter.trigger()
    run = run_of(window)
    after = shape_of(run, run.component(0))[1]
    halved = 10 ** (-0.3 * run.separation.settings.domain)  # heard is the p-th root of it
    np.testing.assert_allclose(after[inside], halved * before[inside])
    assert window.controller.history.steps[-1].label == "−6 dB for a stretch of Component 1"


def test_smoothing_and_restoring(separated) -> None:
    window = separated
    window.selection.select([0, 1], 0)
    smooth = window.factor_desk._menus[1]
    smooth.actions()[-1].trigger()
    before, after = (
        shape_of(run, run.component(1))[1]
        for run in (window.controller.history.steps[1].document.current_run, run_of(window))
    )
    assert np.abs(np.diff(after)).sum() < np.abs(np.diff(before)).sum()
    window.actions_["restore"].trigger()
    restored = shape_of(run_of(window), run_of(window).component(1))[1]
    np.testing.assert_array_equal(restored, before)


def test_the_pencil_draws_the_activation(separated, qtbot, wait) -> None:
    window = separated
    plot = window.panes.factors.activation
    assert not plot.tool_button.isEnabled()
    window.selection.select([1], 1)
    qtbot.wait(30)
    qtbot.mouseClick(plot.tool_button, LEFT)
    before = shape_of(run_of(window), run_of(window).component(1))[1]
    drag(plot, qtbot, (1.0, -20.0), (2.0, -20.0))
    run = run_of(window)
    after = shape_of(run, run.component(1))[1]
    step = run.separation.grid.frame_s
    inside = slice(round(1.05 / step), round(1.95 / step))
    p = run.separation.settings.domain
    wanted = before.max() * 10 ** (-20 / 10 * p / 2)
    np.testing.assert_allclose(after[inside], wanted, rtol=0.15)  # to a pixel
    np.testing.assert_array_equal(after[: round(0.9 / step)], before[: round(0.9 / step)])
    assert window.listening._mix.factors.model is not None
    drag(plot, qtbot, (1.2, -79.5), (1.6, -79.5))  # the lower edge is silence
    after = shape_of(run_of(window), run_of(window).component(1))[1]
    assert not after[round(1.25 / step) : round(1.55 / step)].any()
    window.selection.select([0, 1], 1)
    assert not plot.tool_button.isEnabled()
    assert not plot.view.has_tool


def test_with_the_pencil_away_the_plot_seeks(separated, qtbot) -> None:
    window = separated
    window.selection.select([1], 1)
    qtbot.wait(30)
    steps, sought = len(window.controller.history.steps), []
    window.panes.factors.seek_wanted.connect(sought.append)
    drag(window.panes.factors.activation, qtbot, (0.5, -20.0), (1.5, -20.0))
    assert sought[-1] == pytest.approx(1.5, abs=0.1)
    assert len(window.controller.history.steps) == steps


def test_the_eraser_removes_a_band(separated, qtbot) -> None:
    window = separated
    plot = window.panes.factors.basis
    window.selection.select([0, 2], 0)
    qtbot.wait(30)
    qtbot.mouseClick(plot.tool_button, LEFT)
    for logarithmic in (True, False):
        if not logarithmic:
            qtbot.mouseClick(plot.button, LEFT)
            qtbot.wait(30)
        low, high = (300.0, 900.0) if logarithmic else (2000.0, 3000.0)
        ends = (np.log10(low), np.log10(high)) if logarithmic else (low, high)
        drag(plot, qtbot, (ends[0], -30.0), (ends[1], -30.0))
        run = run_of(window)
        for index in (0, 2):
            basis = shape_of(run, run.component(index))[0]
            hertz = np.arange(len(basis)) * run.separation.grid.bin_hz
            assert not basis[(hertz > low * 1.1) & (hertz < high * 0.9)].any()
            assert basis[hertz > high * 1.1].any()
    assert run_of(window).component(1).terms is None
    assert "Remove" in window.controller.history.steps[-1].label


def test_nothing_is_edited_in_a_run_that_goes_on(opened, wait) -> None:
    opened.panes.settings._fields["n_iterations"].setValue(3000)
    opened.runs.separate()
    wait(lambda: opened.controller.live and opened.panes.components.tiles)
    opened.selection.select([0], 0)
    for name in ("merge", "split", "duplicate", "delete", "silence", "restore"):
        assert not opened.actions_[name].isEnabled()
    assert not opened.panes.factors.activation.tool_button.isEnabled()
    opened.cancel()
    wait(lambda: opened.controller.document.runs)
    opened.selection.select([0], 0)
    assert opened.actions_["delete"].isEnabled()


@popups
def test_the_tiles_menu_edits_parts(separated, qtbot) -> None:
    panel = separated.panes.components
    panel.selection.select([0, 1], 0)
    entries = {entry[0]: entry for entry in panel.menu_entries(0) if entry}
    assert entries["Merge into one"][2]
    entries["Merge into one"][3]()
    assert indices(separated) == [0, 2]


def test_only_changed_tiles_are_drawn(separated, qtbot) -> None:
    grid = separated.panes.components.grid
    qtbot.wait(30)
    drawn = set(grid._drawn)
    assert drawn
    separated.selection.select([1], 1)
    separated.panes.region.mark(0.5, 1.0)
    separated.actions_["silence"].trigger()
    assert grid._drawn == drawn - {1}
    qtbot.wait(30)
    assert grid._drawn == drawn


def test_continuing_an_edited_run_keeps_the_edits_in_a_run_of_their_own(separated, wait) -> None:
    window = separated
    window.selection.select([1], 1)
    window.actions_["delete"].trigger()
    edited = run_of(window)
    window.actions_["continue"].trigger()
    wait(lambda: not window.controller.is_busy("run"))
    runs = window.controller.document.runs
    assert len(runs) == 2
    assert runs[0] is edited
    assert len(runs[1].components) == 3
    before, after = (run.separation.factorization.n_iterations for run in runs)
    assert after > before


def test_that_run_has_the_sources_names_and_mix_from_its_start(separated, wait) -> None:
    window = separated
    run = rename_component(set_gain(group(run_of(window), [0, 2], "Guitar"), [0], -6.0), 2, "High")
    window.controller.edit_run(remove_band(run, [2], 300, 900), "Edit")
    edited = run_of(window)
    window.selection.select([0], 0)
    window.actions_["continue"].trigger()
    assert window.controller.shown_run().id == edited.id + 1
    assert window.panes.components._run is window.controller.shown_run()
    window.panes.components.tiles[
        0
    ].parts.mute_button.click()  # what is heard can be edited at once
    wait(lambda: not window.controller.is_busy("run"))
    before, after = window.controller.document.runs
    assert before is edited
    assert (after.id, after.sources) == (before.id + 1, before.sources)
    assert [(it.title, it.source_id, it.gain_db, it.is_muted) for it in after.components] == [
        ("", 1, -6.0, True), ("", 0, 0.0, False), ("High", 1, 0.0, False),
    ]  # fmt: skip
    assert after.component(2).terms is None
    label = window.controller.history.step.label
    assert label == f"Continue as a new run, for parts were edited: {after.name}"


def test_a_merged_component_is_pictured_as_the_sum_it_is(separated, qtbot) -> None:
    window, tiles = separated, separated.panes.components

    def picture(index: int) -> np.ndarray:
        run = run_of(window)
        return tile_levels(run, [run.component(index)], 150, 40, True)[0]

    alone = [picture(index) for index in (0, 2)]
    tiles.selection.select([0, 2], 0)
    window.actions_["merge"].trigger()
    merged = picture(0)
    loud = (alone[0] > 235) | (alone[1] > 235)  # there the sum is, however they are scaled
    assert merged[loud].min() > 100
    assert merged.max() > 245
    assert type(window.panes.spectrogram.plot.scene_shown).__name__ == "MergedScene"


def test_a_band_is_removed_by_keyboard(separated, qtbot) -> None:
    window = separated
    window.selection.select([1], 1)
    press(window, qtbot, Qt.Key.Key_B, CTRL)
    dialog = window.findChild(BandDialog)
    dialog.low.setValue(2000.0)
    assert not dialog.remove.isEnabled()
    dialog.high.setValue(4000.0)
    dialog.remove.click()
    run = run_of(window)
    basis = shape_of(run, run.component(1))[0]
    hertz = np.arange(len(basis)) * run.separation.grid.bin_hz
    inside = (hertz >= 2000) & (hertz <= 4000)
    assert not basis[inside].any()
    assert basis[~inside].any()
    assert window.controller.history.steps[-1].label == "Remove 2000–4000 Hz from Component 2"


def test_the_ends_of_a_band_are_typed_over_and_enter_goes_on(separated, qtbot) -> None:
    separated.selection.select([0], 0)
    dialog, hands, chosen = separated.factor_desk.ask_for_band(), Hands(), []
    dialog.chosen.connect(lambda low, high: chosen.append((low, high)))
    hands.type(dialog, "50")
    hands.press(dialog, Qt.Key.Key_Return)
    assert chosen == []
    hands.type(dialog, "200")
    hands.press(dialog, Qt.Key.Key_Return)
    assert chosen == [(50.0, 200.0)]
