"""Whether somebody else has changed a project: told by what is in it, not by sizes and times."""

import os
import shutil
from pathlib import Path

import pytest

from isnmf_gui.session.document.document import Document, rename_run
from isnmf_gui.session.project import save_project
from isnmf_gui.session.project.fields import Damaged
from isnmf_gui.session.project.fingerprint import fingerprint_at, fingerprint_of, was_changed


def test_a_copy_and_another_time_are_no_change(project: Path, tmp_path: Path) -> None:
    before = fingerprint_at(project)
    copy = shutil.copy(project, tmp_path / "copy.isnmf")
    os.utime(project, (0, 0))
    assert before
    assert fingerprint_at(copy) == before
    assert not was_changed(project, before)


def test_another_title_is_a_change(project: Path, document: Document) -> None:
    before = fingerprint_at(project)
    save_project(rename_run(document, 1, "Of somebody else"), project)
    assert was_changed(project, before)
    save_project(document, project)
    assert not was_changed(project, before)


def test_where_nothing_is_or_nothing_is_known_nothing_can_be_lost(project: Path) -> None:
    before = fingerprint_at(project)
    assert not was_changed(project, "")
    project.unlink()
    assert fingerprint_at(project) == ""
    assert not was_changed(project, before)


def test_what_is_no_project_any_more_was_changed(project: Path) -> None:
    before = fingerprint_at(project)
    project.write_bytes(b"overwritten by something else")
    assert fingerprint_at(project) == ""
    assert was_changed(project, before)
    with project.open("rb") as file, pytest.raises(Damaged):
        fingerprint_of(file)
