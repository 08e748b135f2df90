"""The folder that needs no Python: its programs start, work and end."""

import ast
import re
from pathlib import Path

import pytest

from isnmf_gui.gui.app import LATER
from isnmf_gui.nmf.compiled import library
from isnmf_gui.paths import demo_recording
from tests.gui.screen import Screen
from tests.installing.trying import try_separating, try_window

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


def test_it_holds_the_demo_the_icons_and_the_compiled_code(built: Path) -> None:
    (package,) = built.glob("**/isnmf_gui")
    icons = {path.name for path in (ROOT / "resources" / "icons").iterdir()}
    assert {path.name for path in (package / "resources" / "icons").iterdir()} == icons
    assert (package / "resources" / "demo" / "demo.flac").is_file()
    assert (library() is None) == (not list(package.glob("nmf/compiled/walk.so")))


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
