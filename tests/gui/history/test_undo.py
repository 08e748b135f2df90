"""Undo and redo in the window, by keys and in the list of steps."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.run_tools import answer_unsaved, separate
from tests.gui.tiles.tile_desk import LEFT, turn_wheel

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def hold(widget: QWidget, key: Qt.Key, repeats: bool) -> None:
    """Press a key, or let the keyboard repeat it."""
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, none, "", repeats))


def let_go(widget: QWidget, key: Qt.Key) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, none))


def steps(window: MainWindow) -> list[str]:
    listed = window.panes.history.list
    return [listed.item(place).text() for place in range(listed.count())]


def test_a_run_and_edits_are_steps_that_can_be_taken_back(separated, qtbot) -> None:
    window, controller = separated, separated.controller
    tiles = window.panes.components
    tiles.selection.select([0, 1], 0)
    qtbot.keyClick(window, Qt.Key.Key_M)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    assert [text.split(":")[0] for text in steps(window)[1:]] == [
        "Separate", "Mute 2 components", "Group 2 components",
    ]  # fmt: skip
    documents = [step.document for step in controller.history.steps]
    for expected in reversed(documents[:-1]):
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
        assert controller.document is expected
    assert not window.actions_["undo"].isEnabled()
    assert tiles.tiles == []
    for expected in documents[1:]:
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
        assert controller.document is expected
    assert not window.actions_["redo"].isEnabled()
    assert tiles.tiles[0].component.is_muted
    assert tiles.tiles[1].source == "Source 1"


def test_the_list_goes_to_a_step_and_the_menu_says_what_comes(separated, qtbot) -> None:
    window = separated
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_S)
    qtbot.keyClick(window, Qt.Key.Key_M)
    listed = window.panes.history.list
    window.panes.left.setCurrentWidget(window.panes.history)
    place = listed.visualItemRect(listed.item(1)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.controller.history.place == 1
    assert not window.controller.shown_run().component(2).is_soloed
    assert [listed.item(n).font().italic() for n in range(4)] == [False, False, True, True]
    assert "Solo" in window.actions_["redo"].text()
    assert "Separate" in window.actions_["undo"].text()
    assert window.actions_["redo"].iconText() == "Redo"
    qtbot.keyClick(listed, Qt.Key.Key_End)
    assert window.controller.shown_run().component(2).is_muted


def test_one_drag_of_a_fader_is_one_step(separated, qtbot) -> None:
    window = separated
    fader = window.panes.components.tiles[0].parts.fader
    QTest.mousePress(fader, LEFT, pos=QPoint(30, 8))
    for x in (28, 24, 20, 16):
        QTest.mouseMove(fader, QPoint(x, 8))
    QTest.mouseRelease(fader, LEFT, pos=QPoint(16, 8))
    assert len(steps(window)) == 3
    gain_db = window.controller.shown_run().component(0).gain_db
    assert gain_db < -1
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.controller.shown_run().component(0).gain_db == 0
    assert fader.gain_db == 0


@pytest.mark.parametrize("of", ["component", "source"])
def test_a_key_that_is_held_down_is_one_step_and_tapped_anew_another(separated, of) -> None:
    window = separated
    fader = window.panes.components.tiles[0].parts.fader
    if of == "source":
        window.source_desk.add()
        fader = window.panes.sources.rows[0].fader
    n_before = len(steps(window))
    for _ in range(2):
        for repeats in (False, True, True, True):
            hold(fader, Qt.Key.Key_Left, repeats)
        let_go(fader, Qt.Key.Key_Left)
    assert len(steps(window)) == n_before + 2
    assert fader.gain_db == -4
    window.history.undo()
    assert fader.gain_db == -2


def test_the_wheel_is_one_step_until_the_pointer_leaves(separated, qtbot) -> None:
    fader = separated.panes.components.tiles[0].parts.fader
    fader.setFocus()
    for _ in range(2):
        for _ in range(3):
            turn_wheel(fader)
        QApplication.sendEvent(fader, QEvent(QEvent.Type.Leave))
    assert len(steps(separated)) == 4


def test_undo_in_the_middle_of_a_drag_does_not_swallow_what_follows(separated) -> None:
    fader = separated.panes.components.tiles[0].parts.fader
    QTest.mousePress(fader, LEFT, pos=QPoint(30, 8))
    QTest.mouseMove(fader, QPoint(20, 8))
    separated.history.undo()
    QTest.mouseMove(fader, QPoint(10, 8))
    QTest.mouseRelease(fader, LEFT, pos=QPoint(10, 8))
    assert steps(separated)[-1] == "Gain of Component 1"
    separated.history.undo()
    assert fader.gain_db == 0


def test_what_is_heard_goes_back_too(separated, qtbot) -> None:
    window = separated
    window.selection.select([1], 1)
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.listening._mix.gains[1] == 0
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.listening._mix.gains.tolist() == [1, 1, 1]


def test_deleting_a_run_is_taken_back(two, qtbot) -> None:
    two.controller.delete_run(2)
    assert len(two.controller.document.runs) == 1
    qtbot.keyClick(two, Qt.Key.Key_Z, CTRL)
    assert [run.id for run in two.controller.document.runs] == [1, 2]
    assert two.controller.document.current_run_id == 2


def test_looking_at_another_run_is_no_step(two) -> None:
    before = steps(two)
    two.controller.choose_run(1)
    assert steps(two) == before


def test_another_recording_begins_another_history(separated, wait, sound_file) -> None:
    separated.files.open(sound_file)
    answer_unsaved(separated, wait, "Discard")
    wait(lambda: not separated.controller.document.runs)
    assert len(steps(separated)) == 1
    assert not separated.actions_["undo"].isEnabled()


def test_a_run_can_go_on_while_steps_are_taken_back(separated, wait, qtbot) -> None:
    window = separated
    window.panes.settings._fields["n_iterations"].setValue(400)
    window.runs.separate()
    wait(lambda: window.controller.live is not None)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.controller.document.runs == ()
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))
    assert [run.id for run in window.controller.document.runs] == [2]
    separate(window, wait, seed=3)
    assert [run.id for run in window.controller.document.runs] == [2, 3]


def test_what_comes_back_is_selected(separated, qtbot) -> None:
    window, tiles = separated, separated.panes.components
    tiles.selection.select([0, 2], 0)
    qtbot.keyClick(tiles.tiles[0], Qt.Key.Key_Delete)
    assert tiles.selection.components == []
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert tiles.selection.components == [0, 2]
    qtbot.keyClick(window, Qt.Key.Key_J, CTRL)
    assert tiles.selection.components == [0]
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert tiles.selection.components == [0, 2]
    assert window.panes.factors._indices == [0, 2]
    qtbot.keyClick(window, Qt.Key.Key_M)
    tiles.selection.select([1], 1)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert tiles.selection.components == [1]


def test_a_run_that_is_taken_back_and_forth_during_another_stays(separated, wait, qtbot) -> None:
    window, first = separated, separated.controller.document.run(1)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    window.panes.settings._fields["n_iterations"].setValue(4000)
    window.runs.separate()
    wait(lambda: window.controller.live is not None)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL | SHIFT)
    assert [row.id for row in window.panes.runs.model.rows] == [1, 2]
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))
    assert [run.id for run in window.controller.document.runs] == [1, 2]
    assert window.controller.document.run(1) is first


def test_a_run_keeps_its_number_though_an_edit_ends_what_was_taken_back(two, wait, qtbot) -> None:
    window = two
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    window.runs.separate()
    window.panes.components.tiles[0].parts.mute_button.click()  # before there is a snapshot
    assert window.controller.running.run is None
    shown = [row.id for row in window.panes.runs.model.rows]
    assert shown == [1, window.controller.running.run_id]
    wait(lambda: not window.controller.is_busy("run"))
    assert [run.id for run in window.controller.document.runs] == shown


ACTS = ("mute", "solo", "group", "ungroup", "duplicate", "merge", "delete", "restore", "undo")


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7)), max_size=12))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_acts_can_be_taken_back_and_forth(separated, acts) -> None:
    window, history = separated, separated.controller.history
    window.controller.go(1)
    start = history.document
    for act, choice in acts:
        tiles = window.panes.components
        chosen = [tile.index for n, tile in enumerate(tiles.tiles) if (choice >> n % 3) & 1]
        tiles.selection.select(chosen, chosen[0] if chosen else None)
        if window.actions_[act].isEnabled() and (act != "undo" or history.place > 1):
            window.actions_[act].trigger()
    last = history.document
    gains = window.listening._mix.gains
    while history.place > 1:
        window.history.undo()
    assert history.document is start
    for step in history.steps[2:]:
        window.history.redo()
        assert history.document is step.document
    if history.steps[-1].document is last:
        np.testing.assert_array_equal(window.listening._mix.gains, gains)
