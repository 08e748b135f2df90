"""Whether an installed or built program works, tried as a person does."""

import json
import subprocess
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
    for part in ("component-01", "component-02"):
        assert soundfile.info(out / f"{part}.wav").samplerate == 44_100
        assert (out / f"{part}.png").is_file()


def try_window(
    isnmf_gui: Path, recording: Path, screen: Screen, folder: Path, variables: dict[str, str]
) -> None:
    """Open a recording in the window, and quit by keyboard. Nothing may be complained about."""
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
        assert screen.has_class("isnmf-gui")
        screen.key("ctrl+q")
        said, complaints = program.communicate(timeout=30)
    finally:
        program.kill()
    assert (program.returncode, said, complaints) == (0, "", "")
