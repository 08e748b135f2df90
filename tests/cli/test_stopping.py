"""The command line: Ctrl+C, and other ends."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.tools import names_in, one_line
from tests.programs import ISNMF, environment
from tests.recordings import TEST_SET, music

# Ctrl+C is ignored in what a shell starts in the background, and children inherit that.
HEED_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
IGNORE_HANG_UP = f"{HEED_CTRL_C}; signal.signal(signal.SIGHUP, signal.SIG_IGN)"
APART_S = 0.4
SLOW_CLEANING = """
import sys, time
from isnmf_gui.cli import main
from isnmf_gui.session.files.file_set import FileSet
clean = FileSet.__exit__
def slow(self, kind, error, trace):
    time.sleep(1.0)
    return clean(self, kind, error, trace)
FileSet.__exit__ = slow
sys.exit(main(sys.argv[1:]))
"""


def interrupted(
    arguments: tuple[str | Path, ...],
    begun: Callable[[], bool],
    cwd: Path,
    *signals: signal.Signals,
    program: tuple[str | Path, ...] = (ISNMF,),
    beforehand: str = HEED_CTRL_C,
) -> tuple[int, str]:
    """Run the console script, stop it once it has begun; return exit code and stderr."""
    code = f"import os, sys\n{beforehand}\nos.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *program, *arguments],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        end = time.monotonic() + 60
        while not begun():
            assert process.poll() is None, "it ended before it could be interrupted"
            assert time.monotonic() < end
            time.sleep(0.01)
        for number, how in enumerate(signals or (signal.SIGINT,)):
            time.sleep(APART_S if number else 0)
            process.send_signal(how)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    return process.returncode, errors


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_stopped_while_it_separates(
    paths: dict[str, Path], tmp_path: Path, how: signal.Signals
) -> None:
    out = tmp_path / "out"
    arguments = ("separate", paths["float.wav"], "--out", out, "--iterations", "10000")
    code, errors = interrupted(arguments, out.exists, tmp_path, how)
    assert code == 130
    assert one_line(errors) == "isnmf: stopped; nothing unfinished was left behind"
    assert names_in(tmp_path) == []


def test_ctrl_c_while_it_writes(tmp_path: Path) -> None:
    """The recording separated before stays, that in hand leaves nothing."""
    small = TEST_SET["one sample.wav"].write(tmp_path)
    large = tmp_path / "large.wav"
    soundfile.write(large, np.tile(music(44_100, 2), (15, 1)), 44_100)
    out = tmp_path / "out"
    arguments = ("separate", small, large, "--out", out, "--bases", "24", "--iterations", "1")

    def begun() -> bool:
        return any((out / "large").glob(".large - Component 03*"))

    code, errors = interrupted((*arguments, "--start", "random", "--pictures"), begun, tmp_path)
    assert code == 130
    assert "stopped" in one_line(errors)
    assert names_in(tmp_path) == ["large.wav", "one sample.wav", "out"]
    assert names_in(out) == ["one sample"]
    assert len(names_in(out / "one sample")) == 24 + 24 + 1


def test_a_second_signal_does_not_disturb_the_cleaning_up(
    paths: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    arguments = ("separate", paths["float.wav"], "--out", out, "--iterations", "10000")
    slow = (sys.executable, "-c", SLOW_CLEANING)
    twice = (signal.SIGTERM, signal.SIGINT)
    code, errors = interrupted(arguments, out.exists, tmp_path, *twice, program=slow)
    assert (code, one_line(errors)) == (
        130,
        "isnmf: stopped; nothing unfinished was left behind",
    )
    assert names_in(tmp_path) == []


def test_what_was_told_to_ignore_that_the_terminal_closes_goes_on(
    paths: dict[str, Path], tmp_path: Path
) -> None:
    """As `nohup isnmf …` is."""
    out = tmp_path / "out"
    arguments = ("separate", paths["float.wav"], "--out", out, "--iterations", "300")
    code, _ = interrupted(arguments, out.exists, tmp_path, signal.SIGHUP, beforehand=IGNORE_HANG_UP)
    assert code == 0
    assert (out / "float - Component 01.wav").exists()
