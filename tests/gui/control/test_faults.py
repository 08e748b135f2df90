"""Faults of the program itself, wherever they come from: logged, shown, and it goes on."""

import gc
import sys
import threading

import pytest
import shiboken6
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.control.faults import QUIET_S, Faults
from isnmf_gui.gui.playing.level_meter import LevelMeter
from tests.gui.run_tools import separate


@pytest.fixture
def faulty(separated, clock):
    """A window that takes the faults of the program, as it does when it is started."""
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    Faults(separated, clock).install()
    yield separated
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def shown(window) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def fail(*_args, **_kwargs) -> None:
    raise ValueError("a fault")


def in_a_slot(window, monkeypatch) -> None:
    window.selection.changed.connect(fail)
    window.selection.select([1], 1)


def in_a_desk(window, monkeypatch) -> None:
    monkeypatch.setattr("isnmf_gui.gui.tiles.mix_desk.mix_edits", None)
    window.selection.select([1], 1)
    window.panes.components.mute_selection()


def in_a_timer(window, monkeypatch) -> None:
    QTimer.singleShot(0, window, fail)


def in_a_paint(window, monkeypatch) -> None:
    meter = window.panes.transport.findChild(LevelMeter)
    monkeypatch.setattr(meter, "_place", fail)  # while a painter is at work
    meter.update()


def in_a_thread(window, monkeypatch) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def in_a_qthread(window, monkeypatch) -> None:
    class Failing(QThread):
        run = fail

    thread = Failing(window)
    thread.start()
    thread.wait()


def in_a_finalizer(window, monkeypatch) -> None:
    class Failing:
        __del__ = fail

    Failing()
    gc.collect()


PLACES = (
    in_a_slot, in_a_desk, in_a_timer, in_a_paint, in_a_thread, in_a_qthread, in_a_finalizer,
)  # fmt: skip


@pytest.mark.parametrize("provoke", PLACES)
def test_a_fault_is_logged_and_shown_and_work_goes_on(
    faulty, wait, monkeypatch, caplog, capsys, provoke
) -> None:
    before = faulty.controller.document
    with monkeypatch.context() as patch:
        provoke(faulty, patch)
        wait(lambda: shown(faulty))
    (box,) = shown(faulty)
    assert "your work is still here" in box.text()
    assert "Error" in box.detailedText()
    assert "File " in box.detailedText()  # where it comes from
    assert len([it for it in caplog.records if it.message == "unexpected"]) == 1
    assert "Traceback" in capsys.readouterr().err
    box.accept()
    assert faulty.controller.document is before
    separate(faulty, wait, seed=3)
    assert len(faulty.controller.document.runs) == 2


def test_a_fault_of_every_paint_is_shown_once(
    faulty, wait, qtbot, monkeypatch, caplog, clock
) -> None:
    painted = []

    def paint(*_args) -> None:
        painted.append(1)
        fail()

    with monkeypatch.context() as patch:
        patch.setattr(faulty.panes.overview._painting, "paint", paint)
        for number in range(30):
            faulty.panes.overview.update()
            wait(lambda number=number: len(painted) > number)
            clock.now_s += QUIET_S / 2
            for box in shown(faulty):
                assert number < 2
                clock.now_s += 60  # it is read at leisure
                box.accept()
    assert len(painted) >= 30
    logged = [it.message for it in caplog.records if it.name == "isnmf_gui.gui.control.faults"]
    assert logged[0] == "unexpected"
    assert logged[1].startswith("10 times: ValueError at ")
    assert len(logged) == 2


def test_a_fault_that_comes_back_later_is_shown_again(faulty, wait, monkeypatch, clock) -> None:
    for _ in range(2):
        in_a_timer(faulty, monkeypatch)
        wait(lambda: shown(faulty))
        shown(faulty)[0].accept()
        clock.now_s += QUIET_S


def test_a_fault_after_the_window_is_only_logged(qapp, window, caplog, capsys) -> None:
    faults = Faults(window)
    faults.setParent(None)
    shiboken6.delete(faults)
    faults.take(ValueError("late"))
    assert "late" in caplog.text


def test_an_order_to_end_is_no_fault(window, qtbot) -> None:
    Faults(window).take(KeyboardInterrupt())
    qtbot.wait(10)
    assert not shown(window)
