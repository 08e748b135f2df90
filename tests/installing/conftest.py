"""What is built to be installed: made once for all tests, from the checkout."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.gui.screen import Screen
from tests.installing.wheels import TOOLS, locked_names, repack
from tests.programs import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """run.py, building with the environment of these tests."""
    specification = importlib.util.spec_from_file_location("run_script", ROOT / "run.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    module.SCRIPTS = Path(sys.executable).parent
    return module


@pytest.fixture(scope="session")
def packages(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist."""
    folder = tmp_path_factory.mktemp("packages")
    script.build_packages(folder)
    return folder


@pytest.fixture(scope="session")
def wheel(packages: Path) -> Path:
    (wheel,) = packages.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def sdist(packages: Path) -> Path:
    (sdist,) = packages.glob("*.tar.gz")
    return sdist


@pytest.fixture(scope="session")
def built(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that needs no Python."""
    folder = tmp_path_factory.mktemp("built")
    script.build_program(folder)
    yield folder / "isnmf-gui"
    shutil.rmtree(folder)  # some 350 MB


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
    ours = [name for name in environment() if name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV"))]
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
        PIP_COMPILE="0",  # only what is imported is
        PIP_CONFIG_FILE=os.devnull,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        PIP_FIND_LINKS=str(locked),
        PIP_NO_INDEX="1",
    )


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.stop()
