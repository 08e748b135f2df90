"""Strokes over the spectrogram: in their colours, on both axes, as many as there are."""

import numpy as np
import pytest
from PySide6.QtGui import QColor

from isnmf_gui.gui.appearance.theme import DARK, LIGHT, Theme
from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.document.guidance import Box, Path, Stroke
from isnmf_gui.session.edits import guidance_edits, source_edits
from tests.gui.spectrogram.painting import at, click, edit, group, run_of, strokes_of, take

BOX = Box(0.5, 1.5, 300.0, 900.0)
INSIDE, OUTSIDE = (1.0, 500.0), (2.2, 500.0)


@pytest.fixture
def plot(separated, wait):
    plot = separated.panes.spectrogram.plot
    wait(lambda: plot.visible)
    group(separated)
    plot.hover(plot.sceneRect().topLeft())  # the pointer reads nothing
    return plot


def colors(plot, *places) -> list[QColor]:
    plot.draw()
    image = plot.grab().toImage()
    return [image.pixelColor(at(plot, place)) for place in places]


def likeness(color: QColor, other: QColor) -> float:
    """How near two colours are: 0 if they are the same."""
    pairs = zip(color.getRgb()[:3], other.getRgb()[:3], strict=True)
    return float(np.mean([abs(one - its) for one, its in pairs]))


@pytest.mark.parametrize("logarithmic", [True, False])
def test_strokes_are_seen_in_the_colours_of_their_sources(separated, plot, logarithmic) -> None:
    separated.panes.spectrogram.scale_button.setChecked(logarithmic)
    before = colors(plot, INSIDE, OUTSIDE)
    edit(separated, guidance_edits.paint, 2, BOX)
    inside, outside = colors(plot, INSIDE, OUTSIDE)
    assert outside == before[1]
    source = Theme.curve_on(1, plot.is_paper)
    assert likeness(inside, source) < likeness(before[0], source) - 10
    edit(separated, source_edits.color_source, 2, 4)
    assert colors(plot, INSIDE)[0] != inside
    separated.actions_["undo"].trigger()
    separated.actions_["undo"].trigger()
    assert colors(plot, INSIDE, OUTSIDE) == before


def test_a_line_runs_where_a_stroke_ends(separated, plot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    image = plot.grab().toImage()
    corner, other = at(plot, (0.5, 300.0)), at(plot, (1.5, 900.0))
    line = QColor(Theme.curve_on(0, plot.is_paper))
    row = (corner.y() + other.y()) // 2
    hits = [x for x in range(corner.x() - 20, other.x() + 20) if image.pixelColor(x, row) == line]
    assert hits
    assert abs(hits[0] - corner.x()) <= 2
    assert abs(hits[-1] - other.x()) <= 2
    assert len(hits) <= 4  # it is a line, not a wall


def test_what_was_erased_is_cut_out(separated, plot) -> None:
    before = colors(plot, INSIDE, (0.7, 500.0))
    edit(separated, guidance_edits.paint, 1, BOX)
    edit(separated, guidance_edits.erase, Path(((1.0, 400.0), (1.0, 700.0)), 0.5))
    hole, rest = colors(plot, INSIDE, (0.7, 500.0))
    assert hole == before[0]
    assert rest != before[1]


def test_what_does_not_count_is_dotted_and_has_no_veil(separated, plot) -> None:
    before = colors(plot, INSIDE)
    edit(separated, guidance_edits.paint, 1, BOX)
    edit(separated, guidance_edits.switch_strokes, [1], False)
    assert colors(plot, INSIDE) == before
    image = plot.grab().toImage()
    corner, other = at(plot, (0.5, 300.0)), at(plot, (1.5, 900.0))
    line = QColor(Theme.curve_on(0, plot.is_paper))
    rows = range(other.y() + 5, corner.y() - 5)
    column = max(
        range(corner.x() - 2, corner.x() + 3),
        key=lambda x: sum(image.pixelColor(x, row) == line for row in rows),
    )
    dots = [image.pixelColor(column, row) == line for row in rows]
    assert 0.3 < np.mean(dots) < 0.7


def test_marked_strokes_are_pointed_out(separated, plot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    edit(separated, guidance_edits.paint, 1, Box(2.0, 2.4, 300.0, 900.0))

    def white() -> int:
        image = plot.grab().toImage()
        left, right = at(plot, (0.4, 950.0)), at(plot, (1.6, 280.0))
        columns = range(left.x(), right.x())
        rows = range(left.y(), right.y())
        return sum(image.pixelColor(x, y) == QColor("white") for x in columns for y in rows)

    none = white()
    separated.panes.spectrogram.mark_strokes([2])
    assert white() == none
    separated.panes.spectrogram.mark_strokes([1])
    assert white() > none + 100
    separated.panes.spectrogram.mark_strokes([])
    assert white() == none


def test_strokes_can_be_hidden_and_that_is_remembered(separated, plot, qtbot) -> None:
    before = colors(plot, INSIDE)
    edit(separated, guidance_edits.paint, 1, BOX)
    with_them = colors(plot, INSIDE)
    action, panel = separated.actions_["show_strokes"], separated.panes.spectrogram
    assert action.isChecked()
    panel.tools.show_button.click()
    assert colors(plot, INSIDE) == before
    assert not action.isChecked()
    assert not panel.tools.show_button.isChecked()
    assert strokes_of(separated)[0].is_on
    panel.save(Preferences())
    action.trigger()
    assert colors(plot, INSIDE) == with_them
    assert panel.tools.show_button.isChecked()
    panel.restore(Preferences())
    assert not action.isChecked()
    take(separated, "brush")  # who paints wants to see it
    click(qtbot, plot, (2.0, 2000.0))
    assert action.isChecked()


def test_colours_are_of_the_picture_not_of_the_theme(separated, plot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    assert plot.strokes._colors[1] == QColor(DARK.curves[0])
    assert plot.strokes._colors[UNASSIGNED] == QColor(DARK.dim)
    separated.panes.spectrogram._set_map("grey")
    scheme = LIGHT if plot.is_paper else DARK
    assert plot.strokes._colors[1] == QColor(scheme.curves[0])
    separated.panes.spectrogram._set_map("ember")


def test_the_pointer_clicks_on_strokes(separated, plot, qtbot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    edit(separated, guidance_edits.paint, 2, Box(0.9, 1.1, 400.0, 600.0))
    edit(separated, guidance_edits.paint, 3, Path(((2.5, 500.0),), 0.125, 3))
    edit(separated, guidance_edits.erase, Box(0.5, 0.7, 300.0, 900.0), 1)
    clicked: list[int] = []
    separated.panes.spectrogram.stroke_clicked.connect(clicked.append)
    for place in (INSIDE, (1.3, 500.0), (0.6, 500.0), OUTSIDE, (2.5, 1500.0)):
        click(qtbot, plot, place)
        qtbot.wait(5)
    assert clicked == [2, 1, 3]  # the uppermost, none where it was erased or where none is
    plot.strokes.setVisible(False)
    click(qtbot, plot, INSIDE)
    assert len(clicked) == 3


def test_ten_thousand_strokes_are_drawn_where_they_are_seen(separated, plot) -> None:
    rng = np.random.default_rng(3)
    times, pitches = rng.uniform(0, 3, 10_000).tolist(), rng.uniform(5.5, 13, 10_000).tolist()
    strokes = tuple(
        Stroke(n + 1, 1 + n % 3, Path(((time_s, 2**pitch), (time_s + 0.01, 2**pitch)), 1 / 8))
        for n, (time_s, pitch) in enumerate(zip(times, pitches, strict=True))
    )
    separated.controller.edit_run(guidance_edits.replace(run_of(separated), strokes=strokes), "")
    plot.grab()
    assert plot.strokes.n_drawn == 10_000
    plot.view.setXRange(1.0, 1.1, padding=0)
    plot.grab()
    inside = sum(0.98 - 0.01 <= time_s <= 1.12 for time_s in times)
    assert 0 < plot.strokes.n_drawn <= inside
    assert plot.strokes.n_drawn >= sum(1.0 <= time_s <= 1.1 for time_s in times)


def test_a_picture_is_made_once(separated, plot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    plot.grab()
    made = plot.strokes.n_pictures
    for position_s in (0.5, 1.0, 1.5):
        separated.panes.spectrogram.set_playhead(position_s, True)
        plot.grab()
    assert plot.strokes.n_pictures == made
    plot.view.setXRange(0.2, 2.0, padding=0)
    plot.grab()
    assert plot.strokes.n_pictures == made + 1
    edit(separated, guidance_edits.paint, 1, Box(1.0, 1.2, 2000.0, 3000.0))
    plot.grab()
    assert plot.strokes.n_pictures == made + 2


def test_strokes_of_the_run_that_is_shown_are_shown(two) -> None:
    plot = two.panes.spectrogram.plot
    group(two)
    edit(two, guidance_edits.paint, 1, BOX)
    assert len(plot.strokes.strokes) == 1
    two.controller.choose_run(1)
    assert plot.strokes.strokes == ()
    two.controller.choose_run(2)
    assert len(plot.strokes.strokes) == 1


def test_strokes_are_chosen_in_the_picture_and_in_the_list(separated, plot, qtbot) -> None:
    edit(separated, guidance_edits.paint, 1, BOX)
    edit(separated, guidance_edits.paint, 2, Box(2.0, 2.4, 300.0, 900.0))
    chosen: list[list[int]] = []
    separated.panes.guidance.strokes_selected.connect(lambda ids: chosen.append(list(ids)))
    click(qtbot, plot, INSIDE)
    assert chosen[-1] == [1]
    assert plot.strokes._marked == {1}
    separated.panes.guidance.select([2])
    assert plot.strokes._marked == {2}
