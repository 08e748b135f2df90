"""Clocks that are wrong, or are set while the program runs."""

import os
import time
from pathlib import Path

import pytest

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.recovery import Recovery, find_recoverable, recover
from isnmf_gui.session.recovery.folder import BEGINNING_S
from tests.session.comparing import difference

#: 1970, before it, after zip files end in 2107, and the far future.
CLOCKS = (0.0, -1e6, 4.5e9, 2e11)


@pytest.mark.parametrize("now_s", CLOCKS)
def test_projects_are_saved_whatever_the_clock_says(
    document: Document, tmp_path: Path, monkeypatch, now_s: float
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: now_s)
        save_project(document, tmp_path / "p.isnmf")
    assert difference(open_project(tmp_path / "p.isnmf"), document) == ""


def leave(root: Path, document: Document, moment_s: float) -> Path:
    """Leave a copy as a dead program does, kept at some time."""
    recovery = Recovery(root)
    recovery.keep(document, "Music")
    recovery._lock.release()
    os.utime(recovery.folder / "document.json", (moment_s, moment_s))
    return recovery.folder


def test_copies_are_found_whatever_the_clock_said(document: Document, tmp_path: Path) -> None:
    folders = {leave(tmp_path / "root", document, moment_s) for moment_s in (*CLOCKS, 2.0**55)}
    found = find_recoverable(tmp_path / "root")
    assert {it.folder for it in found} == folders
    assert found == sorted(found, key=lambda it: it.when, reverse=True)
    assert difference(recover(found[0].folder), document) == ""


def test_a_time_that_no_calendar_has(document: Document, tmp_path: Path, monkeypatch) -> None:
    """Some disks keep one."""
    folder = leave(tmp_path / "root", document, 0)
    stat = Path.stat

    def wrong(path: Path, **options):
        status = stat(path, **options)
        if path.name != "document.json":
            return status
        values = list(status)
        values[8] = 2**60
        return os.stat_result(values)

    monkeypatch.setattr(Path, "stat", wrong)
    assert [it.folder for it in find_recoverable(tmp_path / "root")] == [folder]


@pytest.mark.parametrize("away_s", [-1e6, 0.0, 1e6])
def test_an_empty_folder_of_another_time_is_tidied_up(tmp_path: Path, away_s: float) -> None:
    folder = tmp_path / "root" / "begun"
    folder.mkdir(parents=True)
    moment_s = time.time() + away_s
    (folder / "lock").touch()
    os.utime(folder, (moment_s, moment_s))
    assert BEGINNING_S < 1e6
    assert find_recoverable(tmp_path / "root") == []
    assert folder.exists() == (away_s == 0)
