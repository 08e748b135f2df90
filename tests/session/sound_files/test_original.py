"""The bytes of the recording: kept open, and given up once they are no longer the same."""

import os
from pathlib import Path

import pytest

from isnmf_gui.session.sound_files.original import BLOCK_BYTES, Original, OriginalLost

CONTENT = bytes(range(256)) * (BLOCK_BYTES // 256 + 8)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sound.wav"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def original(path: Path) -> Original:
    with path.open("rb") as file:
        return Original(file.fileno(), os.fstat(file.fileno()))


def test_a_file_that_was_renamed_or_deleted_is_still_there(path: Path, original: Original) -> None:
    path.rename(path.with_name("renamed.wav"))
    assert b"".join(original.blocks()) == CONTENT
    path.with_name("renamed.wav").unlink()
    assert b"".join(original.blocks()) == CONTENT


def test_two_readers_do_not_get_in_one_anothers_way(original: Original) -> None:
    one, other = original.blocks(), original.blocks()
    first = next(one), next(other)
    assert first[0] + next(one) == first[1] + next(other) == CONTENT


@pytest.mark.parametrize("n_bytes", [0, len(CONTENT) - 1, len(CONTENT) + 1])
def test_a_file_of_another_length_is_lost(path: Path, original: Original, n_bytes: int) -> None:
    os.truncate(path, n_bytes)
    with pytest.raises(OriginalLost):
        next(original.blocks())


def test_a_file_that_is_changed_while_it_is_read_is_lost(path: Path, original: Original) -> None:
    blocks = original.blocks()
    next(blocks)
    with path.open("r+b") as file:
        file.write(b"something else")
    os.utime(path, ns=(1, 1))
    with pytest.raises(OriginalLost):
        list(blocks)


@pytest.mark.parametrize("call", ["fstat", "lseek", "read"])
def test_a_disk_that_fails_loses_it(original: Original, call: str, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OriginalLost):
            next(original.blocks())


def test_a_file_that_ends_too_soon_is_lost(original: Original, monkeypatch) -> None:
    """As on a network drive whose size is an old one."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "read", lambda *_: b"")
        with pytest.raises(OriginalLost):
            next(original.blocks())
