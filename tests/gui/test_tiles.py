"""Tiles: selecting, the mix, names, order, levels; by mouse and by keys."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip

from isnmf_gui.gui.panels.components_panel import ComponentsPanel
from isnmf_gui.gui.panels.tile_controls import gain_text
from isnmf_gui.gui.panels.tiles import Tile
from isnmf_gui.gui.theme import Choice
from isnmf_gui.session import mixing
from isnmf_gui.session.document import Run
from tests.gui.runs import some_run

LEFT = Qt.MouseButton.LeftButton
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
N = 12
# Offscreen there is no window manager, nor another program's window to be above.
popups = pytest.mark.qt_log_ignore("raise\\(\\)", "grabbing the keyboard", extend=True)


class Desk:
    """A panel whose wishes are granted, as the window does it."""

    def __init__(self, panel: ComponentsPanel, run: Run) -> None:
        self.panel, self.run = panel, run
        self.selections: list[tuple[list[int], int | None]] = []
        self.played: list[int] = []
        panel.mute_wanted.connect(lambda i, on: self.take(mixing.set_muted(self.run, i, on)))
        panel.solo_wanted.connect(lambda i, on: self.take(mixing.set_soloed(self.run, i, on)))
        panel.gain_wanted.connect(self.set_gains)
        panel.rename_wanted.connect(
            lambda i, name: self.take(mixing.rename_component(self.run, i, name))
        )
        panel.group_wanted.connect(lambda i: self.take(mixing.group(self.run, i)))
        panel.ungroup_wanted.connect(lambda i: self.take(mixing.ungroup(self.run, i)))
        panel.reset_wanted.connect(lambda: self.take(mixing.reset_mix(self.run)))
        panel.play_wanted.connect(self.played.append)
        panel.selection_changed.connect(lambda *it: self.selections.append(it))
        self.take(run)

    def take(self, run: Run) -> None:
        self.run = run
        self.panel.show_run(run)

    def set_gains(self, gains: dict[int, float]) -> None:
        run = self.run
        for index, gain_db in gains.items():
            run = mixing.set_gain(run, [index], gain_db)
        self.take(run)

    def tile(self, index: int) -> Tile:
        return next(tile for tile in self.panel.tiles if tile.index == index)

    def gains(self) -> list[float]:
        return [self.run.component(i).gain_db for i in range(len(self.run.components))]

    def muted(self) -> list[int]:
        return [it.index for it in self.run.components if it.is_muted]

    def soloed(self) -> list[int]:
        return [it.index for it in self.run.components if it.is_soloed]

    def shown(self) -> list[int]:
        return [tile.index for tile in self.panel.tiles]


@pytest.fixture
def desk(qtbot, theme) -> Iterator[Desk]:
    panel = ComponentsPanel(theme)
    panel.resize(780, 520)
    desk = Desk(panel, some_run(N))
    panel.show()
    qtbot.waitExposed(panel)
    qtbot.wait(10)
    yield desk
    panel.close()
    panel.deleteLater()


def click(desk: Desk, index: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mouseClick(desk.tile(index).parts.picture, LEFT, modifier)


def drag(widget, start: QPoint, *stops: QPoint) -> None:
    QTest.mousePress(widget, LEFT, pos=start)
    for stop in stops:
        QTest.mouseMove(widget, stop)
    QTest.mouseRelease(widget, LEFT, pos=stops[-1])


# -- selecting --------------------------------------------------------------------------------


def test_clicks_select_one_several_and_ranges_as_shown(desk) -> None:
    panel = desk.panel
    click(desk, 2)
    assert panel.selected() == [2]
    assert desk.selections[-1] == ([2], 2)
    click(desk, 5, CTRL)
    assert panel.selected() == [2, 5]
    click(desk, 2, CTRL)
    assert desk.selections[-1] == ([5], None)
    click(desk, 3)
    click(desk, 6, SHIFT)
    assert panel.selected() == [3, 4, 5, 6]
    click(desk, 1, SHIFT)  # from where the range began
    assert panel.selected() == [1, 2, 3]


def test_ranges_follow_the_order_that_is_shown(desk) -> None:
    desk.panel.show_run(desk.run, "ratio")  # whose energies rise
    choose_order(desk, "energy")
    assert desk.shown() == list(range(N))[::-1]
    click(desk, 11)
    click(desk, 9, SHIFT)
    assert desk.panel.selected() == [9, 10, 11]


def test_arrows_go_extend_and_leave_alone(desk) -> None:
    columns = desk.panel.grid.columns
    assert columns == 4
    click(desk, 0)
    desk.tile(0).setFocus()
    for key, expected in (
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
    ):
        QTest.keyClick(QApplication.focusWidget(), key)
        assert desk.panel.selected() == [expected]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    assert desk.panel.selected() == [0, 1, 2]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, SHIFT)
    assert desk.panel.selected() == [0, 1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, CTRL)
    assert desk.panel.selected() == [0, 1]
    assert desk.tile(2).hasFocus()


def test_a_box_drawn_over_tiles_selects_them(desk) -> None:
    first, fifth = desk.tile(0), desk.tile(5)
    start = QPoint(20, 40)
    inside = fifth.geometry().topLeft() + QPoint(20, 20) - first.pos()
    QTest.mousePress(first.parts.picture, LEFT, pos=first.parts.picture.mapFrom(first, start))
    QTest.mouseMove(first.parts.picture, first.parts.picture.mapFrom(first, inside))
    assert desk.panel.grid._band.isVisible()
    assert desk.panel.selected() == [0, 1, 4, 5]
    QTest.mouseRelease(first.parts.picture, LEFT, pos=first.parts.picture.mapFrom(first, inside))
    assert not desk.panel.grid._band.isVisible()
    assert desk.panel.selected() == [0, 1, 4, 5]
    content = desk.panel.grid.content
    gap = QPoint(first.geometry().right() + 3, 30)
    drag(content, gap, gap + QPoint(30, 10), gap + QPoint(60, 20))
    assert desk.panel.selected() == [1]


def test_a_click_between_tiles_selects_none(desk) -> None:
    click(desk, 3)
    QTest.mouseClick(desk.panel.grid.content, LEFT, pos=QPoint(desk.tile(0).width() + 2, 30))
    assert desk.panel.selected() == []


# -- the mix ----------------------------------------------------------------------------------


def test_solo_and_mute_act_on_one_tile_or_on_the_selection(desk) -> None:
    QTest.mouseClick(desk.tile(1).parts.mute_button, LEFT)
    assert desk.muted() == [1]
    assert desk.tile(1).parts.mute_button.isChecked()
    assert desk.tile(1).parts.mute_button.accessibleName() == "Unmute component 2"
    assert not desk.tile(1).is_heard
    assert desk.panel._heard.text() == "11 of 12 heard"
    desk.panel.select([1, 2, 3], 1)
    QTest.mouseClick(desk.tile(2).parts.solo_button, LEFT)
    assert desk.soloed() == [1, 2, 3]
    assert desk.panel._heard.text() == "2 of 12 heard"  # one of them is still muted
    QTest.mouseClick(desk.tile(7).parts.solo_button, LEFT)  # not one of the selected
    assert desk.soloed() == [1, 2, 3, 7]
    QTest.keyClick(desk.tile(7).parts.solo_button, Qt.Key.Key_Space)
    assert desk.soloed() == [1, 2, 3]
    QTest.mouseClick(desk.panel.reset_button, LEFT)
    assert desk.muted() == desk.soloed() == []
    assert desk.panel._heard.text() == ""
    assert not desk.panel.reset_button.isEnabled()


def test_methods_for_the_windows_keys(desk) -> None:
    panel = desk.panel
    for method in (panel.mute_selection, panel.solo_selection, panel.group_selection):
        method()  # nothing is selected: nothing happens
    assert desk.muted() == desk.soloed() == []
    assert not desk.run.sources
    panel.select([2, 4], 2)
    panel.mute_selection()
    assert desk.muted() == [2, 4]
    panel.select([2, 5], 2)
    panel.mute_selection()  # one of them is not muted yet
    assert desk.muted() == [2, 4, 5]
    panel.mute_selection()
    assert desk.muted() == [4]
    panel.solo_selection()
    assert desk.soloed() == [2, 5]
    panel.group_selection()
    assert desk.tile(2).source == desk.tile(5).source == "Source 1"
    panel.audition_place(3)
    panel.audition_place(N + 1)
    assert desk.played == [2]


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
    desk.panel.select([1, 2, 3], 1)
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
    assert fader.accessibleName() == "Gain of component 4: −3.5 dB"
    QTest.keyClick(fader, Qt.Key.Key_Home)
    assert desk.gains()[3] == -60
    QTest.keyClick(fader, Qt.Key.Key_Delete)
    assert desk.gains()[3] == 0
    tile = desk.tile(3)
    tile.setFocus()
    QTest.keyClicks(tile, "++-")
    assert desk.gains()[3] == 1


def turn_wheel(widget, steps: int) -> None:
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, widget.mapToGlobal(place), QPoint(), QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


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
    desk.panel.select([1, 2], 1)
    entries = menu(desk, 1)
    for name, keys in (("Solo", "S"), ("Mute", "M"), ("Group into a source", "Ctrl+G"),
                       ("Rename…", "F2"), ("Save…", "Ctrl+E"), ("Hear alone", "2")):  # fmt: skip
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
    desk.panel.select([1, 2], 1)
    desk.tile(5).menu_wanted.emit(5, desk.panel.mapToGlobal(QPoint(50, 50)))
    popup = QApplication.activePopupWidget()
    assert desk.panel.selected() == [5]
    assert "Mute\tM" in [action.text() for action in popup.actions()]
    next(action for action in popup.actions() if action.text() == "Mute\tM").trigger()
    popup.close()
    assert desk.muted() == [5]


# -- order ------------------------------------------------------------------------------------


def choose_order(desk: Desk, key: str) -> None:
    box = desk.panel.order_box
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_orders(desk) -> None:
    sounds = desk.panel._sounds.descriptors()
    choose_order(desk, "brightness")
    assert desk.shown() == np.argsort(sounds.brightness_hz, kind="stable").tolist()
    choose_order(desk, "onsets")
    assert desk.shown() == np.argsort(-sounds.onsets_per_s, kind="stable").tolist()
    choose_order(desk, "pitch")
    assert sorted(desk.shown()) == list(range(N))
    choose_order(desk, "number")
    assert desk.shown() == list(range(N))


def test_sources_stand_together_and_move_when_they_are_made(desk) -> None:
    choose_order(desk, "source")
    desk.panel.select([3, 8], 3)
    desk.tile(8).setFocus()
    desk.panel.group_selection()
    assert desk.shown()[:3] == [3, 8, 0]
    assert desk.tile(8).hasFocus()
    assert desk.panel.selected() == [3, 8]


def test_tiles_keep_their_places_while_a_run_goes_on(desk) -> None:
    desk.take(some_run(N, seed=1, live=True))
    choose_order(desk, "energy")
    order = desk.shown()
    assert order != list(range(N))
    assert "≈" in desk.tile(0).share_text
    desk.panel._sounds._estimated_s = -np.inf
    desk.take(some_run(N, seed=2, live=True))
    assert desk.shown() == order
    choose_order(desk, "energy")
    assert desk.shown() != order
    desk.take(some_run(N, seed=2))
    assert desk.shown() == list(range(N))
    assert desk.tile(0).share_text == "50 %"


# -- pictures, levels, cost -------------------------------------------------------------------


def test_pictures_follow_the_factors_and_the_axis(desk, qtbot) -> None:
    tile = desk.tile(0)
    qtbot.waitUntil(lambda: not tile.parts.picture._image.isNull())
    first = tile.parts.picture._bytes
    desk.panel.set_logarithmic(False)
    qtbot.waitUntil(lambda: tile.parts.picture._bytes != first)
    linear = tile.parts.picture._bytes
    desk.take(some_run(N, seed=3, live=True))
    qtbot.waitUntil(lambda: tile.parts.picture._bytes != linear)
    assert tile.parts.picture._image.size() == QSize(*tile.parts.picture.pixels())


def test_an_edit_of_the_mix_draws_no_picture_and_moves_no_tile(desk, qtbot, monkeypatch) -> None:
    qtbot.wait(20)
    monkeypatch.setattr(desk.panel.grid, "arrange", lambda *_: pytest.fail("laid out anew"))
    desk.set_gains({2: -7.0})
    assert not desk.panel.grid.is_waiting
    assert desk.tile(2).parts.fader.gain_db == -7


def test_levels(desk) -> None:
    width = desk.tile(0).parts.meter.width()
    desk.panel.set_levels({0: 1.0, 1: 10 ** (-30 / 20)})
    filled = [desk.tile(i).parts.meter._filled for i in range(3)]
    assert filled == [width, pytest.approx(width / 2, abs=1), 0]
    desk.panel.set_levels(np.full(N, 1e-4))
    assert desk.tile(0).parts.meter._filled == 0
    desk.panel.set_levels(np.ones(N))
    desk.panel.set_levels(None)
    assert {desk.tile(i).parts.meter._filled for i in range(N)} == {0}


def test_states_are_painted(desk, theme) -> None:
    """What a state changes can be seen, in both themes."""
    tile = desk.tile(1)
    try:
        for choice in (Choice.LIGHT, Choice.DARK):
            theme.choose(choice)
            seen = [tile.grab().toImage()]
            for change in (
                lambda: desk.panel.select([1], 1),
                lambda: desk.take(mixing.set_muted(desk.run, [1], True)),
                lambda: desk.panel.set_playing(1),
                lambda: desk.take(mixing.group(desk.run, [1], "Strings")),
                lambda: desk.panel.set_levels({1: 0.5}),
            ):
                change()
                seen.append(tile.grab().toImage())
                assert seen[-1] != seen[-2]
            desk.take(some_run(N))
            desk.panel.select([], None)
            desk.panel.set_playing(None)
            desk.panel.set_levels(None)
    finally:
        theme.choose(Choice.SYSTEM)


def test_tab_passes_the_tiles_quickly(desk) -> None:
    """Only one tile and its controls are on the way of the Tab key."""
    desk.tile(4).setFocus()
    tabbed = [
        widget
        for tile in desk.panel.tiles
        for widget in (tile, *tile.parts.controls)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert tabbed == [desk.tile(4), *desk.tile(4).parts.controls]
    for control in desk.tile(4).parts.controls:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert control.hasFocus()


@popups
def test_the_tooltip_tells_the_sound(desk) -> None:
    tile = desk.tile(0)
    place = QPoint(20, tile.height() - 8)
    QApplication.sendEvent(
        tile, QHelpEvent(QHelpEvent.Type.ToolTip, place, tile.mapToGlobal(place))
    )
    text = QToolTip.text()
    QToolTip.hideText()
    assert "brightness" in text
    assert "onsets/s" in text
    assert "50 % of the recording's energy" in text


def test_sixty_four_tiles(desk, qtbot) -> None:
    desk.take(some_run(64, live=True))
    qtbot.wait(20)
    assert len(desk.panel.tiles) == 64
    last = desk.tile(63)
    assert not last.is_furnished  # nobody sees it yet
    desk.panel.select([63], 63)
    desk.panel.grid.reveal(desk.tile(62))
    desk.tile(62).setFocus()
    QTest.keyClick(desk.tile(62), Qt.Key.Key_Right)
    assert last.hasFocus()
    qtbot.waitUntil(lambda: last.is_furnished and not last.parts.picture._image.isNull())
    desk.take(some_run(5))
    assert desk.shown() == list(range(5))
    assert desk.panel.selected() == []


# -- in the window ----------------------------------------------------------------------------


def test_the_mix_is_edited_in_the_document(separated, qtbot) -> None:
    tiles = separated.panes.components.tiles
    qtbot.mouseClick(tiles[1].parts.mute_button, LEFT)
    qtbot.mouseClick(tiles[0].parts.solo_button, LEFT)
    run = separated.controller.document.current_run
    assert [mixing.linear_gains(run)[i] for i in range(3)] == [1, 0, 0]
    assert not tiles[2].is_heard
    separated.panes.components.gain_wanted.emit({0: -6.0})
    run = separated.controller.document.current_run
    assert mixing.linear_gains(run)[0] == pytest.approx(10 ** (-6 / 20))
    separated.panes.components.rename_wanted.emit(0, "Tune")
    separated.panes.components.group_wanted.emit([0, 1])
    run = separated.controller.document.current_run
    assert run.component(0).name == "Tune"
    assert replace(run.component(0), source_id=None) != run.component(0)
    separated.panes.components.reset_wanted.emit()
    assert (mixing.linear_gains(separated.controller.document.current_run) == 1).all()


def test_tiles_follow_the_frequency_axis_of_the_large_view(separated, wait) -> None:
    tile = separated.panes.components.tiles[0]
    wait(lambda: not tile.parts.picture._image.isNull())
    before = tile.parts.picture._bytes
    separated.panes.spectrogram.scale_button.click()
    wait(lambda: tile.parts.picture._bytes != before)
