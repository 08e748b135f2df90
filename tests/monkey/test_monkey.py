"""A short life of a monkey, and that it would notice faults."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.gui.control.preferences import Preferences
from isnmf_gui.gui.window.main_window import MainWindow
from tests.gui.conftest import (  # noqa: F401 - fixtures
    made_before,
    nothing_is_left,
    opened,
    own_preferences,
    separated,
    sound_file,
    theme,
    wait,
)
from tests.monkey.closings import closings
from tests.monkey.invariants import contradictions
from tests.monkey.runner import Outcome, live
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
        listening=True,
    )


N_DEEDS = 100


def test_some_deeds() -> None:
    """As many as the tests have time for; `run.py monkey` does 20,000."""
    outcome = live(SEED, options(N_DEEDS))
    assert outcome.faults == []
    numbers = [int(line.split("\t")[0]) for line in outcome.journal]
    assert sorted(numbers) == list(range(N_DEEDS + 1))  # the last is its rest


def test_the_program_ends_well_in_the_middle_of_everything() -> None:
    assert closings(3, SEED) == {}


# -- what would be noticed --------------------------------------------------------------------


@pytest.fixture
def window(qapp, theme, own_preferences) -> MainWindow:  # noqa: F811 - fixtures
    window = MainWindow(theme, Preferences())
    yield window
    window.files.close_now()
    window.deleteLater()


def test_an_empty_window_contradicts_nothing(window) -> None:
    assert list(contradictions(window)) == []


def test_contradictions_are_noticed(window) -> None:
    panel = window.panes.components
    panel.grid.arrange([panel._make_tile(0)])
    window.actions_["save"].setEnabled(True)
    window.setWindowModified(True)
    found = " ".join(contradictions(window))
    for words in ("{'save': False}", "modified: True", "the tiles show"):
        assert words in found


def test_gains_may_round_otherwise_and_not_be_others(separated) -> None:  # noqa: F811
    """What strokes say is summed up in the order they were painted, or are found again."""
    separated.panes.components.play_wanted.emit(0)
    assert list(contradictions(separated)) == []
    heard = separated.listening
    gains = heard._mix.gains
    for heard_at, is_told in ((np.nextafter(gains, 2), False), (gains + 1e-3, True)):
        heard._mix = replace(heard._mix, gains=heard_at)
        told = " ".join(contradictions(separated))
        assert ("is heard with the gains" in told) == is_told


#: What a deed might lead to, and words of what is told of it; the last kills the process.
FAULTS = (
    ("QTimer.singleShot(0, lambda: 1 / 0)", "an exception", "ZeroDivisionError"),
    ("QApplication.processEvents(); time.sleep(1.2)", "a hang", "child.py"),
    ("threading.Thread(target=time.sleep, args=[9], daemon=True).start()", "a thread is left", ""),
    ("qWarning('QPainter::begin: oh')", "a warning of Qt", "QPainter::begin: oh"),
    ("warnings.warn('odd', RuntimeWarning)", "a warning of Python", "RuntimeWarning: odd"),
    ("logging.getLogger('isnmf_gui').error('failed')", "an error in the log", "failed"),
    ("open(os.path.join({outside!r}, 'new'), 'w').close()", "a file outside", "new"),
    ("window.actions_['save'].setEnabled(False)", "a contradiction", "'save': True"),
    ("window.setWindowModified(True)", "a contradiction", "modified: True"),
)
CHILD = """
import logging, os, sys, threading, time, warnings
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.monkey import child, deeds
def do(self, window, dice):
    while not window.actions_["play"].isEnabled():
        QTest.qWait(5)
    if faults:
        exec(faults.pop(0))
    return "a fault"
faults = {faults}
deeds.Deeds.do = do
sys.exit(child.main(sys.argv[1:]))
"""


def faults_of(codes: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Outcome:
    """Let deeds lead to faults."""
    script = folder / "child.py"
    script.write_text(CHILD.format(faults=[code.format(outside=str(folder)) for code in codes]))
    monkeypatch.setattr("tests.monkey.runner.CHILD", [str(script)])
    chosen = options(2 * len(FAULTS))
    chosen.longest_s, chosen.goes_on = 0.4, True
    return live(SEED, chosen)


def test_faults_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = faults_of([code for code, _, _ in FAULTS], tmp_path, monkeypatch)
    for _, kind, words in FAULTS:
        found = [it for it in outcome.faults if str(it["kind"]).startswith(kind)]
        assert any(words in str(it["what"]) for it in found), kind


def test_a_crash_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (fault,) = faults_of(["os.kill(os.getpid(), 11)"], tmp_path, monkeypatch).faults
    assert fault["kind"] == "a crash (-11)"
    assert "child.py" in str(fault["what"])


def test_growth_is_noticed() -> None:
    def after(*memory_mib: float) -> str:
        return growth([Traces(it, 9, 20, 600, 5000) for it in memory_mib])

    assert after(300, 350, 360, 365) == ""
    assert "500 MiB" in after(300, 350, 360, 500)
    assert growth([Traces(300, 9, 20, widgets, 5000) for widgets in (600, 600, 900)])
