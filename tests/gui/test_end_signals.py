"""Ctrl+C and its like end the window at any moment, and cost no work."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from isnmf_gui.session.project import open_project
from isnmf_gui.session.recovery import find_recoverable, recover
from tests.gui.ended_window import SLOW_S

ROOT = Path(__file__).resolve().parents[2]
#: Between two signals: while the copy for recovery is being written.
APART_S = 0.4
ENOUGH_S = 30


@contextmanager
def program(*words: str | Path, prefix: tuple[str, ...] = ()) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*prefix, sys.executable, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def recording(sound_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound_file, tmp_path / "song.wav"))


def ended(process: subprocess.Popen[str], *signals: signal.Signals) -> None:
    """Send signals once the window is ready; it must end by itself and complain of nothing."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    for n_sent, number in enumerate(signals):
        time.sleep(APART_S if n_sent else 0)
        process.send_signal(number)
    _, complaints = process.communicate(timeout=ENOUGH_S)
    said = complaints.replace("This plugin does not support propagateSizeHints()\n", "")  # Qt's
    assert (process.returncode, said) == (0, "")


@pytest.mark.parametrize(
    ("situation", "how"),
    [
        ("edited", signal.SIGTERM),
        ("asking", signal.SIGINT),
        ("choosing", signal.SIGHUP),
        ("saving", signal.SIGTERM),
    ],
)
def test_two_signals_while_the_copy_is_being_written(
    recording: Path, situation: str, how: signal.Signals
) -> None:
    assert APART_S < SLOW_S
    with program("-m", "tests.gui.ended_window", situation, recording) as process:
        ended(process, how, how)
    (left,) = find_recoverable()
    assert (left.name, left.n_runs) == (recording.name, 1)
    assert len(recover(left.folder).runs[0].components) == 3
    saved = recording.with_name("work.isnmf")
    assert not saved.exists() or open_project(saved).runs  # whole, or not at all


def test_what_a_run_has_reached_is_kept(recording: Path) -> None:
    with program("-m", "tests.gui.ended_window", "running", recording) as process:
        ended(process, signal.SIGTERM)
    (left,) = find_recoverable()
    _, second = recover(left.folder).runs
    assert second.separation.settings.n_iterations == 10_000
    assert second.separation.factorization.n_iterations > 5
    assert second.separation.factorization.checkpoint is not None  # it can be continued


STARTING = """
import os, signal, sys, threading
from isnmf_gui.gui import app
make_window = app.make_window
def made(application):
    os.kill(os.getpid(), signal.SIGTERM)
    return make_window(application)
app.make_window = made
sys.exit(app.main([]))
"""


def test_before_the_window_stands() -> None:
    with program("-c", STARTING) as process:
        _, complaints = process.communicate(timeout=ENOUGH_S)
    assert (process.returncode, complaints) == (0, "")


def test_a_signal_that_is_ignored_stays_so(recording: Path) -> None:
    """As with `nohup`, when the terminal closes."""
    ignoring = (
        sys.executable,
        "-c",
        "import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
        "os.execv(sys.argv[1], sys.argv[1:])",
    )
    child = ("-m", "tests.gui.ended_window", "edited", recording)
    with program(*child, prefix=ignoring) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGHUP)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2 * SLOW_S)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=ENOUGH_S)
    assert process.returncode == 0
