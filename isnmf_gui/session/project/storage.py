"""Saving a document as a project file, and opening one."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from numpy.typing import DTypeLike, NDArray

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.files.file_set import NO_ROOM, write_error
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.files.replacing import replacing
from isnmf_gui.session.project.archive import Archive, as_json, sound_name_for, write_archive
from isnmf_gui.session.project.arrays import ArrayTable, checked
from isnmf_gui.session.project.decoding import decode
from isnmf_gui.session.project.encoding import encode
from isnmf_gui.session.project.fields import Damaged, Fields, parse
from isnmf_gui.session.project.fingerprint import fingerprint_of
from isnmf_gui.session.project.limits import MOST_JSON_BYTES
from isnmf_gui.session.project.loading import Newer, load
from isnmf_gui.session.project.migrations import SCHEMA
from isnmf_gui.session.project.sound_bytes import with_bytes_of
from isnmf_gui.session.sound_files.original import Original
from isnmf_gui.session.sound_files.recording import OPEN_FLAGS
from isnmf_gui.session.sound_files.refusals import unreadable
from isnmf_gui.texts import tr

SUFFIX = ".isnmf"
ZIP_START = b"PK\3\4"


@dataclass(frozen=True)
class Saved:
    """A project that was saved.

    Attributes
    ----------
    path : Path
        The file.
    has_original : bool
        Whether it holds the recording's file byte for byte. If that was changed since, or never
        was a file, it holds the samples that were read from it, as 32-bit float WAV.
    fingerprint : str
        Tells what was written from what somebody else may write there: `was_changed`.
    """

    path: Path
    has_original: bool
    fingerprint: str


def save_project(
    document: Document, path: str | Path, on_progress: OnProgress | None = None
) -> Saved:
    """Write a document into a file; until it is complete, the one before stays in its place.

    Parameters
    ----------
    document : Document
        With a recording.
    path : str or Path
        Where to; where a link points to, if it is one.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Saved
        What was written, and where.

    Raises
    ------
    ProjectError
        If it cannot be written; what was there is as it was.
    Stopped
        If `on_progress` said so.
    """
    target = _target(path)
    _check_target(document, target)
    try:
        with replacing(target) as file:
            has_original = _write(document, file, target.parent, on_progress)
            fingerprint = fingerprint_of(file)
    except OSError as error:
        if error.errno is None:  # not of the system: a fault of the program
            raise
        raise _save_error(target, error) from error
    return Saved(Path(path), has_original, fingerprint)


def check_project_path(document: Document, path: str | Path) -> None:
    """Refuse a path that a project cannot be saved under, before there is one.

    Parameters
    ----------
    document : Document
        With the recording.
    path : str or Path
        Where to.

    Raises
    ------
    ProjectError
        With the reason.
    """
    target = _target(path)
    _check_target(document, target)
    try:  # trying is the only sure way to learn whether a folder can be written to
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise _save_error(target, error) from error


def _target(path: str | Path) -> Path:
    return Path(os.path.realpath(path)) if os.path.islink(path) else Path(path)


def _check_target(document: Document, target: Path) -> None:
    recording = document.recording
    with contextlib.suppress(OSError):  # one of them does not exist
        if recording is not None and target.samefile(recording.path):
            raise ProjectError(
                tr(
                    "“{name}” is the recording itself and would be lost. Choose another name.",
                    name=target.name,
                )
            )
    if os.path.isdir(target):
        raise ProjectError(tr("“{name}” is a folder. Choose another name.", name=target.name))
    if os.path.isfile(target) and os.path.getsize(target) and not _holds_project(target):
        raise ProjectError(
            tr(
                "“{name}” is a file of another kind and would be lost. Choose another name.",
                name=target.name,
            )
        )
    if os.path.exists(target) and not os.access(target, os.W_OK):
        raise ProjectError(
            tr("“{name}” may not be changed. Choose another name.", name=target.name)
        )


def _write(
    document: Document, file: BinaryIO, folder: Path, on_progress: OnProgress | None
) -> bool:
    """Write the document; return whether with the recording's own bytes."""
    table = ArrayTable()
    name = sound_name_for(document.recording.path.suffix if document.recording else "")
    text = as_json(encode(document, table, name))
    _check_that_it_opens(text, document, table)
    n_bytes = sum(array.nbytes for array in table.arrays.values())

    def write(sound: Original | None) -> None:
        file.seek(0)
        file.truncate()
        meter = _ByteMeter(on_progress, n_bytes + (sound.n_bytes if sound else 0))
        write_archive(file, text, name, table, sound, meter)

    if document.recording is None:
        write(None)
        return True
    return with_bytes_of(document.recording, folder, write)


def _check_that_it_opens(text: bytes, document: Document, table: ArrayTable) -> None:
    """Refuse to write what would be refused when it is read: better said now than then."""

    def array(number: int, shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        return checked(table.arrays[number], shape, dtype)

    try:
        if len(text) > MOST_JSON_BYTES:
            raise Damaged(tr("it has too many runs and components for one file; delete some"))
        decode(Fields(parse(text)), document.recording, array)
    except Damaged as error:
        raise ProjectError(tr("This work cannot be saved: {error}.", error=error)) from error


class _ByteMeter:
    """Turns bytes into a share, and asks whether to go on."""

    def __init__(self, on_progress: OnProgress | None, total: int) -> None:
        self._meter, self._total, self._done = Meter(on_progress, 1), total, 0

    def __call__(self, n_bytes: int) -> None:
        self._done += n_bytes
        self._meter(self._done / self._total)


def _save_error(target: Path, error: OSError) -> ProjectError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        sentence = tr(
            "There is no folder “{folder}” (any more). Choose another one.", folder=target.parent
        )
    elif error.errno == errno.ENAMETOOLONG:
        sentence = tr("This name is too long. Choose a shorter one.")
    else:
        sentence = write_error(target.parent, error).message
    return ProjectError(sentence, str(error))


def open_project(path: str | Path, on_progress: OnProgress | None = None) -> Document:
    """Read a project file.

    Parameters
    ----------
    path : str or Path
        Of the file. It may be replaced or deleted while the document is open.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Document
        As it was saved.

    Raises
    ------
    ProjectError
        If it is none, is damaged, or was written by a newer version of the program.
    RecordingError
        If the recording in it cannot be read.
    Stopped
        If `on_progress` said so.
    """
    path = Path(path)
    with _opened(path) as file, project_errors(tr("“{name}”", name=path.name)):
        return load(Archive(file), path.absolute().parent, on_progress)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    name = tr("“{name}”", name=path.name or path)
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115
    except OSError as error:
        sentence = unreadable(path, error)
        if isinstance(error, IsADirectoryError):
            sentence = tr("{name} is a folder.", name=name)
        raise ProjectError(sentence, f"{path}: {error}") from error
    with file:
        if not starts_as_project(file):
            raise ProjectError(tr("{name} is not a project of this program.", name=name), str(path))
        yield file


def is_project_file(path: Path) -> bool:
    """Tell by its ending or its first bytes whether a file is a project, not a recording."""
    return path.suffix.lower() == SUFFIX or _holds_project(path)


def _holds_project(path: Path) -> bool:
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            return starts_as_project(file)
    except OSError:
        return False


def _open_at_once(name: str, flags: int) -> int:
    """Open a file; nobody may ever write into a pipe that was chosen by mistake."""
    return os.open(name, flags | OPEN_FLAGS)


def starts_as_project(file: BinaryIO) -> bool:
    """Tell by its first bytes whether a file may be a project: it is a zip file."""
    try:
        return file.read(4) == ZIP_START
    except OSError:  # a pipe that nobody writes into
        return False
    finally:
        with contextlib.suppress(OSError):
            file.seek(0)


@contextlib.contextmanager
def project_errors(subject: str) -> Iterator[None]:
    """Say in a sentence why a project cannot be read.

    Raises
    ------
    ProjectError
        In place of `Damaged`, `Newer`, and an `OSError` of the copy of the recording.
    """
    try:
        yield
    except Damaged as error:
        sentence = tr("{subject} cannot be opened: {error}.", subject=subject, error=error)
        raise ProjectError(sentence, repr(error.__cause__ or "")) from error
    except Newer as error:
        raise ProjectError(
            tr(
                "{subject} was made by a newer version of this program (schema {schema}; this "
                "one knows up to {newest}). Update the program to open it.",
                subject=subject,
                schema=error.schema,
                newest=SCHEMA,
            )
        ) from error
    except OSError as error:
        raise ProjectError(_read_error(subject, error), str(error)) from error


def _read_error(subject: str, error: OSError) -> str:
    """Say why the system does not let a project be read."""
    if error.errno in NO_ROOM:
        return tr(
            "There is no room in “{folder}” for a copy of the recording: {reason}.",
            folder=tempfile.gettempdir(),
            reason=error.strerror,
        )
    reason = error.strerror or error
    return tr("{subject} cannot be opened: {error}.", subject=subject, error=reason)
