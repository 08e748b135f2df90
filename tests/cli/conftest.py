"""What the command line is given."""

from pathlib import Path

import pytest


@pytest.fixture
def sound(paths: dict[str, Path]) -> Path:
    """A recording."""
    return paths["8 kHz mono.wav"]
