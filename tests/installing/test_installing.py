"""Wheel and sdist, really installed into empty environments with pip and pipx."""

import json
import shutil
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.screen import Screen
from tests.installing.trying import try_separating
from tests.programs import run

SHARED = (
    "share/applications/isnmf-gui.desktop",
    "share/metainfo/io.github.isnmf_gui.isnmf_gui.metainfo.xml",
    "share/mime/packages/isnmf-gui.xml",
    "share/icons/hicolor/scalable/apps/isnmf-gui.svg",
    "share/icons/hicolor/48x48/apps/isnmf-gui.png",
)
# Where a program's own files are.
FOUND = """
import json, isnmf_gui.paths as paths
from isnmf_gui.nmf.compiled import library
icon = paths.resources() / "icons" / "isnmf-gui.svg"
found = [str(paths.PACKAGE), paths.demo_recording().is_file(), icon.is_file()]
print(json.dumps([*found, library() is not None]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Half a gigabyte at times, and nothing to be looked at later."""
    yield tmp_path
    shutil.rmtree(tmp_path)


def pip(python: Path | str, *arguments: str | Path, cwd: Path, variables: dict[str, str]) -> str:
    command = [sys.executable, "-m", "pip", "--python", python, *arguments]
    done = run(command, cwd, variables)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def found(python: Path, cwd: Path, variables: dict[str, str]) -> list:
    done = run([python, "-c", FOUND], cwd, variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_pip_installs_the_wheel_and_all_it_needs(
    wheel: Path, offline: dict[str, str], screen: Screen, folder: Path
) -> None:
    home = folder / "empty"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip(python, "install", wheel, cwd=folder, variables=offline)
    pip(python, "check", cwd=folder, variables=offline)
    package, has_demo, has_icon, is_compiled = found(python, folder, offline)
    assert Path(package).is_relative_to(home)
    assert (has_demo, has_icon, is_compiled) == (True, True, True)
    try_separating(home / "bin" / "isnmf", folder, offline)
