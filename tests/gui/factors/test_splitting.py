"""Splitting in the window: where the halves are, and how far it is."""

import threading

from PySide6.QtCore import Qt

from isnmf_gui.gui.factors import factor_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.edits.factor_edits import scale_stretch
from isnmf_gui.session.edits.splitting import split

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_halves_stay_side_by_side_and_are_selected(separated, qtbot, wait, subtests) -> None:
    for order in ("number", "energy", "pitch"):
        with subtests.test(order):
            split_and_undo(separated, qtbot, wait, order)


def split_and_undo(window: MainWindow, qtbot, wait, order: str) -> None:
    panel = window.panes.components
    panel.order_box.setCurrentIndex(panel.order_box.findData(order))
    panel.order_box.activated.emit(panel.order_box.currentIndex())
    before = [tile.index for tile in panel.tiles]
    first = before[0]
    window.selection.select([first], first)
    qtbot.keyClick(panel.tiles[0], Qt.Key.Key_K, CTRL)
    wait(lambda: not window.controller.is_busy("split"))
    assert [tile.index for tile in panel.tiles] == [first, 3, *before[1:]]
    assert window.selection.components == sorted([first, 3])
    assert {tile.index for tile in panel.tiles if tile.is_selected} == {first, 3}
    qtbot.keyClick(panel.tiles[0], Qt.Key.Key_Z, CTRL)
    assert [tile.index for tile in panel.tiles] == before


def test_the_progress_of_a_split_is_shown_and_it_can_be_cancelled(
    separated, qtbot, wait, monkeypatch
) -> None:
    window, bar = separated, separated.status.progress
    reached, go_on = threading.Event(), threading.Event()

    def slow(run, index, on_progress):
        assert on_progress(0.25)
        reached.set()
        go_on.wait(30)
        return split(run, index, on_progress)

    monkeypatch.setattr(factor_desk, "split", slow)
    window.selection.select([1], 1)
    run = window.controller.shown_run()
    qtbot.keyClick(window.panes.components.tiles[0], Qt.Key.Key_K, CTRL)
    assert reached.wait(30)
    wait(lambda: bar.value() == 250)
    assert bar.isVisible()
    assert "25 %" in window.status.text
    assert window.actions_["cancel"].isEnabled()
    window.actions_["cancel"].trigger()
    go_on.set()
    wait(lambda: not window.controller.is_busy("split"))
    assert window.controller.shown_run() is run
    assert not bar.isVisible()


def test_an_edit_of_all_components_moves_no_tile(separated) -> None:
    """Whatever they are sorted by; a run that is finished is sorted anew."""
    window, panel = separated, separated.panes.components
    panel.order_box.setCurrentIndex(panel.order_box.findData("energy"))
    panel.order_box.activated.emit(panel.order_box.currentIndex())
    before = [tile.index for tile in panel.tiles]
    run = window.controller.shown_run()
    for n_times, index in enumerate(before[:-1]):  # the loudest becomes the softest
        run = scale_stretch(run, [index], (0.0, 10.0), -60.0 + 20 * n_times)
    run = scale_stretch(run, before[-1:], (0.0, 10.0), 1.0)
    window.controller.edit_run(run, "quieter")
    assert [tile.index for tile in panel.tiles] == before
    panel.order_box.activated.emit(panel.order_box.currentIndex())
    assert [tile.index for tile in panel.tiles] == before[::-1]
