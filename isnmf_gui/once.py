"""Properties that are computed at first use and then kept, whichever threads ask for them."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
LOCK = "_once_lock"


class once(Generic[T]):  # noqa: N801 - stands where functools.cached_property would
    """Makes a method a property that is computed once for each object, by one thread.

    functools.cached_property has no lock since Python 3.12: of two threads each would compute a
    value and go on with its own. Before that, one lock for all objects let them wait for each
    other.

    Parameters
    ----------
    make : callable
        The method. It may use other properties of this kind of the same object.
    """

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        """Return what was computed. Python asks only until it is in the object's own dict."""
        if instance is None:
            return self
        kept = instance.__dict__
        with kept.setdefault(LOCK, RLock()):  # one step, so all threads get the same lock
            if self._name not in kept:
                kept[self._name] = self._make(instance)
            value: T = kept[self._name]
            return value
