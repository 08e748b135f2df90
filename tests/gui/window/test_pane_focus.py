"""F6 goes from pane to pane: in order, round and round, and to where one was."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from isnmf_gui.gui.tiles.tile import Tile
from isnmf_gui.gui.window.main_window import MainWindow

SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(window: MainWindow, qtbot, back: bool = False) -> QWidget:
    modifiers = SHIFT if back else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F6, modifiers)
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def start(window: MainWindow) -> None:
    window.panes.settings.preset_box.setFocus()


def test_it_goes_through_all_panes_and_back(separated, qtbot) -> None:
    panes = separated.panes
    panes.components.selection.select([1], 1)
    start(separated)
    expected = [
        panes.spectrogram.plot, panes.components.tiles[0], panes.loss.plot, panes.runs.view,
        panes.factors.basis.plot, panes.transport.play_button, panes.settings.preset_box,
    ]  # fmt: skip
    assert [press(separated, qtbot) for _ in expected] == expected
    back = [*expected[-2::-1], expected[-1]]
    assert [press(separated, qtbot, back=True) for _ in back] == back


def test_it_comes_back_to_where_one_was(separated, qtbot) -> None:
    panes = separated.panes
    start(separated)
    fit = panes.loss.fit_button
    fit.setFocus()
    assert press(separated, qtbot) is panes.runs.view
    assert press(separated, qtbot, back=True) is fit
    panes.left.setCurrentWidget(panes.history)
    panes.transport.play_button.setFocus()
    assert press(separated, qtbot) is panes.history.list


def test_what_is_hidden_or_can_do_nothing_is_left_out(window, qtbot) -> None:
    start(window)
    reached = [press(window, qtbot) for _ in range(4)]
    assert reached[0] is window.panes.welcome.open_button
    assert all(it.isVisible() and it.isEnabled() for it in reached)
    assert not any(window.panes.factors.isAncestorOf(it) for it in reached)


def test_a_tile_that_went_is_no_place_to_come_back_to(separated, qtbot) -> None:
    panes = separated.panes
    panes.components.tiles[2].setFocus()
    panes.components.selection.select([2], 2)
    start(separated)
    separated.actions_["delete"].trigger()
    press(separated, qtbot)
    tile = press(separated, qtbot)
    assert isinstance(tile, Tile)
    assert tile in panes.components.tiles


def test_what_gets_the_focus_is_seen_to_have_it(separated, qtbot) -> None:
    separated.selection.select([1], 1)
    start(separated)
    for _ in range(7):
        before = separated.grab().toImage()
        focus = press(separated, qtbot)
        qtbot.wait(20)
        assert separated.grab().toImage() != before, focus


def test_a_field_out_of_sight_is_scrolled_to(opened, qtbot) -> None:
    opened.resize(1024, 560)
    panel = opened.panes.settings
    panel.threads_box.setFocus()
    press(opened, qtbot)
    panel.preset_box.parentWidget().parentWidget().parentWidget().verticalScrollBar().setValue(0)
    assert press(opened, qtbot, back=True) is panel.threads_box
    assert not panel.threads_box.visibleRegion().isEmpty()
