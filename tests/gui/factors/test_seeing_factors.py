"""Bases and activations beside the spectrogram: the same stretch of time, large, and tools."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.run_tools import separate

LEFT = Qt.MouseButton.LeftButton


def stretches(window: MainWindow) -> list[list[float]]:
    views = window.panes.spectrogram.plot.view, window.panes.factors.activation.view
    return [view.viewRange()[0] for view in views]


def same(window: MainWindow, start_s: float, stop_s: float) -> bool:
    return all(it == pytest.approx([start_s, stop_s], abs=1e-6) for it in stretches(window))


# -- the same stretch of time ---------------------------------------------------------------------


def test_the_activation_shows_what_the_spectrogram_shows(separated) -> None:
    separated.selection.select([0], 0)
    duration_s = separated.controller.document.recording.duration_s
    assert same(separated, 0, duration_s)
    separated.panes.spectrogram.plot.view.setXRange(1.0, 1.5, padding=0)
    assert same(separated, 1.0, 1.5)
    separated.selection.select([1], 1)  # other curves
    separated.panes.factors.activation.button.click()  # another axis of levels
    assert same(separated, 1.0, 1.5)
    separated.panes.spectrogram.plot.view.setXRange(1.2, 1.21, padding=0)  # as far as it goes
    assert same(separated, 1.2, 1.21)
    separated.fit()
    assert same(separated, 0, duration_s)


def test_the_spectrogram_and_the_overview_follow_the_activation(separated, qtbot) -> None:
    separated.selection.select([0], 0)
    plot = separated.panes.factors.activation.plot
    plot.setFocus()
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Plus)
    start_s, stop_s = stretches(separated)[1]
    assert stop_s - start_s < 2
    assert same(separated, start_s, stop_s)
    assert separated.panes.overview.stretch_s == pytest.approx((start_s, stop_s))
    place = QPointF(plot.viewport().rect().center())
    wheel = QWheelEvent(
        place, plot.viewport().mapToGlobal(place), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(plot.viewport(), wheel)
    now = stretches(separated)[1]
    assert now[1] - now[0] < stop_s - start_s
    assert same(separated, *now)


def test_a_page_that_the_playhead_turns_is_turned_for_both(separated) -> None:
    separated.selection.select([0], 0)
    separated.panes.spectrogram.plot.view.setXRange(0.0, 0.5, padding=0)
    separated.panes.spectrogram.plot.turn_to(1.1)
    assert same(separated, 1.1, 1.6)


def test_the_stretch_stays_while_a_run_goes_on_and_after_it(separated, wait) -> None:
    separated.selection.select([0], 0)
    separated.panes.spectrogram.plot.view.setXRange(1.0, 2.0, padding=0)
    separate(separated, wait, seed=2)
    separated.selection.select([1], 1)
    assert same(separated, 1.0, 2.0)


# -- large ----------------------------------------------------------------------------------------


def test_they_are_made_large_and_small_again(separated, qtbot) -> None:
    panes = separated.panes
    panes.components.selection.select([0], 0)
    qtbot.wait(20)
    before = [it.sizes() for it in (panes._right, panes._middle)]
    size = panes.factors.size()
    qtbot.mouseClick(panes.factors.large_button, LEFT)
    qtbot.wait(20)
    assert panes.factors.width() > 1.5 * size.width()
    assert panes.factors.height() > 1.5 * size.height()
    assert panes.overview.isVisible()
    assert not panes.spectrogram.isVisible()
    assert panes.components.tiles[0].isVisible()
    assert "Back" in panes.factors.large_button.toolTip()
    qtbot.keyClick(separated, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.wait(20)
    assert [it.sizes() for it in (panes._right, panes._middle)] == before
    assert panes.spectrogram.isVisible()


def test_large_is_no_step_and_outlasts_runs_and_undo(separated, wait, qtbot) -> None:
    panes, history = separated.panes, separated.controller.history
    n_steps = len(history.steps)
    separated.actions_["large_parts"].trigger()
    assert len(history.steps) == n_steps
    separate(separated, wait, seed=2)
    panes.components.selection.select([1], 1)
    separated.history.undo()
    separated.history.redo()
    assert panes.factors.large_button.isChecked()
    assert not panes.spectrogram.isVisible()
    separated.selection.select([0], 0)
    panes.factors.activation.plot.setFocus()
    separated.actions_["large_parts"].trigger()
    assert panes.factors.activation.plot.hasFocus()


def test_nothing_is_made_large_but_the_way_back_stays(separated) -> None:
    panes = separated.panes
    panes.components.selection.select([], None)
    assert not panes.factors.large_button.isVisible()
    panes.components.selection.select([0], 0)
    panes.factors.large_button.click()
    panes.components.selection.select([], None)
    assert panes.factors.large_button.isVisible()
    panes.factors.large_button.click()
    assert panes.spectrogram.isVisible()
    assert not panes.factors.large_button.isVisible()


def test_who_asks_for_the_recording_sees_it(separated) -> None:
    separated.actions_["large_parts"].trigger()
    separated.actions_["recording"].trigger()
    assert separated.panes.spectrogram.isVisible()
    assert not separated.panes.factors.large_button.isChecked()


def test_the_sizes_that_are_remembered_are_those_of_before(separated) -> None:
    sizes = separated.panes._right.sizes()
    separated.actions_["large_parts"].trigger()
    preferences = Preferences()
    separated.panes.save(preferences)
    assert preferences.layout("right", 3) == sizes


# -- tools ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tool", ["activation", "basis"])
def test_tools_are_put_down_for_other_components_only(separated, qtbot, tool) -> None:
    panes = separated.panes
    plot = getattr(panes.factors, tool)
    panes.components.selection.select([0], 0)
    plot.tool_button.click()
    assert plot.view.has_tool
    panes.factors.activation.drawn.emit(0, np.full(2, 0.5))  # the same component goes on
    separated.actions_["mute"].trigger()
    assert plot.tool_button.isChecked()
    qtbot.mouseClick(panes.components.tiles[1].parts.picture, LEFT)
    assert separated.selection.components == [1]
    assert not plot.tool_button.isChecked()
    assert not plot.view.has_tool
    assert plot.tool_button.isEnabled()
