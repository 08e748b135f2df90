"""Runs that go on: continued, paused, watched beside others, compared."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from isnmf_gui.gui.runs.run_rows import RunState
from isnmf_gui.nmf import run as engine
from isnmf_gui.session.document.component_sounds import Sounds
from isnmf_gui.session.document.document import Document, Like, make_run
from isnmf_gui.session.runs.run_order import Pause, RunOrder, follow_run
from isnmf_gui.session.runs.settings import Settings
from tests.gui.run_tools import (
    CTRL,
    SHIFT,
    answer,
    begin,
    cell,
    click,
    end,
    make_it_long,
    runs_of,
    separate,
    states,
)

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


def test_what_is_missing_of_a_cancelled_run_is_proposed(opened, wait, qtbot) -> None:
    window, panel = opened, opened.panes.runs
    begin(window, wait)
    end(window, wait)
    done = runs_of(window)[0].separation.factorization.n_iterations
    assert panel.more_box.value() == 10_000 - done
    assert "missing" in panel.more_box.toolTip()
    panel.more_box.setValue(7)  # what was typed stays
    window.panes.region.mark(0.5, 1.0)
    window.controller.rename_run(1, "Long")
    assert panel.more_box.value() == 7
    separate(window, wait, n_iterations=20)
    assert panel.more_box.value() == 100  # it was done to its end
    assert "missing" not in panel.more_box.toolTip()
    panel.view.setCurrentIndex(panel.model.index(0, 0))
    assert panel.more_box.value() == 10_000 - done
    panel.more_box.setValue(5)
    window.actions_["continue"].trigger()  # of the run that is shown, not of the line
    wait(lambda: not window.controller.is_busy("run"))
    counts = [run.separation.factorization.n_iterations for run in runs_of(window)]
    assert counts == [done, 120]
    window.controller.choose_run(1)
    panel.more_box.setValue(5)
    window.actions_["continue"].trigger()
    wait(lambda: not window.controller.is_busy("run"))
    assert runs_of(window)[0].separation.factorization.n_iterations == done + 5
    assert panel.more_box.value() == 100  # those 5 were done to their end


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
    assert states(window) == [RunState.PAUSED]
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
    assert states(opened) == [RunState.CANCELLED]
    assert opened.actions_["pause"].text() == "&Pause"
    separate(opened, wait, n_iterations=5)  # the next one is not paused
    assert len(runs_of(opened)) == 2


def test_closing_while_paused_leaves_nothing(opened, wait) -> None:
    begin(opened, wait)
    opened.controller.running.pause()
    opened.close()
    answer(opened, wait, "still going on", "Stop and discard")
    wait(lambda: not opened.isVisible())
    assert not any(job.isRunning() for job in opened.controller.jobs._jobs.values())


# -- what is known meanwhile ----------------------------------------------------------------------


def test_the_last_snapshot_knows_roughly_the_energies_of_the_end(separated) -> None:
    seen = []
    recording = runs_of(separated)[0].separation.recording
    order = RunOrder(recording, Settings(n_bases=4, n_iterations=30))
    end = follow_run(order, Pause(), lambda live: seen.append(live) is None).separation
    sounds = Sounds()
    for mask in ("wiener", "ratio"):
        sounds.take(make_run(Document(), seen[-1].separation), mask)
        assert sounds.is_estimate(runs_of(separated)[0].components[0])
        np.testing.assert_allclose(sounds.energies(), end.energies[mask], rtol=0.3)
        np.testing.assert_allclose(sounds.shares(), end.energies["share"], rtol=0.05)


# -- choosing while one goes on -------------------------------------------------------------------


def test_another_run_can_be_seen_while_one_goes_on(separated, wait, qtbot) -> None:
    window = separated
    begin(window, wait)
    assert states(window) == [RunState.DONE, RunState.RUNNING]
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


def test_parts_can_be_edited_until_another_run_is_shown(separated, wait) -> None:
    make_it_long(separated)
    separated.runs.separate()
    separated.selection.select([0, 1], 0)  # of the run before
    assert separated.actions_["merge"].isEnabled()
    wait(lambda: separated.controller.running.run)
    assert separated.selection.components == [0, 1]
    assert not separated.actions_["merge"].isEnabled()
    end(separated, wait)


def test_the_run_that_goes_on_can_be_named_but_not_deleted(opened, wait, qtbot) -> None:
    begin(opened, wait)
    assert not opened.panes.runs.delete_button.isEnabled()
    opened.panes.runs.view.setFocus()
    qtbot.keyClick(opened.panes.runs.view, Qt.Key.Key_Delete)
    assert opened.findChild(QMessageBox) is None
    opened.panes.runs.renamed.emit(1, "Live")
    end(opened, wait)
    assert runs_of(opened)[0].title == "Live"


def test_the_same_run_once_more_has_the_same_numbers(separated, wait) -> None:
    run = separated.controller.shown_run()
    first = run.components[0]
    numbers = {it.index: it.number for it in run.components}
    separate(separated, wait)  # the same once more
    again = runs_of(separated)[1]
    assert {it.index: it.number for it in again.components} == numbers
    assert {it.number: it.like for it in again.components} == {n: Like(1, n) for n in (1, 2, 3)}
    assert again.components[0].id != first.id


def test_fewer_components_are_numbered_from_one_and_say_what_they_are_like(
    separated, wait, qtbot
) -> None:
    separate(separated, wait, n_bases=2)
    run = runs_of(separated)[1]
    assert sorted(it.number for it in run.components) == [1, 2]
    likes = [it for it in run.components if it.like]
    assert likes
    for component in likes:
        first = next(
            it for it in runs_of(separated)[0].components if it.number == component.like.number
        )
        assert component.color == first.color
    assert not separated.actions_["hear_3"].isEnabled()


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
    assert states(opened)[1:] == [RunState.WAITING, RunState.WAITING]
    wait(lambda: not opened.controller.is_busy("run"))
    assert [run.separation.settings.rule for run in runs_of(opened)] == ["mm", "me", "fast"]
    assert len({run.separation.settings.seed for run in runs_of(opened)}) == 1
    assert [name for name, _, _ in starts] == ["mm", "me", "fast"]
    for _, basis, activation in starts[1:]:
        np.testing.assert_array_equal(basis, starts[0][1])
        np.testing.assert_array_equal(activation, starts[0][2])
    assert set(opened.panes.loss._curves) == {1, 2, 3}
    assert opened.panes.loss.legend.texts() == [
        "Run 1 · MM · p = 1.5", "Run 2 · ME · p = 1.5", "Run 3 · Fast · p = 1.5",
    ]  # fmt: skip


def test_cancelling_a_comparison_stops_the_rest(opened, wait) -> None:
    make_it_long(opened)
    opened.runs.compare()
    wait(lambda: opened.controller.live and opened.controller.live.iteration > 3)
    assert "2 more rules to come" in opened.status.text
    opened.cancel()
    assert states(opened) == [RunState.RUNNING]  # at once, however long this iteration takes
    wait(lambda: not opened.controller.is_busy("run"))
    (run,) = runs_of(opened)
    assert run.separation.settings.rule == "mm"
    assert run.separation.factorization.stopped == "cancelled"
    assert states(opened) == [RunState.CANCELLED]


def test_a_run_that_waits_has_no_name_to_write(opened, wait, qtbot) -> None:
    """Qt complains of an attempt, which fails this test."""
    make_it_long(opened)
    opened.runs.compare()
    view = opened.panes.runs.view
    click(opened, qtbot, 1)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell(opened, 1))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    assert view.findChild(QLineEdit) is None
    end(opened, wait)


def test_another_recording_ends_a_comparison(opened, wait, sound_file) -> None:
    make_it_long(opened)
    opened.runs.compare()
    wait(lambda: opened.controller.live)
    opened.files.open(sound_file)
    answer(opened, wait, "still going on", "Stop and discard")
    wait(lambda: not opened.controller.is_busy("run") and not opened.controller.is_busy("open"))
    assert runs_of(opened) == ()
    assert states(opened) == []


def test_a_failed_run_ends_a_comparison(opened, wait, monkeypatch) -> None:
    def fail(*_args, **_kwargs):
        raise MemoryError

    monkeypatch.setattr("isnmf_gui.session.runs.run_order.separate", fail)
    opened.runs.compare()
    wait(lambda: not opened.controller.is_busy("run"))
    assert states(opened) == []
    assert "not enough memory" in opened.status.text
