"""A short life of a monkey, and that it would notice faults."""

import argparse
import logging
import time
import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from isnmf_gui.gui.main_window import MainWindow
from isnmf_gui.gui.preferences import Preferences
from tests.gui.conftest import nothing_is_left, own_preferences, theme  # noqa: F401 - fixtures
from tests.monkey import watch
from tests.monkey.closings import closings
from tests.monkey.invariants import contradictions
from tests.monkey.runner import live
from tests.monkey.traces import Traces, growth

SEED = 20_260_101


def options(n_deeds: int) -> argparse.Namespace:
    return argparse.Namespace(
        start=0,
        until=n_deeds,
        rest_every=n_deeds,
        longest_s=10.0,
        goes_on=False,
        screen=False,
    )


def test_three_hundred_deeds() -> None:
    outcome = live(SEED, options(300))
    assert outcome.faults == []
    numbers = [int(line.split("\t")[0]) for line in outcome.journal]
    assert sorted(numbers) == list(range(301))  # the last is its rest


def test_the_program_ends_well_in_the_middle_of_everything() -> None:
    assert closings(3, SEED) == {}


# -- what would be noticed --------------------------------------------------------------------


class Told(list[tuple[str, str]]):
    """Faults that were told."""

    def __call__(self, kind: str, what: str) -> None:
        self.append((kind, what))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def window(qapp, theme, own_preferences) -> MainWindow:  # noqa: F811 - fixtures
    window = MainWindow(theme, Preferences())
    yield window
    window.files.close_now()
    window.deleteLater()


def test_an_empty_window_contradicts_nothing(window) -> None:
    assert list(contradictions(window)) == []


def test_contradictions_are_noticed(window) -> None:
    window.panes.components._make_tiles([0])
    window.actions_["save"].setEnabled(True)
    window.setWindowModified(True)
    found = " ".join(contradictions(window))
    for words in ("{'save': False}", "modified: True", "the tiles show"):
        assert words in found


@pytest.mark.parametrize("seconds", [0.1, 0.5])
def test_a_hang_is_noticed(seconds: float, qapp: QApplication, told: Told, tmp_path: Path) -> None:
    pulse = watch.Pulse(told, 0.25, tmp_path / "stacks")
    pulse.start()
    QTimer.singleShot(100, lambda: time.sleep(seconds))
    QTimer.singleShot(120 + int(1000 * seconds), QApplication.exit)
    qapp.exec()
    qapp.processEvents()
    pulse.beat()
    pulse.stop()
    assert [kind for kind, _ in told] == ["a hang"] * (seconds > 0.25)
    assert all("test_monkey.py" in what for _, what in told)


def test_exceptions_warnings_and_errors_are_noticed(told: Told, monkeypatch) -> None:
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(watch.sys, name, None)
    monkeypatch.setattr(watch.threading, "excepthook", None)
    handlers = logging.getLogger().handlers[:]
    with warnings.catch_warnings():
        watch.watch_exceptions(told)
        try:
            QTimer.singleShot(0, lambda: 1 / 0)
            QApplication.processEvents()
            warnings.warn("odd", RuntimeWarning, stacklevel=1)
            logging.getLogger("isnmf_gui.x").error("a job failed")
            logging.getLogger("isnmf_gui.x").warning("as a dialog says it")
        finally:
            logging.getLogger().handlers[:] = handlers
    assert [kind for kind, _ in told] == [
        "an exception", "a warning of Python", "an error in the log",
    ]  # fmt: skip


def test_growth_is_noticed() -> None:
    def after(*memory_mib: float) -> str:
        return growth([Traces(it, 9, 20, 600, 5000) for it in memory_mib])

    assert after(300, 350, 360, 365) == ""
    assert "500 MiB" in after(300, 350, 360, 500)
    assert growth([Traces(300, 9, 20, widgets, 5000) for widgets in (600, 600, 900)])
