"""Painting in the large spectrogram: what is dragged over is what the stroke says."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from isnmf_gui.gui.spectrogram.spectrogram_plot import SpectrogramPlot
from isnmf_gui.gui.spectrogram.stroke_hand import LINE_OCTAVES
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.document.guidance import MOST_STROKES, Box, Path, Stroke
from isnmf_gui.session.edits import guidance_edits, source_edits
from tests.gui.run_tools import begin, end
from tests.gui.spectrogram.painting import (
    PLAIN,
    at,
    click,
    drag,
    edit,
    group,
    pixel,
    press_and_drag,
    run_of,
    strokes_of,
    take,
    turn_wheel,
)

KEYS = Qt.Key
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def plot(separated, wait):
    plot = separated.panes.spectrogram.plot
    wait(lambda: plot.visible)
    plot.setFocus()
    return plot


@pytest.fixture
def said(separated) -> list[str]:
    heard: list[str] = []
    separated.stroke_desk.said.connect(heard.append)
    return heard


# -- what is dragged over -----------------------------------------------------------------------

VIEWS = {
    "log": (True, None, None),
    "linear": (False, None, None),
    "zoomed log": (True, (0.6, 1.4), (200, 3000)),
    "zoomed linear": (False, (0.6, 1.4), (200, 3000)),
}


def see(window, name: str) -> SpectrogramPlot:
    """Show the plot with another axis, or zoomed."""
    logarithmic, time_s, hertz = VIEWS[name]
    plot = window.panes.spectrogram.plot
    window.panes.spectrogram.scale_button.setChecked(logarithmic)
    plot.fit()
    if time_s is not None:
        plot.view.setXRange(*time_s, padding=0)
        plot.view.setYRange(*(plot.to_axis(it) for it in hertz), padding=0)
    plot.draw()
    return plot


def near(plot, found, expected) -> None:
    for place, wanted in zip(found, expected, strict=True):
        width, height = pixel(plot, wanted)
        assert place[0] == pytest.approx(wanted[0], abs=1.01 * width)
        assert place[1] == pytest.approx(wanted[1], abs=1.5 * height)


def test_a_box_is_the_place_that_was_dragged_over(separated, plot, qtbot, subtests) -> None:
    group(separated)
    take(separated, "box")
    for n_before, name in enumerate(VIEWS):
        with subtests.test(name):
            drag(qtbot, see(separated, name), [(0.7, 300.0), (0.9, 1000.0), (1.3, 2000.0)])
            (stroke,) = strokes_of(separated)[n_before:]
            box = stroke.shape
            assert isinstance(box, Box)
            corners = [(box.start_s, box.low_hz), (box.stop_s, box.high_hz)]
            near(plot, corners, [(0.7, 300.0), (1.3, 2000.0)])


def test_a_box_may_be_dragged_from_any_corner(separated, plot, qtbot) -> None:
    take(separated, "box")
    drag(qtbot, plot, [(1.3, 300.0), (1.0, 500.0), (0.7, 2000.0)])
    (stroke,) = strokes_of(separated)
    near(plot, [(stroke.shape.start_s, stroke.shape.high_hz)], [(0.7, 2000.0)])
    assert stroke.shape.low_hz < 310


def test_a_brush_goes_where_the_hand_went(separated, plot, qtbot, subtests) -> None:
    group(separated)
    take(separated, "brush")
    way = [(0.7, 400.0), (0.8, 800.0), (1.0, 500.0), (1.2, 1600.0), (1.3, 1600.0)]
    for n_before, name in enumerate(VIEWS):
        with subtests.test(name):
            drag(qtbot, see(separated, name), way)
            (stroke,) = strokes_of(separated)[n_before:]
            assert isinstance(stroke.shape, Path)
            assert stroke.shape.octaves == separated.controller.brush.octaves
            assert stroke.shape.n_partials == 1
            near(plot, stroke.shape.points, way)


def test_a_harmonic_brush_draws_overtones_of_a_line(separated, plot, qtbot) -> None:
    separated.controller.brush.set_partials(5)
    take(separated, "harmonic")
    drag(qtbot, plot, [(0.7, 400.0), (0.9, 420.0), (1.2, 400.0)])
    (stroke,) = strokes_of(separated)
    assert stroke.shape.n_partials == 5
    assert stroke.shape.octaves == LINE_OCTAVES
    near(plot, stroke.shape.points[:1], [(0.7, 400.0)])


def test_a_click_is_a_dab_and_a_box_of_one_bin(separated, plot, qtbot) -> None:
    take(separated, "brush")
    click(qtbot, plot, (1.0, 500.0))
    take(separated, "box")
    click(qtbot, plot, (2.0, 1000.0))
    dab, box = (it.shape for it in strokes_of(separated))
    assert len(dab.points) == 1
    near(plot, dab.points, [(1.0, 500.0)])
    assert (box.start_s, box.low_hz) == (box.stop_s, box.high_hz)
    near(plot, [(box.start_s, box.low_hz)], [(2.0, 1000.0)])
    raster = guidance_edits._raster(run_of(separated), box, ())
    assert raster.within(raster.first, raster.last).sum() == 1


def test_a_second_click_is_a_second_dab(separated, plot, qtbot) -> None:
    """No double-click that shows everything: one dabs quickly."""
    plot.view.setXRange(0.5, 1.5, padding=0)
    take(separated, "brush")
    click(qtbot, plot, (1.0, 500.0))
    qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, PLAIN, at(plot, (1.0, 900.0)))
    assert len(strokes_of(separated)) >= 1
    assert plot.view.viewRange()[0] == pytest.approx([0.5, 1.5])


def test_beyond_the_edges_a_stroke_ends_with_the_recording(separated, plot, qtbot) -> None:
    take(separated, "box")
    drag(qtbot, plot, [(2.5, 500.0), (2.9, 200.0), (9.0, 1.0)])
    (stroke,) = strokes_of(separated)
    assert stroke.shape.stop_s == 3.0
    assert stroke.shape.low_hz == 0.0  # the axis begins at 30 Hz, but nothing is below it
    take(separated, "brush")
    drag(qtbot, plot, [(0.5, 500.0), (0.2, 900.0), (-5.0, 90_000.0)])
    assert strokes_of(separated)[1].shape.points[-1] == (0.0, 11_025.0)


def test_a_long_scribble_has_few_points_and_keeps_its_form(separated, plot, qtbot) -> None:
    take(separated, "brush")
    hand = separated.stroke_desk.hand
    places = [(t, 600 * 2 ** np.sin(9 * t)) for t in np.linspace(0.2, 2.8, 900).tolist()]
    on_axes = [QPointF(t, plot.to_axis(f)) for t, f in places]
    plot.view.tool_began.emit(on_axes[0])
    for place in on_axes[1:]:
        plot.view.tool_moved.emit(place)
        assert len(hand._points) < 300
    plot.view.tool_ended.emit()
    points = np.array(strokes_of(separated)[0].shape.points)
    assert 20 < len(points) < 200
    heights = np.interp([t for t, _ in places], points[:, 0], np.log2(points[:, 1]))
    off = np.abs(heights - np.log2([f for _, f in places]))
    assert off.max() < 0.5 * separated.controller.brush.octaves


def test_painting_does_not_play_from_there(separated, plot, qtbot) -> None:
    sought: list[float] = []
    plot.seek_wanted.connect(sought.append)
    take(separated, "brush")
    click(qtbot, plot, (1.0, 500.0))
    drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    assert sought == []
    take(separated, "pointer")
    click(qtbot, plot, (1.0, 500.0))
    assert len(sought) == 1
    assert len(strokes_of(separated)) == 2


# -- steps of the history -------------------------------------------------------------------------


def test_a_stroke_is_one_step(separated, plot, qtbot) -> None:
    group(separated)
    history, place = separated.controller.history, separated.controller.history.place
    take(separated, "brush")
    drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    assert history.place == place + 1
    assert history.steps[-1].label == "Paint Source 1"
    (stroke,) = strokes_of(separated)
    assert plot.strokes.strokes == (stroke,)
    separated.actions_["undo"].trigger()
    assert strokes_of(separated) == ()
    assert plot.strokes.strokes == ()
    separated.actions_["redo"].trigger()
    assert strokes_of(separated) == (stroke,)


def test_what_is_painted_is_heard(separated, plot, qtbot, wait) -> None:
    """The mix shares components out at once: nothing is fitted."""
    group(separated)
    edit(separated, source_edits.set_source_muted, 1, True)
    separation = run_of(separated).separation
    before = separated.listening._mix
    take(separated, "box")
    separated.selection.choose_source(2)
    drag(qtbot, plot, [(0.2, 300.0), (1.5, 900.0), (2.5, 3000.0)])
    after = separated.listening._mix
    assert before.sharing is None
    assert after.sharing is not None
    assert run_of(separated).separation is separation


def test_esc_gives_up_what_is_being_drawn(separated, plot, qtbot, said) -> None:
    stopped: list[str] = []
    separated.actions_["stop"].triggered.connect(lambda: stopped.append("stop"))
    take(separated, "brush")
    last = press_and_drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    assert separated.stroke_desk.hand.is_drawing
    qtbot.keyClick(plot, KEYS.Key_Escape)
    assert not separated.stroke_desk.hand.is_drawing
    qtbot.wait(15)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, PLAIN, last)
    assert strokes_of(separated) == ()
    assert said == ["Given up: nothing was painted."]
    assert stopped == []
    qtbot.keyClick(plot, KEYS.Key_Escape)  # it is the window's again
    assert stopped == ["stop"]


def test_another_tool_gives_up_what_was_begun(separated, plot, qtbot) -> None:
    take(separated, "brush")
    last = press_and_drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    qtbot.keyClick(plot, KEYS.Key_X)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, PLAIN, last)
    assert strokes_of(separated) == ()


def test_what_is_drawn_is_seen_meanwhile(separated, plot, qtbot) -> None:
    group(separated)
    take(separated, "box")
    last = press_and_drag(qtbot, plot, [(0.5, 300.0), (0.9, 900.0), (1.5, 3000.0)])
    sketch = separated.stroke_desk.hand._sketch
    assert len(sketch.strokes) == 1
    middle = at(plot, (1.0, 950.0))
    with_it = plot.grab().toImage().pixelColor(middle)
    qtbot.keyClick(plot, KEYS.Key_Escape)
    take(separated, "pointer")
    assert plot.grab().toImage().pixelColor(middle) != with_it
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, PLAIN, last)


def test_the_crosshair_is_read_with_a_tool_in_the_hand(separated, plot, qtbot) -> None:
    take(separated, "brush")
    qtbot.mouseMove(plot.viewport(), at(plot, (1.0, 440.0)))
    plot.hover(plot.mapToScene(at(plot, (1.0, 440.0))))
    words = separated.panes.spectrogram.read_out
    assert " s " in words
    assert " Hz " in words
    assert "4" in words.split("Hz")[1]  # A4, or its neighbour
    (tip,) = separated.stroke_desk.hand._sketch.strokes
    near(plot, tip.shape.points, [(1.0, 440.0)])


# -- sources --------------------------------------------------------------------------------------


def test_the_chosen_source_is_painted(separated, plot, qtbot) -> None:
    ids = group(separated)
    take(separated, "brush")
    click(qtbot, plot, (0.5, 500.0))
    separated.selection.choose_source(ids[2])
    click(qtbot, plot, (1.0, 500.0))
    separated.selection.choose_source(UNASSIGNED)
    click(qtbot, plot, (1.5, 500.0))
    assert [it.source_id for it in strokes_of(separated)] == [ids[0], ids[2], UNASSIGNED]
    assert separated.controller.history.steps[-1].label == "Paint Unassigned"


def test_the_first_stroke_makes_its_source(separated, plot, qtbot) -> None:
    assert run_of(separated).sources == ()
    place = separated.controller.history.place
    take(separated, "brush")
    click(qtbot, plot, (0.5, 500.0))
    (source,) = run_of(separated).sources
    (stroke,) = strokes_of(separated)
    assert stroke.source_id == source.id == separated.selection.source_id
    assert separated.status.text == "Source 1 was made for what you painted."
    assert separated.controller.history.place == place + 1
    click(qtbot, plot, (1.5, 500.0))
    assert len(run_of(separated).sources) == 1
    separated.actions_["undo"].trigger()
    separated.actions_["undo"].trigger()
    assert run_of(separated).sources == ()


def test_a_locked_source_is_not_painted(separated, plot, qtbot, said) -> None:
    ids = group(separated)
    edit(separated, source_edits.lock_source, ids[0], True)
    place = separated.controller.history.place
    take(separated, "brush")
    drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    assert strokes_of(separated) == ()
    assert separated.controller.history.place == place
    sentence = "Source 1 is locked: unlock it first, or paint another source."
    assert separated.status.text == sentence
    assert said == [sentence]
    separated.selection.choose_source(ids[1])
    click(qtbot, plot, (0.5, 500.0))
    assert len(strokes_of(separated)) == 1


def test_no_more_strokes_than_a_run_holds(separated, plot, qtbot) -> None:
    group(separated)
    dab = Path(((1.0, 500.0),), 0.25)
    many = tuple(Stroke(n + 1, 1, dab, is_on=False) for n in range(MOST_STROKES))
    separated.controller.edit_run(guidance_edits.replace(run_of(separated), strokes=many), "Many")
    take(separated, "brush")
    click(qtbot, plot, (0.5, 500.0))
    assert len(strokes_of(separated)) == MOST_STROKES
    assert separated.status.text == "A run holds no more than 20000 strokes."


# -- the eraser -----------------------------------------------------------------------------------


def test_the_eraser_takes_away_what_it_goes_over(separated, plot, qtbot, said) -> None:
    group(separated)
    edit(separated, guidance_edits.paint, 1, Box(0.5, 1.5, 300.0, 900.0))
    edit(separated, guidance_edits.paint, 2, Path(((2.0, 500.0),), 0.125))
    take(separated, "eraser")
    separated.controller.brush.set_octaves(4)
    drag(qtbot, plot, [(0.9, 500.0), (1.0, 500.0), (1.2, 500.0)])
    first, second = strokes_of(separated)
    assert len(first.erased) == 1
    assert second.erased == ()
    assert separated.controller.history.steps[-1].label == "Erase"
    drag(qtbot, plot, [(1.8, 400.0), (2.0, 500.0), (2.2, 600.0)])
    assert strokes_of(separated) == (first,)  # all of the other is gone
    separated.actions_["undo"].trigger()
    assert strokes_of(separated) == (first, second)
    assert said[0].startswith("Erased: 0.")


def test_the_eraser_says_where_there_is_nothing(separated, plot, qtbot) -> None:
    ids = group(separated)
    edit(separated, guidance_edits.paint, ids[0], Box(0.5, 1.5, 300.0, 900.0))
    edit(separated, source_edits.lock_source, ids[0], True)
    place, before = separated.controller.history.place, strokes_of(separated)
    take(separated, "eraser")
    for where in ((1.0, 500.0), (2.5, 5000.0)):  # what is locked stays
        click(qtbot, plot, where)
        assert separated.status.text.startswith("There is nothing to erase here")
    assert strokes_of(separated) == before
    assert separated.controller.history.place == place


# -- while a run goes on --------------------------------------------------------------------------


def test_a_run_that_goes_on_can_be_painted(opened, wait, qtbot) -> None:
    plot = opened.panes.spectrogram.plot
    begin(opened, wait)
    take(opened, "brush")
    drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    (stroke,) = strokes_of(opened)
    assert opened.controller.live is not None
    iteration = opened.controller.live.iteration
    wait(lambda: opened.controller.live.iteration > iteration + 2)
    assert strokes_of(opened) == (stroke,)
    assert plot.strokes.strokes == (stroke,)
    end(opened, wait)
    assert opened.controller.document.current_run.strokes == (stroke,)
    assert plot.strokes.strokes == (stroke,)
    opened.actions_["undo"].trigger()  # with the run that it was part of
    assert opened.controller.shown_run() is None
    assert plot.strokes.strokes == ()
    assert opened.controller.brush.tool == "pointer"


def test_another_run_that_is_shown_gives_up_what_was_begun(two, wait, qtbot) -> None:
    plot = two.panes.spectrogram.plot
    take(two, "brush")
    last = press_and_drag(qtbot, plot, [(0.5, 500.0), (0.9, 700.0), (1.1, 800.0)])
    two.controller.choose_run(1)
    qtbot.mouseRelease(plot.viewport(), Qt.MouseButton.LeftButton, PLAIN, last)
    assert all(run.strokes == () for run in two.controller.document.runs)


# -- finding one's way ----------------------------------------------------------------------------


def test_one_finds_ones_way_with_a_tool_in_the_hand(separated, plot, qtbot) -> None:
    take(separated, "brush")
    turn_wheel(plot, 3)
    (start, stop), _ = plot.view.viewRange()
    assert stop - start < 2
    drag(qtbot, plot, [(1.5, 500.0), (1.6, 500.0), (1.8, 500.0)], keys=CTRL)
    assert plot.view.viewRange()[0][0] == pytest.approx(start - 0.3, abs=0.02)
    drag(qtbot, plot, [(1.4, 500.0), (1.5, 800.0), (1.6, 900.0)], Qt.MouseButton.RightButton)
    zoomed = plot.view.viewRange()
    assert zoomed[0] == pytest.approx([1.4, 1.6], abs=0.02)
    drag(qtbot, plot, [(1.45, 600.0), (1.5, 700.0), (1.55, 800.0)], keys=SHIFT)
    assert plot.view.viewRange()[0] == pytest.approx([1.45, 1.55], abs=0.02)
    assert strokes_of(separated) == ()


def test_the_wheel_changes_the_size(separated, plot) -> None:
    brush, before = separated.controller.brush, plot.view.viewRange()
    turn_wheel(plot, 1, ALT)
    assert plot.view.viewRange() != before  # no tool in the hand: it zooms
    plot.fit()
    take(separated, "brush")
    octaves, before = brush.octaves, plot.view.viewRange()
    turn_wheel(plot, 1, ALT)
    assert brush.octaves == 2 * octaves
    turn_wheel(plot, -1, ALT)
    assert brush.octaves == octaves
    take(separated, "harmonic")
    turn_wheel(plot, 1, ALT)
    assert brush.n_partials == 9
    assert brush.octaves == octaves
    assert plot.view.viewRange() == before


def test_the_tooltip_says_what_the_mouse_does(separated, plot) -> None:
    assert "Click: play from here" in plot.toolTip()
    take(separated, "box")
    assert "Drag: paint" in plot.toolTip()
    take(separated, "pointer")
    assert "Click: play from here" in plot.toolTip()


# -- keys -----------------------------------------------------------------------------------------


def test_a_stroke_is_made_by_keys_alone(separated, plot, qtbot, said) -> None:
    group(separated)
    qtbot.keyClick(plot, KEYS.Key_B)
    assert separated.controller.brush.tool == "brush"
    qtbot.keyClick(plot, KEYS.Key_Return)  # the cursor comes first
    assert plot.reading.is_on
    assert not separated.stroke_desk.hand.is_drawing
    start = plot.reading.place
    qtbot.keyClick(plot, KEYS.Key_Return)
    for _ in range(10):
        qtbot.keyClick(plot, KEYS.Key_Right)
    for _ in range(2):
        qtbot.keyClick(plot, KEYS.Key_Up, SHIFT)
    end = plot.reading.place
    assert strokes_of(separated) == ()
    qtbot.keyClick(plot, KEYS.Key_Return)
    (stroke,) = strokes_of(separated)
    points = stroke.shape.points
    assert points[0] == pytest.approx((start.x(), plot.from_axis(start.y())))
    assert points[-1] == pytest.approx((end.x(), plot.from_axis(end.y())))
    assert len(points) == 3  # along, then up
    assert said[0].startswith("Painting from 1.50 s, ")
    assert said[1].startswith("Source 1 painted: 1.4")


def test_a_box_by_keys_has_its_corners_where_it_began_and_ended(separated, plot, qtbot) -> None:
    qtbot.keyClick(plot, KEYS.Key_X)
    qtbot.keyClick(plot, KEYS.Key_Left)
    plot.reading.put(1.0, np.log10(400))
    qtbot.keyClick(plot, KEYS.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    plot.reading.put(1.5, np.log10(900))
    qtbot.keyClick(plot, KEYS.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    (stroke,) = strokes_of(separated)
    box = stroke.shape
    assert (box.start_s, box.stop_s) == (1.0, 1.5)
    assert (box.low_hz, box.high_hz) == pytest.approx((400, 900))


def test_esc_gives_up_first_then_takes_the_cursor_away(separated, plot, qtbot) -> None:
    qtbot.keyClick(plot, KEYS.Key_B)
    for key in (KEYS.Key_Right, KEYS.Key_Return, KEYS.Key_Right, KEYS.Key_Escape):
        qtbot.keyClick(plot, key)
    assert plot.reading.is_on
    assert strokes_of(separated) == ()
    qtbot.keyClick(plot, KEYS.Key_Escape)
    assert not plot.reading.is_on
    assert separated.controller.brush.tool == "brush"


def test_enter_plays_without_a_tool(separated, plot, sound_card, qtbot) -> None:
    played: list[float] = []
    plot.play_wanted.connect(played.append)
    qtbot.keyClick(plot, KEYS.Key_Right)
    qtbot.keyClick(plot, KEYS.Key_Return)
    assert played == [pytest.approx(1.5, abs=0.01)]
    qtbot.keyClick(plot, KEYS.Key_B)
    qtbot.keyClick(plot, KEYS.Key_Return)
    assert len(played) == 1
    assert separated.stroke_desk.hand.is_drawing
    qtbot.keyClick(plot, KEYS.Key_V)
    assert not separated.stroke_desk.hand.is_drawing
