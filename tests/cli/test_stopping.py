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


def interrupted(
    arguments: tuple[str | Path, ...],
    begun: Callable[[], bool],
    cwd: Path,
    how: signal.Signals = signal.SIGINT,
) -> tuple[int, str]:
    """Run the console script, stop it once it has begun; return exit code and stderr."""
    code = f"import os, sys\n{HEED_CTRL_C}\nos.execv(sys.argv[1], sys.argv[1:])"
    process = subprocess.Popen(
        [sys.executable, "-c", code, ISNMF, *arguments],
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
    arguments = ("separate", small, large, "--out", out, "--bases", "64", "--iterations", "1")

    def begun() -> bool:
        return any((out / "large").glob(".large - Component 03*"))

    code, errors = interrupted((*arguments, "--start", "random", "--pictures"), begun, tmp_path)
    assert code == 130
    assert "stopped" in one_line(errors)
    assert names_in(tmp_path) == ["large.wav", "one sample.wav", "out"]
    assert names_in(out) == ["one sample"]
    assert len(names_in(out / "one sample")) == 64 + 64 + 1
