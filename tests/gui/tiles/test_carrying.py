"""A new run is offered the sources and names of an earlier one: by mouse, by key, by menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.document.guidance import Box
from isnmf_gui.session.edits import guidance_edits
from tests.gui.run_tools import begin, end, make_it_long, runs_of, separate
from tests.gui.tiles.tile_desk import CTRL, LEFT, SHIFT

OFFER = "Sources and names of Run 1 fit 3 of 3 components."


@pytest.fixture
def sorted_out(separated: MainWindow) -> MainWindow:
    """A window whose run has a source and names."""
    panel = separated.panes.components
    panel.group_wanted.emit([0, 1])
    separated.source_desk._rename(1, "Tune")
    panel.rename_wanted.emit(2, "Hiss")
    return separated


@pytest.fixture
def offered(sorted_out: MainWindow, wait) -> MainWindow:
    """The same with another run, which is offered them."""
    separate(sorted_out, wait)
    wait(lambda: sorted_out.panes.components.offer.text)
    return sorted_out


def carried(window: MainWindow) -> bool:
    run = window.controller.document.current_run
    titles = sorted(it.title for it in run.components)
    return titles == ["", "", "Hiss"] and [it.name for it in run.sources] == ["Tune"]


def plain(window: MainWindow) -> bool:
    run = window.controller.document.current_run
    return not run.sources and not any(it.title for it in run.components)


def test_what_is_offered_is_taken_in_one_step_that_can_be_undone(offered, qtbot) -> None:
    bar = offered.panes.components.offer
    assert bar.isVisible()
    assert bar.text == OFFER
    assert plain(offered)  # nothing is carried over unasked
    n_steps = len(offered.controller.history.steps)
    qtbot.mouseClick(bar.take_button, LEFT)
    assert carried(offered)
    assert not bar.isVisible()
    assert len(offered.controller.history.steps) == n_steps + 1
    assert offered.controller.history.step.label == "Carry over from Run 1"
    offered.history.undo()
    assert plain(offered)
    offered.history.redo()
    assert carried(offered)


def test_what_is_declined_is_offered_no_more_but_can_be_wished(offered, wait, qtbot) -> None:
    bar = offered.panes.components.offer
    bar.decline_button.setFocus()
    QTest.keyClick(bar.decline_button, Qt.Key.Key_Space)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is not None  # the next one has it
    assert plain(offered)
    offered.controller.choose_run(1)
    offered.controller.choose_run(2)
    assert not bar.isVisible()
    offered.setFocus()
    QTest.keyClick(offered, Qt.Key.Key_O, CTRL | SHIFT)
    wait(lambda: carried(offered))


def test_the_key_takes_what_is_offered_and_tab_comes_to_it(offered) -> None:
    panel = offered.panes.components
    panel.order_box.setFocus()
    seen = []
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    assert seen[:2] == [panel.offer.take_button, panel.offer.decline_button]
    assert seen[2] in panel.tiles
    assert "Ctrl+Shift+O" in panel.offer.take_button.toolTip()
    QTest.keyClick(offered, Qt.Key.Key_O, CTRL | SHIFT)
    assert carried(offered)


def test_the_offer_belongs_to_its_run_and_follows_the_other_one(offered) -> None:
    bar = offered.panes.components.offer
    offered.controller.choose_run(1)
    assert not bar.isVisible()
    offered.controller.rename_run(1, "Evening")
    offered.controller.choose_run(2)
    assert bar.text == OFFER.replace("Run 1", "Evening")
    offered.panes.components.rename_wanted.emit(0, "Mine")
    assert bar.text == OFFER.replace("Run 1", "Evening")  # it still gets a source
    offered.controller.delete_run(1)
    assert not bar.isVisible()
    assert not offered.actions_["carry_over"].isEnabled()
    offered.history.undo()
    assert bar.isVisible()


def test_nothing_is_offered_where_there_is_nothing(separated, wait) -> None:
    separate(separated, wait)
    wait(lambda: not separated.controller.is_busy("match"))
    assert separated.panes.components.offer.text == ""
    assert not separated.actions_["carry_over"].isEnabled()


def test_it_is_announced(sorted_out, wait, monkeypatch) -> None:
    said = []
    sorted_out.carry_desk.offered.connect(said.append)
    separate(sorted_out, wait)
    wait(lambda: said)
    assert said == [OFFER]


def menu_of(window: MainWindow) -> QMenu:
    menu = window.carry_desk._menu
    menu.aboutToShow.emit()
    return menu


def test_any_run_can_be_chosen_in_the_menu(offered, wait) -> None:
    offered.panes.components.offer.decline_button.click()
    (action,) = menu_of(offered).actions()
    assert action.text() == "Run 1"
    action.trigger()
    wait(lambda: carried(offered))
    offered.controller.choose_run(1)
    (action,) = menu_of(offered).actions()
    assert action.text() == "Run 2"
    action.trigger()  # it has all of it
    wait(lambda: "Nothing fits" in offered.status.text)


def test_while_a_run_goes_on_nothing_can_be_carried_over(sorted_out, wait) -> None:
    begin(sorted_out, wait)
    assert not sorted_out.actions_["carry_over"].isEnabled()
    (action,) = menu_of(sorted_out).actions()
    assert not action.isEnabled()
    end(sorted_out, wait)
    wait(lambda: sorted_out.panes.components.offer.text)


def test_each_of_the_compared_runs_is_offered_the_same(sorted_out, wait) -> None:
    sorted_out.runs.compare()
    wait(lambda: len(runs_of(sorted_out)) == 4 and not sorted_out.controller.is_busy("run"))
    wait(lambda: set(sorted_out.carry_desk._offers) == {2, 3, 4})
    for run_id in (2, 3, 4):
        sorted_out.controller.choose_run(run_id)
        assert sorted_out.panes.components.offer.text.startswith("Sources")


def test_another_recording_takes_the_offer_away(offered, wait, sound_file) -> None:
    offered.controller.history.mark_saved(offered.controller.history.step)
    offered.files.open(sound_file)
    wait(lambda: not runs_of(offered))
    assert not offered.panes.components.offer.isVisible()
    assert not offered.carry_desk._offers


def test_strokes_come_along(sorted_out, wait, qtbot) -> None:
    run = sorted_out.controller.document.current_run
    shapes = [Box(0.2, 0.6, 100.0, 900.0), Box(1.0, 1.5, 400.0, 2000.0)]
    for shape in shapes:
        run = guidance_edits.paint(run, 1, shape)
    sorted_out.controller.edit_run(run, "Painted")
    separate(sorted_out, wait)
    bar = sorted_out.panes.components.offer
    wait(lambda: bar.text)
    assert bar.text == f"{OFFER} With 2 strokes."
    qtbot.mouseClick(bar.take_button, LEFT)
    run = sorted_out.controller.document.current_run
    assert run.id == 2
    assert [it.shape for it in run.strokes] == shapes
    assert {run.source(it.source_id).name for it in run.strokes} == {"Tune"}
    assert sorted_out.panes.guidance.model.strokes == run.strokes
    sorted_out.history.undo()
    assert sorted_out.controller.document.current_run.strokes == ()


def test_strokes_are_offered_though_nothing_else_fits(separated, wait) -> None:
    run = guidance_edits.paint(separated.controller.document.current_run, 0, Box(0, 1, 0, 900))
    separated.controller.edit_run(run, "Painted")
    separate(separated, wait)
    bar = separated.panes.components.offer
    wait(lambda: bar.text)
    assert bar.text == "Strokes of Run 1 for this run too: 1."


def test_nothing_is_offered_to_a_run_that_goes_on(offered, wait) -> None:
    """From its start, not from its first snapshot: the action and the bar say the same."""
    make_it_long(offered)
    action, bar = offered.actions_["carry_over"], offered.panes.components.offer
    assert action.isEnabled()
    offered.panes.runs.continue_wanted.emit(2, 10_000)
    assert not action.isEnabled()
    assert not bar.isVisible()
    wait(lambda: offered.controller.live and offered.controller.live.iteration > 25)
    assert not action.isEnabled()
    end(offered, wait)
    assert action.isEnabled()
