"""The program's own files: inside the wheel, and found wherever the program runs from."""

import json
import sys
import zipfile
from pathlib import Path

import soundfile

from isnmf_gui import paths
from tests.programs import environment, run

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def files_below(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_checkout_has_its_resources() -> None:
    assert paths.resources() == ROOT / "resources"
    assert soundfile.info(paths.demo_recording()).samplerate == 44_100
    assert (paths.resources() / "icons" / "isnmf-gui.svg").is_file()
    assert paths.guide() == DOCS / "guide" / "README.md"


def test_the_wheel_holds_what_the_program_needs_and_no_stems(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if name.startswith("isnmf_gui/")}
        shared = {name for name in archive.namelist() if ".data/data/share/" in name}
        entry_points = next(name for name in archive.namelist() if "entry_points" in name)
        text = archive.read(entry_points).decode()
    resources = {f"isnmf_gui/resources/{name}" for name in files_below(ROOT / "resources")}
    stems = {name for name in resources if "/demo/stems/" in name}
    desktop = {name for name in resources if "/desktop/" in name}
    pages = ("separation-quality.md", "guidance-quality.md")
    guide = {f"isnmf_gui/resources/docs/{page}" for page in pages}
    for name in ("guide", "screenshots"):
        guide |= {f"isnmf_gui/resources/docs/{name}/{it}" for it in files_below(DOCS / name)}
    package = {f"isnmf_gui/{name}" for name in files_below(ROOT / "isnmf_gui")}
    assert stems
    assert names == package | guide | (resources - stems - desktop)
    assert len(shared) == len(desktop) + 1  # and the icon that the window has, too
    assert {
        "isnmf_gui/py.typed",
        "isnmf_gui/resources/demo/demo.flac",
        "isnmf_gui/resources/icons/isnmf-gui.svg",
    } <= names
    assert "isnmf = isnmf_gui.cli:main" in text
    assert "isnmf-gui = isnmf_gui.gui.app:main" in text
    assert wheel.stat().st_size < 7e6


def test_the_unpacked_wheel_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    code = """
import json, isnmf_gui.paths as paths
from isnmf_gui.session.sound_files.recording import load_recording
demo = load_recording(paths.demo_recording())
print(json.dumps([str(paths.PACKAGE), str(paths.resources()), demo.duration_s, str(paths.guide())]))
"""
    variables = environment(PYTHONPATH=str(tmp_path / "site"))
    done = run([sys.executable, "-c", code], tmp_path, variables)
    assert done.returncode == 0, done.stderr
    package, resources, duration_s, guide = json.loads(done.stdout)
    assert package == str(tmp_path / "site" / "isnmf_gui")
    assert resources == str(tmp_path / "site" / "isnmf_gui" / "resources")
    assert 15 < duration_s < 25
    contents = Path(guide)
    assert contents.is_relative_to(tmp_path / "site")
    assert (contents.parent / "keyboard.md").is_file()
    assert (contents.parents[1] / "screenshots" / "opened-dark.png").is_file()
