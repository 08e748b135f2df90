"""Replacing a file by a new one in a single step, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import itertools
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_counter = itertools.count()


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Open a temporary file beside another, whose place it takes once it is complete.

    If the program is killed meanwhile, the temporary file stays; the next one removes it.

    Raises
    ------
    OSError
        If anything fails; then the other file is as it was.
    """
    remove_leftovers(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{next(_counter)}.part")
    try:
        with temporary.open("x+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())  # the data before the name: a crash must not leave a husk
        with contextlib.suppress(OSError):
            shutil.copymode(target, temporary)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Let a new name survive a power failure, where the system can do that."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_leftovers(target: Path) -> None:
    """Remove temporary files of programs that were killed while they wrote a file."""
    pattern = re.compile(re.escape(f".{target.name}.") + r"(\d+)-\d+\.part")
    with contextlib.suppress(OSError):
        for path in target.parent.iterdir():
            found = pattern.fullmatch(path.name)
            if found and not _is_running(int(found[1])):
                with contextlib.suppress(OSError):
                    path.unlink()


def _is_running(process_id: int) -> bool:
    """Tell whether a process may still write. Windows protects files that are open itself."""
    if process_id == os.getpid():
        return True
    if os.name == "nt":
        return False
    try:
        os.kill(process_id, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
