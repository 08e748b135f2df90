"""A place in numbers: added, changed, heard and exported by keys alone."""

import pytest
from PySide6.QtCore import Qt

from isnmf_gui.session.document.guidance import Box, Path
from tests.gui.guidance.conftest import HIGH, LINE, LOW
from tests.gui.guidance.test_guidance_panel import label, run_of, selected, strokes_of

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def fields_of(window):
    return window.panes.guidance.fields


def type_in(window, qtbot, name: str, text: str) -> None:
    field = fields_of(window).boxes[name]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def type_box(window, qtbot, *values: float) -> None:
    for name, value in zip(("start_s", "stop_s", "low_hz", "high_hz"), values, strict=True):
        type_in(window, qtbot, name, f"{value:g}")


def test_a_stroke_is_made_by_keys_and_numbers_alone(sorted_out, qtbot) -> None:
    window, fields = sorted_out, fields_of(sorted_out)
    type_box(window, qtbot, 0.5, 1.5, 220, 880)
    fields.source_box.setFocus()
    qtbot.keyClick(fields.source_box, KEY.Key_Down)
    qtbot.keyClick(fields.source_box, KEY.Key_Tab)
    assert fields.add_button.hasFocus()
    qtbot.keyClick(fields.add_button, KEY.Key_Space)
    (stroke,) = strokes_of(window)
    assert (stroke.source_id, stroke.shape) == (2, Box(0.5, 1.5, 220.0, 880.0))
    assert label(window) == "Add a stroke: Hiss"
    assert selected(window) == [stroke.id]
    window.history.undo()
    assert strokes_of(window) == ()


def test_edges_may_be_typed_in_any_order(sorted_out, qtbot) -> None:
    type_box(sorted_out, qtbot, 2.0, 1.0, 900, 100)
    qtbot.mouseClick(fields_of(sorted_out).add_button, LEFT)
    assert strokes_of(sorted_out)[0].shape == Box(1.0, 2.0, 100.0, 900.0)


def test_numbers_change_the_selected_box(painted, qtbot) -> None:
    painted.panes.guidance.select([1])
    change = fields_of(painted).change_button
    assert not change.isEnabled()
    type_in(painted, qtbot, "high_hz", "950")
    assert change.isEnabled()
    qtbot.mouseClick(change, LEFT)
    assert strokes_of(painted)[0].shape == Box(0.5, 0.9, 200.0, 950.0)
    assert label(painted) == "Change a stroke"
    assert not change.isEnabled()
    painted.history.undo()
    assert strokes_of(painted)[0].shape == LOW
    assert fields_of(painted).boxes["high_hz"].value() == 800


def test_a_source_alone_leaves_the_place_as_it_is(painted, qtbot) -> None:
    """Also one that the numbers do not tell: a line stays a line."""
    painted.panes.guidance.select([3])
    fields_of(painted).source_box.setCurrentText("Hiss")
    qtbot.mouseClick(fields_of(painted).change_button, LEFT)
    stroke = strokes_of(painted)[2]
    assert (stroke.source_id, stroke.shape) == (2, LINE)
    assert label(painted) == "1 stroke to Hiss"


def test_that_a_line_becomes_a_box_is_said_before(painted, qtbot) -> None:
    fields = fields_of(painted)
    painted.panes.guidance.select([3])
    assert not fields._note.isVisible()
    type_in(painted, qtbot, "start_s", "0.1")
    assert "painted free hand" in fields._note.text()
    assert fields._note.isVisible()
    assert isinstance(strokes_of(painted)[2].shape, Path)
    qtbot.mouseClick(fields.change_button, LEFT)
    shape = strokes_of(painted)[2].shape
    assert isinstance(shape, Box)
    assert shape.start_s == pytest.approx(0.1)


def test_that_what_was_erased_comes_back_is_said_before(painted, qtbot) -> None:
    painted.panes.guidance.select([2])
    type_in(painted, qtbot, "stop_s", "2")
    assert "was erased" in fields_of(painted)._note.text()
    qtbot.mouseClick(fields_of(painted).change_button, LEFT)
    stroke = strokes_of(painted)[1]
    assert (stroke.shape, stroke.erased) == (Box(1.25, 2.0, 1000.0, 4000.0), ())


def test_several_strokes_get_one_source(painted, qtbot) -> None:
    fields = fields_of(painted)
    painted.panes.guidance.select([1, 2])
    assert not fields.boxes["start_s"].isEnabled()
    assert not fields.add_button.isEnabled()
    assert "2 strokes selected" in fields._note.text()
    fields.source_box.setCurrentText("Unassigned")
    qtbot.mouseClick(fields.change_button, LEFT)
    assert [it.source_id for it in strokes_of(painted)] == [0, 0, 1, 2]
    assert [it.shape for it in strokes_of(painted)][:2] == [LOW, HIGH]
    assert label(painted) == "2 strokes to Unassigned"


def test_a_place_outside_is_shown_as_it_is(painted) -> None:
    painted.panes.guidance.select([4])
    assert fields_of(painted).boxes["start_s"].value() == 50
    assert not fields_of(painted).change_button.isEnabled()


def test_what_is_typed_stays_while_other_things_happen(painted, qtbot) -> None:
    painted.panes.guidance.select([1])
    type_in(painted, qtbot, "low_hz", "333")
    painted.guidance_desk.switch([2], False)
    painted.source_desk._rename(1, "Melody")
    assert fields_of(painted).boxes["low_hz"].value() == 333
    assert fields_of(painted).source_box.currentText() == "Melody"


def test_the_chosen_source_is_proposed_for_the_next_stroke(sorted_out) -> None:
    sorted_out.selection.choose_source(2)
    assert fields_of(sorted_out).source_box.currentText() == "Hiss"
    sorted_out.guidance_desk.add(LOW, 1)
    assert fields_of(sorted_out).source_box.currentText() == "Tune"  # that of the selected one
    sorted_out.selection.choose_source(0)
    assert fields_of(sorted_out).source_box.currentText() == "Tune"


def test_the_numbers_are_heard_also_before_they_are_a_stroke(painted, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(painted.listening, "hear_box", lambda *asks: asked.append(asks))
    type_box(painted, qtbot, 0.25, 0.75, 100, 2000)
    qtbot.mouseClick(fields_of(painted).hear_button, LEFT)
    painted.panes.guidance.select([3])  # the numbers are rounded; the place is not
    qtbot.mouseClick(fields_of(painted).hear_button, LEFT)
    assert asked[0] == (Box(0.25, 0.75, 100.0, 2000.0), None, False)
    assert asked[1][0].low_hz == pytest.approx(440 / 2**0.125)


def test_a_place_is_heard_without_a_run(opened, qtbot, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(opened.listening, "hear_box", lambda *asks: asked.append(asks))
    opened.panes.left.setCurrentWidget(opened.panes.guidance)
    assert not fields_of(opened).add_button.isEnabled()
    qtbot.mouseClick(fields_of(opened).hear_button, LEFT)
    assert asked == [(Box(0.0, 1.0, 100.0, 1000.0), None, False)]


def test_a_source_of_another_run_is_not_offered(painted) -> None:
    fields = fields_of(painted)
    fields.of_box.setCurrentText("Hiss")
    painted.source_desk._delete(2)
    assert fields.of == (None, False)
    assert fields.source_box.findText("Hiss") == -1
    assert len(run_of(painted).strokes) == 3
