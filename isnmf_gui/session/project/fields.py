"""Reading JSON that may hold anything: every value is checked as it is taken."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from typing import Any

from isnmf_gui.session.project.limits import (
    MOST_ENTRIES,
    MOST_JSON_VALUES,
    MOST_LETTERS,
    MOST_NUMBER,
)
from isnmf_gui.texts import tr

LARGEST = sys.float_info.max


class Damaged(Exception):  # noqa: N818 - becomes a ProjectError once the file's name is known
    """What is wrong, as the end of a sentence: "its ... is ..."."""


class Fields:
    """An object of JSON.

    Parameters
    ----------
    value : object
        What stands where the object should.
    where : str
        Its place, for errors.
    """

    def __init__(self, value: object, where: str = "") -> None:
        self.where = where
        if not isinstance(value, dict):
            raise self._damage("")
        self._values: dict[str, Any] = value

    def _damage(self, name: str) -> Damaged:
        place = ".".join(filter(None, (self.where, name)))
        return Damaged(tr("its entry “{place}” is missing or makes no sense", place=place))

    def has(self, name: str) -> bool:
        """Tell whether there is something else than null."""
        return self._values.get(name) is not None

    def refuse_unless(self, holds: bool, name: str) -> None:
        """Refuse an entry that contradicts others."""
        if not holds:
            raise self._damage(name)

    def whole(self, name: str, least: int = 0, most: int = MOST_NUMBER) -> int:
        """Return a whole number."""
        value = self._values.get(name)
        if type(value) is int and least <= value <= most:
            return value
        raise self._damage(name)

    def number(self, name: str, least: float, most: float) -> float:
        """Return a finite number; a whole one stays whole, as it is in settings."""
        value = self._values.get(name)
        if isinstance(value, int | float) and type(value) is not bool and least <= value <= most:
            return value
        raise self._damage(name)

    def text(self, name: str, most: int = MOST_LETTERS) -> str:
        """Return a text."""
        value = self._values.get(name)
        if isinstance(value, str) and len(value) <= most:
            return value
        raise self._damage(name)

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._values.get(name)
        if isinstance(value, bool):
            return value
        raise self._damage(name)

    def choice(self, name: str, choices: Collection[str]) -> str:
        """Return one of several words."""
        value = self.text(name)
        if value not in choices:
            raise self._damage(name)
        return value

    def wholes(self, name: str, most: int) -> list[int]:
        """Return a list of whole numbers, from 0."""
        values = self._list(name)
        if not all(type(value) is int and 0 <= value <= most for value in values):
            raise self._damage(name)
        return values

    def numbers(self, name: str, n: int) -> list[float]:
        """Return a list of so many finite numbers."""
        values = self._list(name)
        if len(values) != n or any(type(it) not in (int, float) for it in values):
            raise self._damage(name)
        if not all(-LARGEST <= it <= LARGEST for it in values):
            raise self._damage(name)
        return values

    def texts(self, name: str, most: int) -> list[str]:
        """Return a list of at most so many texts."""
        values = self._list(name)
        sound = len(values) <= most and all(
            isinstance(it, str) and len(it) <= MOST_LETTERS for it in values
        )
        self.refuse_unless(sound, name)
        return values

    def pairs(self, name: str, most: int) -> list[tuple[float, float]]:
        """Return a list of at most so many pairs of finite numbers."""
        values = self._list(name)
        sound = len(values) <= most and all(
            isinstance(it, list)
            and len(it) == 2
            and all(type(x) in (int, float) and -LARGEST <= x <= LARGEST for x in it)
            for it in values
        )
        self.refuse_unless(sound, name)
        return [(float(one), float(other)) for one, other in values]

    def fields(self, name: str) -> Fields:
        """Return an object within."""
        return Fields(self._values.get(name), ".".join(filter(None, (self.where, name))))

    def list_of_fields(self, name: str) -> list[Fields]:
        """Return the objects of a list."""
        place = ".".join(filter(None, (self.where, name)))
        return [Fields(it, f"{place}[{n}]") for n, it in enumerate(self._list(name))]

    def _list(self, name: str) -> list[Any]:
        value = self._values.get(name)
        if isinstance(value, list) and len(value) <= MOST_ENTRIES:
            return value
        raise self._damage(name)


def parse(text: bytes) -> dict[str, Any]:
    """Return the object that a JSON text holds.

    Raises
    ------
    Damaged
        If it holds anything else.
    """
    if sum(text.count(sign) for sign in (b",", b"[", b"{")) > MOST_JSON_VALUES:
        raise Damaged(tr("its JSON holds too much"))
    try:
        value = json.loads(text)
    # Numbers of thousands of digits and broken letters are values too, deep nesting recurses.
    except (ValueError, RecursionError) as error:
        raise Damaged(tr("its JSON cannot be read")) from error
    if not isinstance(value, dict):
        raise Damaged(tr("its JSON holds no project"))
    return value
