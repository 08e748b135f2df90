"""The folder that needs no Python: its programs start, work and end."""

import ast
import json
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.gui.app import LATER
from isnmf_gui.nmf.compiled import build
from isnmf_gui.paths import TELL_DEVICES, demo_recording
from tests.gui.screen import Screen
from tests.installing.trying import try_separating, try_window, window
from tests.programs import run
from tests.sound_card import SoundCard, wait_until

pytestmark = pytest.mark.timeout(600)  # PyInstaller takes half a minute, on a busy machine more
ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "bundle" / "isnmf-gui.spec"


def test_it_separates_the_demo_without_a_window(
    built: Path, variables: dict[str, str], tmp_path: Path
) -> None:
    try_separating(built / "isnmf", tmp_path, variables)


def test_its_window_starts_and_closes(
    built: Path, variables: dict[str, str], screen: Screen, tmp_path: Path
) -> None:
    try_window(built / "isnmf-gui", demo_recording(), screen, tmp_path, variables)


def test_it_plays_with_the_portaudio_that_it_carries(
    built: Path,
    variables: dict[str, str],
    screen: Screen,
    sound_output: SoundCard,
    tmp_path: Path,
) -> None:
    """And with the ALSA of the system, whose plugins reach the system's sound."""
    sounding = variables | sound_output.environment
    demo = demo_recording()
    with window(built / "isnmf-gui", demo, screen, tmp_path, sounding) as program:
        with sound_output.record() as recording:
            screen.key("space")
            wait_until(lambda: np.abs(recording.samples).max(initial=0) > 1e-3, 30, "no sound")
        maps = Path(f"/proc/{program.pid}/maps").read_text().splitlines()
    used = {Path(line.split()[-1]) for line in maps if line.endswith((".so.2", ".so.2.0.0"))}
    (portaudio,) = [path for path in used if path.name.startswith("libportaudio.")]
    (alsa,) = [path for path in used if path.name.startswith("libasound.")]
    assert portaudio.is_relative_to(built)
    assert not alsa.is_relative_to(built)


def test_it_finds_the_devices_in_a_process_of_its_own(
    built: Path, variables: dict[str, str], sound_output: SoundCard, tmp_path: Path
) -> None:
    """Not by opening another window, as `-c` would do."""
    sounding = variables | sound_output.environment
    done = run([built / "isnmf-gui", TELL_DEVICES], tmp_path, sounding)
    assert done.returncode == 0
    assert "default" in [device["name"] for device in json.loads(done.stdout)]


def test_it_has_the_same_resources_as_the_wheel(built: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {it for it in archive.namelist() if it.startswith("isnmf_gui/resources/")}
    (package,) = built.glob("**/isnmf_gui")
    files = (path for path in (package / "resources").rglob("*") if path.is_file())
    assert {str(path.relative_to(package.parent)) for path in files} == names


def test_it_has_the_compiled_code(built: Path) -> None:
    """Checked against its sources when it is loaded, as in every other place."""
    (folder,) = built.glob("**/isnmf_gui/nmf/compiled")
    names = {path.name for path in build.FOLDER.iterdir() if path.suffix in (".c", ".h", ".so")}
    assert {path.name for path in folder.iterdir()} == names


def test_every_part_of_scipy_that_is_used_is_named() -> None:
    """They are loaded when they are used, so that PyInstaller finds none of them."""
    used = set()
    for path in (ROOT / "isnmf_gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Name(id="scipy"), attr=name):
                    used.add(f"scipy.{name}")
    named = set(re.findall(r'"(scipy\.\w+)"', SPEC.read_text()))
    assert used == named == set(LATER)
