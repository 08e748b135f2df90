"""Keys can be looked up and changed; the list is made of the actions themselves."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QMenu

from isnmf_gui.gui.actions.action_entries import ENTRIES
from isnmf_gui.gui.actions.shortcuts_dialog import KEYS, WHAT, ShortcutsDialog
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
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


def test_space_plays_after_a_click_on_a_button(separated, sound_card, wait, qtbot) -> None:
    """Where Tab came to it, it is pressed."""
    window, hands = separated, Hands()
    tile = window.panes.components.tiles[0]
    for widget in (tile.parts.solo_button, window.panes.spectrogram.scale_button):
        hands.click(widget, widget.rect().center())
        assert widget.isChecked() is (widget is tile.parts.solo_button)
        hands.press(window, Qt.Key.Key_Space)
        wait(lambda: window.controller.player.is_playing)
        assert widget.isChecked() is (widget is tile.parts.solo_button)
        window.controller.player.stop()
    window.panes.spectrogram.plot.setFocus()
    window.panes.spectrogram.scale_button.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(window, Qt.Key.Key_Space)
    assert window.panes.spectrogram.scale_button.isChecked()
    assert not window.controller.player.is_playing


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


@pytest.mark.parametrize("keys", ["S", "Ctrl+S", "3", "Alt+0"])
def test_keys_that_are_taken_are_refused(dialog, keys: str) -> None:
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
    assert [dialog.table.item(row, WHAT).text() for row in shown] == ["Export"]
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
