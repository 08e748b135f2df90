"""Arrays of a project: their numbers, and .npy files that are measured before they are read."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.session.project.fields import Damaged
from isnmf_gui.session.project.limits import MOST_NPY_HEADER_BYTES

Array = NDArray[np.floating]
# A header this short has it.
NPY_VERSION = (1, 0)


@dataclass
class ArrayTable:
    """Gives every array a number, and one that is met again the same.

    Attributes
    ----------
    arrays : dict of int to ndarray
        Those that were met, by number.
    """

    arrays: dict[int, Array] = field(default_factory=dict)
    _known: dict[int, tuple[int, Array]] = field(default_factory=dict)
    _next: int = 0

    def number_of(self, array: Array) -> int:
        """Return the number of an array, told apart from others by identity."""
        if id(array) not in self._known:
            self._known[id(array)] = self._next, array
            self._next += 1
        number = self._known[id(array)][0]
        self.arrays[number] = array
        return number

    def successor(self) -> ArrayTable:
        """Return an empty table that gives those arrays the same numbers, and others new ones."""
        known = {id(array): (number, array) for number, array in self.arrays.items()}
        return ArrayTable({}, known, self._next)


def array_name(number: int) -> str:
    """Return the name of an array's file."""
    return f"arrays/{number}.npy"


def write_array(file: BinaryIO, array: Array) -> None:
    """Write an .npy file: little-endian, in C order."""
    plain = np.ascontiguousarray(array, array.dtype.newbyteorder("<"))
    npy.write_array(file, plain, NPY_VERSION, allow_pickle=False)


def read_array(
    blocks: Iterator[bytes], n_bytes: int, shape: tuple[int, ...], dtype: DTypeLike
) -> NDArray[Any]:
    """Read an .npy file if it holds what is expected.

    Parameters
    ----------
    blocks : iterator of bytes
        What the file holds.
    n_bytes : int
        Its length.
    shape : tuple of int
        What the array's must be; −1: of any length.
    dtype : dtype
        What its type must be.

    Returns
    -------
    ndarray
        Read-only, all its numbers finite and none negative, as those of every array of a
        project are.

    Raises
    ------
    Damaged
        If it holds anything else, known from the header and the length alone before memory is
        taken for it.
    """
    first = io.BytesIO(next(blocks, b""))
    found = _checked_header(first, n_bytes, np.dtype(dtype))
    if not is_of_shape(found, shape):
        raise Damaged("one of its arrays has another shape than the settings ask for")
    array = np.frombuffer(b"".join([first.read(), *blocks]), np.dtype(dtype)).reshape(found)
    if not (np.isfinite(array).all() and (array >= 0).all()):
        raise Damaged("one of its arrays holds values that make no sense")
    return array


def is_of_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Tell whether an array has a shape, in which −1 stands for any length."""
    return len(found) == len(wanted) and all(
        want in (length, -1) for length, want in zip(found, wanted, strict=True)
    )


def _checked_header(file: BinaryIO, n_bytes: int, dtype: np.dtype[Any]) -> tuple[int, ...]:
    """Return the shape that the header tells."""
    try:
        if npy.read_magic(file) != NPY_VERSION:
            raise ValueError("unknown version")
        shape, in_columns, found = npy.read_array_header_1_0(file, MOST_NPY_HEADER_BYTES)
    # numpy's reader evaluates a literal, which fails in ways of its own on a damaged one.
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise Damaged("one of its arrays cannot be read") from error
    rest = n_bytes - file.tell()
    is_plain = found == dtype.newbyteorder("<") and not in_columns and min(shape, default=0) >= 0
    if not is_plain or math.prod(shape) * dtype.itemsize != rest:
        raise Damaged("one of its arrays is not as long as it says, or of another kind")
    return tuple(shape)
