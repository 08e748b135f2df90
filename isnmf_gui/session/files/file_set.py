"""Writing several files so that either all of them appear, whole, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from types import TracebackType

from isnmf_gui.errors import ExportError
from isnmf_gui.texts import tr

#: Numbers of errors that a full disk gives.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileSet:
    """Files that are written under temporary names and renamed together at the end.

    Use it as a context manager: leaving it by an exception removes everything written. An `OSError`
    on the way becomes a sentence.

    Parameters
    ----------
    folder : Path
        Where the files shall appear; made if it does not exist.

    Raises
    ------
    ExportError
        If the folder cannot be made or written to, or a rename fails; also in place of any
        `OSError` of the system inside.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: dict[Path, Path] = {}
        self._made: list[Path] = []

    def __enter__(self) -> FileSet:
        try:
            self._make_folders()
            # Trying is the only sure way to learn whether a folder can be written to.
            with tempfile.TemporaryFile(dir=self.folder):
                pass
        except BaseException as error:  # also Ctrl+C
            self._remove()
            if isinstance(error, OSError):
                raise write_error(self.folder, error) from error
            raise
        return self

    def _make_folders(self) -> None:
        missing = []
        folder = self.folder
        while not folder.exists():
            missing.append(folder)
            folder = folder.parent
        for folder in reversed(missing):
            self._made.append(folder)  # before: Ctrl+C may come in between
            folder.mkdir()

    def new(self, name: str) -> Path:
        """Return the temporary path to write the file `name` to."""
        temporary = self.folder / f".{name}.{os.getpid()}.part"
        self._waiting[temporary] = self.folder / name
        return temporary

    def drop(self, name: str) -> None:
        """Take back a file that turned out not to be wanted."""
        temporary = self.written(name)
        del self._waiting[temporary]
        temporary.unlink(missing_ok=True)

    def written(self, name: str) -> Path:
        """Return where a file is before it has its name."""
        return next(it for it, final in self._waiting.items() if final.name == name)

    def abandon(self) -> None:
        """Remove everything, also the folders that were made: nothing is wanted after all."""
        self._remove()
        self._waiting, self._made = {}, []

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._complete()
            elif isinstance(error, OSError) and error.errno is not None:
                raise error  # of the system; any other is a fault of the program, and stays one
        except OSError as failure:
            raise write_error(self.folder, failure) from failure
        finally:  # also when Ctrl+C is pressed meanwhile
            self._remove()

    def _complete(self) -> None:
        """Give all files their names, once they are known to be whole and wanted."""
        for temporary, final in self._waiting.items():
            _flush(temporary)
            if final.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(final))
        done: list[tuple[Path, Path, Path]] = []
        try:
            for temporary, final in self._waiting.items():
                aside = temporary.with_suffix(".old")
                done.append((temporary, final, aside))
                with contextlib.suppress(FileNotFoundError):
                    _set_aside(final, aside)
                temporary.replace(final)
        except BaseException:
            for temporary, final, aside in reversed(done):
                _undo(temporary, final, aside)
            raise
        for _, _, aside in done:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
        self._waiting, self._made = {}, []

    def _remove(self) -> None:
        for temporary in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        for folder in reversed(self._made):
            with contextlib.suppress(OSError):  # not empty any more: somebody else uses it
                folder.rmdir()


def _undo(temporary: Path, final: Path, aside: Path) -> None:
    """Bring back what stood under a name before."""
    with contextlib.suppress(OSError):
        if not temporary.exists():
            final.replace(temporary)
    with contextlib.suppress(OSError):
        aside.replace(final)
    with contextlib.suppress(OSError):  # renaming does nothing where both are the same file
        aside.unlink(missing_ok=True)


def _set_aside(final: Path, aside: Path) -> None:
    """Keep what stands under a name; were the program killed now, it would still stand there."""
    try:
        if final.is_symlink():
            final.replace(aside)
        else:
            os.link(final, aside)
    except FileNotFoundError:
        raise
    except OSError:  # a disk on which files have one name only
        final.replace(aside)


def _flush(path: Path) -> None:
    """Make sure the data is on the disk before the name is: a crash must not leave a husk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_error(folder: Path, error: OSError) -> ExportError:
    """Say why files cannot be written into a folder."""
    if error.errno in NO_ROOM:
        sentence = tr(
            "There is not enough space in “{folder}”. Nothing was written.", folder=folder
        )
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        sentence = tr("“{folder}” may not be written to. Choose another folder.", folder=folder)
    elif isinstance(error, IsADirectoryError):
        name = Path(error.filename).name
        sentence = tr(
            "“{name}” in “{folder}” is a folder. Move it, or choose another folder.",
            name=name,
            folder=folder,
        )
    elif isinstance(error, FileNotFoundError):
        sentence = tr(
            "There is no folder “{folder}” (any more). Choose another one.", folder=folder
        )
    elif isinstance(error, FileExistsError | NotADirectoryError):
        sentence = tr("“{folder}” is not a folder. Choose another one.", folder=folder)
    else:
        sentence = tr(
            "Nothing could be written to “{folder}”: {reason}.",
            folder=folder,
            reason=error.strerror or error,
        )
    return ExportError(sentence, str(error))
