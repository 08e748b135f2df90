"""Tiles: mute, solo, gain, names, sources and the menu, by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from isnmf_gui.gui.widgets.mixer_controls import gain_text
from tests.gui.tiles.tile_desk import CTRL, KEYS, LEFT, Desk, N, choose_order, popups, turn_wheel

# -- the mix ----------------------------------------------------------------------------------


def test_solo_and_mute_act_on_one_tile_or_on_the_selection(desk) -> None:
    QTest.mouseClick(desk.tile(1).parts.mute_button, LEFT)
    assert desk.muted() == [1]
    assert desk.tile(1).parts.mute_button.isChecked()
    assert not desk.tile(1).is_heard
    assert desk.panel._header._heard.text() == "11 of 12 heard"
    desk.panel.selection.select([1, 2, 3], 1)
    QTest.mouseClick(desk.tile(2).parts.solo_button, LEFT)
    assert desk.soloed() == [1, 2, 3]
    assert desk.panel._header._heard.text() == "2 of 12 heard"  # one of them is still muted
    QTest.mouseClick(desk.tile(7).parts.solo_button, LEFT)  # not one of the selected
    assert desk.soloed() == [1, 2, 3, 7]
    QTest.keyClick(desk.tile(7).parts.solo_button, Qt.Key.Key_Space)
    assert desk.soloed() == [1, 2, 3]
    QTest.mouseClick(desk.panel.reset_button, LEFT)
    assert desk.muted() == desk.soloed() == []
    assert desk.panel._header._heard.text() == ""
    assert not desk.panel.reset_button.isEnabled()


def test_methods_for_the_windows_keys(desk) -> None:
    panel = desk.panel
    for method in (panel.mute_selection, panel.solo_selection, panel.group_selection):
        method()  # nothing is selected: nothing happens
    assert desk.muted() == desk.soloed() == []
    assert not desk.run.sources
    panel.selection.select([2, 4], 2)
    panel.mute_selection()
    assert desk.muted() == [2, 4]
    panel.selection.select([2, 5], 2)
    panel.mute_selection()  # one of them is not muted yet
    assert desk.muted() == [2, 4, 5]
    panel.mute_selection()
    assert desk.muted() == [4]
    panel.solo_selection()
    assert desk.soloed() == [2, 5]
    panel.group_selection()
    assert desk.tile(2).source == desk.tile(5).source == "Source 1"
    panel.audition_number(3)
    panel.audition_number(N + 1)
    assert desk.played == [2]


def test_badge_name_key_and_menu_agree_in_every_order(desk) -> None:
    for key in ("number", "energy", "pitch", "brightness", "onsets", "source"):
        choose_order(desk, key)
        for tile in desk.panel.tiles:
            number = tile.component.number
            assert tile.accessibleName().startswith(f"Component {number},")
            desk.panel.audition_number(number)
            assert desk.played.pop() == tile.index
            keys = menu(desk, tile.index)["Hear alone"][1]
            assert keys == KEYS.get(f"hear_{number}", "")


def test_a_drag_moves_a_fader_and_a_double_click_resets_it(desk) -> None:
    fader = desk.tile(4).parts.fader
    start = QPoint(fader.width() // 3, fader.height() // 2)
    QTest.mousePress(fader, LEFT, pos=start)
    assert desk.gains()[4] == 0  # it is taken where it is, and does not jump
    QTest.mouseMove(fader, start - QPoint(20, 0))
    lower = desk.gains()[4]
    assert -40 < lower < -5
    assert fader.gain_db == pytest.approx(lower, abs=0.05)
    QTest.mouseMove(fader, start + QPoint(300, 0))
    assert desk.gains()[4] == 12
    QTest.mouseMove(fader, start - QPoint(300, 0))
    assert desk.gains()[4] == -60
    QTest.mouseRelease(fader, LEFT, pos=start)
    assert sum(gain != 0 for gain in desk.gains()) == 1
    QTest.mouseDClick(fader, LEFT)
    assert desk.gains() == [0] * N


def test_faders_of_a_selection_move_together_and_keep_their_distance(desk) -> None:
    desk.set_gains({1: -6.0, 2: 3.0, 3: -20.0})
    desk.panel.selection.select([1, 2, 3], 1)
    fader = desk.tile(1).parts.fader
    start = QPoint(30, fader.height() // 2)
    QTest.mousePress(fader, LEFT, pos=start)
    QTest.mouseMove(fader, start + QPoint(100, 0))  # the loudest meets the end
    assert desk.gains()[2] == 12
    QTest.mouseMove(fader, start + QPoint(5, 0))
    one, two, three = desk.gains()[1:4]
    assert two - one == pytest.approx(9)
    assert three - one == pytest.approx(-14)
    QTest.mouseRelease(fader, LEFT, pos=start)
    QTest.mouseClick(fader, LEFT, CTRL)
    assert desk.gains() == [0] * N


def test_faders_by_keyboard(desk) -> None:
    fader = desk.tile(3).parts.fader
    fader.setFocus()
    QTest.keyClick(fader, Qt.Key.Key_Left)
    assert desk.gains()[3] == -0.5
    QTest.keyClick(fader, Qt.Key.Key_PageDown)
    assert desk.gains()[3] == -3.5
    assert fader.account().says == "−3.5 dB"
    QTest.keyClick(fader, Qt.Key.Key_Home)
    assert desk.gains()[3] == -60
    QTest.keyClick(fader, Qt.Key.Key_Delete)
    assert desk.gains()[3] == 0
    tile = desk.tile(3)
    tile.setFocus()
    QTest.keyClicks(tile, "++-")
    assert desk.gains()[3] == 1


def test_the_wheel_moves_a_fader_only_with_the_focus(desk) -> None:
    fader = desk.tile(0).parts.fader
    turn_wheel(fader, 1)
    assert desk.gains()[0] == 0
    fader.setFocus()
    turn_wheel(fader, -1)
    assert desk.gains()[0] < 0


@pytest.mark.parametrize(
    ("gain_db", "text"), [(-60, "−∞ dB"), (-0.0, "0.0 dB"), (-3.46, "−3.5 dB"), (12, "+12.0 dB")]
)
def test_gains_are_written_as_people_write_them(gain_db, text) -> None:
    assert gain_text(gain_db) == text


# -- names, sources, menu ---------------------------------------------------------------------


def test_rename_in_place(desk, qtbot) -> None:
    tile = desk.tile(2)
    box = tile._name_box().center()
    QTest.mouseDClick(tile, LEFT, pos=box)
    field = tile.findChild(QLineEdit)
    QTest.keyClicks(field, "Flute 1M")  # letters that are keys elsewhere
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert desk.run.component(2).name == "Flute 1M"
    assert "Flute 1M" in tile.accessibleName()
    assert tile.hasFocus()
    qtbot.waitUntil(lambda: tile.findChild(QLineEdit) is None)
    QTest.keyClick(tile, Qt.Key.Key_F2)
    field = tile.findChild(QLineEdit)
    assert field.selectedText() == "Flute 1M"
    QTest.keyClicks(field, "Oboe")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.run.component(2).name == "Flute 1M"
    assert desk.played == []
    qtbot.waitUntil(lambda: tile.findChild(QLineEdit) is None)
    QTest.keyClick(tile, Qt.Key.Key_F2)
    field = tile.findChild(QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Delete)
    desk.tile(3).setFocus()  # leaving takes what was written
    assert desk.run.component(2).name == "Component 3"


def test_a_double_click_on_the_picture_plays(desk) -> None:
    QTest.mouseDClick(desk.tile(6).parts.picture, LEFT)
    assert desk.played == [6]


def menu(desk: Desk, index: int) -> dict[str, object]:
    return {entry[0]: entry for entry in desk.panel.menu_entries(index) if entry}


def test_the_menu_does_everything(desk) -> None:
    desk.panel.selection.select([1, 2], 1)
    entries = menu(desk, 1)
    for name, keys in (
        ("Solo", "S"), ("Mute", "M"), ("Group into a source", "Ctrl+G"),
        ("Rename…", "F2"), ("Save sound…", ""), ("Hear alone", "2"),
    ):  # fmt: skip
        assert entries[name][1] == keys
    assert not entries["Reset gain"][2]
    assert not entries["Remove from source"][2]
    for name in ("Solo", "Mute", "Group into a source"):
        entries[name][3]()
    assert desk.soloed() == desk.muted() == [1, 2]
    desk.set_gains({2: -4.0})
    entries = menu(desk, 1)
    for name in ("End solo", "Unmute", "Reset gain", "Remove from source"):
        assert entries[name][2]
        entries[name][3]()
    assert desk.soloed() == desk.muted() == []
    assert desk.gains() == [0] * N
    assert desk.run.sources == ()
    assert desk.tile(1).source == ""


@popups
def test_the_menu_opens_by_right_click_on_what_it_is_for(desk, qtbot) -> None:
    desk.panel.selection.select([1, 2], 1)
    desk.tile(5).menu_wanted.emit(5, desk.panel.mapToGlobal(QPoint(50, 50)))
    popup = QApplication.activePopupWidget()
    assert desk.panel.selection.components == [5]
    assert "Mute\tM" in [action.text() for action in popup.actions()]
    next(action for action in popup.actions() if action.text() == "Mute\tM").trigger()
    popup.close()
    assert desk.muted() == [5]
