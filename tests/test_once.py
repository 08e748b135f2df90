"""Properties that are computed once: by one thread for all, and each object for itself."""

import threading
import time
from dataclasses import dataclass, replace

import pytest

from isnmf_gui.once import once
from tests.threads import at_once


@dataclass(frozen=True, eq=False)
class Thing:
    n: int = 0

    @once
    def inner(self) -> object:
        """Something that takes a moment."""
        time.sleep(0.001)
        return object()

    @once
    def outer(self) -> tuple[object, int]:
        return self.inner, self.n


def test_all_threads_get_the_same() -> None:
    for _ in range(20):
        thing = Thing()
        found = at_once(lambda thing=thing: (thing.outer[0], thing.inner))
        assert {id(it) for pair in found for it in pair} == {id(thing.inner)}


def test_every_object_has_its_own_and_a_copy_begins_anew() -> None:
    thing = Thing(1)
    assert thing.outer is thing.outer
    assert Thing(1).inner is not thing.inner
    assert replace(thing, n=2).outer[1] == 2
    assert Thing.inner.__doc__ == "Something that takes a moment."


def test_one_object_does_not_wait_for_another() -> None:
    began, go_on = threading.Event(), threading.Event()

    class Slow:
        @once
        def value(self) -> int:
            began.set()
            assert go_on.wait(30)
            return 1

    slow = Slow()
    thread = threading.Thread(target=lambda: slow.value)
    thread.start()
    assert began.wait(30)
    other = Slow()
    other.__dict__["value"] = 2
    assert (other.value, Thing(3).outer[1]) == (2, 3)
    go_on.set()
    thread.join()
    assert slow.value == 1


def test_what_failed_is_tried_again() -> None:
    class Shy:
        n_asked = 0

        @once
        def value(self) -> int:
            self.n_asked += 1
            if self.n_asked == 1:
                raise OSError("later")
            return self.n_asked

    shy = Shy()
    with pytest.raises(OSError, match="later"):
        _ = shy.value
    assert [shy.value, shy.value] == [2, 2]
