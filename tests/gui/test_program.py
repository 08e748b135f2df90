"""The installed program, as a process on a real screen, worked with keys and mouse."""

import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from isnmf_gui.paths import demo_recording
from isnmf_gui.session.runs.settings import PRESETS
from tests.gui.screen import Screen
from tests.sound_card import SoundCard, wait_until

PROGRAM = Path(sysconfig.get_path("scripts")) / "isnmf-gui"
PICTURES = Path("test-output")
N_BASES = PRESETS["quality"].n_bases


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.stop()


def start(screen: Screen, home: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    places = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    environment = {**os.environ, **places, **screen.environment, **more}
    command = [str(PROGRAM), *arguments]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def end(screen: Screen, program: subprocess.Popen[str], discards: bool = False) -> None:
    """Quit by keyboard; the program must end by itself and have complained about nothing."""
    screen.window("isnmf-gui")
    screen.key("ctrl+q")
    if discards:  # Save, Discard, Cancel
        wait_until(lambda: message_came(screen), what="no question came")
        screen.key("alt+d")
    _, complaints = program.communicate(timeout=30)
    assert program.returncode == 0
    assert complaints == ""


def pictured(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Tell whether a part of a light window holds spectrograms, which are mostly dark."""
    return bool((np.asarray(image.crop(box).convert("L")) < 100).mean() > 0.15)


def message_came(screen: Screen) -> bool:
    """Tell whether a second window of the program stands on the screen, painted."""
    windows = screen._tool("search", "--onlyvisible", "--name", "isnmf-gui").split()
    time.sleep(0.3)
    return len(windows) > 1


def colors(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    return len(np.unique(np.asarray(image.crop(box)).reshape(-1, 3), axis=0))


# Where the tiles are in a window of the default size at the top left of the screen.
TILES = (290, 510, 1030, 800)
SPECTROGRAM = (345, 100, 960, 430)
LOSS = (1120, 90, 1350, 600)


def test_separate_listen_and_export_the_demo(
    screen: Screen, sound_output: SoundCard, tmp_path: Path
) -> None:
    recording = beginning_of_the_demo(tmp_path)
    program = start(screen, tmp_path, str(recording), **sound_output.environment)
    try:
        screen.window("demo.flac")
        wait_until(lambda: pictured(screen.grab(), SPECTROGRAM))
        opened = screen.grab(PICTURES / "opened.png")
        assert not pictured(opened, TILES)
        screen.key("ctrl+r")
        wait_until(lambda: pictured(screen.grab(), TILES))
        running = screen.grab(PICTURES / "running.png")
        wait_until(lambda: running.crop(LOSS) != screen.grab().crop(LOSS))
        export(screen, tmp_path / "out")
        screen.grab(PICTURES / "exported.png")
        listen(screen, sound_output)
        end(screen, program, discards=True)
    finally:
        program.kill()
        program.communicate()
    files = sorted((tmp_path / "out").glob("* - Component *.wav"))
    assert len(files) == N_BASES
    demo, _ = soundfile.read(recording)
    total = sum(soundfile.read(file)[0] for file in files)
    assert 20 * np.log10(np.linalg.norm(total - demo) / np.linalg.norm(demo)) < -120


def beginning_of_the_demo(folder: Path) -> Path:
    """Write as much of it as is still separated while one looks."""
    path = folder / "demo.flac"
    samples, rate = soundfile.read(demo_recording(), dtype="int16")
    soundfile.write(path, samples[: 12 * rate], rate, "PCM_16")
    return path


def export(screen: Screen, folder: Path) -> None:
    """Press Ctrl+E until the run is over and the dialog comes, then fill it in."""

    def dialog_came() -> bool:
        screen.window("isnmf-gui")
        screen.key("ctrl+e")
        return screen.has_window("Export")

    wait_until(dialog_came, 90, "the run did not end")
    screen.window("Export")
    screen.key("alt+o", "ctrl+a")
    screen.type(str(folder))
    screen.grab(PICTURES / "export.png")
    screen.key("Return")
    wait_until(lambda: len(list(folder.glob("* - Component *.wav"))) == N_BASES, 60, "no files")


def listen(screen: Screen, card: SoundCard) -> None:
    """Click a tile, then play it with the space bar; something must be heard."""
    screen.window("isnmf-gui")
    screen.click(400, 560)
    with card.record() as recording:
        screen.key("space")
        wait_until(lambda: np.abs(recording.samples).max(initial=0) > 1e-3, 20, "no sound")
        screen.grab(PICTURES / "listening.png")
    screen.key("Escape")


@pytest.mark.parametrize(("theme", "names"), [("light", []), ("dark", ["notes.wav"])])
def test_empty_window_and_a_bad_file(
    screen: Screen, tmp_path: Path, theme: str, names: list[str]
) -> None:
    folder = tmp_path / "isnmf-gui"
    folder.mkdir()
    (folder / "isnmf-gui.ini").write_text(f"[General]\ntheme={theme}\n")
    (tmp_path / "notes.wav").write_text("not a recording")
    program = start(screen, tmp_path, *(str(tmp_path / name) for name in names))
    try:
        screen.window("isnmf-gui")
        if names:
            wait_until(lambda: message_came(screen), what="no message came")
            screen.grab(PICTURES / f"error-{theme}.png")
            screen.key("Return")
        wait_until(lambda: colors(screen.grab(), (280, 60, 1040, 470)) > 20)
        empty = screen.grab(PICTURES / f"empty-{theme}.png")
        assert (np.mean(empty.getpixel((700, 700))) < 128) == (theme == "dark")
        end(screen, program)
    finally:
        program.kill()
        program.communicate()


def test_start_without_portaudio(screen: Screen, tmp_path: Path) -> None:
    """The program starts and works where the library of sound is missing."""
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes.util\nctypes.util.find_library = lambda name: None\n"
    )
    program = start(screen, tmp_path, str(demo_recording()), PYTHONPATH=str(tmp_path))
    try:
        screen.window("demo.flac")
        wait_until(lambda: pictured(screen.grab(), SPECTROGRAM))
        screen.key("space")
        wait_until(lambda: message_came(screen))
        screen.grab(PICTURES / "no-portaudio.png")
        screen.key("Return")
        end(screen, program)
    finally:
        program.kill()
        program.communicate()


def test_what_the_start_does_without_is_loaded_before_it_is_used() -> None:
    """The program is on the screen before most of scipy is loaded."""
    code = (
        "import sys; from isnmf_gui.gui import app; "
        "print([it for it in app.LATER if it in sys.modules]); app.load_the_rest(); "
        "print([it for it in app.LATER if it not in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n[]\n"


def test_version() -> None:
    done = subprocess.run([sys.executable, "-m", "isnmf_gui.gui.app", "--version"],
                          capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.startswith("isnmf-gui 0.")
