"""Arrays of a project: their numbers, and .npy files that are measured before they are read."""

from __future__ import annotations

import io
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from weakref import ref

import numpy as np
from numpy.lib import format as npy
from numpy.typing import DTypeLike, NDArray

from isnmf_gui.session.project.fields import Damaged
from isnmf_gui.session.project.limits import MOST_NPY_HEADER_BYTES
from isnmf_gui.texts import tr

Array = NDArray[np.floating]
NPY_VERSION = (1, 0)
# As numpy writes it for arrays in C order. Its own reader takes anything that looks like Python,
# and fails on damaged ones in ways of its own.
HEADER = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '(?P<type><f[48])', 'fortran_order': False, "
    rb"'shape': \((?P<shape>(?:[0-9]{1,15},? ?){0,3})\), \} *\n",
    re.DOTALL,
)


@dataclass
class ArrayTable:
    """Gives every array a number, and one that is met again the same.

    Attributes
    ----------
    arrays : dict of int to ndarray
        Those that were met, by number.
    """

    arrays: dict[int, Array] = field(default_factory=dict)
    _known: dict[int, tuple[int, ref[Array]]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def number_of(self, array: Array) -> int:
        """Return the number of an array of any shape, told apart from others by identity."""
        number, known = self._known.get(id(array), (0, None))
        if known is None or known() is not array:  # its place may be that of one that is gone
            number = next(self._numbers)
            self._known[id(array)] = number, ref(array)
        self.arrays[number] = array
        return number

    def successor(self) -> ArrayTable:
        """Return an empty table that gives those arrays the same numbers, and others new ones.

        It knows them as long as somebody else holds them.
        """
        known = {id(array): (number, ref(array)) for number, array in self.arrays.items()}
        return ArrayTable({}, known, self._numbers)

    def copy(self) -> ArrayTable:
        """Return a table to be filled that knows what this one knows, and leaves it as it is."""
        return ArrayTable({}, dict(self._known), self._numbers)


def array_name(number: int) -> str:
    """Return the name of an array's file."""
    return f"arrays/{number}.npy"


def write_array(file: BinaryIO, array: Array) -> None:
    """Write an array of any shape as an .npy file: little-endian, in C order."""
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
        raise Damaged(tr("one of its arrays has another shape than the settings ask for"))
    content = b"".join([first.read(), *blocks])
    if len(content) != math.prod(found) * np.dtype(dtype).itemsize:
        raise Damaged(tr("one of its arrays changed while it was read"))
    return checked(np.frombuffer(content, np.dtype(dtype)).reshape(found), shape, dtype)


def checked(array: NDArray[Any], shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return an array if it has a shape and a type, and values as those of a project have.

    Raises
    ------
    Damaged
        If it has not.
    """
    if array.dtype != dtype or not is_of_shape(array.shape, shape):
        raise Damaged(tr("one of its arrays stands where it does not fit"))
    if not (np.isfinite(array).all() and (array >= 0).all()):
        raise Damaged(tr("one of its arrays holds values that make no sense"))
    return array


def is_of_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Tell whether an array has a shape, in which −1 stands for any length."""
    return len(found) == len(wanted) and all(
        want in (length, -1) for length, want in zip(found, wanted, strict=True)
    )


def _checked_header(file: io.BytesIO, n_bytes: int, dtype: np.dtype[Any]) -> tuple[int, ...]:
    """Return the shape that the header tells."""
    found = HEADER.match(file.read(MOST_NPY_HEADER_BYTES))
    if not found:
        raise Damaged(tr("one of its arrays cannot be read"))
    file.seek(found.end())
    shape = tuple(map(int, re.findall(rb"[0-9]+", found["shape"])))
    is_whole = n_bytes - found.end() == math.prod(shape) * dtype.itemsize
    if not is_whole or found["type"].decode() != dtype.newbyteorder("<").str:
        raise Damaged(tr("one of its arrays is not as long as it says, or of another kind"))
    return shape
