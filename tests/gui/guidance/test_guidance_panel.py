"""Strokes in a list: looked at, heard, changed by mouse and by keys, and taken back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QMenu

from isnmf_gui.gui.guidance.strokes_model import BAND, HEAR, KIND, MOVED, NOTE, SOURCE, TIME
from isnmf_gui.session.document.guidance import Box, Stroke
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.guidance.stroke_effects import effects_of
from isnmf_gui.spectral.strokes import bounds
from tests.gui.guidance.conftest import HIGH, LOW
from tests.gui.run_tools import begin, end

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ROLE = Qt.ItemDataRole


def run_of(window):
    return window.controller.document.current_run


def strokes_of(window) -> tuple[Stroke, ...]:
    return run_of(window).strokes


def cell(window, row: int, column: int, role: int = ROLE.DisplayRole):
    model = window.panes.guidance.model
    return model.data(model.index(row, column), role)


def place(window, row: int, column: int = TIME) -> QPoint:
    view = window.panes.guidance.view
    return view.visualRect(view.strokes.index(row, column)).center()


def click(window, qtbot, row: int, column: int = TIME, modifier=Qt.KeyboardModifier.NoModifier):
    view = window.panes.guidance.view
    qtbot.mouseClick(view.viewport(), LEFT, modifier, place(window, row, column))


def selected(window) -> list[int]:
    return [it.id for it in window.panes.guidance.view.selected]


def label(window) -> str:
    return window.controller.history.step.label


# -- what is shown ---------------------------------------------------------------------------------


def test_every_stroke_has_a_line(painted) -> None:
    rows = [[cell(painted, row, at) for at in (SOURCE, TIME, BAND, KIND)] for row in range(4)]
    assert rows == [
        ["Tune", "0:00.5–0:00.9", "200–800", "box"],
        ["Tune", "0:01.2–0:01.8", "1000–4000", "box"],
        ["Tune", "0:00.2–0:00.7", "403–2033", "harmonic brush"],
        ["Hiss", "0:50.0–0:51.0", "100–200", "box"],
    ]
    color = cell(painted, 0, SOURCE, ROLE.DecorationRole).pixmap(12, 12).toImage().pixelColor(6, 6)
    assert color == painted._theme.curve(run_of(painted).source(1).color)


def test_what_a_stroke_moves_is_found_in_the_background(painted, wait) -> None:
    wait(lambda: cell(painted, 0, MOVED))
    effects = effects_of(run_of(painted), [1, 2, 3, 4])
    assert [cell(painted, row, MOVED) for row in range(3)] == [
        f"{effects[number].moved_db:+.1f}".replace("-", "−") for number in (1, 2, 3)
    ]
    assert "without this stroke it would have" in cell(painted, 0, TIME, ROLE.ToolTipRole)
    painted.panes.guidance.switch_wanted.emit([1], False)
    assert cell(painted, 0, MOVED) == "" or not strokes_of(painted)[0].is_on
    wait(lambda: cell(painted, 0, MOVED) == "")


def test_strokes_on_silence_are_marked_and_said(painted, wait) -> None:
    panel = painted.panes.guidance
    wait(lambda: cell(painted, 3, NOTE))
    assert [cell(painted, row, NOTE) for row in range(4)] == ["", "", "", "⚠"]
    assert "Without effect" in panel.warnings
    assert "1 stroke." in panel.warnings
    assert panel._warnings.isVisible()
    panel.delete_wanted.emit([4])
    wait(lambda: "Without effect" not in panel.warnings)


def test_sources_without_a_stroke_are_said(sorted_out) -> None:
    window, panel = sorted_out, sorted_out.panes.guidance
    assert panel.warnings == ""  # before the first stroke it is no fault
    window.guidance_desk.add(LOW, 1)
    assert "Paint every source once first. Without a stroke: Hiss." in panel.warnings
    window.controller.edit_run(source_edits.lock_source(run_of(window), 2, True), "Lock")
    assert panel.warnings == ""
    window.history.undo()
    window.guidance_desk.add(HIGH, 2)
    assert panel.warnings == ""


def test_strokes_that_contradict_one_another_are_marked_and_said(sorted_out, wait) -> None:
    panel = sorted_out.panes.guidance
    for source_id in (1, 2):
        sorted_out.guidance_desk.add(LOW, source_id)
    wait(lambda: cell(sorted_out, 0, NOTE) and cell(sorted_out, 1, NOTE))
    assert "Contradicting one another over the same sound: 2 strokes." in panel.warnings
    assert "It contradicts a stroke of another source" in cell(
        sorted_out, 0, TIME, ROLE.ToolTipRole
    )
    sorted_out.guidance_desk.delete([2])
    wait(lambda: "Contradicting" not in panel.warnings)


def test_doubtful_strokes_are_marked_and_said(sorted_out, wait, monkeypatch) -> None:
    panel = sorted_out.panes.guidance
    monkeypatch.setattr("isnmf_gui.session.guidance.stroke_doubts.LEAST_PURITY", 1.1)
    sorted_out.guidance_desk.add(LOW, 1)
    wait(lambda: cell(sorted_out, 0, NOTE))
    assert "Where no source dominates: 1 stroke. Paint where one is alone." in panel.warnings
    said = cell(sorted_out, 0, SOURCE, ROLE.AccessibleTextRole)
    assert "No source dominates there" in said


def test_of_many_faults_the_first_are_said_and_the_tooltip_has_all(sorted_out) -> None:
    panel = sorted_out.panes.guidance
    panel.show_warnings(["One.", "Two.", "Three.", "Four."])
    assert panel.warnings == "⚠ One.\n⚠ Two.\n⚠ There is more: what is marked ⚠ says why."
    assert panel._warnings.toolTip() == "One.\nTwo.\nThree.\nFour."
    assert panel._warnings.accessibleDescription() == "One. Two. Three. Four."
    panel.show_warnings([])
    assert not panel._warnings.isVisible()


def test_a_locked_source_is_noted_at_its_strokes(painted) -> None:
    painted.controller.edit_run(source_edits.lock_source(run_of(painted), 1, True), "Lock")
    assert cell(painted, 0, NOTE) == "⚠"
    assert "locked" in cell(painted, 0, NOTE, ROLE.ToolTipRole)


def test_it_says_what_to_do_where_nothing_is(window, qtbot) -> None:
    panel = window.panes.guidance
    window.panes.left.setCurrentWidget(panel)
    assert "Separate the recording first" in panel._empty.text()
    assert not panel.save_button.isEnabled()
    assert not panel.load_button.isEnabled()
    assert not panel.fields.hear_button.isEnabled()


def test_without_sources_it_says_where_they_come_from(separated) -> None:
    panel = separated.panes.guidance
    separated.panes.left.setCurrentWidget(panel)
    assert "Strokes need sources" in panel._empty.text()
    assert panel._empty.isVisible()
    assert panel.load_button.isEnabled()
    assert not panel.save_button.isEnabled()


def test_a_screen_reader_gets_all_of_a_line(painted, wait) -> None:
    wait(lambda: cell(painted, 3, NOTE))
    said = cell(painted, 3, SOURCE, ROLE.AccessibleTextRole)
    assert said.startswith("Hiss, 50.00 to 51.00 s, 100 to 200 Hz, box")
    assert "silent" in said
    painted.guidance_desk.switch([1], False)
    assert ", off" in cell(painted, 0, SOURCE, ROLE.AccessibleTextRole)


def test_narrow_it_leaves_out_columns_and_tells_in_the_tooltip(painted, qtbot) -> None:
    view, columns = painted.panes.guidance.view, painted.panes._columns
    columns.setSizes([260, 740, 360])
    qtbot.wait(20)
    hidden = [column for column in range(7) if view.isColumnHidden(column)]
    assert hidden[-1] == KIND
    assert TIME not in hidden
    assert "1000–4000 Hz" in cell(painted, 1, TIME, ROLE.ToolTipRole)
    columns.setSizes([560, 500, 300])
    qtbot.wait(20)
    assert not any(view.isColumnHidden(column) for column in range(7))


# -- selecting -------------------------------------------------------------------------------------


def test_a_line_that_is_selected_is_pointed_out_and_shown_in_numbers(painted, qtbot) -> None:
    told = []
    painted.panes.guidance.strokes_selected.connect(told.append)
    click(painted, qtbot, 1)
    assert told[-1] == [2]
    fields = painted.panes.guidance.fields
    assert [box.value() for box in fields.boxes.values()] == [1.25, 1.75, 1000, 4000]
    assert fields.source_box.currentText() == "Tune"
    click(painted, qtbot, 3, modifier=CTRL)
    assert told[-1] == [2, 4]
    painted.guidance_desk.pick(1)  # from elsewhere
    assert told[-1] == [1]


def test_spectrogram_and_list_point_at_the_same_stroke(painted, qtbot) -> None:
    window, strokes = painted, painted.panes.spectrogram.plot.strokes
    click(window, qtbot, 1)
    assert set(strokes._marked) == {2}
    window.panes.spectrogram.stroke_clicked.emit(3)
    assert selected(window) == [3]
    assert set(strokes._marked) == {3}


def test_a_double_click_brings_it_into_sight(painted, qtbot) -> None:
    view = painted.panes.guidance.view
    plot = painted.panes.spectrogram.plot
    plot.show_stretch(2.5, 3.0)
    click(painted, qtbot, 1)
    qtbot.mouseDClick(view.viewport(), LEFT, pos=place(painted, 1))
    start, stop = plot.view.viewRange()[0]
    assert start < 1.25
    assert stop > 1.75


def test_the_selection_stays_where_other_strokes_come_and_go(painted, qtbot) -> None:
    click(painted, qtbot, 2)
    painted.guidance_desk._edit(lambda run: guidance_edits.remove_strokes(run, [1]), "Away")
    assert selected(painted) == [3]
    painted.guidance_desk._edit(lambda run: guidance_edits.paint(run, 2, LOW), "Painted")
    assert selected(painted) == [3]
    painted.history.undo()
    painted.history.undo()
    assert selected(painted) == [3]
    assert [cell(painted, row, TIME) for row in (0, 1)] == ["0:00.5–0:00.9", "0:01.2–0:01.8"]


# -- edits -----------------------------------------------------------------------------------------


def test_the_box_of_a_line_switches_it(painted, qtbot) -> None:
    view = painted.panes.guidance.view
    line = view.visualRect(view.strokes.index(0, SOURCE))
    box = line.topLeft() + QPoint(8, line.height() // 2)
    qtbot.mouseClick(view.viewport(), LEFT, pos=box)
    assert [it.is_on for it in strokes_of(painted)] == [False, True, True, True]
    assert label(painted) == "Switch off 1 stroke"
    painted.history.undo()
    assert strokes_of(painted)[0].is_on


def test_keys_switch_give_and_delete_what_is_selected(painted, qtbot) -> None:
    view = painted.panes.guidance.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    painted.panes.guidance.select([1, 2])
    qtbot.keyClick(view, KEY.Key_Space)
    assert [it.is_on for it in strokes_of(painted)] == [False, False, True, True]
    assert label(painted) == "Switch off 2 strokes"
    qtbot.keyClick(view, KEY.Key_2, ALT)
    assert [it.source_id for it in strokes_of(painted)] == [2, 2, 1, 2]
    assert label(painted) == "2 strokes to Hiss"
    assert [it.source_id for it in run_of(painted).components] == [1, 2, 2]  # not Alt's action
    qtbot.keyClick(view, KEY.Key_Delete)
    assert [it.id for it in strokes_of(painted)] == [3, 4]
    assert label(painted) == "Delete 2 strokes"
    assert selected(painted) == [3]
    for _ in range(3):
        painted.history.undo()
    assert [(it.source_id, it.is_on) for it in strokes_of(painted)] == [
        (1, True), (1, True), (1, True), (2, True),
    ]  # fmt: skip


def test_the_last_line_deleted_leaves_the_one_before_selected(painted, qtbot) -> None:
    painted.panes.guidance.select([4])
    qtbot.keyClick(painted.panes.guidance.view, KEY.Key_Delete)
    assert selected(painted) == [3]
    painted.panes.guidance.view.selectAll()
    qtbot.keyClick(painted.panes.guidance.view, KEY.Key_Delete)
    assert strokes_of(painted) == ()
    assert painted.panes.guidance._empty.isVisible()


def test_space_after_a_click_plays_as_everywhere(painted, qtbot, monkeypatch) -> None:
    played = []
    monkeypatch.setattr(painted.controller.player, "play", lambda *_: played.append(True))
    click(painted, qtbot, 0)
    qtbot.mouseClick(painted.windowHandle(), LEFT, pos=painted.panes.guidance.view.mapTo(
        painted, place(painted, 0)))  # fmt: skip
    qtbot.keyClick(painted.panes.guidance.view, KEY.Key_Space)
    assert strokes_of(painted)[0].is_on
    assert played


def test_the_menu_does_the_same(painted, qtbot) -> None:
    panel = painted.panes.guidance
    panel.select([1, 3])
    menu = panel.make_menu()
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "Hear the recording there\tP"
    assert texts[1] == "Hear Tune there"
    others = next(it for it in menu.findChildren(QMenu) if it.title() == "Give to")
    assert [it.text() for it in others.actions()] == ["Tune\tAlt+1", "Hiss\tAlt+2", "Unassigned"]
    others.actions()[2].trigger()
    assert [it.source_id for it in strokes_of(painted)] == [0, 1, 0, 2]
    menu.actions()[-1].trigger()
    assert [it.id for it in strokes_of(painted)] == [2, 4]
    menu.close()


def test_a_run_that_goes_on_is_painted_too(painted, wait) -> None:
    begin(painted, wait)
    wait(lambda: painted.controller.live is not None)
    live = painted.controller.shown_run()
    assert live.id == 2
    assert painted.panes.guidance.model.strokes == ()
    painted.guidance_desk.add(LOW, 0)
    assert len(painted.panes.guidance.model.strokes) == 1
    end(painted, wait)
    assert run_of(painted).strokes[0].shape == LOW


def test_ten_thousand_strokes_are_a_list_like_any_other(sorted_out, qtbot) -> None:
    boxes = [Box(n / 5000, n / 5000 + 0.1, 100.0, 900.0) for n in range(10_000)]
    run = guidance_edits.add_strokes(run_of(sorted_out), [Stroke(0, 1, box) for box in boxes])
    panel = sorted_out.panes.guidance
    panel.show_run(run)
    assert panel.model.rowCount() == 10_000
    panel.select([9000])
    assert selected(sorted_out) == [9000]
    panel.show_run(guidance_edits.remove_strokes(run, range(100, 5000)))
    assert panel.model.rowCount() == 10_000 - 4900
    assert selected(sorted_out) == [9000]
    panel.show_run(guidance_edits.remove_strokes(run, range(1, 10_000, 2)))
    assert [it.id for it in panel.model.strokes] == list(range(2, 10_001, 2))
    assert selected(sorted_out) == [9000]  # though all lines were shown anew
    panel.show_run(run)
    assert [it.id for it in panel.model.strokes] == list(range(1, 10_001))
    panel.show_run(sorted_out.controller.shown_run())


def test_lines_are_those_of_the_strokes_whatever_goes_and_comes(painted, subtests) -> None:
    panel = painted.panes.guidance
    for gone in ([1], [4], [2, 3], [1, 4], [1, 2, 3, 4]):
        with subtests.test(gone=gone):
            painted.guidance_desk.delete(gone)
            left = [n for n in (1, 2, 3, 4) if n not in gone]
            assert [it.id for it in panel.model.strokes] == left
            painted.history.undo()
            assert panel.model.strokes == strokes_of(painted)
            painted.guidance_desk.change([2], LOW, None)
            assert panel.model.strokes is strokes_of(painted)
            assert cell(painted, 1, TIME) == "0:00.5–0:00.9"
            painted.history.undo()


def test_there_is_an_end_of_strokes_and_it_is_said(painted, monkeypatch) -> None:
    monkeypatch.setattr("isnmf_gui.gui.guidance.guidance_desk.MOST_STROKES", 4)
    painted.guidance_desk.add(LOW, 1)
    assert len(strokes_of(painted)) == 4
    assert "Nothing was added: a run holds 4 strokes at the most." in painted.status.text


def test_strokes_that_are_off_are_dim(painted) -> None:
    painted.guidance_desk.switch([1], False)
    color = cell(painted, 0, TIME, ROLE.ForegroundRole)
    assert color == QColor(painted._theme.scheme.dim)
    assert cell(painted, 1, TIME, ROLE.ForegroundRole) is None


# -- hearing ---------------------------------------------------------------------------------------


@pytest.fixture
def heard(painted, monkeypatch) -> list[tuple]:
    asked: list[tuple] = []
    monkeypatch.setattr(painted.listening, "hear_box", lambda *asks: asked.append(asks))
    return asked


def test_a_line_is_heard_by_its_button_and_by_keys(painted, heard, qtbot) -> None:
    click(painted, qtbot, 0, HEAR)
    assert heard == [(LOW, None, False)]
    painted.panes.guidance.select([2])
    for key in (KEY.Key_Return, KEY.Key_P):
        qtbot.keyClick(painted.panes.guidance.view, key)
    assert heard[1:] == [(HIGH, None, False)] * 2


def test_what_is_heard_is_chosen(painted, heard, qtbot) -> None:
    fields = painted.panes.guidance.fields
    assert [fields.of_box.itemText(n) for n in range(fields.of_box.count())] == [
        "Recording", "What is heard", "Tune", "Hiss", "Unassigned",
    ]  # fmt: skip
    for name in ("What is heard", "Hiss"):
        fields.of_box.setCurrentText(name)
        click(painted, qtbot, 2, HEAR)
    line = bounds(strokes_of(painted)[2].shape)
    assert heard == [(line, None, True), (line, 2, False)]
    menu = painted.panes.guidance.make_menu()
    menu.actions()[0].trigger()
    menu.actions()[1].trigger()
    assert heard[2:] == [(line, None, False), (line, 1, False)]
    menu.close()


def test_what_is_heard_is_marked(painted, sound_output, wait, qtbot) -> None:
    window, panel = painted, painted.panes.guidance
    long = Box(0.2, 2.8, 100.0, 9000.0)
    window.guidance_desk.change([1], long, None)
    click(window, qtbot, 0, HEAR)
    wait(lambda: cell(window, 0, HEAR) == "■")
    assert panel.fields.hear_button.text() == "Stop"
    click(window, qtbot, 0, HEAR)
    assert cell(window, 0, HEAR) == "▶"
    assert panel.fields.hear_button.text() == "Hear box"
    assert not window.controller.player.is_playing
