"""Sources in the window: made, filled by keys and by dragging, mixed, ordered and coloured."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from isnmf_gui.gui.sources.source_row import SourceRow
from isnmf_gui.gui.widgets.component_drag import MIME, carried, packed
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits.guidance_edits import add_stroke
from isnmf_gui.session.export.stems.stems import source_stems
from isnmf_gui.session.guidance.memberships import sharing_of
from tests.gui.run_tools import end, make_it_long

LEFT = Qt.MouseButton.LeftButton
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def grouped(separated: MainWindow, qtbot) -> MainWindow:
    separated.panes.left.setCurrentWidget(separated.panes.sources)
    separated.selection.select([0, 1], 0)
    qtbot.keyClick(separated, Qt.Key.Key_G, CTRL)
    return separated


def run_of(window: MainWindow):
    return window.controller.shown_run()


def rows(window: MainWindow) -> list[SourceRow]:
    return window.panes.sources.rows


def members(window: MainWindow) -> dict[str, list[int]]:
    run = run_of(window)
    return {it.name: [c.index for c in run.members(it.id)] for it in run.all_sources}


def drop(row: SourceRow, data: QMimeData) -> None:
    """Let something be dropped, as the window system does it."""
    place, action = QPoint(20, 10), Qt.DropAction.MoveAction
    buttons, keys = LEFT, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(place, action, data, buttons, keys)
    QApplication.sendEvent(row, entered)
    if entered.isAccepted():
        event = QDropEvent(QPointF(place), action, data, buttons, keys, QEvent.Type.Drop)
        QApplication.sendEvent(row, event)


def test_a_group_is_listed_with_what_is_left(grouped) -> None:
    window = grouped
    assert [row.name.text() for row in rows(window)] == ["Source 1", "Unassigned"]
    assert [row.count.text() for row in rows(window)] == ["2", "1"]
    assert rows(window)[0].accessibleName() == "Source 1, 2 components"
    assert "Source 1" in window.panes.components.tiles[0].accessibleName()


def test_a_new_source_is_named_at_once_and_filled_by_dragging(grouped, qtbot) -> None:
    window = grouped
    qtbot.mouseClick(window.panes.sources.add_button, LEFT)
    field = rows(window)[1].findChild(QLineEdit)
    qtbot.keyClicks(field, "Voice")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    drop(rows(window)[1], packed([1, 2]))
    assert members(window) == {"Source 1": [0], "Voice": [1, 2], "Unassigned": []}
    drop(rows(window)[-1], packed([1]))
    assert members(window) == {"Source 1": [0], "Voice": [2], "Unassigned": [1]}
    labels = [step.label for step in window.controller.history.steps[-4:]]
    assert labels == ["New source", "Rename Source 2", "2 components into Voice",
                      "Unassign Component 2"]  # fmt: skip


def test_only_components_can_be_dropped(grouped) -> None:
    window = grouped
    before = members(window)
    nonsense = QMimeData()
    nonsense.setText("0")
    drop(rows(window)[0], nonsense)
    for content in (b"", b"{", b'"x"', b'["1"]', b"[99]"):
        wrong = QMimeData()
        wrong.setData(MIME, content)
        drop(rows(window)[0], wrong)
    assert members(window) == before
    assert carried(packed([3, 1])) == [1, 3]


def test_selected_tiles_are_carried_and_others_are_boxed(grouped, monkeypatch) -> None:
    window = grouped
    taken: list[tuple[list[int], str]] = []
    monkeypatch.setattr(
        "isnmf_gui.gui.tiles.components_panel.carry",
        lambda widget, indices, text: taken.append((list(indices), text)),
    )
    panel = window.panes.components
    panel.selection.select([0, 2], 0)
    far = QApplication.startDragDistance() + 5
    tile = panel.tiles[2]
    below = QPoint(tile.width() // 2, tile.height() - 3)
    QTest.mousePress(tile, LEFT, pos=below)
    QTest.mouseMove(tile, below - QPoint(far, 0))
    assert taken == [([0, 2], "2 components")]
    QTest.mouseRelease(tile, LEFT, pos=below)
    assert panel.selection.components == [0, 2]
    QTest.mouseClick(tile, LEFT, pos=below)  # without a drag it is selected alone
    assert panel.selection.components == [2]
    other = panel.tiles[1]
    QTest.mousePress(other, LEFT, pos=below)
    QTest.mouseMove(other, below - QPoint(far, 0))
    QTest.mouseRelease(other, LEFT, pos=below - QPoint(far, 0))
    assert len(taken) == 1
    heading = QPoint(other.width() // 2, 10)
    QTest.mousePress(other, LEFT, pos=heading)
    QTest.mouseMove(other, heading - QPoint(far, 0))
    assert taken[1] == ([1], "Component 2")


def test_keys_put_the_selection_into_sources(grouped, qtbot) -> None:
    window = grouped
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    assert members(window) == {"Source 1": [0, 1, 2], "Unassigned": []}
    window.selection.select([0, 1], 0)
    qtbot.keyClick(window, Qt.Key.Key_0, ALT)
    assert members(window) == {"Source 1": [2], "Unassigned": [0, 1]}
    before = len(window.controller.history.steps)
    qtbot.keyClick(window, Qt.Key.Key_9, ALT)  # there is no ninth
    assert len(window.controller.history.steps) == before


def test_what_changes_nothing_is_no_step(grouped, qtbot) -> None:
    window = grouped
    before = len(window.controller.history.steps)
    window.selection.select([0], 0)
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)  # it is there already
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_0, ALT)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    window.selection.select([], None)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(window.controller.history.steps) == before


def test_steps_call_components_by_their_names(grouped, qtbot) -> None:
    window = grouped
    window.mix_desk._rename(2, "McGuitar")
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    assert window.controller.history.step.label == "McGuitar into Source 1"


def test_solo_mute_and_gain_of_a_source_are_heard(grouped, qtbot) -> None:
    window = grouped
    first, rest = rows(window)
    qtbot.mouseClick(first.solo, LEFT)
    assert window.listening._mix.gains.tolist() == [1, 1, 0]
    assert not window.panes.components.tiles[2].is_heard
    qtbot.mouseClick(first.solo, LEFT)
    qtbot.mouseClick(first.mute, LEFT)
    assert window.listening._mix.gains.tolist() == [0, 0, 1]
    qtbot.mouseClick(rest.mute, LEFT)
    assert not window.listening._mix.gains.any()
    qtbot.keyClick(window, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.listening._mix.gains.tolist() == [1, 1, 1]
    for _ in range(4):
        qtbot.keyClick(first.fader, Qt.Key.Key_Left)
    assert window.listening._mix.gains.tolist() == pytest.approx([10**-0.1] * 2 + [1])
    window.panes.components.tiles[0].parts.fader.moved.emit(-6.0)
    assert window.listening._mix.gains[0] == pytest.approx(10 ** (-8 / 20))


def test_a_row_is_used_by_keys(grouped, qtbot) -> None:
    window = grouped
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    first, second, rest = rows(window)
    qtbot.wait(10)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert window.selection.components == [2]
    qtbot.keyClick(second, Qt.Key.Key_Up, CTRL)
    assert [source.id for source in run_of(window).sources] == [2, 1]
    assert rows(window)[0] is second
    qtbot.keyClick(second, Qt.Key.Key_Delete)  # the source, not the selected component
    assert members(window) == {"Source 1": [0, 1], "Unassigned": [2]}
    rest.setFocus()
    qtbot.keyClick(rest, Qt.Key.Key_Delete)
    assert len(run_of(window).components) == 3
    first = rows(window)[0]
    first.solo.setFocus()
    qtbot.keyClick(first.solo, Qt.Key.Key_Delete)
    assert members(window) == {"Unassigned": [0, 1, 2]}


def test_a_row_is_mixed_by_keys(grouped, qtbot) -> None:
    window = grouped
    window.selection.select([2], 2)
    first = rows(window)[0]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_S)
    assert [run_of(window).sources[0].is_soloed, run_of(window).component(2).is_soloed] == [True, 0]
    qtbot.keyClick(first, Qt.Key.Key_M)
    assert [run_of(window).sources[0].is_muted, run_of(window).component(2).is_muted] == [True, 0]
    qtbot.keyClick(first, Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    assert run_of(window).sources[0].gain_db == -1.0
    qtbot.keyClick(first, Qt.Key.Key_Left, CTRL)  # goes back in time
    assert run_of(window).sources[0].gain_db == -1.0


def test_tab_passes_the_rows_as_they_are_shown(grouped, qtbot) -> None:
    window = grouped
    window.panes.left.setCurrentWidget(window.panes.sources)
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_G, CTRL)
    qtbot.keyClick(rows(window)[1], Qt.Key.Key_Up, CTRL)
    qtbot.wait(10)  # rows appear
    window.panes.sources._scroll.setFocus()
    passed = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert passed == [*rows(window), window.panes.sources.add_button]


def test_the_keys_of_a_source_that_is_deleted_go_to_its_neighbour(grouped, qtbot) -> None:
    row, rest = rows(grouped)
    row.fader.setFocus()
    qtbot.keyClick(grouped, Qt.Key.Key_Z, CTRL)
    assert rows(grouped) == [rest]
    assert rest.hasFocus()
    row.mute.clicked.emit()  # what is still on its way
    assert grouped.controller.history.can_redo


def test_the_menu_of_a_source(grouped) -> None:
    window = grouped
    panel = window.panes.sources
    menu = panel.menu_for(1)
    texts = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts == [
        "Hear alone", "See it large", "Put the selected components here", "Select what it holds",
        "Solo", "Mute", "Gain to 0 dB", "Rename…", "Colour", "Move up", "Move down",
        "Export this source…", "Delete the source",
    ]  # fmt: skip
    colors = next(action.menu() for action in menu.actions() if action.menu())
    colors.actions()[3].trigger()
    assert run_of(window).sources[0].color == 3
    assert rows(window)[0].color == window.panes.sources._theme.curve(3)
    menu.deleteLater()
    rest = panel.menu_for(UNASSIGNED)
    texts = [action.text().split("\t")[0] for action in rest.actions()]
    assert texts[0] == "Hear alone"
    assert texts[-1] == "Export what is unassigned…"
    window.selection.select([0], 0)
    rest.actions()[2].trigger()
    assert members(window) == {"Source 1": [1], "Unassigned": [0, 2]}
    rest.deleteLater()


def test_without_a_run_there_is_nothing_to_group(opened) -> None:
    panel = opened.panes.sources
    assert panel.rows == []
    assert not panel.add_button.isEnabled()
    assert not panel.suggest_button.isEnabled()


def test_sources_of_a_run_that_goes_on_are_kept(opened, wait) -> None:
    opened.panes.settings._fields["n_iterations"].setValue(3000)
    opened.runs.separate()
    wait(lambda: opened.controller.live and opened.panes.components.tiles)
    opened.selection.select([0, 2], 0)
    opened.panes.components.group_selection()
    assert members(opened) == {"Source 1": [0, 2], "Unassigned": [1]}
    opened.cancel()
    wait(lambda: opened.controller.document.runs)
    assert members(opened) == {"Source 1": [0, 2], "Unassigned": [1]}


def test_the_tiles_menu_puts_components_into_sources(grouped) -> None:
    panel = grouped.panes.components
    grouped.source_desk._rename(1, "R&B")
    panel.selection.select([2], 2)
    entry = next(it for it in panel.menu_entries(2) if it and it[0] == "Put into R&&B")
    assert entry[1] == "Alt+1"
    entry[3]()
    assert members(grouped) == {"R&B": [0, 1, 2], "Unassigned": []}


def test_long_names_widen_neither_menus_nor_the_window(grouped) -> None:
    window, name = grouped, "x" * 400
    least = window.minimumSizeHint().width()
    window.source_desk._rename(1, name)
    window.mix_desk._rename(0, name)
    window.panes.components.mute_wanted.emit([0], True)
    window.status.show_message(name)
    entries = window.panes.components.menu_entries(2)
    texts = [entry[0] for entry in entries if entry]
    texts += [window.actions_[it].text() for it in ("undo", "redo")]
    assert max(map(len, texts)) < 80
    assert window.minimumSizeHint().width() == least
    assert window.status.text == name


# -- one source alone -----------------------------------------------------------------------------


def test_a_source_is_heard_alone_by_its_button(grouped, wait, qtbot, sound_output) -> None:
    window, (first, rest) = grouped, rows(grouped)
    qtbot.mouseClick(first.play, LEFT)
    wait(lambda: window.controller.player.is_playing)
    assert window.listening._mix.gains.tolist() == [1, 1, 0]
    assert [first.play.isChecked(), rest.play.isChecked()] == [True, False]
    assert window.panes.transport._what.text() == "Source 1 alone"
    assert first.play.toolTip() == "Stop this source alone (P)"
    assert first.accessibleName() == "Source 1, 2 components, heard alone"
    qtbot.mouseClick(rest.play, LEFT)
    assert window.listening._mix.gains.tolist() == [0, 0, 1]
    assert [first.play.isChecked(), rest.play.isChecked()] == [False, True]
    qtbot.mouseClick(rest.play, LEFT)
    assert not window.controller.player.is_playing
    assert not rest.play.isChecked()


def test_a_source_with_strokes_is_heard_as_it_is_exported(
    grouped, wait, qtbot, sound_output
) -> None:
    """Guides may have painted it: its share is heard, not just the components that it holds."""
    window, run = grouped, run_of(grouped)
    stroke = Stroke(0, 0, Box(0.1, 0.6, 200.0, 2000.0))
    window.controller.edit_run(add_stroke(run, UNASSIGNED, stroke), "Painted")
    assert window.listening._mix.sharing is not None
    stems = {it.name: it for it in source_stems(run_of(window))}
    for row in rows(window):
        qtbot.mouseClick(row.play, LEFT)
        wait(lambda: window.controller.player.is_playing)
        mix, stem = window.listening._mix, stems[row.name.text()]
        assert mix.sharing is sharing_of(run_of(window))
        assert np.array_equal(mix.pair_gains, stem.pair_gains)
        assert np.array_equal(mix.gains, stem.gains)
    tile = window.panes.components.tiles[0]
    qtbot.mouseClick(tile.parts.play_button, LEFT)
    assert window.listening._mix.pair_gains.tolist() == [[1, 1], [0, 0], [0, 0]]
    qtbot.mouseClick(tile.parts.play_button, LEFT)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.listening._mix.sharing is None


def test_a_source_is_heard_alone_by_key_and_menu(grouped, wait, qtbot, sound_output) -> None:
    window, first = grouped, rows(grouped)[0]
    window.panes.left.setCurrentWidget(window.panes.sources)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_P)
    wait(lambda: window.controller.player.is_playing)
    assert window.listening.audition == (0, 1)
    menu = window.panes.sources.menu_for(1)
    assert menu.actions()[0].text() == "Stop\tP"
    menu.actions()[0].trigger()
    assert not window.controller.player.is_playing
    menu.deleteLater()


def test_what_holds_nothing_cannot_be_heard_or_exported(grouped, qtbot) -> None:
    window = grouped
    window.selection.select([2], 2)
    qtbot.keyClick(window, Qt.Key.Key_1, ALT)
    rest = rows(window)[-1]
    assert not rest.play.isEnabled()
    menu = window.panes.sources.menu_for(UNASSIGNED)
    for text in ("Hear alone\tP", "Export what is unassigned…"):
        (action,) = [it for it in menu.actions() if it.text() == text]
        assert not action.isEnabled()
    menu.deleteLater()


def test_a_source_cannot_be_exported_while_its_run_goes_on(grouped, wait) -> None:
    window = grouped
    make_it_long(window)
    window.runs.separate()
    wait(lambda: window.controller.live and window.panes.components.tiles)
    window.selection.select([0, 1], 0)
    window.panes.components.group_selection()
    source_id = run_of(window).sources[0].id
    menu = window.panes.sources.menu_for(source_id)
    (export,) = [it for it in menu.actions() if it.text() == "Export this source…"]
    assert not export.isEnabled()
    menu.deleteLater()
    end(window, wait)
