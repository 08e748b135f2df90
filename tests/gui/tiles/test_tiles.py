"""Tiles: selecting, the mix, names, order, levels; by mouse and by keys."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from isnmf_gui.gui.appearance.theme import Choice
from isnmf_gui.session.document.document import UNASSIGNED, Like, Run
from isnmf_gui.session.edits import mix_edits, source_edits
from tests.gui.made_runs import some_run
from tests.gui.tiles.tile_desk import CTRL, LEFT, SHIFT, N, choose_order, click, drag, popups

# -- selecting --------------------------------------------------------------------------------


def test_clicks_select_one_several_and_ranges_as_shown(desk) -> None:
    panel = desk.panel
    click(desk, 2)
    assert panel.selection.components == [2]
    assert desk.selections[-1] == ([2], 2)
    click(desk, 5, CTRL)
    assert panel.selection.components == [2, 5]
    click(desk, 2, CTRL)
    assert desk.selections[-1] == ([5], None)
    click(desk, 3)
    click(desk, 6, SHIFT)
    assert panel.selection.components == [3, 4, 5, 6]
    click(desk, 1, SHIFT)  # from where the range began
    assert panel.selection.components == [1, 2, 3]


def test_ranges_follow_the_order_that_is_shown(desk) -> None:
    desk.panel.show_run(desk.run, "ratio")  # whose energies rise
    choose_order(desk, "energy")
    assert desk.shown() == list(range(N))[::-1]
    click(desk, 11)
    click(desk, 9, SHIFT)
    assert desk.panel.selection.components == [9, 10, 11]


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
        assert desk.panel.selection.components == [expected]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, SHIFT)
    assert desk.panel.selection.components == [0, 1, 2]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Left, SHIFT)
    assert desk.panel.selection.components == [0, 1]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right, CTRL)
    assert desk.panel.selection.components == [0, 1]
    assert desk.tile(2).hasFocus()


def test_a_box_drawn_over_tiles_selects_them(desk) -> None:
    first, fifth = desk.tile(0), desk.tile(5)
    start = QPoint(20, 40)
    inside = fifth.geometry().topLeft() + QPoint(20, 20) - first.pos()
    QTest.mousePress(first.parts.picture, LEFT, pos=first.parts.picture.mapFrom(first, start))
    QTest.mouseMove(first.parts.picture, first.parts.picture.mapFrom(first, inside))
    assert desk.panel.grid._band.isVisible()
    assert desk.panel.selection.components == [0, 1, 4, 5]
    QTest.mouseRelease(first.parts.picture, LEFT, pos=first.parts.picture.mapFrom(first, inside))
    assert not desk.panel.grid._band.isVisible()
    assert desk.panel.selection.components == [0, 1, 4, 5]
    content = desk.panel.grid.content
    gap = QPoint(first.geometry().right() + 3, 30)
    drag(content, gap, gap + QPoint(30, 10), gap + QPoint(60, 20))
    assert desk.panel.selection.components == [1]


def test_a_click_between_tiles_selects_none(desk) -> None:
    click(desk, 3)
    QTest.mouseClick(desk.panel.grid.content, LEFT, pos=QPoint(desk.tile(0).width() + 2, 30))
    assert desk.panel.selection.components == []


# -- order ------------------------------------------------------------------------------------


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
    desk.panel.selection.select([3, 8], 3)
    desk.tile(8).setFocus()
    desk.panel.group_selection()
    assert desk.shown()[:3] == [3, 8, 0]
    assert desk.tile(8).hasFocus()
    assert desk.panel.selection.components == [3, 8]


def test_tiles_keep_their_places_while_a_run_goes_on(desk) -> None:
    desk.take(some_run(N, seed=1, live=True))
    choose_order(desk, "energy")
    order = desk.shown()
    assert order != list(range(N))
    assert "≈" in desk.tile(0).share_text
    desk.take(some_run(N, seed=2, live=True))
    assert desk.shown() == order
    choose_order(desk, "energy")
    assert desk.shown() != order
    desk.take(some_run(N, seed=2))
    assert desk.shown() == list(range(N))
    assert desk.tile(0).share_text == "50 %"


def test_tiles_grow_where_there_is_room_and_scroll_where_there_is_none(desk, qtbot) -> None:
    grid = desk.panel.grid
    small = desk.tile(0).size()
    desk.panel.resize(1900, 1000)
    qtbot.wait(20)
    large = desk.tile(0)
    assert large.width() > 1.5 * small.width()
    assert large.parts.picture.height() > 2 * 40
    assert grid.content.height() <= grid.viewport().height()
    bottom = max(tile.geometry().bottom() for tile in desk.panel.tiles)
    assert bottom > 0.6 * grid.viewport().height()
    fader = large.parts.fader.geometry()
    assert large.rect().contains(fader)
    assert not large.parts.picture.geometry().intersects(fader)
    desk.panel.resize(400, 300)
    qtbot.wait(20)
    assert grid.content.height() > grid.viewport().height()


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


def like_another(run: Run) -> Run:
    components = tuple(replace(it, like=Like(1, 20 + it.index)) for it in run.components)
    return replace(run, components=components)


def test_states_are_painted(desk, theme) -> None:
    """What a state changes can be seen, in both themes."""
    tile = desk.tile(1)
    try:
        for choice in (Choice.LIGHT, Choice.DARK):
            theme.choose(choice)
            seen = [tile.grab().toImage()]
            for change in (
                lambda: desk.panel.selection.select([1], 1),
                lambda: desk.take(mix_edits.set_muted(desk.run, [1], True)),
                lambda: desk.panel.set_playing(1),
                lambda: desk.take(source_edits.group(desk.run, [1], "Strings")),
                lambda: desk.take(source_edits.color_source(desk.run, 1, 5)),
                desk.listen,
                lambda: desk.take(like_another(desk.run)),
                lambda: desk.panel.set_levels({1: 0.5}),
            ):
                change()
                seen.append(tile.grab().toImage())
                assert seen[-1] != seen[-2]
            desk.take(replace(some_run(N), id=99))
            desk.panel.selection.select([], None)
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


def test_tab_comes_to_the_first_tile_shown_whatever_the_order(desk) -> None:
    for tile in desk.panel.tiles:
        tile.parts  # noqa: B018 - made in another order than that which follows
    desk.panel.grid.arrange(desk.panel.tiles[::-1])
    first = desk.tile(N - 1)
    assert desk.panel.tiles[0] is first
    desk.panel.grid.tab_after.setFocus()
    for stop in (first, *first.parts.controls):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert stop.hasFocus()
    desk.panel.grid.arrange(desk.panel.tiles[::-1])
    desk.panel.grid.tab_after.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert first.hasFocus()  # where the person was, though it is the last now


@popups
def test_the_tooltip_tells_the_sound(desk) -> None:
    tile = desk.tile(0)
    place = QPoint(20, tile.height() - 8)
    QApplication.sendEvent(
        tile, QHelpEvent(QHelpEvent.Type.ToolTip, place, tile.mapToGlobal(place))
    )
    text = QToolTip.text()
    QToolTip.hideText()
    assert "stroke: " in text
    assert "brightness" in text
    assert "onsets/s" in text
    assert "50 % of the recording's energy" in text


def test_sixty_four_tiles(desk, qtbot) -> None:
    desk.take(some_run(64, live=True))
    qtbot.wait(20)
    assert len(desk.panel.tiles) == 64
    last = desk.tile(63)
    assert not last.is_furnished  # nobody sees it yet
    desk.panel.selection.select([63], 63)
    desk.panel.grid.reveal(desk.tile(62))
    desk.tile(62).setFocus()
    QTest.keyClick(desk.tile(62), Qt.Key.Key_Right)
    assert last.hasFocus()
    qtbot.waitUntil(lambda: last.is_furnished and not last.parts.picture._image.isNull())
    desk.take(some_run(5))
    assert desk.shown() == list(range(5))
    assert desk.panel.selection.components == []


# -- in the window ----------------------------------------------------------------------------


def test_the_mix_is_edited_in_the_document(separated, qtbot) -> None:
    tiles = separated.panes.components.tiles
    qtbot.mouseClick(tiles[1].parts.mute_button, LEFT)
    qtbot.mouseClick(tiles[0].parts.solo_button, LEFT)
    run = separated.controller.document.current_run
    assert [mix_edits.linear_gains(run)[i] for i in range(3)] == [1, 0, 0]
    assert not tiles[2].is_heard
    separated.panes.components.gain_wanted.emit({0: -6.0})
    run = separated.controller.document.current_run
    assert mix_edits.linear_gains(run)[0] == pytest.approx(10 ** (-6 / 20))
    separated.panes.components.rename_wanted.emit(0, "Tune")
    separated.panes.components.group_wanted.emit([0, 1])
    run = separated.controller.document.current_run
    assert run.component(0).name == "Tune"
    assert replace(run.component(0), source_id=UNASSIGNED) != run.component(0)
    separated.panes.components.reset_wanted.emit()
    assert (mix_edits.linear_gains(separated.controller.document.current_run) == 1).all()


def test_tiles_follow_the_frequency_axis_of_the_large_view(separated, wait) -> None:
    tile = separated.panes.components.tiles[0]
    wait(lambda: not tile.parts.picture._image.isNull())
    before = tile.parts.picture._bytes
    separated.panes.spectrogram.scale_button.click()
    wait(lambda: tile.parts.picture._bytes != before)
