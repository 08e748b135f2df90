"""Whether an installed or built program works, tried as a person does."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import soundfile

from isnmf_gui.paths import demo_recording
from tests.gui.screen import Screen
from tests.programs import run


def try_separating(isnmf: Path, folder: Path, variables: dict[str, str]) -> None:
    """Separate the demo without a window, in few iterations."""
    out = folder / "parts"
    quick = ["--bases", "2", "--iterations", "3", "--pictures"]
    done = run([isnmf, "separate", demo_recording(), "--out", out, *quick], folder, variables)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 components in" in done.stdout
    assert json.loads((out / "report.json").read_text())["null_test_db"] < -120
    for part in (f"{demo_recording().stem} - Component 0{number}" for number in (1, 2)):
        assert soundfile.info(out / f"{part}.wav").samplerate == 44_100
        assert (out / f"{part}.png").is_file()


@contextmanager
def window(
    isnmf_gui: Path, recording: Path, screen: Screen, folder: Path, variables: dict[str, str]
) -> Iterator[subprocess.Popen[str]]:
    """Open a recording in the window; in the end quit by keyboard. No word may be complained."""
    program = subprocess.Popen(
        [isnmf_gui, recording],
        cwd=folder,
        env=variables | screen.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        screen.window(recording.name)
        yield program
        screen.key("ctrl+q")
        said, complaints = program.communicate(timeout=30)
    finally:
        program.kill()
        program.communicate()
    assert (program.returncode, said, complaints) == (0, "", "")


def try_window(
    isnmf_gui: Path, recording: Path, screen: Screen, folder: Path, variables: dict[str, str]
) -> None:
    """See whether the window opens, under the name that the desktop's entry has, and closes."""
    with window(isnmf_gui, recording, screen, folder, variables):
        assert screen.has_class("isnmf-gui")
