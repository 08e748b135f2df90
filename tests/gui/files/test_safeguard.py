"""Closing and opening while something goes on: the question comes first, and stops nothing."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox

from isnmf_gui.gui.control import controller as controller_module
from isnmf_gui.gui.factors import factor_desk
from isnmf_gui.gui.files import file_desk
from isnmf_gui.gui.plots import plot_files
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.export.export_order import ExportOrder
from isnmf_gui.session.export.stems.stems import component_stems
from isnmf_gui.session.project import open_project, save_project
from tests.gui.run_tools import answer, answer_unsaved, begin, end, forget_work, question, runs_of

RUN, WAIT = "A run is still going on", "still being"


@pytest.fixture
def hold(monkeypatch) -> Callable[[object, str], threading.Event]:
    """Let some work wait until an event is set, but heed that it is to stop."""

    def held(module: object, name: str) -> threading.Event:
        gate, work = threading.Event(), getattr(module, name)

        def slow(*args: Any) -> Any:
            report = args[-1]
            while not gate.wait(0.005):
                if not report(0.0):
                    return None
            return work(*args)

        monkeypatch.setattr(module, name, slow)
        return gate

    return held


def export_to(window: MainWindow, folder: Path) -> None:
    run = window.controller.document.current_run
    window.controller.export(ExportOrder(run, "wiener", folder, tuple(component_stems(run))))


# -- a run ------------------------------------------------------------------------------------


def test_a_run_goes_on_while_it_is_asked_about_and_if_one_goes_back(opened, wait, qtbot) -> None:
    begin(opened, wait)
    opened.close()
    box, iteration = question(opened, RUN), opened.controller.live.iteration
    assert "kept as far as it has come" in box.informativeText()
    assert "not begun" not in box.informativeText()
    wait(lambda: opened.controller.live.iteration > iteration + 2)
    opened.close()  # again: one question is enough
    assert len([it for it in opened.findChildren(QMessageBox) if it.isVisible()]) == 1
    qtbot.keyClick(box, Qt.Key.Key_Return)  # goes back
    iteration = opened.controller.live.iteration
    wait(lambda: opened.controller.live.iteration > iteration + 2)
    assert opened.isVisible()
    end(opened, wait)
    assert opened.isVisible()
    assert question(opened) is None


def test_a_run_is_stopped_and_saved(opened, wait, tmp_path) -> None:
    begin(opened, wait)
    opened.close()
    answer(opened, wait, RUN, "Stop and save")
    wait(lambda: opened.findChild(QFileDialog))
    dialog = opened.findChild(QFileDialog)
    dialog.findChild(QLineEdit).setText(str(tmp_path / "last.isnmf"))
    dialog.accept()
    wait(lambda: not opened.isVisible())
    (run,) = open_project(tmp_path / "last.isnmf").runs
    assert run.separation.factorization.stopped == "cancelled"


def test_a_run_is_stopped_and_discarded(opened, wait) -> None:
    begin(opened, wait)
    opened.close()
    answer(opened, wait, RUN, "Stop and discard")
    wait(lambda: not opened.isVisible())


def test_a_run_that_ends_while_it_is_asked_about(opened, wait) -> None:
    begin(opened, wait)
    opened.close()
    assert question(opened, RUN)
    opened.controller.running.cancel()  # as if it had come to its end
    wait(lambda: question(opened))
    assert question(opened, RUN) is None
    answer_unsaved(opened, wait, "Discard")
    assert not opened.isVisible()


def test_another_file_is_not_opened_if_the_run_is_to_go_on(opened, wait, tmp_path) -> None:
    soundfile.write(tmp_path / "next.wav", [0.1] * 3000, 16_000)
    opened.runs.compare()
    wait(lambda: opened.controller.live)
    opened.files.open(tmp_path / "next.wav")
    assert "not begun" in question(opened, RUN).informativeText()  # the other rules
    answer(opened, wait, RUN, "Go back")
    wait(lambda: not opened.controller.running.is_on)
    assert len(runs_of(opened)) == 3
    assert opened.controller.document.recording.name != "next.wav"
    assert question(opened) is None


# -- jobs -------------------------------------------------------------------------------------


def test_the_window_waits_for_an_export(separated, hold, wait, tmp_path) -> None:
    forget_work(separated)
    gate = hold(controller_module, "carry_out_export")
    export_to(separated, tmp_path / "out")
    separated.close()
    answer(separated, wait, "An export is " + WAIT, "Wait for it")
    assert separated.isVisible()
    gate.set()
    wait(lambda: not separated.isVisible())
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_an_export_is_cancelled_and_nothing_of_it_is_left(separated, hold, wait, tmp_path) -> None:
    forget_work(separated)
    hold(controller_module, "carry_out_export")
    export_to(separated, tmp_path / "out")
    separated.close()
    answer(separated, wait, WAIT, "Go back")
    assert separated.controller.is_busy("export")
    assert separated.isVisible()
    separated.close()
    answer(separated, wait, WAIT, "Cancel it")
    wait(lambda: not separated.isVisible())
    assert not (tmp_path / "out").exists()


def test_nothing_is_cancelled_before_all_is_answered(separated, hold, wait, tmp_path) -> None:
    gate = hold(controller_module, "carry_out_export")
    export_to(separated, tmp_path / "out")
    separated.close()
    answer(separated, wait, WAIT, "Cancel it")
    answer_unsaved(separated, wait, "Cancel")
    assert separated.isVisible()
    gate.set()
    wait(lambda: not separated.controller.is_busy("export"))
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_an_export_that_ends_while_it_is_asked_about(separated, hold, wait, tmp_path) -> None:
    gate = hold(controller_module, "carry_out_export")
    export_to(separated, tmp_path / "out")
    separated.close()
    assert question(separated, WAIT)
    gate.set()
    answer_unsaved(separated, wait, "Discard")  # the work that is unsaved is asked about then
    assert not separated.isVisible()


def test_a_message_that_comes_of_it_keeps_the_window_open(separated, hold, wait, tmp_path) -> None:
    forget_work(separated)
    gate = hold(controller_module, "carry_out_export")
    (tmp_path / "out").write_text("in the way")
    export_to(separated, tmp_path / "out")
    separated.close()
    answer(separated, wait, WAIT, "Wait for it")
    gate.set()
    wait(lambda: not separated.controller.is_busy("export"))
    assert separated.isVisible()
    assert len([it for it in separated.findChildren(QMessageBox) if it.isVisible()]) == 1


def test_what_is_stopped_is_waited_for_no_more(separated, hold, wait, tmp_path) -> None:
    forget_work(separated)
    hold(controller_module, "carry_out_export")
    export_to(separated, tmp_path / "out")
    separated.close()
    answer(separated, wait, WAIT, "Wait for it")
    separated.cancel()
    wait(lambda: not separated.controller.is_busy("export"))
    assert separated.isVisible()


def test_opening_waits_for_a_component_that_is_being_split(separated, hold, wait, tmp_path) -> None:
    soundfile.write(tmp_path / "next.wav", [0.1] * 3000, 16_000)
    gate = hold(factor_desk, "split")
    separated.selection.select([1], 1)
    separated.actions_["split"].trigger()
    separated.actions_["split"].trigger()
    assert "being split already" in separated.status.text
    forget_work(separated)
    separated.files.open(tmp_path / "next.wav")
    answer(separated, wait, "A component is " + WAIT, "Wait for it")
    gate.set()
    answer_unsaved(separated, wait, "Discard")  # it is work
    wait(lambda: separated.controller.document.recording.name == "next.wav")


def test_a_plot_is_waited_for(separated, hold, wait, tmp_path) -> None:
    forget_work(separated)
    gate = hold(plot_files, "_save")
    separated.plot_files[0].save_data(tmp_path / "plot.csv")
    separated.close()
    answer(separated, wait, "A plot is " + WAIT, "Wait for it")
    gate.set()
    wait(lambda: not separated.isVisible())
    assert (tmp_path / "plot.csv").exists()


@pytest.fixture
def saved(separated: MainWindow, wait, tmp_path) -> MainWindow:
    separated.files._save(tmp_path / "work.isnmf")
    wait(lambda: not separated.controller.is_busy("save"))
    separated.selection.select([1], 1)
    separated.panes.components.mute_selection()
    return separated


def test_closing_while_it_is_being_saved_waits_for_that(saved, hold, wait) -> None:
    gate = hold(file_desk, "save_project")
    saved.files.save()
    saved.close()
    answer(saved, wait, "work is " + WAIT, "Wait for it")
    assert saved.isVisible()
    saved.panes.components.solo_selection()  # edited meanwhile
    gate.set()
    answer_unsaved(saved, wait, "Discard")
    assert not saved.isVisible()
    run = open_project(saved.files.path).runs[0]
    assert (run.component(1).is_muted, run.component(1).is_soloed) == (True, False)


def test_what_is_saved_in_time_closes_by_itself(saved, hold, wait) -> None:
    gate = hold(file_desk, "save_project")
    saved.files.save()
    saved.close()
    answer(saved, wait, WAIT, "Wait for it")
    gate.set()
    wait(lambda: not saved.isVisible())


def test_what_was_being_saved_is_not_taken_for_another_file(
    saved, wait, monkeypatch, tmp_path
) -> None:
    """Or the next Save would write the new work over the old."""
    soundfile.write(tmp_path / "next.wav", [0.1] * 3000, 16_000)
    gate = threading.Event()

    def slow(document, path, report):
        gate.wait(20)
        return save_project(document, path, report)  # too late to be stopped

    monkeypatch.setattr(file_desk, "save_project", slow)
    saved.files.save()
    saved.controller.open(tmp_path / "next.wav")
    wait(lambda: saved.controller.document.recording.name == "next.wav")
    gate.set()
    wait(lambda: not saved.controller.is_busy("save"))
    assert saved.files.path is None
    assert saved.windowTitle().startswith("next.wav")
