"""Keeping copies of what this program has open."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from weakref import ref

from filelock import FileLock

from isnmf_gui.errors import ProjectError
from isnmf_gui.session.document.document import Document
from isnmf_gui.session.files.file_set import write_error
from isnmf_gui.session.files.progress import Meter, OnProgress
from isnmf_gui.session.files.replacing import replacing, sync_folder
from isnmf_gui.session.project.archive import as_json
from isnmf_gui.session.project.arrays import ArrayTable, array_name, write_array
from isnmf_gui.session.project.encoding import encode
from isnmf_gui.session.project.limits import MOST_LETTERS
from isnmf_gui.session.project.sound_bytes import with_bytes_of
from isnmf_gui.session.recovery.folder import (
    BEGINNING_S,
    JSON_NAME,
    Summed,
    forget,
    lock_of,
    recovery_root,
    remove,
)
from isnmf_gui.session.sound_files.original import Original
from isnmf_gui.session.sound_files.recording import Recording
from isnmf_gui.texts import tr


class Recovery:
    """Keeps copies of what this program has open. Its methods may be called from any thread.

    Parameters
    ----------
    root : Path, optional
        Where programs have their folders.
    """

    def __init__(self, root: Path | None = None) -> None:
        self._root = recovery_root() if root is None else root
        self._guard = threading.Lock()
        self._folder: Path | None = None
        self._lock: FileLock | None = None
        # What was kept last is known without being held: it may have been closed since.
        self._table, self._written = ArrayTable(), frozenset[int]()
        self._recording: Callable[[], Recording | None] = _nothing
        self._sound = ""
        self._sounds = itertools.count()
        self._checksums: dict[str, int] = {}

    @property
    def folder(self) -> Path | None:
        """The folder of this program; None before anything was kept."""
        return self._folder

    def keep(
        self,
        document: Document,
        name: str,
        project_path: Path | None = None,
        fingerprint: str = "",
        on_progress: OnProgress | None = None,
    ) -> None:
        """Keep a document in place of the one before; only what is new is written.

        Parameters
        ----------
        document : Document
            Without a recording there is nothing to be kept.
        name : str
            What to call it when it is offered.
        project_path : Path, optional
            The project file that it belongs to.
        fingerprint : str, optional
            Of that file, as it was read or written last.
        on_progress : callable, optional
            Called with the share done (0 to 1); False stops.

        Raises
        ------
        ProjectError
            If it cannot be written; what was kept before still is.
        Stopped
            If `on_progress` said so; what was kept before still is.
        """
        if document.recording is None:
            self.clear()
            return
        with self._guard:
            try:
                told = _told(document.recording, name, project_path, fingerprint)
                self._keep(document, document.recording, told, on_progress)
            except (OSError, NotImplementedError) as error:  # that: a disk that knows no locks
                reason = error if isinstance(error, OSError) else OSError(0, str(error))
                sentence = write_error(self._folder or self._root, reason).message
                raise ProjectError(
                    tr("No copy for recovery is kept: {sentence}", sentence=sentence), str(error)
                ) from error

    def _keep(
        self,
        document: Document,
        recording: Recording,
        told: dict[str, Any],
        on_progress: OnProgress | None,
    ) -> None:
        """Write what is new, then the document that names it; until then the last copy counts."""
        if self._folder is not None and not self._folder.is_dir():  # somebody has tidied up
            self._let_go()
        folder = self._folder = self._folder or self._begun()
        table = self._table.copy()
        n_new = 1 if recording is not self._recording() else 0
        sound = self._sound if n_new == 0 else f"recording/{next(self._sounds)}"
        project = encode(document, table, sound)
        new = table.arrays.keys() - self._written
        meter = Meter(on_progress, n_new + len(new))
        if n_new:
            self._write_sound(folder, sound, recording, meter)
            meter.next_step()
        for number in new:
            meter(0.0)
            with self._new_file(folder, array_name(number)) as file:
                write_array(file, table.arrays[number])
            meter.next_step()
        used = {sound, *map(array_name, table.arrays)}
        checksums = {name: self._checksums[name] for name in used}
        project["recovery"] = {**told, "checksums": checksums}
        for part in (folder / "arrays", folder / "recording"):
            sync_folder(part)
        with replacing(folder / JSON_NAME) as file:
            file.write(as_json(project))
        self._table, self._written = table.successor(), frozenset(table.arrays)
        self._recording, self._sound = ref(recording), sound
        self._checksums = checksums  # not before: what is still named may be kept once more
        _remove_others(folder, used)

    def _begun(self) -> Path:
        """Make this program's folder and lock it."""
        self._root.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=time.strftime("%Y%m%d-%H%M%S-"), dir=self._root))
        lock = lock_of(folder)
        try:
            lock.acquire(timeout=BEGINNING_S / 2)  # somebody may be looking whether we are dead
            for name in ("arrays", "recording"):
                (folder / name).mkdir()
        except BaseException:
            lock.release()
            remove(folder)
            raise
        self._lock = lock
        return folder

    def _write_sound(self, folder: Path, name: str, recording: Recording, meter: Meter) -> None:
        """Write the recording's bytes."""

        def write(sound: Original) -> None:
            done = 0
            with self._new_file(folder, name) as file:
                for block in sound.blocks():
                    meter(done / sound.n_bytes)
                    done += file.write(block)

        with_bytes_of(recording, folder, write)

    @contextlib.contextmanager
    def _new_file(self, folder: Path, name: str) -> Iterator[BinaryIO]:
        """Open a file that is not there yet; it is on the disk when this is left."""
        path = folder / name
        try:
            with path.open("xb") as file:
                summed = Summed(file)
                yield cast(BinaryIO, summed)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        self._checksums[name] = summed.checksum

    def clear(self) -> None:
        """Keep nothing: what is open lies in a file. What the next copy may need stays."""
        with self._guard:
            if self._folder is not None:
                forget(self._folder)

    def close(self) -> None:
        """Remove the folder, when the program ends as it should."""
        with self._guard:
            if self._folder is not None:
                remove(self._folder)
            self._let_go()

    def _let_go(self) -> None:
        """Have no folder any more."""
        if self._lock is not None:
            self._lock.release()
        self._folder, self._lock, self._recording = None, None, _nothing
        self._table, self._written = ArrayTable(), frozenset()


def _nothing() -> None:
    """Stand for a recording that there is not."""


def _told(
    recording: Recording, name: str, project_path: Path | None, fingerprint: str
) -> dict[str, Any]:
    """Return what the JSON tells besides the document."""
    return {
        "name": name[:MOST_LETTERS],
        "recording_path": str(recording.path.absolute()),
        "project_path": None if project_path is None else str(project_path.absolute()),
        "fingerprint": fingerprint,
    }


def _remove_others(folder: Path, used: set[str]) -> None:
    """Remove the arrays and recordings that are not used any more."""
    for path in (*(folder / "arrays").iterdir(), *(folder / "recording").iterdir()):
        if path.relative_to(folder).as_posix() not in used:
            with contextlib.suppress(OSError):
                path.unlink()
