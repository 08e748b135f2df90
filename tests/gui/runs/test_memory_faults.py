"""Too little memory for a run: said before it begins, and survived when it turns up."""

import resource

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.session.runs import memory_need, run_order
from tests.gui.files.test_disk_faults import told
from tests.gui.files.test_recovery import press
from tests.gui.run_tools import separate
from tests.this_process import memory_bytes

MEGABYTE = 2**20


def question(window) -> QMessageBox | None:
    boxes = window.findChildren(QMessageBox)
    return next((it for it in boxes if it.isVisible() and "Go on?" in it.text()), None)


@pytest.fixture
def short(separated, monkeypatch):
    """A window on a computer with a megabyte left."""
    monkeypatch.setattr(memory_need, "available_bytes", lambda: MEGABYTE)
    return separated


def begin_region(window) -> None:
    window.panes.region.mark(0.5, 2.5)
    window.actions_["separate_region"].trigger()


def begin_continuing(window) -> None:
    window.actions_["continue"].trigger()


BEGINNINGS = {
    "separate": lambda window: window.actions_["separate"].trigger(),
    "compare": lambda window: window.actions_["compare"].trigger(),
    "region": begin_region,
    "continue": begin_continuing,
}


def test_it_is_asked_before_a_run_that_does_not_fit(short, wait, qtbot, subtests) -> None:
    for name in BEGINNINGS:
        with subtests.test(name):
            begin_all_the_same(short, wait, qtbot, name)


def begin_all_the_same(short, wait, qtbot, name: str) -> None:
    before = short.controller.document
    BEGINNINGS[name](short)
    box = question(short)
    assert box.text().startswith("This run needs about 0.")
    assert box.text().endswith("and 0.0 GB are free. Go on?")
    assert not short.controller.is_busy("run")
    qtbot.keyClick(box, Qt.Key.Key_Return)  # by default it is not begun
    assert question(short) is None
    assert not short.controller.is_busy("run")
    assert short.controller.document is before
    BEGINNINGS[name](short)
    press(question(short), "&Go on")
    assert short.controller.is_busy("run")
    wait(lambda: not short.controller.is_busy("run"))
    assert short.controller.document is not before


def test_where_there_is_enough_nothing_is_asked(separated, wait) -> None:
    separate(separated, wait, seed=2)
    assert question(separated) is None
    assert len(separated.controller.document.runs) == 2


def test_memory_that_ends_in_the_middle_of_a_run_costs_only_the_run(
    separated, wait, monkeypatch
) -> None:
    """For real: the process may take 100 MB more, which is not enough for two of the factors."""
    window, before = separated, separated.controller.document
    fields = window.panes.settings._fields
    kept = {name: fields[name].value() for name in ("n_bases", "window_samples", "hop_samples")}
    for name, value in (("n_bases", 256), ("window_samples", 16), ("hop_samples", 1)):
        fields[name].setValue(value)
    monkeypatch.setattr(memory_need, "available_bytes", lambda: float("inf"))
    in_use = memory_bytes("VmSize")
    limits = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (in_use + 100 * MEGABYTE, limits[1]))
    try:
        window.runs.separate()
        wait(lambda: not window.controller.is_busy("run"))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, limits)
    assert "not enough memory" in told(window, wait)
    assert window.controller.document is before
    separate(window, wait, **kept, seed=4)
    assert len(window.controller.document.runs) == 2


def test_memory_that_ends_while_a_result_is_made(separated, wait, monkeypatch) -> None:
    def fail(*_args, **_kwargs):
        raise MemoryError

    before = separated.controller.document
    with monkeypatch.context() as patch:
        patch.setattr(run_order, "separate", fail)
        separate(separated, wait)
        assert "not enough memory" in told(separated, wait)
    assert separated.controller.document is before
    separate(separated, wait)
    assert len(separated.controller.document.runs) == 2
