"""The list of runs: naming, deleting, choosing, continuing, pausing and comparing."""

import time

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from isnmf_gui.gui.main_window import MainWindow
from isnmf_gui.gui.panels.run_rows import State
from isnmf_gui.nmf import run as engine
from isnmf_gui.session.document import add_run, choose_run, make_run
from tests.gui.conftest import make_it_long

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def runs_of(window: MainWindow):
    return window.controller.document.runs


def states(window: MainWindow) -> list[State]:
    return [row.state for row in window.panes.runs.model.rows]


def cell(window: MainWindow, row: int, column: int = 0) -> QPoint:
    view = window.panes.runs.view
    return view.visualRect(view.model().index(row, column)).center()


def click(window: MainWindow, qtbot, row: int, column: int = 0) -> None:
    view = window.panes.runs.view
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell(window, row, column))


def separate(window: MainWindow, wait, **values: int) -> None:
    for name, value in values.items():
        window.panes.settings._fields[name].setValue(value)
    window.separate()
    wait(lambda: not window.controller.is_busy("run"))


def begin(window: MainWindow, wait) -> None:
    make_it_long(window)
    window.separate()
    wait(lambda: window.controller.live and window.controller.live.iteration > 5)


def end(window: MainWindow, wait) -> None:
    window.cancel()
    wait(lambda: not window.controller.is_busy("run"))


@pytest.fixture
def two(separated: MainWindow, wait) -> MainWindow:
    """A window with two runs; the second is chosen."""
    separate(separated, wait, seed=2)
    return separated


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
    box = two.findChild(QMessageBox)
    assert "Soft ones" in box.text()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert len(runs_of(two)) == 2  # Esc keeps it
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    box = next(it for it in two.findChildren(QMessageBox) if it.isVisible())
    delete = next(it for it in box.buttons() if it.text() == "Delete")
    qtbot.mouseClick(delete, Qt.MouseButton.LeftButton)
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
    box = separated.runs.ask_to_delete(1)
    next(it for it in box.buttons() if it.text() == "Delete").click()
    assert runs_of(separated) == ()
    assert separated.panes.components.tiles == []
    assert not separated.panes.loss.plot.isVisible()
    assert not separated.panes.runs.view.isVisible()
    assert not separated.actions_["continue"].isEnabled()


def test_a_title_is_no_markup(two) -> None:
    two.controller.rename_run(1, "<b>x</b> & y")
    assert two.panes.loss.legend.texts()[0].startswith("<b>x</b> & y")
    label = two.panes.loss.legend.items[0][1]
    assert label.item.toPlainText().startswith("<b>x</b> & y")
    tip = two.panes.runs.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;x" in tip
    assert "<b>x</b>" in two.runs.ask_to_delete(1).text()


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


# -- continuing -----------------------------------------------------------------------------------


def test_continuing_is_the_same_as_running_longer(separated, wait, qtbot) -> None:
    window = separated
    before = runs_of(window)[0]
    window.controller.rename_run(1, "Mine")
    window.panes.runs.more_box.setValue(15)
    qtbot.mouseClick(window.panes.runs.continue_button, Qt.MouseButton.LeftButton)
    wait(lambda: not window.controller.is_busy("run"))
    (after,) = runs_of(window)
    assert (after.id, after.title, after.components) == (1, "Mine", before.components)
    result = after.separation.factorization
    assert result.n_iterations == 35
    assert after.separation.settings.n_iterations == 35
    first = before.separation.factorization.loss
    np.testing.assert_array_equal(result.loss[:20], first)
    assert after.separation.seconds > before.separation.seconds
    assert window.panes.runs.model.index(0, 4).data() == "35"
    assert len(window.panes.loss._curves[1].getOriginalDataset()[1]) == 35
    separate(window, wait, n_iterations=35)
    whole = runs_of(window)[1].separation.factorization
    np.testing.assert_allclose(result.loss, whole.loss, rtol=1e-5)


def test_continue_by_the_menu_takes_the_chosen_run(two, wait, qtbot) -> None:
    two.controller.choose_run(1)
    qtbot.keyClick(two, Qt.Key.Key_C, CTRL | SHIFT)
    wait(lambda: not two.controller.is_busy("run"))
    assert [run.separation.factorization.n_iterations for run in runs_of(two)] == [120, 20]
    assert two.controller.document.current_run_id == 1


def test_a_run_that_had_settled_goes_on_all_the_same(opened, wait) -> None:
    panel = opened.panes.settings
    stop = panel._fields["tolerance"]
    stop.setCurrentIndex(stop.findData(1e-3))
    panel._fields["rule"].setCurrentIndex(panel._fields["rule"].findData("mm"))
    separate(opened, wait, n_iterations=5000)
    done = runs_of(opened)[0].separation.factorization.n_iterations
    opened.controller.continue_run(1, 30)
    wait(lambda: not opened.controller.is_busy("run"))
    assert runs_of(opened)[0].separation.factorization.n_iterations == done + 30


# -- pausing --------------------------------------------------------------------------------------


def test_pause_stops_the_work_and_resume_goes_on(opened, wait, qtbot) -> None:
    window, running = opened, opened.controller.running
    begin(window, wait)
    qtbot.keyClick(window, Qt.Key.Key_P, CTRL)
    assert running.is_paused
    assert states(window) == [State.PAUSED]
    wait(lambda: "paused" in window.status.text)
    qtbot.wait(200)  # an iteration under way ends
    snapshot, cpu_s = running.live, time.process_time()
    qtbot.wait(400)
    assert running.live is snapshot
    assert time.process_time() - cpu_s < 0.3
    action = window.actions_["pause"]
    assert "Resume" in action.text()
    window._theme.changed.emit()  # new icons are made: the action still says what it does
    icons = [it.pixmap(24).toImage() for it in (action.icon(), window._theme.icon("play"))]
    assert icons[0] == icons[1]
    qtbot.mouseClick(window.panes.runs.pause_button, Qt.MouseButton.LeftButton)
    assert not running.is_paused
    wait(lambda: running.live.iteration > snapshot.iteration + 3)
    assert running.live.seconds < snapshot.seconds + 30
    end(window, wait)


def test_a_pause_does_not_count(opened, wait, qtbot) -> None:
    window, running = opened, opened.controller.running
    began = time.perf_counter()
    begin(window, wait)
    running.pause()
    qtbot.wait(1000)
    assert running.live.seconds == pytest.approx(running.live.separation.seconds)
    running.pause(False)
    end(window, wait)
    assert runs_of(window)[0].separation.seconds < time.perf_counter() - began - 0.9


def test_cancelling_a_paused_run_keeps_it(opened, wait, qtbot) -> None:
    begin(opened, wait)
    opened.controller.running.pause()
    qtbot.mouseClick(opened.panes.runs.cancel_button, Qt.MouseButton.LeftButton)
    wait(lambda: not opened.controller.is_busy("run"))
    assert states(opened) == [State.CANCELLED]
    assert opened.actions_["pause"].text() == "&Pause"
    separate(opened, wait, n_iterations=5)  # the next one is not paused
    assert len(runs_of(opened)) == 2


def test_closing_while_paused_leaves_nothing(opened, wait) -> None:
    begin(opened, wait)
    opened.controller.running.pause()
    opened.close()
    assert not any(job.isRunning() for job in opened.controller.jobs._jobs.values())


# -- choosing while one goes on -------------------------------------------------------------------


def test_another_run_can_be_seen_while_one_goes_on(separated, wait, qtbot) -> None:
    window = separated
    begin(window, wait)
    assert states(window) == [State.DONE, State.RUNNING]
    click(window, qtbot, 0)
    first = runs_of(window)[0]
    assert window.controller.shown_run() is first
    assert window.panes.components._run.separation is first.separation
    n_points = window.panes.loss._curves[2].getOriginalDataset()[1].size
    wait(lambda: window.panes.loss._curves[2].getOriginalDataset()[1].size > n_points)
    assert window.panes.components._run.separation is first.separation
    click(window, qtbot, 1)
    assert window.controller.shown_run() is window.controller.running.run
    click(window, qtbot, 0)
    end(window, wait)
    assert window.controller.document.current_run_id == 1  # nobody is torn away from it
    assert [run.id for run in runs_of(window)] == [1, 2]


def test_the_run_that_goes_on_can_be_named_but_not_deleted(opened, wait, qtbot) -> None:
    begin(opened, wait)
    assert not opened.panes.runs.delete_button.isEnabled()
    opened.panes.runs.view.setFocus()
    qtbot.keyClick(opened.panes.runs.view, Qt.Key.Key_Delete)
    assert opened.findChild(QMessageBox) is None
    opened.panes.runs.renamed.emit(1, "Live")
    end(opened, wait)
    assert runs_of(opened)[0].title == "Live"


def test_a_new_run_takes_over_numbers_and_titles(separated, wait) -> None:
    run = separated.controller.shown_run()
    named = run.components[0]
    numbers = {it.index: it.number for it in run.components}
    separate(separated, wait)  # the same once more
    again = runs_of(separated)[1]
    assert {it.index: it.number for it in again.components} == numbers
    assert again.components[0].id != named.id


# -- comparing ------------------------------------------------------------------------------------


def test_compare_rules_runs_three_from_one_start(opened, wait, qtbot, monkeypatch) -> None:
    starts = []
    rule_named = engine.rule_named

    def spy(name, state, memory):
        starts.append((name, state.T.copy(), state.V.copy()))
        return rule_named(name, state, memory)

    monkeypatch.setattr(engine, "rule_named", spy)
    start = opened.panes.settings._fields["start"]
    start.setCurrentIndex(start.findData("tempered"))
    qtbot.keyClick(opened, Qt.Key.Key_R, CTRL | SHIFT)
    assert states(opened)[1:] == [State.WAITING, State.WAITING]
    wait(lambda: not opened.controller.is_busy("run"))
    assert [run.separation.settings.rule for run in runs_of(opened)] == ["mm", "me", "fast"]
    assert len({run.separation.settings.seed for run in runs_of(opened)}) == 1
    assert [name for name, _, _ in starts] == ["mm", "me", "fast"]
    for _, basis, activation in starts[1:]:
        np.testing.assert_array_equal(basis, starts[0][1])
        np.testing.assert_array_equal(activation, starts[0][2])
    assert set(opened.panes.loss._curves) == {1, 2, 3}
    assert opened.panes.loss.legend.texts() == ["Run 1 · MM", "Run 2 · ME", "Run 3 · Fast"]


def test_cancelling_a_comparison_stops_the_rest(opened, wait) -> None:
    make_it_long(opened)
    opened.runs.compare()
    wait(lambda: opened.controller.live and opened.controller.live.iteration > 3)
    assert "2 more rules to come" in opened.status.text
    end(opened, wait)
    (run,) = runs_of(opened)
    assert run.separation.settings.rule == "mm"
    assert run.separation.factorization.stopped == "cancelled"
    assert states(opened) == [State.CANCELLED]


def test_another_recording_ends_a_comparison(opened, wait, sound_file) -> None:
    make_it_long(opened)
    opened.runs.compare()
    wait(lambda: opened.controller.live)
    opened.open(sound_file)
    wait(lambda: not opened.controller.is_busy("run") and not opened.controller.is_busy("open"))
    assert runs_of(opened) == ()
    assert states(opened) == []


def test_a_failed_run_ends_a_comparison(opened, wait, monkeypatch) -> None:
    def fail(*_args, **_kwargs):
        raise MemoryError

    monkeypatch.setattr("isnmf_gui.gui.live.separate", fail)
    opened.runs.compare()
    wait(lambda: not opened.controller.is_busy("run"))
    assert states(opened) == []
    assert "not enough memory" in opened.status.text


# -- the plot -------------------------------------------------------------------------------------


def hover(window: MainWindow, iteration: float) -> None:
    panel = window.panes.loss
    QApplication.processEvents()
    middle = panel._view.viewRect().center().y()
    panel.plot.scene().sigMouseMoved.emit(panel._view.mapViewToScene(QPointF(iteration, middle)))


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
    separated.controller.edit(choose_run(document, 2))
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
