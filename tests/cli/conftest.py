"""Recordings that the command line is given."""

from pathlib import Path

import pytest

from tests.recordings import write_bad_files, write_test_set


@pytest.fixture(scope="package")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return write_test_set(tmp_path_factory.mktemp("test set"))


@pytest.fixture(scope="package")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    return write_bad_files(tmp_path_factory.mktemp("bad files"))


@pytest.fixture(scope="package")
def sound(paths: dict[str, Path]) -> Path:
    return paths["8 kHz mono.wav"]
