"""Writing project files: nothing that goes wrong costs the old file."""

import errno
import gc
import os
import shutil
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from isnmf_gui.errors import ProjectError, Stopped
from isnmf_gui.session.document.document import (
    Document,
    replace_run,
)
from isnmf_gui.session.edits import factor_edits, mix_edits
from isnmf_gui.session.project import (
    check_project_path,
    open_project,
    save_project,
    storage,
)
from tests.programs import DROP_PRIVILEGES, SMALL_FILES, python_json
from tests.session.comparing import same_document
from tests.session.projects import changed, loaded, refusal
from tests.this_process import n_open_files


def test_what_could_not_be_opened_is_not_saved(document: Document, project: Path) -> None:
    """Whatever an edit may do wrong, the file of before is not lost to it."""
    before = project.read_bytes()
    run = document.run(1)
    for wrong in (
        replace(run, components=(*run.components, run.components[0])),
        factor_edits.draw_activation(run, run.components[0].index, 0, np.array([np.nan])),
        mix_edits.change(run, [run.components[0].index], gain_db=1e9),
    ):
        said = refusal(lambda wrong=wrong: save_project(replace_run(document, wrong), project))
        assert said.startswith("This work cannot be saved: ")
    assert project.read_bytes() == before
    assert os.listdir(project.parent) == [project.name]


def test_progress_rises_to_one_and_can_stop(
    document: Document, project: Path, tmp_path: Path
) -> None:
    before = project.read_bytes()
    for act in (lambda report: save_project(document, project, report),
                lambda report: open_project(project, report)):  # fmt: skip
        shares: list[float] = []
        act(lambda share, shares=shares: shares.append(share) or True)
        assert shares == sorted(shares)
        assert len(shares) > 3
        for n in range(len(shares)):
            calls = iter(range(n))
            with pytest.raises(Stopped):
                act(lambda share, calls=calls: next(calls, None) is not None)
    assert os.listdir(tmp_path) == [project.name]
    assert project.read_bytes() == before
    assert shares[-1] <= 1


def test_an_open_project_may_be_replaced_and_deleted(document: Document, project: Path) -> None:
    opened = open_project(project)
    save_project(Document(), project)
    project.unlink()
    assert same_document(open_project(save_project(opened, project).path), document)


def test_the_recording_is_not_overwritten(source: Path, tmp_path: Path) -> None:
    document = Document(loaded(source))
    link = tmp_path / "link.isnmf"
    link.symlink_to(source)
    before = source.read_bytes()
    for path in (source, link):
        said = refusal(lambda path=path: save_project(document, path))
        assert "is the recording itself and would be lost" in said
    assert source.read_bytes() == before


def test_a_link_stays_one_and_permissions_stay_as_they_are(
    document: Document, project: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.isnmf"
    link.symlink_to(project.name)
    project.chmod(0o640)
    save_project(Document(), link)
    assert link.is_symlink()
    assert project.stat().st_mode & 0o777 == 0o640
    assert open_project(project).recording is None


def test_where_nothing_can_be_written(document: Document, tmp_path: Path) -> None:
    (tmp_path / "folder.isnmf").mkdir()
    (tmp_path / "file").touch()
    reasons = {
        "folder.isnmf": "is a folder",
        "gone/p.isnmf": "There is no folder",
        "file/p.isnmf": "There is no folder",
        "x" * 300 + ".isnmf": "too long",
    }
    for name, reason in reasons.items():
        assert reason in refusal(lambda name=name: save_project(document, tmp_path / name))
    assert sorted(os.listdir(tmp_path)) == ["file", "folder.isnmf"]


SAVE = """
import json, os, sys
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import (
    check_project_path,
    open_project,
    save_project,
    storage,
)
document = open_project("p.isnmf")
{conditions}
answers = []
for name in json.loads(sys.argv[1]):
    try:
        save_project(document, name)
        answers.append("done")
    except ProjectError as error:
        answers.append(error.message)
print(json.dumps(answers))
"""


@pytest.fixture
def one_file(project: Path) -> Path:
    """A folder with nothing but a project in it, open to all."""
    project.rename(project.with_name("p.isnmf"))
    project.parent.chmod(0o755)
    return project.parent


def test_a_full_disk(one_file: Path) -> None:
    before = (one_file / "p.isnmf").read_bytes()
    code = SAVE.format(conditions=SMALL_FILES)
    (said,) = python_json(code, '["p.isnmf"]', cwd=one_file)
    assert "There is not enough space in" in said
    assert os.listdir(one_file) == ["p.isnmf"]
    assert (one_file / "p.isnmf").read_bytes() == before


def test_places_without_permission(one_file: Path) -> None:
    for name in ("closed.isnmf", "p.isnmf"):
        (one_file / name).touch()
        (one_file / name).chmod(0o444)
    code = SAVE.format(conditions=DROP_PRIVILEGES)
    said = python_json(code, '["new.isnmf", "closed.isnmf"]', cwd=one_file)
    assert "may not be written to" in said[0]
    assert "“closed.isnmf” may not be changed" in said[1]
    assert sorted(os.listdir(one_file)) == ["closed.isnmf", "p.isnmf"]


def test_what_a_killed_save_left_is_removed_by_the_next(project: Path, tmp_path: Path) -> None:
    mine = tmp_path / f".{project.name}.{os.getpid()}-99.part"
    dead, of_another = tmp_path / f".{project.name}.4194305-0.part", tmp_path / ".o.isnmf.1-0.part"
    for path in (mine, dead, of_another):
        path.touch()
    save_project(Document(), project)
    assert (mine.exists(), dead.exists(), of_another.exists()) == (True, False, True)


def test_no_descriptor_is_left_open(document: Document, project: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.isnmf"
    broken.write_bytes(project.read_bytes()[:-1_000])
    gc.collect()  # documents of other tests, which their errors may have kept
    before = n_open_files()
    opened = open_project(project)
    assert n_open_files() == before + 1  # the recording's bytes
    save_project(opened, tmp_path / "p.isnmf")
    del opened
    assert n_open_files() == before
    for path in (broken, tmp_path, tmp_path / "missing.isnmf"):
        refusal(lambda path=path: open_project(path))
    with pytest.raises(Stopped):
        open_project(project, lambda share: False)
    assert n_open_files() == before


def test_memory_does_not_grow_with_the_recording(tmp_path: Path) -> None:
    """It is copied block by block, whether as it was or as samples."""
    source = tmp_path / "long.wav"
    soundfile.write(source, np.zeros((4_000_000, 2), np.int16), 8_000)
    document = Document(loaded(source))
    for _ in range(2):
        tracemalloc.start()
        try:
            save_project(document, tmp_path / "p.isnmf")
            assert tracemalloc.get_traced_memory()[1] < 4_000_000
        finally:
            tracemalloc.stop()
        changed(source)


def test_no_room_for_a_copy_of_the_recording(project: Path, tmp_path: Path) -> None:
    shutil.copy(project, tmp_path / "p.isnmf")
    code = f"""
import json
from isnmf_gui.errors import ProjectError
from isnmf_gui.session.project import open_project
{SMALL_FILES.replace("20_000", "5_000")}
try:
    open_project("p.isnmf")
except ProjectError as error:
    print(json.dumps(error.message))
"""
    said = python_json(code, cwd=tmp_path)
    assert "There is no room in" in said
    assert "for a copy of the recording" in said


@pytest.mark.parametrize("content", [b"RIFF and so on", b"some notes"])
def test_a_file_of_another_kind_is_not_replaced(
    document: Document, tmp_path: Path, content: bytes
) -> None:
    other = tmp_path / "other.wav"
    other.write_bytes(content)
    for act in (save_project, check_project_path):
        with pytest.raises(ProjectError, match="another kind"):
            act(document, other)
    assert other.read_bytes() == content


def test_an_empty_file_is_no_loss(document: Document, tmp_path: Path) -> None:
    path = tmp_path / "new.isnmf"
    path.touch()
    save_project(document, path)
    assert len(open_project(path).runs) == len(document.runs)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EIO, "Input/output error"), "cannot be opened: Input/output error."),
        (OSError(errno.ENOSPC, "No space left"), "There is no room in"),
    ],
)
def test_why_a_project_cannot_be_read_is_said(
    error: OSError, words: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise error

    monkeypatch.setattr(storage, "load", fail)
    with pytest.raises(ProjectError, match=words):
        open_project(project)


@pytest.mark.parametrize("fault", [AssertionError("wrong"), OSError("no number")])
def test_a_fault_while_saving_is_no_full_disk(
    fault: Exception, document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise fault

    monkeypatch.setattr(storage, "_write", fail)
    with pytest.raises(type(fault)) as raised:
        save_project(document, tmp_path / "new.isnmf")
    assert raised.value is fault
    assert list(tmp_path.iterdir()) == []
