"""Keys can be looked up and changed; the list is made of the actions themselves."""

import re

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
)

from isnmf_gui.gui.actions.action_entries import ENTRIES
from isnmf_gui.gui.actions.shortcuts_dialog import KEYS, WHAT, ShortcutsDialog
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.run_tools import begin, end
from tests.monkey.hands import Hands

BUTTON = QDialogButtonBox.StandardButton


@pytest.fixture
def dialog(window: MainWindow) -> ShortcutsDialog:
    return window.show_shortcuts()


def set_keys(dialog: ShortcutsDialog, name: str, keys: str) -> None:
    dialog.edits[name].setKeySequence(QKeySequence(keys))


def ok(dialog: ShortcutsDialog):
    return dialog.buttons.button(BUTTON.Ok)


def test_every_action_is_listed_with_its_keys(window, dialog) -> None:
    assert set(dialog.edits) == {entry.name for entry in ENTRIES}
    for entry in ENTRIES:
        assert dialog.edits[entry.name].keySequence() == QKeySequence(entry.shortcut)
    assert ok(dialog).isEnabled()  # as delivered no key is wanted twice


def test_numbered_actions_have_keys_that_can_be_changed(separated, qtbot) -> None:
    dialog = separated.show_shortcuts()
    assert dialog.edits["hear_3"].keySequence() == QKeySequence("3")
    assert dialog.edits["into_0"].keySequence() == QKeySequence("Alt+0")
    set_keys(dialog, "into_1", "Ctrl+Alt+1")
    ok(dialog).click()
    separated.selection.select([1], 1)
    separated.panes.components.group_selection()
    separated.selection.select([0], 0)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(separated, Qt.Key.Key_1, keys)
    assert len(separated.controller.shown_run().members(1)) == 2


def plays_by_space(window: MainWindow, hands: Hands) -> bool:
    """Press Space, and tell whether that made it play."""
    player = window.controller.player
    player.stop()
    hands.press(window, Qt.Key.Key_Space)
    plays = player.is_playing
    player.stop()
    return plays


def middle_of(view: QAbstractItemView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_space_plays_after_a_click_wherever_it_was(two, sound_output, wait) -> None:
    window, hands = two, Hands()
    panes, tile = window.panes, window.panes.components.tiles[0]
    view = panes.runs.view
    hands.click(view.viewport(), middle_of(view, 0))
    assert window.controller.shown_run().id == 1
    assert view.hasFocus()
    assert plays_by_space(window, hands)
    assert not panes.runs.model.hidden
    hands.click(tile.parts.solo_button, tile.parts.solo_button.rect().center())
    assert plays_by_space(window, hands)
    assert tile.parts.solo_button.isChecked()
    order = panes.components.order_box
    hands.click(order, order.rect().center())
    hands.press(order.view().window(), Qt.Key.Key_Down)
    hands.press(order.view().window(), Qt.Key.Key_Return)
    assert order.currentIndex() == 1
    assert plays_by_space(window, hands)
    for panel, place in ((panes.sources, None), (panes.history, 1)):
        panes.left.setCurrentWidget(panel)
        QApplication.processEvents()
        clicked = panel if place is None else panel.list.viewport()
        at = panel.rect().center() if place is None else middle_of(panel.list, place)
        hands.click(clicked, at)
        assert plays_by_space(window, hands)
    assert window.controller.history.place == 1


def test_space_is_the_lists_where_tab_came_to_it(two, sound_output, wait) -> None:
    window, hands = two, Hands()
    view, box = window.panes.runs.view, window.panes.spectrogram.scale_button
    box.setFocus()
    hands.press(window, Qt.Key.Key_Tab)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert not plays_by_space(window, hands)
    assert len(window.panes.runs.model.hidden) == 1
    was = box.isChecked()
    box.setFocus(Qt.FocusReason.TabFocusReason)
    assert not plays_by_space(window, hands)
    assert box.isChecked() is not was
    # A click on what takes no focus ends that, though the box has it still.
    hands.click(window.status, window.status.rect().center())
    assert box.hasFocus()
    assert plays_by_space(window, hands)
    assert box.isChecked() is not was


def test_a_click_counts_after_a_dialog_too(two, sound_output, wait) -> None:
    window, hands = two, Hands()
    view = window.panes.runs.view
    hands.click(view.viewport(), middle_of(view, 1))
    dialog = window.show_shortcuts()
    hands.press(dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    wait(view.hasFocus)
    assert plays_by_space(window, hands)
    assert not window.panes.runs.model.hidden


def test_what_a_click_disables_hands_no_key_to_its_neighbour(two, sound_output) -> None:
    window, hands = two, Hands()
    history = window.panes.history
    window.panes.left.setCurrentWidget(history)
    QApplication.processEvents()
    while history.undo_button.isEnabled():
        hands.click(history.undo_button, history.undo_button.rect().center())
    assert window.controller.history.place == 0
    assert plays_by_space(window, hands)
    assert window.controller.history.place == 0


def test_the_focus_goes_with_a_window_that_goes(theme, qtbot) -> None:
    window = MainWindow(theme, Preferences())
    window.show()
    window.activateWindow()
    window.panes.left.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    with qtbot.captureExceptions() as exceptions:
        shiboken6.delete(window)
    assert exceptions == []


def test_text_keeps_its_keys_after_a_click(two) -> None:
    window, hands = two, Hands()
    view = window.panes.runs.view
    hands.click(view.viewport(), middle_of(view, 0), twice=True)
    field = view.findChild(QLineEdit)
    hands.type(window, "s m 1")
    assert field.text() == "s m 1"
    assert not window.controller.player.is_playing
    hands.press(window, Qt.Key.Key_Return)
    assert window.controller.document.runs[0].title == "s m 1"
    hands.press(window, Qt.Key.Key_Delete)  # the run, not a component
    assert len(window.controller.document.runs) == 1


def test_a_key_is_changed_now_and_for_good(window, dialog, theme, qtbot) -> None:
    set_keys(dialog, "mute", "Ctrl+M")
    ok(dialog).click()
    action = window.actions_["mute"]
    assert action.shortcut() == QKeySequence("Ctrl+M")
    assert "Ctrl+M" in action.toolTip()
    assert window.panes.components.keys_of("mute") == "Ctrl+M"
    other = MainWindow(theme, Preferences())
    assert other.actions_.keys("mute") == "Ctrl+M"
    again = other.show_shortcuts()
    again.buttons.button(BUTTON.RestoreDefaults).click()
    ok(again).click()
    assert other.actions_.keys("mute") == "M"
    other.files.close_now()
    other.deleteLater()
    assert Preferences().keys("mute", "M") == "M"


def test_the_changed_key_works_and_the_old_one_does_not(separated, qtbot) -> None:
    separated.actions_.set_keys("mute", "Ctrl+M")
    separated.selection.select([1], 1)
    tile = separated.panes.components.tiles[1]
    qtbot.keyClick(tile, Qt.Key.Key_M)
    assert not separated.controller.shown_run().component(1).is_muted
    qtbot.keyClick(tile, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert separated.controller.shown_run().component(1).is_muted


def test_keys_that_are_taken_are_refused(dialog, subtests) -> None:
    for keys in ("S", "Ctrl+S", "3", "Alt+0"):
        with subtests.test(keys):
            set_keys(dialog, "mute", keys)
            assert not ok(dialog).isEnabled()
            assert "Mute" in dialog.conflict.text()
            set_keys(dialog, "mute", "")
            assert ok(dialog).isEnabled()
            assert not dialog.conflict.isVisible()


def test_cancel_changes_nothing(window, dialog, qtbot) -> None:
    set_keys(dialog, "mute", "Ctrl+M")
    dialog.reject()
    assert window.actions_.keys("mute") == "M"


def test_actions_can_be_searched(dialog, qtbot) -> None:
    qtbot.keyClicks(dialog.search, "export")
    shown = [row for row in range(dialog.table.rowCount()) if not dialog.table.isRowHidden(row)]
    assert [dialog.table.item(row, WHAT).text() for row in shown] == [
        "Export",
        "Open the export's folder",
    ]
    Hands().press(dialog, Qt.Key.Key_Return)  # it accepts nothing from here
    assert dialog.isVisible()
    assert dialog.edits["export"].hasFocus()
    dialog.search.clear()
    assert not any(dialog.table.isRowHidden(row) for row in range(dialog.table.rowCount()))
    assert dialog.table.cellWidget(0, KEYS).accessibleName().startswith("Keys of ")


def test_nonsense_in_the_settings_is_no_key(theme) -> None:
    preferences = Preferences()
    preferences.store.setValue("shortcuts/mute", ["x", "y"])
    assert preferences.keys("mute", "M") == "M"


def test_no_letter_of_a_menu_is_underlined_twice(window) -> None:
    def look(menu: QMenu) -> None:
        texts = " ".join(it.text() for it in menu.actions())
        letters = [letter.upper() for letter in re.findall(r"&(\w)", texts)]
        assert len(letters) == len(set(letters)), texts
        for action in menu.actions():
            if action.menu():
                look(action.menu())

    for menu in window.actions_.menus.values():
        look(menu)


# -- keys that are named in menus ---------------------------------------------------------------


def test_the_menu_of_a_tile_names_the_keys_that_do_what_it_says(separated) -> None:
    window = separated
    window.selection.select([0, 1], 0)
    window.panes.components.group_selection()
    window.actions_.set_keys("into_1", "Ctrl+Alt+1")
    window.selection.select([1], 1)
    keys = {entry[0]: entry[1] for entry in window.panes.components.menu_entries(1) if entry}
    assert keys["Save sound…"] == ""  # Ctrl+E is for everything
    assert keys["Put into Source 1"] == "Ctrl+Alt+1"
    assert keys["Remove from source"] == "Ctrl+Shift+G"


def test_the_menu_of_a_run_names_the_keys_that_there_are(opened, wait) -> None:
    window = opened
    window.actions_.set_keys("pause", "Ctrl+Alt+P")
    window.actions_.set_keys("cancel", "")
    begin(window, wait)
    panel = window.panes.runs
    (row,) = [it for it in panel.model.rows if it.is_live]
    menu = panel.make_menu(row)
    texts = [action.text() for action in menu.actions()]
    assert "Pause\tCtrl+Alt+P" in texts
    assert "Cancel" in texts
    menu.deleteLater()
    end(window, wait)
    assert panel.pause_button.toolTip() == "Pause the run (Ctrl+Alt+P)"
    assert panel.cancel_button.toolTip() == "Stop the run and keep what it has reached"
