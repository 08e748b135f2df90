"""What tiles say of themselves, and their two forms: how many fit, and that nothing overlaps."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.tiles.tile_painting import COMPACT, NORMAL
from isnmf_gui.session.document.document import Like
from isnmf_gui.session.edits import factor_edits, source_edits
from tests.gui.made_runs import some_run
from tests.gui.run_tools import begin, end, separate
from tests.gui.tiles.tile_desk import Desk, N

# -- what they say ----------------------------------------------------------------------------


def count_of(image: QImage, color: QColor) -> int:
    pixels = np.array(image.convertToFormat(QImage.Format.Format_RGB32).constBits())
    wanted = [color.blue(), color.green(), color.red()]
    return int((pixels.reshape(-1, 4)[:, :3] == wanted).all(axis=1).sum())


def test_stripe_and_pill_have_the_colour_of_the_source(desk, theme) -> None:
    tile, badge, line = desk.tile(1), theme.curve(1), QColor(theme.scheme.line)
    bare = tile.grab().toImage()
    assert bare.pixelColor(5, tile.height() // 2) == line  # it belongs to none
    desk.take(source_edits.color_source(source_edits.group(desk.run, [1, 3], "Strings"), 1, 4))
    shown, color = tile.grab().toImage(), theme.curve(4)
    assert shown.pixelColor(5, tile.height() // 2) == color
    ratio = shown.devicePixelRatio()
    assert count_of(shown, color) > 200 * ratio**2  # a stripe and a pill
    assert count_of(shown, badge) > 50 * ratio**2  # the number keeps its own
    other = desk.tile(3).grab().toImage()
    assert count_of(other, color) == count_of(shown, color)
    assert "in Strings" in tile.accessibleName()


def test_kind_pitch_and_onsets_stand_on_the_tile(desk) -> None:
    tile = desk.tile(0)
    assert tile.sound_texts == ()
    silent = tile.grab().toImage()
    desk.listen()
    full, short, least = tile.sound_texts
    assert full.startswith("stroke")
    assert full.endswith("/s")
    assert short.endswith("/s")
    assert full.startswith(least)
    assert tile.grab().toImage() != silent


def test_what_was_heard_stays_until_it_is_heard_anew(desk) -> None:
    desk.listen()
    before = desk.tile(0).sound_texts
    wanted = []
    desk.panel.sounds_wanted.connect(wanted.append)
    desk.take(factor_edits.smooth_activations(desk.run, [0], 0.5))
    assert wanted == [desk.run]
    assert desk.tile(0).sound_texts == before
    desk.listen()
    assert desk.tile(0).sound_texts != before
    desk.take(replace(some_run(N, seed=4), id=7))  # another run
    assert desk.tile(0).sound_texts == ()


def test_the_window_listens_to_finished_and_running_components(
    separated, wait, monkeypatch
) -> None:
    tiles = separated.panes.components.tiles
    wait(lambda: separated.panes.components._sounds.is_known)
    assert all(tile.sound_texts for tile in tiles)
    heard = []
    show = separated.panes.components.show_sounds
    monkeypatch.setattr(
        separated.panes.components, "show_sounds", lambda *it: (heard.append(it[0]), show(*it))
    )
    begin(separated, wait)
    wait(lambda: len(heard) >= 2)  # it goes on, and they are heard again
    assert {run.id for run in heard} == {2}
    assert all(tile.sound_texts for tile in separated.panes.components.tiles)
    end(separated, wait)
    wait(lambda: separated.panes.components._sounds.is_known)


def test_what_a_component_is_like_is_told_with_its_run(separated, wait) -> None:
    separated.controller.rename_run(1, "Evening")
    separate(separated, wait)
    tile = separated.panes.components.tiles[0]
    assert tile.component.like == Like(1, 1)
    assert "Like component 1 of Evening" in tile.tooltip()
    separated.controller.delete_run(1)
    assert "Like component 1 of Run 1" in tile.tooltip()


# -- how many fit -----------------------------------------------------------------------------


#: Menus, tools and headings of the Japanese window leave tiles so much less of its height.
JAPANESE = 5


def whole(panel, less: int = 0) -> int:
    """Return how many tiles can be seen as a whole, where they have less height."""
    panel.grid.draw()
    width, height = panel.grid.viewport().size().toTuple()
    seen = QRect(0, panel.grid.verticalScrollBar().value(), width, height - less)
    return sum(seen.contains(tile.geometry()) for tile in panel.tiles)


def test_so_many_tiles_fit(opened, wait, qtbot, subtests) -> None:
    separate(opened, wait, n_bases=16, n_iterations=3)
    for size, compact, least in (
        ((1360, 860), True, 12), ((1024, 640), True, 4), ((1360, 860), False, 6),
    ):  # fmt: skip
        with subtests.test(size=size, compact=compact):
            opened.resize(*size)
            opened.panes.components.compact_button.setChecked(compact)
            qtbot.wait(20)
            assert whole(opened.panes.components, JAPANESE if compact else 0) >= least


def test_the_form_is_chosen_by_key_menu_and_button_and_remembered(separated, qtbot) -> None:
    panel, action = separated.panes.components, separated.actions_["compact"]
    assert panel.grid.form is NORMAL
    separated.setFocus()
    qtbot.keyClick(separated, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert panel.grid.form is COMPACT
    assert action.isChecked()
    action.trigger()
    assert not panel.compact_button.isChecked()
    assert panel.grid.form is NORMAL
    qtbot.mouseClick(panel.compact_button, Qt.MouseButton.LeftButton)
    assert action.isChecked()
    assert {tile.form for tile in panel.tiles} == {COMPACT}
    separated.panes.save(separated._preferences)
    panel.compact_button.setChecked(False)
    separated.panes.restore(Preferences())
    assert panel.grid.form is COMPACT
    assert action.isChecked()


# -- nothing overlaps -------------------------------------------------------------------------


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
@pytest.mark.parametrize("width", [300, 780, 1500])
def test_nothing_on_a_tile_overlaps(desk: Desk, qtbot, compact, scale, width) -> None:
    font = desk.panel.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    desk.panel.setFont(font)
    desk.panel.compact_button.setChecked(compact)
    desk.panel.resize(width, 520)
    qtbot.wait(10)
    tile = desk.tile(0)
    line, form = tile.fontMetrics().height(), tile.form
    parts = tile.parts
    writing = QRect(form.edge, tile.height() - form.edge - form.n_lines * line, 20, line)
    boxes = [it.geometry() for it in (parts.picture, parts.meter, *parts.controls)]
    boxes += [writing, tile._name_box()]
    for place, box in enumerate(boxes):
        assert tile.rect().contains(box)
        assert box.height() > 0
        assert not any(box.intersects(other) for other in boxes[place + 1 :])
    assert parts.fader._track().width() > 20
    assert tile._name_box().width() > 3 * tile.fontMetrics().horizontalAdvance("0")
