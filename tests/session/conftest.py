"""The test set, loaded once."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from isnmf_gui.session.document.document import Document, Run, make_run
from isnmf_gui.session.project import save_project
from isnmf_gui.session.runs.separation import Separation, separate
from isnmf_gui.session.runs.settings import Settings
from isnmf_gui.session.sound_files.recording import Recording, load_recording
from tests.session.projects import Change, everything, members_of, write_members


@pytest.fixture(scope="session")
def recording(paths: dict[str, Path]) -> Recording:
    loaded = load_recording(paths["float.wav"])
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def separation(recording: Recording) -> Separation:
    return separate(recording, Settings(n_bases=3, n_iterations=5))


@pytest.fixture
def run(separation: Separation) -> Run:
    """Three components, as they were found."""
    return make_run(Document(), separation)


@pytest.fixture(scope="session")
def short(paths: dict[str, Path]) -> Recording:
    """A second of music at 8 kHz in one channel."""
    loaded = load_recording(paths["8 kHz mono.wav"])
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def document(short: Recording) -> Document:
    """All that a project can hold."""
    return everything(short)


@pytest.fixture
def project(document: Document, tmp_path: Path) -> Path:
    """A file with it."""
    return save_project(document, tmp_path / "music.isnmf").path


@pytest.fixture
def rewrite(tmp_path: Path) -> Callable[[Path, Change], Path]:
    """Return what writes a project anew with its JSON changed, and returns the path."""

    def rewritten(path: Path, change: Change) -> Path:
        members = members_of(path)
        values = json.loads(members["project.json"])
        change(values)
        members["project.json"] = json.dumps(values).encode()
        return write_members(tmp_path / "rewritten.isnmf", members)

    return rewritten
