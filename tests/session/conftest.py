"""The test set, loaded once."""

from pathlib import Path

import pytest

from isnmf_gui.session.recording import Recording, load_recording
from isnmf_gui.session.separation import Separation, separate
from isnmf_gui.session.settings import Settings
from tests.recordings import write_bad_files, write_test_set


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Paths of the test set by file name."""
    return write_test_set(tmp_path_factory.mktemp("test set"))


@pytest.fixture(scope="session")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Paths of the bad files and words of the sentence they get, by kind."""
    return write_bad_files(tmp_path_factory.mktemp("bad files"))


@pytest.fixture(scope="session")
def recording(paths: dict[str, Path]) -> Recording:
    loaded = load_recording(paths["float.wav"])
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def separation(recording: Recording) -> Separation:
    return separate(recording, Settings(n_bases=3, n_iterations=5))
