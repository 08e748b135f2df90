"""Projects made from files that are incomplete: the same sound and notice when they open again."""

from pathlib import Path

import numpy as np
import pytest

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.project import open_project, save_project
from isnmf_gui.session.recovery import Recovery, recover
from tests.incomplete import odd, write_incomplete_files
from tests.session.exports import export, separated
from tests.session.projects import loaded


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_incomplete_files(tmp_path_factory.mktemp("incomplete"))


def test_they_open_again(files: list[Path], tmp_path: Path) -> None:
    for path in files:
        recording = loaded(path)
        saved = save_project(Document(recording), tmp_path / "p.isnmf")
        assert saved.has_original
        again = open_project(saved.path).recording
        assert np.array_equal(again.samples, recording.samples)
        assert again.notice == recording.notice
        assert b"".join(again.original.blocks()) == path.read_bytes()


def test_they_are_recovered(files: list[Path], tmp_path: Path) -> None:
    for number, path in enumerate(files):
        recording = loaded(path)
        recovery = Recovery(tmp_path / str(number))
        recovery.keep(Document(recording), path.name)
        again = recover(recovery.folder).recording
        recovery.close()
        assert np.array_equal(again.samples, recording.samples)
        assert again.notice == recording.notice


def test_parts_add_up_to_what_was_opened(files: list[Path], tmp_path: Path) -> None:
    for number, path in enumerate(files):
        exported = export(separated(path), tmp_path / str(number), "wav")
        assert exported.null_test_db is not None
        assert exported.null_test_db < -120


def test_a_project_from_when_less_of_the_file_was_found(tmp_path: Path, rewrite) -> None:
    """What was joined behind was not opened once; the work is on what came before."""
    recording = loaded(odd("joined stereo.mp3").write(tmp_path))
    saved = save_project(Document(recording), tmp_path / "p.isnmf")
    half = recording.n_samples // 2
    older = rewrite(saved.path, lambda it: it["recording"].update(n_samples=half))
    found = open_project(older).recording
    assert np.array_equal(found.samples, recording.samples[:half])
