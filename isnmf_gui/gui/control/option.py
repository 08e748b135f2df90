"""One thing that is remembered between two starts: where, what it is at first, how it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Generic, Protocol, TypeVar, overload

from PySide6.QtCore import QSettings

T = TypeVar("T")

#: Makes a value of what is stored, or raises ValueError where that makes no sense.
Read = Callable[[object], T]
Write = Callable[[T], object]


class Stored(Protocol):
    """What has options."""

    store: QSettings


class Option(Generic[T]):
    """An attribute that is stored when it is set; what cannot be read is as at first.

    Parameters
    ----------
    key : str
        Where it is stored.
    default : value
        At first.
    read : callable
        Makes a value of what is stored; raises ValueError where that makes no sense.
    write : callable, optional
        Makes of a value what is stored; by default the value itself.
    """

    def __init__(
        self, key: str, default: T, read: Read[T], write: Write[T] = lambda value: value
    ) -> None:
        self.key, self.default = key, default
        self._read, self._write = read, write

    @overload
    def __get__(self, owner: None, kind: type) -> Option[T]: ...
    @overload
    def __get__(self, owner: Stored, kind: type) -> T: ...
    def __get__(self, owner: Stored | None, kind: type) -> T | Option[T]:
        if owner is None:
            return self
        if not owner.store.contains(self.key):
            return self.default
        try:
            return self._read(owner.store.value(self.key))
        except (ValueError, TypeError):
            return self.default

    def __set__(self, owner: Stored, value: T) -> None:
        owner.store.setValue(self.key, self._write(value))


# -- how values are read -------------------------------------------------------------------------


def a_switch(stored: object) -> bool:
    """Read a switch."""
    word = text_of(stored).lower()
    if word not in ("true", "false"):
        raise ValueError(f"neither on nor off: {word}")
    return word == "true"


def text_of(stored: object) -> str:
    """Read a text; what Qt has made a number or a switch of is one too."""
    if not isinstance(stored, str | bool | int | float):
        raise ValueError(f"no text: {stored!r}")
    return str(stored)


def a_number(most: int) -> Read[int]:
    """Return what reads a number from 0 up to a limit."""

    def read(stored: object) -> int:
        digits = text_of(stored)
        if not digits.isdecimal():
            raise ValueError(f"no number: {digits}")
        return min(int(digits), most)

    return read


def one_of(choices: Collection[T], make: Callable[[str], Any] = str) -> Read[T]:
    """Return what reads one of some values."""

    def read(stored: object) -> T:
        value: T = make(text_of(stored))
        if value not in choices:
            raise ValueError(f"none of the choices: {value}")
        return value

    return read


def a_list(stored: object) -> list[str]:
    """Read a list of texts; one that holds a single text comes as that."""
    listed = stored if isinstance(stored, list) else [stored]
    return [it for it in listed if isinstance(it, str) and it]
