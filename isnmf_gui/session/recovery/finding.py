"""Finding and reading what programs left that did not end as they should."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from isnmf_gui.session.document.document import Document
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.project.fields import Damaged, Fields, parse
from isnmf_gui.session.project.loading import load
from isnmf_gui.session.project.storage import project_errors
from isnmf_gui.session.recovery.folder import (
    BEGINNING_S,
    JSON_NAME,
    FolderStore,
    locked,
    recovery_root,
    remove,
)
from isnmf_gui.texts import tr

MOST_PATH_LETTERS = 10_000


@dataclass(frozen=True)
class Recoverable:
    """What a program left that did not end as it should.

    Attributes
    ----------
    folder : Path
        Where it is.
    when : datetime
        When it was kept, in local time.
    name : str
        Of the recording or project; "" if even that cannot be read.
    n_runs : int
        Number of its runs.
    project_path : Path or None
        The project file that it belongs to.
    fingerprint : str
        Of that file, as the program knew it.
    """

    folder: Path
    when: datetime
    name: str
    n_runs: int
    project_path: Path | None
    fingerprint: str = ""


def find_recoverable(
    root: Path | None = None, on_progress: OnProgress | None = None
) -> list[Recoverable]:
    """Return what programs left that do not run any more, the newest first.

    Folders of theirs in which there is nothing are removed.

    Parameters
    ----------
    root : Path, optional
        Where programs have their folders.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    list of Recoverable
        What can be offered.

    Raises
    ------
    Stopped
        If `on_progress` said so.
    """
    folders, found = [], []
    with contextlib.suppress(OSError):  # nobody has kept anything yet
        folders = list((recovery_root() if root is None else root).iterdir())
    meter = Meter(on_progress, len(folders))
    for folder in folders:
        meter(0.0)
        meter.next_step()
        with locked(folder) as is_dead, contextlib.suppress(OSError):
            if is_dead and (it := _recoverable(folder)) is not None:
                found.append(it)
    return sorted(found, key=lambda it: it.when, reverse=True)


def _recoverable(folder: Path) -> Recoverable | None:
    """Return what is in the folder of a dead program, or remove it if that is nothing."""
    try:
        when = _moment((folder / JSON_NAME).stat().st_mtime)
    except OSError:
        if abs(time.time() - folder.stat().st_mtime) > BEGINNING_S:  # clocks are set back, too
            remove(folder)
        return None
    try:
        values = parse(FolderStore(folder).text())
        told = _Told.of(values)
        n_runs = len(Fields(values).list_of_fields("runs"))
        return Recoverable(folder, when, told.name, n_runs, told.project_path, told.fingerprint)
    except Damaged:
        return Recoverable(folder, when, "", 0, None)


def _moment(seconds: float) -> datetime:
    """Return a time of a file, however wrong the clock was."""
    try:
        return datetime.fromtimestamp(seconds)
    except (ValueError, OverflowError, OSError):
        return datetime.min


def recover(folder: Path, on_progress: OnProgress | None = None) -> Document:
    """Read what a program left.

    Parameters
    ----------
    folder : Path
        Of a `Recoverable`.
    on_progress : callable, optional
        Called with the share done (0 to 1); False stops.

    Returns
    -------
    Document
        As it was when it was kept.

    Raises
    ------
    ProjectError
        If it cannot be read.
    RecordingError
        If the recording in it cannot be read.
    Stopped
        If `on_progress` said so.
    """
    with project_errors(tr("The copy for recovery")):
        store = FolderStore(folder)
        values = parse(store.text())
        told = _Told.of(values)
        store.checksums = told.checksums
        return load(store, told.recording_path.parent, on_progress, values)


def discard(folder: Path) -> None:
    """Remove what a program left, unless another one has it open."""
    with locked(folder) as is_dead:
        if is_dead:
            remove(folder)


@dataclass(frozen=True)
class _Told:
    """What the JSON tells besides the document."""

    name: str
    recording_path: Path
    project_path: Path | None
    fingerprint: str
    checksums: Fields

    @classmethod
    def of(cls, values: dict[str, Any]) -> _Told:
        told = Fields(values).fields("recovery")
        project_path = None
        if told.has("project_path"):
            project_path = Path(told.text("project_path", MOST_PATH_LETTERS))
        recording_path = Path(told.text("recording_path", MOST_PATH_LETTERS))
        fingerprint = told.text("fingerprint") if told.has("fingerprint") else ""
        checksums = told.fields("checksums") if told.has("checksums") else Fields({})
        return cls(told.text("name"), recording_path, project_path, fingerprint, checksums)
