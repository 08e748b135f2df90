"""run.py, and a place for stand-ins of the programs that it calls."""

import os
from pathlib import Path
from types import ModuleType

import pytest

from tests.programs import load
from tests.run_script.tools import SCRIPT


@pytest.fixture
def script() -> ModuleType:
    return load(SCRIPT)


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is first on PATH, for stand-ins of Debian's tools. They write down calls."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder
