"""A file whose bytes are to be kept."""

from pathlib import Path

import pytest

from tests.recordings import TEST_SET


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A lossy file: decoded samples written as WAV are as exact, and other bytes."""
    return TEST_SET["mono.mp3"].write(tmp_path)
