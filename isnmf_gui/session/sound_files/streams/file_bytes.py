"""Looking at the bytes of an open file, and reading parts of it as if they were one file."""

from __future__ import annotations

import bisect
import io
import os
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

WINDOW_BYTES = 1 << 20


class FileBytes:
    """The bytes of an open file, for looking at a few of them at a time.

    Parameters
    ----------
    descriptor : int
        Of the file. Its position is moved.

    Attributes
    ----------
    size : int
        Length of the file in bytes.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.size = os.fstat(descriptor).st_size
        self._start, self._window = 0, b""

    def at(self, start: int, n_bytes: int) -> bytes:
        """Return bytes from a place on; fewer at the end of the file, or if it cannot be read."""
        offset = start - self._start
        if offset < 0 or offset + n_bytes > len(self._window):
            self._start, self._window = start, self._read(start, max(n_bytes, WINDOW_BYTES))
            offset = 0
        return self._window[offset : offset + n_bytes]

    def _read(self, start: int, n_bytes: int) -> bytes:
        try:
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, n_bytes)
        except (OSError, ValueError):  # libsndfile meets the same, and says so
            return b""

    def found(self, what: bytes, start: int, stop: int | None = None) -> Iterator[int]:
        """Yield every place where bytes stand between two places, in order."""
        stop = self.size if stop is None else stop
        while start < stop:
            window = self.at(start, min(WINDOW_BYTES, stop - start))
            at = window.find(what)
            while at >= 0:
                yield start + at
                at = window.find(what, at + 1)
            if len(window) < len(what) or start + len(window) >= stop:
                return
            start += len(window) - len(what) + 1


#: Bytes, or a range of places in the file.
Piece = bytes | range


class Stitched(io.RawIOBase):
    """Pieces of a file, and bytes that are put between them, to be read as one file.

    Parameters
    ----------
    file : FileBytes
        Whose parts.
    pieces : sequence of bytes or range
        What comes one after the other: bytes themselves, or ranges of places in the file.
    least_bytes : int, optional
        Length to fill up to with zeros: a decoder may guess from it how long the sound is.
    """

    def __init__(self, file: FileBytes, pieces: Sequence[Piece], least_bytes: int = 0) -> None:
        super().__init__()
        self._file = file
        self._pieces = [piece for piece in pieces if len(piece)]
        self._starts = [0, *accumulate(map(len, self._pieces))]
        self._size = max(self._starts[-1], least_bytes)
        self._position = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it has places to go to."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def tell(self) -> int:
        """Return the place where it is read from."""
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there are bytes; return how many."""
        wanted, done = len(buffer), 0
        while done < wanted and self._position < self._size:
            block = self._block(wanted - done)
            if not block:
                break
            buffer[done : done + len(block)] = block
            done += len(block)
            self._position += len(block)
        return done

    def _block(self, n_bytes: int) -> bytes:
        """Return the next bytes that lie in one piece."""
        if self._position >= self._starts[-1]:
            return bytes(min(n_bytes, self._size - self._position))
        number = bisect.bisect_right(self._starts, self._position) - 1
        piece, offset = self._pieces[number], self._position - self._starts[number]
        if isinstance(piece, bytes):
            return piece[offset : offset + n_bytes]
        part = piece[offset : offset + n_bytes]
        return self._file.at(part.start, min(len(part), WINDOW_BYTES))
