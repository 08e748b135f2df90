"""What is built to be installed: made once for all tests, from the checkout."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.screen import Screen
from tests.installing.wheels import BUILDING, locked_names, repack
from tests.programs import environment

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
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheels of the lock, without a network."""
    folder = tmp_path_factory.mktemp("locked")
    for name in [*locked_names(ROOT / "requirements.lock"), *BUILDING]:
        repack(name, folder)
    return folder


@pytest.fixture
def offline(locked: Path, tmp_path: Path) -> dict[str, str]:
    """Variables with which pip takes those wheels and no others, in a home of its own."""
    changes: dict[str, str | None] = {
        name: None for name in os.environ if name.startswith(("PIP_", "PYTHON"))
    }
    changes |= dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"), str(tmp_path))
    changes |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    changes |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(locked), "PIP_NO_COMPILE": "1"}
    return environment(**changes)


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.stop()
