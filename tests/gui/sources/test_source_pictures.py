"""What sources look like: in their rows, large, and all of them in colour."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from isnmf_gui.gui.sources.source_row import SourceRow
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import UNASSIGNED
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.document.scenes import MaskedScene
from isnmf_gui.session.edits import guidance_edits, source_edits
from isnmf_gui.session.guidance.source_scenes import SourcesScene
from tests.gui.run_tools import begin, end

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
MELODY = Box(0.1, 0.9, 400.0, 700.0)


@pytest.fixture
def grouped(separated: MainWindow, wait) -> MainWindow:
    """A window with the sources in sight: one that holds two components, and one that is empty."""
    window = separated
    window.panes.left.setCurrentWidget(window.panes.sources)
    run = source_edits.group(window.controller.shown_run(), [0, 1], "Melody")
    window.controller.edit_run(source_edits.add_source(run, "Drums"), "Sources")
    wait(lambda: not window.source_pictures.is_waiting)
    return window


def rows(window: MainWindow) -> list[SourceRow]:
    return window.panes.sources.rows


def paint(window: MainWindow, source_id: int, box: Box = MELODY) -> None:
    run = window.controller.shown_run()
    window.controller.edit_run(guidance_edits.paint(run, source_id, box), "Stroke")


def percent(row: SourceRow) -> int:
    return int(row.share.text().replace("≈", "").replace("%", "").replace("<1", "0"))


def test_where_it_takes_a_while_colours_are_sharp_once_nothing_changes(grouped, wait) -> None:
    window, plot = grouped, grouped.panes.spectrogram.plot
    window.scenes.choose("sources")
    plot.scene_shown.slow_pixel_s = 0.0
    plot.draw()
    assert plot.visible.width == round(plot.view.width()) // 2
    wait(lambda: plot.visible.width == round(plot.view.width()))


def drawn(window: MainWindow, wait) -> list[bytes]:
    wait(lambda: not window.source_pictures.is_waiting)
    return [row.picture._bytes for row in rows(window)]


def test_rows_show_pictures_and_shares(grouped, wait) -> None:
    pictures = drawn(grouped, wait)
    assert [max(picture) for picture in pictures] == [255, 0, 255]
    assert sum(percent(row) for row in rows(grouped)) == 100
    assert percent(rows(grouped)[1]) == 0
    assert "%" in rows(grouped)[0].account().describe()
    assert rows(grouped)[0].picture._image.size().toTuple() == rows(grouped)[0].picture.pixels()


def test_a_stroke_changes_pictures_and_shares(grouped, wait, qtbot) -> None:
    window = grouped
    before, shares = drawn(window, wait), [percent(row) for row in rows(window)]
    paint(window, rows(window)[1].source.id)
    after = drawn(window, wait)
    assert max(after[1]) == 255
    assert after[0] != before[0]
    assert percent(rows(window)[1]) > shares[1]
    assert sum(percent(row) for row in rows(window)) == 100
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert drawn(window, wait) == before


def test_pictures_follow_the_axis_and_the_mix_leaves_them(grouped, wait, qtbot) -> None:
    window = grouped
    before = drawn(window, wait)
    qtbot.mouseClick(rows(window)[0].mute, LEFT)
    assert not window.source_pictures.is_waiting
    assert rows(window)[0].picture._dimmed
    assert not rows(window)[2].picture._dimmed
    window.panes.spectrogram.scale_button.click()
    assert drawn(window, wait)[0] != before[0]


def test_what_is_not_seen_is_drawn_once_it_is(grouped, wait) -> None:
    window = grouped
    drawn(window, wait)
    window.panes.left.setCurrentWidget(window.panes.history)
    before = rows(window)[1].picture._bytes
    paint(window, rows(window)[1].source.id)
    wait(lambda: not window.source_pictures.is_waiting)
    assert rows(window)[1].picture._bytes == before
    window.panes.left.setCurrentWidget(window.panes.sources)
    wait(lambda: rows(window)[1].picture._bytes != before)


def test_a_run_that_goes_on_is_followed(grouped, wait) -> None:
    window = grouped
    begin(window, wait)
    wait(lambda: window.controller.shown_run().separation.energies is None)
    run = source_edits.group(window.controller.shown_run(), [0, 1])
    window.controller.edit_run(run, "Sources")
    wait(lambda: rows(window) and rows(window)[0].share.text().startswith("≈"))
    seen = rows(window)[0].picture._bytes
    wait(lambda: rows(window)[0].picture._bytes != seen)
    end(window, wait)
    wait(lambda: not rows(window)[0].share.text().startswith("≈"))


def test_the_picture_shows_the_source_large(grouped, wait, qtbot) -> None:
    window, panel = grouped, grouped.panes.spectrogram
    first, second, rest = rows(window)
    window.panes.sources.show()
    qtbot.mouseClick(first.picture, LEFT)
    assert window.scenes.view == "source"
    assert panel.view_buttons["source"].isChecked()
    assert isinstance(panel.plot.scene_shown, MaskedScene)
    assert panel.title.text() == "Melody, in the recording"
    assert window.selection.source_id == first.source.id
    qtbot.mouseClick(rest, LEFT)  # another row, whose source is followed
    assert panel.title.text() == "Unassigned, in the recording"
    menu = window.panes.sources.menu_for(second.source.id)
    next(it for it in menu.actions() if it.text() == "See it large").trigger()
    menu.deleteLater()
    assert panel.title.text() == "Drums, in the recording"
    window.selection.choose_source(None)
    assert panel.title.text() == "Melody, in the recording"  # the first, where none is chosen


def test_a_row_leaves_the_view_but_for_that_of_a_component(grouped, qtbot) -> None:
    window, (first, _, rest) = grouped, rows(grouped)
    for view in ("recording", "sources", "heard"):
        window.scenes.choose(view)
        qtbot.mouseClick(first, LEFT)
        assert window.scenes.view == view
        assert window.selection.components == [0, 1]
    window.selection.select([2], 2)
    assert window.scenes.view == "component"
    qtbot.mouseClick(rest, LEFT)
    assert window.scenes.view == "source"
    window.selection.select([2], 2)
    window.selection.clear()
    assert window.scenes.view == "recording"


def test_every_view_follows_strokes(grouped, wait, qtbot) -> None:
    window, plot = grouped, grouped.panes.spectrogram.plot
    panel = grouped.panes.spectrogram
    window.selection.select([0], 0)
    panel.masked_box.setCurrentIndex(1)
    window.controller.edit_run(
        source_edits.set_source_gain(window.controller.shown_run(), UNASSIGNED, -20.0), "Gain"
    )
    for view in ("component", "source", "sources", "heard"):
        window.selection.choose_source(rows(window)[0].source.id)
        window.scenes.choose(view)
        qtbot.wait(50)  # some views have a row more
        wait(lambda: not plot._rest.isActive())
        plot.draw()
        before = plot.image._pixels.copy()
        paint(window, rows(window)[1].source.id)
        wait(lambda: not plot._redraw.isActive() and not plot._rest.isActive())
        assert not np.array_equal(plot.image._pixels, before), view
        window.controller.go(window.controller.history.place - 1)
        wait(lambda: not plot._redraw.isActive() and not plot._rest.isActive())
        assert np.array_equal(plot.image._pixels, before), view


def test_sources_in_colour(grouped, wait, qtbot) -> None:
    window, panel = grouped, grouped.panes.spectrogram
    plot = panel.plot
    qtbot.mouseClick(panel.view_buttons["sources"], LEFT)
    wait(lambda: plot.sources.is_on)
    assert isinstance(plot.scene_shown, SourcesScene)
    assert panel.legend.isVisible()
    assert [it.name for it in panel.legend.sources] == ["Melody", "Drums", "Unassigned"]
    assert "Melody, Drums, Unassigned" in panel.legend.account().describe()
    assert "Melody, Drums, Unassigned" in plot.accessibleDescription()
    plot.hover(QPointF(plot.view.sceneBoundingRect().center()))
    assert any(panel.readout.text().endswith(" %") and it in panel.readout.text()
               for it in ("Melody", "Unassigned"))  # fmt: skip
    pixels = plot.image._pixels
    color = np.stack([pixels >> shift & 255 for shift in (16, 8, 0)]).astype(int)
    assert np.ptp(color, axis=0).max() > 60  # there are hues
    grey = np.ptp(color, axis=0) <= 1
    assert (grey | (plot.sources._winners.sources[::-1] != 2)).all()  # unassigned has none
    before = pixels.copy()
    source_id = window.controller.shown_run().sources[0].id
    window.source_desk._color(source_id, 4)
    wait(lambda: not np.array_equal(plot.image._pixels, before))
    window.scenes.choose("recording")
    wait(lambda: not plot.sources.is_on)
    assert not panel.legend.isVisible()
    plot.hover(QPointF(plot.view.sceneBoundingRect().center()))
    assert panel.readout.text().endswith("dB")


def test_colours_of_sources_follow_theme_range_and_paper(grouped, wait, theme) -> None:
    window, panel = grouped, grouped.panes.spectrogram
    window.scenes.choose("sources")
    wait(lambda: panel.plot.sources.is_on)
    seen = [panel.plot.image._pixels.copy()]
    panel.color_bar.set_range(-60, 0)
    seen.append(panel.plot.image._pixels.copy())
    panel._set_map("ink")
    seen.append(panel.plot.image._pixels.copy())
    assert (seen[-1][0] & 255).mean() > (seen[0][0] & 255).mean()  # quiet is bright on paper
    for one, other in pairwise(seen):
        assert not np.array_equal(one, other)
    table = panel.color_bar._table
    assert np.ptp(table.astype(int), axis=1).max() < 24  # the bar has brightness only


def test_the_legend_cuts_all_names_alike_where_there_is_little_room(grouped, wait) -> None:
    window, legend = grouped, grouped.panes.spectrogram.legend
    window.source_desk._rename(1, "A name that is much too long for any legend")
    window.scenes.choose("sources")
    legend.resize(2000, legend.height())
    assert legend._widths()[0] > 150
    legend.resize(220, legend.height())
    widths = legend._widths()
    assert sum(widths) <= 220
    assert widths[0] == max(widths)
    assert "much too long for any legend" in legend.toolTip()
    assert not legend.grab().toImage().isNull()


# -- sources that hold nothing but what was painted -----------------------------------------------


def test_a_source_that_was_only_painted_is_heard(grouped, wait, qtbot, sound_output) -> None:
    window, row = grouped, rows(grouped)[1]
    assert not row.play.isEnabled()
    paint(window, row.source.id)
    assert row.play.isEnabled()
    qtbot.mouseClick(row.play, LEFT)
    wait(lambda: window.controller.player.is_playing)
    mix = window.listening._mix
    assert mix.pair_gains[:, 1].all()
    assert not mix.pair_gains[:, [0, 2]].any()
    assert [it.play.isChecked() for it in rows(window)] == [False, True, False]
    assert window.panes.transport._what.text() == "Drums alone"
    menu = window.panes.sources.menu_for(row.source.id)
    (export,) = [it for it in menu.actions() if it.text() == "Export this source…"]
    assert export.isEnabled()
    menu.deleteLater()
    qtbot.mouseClick(rows(window)[0].play, LEFT)
    assert [it.play.isChecked() for it in rows(window)] == [True, False, False]
    qtbot.mouseClick(row.play, LEFT)
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)  # the stroke is gone, and what it gave
    assert window.listening.source_alone is None
    assert not row.play.isChecked()
    window.controller.player.stop()


def test_a_tile_shows_what_sources_have_of_it(grouped, wait) -> None:
    window = grouped
    tiles = {tile.index: tile for tile in window.panes.components.tiles}
    assert not any(tile.shares for tile in tiles.values())
    plain = {index: tile.grab().toImage() for index, tile in tiles.items()}
    paint(window, rows(window)[0].source.id)
    paint(window, rows(window)[1].source.id, Box(0.5, 2.0, 400.0, 2500.0))
    shared = next(tile for tile in tiles.values() if len(tile.shares) > 1)
    names = [source.name for source, _ in shared.shares]
    assert "Drums" in names
    text = shared.tooltip().split("As painted: ")[1].splitlines()[0]
    assert all(f"% {name}" in text for name in names)
    assert text in shared.accessibleName()
    assert sum(int(part.split()[0]) for part in text.split(", ")) == 100
    image = shared.grab().toImage()
    assert image != plain[shared.index]
    column = {image.pixelColor(5, y).name() for y in range(8, image.height() - 8)}
    theme = window._theme
    for source, share in shared.shares:
        if share > 0.1 and source.id != UNASSIGNED:
            assert theme.curve(source.color).name() in column
