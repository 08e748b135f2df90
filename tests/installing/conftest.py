"""What is built to be installed: made once for all tests, from the checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.screen import Screen
from tests.installing.wheels import TOOLS, locked_names, repack
from tests.programs import environment, run

ROOT = Path(__file__).resolve().parents[2]


def build(kind: str, folder: Path, **changes: str) -> Path:
    """Build the wheel or the sdist as `pip` does, and return its path."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder]
    subprocess.run(command, cwd=ROOT, env=environment(**changes), check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the wheels of the lock, had without a network."""
    folder = tmp_path_factory.mktemp("locked")
    for name in [*locked_names(ROOT / "requirements.lock"), *TOOLS]:
        repack(name, folder)
    yield folder
    shutil.rmtree(folder)  # some 400 MB


def clean(home: Path, **changes: str) -> dict[str, str]:
    """Return variables that lead to no Python, and to no settings but those of `home`."""
    ours = [name for name in os.environ if name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))]
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(home))
    return environment(**{**dict.fromkeys(ours), **places, **changes})


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Variables of a person who has just installed the program."""
    return clean(tmp_path)


@pytest.fixture
def offline(locked: Path, tmp_path: Path) -> dict[str, str]:
    """Variables with which pip takes the wheels of the lock and no others."""
    return clean(
        tmp_path,
        PIP_CONFIG_FILE=os.devnull,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_FIND_LINKS=str(locked),
        PIP_NO_COMPILE="1",
        PIP_NO_INDEX="1",
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that PyInstaller makes."""
    folder = tmp_path_factory.mktemp("built")
    places = ["--distpath", folder / "dist", "--workpath", folder / "build"]
    command = [sys.executable, "-m", "PyInstaller", *places, ROOT / "bundle" / "isnmf-gui.spec"]
    done = run(command, ROOT, clean(folder))
    assert done.returncode == 0, done.stderr
    yield folder / "dist" / "isnmf-gui"
    shutil.rmtree(folder)  # some 350 MB


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.stop()
