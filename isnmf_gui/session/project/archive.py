"""The zip file that a project is: writing it, and measuring it before anything in it is read."""

from __future__ import annotations

import contextlib
import json
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO, cast

from isnmf_gui.session.project.arrays import ArrayTable, array_name, write_array
from isnmf_gui.session.project.fields import Damaged
from isnmf_gui.session.project.limits import MOST_JSON_BYTES, MOST_MEMBERS
from isnmf_gui.session.sound_files.original import BLOCK_BYTES, Original
from isnmf_gui.session.sound_files.reading import physical_memory_bytes
from isnmf_gui.texts import tr

JSON_NAME = "project.json"
NAMES = re.compile(r"project\.json|recording/original(\.[a-z0-9]{1,8})?|arrays/[0-9]{1,15}\.npy")
SUFFIXES = re.compile(r"\.[a-z0-9]{1,8}")
IS_ENCRYPTED = 0x1
# Before every entry of a zip file's directory.
MEMBER_SIGN = b"PK\1\2"

#: Told how many bytes were written or read since the last time.
OnBytes = Callable[[int], None]


def sound_name_for(suffix: str) -> str:
    """Return the name of the recording's file: that of the person's might harm somewhere."""
    suffix = suffix.lower()
    return "recording/original" + (suffix if SUFFIXES.fullmatch(suffix) else "")


def as_json(project: dict[str, Any]) -> bytes:
    """Return JSON in ASCII: also what is no proper Unicode in old file names survives."""
    # Numbers of numpy are numbers too.
    text = json.dumps(project, allow_nan=False, default=lambda number: number.item())
    return text.encode("ascii")


def write_archive(
    file: BinaryIO,
    text: bytes,
    sound_name: str,
    table: ArrayTable,
    sound: Original | None,
    on_bytes: OnBytes,
) -> None:
    """Write a project as a zip file.

    Nothing is compressed: the recording and the factors hardly get smaller, and a file in which
    nothing can be compressed cannot become larger than it is.

    Parameters
    ----------
    file : binary file
        Empty.
    text : bytes
        The JSON.
    sound_name : str
        What the recording's file is called in it.
    table : ArrayTable
        Its arrays.
    sound : Original or None
        The recording's bytes.
    on_bytes : callable
        Told of progress; may raise.

    Raises
    ------
    OriginalLost
        If those bytes are no longer to be had.
    OSError
        If the file cannot be written.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        if sound is not None:
            with _member(archive, sound_name, sound.n_bytes) as member:
                for block in sound.blocks():
                    member.write(block)
                    on_bytes(len(block))
        for number, array in table.arrays.items():
            with _member(archive, array_name(number), array.nbytes) as member:
                write_array(member, array)
            on_bytes(array.nbytes)
        # Without the time of day: zip files hold none before 1980, where a clock may stand.
        archive.writestr(zipfile.ZipInfo(JSON_NAME), text)


def _member(archive: zipfile.ZipFile, name: str, n_bytes: int) -> BinaryIO:
    """Open a member to be written; with its length, for above 2 GiB the format differs."""
    info = zipfile.ZipInfo(name)
    info.file_size = n_bytes
    return cast(BinaryIO, archive.open(info, "w"))


class Archive:
    """A project's zip file, whose members are known to be harmless.

    Parameters
    ----------
    file : binary file
        Stays open as long as this is in use.

    Raises
    ------
    Damaged
        If it holds anything that no project holds.
    """

    def __init__(self, file: BinaryIO) -> None:
        _check_count(file)
        with as_damage():
            self._zip = zipfile.ZipFile(file)
        members = self._zip.infolist()
        for member in members:
            _check(member)
        self._sizes = {member.filename: member.file_size for member in members}
        if len(self._sizes) < len(members):
            raise Damaged(tr("it holds two files of one name"))
        n_bytes = file.seek(0, 2)
        if sum(self._sizes.values()) > min(n_bytes, physical_memory_bytes()):
            raise Damaged(tr("what it holds is larger than itself or the memory of this computer"))

    def size(self, name: str) -> int:
        """Return the length of a file in it, in bytes.

        Raises
        ------
        Damaged
            If there is no such file.
        """
        if name not in self._sizes:
            raise Damaged(tr("it lacks the file “{name}”", name=name))
        return self._sizes[name]

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield what a file in it holds; at its end the checksum is compared."""
        self.size(name)
        with as_damage():
            member = self._zip.open(name)
        yield from blocks_of(member)

    def text(self) -> bytes:
        """Return the JSON.

        Raises
        ------
        Damaged
            If there is none, or it is longer than any that this program writes.
        """
        if self.size(JSON_NAME) > MOST_JSON_BYTES:
            raise Damaged(tr("its {name} is too large", name=JSON_NAME))
        return b"".join(self.blocks(JSON_NAME))


def _check_count(file: BinaryIO) -> None:
    """Refuse a file with too many members before a list of them is made."""
    with as_damage():
        file.seek(0)
        n_members = sum(block.count(MEMBER_SIGN) for block in iter(lambda: file.read(1 << 20), b""))
    if n_members > MOST_MEMBERS:
        raise Damaged(tr("it holds {n} files", n=n_members))


def _check(member: zipfile.ZipInfo) -> None:
    """Refuse a member that no project has."""
    mode = member.external_attr >> 16
    if not NAMES.fullmatch(member.filename) or stat.S_ISLNK(mode) or stat.S_ISDIR(mode):
        raise Damaged(tr("it holds a file, folder or link that no project holds"))
    if member.flag_bits & IS_ENCRYPTED:
        raise Damaged(tr("it is encrypted"))
    if member.compress_type != zipfile.ZIP_STORED or member.file_size != member.compress_size:
        raise Damaged(
            tr("it was compressed anew, and only files as this program writes them are safe")
        )


@contextlib.contextmanager
def as_damage() -> Iterator[None]:
    """Turn the many errors that zipfile has for broken files into one.

    Raises
    ------
    Damaged
        In place of them.
    """
    try:
        yield
    except (
        zipfile.BadZipFile, EOFError, OSError, ValueError, OverflowError, RuntimeError
    ) as error:  # fmt: skip
        raise Damaged(tr("it is not complete, or was changed since it was written")) from error


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield what an open file holds, and close it.

    Raises
    ------
    Damaged
        If it cannot be read.
    """
    with file:
        while True:
            with as_damage():
                block = file.read(BLOCK_BYTES)
            if not block:
                return
            yield block
