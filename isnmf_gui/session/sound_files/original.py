"""The bytes that a recording was read from, to be kept with the work on it."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator

BLOCK_BYTES = 1 << 20


class OriginalLost(Exception):  # noqa: N818 - no error: the samples are still there
    """The bytes that a recording was read from are no longer to be had."""


class Original:
    """A file that stays open, so that it may be renamed or deleted meanwhile.

    Parameters
    ----------
    descriptor : int
        Of the file; it is duplicated, and the duplicate closed with this object.
    status : os.stat_result
        Of the file when it began to be read: by size and time a change is noticed.

    Attributes
    ----------
    n_bytes : int
        Length of the file.
    """

    def __init__(self, descriptor: int, status: os.stat_result) -> None:
        self._descriptor = os.dup(descriptor)
        weakref.finalize(self, os.close, self._descriptor)
        self._lock = threading.Lock()  # readers share one position
        self._time_ns = status.st_mtime_ns
        self.n_bytes = status.st_size

    def blocks(self) -> Iterator[bytes]:
        """Yield the bytes from the first to the last. From any thread.

        Raises
        ------
        OriginalLost
            If the file was changed since it was read, is changed meanwhile, or cannot be read.
        """
        done = 0
        while done < self.n_bytes:
            block = self._read(done, min(BLOCK_BYTES, self.n_bytes - done))
            done += len(block)
            yield block
        self._check()

    def _read(self, start: int, n_bytes: int) -> bytes:
        self._check()
        try:
            with self._lock:
                os.lseek(self._descriptor, start, os.SEEK_SET)
                block = os.read(self._descriptor, n_bytes)
        except OSError as error:
            raise OriginalLost from error
        if not block:
            raise OriginalLost
        return block

    def _check(self) -> None:
        try:
            status = os.fstat(self._descriptor)
        except OSError as error:
            raise OriginalLost from error
        if (status.st_size, status.st_mtime_ns) != (self.n_bytes, self._time_ns):
            raise OriginalLost
