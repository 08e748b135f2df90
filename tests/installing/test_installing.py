"""Wheel and sdist, really installed into empty environments with pip and pipx."""

import json
import shutil
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from isnmf_gui.nmf.compiled import library
from isnmf_gui.paths import demo_recording
from tests.gui.screen import Screen
from tests.installing.trying import try_separating, try_window
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


def package_of(home: Path) -> Path:
    """Return where the package is in an environment."""
    (site,) = home.glob("lib/python*/site-packages")
    return site / "isnmf_gui"


def found(python: Path, cwd: Path, variables: dict[str, str]) -> list:
    done = run([python, "-c", FOUND], cwd, variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_pip_installs_the_sdist_and_all_it_needs(
    sdist: Path, offline: dict[str, str], screen: Screen, folder: Path
) -> None:
    """In an environment with nothing at all, where no compiler is found."""
    home = folder / "empty"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    pip(python, "install", sdist, cwd=folder, variables=offline | {"CC": "no-compiler"})
    assert "No broken requirements" in pip(python, "check", cwd=folder, variables=offline)
    assert found(python, folder, offline) == [str(package_of(home)), True, True, False]
    try_separating(home / "bin" / "isnmf", folder, offline)
    try_window(home / "bin" / "isnmf-gui", demo_recording(), screen, folder, offline)


def test_pipx_installs_the_wheel_and_all_it_needs(
    wheel: Path, offline: dict[str, str], screen: Screen, folder: Path
) -> None:
    places = {"PIPX_HOME": str(folder / "pipx"), "PIPX_BIN_DIR": str(folder / "bin")}
    command = [sys.executable, "-m", "pipx", "install", "--python", sys.executable, wheel]
    done = run(command, folder, offline | places)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(it.name for it in (folder / "bin").iterdir()) == ["isnmf", "isnmf-gui"]
    home = folder / "pipx" / "venvs" / "isnmf-gui"
    is_compiled = library() is not None
    assert found(home / "bin" / "python", folder, offline) == [
        *(str(package_of(home)), True, True, is_compiled)
    ]
    assert all((home / name).is_file() for name in SHARED)
    try_separating(folder / "bin" / "isnmf", folder, offline)
    try_window(folder / "bin" / "isnmf-gui", demo_recording(), screen, folder, offline)


def test_a_prefix_has_what_desktops_look_for(
    wheel: Path, offline: dict[str, str], folder: Path
) -> None:
    prefix = folder / "prefix"
    # Else pip takes away what is installed elsewhere: the program that is being tested.
    options = ["--ignore-installed", "--no-deps", "--prefix", prefix]
    pip(sys.executable, "install", *options, wheel, cwd=folder, variables=offline)
    assert all((prefix / name).is_file() for name in SHARED)
    assert (prefix / "bin" / "isnmf-gui").is_file()
