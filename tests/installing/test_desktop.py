"""What desktops are told: of the program, its files and its icons."""

import configparser
import os
import shutil
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

import isnmf_gui
from isnmf_gui.gui import app
from isnmf_gui.gui.appearance.theme import render_icon
from isnmf_gui.paths import demo_recording
from isnmf_gui.session.sound_files.recording import SUFFIXES
from tests.programs import environment, isnmf, run

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = ROOT / "resources" / "desktop"
ENTRY = DESKTOP / "isnmf-gui.desktop"
METAINFO = DESKTOP / "io.github.isnmf_gui.isnmf_gui.metainfo.xml"
PROJECT = "application/x-isnmf-project"


def entry() -> dict[str, str]:
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(ENTRY, encoding="utf-8")
    return dict(parser["Desktop Entry"])


@pytest.mark.parametrize(
    "command",
    [
        ["desktop-file-validate", "--no-hints", ENTRY],
        ["appstreamcli", "validate", "--no-net", "--pedantic", METAINFO],
    ],
    ids=["entry", "metainfo"],
)
def test_the_desktops_own_tools_find_no_fault(command: list, tmp_path: Path) -> None:
    done = run(command, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_starts_the_program_that_is_installed() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["gui-scripts"]
    program, argument = entry()["Exec"].split()
    assert [program] == list(scripts)
    assert argument == "%f"
    assert entry()["TryExec"] == program


def test_the_window_belongs_to_the_entry(qapp: QApplication) -> None:
    """On Wayland by the entry's name, on X11 by the class."""
    before = qapp.applicationName(), qapp.applicationVersion(), qapp.desktopFileName()
    app.introduce(qapp)
    names = qapp.desktopFileName(), qapp.applicationName()
    qapp.setApplicationName(before[0])
    qapp.setApplicationVersion(before[1])
    qapp.setDesktopFileName(before[2])
    assert names == (ENTRY.stem, entry()["StartupWMClass"])
    assert entry()["Icon"] == ENTRY.stem


def test_the_metainfo_is_about_this_version_and_entry() -> None:
    root = ET.parse(METAINFO).getroot()
    assert root.findtext("launchable") == ENTRY.name
    assert f"{root.findtext('id')}.metainfo.xml" == METAINFO.name
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == isnmf_gui.__version__
    assert root.findtext("provides/mediatype") == PROJECT


@pytest.fixture
def data_home(tmp_path: Path) -> Path:
    """A folder of data as the program's installation makes it, with its file type made known."""
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(DESKTOP / "isnmf-gui.xml", packages)
    subprocess.run(["update-mime-database", tmp_path / "mime"], check=True, capture_output=True)
    return tmp_path


def file_type(path: Path, data_home: Path) -> str:
    """Ask GLib, as file managers do."""
    variables = environment(XDG_DATA_HOME=str(data_home))
    done = run(["gio", "info", "-a", "standard::content-type", path], path.parent, variables)
    return done.stdout.split()[-1]


def test_projects_are_known_by_name_and_by_content(data_home: Path, tmp_path: Path) -> None:
    project = tmp_path / "song.isnmf"
    quick = ["--bases", "1", "--iterations", "1"]
    done = isnmf("separate", demo_recording(), "--project", project, *quick, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    nameless = tmp_path / "song"
    shutil.copy(project, nameless)
    other = shutil.make_archive(str(tmp_path / "other"), "zip", DESKTOP)
    os.rename(other, tmp_path / "other")
    empty = tmp_path / "empty.isnmf"
    empty.touch()
    assert file_type(project, data_home) == PROJECT
    assert file_type(nameless, data_home) == PROJECT
    assert file_type(tmp_path / "other", data_home) == "application/zip"


def test_recordings_of_every_known_type_are_offered() -> None:
    types = entry()["MimeType"].strip(";").split(";")
    assert types[0] == PROJECT
    known = Path("/usr/share/mime/globs2").read_text().splitlines()
    for suffix in SUFFIXES:
        names = {line.split(":")[1] for line in known if line.endswith(f":*.{suffix}")}
        assert not names or names & set(types), suffix


def read_image(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGBA"), int)


def test_the_icons_are_the_programs(qapp: QApplication, tmp_path: Path) -> None:
    sizes = {int(path.name.split("x")[0]) for path in DESKTOP.glob("hicolor/*")}
    assert {16, 48, 128, 256} <= sizes
    for size in sizes:
        icon = read_image(DESKTOP / "hicolor" / f"{size}x{size}" / "apps" / "isnmf-gui.png")
        assert icon.shape == (size, size, 4)
        render_icon("isnmf-gui", "#000000", size).save(str(tmp_path / "drawn.png"))
        assert np.abs(icon - read_image(tmp_path / "drawn.png")).mean() < 2
