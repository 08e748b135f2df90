"""The list of runs: naming, deleting, choosing, continuing, pausing and comparing."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.document import add_run, choose_run, make_run
from tests.gui.run_tools import begin, cell, click, end, runs_of

# -- the list -------------------------------------------------------------------------------------


def test_the_list_says_what_runs_are(two) -> None:
    model = two.panes.runs.model
    titles = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert titles == ["Run", "Rule", "p", "Bases", "Iter.", "Loss", "Time"]
    shown = [model.index(1, n).data() for n in range(5)]
    settings = runs_of(two)[1].separation.settings
    assert shown[0] == "Run 2"
    assert shown[2:] == [f"{settings.domain:g}", "3", "20"]
    tip = model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole)
    for word in ("seed 2", f"Window {settings.window_samples}", "20 of 20 iterations", "done"):
        assert word in tip
    assert not model.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert "seen and heard" in model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("column", [0, 5])
def test_a_click_chooses(two, qtbot, column) -> None:
    click(two, qtbot, 0, column)
    assert two.controller.document.current_run_id == 1
    assert two.panes.components._run.separation is runs_of(two)[0].separation


def test_keys_choose_rename_and_delete(two, qtbot, wait) -> None:
    view = two.panes.runs.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert two.controller.document.current_run_id == 2  # looked at, not chosen
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert two.controller.document.current_run_id == 1
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    qtbot.keyClicks(editor, "Soft ones")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    wait(lambda: runs_of(two)[0].title == "Soft ones")
    assert "Soft ones · " in two.panes.loss.legend.texts()[0]
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert [run.id for run in runs_of(two)] == [2]
    assert set(two.panes.loss._curves) == {2}
    assert two.panes.components._run.separation is runs_of(two)[0].separation


def test_a_double_click_renames_and_an_empty_name_brings_the_number_back(two, qtbot) -> None:
    view = two.panes.runs.view
    for typed, title in (("Again", "Again"), (" ", "")):
        place = cell(two, 1)
        click(two, qtbot, 1)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        editor = view.findChild(QLineEdit)
        editor.selectAll()
        qtbot.keyClicks(editor, typed)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)
        assert runs_of(two)[1].title == title
    assert two.panes.runs.model.index(1, 0).data() == "Run 2"


def test_deleting_the_last_run_leaves_nothing_to_see(separated, qtbot) -> None:
    separated.panes.runs.view.setFocus()
    qtbot.keyClick(separated.panes.runs.view, Qt.Key.Key_Delete)
    assert runs_of(separated) == ()
    assert separated.panes.components.tiles == []
    assert not separated.panes.loss.plot.isVisible()
    assert not separated.panes.runs.view.isVisible()
    assert not separated.actions_["continue"].isEnabled()
    qtbot.keyClick(separated, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(separated.panes.components.tiles) == 3
    assert separated.actions_["continue"].isEnabled()


def test_a_title_is_no_markup(two) -> None:
    two.controller.rename_run(1, "<b>x</b> & y")
    assert two.panes.loss.legend.texts()[0].startswith("<b>x</b> & y")
    label = two.panes.loss.legend.items[0][1]
    assert label.item.toPlainText().startswith("<b>x</b> & y")
    tip = two.panes.runs.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;x" in tip


def test_unchecked_runs_have_no_curve(two, qtbot) -> None:
    view = two.panes.runs.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Space)  # not: play
    assert set(two.panes.loss._curves) == {1}
    assert not two.controller.player.is_playing
    assert len(two.panes.loss.legend.texts()) == 1
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert set(two.panes.loss._curves) == {1, 2}


def test_the_menu_of_a_run(two) -> None:
    panel = two.panes.runs
    menu = panel.make_menu(panel.model.rows[0])
    actions = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert {"See and hear", "Rename…", "Continue by 100", "Delete…"} <= set(actions)
    actions["See and hear"].trigger()
    assert two.controller.document.current_run_id == 1
    menu.deleteLater()


# -- the plot -------------------------------------------------------------------------------------


def hover(window: MainWindow, iteration: float) -> None:
    panel = window.panes.loss
    QApplication.processEvents()
    middle = panel._view.viewRect().center().y()
    panel.plot.scene().sigMouseMoved.emit(panel._view.mapViewToScene(QPointF(iteration, middle)))


def test_another_run_that_is_continued_is_seen_at_once(two, wait) -> None:
    two.controller.continue_run(1, 10)
    shown = [tile.component for tile in two.panes.components.tiles]
    assert shown == list(runs_of(two)[0].components)
    two.panes.components.tiles[0].parts.mute_button.click()
    wait(lambda: not two.controller.is_busy("run"))
    assert [run.components[0].is_muted for run in runs_of(two)] == [True, False]


def test_the_pointer_reads_every_curve(two, wait) -> None:
    panel = two.panes.loss
    two.controller.continue_run(1, 10)
    wait(lambda: not two.controller.is_busy("run"))
    hover(two, 12.2)
    losses = [run.separation.factorization.loss for run in runs_of(two)]
    assert panel.readout.text() == "Iteration 12"
    for text, loss in zip(panel.legend.texts(), losses, strict=True):
        assert text.endswith(f": {loss[11]:,.0f}" if loss[11] >= 1000 else f": {loss[11]:.4g}")
    hover(two, 25)  # only one gets so far
    assert set(panel.values_at(25)) == {1}
    assert [":" in text for text in panel.legend.texts()] == [True, False]
    panel.plot.scene().sigMouseMoved.emit(QPointF(-50, -50))
    assert panel.readout.text() == ""
    assert panel.legend.texts() == [row.label for row in panel.visible_rows()]


def test_arrows_read_too(two, qtbot) -> None:
    plot = two.panes.loss.plot
    plot.setFocus()
    for _ in range(3):
        qtbot.keyClick(plot, Qt.Key.Key_Right)
    qtbot.keyClick(plot, Qt.Key.Key_Left)
    assert two.panes.loss.readout.text() == "Iteration 2"
    assert "Run 1" in plot.accessibleDescription()


def test_a_long_legend_names_the_newest_and_the_chosen(separated) -> None:
    separation = runs_of(separated)[0].separation
    document = separated.controller.document
    for _ in range(11):
        document = add_run(document, make_run(document, separation))
    separated.controller.edit(choose_run(document, 2), "More runs")
    names = [text.split(" · ")[0] for text in separated.panes.loss.legend.texts()]
    assert names == [f"Run {n}" for n in (2, 6, 7, 8, 9, 10, 11, 12)]


def test_linear_and_logarithmic_axis(two, qtbot, wait) -> None:
    panel = two.panes.loss
    loss = runs_of(two)[1].separation.factorization.loss
    curve = panel._curves[2]
    np.testing.assert_allclose(curve.getData()[1], np.log10(loss))
    panel._view.setXRange(3, 5, padding=0)
    qtbot.mouseClick(panel.scale_button, Qt.MouseButton.LeftButton)
    np.testing.assert_allclose(curve.getData()[1], loss)
    wait(lambda: panel._view.viewRange()[1][1] > loss.max())
    assert 0 < panel._view.viewRange()[1][0] < loss.min()
    assert panel._view.viewRange()[0][1] > 19
    panel._view.setXRange(3, 5, padding=0)
    qtbot.mouseClick(panel.fit_button, Qt.MouseButton.LeftButton)
    wait(lambda: panel._view.viewRange()[0][1] > 19)


def test_the_chosen_curve_stands_out(two) -> None:
    def pens() -> list:
        return [two.panes.loss._curves[n].opts["pen"] for n in (1, 2)]

    first, second = pens()
    assert second.style() is Qt.PenStyle.SolidLine
    assert first.style() is not Qt.PenStyle.SolidLine
    assert second.width() > first.width()
    two.controller.choose_run(1)
    assert pens()[0].style() is Qt.PenStyle.SolidLine
    assert pens()[1].style() is not Qt.PenStyle.SolidLine


# -- before the first snapshot --------------------------------------------------------------------


def chosen(window: MainWindow) -> list[int]:
    return [row.id for row in window.panes.runs.model.rows if row.is_chosen]


def test_the_run_that_was_chosen_can_be_chosen_again_while_another_one_begins(two, wait) -> None:
    two.runs.separate()
    assert two.controller.live is None
    assert chosen(two) == [3]
    two.controller.choose_run(2)  # the document's: only the mark in the list is another
    assert chosen(two) == [2]
    two.controller.choose_run(3)
    assert chosen(two) == [3]
    two.controller.choose_run(2)
    wait(lambda: not two.controller.is_busy("run"))
    assert chosen(two) == [2]


def test_a_run_can_be_named_before_its_first_snapshot(two, wait) -> None:
    two.runs.separate()
    assert two.controller.live is None
    two.panes.runs.renamed.emit(3, " Soft ones ")
    assert two.panes.runs.model.rows[2].name == "Soft ones"
    wait(lambda: not two.controller.is_busy("run"))
    assert runs_of(two)[2].title == "Soft ones"
    two.runs.separate()
    assert two.panes.runs.model.rows[3].title == ""  # the name was that one's
    end(two, wait)


def test_the_list_knows_the_new_name_of_a_run_that_is_paused(two, wait) -> None:
    begin(two, wait)
    two.runs.pause()
    wait(lambda: two.controller.running.is_paused)
    QTest.qWait(100)  # no snapshot comes any more, which would bring the name along
    two.panes.runs.renamed.emit(3, "Soft ones")
    assert two.panes.runs.model.rows[2].name == "Soft ones"
    end(two, wait)
