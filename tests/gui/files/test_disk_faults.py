"""Disks that are full, folders that go, permissions that are taken: the work survives."""

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from isnmf_gui.gui.files import recovery_desk
from isnmf_gui.gui.window.main_window import MainWindow
from isnmf_gui.session.project import open_project
from isnmf_gui.session.recovery import recover
from tests.gui.export.test_export import answer, export
from tests.gui.files.test_projects import save_as
from tests.gui.run_tools import separate
from tests.session.comparing import difference

NOBODY = 65534


@contextmanager
def full_disk(_folder: Path | None = None) -> Iterator[None]:
    """Let every file end at its first kilobyte, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Take the permission to write into a folder away, also from root."""
    mode = folder.stat().st_mode
    folder.chmod(0o555)
    user = os.getresuid()
    try:
        if user[1] == 0:
            os.setresuid(NOBODY, NOBODY, 0)
        yield
    finally:
        os.setresuid(*user)
        folder.chmod(mode)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that anybody can reach, unlike pytest's."""
    place = Path(tempfile.mkdtemp(prefix="faults-"))
    place.chmod(0o777)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def saved(separated, wait, folder) -> MainWindow:
    """A project with an edit that is not saved yet."""
    save_as(separated, wait, folder / "work.isnmf")
    edit(separated)
    return separated


def edit(window: MainWindow) -> None:
    window.selection.select([1], 1)
    window.panes.components.mute_selection()


def told(window: MainWindow, wait) -> str:
    """Wait for a message, close it, and return what it said."""
    wait(lambda: [box for box in window.findChildren(QMessageBox) if box.isVisible()])
    (box,) = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    box.done(0)
    return box.text()


def check_that_it_goes_on(window: MainWindow, wait, before) -> None:
    """The document is as it was, is known to be unsaved, and can be worked on and saved."""
    assert window.controller.document is before
    assert window.isWindowModified()
    separate(window, wait, seed=9)
    assert len(window.controller.document.runs) == len(before.runs) + 1


def save_in_place(window: MainWindow) -> None:
    window.files.save()


def save_elsewhere(window: MainWindow) -> None:
    window.files._save(window.files.path.with_name("other.isnmf"))


@pytest.mark.parametrize("save", [save_in_place, save_elsewhere])
def test_a_full_disk_when_saving(saved, wait, save) -> None:
    path, before = saved.files.path, saved.controller.document
    content = path.read_bytes()
    with full_disk():
        save(saved)
        assert told(saved, wait).startswith("There is not enough space in")
        wait(lambda: not saved.controller.is_busy("save"))
    assert os.listdir(path.parent) == [path.name]
    assert path.read_bytes() == content
    check_that_it_goes_on(saved, wait, before)
    saved.files.save()
    wait(lambda: not saved.isWindowModified())
    assert difference(open_project(path), saved.controller.document) == ""


def test_the_folder_of_the_project_is_gone(saved, wait, folder) -> None:
    before = saved.controller.document
    shutil.rmtree(folder)
    saved.files.save()
    assert "There is no folder" in told(saved, wait)
    wait(lambda: not saved.controller.is_busy("save"))
    check_that_it_goes_on(saved, wait, before)
    folder.mkdir()
    save_as(saved, wait, folder / "again.isnmf")
    assert difference(open_project(folder / "again.isnmf"), saved.controller.document) == ""


def test_the_permission_to_save_is_taken(saved, wait, folder) -> None:
    before, content = saved.controller.document, saved.files.path.read_bytes()
    with read_only(folder):
        save_elsewhere(saved)
        assert "may not be written to" in told(saved, wait)
        wait(lambda: not saved.controller.is_busy("save"))
    assert saved.files.path.read_bytes() == content
    check_that_it_goes_on(saved, wait, before)


def test_the_project_became_read_only(saved, wait, folder) -> None:
    before, path = saved.controller.document, saved.files.path
    path.chmod(0o444)
    user = os.getresuid()
    try:
        if user[1] == 0:
            os.setresuid(NOBODY, NOBODY, 0)
        saved.files.save()
        assert "“work.isnmf” may not be changed. Choose another name." in told(saved, wait)
        wait(lambda: not saved.controller.is_busy("save"))
    finally:
        os.setresuid(*user)
    check_that_it_goes_on(saved, wait, before)


# -- copies for recovery ----------------------------------------------------------------------


@pytest.fixture
def soon(monkeypatch) -> None:
    monkeypatch.setattr(recovery_desk, "DELAY_MS", 20)


def is_kept(window: MainWindow) -> bool:
    """Tell whether the copy on the disk is the document of the moment."""
    folder = window.recovery._recovery.folder
    if window.controller.is_busy("keep") or folder is None or not folder.exists():
        return False
    return difference(recover(folder), window.controller.document) == ""


def test_a_full_disk_when_a_copy_is_kept(separated, soon, wait) -> None:
    wait(lambda: is_kept(separated))
    with full_disk():
        edit(separated)
        wait(lambda: "No copy for recovery is kept" in separated.status.text)
        assert "not enough space" in separated.status.text
    edit(separated)
    separated.panes.components.solo_selection()
    wait(lambda: is_kept(separated))


def test_the_folder_for_copies_is_gone(separated, soon, wait) -> None:
    wait(lambda: is_kept(separated))
    shutil.rmtree(separated.recovery._recovery.folder.parent)
    edit(separated)
    wait(lambda: is_kept(separated))


# -- exports and plots ------------------------------------------------------------------------


def test_a_full_disk_when_exporting(saved, wait, folder, monkeypatch) -> None:
    answer(monkeypatch, folder / "out")
    before = saved.controller.document
    with full_disk():
        export(saved, wait)
        assert told(saved, wait).startswith("There is not enough space in")
    assert not (folder / "out").exists()
    check_that_it_goes_on(saved, wait, before)


def test_the_folder_is_gone_in_the_middle_of_an_export(saved, wait, folder, monkeypatch) -> None:
    answer(monkeypatch, folder / "out")
    monkeypatch.setattr("isnmf_gui.spectral.resynthesis.BLOCK_SAMPLES", 500)
    before = saved.controller.document
    saved.controller.export_progressed.connect(
        lambda _: shutil.rmtree(folder / "out", ignore_errors=True)
    )
    export(saved, wait)
    said = told(saved, wait)
    assert said.startswith("There is no folder")
    assert "Choose another one" in said
    check_that_it_goes_on(saved, wait, before)


PLOTS = {"plot.png": "save_picture", "plot.svg": "save_picture", "plot.csv": "save_data"}


@pytest.mark.parametrize("fault", [full_disk, read_only])
def test_plots_that_cannot_be_saved(saved, wait, folder, fault) -> None:
    files, before = saved.plot_files[0], saved.controller.document
    for name, act in PLOTS.items():
        with fault(folder):
            getattr(files, act)(folder / name)
            said = told(saved, wait)
            wait(lambda: not saved.controller.is_busy("plot"))
        assert ("not enough space" if fault is full_disk else "may not be written to") in said
        assert os.listdir(folder) == ["work.isnmf"]
    assert saved.controller.document is before
    for name, act in PLOTS.items():
        getattr(files, act)(folder / name)
        wait(lambda: not saved.controller.is_busy("plot"))
        assert (folder / name).stat().st_size > 1_000
