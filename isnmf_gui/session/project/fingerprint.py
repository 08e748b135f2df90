"""Telling whether a project file was changed by somebody else since it was read or written."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path
from typing import BinaryIO

from isnmf_gui.session.project.archive import as_damage
from isnmf_gui.session.project.fields import Damaged


def fingerprint_of(file: BinaryIO) -> str:
    """Return what tells the content of a project from all others, made of its checksums.

    Sizes and times alone would take a copy for a change, and miss a change when the clock was set.
    Only the directory at the end of the file is read.

    Parameters
    ----------
    file : binary file
        Open for reading.

    Returns
    -------
    str
        Hexadecimal digits.

    Raises
    ------
    Damaged
        If it is no project.
    """
    with as_damage(), zipfile.ZipFile(file) as archive:
        members = sorted((it.filename, it.CRC, it.file_size) for it in archive.infolist())
    return hashlib.sha256(repr(members).encode()).hexdigest()


def fingerprint_at(path: Path) -> str:
    """Return the fingerprint of a project file; "" where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return fingerprint_of(file)
    except (OSError, Damaged):
        return ""


def was_changed(path: Path, fingerprint: str) -> bool:
    """Tell whether a file holds something else than what has a fingerprint.

    Parameters
    ----------
    path : Path
        Where it was. If nothing is there any more, nothing can be lost.
    fingerprint : str
        Of what it held; "" if that is not known.

    Returns
    -------
    bool
        False if nothing is there, or nothing is known.
    """
    return bool(fingerprint) and os.path.exists(path) and fingerprint_at(path) != fingerprint
