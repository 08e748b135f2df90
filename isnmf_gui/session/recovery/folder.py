"""The folder of one program: its files, its lock, and reading it with nothing believed."""

from __future__ import annotations

import contextlib
import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import platformdirs
from filelock import FileLock, Timeout

from isnmf_gui.session.files.replacing import sync_folder
from isnmf_gui.session.project.archive import as_damage, blocks_of
from isnmf_gui.session.project.fields import Damaged, Fields
from isnmf_gui.session.project.limits import MOST_JSON_BYTES
from isnmf_gui.texts import tr

JSON_NAME = "document.json"
NAMES = re.compile(r"arrays/[0-9]{1,15}\.npy|recording/[0-9]{1,15}")
#: A folder without a document is left alone for so long: its program may be just beginning.
BEGINNING_S = 60
MOST_CHECKSUM = 2**32 - 1


def recovery_root() -> Path:
    """Return the folder of the folders."""
    state = platformdirs.user_state_dir("isnmf-gui", appauthor=False)
    return Path(state) / "recovery"


def lock_of(folder: Path) -> FileLock:
    """Return the lock that a program holds on its folder."""
    return FileLock(folder / "lock", thread_local=False)  # kept and released in several threads


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Lock a folder, if nobody has; tell whether that worked."""
    lock = lock_of(folder)
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError, NotImplementedError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def forget(folder: Path) -> None:
    """Remove the document, and with it all reason to offer what else there is."""
    with contextlib.suppress(OSError):
        (folder / JSON_NAME).unlink(missing_ok=True)
    sync_folder(folder)


def remove(folder: Path) -> None:
    """Remove a folder; the document first, for half of one is worth nothing."""
    forget(folder)
    shutil.rmtree(folder, ignore_errors=True)


class Summed:
    """A file that is written, and the checksum of what was.

    Parameters
    ----------
    file : BinaryIO
        The file.

    Attributes
    ----------
    checksum : int
        CRC-32 of all that was written.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.checksum = 0

    def write(self, content: bytes) -> int:
        """Write some more."""
        self.checksum = zlib.crc32(content, self.checksum)
        return self._file.write(content)


class FolderStore:
    """A folder to load from.

    Parameters
    ----------
    folder : Path
        Of a program that may have written anything.

    Attributes
    ----------
    checksums : Fields
        CRC-32 of files, by name, as far as they are known.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checksums = Fields({})

    def text(self) -> bytes:
        """Return the JSON.

        Raises
        ------
        Damaged
            If it cannot be read, or is longer than any that this program writes.
        """
        with as_damage(), (self.folder / JSON_NAME).open("rb") as file:
            text = file.read(MOST_JSON_BYTES + 1)
        if len(text) > MOST_JSON_BYTES:
            raise Damaged(tr("its {name} is too large", name=JSON_NAME))
        return text

    def size(self, name: str) -> int:
        """Return the length of a file, in bytes.

        Raises
        ------
        Damaged
            If there is none, or no copy has a file of such a name.
        """
        if not NAMES.fullmatch(name):
            raise Damaged(tr("it names a file that no copy for recovery has"))
        with as_damage():
            return (self.folder / name).stat().st_size

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield what a file holds.

        Raises
        ------
        Damaged
            If it cannot be read, or at the end, if it is not what was written.
        """
        self.size(name)
        with as_damage():
            file = (self.folder / name).open("rb")
        checksum = 0
        for block in blocks_of(file):
            checksum = zlib.crc32(block, checksum)
            yield block
        if self.checksums.has(name) and self.checksums.whole(name, most=MOST_CHECKSUM) != checksum:
            raise Damaged(tr("its {name} is not as it was written", name=name))
